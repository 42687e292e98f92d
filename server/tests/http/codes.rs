//! Sign-in codes (S4).

use std::time::{Duration, Instant};

use domain::account::Role;
use domain::contact::EmailAddress;
use futures::future::join_all;
use store::Ambient;
use store::audit::Actor;

use crate::support::{Answer, TestApp};

const ASK: &str = "/api/account-request-code";
const REDEEM: &str = "/api/account-redeem-code";

async fn asks(app: &TestApp, email: &str) -> Answer {
    app.post(ASK, &format!("email={email}&next=")).await
}

async fn redeems(app: &TestApp, email: &str, code: &str) -> Answer {
    app.post(REDEEM, &format!("email={email}&code={code}&next="))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_one_session_under_a_hundred_parallel_tries() {
    let app = TestApp::start().await;
    asks(&app, "anna@traeger.example").await;
    let code = app.mailed_code("anna@traeger.example").await;
    let answers = join_all((0..100).map(|_| redeems(&app, "anna@traeger.example", &code))).await;
    assert_eq!(
        answers.iter().filter(|answer| answer.session().is_some()).count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_dead_after_ten_minutes() {
    let clock = Ambient::manual(domain::time::Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    asks(&app, "anna@traeger.example").await;
    let code = app.mailed_code("anna@traeger.example").await;
    clock.advance_seconds(601);
    assert_eq!(redeems(&app, "anna@traeger.example", &code).await.session(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_dead_after_five_wrong_tries() {
    let app = TestApp::start().await;
    asks(&app, "anna@traeger.example").await;
    let code = app.mailed_code("anna@traeger.example").await;
    for wrong in ["AAAA2222", "AAAA3333", "AAAA4444", "AAAA5555", "AAAA6666"] {
        assert_eq!(redeems(&app, "anna@traeger.example", wrong).await.session(), None);
    }
    assert_eq!(redeems(&app, "anna@traeger.example", &code).await.session(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn known_and_unknown_addresses_cannot_be_told_apart() {
    const PAIRS: usize = 20;
    let app = TestApp::start().await;
    for number in 0..PAIRS {
        let email = EmailAddress::parse(&format!("bekannt-{number}@traeger.example")).unwrap();
        app.store
            .admin_add(Actor::System, &email, Role::Staff, None)
            .await
            .unwrap();
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..PAIRS {
        for (kind, times) in [("bekannt", &mut known), ("fremdes", &mut unknown)] {
            let started = Instant::now();
            let answer = asks(&app, &format!("{kind}-{number}@traeger.example")).await;
            times.push((started.elapsed(), answer));
        }
    }
    for ((_, one), (_, other)) in known.iter().zip(&unknown) {
        assert_eq!(one.status, other.status);
        assert_eq!(one.body.len(), other.body.len());
        assert_eq!(
            one.headers.keys().collect::<Vec<_>>(),
            other.headers.keys().collect::<Vec<_>>()
        );
    }
    let (known, unknown) = (median(known), median(unknown));
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!(
        (0.67..1.5).contains(&ratio),
        "known {known:?}, unknown {unknown:?}"
    );
}

fn median(mut times: Vec<(Duration, Answer)>) -> Duration {
    times.sort_by_key(|(time, _)| *time);
    times[times.len() / 2].0
}
