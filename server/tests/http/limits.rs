//! How often who may do what (S5).

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::signup::COLLEAGUES_MAX;
use domain::time::Instant;
use futures::future::join_all;
use lafast::config::TrustedProxies;
use store::{Ambient, Engine};

use crate::page_cache::open_event;
use crate::support::{Answer, TestApp, request};

async fn behind_proxy() -> TestApp {
    TestApp::start_with(Ambient::system(), |config| {
        config.trusted_proxies = TrustedProxies::parse("127.0.0.1").unwrap();
    })
    .await
}

async fn post_from(app: &TestApp, address: &str, path: &str, form: String) -> Answer {
    post_as(
        app,
        address,
        path,
        form,
        Some("application/x-www-form-urlencoded"),
    )
    .await
}

/// A form that says of itself that it is this, or nothing.
async fn post_as(app: &TestApp, address: &str, path: &str, form: String, kind: Option<&str>) -> Answer {
    let mut request = request(Method::POST, path)
        .header(header::ORIGIN, &app.origin)
        .header(header::ACCEPT, "text/html")
        .header("x-forwarded-for", address);
    if let Some(kind) = kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    app.send(request, Body::from(form)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_phones_behind_one_address_sign_in() {
    let app = behind_proxy().await;
    let mut signed_in = 0;
    for phone in 0..200 {
        let email = format!("telefon-{phone}@traeger.example");
        let asked = post_from(
            &app,
            "203.0.113.7",
            "/api/account-request-code",
            format!("email={email}&next="),
        )
        .await;
        assert_eq!(asked.status, StatusCode::FOUND);
        let code = app.mailed_code(&email).await;
        let form = format!("email={email}&code={code}&next=");
        let answer = post_from(&app, "203.0.113.7", "/api/account-redeem-code", form).await;
        signed_in += usize::from(answer.session().is_some());
    }
    assert_eq!(signed_in, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_attacker_gets_five_guesses_whatever_codes_and_addresses_are_used() {
    let app = behind_proxy().await;
    let email = "anna@traeger.example";
    for guess in 0..5 {
        let address = format!("203.0.113.{guess}");
        post_from(
            &app,
            &address,
            "/api/account-request-code",
            format!("email={email}&next="),
        )
        .await;
        let form = format!("email={email}&code=AAAA222{}&next=", guess + 2);
        assert_eq!(
            post_from(&app, &address, "/api/account-redeem-code", form)
                .await
                .session(),
            None
        );
    }
    app.post("/api/account-request-code", &format!("email={email}&next="))
        .await;
    let code = app.mailed_code(email).await;
    let answer = app
        .post(
            "/api/account-redeem-code",
            &format!("email={email}&code={code}&next="),
        )
        .await;
    assert_eq!(answer.session(), None, "the sixth guess is not even looked at");
}

async fn answers_to_many(app: &TestApp) -> Vec<Answer> {
    let mut answers = Vec::new();
    for number in 0..70 {
        let form = "email=anna%40traeger.example&code=kurz&next=".to_owned();
        let address = format!("203.0.113.{number}");
        answers.push(post_from(app, &address, "/api/account-redeem-code", form).await);
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_too_fast_is_told_when_to_come_back() {
    let app = behind_proxy().await;
    let answers = answers_to_many(&app).await;
    let refused: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS)
        .collect();
    assert!((8..=10).contains(&refused.len()), "{}", refused.len());
    let seconds: u64 = refused[0].header("retry-after").parse().unwrap();
    assert!((1..=11).contains(&seconds), "{seconds}");
    assert!(refused[0].text().contains("Bitte warten Sie einen Moment"));
}

const REDEEM: &str = "/api/account-redeem-code";

/// How many of 70 forms, each from an address of its own, are not taken because there are too many of them.
async fn refused(app: &TestApp, path: &str, kind: Option<&str>, form: impl Fn(u8) -> String) -> usize {
    let mut refused = 0;
    for number in 0..70 {
        let answer = post_as(app, &format!("203.0.113.{number}"), path, form(number), kind).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    refused
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_form_calls_itself_and_what_stands_in_front_of_its_fields_change_no_limit() {
    let form = "email=anna%40traeger.example&code=kurz&next=";
    let in_front: String = (0..200).map(|number| format!("x{number}=&")).collect();
    let many = in_front + form;
    // Read as `email`, too.
    let other_name = form.replace("email", "%5Bemail%5D");
    for (kind, form) in [
        (None, form),
        (Some("text/plain"), form),
        (Some("multipart/form-data; boundary=x"), form),
        (Some("application/x-www-form-urlencoded"), &many),
        (Some("application/x-www-form-urlencoded"), &other_name),
    ] {
        let app = behind_proxy().await;
        let refused = refused(&app, REDEEM, kind, |_| form.to_owned()).await;
        assert!((8..=10).contains(&refused), "{kind:?}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_person_adds_to_their_address_makes_no_other_person_of_them() {
    let app = behind_proxy().await;
    let form = |number| format!("email=anna%2B{number}%40traeger.example&code=kurz&next=");
    let refused = refused(&app, REDEEM, Some("application/x-www-form-urlencoded"), form).await;
    assert!((8..=10).contains(&refused), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn colleagues_count_as_who_signs_up_does() {
    let app = behind_proxy().await;
    let form = |number| {
        format!(
            "slug=x&email=person-{number}%40traeger.example&colleague_1_email=anna%2B{number}%40traeger.example"
        )
    };
    let refused = refused(
        &app,
        "/api/sign-up",
        Some("application/x-www-form-urlencoded"),
        form,
    )
    .await;
    assert!((8..=10).contains(&refused), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_without_the_layer_nobody_is_refused() {
    let app = TestApp::start_with(Ambient::system(), |config| config.protections.rates = false).await;
    let answers = answers_to_many(&app).await;
    assert!(
        answers
            .iter()
            .all(|answer| answer.status != StatusCode::TOO_MANY_REQUESTS)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_hands_on_a_place_tries_no_list_of_addresses() {
    let app = behind_proxy().await;
    let tries = async |path: &str, number: usize| {
        let form = format!("token=abc&name=Anna&email=anna-{number}%40traeger.example");
        post_from(&app, "203.0.113.7", path, form).await.status
    };
    for number in 0..5 {
        assert_ne!(
            tries("/api/place-hand-over", number).await,
            StatusCode::TOO_MANY_REQUESTS
        );
    }
    assert_eq!(
        tries("/api/place-hand-over", 5).await,
        StatusCode::TOO_MANY_REQUESTS
    );
    // Everything else that the link is for goes on.
    assert_ne!(tries("/api/place-cancel", 6).await, StatusCode::TOO_MANY_REQUESTS);
}

/// How many of twenty hand-overs through one link are tried, all at once, and how many more an hour later.
async fn tried_at_once(engine: Engine, is_limited: bool) -> [usize; 2] {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with_engine(engine, clock.clone(), |config| {
        config.protections.rates = is_limited;
    })
    .await;
    let forms: Vec<String> = (0..20)
        .map(|number| format!("token=abc&name=Anna&email=anna-{number}%40traeger.example"))
        .collect();
    let tried = async || {
        let answers = join_all(forms.iter().map(|form| app.post("/api/place-hand-over", form))).await;
        let refused = |answer: &&Answer| answer.status == StatusCode::TOO_MANY_REQUESTS;
        answers.len() - answers.iter().filter(refused).count()
    };
    let first = tried().await;
    clock.advance_seconds(3_600);
    [first, tried().await]
}

#[tokio::test(flavor = "multi_thread")]
async fn five_places_are_handed_on_in_an_hour_however_many_try_at_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        assert_eq!(tried_at_once(engine, true).await, [5, 5], "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_without_the_layer_every_hand_over_is_tried() {
    assert_eq!(tried_at_once(Engine::Sqlite, false).await, [20, 20]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_largest_form_of_ours_names_nobody_too_many_and_one_more_is_too_many() {
    let app = TestApp::start_filled().await;
    let page = app.get(&open_event(&app).await).await.text();
    let names = page
        .split("name=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let fields: BTreeSet<&str> = names.filter(|name| name.ends_with("email")).collect();
    assert_eq!(
        fields.len(),
        1 + COLLEAGUES_MAX,
        "who signs up, and colleagues: {fields:?}"
    );
    let mut form = "slug=x".to_owned();
    for field in fields {
        form += &format!("&{field}={field}%40traeger.example");
    }
    let answer = app.post("/api/sign-up", &form).await;
    assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let answer = app
        .post(
            "/api/sign-up",
            &(form + "&colleague_5_email=noch-jemand%40traeger.example"),
        )
        .await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_names_many_people_uses_up_what_none_of_them_may_do() {
    let app = behind_proxy().await;
    let many: String = (0..6)
        .map(|number| format!("email=anna-{number}%40traeger.example&"))
        .collect();
    for _ in 0..100 {
        let answer = post_from(&app, "203.0.113.7", "/api/link-again", many.clone()).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    }
    let one = "email=anna-0%40traeger.example".to_owned();
    let answer = post_from(&app, "203.0.113.8", "/api/link-again", one).await;
    assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let links = "token=abc&token=def&mode=online".to_owned();
    let answer = post_from(&app, "203.0.113.7", "/api/place-mode", links).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
}
