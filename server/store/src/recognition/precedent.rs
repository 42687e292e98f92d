//! What others may learn from a decision: who decides writes a sentence for it, without names, places and dates. Neither the
//! person nor the day is kept with it.

use domain::ids::ModuleId;
use domain::recognition::{Evidence, Findings, Procedure};
use sqlx::Row;

use super::row::{RecognitionRow, wrong};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Earlier decisions that are shown for a module, at most.
const PRECEDENTS_MAX: i64 = 40;

/// An earlier decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precedent {
    /// The number of the outcome.
    pub outcome: u32,
    /// Where it was learned.
    pub procedure: Procedure,
    /// By what it was shown.
    pub evidence: Evidence,
    /// Whether it counted.
    pub is_granted: bool,
    /// What was found, in general words.
    pub sentence: String,
    /// In which year.
    pub year: i64,
}

/// Keeps what others may learn from a decision.
pub(super) async fn keep(tx: &mut Tx, found: &RecognitionRow, findings: &Findings) -> Result<(), StoreError> {
    let year = i64::from(tx.now.berlin().date().year());
    for (outcome, finding) in &findings.0 {
        if finding.precedent.is_empty() {
            continue;
        }
        // An id that tells nothing of the day: a random one would be of version 7 and hold the time.
        let id = tx.ambient.token();
        sqlx::query(
            "INSERT INTO precedent (id, module_id, outcome, kind, evidence, granted, sentence, year)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(found.module.id.to_string())
        .bind(i64::from(*outcome))
        .bind(found.procedure.key())
        .bind(finding.by.key())
        .bind(i64::from(finding.granted))
        .bind(finding.precedent.clone())
        .bind(year)
        .execute(&mut *tx.conn)
        .await?;
    }
    Ok(())
}

impl Store {
    /// Earlier decisions about a module, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn precedents(&self, module: ModuleId) -> Result<Vec<Precedent>, StoreError> {
        let rows = sqlx::query(
            "SELECT outcome, kind, evidence, granted, sentence, year FROM precedent
             WHERE module_id = $1 ORDER BY year DESC, outcome, id LIMIT $2",
        )
        .bind(module.to_string())
        .bind(PRECEDENTS_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Precedent {
                    outcome: u32::try_from(row.try_get::<i64, _>(0)?)
                        .map_err(|_| wrong("precedent.outcome"))?,
                    procedure: Procedure::parse(&row.try_get::<String, _>(1)?)
                        .ok_or(wrong("precedent.kind"))?,
                    evidence: Evidence::parse(&row.try_get::<String, _>(2)?)
                        .ok_or(wrong("precedent.evidence"))?,
                    is_granted: row.try_get::<i64, _>(3)? == 1,
                    sentence: row.try_get(4)?,
                    year: row.try_get(5)?,
                })
            })
            .collect()
    }
}
