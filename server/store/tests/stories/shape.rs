//! Both databases have the same shape: tables, columns, types, keys, references, checks, indexes, guards. Bytes are called
//! differently in each. What a check says is written down differently, too: its name has to be the same.

use std::collections::BTreeSet;

use sqlx::{AnyConnection, Connection, Row};
use store::Engine;
use store_testing::TestDatabase;

use crate::office::Office;

const SQLITE: [&str; 6] = [
    "SELECT 'column ' || tables.name || '.' || columns.name || ' ' || LOWER(columns.type)
        || CASE WHEN columns.\"notnull\" = 1 THEN ' not null' ELSE '' END
     FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
     WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'",
    "SELECT 'primary ' || tables.name || ' (' || GROUP_CONCAT(columns.name, ',' ORDER BY columns.pk) || ')'
     FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
     WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND columns.pk > 0 GROUP BY tables.name",
    "SELECT 'unique ' || tables.name || ' (' || GROUP_CONCAT(parts.name, ',' ORDER BY parts.seqno) || ')'
     FROM sqlite_master AS tables JOIN pragma_index_list(tables.name) AS indexes
        JOIN pragma_index_info(indexes.name) AS parts
     WHERE tables.type = 'table' AND indexes.origin = 'u' GROUP BY tables.name, indexes.name",
    "SELECT 'index ' || tables.name || ' ' || indexes.name
        || ' (' || GROUP_CONCAT(COALESCE(parts.name, '?'), ',' ORDER BY parts.seqno) || ')'
        || CASE WHEN indexes.\"unique\" = 1 THEN ' unique' ELSE '' END
        || CASE WHEN indexes.partial = 1 THEN ' partial' ELSE '' END
     FROM sqlite_master AS tables JOIN pragma_index_list(tables.name) AS indexes
        JOIN pragma_index_info(indexes.name) AS parts
     WHERE tables.type = 'table' AND indexes.origin = 'c' GROUP BY tables.name, indexes.name",
    "SELECT 'reference ' || tables.name || ' (' || GROUP_CONCAT(parts.\"from\", ',' ORDER BY parts.seq) || ') to '
        || parts.\"table\" || ' (' || GROUP_CONCAT(parts.\"to\", ',' ORDER BY parts.seq) || ') on delete '
        || LOWER(parts.on_delete)
     FROM sqlite_master AS tables JOIN pragma_foreign_key_list(tables.name) AS parts
     WHERE tables.type = 'table' GROUP BY tables.name, parts.id",
    "SELECT DISTINCT 'guard ' || tbl_name || ' ' || name FROM sqlite_master WHERE type = 'trigger'",
];

/// SQLite keeps no list of checks: they are read from the text of the table.
const SQLITE_TABLES: &str =
    "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";

const POSTGRES: [&str; 6] = [
    "SELECT 'column ' || table_name || '.' || column_name || ' ' || REPLACE(data_type, 'bytea', 'blob')
        || CASE WHEN is_nullable = 'NO' THEN ' not null' ELSE '' END
     FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT CASE constraints.contype WHEN 'p' THEN 'primary ' ELSE 'unique ' END || tables.relname
        || ' (' || STRING_AGG(CAST(columns.attname AS TEXT), ',' ORDER BY parts.place) || ')'
     FROM pg_constraint AS constraints JOIN pg_class AS tables ON tables.oid = constraints.conrelid
        CROSS JOIN UNNEST(constraints.conkey) WITH ORDINALITY AS parts(number, place)
        JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND columns.attnum = parts.number
     WHERE tables.relnamespace = 'public'::regnamespace AND constraints.contype IN ('p', 'u')
     GROUP BY constraints.oid, constraints.contype, tables.relname",
    "SELECT 'index ' || tables.relname || ' ' || indexes.relname
        || ' (' || STRING_AGG(COALESCE(CAST(columns.attname AS TEXT), '?'), ',' ORDER BY parts.place) || ')'
        || CASE WHEN known.indisunique THEN ' unique' ELSE '' END
        || CASE WHEN known.indpred IS NOT NULL THEN ' partial' ELSE '' END
     FROM pg_index AS known JOIN pg_class AS indexes ON indexes.oid = known.indexrelid
        JOIN pg_class AS tables ON tables.oid = known.indrelid
        CROSS JOIN UNNEST(known.indkey) WITH ORDINALITY AS parts(number, place)
        LEFT JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND columns.attnum = parts.number
     WHERE tables.relnamespace = 'public'::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexes.oid AND contype IN ('p', 'u'))
     GROUP BY tables.relname, indexes.relname, known.indisunique, known.indpred",
    "SELECT 'reference ' || tables.relname
        || ' (' || STRING_AGG(CAST(columns.attname AS TEXT), ',' ORDER BY parts.place) || ') to ' || others.relname
        || ' (' || STRING_AGG(CAST(keys.attname AS TEXT), ',' ORDER BY parts.place) || ') on delete '
        || CASE constraints.confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default'
            WHEN 'r' THEN 'restrict' ELSE 'no action' END
     FROM pg_constraint AS constraints JOIN pg_class AS tables ON tables.oid = constraints.conrelid
        JOIN pg_class AS others ON others.oid = constraints.confrelid
        CROSS JOIN UNNEST(constraints.conkey, constraints.confkey) WITH ORDINALITY AS parts(number, key, place)
        JOIN pg_attribute AS columns ON columns.attrelid = tables.oid AND columns.attnum = parts.number
        JOIN pg_attribute AS keys ON keys.attrelid = others.oid AND keys.attnum = parts.key
     WHERE tables.relnamespace = 'public'::regnamespace AND constraints.contype = 'f'
     GROUP BY constraints.oid, tables.relname, others.relname, constraints.confdeltype",
    "SELECT 'check ' || tables.relname || ' ' || constraints.conname
     FROM pg_constraint AS constraints JOIN pg_class AS tables ON tables.oid = constraints.conrelid
     WHERE tables.relnamespace = 'public'::regnamespace AND constraints.contype = 'c'",
    "SELECT DISTINCT 'guard ' || event_object_table || ' ' || trigger_name FROM information_schema.triggers",
];

/// A database with the tables of this build.
async fn migrated(engine: Engine) -> Office {
    Office::open(TestDatabase::new(engine)).await
}

async fn shape(connection: &mut AnyConnection, engine: Engine) -> BTreeSet<String> {
    let queries = match engine {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let mut shape = BTreeSet::new();
    for sql in queries {
        let rows = sqlx::query(sql).fetch_all(&mut *connection).await.unwrap();
        assert!(!rows.is_empty(), "{sql}");
        shape.extend(rows.iter().map(|row| row.try_get::<String, _>(0).unwrap()));
    }
    if engine == Engine::Sqlite {
        let tables = sqlx::query(SQLITE_TABLES).fetch_all(connection).await.unwrap();
        for table in &tables {
            shape.extend(checks(
                &table.try_get::<String, _>(0).unwrap(),
                &table.try_get::<String, _>(1).unwrap(),
            ));
        }
    }
    shape
}

/// The checks in the text of a table. One without a name stands there as it is, and is no line of the other database.
fn checks(table: &str, sql: &str) -> Vec<String> {
    let code = sql.lines().filter_map(|line| line.split("--").next());
    let words = code.flat_map(str::split_whitespace).collect::<Vec<_>>();
    let places =
        (0..words.len()).filter(|place| words[*place].to_uppercase().split('(').next() == Some("CHECK"));
    places
        .map(
            |place| match place.checked_sub(2).map(|before| words[before].to_uppercase()) {
                Some(word) if word == "CONSTRAINT" => format!("check {table} {}", words[place - 1]),
                _ => format!("check {table} without a name"),
            },
        )
        .collect()
}

fn differences(one: &BTreeSet<String>, other: &BTreeSet<String>) -> Vec<String> {
    one.symmetric_difference(other).cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_tables() {
    let (sqlite, postgres) = (migrated(Engine::Sqlite).await, migrated(Engine::Postgres).await);
    let mut one = AnyConnection::connect(&sqlite.database.url).await.unwrap();
    let mut other = AnyConnection::connect(&postgres.database.url).await.unwrap();
    let (one, other) = (
        shape(&mut one, Engine::Sqlite).await,
        shape(&mut other, Engine::Postgres).await,
    );
    let differs = differences(&one, &other);
    assert!(differs.is_empty(), "{differs:#?}");
    for kind in [
        "column",
        "primary",
        "unique",
        "index",
        "reference",
        "check",
        "guard",
    ] {
        let found = one.iter().filter(|line| line.starts_with(kind)).count();
        assert!(found > 1, "{found} × {kind}");
    }
}

/// What is taken from one of the two databases, and what is said of it then.
const SABOTAGE: [(&str, &str); 9] = [
    (
        "ALTER TABLE session DROP CONSTRAINT session_person_fk",
        "reference session (person_id) to person (id) on delete cascade",
    ),
    (
        "ALTER TABLE session DROP CONSTRAINT session_person_fk, ADD CONSTRAINT session_person_fk
            FOREIGN KEY (person_id) REFERENCES person (id)",
        "reference session (person_id) to person (id) on delete no action",
    ),
    (
        "ALTER TABLE person DROP CONSTRAINT person_email_key",
        "unique person (email_key)",
    ),
    (
        "ALTER TABLE role DROP CONSTRAINT role_pk",
        "primary role (person_id,role,organisation_id)",
    ),
    (
        "ALTER TABLE sign_up DROP CONSTRAINT sign_up_seat_check",
        "check sign_up sign_up_seat_check",
    ),
    (
        "ALTER TABLE person ALTER COLUMN email DROP NOT NULL",
        "column person.email text not null",
    ),
    (
        "DROP INDEX sign_up_person; CREATE INDEX sign_up_person ON sign_up (workshop_id, person_key)
            WHERE state IN ('held', 'confirmed', 'waiting', 'offered')",
        "index sign_up sign_up_person (workshop_id,person_key) unique partial",
    ),
    (
        "DROP INDEX sign_up_seat; CREATE UNIQUE INDEX sign_up_seat ON sign_up (workshop_id, seat_no)",
        "index sign_up sign_up_seat (workshop_id,mode,seat_no) unique",
    ),
    (
        "DROP TRIGGER audit_no_update ON audit",
        "guard audit audit_no_update",
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_what_is_missing_in_one_of_them_is_noticed() {
    let postgres = migrated(Engine::Postgres).await;
    let mut connection = AnyConnection::connect(&postgres.database.url).await.unwrap();
    let whole = shape(&mut connection, Engine::Postgres).await;
    for (sql, said) in SABOTAGE {
        // Each is taken back again: tables are changed in transactions there.
        sqlx::raw_sql("BEGIN").execute(&mut connection).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        let differs = differences(&whole, &shape(&mut connection, Engine::Postgres).await);
        assert!(differs.iter().any(|line| line == said), "{sql}: {differs:#?}");
        sqlx::raw_sql("ROLLBACK").execute(&mut connection).await.unwrap();
    }
    assert_eq!(
        differences(&whole, &shape(&mut connection, Engine::Postgres).await),
        Vec::<String>::new()
    );
}
