//! Everything that is kept about a person, to take along.

use domain::ids::PersonId;
use domain::time::Instant;
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::signups::handed_over::since_handed_over;
use crate::{Store, StoreError};

/// What happened to the places of an address, oldest first. What was before somebody handed a place on is theirs; the same
/// holds for topics and votes.
const HISTORY: &str = concat!(
    "SELECT sign_up.id, sign_up_history.at, sign_up_history.state, sign_up_history.mode,
        sign_up_history.reason, sign_up_history.note, sign_up_history.until, sign_up_history.position
     FROM sign_up_history JOIN sign_up ON sign_up.id = sign_up_history.sign_up_id
     WHERE LOWER(sign_up.email) = $1 AND sign_up_history.seq >= ",
    since_handed_over!("seq"),
    " ORDER BY sign_up.id, sign_up_history.seq"
);

/// Topics that an address proposed.
const TOPICS: &str = concat!(
    "SELECT sign_up.id, topic.text, topic.created_at
     FROM topic JOIN sign_up ON sign_up.id = topic.sign_up_id
     WHERE LOWER(sign_up.email) = $1 AND topic.created_at >= ",
    since_handed_over!("at"),
    " ORDER BY sign_up.id, topic.created_at, topic.id"
);

/// Topics that an address voted for.
const VOTES: &str = concat!(
    "SELECT sign_up.id, topic.text, topic_vote.at
     FROM topic_vote JOIN topic ON topic.id = topic_vote.topic_id JOIN sign_up ON sign_up.id = topic_vote.sign_up_id
     WHERE LOWER(sign_up.email) = $1 AND topic_vote.at >= ",
    since_handed_over!("at"),
    " ORDER BY sign_up.id, topic_vote.at, topic.id"
);

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
        let sign_ups = self.own_sign_ups(&email.to_lowercase()).await?;
        let sessions = self.my_sessions(person).await?;
        let comments = self.own_comments(person).await?;
        let plan = self.learning_plan(person).await?;
        let demand = self.noted_demand(person).await?;
        let recognitions = self.own_recognitions(person).await?;
        let certificates = self.certificates_of(person).await?;
        Ok(json!({
            "konto": {
                "email": email,
                "name": row.try_get::<Option<String>, _>(1)?,
                "traeger": row.try_get::<Option<String>, _>(2)?,
                "kreis": row.try_get::<Option<String>, _>(3)?,
                "angelegt": Instant(row.try_get(4)?).to_rfc3339(),
            },
            "anmerkungen": comments,
            "bedarf": demand,
            "anrechnungen": recognitions,
            "nachweise": certificates.iter().map(|one| json!({
                "code": one.code.printed(),
                "inhalt": one.facts,
            })).collect::<Vec<_>>(),
            "lernweg": plan.map(|plan| json!({
                "plan": plan.wish,
                "gespeichert": plan.saved_at.to_rfc3339(),
            })),
            "geraete": sessions.iter().map(|session| json!({
                "geraet": session.device,
                "angemeldet": session.created_at.to_rfc3339(),
                "zuletzt": session.used_at.to_rfc3339(),
            })).collect::<Vec<_>>(),
            "anmeldungen": sign_ups,
        }))
    }

    /// The sign-ups of an address in lower case, each with what happened to it, its topics and its votes.
    async fn own_sign_ups(&self, email: &str) -> Result<Vec<Value>, StoreError> {
        let rows = sqlx::query(
            "SELECT sign_up.id, workshop.title, workshop.starts_at, sign_up.name, sign_up.organisation,
                sign_up.district, sign_up.mode, sign_up.state, sign_up.access_needs, sign_up.listing,
                sign_up.created_at, sign_up.signed_up_by, sign_up.needs
             FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
             WHERE LOWER(sign_up.email) = $1 ORDER BY sign_up.created_at, sign_up.id",
        )
        .bind(email.to_owned())
        .fetch_all(self.readers())
        .await?;
        let history = self.of_sign_ups(HISTORY, email, history).await?;
        let topics = self
            .of_sign_ups(TOPICS, email, |row| topic(row, "vorgeschlagen"))
            .await?;
        let votes = self
            .of_sign_ups(VOTES, email, |row| topic(row, "gegeben"))
            .await?;
        let of = |all: &[(String, Value)], id: &str| {
            let own = all.iter().filter(|(sign_up, _)| sign_up == id);
            own.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        let sign_up = |row: &AnyRow| {
            let id = row.try_get::<String, _>(0)?;
            Ok(json!({
                "veranstaltung": row.try_get::<String, _>(1)?,
                "beginnt": Instant(row.try_get(2)?).to_rfc3339(),
                "name": row.try_get::<String, _>(3)?,
                "traeger": row.try_get::<String, _>(4)?,
                "kreis": row.try_get::<String, _>(5)?,
                "form": row.try_get::<String, _>(6)?,
                "stand": row.try_get::<String, _>(7)?,
                "unterstuetzung": row.try_get::<String, _>(8)?,
                "unterstuetzung_angekreuzt": row.try_get::<String, _>(12)?,
                "teilnahmeliste": row.try_get::<String, _>(9)?,
                "angemeldet": Instant(row.try_get(10)?).to_rfc3339(),
                "angemeldet_von": row.try_get::<Option<String>, _>(11)?,
                "verlauf": of(&history, &id),
                "themen": of(&topics, &id),
                "stimmen": of(&votes, &id),
                "id": id,
            }))
        };
        rows.iter().map(sign_up).collect()
    }

    /// Reads what belongs to sign-ups of an address. The first column says to which.
    async fn of_sign_ups(
        &self,
        sql: &'static str,
        email: &str,
        read: impl Fn(&AnyRow) -> Result<Value, StoreError>,
    ) -> Result<Vec<(String, Value)>, StoreError> {
        let rows = sqlx::query(sql)
            .bind(email.to_owned())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, read(row)?))).collect()
    }

    /// What somebody said about modules.
    async fn own_comments(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let rows = sqlx::query(
            "SELECT module.code, module_comment.number, module_comment.field, module_comment.said, module_comment.said_at
             FROM module_comment JOIN module ON module.id = module_comment.module_id
             WHERE module_comment.person_id = $1 ORDER BY module_comment.said_at",
        )
        .bind(person.to_string())
        .fetch_all(self.readers())
        .await?;
        let comment = |row: &AnyRow| {
            Ok(json!({
                "modul": row.try_get::<String, _>(0)?,
                "fassung": row.try_get::<i64, _>(1)?,
                "feld": row.try_get::<String, _>(2)?,
                "text": row.try_get::<String, _>(3)?,
                "am": Instant(row.try_get(4)?).to_rfc3339(),
            }))
        };
        rows.iter().map(comment).collect()
    }
}

fn history(row: &AnyRow) -> Result<Value, StoreError> {
    let until = row.try_get::<Option<i64>, _>(6)?;
    Ok(json!({
        "am": Instant(row.try_get(1)?).to_rfc3339(),
        "stand": row.try_get::<String, _>(2)?,
        "form": row.try_get::<String, _>(3)?,
        "grund": row.try_get::<String, _>(4)?,
        "vermerk": row.try_get::<String, _>(5)?,
        "bis": until.map(|until| Instant(until).to_rfc3339()),
        "warteplatz": row.try_get::<Option<i64>, _>(7)?,
    }))
}

fn topic(row: &AnyRow, when: &str) -> Result<Value, StoreError> {
    Ok(json!({
        "thema": row.try_get::<String, _>(1)?,
        when: Instant(row.try_get(2)?).to_rfc3339(),
    }))
}
