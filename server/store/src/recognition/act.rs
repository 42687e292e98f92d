//! Beginning, writing, handing in, taking back, asking for more, deciding.

use domain::ids::{PersonId, RecognitionId};
use domain::mail::Occasion;
use domain::module::review::Reviewer;
use domain::module::{Field, ModuleCode};
use domain::recognition::state::OPEN_MAX;
use domain::recognition::{Act, Claims, Findings, Procedure, Refusal, State};
use domain::time::Instant;
use sqlx::Row;

use super::precedent;
use super::row::{RecognitionRow, one, wrong};
use crate::audit::{self, Actor};
use crate::modules::row::find;
use crate::outbox::{self, Mail, NoticeFacts};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// What is done with an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The person says something of herself.
    Write(Claims),
    /// It is handed in.
    Submit,
    /// It is taken back.
    TakeBack,
    /// It is deleted, with all evidence.
    Discard,
    /// More is asked for: what.
    AskMore(String),
    /// It is decided.
    Decide(Findings),
}

impl Change {
    /// As the rules see it.
    #[must_use]
    pub fn act(&self) -> Act {
        match self {
            Self::Write(_) => Act::Write,
            Self::Submit => Act::Submit,
            Self::TakeBack => Act::TakeBack,
            Self::Discard => Act::Discard,
            Self::AskMore(_) => Act::AskMore,
            Self::Decide(_) => Act::Decide,
        }
    }
}

impl Store {
    /// Begins an application for the version of a module that counts. If one is open, it is that.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if the person has as many open ones as anybody may, [`StoreError::NotFound`] if no version of it counts, or the database fails.
    pub async fn begin_recognition(
        &self,
        person: PersonId,
        code: &ModuleCode,
        procedure: Procedure,
    ) -> Result<RecognitionId, StoreError> {
        let code = code.clone();
        self.write(move |tx| Box::pin(async move { begin(tx, person, &code, procedure).await }))
            .await
    }

    /// Does something with an application.
    ///
    /// # Errors
    /// When there is none of this id, or the database fails. What the rules forbid is an answer.
    pub async fn change_recognition(
        &self,
        who: Reviewer,
        id: RecognitionId,
        change: Change,
    ) -> Result<Result<State, Refusal>, StoreError> {
        self.write(move |tx| Box::pin(async move { act(tx, &who, id, change, None).await }))
            .await
    }

    /// The same for who judges: about what was handed in at `seen`, and nothing else.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if it was taken back and handed in again since; when there is none of this id, or the database
    /// fails. What the rules forbid is an answer.
    pub async fn judge_recognition(
        &self,
        who: Reviewer,
        id: RecognitionId,
        change: Change,
        seen: Instant,
    ) -> Result<Result<State, Refusal>, StoreError> {
        self.write(move |tx| Box::pin(async move { act(tx, &who, id, change, Some(seen)).await }))
            .await
    }
}

async fn begin(
    tx: &mut Tx,
    person: PersonId,
    code: &ModuleCode,
    procedure: Procedure,
) -> Result<RecognitionId, StoreError> {
    tx.lock_module(code.as_str()).await?;
    let module = find(&mut tx.conn, code).await?;
    let open = sqlx::query(
        "SELECT id FROM recognition WHERE person_id = $1 AND module_id = $2 AND state <> 'decided'",
    )
    .bind(person.to_string())
    .bind(module.id.to_string())
    .fetch_optional(&mut *tx.conn)
    .await?;
    if let Some(row) = open {
        return RecognitionId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"));
    }
    let row = sqlx::query("SELECT COUNT(*) FROM recognition WHERE person_id = $1 AND state <> 'decided'")
        .bind(person.to_string())
        .fetch_one(&mut *tx.conn)
        .await?;
    if usize::try_from(row.try_get::<i64, _>(0)?).unwrap_or(0) >= OPEN_MAX {
        return Err(StoreError::Duplicate);
    }
    let id = RecognitionId(tx.ambient.uuid());
    let made = sqlx::query(
        "INSERT INTO recognition (id, person_id, module_id, number, kind, state, claims, findings, note, begun_at, changed_at)
         SELECT $1, $2, module_id, number, $3, 'draft', '{}', '{}', '', $4, $4
         FROM module_version WHERE module_id = $5 AND state = 'published'",
    )
    .bind(id.to_string())
    .bind(person.to_string())
    .bind(procedure.key())
    .bind(tx.now.micros())
    .bind(module.id.to_string())
    .execute(&mut *tx.conn)
    .await?;
    if made.rows_affected() == 0 {
        return Err(StoreError::NotFound);
    }
    log(tx, person, "recognition_begun", id, code.as_str()).await?;
    Ok(id)
}

/// Reads an application under its lock.
pub(super) async fn locked(tx: &mut Tx, id: RecognitionId) -> Result<RecognitionRow, StoreError> {
    tx.lock_recognition(&id.to_string()).await?;
    one(&mut tx.conn, id).await
}

async fn act(
    tx: &mut Tx,
    who: &Reviewer,
    id: RecognitionId,
    change: Change,
    seen: Option<Instant>,
) -> Result<Result<State, Refusal>, StoreError> {
    let found = locked(tx, id).await?;
    let state = match found.application().decide(who, change.act()) {
        Ok(state) => state,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if seen.is_some() && seen != found.submitted_at {
        return Err(StoreError::Stale);
    }
    let (claims, findings, note) = match &change {
        Change::Write(claims) => (claims.clone(), found.findings.clone(), found.note.clone()),
        Change::AskMore(note) => (found.claims.clone(), found.findings.clone(), note.clone()),
        Change::Decide(findings) => (found.claims.clone(), findings.clone(), String::new()),
        Change::Discard => return discard(tx, who, &found).await.map(|()| Ok(state)),
        Change::Submit | Change::TakeBack => (found.claims.clone(), found.findings.clone(), String::new()),
    };
    let is_decided = state == State::Decided;
    sqlx::query(
        "UPDATE recognition SET state = $1, claims = $2, findings = $3, note = $4, changed_at = $5,
            submitted_at = COALESCE($6, submitted_at), decided_at = $7, decided_by = $8 WHERE id = $9",
    )
    .bind(state.key())
    .bind(serde_json::to_string(&claims).map_err(|_| wrong("claims"))?)
    .bind(serde_json::to_string(&findings).map_err(|_| wrong("findings"))?)
    .bind(note)
    .bind(tx.now.micros())
    .bind((change.act() == Act::Submit).then_some(tx.now.micros()))
    .bind(is_decided.then_some(tx.now.micros()))
    .bind(is_decided.then(|| who.person.to_string()))
    .bind(id.to_string())
    .execute(&mut *tx.conn)
    .await?;
    if is_decided {
        precedent::keep(tx, &found, &findings).await?;
    }
    match change.act() {
        Act::AskMore => tell(tx, &found, Occasion::RecognitionMoreAsked).await?,
        Act::Decide => tell(tx, &found, Occasion::RecognitionDecided).await?,
        _ => {}
    }
    let action = match change.act() {
        Act::Write => "recognition_written",
        Act::Submit => "recognition_submitted",
        Act::TakeBack => "recognition_taken_back",
        Act::Discard => "recognition_discarded",
        Act::AskMore => "recognition_more_asked",
        Act::Decide => "recognition_decided",
    };
    log(tx, who.person, action, id, found.module.code.as_str()).await?;
    Ok(Ok(state))
}

async fn discard(tx: &mut Tx, who: &Reviewer, found: &RecognitionRow) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM recognition WHERE id = $1")
        .bind(found.id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    log(
        tx,
        who.person,
        "recognition_discarded",
        found.id,
        found.module.code.as_str(),
    )
    .await
}

/// Tells the applicant that there is something to read. What, only the page says.
async fn tell(tx: &mut Tx, found: &RecognitionRow, occasion: Occasion) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT email FROM person WHERE id = $1")
        .bind(found.person.to_string())
        .fetch_one(&mut *tx.conn)
        .await?;
    let code = found.module.code.as_str();
    let title = format!("{code} {}", found.content.get(Field::Title));
    let notice = NoticeFacts {
        subject: title,
        path: format!("/anrechnung/{code}"),
    };
    let mail = Mail {
        occasion,
        recipient: row.try_get(0)?,
        unique_key: format!("{}:{}:{}", occasion.key(), found.id, tx.now.micros()),
        payload: notice.payload(),
        about: None,
    };
    outbox::enqueue(tx, mail);
    Ok(())
}

pub(super) async fn log(
    tx: &mut Tx,
    person: PersonId,
    action: &str,
    id: RecognitionId,
    code: &str,
) -> Result<(), StoreError> {
    audit::record(
        tx,
        Actor::Person(person),
        action,
        ("recognition", &id.to_string()),
        code,
    )
    .await
}
