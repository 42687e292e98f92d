//! A fault in the code of a change: it is undone, and everything else goes on.

use domain::time::Instant;
use futures::future::join_all;
use store::{Store, StoreError};

/// Writes a row and, if there is a fault, panics after that.
async fn writes(store: Store, id: String, fault: bool) -> Result<(), StoreError> {
    store
        .write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO sign_in_code (id, email_key, email, code_hash, tries, created_at)
                     VALUES ($1, $1, $1, $1, 0, $2)",
                )
                .bind(id)
                .bind(tx.now.micros())
                .execute(&mut *tx.conn)
                .await?;
                assert!(!fault, "a fault, as the test wants it");
                Ok(())
            })
        })
        .await
}

store_testing::on_both_engines! {
    async fn a_change_that_panics_is_undone_and_the_next_one_works(database: TestDatabase) {
        let store = database.open_at(Instant::from_input("2026-11-09T09:00").unwrap()).await;
        let before = store_testing::fingerprint(&store).await.unwrap();
        let broken = writes(store.clone(), "one".to_owned(), true).await;
        assert!(matches!(broken, Err(StoreError::Panicked)), "{broken:?}");
        assert_eq!(store_testing::fingerprint(&store).await.unwrap(), before);
        writes(store.clone(), "one".to_owned(), false).await.unwrap();
        assert_ne!(store_testing::fingerprint(&store).await.unwrap(), before);
        assert!(store.is_ready().await.unwrap());
    }

    async fn a_change_that_panics_takes_none_of_those_beside_it_along(database: TestDatabase) {
        let store = database.open_at(Instant::from_input("2026-11-09T09:00").unwrap()).await;
        let changes = (0..30).map(|number| tokio::spawn(writes(store.clone(), format!("id-{number}"), number % 3 == 0)));
        for (number, outcome) in join_all(changes.collect::<Vec<_>>()).await.into_iter().enumerate() {
            assert_eq!(outcome.unwrap().is_err(), number % 3 == 0, "{number}");
        }
        // Those that were undone can be written now, and those that were not cannot be a second time.
        for number in 0..30 {
            let again = writes(store.clone(), format!("id-{number}"), false).await;
            assert_eq!(again.is_ok(), number % 3 == 0, "{number}: {again:?}");
        }
    }
}
