//! The log (S8): it takes rows and gives none back, and whoever changes one is found.

use std::collections::BTreeSet;

use domain::board::{Anonymity, Level, Settings};
use sqlx::{AnyPool, Row};
use store::Engine;
use store::audit::Actor;
use store::audit::log::{Start, Subject, Topic, Wanted};

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
        let log = office.store.audit_log(&Wanted::default(), 1_000).await.unwrap().rows;
        assert_eq!(log.len(), office.store.audit_rows(None, 1_000).await.unwrap().len());
        let title = office.plan(30, 2).title;
        let mut numbers = BTreeSet::new();
        for (row, subject) in log {
            match (row.object_kind.as_str(), subject) {
                ("workshop", Some(Subject::Workshop { title: told, number, .. })) => {
                    assert_eq!((told, number), (title.clone(), None));
                }
                ("sign_up", Some(Subject::Workshop { title: told, number, .. })) => {
                    assert_eq!(told, title);
                    numbers.insert(number);
                }
                ("board", Some(Subject::Board { slug, .. })) => assert_eq!(slug, board.slug),
                ("person" | "mail", None) => {}
                (kind, told) => panic!("{kind}: {told:?}"),
            }
        }
        assert_eq!(numbers, BTreeSet::from([Some(1), Some(2), Some(3)]), "no two places read alike");
    }

    async fn the_log_is_read_page_by_page_and_nothing_shifts_while_rows_come(database: TestDatabase) {
        let office = Office::open(database).await;
        for _ in 0..2 {
            busy(&office).await;
        }
        let read = async |start| {
            let wanted = Wanted { start, ..Wanted::default() };
            let page = office.store.audit_log(&wanted, 4).await.unwrap();
            let numbers = page.rows.iter().map(|(row, _)| row.seq).collect::<Vec<_>>();
            (numbers, page.newer, page.older)
        };
        let head = office.store.audit_rows(None, 1).await.unwrap()[0].seq;
        assert!(head > 12, "more than three pages");
        let (newest, newer, older) = read(Start::Newest).await;
        assert_eq!((newest.clone(), newer, older), ((head - 3..=head).rev().collect(), None, Some(head - 3)));
        let second = ((head - 7..=head - 4).rev().collect::<Vec<_>>(), Some(head - 4), Some(head - 7));
        assert_eq!(read(Start::Before(head - 3)).await, second);
        // From the oldest row back up, page by page.
        assert_eq!(read(Start::Before(3)).await, (vec![2, 1], Some(2), None));
        assert_eq!(read(Start::After(2)).await, (vec![6, 5, 4, 3], Some(6), Some(3)));
        // Where no full page is left, the newest one is shown.
        assert_eq!(read(Start::After(head - 4)).await.0, newest);
        assert_eq!(read(Start::After(i64::MAX)).await.0, newest);
        assert_eq!(read(Start::Before(1)).await, (Vec::new(), None, None));
        office.publishes(&office.plan(40, 2)).await;
        assert_eq!(read(Start::Before(head - 3)).await, second, "what came since is on other pages");
        assert_eq!(read(Start::After(head - 4)).await.0, newest, "and now a full page is after it");
    }

    async fn the_log_is_narrowed_by_what_it_is_about_and_by_time(database: TestDatabase) {
        let office = Office::open(database).await;
        let began = office.store.ambient().now();
        busy(&office).await;
        let settings = Settings::new(Level::Off, Anonymity::Anonymous, 3);
        office.store.create_board(Actor::System, &store_testing::board_draft(settings)).await.unwrap();
        office.hours_pass(24);
        let later = office.store.ambient().now();
        office.signs_in("Anna", "Telefon").await;
        let wanted = |topic| Wanted { topic, ..Wanted::default() };
        let kinds = async |wanted: Wanted| {
            let rows = office.store.audit_log(&wanted, 1_000).await.unwrap().rows;
            rows.into_iter().map(|(row, _)| row.object_kind).collect::<Vec<_>>()
        };
        let all = kinds(wanted(None)).await.len();
        let mut told = 0;
        for topic in Topic::ALL {
            assert_eq!(Topic::parse(topic.key()), Some(topic));
            let found = kinds(wanted(Some(topic))).await;
            told += found.len();
            let fits: &[&str] = match topic {
                Topic::Workshops => &["workshop", "sign_up"],
                Topic::Boards => &["board"],
                Topic::Accounts => &["person"],
                _ => &[],
            };
            assert_eq!(found.is_empty(), fits.is_empty(), "{topic:?}");
            assert!(found.iter().all(|kind| fits.contains(&kind.as_str())), "{topic:?}: {found:?}");
        }
        assert_eq!(told, all, "each row has its topic");
        let between = async |from, until| kinds(Wanted { from, until, ..Wanted::default() }).await.len();
        let on_the_second_day = between(Some(later), None).await;
        assert!(on_the_second_day > 0 && on_the_second_day < all);
        assert_eq!(between(None, Some(later)).await, all - on_the_second_day);
        assert_eq!(between(Some(began), Some(later)).await, all - on_the_second_day);
        assert_eq!(between(Some(later), Some(began)).await, 0);
        let accounts = Wanted { from: Some(later), ..wanted(Some(Topic::Accounts)) };
        assert_eq!(kinds(accounts).await.len(), on_the_second_day);
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
