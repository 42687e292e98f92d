//! What counts for a person, for the plan and the account.

use domain::ids::PersonId;
use domain::module::ModuleCode;
use domain::recognition::{Outcome, Procedure, State};
use domain::time::Instant;
use serde_json::{Value, json};

use crate::{Store, StoreError};

/// Why a module counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// It was passed here.
    Passed,
    /// It could be done already.
    Known(Procedure),
}

/// A module that counts as passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited {
    /// The module.
    pub code: ModuleCode,
    /// Why.
    pub because: Because,
    /// How many hours it has, in the version that was looked at.
    pub hours: u32,
}

impl Store {
    /// The modules that count for a person: those that were passed here, and those that could be done already.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn credited(&self, person: PersonId) -> Result<Vec<Credited>, StoreError> {
        let all = self.recognitions_of(person).await?;
        let full = all.into_iter().filter(|row| {
            row.state == State::Decided && row.findings.outcome(&row.content.outcomes()) == Outcome::Full
        });
        let passed = self
            .certificates_of(person)
            .await?
            .into_iter()
            .map(|one| Credited {
                code: one.facts.module,
                because: Because::Passed,
                hours: one.facts.hours,
            });
        let mut credited: Vec<Credited> = Vec::new();
        for one in passed {
            if !credited.iter().any(|other| other.code == one.code) {
                credited.push(one);
            }
        }
        for row in full {
            if !credited.iter().any(|one| one.code == row.module.code) {
                credited.push(Credited {
                    code: row.module.code.clone(),
                    because: Because::Known(row.procedure),
                    hours: row.content.hours(),
                });
            }
        }
        Ok(credited)
    }

    /// A person's applications, for [`Store::account_export`].
    pub(crate) async fn own_recognitions(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let all = self.recognitions_of(person).await?;
        let told = all.iter().map(|row| {
            json!({
                "modul": row.module.code.as_str(),
                "fassung": row.number,
                "verfahren": row.procedure.key(),
                "stand": row.state.key(),
                "begonnen": row.begun_at.to_rfc3339(),
                "eingereicht": row.submitted_at.map(Instant::to_rfc3339),
                "entschieden": row.decided_at.map(Instant::to_rfc3339),
                "nachgefordert": row.note,
                "selbsteinschaetzung": row.claims,
                "entscheidung": row.findings,
                "nachweise": row.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(),
            })
        });
        Ok(told.collect())
    }
}
