//! Sign-in codes (S4).

use futures::future::join_all;
use store::Ambient;
use store_testing::Sabotage;

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

/// Somebody asks for a code; a hundred redeem it at once. Returns how many sessions that gave.
async fn sessions_of_a_hundred(app: &TestApp) -> usize {
    asks(app, "anna@traeger.example").await;
    let code = app.mailed_code("anna@traeger.example").await;
    let answers = join_all((0..100).map(|_| redeems(app, "anna@traeger.example", &code))).await;
    answers.iter().filter(|answer| answer.session().is_some()).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_one_session_under_a_hundred_parallel_tries() {
    assert_eq!(sessions_of_a_hundred(&TestApp::start().await).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_a_code_that_is_not_used_up_gives_a_second_session() {
    // Beyond what one address may send, too.
    let app = TestApp::start_with(Ambient::system(), |config| config.protections.rates = false).await;
    Sabotage::CodesStayUnused.of(&app.store).await;
    assert!(sessions_of_a_hundred(&app).await > 1);
}

/// Somebody asks for a code and redeems it after a while. Returns whether that gave a session.
async fn redeems_after(app: &TestApp, clock: &Ambient, seconds: i64) -> bool {
    asks(app, "anna@traeger.example").await;
    let code = app.mailed_code("anna@traeger.example").await;
    clock.advance_seconds(seconds);
    redeems(app, "anna@traeger.example", &code)
        .await
        .session()
        .is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_reads_at_each_step_what_that_step_needs() {
    const LEAD: &str = "Haben Sie noch kein Konto, legen wir es damit an.";
    let app = TestApp::start().await;
    assert!(app.get("/konto/anmelden").await.text().contains(LEAD));
    asks(&app, "anna@traeger.example").await;
    let page = says(&app, "", WRONG[0]).await.text();
    assert!(
        page.contains("Bitte nehmen Sie den Code aus der neuesten E-Mail."),
        "{page}"
    );
    assert!(!page.contains(LEAD), "the code was sent already: {page}");
}

fn standing_clock() -> Ambient {
    Ambient::manual(domain::time::Instant(1_800_000_000_000_000))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_dead_after_ten_minutes() {
    for (seconds, works) in [(599, true), (601, false)] {
        let clock = standing_clock();
        let app = TestApp::start_with(clock.clone(), |_| {}).await;
        assert_eq!(redeems_after(&app, &clock, seconds).await, works, "{seconds}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_a_code_that_does_not_grow_old_still_works() {
    let clock = standing_clock();
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    Sabotage::CodesStayFresh.of(&app.store).await;
    assert!(redeems_after(&app, &clock, 601).await);
}

/// Somebody asks for a code, types wrong ones and then the right one. Returns whether that gave a session.
async fn redeems_after_wrong_ones(app: &TestApp, wrong: &[&str]) -> bool {
    asks(app, "anna@traeger.example").await;
    let code = app.mailed_code("anna@traeger.example").await;
    for wrong in wrong {
        assert_eq!(redeems(app, "anna@traeger.example", wrong).await.session(), None);
    }
    redeems(app, "anna@traeger.example", &code)
        .await
        .session()
        .is_some()
}

const WRONG: [&str; 5] = ["AAAA2222", "AAAA3333", "AAAA4444", "AAAA5555", "AAAA6666"];

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_dead_after_five_wrong_tries() {
    assert!(redeems_after_wrong_ones(&TestApp::start().await, &WRONG[..4]).await);
    assert!(!redeems_after_wrong_ones(&TestApp::start().await, &WRONG).await);
}

/// What the page says to somebody who comes from this page and sends this code.
async fn says(app: &TestApp, from: &str, code: &str) -> Answer {
    let form = format!("email=anna%40traeger.example&code={code}&next={from}");
    let answer = app.post(REDEEM, &form).await;
    app.get(answer.header("location").trim_start_matches(&app.origin))
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_codes_the_page_says_what_helps_and_that_helps() {
    const SENTENCE: &str = "Der Code wurde zu oft falsch eingegeben. Bitte warten Sie zehn Minuten und fordern Sie dann einen neuen Code an.";
    let clock = standing_clock();
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    asks(&app, "anna@traeger.example").await;
    for wrong in WRONG {
        let said = says(&app, "%2Fmodule%2FFSA-101", wrong).await.text();
        assert!(
            said.contains("Dieser Code stimmt nicht.") && !said.contains(SENTENCE),
            "{said}"
        );
    }
    // A new code at once does not help, and nobody is told so.
    clock.advance_seconds(1);
    asks(&app, "anna@traeger.example").await;
    let code = app.mailed_code("anna@traeger.example").await;
    let page = says(&app, "%2Fmodule%2FFSA-101", &code).await;
    assert!(page.text().contains(SENTENCE), "{}", page.text());
    // Whoever asks anew still gets to where they were going.
    let anew = "/konto/anmelden?weiter=%2Fmodule%2FFSA-101".to_owned();
    assert!(page.links().contains(&anew), "{:?}", page.links());
    let asks_anew = app.get(&anew).await.text();
    assert!(
        asks_anew.contains("name=\"next\" value=\"/module/FSA-101\""),
        "{asks_anew}"
    );

    clock.advance_seconds(600);
    assert!(redeems_after(&app, &clock, 0).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_a_code_whose_tries_are_not_counted_still_works() {
    let app = TestApp::start().await;
    Sabotage::TriesAreForgotten.of(&app.store).await;
    assert!(redeems_after_wrong_ones(&app, &WRONG).await);
}
