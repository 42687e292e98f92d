//! What a person may do.

use domain::account::Role;
use domain::contact::EmailAddress;
use domain::ids::{OrganisationId, PersonId};
use sqlx::{AnyConnection, Row};

use super::codes::find_or_make_person;
use crate::audit::{self, Actor};
use crate::read;
use crate::signups::duty::end_without_role;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// The roles of a person.
pub(super) async fn of(
    connection: &mut AnyConnection,
    person: PersonId,
) -> Result<Vec<(Role, Option<OrganisationId>)>, StoreError> {
    let rows = sqlx::query("SELECT role, organisation_id FROM role WHERE person_id = $1 ORDER BY role")
        .bind(person.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let role = Role::parse(&row.try_get::<String, _>(0)?).ok_or(StoreError::Inconsistent {
                table: "role",
                column: "role",
            })?;
            Ok((role, OrganisationId::parse(&row.try_get::<String, _>(1)?).ok()))
        })
        .collect()
}

impl Store {
    /// Gives a role to an address; the account is made if need be. For the first account of an installation
    /// and for admins.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn admin_add(
        &self,
        actor: Actor,
        email: &EmailAddress,
        role: Role,
        organisation: Option<OrganisationId>,
    ) -> Result<PersonId, StoreError> {
        let email = email.clone();
        self.write(move |tx| {
            Box::pin(async move {
                let person = find_or_make_person(tx, &email, &email.as_str().to_lowercase()).await?;
                sqlx::query(
                    "INSERT INTO role (person_id, role, organisation_id, given_at) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (person_id, role, organisation_id) DO NOTHING",
                )
                .bind(person.to_string())
                .bind(role.key())
                .bind(organisation.map(|id| id.to_string()).unwrap_or_default())
                .bind(tx.now.micros())
                .execute(&mut *tx.conn)
                .await?;
                tell(tx, actor, "role_given", person, role).await
            })
        })
        .await
    }

    /// Takes a role from an address: the one of this organisation, or without one wherever it was given. Every session of the person
    /// ends with it; who keeps another role signs in anew. Who has no role at the office left arranges nobody's needs any more. The
    /// account stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the address has no such role; or the database fails.
    pub async fn admin_remove(
        &self,
        actor: Actor,
        email: &EmailAddress,
        role: Role,
        organisation: Option<OrganisationId>,
    ) -> Result<PersonId, StoreError> {
        let key = email.as_str().to_lowercase();
        self.write(move |tx| {
            Box::pin(async move {
                let row = sqlx::query("SELECT id FROM person WHERE email_key = $1")
                    .bind(key)
                    .fetch_one(&mut *tx.conn)
                    .await?;
                let person: PersonId = read::id(&row, 0, "person")?;
                let taken = sqlx::query(
                    "DELETE FROM role WHERE person_id = $1 AND role = $2 AND ($3 = '' OR organisation_id = $3)",
                )
                .bind(person.to_string())
                .bind(role.key())
                .bind(organisation.map(|id| id.to_string()).unwrap_or_default())
                .execute(&mut *tx.conn)
                .await?
                .rows_affected();
                if taken == 0 {
                    return Err(StoreError::NotFound);
                }
                sqlx::query("DELETE FROM session WHERE person_id = $1")
                    .bind(person.to_string())
                    .execute(&mut *tx.conn)
                    .await?;
                tell(tx, actor, "role_taken", person, role).await?;
                end_without_role(tx, actor, person).await?;
                Ok(person)
            })
        })
        .await
    }
}

/// Writes into the log what was done with a role of a person.
async fn tell(
    tx: &mut Tx,
    actor: Actor,
    action: &'static str,
    person: PersonId,
    role: Role,
) -> Result<PersonId, StoreError> {
    let object = person.to_string();
    audit::record(tx, actor, action, ("person", &object), role.key()).await?;
    Ok(person)
}
