//! How a version stands, for the rules that decide; and what the catalogue around it looks like.

use std::collections::BTreeSet;

use domain::ids::{OrganisationId, PersonId};
use domain::module::gap::{Gap, gaps_in};
use domain::module::graph::Requirements;
use domain::module::review::{Stage, Standing};
use domain::module::{Content, ModuleCode, differ};
use sqlx::{AnyConnection, Row};

use super::row::{ModuleRow, VersionRow, find, version, version_columns};
use crate::StoreError;
use crate::writer::Tx;

/// A version under the lock of its module.
pub(super) struct Locked {
    pub module: ModuleRow,
    pub version: VersionRow,
    pub standing: Standing,
}

const fn wrong(table: &'static str, column: &'static str) -> StoreError {
    StoreError::Inconsistent { table, column }
}

/// Locks a module until the commit: two changes of it come one after the other.
pub(super) async fn lock(tx: &mut Tx, code: &ModuleCode) -> Result<ModuleRow, StoreError> {
    tx.lock_module(code.as_str()).await?;
    find(&mut tx.conn, code).await
}

/// Reads a version under the lock of its module.
pub(super) async fn locked(tx: &mut Tx, code: &ModuleCode, number: i64) -> Result<Locked, StoreError> {
    let module = lock(tx, code).await?;
    let version = one(&mut tx.conn, &module, number).await?;
    let standing = standing(&mut tx.conn, &module, &version).await?;
    Ok(Locked {
        module,
        version,
        standing,
    })
}

pub(super) async fn one(
    connection: &mut AnyConnection,
    module: &ModuleRow,
    number: i64,
) -> Result<VersionRow, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT ",
        version_columns!(),
        " FROM module_version WHERE module_id = $1 AND number = $2"
    ))
    .bind(module.id.to_string())
    .bind(number)
    .fetch_one(connection)
    .await?;
    version(&row, 0)
}

/// What counts now, if something does.
pub(super) async fn published(
    connection: &mut AnyConnection,
    module: &ModuleRow,
) -> Result<Option<VersionRow>, StoreError> {
    let row = sqlx::query(concat!(
        "SELECT ",
        version_columns!(),
        " FROM module_version WHERE module_id = $1 AND state = 'published'"
    ))
    .bind(module.id.to_string())
    .fetch_optional(connection)
    .await?;
    row.map(|row| version(&row, 0)).transpose()
}

/// How a version stands.
pub(super) async fn standing(
    connection: &mut AnyConnection,
    module: &ModuleRow,
    version: &VersionRow,
) -> Result<Standing, StoreError> {
    let id = module.id.to_string();
    let authors = sqlx::query("SELECT person_id FROM module_author WHERE module_id = $1 AND number = $2")
        .bind(id.clone())
        .bind(version.number)
        .fetch_all(&mut *connection)
        .await?;
    let approvals = sqlx::query(
        "SELECT stage, person_id FROM module_approval
         WHERE module_id = $1 AND number = $2 AND void_at IS NULL ORDER BY given_at, id",
    )
    .bind(id.clone())
    .bind(version.number)
    .fetch_all(&mut *connection)
    .await?;
    let waiting = sqlx::query(
        "SELECT 1 FROM module_comment WHERE module_id = $1 AND number = $2 AND settled_at IS NULL LIMIT 1",
    )
    .bind(id)
    .bind(version.number)
    .fetch_optional(&mut *connection)
    .await?;
    let person = |text: &str| PersonId::parse(text).map_err(|_| wrong("module_author", "person_id"));
    let before = published(connection, module).await?;
    let is_light = before.is_some_and(|before| differ::is_light(&before.content, &version.content));
    Ok(Standing {
        owners: module.owner_ids(),
        state: version.state,
        authors: authors
            .iter()
            .map(|row| person(&row.try_get::<String, _>(0)?))
            .collect::<Result<BTreeSet<_>, _>>()?,
        approvals: approvals
            .iter()
            .map(|row| {
                Ok((
                    stage(&row.try_get::<String, _>(0)?)?,
                    person(&row.try_get::<String, _>(1)?)?,
                ))
            })
            .collect::<Result<Vec<_>, StoreError>>()?,
        is_light,
        has_gaps: !gaps(connection, &module.code, &version.content).await?.is_empty(),
        has_open_comments: waiting.is_some(),
    })
}

/// What keeps a version from being published, the modules around it included.
pub(super) async fn gaps(
    connection: &mut AnyConnection,
    code: &ModuleCode,
    content: &Content,
) -> Result<Vec<Gap>, StoreError> {
    let rows = sqlx::query(
        "SELECT module.code, module_version.content FROM module
         JOIN module_version ON module_version.module_id = module.id
         WHERE module_version.number = (SELECT MAX(number) FROM module_version AS newest
            WHERE newest.module_id = module.id AND newest.state <> 'withdrawn')",
    )
    .fetch_all(connection)
    .await?;
    let mut all = Requirements::new();
    for row in rows {
        let other = ModuleCode::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("module", "code"))?;
        let content: Content = serde_json::from_str(&row.try_get::<String, _>(1)?)
            .map_err(|_| wrong("module_version", "content"))?;
        all.insert(other, content.requirement());
    }
    Ok(gaps_in(code, content, all))
}

/// The name of a stage in the database.
pub(super) fn stage_key(stage: Stage) -> String {
    match stage {
        Stage::Institution(organisation) => organisation.to_string(),
        Stage::Office => "office".to_owned(),
    }
}

fn stage(key: &str) -> Result<Stage, StoreError> {
    if key == "office" {
        return Ok(Stage::Office);
    }
    OrganisationId::parse(key)
        .map(Stage::Institution)
        .map_err(|_| wrong("module_approval", "stage"))
}
