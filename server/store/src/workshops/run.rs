//! Runs of modules. A run is a Veranstaltung, with the same seats and the same waiting list; besides, it holds to one
//! version of its module: the one that counts when everybody sees the run for the first time.

use domain::ids::{ModuleId, WorkshopId};
use domain::module::ModuleCode;
use domain::time::Instant;
use domain::workshop::WorkshopDraft;
use sqlx::{AnyConnection, Row};

use super::find::WorkshopCard;
use super::row::{COLUMNS, columns, read};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Runs that are coming, at most.
const RUNS_MAX: i64 = 500;

/// A run of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The Veranstaltung, with counts.
    pub card: WorkshopCard,
    /// Which module it is a run of.
    pub module: ModuleId,
    /// Which version of it is taught.
    pub number: i64,
}

/// A run that was published, over or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRun {
    /// The Veranstaltung.
    pub id: WorkshopId,
    /// Its title.
    pub title: String,
    /// Its start.
    pub starts_at: Instant,
    /// Its end.
    pub ends_at: Instant,
    /// Which version of the module is taught.
    pub number: i64,
}

impl Store {
    /// Published runs that are not over, of one module or of all, the earliest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn runs(&self, module: Option<ModuleId>) -> Result<Vec<Run>, StoreError> {
        let sql = concat!(
            "SELECT ",
            columns!(),
            ", (SELECT module_id FROM run WHERE run.workshop_id = workshop.id),
               (SELECT run.number FROM run WHERE run.workshop_id = workshop.id)
             FROM workshop
             WHERE id IN (SELECT workshop_id FROM run WHERE $1 = '' OR module_id = $1)
                AND status = 'published' AND ends_at > $2
             ORDER BY starts_at, id LIMIT $3"
        );
        let rows = sqlx::query(sql)
            .bind(module.map(|id| id.to_string()).unwrap_or_default())
            .bind(self.ambient().now().micros())
            .bind(RUNS_MAX)
            .fetch_all(self.readers())
            .await?;
        let mut runs = Vec::with_capacity(rows.len());
        for row in &rows {
            let id: String = row.try_get(COLUMNS)?;
            let module = ModuleId::parse(&id).map_err(|_| StoreError::Inconsistent {
                table: "run",
                column: "module_id",
            })?;
            runs.push((read(row)?, module, row.try_get(COLUMNS + 1)?));
        }
        let workshops: Vec<_> = runs.iter().map(|(row, ..)| row.clone()).collect();
        let cards = self.cards(workshops).await?;
        Ok(cards
            .into_iter()
            .zip(runs)
            .map(|(card, (_, module, number))| Run { card, module, number })
            .collect())
    }

    /// Runs of a module that were published, those that are over, too, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn runs_ever(&self, module: ModuleId) -> Result<Vec<PastRun>, StoreError> {
        let rows = sqlx::query(
            "SELECT workshop.id, workshop.title, workshop.starts_at, workshop.ends_at, run.number
             FROM run JOIN workshop ON workshop.id = run.workshop_id
             WHERE run.module_id = $1 AND workshop.status = 'published' ORDER BY workshop.starts_at DESC LIMIT $2",
        )
        .bind(module.to_string())
        .bind(RUNS_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(PastRun {
                    id: WorkshopId::parse(&row.try_get::<String, _>(0)?).map_err(|_| {
                        StoreError::Inconsistent {
                            table: "run",
                            column: "workshop_id",
                        }
                    })?,
                    title: row.try_get(1)?,
                    starts_at: Instant(row.try_get(2)?),
                    ends_at: Instant(row.try_get(3)?),
                    number: row.try_get(4)?,
                })
            })
            .collect()
    }

    /// Which version of its module a run teaches; nothing for a Veranstaltung that is none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn version_of_run(&self, workshop: WorkshopId) -> Result<Option<i64>, StoreError> {
        let row = sqlx::query("SELECT number FROM run WHERE workshop_id = $1")
            .bind(workshop.to_string())
            .fetch_optional(self.readers())
            .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// Whether a module of this short name can have a run: it has a version that counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn can_have_runs(&self, code: &ModuleCode) -> Result<bool, StoreError> {
        let mut connection = self.readers().acquire().await?;
        Ok(counting(&mut connection, code).await?.is_some())
    }
}

/// The version of a module that counts now.
async fn counting(
    connection: &mut AnyConnection,
    code: &ModuleCode,
) -> Result<Option<(String, i64)>, StoreError> {
    let row = sqlx::query(
        "SELECT module_version.module_id, module_version.number FROM module
         JOIN module_version ON module_version.module_id = module.id AND module_version.state = 'published'
         WHERE module.code = $1",
    )
    .bind(code.to_string())
    .fetch_optional(connection)
    .await?;
    match row {
        Some(row) => Ok(Some((row.try_get(0)?, row.try_get(1)?))),
        None => Ok(None),
    }
}

/// Binds a run that nobody has seen yet to the version of its module that counts now.
///
/// # Errors
/// [`StoreError::NotFound`] when no version counts.
pub(super) async fn bind(tx: &mut Tx, id: WorkshopId, draft: &WorkshopDraft) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM run WHERE workshop_id = $1")
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    let Some(code) = &draft.module else {
        return Ok(());
    };
    let (module, number) = counting(&mut tx.conn, code).await?.ok_or(StoreError::NotFound)?;
    sqlx::query("INSERT INTO run (workshop_id, module_id, number) VALUES ($1, $2, $3)")
        .bind(id.to_string())
        .bind(module)
        .bind(number)
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}
