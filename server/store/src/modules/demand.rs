//! Who would take a module if it were taught near them.

use std::collections::BTreeMap;

use domain::district::District;
use domain::ids::{ModuleId, PersonId};
use domain::module::ModuleCode;
use serde_json::{Value, json};
use sqlx::Row;

use super::row::find;
use crate::{Store, StoreError};

impl Store {
    /// Notes in which district somebody would take a module, in place of what was noted before; nothing: takes it back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such module, or the database fails.
    pub async fn note_demand(
        &self,
        person: PersonId,
        code: &ModuleCode,
        district: Option<District>,
    ) -> Result<(), StoreError> {
        let code = code.clone();
        self.write(move |tx| {
            Box::pin(async move {
                let module = find(&mut tx.conn, &code).await?.id;
                let now = tx.now.micros();
                let query = match district {
                    Some(district) => sqlx::query(
                        "INSERT INTO demand (module_id, person_id, district, said_at) VALUES ($1, $2, $3, $4)
                         ON CONFLICT (module_id, person_id)
                         DO UPDATE SET district = excluded.district, said_at = excluded.said_at",
                    )
                    .bind(module.to_string())
                    .bind(person.to_string())
                    .bind(district.slug)
                    .bind(now),
                    None => sqlx::query("DELETE FROM demand WHERE module_id = $1 AND person_id = $2")
                        .bind(module.to_string())
                        .bind(person.to_string()),
                };
                query.execute(&mut *tx.conn).await?;
                Ok(())
            })
        })
        .await
    }

    /// Where somebody would take a module.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn own_demand(
        &self,
        person: PersonId,
        module: ModuleId,
    ) -> Result<Option<District>, StoreError> {
        let row = sqlx::query("SELECT district FROM demand WHERE module_id = $1 AND person_id = $2")
            .bind(module.to_string())
            .bind(person.to_string())
            .fetch_optional(self.readers())
            .await?;
        let district = row.map(|row| row.try_get::<String, _>(0)).transpose()?;
        Ok(district.and_then(|slug| District::parse(&slug)))
    }

    /// How many would take each module, district by district. What of it may be shown, the rules say.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn demand(&self) -> Result<BTreeMap<ModuleId, BTreeMap<String, u32>>, StoreError> {
        let rows =
            sqlx::query("SELECT module_id, district, COUNT(*) FROM demand GROUP BY module_id, district")
                .fetch_all(self.readers())
                .await?;
        let mut demand: BTreeMap<ModuleId, BTreeMap<String, u32>> = BTreeMap::new();
        for row in &rows {
            let id: String = row.try_get(0)?;
            let module = ModuleId::parse(&id).map_err(|_| StoreError::Inconsistent {
                table: "demand",
                column: "module_id",
            })?;
            let count = u32::try_from(row.try_get::<i64, _>(2)?).unwrap_or(u32::MAX);
            demand.entry(module).or_default().insert(row.try_get(1)?, count);
        }
        Ok(demand)
    }

    /// What somebody noted, for [`Store::account_export`].
    pub(crate) async fn noted_demand(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let rows = sqlx::query(
            "SELECT module.code, demand.district, demand.said_at FROM demand
             JOIN module ON module.id = demand.module_id WHERE demand.person_id = $1 ORDER BY module.code",
        )
        .bind(person.to_string())
        .fetch_all(self.readers())
        .await?;
        let noted = |row: &sqlx::any::AnyRow| {
            Ok(json!({
                "modul": row.try_get::<String, _>(0)?,
                "kreis": row.try_get::<String, _>(1)?,
                "am": domain::time::Instant(row.try_get(2)?).to_rfc3339(),
            }))
        };
        rows.iter().map(noted).collect()
    }
}
