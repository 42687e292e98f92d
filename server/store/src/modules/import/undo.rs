//! Taking back what a table wrote. What somebody has worked on since stays, and is named.

use std::collections::BTreeSet;

use domain::ids::ImportId;
use domain::module::review::{Reviewer, State};
use domain::module::{Content, ModuleCode};
use serde::{Deserialize, Serialize};
use sqlx::Row;

use super::upload::{steps, wrong};
use super::write::set_content;
use crate::audit::{self, Actor};
use crate::modules::standing::{lock, one};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// What a row of a table did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The module.
    pub code: ModuleCode,
    /// The version.
    pub number: i64,
    /// What it said before; nothing, if the row began it.
    pub before: Option<Content>,
    /// What it said afterwards.
    pub after: Content,
}

/// What was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Modules that are as they were.
    pub undone: Vec<ModuleCode>,
    /// Modules that somebody has worked on since: they stay as they are.
    pub kept: Vec<ModuleCode>,
}

impl Store {
    /// Takes back what a table of this person wrote; modules of institutions for which she works no more stay. Again: nothing more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such table, or somebody else brought it; or the database fails.
    pub async fn undo_import(&self, who: Reviewer, id: ImportId) -> Result<Undone, StoreError> {
        self.write(move |tx| Box::pin(async move { undo(tx, &who, id).await }))
            .await
    }
}

async fn undo(tx: &mut Tx, who: &Reviewer, id: ImportId) -> Result<Undone, StoreError> {
    let person = who.person;
    let row = sqlx::query(
        "UPDATE module_import SET undone_at = $1 WHERE id = $2 AND person_id = $3 AND done_at IS NOT NULL
            AND undone_at IS NULL RETURNING undo",
    )
    .bind(tx.now.micros())
    .bind(id.to_string())
    .bind(person.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    let steps = steps(&row.try_get::<String, _>(0)?).map_err(|_| wrong("undo"))?;
    // In the order in which a table takes them: nobody waits in a circle.
    for code in steps.iter().map(|step| &step.code).collect::<BTreeSet<_>>() {
        match lock(tx, code).await {
            Ok(_) | Err(StoreError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    let mut undone = Undone::default();
    // From the last to the first, as they were done.
    for step in steps.into_iter().rev() {
        let was = take_back(tx, who, &step).await?;
        let detail = format!("{}", step.number);
        if was {
            let object = ("module", step.code.as_str());
            audit::record(tx, Actor::Person(person), "module_import_undone", object, &detail).await?;
            undone.undone.push(step.code);
        } else {
            undone.kept.push(step.code);
        }
    }
    Ok(undone)
}

/// Takes back one row. Returns whether the module is as it was.
async fn take_back(tx: &mut Tx, who: &Reviewer, step: &Step) -> Result<bool, StoreError> {
    let module = match lock(tx, &step.code).await {
        Ok(module) => module,
        Err(StoreError::NotFound) => return Ok(false),
        Err(error) => return Err(error),
    };
    if !who.works_for(&module.owner_ids()) {
        return Ok(false);
    }
    let version = match one(&mut tx.conn, &module, step.number).await {
        Ok(version) => version,
        Err(StoreError::NotFound) => return Ok(false),
        Err(error) => return Err(error),
    };
    let id = module.id.to_string();
    let is_untouched = version.content == step.after
        && match step.before {
            Some(_) => matches!(version.state, State::Draft | State::ChangesRequested),
            // It would go as a whole: nobody has said anything to it yet.
            None => version.state == State::Draft && !is_spoken_of(tx, &id, step.number).await?,
        };
    if !is_untouched {
        return Ok(false);
    }
    match &step.before {
        Some(before) => set_content(tx, &id, step.number, before).await?,
        None => remove(tx, &id, step.number).await?,
    }
    Ok(true)
}

/// Whether somebody commented on a version or agreed to it.
async fn is_spoken_of(tx: &mut Tx, module: &str, number: i64) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT 1 FROM module_comment WHERE module_id = $1 AND number = $2
         UNION SELECT 1 FROM module_approval WHERE module_id = $1 AND number = $2",
    )
    .bind(module.to_owned())
    .bind(number)
    .fetch_optional(&mut *tx.conn)
    .await?;
    Ok(row.is_some())
}

/// Removes a draft that a table began; a module that has no other version goes with it.
async fn remove(tx: &mut Tx, module: &str, number: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM module_comment WHERE module_id = $1 AND number = $2",
        "DELETE FROM module_approval WHERE module_id = $1 AND number = $2",
        "DELETE FROM module_author WHERE module_id = $1 AND number = $2",
        "DELETE FROM module_version WHERE module_id = $1 AND number = $2",
    ] {
        sqlx::query(sql)
            .bind(module.to_owned())
            .bind(number)
            .execute(&mut *tx.conn)
            .await?;
    }
    if number == 1 {
        for sql in [
            "DELETE FROM module_owner WHERE module_id = $1",
            "DELETE FROM module WHERE id = $1",
        ] {
            sqlx::query(sql)
                .bind(module.to_owned())
                .execute(&mut *tx.conn)
                .await?;
        }
    }
    Ok(())
}
