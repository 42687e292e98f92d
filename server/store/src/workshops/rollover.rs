//! Runs that are taken over into the next semester, as drafts whose dates the office looks at.

use domain::ids::WorkshopId;
use domain::plan::Term;
use domain::plan::fresh::next_start;
use domain::workshop::Status;
use sqlx::Row;

use super::copy::moved;
use super::create::insert;
use super::find::load;
use crate::audit::{self, Actor};
use crate::modules::ModuleRow;
use crate::{Store, StoreError};

/// What became of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RolledOver {
    /// There is a draft of it in the next semester.
    Made(WorkshopId),
    /// There was one before.
    Already(WorkshopId),
    /// No version of its module counts any more.
    NotTaught,
    /// It does not take place.
    Cancelled,
}

impl Store {
    /// The draft that was made of a run for a semester.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn rolled_over(&self, id: WorkshopId, term: Term) -> Result<Option<WorkshopId>, StoreError> {
        let row = sqlx::query("SELECT copy_id FROM run_rollover WHERE workshop_id = $1 AND term = $2")
            .bind(id.to_string())
            .bind(term.to_string())
            .fetch_optional(self.readers())
            .await?;
        let copy = row.map(|row| row.try_get::<String, _>(0)).transpose()?;
        Ok(copy.and_then(|copy| WorkshopId::parse(&copy).ok()))
    }

    /// Takes a run over into the semester after its own. Again: the same draft. Seats, places, texts and deadlines come along;
    /// people do not.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if it is no run of this module, or the database fails.
    pub async fn roll_over_run(
        &self,
        actor: Actor,
        module: &ModuleRow,
        id: WorkshopId,
    ) -> Result<RolledOver, StoreError> {
        let module = module.clone();
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(&id.to_string()).await?;
                let original = load(&mut tx.conn, id).await?;
                if original.draft.module.as_ref() != Some(&module.code) {
                    return Err(StoreError::NotFound);
                }
                if original.status == Status::Cancelled {
                    return Ok(RolledOver::Cancelled);
                }
                let starts_at = next_start(original.draft.starts_at);
                let term = Term::of(starts_at).to_string();
                let before =
                    sqlx::query("SELECT copy_id FROM run_rollover WHERE workshop_id = $1 AND term = $2")
                        .bind(id.to_string())
                        .bind(term.clone())
                        .fetch_optional(&mut *tx.conn)
                        .await?;
                if let Some(row) = before {
                    let copy = WorkshopId::parse(&row.try_get::<String, _>(0)?);
                    return copy
                        .map(RolledOver::Already)
                        .map_err(|_| StoreError::Inconsistent {
                            table: "run_rollover",
                            column: "copy_id",
                        });
                }
                let Some(district) = original.draft.districts.first().copied() else {
                    return Err(StoreError::NotFound);
                };
                let counts =
                    sqlx::query("SELECT 1 FROM module_version WHERE module_id = $1 AND state = 'published'")
                        .bind(module.id.to_string())
                        .fetch_optional(&mut *tx.conn)
                        .await?;
                if counts.is_none() {
                    return Ok(RolledOver::NotTaught);
                }
                let copy = moved(&original.draft, district, starts_at);
                let copy = insert(tx, actor, &copy, original.demo).await?;
                sqlx::query(
                    "INSERT INTO run_rollover (workshop_id, term, copy_id, made_at) VALUES ($1, $2, $3, $4)",
                )
                .bind(id.to_string())
                .bind(term.clone())
                .bind(copy.id.to_string())
                .bind(tx.now.micros())
                .execute(&mut *tx.conn)
                .await?;
                audit::record(tx, actor, "run_rolled_over", ("workshop", &id.to_string()), &term).await?;
                Ok(RolledOver::Made(copy.id))
            })
        })
        .await
    }
}
