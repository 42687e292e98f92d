//! Places of each state, as people come to them, for pages that show one.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, header};
use domain::booking::{ModeRules, PlaceState};
use domain::ids::WorkshopId;
use domain::time::Instant;
use store::Ambient;
use store::audit::Actor;
use store::workshops::WorkshopFilter;
use store_testing::{command, form, plan};

use crate::support::{TestApp, request};

const DAY: i64 = 24 * 3_600;
/// So near that a seat that is given up is offered, and not given at once.
const DAYS_BEFORE: i64 = 10;
/// Longer than a hold and an offer last.
const DAYS_THAT_PASS: i64 = 5;

/// A Veranstaltung like those of the demo, with one seat in the room.
async fn of_one_seat(app: &TestApp, title: &str) -> WorkshopId {
    let now = app.store.ambient().now();
    let like = WorkshopFilter {
        from: Some(now),
        limit: 1,
        ..Default::default()
    };
    let mut draft = app.store.workshops(&like).await.unwrap().remove(0).row.draft;
    title.clone_into(&mut draft.title);
    draft.starts_at = now.plus_seconds(DAYS_BEFORE * DAY);
    draft.ends_at = draft.starts_at.plus_hours(4);
    draft.sessions = Vec::new();
    "Stadtteilhaus".clone_into(&mut draft.venue.name);
    "Dresden".clone_into(&mut draft.venue.town);
    draft.seats.on_site = ModeRules {
        capacity: 1,
        reserved: 0,
    };
    draft.seats.online = ModeRules::default();
    draft.seats.per_organisation_max = None;
    draft.seats.per_organisation_until = None;
    draft.seats.opens_at = now.plus_seconds(-DAY);
    draft.seats.closes_at = draft.starts_at.plus_seconds(-DAY);
    draft.seats.starts_at = draft.starts_at;
    let row = app.publishes(&draft).await;
    row.id
}

/// Somebody signs up. Returns the personal link's token from the mail.
async fn asks(app: &TestApp, workshop: WorkshopId, name: &str) -> String {
    let email = format!("{name}@ort.example");
    let request = form(&format!("Person {name}"), &email).parse().unwrap();
    let sent = command(&app.store, workshop, request);
    app.store.sign_up(sent).await.unwrap();
    let mails = app.store.mails(100).await.unwrap();
    let mail = mails.iter().find(|mail| mail.recipient == email).unwrap();
    mail.payload["place"]["token"].as_str().unwrap().to_owned()
}

/// Somebody signs up and confirms.
async fn comes(app: &TestApp, workshop: WorkshopId, name: &str) -> String {
    let token = asks(app, workshop, name).await;
    app.store.confirm(&token).await.unwrap();
    token
}

/// The page of a place of each state. Time passes.
pub async fn places_of_each_state(app: &TestApp, clock: &Ambient) -> Vec<String> {
    let one = of_one_seat(app, "Eine Werkstatt mit einem Platz").await;
    let other = of_one_seat(app, "Noch eine Werkstatt mit einem Platz").await;
    let cancelled = comes(app, one, "abgesagt").await;
    let missed = comes(app, one, "verpasst").await;
    app.store.cancel(&cancelled).await.unwrap();
    let expired = asks(app, other, "abgelaufen").await;
    clock.advance_seconds(DAYS_THAT_PASS * DAY);
    app.store.settle_due().await.unwrap();

    let gives_up = comes(app, one, "gibt-ab").await;
    let offered = comes(app, one, "angeboten").await;
    app.store.cancel(&gives_up).await.unwrap();
    let confirmed = comes(app, other, "bestaetigt").await;
    let declined = comes(app, other, "abgelehnt").await;
    app.store.decline(&declined).await.unwrap();
    let waiting = comes(app, other, "wartet").await;
    let held = asks(app, of_one_seat(app, "Die dritte Werkstatt").await, "gehalten").await;

    let tokens = [
        cancelled, missed, expired, offered, confirmed, declined, waiting, held,
    ];
    let mut states = BTreeSet::new();
    for token in &tokens {
        states.insert(app.store.place_by_token(token).await.unwrap().state.key());
    }
    assert_eq!(states, PlaceState::ALL.map(PlaceState::key).into());
    tokens.map(|token| format!("/anmeldung/{token}")).into()
}

/// What the page of somebody says who did not answer an offer in time: before the deadline and after it.
async fn says_of_an_offer(sign_up_ends_with_it: bool) -> (String, String) {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let draft = plan(clock.now(), DAYS_BEFORE, 1);
    let row = app.publishes(&draft).await;
    let gives_up = comes(&app, row.id, "gibt-ab").await;
    let offered = comes(&app, row.id, "gefragt").await;
    app.store.cancel(&gives_up).await.unwrap();
    let until = app.store.place_by_token(&offered).await.unwrap().until.unwrap();
    if sign_up_ends_with_it {
        let row = app.store.workshop(row.id).await.unwrap().row;
        let mut draft = row.draft.clone();
        draft.seats.closes_at = until;
        app.store
            .edit_workshop(Actor::System, row.id, row.seen(), &draft, false)
            .await
            .unwrap();
    }
    let page = format!("/anmeldung/{offered}");
    let before = app.get(&page).await.text();
    clock.set(until);
    app.store.settle_due().await.unwrap();
    (before, app.get(&page).await.text())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_the_limit_reads_that_and_not_that_the_other_mode_is_full() {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let mut draft = plan(clock.now(), DAYS_BEFORE, 5);
    draft.seats.online.capacity = 5;
    draft.seats.per_organisation_max = Some(1);
    let row = app.publishes(&draft).await;
    comes(&app, row.id, "sitzt").await;
    let waits = comes(&app, row.id, "wartet").await;
    let answer = app
        .post("/api/place-mode", &format!("token={waits}&mode=online"))
        .await;
    let page = app.get(answer.header("location")).await.text();
    let sentence = "Ihr Träger hat schon alle Plätze, die er vorerst haben kann. Sie behalten Ihre Stelle auf der Warteliste.";
    assert!(page.contains(sentence), "{page}");
    assert!(!page.contains("kein Platz frei"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_says_to_everybody_what_signing_up_means_for_them() {
    let app = TestApp::start().await;
    let row = app.publishes(&plan(app.store.ambient().now(), 30, 2)).await;
    let path = format!("/veranstaltungen/{}", row.slug);
    let own = comes(&app, row.id, "anna").await;
    let [anna, berta] = [
        app.signs_in("anna@ort.example").await,
        app.signs_in("berta@ort.example").await,
    ];
    let reads = async |session: &str| {
        let asks = request(Method::GET, &path).header(header::COOKIE, format!("lafast={session}"));
        app.send(asks, Body::empty()).await.text()
    };
    let page = app.get(&path).await.text();
    assert!(
        page.contains("Sie brauchen kein Konto. Wir halten Ihren Platz"),
        "{page}"
    );
    assert!(page.contains("Verbindlich anmelden") && page.contains("href=\"#anmelden\""));
    let page = reads(&berta).await;
    assert!(page.contains("Mit der E-Mail-Adresse Ihres Kontos ist Ihr Platz sofort bestätigt."));
    assert!(!page.contains("Sie brauchen kein Konto") && !page.contains("Sie sind schon angemeldet."));
    let page = reads(&anna).await;
    assert!(page.contains("Sie sind schon angemeldet.") && page.contains("Jemand anderen anmelden"));
    assert!(page.contains(&format!("href=\"/anmeldung/{own}\"")) && !page.contains("href=\"#anmelden\""));
    // The form speaks of the other person, and asks first who fills it in.
    for words in [
        "Name der Person",
        "Dorthin schicken wir",
        "Wie nimmt die Person teil?",
        "Was braucht die Person, um gut teilnehmen zu können?",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Was brauchen Sie"), "{page}");
    assert!(!page.contains("Ich melde jemand anderen an"), "{page}");
    let field = |name: &str| page.find(&format!("id=\"{name}\"")).unwrap();
    assert!(field("signed_up_by_name") < field("name"), "{page}");

    // So does what is wrong with it.
    let asked = async |session: &str, more: &str| {
        let form = format!("slug={}&key=&name={more}", row.slug);
        let sent = app.post_as("/api/sign-up", &form, session).await;
        let back = sent.header("location").split('#').next().unwrap().to_owned();
        app.get_as(&back, session).await.text()
    };
    let [own, others] = [
        "Bitte geben Sie Ihre E-Mail-Adresse ein.",
        "Bitte geben Sie die E-Mail-Adresse der Person ein.",
    ];
    for (session, more, said, not_said) in [
        (&berta, "", own, others),
        (&berta, "&signed_up_by_name=Berta", others, own),
        (&anna, "", others, own),
    ] {
        let page = asked(session, more).await;
        assert!(page.contains(said) && !page.contains(not_said), "{more}: {page}");
    }

    comes(&app, row.id, "clara").await;
    let page = app.get(&path).await.text();
    assert!(
        page.contains("Auf die Warteliste") && !page.contains("Verbindlich anmelden"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn in_leichter_sprache_the_buttons_are_named_as_they_are() {
    let app = TestApp::start().await;
    let row = app.publishes(&plan(app.store.ambient().now(), 30, 2)).await;
    let token = comes(&app, row.id, "anna").await;
    for path in [format!("/anmeldung/{token}"), "/leichte-sprache".to_owned()] {
        let page = app.get(&path).await.text();
        for button in ["Ich kann nicht kommen", "Platz absagen"] {
            assert!(page.contains(button), "{button} on {path}: {page}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_signed_up_reads_for_what_until_when_and_what_to_do_now() {
    let app = TestApp::start().await;
    let row = app.publishes(&plan(app.store.ambient().now(), 30, 2)).await;
    let form = format!(
        "slug={}&key={}&name=Anna&email=anna%40ort.example&organisation=Haus&district=dresden&mode=on_site",
        row.slug,
        app.store.ambient().uuid()
    );
    let sent = app.post("/api/sign-up", &form).await;
    let page = app.get(sent.header("location")).await.text();
    let title = format!("class=\"lead\">{}<", row.draft.title);
    for part in [
        title.as_str(),
        "für Sie gehalten",
        "wählen Sie „Jetzt bestätigen“",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_too_late_finds_whom_to_ask_and_what_else_there_is() {
    let app = TestApp::start().await;
    let now = app.store.ambient().now();
    let mut draft = plan(now, 30, 2);
    draft.seats.closes_at = now.plus_hours(-1);
    let closed = app.publishes(&draft).await;
    let page = app.get(&format!("/veranstaltungen/{}", closed.slug)).await.text();
    assert!(
        page.contains("href=\"/impressum\" rel=\"external\"")
            || page.contains("rel=\"external\" href=\"/impressum\""),
        "{page}"
    );
    assert!(page.contains("Andere Veranstaltungen"));
    "Büro: buero@haus.example".clone_into(&mut draft.contact);
    let closed = app.publishes(&draft).await;
    let page = app.get(&format!("/veranstaltungen/{}", closed.slug)).await.text();
    assert_eq!(
        page.matches("href=\"mailto:buero@haus.example\"").count(),
        2,
        "above, and where the contact stands: {page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_offer_promises_nothing_that_is_over() {
    let (before, after) = says_of_an_offer(false).await;
    assert!(before.contains("Ohne Antwort geht er an die nächste Person."));
    assert!(after.contains("Der Platz ging an die nächste Person. Sie können sich neu anmelden."));
    let (before, after) = says_of_an_offer(true).await;
    assert!(before.contains("Ohne Antwort verfällt das Angebot, und Ihr Eintrag auf der Warteliste endet."));
    assert!(after.contains("Die Anmeldung ist geschlossen."));
    for page in [before, after] {
        assert!(!page.contains("nächste Person") && !page.contains("neu anmelden"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_declined_behind_a_question_that_says_what_follows() {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let row = app.publishes(&plan(clock.now(), DAYS_BEFORE, 1)).await;
    let gives_up = comes(&app, row.id, "gibt-ab").await;
    let offered = comes(&app, row.id, "gefragt").await;
    app.store.cancel(&gives_up).await.unwrap();
    let page = app.get(&format!("/anmeldung/{offered}")).await.text();
    assert!(page.contains("Platz annehmen"), "{page}");
    let question = page.split("id=\"ablehnen\"").nth(1).unwrap();
    let question = question.split("</dialog>").next().unwrap();
    let follows = "Das lässt sich nicht rückgängig machen, und Ihr Eintrag auf der Warteliste endet.";
    assert!(question.contains(follows), "{question}");
    let apart = "action=\"/api/place-accept\" class=\"form no-print\"";
    assert!(page.contains(apart), "the two buttons do not touch: {page}");
    // There is no other way to decline.
    let declines = "action=\"/api/place-decline\"";
    assert!(
        question.contains(declines) && page.matches(declines).count() == 1,
        "{page}"
    );
    // Who has the place, or none any more, is not asked that.
    app.store.accept(&offered).await.unwrap();
    let page = app.get(&format!("/anmeldung/{offered}")).await.text();
    assert!(!page.contains("id=\"ablehnen\""), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_reads_what_that_changes_and_no_promise_that_nobody_keeps() {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let draft = plan(clock.now(), DAYS_BEFORE, 1);
    let row = app.publishes(&draft).await;
    let sits = comes(&app, row.id, "sitzt").await;
    let tired = comes(&app, row.id, "hat-genug").await;
    comes(&app, row.id, "wartet").await;
    let leaves = async |verb: &str, token: &str| {
        let answer = app
            .post(&format!("/api/place-{verb}"), &format!("token={token}"))
            .await;
        app.get(answer.header("location")).await.text()
    };
    let page = leaves("decline", &tired).await;
    assert!(
        page.contains("Danke für die Nachricht. Sie stehen nicht mehr auf der Warteliste."),
        "{page}"
    );
    // On the day before nobody moves up by itself: neither the page nor the answer says so.
    clock.set(draft.starts_at.plus_hours(-20));
    let link = format!("/anmeldung/{sits}");
    assert!(
        app.get(&link)
            .await
            .text()
            .contains("Dann kann die Geschäftsstelle den Platz weitergeben.")
    );
    let page = leaves("cancel", &sits).await;
    assert!(
        page.contains("Danke, so kann die Geschäftsstelle ihn weitergeben."),
        "{page}"
    );
    assert!(!page.contains("nachrück"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn once_it_has_begun_the_contact_is_named_and_no_button() {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let draft = plan(clock.now(), DAYS_BEFORE, 1);
    let row = app.publishes(&draft).await;
    let token = comes(&app, row.id, "sitzt").await;
    clock.set(draft.starts_at);
    let page = app.get(&format!("/anmeldung/{token}")).await.text();
    assert!(
        page.contains(&format!("sagen Sie bitte Bescheid: {}", draft.contact)),
        "{page}"
    );
    assert!(
        !page.contains("sagen Sie bitte ab") && !page.contains("Ich kann nicht kommen"),
        "{page}"
    );
}
