//! What was written to a person, and which codes were asked for. Neither links nor codes: they are secrets.

use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{instant, perhaps};
use crate::accounts::addresses::{Addresses, may_be_of};
use crate::{Store, StoreError};

/// The address stands in the first column.
const MAILS: &str = concat!(
    "SELECT recipient, occasion, payload, created_at, sent_at, failed_at, bounced_at FROM outbox WHERE ",
    may_be_of!("recipient"),
    " ORDER BY created_at, id"
);

/// As [`MAILS`].
const CODES: &str = concat!(
    "SELECT email, created_at, redeemed_at FROM sign_in_code WHERE ",
    may_be_of!("email"),
    " ORDER BY created_at, id"
);

impl Store {
    /// The mails to a person that went out or wait.
    pub(super) async fn own_mails(&self, addresses: &Addresses) -> Result<Vec<Value>, StoreError> {
        self.each_at(addresses, MAILS, mail).await
    }

    /// When somebody asked for codes to sign in, and used them.
    pub(super) async fn own_codes(&self, addresses: &Addresses) -> Result<Vec<Value>, StoreError> {
        self.each_at(addresses, CODES, |row| {
            Ok(json!({
                "email": row.try_get::<String, _>(0)?,
                "angefordert": instant(row, 1)?,
                "benutzt": perhaps(row, 2)?,
            }))
        })
        .await
    }

    async fn each_at(
        &self,
        addresses: &Addresses,
        sql: &'static str,
        told: impl Fn(&AnyRow) -> Result<Value, StoreError>,
    ) -> Result<Vec<Value>, StoreError> {
        let rows = sqlx::query(sql)
            .bind(addresses.key().to_owned())
            .bind(addresses.aliases().to_owned())
            .fetch_all(self.readers())
            .await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            if addresses.has(&row.try_get::<String, _>(0)?) {
                all.push(told(row)?);
            }
        }
        Ok(all)
    }
}

fn mail(row: &AnyRow) -> Result<Value, StoreError> {
    let facts: Value = serde_json::from_str(&row.try_get::<String, _>(2)?).unwrap_or_default();
    let (sent, given_up) = (perhaps(row, 4)?, perhaps(row, 5)?);
    let state = match (&sent, &given_up) {
        (Some(_), _) => "gesendet",
        (None, Some(_)) => "aufgegeben",
        (None, None) => "wartet",
    };
    Ok(json!({
        "an": row.try_get::<String, _>(0)?,
        "anlass": row.try_get::<String, _>(1)?,
        "betreff": facts["subject"],
        "veranstaltung": facts["workshop"]["title"],
        "stand": state,
        "geschrieben": instant(row, 3)?,
        "gesendet": sent,
        "aufgegeben": given_up,
        "unzustellbar": perhaps(row, 6)?,
    }))
}
