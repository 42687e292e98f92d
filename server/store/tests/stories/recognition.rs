//! What people can do already: written by one person, looked at by another, decided point by point, forgotten in time.

use domain::ids::RecognitionId;
use domain::mail::Occasion;
use domain::module::review::Reviewer;
use domain::recognition::claim::{Claim, Claims, Grasp};
use domain::recognition::finding::{Finding, Findings};
use domain::recognition::{Evidence, FileKind, FileName, Procedure, Refusal, State};
use sqlx::AnyPool;
use store::recognition::{Change, Uploaded};
use store::{Store, StoreError};

use crate::modules::{Faculty, code, complete};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

fn claims() -> Claims {
    let claim = Claim {
        grasp: Some(Grasp::Fully),
        said: "Aus drei Jahren in der Beratung, siehe Datei 1".to_owned(),
    };
    Claims([(1, claim)].into())
}

fn finds(granted: bool, precedent: &str) -> Findings {
    let finding = Finding {
        granted,
        by: Evidence::Practice,
        files: [1].into(),
        reason: "Drei Jahre Beratung, vom Träger bestätigt.".to_owned(),
        precedent: precedent.to_owned(),
    };
    Findings([(1, finding)].into())
}

fn file() -> Uploaded {
    Uploaded {
        name: FileName::parse("Bestätigung.pdf", FileKind::Pdf).unwrap(),
        kind: FileKind::Pdf,
        content: PDF.to_vec(),
    }
}

/// A module that counts, and somebody from elsewhere who can do it already.
async fn open(database: store_testing::TestDatabase) -> (Faculty, Reviewer, RecognitionId) {
    let faculty = Faculty::open(database).await;
    faculty.enters("FSA-101", complete()).await;
    let early = faculty
        .office
        .store
        .begin_recognition(faculty.stranger.person, &code("FSA-101"), Procedure::Crediting)
        .await;
    assert!(
        matches!(early, Err(StoreError::NotFound)),
        "what is not published cannot count"
    );
    faculty.publishes(1).await;
    let who = faculty.stranger.clone();
    let store = &faculty.office.store;
    let id = store
        .begin_recognition(who.person, &code("FSA-101"), Procedure::Crediting)
        .await
        .unwrap();
    let again = store
        .begin_recognition(who.person, &code("FSA-101"), Procedure::Recognition)
        .await
        .unwrap();
    assert_eq!(id, again, "one at a time");
    (faculty, who, id)
}

async fn hands_in(store: &Store, who: &Reviewer, id: RecognitionId) {
    let does = async |change| store.change_recognition(who.clone(), id, change).await.unwrap();
    assert_eq!(does(Change::Submit).await, Err(Refusal::Incomplete));
    does(Change::Write(claims())).await.unwrap();
    assert_eq!(
        does(Change::Submit).await,
        Err(Refusal::Incomplete),
        "nothing shows it"
    );
    assert_eq!(store.add_evidence(who.clone(), id, file()).await.unwrap(), Ok(1));
    assert_eq!(does(Change::Submit).await, Ok(State::Submitted));
}

store_testing::on_both_engines! {
    async fn what_somebody_can_do_is_decided_by_somebody_else_and_counts(database: TestDatabase) {
        let (faculty, who, id) = open(database).await;
        let store = &faculty.office.store;
        hands_in(store, &who, id).await;
        let does = async |who: &Reviewer, change| store.change_recognition(who.clone(), id, change).await.unwrap();
        // What lies before a reviewer is not changed under her hands.
        assert_eq!(does(&who, Change::Write(claims())).await, Err(Refusal::WrongState(State::Submitted)));
        assert_eq!(store.add_evidence(who.clone(), id, file()).await.unwrap(), Err(Refusal::WrongState(State::Submitted)));
        assert_eq!(does(&who, Change::Decide(finds(true, ""))).await, Err(Refusal::OwnApplication));

        assert_eq!(does(&faculty.anna, Change::AskMore("Bitte die Stundenzahl.".to_owned())).await, Ok(State::MoreAsked));
        assert_eq!(does(&faculty.anna, Change::Decide(finds(true, ""))).await, Err(Refusal::WrongState(State::MoreAsked)));
        let export = store.account_export(who.person).await.unwrap();
        assert_eq!(export["anrechnungen"][0]["nachgefordert"], "Bitte die Stundenzahl.");
        assert_eq!(store.add_evidence(who.clone(), id, file()).await.unwrap(), Ok(2));
        assert_eq!(store.remove_evidence(who.clone(), id, 2).await.unwrap(), Ok(()));
        assert_eq!(store.add_evidence(who.clone(), id, file()).await.unwrap(), Ok(3), "the newest is gone, and its number with it");
        assert_eq!(does(&who, Change::Submit).await, Ok(State::Submitted));
        assert!(store.credited(who.person).await.unwrap().is_empty());
        for (reviewer, sees) in [(&faculty.anna, 1), (&faculty.staff, 1), (&who, 0)] {
            assert_eq!(store.recognitions_waiting(reviewer).await.unwrap().len(), sees);
        }
        // Who looked at what was handed in before decides nothing about what is there now.
        let now = store.recognition(id).await.unwrap().submitted_at.unwrap();
        let judged = store.judge_recognition(faculty.ben.clone(), id, Change::Decide(finds(false, "")), now.plus_seconds(-1));
        assert!(matches!(judged.await, Err(StoreError::Stale)));
        let told = "Drei Jahre bestätigte Beratung zeigen das Ergebnis.";
        let judged = store.judge_recognition(faculty.ben.clone(), id, Change::Decide(finds(true, told)), now);
        assert_eq!(judged.await.unwrap(), Ok(State::Decided));
        assert_eq!(does(&faculty.anna, Change::Decide(finds(false, ""))).await, Err(Refusal::WrongState(State::Decided)));

        let credited = store.credited(who.person).await.unwrap();
        assert_eq!(credited.iter().map(|one| (one.code.as_str(), one.hours)).collect::<Vec<_>>(), [("FSA-101", 140)]);
        let row = store.recognition(id).await.unwrap();
        assert_eq!((row.findings, row.files.len()), (finds(true, told), 2));
        let precedents = store.precedents(row.module.id).await.unwrap();
        assert_eq!(precedents.iter().map(|one| (one.sentence.as_str(), one.is_granted)).collect::<Vec<_>>(), [(told, true)]);
        // The applicant was told twice that there is something to read, and nothing of what it is.
        let mails = store.mails(50).await.unwrap();
        let told: Vec<_> = mails.iter().filter(|mail| mail.recipient == "stranger@hochschule.example").collect();
        let is_told = |occasion| told.iter().filter(|mail| mail.occasion == occasion).count();
        assert_eq!([Occasion::RecognitionDecided, Occasion::RecognitionMoreAsked].map(is_told), [1, 1]);
        assert!(told.iter().all(|mail| !mail.payload.to_string().contains("Beratung")));
        let export = store.account_export(who.person).await.unwrap();
        assert_eq!(export["anrechnungen"][0]["stand"], "decided");
    }

    async fn evidence_goes_after_its_term_and_everything_else_with_the_account(database: TestDatabase) {
        let (faculty, who, id) = open(database).await;
        let store = &faculty.office.store;
        hands_in(store, &who, id).await;
        let decides = Change::Decide(finds(false, "Zertifikate ohne Stundenzahl zählen nicht."));
        store.change_recognition(faculty.anna.clone(), id, decides).await.unwrap().unwrap();
        let file = store.recognition(id).await.unwrap().files[0].id;
        assert_eq!(store.evidence(file).await.unwrap().file.content, PDF);
        store.prune().await.unwrap();
        assert!(store.evidence(file).await.is_ok(), "one may still object");
        faculty.office.hours_pass(91 * 24);
        store.prune().await.unwrap();
        assert!(matches!(store.evidence(file).await, Err(StoreError::NotFound)));
        assert!(store.recognition(id).await.unwrap().files[0].is_erased);

        // Another try, on which nobody writes any more; and one more, on which nobody decides.
        let other = store.begin_recognition(who.person, &code("FSA-101"), Procedure::Recognition).await.unwrap();
        assert_ne!(other, id);
        faculty.office.hours_pass(181 * 24);
        store.prune().await.unwrap();
        assert!(matches!(store.recognition(other).await, Err(StoreError::NotFound)));
        let waits = store.begin_recognition(who.person, &code("FSA-101"), Procedure::Recognition).await.unwrap();
        hands_in(store, &who, waits).await;
        faculty.office.hours_pass(364 * 24);
        store.prune().await.unwrap();
        assert!(store.recognition(waits).await.is_ok());
        faculty.office.hours_pass(2 * 24);
        store.prune().await.unwrap();
        assert!(matches!(store.recognition(waits).await, Err(StoreError::NotFound)));

        store.delete_account(who.person).await.unwrap();
        assert!(matches!(store.recognition(id).await, Err(StoreError::NotFound)));
        let pool = AnyPool::connect(&faculty.office.database.url).await.unwrap();
        let files = sqlx::query("SELECT id FROM recognition_file").fetch_all(&pool).await.unwrap();
        assert!(files.is_empty());
        pool.close().await;
        let module = store.module(&code("FSA-101")).await.unwrap().id;
        let precedents = store.precedents(module).await.unwrap();
        assert_eq!(precedents.len(), 1, "what others learn from it names nobody, and stays");
    }

    async fn what_is_thrown_away_is_gone_with_its_files(database: TestDatabase) {
        let (faculty, who, id) = open(database).await;
        let store = &faculty.office.store;
        for number in 1..=8 {
            assert_eq!(store.add_evidence(who.clone(), id, file()).await.unwrap(), Ok(number));
        }
        assert_eq!(store.add_evidence(who.clone(), id, file()).await.unwrap(), Err(Refusal::TooManyFiles));
        let file = store.recognition(id).await.unwrap().files[0].id;
        let foreign = store.change_recognition(faculty.anna.clone(), id, Change::Discard).await.unwrap();
        assert_eq!(foreign, Err(Refusal::NotYours));
        store.change_recognition(who, id, Change::Discard).await.unwrap().unwrap();
        assert!(matches!(store.evidence(file).await, Err(StoreError::NotFound)));
    }
}
