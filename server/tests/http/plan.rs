//! Plans, without a script: what is wanted stands in the address, and only who asks for it has it kept.

use domain::ids::PersonId;

use crate::support::{TestApp, words};

/// Where a plan shows in which semester each module is: everything between the heading and the lists below it.
fn way(page: &str) -> &str {
    let begin = page.find("id=\"weg\"").unwrap_or(page.len());
    let end = page.find("Module dazunehmen").unwrap_or(page.len());
    page.get(begin..end).unwrap_or_default()
}

fn place(page: &str, text: &str) -> usize {
    let way = way(page);
    way.find(text).unwrap_or_else(|| panic!("{text} in {way}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_becomes_semesters_in_which_nothing_comes_too_early() {
    let app = TestApp::start_filled().await;
    let empty = app.get("/lernweg").await.text();
    assert!(empty.contains("FSA-Z1") && empty.contains("FSA-Z2"));
    assert!(words(&empty).contains("Pflicht: FSA-101, FSA-102, FSA-103. Dazu zwei von: HMS-13, "));
    // None of them breaks at its hyphen.
    assert!(
        empty.contains("<span class=\"together\">FSA-102,<!></span>"),
        "{empty}"
    );
    assert!(empty.contains("Gespeichert wird er nur, wenn Sie das wollen."));

    let page = app.get("/lernweg?ziel=FSA-Z2&stunden=10").await.text();
    // What it requires comes first, and in an earlier semester.
    let (law, asylum) = (place(&page, "/module/FSA-102"), place(&page, "/module/FSA-201"));
    let between = way(&page).get(law..asylum).unwrap_or_default();
    assert!(
        between.contains("semester 20"),
        "another semester begins between them: {between}"
    );
    assert!(way(&page).contains("Fertig nach dem "));
    // It is needed on the way, and part of the certificate itself.
    assert!(
        words(between).contains("gehört zum Zertifikat, gebraucht für FSA-20"),
        "{between}"
    );
    // The fewest hours: 202 with 90 hours and 204 with 84, not those with more.
    assert!(way(&page).contains("/module/FSA-202") && way(&page).contains("/module/FSA-204"));
    assert!(!way(&page).contains("/module/FSA-203"));
    // Whoever has passed one of them needs it no more.
    let shorter = app
        .get("/lernweg?ziel=FSA-Z2&stunden=10&hat=FSA-102")
        .await
        .text();
    assert!(!way(&shorter).contains("/module/FSA-102\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_applications_is_not_led_to_them() {
    let app = TestApp::start_filled().await;
    let page = app.get("/anrechnung/FSA-103").await.text();
    assert!(
        page.contains("Zur Übersicht") && !page.contains("Alle Anträge"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_is_said_and_nothing_is_taken_out() {
    let app = TestApp::start_filled().await;
    let from = "ab=2030S";
    let early = app.get(&format!("/lernweg?{from}&m=FSA-201@2030S")).await.text();
    assert!(early.contains("Das passt noch nicht") && early.contains("setzt voraus: FSA-102"));
    assert!(way(&early).contains("/module/FSA-201"));
    let gone = app
        .get(&format!("/lernweg?{from}&m=AKL-4&m=FSA-101"))
        .await
        .text();
    assert!(gone.contains("AKL-4 wird nicht mehr angeboten"));
    assert!(way(&gone).contains("/module/AKL-4") && way(&gone).contains("/module/FSA-101"));
    // For what nobody teaches there is no semester to choose; who plans anew keeps it all the same.
    assert!(!gone.contains("Semester für AKL-4") && gone.contains("Semester für FSA-101"));
    assert!(gone.contains("AKL-4 herausnehmen") && gone.contains("AKL-4 habe ich schon"));
    assert!(
        gone.contains("<input type=\"hidden\" name=\"m\" value=\"AKL-4\""),
        "{gone}"
    );
    // What cannot be read does no harm.
    let odd = app
        .get("/lernweg?m=%22%3E%3Cscript%3E&stunden=-1&ab=x&ziel=%00&%ff=%fe")
        .await;
    assert!(odd.status.is_success());
    let long = format!("/lernweg?m={}", "A".repeat(6_000));
    assert!(!app.get(&long).await.status.is_server_error());
    assert!(
        !app.get(&format!("/lernweg.ics?m={}", "A".repeat(6_000)))
            .await
            .status
            .is_success()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_module_that_was_chosen_can_be_taken_out_and_one_that_is_needed_cannot() {
    let app = TestApp::start_filled().await;
    let plan = "stunden=8&ab=2030S";
    let page = app
        .get(&format!("/lernweg?m=FSA-201&m=FSA-203&{plan}"))
        .await
        .text();
    let out = |code: &str| page.contains(&format!("{code} herausnehmen<"));
    assert!(out("FSA-201") && out("FSA-203") && !out("FSA-102"), "{page}");
    let kept = format!("href=\"/lernweg?m=FSA-201&amp;{}\"", plan.replace('&', "&amp;"));
    assert!(page.contains(&kept), "{page}");
    assert_eq!(
        page.matches("Plan neu berechnen").count(),
        2,
        "below the fields, and at the end"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_of_a_plan_has_every_date_of_its_runs() {
    let app = TestApp::start_filled().await;
    let runs = app.store.runs(None).await.unwrap();
    let run = runs
        .iter()
        .find(|run| run.card.row.draft.sessions.len() > 1)
        .unwrap();
    let code = run.card.row.draft.module.clone().unwrap();
    let term = domain::plan::Term::of(run.card.row.draft.starts_at);
    let file = app.get(&format!("/lernweg.ics?ab={term}&m={code}@{term}")).await;
    assert!(file.header("content-type").starts_with("text/calendar"));
    let dates = run.card.row.draft.sessions.len();
    assert_eq!(file.text().matches("BEGIN:VEVENT").count(), dates);
    assert!(file.text().contains(&format!("({dates}/{dates})")));
    let nothing = app.get("/lernweg.ics").await.text();
    assert_eq!(nothing.matches("BEGIN:VEVENT").count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_kept_only_for_who_is_signed_in_and_only_as_it_can_be_read() {
    let app = TestApp::start_filled().await;
    let wish = "wish=ziel%3DFSA-Z1%26m%3DFSA-203%40%26stunden%3D12%26x%3D%253Cscript%253E";
    let before = app.content().await;
    let refused = app.post("/api/plan-keep", wish).await;
    assert!(!refused.status.is_server_error());
    // The answer to a browser without a script is kept for a quarter of an hour; nothing else is.
    let kept = app
        .store
        .learning_plan(PersonId(uuid::Uuid::nil()))
        .await
        .unwrap();
    assert_eq!(kept, None);
    let after = app.content().await;
    let plans = |content: &str| {
        content
            .lines()
            .filter(|line| line.contains("learning_plan"))
            .count()
    };
    assert_eq!(plans(&before), plans(&after));

    let session = app.signs_in("anna@traeger.example").await;
    let send = async |path: &str, form: &str| {
        use axum::body::Body;
        use axum::http::header;
        let request = app
            .form(path, "application/json")
            .header(header::COOKIE, format!("lafast={session}"));
        app.send(request, Body::from(form.to_owned())).await
    };
    let done = send("/api/plan-keep", wish).await;
    assert!(!done.status.is_server_error());
    let export = send("/api/plan", "query=").await.text();
    let view: serde_json::Value = serde_json::from_str(&export).unwrap();
    let saved = view["saved"].as_str().unwrap();
    assert!(
        saved.starts_with("ziel=FSA-Z1&m=FSA-203&stunden=12&ab="),
        "{saved}"
    );
    send("/api/plan-forget", "").await;
    let view = send("/api/plan", "query=").await.text();
    assert!(view.contains("\"saved\":null"), "{view}");
}
