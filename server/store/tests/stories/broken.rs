//! A push that breaks half way: the log, its answers, what is kept beside it and the audit row are there together, or not at all.

use domain::board::{Anonymity, CardKind, Level, Operation, Settings};
use domain::ids::{CardId, OperationId};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use store::audit;
use store::boards::{Answer, Push};
use store::{Engine, Store};
use store_testing::TestDatabase;

use crate::office::Office;

/// More than one snapshot's worth of records.
const MANY: u64 = 120;

/// The database refuses to do this, as a disk that is full, until it is mended.
async fn breaks(database: &TestDatabase, what: &str) {
    let sql = match database.engine {
        Engine::Sqlite => {
            format!("CREATE TRIGGER broken BEFORE {what} BEGIN SELECT RAISE(ABORT, 'as the test wants it'); END")
        }
        Engine::Postgres => format!(
            "CREATE FUNCTION broken() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'as the test wants it'; END $$
                LANGUAGE plpgsql;
             CREATE TRIGGER broken BEFORE {what} FOR EACH ROW EXECUTE FUNCTION broken()"
        ),
    };
    run(database, sql).await;
}

async fn mends(database: &TestDatabase) {
    let sql = match database.engine {
        Engine::Sqlite => "DROP TRIGGER broken",
        Engine::Postgres => "DROP FUNCTION broken() CASCADE",
    };
    run(database, sql.to_owned()).await;
}

async fn run(database: &TestDatabase, sql: String) {
    let mut connection = AnyConnection::connect(&database.url).await.unwrap();
    let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await;
    done.unwrap();
    connection.close().await.unwrap();
}

fn new_id(store: &Store) -> uuid::Uuid {
    store.ambient().uuid()
}

store_testing::on_both_engines! {
    async fn a_push_that_breaks_half_way_leaves_nothing_and_is_taken_when_it_comes_again(database: TestDatabase) {
        let office = Office::open(database).await;
        let store = &office.store;
        let draft = store_testing::board_draft(Settings::new(Level::Off, Anonymity::Anonymous, 3));
        let row = store.create_board(audit::Actor::System, &draft).await.unwrap();
        let member = store.board_member(row.id, "device").await.unwrap().member;
        store.let_moderate(audit::Actor::System, row.id, member, true).await.unwrap();
        let actor = store.board_member(row.id, "device").await.unwrap();
        let join = Operation::Join { name: None, district: None, role: None };
        store.board_act(row.id, actor, OperationId(new_id(store)), join).await.unwrap().unwrap();
        // Each comes after the row of the log; a snapshot is kept with the last of many.
        for (what, cards) in [
            ("INSERT ON board_answer", 1),
            ("UPDATE ON board", 1),
            ("INSERT ON audit", 1),
            ("INSERT ON board_snapshot", MANY),
        ] {
            let known = store.board(row.id).await.unwrap();
            let write = |number| Push {
                actor,
                id: OperationId(new_id(store)),
                operation: Operation::Write {
                    card: CardId(new_id(store)),
                    column: known.columns[0].id,
                    kind: CardKind::Problem,
                    text: format!("Gedanke {number}"),
                },
            };
            let pushes: Vec<Push> = (0..cards).map(write).collect();
            let before = store_testing::fingerprint(store).await.unwrap();
            let mut told = store.boards_changed();
            breaks(&office.database, what).await;
            let broken = store.board_push(row.id, pushes.clone()).await;
            mends(&office.database).await;
            assert!(broken.is_err(), "{what}: {broken:?}");
            assert_eq!(store_testing::fingerprint(store).await.unwrap(), before, "{what}");
            assert_eq!(store.board(row.id).await.unwrap(), known, "{what}");
            assert!(told.try_recv().is_err(), "{what}: nobody hears of it");
            // The device says it again, and the numbers have no gap.
            let numbers: Vec<Answer> = (1..=cards).map(|nth| Ok(known.sequence + nth)).collect();
            assert_eq!(store.board_push(row.id, pushes).await.unwrap(), numbers, "{what}");
        }
    }
}
