//! The whole content of a database as text, so that a test can say that nothing changed.

use sqlx::{AssertSqlSafe, Row};

use crate::{Store, StoreError};

impl Store {
    /// Every table with every row, on SQLite. Equal before and after: nothing was written.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fingerprint(&self) -> Result<String, StoreError> {
        let tables = sqlx::query(
            "SELECT sqlite_schema.name, group_concat('quote(\"' || info.name || '\")', ' || '','' || ')
             FROM sqlite_schema JOIN pragma_table_info(sqlite_schema.name) AS info
             WHERE sqlite_schema.type = 'table' AND sqlite_schema.name NOT LIKE 'sqlite_%'
             GROUP BY sqlite_schema.name ORDER BY sqlite_schema.name",
        )
        .fetch_all(self.readers())
        .await?;
        let mut text = String::new();
        for table in &tables {
            let (name, columns) = (table.try_get::<String, _>(0)?, table.try_get::<String, _>(1)?);
            let sql = format!("SELECT {columns} FROM \"{name}\" ORDER BY 1");
            text.push_str(&format!("\n# {name}\n"));
            for row in sqlx::query(AssertSqlSafe(sql)).fetch_all(self.readers()).await? {
                text.push_str(&row.try_get::<String, _>(0)?);
                text.push('\n');
            }
        }
        Ok(text)
    }
}
