//! Whoever types an address does not learn whether it is known (S4): not from status, body and headers, and not from the median
//! time either.

use std::pin::pin;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use domain::account::Role;
use domain::booking::Mode;
use domain::contact::EmailAddress;
use domain::ids::IdempotencyKey;
use domain::mail::Occasion;
use domain::signup::SignUpForm;
use store::audit::Actor;
use store::outbox::OutboxRow;
use store::signups::SignUpCommand;
use store::{Ambient, Store};
use store_testing::{Sabotage, plan};

use crate::support::{Answer, TestApp};

/// Pairs of a known and an unknown address; which of them comes first changes.
const PAIRS: usize = 60;
/// As [`PAIRS`], where a difference is there that nobody could overlook.
const SABOTAGED_PAIRS: usize = 15;
/// Into so many parts the pairs are divided. What else the machine does comes and goes; what the platform does differently is in
/// each of them.
const PARTS: usize = 3;
/// How much longer the one median may be than the other. A sign-up that is new takes 1.4 times as long as one that is there already:
/// less than a millisecond.
const RATIO_MAX: f64 = 1.6;
/// As [`RATIO_MAX`], for codes: the same is done for everybody.
const CODES_RATIO_MAX: f64 = 1.5;
/// A mail that was asked for is in the outbox by then, on a machine that does other things, too.
const COMES_WITHIN: Duration = Duration::from_secs(30);

/// A Veranstaltung with a seat for everybody who comes here.
async fn open_workshop(app: &TestApp) -> String {
    let mut draft = plan(app.store.ambient().now(), 30, 1);
    draft.seats.on_site.capacity = u32::try_from(3 * PAIRS).unwrap();
    let row = app.publishes(&draft).await;
    row.slug
}

async fn signs_up(app: &TestApp, slug: &str, organisation: &str, email: &str) -> Answer {
    let key = IdempotencyKey(app.store.ambient().uuid());
    let form = format!(
        "slug={slug}&key={key}&name=Anna&email={email}&organisation={organisation}&district=dresden&mode=on_site"
    );
    let answer = app.post("/api/sign-up", &form).await;
    let page = answer.header("location").to_owned();
    assert!(page.contains("/angemeldet?"), "{}", app.get(&page).await.text());
    answer
}

/// What the page says to which an answer to this name leads: its notice, or all of it. The name is left out; so is until when
/// something holds, which changes with the minute.
async fn said(app: &TestApp, answer: &Answer, name: &str) -> String {
    let page = app.get(answer.header("location")).await.text();
    let Some((_, notice)) = page.split_once("class=\"notice notice-success\"") else {
        let (_, main) = page.split_once("<main").unwrap();
        return main.split_once("</main>").unwrap().0.replace(name, "…");
    };
    let notice = notice.split("</div>").next().unwrap();
    match notice.split_once(" bis ") {
        Some((before, after)) => format!("{before} bis … {}", after.split_once("Uhr").unwrap().1),
        None => notice.to_owned(),
    }
}

/// What can be seen of an answer. The ids of kept replies are random and of one length.
fn seen(answer: &Answer) -> String {
    let names = answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    let place = answer
        .header("location")
        .split("antwort=")
        .next()
        .unwrap_or_default()
        .to_owned();
    format!("{} {place} {} {names:?}", answer.status, answer.body.len())
}

/// Asks with known and unknown addresses in turn. Returns the greater median divided by the smaller one, of that of the [`PARTS`]
/// in which they differ least.
async fn ratio(app: &TestApp, pairs: usize, ask: impl AsyncFn(String) -> Answer) -> f64 {
    let mut times = [Vec::new(), Vec::new()];
    let mut first = None;
    for number in 0..pairs {
        for turn in [number % 2, 1 - number % 2] {
            let name = format!("{}-{number:02}", ["bekannt", "fremdes"][turn]);
            let started = Instant::now();
            let answer = ask(format!("{name}%40traeger.example")).await;
            times[turn].push(started.elapsed());
            let seen = format!("{} {}", seen(&answer), said(app, &answer, &name).await);
            assert_eq!(first.get_or_insert_with(|| seen.clone()), &seen, "{name}");
        }
    }
    let [known, unknown] = times.each_ref().map(|times| times.chunks(pairs / PARTS));
    let ratios = known.zip(unknown).map(|(known, unknown)| {
        let ratio = median(known).as_secs_f64() / median(unknown).as_secs_f64();
        ratio.max(ratio.recip())
    });
    ratios.reduce(f64::min).unwrap()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort();
    times[times.len() / 2]
}

/// The platform with people who have a place.
async fn with_people(pairs: usize) -> (TestApp, String) {
    let app = TestApp::start_filled_alone().await;
    let slug = open_workshop(&app).await;
    for number in 0..pairs {
        signs_up(
            &app,
            &slug,
            "Haus",
            &format!("bekannt-{number:02}%40traeger.example"),
        )
        .await;
    }
    (app, slug)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_up_does_not_tell_who_has_a_place_already() {
    let (app, slug) = with_people(PAIRS).await;
    let ratio = ratio(&app, PAIRS, async |email| {
        signs_up(&app, &slug, "Haus", &email).await
    })
    .await;
    assert!(ratio < RATIO_MAX, "{ratio}");
}

/// A Veranstaltung with one seat for each Träger, in which people wait whom that holds back: there are as many as seats are open, and
/// whoever comes from another Träger passes them. With people who have a place.
async fn with_people_held_back(pairs: usize) -> (TestApp, String) {
    let app = TestApp::start_filled_alone().await;
    let store = &app.store;
    let seats = 2 * pairs + 2;
    let mut draft = plan(store.ambient().now(), 30, u32::try_from(seats).unwrap());
    draft.seats.per_organisation_max = Some(1);
    let row = app.publishes(&draft).await;
    let held_back = (0..seats - pairs).map(|number| (format!("haus-{number}"), "Haus".to_owned()));
    let known = (0..pairs).map(|number| (format!("bekannt-{number:02}"), format!("Träger {number}")));
    for (name, organisation) in held_back.chain(known) {
        let form = SignUpForm {
            email: format!("{name}@traeger.example"),
            name,
            organisation,
            district: "dresden".to_owned(),
            mode: Mode::OnSite.key().to_owned(),
            ..SignUpForm::default()
        };
        let command = SignUpCommand {
            workshop: row.id,
            request: form.parse().unwrap(),
            key: IdempotencyKey(store.ambient().uuid()),
            viewer: None,
        };
        store.sign_up(command).await.unwrap();
    }
    let card = store.workshop(row.id).await.unwrap();
    let (rules, tally) = (card.row.rules(), card.tally);
    assert_eq!(tally.on_site.waiting, tally.open_seats(&rules, Mode::OnSite));
    (app, row.slug)
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_limit_for_each_organisation_a_sign_up_does_not_tell_either() {
    let (app, slug) = with_people_held_back(PAIRS).await;
    let ask = async |email: String| {
        // Each of them from a Träger that has no seat yet.
        let organisation = email.split('%').next().unwrap();
        signs_up(&app, &slug, organisation, &email).await
    };
    let ratio = ratio(&app, PAIRS, ask).await;
    assert!(ratio < RATIO_MAX, "{ratio}");
}

/// The platform with people who have an account.
async fn with_accounts(pairs: usize) -> TestApp {
    let app = TestApp::start_filled_alone().await;
    for number in 0..pairs {
        let email = EmailAddress::parse(&format!("bekannt-{number:02}@traeger.example")).unwrap();
        app.store
            .admin_add(Actor::System, &email, Role::Staff, None)
            .await
            .unwrap();
    }
    app
}

async fn wants_code(app: &TestApp, email: &str) -> Answer {
    let answer = app
        .post("/api/account-request-code", &format!("email={email}&next="))
        .await;
    assert_eq!(answer.status, StatusCode::FOUND, "{email}");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_a_code_does_not_tell_who_has_an_account() {
    let app = with_accounts(PAIRS).await;
    let ratio = ratio(&app, PAIRS, async |email| wants_code(&app, &email).await).await;
    assert!(ratio < CODES_RATIO_MAX, "{ratio}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_codes_that_take_longer_to_ask_for_are_noticed() {
    let app = with_accounts(SABOTAGED_PAIRS).await;
    Sabotage::KnownAccountsTakeLonger.of(&app.store).await;
    let ratio = ratio(&app, SABOTAGED_PAIRS, async |email| {
        wants_code(&app, &email).await
    })
    .await;
    assert!(ratio > CODES_RATIO_MAX, "{ratio}");
}

async fn wants_links(app: &TestApp, email: &str) -> Answer {
    let answer = app.post("/api/link-again", &format!("email={email}")).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{email}");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_the_link_again_does_not_tell_who_has_a_place() {
    let (app, _) = with_people(PAIRS).await;
    let ratio = ratio(&app, PAIRS, async |email| wants_links(&app, &email).await).await;
    assert!(ratio < RATIO_MAX, "{ratio}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_links_that_take_longer_to_ask_for_are_noticed() {
    let (app, _) = with_people(SABOTAGED_PAIRS).await;
    Sabotage::KnownLinksTakeLonger.of(&app.store).await;
    let ratio = ratio(&app, SABOTAGED_PAIRS, async |email| {
        wants_links(&app, &email).await
    })
    .await;
    assert!(ratio > RATIO_MAX, "{ratio}");
}

#[tokio::test(flavor = "multi_thread")]
async fn how_often_links_can_be_asked_for_is_the_same_for_both() {
    let (app, _) = with_people(1).await;
    let mut answers = [Vec::new(), Vec::new()];
    for _ in 0..12 {
        for (name, answers) in ["bekannt-00", "fremdes-00"].iter().zip(&mut answers) {
            let form = format!("email={name}%40traeger.example");
            answers.push(app.post("/api/link-again", &form).await.status);
        }
    }
    let [known, unknown] = answers;
    assert_eq!(known, unknown);
    assert_eq!(known[9..11], [StatusCode::FOUND, StatusCode::TOO_MANY_REQUESTS]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_that_was_asked_for_comes() {
    comes(true).await;
}

/// Staff reads the mail then, and passes the link on.
#[tokio::test(flavor = "multi_thread")]
async fn the_link_that_was_asked_for_comes_where_no_mails_are_sent() {
    comes(false).await;
}

/// Waits for a mail with a link.
async fn link_again(store: &Store) -> OutboxRow {
    loop {
        // Who waits from before the look misses nothing that comes between the two.
        let mut enqueued = pin!(store.mail_was_enqueued());
        let has_come = futures::poll!(enqueued.as_mut()).is_ready();
        let mails = store.mails(10).await.unwrap();
        if let Some(mail) = mails
            .into_iter()
            .find(|mail| mail.occasion == Occasion::LinkAgain)
        {
            return mail;
        }
        if !has_come {
            enqueued.await;
        }
    }
}

/// The mail itself is made shortly after; the address without a place gets none.
async fn comes(demo: bool) {
    let app = TestApp::start_filled_with(Ambient::system(), |config| config.demo = demo).await;
    let slug = open_workshop(&app).await;
    signs_up(&app, &slug, "Haus", "bekannt%40traeger.example").await;
    for name in ["fremdes", "bekannt"] {
        wants_links(&app, &format!("{name}%40traeger.example")).await;
    }
    let Ok(mail) = tokio::time::timeout(COMES_WITHIN, link_again(&app.store)).await else {
        panic!("no mail came");
    };
    assert_eq!(mail.recipient, "bekannt@traeger.example");
    let mails = app.store.mails(1_000).await.unwrap();
    assert!(
        mails
            .iter()
            .all(|mail| mail.recipient != "fremdes@traeger.example")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_an_answer_that_takes_longer_is_noticed() {
    let (app, slug) = with_people(SABOTAGED_PAIRS).await;
    Sabotage::KnownAddressesTakeLonger.of(&app.store).await;
    let ratio = ratio(&app, SABOTAGED_PAIRS, async |email| {
        signs_up(&app, &slug, "Haus", &email).await
    })
    .await;
    assert!(ratio > RATIO_MAX, "{ratio}");
}
