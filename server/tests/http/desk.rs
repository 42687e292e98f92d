//! What the office sees and does at its desk.

use axum::http::StatusCode;
use domain::account::Role;
use domain::booking::{Mode, PlaceState};
use domain::contact::EmailAddress;
use domain::ids::WorkshopId;
use domain::time::Instant;
use domain::workshop::WorkshopDraft;
use store::audit::Actor;
use store::signups::SignUpFilter;
use store::{Ambient, StoreError};
use store_testing::{command, form, plan};

use crate::support::TestApp;

const EMAIL: &str = "buero@lafast.example";

/// The office at its desk, on a platform without the demo. The clock stands still until it is moved.
struct Desk {
    app: TestApp,
    clock: Ambient,
}

impl Desk {
    async fn open() -> Self {
        let clock = Ambient::manual(Instant(1_800_000_000_000_000));
        let app = TestApp::start_with(clock.clone(), |_| {}).await;
        let email = EmailAddress::parse(EMAIL).unwrap();
        app.store
            .admin_add(Actor::System, &email, Role::Staff, None)
            .await
            .unwrap();
        Self { app, clock }
    }

    async fn publishes(&self, draft: &WorkshopDraft) -> WorkshopId {
        let row = self
            .app
            .store
            .create_workshop(Actor::System, draft)
            .await
            .unwrap();
        self.app
            .store
            .publish_workshop(Actor::System, row.id)
            .await
            .unwrap();
        row.id
    }

    /// Somebody signs up and confirms. Returns the token of the personal link.
    async fn comes(&self, workshop: WorkshopId, name: &str) -> String {
        let email = format!("{name}@ort.example");
        let asked = form(name, &email).parse().unwrap();
        let sent = command(&self.app.store, workshop, asked);
        self.app.store.sign_up(sent).await.unwrap();
        let mails = self.app.store.mails(100).await.unwrap();
        let mail = mails.iter().find(|mail| mail.recipient == email).unwrap();
        let token = mail.payload["place"]["token"].as_str().unwrap().to_owned();
        self.app.store.confirm(&token).await.unwrap();
        token
    }

    /// Reads a page as somebody who has just signed in.
    async fn reads(&self, path: &str, session: &str) -> String {
        self.app.get_as(path, session).await.text()
    }

    /// Sends a form as a browser without WebAssembly, and reads where that leads.
    async fn sends(&self, path: &str, form: &str, session: &str) -> String {
        let answer = self.app.post_as(path, form, session).await;
        self.reads(answer.header("location"), session).await
    }
}

/// The tag before these words, as it was opened.
fn tag_before<'a>(page: &'a str, tag: &str, words: &str) -> &'a str {
    let before = page.split(words).next().unwrap();
    let begins = before.rfind(&format!("<{tag}")).unwrap();
    before[begins..].split('>').next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_only_the_office_can_give_is_seen_on_its_first_page() {
    let desk = Desk::open().await;
    let draft = plan(desk.clock.now(), 10, 1);
    let id = desk.publishes(&draft).await;
    let sits = desk.comes(id, "sitzt").await;
    desk.comes(id, "wartet").await;
    // The last day: nobody moves up by itself.
    desk.clock.set(draft.starts_at.plus_hours(-20));
    let session = desk.app.signs_in(EMAIL).await;
    let badge = "Platz frei, 1\u{a0}wartet";
    assert!(
        !desk.reads("/verwaltung", &session).await.contains(badge),
        "every seat is taken"
    );
    desk.app.store.cancel(&sits).await.unwrap();
    let page = desk.reads("/verwaltung", &session).await;
    assert!(page.contains(badge), "{page}");
    let list = format!("/verwaltung/veranstaltungen/{id}?stand=waiting");
    assert!(page.contains(&format!("href=\"{list}\"")), "{page}");
    assert!(desk.reads(&list, &session).await.contains("wartet@ort.example"));
    // The office gives it, and nothing is left to do.
    let all = desk
        .app
        .store
        .sign_ups(id, &SignUpFilter::default())
        .await
        .unwrap();
    let waiting = all.iter().find(|row| row.email == "wartet@ort.example").unwrap();
    desk.app
        .store
        .move_up(Actor::System, waiting.id, "telefoniert")
        .await
        .unwrap();
    assert!(!desk.reads("/verwaltung", &session).await.contains(badge));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_thrown_away_after_a_question_and_what_was_published_is_not() {
    let desk = Desk::open().await;
    let session = desk.app.signs_in(EMAIL).await;
    let draft = plan(desk.clock.now(), 30, 1);
    let row = desk
        .app
        .store
        .create_workshop(Actor::System, &draft)
        .await
        .unwrap();
    let published = desk.publishes(&draft).await;
    let page = async |id: WorkshopId| {
        desk.reads(&format!("/verwaltung/veranstaltungen/{id}"), &session)
            .await
    };
    assert!(page(row.id).await.contains("Den Entwurf wirklich löschen?"));
    assert!(!page(published).await.contains("Entwurf löschen"));

    let kept = desk
        .sends("/api/staff-discard", &format!("id={published}"), &session)
        .await;
    assert!(
        kept.contains("Sie können sie absagen, aber nicht löschen."),
        "{kept}"
    );
    let kept = desk
        .sends(
            "/api/staff-cancel",
            &format!("id={}&reason=Doch+nicht", row.id),
            &session,
        )
        .await;
    assert!(kept.contains("Das ist noch ein Entwurf"), "{kept}");
    let public = desk.app.get(&format!("/veranstaltungen/{}", row.slug)).await;
    assert_eq!(public.status, StatusCode::NOT_FOUND);

    let left = desk
        .sends("/api/staff-discard", &format!("id={}", row.id), &session)
        .await;
    assert!(left.contains("Der Entwurf ist gelöscht."), "{left}");
    assert!(!left.contains(&row.id.to_string()), "{left}");
    let gone = desk.app.store.workshop(row.id).await;
    assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_all_seats_of_a_mode_away_reads_how_many_are_there_and_can_move_them() {
    let desk = Desk::open().await;
    let draft = plan(desk.clock.now(), 30, 2);
    let id = desk.publishes(&draft).await;
    let tokens = [desk.comes(id, "eins").await, desk.comes(id, "zwei").await];
    let session = desk.app.signs_in(EMAIL).await;
    let saves = async |more: &str| {
        let row = desk.app.store.workshop(id).await.unwrap().row;
        let times = format!(
            "starts_at={}&ends_at={}&opens_at={}&closes_at={}",
            draft.starts_at.to_input(),
            draft.ends_at.to_input(),
            draft.seats.opens_at.to_input(),
            draft.seats.closes_at.to_input()
        );
        let form = format!(
            "id={id}&version={}&kind=regional&title=Wohnen&summary=Kurz&districts=dresden&capacity_on_site=0&{times}&{more}",
            row.seen()
        );
        desk.sends("/api/staff-save", &form, &session).await
    };
    let page = saves("capacity_online=5").await;
    let sentence = "2\u{a0}Personen haben hier (vor Ort) einen Platz oder eine Stelle auf der Warteliste";
    assert!(
        page.contains(sentence) && page.contains("id=\"capacity_on_site-error\""),
        "{page}"
    );
    let page = saves("capacity_online=1&move_people=yes").await;
    let sentence = "braucht es mindestens 2\u{a0}Plätze online.";
    assert!(
        page.contains(sentence) && page.contains("id=\"capacity_online-error\""),
        "{page}"
    );
    let page = saves("capacity_online=5&move_people=yes").await;
    assert!(page.contains("Die Änderungen sind gespeichert."), "{page}");
    assert!(page.contains("online: 2 von 5 belegt"), "{page}");
    for token in tokens {
        let place = desk.app.store.place_by_token(&token).await.unwrap();
        assert_eq!((place.mode, place.state), (Mode::Online, PlaceState::Confirmed));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_a_mode_without_seats_is_still_counted() {
    let desk = Desk::open().await;
    let id = desk.publishes(&plan(desk.clock.now(), 2, 1)).await;
    desk.comes(id, "war-da").await;
    desk.clock.advance_seconds(3 * 24 * 3_600);
    let row = desk.app.store.workshop(id).await.unwrap().row;
    let mut draft = row.draft.clone();
    draft.seats.on_site.capacity = 0;
    draft.seats.online.capacity = 1;
    let edited = desk
        .app
        .store
        .edit_workshop(Actor::System, id, row.seen(), &draft, false);
    edited.await.unwrap();
    let session = desk.app.signs_in(EMAIL).await;
    let page = desk.reads("/verwaltung?zeit=vergangen", &session).await;
    assert!(page.contains("vor Ort: 1 von 0 belegt"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_the_first_page_a_badge_is_only_for_what_differs_and_the_open_list_is_marked() {
    let desk = Desk::open().await;
    let session = desk.app.signs_in(EMAIL).await;
    let empty = desk.publishes(&plan(desk.clock.now(), 20, 1)).await;
    let page = desk.reads("/verwaltung", &session).await;
    assert!(page.contains(&empty.to_string()), "{page}");
    for word in [">veröffentlicht<", ">Entwurf<", "warte"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
    let is_open = |page: &str, words: &str| {
        let link = tag_before(page, "a ", &format!(">{words}<"));
        link.contains("aria-current=\"page\"")
    };
    assert!(is_open(&page, "Kommende") && !is_open(&page, "Vergangene"));
    let past = desk.reads("/verwaltung?zeit=vergangen", &session).await;
    assert!(is_open(&past, "Vergangene") && !is_open(&past, "Kommende"));

    desk.comes(empty, "sitzt").await;
    desk.comes(empty, "wartet").await;
    let draft = plan(desk.clock.now(), 30, 1);
    let made = desk.app.store.create_workshop(Actor::System, &draft);
    made.await.unwrap();
    let page = desk.reads("/verwaltung", &session).await;
    for badge in [">1\u{a0}wartet<", ">Entwurf<"] {
        assert_eq!(page.matches(badge).count(), 1, "{badge}: {page}");
    }
    assert!(
        !page.contains(", 1\u{a0}wartet"),
        "only the badge says so: {page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn among_the_people_those_with_a_seat_stand_out() {
    let desk = Desk::open().await;
    let id = desk.publishes(&plan(desk.clock.now(), 20, 1)).await;
    desk.comes(id, "sitzt").await;
    desk.comes(id, "wartet").await;
    let session = desk.app.signs_in(EMAIL).await;
    let page = desk
        .reads(&format!("/verwaltung/veranstaltungen/{id}"), &session)
        .await;
    for badge in ["badge badge-good\">bestätigt<", "badge badge-plain\">Warteliste<"] {
        assert_eq!(page.matches(badge).count(), 1, "{badge}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_that_are_kept_back_do_not_read_as_free() {
    let desk = Desk::open().await;
    let mut draft = plan(desk.clock.now(), 20, 4);
    draft.seats.on_site.reserved = 2;
    let id = desk.publishes(&draft).await;
    desk.comes(id, "sitzt").await;
    let session = desk.app.signs_in(EMAIL).await;
    for path in ["/verwaltung", &format!("/verwaltung/veranstaltungen/{id}")] {
        let page = desk.reads(path, &session).await;
        assert!(
            page.contains("vor Ort: 1 von 4 belegt, 2\u{a0}reserviert"),
            "{path}: {page}"
        );
        assert!(
            page.contains("\u{2060}–\u{2060}"),
            "no line ends inside the hours: {page}"
        );
    }
    // None is to be had where it does not take place.
    let cancelled = desk.app.store.cancel_workshop(Actor::System, id, "Krankheit");
    cancelled.await.unwrap();
    let page = desk.reads("/verwaltung", &session).await;
    assert!(page.contains(">abgesagt<") && !page.contains("belegt"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_veranstaltung_says_the_form_where_there_are_two_and_filters_when_asked() {
    let desk = Desk::open().await;
    let session = desk.app.signs_in(EMAIL).await;
    let mut draft = plan(desk.clock.now(), 20, 5);
    let one = desk.publishes(&draft).await;
    draft.seats.online.capacity = 5;
    let two = desk.publishes(&draft).await;
    let reads = async |id: WorkshopId, query: &str| {
        let path = format!("/verwaltung/veranstaltungen/{id}{query}");
        desk.reads(&path, &session).await
    };
    assert!(
        reads(one, "")
            .await
            .contains("Niemand ist angemeldet, und niemand bekommt eine E-Mail.")
    );
    for (id, name) in [(one, "anna"), (two, "berta"), (two, "clara")] {
        desk.comes(id, name).await;
    }
    let with_form = "Brücke Mulde, vor Ort";
    let page = reads(one, "").await;
    assert!(
        page.contains("Brücke Mulde") && !page.contains(with_form),
        "{page}"
    );
    let page = reads(two, "").await;
    assert!(page.contains(with_form), "{page}");
    assert!(
        page.contains("2\u{a0}Personen bekommen sofort eine E-Mail mit dem Grund."),
        "{page}"
    );
    assert!(page.contains(">Nicht absagen<"), "{page}");

    let is_open = |page: &str| tag_before(page, "details", "<summary>Filtern").contains(" open");
    assert!(!is_open(&page));
    for query in ["?stand=waiting", "?form=online", "?suche=anna"] {
        assert!(is_open(&reads(two, query).await), "{query}");
    }
    assert!(!is_open(&desk.reads("/verwaltung/ergebnisse", &session).await));
    assert!(is_open(
        &desk.reads("/verwaltung/ergebnisse?weit=open", &session).await
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_read_page_by_page_and_narrowed_by_its_address_alone() {
    let desk = Desk::open().await;
    let log = "/verwaltung/protokoll";
    let draft = plan(desk.clock.now(), 20, 1);
    for _ in 0..60 {
        desk.app
            .store
            .create_workshop(Actor::System, &draft)
            .await
            .unwrap();
    }
    let session = desk.app.signs_in(EMAIL).await;
    let lines = |page: &str| {
        let list = page.split("class=\"history\"").nth(1).unwrap();
        let list = list.split("</ol>").next().unwrap();
        list.split("<li").skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    // Follows the link with these words.
    let goes = async |page: &str, words: &str| {
        let link = tag_before(page, "a ", &format!(">{words}<"));
        let path = link.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
        desk.reads(&path.replace("&amp;", "&"), &session).await
    };
    let newest = desk.reads(log, &session).await;
    assert_eq!(lines(&newest).len(), 50);
    assert!(
        lines(&newest)[0].contains("hat sich im Konto angemeldet"),
        "{newest}"
    );
    assert!(!newest.contains(">Neuere<"), "{newest}");
    let older = goes(&newest, "Ältere").await;
    assert!(lines(&older).len() < 50 && !older.contains(">Ältere<"), "{older}");
    assert!(older.contains("Rolle vergeben"), "the first of all: {older}");
    assert_eq!(lines(&goes(&older, "Neuere").await), lines(&newest));

    let accounts = desk.reads(&format!("{log}?worum=konten"), &session).await;
    assert!(
        lines(&accounts).len() < 10 && !accounts.contains("Veranstaltung angelegt"),
        "{accounts}"
    );
    let is_open = |page: &str| tag_before(page, "details", "<summary>Filtern").contains(" open");
    assert!(is_open(&accounts) && !is_open(&newest));
    let first = desk
        .reads(&format!("{log}?worum=veranstaltungen"), &session)
        .await;
    let second = goes(&first, "Ältere").await;
    assert_eq!((lines(&first).len(), lines(&second).len()), (50, 10), "{second}");
    assert!(is_open(&second), "the next page is narrowed, too");

    // The clock stands at 15 January 2027.
    for (days, found) in [
        ("von=2027-01-15", true),
        ("bis=2027-01-15", true),
        ("von=2027-01-15&bis=2027-01-15", true),
        ("von=2027-01-16", false),
        ("bis=2027-01-14", false),
        ("von=gestern", true),
    ] {
        let page = desk.reads(&format!("{log}?{days}"), &session).await;
        assert_eq!(!lines(&page).is_empty(), found, "{days}");
        assert_eq!(page.contains(">Alle Einträge<"), !found, "{days}");
    }
    // As somebody writes addresses by hand.
    for odd in [
        "vor=0",
        "vor=x&nach=y",
        "nach=9223372036854775807",
        "worum=%3Cb%3E",
        "von=9999-12-31&bis=9999-12-31",
    ] {
        let answer = desk.app.get_as(&format!("{log}?{odd}"), &session).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_each_page_of_the_office_a_way_leads_back_to_its_first() {
    let desk = Desk::open().await;
    let session = desk.app.signs_in(EMAIL).await;
    let id = desk.publishes(&plan(desk.clock.now(), 20, 1)).await;
    for path in [
        &format!("/verwaltung/veranstaltungen/{id}"),
        "/verwaltung/postausgang",
        "/verwaltung/protokoll",
        "/verwaltung/ergebnisse",
    ] {
        let page = desk.reads(path, &session).await;
        assert!(page.contains(">Zur Verwaltung<"), "{path}: {page}");
    }
    desk.comes(id, "anna").await;
    let everybody = SignUpFilter::default();
    let place = desk.app.store.sign_ups(id, &everybody).await.unwrap()[0].id;
    let mail = desk.app.store.mails(1).await.unwrap().remove(0).id;
    // Above the heading: below a long list nobody finds it.
    let own = format!("/verwaltung/veranstaltungen/{id}");
    for (path, words) in [
        (own.clone(), "Zur Verwaltung"),
        (format!("{own}/bearbeiten"), "Zur Veranstaltung"),
        (format!("{own}/kopieren"), "Zur Veranstaltung"),
        (format!("{own}/anmeldungen/{place}/mails"), "Zur Veranstaltung"),
        (format!("/verwaltung/anmeldungen/{place}"), "Zur Veranstaltung"),
        (format!("/verwaltung/postausgang/{mail}"), "Zum Postausgang"),
        ("/verwaltung/veranstaltungen/neu".to_owned(), "Zur Verwaltung"),
        ("/verwaltung/postausgang".to_owned(), "Zur Verwaltung"),
        ("/verwaltung/protokoll".to_owned(), "Zur Verwaltung"),
    ] {
        let page = desk.reads(&path, &session).await.replace("<!>", "");
        let above = page.split("<h1").next().unwrap();
        assert!(above.contains(&format!(">{words}</a>")), "{path}: {page}");
        assert_eq!(
            page.matches(&format!(">{words}</a>")).count(),
            1,
            "{path}: {page}"
        );
    }
    let copies = desk
        .reads(&format!("/verwaltung/veranstaltungen/{id}/kopieren"), &session)
        .await;
    assert_eq!(copies.matches(">keine Kopie<").count(), 4, "{copies}");
    assert!(
        copies.contains("Wo „keine Kopie“ steht, entsteht nichts."),
        "{copies}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_names_no_place_reads_at_each_field_what_is_missing() {
    let desk = Desk::open().await;
    let session = desk.app.signs_in(EMAIL).await;
    let draft = plan(desk.clock.now(), 30, 2);
    let form = format!(
        "id=&version=&key=&kind=regional&title=Wohnen&summary=Kurz&districts=dresden&capacity_on_site=5&starts_at={}\
         &ends_at={}&opens_at={}&closes_at={}",
        draft.starts_at.to_input(),
        draft.ends_at.to_input(),
        draft.seats.opens_at.to_input(),
        draft.seats.closes_at.to_input()
    );
    let page = desk.sends("/api/staff-save", &form, &session).await;
    for (field, label) in [("venue_name", "Haus und Raum"), ("venue_town", "Ort")] {
        let sentence = format!("Bitte füllen Sie „{label}“ aus: Es gibt Plätze vor Ort.");
        assert!(page.contains(&sentence), "{sentence}: {page}");
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}: {page}");
    }
    assert!(page.contains("durch Komma getrennt"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_makes_a_template_reads_words_for_staff() {
    let desk = Desk::open().await;
    let session = desk.app.signs_in(EMAIL).await;
    let page = desk.reads("/vorlagen", &session).await;
    assert!(page.contains("Vorlagen und Vergleich"), "{page}");
    assert!(page.contains("Der Name steht an jeder Karte."), "{page}");
    assert!(!page.contains("An Ihren Karten"), "{page}");
}
