//! The log (S8): it takes rows and gives none back, and whoever changes one is found.

use domain::board::{Anonymity, Level, Settings};
use sqlx::{AnyPool, Row};
use store::Engine;
use store::audit::{Actor, Subject};

use crate::office::Office;

/// Another program that has the database's password.
async fn intruder(office: &Office) -> AnyPool {
    AnyPool::connect(&office.database.url).await.unwrap()
}

async fn takes_the_guard_away(pool: &AnyPool, engine: Engine) {
    for guard in ["audit_no_update", "audit_no_delete"] {
        let sql = match engine {
            Engine::Sqlite => format!("DROP TRIGGER {guard}"),
            Engine::Postgres => format!("DROP TRIGGER {guard} ON audit"),
        };
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(pool).await.unwrap();
    }
}

async fn busy(office: &Office) {
    let workshop = office.publishes(&office.plan(30, 2)).await;
    for name in ["Anna", "Ben", "Carla"] {
        office.signs_up(workshop, name).await;
    }
}

store_testing::on_both_engines! {
    async fn the_chain_holds_and_rows_cannot_be_changed(database: TestDatabase) {
        let office = Office::open(database).await;
        busy(&office).await;
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
        let pool = intruder(&office).await;
        for sql in ["UPDATE audit SET detail = '' WHERE seq = 1", "DELETE FROM audit WHERE seq = 1"] {
            let error = sqlx::query(sql).execute(&pool).await.unwrap_err();
            assert!(error.to_string().contains("append-only"), "{error}");
        }
    }

    async fn the_log_says_what_each_row_is_about(database: TestDatabase) {
        let office = Office::open(database).await;
        busy(&office).await;
        let settings = Settings::new(Level::Off, Anonymity::Anonymous, 3);
        let board = office.store.create_board(Actor::System, &store_testing::board_draft(settings)).await.unwrap();
        let log = office.store.audit_log(1_000).await.unwrap();
        assert_eq!(log.len(), office.store.audit_rows(None, 1_000).await.unwrap().len());
        let title = office.plan(30, 2).title;
        for (row, subject) in log {
            match (row.object_kind.as_str(), subject) {
                ("workshop" | "sign_up", Some(Subject::Workshop { title: told, .. })) => assert_eq!(told, title),
                ("board", Some(Subject::Board { slug, .. })) => assert_eq!(slug, board.slug),
                ("person" | "mail", None) => {}
                (kind, told) => panic!("{kind}: {told:?}"),
            }
        }
    }

    async fn a_changed_row_is_found(database: TestDatabase) {
        let office = Office::open(database).await;
        busy(&office).await;
        let pool = intruder(&office).await;
        takes_the_guard_away(&pool, office.database.engine).await;
        sqlx::query("UPDATE audit SET actor = 'system' WHERE seq = 4").execute(&pool).await.unwrap();
        assert_eq!(office.store.audit_first_break().await.unwrap(), Some(4));
    }

    async fn a_cut_end_is_found(database: TestDatabase) {
        let office = Office::open(database).await;
        busy(&office).await;
        let rows = i64::try_from(office.store.audit_rows(None, 1_000).await.unwrap().len()).unwrap();
        let pool = intruder(&office).await;
        takes_the_guard_away(&pool, office.database.engine).await;
        sqlx::query("DELETE FROM audit WHERE seq = $1").bind(rows).execute(&pool).await.unwrap();
        assert_eq!(office.store.audit_first_break().await.unwrap(), Some(rows));
    }

    async fn it_holds_no_secrets_and_nothing_that_people_typed(database: TestDatabase) {
        let office = Office::open(database).await;
        busy(&office).await;
        let pool = intruder(&office).await;
        let log = office.store.audit_rows(None, 1_000).await.unwrap();
        let log = format!("{log:?}").to_lowercase();
        let people = sqlx::query("SELECT token, name, email, organisation FROM sign_up").fetch_all(&pool).await.unwrap();
        assert!(!people.is_empty());
        for person in &people {
            for column in 0..4 {
                let value: String = person.try_get(column).unwrap();
                assert!(!log.contains(&value.to_lowercase()), "{value}");
            }
        }
    }
}
