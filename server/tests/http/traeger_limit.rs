//! How many seats a Träger may have, and until when, as staff set it in the form: it is kept, it holds, and it ends.

use domain::booking::PlaceState;
use domain::ids::WorkshopId;
use domain::time::Instant;
use store::Ambient;
use store_testing::plan;

use crate::support::{TestApp, words};

const HOURS: i64 = 72;

/// The office, the times of a Veranstaltung as the form has them, and when the limit ends.
struct Office {
    app: TestApp,
    clock: Ambient,
    session: String,
    times: String,
    until: Instant,
}

impl Office {
    async fn open() -> Self {
        let clock = Ambient::manual(Instant(1_800_000_000_000_000));
        let app = TestApp::start_with(clock.clone(), |_| {}).await;
        let session = app.staff_signs_in("leitung@lafast.example").await;
        let draft = plan(clock.now(), 30, 9);
        let times = format!(
            "starts_at={}&ends_at={}&opens_at={}&closes_at={}",
            draft.starts_at.to_input(),
            draft.ends_at.to_input(),
            draft.seats.opens_at.to_input(),
            draft.seats.closes_at.to_input()
        );
        Self {
            until: clock.now().plus_hours(HOURS),
            app,
            clock,
            session,
            times,
        }
    }

    /// Sends a form without WebAssembly. Returns the address of the page that comes next.
    async fn sends(&self, path: &str, form: &str) -> String {
        let answer = self.app.post_as(path, form, &self.session).await;
        answer
            .header("location")
            .trim_start_matches(&self.app.origin)
            .to_owned()
    }

    /// Sends the form of a new Veranstaltung with this limit.
    async fn saves(&self, max: &str, until: &str) -> String {
        let form = format!(
            "kind=regional&title=Wohnen&summary=Kurz&districts=dresden&venue_name=Haus&venue_town=Dresden\
             &capacity_on_site=9&{}&per_organisation_max={max}&per_organisation_until={until}",
            self.times
        );
        self.sends("/api/staff-save", &form).await
    }

    async fn reads(&self, path: &str) -> String {
        self.app.get_as(path, &self.session).await.text()
    }

    /// Somebody of this Träger signs up, without script. Returns what the next page says.
    async fn comes(&self, slug: &str, name: &str, organisation: &str) -> String {
        let key = self.app.store.ambient().uuid();
        let form = format!(
            "slug={slug}&key={key}&name={name}&email={name}%40traeger.example&organisation={organisation}&district=dresden&mode=on_site"
        );
        let answer = self.app.post("/api/sign-up", &form).await;
        let next = answer
            .header("location")
            .trim_start_matches(&self.app.origin)
            .to_owned();
        words(&self.app.get(&next).await.text())
    }

    /// The token of somebody's personal link.
    async fn token(&self, name: &str) -> String {
        let mails = self.app.store.mails(100).await.unwrap();
        let to = format!("{name}@traeger.example");
        let mail = mails.iter().find(|mail| mail.recipient == to).unwrap();
        mail.payload["place"]["token"].as_str().unwrap().to_owned()
    }

    async fn state(&self, token: &str) -> PlaceState {
        self.app.store.place_by_token(token).await.unwrap().state
    }
}

/// What stands in a field of the page.
fn value<'a>(page: &'a str, name: &str) -> &'a str {
    let named = format!(" name=\"{name}\"");
    let tag = page.split('<').find(|tag| tag.contains(&named)).unwrap();
    let value = tag.split(" value=\"").nth(1);
    value.and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limit_of_each_traeger_is_kept_as_staff_type_it_and_holds_until_its_date() {
    let office = Office::open().await;
    let until = office.until.to_input();
    let next = office.saves("1", &until).await;
    let id: String = next
        .split("/veranstaltungen/")
        .nth(1)
        .unwrap()
        .chars()
        .take(36)
        .collect();
    office.sends("/api/staff-publish", &format!("id={id}")).await;
    let page = office
        .reads(&format!("/verwaltung/veranstaltungen/{id}/bearbeiten"))
        .await;
    assert_eq!(value(&page, "per_organisation_max"), "1");
    assert_eq!(value(&page, "per_organisation_until"), until);

    let id = WorkshopId::parse(&id).unwrap();
    let slug = office.app.store.workshop(id).await.unwrap().row.slug;
    let why = "Ihr Träger hat schon alle Plätze, die er vorerst haben kann.";
    let first = office.comes(&slug, "anna", "Haus").await;
    assert!(
        first.contains("für Sie gehalten") && !first.contains(why),
        "{first}"
    );
    let second = office.comes(&slug, "berta", "Haus").await;
    assert!(
        second.contains(why) && second.contains("Platz 1 der Warteliste"),
        "{second}"
    );
    let other = office.comes(&slug, "clara", "Anderswo").await;
    assert!(
        other.contains("für Sie gehalten") && !other.contains(why),
        "{other}"
    );
    let [anna, berta] = [office.token("anna").await, office.token("berta").await];
    for token in [&anna, &berta] {
        office.app.store.confirm(token).await.unwrap();
    }

    office.clock.set(office.until.plus_seconds(-1));
    office.app.store.settle_due().await.unwrap();
    assert_eq!(office.state(&berta).await, PlaceState::Waiting, "until its date");
    office.clock.set(office.until);
    office.app.store.settle_due().await.unwrap();
    assert_eq!(office.state(&berta).await, PlaceState::Confirmed);
    assert_eq!(office.state(&anna).await, PlaceState::Confirmed);
    let late = office.comes(&slug, "dora", "Haus").await;
    assert!(late.contains("für Sie gehalten") && !late.contains(why), "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_is_no_number_is_refused_at_its_field_and_nothing_is_made() {
    let office = Office::open().await;
    let next = office.saves("viele", "bald").await;
    let page = office.reads(&next).await;
    for (name, typed) in [
        ("per_organisation_max", "viele"),
        ("per_organisation_until", "bald"),
    ] {
        assert!(page.contains(&format!("id=\"{name}-error\"")), "{name}: {page}");
        assert_eq!(value(&page, name), typed);
    }
    assert!(!office.reads("/verwaltung").await.contains(">Wohnen<"));
}
