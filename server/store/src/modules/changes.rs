//! What everybody sees of the catalogue, in the order in which it became so: for those who keep a copy.

use domain::ids::ModuleId;
use domain::module::ModuleCode;
use domain::time::Instant;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::{Engine, Store, StoreError};

/// Changes that are told at once.
pub const CHANGES_MAX: usize = 100;
/// Where several write at once, what is younger is told later: a change whose time is earlier might still be on its way into the database (it waits no
/// longer than this for its lock), and who keeps a copy would never hear of it.
pub const SETTLED_SECONDS: i64 = 30;

/// What became of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleChange {
    /// Which one.
    pub module: ModuleId,
    /// Its short name.
    pub code: ModuleCode,
    /// The version that counts from then on; nothing: none does, the module is withdrawn.
    pub number: Option<i64>,
    /// Since when.
    pub at: Instant,
}

impl Store {
    /// The newest change of each module behind a place in the order, the earliest first; at most [`CHANGES_MAX`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn module_changes(
        &self,
        behind: Option<(Instant, ModuleId)>,
    ) -> Result<Vec<ModuleChange>, StoreError> {
        let settled = match self.engine() {
            // One writes after another, and each looks at the clock when its turn comes.
            Engine::Sqlite => self.ambient().now(),
            Engine::Postgres => self.ambient().now().plus_seconds(-SETTLED_SECONDS),
        };
        let (after, id) = behind.map_or((i64::MIN, String::new()), |(at, id)| {
            (at.micros(), id.to_string())
        });
        let rows = sqlx::query(
            "SELECT id, code, number, at FROM (
                SELECT module.id AS id, module.code AS code,
                    MAX(CASE WHEN module_version.state = 'published' THEN module_version.number END) AS number,
                    COALESCE(
                        MAX(CASE WHEN module_version.state = 'published' THEN module_version.published_at END),
                        MAX(module_version.ended_at)
                    ) AS at
                FROM module JOIN module_version ON module_version.module_id = module.id
                WHERE module_version.published_at IS NOT NULL
                GROUP BY module.id, module.code
             ) AS change
             WHERE (at > $1 OR (at = $1 AND id > $2)) AND at <= $3
             ORDER BY at, id LIMIT $4",
        )
        .bind(after)
        .bind(id)
        .bind(settled.micros())
        .bind(i64::try_from(CHANGES_MAX).unwrap_or(i64::MAX))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<ModuleChange, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "module",
        column,
    };
    Ok(ModuleChange {
        module: ModuleId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
        code: ModuleCode::parse(&row.try_get::<String, _>(1)?).map_err(|_| wrong("code"))?,
        number: row.try_get(2)?,
        at: Instant(row.try_get(3)?),
    })
}
