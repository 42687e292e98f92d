//! Certificates stay in every version they had; a plan belongs to one person and goes with the account.

use domain::account::Role;
use domain::contact::EmailAddress;
use domain::module::ModuleCode;
use domain::plan::Programme;
use sqlx::{AnyPool, Row};
use store::audit::Actor;

use crate::office::Office;

fn certificate(rule: &str) -> Programme {
    Programme {
        title: "Grundlagen".to_owned(),
        lead: "Der Einstieg in die Arbeit.".to_owned(),
        rule: rule.to_owned(),
        award: "Zertifikat".to_owned(),
    }
}

store_testing::on_both_engines! {
    async fn a_certificate_that_says_something_else_is_another_version(database: TestDatabase) {
        let office = Office::open(database).await;
        let code = ModuleCode::parse("FSA-Z1").unwrap();
        let save = async |rule: &str| {
            let said = certificate(rule);
            office.store.save_programme(Actor::System, &code, &said, false).await.unwrap()
        };
        assert_eq!(save("FSA-101").await, 1);
        assert_eq!(save("FSA-101").await, 1, "nothing new is no version");
        assert_eq!(save("FSA-101 und FSA-102").await, 2);
        let counts = office.store.programmes().await.unwrap();
        let rules: Vec<_> = counts.iter().map(|one| (one.number, one.content.rule.as_str())).collect();
        assert_eq!(rules, [(2, "FSA-101 und FSA-102")]);
        // What was said before can still be read.
        let pool = AnyPool::connect(&office.database.url).await.unwrap();
        let first = sqlx::query("SELECT content FROM programme_version WHERE number = 1").fetch_one(&pool).await.unwrap();
        let first: Programme = serde_json::from_str(&first.get::<String, _>(0)).unwrap();
        assert_eq!(first.rule, "FSA-101");
        pool.close().await;
    }

    async fn a_plan_belongs_to_one_person_and_goes_with_the_account(database: TestDatabase) {
        let office = Office::open(database).await;
        let [anna, ben] = ["anna", "ben"].map(async |name| {
            let email = EmailAddress::parse(&format!("{name}@traeger.example")).unwrap();
            office.store.admin_add(Actor::System, &email, Role::Participant, None).await.unwrap()
        });
        let (anna, ben) = (anna.await, ben.await);
        let kept = async |person| office.store.learning_plan(person).await.unwrap().map(|plan| plan.wish);
        for wish in ["m=FSA-101", "ziel=FSA-Z1"] {
            office.store.keep_learning_plan(anna, Some(wish.to_owned())).await.unwrap();
        }
        assert_eq!((kept(anna).await.as_deref(), kept(ben).await), (Some("ziel=FSA-Z1"), None));
        let export = office.store.account_export(anna).await.unwrap();
        assert_eq!(export["lernweg"]["plan"], "ziel=FSA-Z1");
        office.store.keep_learning_plan(ben, Some("m=FSA-102".to_owned())).await.unwrap();
        office.store.delete_account(anna).await.unwrap();
        assert_eq!(kept(anna).await, None);
        office.store.keep_learning_plan(ben, None).await.unwrap();
        assert_eq!(kept(ben).await, None);
    }
}
