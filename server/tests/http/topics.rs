//! Topics in the form for a place: ticked as boxes, kept when something else is wrong, three at most.

use axum::http::StatusCode;
use domain::ids::{TopicId, WorkshopId};
use domain::time::Instant;
use store::Ambient;
use store::signups::SignUpFilter;
use store_testing::{command, form, plan};

use crate::support::{TestApp, words};

const QUESTION: &str = "Welche Themen sind Ihnen wichtig?";
const LIST: &str = "Themen der Teilnehmenden";
const TOO_MANY: &str = "Bitte wählen Sie höchstens drei Themen.";

/// Somebody comes and proposes topics.
async fn comes(app: &TestApp, workshop: WorkshopId, name: &str, topics: &[&str]) {
    let email = format!("{name}@traeger.example");
    let sent = command(&app.store, workshop, form(name, &email).parse().unwrap());
    app.store.sign_up(sent).await.unwrap();
    let token = token_of(app, name).await.unwrap();
    app.store.confirm(&token).await.unwrap();
    for topic in topics {
        app.store.propose_topic(&token, topic).await.unwrap();
    }
}

/// The personal link in the mails to somebody, if there is one.
async fn token_of(app: &TestApp, name: &str) -> Option<String> {
    let mails = app.store.mails(50).await.unwrap();
    let to = format!("{name}@traeger.example");
    let mail = mails.iter().find(|mail| mail.recipient == to)?;
    mail.payload["place"]["token"].as_str().map(str::to_owned)
}

/// A browser without script sends the form, and is shown this page.
async fn sends(app: &TestApp, form: &str) -> (String, String) {
    let sent = app.post("/api/sign-up", form).await;
    assert_eq!(sent.status, StatusCode::FOUND, "{}", sent.text());
    let place = sent.header("location").trim_start_matches(&app.origin).to_owned();
    let page = app.get(place.split('#').next().unwrap()).await;
    (place, page.text())
}

/// Whether the box of a topic is ticked; nothing if there is none.
fn is_ticked(page: &str, topic: TopicId) -> Option<bool> {
    let start = page.find(&format!("name=\"votes[{topic}]\""))?;
    let tag = &page[start..];
    Some(tag[..tag.find('>')?].contains("checked"))
}

/// Boxes that stand in the form at once, those that are folded away, and whether the fold is open; nothing if nothing is folded.
fn folded(page: &str) -> Option<(usize, usize, bool)> {
    let boxes = |part: &str| part.matches("name=\"votes[").count();
    let group = page.split(QUESTION).nth(1)?.split("</fieldset>").next()?;
    let (sight, fold) = group.split_once("<details")?;
    let tag = fold.split('>').next()?;
    Some((boxes(sight), boxes(fold), tag.contains(" open")))
}

#[tokio::test(flavor = "multi_thread")]
async fn topics_are_ticked_in_the_form_and_a_fourth_is_refused_with_nothing_written() {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let row = app.publishes(&plan(clock.now(), 30, 9)).await;
    let (workshop, path) = (row.id, format!("/veranstaltungen/{}", row.slug));
    let page = app.get(&path).await.text();
    assert!(page.contains("name=\"topic\"") && !page.contains(QUESTION) && !page.contains(LIST));

    comes(&app, workshop, "anna", &["Kaution", "Schule", "Sprache"]).await;
    comes(&app, workshop, "berta", &["Arbeit"]).await;
    let topics = app.store.topics(workshop, None).await.unwrap();
    let ids = topics.iter().map(|topic| topic.id).collect::<Vec<_>>();
    let page = app.get(&path).await.text();
    assert!(
        page.contains(QUESTION) && !page.contains(LIST),
        "nothing is said twice"
    );
    assert!(page.contains("Kaution (1\u{a0}Stimme)"), "{page}");
    assert_eq!(folded(&page), None, "four are in sight");
    assert!(ids.iter().all(|id| is_ticked(&page, *id) == Some(false)));

    let key = app.store.ambient().uuid();
    let filled = |email: &str, ticked: &[TopicId]| {
        let ticked: String = ticked.iter().map(|id| format!("&votes%5B{id}%5D=1")).collect();
        format!(
            "slug={}&key={key}&name=Dora&email={email}&organisation=Haus&district=dresden&mode=on_site{ticked}",
            row.slug
        )
    };
    let there = async || {
        app.store
            .sign_ups(workshop, &SignUpFilter::default())
            .await
            .unwrap()
            .len()
    };
    // What was ticked stays ticked, whatever is wrong.
    let (_, page) = sends(&app, &filled("keine", &ids[..2])).await;
    let ticked: Vec<_> = ids.iter().map(|id| is_ticked(&page, *id)).collect();
    assert_eq!(ticked, [true, true, false, false].map(Some));
    assert!(page.contains("id=\"email-error\"") && !page.contains(TOO_MANY));
    let (place, page) = sends(&app, &filled("dora%40traeger.example", &ids)).await;
    assert!(place.contains("antwort="), "{place}");
    assert!(
        page.contains("href=\"#votes\"") && page.contains("id=\"votes-error\"") && page.contains(TOO_MANY)
    );
    assert!(ids.iter().all(|id| is_ticked(&page, *id) == Some(true)));
    assert_eq!((there().await, token_of(&app, "dora").await), (2, None));

    // Three are taken, once, however often the form is sent, and counted when the address is confirmed.
    for _ in 0..2 {
        let (place, _) = sends(&app, &filled("dora%40traeger.example", &ids[..3])).await;
        assert!(place.contains("/angemeldet"), "{place}");
        assert_eq!(there().await, 3);
    }
    let counted = async || {
        let topics = app.store.topics(workshop, None).await.unwrap();
        topics.iter().map(|topic| topic.votes).collect::<Vec<_>>()
    };
    assert_eq!(counted().await, [1, 1, 1, 1]);
    let token = token_of(&app, "dora").await.unwrap();
    let own = app.get(&format!("/anmeldung/{token}")).await.text();
    assert_eq!(own.matches("Stimme zurücknehmen").count(), 3);
    assert!(own.contains("Sie haben Ihre drei Stimmen vergeben."), "{own}");
    app.store.confirm(&token).await.unwrap();
    assert_eq!(counted().await, [2, 2, 2, 1]);
    let page = app.get(&path).await.text();
    assert!(page.contains("(2\u{a0}Stimmen)"), "the page knows of it");
    app.store.vote_topic(&token, ids[0], false).await.unwrap();
    let own = app.get(&format!("/anmeldung/{token}")).await.text();
    assert!(own.contains("Sie haben noch eine von drei Stimmen."), "{own}");

    // Where nobody can sign up any more they stand in a list.
    clock.advance_seconds(29 * 24 * 3_600 + 60);
    let page = app.get(&path).await.text();
    assert!(page.contains(LIST) && page.contains("Kaution") && !page.contains(QUESTION));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_are_many_topics_those_with_the_most_votes_are_shown_and_the_way_to_the_others() {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let row = app.publishes(&plan(clock.now(), 30, 20)).await;
    let path = format!("/veranstaltungen/{}", row.slug);
    for person in 0..10 {
        let topics = [0, 1, 2].map(|topic| format!("Thema {person}-{topic}"));
        comes(
            &app,
            row.id,
            &format!("p{person}"),
            &topics.each_ref().map(String::as_str),
        )
        .await;
    }
    let boxes = |page: &str| page.matches("name=\"votes[").count();
    let page = app.get(&path).await.text();
    assert_eq!((boxes(&page), page.contains("Hier stehen die")), (30, false));

    comes(&app, row.id, "spaet", &["Wohnen"]).await;
    comes(&app, row.id, "auch", &[]).await;
    let wanted = app.store.topics(row.id, None).await.unwrap();
    let wanted = wanted.iter().find(|topic| topic.text == "Wohnen").unwrap().id;
    app.store
        .vote_topic(&token_of(&app, "auch").await.unwrap(), wanted, true)
        .await
        .unwrap();
    let page = app.get(&path).await.text();
    assert!(
        page.contains("Alle 31 finden Sie über Ihren persönlichen Link."),
        "{page}"
    );
    assert_eq!(
        (boxes(&page), is_ticked(&page, wanted)),
        (30, Some(false)),
        "the newest has the most votes"
    );

    // Five are in sight, the one with the most votes among them; what is ticked further down is in sight, too.
    assert_eq!(folded(&page), Some((5, 25, false)));
    assert!(page.contains("Weitere Themen (25)"), "{page}");
    let topics = app.store.topics(row.id, None).await.unwrap();
    let key = app.store.ambient().uuid();
    let ticked = |chosen: &[usize]| {
        let boxes: String = chosen
            .iter()
            .map(|at| format!("&votes%5B{}%5D=1", topics[*at].id))
            .collect();
        format!("slug={}&key={key}&name=Dora&email=keine{boxes}", row.slug)
    };
    for (chosen, open) in [
        (&[0, 4][..], false),
        (&[5][..], true),
        (&[29][..], true),
        (&[0, 1, 2, 3][..], true),
    ] {
        let (_, page) = sends(&app, &ticked(chosen)).await;
        assert_eq!(folded(&page), Some((5, 25, open)), "{chosen:?}");
    }
}

/// The topics in the list of the office, with their votes.
fn listed(page: &str) -> Vec<String> {
    let page = page.replace("<!>", "");
    let section = page.split(">Themenvorschläge</h2>").nth(1).unwrap();
    let list = section.split("</ol>").next().unwrap();
    assert!(list.contains("<ol"), "a list with an order: {list}");
    let topics = list.split("<li").skip(1);
    topics
        .map(|topic| words(topic.split("<details").next().unwrap().split_once('>').unwrap().1))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_the_topics_in_the_order_of_their_votes() {
    let clock = Ambient::manual(Instant(1_800_000_000_000_000));
    let app = TestApp::start_with(clock.clone(), |_| {}).await;
    let row = app.publishes(&plan(clock.now(), 30, 9)).await;
    comes(&app, row.id, "anna", &["Kaution", "Schule"]).await;
    clock.advance_seconds(1);
    comes(&app, row.id, "berta", &["Arbeit"]).await;
    comes(&app, row.id, "clara", &[]).await;
    let session = app.staff_signs_in("leitung@lafast.example").await;
    let path = format!("/verwaltung/veranstaltungen/{}", row.id);
    let page = app.get_as(&path, &session).await.text();
    let order = listed(&page);
    assert_eq!(
        order.last().map(String::as_str),
        Some("Arbeit 1 Stimme"),
        "the newest is the last: {page}"
    );

    let topics = app.store.topics(row.id, None).await.unwrap();
    let id = |text: &str| topics.iter().find(|topic| topic.text == text).unwrap().id;
    for (name, text) in [("berta", "Schule"), ("clara", "Arbeit"), ("clara", "Schule")] {
        let token = token_of(&app, name).await.unwrap();
        app.store.vote_topic(&token, id(text), true).await.unwrap();
    }
    let page = app.get_as(&path, &session).await.text();
    let order = ["Schule 3 Stimmen", "Arbeit 2 Stimmen", "Kaution 1 Stimme"];
    assert_eq!(listed(&page), order, "{page}");
}
