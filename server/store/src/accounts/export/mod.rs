//! Everything that is kept about a person, to take along. What is left out, and why, stands in the story that holds this against
//! the tables: secrets, and what names others.
//!
//! - [`places`]: sign-ups, with what happened to them
//! - [`mails`]: what was written to the person
//! - [`work`]: what somebody did for the catalogue, the office and research
//! - [`programs`]: tokens and webhooks

mod mails;
mod places;
mod programs;
mod work;

use domain::ids::PersonId;
use domain::time::Instant;
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::addresses::Addresses;
use crate::certificates::CertificateRow;
use crate::{Store, StoreError};

impl Store {
    /// Everything that is kept about a person (Art. 15 and 20 GDPR).
    ///
    /// # Errors
    /// When there is no such person, or the database fails.
    pub async fn account_export(&self, person: PersonId) -> Result<Value, StoreError> {
        let row =
            sqlx::query("SELECT email, name, organisation, district, created_at FROM person WHERE id = $1")
                .bind(person.to_string())
                .fetch_one(self.readers())
                .await?;
        let email: String = row.try_get(0)?;
        // Under every alias of the address, too.
        let addresses = Addresses::of(&email);
        let certificates = self.certificates_kept_of(&addresses).await?;
        let sessions = self.my_sessions(person).await?;
        let plan = self.learning_plan(person).await?;
        let told = [
            (
                "konto",
                json!({
                    "email": email,
                    "name": row.try_get::<Option<String>, _>(1)?,
                    "traeger": row.try_get::<Option<String>, _>(2)?,
                    "kreis": row.try_get::<Option<String>, _>(3)?,
                    "angelegt": instant(&row, 4)?,
                }),
            ),
            ("rechte", self.own_roles(person).await?.into()),
            (
                "geraete",
                sessions
                    .iter()
                    .map(|session| {
                        json!({
                            "geraet": session.device,
                            "angemeldet": session.created_at.to_rfc3339(),
                            "zuletzt": session.used_at.to_rfc3339(),
                        })
                    })
                    .collect(),
            ),
            ("anmeldecodes", self.own_codes(&addresses).await?.into()),
            ("anmeldungen", self.own_sign_ups(&addresses).await?.into()),
            ("emails", self.own_mails(&addresses).await?.into()),
            ("nachweise", certificates.iter().map(certificate).collect()),
            ("anrechnungen", self.own_recognitions(person).await?.into()),
            ("bedarf", self.noted_demand(person).await?.into()),
            (
                "lernweg",
                json!(plan.map(|plan| json!({
                    "plan": plan.wish,
                    "gespeichert": plan.saved_at.to_rfc3339(),
                }))),
            ),
            ("fassungen", self.own_versions(person).await?.into()),
            ("zustimmungen", self.own_approvals(person).await?.into()),
            ("anmerkungen", self.own_comments(person).await?.into()),
            ("tabellen", self.own_imports(person).await?.into()),
            ("auswertungen", self.own_readings(person).await?.into()),
            ("unterstuetzung_zustaendig", self.own_duties(person).await?.into()),
            ("zugangsschluessel", self.own_tokens(person).await?.into()),
            ("webhooks", self.own_webhooks(person).await?.into()),
        ];
        let told = told.into_iter().map(|(key, value)| (key.to_owned(), value));
        Ok(Value::Object(told.collect()))
    }

    /// What somebody may do.
    async fn own_roles(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let sql = "SELECT role.role, organisation.name, role.given_at
             FROM role LEFT JOIN organisation ON organisation.id = role.organisation_id
             WHERE role.person_id = $1 ORDER BY role.given_at, role.role, role.organisation_id";
        self.each_of(person, sql, |row| {
            Ok(json!({
                "recht": row.try_get::<String, _>(0)?,
                "einrichtung": row.try_get::<Option<String>, _>(1)?,
                "seit": instant(row, 2)?,
            }))
        })
        .await
    }

    /// Each row that belongs to a person (`$1`), as it is told.
    async fn each_of(
        &self,
        person: PersonId,
        sql: &'static str,
        told: impl Fn(&AnyRow) -> Result<Value, StoreError>,
    ) -> Result<Vec<Value>, StoreError> {
        let rows = sqlx::query(sql)
            .bind(person.to_string())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(told).collect()
    }
}

fn certificate(one: &CertificateRow) -> Value {
    json!({
        "code": one.code.printed(),
        "inhalt": one.facts,
        "ausgestellt": one.issued_at.to_rfc3339(),
        "widerrufen": one.revoked_at.map(Instant::to_rfc3339),
        "grund": one.reason,
    })
}

/// An instant that stands in a column.
fn instant(row: &AnyRow, column: usize) -> Result<String, StoreError> {
    Ok(Instant(row.try_get(column)?).to_rfc3339())
}

/// As [`instant`], where there may be none.
fn perhaps(row: &AnyRow, column: usize) -> Result<Option<String>, StoreError> {
    let at = row.try_get::<Option<i64>, _>(column)?;
    Ok(at.map(|at| Instant(at).to_rfc3339()))
}
