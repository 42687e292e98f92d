//! What staff see of mails: all to one person, one of them again, and their text while no mail server is set.

use axum::http::{StatusCode, header};
use domain::contact::EmailAddress;
use domain::ids::{IdempotencyKey, SignUpId, WorkshopId};
use domain::mail::Occasion;
use domain::signup::SignUpForm;
use lafast::config::PublicUrl;
use lafast::mail::message;
use store::Ambient;
use store::audit::Actor;
use store::outbox::OutboxRow;
use store_testing::{command, form, plan};

use crate::support::{Answer, TestApp};

const ANNA: &str = "anna@traeger.example";
const NEED: &str = "Rampe am Eingang";

/// A Veranstaltung with Anna in it, and somebody of the office who is signed in.
struct Desk {
    app: TestApp,
    workshop: WorkshopId,
    place: SignUpId,
    token: String,
    staff: String,
    participant: String,
}

impl Desk {
    async fn open() -> Self {
        Self::open_with(None).await
    }

    async fn open_with(smtp_url: Option<String>) -> Self {
        let app = TestApp::start_with(Ambient::system(), |config| config.smtp_url = smtp_url).await;
        let store = &app.store;
        let row = app.publishes(&plan(store.ambient().now(), 30, 5)).await;
        let form = SignUpForm {
            access_needs: NEED.to_owned(),
            ..form("Anna", ANNA)
        };
        let sent = command(store, row.id, form.parse().unwrap());
        let place = SignUpId::parse(&store.sign_up(sent).await.unwrap().people[0].id).unwrap();
        let mail = store.mails_about(row.id, place).await.unwrap().mails.remove(0);
        let token = mail.payload["place"]["token"].as_str().unwrap().to_owned();
        store.confirm(&token).await.unwrap();
        let staff = app.staff_signs_in("leitung@lafast.example").await;
        let participant = app.signs_in(ANNA).await;
        Self {
            workshop: row.id,
            place,
            token,
            staff,
            participant,
            app,
        }
    }

    /// The newest mail of this occasion.
    async fn mail(&self, occasion: Occasion) -> OutboxRow {
        let mails = self.app.store.mails(100).await.unwrap();
        mails.into_iter().find(|mail| mail.occasion == occasion).unwrap()
    }

    async fn get(&self, path: &str, session: &str) -> Answer {
        self.app.get_as(path, session).await
    }

    async fn post(&self, path: &str, form: String, session: &str) -> Answer {
        self.app.post_as(path, &form, session).await
    }

    fn mails_page(&self) -> String {
        format!(
            "/verwaltung/veranstaltungen/{}/anmeldungen/{}/mails",
            self.workshop, self.place
        )
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_staff_read_every_mail_but_no_code() {
    let desk = Desk::open().await;
    let confirmed = format!(
        "/verwaltung/postausgang/{}",
        desk.mail(Occasion::PlaceConfirmed).await.id
    );
    let page = desk.get(&confirmed, &desk.staff).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "Ihr Platz bei „Wohnen nach der Anerkennung“ ist bestätigt",
        "Guten Tag, Anna,",
        &desk.token,
    ] {
        assert!(page.text().contains(part), "{part}");
    }
    assert!(!page.text().contains(NEED), "only for who arranges it");
    let outbox = desk.get("/verwaltung/postausgang", &desk.staff).await;
    assert!(outbox.links().contains(&confirmed), "the outbox leads there");
    assert!(
        !outbox.text().contains("sofort hinaus"),
        "nothing goes out: {}",
        outbox.text()
    );
    // What waits has a badge. What is sent needs none: nearly all are.
    let badges = |page: &str| page.matches(">wartet<").count();
    let before = badges(&outbox.text());
    assert!(before > 0, "{}", outbox.text());
    let sent = desk.mail(Occasion::ConfirmSignUp).await;
    desk.app.store.mail_sent(&sent.id).await.unwrap();
    let page = desk.get("/verwaltung/postausgang", &desk.staff).await.text();
    assert_eq!(badges(&page), before - 1);
    assert!(!page.contains(">gesendet<"), "{page}");
    assert_eq!(
        desk.get(&confirmed, &desk.participant).await.status,
        StatusCode::NOT_FOUND
    );

    let code = desk.mail(Occasion::SignInCode).await;
    let page = desk
        .get(&format!("/verwaltung/postausgang/{}", code.id), &desk.staff)
        .await;
    let (first, second) = code.payload["code"].as_str().unwrap().split_at(4);
    let shown = format!("{first}-{second}");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Den Text dieser E-Mail zeigen wir nicht."));
    for part in [
        "Diese E-Mail wurde nicht verschickt.",
        ">Betreff<",
        "Ihr Code zum Anmelden",
    ] {
        assert!(page.text().contains(part), "{part}");
    }
    assert!(
        !page.text().contains("hier zu lesen"),
        "nobody is promised what is not shown"
    );
    assert!(!page.text().contains(&shown) && !page.text().contains(code.payload["code"].as_str().unwrap()));
    // Nothing but that rule hides it: the mail in words has it.
    let public = PublicUrl::parse("http://127.0.0.1:3000").unwrap();
    assert!(message::words(&code, &public).unwrap().text().contains(&shown));
    let confirmed = desk.mail(Occasion::PlaceConfirmed).await;
    assert!(message::words(&confirmed, &public).unwrap().text().contains(NEED));
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_mail_server_nobody_reads_mails_here() {
    // Nobody listens there: mails wait, and are still not shown.
    let desk = Desk::open_with(Some("smtp://127.0.0.1:9".to_owned())).await;
    let mail = format!(
        "/verwaltung/postausgang/{}",
        desk.mail(Occasion::PlaceConfirmed).await.id
    );
    assert_eq!(desk.get(&mail, &desk.staff).await.status, StatusCode::NOT_FOUND);
    let outbox = desk.get("/verwaltung/postausgang", &desk.staff).await;
    assert_eq!(outbox.status, StatusCode::OK);
    assert!(!outbox.links().contains(&mail) && outbox.text().contains("ging die E-Mail sofort hinaus"));
    assert!(!outbox.text().contains(&desk.token));
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_became_of_each_mail_and_send_one_again_by_a_plain_form() {
    let desk = Desk::open().await;
    let store = &desk.app.store;
    let mail = desk.mail(Occasion::PlaceConfirmed).await;
    store
        .mail_failed(&mail, "550 Postfach unbekannt", None)
        .await
        .unwrap();
    let list = format!("/verwaltung/veranstaltungen/{}", desk.workshop);
    assert!(
        desk.get(&list, &desk.staff)
            .await
            .links()
            .contains(&desk.mails_page())
    );
    assert_eq!(
        desk.get(&desk.mails_page(), &desk.participant).await.status,
        StatusCode::NOT_FOUND
    );
    let page = desk.get(&desk.mails_page(), &desk.staff).await.text();
    for part in [
        "Bitte bestätigen",
        "wartet",
        "aufgegeben",
        "550 Postfach unbekannt",
        "Noch einmal senden",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(
        page.matches("Noch einmal senden").count(),
        page.matches("name=\"mail\"").count()
    );
    let key = page
        .split("name=\"key\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let form = format!(
        "workshop={}&place={}&mail={}&key={key}",
        desk.workshop, desk.place, mail.id
    );
    for _ in 0..2 {
        let answer = desk
            .post("/api/staff-mail-again", form.clone(), &desk.staff)
            .await;
        assert!(answer.status.is_redirection(), "{}", answer.status);
        let next = answer.header(header::LOCATION.as_str()).to_owned();
        assert!(next.starts_with(&desk.mails_page()), "{next}");
        let page = desk.get(&next, &desk.staff).await.text();
        assert!(page.contains("Die E-Mail steht noch einmal im Postausgang."));
    }
    let mails = store.mails_about(desk.workshop, desk.place).await.unwrap().mails;
    assert_eq!(mails.len(), 3, "the second tap sent nothing more");
    let log = desk.get("/verwaltung/protokoll", &desk.staff).await.text();
    assert!(log.contains("E-Mail noch einmal verschickt (Platz bestätigt)"));
    let about = format!("<a href=\"/verwaltung/veranstaltungen/{}\">", desk.workshop);
    assert!(log.contains(&about), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_to_who_handed_the_place_on_has_no_button_and_is_refused_with_a_sentence() {
    let desk = Desk::open().await;
    let store = &desk.app.store;
    let confirmed = desk.mail(Occasion::PlaceConfirmed).await;
    let asked = desk.mail(Occasion::ConfirmSignUp).await;
    for mail in [&confirmed, &asked] {
        store.mail_sent(&mail.id).await.unwrap();
    }
    let has_button = |page: &str, mail: &OutboxRow| {
        let field = format!("name=\"mail\" value=\"{}\"", mail.id);
        page.split("<form")
            .any(|form| form.contains("/api/staff-mail-again") && form.contains(&field))
    };
    let sends = async |mail: &OutboxRow| {
        let key = IdempotencyKey(store.ambient().uuid());
        let form = format!(
            "workshop={}&place={}&mail={}&key={key}",
            desk.workshop, desk.place, mail.id
        );
        let answer = desk.post("/api/staff-mail-again", form, &desk.staff).await;
        let next = answer.header(header::LOCATION.as_str()).to_owned();
        desk.get(&next, &desk.staff).await.text()
    };
    let page = desk.get(&desk.mails_page(), &desk.staff).await.text();
    assert!(
        has_button(&page, &confirmed),
        "as long as the place is Anna's, it can be sent"
    );
    // She has confirmed: that she should is not true any more.
    let past = "Was darin steht, gilt nicht mehr.";
    assert!(!has_button(&page, &asked) && page.contains(past));
    assert!(sends(&asked).await.contains(past));

    let name = domain::person::PersonName::parse("Clara").unwrap();
    let email = EmailAddress::parse("clara@traeger.example").unwrap();
    store.hand_over(&desk.token, name, email).await.unwrap();
    let before = store.mails(100).await.unwrap().len();
    let page = desk.get(&desk.mails_page(), &desk.staff).await.text();
    let other = "Zum Platz gehört jetzt eine andere Adresse.";
    assert!(!has_button(&page, &confirmed) && page.contains(other));
    assert!(sends(&confirmed).await.contains(other));
    assert_eq!(store.mails(100).await.unwrap().len(), before, "nothing was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_note_that_a_mail_came_back_and_take_that_back_by_plain_forms() {
    let desk = Desk::open().await;
    let mail = desk.mail(Occasion::PlaceConfirmed).await;
    let (note, undo, badge) = (
        "Als unzustellbar vermerken",
        "Vermerk zurücknehmen",
        "E-Mail unzustellbar",
    );
    let list = format!("/verwaltung/veranstaltungen/{}", desk.workshop);
    let course = format!("/verwaltung/anmeldungen/{}", desk.place);
    let page = desk.get(&desk.mails_page(), &desk.staff).await.text();
    assert!(!page.contains(note) && !page.contains(undo), "nothing was sent");
    desk.app.store.mail_sent(&mail.id).await.unwrap();
    let page = desk.get(&desk.mails_page(), &desk.staff).await.text();
    let forms = page.matches("action=\"/api/staff-mail-bounced\"").count();
    assert_eq!(
        (forms, page.contains(note), page.contains(undo)),
        (1, true, false)
    );
    let entry = page
        .split("class=\"list-item\"")
        .find(|entry| entry.contains(note));
    let deeds = entry.unwrap().split("class=\"actions\"").nth(1).unwrap();
    assert!(
        deeds.contains("/api/staff-mail-again") && deeds.contains(note),
        "both stand side by side: {deeds}"
    );
    assert!(!desk.get(&list, &desk.staff).await.text().contains(badge));

    let sends = async |bounced: &str| {
        let form = format!(
            "workshop={}&place={}&mail={}&bounced={bounced}",
            desk.workshop, desk.place, mail.id
        );
        let answer = desk.post("/api/staff-mail-bounced", form, &desk.staff).await;
        let next = answer.header(header::LOCATION.as_str()).to_owned();
        assert!(next.starts_with(&desk.mails_page()), "{next}");
        desk.get(&next, &desk.staff).await.text()
    };
    let page = sends("1").await;
    for part in ["Vermerkt: Diese E-Mail kam zurück.", ">unzustellbar<", undo] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains(note));
    assert!(desk.get(&list, &desk.staff).await.text().contains(badge));
    let outbox = desk.get("/verwaltung/postausgang", &desk.staff).await.text();
    assert!(outbox.contains(">unzustellbar<"), "{outbox}");
    let noted = "E-Mail als unzustellbar vermerkt (Platz bestätigt)";
    let happened = desk.get(&course, &desk.staff).await.text();
    assert!(
        happened.contains(noted) && happened.contains("leitung@lafast.example"),
        "{happened}"
    );
    let log = desk
        .get("/verwaltung/protokoll?worum=mails", &desk.staff)
        .await
        .text();
    assert!(log.contains(noted), "{log}");

    let page = sends("").await;
    assert!(page.contains("Der Vermerk ist zurückgenommen.") && page.contains(note));
    assert!(!desk.get(&list, &desk.staff).await.text().contains(badge));
    let happened = desk.get(&course, &desk.staff).await.text();
    let undone = "Vermerk „unzustellbar“ zurückgenommen (Platz bestätigt)";
    assert!(
        happened.contains(noted) && happened.contains(undone),
        "what was noted stays in the log"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_file_of_a_place_is_the_entry_of_its_mails() {
    let desk = Desk::open().await;
    let page = desk
        .get(&format!("/anmeldung/{}", desk.token), &desk.participant)
        .await;
    let path = format!("/anmeldung/{}/kalender.ics", desk.token);
    assert!(page.links().contains(&path), "the page of the place leads there");
    let file = desk.app.get(&path).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(
        file.header("cache-control").contains("private"),
        "{}",
        file.header("cache-control")
    );
    let line = |text: &str, name: &str| {
        let found = text.lines().find(|line| line.starts_with(name));
        found
            .unwrap_or_else(|| panic!("{name} in {text}"))
            .trim_end()
            .to_owned()
    };
    let public = PublicUrl::parse("http://127.0.0.1:3000").unwrap();
    let mail = desk.mail(Occasion::PlaceConfirmed).await;
    let sent = message::build(&mail, "LaFaSt <platform@lafast.example>", &public)
        .unwrap()
        .formatted();
    let sent = String::from_utf8(sent).unwrap();
    for name in ["UID:", "SEQUENCE:"] {
        assert_eq!(line(&file.text(), name), line(&sent, name));
    }
    assert!(!file.text().contains(&desk.token), "calendars are shared");
    let public_file = desk
        .app
        .get(&format!(
            "/veranstaltungen/{}.ics",
            mail.payload["workshop"]["slug"].as_str().unwrap()
        ))
        .await;
    assert_ne!(
        line(&public_file.text(), "UID:"),
        line(&sent, "UID:"),
        "what everybody has is another entry"
    );

    desk.app.store.cancel(&desk.token).await.unwrap();
    let file = desk.app.get(&path).await.text();
    assert_eq!(line(&file, "STATUS:"), "STATUS:CANCELLED");
    let told = desk.mail(Occasion::Cancelled).await;
    let sent = message::build(&told, "LaFaSt <platform@lafast.example>", &public)
        .unwrap()
        .formatted();
    assert_eq!(
        line(&file, "SEQUENCE:"),
        line(&String::from_utf8(sent).unwrap(), "SEQUENCE:")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_asks_for_no_answer_and_is_called_off_only_where_there_was_one() {
    let desk = Desk::open().await;
    let store = &desk.app.store;
    let berta = form("Berta", "berta@traeger.example").parse().unwrap();
    store.sign_up(command(store, desk.workshop, berta)).await.unwrap();
    store
        .cancel_workshop(Actor::System, desk.workshop, "Die Halle steht unter Wasser.")
        .await
        .unwrap();
    let public = PublicUrl::parse("http://127.0.0.1:3000").unwrap();
    let built = |mail: &OutboxRow| {
        let sent = message::build(mail, "LaFaSt <platform@lafast.example>", &public).unwrap();
        let sent = String::from_utf8(sent.formatted()).unwrap();
        // Text with letters outside ASCII is sent as quoted-printable (RFC 2045, 6.7).
        sent.replace("=\r\n", "").replace("=3D", "=")
    };
    let invited = built(&desk.mail(Occasion::PlaceConfirmed).await);
    assert!(invited.contains("METHOD:REQUEST"), "{invited}");
    assert!(
        invited.contains("ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:anna@traeger.example"),
        "{invited}"
    );
    let mails = store.mails(100).await.unwrap();
    let mut told = mails
        .iter()
        .filter(|mail| mail.occasion == Occasion::WorkshopCancelled)
        .map(|mail| (mail.recipient.as_str(), built(mail).contains("METHOD:CANCEL")))
        .collect::<Vec<_>>();
    told.sort_unstable();
    // Berta's address was never confirmed: there is nothing in her calendar.
    assert_eq!(told, [(ANNA, true), ("berta@traeger.example", false)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_where_mails_come_back_once_one_was_sent() {
    // Nobody listens there.
    let desk = Desk::open_with(Some("smtp://127.0.0.1:9".to_owned())).await;
    let mailbox = "steht das im Postfach";
    let page = desk.get(&desk.mails_page(), &desk.staff).await.text();
    assert!(
        page.contains(">E-Mails an Anna<") && !page.contains(mailbox),
        "{page}"
    );
    let sent = desk.mail(Occasion::PlaceConfirmed).await;
    desk.app.store.mail_sent(&sent.id).await.unwrap();
    let page = desk.get(&desk.mails_page(), &desk.staff).await.text();
    assert!(
        page.contains(mailbox) && page.contains("keine-antwort@lafast.example"),
        "{page}"
    );
}
