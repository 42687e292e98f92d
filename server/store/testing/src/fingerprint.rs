//! The whole content of a database as text, so that a test can say that nothing changed.

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use store::{Engine, Store, StoreError};

/// Every table with every row. Equal before and after: nothing was written.
///
/// # Errors
/// When the database fails.
pub async fn fingerprint(store: &Store) -> Result<String, StoreError> {
    let mut text = String::new();
    let mut connection = AnyConnection::connect(store.url()).await?;
    let tables = sqlx::query(match store.engine() {
        Engine::Sqlite => SQLITE_TABLES,
        Engine::Postgres => POSTGRES_TABLES,
    })
    .fetch_all(&mut connection)
    .await?;
    for table in &tables {
        let (name, row) = (table.try_get::<String, _>(0)?, table.try_get::<String, _>(1)?);
        // The engine puts the lines together: a row for each of them would take ten times as long.
        let sql = format!(
            "SELECT string_agg(line, $1 ORDER BY line) FROM (SELECT {row} AS line FROM \"{name}\") AS every_row"
        );
        let lines = sqlx::query_scalar::<_, Option<String>>(AssertSqlSafe(sql))
            .bind("\n")
            .fetch_one(&mut connection)
            .await?;
        text.push_str(&format!("\n# {name}\n"));
        if let Some(lines) = lines {
            text.push_str(&lines);
            text.push('\n');
        }
    }
    connection.close().await?;
    Ok(text)
}

/// Each table with the expression that makes a text of its rows.
const SQLITE_TABLES: &str =
    "SELECT sqlite_schema.name, group_concat('quote(\"' || info.name || '\")', ' || '','' || ')
     FROM sqlite_schema JOIN pragma_table_info(sqlite_schema.name) AS info
     WHERE sqlite_schema.type = 'table' AND sqlite_schema.name NOT LIKE 'sqlite_%'
     GROUP BY sqlite_schema.name ORDER BY sqlite_schema.name";

/// As [`SQLITE_TABLES`]: a row is cast to text as a whole.
const POSTGRES_TABLES: &str =
    "SELECT CAST(table_name AS TEXT), 'CAST(\"' || table_name || '\" AS TEXT)' FROM information_schema.tables
     WHERE table_schema = 'public' ORDER BY table_name";
