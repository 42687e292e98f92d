//! What a person may do.

use domain::account::Role;
use domain::contact::EmailAddress;
use domain::ids::{OrganisationId, PersonId};
use sqlx::{AnyConnection, Row};

use super::codes::find_or_make_person;
use crate::audit::{self, Actor};
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
                audit::record(
                    tx,
                    actor,
                    "role_given",
                    ("person", &person.to_string()),
                    role.key(),
                )
                .await?;
                Ok(person)
            })
        })
        .await
    }
}
