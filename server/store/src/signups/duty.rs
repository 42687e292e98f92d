//! Who arranges what people need at a Veranstaltung. Nobody else is told what that is: the statements that read it ask for
//! the duty themselves.

use domain::account::Role;
use domain::ids::{PersonId, WorkshopId};
use sqlx::Row;

use super::staff::{SignUpFilter, SignUpRow, list};
use crate::audit::{self, Actor};
use crate::workshops::find::load;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// People who arrange for one Veranstaltung and are named at most.
const ARRANGERS_MAX: i64 = 20;

/// Who arranges what people need, and how much there is to arrange.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessDuty {
    /// How many people with a place that counts need something.
    pub needing: u32,
    /// Who arranges it: the person, and the address of the account.
    pub arrangers: Vec<(PersonId, String)>,
}

impl Store {
    /// Who arranges what people need, and how many need something.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn access_duty(&self, workshop: WorkshopId) -> Result<AccessDuty, StoreError> {
        let count = sqlx::query(
            "SELECT COUNT(*) FROM sign_up WHERE workshop_id = $1 AND (access_needs <> '' OR needs <> '')
                AND state IN ('held', 'confirmed', 'waiting', 'offered')",
        )
        .bind(workshop.to_string())
        .fetch_one(self.readers())
        .await?;
        let rows = sqlx::query(
            "SELECT person.id, person.email FROM access_duty JOIN person ON person.id = access_duty.person_id
             WHERE access_duty.workshop_id = $1 AND access_duty.ended_at IS NULL
             ORDER BY access_duty.taken_at, access_duty.id LIMIT $2",
        )
        .bind(workshop.to_string())
        .bind(ARRANGERS_MAX)
        .fetch_all(self.readers())
        .await?;
        let arrangers = rows.iter().map(|row| {
            let id = PersonId::parse(&row.try_get::<String, _>(0)?);
            let id = id.map_err(|_| StoreError::Inconsistent {
                table: "access_duty",
                column: "person_id",
            })?;
            Ok((id, row.try_get(1)?))
        });
        Ok(AccessDuty {
            needing: u32::try_from(count.try_get::<i64, _>(0)?).unwrap_or(u32::MAX),
            arrangers: arrangers.collect::<Result<_, StoreError>>()?,
        })
    }

    /// Takes on the duty for a Veranstaltung, or gives it back. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such Veranstaltung, or the duty is for who has no role at the office; or the
    /// database fails.
    pub async fn set_access_duty(
        &self,
        person: PersonId,
        workshop: WorkshopId,
        wanted: bool,
    ) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                tx.lock(&workshop.to_string()).await?;
                load(&mut tx.conn, workshop).await?;
                if wanted {
                    keep_role(tx, person).await?;
                }
                let (sql, action) = if wanted {
                    (TAKE, "access_duty_taken")
                } else {
                    (END, "access_duty_ended")
                };
                let changed = sqlx::query(sql)
                    .bind(workshop.to_string())
                    .bind(person.to_string())
                    .bind(tx.now.micros())
                    .bind(tx.ambient.uuid().to_string())
                    .execute(&mut *tx.conn)
                    .await?
                    .rows_affected();
                if changed == 0 {
                    return Ok(());
                }
                let object = ("workshop", workshop.to_string());
                audit::record(tx, Actor::Person(person), action, (object.0, &object.1), "").await
            })
        })
        .await
    }

    /// The sign-ups with what people need, for a file. Each such file is in the log.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the person does not arrange it, or the database fails.
    pub async fn export_needs(
        &self,
        person: PersonId,
        workshop: WorkshopId,
    ) -> Result<Vec<SignUpRow>, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "SELECT id FROM access_duty WHERE workshop_id = $1 AND person_id = $2 AND ended_at IS NULL",
                )
                .bind(workshop.to_string())
                .bind(person.to_string())
                .fetch_one(&mut *tx.conn)
                .await?;
                let filter = SignUpFilter {
                    arranger: Some(person),
                    ..SignUpFilter::default()
                };
                let rows = list(&mut tx.conn, workshop, &filter).await?;
                let object = ("workshop", workshop.to_string());
                let actor = Actor::Person(person);
                audit::record(tx, actor, "access_needs_exported", (object.0, &object.1), "").await?;
                Ok(rows)
            })
        })
        .await
    }
}

/// Keeps what somebody may do at the office until this transaction ends: who takes the role away meanwhile waits for that, and
/// then finds the duty. Without such a role nothing is found.
async fn keep_role(tx: &mut Tx, person: PersonId) -> Result<(), StoreError> {
    let kept = sqlx::query("UPDATE role SET given_at = given_at WHERE person_id = $1 AND role IN ($2, $3)")
        .bind(person.to_string())
        .bind(Role::Staff.key())
        .bind(Role::Admin.key())
        .execute(&mut *tx.conn)
        .await?;
    match kept.rows_affected() {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

/// Ends every duty of who may not come into the office any more: nobody is named who does not arrange anything.
pub(crate) async fn end_without_role(tx: &mut Tx, actor: Actor, person: PersonId) -> Result<(), StoreError> {
    let ended = sqlx::query(
        "UPDATE access_duty SET ended_at = $1 WHERE person_id = $2 AND ended_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM role WHERE role.person_id = $2 AND role.role IN ($3, $4))
         RETURNING workshop_id",
    )
    .bind(tx.now.micros())
    .bind(person.to_string())
    .bind(Role::Staff.key())
    .bind(Role::Admin.key())
    .fetch_all(&mut *tx.conn)
    .await?;
    let whose = Actor::Person(person).key();
    for row in &ended {
        let workshop: String = row.try_get(0)?;
        audit::record(
            tx,
            actor,
            "access_duty_withdrawn",
            ("workshop", &workshop),
            &whose,
        )
        .await?;
    }
    Ok(())
}

const TAKE: &str = "INSERT INTO access_duty (id, workshop_id, person_id, taken_at)
    SELECT $4, id, $2, $3 FROM workshop WHERE id = $1
    AND NOT EXISTS (SELECT 1 FROM access_duty WHERE workshop_id = $1 AND person_id = $2 AND ended_at IS NULL)";
/// Has the same arguments, and no use for a new id.
const END: &str = "UPDATE access_duty SET ended_at = $3
    WHERE workshop_id = $1 AND person_id = $2 AND ended_at IS NULL AND id <> $4";
