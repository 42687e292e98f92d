//! What staff corrects of a board after it was made.

use domain::board::{Anonymity, Correction, CorrectionRefusal, Level, Operation, Phase, Settings, Standing};
use domain::ids::BoardId;
use store::boards::{BoardDraft, BoardRow};
use store::{StoreError, audit};

use crate::office::Office;
use crate::topics::{act, cards, moderator};

const SYSTEM: audit::Actor = audit::Actor::System;

fn correction(title: &str, votes: Option<u32>) -> Correction {
    Correction {
        title: title.to_owned(),
        lead: "Was hilft?".to_owned(),
        votes,
    }
}

/// A board of no Veranstaltung.
async fn board(office: &Office) -> BoardRow {
    let draft = BoardDraft {
        title: "Wohnun in Pirna".to_owned(),
        ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Anonymous, 3))
    };
    office.store.create_board(SYSTEM, &draft).await.unwrap()
}

/// What the log of the office says was corrected of a board, the oldest first.
async fn logged(office: &Office, board: BoardId) -> Vec<String> {
    let rows = office
        .store
        .audit_rows(Some(&board.to_string()), 50)
        .await
        .unwrap();
    let mut rows: Vec<_> = rows
        .into_iter()
        .filter(|row| row.action == "board_corrected")
        .collect();
    rows.sort_by_key(|row| row.seq);
    rows.into_iter().map(|row| row.detail).collect()
}

store_testing::on_both_engines! {
    async fn a_board_is_called_otherwise_and_its_name_in_the_url_stays(database: TestDatabase) {
        let office = Office::open(database).await;
        let (store, row) = (&office.store, board(&office).await);
        let new = correction("Wohnung in Pirna", Some(5));
        for _ in 0..2 {
            let done = store.correct_board(SYSTEM, row.id, 0, &new, None).await.unwrap();
            assert_eq!(done, Ok(()), "sent again it is done already");
        }
        let now = store.board_by_slug(&row.slug).await.unwrap();
        assert_eq!((now.id, &now.code, now.workshop), (row.id, &row.code, None));
        assert_eq!((now.title.as_str(), now.lead.as_str()), ("Wohnung in Pirna", "Was hilft?"));
        assert_eq!(now.sequence, row.sequence + 1);
        let state = store.board(row.id).await.unwrap();
        let called = state.settings.called.unwrap();
        assert_eq!((called.title, called.lead, called.times), (now.title, now.lead, 1));
        assert_eq!(state.settings.votes_max, 5);
        assert_eq!(logged(&office, row.id).await, ["title lead votes"], "and no word of what it was called");
        // Whoever began before that corrects nothing.
        let late = store.correct_board(SYSTEM, row.id, 0, &correction("Ganz anders", None), None).await.unwrap();
        assert_eq!(late, Err(CorrectionRefusal::ChangedSince));
        assert_eq!(store.board_by_slug(&row.slug).await.unwrap().title, "Wohnung in Pirna");
        let unknown = BoardId(store.ambient().uuid());
        let unknown = store.correct_board(SYSTEM, unknown, 0, &new, None).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        assert_eq!(logged(&office, row.id).await.len(), 1);
        assert_eq!(store.audit_first_break().await.unwrap(), None);
    }

    async fn what_a_correction_may_not_touch_stays_and_nothing_of_it_is_kept(database: TestDatabase) {
        let office = Office::open(database).await;
        let (store, row) = (&office.store, board(&office).await);
        let desk = moderator(&office, row.id).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        office.signs_up(workshop, "Anna").await;
        store.propose_topic(&office.link("Anna").await, "Kaution").await.unwrap();
        let new = correction("Wohnung in Pirna", None);
        store.correct_board(SYSTEM, row.id, 0, &new, Some(workshop)).await.unwrap().unwrap();
        act(&office, row.id, desk, Operation::GoTo { phase: Phase::Weigh }).await.unwrap();
        let card = *store.board(row.id).await.unwrap().cards.keys().next().unwrap();
        act(&office, row.id, desk, Operation::Vote { card, given: true }).await.unwrap();
        let before = store_testing::fingerprint(store).await.unwrap();
        let more = correction("Anders", Some(9));
        let refused = store.correct_board(SYSTEM, row.id, 1, &more, Some(workshop)).await.unwrap();
        assert_eq!(refused, Err(CorrectionRefusal::VotesGiven));
        assert_eq!(store_testing::fingerprint(store).await.unwrap(), before);
    }

    async fn a_board_that_comes_to_a_veranstaltung_later_takes_its_topics_once(database: TestDatabase) {
        let office = Office::open(database).await;
        let (store, row) = (&office.store, board(&office).await);
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let other = office.publishes(&office.plan(30, 5)).await;
        office.signs_up(workshop, "Anna").await;
        let anna = office.link("Anna").await;
        store.propose_topic(&anna, "Kaution").await.unwrap();
        let same = |title: &str| Correction { lead: row.lead.clone(), ..correction(title, None) };
        let new = same(&row.title);
        store.correct_board(SYSTEM, row.id, 0, &new, Some(workshop)).await.unwrap().unwrap();
        let published = |text: &str| (Standing::Published, text.to_owned());
        assert_eq!(cards(&office, row.id).await, [published("Kaution")]);
        // What is proposed from now on comes as on any board of it, and nothing comes twice.
        store.propose_topic(&anna, "Schule").await.unwrap();
        let new = same("Wohnung in Pirna");
        store.correct_board(SYSTEM, row.id, 1, &new, Some(workshop)).await.unwrap().unwrap();
        assert_eq!(cards(&office, row.id).await, [published("Kaution"), published("Schule")]);
        assert_eq!(logged(&office, row.id).await, ["workshop", "title"]);
        // While they stand there the board stays: whoever erases a topic erases its cards.
        for elsewhere in [None, Some(other)] {
            let refused = store.correct_board(SYSTEM, row.id, 2, &new, elsewhere).await.unwrap();
            assert_eq!(refused, Err(CorrectionRefusal::TopicsThere));
        }
        for topic in store.topics(workshop, None).await.unwrap() {
            store.remove_topic(SYSTEM, topic.id).await.unwrap();
        }
        assert!(cards(&office, row.id).await.iter().all(|(_, text)| text.is_empty()));
        store.correct_board(SYSTEM, row.id, 2, &new, Some(other)).await.unwrap().unwrap();
        assert_eq!(store.board_by_slug(&row.slug).await.unwrap().workshop, Some(other));
        assert_eq!(store.audit_first_break().await.unwrap(), None);
    }
}
