//! Tokens and webhooks that somebody made, without what opens a door or signs.

use domain::ids::PersonId;
use serde_json::{Value, json};
use sqlx::Row;

use super::{instant, perhaps};
use crate::{Store, StoreError};

impl Store {
    /// The tokens that somebody made.
    pub(super) async fn own_tokens(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let sql =
            "SELECT organisation.name, api_token.name, api_token.scope, api_token.made_at, api_token.ends_at,
                api_token.used_at, api_token.revoked_at
             FROM api_token JOIN organisation ON organisation.id = api_token.organisation_id
             WHERE api_token.made_by = $1 ORDER BY api_token.made_at, api_token.id";
        self.each_of(person, sql, |row| {
            Ok(json!({
                "einrichtung": row.try_get::<String, _>(0)?,
                "name": row.try_get::<String, _>(1)?,
                "umfang": row.try_get::<String, _>(2)?,
                "angelegt": instant(row, 3)?,
                "endet": instant(row, 4)?,
                "zuletzt_benutzt": perhaps(row, 5)?,
                "widerrufen": perhaps(row, 6)?,
            }))
        })
        .await
    }

    /// The webhooks that somebody made.
    pub(super) async fn own_webhooks(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let sql = "SELECT organisation.name, webhook.url, webhook.events, webhook.made_at, webhook.ended_at
             FROM webhook JOIN organisation ON organisation.id = webhook.organisation_id
             WHERE webhook.made_by = $1 ORDER BY webhook.made_at, webhook.id";
        self.each_of(person, sql, |row| {
            let events = row.try_get::<String, _>(2)?;
            let events = events.split(',').filter(|event| !event.is_empty());
            Ok(json!({
                "einrichtung": row.try_get::<String, _>(0)?,
                "adresse": row.try_get::<String, _>(1)?,
                "ereignisse": events.collect::<Vec<_>>(),
                "angelegt": instant(row, 3)?,
                "beendet": perhaps(row, 4)?,
            }))
        })
        .await
    }
}
