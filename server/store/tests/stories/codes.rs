//! Sign-in codes under many hands at once: five tries for each address, five codes an hour, one session for each code.

use domain::account::{CODE_TRIES_MAX, CODES_PER_HOUR_MAX, SignInCode};
use domain::contact::EmailAddress;
use domain::mail::Occasion;
use domain::time::Instant;
use futures::future::join_all;
use sqlx::{AnyConnection, Connection, Row};
use store::accounts::{CodeError, SignedIn};
use store::engine::Locking;
use store::{Ambient, Engine, Store, StoreError};
use store_testing::{TestDatabase, run_sql};

const HANDS: usize = 100;
/// Changes that one server can have under way on PostgreSQL.
const CHANGES_AT_ONCE: usize = 8;
/// What the gate waits for takes a second.
const GATE_SECONDS_MAX: u64 = 8;
/// All hands are answered by then, also on a busy machine.
const ANSWERED_WITHIN: std::time::Duration = std::time::Duration::from_secs(120);

/// Two servers on PostgreSQL; of a file on SQLite there is one.
async fn servers(database: &TestDatabase) -> Vec<Store> {
    let ambient = Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap());
    let mut servers = vec![database.open_with(ambient.clone(), Locking::On).await.unwrap()];
    if database.engine == Engine::Postgres {
        servers.push(database.open_with(ambient, Locking::On).await.unwrap());
    }
    servers
}

fn anna() -> EmailAddress {
    EmailAddress::parse("anna@traeger.example").unwrap()
}

fn code(text: &str) -> SignInCode {
    SignInCode::normalise(text).unwrap()
}

/// The codes that were mailed, in no order.
async fn mailed(server: &Store) -> Vec<SignInCode> {
    let mails = server.mails(5_000).await.unwrap();
    let codes = mails.iter().filter(|mail| mail.occasion == Occasion::SignInCode);
    codes
        .map(|mail| code(mail.payload["code"].as_str().unwrap()))
        .collect()
}

/// On PostgreSQL the worst moment: as many as there can be have read what there is, or wait to read it, and nobody has written.
struct Gate(Option<AnyConnection>);

impl Gate {
    async fn closed(database: &TestDatabase) -> Self {
        if database.engine == Engine::Sqlite {
            return Self(None);
        }
        let mut connection = AnyConnection::connect(&database.url).await.unwrap();
        let closed = "BEGIN; LOCK TABLE sign_in_code IN SHARE MODE";
        sqlx::raw_sql(closed).execute(&mut connection).await.unwrap();
        Self(Some(connection))
    }

    async fn opens_when_so_many_wait(self, count: usize) {
        let Some(mut connection) = self.0 else {
            return;
        };
        let full = async {
            loop {
                let row = sqlx::query(
                    "SELECT COUNT(*) FROM pg_locks WHERE NOT granted
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                )
                .fetch_one(&mut connection)
                .await
                .unwrap();
                if usize::try_from(row.get::<i64, _>(0)).unwrap() >= count {
                    return;
                }
            }
        };
        let patience = std::time::Duration::from_secs(GATE_SECONDS_MAX);
        tokio::time::timeout(patience, full).await.unwrap();
        sqlx::raw_sql("COMMIT").execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// A hundred hands do the same at once, in turn on each server.
async fn at_once<T, F>(database: &TestDatabase, servers: &[Store], act: impl Fn(Store) -> F) -> Vec<T>
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let gate = Gate::closed(database).await;
    let hands = (0..HANDS).map(|hand| tokio::spawn(act(servers[hand % servers.len()].clone())));
    let hands = hands.collect::<Vec<_>>();
    gate.opens_when_so_many_wait(servers.len() * CHANGES_AT_ONCE)
        .await;
    let answered = tokio::time::timeout(ANSWERED_WITHIN, join_all(hands))
        .await
        .unwrap();
    answered.into_iter().map(Result::unwrap).collect()
}

/// Who hears that the platform is busy tries again, as people do.
async fn redeems(server: Store, code: SignInCode) -> Result<SignedIn, CodeError> {
    loop {
        match server.redeem_code(&anna(), &code, "Telefon").await {
            Err(CodeError::Store(StoreError::Busy)) => {}
            answer => return answer,
        }
    }
}

/// As [`redeems`].
async fn asks(server: Store) -> Result<(), StoreError> {
    loop {
        match server.request_code(&anna()).await {
            Err(StoreError::Busy) => {}
            answer => return answer,
        }
    }
}

/// Somebody asks for a code, and a hundred try a wrong one at once. Returns how many of these were looked at, and what the right
/// one gives after that.
async fn wrong_ones(database: &TestDatabase) -> (usize, Result<SignedIn, CodeError>) {
    let servers = servers(database).await;
    servers[0].request_code(&anna()).await.unwrap();
    let right = mailed(&servers[0]).await.pop().unwrap();
    let wrong = ["AAAA2222", "AAAA3333"].map(code);
    let wrong = wrong.into_iter().find(|wrong| *wrong != right).unwrap();
    let tries = at_once(database, &servers, |server| redeems(server, wrong.clone())).await;
    let (mut looked_at, mut passed_over) = (0, 0);
    for outcome in tries {
        match outcome.unwrap_err() {
            CodeError::Wrong => looked_at += 1,
            CodeError::TooManyTries => passed_over += 1,
            other => panic!("{other}"),
        }
    }
    assert_eq!(looked_at + passed_over, HANDS);
    (looked_at, redeems(servers[0].clone(), right).await)
}

/// How many codes are mailed to somebody for whom a hundred ask at once.
async fn codes_for_a_hundred(database: &TestDatabase) -> usize {
    let servers = servers(database).await;
    for outcome in at_once(database, &servers, asks).await {
        outcome.unwrap();
    }
    mailed(&servers[0]).await.len()
}

store_testing::on_both_engines! {
    async fn of_several_codes_only_the_newest_one_counts(database: TestDatabase) {
        let server = servers(&database).await.remove(0);
        let mut codes: Vec<SignInCode> = Vec::new();
        for _ in 0..3 {
            server.request_code(&anna()).await.unwrap();
            let new = mailed(&server).await.into_iter().find(|code| !codes.contains(code));
            codes.push(new.unwrap());
            server.ambient().advance_seconds(1);
        }
        let newest = codes.pop().unwrap();
        for older in codes {
            let tried = redeems(server.clone(), older).await;
            assert!(matches!(tried, Err(CodeError::Wrong)), "{tried:?}");
        }
        redeems(server, newest).await.unwrap();
    }

    async fn of_a_hundred_wrong_codes_at_once_five_are_looked_at(database: TestDatabase) {
        let (looked_at, right) = wrong_ones(&database).await;
        assert_eq!(i64::try_from(looked_at).unwrap(), CODE_TRIES_MAX);
        assert!(matches!(right, Err(CodeError::TooManyTries)), "{right:?}");
    }

    async fn who_is_asked_for_a_hundred_times_at_once_gets_five_codes(database: TestDatabase) {
        let codes = codes_for_a_hundred(&database).await;
        assert_eq!(i64::try_from(codes).unwrap(), CODES_PER_HOUR_MAX);
    }

    async fn of_a_hundred_who_redeem_the_right_code_at_once_one_is_signed_in(database: TestDatabase) {
        let servers = servers(&database).await;
        servers[0].request_code(&anna()).await.unwrap();
        let right = mailed(&servers[0]).await.pop().unwrap();
        let tries = at_once(&database, &servers, |server| redeems(server, right.clone())).await;
        let signed_in = tries.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(signed_in, 1);
        for refused in tries.iter().filter_map(|outcome| outcome.as_ref().err()) {
            assert!(matches!(refused, CodeError::Expired), "{refused:?}");
        }
    }
}

/// A lock of the same name that locks nothing, found before the real one.
const NO_LOCK: &str = "
    CREATE FUNCTION public.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS $$ SELECT $$;
    DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database());
    END $$";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_without_the_lock_more_codes_are_looked_at_and_mailed() {
    sqlx::any::install_default_drivers();
    let database = TestDatabase::new(Engine::Postgres);
    run_sql(&database.url, NO_LOCK).await.unwrap();
    let (looked_at, _) = wrong_ones(&database).await;
    assert!(
        looked_at > usize::try_from(CODE_TRIES_MAX).unwrap(),
        "{looked_at}"
    );

    let database = TestDatabase::new(Engine::Postgres);
    run_sql(&database.url, NO_LOCK).await.unwrap();
    let codes = codes_for_a_hundred(&database).await;
    assert!(codes > usize::try_from(CODES_PER_HOUR_MAX).unwrap(), "{codes}");
}
