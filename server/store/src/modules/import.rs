//! Modules from a file: as drafts, all of them or none. Decisions of people are never written over.

use std::collections::BTreeSet;

use domain::ids::{ModuleId, OrganisationId};
use domain::module::review::State;
use domain::module::{Content, Field, ModuleCode};

use super::create::{begin_draft, insert_module, text};
use super::standing::{lock, one};
use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Where a row goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// Into the module that is there.
    Into,
    /// Into a new one, of this institution.
    New(OrganisationId),
}

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedModule {
    /// The short name.
    pub code: ModuleCode,
    /// Where it goes.
    pub to: Import,
    /// What is to stand in the fields, as it is read by [`domain::module::typed::parse`].
    pub fields: Vec<(Field, String)>,
}

impl Store {
    /// Writes rows of a file into drafts: of new modules, of versions that are being written, of versions that are begun for
    /// it. Nobody is their author: who agrees to them has not written them.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if a version is being reviewed, [`StoreError::Duplicate`] or [`StoreError::NotFound`] if a
    /// module is there or not against what the row says. Then nothing is written.
    pub async fn import_modules(&self, rows: Vec<ImportedModule>) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                for row in rows {
                    import(tx, row).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

async fn import(tx: &mut Tx, row: ImportedModule) -> Result<(), StoreError> {
    let ImportedModule { code, to, fields } = row;
    if let Import::New(owner) = to {
        let id = ModuleId(tx.ambient.uuid());
        let content = written(Content::default(), fields)?;
        insert_module(tx, (id, &code), &BTreeSet::from([owner]), &content, false).await?;
        return log(tx, &code, 1).await;
    }
    let module = lock(tx, &code).await?;
    let number = begin_draft(tx, &module).await?;
    let version = one(&mut tx.conn, &module, number).await?;
    if !matches!(version.state, State::Draft | State::ChangesRequested) {
        return Err(StoreError::Stale);
    }
    let content = written(version.content, fields)?;
    sqlx::query(
        "UPDATE module_version SET content = $1, changed_at = $2 WHERE module_id = $3 AND number = $4",
    )
    .bind(text(&content)?)
    .bind(tx.now.micros())
    .bind(module.id.to_string())
    .bind(number)
    .execute(&mut *tx.conn)
    .await?;
    log(tx, &code, number).await
}

fn written(mut content: Content, fields: Vec<(Field, String)>) -> Result<Content, StoreError> {
    for (field, now) in fields {
        content.write(field, &now).map_err(|_| StoreError::Inconsistent {
            table: "module_version",
            column: "content",
        })?;
    }
    Ok(content)
}

async fn log(tx: &mut Tx, code: &ModuleCode, number: i64) -> Result<(), StoreError> {
    let detail = format!("{number}");
    audit::record(
        tx,
        Actor::System,
        "module_imported",
        ("module", code.as_str()),
        &detail,
    )
    .await
}
