//! A module and its versions as they are kept.

use std::collections::BTreeSet;

use domain::ids::{ModuleId, OrganisationId};
use domain::module::review::State;
use domain::module::{Content, ModuleCode};
use domain::time::Instant;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::{Store, StoreError};

/// A module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleRow {
    /// Its id.
    pub id: ModuleId,
    /// Its short name.
    pub code: ModuleCode,
    /// Which institutions answer for it: id and name.
    pub owners: Vec<(OrganisationId, String)>,
    /// Whether it belongs to the demo.
    pub demo: bool,
}

impl ModuleRow {
    /// The ids of the institutions that answer for it.
    #[must_use]
    pub fn owner_ids(&self) -> BTreeSet<OrganisationId> {
        self.owners.iter().map(|(id, _)| *id).collect()
    }
}

/// A version of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number, from 1.
    pub number: i64,
    /// How far it is.
    pub state: State,
    /// What it says.
    pub content: Content,
    /// When it was written on last.
    pub changed_at: Instant,
    /// From when on it counted.
    pub published_at: Option<Instant>,
    /// Until when it counted.
    pub ended_at: Option<Instant>,
    /// When somebody said last that it still holds.
    pub confirmed_at: Option<Instant>,
    /// Why changes were asked for, or why it was withdrawn.
    pub reason: Option<String>,
}

/// What [`version`] reads, of the table `module_version`.
macro_rules! version_columns {
    () => {
        "module_version.number, module_version.state, module_version.content, module_version.changed_at, \
         module_version.published_at, module_version.ended_at, module_version.confirmed_at, module_version.reason"
    };
}
pub(super) use version_columns;

const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "module_version",
        column,
    }
}

/// Reads a row of [`version_columns!`], behind this many others.
pub(super) fn version(row: &AnyRow, first: usize) -> Result<VersionRow, StoreError> {
    let instant =
        |column: usize| Ok::<_, StoreError>(row.try_get::<Option<i64>, _>(first + column)?.map(Instant));
    Ok(VersionRow {
        number: row.try_get(first)?,
        state: State::parse(&row.try_get::<String, _>(first + 1)?).ok_or(wrong("state"))?,
        content: serde_json::from_str(&row.try_get::<String, _>(first + 2)?).map_err(|_| wrong("content"))?,
        changed_at: Instant(row.try_get(first + 3)?),
        published_at: instant(4)?,
        ended_at: instant(5)?,
        confirmed_at: instant(6)?,
        reason: row.try_get(first + 7)?,
    })
}

/// The module of this short name.
pub(crate) async fn find(connection: &mut AnyConnection, code: &ModuleCode) -> Result<ModuleRow, StoreError> {
    let row = sqlx::query("SELECT id, demo_at FROM module WHERE code = $1")
        .bind(code.to_string())
        .fetch_one(&mut *connection)
        .await?;
    let id: String = row.try_get(0)?;
    let owners = sqlx::query(
        "SELECT organisation.id, organisation.name FROM module_owner
         JOIN organisation ON organisation.id = module_owner.organisation_id
         WHERE module_owner.module_id = $1 ORDER BY organisation.name",
    )
    .bind(id.clone())
    .fetch_all(connection)
    .await?;
    Ok(ModuleRow {
        id: ModuleId::parse(&id).map_err(|_| wrong("module_id"))?,
        code: code.clone(),
        owners: owners.iter().map(owner).collect::<Result<_, _>>()?,
        demo: row.try_get::<Option<i64>, _>(1)?.is_some(),
    })
}

fn owner(row: &AnyRow) -> Result<(OrganisationId, String), StoreError> {
    let id = OrganisationId::parse(&row.try_get::<String, _>(0)?).map_err(|_| StoreError::Inconsistent {
        table: "module_owner",
        column: "organisation_id",
    })?;
    Ok((id, row.try_get(1)?))
}

impl Store {
    /// The module of this short name.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn module(&self, code: &ModuleCode) -> Result<ModuleRow, StoreError> {
        let mut connection = self.readers().acquire().await?;
        find(&mut connection, code).await
    }

    /// All versions of a module, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn module_versions(&self, module: ModuleId) -> Result<Vec<VersionRow>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            version_columns!(),
            " FROM module_version WHERE module_id = $1 ORDER BY number DESC"
        ))
        .bind(module.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| version(row, 0)).collect()
    }
}
