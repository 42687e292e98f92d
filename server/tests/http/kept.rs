//! What was chosen in a form stays chosen when something else in it is wrong, and programs that fill in every field change nothing.

use axum::body::Body;
use axum::http::header;
use domain::account::Role;
use domain::contact::EmailAddress;
use store::audit::Actor;
use store::signups::SignUpFilter;

use crate::page_cache::{form_key, open_event, signs_up_with};
use crate::support::{Answer, TestApp};

/// The office at its desk.
struct Desk {
    app: TestApp,
    session: String,
    workshop: store::workshops::WorkshopRow,
}

impl Desk {
    async fn open() -> Self {
        let app = TestApp::start_filled().await;
        let path = open_event(&app).await;
        let slug = path.trim_start_matches("/veranstaltungen/");
        let workshop = app.store.workshop_by_slug(slug, true).await.unwrap().row;
        let email = "buero@lafast.example";
        app.store
            .admin_add(
                Actor::System,
                &EmailAddress::parse(email).unwrap(),
                Role::Staff,
                None,
            )
            .await
            .unwrap();
        let session = app.signs_in(email).await;
        Self {
            app,
            session,
            workshop,
        }
    }

    /// Sends a form with what script there is: the answer has what the form shows again.
    async fn sends(&self, path: &str, form: &str) -> serde_json::Value {
        let request = self
            .app
            .form(path, "application/json")
            .header(header::COOKIE, format!("lafast={}", self.session));
        let answer: Answer = self.app.send(request, Body::from(form.to_owned())).await;
        serde_json::from_slice(&answer.body).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_keeps_to_whom_it_goes() {
    let desk = Desk::open().await;
    let id = desk.workshop.id;
    let form = format!(
        "workshop={id}&key=0198c0de-0000-7000-8000-000000000001&group=waiting&subject=&text=Es+gibt+Neues"
    );
    let answer = desk.sends("/api/staff-message", &form).await;
    assert_eq!(answer["values"]["group"], "waiting", "{answer}");
    assert_eq!(answer["values"]["text"], "Es gibt Neues");
    assert_eq!(answer["errors"][0]["field"], "subject");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_to_nobody_is_not_sent_and_its_text_stays() {
    let desk = Desk::open().await;
    let plan = store_testing::plan(desk.app.store.ambient().now(), 30, 9);
    let empty = desk.app.publishes(&plan).await.id;
    let form = format!(
        "workshop={empty}&key=0198c0de-0000-7000-8000-000000000002&group=all&subject=Zum+Ablauf&text=Es+gibt+Neues"
    );
    let answer = desk.sends("/api/staff-message", &form).await;
    assert_eq!(answer["errors"][0]["field"], "group", "{answer}");
    assert_eq!(
        answer["errors"][0]["sentence"],
        "In dieser Gruppe ist gerade niemand. Es wurde nichts gesendet."
    );
    assert_eq!(answer["values"]["text"], "Es gibt Neues");
    assert_eq!(answer["notice"], serde_json::Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_told_that_it_was_changed_does_not_overwrite_that_with_a_second_press() {
    let desk = Desk::open().await;
    let mut draft = desk.workshop.draft.clone();
    draft.summary = "Von einer Kollegin.".to_owned();
    let (id, version) = (desk.workshop.id, desk.workshop.seen());
    desk.app
        .store
        .edit_workshop(Actor::System, id, version, &draft, false)
        .await
        .unwrap();
    let mut form = format!(
        "id={id}&version={version}&kind=regional&title=Anders&summary=Von+mir&districts=dresden&venue_name=Haus&venue_town=Dresden\
         &starts_at=2030-01-10T10:00&ends_at=2030-01-10T12:00&opens_at=2026-01-10T10:00&closes_at=2030-01-10T10:00\
         &capacity_on_site=20&notify="
    );
    for _ in 0..2 {
        let answer = desk.sends("/api/staff-save", &form).await;
        assert!(answer.to_string().contains("inzwischen geändert"), "{answer}");
        assert_eq!(answer["values"]["notify"], "", "the tick stays away");
        // What stands in the form now is what is sent with the second press.
        let shown = answer["values"]["version"].as_str().unwrap();
        form = form.replace(&format!("version={version}"), &format!("version={shown}"));
    }
    let now = desk.app.store.workshop(id).await.unwrap().row.draft.summary;
    assert_eq!(now, "Von einer Kollegin.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_stands_on_the_page_that_has_no_form_any_more() {
    let desk = Desk::open().await;
    let (app, id) = (&desk.app, desk.workshop.id);
    let path = format!("/veranstaltungen/{}", desk.workshop.slug);
    let key = form_key(&app.get(&path).await);
    let store = &app.store;
    let form = format!(
        "slug={}&key={key}&name=Dora+%3Cb%3E&email=dora%40traeger.example&organisation=Haus&district=dresden&mode=on_site\
         &needs%5Bfood%5D=1&access_needs=vegan&colleague_1_name=Emil&colleague_1_email=emil%40traeger.example",
        desk.workshop.slug
    );
    store
        .cancel_workshop(Actor::System, id, "Hochwasser")
        .await
        .unwrap();
    assert!(
        !app.get(&path).await.text().contains("Ihre Angaben"),
        "who typed nothing reads nothing"
    );
    let sent = app.post("/api/sign-up", &form).await;
    let next = sent.header("location").trim_start_matches(&app.origin).to_owned();
    assert!(next.contains("antwort=") && next.ends_with("#anmelden"), "{next}");
    let page = app.get(next.split('#').next().unwrap()).await.text();
    let shown = page.split("<section id=\"anmelden\"").nth(1).unwrap();
    let shown = shown.split("</section>").next().unwrap();
    for line in [
        "Ihre Angaben",
        "Name: Dora &lt;b&gt;",
        "E-Mail-Adresse: dora@traeger.example",
        "Landkreis oder Stadt: Dresden",
        "Was Sie brauchen: Besonderes beim Essen. vegan",
        "Kolleg*in: Emil emil@traeger.example",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
    assert!(!page.contains("name=\"email\""), "there is no form");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_fills_in_every_field_is_no_person() {
    let app = TestApp::start_filled().await;
    let path = open_event(&app).await;
    let slug = path.trim_start_matches("/veranstaltungen/");
    let workshop = app.store.workshop_by_slug(slug, false).await.unwrap().row.id;
    let places = async || {
        app.store
            .sign_ups(workshop, &SignUpFilter::default())
            .await
            .unwrap()
            .len()
    };
    let before = places().await;
    for (trap, more) in [("&website=https%3A%2F%2Fwerbung.example", 0), ("&website=", 1)] {
        let key = form_key(&app.get(&path).await);
        let answer = signs_up_with(&app, &path, &key, "programm", trap).await;
        assert!(
            answer.status.is_redirection(),
            "both read the same: {}",
            answer.status
        );
        let location = answer.header("location");
        assert!(location.contains("/angemeldet"), "{location}");
        assert_eq!(places().await, before + more);
    }
}
