//! Programs of institutions, and who answers for them.

use domain::access::scope::PER_INSTITUTION_MAX;
use domain::access::{Event, Scope, WebhookUrl};
use domain::ids::IdempotencyKey;
use store::StoreError;
use store::access::{TokenDraft, WebhookDraft};

use crate::modules::Faculty;

store_testing::on_both_engines! {
    async fn a_token_ends_with_the_role_of_who_made_it(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let store = &faculty.office.store;
        let draft = |name: &str| TokenDraft {
            organisation: faculty.institution,
            name: name.to_owned(),
            scope: Scope::Read,
            days: 30,
        };
        let annas = store.make_api_token(faculty.anna.person, draft("Annas")).await.unwrap();
        let bens = store.make_api_token(faculty.ben.person, draft("Bens")).await.unwrap();
        for token in [&annas, &bens] {
            assert!(store.api_caller(token).await.unwrap().is_some());
        }
        store.delete_account(faculty.anna.person).await.unwrap();
        assert!(store.api_caller(&annas).await.unwrap().is_none());
        assert!(store.api_caller(&bens).await.unwrap().is_some(), "others' tokens stay");
    }

    async fn who_made_a_token_or_a_webhook_can_read_so_and_no_secret(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let store = &faculty.office.store;
        let (anna, ben) = (faculty.anna.person, faculty.ben.person);
        let mut secrets = Vec::new();
        for (who, name) in [(anna, "annas"), (ben, "bens")] {
            let token = TokenDraft {
                organisation: faculty.institution,
                name: format!("Programm {name}"),
                scope: Scope::Read,
                days: 30,
            };
            secrets.push(store.make_api_token(who, token).await.unwrap());
            let webhook = WebhookDraft {
                organisation: faculty.institution,
                url: WebhookUrl::parse(&format!("https://campus.example/{name}")).unwrap(),
                secret: format!("geheim-{name}"),
                events: vec![Event::ModulePublished],
            };
            secrets.push(webhook.secret.clone());
            store.make_webhook(who, webhook).await.unwrap();
        }
        let export = store.account_export(anna).await.unwrap();
        let (tokens, webhooks) = (&export["zugangsschluessel"], &export["webhooks"]);
        assert_eq!((tokens.as_array().unwrap().len(), webhooks.as_array().unwrap().len()), (1, 1));
        assert_eq!(tokens[0]["name"], "Programm annas");
        assert_eq!(tokens[0]["einrichtung"], "Hochschule Muldenau");
        assert_eq!(webhooks[0]["adresse"], "https://campus.example/annas");
        assert_eq!(webhooks[0]["ereignisse"][0], Event::ModulePublished.key());
        let text = export.to_string();
        assert!(secrets.iter().all(|secret| !text.contains(secret)), "{text}");
    }

    async fn a_program_reads_on_while_nothing_can_be_written(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let store = &faculty.office.store;
        let draft = TokenDraft {
            organisation: faculty.institution,
            name: "Campus".to_owned(),
            scope: Scope::Read,
            days: 30,
        };
        let token = store.make_api_token(faculty.anna.person, draft).await.unwrap();
        let used_at = async || store.api_tokens(faculty.institution).await.unwrap()[0].used_at;
        let reader = faculty.office.reads_only().await;
        assert!(reader.api_caller(&token).await.unwrap().is_some());
        assert_eq!(used_at().await, None);
        store.api_caller(&token).await.unwrap();
        assert_eq!(used_at().await, Some(store.ambient().now()), "once it can be noted, it is");
    }

    async fn a_form_that_is_sent_again_makes_nothing_more_and_says_no_secret_again(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let store = &faculty.office.store;
        let key = || IdempotencyKey(store.ambient().uuid());
        let who = faculty.anna.person;
        let token = || TokenDraft {
            organisation: faculty.institution,
            name: "Campus".to_owned(),
            scope: Scope::Read,
            days: 30,
        };
        let form = key();
        let said = store.make_api_token_once(who, token(), form).await.unwrap().unwrap();
        assert!(store.api_caller(&said).await.unwrap().is_some());
        assert_eq!(store.make_api_token_once(who, token(), form).await.unwrap(), None);
        assert_eq!(store.api_tokens(faculty.institution).await.unwrap().len(), 1);
        let kept = store_testing::fingerprint(store).await.unwrap();
        assert!(!format!("{kept:?}").contains(said.trim_start_matches("lafast_")), "under no key either");
        let webhook = || WebhookDraft {
            organisation: faculty.institution,
            url: WebhookUrl::parse("https://campus.example/hook").unwrap(),
            secret: "geheim".to_owned(),
            events: vec![Event::ModulePublished],
        };
        let hook = key();
        for is_made in [true, false] {
            assert_eq!(store.make_webhook_once(who, webhook(), hook).await.unwrap(), is_made);
        }
        assert_eq!(store.webhooks(faculty.institution).await.unwrap().len(), 1);
        // Another form makes another one, and when there are as many as there may be, the first form is still answered.
        for _ in 1..PER_INSTITUTION_MAX {
            assert!(store.make_api_token_once(who, token(), key()).await.unwrap().is_some());
            assert!(store.make_webhook_once(who, webhook(), key()).await.unwrap());
        }
        let more = store.make_api_token_once(who, token(), key()).await;
        assert!(matches!(more, Err(StoreError::Duplicate)), "{more:?}");
        assert_eq!(store.make_api_token_once(who, token(), form).await.unwrap(), None);
        let more = store.make_webhook_once(who, webhook(), key()).await;
        assert!(matches!(more, Err(StoreError::Duplicate)), "{more:?}");
        assert!(!store.make_webhook_once(who, webhook(), hook).await.unwrap());
    }
}
