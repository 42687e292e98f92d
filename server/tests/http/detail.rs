//! The page of a Veranstaltung says everything that staff typed for all, and nothing that is for some.

use axum::http::StatusCode;
use domain::booking::{Mode, ModeRules};
use domain::signup::SignUpForm;
use domain::time::Instant;
use domain::workshop::WorkshopDraft;
use store::Ambient;
use store::audit::Actor;
use store_testing::{command, form, plan};

use crate::support::{TestApp, words};

/// Only who takes part by video is told.
const VIDEO: &str = "https://video.example/nur-fuer-teilnehmende";
/// Sections that are there only if something was typed for them.
const SECTIONS: [&str; 6] = [
    "Worum es geht",
    "Für wen",
    "Ablauf",
    "Anreise und Zugang",
    "Online teilnehmen",
    "Fragen",
];

/// What stands under a heading of the page, as HTML.
fn section<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
    let rest = page.split(&format!(">{heading}</h2>")).nth(1)?;
    rest.split("</section>").next()
}

/// One of the facts above the text, as HTML.
fn fact<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let rest = page.split(&format!(">{name}</dt>")).nth(1)?;
    rest.split("</dd>").next()
}

/// Every field is filled in. Four seats in the room, one of them kept back, and one by video.
fn whole(now: Instant) -> WorkshopDraft {
    let mut draft = plan(now, 30, 4);
    draft.description = "Wir tauschen uns aus.\n\nWir schreiben auf, was fehlt.".to_owned();
    draft.audience = "Fachkräfte der FSA und der MBE".to_owned();
    draft.agenda = "9:00 Ankommen\n10:30 Arbeit in Gruppen\n14:00 Ende".to_owned();
    draft.access_info = "Stufenlos, Aufzug vorhanden.\n\nStraßenbahn 4 bis Uferweg.".to_owned();
    draft.online_link = Some(VIDEO.to_owned());
    draft.online_info = "Browser und Headset genügen.".to_owned();
    draft.contact = "Geschäftsstelle, fragen@lafast.example".to_owned();
    draft.tags = vec!["Wohnen".to_owned(), "Kaution".to_owned()];
    draft.seats.on_site.reserved = 1;
    draft.seats.online = ModeRules {
        capacity: 1,
        reserved: 0,
    };
    draft
}

#[tokio::test(flavor = "multi_thread")]
async fn a_veranstaltung_says_on_its_page_everything_that_one_has_to_know() {
    let clock = Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap());
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let row = app.publishes(&whole(clock.now())).await;
    let path = format!("/veranstaltungen/{}", row.slug);
    for (name, mode) in [
        ("anna", Mode::OnSite),
        ("berta", Mode::Online),
        ("clara", Mode::Online),
        ("dora", Mode::Online),
    ] {
        let typed = SignUpForm {
            mode: mode.key().to_owned(),
            ..form(name, &format!("{name}@traeger.example"))
        };
        let sent = command(&app.store, row.id, typed.parse().unwrap());
        app.store.sign_up(sent).await.unwrap();
    }
    let page = app.get(&path).await.text().replace("<!>", "");
    for (name, said) in [
        ("Wann", "Mi, 9. Dezember 2026, 9–14 Uhr In den Kalender"),
        (
            "Wo",
            "Haus am Fluss, Uferweg 3, 01067 Dresden Für Fachkräfte aus: Dresden, Meißen",
        ),
        (
            "Plätze",
            "Vor Ort: noch 2 von 3 Plätzen frei Online: ausgebucht 2 Personen auf der Warteliste",
        ),
        ("Anmelden bis", "Di, 8. Dezember 2026, 9 Uhr"),
    ] {
        assert_eq!(
            fact(&page, name).map(words).as_deref(),
            Some(said),
            "{name}: {page}"
        );
    }
    // A badge of two lines is none.
    assert!(
        fact(&page, "Plätze")
            .unwrap()
            .contains("badge-warm\">ausgebucht</span>"),
        "{page}"
    );
    for (heading, said) in SECTIONS.into_iter().zip([
        "Wir tauschen uns aus. Wir schreiben auf, was fehlt.",
        "Fachkräfte der FSA und der MBE",
        "9:00 Ankommen 10:30 Arbeit in Gruppen 14:00 Ende",
        "Stufenlos, Aufzug vorhanden. Straßenbahn 4 bis Uferweg.",
        "Browser und Headset genügen.",
        "Geschäftsstelle, fragen@lafast.example",
    ]) {
        assert_eq!(
            section(&page, heading).map(words).as_deref(),
            Some(said),
            "{heading}: {page}"
        );
    }
    // Each point and each paragraph in a line of its own.
    for (heading, lines) in [("Ablauf", 3), ("Anreise und Zugang", 2)] {
        let html = section(&page, heading).unwrap();
        assert_eq!(html.matches("<p class=\"line\">").count(), lines, "{html}");
    }
    let asks = section(&page, "Fragen").unwrap();
    assert!(asks.contains("href=\"mailto:fragen@lafast.example\""), "{asks}");
    assert!(words(&page).contains("Themen: Wohnen, Kaution"), "{page}");
    assert!(!page.contains(VIDEO), "nobody has a place yet");
    let foot = page.split("<footer").nth(1).unwrap();
    assert!(
        foot.contains("Flüchtlingssozialarbeit/\u{200b}Migrationssozialarbeit"),
        "a narrow line ends there: {foot}"
    );

    let when = fact(&page, "Wann").unwrap();
    assert!(when.contains(&format!("href=\"{path}.ics\"")), "{when}");
    let file = app.get(&format!("{path}.ics")).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.header("content-type").starts_with("text/calendar"));
    assert!(file.text().contains("SUMMARY:Wohnen nach der Anerkennung"));
    assert!(!file.text().contains(VIDEO));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_was_typed_there_is_no_heading_without_words() {
    let clock = Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap());
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let mut draft = plan(clock.now(), 30, 4);
    for text in [
        &mut draft.description,
        &mut draft.audience,
        &mut draft.agenda,
        &mut draft.access_info,
        &mut draft.online_info,
        &mut draft.contact,
    ] {
        text.clear();
    }
    let row = app.publishes(&draft).await;
    let page = app.get(&format!("/veranstaltungen/{}", row.slug)).await.text();
    let there = |heading: &&str| section(&page.replace("<!>", ""), heading).is_some();
    assert_eq!(
        SECTIONS
            .iter()
            .copied()
            .filter(|heading| there(heading))
            .collect::<Vec<_>>(),
        Vec::<&str>::new(),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_can_sign_up_a_way_leads_on_and_seats_are_counted_only_before_the_end() {
    let clock = Ambient::manual(Instant::from_input("2026-11-09T09:00").unwrap());
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let mut draft = plan(clock.now(), 30, 4);
    draft.seats.opens_at = clock.now().plus_hours(24);
    let row = app.publishes(&draft).await;
    let path = format!("/veranstaltungen/{}", row.slug);
    // Whether the way to the others is one beside another, and whether the seats are told.
    let reads = async || {
        let page = app.get(&path).await.text().replace("<!>", "");
        let before = page.split(">Andere Veranstaltungen<").next().unwrap();
        let tag = before.rsplit("<a").next().unwrap();
        assert!(before.len() < page.len() && tag.contains("button"), "{page}");
        (tag.contains("button-quiet"), fact(&page, "Plätze").is_some())
    };
    assert_eq!(reads().await, (false, true), "not open yet");
    clock.set(draft.seats.closes_at);
    assert_eq!(
        reads().await,
        (true, true),
        "closed: the office can be asked first"
    );
    clock.set(draft.ends_at);
    assert_eq!(reads().await, (false, false), "over");

    let other = app.publishes(&plan(clock.now(), 30, 4)).await;
    let cancelled = app.store.cancel_workshop(Actor::System, other.id, "Krankheit");
    cancelled.await.unwrap();
    let page = app.get(&format!("/veranstaltungen/{}", other.slug)).await.text();
    assert!(
        page.contains("Krankheit") && fact(&page, "Plätze").is_none(),
        "{page}"
    );
}
