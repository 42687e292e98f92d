//! The places of a person, each with what happened to it, its topics and its votes.

use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{instant, perhaps};
use crate::accounts::addresses::Addresses;
use crate::signups::handed_over::since_handed_over;
use crate::{Store, StoreError};

/// What happened to the places of a person, oldest first. What was before somebody handed a place on is theirs; the same
/// holds for topics and votes.
const HISTORY: &str = concat!(
    "SELECT sign_up.id, sign_up_history.at, sign_up_history.state, sign_up_history.mode,
        sign_up_history.reason, sign_up_history.note, sign_up_history.until, sign_up_history.position
     FROM sign_up_history JOIN sign_up ON sign_up.id = sign_up_history.sign_up_id
     WHERE sign_up.person_key = $1 AND sign_up_history.seq >= ",
    since_handed_over!("seq"),
    " ORDER BY sign_up.id, sign_up_history.seq"
);

/// Topics that a person proposed.
const TOPICS: &str = concat!(
    "SELECT sign_up.id, topic.text, topic.created_at
     FROM topic JOIN sign_up ON sign_up.id = topic.sign_up_id
     WHERE sign_up.person_key = $1 AND topic.created_at >= ",
    since_handed_over!("at"),
    " ORDER BY sign_up.id, topic.created_at, topic.id"
);

/// Topics that a person voted for.
const VOTES: &str = concat!(
    "SELECT sign_up.id, topic.text, topic_vote.at
     FROM topic_vote JOIN topic ON topic.id = topic_vote.topic_id JOIN sign_up ON sign_up.id = topic_vote.sign_up_id
     WHERE sign_up.person_key = $1 AND topic_vote.at >= ",
    since_handed_over!("at"),
    " ORDER BY sign_up.id, topic_vote.at, topic.id"
);

impl Store {
    /// The sign-ups of a person, each with what happened to it, its topics and its votes.
    pub(super) async fn own_sign_ups(&self, addresses: &Addresses) -> Result<Vec<Value>, StoreError> {
        let rows = sqlx::query(
            "SELECT sign_up.id, workshop.title, workshop.starts_at, sign_up.name, sign_up.organisation,
                sign_up.district, sign_up.mode, sign_up.state, sign_up.access_needs, sign_up.listing,
                sign_up.created_at, sign_up.signed_up_by, sign_up.needs, sign_up.email
             FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
             WHERE sign_up.person_key = $1 ORDER BY sign_up.created_at, sign_up.id",
        )
        .bind(addresses.key().to_owned())
        .fetch_all(self.readers())
        .await?;
        let history = self.of_sign_ups(HISTORY, addresses.key(), history).await?;
        let topics = self
            .of_sign_ups(TOPICS, addresses.key(), |row| topic(row, "vorgeschlagen"))
            .await?;
        let votes = self
            .of_sign_ups(VOTES, addresses.key(), |row| topic(row, "gegeben"))
            .await?;
        let of = |all: &[(String, Value)], id: &str| {
            let own = all.iter().filter(|(sign_up, _)| sign_up == id);
            own.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        let sign_up = |row: &AnyRow| -> Result<Value, StoreError> {
            let id = row.try_get::<String, _>(0)?;
            Ok(json!({
                "veranstaltung": row.try_get::<String, _>(1)?,
                "beginnt": instant(row, 2)?,
                "name": row.try_get::<String, _>(3)?,
                "email": row.try_get::<String, _>(13)?,
                "traeger": row.try_get::<String, _>(4)?,
                "kreis": row.try_get::<String, _>(5)?,
                "form": row.try_get::<String, _>(6)?,
                "stand": row.try_get::<String, _>(7)?,
                "unterstuetzung": row.try_get::<String, _>(8)?,
                "unterstuetzung_angekreuzt": row.try_get::<String, _>(12)?,
                "teilnahmeliste": row.try_get::<String, _>(9)?,
                "angemeldet": instant(row, 10)?,
                "angemeldet_von": row.try_get::<Option<String>, _>(11)?,
                "verlauf": of(&history, &id),
                "themen": of(&topics, &id),
                "stimmen": of(&votes, &id),
                "id": id,
            }))
        };
        // What belongs to a place that is not told is asked for by nobody.
        let mut own = Vec::new();
        for row in &rows {
            if addresses.has(&row.try_get::<String, _>(13)?) {
                own.push(sign_up(row)?);
            }
        }
        Ok(own)
    }

    /// Reads what belongs to sign-ups of a person. The first column says to which.
    async fn of_sign_ups(
        &self,
        sql: &'static str,
        person_key: &str,
        read: impl Fn(&AnyRow) -> Result<Value, StoreError>,
    ) -> Result<Vec<(String, Value)>, StoreError> {
        let rows = sqlx::query(sql)
            .bind(person_key.to_owned())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, read(row)?))).collect()
    }
}

fn history(row: &AnyRow) -> Result<Value, StoreError> {
    Ok(json!({
        "am": instant(row, 1)?,
        "stand": row.try_get::<String, _>(2)?,
        "form": row.try_get::<String, _>(3)?,
        "grund": row.try_get::<String, _>(4)?,
        "vermerk": row.try_get::<String, _>(5)?,
        "bis": perhaps(row, 6)?,
        "warteplatz": row.try_get::<Option<i64>, _>(7)?,
    }))
}

fn topic(row: &AnyRow, when: &str) -> Result<Value, StoreError> {
    Ok(json!({
        "thema": row.try_get::<String, _>(1)?,
        when: instant(row, 2)?,
    }))
}
