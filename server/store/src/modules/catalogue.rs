//! What counts now, and what is being written.

use std::collections::BTreeMap;

use domain::ids::{ModuleId, OrganisationId};
use domain::module::{MODULES_MAX, ModuleCode};
use domain::time::Instant;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::row::{ModuleRow, VersionRow, version, version_columns};
use crate::{Store, StoreError};

/// A module with one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The module.
    pub module: ModuleRow,
    /// The version.
    pub version: VersionRow,
}

impl Store {
    /// What counts now: every module with its published version, by short name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn catalogue(&self) -> Result<Vec<Listed>, StoreError> {
        let sql = concat!(
            "SELECT module.id, module.code, module.demo_at, ",
            version_columns!(),
            " FROM module JOIN module_version ON module_version.module_id = module.id
             WHERE module_version.state = 'published' ORDER BY module.code LIMIT $1"
        );
        let query = sqlx::query(sql).bind(i64::from(MODULES_MAX));
        self.listed(query.fetch_all(self.readers()).await?).await
    }

    /// What counted at an instant, by short name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn catalogue_on(&self, at: Instant) -> Result<Vec<Listed>, StoreError> {
        let sql = concat!(
            "SELECT module.id, module.code, module.demo_at, ",
            version_columns!(),
            " FROM module JOIN module_version ON module_version.module_id = module.id
             WHERE module_version.published_at <= $2
                AND (module_version.ended_at IS NULL OR module_version.ended_at > $2)
             ORDER BY module.code LIMIT $1"
        );
        let query = sqlx::query(sql).bind(i64::from(MODULES_MAX)).bind(at.micros());
        self.listed(query.fetch_all(self.readers()).await?).await
    }

    /// Every module with its newest version, whatever its state, by short name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn modules(&self) -> Result<Vec<Listed>, StoreError> {
        let sql = concat!(
            "SELECT module.id, module.code, module.demo_at, ",
            version_columns!(),
            " FROM module JOIN module_version ON module_version.module_id = module.id
             WHERE module_version.number = (SELECT MAX(number) FROM module_version AS newest
                WHERE newest.module_id = module.id) ORDER BY module.code LIMIT $1"
        );
        let query = sqlx::query(sql).bind(i64::from(MODULES_MAX));
        self.listed(query.fetch_all(self.readers()).await?).await
    }

    /// Another text after each change of what counts: whatever was made of the catalogue still holds while it is the same.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn catalogue_stamp(&self) -> Result<String, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(*), COALESCE(MAX(published_at), 0), COALESCE(MAX(ended_at), 0),
                COALESCE(MAX(confirmed_at), 0) FROM module_version WHERE published_at IS NOT NULL",
        )
        .fetch_one(self.readers())
        .await?;
        let part = |place: usize| row.try_get::<i64, _>(place);
        Ok(format!("{}.{}.{}.{}", part(0)?, part(1)?, part(2)?, part(3)?))
    }

    async fn listed(&self, rows: Vec<AnyRow>) -> Result<Vec<Listed>, StoreError> {
        let mut owners = self.owners().await?;
        rows.iter().map(|row| listed(row, &mut owners)).collect()
    }

    /// The institutions of all modules, by the module's id.
    async fn owners(&self) -> Result<Owners, StoreError> {
        let rows = sqlx::query(
            "SELECT module_owner.module_id, organisation.id, organisation.name FROM module_owner
             JOIN organisation ON organisation.id = module_owner.organisation_id ORDER BY organisation.name",
        )
        .fetch_all(self.readers())
        .await?;
        let mut owners = Owners::new();
        for row in rows {
            let id =
                OrganisationId::parse(&row.try_get::<String, _>(1)?).map_err(|_| wrong("organisation_id"))?;
            owners
                .entry(row.try_get(0)?)
                .or_default()
                .push((id, row.try_get(2)?));
        }
        Ok(owners)
    }
}

type Owners = BTreeMap<String, Vec<(OrganisationId, String)>>;

const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "module",
        column,
    }
}

fn listed(row: &AnyRow, owners: &mut Owners) -> Result<Listed, StoreError> {
    let id: String = row.try_get(0)?;
    Ok(Listed {
        module: ModuleRow {
            id: ModuleId::parse(&id).map_err(|_| wrong("id"))?,
            code: ModuleCode::parse(&row.try_get::<String, _>(1)?).map_err(|_| wrong("code"))?,
            owners: owners.remove(&id).unwrap_or_default(),
            demo: row.try_get::<Option<i64>, _>(2)?.is_some(),
        },
        version: version(row, 3)?,
    })
}
