//! Certificates and the accounts in which they are found.

use domain::account::Role;
use domain::certificate::facts::Occasion;
use domain::certificate::{Certificate, CertificateCode};
use domain::contact::EmailAddress;
use domain::ids::PersonId;
use sqlx::{AnyPool, Row};
use store::audit::Actor;
use store::certificates::Issue;
use store_testing::form;

use crate::modules::{Faculty, code, complete};
use crate::office::Office;
use crate::runs::run;

/// Everybody of these addresses passed a run.
async fn passed(faculty: &Faculty, emails: &[&str]) {
    let store = &faculty.office.store;
    faculty.enters("FSA-101", complete()).await;
    faculty.publishes(1).await;
    let run = faculty.office.publishes(&run(faculty, "FSA-101", 9)).await;
    let mut issues = Vec::new();
    for email in emails {
        let request = form("Anna", email).parse().unwrap();
        let place = store
            .staff_add(Actor::System, run, request, "am Telefon")
            .await
            .unwrap();
        let occasion = Occasion {
            holder: "Anna".to_owned(),
            awarded_by: Vec::new(),
            issued_on: String::new(),
            taught: String::new(),
            demo: false,
        };
        issues.push(Issue {
            sign_up: place,
            code: CertificateCode::of_bytes(store.ambient().bytes()),
            facts: Certificate::of(code("FSA-101"), 1, &complete(), occasion),
            badge: String::new(),
        });
    }
    faculty.office.hours_pass(31 * 24);
    let issued = store.issue_certificates(faculty.ben.person, run, issues).await;
    assert_eq!(issued.unwrap(), Ok(emails.len()));
}

async fn account(office: &Office, email: &str) -> PersonId {
    let email = EmailAddress::parse(email).unwrap();
    let made = office
        .store
        .admin_add(Actor::System, &email, Role::Participant, None);
    made.await.unwrap()
}

/// The addresses that are kept with certificates.
async fn kept(office: &Office) -> Vec<String> {
    let pool = AnyPool::connect(&office.database.url).await.unwrap();
    let rows = sqlx::query("SELECT email FROM certificate WHERE email <> '' ORDER BY email")
        .fetch_all(&pool)
        .await
        .unwrap();
    rows.iter().map(|row| row.try_get(0).unwrap()).collect()
}

store_testing::on_both_engines! {
    async fn who_deletes_the_account_leaves_no_address_at_a_certificate_of_an_alias(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let office = &faculty.office;
        let [anna, berta, clara] = ["anna+kurs@traeger.example", "berta+kurs@traeger.example", "clara@traeger.example"];
        passed(&faculty, &[anna, berta, clara]).await;
        assert_eq!(kept(office).await, [anna, berta, clara]);
        office.store.delete_account(account(office, "anna@traeger.example").await).await.unwrap();
        assert_eq!(kept(office).await, [berta, clara]);

        // Who has only an alias need not have the mailbox.
        office.store.delete_account(account(office, "clara+kurs@traeger.example").await).await.unwrap();
        assert_eq!(kept(office).await, [berta, clara]);

        // An account of the alias keeps what it finds by its own address, until it goes, too.
        let alias = account(office, berta).await;
        office.store.delete_account(account(office, "berta@traeger.example").await).await.unwrap();
        assert_eq!(office.store.certificates_of(alias).await.unwrap().len(), 1);
        office.store.delete_account(alias).await.unwrap();
        assert_eq!(kept(office).await, [clara]);
    }
}
