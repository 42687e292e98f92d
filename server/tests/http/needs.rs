//! What people need reaches the browser of who arranges it, and nobody else's (need to know); who takes part is seen by
//! those with a seat.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::account::Role;
use domain::booking::ModeRules;
use domain::contact::EmailAddress;
use domain::ids::WorkshopId;
use domain::signup::SignUpForm;
use store::audit::Actor;
use store::workshops::WorkshopFilter;
use store_testing::{command, form};

use crate::support::{Answer, TestApp, request};

/// What one person typed, and nobody else.
const TYPED: &str = "Höranlage bitte";
/// What she ticked, as the list says it; the form for a place names it, too, so it is looked for in data and files.
const TICKED: &str = "Kinderbetreuung";

/// The platform with a Veranstaltung of three seats.
struct Room {
    app: TestApp,
    workshop: WorkshopId,
    slug: String,
}

impl Room {
    async fn open() -> Self {
        let app = TestApp::start_filled().await;
        let filter = WorkshopFilter {
            from: Some(app.store.ambient().now()),
            open_only: true,
            ..WorkshopFilter::default()
        };
        let mut draft = app.store.workshops(&filter).await.unwrap().remove(0).row.draft;
        draft.title = "Raum für drei".to_owned();
        draft.module = None;
        "Stadtteilhaus".clone_into(&mut draft.venue.name);
        "Dresden".clone_into(&mut draft.venue.town);
        draft.seats.on_site = ModeRules {
            capacity: 3,
            reserved: 0,
        };
        draft.seats.online = ModeRules::default();
        draft.seats.per_organisation_max = None;
        let row = app.publishes(&draft).await;
        Self {
            app,
            workshop: row.id,
            slug: row.slug,
        }
    }

    /// Signs somebody up, confirms, and returns the token of the personal link.
    async fn comes(&self, name: &str, change: impl FnOnce(&mut SignUpForm)) -> String {
        let email = format!("{}@traeger.example", name.to_lowercase());
        let mut form = form(name, &email);
        change(&mut form);
        let sent = command(&self.app.store, self.workshop, form.parse().unwrap());
        self.app.store.sign_up(sent).await.unwrap();
        let mails = self.app.store.mails(50).await.unwrap();
        let mail = mails.iter().find(|mail| mail.recipient == email).unwrap();
        let token = mail.payload["place"]["token"].as_str().unwrap().to_owned();
        self.app.store.confirm(&token).await.unwrap();
        token
    }

    async fn with_role(&self, email: &str, role: Role) -> String {
        let organisation = self.app.store.organisations().await.unwrap().remove(0).id;
        let of = (role == Role::Curator).then_some(organisation);
        let parsed = EmailAddress::parse(email).unwrap();
        self.app
            .store
            .admin_add(Actor::System, &parsed, role, of)
            .await
            .unwrap();
        self.app.signs_in(email).await
    }

    async fn ask(&self, method: Method, path: &str, form: &str, session: &str) -> Answer {
        let request = request(method, path)
            .header(header::ORIGIN, &self.app.origin)
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, format!("lafast={session}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.app.send(request, Body::from(form.to_owned())).await
    }

    /// Everything about this Veranstaltung that the office can read: the page, its data, the file, and the file of needs.
    async fn reads(&self, session: &str) -> [Answer; 4] {
        let base = format!("/verwaltung/veranstaltungen/{}", self.workshop);
        let data = format!("id={}&state=&text=&needs=1", self.workshop);
        [
            self.ask(Method::GET, &format!("{base}?bedarf=1"), "", session)
                .await,
            self.ask(Method::POST, "/api/staff-workshop", &data, session)
                .await,
            self.ask(Method::GET, &format!("{base}/anmeldungen.csv"), "", session)
                .await,
            self.ask(Method::POST, &format!("{base}/bedarfe.csv"), "", session)
                .await,
        ]
    }

    async fn set_duty(&self, session: &str, wanted: &str) {
        let form = format!("workshop={}&wanted={wanted}", self.workshop);
        let answer = self
            .ask(Method::POST, "/api/staff-access-duty", &form, session)
            .await;
        assert!(answer.status.is_redirection(), "{}", answer.status);
    }
}

fn tells(answers: &[Answer; 4]) -> [bool; 4] {
    [0, 1, 2, 3].map(|index| {
        let text = answers[index].text();
        text.contains(TYPED) || text.contains(TICKED)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_reach_who_arranges_them_and_nobody_else() {
    let room = Room::open().await;
    let arranges = room.with_role("arrangiert@lafast.example", Role::Staff).await;
    // Nobody needs anything: there is nothing to take on, but what somebody has can be given back.
    let (none, takes, gives) = (
        "Noch hat niemand Bedarf gemeldet.",
        "Ich kümmere mich um Bedarfe",
        "Ich kümmere mich nicht mehr darum",
    );
    let page = room.reads(&arranges).await[0].text();
    assert!(
        page.contains(none) && !page.contains(takes) && !page.contains("kümmert sich"),
        "{page}"
    );
    room.set_duty(&arranges, "1").await;
    let page = room.reads(&arranges).await[0].text();
    assert!(page.contains(none) && page.contains(gives), "{page}");
    room.set_duty(&arranges, "0").await;
    room.comes("Anna", |form| {
        form.access_needs = TYPED.to_owned();
        form.needs = [("childcare".to_owned(), "1".to_owned())].into();
    })
    .await;
    let page = room.reads(&arranges).await[0].text();
    assert!(page.contains(takes) && !page.contains(none), "{page}");
    let other = room.with_role("andere@lafast.example", Role::Staff).await;
    let admin = room.with_role("admin@lafast.example", Role::Admin).await;
    let curator = room.with_role("kuratiert@lafast.example", Role::Curator).await;

    // Who has not taken it on reads nothing of it; that somebody needs something stands there.
    let before = room.app.content().await;
    for session in [&arranges, &other, &admin, &curator] {
        let answers = room.reads(session).await;
        assert_eq!(tells(&answers), [false; 4]);
        assert_eq!(answers[3].status, StatusCode::NOT_FOUND);
    }
    assert!(
        room.reads(&other).await[0]
            .text()
            .contains("Person braucht etwas")
    );
    // A curator takes on nothing, and nothing that was read wrote anything.
    let form = format!("workshop={}&wanted=1", room.workshop);
    room.ask(Method::POST, "/api/staff-access-duty", &form, &curator)
        .await;
    assert_eq!(room.app.content().await, before);

    // With the duty it is all there, so the same looking finds it; the file for everybody still has none of it.
    room.set_duty(&arranges, "1").await;
    let answers = room.reads(&arranges).await;
    assert_eq!(tells(&answers), [true, true, false, true]);
    let page = answers[0].text();
    assert!(page.contains("Darum kümmert sich: arrangiert@lafast.example."));
    // Who arranges it sees in the closed row whom it is about; nobody else does.
    assert_eq!(page.matches(">Bedarf<").count(), 1, "{page}");
    let others = room.reads(&other).await[0].text();
    assert!(!others.contains(">Bedarf<"), "{others}");
    for session in [&other, &admin, &curator] {
        assert_eq!(tells(&room.reads(session).await), [false; 4]);
    }
    let log = room.app.store.workshop_log(room.workshop, 10).await.unwrap();
    let actions = log.iter().map(|(row, _)| row.action.as_str()).collect::<Vec<_>>();
    assert_eq!(actions[..2], ["access_needs_exported", "access_duty_taken"]);

    room.set_duty(&other, "1").await;
    let both = "Darum kümmern sich: arrangiert@lafast.example, andere@lafast.example.";
    assert!(room.reads(&other).await[0].text().contains(both));
    room.set_duty(&other, "0").await;
    room.set_duty(&arranges, "0").await;
    assert_eq!(tells(&room.reads(&arranges).await), [false; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn boxes_are_kept_when_the_form_is_refused_and_when_it_is_taken() {
    let room = Room::open().await;
    let key = room.app.store.ambient().uuid();
    let slug = &room.slug;
    let form = format!(
        "slug={slug}&key={key}&name=Anna&organisation=Haus&district=dresden&mode=on_site&needs%5Bstep_free%5D=1&needs[food]=1&access_needs=vegan"
    );
    let refused = room.app.post("/api/sign-up", &form).await;
    let page = room
        .app
        .get(
            refused
                .header("location")
                .split('#')
                .next()
                .unwrap()
                .trim_start_matches(&room.app.origin),
        )
        .await
        .text();
    let is_checked = |page: &str, need: &str| {
        let start = page.find(&format!("name=\"needs[{need}]\"")).unwrap();
        page[start..start + page[start..].find('>').unwrap()].contains("checked")
    };
    for (need, expected) in [("step_free", true), ("food", true), ("childcare", false)] {
        assert_eq!(is_checked(&page, need), expected, "{need}");
    }
    assert!(page.contains("vegan"));

    room.app
        .post("/api/sign-up", &format!("{form}&email=anna%40traeger.example"))
        .await;
    let mails = room.app.store.mails(10).await.unwrap();
    let token = mails[0].payload["place"]["token"].as_str().unwrap();
    let place = room.app.store.place_by_token(token).await.unwrap();
    assert_eq!(place.needs.keys(), "step_free,food");
    let change = format!("token={token}&needs[captions]=1&access_needs=&listing=nobody");
    room.app.post("/api/place-answers", &change).await;
    let place = room.app.store.place_by_token(token).await.unwrap();
    assert_eq!(
        (place.needs.keys(), place.access_needs.as_str()),
        ("captions".to_owned(), "")
    );
    let page = room.app.get(&format!("/anmeldung/{token}")).await.text();
    assert!(is_checked(&page, "captions") && !is_checked(&page, "food"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_seat_reads_who_else_comes_and_who_waits_does_not() {
    let room = Room::open().await;
    let listed = |form: &mut SignUpForm| {
        form.listing = "participants".to_owned();
        form.access_needs = TYPED.to_owned();
    };
    let anna = room.comes("Annalena", |_| {}).await;
    room.comes("Bertalinde", listed).await;
    room.comes("Geheimrat", |_| {}).await;
    let waits = room.comes("Wartburga", listed).await;

    let page = room.app.get(&format!("/anmeldung/{anna}")).await.text();
    assert!(page.contains("Wer noch kommt") && page.contains("Bertalinde"));
    assert!(page.contains("Brücke Mulde (Dresden"), "Träger and district");
    assert!(page.contains("und 1\u{a0}weitere Person"));
    for secret in ["Geheimrat", "Wartburga", TYPED, "bertalinde@traeger.example"] {
        assert!(!page.contains(secret), "{secret}");
    }
    // Once it is over nobody comes any more.
    let row = room.app.store.workshop(room.workshop).await.unwrap().row;
    let mut past = row.draft.clone();
    past.ends_at = room.app.store.ambient().now().plus_hours(-2);
    past.starts_at = past.ends_at.plus_hours(-5);
    past.sessions = Vec::new();
    past.seats.starts_at = past.starts_at;
    let is_over = page.contains("Wer noch dabei war");
    let waits = room.app.get(&format!("/anmeldung/{waits}")).await.text();
    room.app
        .store
        .edit_workshop(Actor::System, room.workshop, row.seen(), &past, false)
        .await
        .unwrap();
    let over = room.app.get(&format!("/anmeldung/{anna}")).await.text();
    assert!(!is_over && over.contains("Wer noch dabei war") && !over.contains("Wer noch kommt"));
    assert!(over.contains("Bertalinde"));

    let page = waits;
    assert!(page.contains("Warteliste"));
    for name in ["Wer noch kommt", "Bertalinde", "Annalena", "Geheimrat"] {
        assert!(!page.contains(name), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_reads_why_and_who_and_a_refused_reason_stays_in_its_field() {
    let room = Room::open().await;
    for name in ["Anna", "Berta", "Clara"] {
        room.comes(name, |_| {}).await;
    }
    room.comes("Dora", |_| {}).await;
    let staff = room.with_role("buero@lafast.example", Role::Staff).await;
    let rows = room
        .app
        .store
        .sign_ups(room.workshop, &store::signups::SignUpFilter::default())
        .await
        .unwrap();
    let dora = rows.iter().find(|row| row.name == "Dora").unwrap().id;
    let office = format!("/verwaltung/veranstaltungen/{}", room.workshop);
    let move_up = |reason: &str| format!("workshop={}&id={dora}&reason={reason}", room.workshop);

    // Too short, and it stands in the field of the person, with a sentence.
    let refused = room
        .ask(Method::POST, "/api/staff-move-up", &move_up("zq"), &staff)
        .await;
    let back = refused.header("location").trim_start_matches(&room.app.origin);
    let page = room.ask(Method::GET, back, "", &staff).await.text();
    let field = &page[page.find(&format!("id=\"move_up-{dora}\"")).unwrap()..];
    assert!(field[..field.find('>').unwrap()].contains("value=\"zq\""));
    assert!(page.contains(&format!("id=\"move_up-{dora}-error\"")));
    assert_eq!(page.matches("value=\"zq\"").count(), 1, "in no other field");

    let reason = "leitet den Austausch";
    room.ask(
        Method::POST,
        "/api/staff-move-up",
        &move_up(&reason.replace(' ', "%20")),
        &staff,
    )
    .await;
    let page = room.ask(Method::GET, &office, "", &staff).await;
    let path = format!("/verwaltung/anmeldungen/{dora}");
    assert!(page.links().contains(&path));
    assert!(page.text().contains("Anmeldung Nr. 4: "));
    let log = room.ask(Method::GET, "/verwaltung/protokoll", "", &staff).await;
    assert!(log.text().contains("Anmeldung Nr. 4: "), "{}", log.text());
    let course = room.ask(Method::GET, &path, "", &staff).await.text();
    assert!(course.contains(reason) && course.contains("buero@lafast.example"));
    assert!(course.contains(">Zur Veranstaltung<"), "{course}");
    let curator = room.with_role("kuratiert@lafast.example", Role::Curator).await;
    let hidden = room.ask(Method::GET, &path, "", &curator).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    assert!(!hidden.text().contains(reason));
}
