//! No table is forgotten (A6). Each one stands here with what becomes of what it says of a person, and with the clock moved forward
//! just that becomes of it. A text is taken for one that names somebody until it is said here that it does not. Who adds a
//! table, or a text to one, says so here, in docs/privacy.md and in `store::retention`.

use std::collections::BTreeSet;

use domain::board::{Anonymity, Level, Operation, Settings};
use domain::ids::{OperationId, PersonId};
use sqlx::{AnyPool, AssertSqlSafe, Row as _};
use store::Engine;
use store::audit::Actor;
use store::boards::BoardDraft;
use store_testing::{TestDatabase, run_sql};

use crate::office::Office;

/// Longer than the longest term.
const YEARS: i64 = 11;
const PERSON: &str = "01890000-0000-7000-8000-000000000001";

/// What becomes of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It goes.
    Goes,
    /// It stays; only the texts that are named in it do.
    Stays,
    /// It goes with the account.
    WithAccount,
    /// It names nobody.
    NamesNobody,
}
use Then::{Goes, NamesNobody, Stays, WithAccount};

/// A row of a table, and what stands in it, as SQL. Its other texts name Anna, its other instants are now, if there has to be one.
struct Row(&'static str, Then, &'static [(&'static str, &'static str)]);

const THE_PERSON: (&str, &str) = ("person_id", "(SELECT id FROM person)");
const THE_WORKSHOP: (&str, &str) = ("workshop_id", "(SELECT id FROM workshop)");
const THE_SIGN_UP: (&str, &str) = ("sign_up_id", "(SELECT id FROM sign_up)");
const THE_ORGANISATION: (&str, &str) = ("organisation_id", "(SELECT id FROM organisation)");
const ONE: (&str, &str) = ("module_id", "'one'");
const NUMBER: (&str, &str) = ("number", "1");

/// What a row refers to stands before it.
const ROWS: [Row; 44] = [
    Row("organisation", NamesNobody, &[]),
    Row(
        "person",
        WithAccount,
        &[
            ("id", "'01890000-0000-7000-8000-000000000001'"),
            ("email", "'anna@traeger.example'"),
            ("email_key", "'anna@traeger.example'"),
        ],
    ),
    Row("role", WithAccount, &[THE_PERSON, ("organisation_id", "''")]),
    Row("session", Goes, &[THE_PERSON]),
    Row("sign_in_code", Goes, &[]),
    Row("form_reply", Goes, &[]),
    Row("idempotency", Goes, &[]),
    Row("outbox", Goes, &[("next_try_at", "0")]),
    Row("outbox", Goes, &[("sent_at", "{now}")]),
    Row("outbox", Goes, &[("failed_at", "{now}")]),
    Row("outbox", Goes, &[("occasion", "'links_wanted'")]),
    Row(
        "sign_up",
        Stays,
        &[
            THE_WORKSHOP,
            ("district", "'dresden'"),
            ("mode", "'on_site'"),
            ("state", "'confirmed'"),
            ("seat_no", "1"),
            ("group_id", "'g'"),
        ],
    ),
    Row(
        "sign_up_history",
        Stays,
        &[
            THE_SIGN_UP,
            ("state", "'confirmed'"),
            ("mode", "'on_site'"),
            ("reason", "'confirmed'"),
        ],
    ),
    // The text may stay without who proposed it.
    Row("topic", Stays, &[THE_WORKSHOP, ("text", "'Wohnen'")]),
    Row(
        "topic_vote",
        Stays,
        &[THE_SIGN_UP, ("topic_id", "(SELECT id FROM topic)")],
    ),
    Row("access_duty", Goes, &[THE_WORKSHOP, THE_PERSON]),
    Row("learning_plan", WithAccount, &[THE_PERSON]),
    Row("module", NamesNobody, &[("id", "'one'")]),
    Row("module", NamesNobody, &[("id", "'two'")]),
    Row("module", NamesNobody, &[("id", "'three'")]),
    Row("module_version", NamesNobody, &[ONE, NUMBER]),
    Row("module_version", NamesNobody, &[("module_id", "'two'"), NUMBER]),
    Row("module_version", NamesNobody, &[("module_id", "'three'"), NUMBER]),
    // With the catalogue, which is never deleted; of the account an id stays.
    Row("module_author", Stays, &[ONE, NUMBER, THE_PERSON]),
    Row(
        "module_approval",
        Stays,
        &[ONE, NUMBER, THE_PERSON, ("stage", "'office'")],
    ),
    Row(
        "module_comment",
        Stays,
        &[ONE, NUMBER, THE_PERSON, ("field", "'title'"), ("said", "'Gut.'")],
    ),
    Row("demand", Goes, &[ONE, THE_PERSON]),
    Row(
        "recognition",
        Goes,
        &[ONE, NUMBER, THE_PERSON, ("state", "'draft'")],
    ),
    Row(
        "recognition",
        Goes,
        &[
            ("module_id", "'two'"),
            NUMBER,
            THE_PERSON,
            ("state", "'more_asked'"),
        ],
    ),
    Row(
        "recognition",
        Goes,
        &[
            ("module_id", "'three'"),
            NUMBER,
            THE_PERSON,
            ("state", "'submitted'"),
            ("submitted_at", "{now}"),
        ],
    ),
    Row(
        "recognition",
        WithAccount,
        &[
            ONE,
            NUMBER,
            THE_PERSON,
            ("state", "'decided'"),
            ("decided_at", "{now}"),
        ],
    ),
    // What is in it goes before.
    Row(
        "recognition_file",
        WithAccount,
        &[
            NUMBER,
            (
                "recognition_id",
                "(SELECT id FROM recognition WHERE state = 'decided')",
            ),
        ],
    ),
    // What others may learn names nobody.
    Row(
        "precedent",
        Stays,
        &[
            ONE,
            ("kind", "'crediting'"),
            ("evidence", "'practice'"),
            ("sentence", "'Das zählt.'"),
        ],
    ),
    Row("certificate", Goes, &[ONE, NUMBER, THE_WORKSHOP]),
    Row("module_import", Goes, &[]),
    Row("module_import", Goes, &[("done_at", "{now}")]),
    Row("api_token", Goes, &[THE_ORGANISATION]),
    Row(
        "api_token",
        Goes,
        &[
            THE_ORGANISATION,
            ("ends_at", "9000000000000000"),
            ("revoked_at", "{now}"),
        ],
    ),
    Row("webhook", Goes, &[THE_ORGANISATION, ("ended_at", "{now}")]),
    Row(
        "webhook_delivery",
        Goes,
        &[("webhook_id", "(SELECT id FROM webhook)"), ("done_at", "{now}")],
    ),
    Row(
        "webhook_delivery",
        Goes,
        &[("webhook_id", "(SELECT id FROM webhook)"), ("failed_at", "{now}")],
    ),
    Row("board_answer", Goes, &[("board_id", "(SELECT id FROM board)")]),
    Row("programme", NamesNobody, &[]),
    Row("signing_key", NamesNobody, &[]),
];

/// What names people, and what is told of it in another story.
const ELSEWHERE: [&str; 8] = [
    // Never deleted: it holds ids, states and reasons.
    "audit",
    // Cards stay until somebody erases them, and these go with them (outcomes, coding); who was on a board is forgotten (terms).
    "board_copy",
    "board_finding",
    "board_member",
    "board_note",
    "board_record",
    "board_snapshot",
    "coding_reading",
];

/// What names nobody, and needs no row here.
const NOBODY: [&str; 14] = [
    "audit_head",
    "board",
    "board_template",
    "code",
    "codebook",
    "coding",
    "coding_board",
    "migration",
    "module_owner",
    "programme_version",
    "run",
    "run_rollover",
    "workshop",
    "workshop_district",
];

const SQLITE: &str = "SELECT tables.name, columns.name, LOWER(columns.type),
        CASE WHEN columns.\"notnull\" = 1 THEN 'not null' ELSE '' END
     FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
     WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'";

const POSTGRES: &str = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT),
        CASE WHEN is_nullable = 'NO' THEN 'not null' ELSE '' END
     FROM information_schema.columns WHERE table_schema = 'public'";

/// A column as the database has it.
pub struct Column {
    pub table: String,
    pub name: String,
    kind: String,
    is_needed: bool,
}

pub async fn columns(pool: &AnyPool, engine: Engine) -> Vec<Column> {
    let sql = match engine {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let rows = sqlx::query(sql).fetch_all(pool).await.unwrap();
    let text = |row: &sqlx::any::AnyRow, place: usize| row.try_get::<String, _>(place).unwrap();
    rows.iter()
        .map(|row| Column {
            table: text(row, 0),
            name: text(row, 1),
            kind: text(row, 2),
            is_needed: text(row, 3) == "not null",
        })
        .collect()
}

/// What tells one row of [`ROWS`] from the others, and from everybody else's.
fn mark(number: usize) -> String {
    format!("anna {number}.")
}

impl Row {
    /// What stands in a column.
    fn value(&self, column: &Column, number: usize, now: i64) -> String {
        let Row(table, then, says) = self;
        if let Some((_, sql)) = says.iter().find(|(name, _)| *name == column.name) {
            return sql.replace("{now}", &now.to_string());
        }
        match column.kind.as_str() {
            "bigint" if column.is_needed => now.to_string(),
            "bigint" => "NULL".to_owned(),
            _ if column.name == "id" || *then == NamesNobody => format!("'{table} {number}'"),
            kind => format!("CAST('{}' AS {kind})", mark(number)),
        }
    }

    async fn insert(&self, pool: &AnyPool, columns: &[Column], number: usize, now: i64) {
        let Row(table, _, says) = self;
        let columns: Vec<&Column> = columns.iter().filter(|column| column.table == *table).collect();
        for (name, _) in *says {
            assert!(
                columns.iter().any(|column| column.name == *name),
                "{table}.{name}"
            );
        }
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let values: Vec<String> = columns
            .iter()
            .map(|column| self.value(column, number, now))
            .collect();
        let sql = format!(
            "INSERT INTO {table} ({}) VALUES ({})",
            names.join(", "),
            values.join(", ")
        );
        let done = sqlx::query(AssertSqlSafe(sql)).execute(pool).await;
        done.unwrap_or_else(|error| panic!("{table}: {error}"));
    }
}

/// Somebody has done everything that leaves a trace.
async fn anna_was_here(office: &Office) {
    office.publishes(&office.plan(0, 20)).await;
    let board = BoardDraft {
        columns: vec!["Was hilft".to_owned()],
        ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Named, 3))
    };
    let store = &office.store;
    let board = store.create_board(Actor::System, &board).await.unwrap().id;
    let anna = store.board_member(board, "device-of-anna").await.unwrap();
    let joins = Operation::Join {
        name: Some("Anna".to_owned()),
        district: None,
        role: None,
    };
    let id = OperationId(store.ambient().uuid());
    store.board_act(board, anna, id, joins).await.unwrap().unwrap();

    let pool = AnyPool::connect(&office.database.url).await.unwrap();
    let columns = columns(&pool, store.engine()).await;
    let now = store.ambient().now().micros();
    for (number, row) in ROWS.iter().enumerate() {
        row.insert(&pool, &columns, number, now).await;
    }
    pool.close().await;
}

async fn everything(office: &Office) -> String {
    store_testing::fingerprint(&office.store)
        .await
        .unwrap()
        .to_lowercase()
}

/// The tables of the rows that still name her, in the order of [`ROWS`].
async fn traces(office: &Office) -> Vec<&'static str> {
    let everything = everything(office).await;
    let rows = ROWS.iter().enumerate();
    rows.filter(|(number, _)| everything.contains(&mark(*number)))
        .map(|(_, Row(table, ..))| *table)
        .collect()
}

fn tables(of: impl Fn(Then) -> bool) -> Vec<&'static str> {
    let rows = ROWS.iter().filter(|Row(_, then, _)| of(*then));
    rows.map(|Row(table, ..)| *table).collect()
}

/// Which of these tables are empty.
async fn empty(office: &Office, tables: Vec<&'static str>) -> Vec<&'static str> {
    let everything = everything(office).await;
    let has_rows = |table: &&str| {
        let (_, rest) = everything.split_once(&format!("\n# {table}\n")).unwrap();
        !rest.is_empty() && !rest.starts_with("\n#")
    };
    tables.into_iter().filter(|table| !has_rows(table)).collect()
}

/// What names her in its files, as both databases write it.
const IN_FILES: &str = "616e6e61";

/// All terms are over.
async fn time_passes(office: &Office) {
    office.hours_pass(YEARS * 366 * 24);
    assert_eq!(office.store.forget_form_replies().await.unwrap(), 1);
    office.store.prune().await.unwrap();
    assert_eq!(office.store.prune().await.unwrap(), 0, "it is done once");
}

store_testing::on_both_engines! {
    async fn no_row_that_names_somebody_outlives_its_term(database: TestDatabase) {
        let office = Office::open(database).await;
        anna_was_here(&office).await;
        assert_eq!(empty(&office, tables(|_| true)).await, Vec::<&str>::new());
        let named = traces(&office).await;
        for table in ["sign_up", "sign_up_history", "topic", "outbox", "recognition", "certificate"] {
            assert!(named.contains(&table), "nothing in {table} names her: {named:?}");
        }
        assert!(everything(&office).await.contains(IN_FILES));

        time_passes(&office).await;
        assert_eq!(traces(&office).await, tables(|then| then == WithAccount));
        // One of the applications is decided: it stays with the account, as the traces say.
        let mut gone = tables(|then| then == Goes);
        gone.retain(|table| *table != "recognition");
        assert_eq!(empty(&office, gone.clone()).await, gone);
        assert!(!everything(&office).await.contains(IN_FILES));

        office.store.delete_account(PersonId::parse(PERSON).unwrap()).await.unwrap();
        assert_eq!(traces(&office).await, Vec::<&str>::new());
        let gone = tables(|then| then == WithAccount);
        assert_eq!(empty(&office, gone.clone()).await, gone);
        assert!(!everything(&office).await.contains("anna"), "on the board neither");
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn every_table_stands_here(database: TestDatabase) {
        assert_eq!(unknown(&Office::open(database).await).await, Vec::<String>::new());
    }
}

/// Tables that stand in one of the two only: the database, or the lists above.
async fn unknown(office: &Office) -> Vec<String> {
    let pool = AnyPool::connect(&office.database.url).await.unwrap();
    let columns = columns(&pool, office.store.engine()).await;
    let there: BTreeSet<String> = columns.into_iter().map(|column| column.table).collect();
    let listed = tables(|_| true).into_iter().chain(ELSEWHERE).chain(NOBODY);
    let listed: BTreeSet<String> = listed.map(str::to_owned).collect();
    there.symmetric_difference(&listed).cloned().collect()
}

/// Tables that a list of what is stored names: the second column, between backquotes, perhaps with a column behind a point.
fn named_in(text: &str) -> BTreeSet<&str> {
    let (_, list) = text.split_once("## What is stored").unwrap();
    let (list, _) = list.split_once("\n## ").unwrap();
    let cells = list
        .lines()
        .skip_while(|line| !line.starts_with("| ---"))
        .filter_map(|line| line.split('|').nth(2));
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    names
        .filter_map(|name| name.split('.').next().filter(|table| !table.is_empty()))
        .collect()
}

#[test]
fn every_table_that_names_people_stands_in_the_document_on_privacy() {
    let named = named_in(include_str!("../../../../docs/privacy.md"));
    let listed = tables(|then| then != NamesNobody).into_iter().chain(ELSEWHERE);
    let listed: BTreeSet<&str> = listed.collect();
    let differ: Vec<_> = named.symmetric_difference(&listed).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_a_new_table_that_stands_nowhere_is_noticed() {
    let office = Office::open(TestDatabase::new(Engine::Sqlite)).await;
    run_sql(&office.database.url, "CREATE TABLE guest_book (name TEXT)")
        .await
        .unwrap();
    assert_eq!(unknown(&office).await, ["guest_book"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_a_new_text_that_nobody_empties_is_noticed() {
    let office = Office::open(TestDatabase::new(Engine::Sqlite)).await;
    run_sql(
        &office.database.url,
        "ALTER TABLE sign_up ADD COLUMN telephone TEXT NOT NULL DEFAULT ''",
    )
    .await
    .unwrap();
    anna_was_here(&office).await;
    time_passes(&office).await;
    let mut left = traces(&office).await;
    left.retain(|table| !tables(|then| then == WithAccount).contains(table));
    assert_eq!(left, ["sign_up"]);
}
