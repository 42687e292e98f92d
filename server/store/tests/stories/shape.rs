//! Both databases have the same shape: tables, columns, types, indexes, guards. Bytes are called differently in each.

use std::collections::BTreeSet;

use sqlx::{AnyPool, Row};
use store::Engine;
use store::testing::TestDatabase;

use crate::office::Office;

const SQLITE: [&str; 3] = [
    "SELECT 'column ' || tables.name || '.' || columns.name || ' ' || LOWER(columns.type)
        || CASE WHEN columns.\"notnull\" = 1 THEN ' not null' ELSE '' END
     FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
     WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'",
    "SELECT 'index ' || tbl_name || ' ' || name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "SELECT DISTINCT 'guard ' || tbl_name || ' ' || name FROM sqlite_master WHERE type = 'trigger'",
];

const POSTGRES: [&str; 3] = [
    "SELECT 'column ' || table_name || '.' || column_name || ' ' || REPLACE(data_type, 'bytea', 'blob')
        || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END
     FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT 'index ' || tablename || ' ' || indexname FROM pg_indexes WHERE schemaname = 'public'
        AND indexname NOT IN (SELECT conname FROM pg_constraint)",
    "SELECT DISTINCT 'guard ' || event_object_table || ' ' || trigger_name FROM information_schema.triggers",
];

async fn shape(engine: Engine) -> BTreeSet<String> {
    let office = Office::open(TestDatabase::new(engine)).await;
    let pool = AnyPool::connect(&office.database.url).await.unwrap();
    let queries = match engine {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let mut shape = BTreeSet::new();
    for sql in queries {
        let rows = sqlx::query(sql).fetch_all(&pool).await.unwrap();
        assert!(!rows.is_empty(), "{sql}");
        shape.extend(rows.iter().map(|row| row.try_get::<String, _>(0).unwrap()));
    }
    shape
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_tables() {
    let (sqlite, postgres) = (shape(Engine::Sqlite).await, shape(Engine::Postgres).await);
    let differs = sqlite.symmetric_difference(&postgres).collect::<Vec<_>>();
    assert!(differs.is_empty(), "{differs:#?}");
    assert!(sqlite.len() > 100, "{}", sqlite.len());
}
