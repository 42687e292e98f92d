//! Certificates: who may issue them, that what they say can be checked by anybody, and that what was revoked is handed on by
//! nothing.

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::account::Role;
use domain::contact::EmailAddress;
use domain::ids::{OrganisationId, PersonId, WorkshopId};
use domain::mail::Occasion;
use domain::module::ModuleCode;
use domain::time::Instant;
use store::Ambient;
use store::audit::Actor;
use store::signups::SignUpFilter;

use crate::support::{Answer, TestApp, request};

/// What the page of a certificate of the demo says.
const EXAMPLE: &str = "Dies ist ein Beispiel, kein echter Nachweis.";

struct School {
    app: TestApp,
    run: WorkshopId,
    ends_at: Instant,
    places: Vec<(String, String, String)>,
}

impl School {
    /// The demo, and a run of a module with people who have a seat.
    async fn open() -> Self {
        let now = Instant::from_input("2026-11-09T09:00").unwrap();
        let app = TestApp::start_filled_with(Ambient::manual(now), |_| {}).await;
        let law = app
            .store
            .module(&ModuleCode::parse("FSA-102").unwrap())
            .await
            .unwrap();
        let run = app.store.runs_ever(law.id).await.unwrap().remove(0);
        let all = app
            .store
            .sign_ups(run.id, &SignUpFilter::default())
            .await
            .unwrap();
        let seated = all
            .iter()
            .filter(|row| row.state == domain::booking::PlaceState::Confirmed);
        let places = seated
            .map(|row| (row.id.to_string(), row.name.clone(), row.email.clone()))
            .collect();
        Self {
            run: run.id,
            ends_at: run.ends_at,
            places,
            app,
        }
    }

    async fn person(&self, name: &str, role: Role, of: Option<OrganisationId>) -> (PersonId, String) {
        let email = format!("{name}@nachweis.example");
        let parsed = EmailAddress::parse(&email).unwrap();
        let person = self
            .app
            .store
            .admin_add(Actor::System, &parsed, role, of)
            .await
            .unwrap();
        (person, self.app.signs_in(&email).await)
    }

    async fn sends(&self, path: &str, form: &str, session: Option<&str>) -> Answer {
        let mut request = self.app.form(path, "application/json");
        if let Some(session) = session {
            request = request.header(header::COOKIE, format!("lafast={session}"));
        }
        self.app.send(request, Body::from(form.to_owned())).await
    }

    fn pass(&self, places: usize) -> String {
        let ids = self.places.iter().take(places).enumerate();
        let ids: Vec<String> = ids
            .map(|(place, (id, ..))| format!("passed[{place}]={id}"))
            .collect();
        format!("id={}&{}", self.run, ids.join("&"))
    }

    async fn issued(&self) -> usize {
        self.app.store.certificates_of_run(self.run).await.unwrap().len()
    }

    /// The institution of the module, and another one.
    async fn institutions(&self) -> (OrganisationId, OrganisationId) {
        let owner = |code: &str| {
            let code = ModuleCode::parse(code).unwrap();
            async move { self.app.store.module(&code).await.unwrap().owners[0].0 }
        };
        (owner("FSA-102").await, owner("AKL-1").await)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn certificates_are_issued_by_the_institution_once_the_run_is_over_and_checked_by_everybody() {
    let school = School::open().await;
    let store = &school.app.store;
    let (own, other) = school.institutions().await;
    let (_, early) = school.person("frueh", Role::Curator, Some(own)).await;
    let answer = school.sends("/api/run-pass", &school.pass(2), Some(&early)).await;
    assert!(answer.text().contains("noch nicht vorbei"), "{}", answer.text());
    assert_eq!(school.issued().await, 0);

    store.ambient().set(school.ends_at.plus_hours(1));
    let (_, curator) = school.person("pflegt", Role::Curator, Some(own)).await;
    let (_, stranger) = school.person("fremd", Role::Curator, Some(other)).await;
    let (_, participant) = school.person("nimmt-teil", Role::Participant, None).await;
    for session in [None, Some(participant.as_str()), Some(stranger.as_str())] {
        let answer = school.sends("/api/run-pass", &school.pass(2), session).await;
        assert!(!answer.status.is_server_error());
        assert_eq!(school.issued().await, 0, "{session:?}");
        let seen = school
            .sends("/api/run-desk", &format!("id={}", school.run), session)
            .await;
        assert_eq!(seen.text().trim(), "null", "{session:?}");
    }
    let nobody = school
        .sends("/api/run-pass", &format!("id={}", school.run), Some(&curator))
        .await;
    assert!(nobody.text().contains("Bitte wählen Sie, wer bestanden hat"));
    for _ in 0..2 {
        school
            .sends("/api/run-pass", &school.pass(2), Some(&curator))
            .await;
        assert_eq!(school.issued().await, 2, "one for each, however often");
    }

    let certificates = store.certificates_of_run(school.run).await.unwrap();
    let certificate = &certificates[0];
    let path = format!("/nachweis/{}", certificate.code.as_str());
    let page = school.app.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "no-store");
    for label in [
        "Name",
        "Land und Region",
        "Verliehen von",
        "Ausgestellt am",
        "Lernergebnisse",
        "Arbeitsaufwand",
        "Niveau",
        "Prüfung",
        "Art der Teilnahme",
        "Qualitätssicherung",
    ] {
        assert!(page.text().contains(&format!(">{label}<")), "{label}");
    }
    assert!(!page.text().contains(">Titel<"), "the heading says it already");
    // What belongs to the demo is nowhere called real.
    assert!(page.text().contains(EXAMPLE) && !page.text().contains("echt und gilt"));
    assert!(page.text().contains(&certificate.facts.holder));
    // The code as it is printed, in small letters, leads there, too.
    let typed = school
        .app
        .get(&format!(
            "/nachweis?code={}",
            certificate.code.printed().to_lowercase()
        ))
        .await;
    assert!(typed.text().contains(&path));
    for (code, said) in [
        ("0000", "Der Code hat 16 Zeichen, Sie haben 4 eingegeben."),
        ("0000-0000-0000-0000", "gibt es keinen Nachweis"),
    ] {
        let page = school.app.get(&format!("/nachweis?code={code}")).await.text();
        assert!(page.contains(said), "{code}: {page}");
    }

    // Whoever has the file and the key can check it.
    let badge = school.app.get(&format!("{path}/abzeichen.jwt")).await.text();
    let key = store.signing_key().await.unwrap().unwrap();
    let jwk = school
        .app
        .get(&format!("/abzeichen/schluessel/{}", key.id))
        .await
        .text();
    assert!(jwk.contains(&key.public) && !jwk.contains(&key.secret));
    let said = badges::verify(&badge, &key.public).unwrap();
    assert_eq!(
        said["credentialSubject"]["identifier"][0]["identityHash"],
        certificate.facts.holder
    );
    let issuer = said["issuer"]["id"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    assert_eq!(
        school
            .app
            .get(&format!("/abzeichen/aussteller/{issuer}"))
            .await
            .status,
        StatusCode::OK
    );
    let pdf = school.app.get(&format!("{path}/nachweis.pdf")).await;
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(pdf.body.starts_with(b"%PDF-"));
    let told = store.mails(200).await.unwrap();
    let told = told
        .iter()
        .filter(|mail| mail.occasion == Occasion::CertificateIssued);
    assert_eq!(told.count(), 2);

    // It counts in the plan of whose address it is.
    let (_, _, email) = school
        .places
        .iter()
        .find(|(id, ..)| *id == certificate.sign_up.to_string())
        .unwrap();
    let email = EmailAddress::parse(email).unwrap();
    let holder = store
        .admin_add(Actor::System, &email, Role::Participant, None)
        .await
        .unwrap();
    // So that the code is the newest mail.
    store.ambient().advance_seconds(5);
    let session = school.app.signs_in(email.as_str()).await;
    let request =
        request(Method::GET, "/lernweg?ziel=FSA-Z1").header(header::COOKIE, format!("lafast={session}"));
    let plan = school.app.send(request, Body::empty()).await.text();
    assert!(
        plan.contains("Zählt für Sie schon") && plan.contains("(bestanden)"),
        "{}",
        plan.len()
    );
    store.delete_account(holder).await.unwrap();
    assert_eq!(
        school.app.get(&path).await.status,
        StatusCode::OK,
        "who has it on paper can still show it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_revoked_says_so_and_is_handed_on_by_nothing() {
    let school = School::open().await;
    let store = &school.app.store;
    store.ambient().set(school.ends_at.plus_hours(1));
    let (own, _) = school.institutions().await;
    let (_, curator) = school.person("pflegt", Role::Curator, Some(own)).await;
    let (_, participant) = school.person("nimmt-teil", Role::Participant, None).await;
    school
        .sends("/api/run-pass", &school.pass(1), Some(&curator))
        .await;
    let code = store.certificates_of_run(school.run).await.unwrap()[0]
        .code
        .clone();
    let path = format!("/nachweis/{}", code.as_str());
    let revoke = |reason: &str| format!("id={}&code={}&reason={reason}", school.run, code.printed());
    let short = school
        .sends("/api/run-revoke", &revoke("kurz"), Some(&curator))
        .await;
    assert!(short.text().contains("mindestens 10 Zeichen"));
    school
        .sends(
            "/api/run-revoke",
            &revoke("Die%20Prüfung%20fehlte."),
            Some(&participant),
        )
        .await;
    assert!(school.app.get(&path).await.text().contains(EXAMPLE));
    school
        .sends(
            "/api/run-revoke",
            &revoke("Die%20Prüfung%20fehlte."),
            Some(&curator),
        )
        .await;
    let page = school.app.get(&path).await.text();
    assert!(
        page.contains("widerrufen worden: Die Prüfung fehlte."),
        "{}",
        page.len()
    );
    for file in ["nachweis.pdf", "abzeichen.jwt"] {
        assert_eq!(
            school.app.get(&format!("{path}/{file}")).await.status,
            StatusCode::NOT_FOUND,
            "{file}"
        );
    }
    // A right one can follow.
    school
        .sends("/api/run-pass", &school.pass(1), Some(&curator))
        .await;
    assert_eq!(school.issued().await, 2);

    // Whose it was can still read that there was one, and why it counts no more.
    let email = EmailAddress::parse(&school.places[0].2).unwrap();
    let holder = store
        .admin_add(Actor::System, &email, Role::Participant, None)
        .await
        .unwrap();
    let export = store.account_export(holder).await.unwrap();
    let kept = export["nachweise"].as_array().unwrap();
    let revoked = kept.iter().find(|one| one["code"] == code.printed()).unwrap();
    assert_eq!(revoked["grund"], "Die Prüfung fehlte.");
    assert!(revoked["widerrufen"].is_string());
    let counting = kept.iter().filter(|one| one["widerrufen"].is_null()).count();
    assert_eq!(counting, store.certificates_of(holder).await.unwrap().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_place_leads_to_its_certificate_as_long_as_that_counts() {
    let school = School::open().await;
    let store = &school.app.store;
    store.ambient().set(school.ends_at.plus_hours(1));
    let (own, _) = school.institutions().await;
    let (_, curator) = school.person("pflegt", Role::Curator, Some(own)).await;
    let (place, _, email) = &school.places[0];
    let email = EmailAddress::parse(email).unwrap();
    let holder = store
        .admin_add(Actor::System, &email, Role::Participant, None)
        .await
        .unwrap();
    let mut links = Vec::new();
    for one in store.my_places(holder).await.unwrap() {
        let found = store.place_by_token(&one.token).await.unwrap();
        links.push((found.id.to_string(), format!("/anmeldung/{}", one.token)));
    }
    let own_page = links.iter().find(|(id, _)| id == place).unwrap().1.clone();
    let leads_to = async || {
        let mut links = school.app.get(&own_page).await.links();
        links.retain(|link| link.starts_with("/nachweis/"));
        links
    };
    assert!(leads_to().await.is_empty(), "nobody has passed yet");
    school
        .sends("/api/run-pass", &school.pass(1), Some(&curator))
        .await;
    let issued = store.certificates_of_run(school.run).await.unwrap().remove(0);
    assert_eq!(issued.sign_up.to_string(), *place);
    assert_eq!(leads_to().await, [format!("/nachweis/{}", issued.code.as_str())]);
    let form = format!(
        "id={}&code={}&reason=Die%20Prüfung%20fehlte.",
        school.run,
        issued.code.printed()
    );
    school.sends("/api/run-revoke", &form, Some(&curator)).await;
    assert!(
        leads_to().await.is_empty(),
        "what was revoked is handed on by nothing"
    );
}
