//! Boards that were there before an upgrade: their tables are those of the build before, and the store opens them.

use domain::board::{Actor, Anonymity, CardKind, Level, Operation, Outcome, Refusal, Settings, Standing};
use domain::ids::{BoardId, CardId, OperationId};
use sqlx::Row;
use store::audit;
use store::boards::{Answer, BoardRow};

use crate::office::Office;

/// What the tables of boards lacked before it was counted what waits, before there were terms of two kinds, and before what moderators
/// wrote bore a mark.
const BEFORE: [&str; 5] = [
    "ALTER TABLE board DROP COLUMN waiting",
    "ALTER TABLE board DROP COLUMN text_goes",
    "ALTER TABLE board DROP COLUMN text_tried_at",
    "UPDATE board_record SET event = REPLACE(event, ',\"by_moderation\":true', '')",
    "UPDATE board_snapshot SET state = REPLACE(state, ',\"by_moderation\":true', '')",
];
/// The migrations that bring it.
const MIGRATIONS: [&str; 4] = [
    "0026_board_waiting",
    "0031_board_terms",
    "0032_board_waiting_counted",
    "0033_board_marks",
];

/// The office a day before its upgrade: the tables are older, and nobody has them open.
async fn before_the_upgrade(office: Office) -> store_testing::TestDatabase {
    let Office { store, database } = office;
    drop(store);
    let pool = sqlx::AnyPool::connect(&database.url).await.unwrap();
    for sql in BEFORE {
        sqlx::query(sql).execute(&pool).await.unwrap();
    }
    for name in MIGRATIONS {
        let gone = sqlx::query("DELETE FROM migration WHERE name = $1").bind(name);
        assert_eq!(gone.execute(&pool).await.unwrap().rows_affected(), 1, "{name}");
    }
    pool.close().await;
    database
}

async fn board(office: &Office, level: Level, anonymity: Anonymity) -> BoardRow {
    let draft = store_testing::board_draft(Settings::new(level, anonymity, 3));
    office
        .store
        .create_board(audit::Actor::System, &draft)
        .await
        .unwrap()
}

async fn act(office: &Office, board: BoardId, actor: Actor, operation: Operation) -> Answer {
    let id = OperationId(office.store.ambient().uuid());
    office.store.board_act(board, actor, id, operation).await.unwrap()
}

/// Somebody who takes part, and moderates if so.
async fn joins(office: &Office, board: BoardId, name: &str, moderates: bool) -> Actor {
    let store = &office.store;
    let member = store.board_member(board, name).await.unwrap().member;
    store
        .let_moderate(audit::Actor::System, board, member, moderates)
        .await
        .unwrap();
    let actor = store.board_member(board, name).await.unwrap();
    let join = Operation::Join {
        name: Some(name.to_owned()),
        district: None,
        role: None,
    };
    act(office, board, actor, join).await.unwrap();
    actor
}

async fn writes(office: &Office, board: BoardId, actor: Actor, text: &str) -> CardId {
    let card = CardId(office.store.ambient().uuid());
    let column = office.store.board(board).await.unwrap().columns[0].id;
    let write = Operation::Write {
        card,
        column,
        kind: CardKind::Solution,
        text: text.to_owned(),
    };
    act(office, board, actor, write).await.unwrap();
    card
}

/// The numbers of the cards that bear the mark of moderators.
async fn marked(office: &Office, board: BoardId) -> Vec<u32> {
    let board = office.store.board(board).await.unwrap();
    let marked = board.cards.values().filter(|card| card.by_moderation);
    let mut marked: Vec<u32> = marked.map(|card| card.number).collect();
    marked.sort_unstable();
    marked
}

store_testing::on_both_engines! {
    async fn the_list_says_what_waits_as_soon_as_the_upgrade_is_done(database: TestDatabase) {
        let office = Office::open(database).await;
        let quiet = board(&office, Level::Off, Anonymity::Anonymous).await.id;
        let busy = board(&office, Level::All, Anonymity::Anonymous).await.id;
        let untouched = board(&office, Level::All, Anonymity::Anonymous).await.id;
        for id in [quiet, busy] {
            let author = joins(&office, id, "Anna", false).await;
            writes(&office, id, author, "Eine Karte.").await;
            writes(&office, id, author, "Noch eine.").await;
        }
        let office = Office::open(before_the_upgrade(office).await).await;
        let rows = office.store.boards().await.unwrap();
        let waiting = |id: BoardId| rows.iter().find(|row| row.id == id).unwrap().waiting;
        assert_eq!([quiet, busy, untouched].map(waiting), [0, 2, 0]);
        let row = rows.iter().find(|row| row.id == busy).unwrap();
        assert_eq!((row.published, row.members), (0, 1), "the rest is as it was");
    }

    async fn comments_that_were_counted_as_cards_are_none_after_the_upgrade(database: TestDatabase) {
        let office = Office::open(database).await;
        let (id, quiet) = (
            board(&office, Level::Off, Anonymity::Anonymous).await.id,
            board(&office, Level::Off, Anonymity::Anonymous).await.id,
        );
        let author = joins(&office, id, "Anna", false).await;
        let desk = joins(&office, id, "Amt", true).await;
        let card = writes(&office, id, author, "Eine Karte.").await;
        let comment = CardId(office.store.ambient().uuid());
        let comments = Operation::Comment { card: comment, on: card, text: "Dazu noch ein Wort.".to_owned() };
        act(&office, id, author, comments).await.unwrap();
        let published = |rows: Vec<BoardRow>, id| rows.into_iter().find(|row| row.id == id).unwrap().published;
        assert_eq!(published(office.store.boards().await.unwrap(), id), 1);
        // In the archive it is counted, too.
        act(&office, id, desk, Operation::Archive { archived: true }).await.unwrap();
        let Office { store, database } = office;
        drop(store);
        let pool = sqlx::AnyPool::connect(&database.url).await.unwrap();
        for sql in ["UPDATE board SET published = 2 WHERE sequence > 0", "DELETE FROM migration WHERE name = '0038_cards_counted'"] {
            sqlx::query(sql).execute(&pool).await.unwrap();
        }
        pool.close().await;
        let office = Office::open(database).await;
        let rows = office.store.boards().await.unwrap();
        assert_eq!([id, quiet].map(|id| published(rows.clone(), id)), [1, 0]);
    }

    async fn what_is_new_of_a_board_is_made_of_its_whole_log(database: TestDatabase) {
        let office = Office::open(database).await;
        let id = board(&office, Level::All, Anonymity::Anonymous).await.id;
        let author = joins(&office, id, "Anna", false).await;
        let desk = joins(&office, id, "Amt", true).await;
        let card = writes(&office, id, author, "Eine Karte.").await;
        let publish = Operation::Stand { card, standing: Standing::Published, version: None };
        act(&office, id, desk, publish).await.unwrap();
        // Long enough for a snapshot, which then says what it is.
        for _ in 0..120 {
            writes(&office, id, author, "Noch eine.").await;
        }
        let Office { store, database } = office;
        drop(store);
        let pool = sqlx::AnyPool::connect(&database.url).await.unwrap();
        let snapshots = || sqlx::query("SELECT COUNT(*) FROM board_snapshot").fetch_one(&pool);
        assert_eq!(snapshots().await.unwrap().try_get::<i64, _>(0).unwrap(), 1);
        let older = "UPDATE board_snapshot SET state = REPLACE(state, '\"is_vouched_for\":true,', '')";
        sqlx::query(older).execute(&pool).await.unwrap();
        sqlx::query("DELETE FROM migration WHERE name = '0035_boards_anew'").execute(&pool).await.unwrap();
        pool.close().await;
        let office = Office::open(database).await;
        let kept = office.store.board(id).await.unwrap();
        assert!(kept.cards[&card].is_vouched_for);
    }

    async fn a_board_that_cannot_be_read_keeps_nobody_from_opening_the_others(database: TestDatabase) {
        let office = Office::open(database).await;
        let broken = board(&office, Level::All, Anonymity::Anonymous).await.id;
        let busy = board(&office, Level::All, Anonymity::Anonymous).await.id;
        for id in [broken, busy] {
            let author = joins(&office, id, "Anna", false).await;
            writes(&office, id, author, "Eine Karte.").await;
        }
        let database = before_the_upgrade(office).await;
        let pool = sqlx::AnyPool::connect(&database.url).await.unwrap();
        let breaks = sqlx::query("UPDATE board_record SET event = '{' WHERE board_id = $1");
        breaks.bind(broken.to_string()).execute(&pool).await.unwrap();
        pool.close().await;
        let office = Office::open(database).await;
        let rows = office.store.boards().await.unwrap();
        let waiting = |id: BoardId| rows.iter().find(|row| row.id == id).unwrap().waiting;
        assert_eq!(waiting(busy), 1);
        assert!(waiting(broken) < 0, "it is tried again when the store opens");
    }

    async fn what_moderators_wrote_before_it_bore_a_mark_is_marked_by_the_log_of_the_office(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut expected = Vec::new();
        for (anonymity, name, are_marked) in [
            (Anonymity::Named, "Amt", true),
            // Who was called so was known for it.
            (Anonymity::Pseudonym, "Moderation", true),
            // Nobody is told afterwards who a name is, or whose card it was that was promised to bear none.
            (Anonymity::Pseudonym, "Amsel", false),
            (Anonymity::Anonymous, "Amt", false),
        ] {
            let id = board(&office, Level::Off, anonymity).await.id;
            let anna = joins(&office, id, "Anna", false).await;
            let desk = joins(&office, id, name, true).await;
            let of_anna = writes(&office, id, anna, "Von \"Anna\", mit ,\"origin\":{ im Text.").await;
            let of_desk = writes(&office, id, desk, "Vom Amt, mit ,\"trial\":{ im Text.").await;
            for (actor, text) in [(anna, "Von Anna."), (desk, "Vom Amt.")] {
                let card = CardId(office.store.ambient().uuid());
                let comment = Operation::Comment { card, on: of_anna, text: text.to_owned() };
                act(&office, id, actor, comment).await.unwrap();
            }
            let tell = Operation::Tell {
                card: CardId(office.store.ambient().uuid()),
                on: of_anna,
                outcome: Outcome::Helped,
                district: None,
                text: "Kam gut an.".to_owned(),
            };
            act(&office, id, desk, tell).await.unwrap();
            for from in [of_anna, of_desk] {
                let card = CardId(office.store.ambient().uuid());
                let split = Operation::Split { card, from, text: "Ein Teil davon.".to_owned() };
                act(&office, id, desk, split).await.unwrap();
            }
            // What is erased makes a snapshot, in which all of it stands.
            let erased = writes(&office, id, anna, "Geht gleich.").await;
            act(&office, id, anna, Operation::Erase { card: erased }).await.unwrap();
            assert_eq!(marked(&office, id).await, [2, 4, 7], "while it is new");
            expected.push((id, if are_marked { vec![2, 4, 7] } else { Vec::new() }));
        }
        let database = before_the_upgrade(office).await;
        let office = Office::open(database).await;
        for (id, numbers) in &expected {
            assert_eq!(&marked(&office, *id).await, numbers);
        }
        // It is done once, and what is written from now on is marked everywhere.
        for (id, mut numbers) in expected {
            let desk = joins(&office, id, "Neues Amt", true).await;
            writes(&office, id, desk, "Nach der Umstellung.").await;
            numbers.push(9);
            assert_eq!(marked(&office, id).await, numbers);
        }
    }

    async fn a_long_board_is_not_read_from_its_beginning_after_the_upgrade(database: TestDatabase) {
        let office = Office::open(database).await;
        let id = board(&office, Level::Off, Anonymity::Named).await.id;
        let desk = joins(&office, id, "Amt", true).await;
        for _ in 0..100 {
            writes(&office, id, desk, "Vom Amt.").await;
        }
        let database = before_the_upgrade(office).await;
        let office = Office::open(database).await;
        let pool = sqlx::AnyPool::connect(&office.database.url).await.unwrap();
        let snapshot = sqlx::query_as::<_, (i64, String)>("SELECT sequence, state FROM board_snapshot WHERE board_id = $1");
        let (sequence, state) = snapshot.bind(id.to_string()).fetch_one(&pool).await.unwrap();
        pool.close().await;
        assert_eq!((sequence, state.matches("\"by_moderation\":true").count()), (101, 100));
    }

    async fn rows_of_the_build_before_are_read_as_they_were(database: TestDatabase) {
        let office = Office::open(database).await;
        let id = board(&office, Level::Off, Anonymity::Anonymous).await.id;
        let anna = joins(&office, id, "Anna", false).await;
        let desk = joins(&office, id, "Amt", true).await;
        let first = writes(&office, id, anna, "Die erste.").await;
        let second = writes(&office, id, anna, "Die zweite.").await;
        let column = office.store.board(id).await.unwrap().columns[0].id;
        let move_up = Operation::Move { card: second, column, after: None };
        let move_down = Operation::Move { card: second, column, after: Some(first) };
        for (actor, operation) in [
            (desk, move_up),
            (desk, move_down.clone()),
            (anna, Operation::Report { card: first, given: true }),
            (desk, Operation::Stand { card: first, standing: Standing::Hidden, version: None }),
        ] {
            act(&office, id, actor, operation).await.unwrap();
        }
        let pool = sqlx::AnyPool::connect(&office.database.url).await.unwrap();
        let kept = sqlx::query("UPDATE board_record SET event = REPLACE(event, $1, '')")
            .bind(format!(",\"after\":\"{first}\""));
        kept.execute(&pool).await.unwrap();
        let board = office.store.board(id).await.unwrap();
        let order: Vec<CardId> = board.cards_of(column).iter().map(|card| card.id).collect();
        assert_eq!(order, [first, second]);
        assert_eq!((&board.cards[&first].standing, board.cards[&second].put_behind), (&Standing::Hidden, None));
        // Behind which card one was put is not known any more: the move stays.
        let undo = Operation::Undo {
            done: Some(Box::new(move_down)),
            back: Box::new(Operation::Move { card: second, column, after: None }),
        };
        let fresh = Office::open(office.database).await;
        assert_eq!(act(&fresh, id, desk, undo).await, Err(Refusal::ChangedSince));
    }
}
