//! Certificates by code, of a run, of a person.

use domain::certificate::{Certificate, CertificateCode};
use domain::ids::{CertificateId, PersonId, SignUpId, WorkshopId};
use domain::time::Instant;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::accounts::addresses::{Addresses, may_be_of};
use crate::{Store, StoreError};

/// Certificates that a list shows, at most.
const LIST_MAX: i64 = 600;

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRow {
    /// Its id.
    pub id: CertificateId,
    /// What is printed on it.
    pub code: CertificateCode,
    /// The place in the run.
    pub sign_up: SignUpId,
    /// What it says.
    pub facts: Certificate,
    /// The same as signed badge.
    pub badge: String,
    /// When it was issued.
    pub issued_at: Instant,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// Why.
    pub reason: String,
}

pub(super) const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "certificate",
        column,
    }
}

/// What [`read`] reads; `WHERE` follows.
macro_rules! select {
    ($rest:expr) => {
        concat!(
            "SELECT id, code, sign_up_id, facts, badge, issued_at, revoked_at, reason, email FROM certificate ",
            $rest
        )
    };
}

fn read(row: &AnyRow) -> Result<CertificateRow, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    Ok(CertificateRow {
        id: CertificateId::parse(&text(0)?).map_err(|_| wrong("id"))?,
        code: CertificateCode::parse(&text(1)?).ok_or(wrong("code"))?,
        sign_up: SignUpId::parse(&text(2)?).map_err(|_| wrong("sign_up_id"))?,
        facts: serde_json::from_str(&text(3)?).map_err(|_| wrong("facts"))?,
        badge: text(4)?,
        issued_at: Instant(row.try_get(5)?),
        revoked_at: row.try_get::<Option<i64>, _>(6)?.map(Instant),
        reason: text(7)?,
    })
}

/// The code of the certificate of a place that counts, if there is one already.
pub(crate) async fn code_of_place(
    connection: &mut AnyConnection,
    place: &str,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT code FROM certificate WHERE sign_up_id = $1 AND revoked_at IS NULL")
        .bind(place.to_owned())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}

impl Store {
    /// The certificate of this code.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none, or the database fails.
    pub async fn certificate(&self, code: &CertificateCode) -> Result<CertificateRow, StoreError> {
        let row = sqlx::query(select!("WHERE code = $1"))
            .bind(code.as_str().to_owned())
            .fetch_one(self.readers())
            .await?;
        read(&row)
    }

    /// The certificates of a run, those that were revoked, too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn certificates_of_run(&self, workshop: WorkshopId) -> Result<Vec<CertificateRow>, StoreError> {
        let rows = sqlx::query(select!("WHERE workshop_id = $1 ORDER BY issued_at, id LIMIT $2"))
            .bind(workshop.to_string())
            .bind(LIST_MAX)
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(read).collect()
    }

    /// The certificates of a person's own address that count, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn certificates_of(&self, person: PersonId) -> Result<Vec<CertificateRow>, StoreError> {
        let rows = sqlx::query(select!(
            "WHERE revoked_at IS NULL AND email <> ''
                AND email = (SELECT person.email_key FROM person WHERE person.id = $1)
             ORDER BY issued_at DESC, id LIMIT $2"
        ))
        .bind(person.to_string())
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }

    /// All that are kept under an address of a person, those that were revoked, too, for [`Store::account_export`].
    pub(crate) async fn certificates_kept_of(
        &self,
        addresses: &Addresses,
    ) -> Result<Vec<CertificateRow>, StoreError> {
        let rows = sqlx::query(select!(concat!(
            "WHERE ",
            may_be_of!("email"),
            " ORDER BY issued_at DESC, id LIMIT $3"
        )))
        .bind(addresses.key().to_owned())
        .bind(addresses.aliases().to_owned())
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        let mut kept = Vec::with_capacity(rows.len());
        for row in &rows {
            if addresses.has(&row.try_get::<String, _>(8)?) {
                kept.push(read(row)?);
            }
        }
        Ok(kept)
    }
}
