//! Changes that are committed together: one that fails leaves nothing behind, and takes no other with it.

use store::StoreError;
use store::audit::{self, Actor};
use store::outbox::{self, Mail};

use crate::office::Office;

/// More than are committed together at most, so that several groups are made.
const CHANGES: usize = 400;

/// Writes a row, a log row and a mail, and then fails for every third and every number from 30 to 39.
fn fails(number: usize) -> bool {
    number.is_multiple_of(3) || (30..40).contains(&number)
}

async fn change(office: &Office, number: usize) -> Result<usize, StoreError> {
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                audit::record(tx, Actor::System, "tested", ("number", &number.to_string()), "").await?;
                let mail = Mail {
                    occasion: domain::mail::Occasion::SignInCode,
                    recipient: format!("nr{number}@traeger.example"),
                    unique_key: format!("group:{number}"),
                    payload: serde_json::json!({}),
                    about: None,
                };
                outbox::enqueue(tx, mail);
                sqlx::query("INSERT INTO idempotency (id, answer, created_at) VALUES ($1, '', 0)")
                    .bind(format!("row:{number}"))
                    .execute(&mut *tx.conn)
                    .await?;
                if fails(number) {
                    Err(StoreError::NotFound)
                } else {
                    Ok(number)
                }
            })
        })
        .await
}

store_testing::on_both_engines! {
    async fn what_was_acknowledged_is_there_and_what_failed_is_not(database: TestDatabase) {
        let office = Office::open(database).await;
        let outcomes = futures::future::join_all((0..CHANGES).map(|number| change(&office, number))).await;
        let acknowledged: Vec<usize> = outcomes.into_iter().flatten().collect();
        let expected: Vec<usize> = (0..CHANGES).filter(|number| !fails(*number)).collect();
        assert_eq!(acknowledged, expected);

        let mut logged: Vec<usize> = office
            .store
            .audit_rows(None, 10_000)
            .await
            .unwrap()
            .iter()
            .filter(|row| row.action == "tested")
            .map(|row| row.object_id.parse().unwrap())
            .collect();
        logged.sort_unstable();
        assert_eq!(logged, expected);
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);

        let rows = store_testing::fingerprint(&office.store).await.unwrap();
        for number in 0..CHANGES {
            let found = rows.contains(&format!("'row:{number}'")) || rows.contains(&format!("(row:{number},"));
            assert_eq!(found, !fails(number), "the row of {number}");
        }

        let mut mailed: Vec<usize> = office
            .store
            .mails(10_000)
            .await
            .unwrap()
            .iter()
            .filter_map(|mail| mail.recipient.strip_prefix("nr")?.split('@').next()?.parse().ok())
            .collect();
        mailed.sort_unstable();
        assert_eq!(mailed, expected);
    }
}
