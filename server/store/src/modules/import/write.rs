//! Writing rows of a table into drafts: of new modules, of versions that are being written, of versions that are begun for it.

use std::collections::BTreeSet;

use domain::ids::{ImportId, ModuleId};
use domain::module::review::State;
use domain::module::sheet::dry_run::{Change, Target, Writing};
use domain::module::{Content, ModuleCode};

use super::undo::Step;
use super::upload;
use crate::access::tokens::maker;
use crate::audit::{self, Actor};
use crate::modules::create::{add_author, begin_draft, insert_module, text};
use crate::modules::standing::{lock, one};
use crate::writer::Tx;
use crate::{Store, StoreError};

impl Store {
    /// Writes rows of a table. Who brought it is an author of what it wrote, and agrees to none of it: a person, or who made
    /// the token of a program; from the command line nobody is. An upload that was written already is not written again.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if a version is being reviewed or a field no longer says what it said when the table was looked at,
    /// [`StoreError::Duplicate`] or [`StoreError::NotFound`] if a
    /// module is there or not against what the row says, [`StoreError::Full`] if there are too many. Then nothing is written.
    pub async fn import_modules(
        &self,
        actor: Actor,
        upload: Option<ImportId>,
        mut writings: Vec<Writing>,
    ) -> Result<(), StoreError> {
        // Nobody waits in a circle: modules are always taken in this order.
        writings.sort_by(|(one, _), (other, _)| code(one).cmp(&code(other)));
        self.write(move |tx| {
            Box::pin(async move {
                if let Some(id) = upload
                    && !upload::begin(tx, id).await?
                {
                    return Ok(());
                }
                let mut steps = Vec::with_capacity(writings.len());
                for (target, fields) in writings {
                    steps.push(write(tx, actor, target, fields).await?);
                }
                match upload {
                    Some(id) => upload::finish(tx, id, &steps).await,
                    None => Ok(()),
                }
            })
        })
        .await
    }
}

/// The module into which a row goes.
fn code(target: &Target) -> Option<&ModuleCode> {
    match target {
        Target::Into(code) | Target::New(code, _) => Some(code),
        Target::Nowhere(_) => None,
    }
}

async fn write(tx: &mut Tx, actor: Actor, target: Target, fields: Vec<Change>) -> Result<Step, StoreError> {
    let step = match target {
        Target::New(code, owner) => {
            let id = ModuleId(tx.ambient.uuid());
            let after = written(Content::default(), fields)?;
            insert_module(tx, (id, &code), &BTreeSet::from([owner]), &after, false).await?;
            Step {
                code,
                number: 1,
                before: None,
                after,
            }
        }
        Target::Into(code) => into(tx, code, fields).await?,
        Target::Nowhere(_) => return Err(StoreError::NotFound),
    };
    let author = match actor {
        Actor::Person(person) => Some(person),
        Actor::Program(token) => Some(maker(tx, token).await?),
        _ => None,
    };
    if let Some(person) = author {
        let module = lock(tx, &step.code).await?.id.to_string();
        add_author(tx, &module, step.number, person).await?;
    }
    let object = ("module", step.code.as_str());
    audit::record(tx, actor, "module_imported", object, &format!("{}", step.number)).await?;
    Ok(step)
}

async fn into(tx: &mut Tx, code: ModuleCode, fields: Vec<Change>) -> Result<Step, StoreError> {
    let module = lock(tx, &code).await?;
    let (number, is_begun) = begin_draft(tx, &module).await?;
    let version = one(&mut tx.conn, &module, number).await?;
    if !matches!(version.state, State::Draft | State::ChangesRequested) {
        return Err(StoreError::Stale);
    }
    let after = written(version.content.clone(), fields)?;
    set_content(tx, &module.id.to_string(), number, &after).await?;
    Ok(Step {
        code,
        number,
        before: (!is_begun).then_some(version.content),
        after,
    })
}

/// Puts content in the place of what a draft says.
pub(super) async fn set_content(
    tx: &mut Tx,
    module: &str,
    number: i64,
    content: &Content,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE module_version SET content = $1, changed_at = $2 WHERE module_id = $3 AND number = $4",
    )
    .bind(text(content)?)
    .bind(tx.now.micros())
    .bind(module.to_owned())
    .bind(number)
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

fn written(mut content: Content, fields: Vec<Change>) -> Result<Content, StoreError> {
    for Change { field, before, after } in fields {
        if content.get(field) != before {
            return Err(StoreError::Stale);
        }
        content
            .write(field, &after)
            .map_err(|_| StoreError::Inconsistent {
                table: "module_version",
                column: "content",
            })?;
    }
    Ok(content)
}
