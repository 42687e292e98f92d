//! Nothing that is kept under a person is forgotten when she takes everything along (Art. 15 GDPR). Each column that says who somebody
//! is stands here, with where it is told, or why it is not. Who adds one says so here, and in `store::accounts::export`.

use std::collections::BTreeSet;

use sqlx::AnyPool;
use store::Engine;
use store_testing::{TestDatabase, run_sql};

use crate::office::Office;
use crate::tables::{Column, columns};

/// A column, and under which word what belongs to it is told.
const TOLD: [(&str, &str); 23] = [
    ("access_duty.person_id", "unterstuetzung_zustaendig"),
    ("api_token.made_by", "zugangsschluessel"),
    ("certificate.email", "nachweise"),
    ("coding_reading.person_id", "auswertungen"),
    ("coding_reading.reader", "auswertungen"),
    ("demand.person_id", "bedarf"),
    ("learning_plan.person_id", "lernweg"),
    ("module_approval.person_id", "zustimmungen"),
    ("module_author.person_id", "fassungen"),
    ("module_comment.person_id", "anmerkungen"),
    ("module_import.person_id", "tabellen"),
    ("outbox.recipient", "emails"),
    ("person.email", "konto"),
    ("person.email_key", "konto"),
    ("recognition.person_id", "anrechnungen"),
    ("role.person_id", "rechte"),
    ("session.person_id", "geraete"),
    ("sign_in_code.email", "anmeldecodes"),
    ("sign_in_code.email_key", "anmeldecodes"),
    ("sign_up.email", "anmeldungen"),
    ("sign_up.person_key", "anmeldungen"),
    ("sign_up.signed_up_by", "anmeldungen"),
    ("webhook.made_by", "webhooks"),
];

/// A column that is left out, and why.
const LEFT_OUT: [(&str, &str); 3] = [
    (
        "audit.actor",
        "who did what with the data of others: looked up by hand",
    ),
    (
        "certificate.issued_by",
        "what it says is about whom it was issued to",
    ),
    (
        "recognition.decided_by",
        "what it says is about whose application it is",
    ),
];

/// Whether a column looks as if it said who somebody is.
fn says_who(column: &Column) -> bool {
    let name = column.name.as_str();
    matches!(name, "actor" | "reader" | "recipient")
        || ["person", "mail"].iter().any(|word| name.contains(word))
        || name.ends_with("_by")
}

/// Columns that stand in one of the two only: the database, or the lists above.
async fn unknown(office: &Office) -> Vec<String> {
    let pool = AnyPool::connect(&office.database.url).await.unwrap();
    let columns = columns(&pool, office.store.engine()).await;
    let there = columns.iter().filter(|column| says_who(column));
    let there: BTreeSet<String> = there
        .map(|column| format!("{}.{}", column.table, column.name))
        .collect();
    let listed = TOLD.into_iter().chain(LEFT_OUT);
    let listed: BTreeSet<String> = listed.map(|(column, _)| column.to_owned()).collect();
    there.symmetric_difference(&listed).cloned().collect()
}

store_testing::on_both_engines! {
    async fn every_column_that_says_who_somebody_is_is_told_or_left_out_for_a_reason(database: TestDatabase) {
        let office = Office::open(database).await;
        assert_eq!(unknown(&office).await, Vec::<String>::new());
        let anna = office.signs_in("Anna", "Telefon").await.person;
        let export = office.store.account_export(anna).await.unwrap();
        let told: BTreeSet<&str> = export.as_object().unwrap().keys().map(String::as_str).collect();
        let listed: BTreeSet<&str> = TOLD.into_iter().map(|(_, word)| word).collect();
        assert_eq!(told, listed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sabotage_a_new_column_that_says_who_somebody_is_is_noticed() {
    let office = Office::open(TestDatabase::new(Engine::Sqlite)).await;
    run_sql(&office.database.url, "ALTER TABLE board ADD COLUMN begun_by TEXT")
        .await
        .unwrap();
    assert_eq!(unknown(&office).await, ["board.begun_by"]);
}
