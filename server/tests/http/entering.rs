//! Forms that give somebody a place: sent twice, they say the same twice and do it once.

use domain::booking::Mode;
use domain::ids::{IdempotencyKey, WorkshopId};
use domain::signup::SignUpForm;
use store::Ambient;
use store::signups::SignUpCommand;
use store_testing::plan;

use crate::page_cache::form_key;
use crate::support::{Answer, TestApp};

/// A Veranstaltung with three seats in the room, one of them kept back, and somebody of the office.
struct Desk {
    app: TestApp,
    workshop: WorkshopId,
    session: String,
}

impl Desk {
    async fn open() -> Self {
        let app = TestApp::start_with(Ambient::system(), |_| {}).await;
        let mut draft = plan(app.store.ambient().now(), 30, 3);
        draft.seats.on_site.reserved = 1;
        let row = app.publishes(&draft).await;
        let session = app.staff_signs_in("leitung@lafast.example").await;
        Self {
            workshop: row.id,
            session,
            app,
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.app.get_as(path, &self.session).await
    }

    /// Sends a form without WebAssembly, and reads the page of the answer.
    async fn sends(&self, path: &str, form: &str) -> String {
        let answer = self.app.post_as(path, form, &self.session).await;
        self.get(answer.header("location")).await.text()
    }

    /// Somebody signs up and confirms. Returns the token of the personal link.
    async fn comes(&self, name: &str) -> String {
        let email = format!("{name}@traeger.example");
        let form = SignUpForm {
            name: name.to_owned(),
            email: email.clone(),
            organisation: "Brücke Mulde".to_owned(),
            district: "dresden".to_owned(),
            mode: Mode::OnSite.key().to_owned(),
            ..SignUpForm::default()
        };
        let command = SignUpCommand {
            workshop: self.workshop,
            request: form.parse().unwrap(),
            key: IdempotencyKey(self.app.store.ambient().uuid()),
            viewer: None,
        };
        self.app.store.sign_up(command).await.unwrap();
        let mails = self.app.store.mails(50).await.unwrap();
        let mail = mails.iter().find(|mail| mail.recipient == email).unwrap();
        let token = mail.payload["place"]["token"].as_str().unwrap().to_owned();
        self.app.store.confirm(&token).await.unwrap();
        token
    }

    async fn mails_to(&self, email: &str) -> usize {
        let mails = self.app.store.mails(50).await.unwrap();
        mails.iter().filter(|mail| mail.recipient == email).count()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_entered_uses_the_seat_that_is_kept_back_and_is_entered_once() {
    let desk = Desk::open().await;
    let path = format!("/verwaltung/veranstaltungen/{}", desk.workshop);
    let page = desk.get(&path).await;
    let kept_back = "Reserviert: 1\u{a0}Platz vor Ort. Wer hier eingetragen wird, nutzt zuerst einen davon.";
    assert!(page.text().contains(kept_back));
    let form = |key: &str| {
        format!(
            "workshop={}&key={key}&name=Linde&email=linde%40traeger.example&organisation=Hochschule&district=dresden\
             &mode=on_site&add_reason=Am+Telefon",
            desk.workshop
        )
    };
    let key = form_key(&page);
    for _ in 0..2 {
        let answered = desk.sends("/api/staff-add", &form(&key)).await;
        assert!(answered.contains("Die Person ist eingetragen und bekommt eine E-Mail."));
        assert!(!answered.contains("Reserviert:"), "it is used");
    }
    assert_eq!(desk.mails_to("linde@traeger.example").await, 1);
    let empty = format!("workshop={}&key={key}&name=&mode=", desk.workshop);
    let asked = desk.sends("/api/staff-add", &empty).await;
    for sentence in [
        "Bitte geben Sie den Namen der Person ein.",
        "Bitte geben Sie die E-Mail-Adresse der Person ein.",
        "Bitte geben Sie den Träger oder die Dienststelle der Person ein.",
        "Bitte wählen Sie den Landkreis oder die Stadt der Person.",
        "Bitte wählen Sie, wie die Person teilnimmt.",
    ] {
        assert!(asked.contains(sentence), "{sentence}: {asked}");
    }
    let other = desk.app.store.ambient().uuid().to_string();
    let refused = desk.sends("/api/staff-add", &form(&other)).await;
    assert!(refused.contains("Diese Person ist schon angemeldet."));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_the_form_that_hands_on_twice_reads_twice_that_it_is_handed_on() {
    let desk = Desk::open().await;
    let token = desk.comes("anna").await;
    let key = form_key(&desk.app.get(&format!("/anmeldung/{token}")).await);
    // Nothing was typed: whoever reads this must not hand the place to themselves.
    let empty = format!("token={token}&key={key}&name=&email=");
    let asked = desk.sends("/api/place-hand-over", &empty).await;
    assert!(
        asked.contains("Bitte geben Sie die E-Mail-Adresse der Person ein.")
            && !asked.contains("Ihre E-Mail-Adresse ein"),
        "{asked}"
    );
    let form = format!("token={token}&key={key}&name=Clara&email=clara%40traeger.example");
    for _ in 0..2 {
        let answered = desk.sends("/api/place-hand-over", &form).await;
        assert!(answered.contains("Der Platz ist weitergegeben."), "{answered}");
    }
    assert_eq!(desk.mails_to("clara@traeger.example").await, 1);
    // To somebody else it is another wish, and the old link has ended.
    let other = form.replace("clara", "dora");
    let refused = desk.sends("/api/place-hand-over", &other).await;
    assert!(!refused.contains("Der Platz ist weitergegeben."));
    assert_eq!(desk.mails_to("dora@traeger.example").await, 0);
}
