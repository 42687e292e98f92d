//! A new module, and a new version of one.

use std::collections::BTreeSet;

use domain::ids::{ModuleId, OrganisationId, PersonId};
use domain::module::review::{Act, Refusal, Reviewer, State};
use domain::module::{Content, MODULES_MAX, ModuleCode};
use sqlx::Row;

use super::row::ModuleRow;
use super::standing::{lock, one, published};
use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// What a new module is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleDraft {
    /// Its id: the same again is the same module.
    pub id: ModuleId,
    /// Its short name.
    pub code: ModuleCode,
    /// Which institutions answer for it, one or more.
    pub owners: BTreeSet<OrganisationId>,
    /// What its first version says so far.
    pub content: Content,
    /// Whether it belongs to the demo.
    pub demo: bool,
}

impl Store {
    /// Makes a module with a first version, a draft of this person.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if another module has the short name, [`StoreError::NotFound`] without an institution that
    /// is there, [`StoreError::Full`] if there are [`MODULES_MAX`].
    pub async fn create_module(&self, author: PersonId, draft: ModuleDraft) -> Result<(), StoreError> {
        self.write(move |tx| Box::pin(async move { create(tx, author, &draft).await }))
            .await
    }

    /// The number of the version of a module that is being written; if there is none, a new one is begun with what is
    /// published.
    ///
    /// # Errors
    /// When there is no such module, or the database fails. What the rules forbid is an answer.
    pub async fn begin_version(
        &self,
        who: Reviewer,
        code: &ModuleCode,
    ) -> Result<Result<i64, Refusal>, StoreError> {
        let code = code.clone();
        self.write(move |tx| Box::pin(async move { begin(tx, &who, &code).await }))
            .await
    }
}

async fn create(tx: &mut Tx, author: PersonId, draft: &ModuleDraft) -> Result<(), StoreError> {
    let module = (draft.id, &draft.code);
    if !insert_module(tx, module, &draft.owners, &draft.content, draft.demo).await? {
        return Ok(());
    }
    add_author(tx, &draft.id.to_string(), 1, author).await?;
    audit::record(
        tx,
        Actor::Person(author),
        "module_created",
        ("module", draft.code.as_str()),
        "",
    )
    .await
}

/// Writes a module with a first draft. Returns whether it was not there yet.
pub(super) async fn insert_module(
    tx: &mut Tx,
    (id, code): (ModuleId, &ModuleCode),
    owners: &BTreeSet<OrganisationId>,
    content: &Content,
    is_demo: bool,
) -> Result<bool, StoreError> {
    let id = id.to_string();
    let made = sqlx::query(
        "INSERT INTO module (id, code, created_at, demo_at) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
    )
    .bind(id.clone())
    .bind(code.to_string())
    .bind(tx.now.micros())
    .bind(is_demo.then(|| tx.now.micros()))
    .execute(&mut *tx.conn)
    .await?;
    if made.rows_affected() == 0 {
        return Ok(false);
    }
    let all = sqlx::query("SELECT COUNT(*) FROM module")
        .fetch_one(&mut *tx.conn)
        .await?;
    if all.try_get::<i64, _>(0)? > i64::from(MODULES_MAX) {
        return Err(StoreError::Full);
    }
    if owners.is_empty() {
        return Err(StoreError::NotFound);
    }
    for owner in owners {
        let done = sqlx::query(
            "INSERT INTO module_owner (module_id, organisation_id) SELECT $1, id FROM organisation WHERE id = $2",
        )
        .bind(id.clone())
        .bind(owner.to_string())
        .execute(&mut *tx.conn)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::NotFound);
        }
    }
    insert_version(tx, &id, 1, content).await?;
    Ok(true)
}

async fn insert_version(tx: &mut Tx, module: &str, number: i64, content: &Content) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO module_version (module_id, number, state, content, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $5)",
    )
    .bind(module.to_owned())
    .bind(number)
    .bind(State::Draft.key())
    .bind(text(content)?)
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// Notes who wrote on a version.
pub(super) async fn add_author(
    tx: &mut Tx,
    module: &str,
    number: i64,
    person: PersonId,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO module_author (module_id, number, person_id) VALUES ($1, $2, $3)
         ON CONFLICT (module_id, number, person_id) DO NOTHING",
    )
    .bind(module.to_owned())
    .bind(number)
    .bind(person.to_string())
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// Content as it is kept.
pub(super) fn text(content: &Content) -> Result<String, StoreError> {
    serde_json::to_string(content).map_err(|_| StoreError::Inconsistent {
        table: "module_version",
        column: "content",
    })
}

async fn begin(tx: &mut Tx, who: &Reviewer, code: &ModuleCode) -> Result<Result<i64, Refusal>, StoreError> {
    let module: ModuleRow = lock(tx, code).await?;
    if !who.works_for(&module.owner_ids()) {
        return Ok(Err(Refusal::NotYours));
    }
    let (number, is_begun) = begin_draft(tx, &module).await?;
    if is_begun {
        let detail = format!("{number}");
        audit::record(
            tx,
            Actor::Person(who.person),
            "module_version_begun",
            ("module", code.as_str()),
            &detail,
        )
        .await?;
    }
    Ok(Ok(number))
}

/// The number of the newest version, and how far it is.
async fn newest(tx: &mut Tx, module: &ModuleRow) -> Result<(i64, Option<State>), StoreError> {
    let row = sqlx::query(
        "SELECT number, state FROM module_version WHERE module_id = $1 ORDER BY number DESC LIMIT 1",
    )
    .bind(module.id.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    Ok((row.try_get(0)?, State::parse(&row.try_get::<String, _>(1)?)))
}

/// The number of the version that is being written or reviewed, and whether it was begun now, with what is published.
pub(super) async fn begin_draft(tx: &mut Tx, module: &ModuleRow) -> Result<(i64, bool), StoreError> {
    let (number, state) = newest(tx, module).await?;
    if state.is_some_and(State::is_open) {
        return Ok((number, false));
    }
    let content = match published(&mut tx.conn, module).await? {
        Some(version) => version.content,
        None => one(&mut tx.conn, module, number).await?.content,
    };
    insert_version(tx, &module.id.to_string(), number + 1, &content).await?;
    Ok((number + 1, true))
}

/// What an act is called in the log.
pub(super) fn action(act: Act) -> &'static str {
    match act {
        Act::Write => "module_written",
        Act::Submit => "module_submitted",
        Act::TakeBack => "module_taken_back",
        Act::Approve => "module_approved",
        Act::RequestChanges => "module_changes_requested",
        Act::Publish => "module_published",
        Act::Withdraw => "module_withdrawn",
        Act::Confirm => "module_confirmed",
        Act::Comment => "module_commented",
    }
}
