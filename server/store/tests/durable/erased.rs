//! What is erased is in no file of SQLite: neither in the database nor in its log. Without the settings that see to it, it is found.

use domain::board::{Actor, Anonymity, CardKind, Level, Operation, Settings};
use domain::ids::{BoardId, CardId, OperationId};
use sqlx::Connection;
use store::audit;
use store::engine::sqlite_path;
use store::{Ambient, Engine, Store};
use store_testing::TestDatabase;

use crate::settings::weaken;

/// Stands in every piece of the text: what is overwritten in part is found, too.
const TRACE: &str = "Quittenbrot";
/// As long as a card may be.
const TEXT_CHARACTERS: usize = 400;
/// Rows that go, beside as many that stay.
const ROWS: usize = 400;

/// A board with a card that is about to be erased.
struct Scene {
    database: TestDatabase,
    store: Store,
    board: BoardId,
    author: Actor,
    card: CardId,
}

impl Scene {
    async fn open() -> Self {
        let database = TestDatabase::new(Engine::Sqlite);
        let store = Store::open(&database.url, Ambient::system()).await.unwrap();
        let draft = store_testing::board_draft(Settings::new(Level::Off, Anonymity::Anonymous, 3));
        let row = store.create_board(audit::Actor::System, &draft).await.unwrap();
        let author = store.board_member(row.id, "device").await.unwrap();
        let scene = Self {
            card: CardId(store.ambient().uuid()),
            board: row.id,
            database,
            store,
            author,
        };
        scene
            .act(Operation::Join {
                name: None,
                district: None,
                role: None,
            })
            .await;
        scene.write(scene.card).await;
        // It has got into the file, as after some time.
        assert!(scene.store.empty_log().await.unwrap());
        assert_eq!(scene.traces(), (true, false));
        scene
    }

    async fn act(&self, operation: Operation) {
        let id = OperationId(self.store.ambient().uuid());
        let answer = self.store.board_act(self.board, self.author, id, operation).await;
        answer.unwrap().unwrap();
    }

    async fn write(&self, card: CardId) {
        let write = Operation::Write {
            card,
            column: self.store.board(self.board).await.unwrap().columns[0].id,
            kind: CardKind::Problem,
            text: format!("{TRACE} ").repeat(TEXT_CHARACTERS / (TRACE.len() + 1)),
        };
        self.act(write).await;
    }

    async fn erase(&self, card: CardId) {
        self.act(Operation::Erase { card }).await;
    }

    /// Whether the text is in the bytes of the database, and of its log.
    fn traces(&self) -> (bool, bool) {
        let file = sqlite_path(&self.database.url);
        (holds_trace(file), holds_trace(&format!("{file}-wal")))
    }
}

fn holds_trace(file: &str) -> bool {
    let bytes = std::fs::read(file).unwrap();
    bytes.windows(TRACE.len()).any(|some| some == TRACE.as_bytes())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_erased_is_in_no_file_once_the_log_is_emptied() {
    let scene = Scene::open().await;
    scene.erase(scene.card).await;
    assert!(scene.store.empty_log().await.unwrap());
    assert_eq!(scene.traces(), (false, false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_reads_the_log_is_not_waited_for_and_it_goes_in_the_next_round() {
    let scene = Scene::open().await;
    let mut reader = sqlx::AnyConnection::connect(&scene.database.url).await.unwrap();
    let reads = "BEGIN; SELECT COUNT(*) FROM board_record";
    sqlx::raw_sql(reads).execute(&mut reader).await.unwrap();
    scene.erase(scene.card).await;
    assert!(!scene.store.empty_log().await.unwrap(), "it is still read");
    assert!(scene.traces().0, "the reader finds what was there before");
    // Changes go on meanwhile, and as patient as before.
    let other = scene.store.write(|tx| {
        Box::pin(async move {
            let patience = sqlx::query_scalar::<_, i64>("PRAGMA busy_timeout");
            Ok(patience.fetch_one(&mut *tx.conn).await?)
        })
    });
    assert_eq!(other.await.unwrap(), 5_000);
    sqlx::raw_sql("COMMIT").execute(&mut reader).await.unwrap();
    assert!(scene.store.empty_log().await.unwrap());
    assert_eq!(scene.traces(), (false, false));
    reader.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_what_is_not_overwritten_is_found() {
    let scene = Scene::open().await;
    weaken(&scene.store, "PRAGMA secure_delete = OFF").await;
    scene.erase(scene.card).await;
    assert!(scene.store.empty_log().await.unwrap());
    assert_eq!(scene.traces(), (true, false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_a_log_that_is_never_emptied_holds_what_was_written_last() {
    let scene = Scene::open().await;
    let card = CardId(scene.store.ambient().uuid());
    scene.write(card).await;
    scene.erase(card).await;
    assert!(scene.traces().1);
}

/// Rows that come and go in no order: they are moved from page to page meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_written_anew_holds_nothing_but_what_is_there() {
    let scene = Scene::open().await;
    scene.erase(scene.card).await;
    // As if nothing had ever been overwritten.
    weaken(&scene.store, "PRAGMA secure_delete = OFF").await;
    let rows = scene.store.write(|tx| {
        Box::pin(async move {
            for row in 0..ROWS {
                for (answer, name) in [(TRACE, "goes"), ("bleibt", "stays")] {
                    let id = format!("{:03}-{name}", row * 7 % ROWS);
                    sqlx::query("INSERT INTO idempotency (id, answer, created_at) VALUES ($1, $2, 0)")
                        .bind(id)
                        .bind(answer.repeat(1 + row % 90))
                        .execute(&mut *tx.conn)
                        .await?;
                }
            }
            let gone = sqlx::query("DELETE FROM idempotency WHERE id LIKE '%goes'");
            Ok(gone.execute(&mut *tx.conn).await?.rows_affected())
        })
    });
    assert_eq!(rows.await.unwrap(), u64::try_from(ROWS).unwrap());
    assert!(scene.store.empty_log().await.unwrap());
    assert_eq!(scene.traces(), (true, false));
    assert!(scene.store.write_file_anew().await.unwrap());
    assert_eq!(scene.traces(), (false, false));
    // And what is there is sound.
    let sound: String = scene
        .store
        .write(|tx| {
            Box::pin(async move {
                let check = sqlx::query_scalar::<_, String>("PRAGMA integrity_check");
                Ok(check.fetch_one(&mut *tx.conn).await?)
            })
        })
        .await
        .unwrap();
    assert_eq!(sound, "ok");
}
