//! Programs of other institutions: what they may do with a token, and that they are told what happened, once, signed.

use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, header};
use domain::access::{Event, Scope, WebhookUrl};
use domain::account::Role;
use domain::contact::EmailAddress;
use domain::ids::OrganisationId;
use domain::module::review::{Act, Refusal, Reviewer};
use domain::module::sheet::dry_run::{Change, Target};
use domain::module::{Field, ModuleCode};
use lafast::security::body::BODY_BYTES_MAX;
use lafast::webhooks::sign::signature;
use serde_json::Value;
use store::access::{TokenDraft, WebhookDraft};
use store::audit::Actor;
use store::{Ambient, StoreError};

use crate::page_cache::{comes_back, form_key};
use crate::support::{Answer, TestApp, request};

fn code(text: &str) -> ModuleCode {
    ModuleCode::parse(text).unwrap()
}

/// The demo, the institution of AKL-1, and somebody who curates it.
struct Desk {
    app: TestApp,
    institution: OrganisationId,
    who: Reviewer,
}

impl Desk {
    async fn open() -> Self {
        let app = TestApp::start_filled_with(Ambient::system(), |config| config.webhook_private = true).await;
        let institution = app.store.module(&code("AKL-1")).await.unwrap().owners[0].0;
        let email = EmailAddress::parse("pflegt@programm.example").unwrap();
        let person = app
            .store
            .admin_add(Actor::System, &email, Role::Curator, Some(institution))
            .await
            .unwrap();
        let who = Reviewer {
            person,
            curates: [institution].into(),
            is_staff: true,
        };
        Self {
            app,
            institution,
            who,
        }
    }

    async fn token(&self, scope: Scope) -> String {
        let draft = TokenDraft {
            organisation: self.institution,
            name: "Campus".to_owned(),
            scope,
            days: 30,
        };
        self.app
            .store
            .make_api_token(self.who.person, draft)
            .await
            .unwrap()
    }

    async fn calls(&self, method: Method, path: &str, token: &str, body: &str) -> Answer {
        let mut request = request(method, path);
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        self.app.send(request, Body::from(body.to_owned())).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_the_modules_of_its_institution_as_long_as_it_counts() {
    let desk = Desk::open().await;
    let store = &desk.app.store;
    let (reads, writes) = (desk.token(Scope::Read).await, desk.token(Scope::Write).await);
    let path = "/api/v1/modules";
    let seen = desk.calls(Method::GET, path, &reads, "").await;
    assert_eq!(seen.status, StatusCode::OK);
    let modules: Vec<Value> = serde_json::from_slice(&seen.body).unwrap();
    let codes: Vec<&str> = modules.iter().filter_map(|one| one["code"].as_str()).collect();
    assert!(
        codes.len() >= 4 && codes.iter().all(|code| code.starts_with("AKL-")),
        "{codes:?}"
    );
    for wrong in ["", "lafast_falsch", reads.trim_start_matches("lafast_")] {
        let refused = desk.calls(Method::GET, path, wrong, "").await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{wrong}");
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert!(refused.header("www-authenticate").starts_with("Bearer"));
    }
    // Of the token nothing is kept that opens the door, and nothing is logged.
    let content = desk.app.content().await;
    assert!(!content.contains(reads.trim_start_matches("lafast_")));

    let table = "code;places\nAKL-1;Bautzen\n";
    let before = desk.app.content().await;
    assert_eq!(
        desk.calls(Method::POST, path, &reads, table).await.status,
        StatusCode::FORBIDDEN
    );
    let dry = desk
        .calls(Method::POST, &format!("{path}?dry_run=true"), &writes, table)
        .await;
    let said: Value = serde_json::from_slice(&dry.body).unwrap();
    assert_eq!(
        (dry.status, &said["written"], &said["sum"]["modules"]),
        (StatusCode::OK, &Value::Bool(false), &1.into())
    );
    for (wrong, why) in [
        ("code;places\nFSA-101;Bautzen\n", "belongs to another institution"),
        ("code;weeks\nAKL-1;zwölf\n", "wrong"),
        ("titel\nx\n", "Kürzel"),
    ] {
        let refused = desk.calls(Method::POST, path, &writes, wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(refused.text().contains(why), "{}", refused.text());
        // A report on a table stays a report; what is none is refused as everything is.
        let is_report = refused.header("content-type") == "application/json";
        assert_eq!(is_report, why != "Kürzel", "{}", refused.header("content-type"));
        assert_eq!(
            is_report,
            refused.header("content-type") != "application/problem+json"
        );
    }
    let newest = |code: ModuleCode| async move {
        let module = store.module(&code).await.unwrap();
        store.module_versions(module.id).await.unwrap().remove(0)
    };
    let untouched = newest(code("AKL-1")).await;
    assert_eq!(
        untouched.content.get(Field::Places).contains("Bautzen"),
        before.contains("Bautzen") && untouched.content.get(Field::Places).contains("Bautzen")
    );
    let done = desk
        .calls(Method::POST, path, &writes, "code;places\nAKL-1;Zittau-Probe\n")
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let written = newest(code("AKL-1")).await;
    assert_eq!(written.content.get(Field::Places), "Zittau-Probe");
    assert!(written.published_at.is_none(), "a program publishes nothing");
    assert_eq!(seen.header("cache-control"), "private, no-cache");
    // Somebody wrote there since: nothing is written over it.
    let change = Change {
        field: Field::Places,
        before: "Bautzen".to_owned(),
        after: "Görlitz".to_owned(),
    };
    let writing = (Target::Into(code("AKL-1")), vec![change]);
    let stale = store.import_modules(Actor::System, None, vec![writing]).await;
    assert!(matches!(stale, Err(StoreError::Stale)));
    assert_eq!(newest(code("AKL-1")).await.content, written.content);
    // A table of three MiB is read, and only from who comes with a token.
    let large = format!("code;places\nAKL-1;{}\n", "x".repeat(12 * BODY_BYTES_MAX));
    let read = desk.calls(Method::POST, path, &writes, &large).await;
    assert_eq!(read.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refused = desk.calls(Method::POST, path, "lafast_falsch", &large).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);

    // Who made the token wrote it, and does not agree to it.
    let akl = code("AKL-1");
    let does = async |act| {
        let asked = store.review_module(desk.who.clone(), &akl, written.number, act, String::new());
        asked.await.unwrap()
    };
    does(Act::Submit).await.unwrap();
    assert_eq!(does(Act::Approve).await.err(), Some(Refusal::OwnWork));

    let rows = store.api_tokens(desk.institution).await.unwrap();
    assert!(rows.iter().all(|row| row.used_at.is_some()));
    for row in rows {
        assert!(
            store
                .revoke_api_token(desk.who.person, desk.institution, row.id)
                .await
                .unwrap()
        );
    }
    assert_eq!(
        desk.calls(Method::GET, path, &reads, "").await.status,
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_by_itself() {
    let now = domain::time::Instant::from_input("2026-11-09T09:00").unwrap();
    let app = TestApp::start_filled_with(Ambient::manual(now), |_| {}).await;
    let institution = app.store.module(&code("AKL-1")).await.unwrap().owners[0].0;
    let email = EmailAddress::parse("pflegt@programm.example").unwrap();
    let who = app
        .store
        .admin_add(Actor::System, &email, Role::Curator, Some(institution))
        .await
        .unwrap();
    let draft = TokenDraft {
        organisation: institution,
        name: "Campus".to_owned(),
        scope: Scope::Read,
        days: 30,
    };
    let token = app.store.make_api_token(who, draft).await.unwrap();
    assert!(app.store.api_caller(&token).await.unwrap().is_some());
    app.store.ambient().advance_seconds(30 * 24 * 3_600 + 1);
    assert!(app.store.api_caller(&token).await.unwrap().is_none());
}

/// What arrived at the other side.
type Arrived = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// Another server that refuses the first so many messages.
async fn listens(refuses: usize, with: StatusCode) -> (String, Arrived) {
    let arrived: Arrived = Arc::default();
    let take = move |State(arrived): State<Arrived>, headers: HeaderMap, body: Bytes| async move {
        let mut all = arrived.lock().unwrap();
        all.push((headers, String::from_utf8(body.to_vec()).unwrap()));
        if all.len() <= refuses {
            with
        } else {
            StatusCode::NO_CONTENT
        }
    };
    let router = axum::Router::new()
        .route("/hook", axum::routing::post(take))
        .with_state(Arc::clone(&arrived));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, arrived)
}

/// Waits for a condition, and looks at it twenty times a second.
async fn until(what: &str, condition: impl AsyncFn() -> bool) {
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(50));
    for _ in 0..400 {
        looks.tick().await;
        if condition().await {
            return;
        }
    }
    panic!("waited in vain for: {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happens_to_a_module_is_told_signed_and_again_until_it_arrives() {
    let desk = Desk::open().await;
    let store = &desk.app.store;
    let (url, arrived) = listens(1, StatusCode::SERVICE_UNAVAILABLE).await;
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
    let draft = WebhookDraft {
        organisation: desk.institution,
        url: WebhookUrl::parse(&url).unwrap(),
        secret: secret.clone(),
        events: vec![Event::ModuleWithdrawn],
    };
    let webhook = store.make_webhook(desk.who.person, draft).await.unwrap();
    let withdraw = |code: &str| {
        let code = ModuleCode::parse(code).unwrap();
        let who = desk.who.clone();
        async move {
            let module = store.module(&code).await.unwrap();
            let number = store.module_versions(module.id).await.unwrap()[0].number;
            store
                .review_module(who, &code, number, Act::Withdraw, "Nur zur Probe.".to_owned())
                .await
                .unwrap()
                .unwrap();
        }
    };
    // Of others' modules nothing is told.
    withdraw("HMS-13").await;
    withdraw("AKL-1").await;
    until("the first try", async || {
        !store.deliveries(webhook).await.unwrap().is_empty()
            && store.deliveries(webhook).await.unwrap()[0].tries == 1
    })
    .await;
    let log = store.deliveries(webhook).await.unwrap();
    assert_eq!(log.len(), 1);
    assert_eq!(log[0].last_answer.as_deref(), Some("503"));
    // Nobody waits half a minute: it is due now.
    store
        .not_delivered(&log[0].id, "503", Some(store.ambient().now()))
        .await
        .unwrap();
    until("the second try", async || {
        store.deliveries(webhook).await.unwrap()[0].done_at.is_some()
    })
    .await;
    let all = arrived.lock().unwrap().clone();
    assert_eq!(all.len(), 2);
    let id = |headers: &HeaderMap| headers["webhook-id"].to_str().unwrap().to_owned();
    assert_eq!(
        id(&all[0].0),
        id(&all[1].0),
        "the other side can tell that it is the same"
    );
    for (headers, body) in &all {
        let seconds: i64 = headers["webhook-timestamp"].to_str().unwrap().parse().unwrap();
        let expected = signature(&secret, &id(headers), seconds, body);
        assert_eq!(headers["webhook-signature"].to_str().unwrap(), expected);
        assert_ne!(signature("whsec_AAAA", &id(headers), seconds, body), expected);
        let said: Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            (said["type"].as_str(), said["data"]["code"].as_str()),
            (Some("module.withdrawn"), Some("AKL-1"))
        );
        assert!(
            said["data"]["url"]
                .as_str()
                .unwrap()
                .starts_with(&desk.app.origin)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_nothing_more_is_told_nothing_more() {
    let desk = Desk::open().await;
    let store = &desk.app.store;
    let (url, arrived) = listens(9, StatusCode::GONE).await;
    let draft = WebhookDraft {
        organisation: desk.institution,
        url: WebhookUrl::parse(&url).unwrap(),
        secret: "whsec_AAAA".to_owned(),
        events: vec![Event::ModulePublished],
    };
    let webhook = store.make_webhook(desk.who.person, draft).await.unwrap();
    assert!(store.try_webhook(desk.institution, webhook).await.unwrap());
    until("the end", async || {
        store.webhooks(desk.institution).await.unwrap()[0]
            .ended_at
            .is_some()
    })
    .await;
    assert!(!store.try_webhook(desk.institution, webhook).await.unwrap());
    assert_eq!(arrived.lock().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_ends_what_an_institution_made() {
    let desk = Desk::open().await;
    let store = &desk.app.store;
    desk.token(Scope::Read).await;
    let draft = WebhookDraft {
        organisation: desk.institution,
        url: WebhookUrl::parse("https://campus.example/hook").unwrap(),
        secret: "whsec_AAAA".to_owned(),
        events: vec![Event::RunPublished],
    };
    let webhook = store.make_webhook(desk.who.person, draft).await.unwrap();
    let token = store.api_tokens(desk.institution).await.unwrap()[0].id;
    let other = store.module(&code("FSA-101")).await.unwrap().owners[0].0;
    let mut sessions = vec![None];
    for (name, role, of) in [
        ("nimmt-teil", Role::Participant, None),
        ("fremd", Role::Curator, Some(other)),
        ("eigen", Role::Curator, Some(desk.institution)),
    ] {
        let email = EmailAddress::parse(&format!("{name}@programm.example")).unwrap();
        store.admin_add(Actor::System, &email, role, of).await.unwrap();
        sessions.push(Some(desk.app.signs_in(email.as_str()).await));
    }
    for (place, session) in sessions.iter().enumerate() {
        let is_own = place == 3;
        for form in [
            (
                "/api/access-revoke",
                format!("institution={}&id={token}", desk.institution),
            ),
            (
                "/api/access-webhook-act",
                format!("institution={}&id={webhook}&deed=end", desk.institution),
            ),
        ] {
            let mut request = desk.app.form(form.0, "application/json");
            if let Some(session) = session {
                request = request.header(header::COOKIE, format!("lafast={session}"));
            }
            let answer = desk.app.send(request, Body::from(form.1)).await;
            assert_eq!(
                answer.status == StatusCode::NOT_FOUND,
                !is_own,
                "{place} {}",
                form.0
            );
        }
        let counts = store.api_tokens(desk.institution).await.unwrap()[0]
            .revoked_at
            .is_none();
        let is_told = store.webhooks(desk.institution).await.unwrap()[0]
            .ended_at
            .is_none();
        assert_eq!((counts, is_told), (!is_own, !is_own), "{place}");
    }
}

/// Who sends it again has not asked for something else: the answer of the first time may just have been lost.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_for_a_token_or_a_webhook_that_was_wrong_comes_back_with_its_key() {
    let desk = Desk::open().await;
    let session = desk.app.signs_in("pflegt@programm.example").await;
    let institution = desk.institution;
    for (path, rest) in [
        ("/api/access-token", "name=&scope=modules_read&days=30"),
        ("/api/access-webhook", "url=unsinn"),
    ] {
        let key = desk.app.store.ambient().uuid().to_string();
        let form = format!("institution={institution}&key={key}&{rest}");
        let page = comes_back(&desk.app, &session, path, form).await;
        let field = format!("name=\"key\" value=\"{key}\"");
        assert!(page.text().contains(&field), "{path}: {}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_for_a_token_or_a_webhook_that_is_sent_twice_makes_one_and_says_its_secret_once() {
    let desk = Desk::open().await;
    let email = "pflegt@programm.example";
    let session = desk.app.signs_in(email).await;
    let page = desk.app.get_as("/katalog/zugaenge", &session).await;
    let key = form_key(&page);
    let institution = desk.institution;
    let sends = async |path: &str, form: String| {
        let request = desk
            .app
            .form(path, "application/json")
            .header(header::COOKIE, format!("lafast={session}"));
        let answer = desk.app.send(request, Body::from(form)).await;
        let reply: Value = serde_json::from_slice(&answer.body).unwrap();
        reply["notice"].as_str().unwrap().to_owned()
    };
    let token =
        |name: &str| format!("institution={institution}&key={key}&name={name}&scope=modules_read&days=30");
    let first = sends("/api/access-token", token("Campus")).await;
    let again = sends("/api/access-token", token("Campus")).await;
    assert!(
        first.contains("lafast_") && !again.contains("lafast_"),
        "{first} {again}"
    );
    assert!(again.contains("schon angekommen"), "{again}");
    let hook = format!(
        "institution={institution}&key={key}&url=https%3A%2F%2Fcampus.example%2Fhook&events%5B0%5D=module.published"
    );
    let first = sends("/api/access-webhook", hook.clone()).await;
    let again = sends("/api/access-webhook", hook).await;
    assert!(
        first.contains("whsec_") && !again.contains("whsec_"),
        "{first} {again}"
    );
    // Who goes back to the form and asks for something else gets that.
    let other = sends("/api/access-token", token("Bibliothek")).await;
    assert!(other.contains("lafast_"), "{other}");
    let names = desk.app.store.api_tokens(institution).await.unwrap();
    let mut names: Vec<&str> = names.iter().map(|row| row.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Bibliothek", "Campus"]);
    assert_eq!(desk.app.store.webhooks(institution).await.unwrap().len(), 1);
}
