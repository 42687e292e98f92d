//! Who may do what (S3): every route of the platform for every role, to the last cell. The routes come from the
//! application itself; one that is new has to be entered here before the tests pass.
//!
//! What may not be seen is not there: the answer is 404, or a form's answer that changes nothing.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use domain::account::Role;
use domain::coding::{CodeDraft, CodebookDraft, CodingDraft};
use domain::contact::EmailAddress;
use domain::ids::{BoardId, CodeId, CodebookId, CodingId, RecognitionId};
use domain::module::ModuleCode;
use domain::module::review::Reviewer;
use domain::recognition::{Claim, Claims, FileKind, FileName, Grasp, Procedure};
use store::audit::Actor;
use store::recognition::{Change, Uploaded};

use crate::support::{Answer, TestApp, request, server_functions};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Visitor,
    Participant,
    Curator,
    Staff,
    Admin,
}

const EVERYBODY: [Who; 5] = [
    Who::Visitor,
    Who::Participant,
    Who::Curator,
    Who::Staff,
    Who::Admin,
];
const OFFICE: [Who; 2] = [Who::Staff, Who::Admin];
/// The curator is one of the institution that offers `{own}`.
const CURATING: [Who; 3] = [Who::Curator, Who::Staff, Who::Admin];

/// Every page, and who sees it. `{draft}` and `{event}` are ids, `{slug}` a published Veranstaltung, `{hidden}` a
/// draft's slug, `{board}` a board, `{number}` a card of it that all see and `{unread}` one that waits.
const PAGES: [(&str, &[Who]); 106] = [
    ("/", &EVERYBODY),
    ("/veranstaltungen", &EVERYBODY),
    ("/veranstaltungen/{slug}", &EVERYBODY),
    ("/veranstaltungen/{hidden}", &OFFICE),
    ("/veranstaltungen/{slug}/angemeldet", &EVERYBODY),
    ("/veranstaltungen/{slug}.ics", &EVERYBODY),
    ("/veranstaltungen/{hidden}.ics", &[]),
    ("/veranstaltungen.ics", &EVERYBODY),
    ("/veranstaltungen.atom", &EVERYBODY),
    ("/themen", &EVERYBODY),
    ("/themen/{board}", &EVERYBODY),
    ("/themen/{board}/leinwand", &EVERYBODY),
    ("/themen/{board}/ergebnisse", &EVERYBODY),
    ("/themen/unbekannt/ergebnisse", &[]),
    ("/vorlagen", &EVERYBODY),
    ("/vorlagen/{template}", &EVERYBODY),
    ("/themen/{board}/moderation", &OFFICE),
    ("/themen/{board}/anwesend", &OFFICE),
    ("/themen/{board}/protokoll", &OFFICE),
    ("/themen/{board}/bearbeiten", &OFFICE),
    ("/themen/{board}/code.svg", &EVERYBODY),
    ("/themen/{board}/export.csv", &EVERYBODY),
    ("/themen/{board}/export.json", &EVERYBODY),
    ("/themen/{board}/export.md", &EVERYBODY),
    ("/themen/{board}/export.pdf", &EVERYBODY),
    ("/themen/{board}/protokoll.csv", &OFFICE),
    ("/themen/{board}/karten/{number}", &EVERYBODY),
    ("/themen/{board}/karten/{number}.pdf", &EVERYBODY),
    ("/themen/{board}/karten/{number}.odt", &EVERYBODY),
    ("/themen/{board}/karten/{number}.md", &EVERYBODY),
    ("/themen/{board}/karten/{number}.md?teile=moderation", &OFFICE),
    ("/themen/{board}/karten/{number}.exe", &[]),
    ("/themen/{board}/karten/{unread}", &OFFICE),
    ("/themen/{board}/karten/{unread}.pdf", &OFFICE),
    ("/themen/{board}/karten/{unread}.odt", &OFFICE),
    ("/themen/{board}/karten/{unread}.md", &OFFICE),
    ("/themen/unbekannt", &[]),
    ("/anmeldung", &EVERYBODY),
    ("/anmeldung/unbekannt", &[]),
    ("/anmeldung/unbekannt/kalender.ics", &[]),
    ("/konto", &EVERYBODY),
    ("/konto/anmelden", &EVERYBODY),
    (
        "/konto/auskunft.json",
        &[Who::Participant, Who::Curator, Who::Staff, Who::Admin],
    ),
    ("/verwaltung", &OFFICE),
    ("/verwaltung/veranstaltungen/neu", &OFFICE),
    ("/verwaltung/veranstaltungen/{event}", &OFFICE),
    ("/verwaltung/veranstaltungen/{draft}", &OFFICE),
    ("/verwaltung/veranstaltungen/{event}/bearbeiten", &OFFICE),
    ("/verwaltung/veranstaltungen/{event}/kopieren", &OFFICE),
    ("/verwaltung/veranstaltungen/{event}/anmeldungen.csv", &OFFICE),
    ("/verwaltung/veranstaltungen/{event}/anmeldungen.xlsx", &OFFICE),
    ("/verwaltung/anmeldungen/{waiting}", &OFFICE),
    ("/verwaltung/ergebnisse", &OFFICE),
    ("/verwaltung/auswertung", &OFFICE),
    ("/verwaltung/auswertung/{coding}", &OFFICE),
    ("/verwaltung/auswertung/codebuch/{codebook}", &OFFICE),
    ("/verwaltung/auswertung/{coding}/karte/{board}/{number}", &OFFICE),
    ("/verwaltung/auswertung/{coding}/zitate.csv", &OFFICE),
    ("/verwaltung/auswertung/{coding}/zitate.md", &OFFICE),
    ("/verwaltung/postausgang", &OFFICE),
    ("/verwaltung/postausgang/{mail}", &OFFICE),
    (
        "/verwaltung/veranstaltungen/{event}/anmeldungen/{waiting}/mails",
        &OFFICE,
    ),
    ("/verwaltung/protokoll", &OFFICE),
    ("/module", &EVERYBODY),
    ("/module/vergleich", &EVERYBODY),
    ("/module/{module}", &EVERYBODY),
    ("/module/{unpublished}", &[]),
    ("/module/{module}/fassung/{version}", &EVERYBODY),
    ("/module/{module}/fassung/unbekannt", &[]),
    ("/modulhandbuch.pdf", &EVERYBODY),
    ("/bridges/moochub/courses", &EVERYBODY),
    ("/lernweg", &EVERYBODY),
    ("/lernweg.ics", &EVERYBODY),
    ("/anrechnung", &EVERYBODY),
    ("/anrechnung/{module}", &EVERYBODY),
    ("/anrechnung/nachweis/{evidence}", &CURATING),
    ("/katalog/anrechnung", &CURATING),
    ("/katalog/anrechnung/{recognition}", &CURATING),
    ("/katalog/import", &CURATING),
    ("/katalog/pruefung", &CURATING),
    ("/katalog/semester", &CURATING),
    ("/katalog/zugaenge", &CURATING),
    ("/katalog/import/unbekannt", &[]),
    ("/katalog/module.csv", &CURATING),
    ("/katalog/module.json", &CURATING),
    ("/katalog/vorlage.xlsx", &CURATING),
    ("/katalog/durchgang/{run}", &OFFICE),
    ("/nachweis", &EVERYBODY),
    ("/nachweis/unbekannt", &[]),
    ("/nachweis/0123456789ABCDEF/nachweis.pdf", &[]),
    ("/abzeichen/schluessel/unbekannt", &[]),
    ("/katalog", &CURATING),
    ("/katalog/zertifikate", &OFFICE),
    ("/katalog/bedarf", &CURATING),
    ("/katalog/modulhandbuch.pdf", &CURATING),
    ("/module/aenderungen.json", &EVERYBODY),
    ("/module.atom", &EVERYBODY),
    ("/module/suche.json", &EVERYBODY),
    ("/oeapi/v6", &EVERYBODY),
    ("/oeapi/v6/courses", &EVERYBODY),
    ("/oeapi/v6/persons", &[]),
    ("/katalog/{own}", &CURATING),
    ("/katalog/{module}", &OFFICE),
    ("/katalog/{own}/feld/{field}", &CURATING),
    ("/katalog/{module}/feld/{field}", &OFFICE),
    ("/impressum", &EVERYBODY),
];

/// Every form of the office with a complete set of fields: only staff change anything with it.
const OFFICE_FORMS: [(&str, &str); 52] = [
    (
        "/api/staff-save",
        "id=&version=0&kind=regional&title=Fremd&summary=Fremd&districts=dresden&starts_at=2030-01-10T10:00&ends_at=2030-01-10T12:00&opens_at=2026-01-01T08:00&closes_at=2030-01-09T10:00&capacity_on_site=5&venue_name=Haus&venue_town=Dresden",
    ),
    (
        "/api/staff-copy",
        "id={event}&district_1=leipzig&starts_1=2030-02-10T10:00",
    ),
    ("/api/staff-publish", "id={draft}"),
    ("/api/staff-discard", "id={unwanted}"),
    (
        "/api/staff-add",
        "workshop={event}&name=Anna&email=anna%40traeger.example&organisation=Brücke&district=dresden&mode=on_site&add_reason=Telefon",
    ),
    // While the mail is still true.
    (
        "/api/staff-mail-again",
        "workshop={event}&place={waiting}&mail={mail}&key=0198c0de-0000-7000-8000-000000000009",
    ),
    (
        "/api/staff-mail-bounced",
        "workshop={event}&place={waiting}&mail={mail}&bounced=1",
    ),
    ("/api/staff-move-up", "workshop={event}&id={waiting}&reason=Grund"),
    ("/api/staff-remove-topic", "workshop={event}&topic={topic}"),
    (
        "/api/staff-cancel-sign-up",
        "workshop={event}&id={waiting}&reason=Grund",
    ),
    (
        "/api/staff-message",
        "workshop={event}&key=0198c0de-0000-7000-8000-000000000001&group=all&subject=Hallo&text=Hallo",
    ),
    ("/api/staff-access-duty", "workshop={event}&wanted=1"),
    ("/api/staff-cancel", "id={event}&reason=Hochwasser"),
    (
        "/api/board-create",
        "title=Fremd&lead=&columns=Eins&anonymity=named&level=off&votes=3&workshop=",
    ),
    ("/api/board-term", "slug={board}&on=moderation&term=730"),
    ("/api/board-correct", "slug={board}&seen=0&title=Fremd&lead="),
    ("/api/board-approve", "slug={board}&cards={card}%3A0"),
    (
        "/api/board-split",
        "slug={board}&key=0198c0de-0000-7000-8000-000000000002&card={card}&part=Ein%20Teil",
    ),
    ("/api/board-merge", "slug={board}&card={card}&into={other}"),
    // Closes a card: what is taken back with it was open.
    (
        "/api/board-undo",
        "slug={board}&operations=%5B%7B%22lock%22%3A%7B%22card%22%3A%22{other}%22%2C%22locked%22%3Atrue%7D%7D%5D",
    ),
    ("/api/board-rules", "slug={board}&rules=Fremd"),
    ("/api/board-hands", "slug={board}&card={other}&count=7"),
    ("/api/board-timer", "slug={board}&minutes=5"),
    (
        "/api/board-column",
        "slug={board}&key=0198c0de-0000-7000-8000-000000000004&title=Fremd",
    ),
    (
        "/api/board-conclude",
        "slug={board}&card={other}&finding=Gefunden&taker=Amt&level=state&progress=open",
    ),
    ("/api/board-note", "slug={board}&card={other}&base=&note=Fremd"),
    ("/api/board-hand-over", "slug={board}&card={card}&given=1"),
    ("/api/board-refuse", "slug={board}&card={card}&rule=0"),
    (
        "/api/template-create",
        "key=0198c0de-0000-7000-8000-000000000003&title=Fremd&lead=&columns=Eins&anonymity=named&level=off&votes=3",
    ),
    (
        "/api/template-board",
        "slug={template}&district=dresden&workshop=",
    ),
    ("/api/template-bring", "slug={template}&cards={brought}"),
    (
        "/api/codebook-create",
        "key=0198c0de-0000-7000-8000-000000000004&title=Fremd&description=",
    ),
    (
        "/api/code-add",
        "codebook={codebook}&key=0198c0de-0000-7000-8000-000000000005&name=Fremd&definition=Fremd&example=",
    ),
    ("/api/code-retire", "codebook={codebook}&code={code}&retired=1"),
    (
        "/api/coding-create",
        "key=0198c0de-0000-7000-8000-000000000006&coding_title=Fremd&codebook={codebook}&boards[0]={board_id}",
    ),
    (
        "/api/coding-read",
        "coding={coding}&board={board_id}&card={other}&codes[0]={code}&memo=Fremd",
    ),
    (
        "/api/coding-agree",
        "coding={coding}&board={board_id}&card={other}&codes[0]={code}",
    ),
    (
        "/api/module-create",
        "key=0198c0de-0000-7000-8000-000000000007&code=FRE-1&title=Fremdes%20Modul&institution={university}&partner=",
    ),
    ("/api/module-begin", "code=FSA-201"),
    (
        "/api/module-write",
        "code={module}&number=3&field=places&before=Dresden&value=Fremd",
    ),
    (
        "/api/module-comment",
        "code={module}&number=3&field=title&key=0198c0de-0000-7000-8000-000000000008&said=Fremd",
    ),
    (
        "/api/module-comment-settle",
        "code={commented}&number=2&field=hours_practice&comment={comment}",
    ),
    ("/api/module-review", "code={module}&number=3&deed=submit&reason="),
    (
        "/api/programme-save",
        "code=FRE-Z1&title=Fremd&lead=Ein%20fremdes%20Zertifikat&rule=FSA-101&award=Nichts",
    ),
    (
        "/api/recognition-decide",
        "seen={asked}&deed=ask&note=Bitte%20schicken%20Sie%20die%20Stundenzahl",
    ),
    ("/api/recognition-decide", "seen={decided}&{decision}"),
    (
        "/api/access-token",
        "institution={university}&name=Fremd&scope=modules_read&days=30",
    ),
    (
        "/api/access-webhook",
        "institution={university}&url=https%3A%2F%2Ffremd.example%2F&events[0]=module.published",
    ),
    ("/api/semester-confirm", "codes[0]={module}"),
    ("/api/semester-roll-over", "runs[0]={run}"),
    // Freezes the board. Everybody may do other things with it; the rules of boards say who may do what.
    (
        "/api/board-act",
        "slug={board}&on=moderation&operation=%7B%22freeze%22%3A%7B%22frozen%22%3Atrue%7D%7D",
    ),
    // Last: a card that is refused is not there for the others.
    (
        "/api/board-refuse-several",
        "slug={board}&cards[0]={other}%3A0&rule=0",
    ),
];

/// Server functions that read for the office.
const OFFICE_READS: [(&str, &str); 21] = [
    ("/api/run-desk", "id={run}"),
    ("/api/programmes", ""),
    ("/api/catalogue-version", "code={module}"),
    ("/api/catalogue-field", "code={module}&field=title"),
    ("/api/codings", ""),
    ("/api/codebook", "id={codebook}"),
    ("/api/coding", "id={coding}"),
    ("/api/coding-card", "id={coding}&board={board}&number={number}"),
    ("/api/board-findings", "progress=&level=&district="),
    ("/api/board-present", "slug={board}"),
    ("/api/board-log", "slug={board}&before="),
    ("/api/board-correction", "slug={board}"),
    ("/api/staff-overview", "zeit="),
    ("/api/staff-course", "id={waiting}"),
    ("/api/staff-workshop", "id={event}&state=&text="),
    ("/api/staff-new", ""),
    ("/api/staff-edit-view", "id={event}"),
    ("/api/staff-outbox", ""),
    ("/api/staff-mail", "id={mail}"),
    ("/api/staff-place-mails", "workshop={event}&place={waiting}"),
    ("/api/staff-audit", ""),
];

/// Server functions that read for who curates, too.
const CURATING_READS: [(&str, &str); 10] = [
    ("/api/catalogue-demand", ""),
    ("/api/catalogue", ""),
    ("/api/access", "institution="),
    ("/api/catalogue-lint", ""),
    ("/api/catalogue-semester", ""),
    ("/api/modules-imports", ""),
    ("/api/recognition-queue", ""),
    ("/api/recognition-to-decide", "id={recognition}"),
    ("/api/catalogue-version", "code={own}"),
    ("/api/catalogue-field", "code={own}&field=title"),
];

/// Server functions that are for everybody, or hang on one's own session, link, application or table.
const FOR_EVERYBODY: [&str; 57] = [
    "/api/account",
    "/api/account-delete",
    "/api/account-end-session",
    "/api/account-redeem-code",
    "/api/account-request-code",
    "/api/account-save",
    "/api/account-sign-out",
    "/api/account-sign-out-everywhere",
    "/api/board",
    "/api/board-card",
    "/api/board-comment",
    "/api/board-edit",
    "/api/board-join",
    "/api/board-move",
    "/api/board-push",
    "/api/board-tried",
    "/api/board-results",
    "/api/board-write",
    "/api/boards",
    "/api/certificate",
    "/api/form-reply",
    "/api/home",
    "/api/link-again",
    "/api/module",
    "/api/module-comparison",
    "/api/module-demand",
    "/api/module-demand-take-back",
    "/api/modules",
    "/api/modules-dry-run",
    "/api/modules-import",
    "/api/modules-undo",
    "/api/modules-upload",
    "/api/place",
    "/api/place-accept",
    "/api/place-answers",
    "/api/place-cancel",
    "/api/place-confirm",
    "/api/place-decline",
    "/api/place-hand-over",
    "/api/place-leave-list",
    "/api/place-mode",
    "/api/place-propose-topic",
    "/api/place-vote",
    "/api/plan",
    "/api/plan-forget",
    "/api/plan-keep",
    "/api/recognition",
    "/api/recognition-act",
    "/api/recognition-begin",
    "/api/recognition-upload",
    "/api/recognition-write",
    "/api/recognitions",
    "/api/sign-up",
    "/api/template",
    "/api/templates",
    "/api/workshop-detail",
    "/api/workshop-list",
];

/// Forms of who curates that need more than the demo has: `certificates.rs` and `programs.rs` try them with each role.
const TRIED_ELSEWHERE: [&str; 4] = [
    "/api/access-revoke",
    "/api/access-webhook-act",
    "/api/run-pass",
    "/api/run-revoke",
];

/// The platform with the demo, a session for each role, and what the paths name.
struct Platform {
    app: TestApp,
    sessions: Vec<(Who, Option<String>)>,
    names: Vec<(&'static str, String)>,
}

impl Platform {
    async fn start() -> Self {
        let app = TestApp::start_filled().await;
        let mut sessions = vec![(Who::Visitor, None)];
        for (who, role) in [
            (Who::Participant, Role::Participant),
            (Who::Curator, Role::Curator),
            (Who::Staff, Role::Staff),
            (Who::Admin, Role::Admin),
        ] {
            let email = format!("{}@rollen.example", format!("{who:?}").to_lowercase());
            if role != Role::Participant {
                let parsed = EmailAddress::parse(&email).unwrap();
                let organisation = app.store.organisations().await.unwrap().remove(0).id;
                let of = (role == Role::Curator).then_some(organisation);
                app.store
                    .admin_add(Actor::System, &parsed, role, of)
                    .await
                    .unwrap();
            }
            sessions.push((who, Some(app.signs_in(&email).await)));
        }
        let names = names(&app).await;
        Self { app, sessions, names }
    }

    fn fill(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.names {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        assert!(!text.contains('{'), "{text}");
        text
    }

    async fn get(&self, path: &str, session: Option<&String>) -> Answer {
        let mut request = request(Method::GET, path).header(header::ACCEPT, "text/html");
        if let Some(session) = session {
            request = request.header(header::COOKIE, format!("lafast={session}"));
        }
        self.app.send(request, Body::empty()).await
    }

    async fn post(&self, path: &str, form: &str, session: Option<&String>) -> Answer {
        let mut request = self.app.form(path, "application/json");
        if let Some(session) = session {
            request = request.header(header::COOKIE, format!("lafast={session}"));
        }
        self.app.send(request, Body::from(form.to_owned())).await
    }
}

/// What the paths name: a published Veranstaltung with somebody who waits, a draft, and a board with a card that waits.
async fn names(app: &TestApp) -> Vec<(&'static str, String)> {
    let filter = store::workshops::WorkshopFilter {
        from: Some(app.store.ambient().now()),
        include_drafts: true,
        limit: 200,
        ..Default::default()
    };
    let cards = app.store.workshops(&filter).await.unwrap();
    let event = cards
        .iter()
        .find(|card| card.row.status == domain::workshop::Status::Published && card.tally.on_site.waiting > 0)
        .unwrap();
    let waiting = app
        .store
        .sign_ups(event.row.id, &store::signups::SignUpFilter::default())
        .await
        .unwrap();
    let waiting = waiting
        .iter()
        .find(|row| row.state == domain::booking::PlaceState::Waiting)
        .unwrap();
    let about = app.store.mails_about(event.row.id, waiting.id).await.unwrap();
    let again = about.mails.iter().find(|mail| about.again(mail).is_ok());
    let mail = again.unwrap().id.clone();
    let mut topic = None;
    for card in &cards {
        topic = topic.or(app.store.topics(card.row.id, None).await.unwrap().pop());
    }
    let mut draft = event.row.draft.clone();
    draft.title = "Noch nicht für alle".to_owned();
    let draft = app.store.create_workshop(Actor::System, &draft).await.unwrap();
    let unwanted = app
        .store
        .create_workshop(Actor::System, &draft.draft)
        .await
        .unwrap();
    let boards = app.store.boards().await.unwrap();
    let board = boards
        .iter()
        .find(|board| board.title.contains("Bezahlkarte"))
        .unwrap();
    let state = app.store.board(board.id).await.unwrap();
    let card = state
        .cards
        .values()
        .find(|card| card.standing == domain::board::Standing::Waiting)
        .unwrap();
    let other = state
        .cards
        .values()
        .find(|card| card.standing == domain::board::Standing::Published && card.on.is_none())
        .unwrap();
    let (codebook, code, coding) = begin_a_coding(app, board.id).await;
    let template = app.store.templates().await.unwrap().remove(0);
    let of_template = app.store.boards_of_template(template.id).await.unwrap().remove(0);
    // The last card of the last column: not on the board for all yet.
    let brought = app.store.board(of_template.id).await.unwrap();
    let brought = brought.cards.values().max_by_key(|card| card.number).unwrap();
    let commented = ModuleCode::parse("FSA-203").unwrap();
    let of_commented = app.store.module(&commented).await.unwrap();
    let comment = app
        .store
        .module_comments(&of_commented, 2)
        .await
        .unwrap()
        .remove(0)
        .id;
    let university = of_commented.owners[0].0;
    let recognition = applies(app, "kann-es@rollen.example", "AKL-1").await;
    let asked = applies(app, "kann-es@rollen.example", "FSA-102").await;
    let decided = applies(app, "kann-es-auch@rollen.example", "FSA-102").await;
    let row = app.store.recognition(decided).await.unwrap();
    let decision = row.content.outcomes().into_iter().enumerate().map(|(place, outcome)| {
        format!(
            "finding[{place}][outcome]={}&finding[{place}][granted]=yes&finding[{place}][by]=practice&finding[{place}][files]=1&finding[{place}][reason]=Drei%20Jahre%20Beratung",
            outcome.number
        )
    });
    let law = app
        .store
        .module(&ModuleCode::parse("FSA-102").unwrap())
        .await
        .unwrap();
    let run = app.store.runs_ever(law.id).await.unwrap().remove(0).id;
    let evidence = app.store.recognition(recognition).await.unwrap().files[0].id;
    vec![
        ("recognition", recognition.to_string()),
        ("run", run.to_string()),
        ("evidence", evidence.to_string()),
        ("asked", seen(app, asked).await),
        ("decided", seen(app, decided).await),
        ("decision", decision.collect::<Vec<_>>().join("&")),
        ("module", "FSA-102".to_owned()),
        ("own", "AKL-1".to_owned()),
        ("unpublished", "HMS-14".to_owned()),
        ("version", "1".to_owned()),
        ("field", "title".to_owned()),
        ("commented", commented.to_string()),
        ("comment", comment.to_string()),
        ("university", university.to_string()),
        ("codebook", codebook.to_string()),
        ("code", code.to_string()),
        ("coding", coding.to_string()),
        ("number", other.number.to_string()),
        ("unread", card.number.to_string()),
        ("board_id", board.id.to_string()),
        ("template", template.slug),
        ("brought", format!("{}%3A{}", of_template.id, brought.id)),
        ("board", board.slug.clone()),
        ("card", card.id.to_string()),
        ("other", other.id.to_string()),
        ("event", event.row.id.to_string()),
        ("slug", event.row.slug.clone()),
        ("waiting", waiting.id.to_string()),
        ("topic", topic.unwrap().id.to_string()),
        ("mail", mail),
        ("draft", draft.id.to_string()),
        ("hidden", draft.slug),
        ("unwanted", unwanted.id.to_string()),
    ]
}

/// What somebody who judges saw: the application, and when it was handed in.
async fn seen(app: &TestApp, id: RecognitionId) -> String {
    let handed_in = app.store.recognition(id).await.unwrap().submitted_at.unwrap();
    format!("{id}@{}", handed_in.micros())
}

/// Somebody hands in what she can do already.
async fn applies(app: &TestApp, email: &str, code: &str) -> RecognitionId {
    let email = EmailAddress::parse(email).unwrap();
    let person = app
        .store
        .admin_add(Actor::System, &email, Role::Participant, None)
        .await
        .unwrap();
    let who = Reviewer {
        person,
        curates: BTreeSet::new(),
        is_staff: false,
    };
    let code = ModuleCode::parse(code).unwrap();
    let id = app
        .store
        .begin_recognition(person, &code, Procedure::Crediting)
        .await
        .unwrap();
    let outcomes = app.store.recognition(id).await.unwrap().content.outcomes();
    let claim = |outcome: &domain::module::LearningOutcome| {
        let said = "Aus drei Jahren in der Beratung".to_owned();
        (
            outcome.number,
            Claim {
                grasp: Some(Grasp::Fully),
                said,
            },
        )
    };
    let file = Uploaded {
        name: FileName::parse("Zeugnis", FileKind::Pdf).unwrap(),
        kind: FileKind::Pdf,
        content: b"%PDF-1.7\n%%EOF".to_vec(),
    };
    app.store
        .add_evidence(who.clone(), id, file)
        .await
        .unwrap()
        .unwrap();
    for change in [
        Change::Write(Claims(outcomes.iter().map(claim).collect())),
        Change::Submit,
    ] {
        app.store
            .change_recognition(who.clone(), id, change)
            .await
            .unwrap()
            .unwrap();
    }
    id
}

/// A board that is read with a codebook of one code.
pub async fn begin_a_coding(app: &TestApp, board: BoardId) -> (CodebookId, CodeId, CodingId) {
    let (store, ambient) = (&app.store, app.store.ambient());
    let ids = (
        CodebookId(ambient.uuid()),
        CodeId(ambient.uuid()),
        CodingId(ambient.uuid()),
    );
    let book = CodebookDraft::parse("Zugang", "").unwrap();
    store.create_codebook(Actor::System, ids.0, book).await.unwrap();
    let code = CodeDraft::parse("Weg", "Wege zu Ämtern", "").unwrap();
    store.add_code(Actor::System, ids.0, ids.1, code).await.unwrap();
    let coding = CodingDraft::parse("Lesen").unwrap();
    store
        .create_coding(Actor::System, ids.2, coding, ids.0, vec![board])
        .await
        .unwrap();
    ids
}

/// Every cell of a matrix in which the platform answers otherwise.
async fn wrong_cells(platform: &Platform, matrix: &[(&str, &[Who])]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, allowed) in matrix {
        let path = platform.fill(path);
        for (who, session) in &platform.sessions {
            let expected = if allowed.contains(who) {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            let answer = platform.get(&path, session.as_ref()).await;
            if answer.status != expected {
                wrong.push(format!("{who:?} {path}: {} instead of {expected}", answer.status));
            }
        }
    }
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_there_for_those_who_may_see_it_and_for_nobody_else() {
    let platform = Platform::start().await;
    let wrong = wrong_cells(&platform, &PAGES).await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sabotage_a_page_that_answers_to_who_may_not_see_it_is_noticed() {
    let platform = Platform::start().await;
    let of_the_office = PAGES
        .into_iter()
        .filter(|(_, allowed)| *allowed == OFFICE)
        .collect::<Vec<_>>();
    assert_eq!(wrong_cells(&platform, &of_the_office).await, Vec::<String>::new());
    // As if nobody asked for the role: a participant has what the office has.
    let participant = EmailAddress::parse("participant@rollen.example").unwrap();
    platform
        .app
        .store
        .admin_add(Actor::System, &participant, Role::Staff, None)
        .await
        .unwrap();
    let expected = of_the_office.iter().map(|(path, _)| {
        format!(
            "Participant {}: 200 OK instead of 404 Not Found",
            platform.fill(path)
        )
    });
    assert_eq!(
        wrong_cells(&platform, &of_the_office).await,
        expected.collect::<Vec<_>>()
    );
    // And a page that is gone is missed by everybody.
    let gone: [(&str, &[Who]); 1] = [("/gibt-es-nicht", &EVERYBODY)];
    assert_eq!(wrong_cells(&platform, &gone).await.len(), EVERYBODY.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_does_nobody_else_can_do() {
    let platform = Platform::start().await;
    // Once before all forms of somebody and once behind them: reading everything costs more than sending a form.
    let before = platform.app.content().await;
    for (who, session) in &platform.sessions {
        if OFFICE.contains(who) {
            continue;
        }
        for (path, form) in OFFICE_FORMS {
            let answer = platform.post(path, &platform.fill(form), session.as_ref()).await;
            assert!(
                !answer.status.is_server_error(),
                "{who:?} {path}: {}",
                answer.status
            );
        }
        assert_eq!(platform.app.content().await, before, "{who:?} changed something");
    }
    // The same forms work for staff: so they were complete.
    let staff = &platform.sessions[3].1;
    let mut before = platform.app.content().await;
    for (path, form) in OFFICE_FORMS {
        let form = platform.fill(form);
        let answer = platform.post(path, &form, staff.as_ref()).await;
        let after = platform.app.content().await;
        assert!(after != before, "{path} did nothing for staff: {}", answer.text());
        before = after;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_office_reads_nobody_else_reads() {
    let platform = Platform::start().await;
    for (path, form) in OFFICE_READS {
        let form = platform.fill(form);
        for (who, session) in &platform.sessions {
            let answer = platform.post(path, &form, session.as_ref()).await;
            let nothing = answer.text().trim() == "null";
            assert_eq!(
                nothing,
                !OFFICE.contains(who),
                "{who:?} {path}: {}",
                answer.text()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_curators_read_of_their_own_others_do_not_read() {
    let platform = Platform::start().await;
    for (path, form) in CURATING_READS {
        let form = platform.fill(form);
        for (who, session) in &platform.sessions {
            let answer = platform.post(path, &form, session.as_ref()).await;
            let nothing = answer.text().trim() == "null";
            assert_eq!(
                nothing,
                !CURATING.contains(who),
                "{who:?} {path}: {}",
                answer.text()
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_function_stands_in_this_matrix() {
    let _app = TestApp::start().await;
    let known: BTreeSet<&str> = FOR_EVERYBODY
        .into_iter()
        .chain(OFFICE_FORMS.map(|(path, _)| path))
        .chain(OFFICE_READS.map(|(path, _)| path))
        .chain(CURATING_READS.map(|(path, _)| path))
        .chain(TRIED_ELSEWHERE)
        .collect();
    let there = server_functions();
    let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
    assert_eq!(there, known);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_route_list_stands_in_this_matrix() {
    const STATIC: [&str; 3] = ["/datenschutz", "/barrierefreiheit", "/leichte-sprache"];
    let shape = |path: &str| {
        let parts = path.split('/');
        parts
            .map(|part| {
                if part.starts_with('{') || part == "unbekannt" {
                    "*"
                } else {
                    part
                }
            })
            .collect::<Vec<_>>()
            .join("/")
    };
    let known: BTreeSet<String> = PAGES
        .iter()
        .map(|(path, _)| shape(path))
        .chain(STATIC.map(str::to_owned))
        .collect();
    for page in lafast::router::pages() {
        assert!(known.contains(&shape(page.path())), "{}", page.path());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_ends_the_session_of_somebody_else() {
    let platform = Platform::start().await;
    let (participant, staff) = (&platform.sessions[1].1, &platform.sessions[3].1);
    let account = platform.post("/api/account", "", staff.as_ref()).await.text();
    let id = account
        .split("\"id\":\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    platform
        .post(
            "/api/account-end-session",
            &format!("session={id}"),
            participant.as_ref(),
        )
        .await;
    assert_eq!(
        platform.get("/verwaltung", staff.as_ref()).await.status,
        StatusCode::OK
    );
}
