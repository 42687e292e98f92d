//! How long what was written on a board stays, where staff has given it a term (A6).

use domain::board::{
    Actor, Anonymity, CardKind, Event, Finding, Goes, Level, Operation, Origin, Progress, Refusal,
    Responsibility, Settings, Term,
};
use domain::ids::{BoardId, CardId, OperationId};
use store::audit;
use store::boards::{Answer, BoardDraft, BoardRow, Brought, FindingFilter};

use crate::office::Office;

/// What somebody has written, in each of the ways, and what was made of it.
const WRITTEN: [&str; 5] = [
    "mietführerschein",
    "wohnführerschein",
    "hat bei uns geholfen",
    "kommt in den haushalt",
    "anna",
];
/// All goes after 90 days.
const ALL_IN_90: Option<(Term, Goes)> = Some((Term::Days90, Goes::All));
/// What was noted about it elsewhere.
const NOTED: &str = "notiz zur karte";
/// What moderators have noted about it for each other.
const INTERNAL: &str = "rückfrage beim amt";

/// A board on which Anna has written, and on which she moderates.
struct Room {
    office: Office,
    row: BoardRow,
    anna: Actor,
    card: CardId,
}

fn draft(term: Option<(Term, Goes)>) -> BoardDraft {
    BoardDraft {
        lead: "Was hilft?".to_owned(),
        columns: vec!["Was hilft".to_owned()],
        term,
        ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Named, 3))
    }
}

/// Somebody who moderates a board, and has joined it.
async fn moderator(office: &Office, board: BoardId, name: &str) -> Actor {
    let store = &office.store;
    let member = store.board_member(board, name).await.unwrap().member;
    let system = audit::Actor::System;
    store.let_moderate(system, board, member, true).await.unwrap();
    let actor = store.board_member(board, name).await.unwrap();
    let join = Operation::Join {
        name: Some(name.to_owned()),
        district: None,
        role: None,
    };
    act(office, board, actor, join).await.unwrap();
    actor
}

async fn act(office: &Office, board: BoardId, actor: Actor, operation: Operation) -> Answer {
    let id = OperationId(office.store.ambient().uuid());
    office.store.board_act(board, actor, id, operation).await.unwrap()
}

impl Room {
    async fn open(database: store_testing::TestDatabase, term: Option<(Term, Goes)>) -> Self {
        let office = Office::open(database).await;
        let row = office
            .store
            .create_board(audit::Actor::System, &draft(term))
            .await
            .unwrap();
        let anna = moderator(&office, row.id, "Anna").await;
        let card = CardId(office.store.ambient().uuid());
        let column = office.store.board(row.id).await.unwrap().columns[0].id;
        let finding = Finding {
            text: "Kommt in den Haushalt".to_owned(),
            taker: "Amt".to_owned(),
            level: Responsibility::Municipality,
            progress: Progress::Open,
        };
        for operation in [
            Operation::Write {
                card,
                column,
                kind: CardKind::Solution,
                text: "Mietführerschein".to_owned(),
            },
            Operation::Comment {
                card: CardId(office.store.ambient().uuid()),
                on: card,
                text: "Hat bei uns geholfen".to_owned(),
            },
            Operation::Edit {
                card,
                base: 0,
                text: "Wohnführerschein".to_owned(),
            },
            Operation::Conclude {
                card,
                finding: Some(finding),
                base: None,
            },
        ] {
            act(&office, row.id, anna, operation).await.unwrap();
        }
        Self {
            office,
            row,
            anna,
            card,
        }
    }

    async fn act(&self, operation: Operation) -> Answer {
        act(&self.office, self.row.id, self.anna, operation).await
    }

    /// The card is on another board, too, which has no term.
    async fn brings_the_card_elsewhere(&self) -> BoardId {
        let store = &self.office.store;
        let other = store
            .create_board(audit::Actor::System, &draft(None))
            .await
            .unwrap();
        let office = moderator(&self.office, other.id, "Büro").await;
        let brought = Brought {
            board: self.row.id,
            card: self.card,
            column: store.board(other.id).await.unwrap().columns[0].id,
            origin: Origin {
                board: self.row.slug.clone(),
                place: "Görlitz".to_owned(),
                number: 1,
                votes: None,
                same_here: 0,
            },
        };
        let done = store.bring_cards(other.id, office, vec![brought]).await;
        assert_eq!(done.unwrap(), Ok(1));
        other.id
    }

    /// Somebody who reads it with a codebook has made a note.
    async fn is_read_with_a_codebook(&self) {
        let pool = sqlx::AnyPool::connect(&self.office.database.url).await.unwrap();
        for sql in [
            "INSERT INTO codebook (id, title, description, version, created_at) VALUES ('b', 'B', '', 1, 0)",
            "INSERT INTO coding (id, title, codebook_id, created_at) VALUES ('c', 'C', 'b', 0)",
        ] {
            sqlx::query(sql).execute(&pool).await.unwrap();
        }
        sqlx::query(
            "INSERT INTO coding_reading (coding_id, board_id, card_id, reader, codes, memo, person_id, changed_at)
             VALUES ('c', $1, $2, '', '', $3, 'p', 0)",
        )
        .bind(self.row.id.to_string())
        .bind(self.card.to_string())
        .bind(NOTED)
        .execute(&pool)
        .await
        .unwrap();
    }

    /// Who moderates has noted something.
    async fn is_noted(&self) {
        let store = &self.office.store;
        let card = (self.row.id, self.card);
        let noted = store.note_card(audit::Actor::System, card, "", INTERNAL).await;
        assert_eq!(noted.unwrap().unwrap(), INTERNAL);
    }

    /// Another board's card is on this one, too.
    async fn has_a_card_from(&self, other: BoardId) {
        let pool = sqlx::AnyPool::connect(&self.office.database.url).await.unwrap();
        sqlx::query(
            "INSERT INTO board_copy (board_id, card_id, from_board_id, from_card_id, at) VALUES ($1, 'here', $2, 'there', 0)",
        )
        .bind(self.row.id.to_string())
        .bind(other.to_string())
        .execute(&pool)
        .await
        .unwrap();
    }

    /// What is kept of the board beside its log: rows about cards that were brought, and answers to devices.
    async fn rows_beside(&self) -> i64 {
        let pool = sqlx::AnyPool::connect(&self.office.database.url).await.unwrap();
        let rows = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM board_copy WHERE board_id = $1 OR from_board_id = $1)
                + (SELECT COUNT(*) FROM board_answer WHERE board_id = $1)",
        );
        let row = rows.bind(self.row.id.to_string()).fetch_one(&pool).await.unwrap();
        sqlx::Row::try_get(&row, 0).unwrap()
    }

    /// What is left of it, anywhere in the database.
    async fn traces(&self) -> Vec<&'static str> {
        let everything = store_testing::fingerprint(&self.office.store)
            .await
            .unwrap()
            .to_lowercase();
        let traces = WRITTEN.into_iter().chain([NOTED, INTERNAL]);
        traces.filter(|trace| everything.contains(trace)).collect()
    }

    async fn days_pass(&self, days: i64) {
        self.office.hours_pass(days * 24);
        self.office.store.prune().await.unwrap();
    }

    async fn ends_in_days(&self) -> Option<i64> {
        let store = &self.office.store;
        let row = store.board_by_slug(&self.row.slug).await.unwrap();
        let ends = store.board_text_ends(&row).await.unwrap()?;
        Some((ends.micros() - store.ambient().now().micros()) / 86_400_000_000)
    }
}

store_testing::on_both_engines! {
    async fn what_was_written_on_a_board_goes_for_good_when_its_term_is_over(database: TestDatabase) {
        let room = Room::open(database, ALL_IN_90).await;
        let (store, board) = (&room.office.store, room.row.id);
        let elsewhere = room.brings_the_card_elsewhere().await;
        room.has_a_card_from(elsewhere).await;
        room.is_read_with_a_codebook().await;
        room.is_noted().await;
        assert_eq!(room.rows_beside().await, 7, "two cards that were brought, and an answer to each of five acts");
        let all: Vec<_> = WRITTEN.into_iter().chain([NOTED, INTERNAL]).collect();
        room.days_pass(89).await;
        assert_eq!(room.traces().await, all);
        assert_eq!(room.ends_in_days().await, Some(1));

        let mut told = store.boards_changed();
        room.days_pass(2).await;
        assert_eq!(room.traces().await, Vec::<&str>::new());
        assert_eq!((room.ends_in_days().await, room.rows_beside().await), (None, 0));
        // Whoever shows the board hears of it.
        while told.recv().await.unwrap().board != board {}
        let row = store.board_by_slug(&room.row.slug).await.unwrap();
        assert!(row.emptied_at.is_some() && row.emptied_at == row.archived_at);
        assert_eq!((row.published, row.members), (0, 0));
        let state = store.board(board).await.unwrap();
        assert!(state.cards.is_empty() && state.members.is_empty());
        assert_eq!(state.columns[0].title, "Was hilft", "what staff has typed stays");
        // Of the log there is the last line, under the number that follows: what others have of it they know for old.
        let records = store.board_records(board, 0).await.unwrap();
        assert_eq!(records.iter().map(|record| &record.event).collect::<Vec<_>>(), [&Event::Emptied { results: Vec::new() }]);
        assert_eq!((records[0].sequence, state.sequence), (row.sequence, row.sequence));
        assert!(row.sequence > 5);
        assert_eq!(store.known_board_member(board, "Anna").await.unwrap(), None);
        let copies = store.board(elsewhere).await.unwrap().cards;
        assert!(copies.values().all(|card| card.text.is_empty() && card.erased_at.is_some()), "{copies:?}");
        let logged = store.audit_rows(Some(&board.to_string()), 1).await.unwrap();
        assert_eq!((logged[0].action.as_str(), logged[0].actor.as_str()), ("board_emptied", "system"));
        assert_eq!(store.audit_first_break().await.unwrap(), None);
        // It is done once, and nothing more happens there.
        assert_eq!(store.prune().await.unwrap(), 0);
        let join = Operation::Join { name: Some("Anna".to_owned()), district: None, role: None };
        for operation in [join, Operation::Archive { archived: false }] {
            assert_eq!(room.act(operation).await, Err(Refusal::Archived));
        }
        assert_eq!(room.traces().await, Vec::<&str>::new());
    }

    async fn a_term_begins_anew_with_each_thing_that_happens_and_can_be_taken_away(database: TestDatabase) {
        let room = Room::open(database, ALL_IN_90).await;
        let store = &room.office.store;
        room.days_pass(60).await;
        room.act(Operation::SameHere { card: room.card, given: true }).await.unwrap();
        room.days_pass(60).await;
        assert_eq!(room.traces().await, WRITTEN);
        assert_eq!(room.ends_in_days().await, Some(30));
        store.set_board_term(audit::Actor::System, room.row.id, None).await.unwrap();
        assert_eq!(room.ends_in_days().await, None);
        // A board without a term keeps what was written, and forgets the names as ever.
        room.days_pass(800).await;
        assert_eq!(room.traces().await, WRITTEN[..4]);
        let logged = store.audit_rows(Some(&room.row.id.to_string()), 20).await.unwrap();
        assert!(logged.iter().any(|row| row.action == "board_term" && row.detail.is_empty()));
    }

    async fn a_term_that_is_set_on_an_old_board_takes_nothing_by_surprise(database: TestDatabase) {
        let room = Room::open(database, None).await;
        let store = &room.office.store;
        room.days_pass(300).await;
        store.set_board_term(audit::Actor::System, room.row.id, Some((Term::Days180, Goes::All))).await.unwrap();
        assert_eq!(room.ends_in_days().await, Some(180));
        room.days_pass(179).await;
        assert_eq!(room.traces().await, WRITTEN[..4], "names have gone after a year");
        room.days_pass(2).await;
        assert_eq!(room.traces().await, Vec::<&str>::new());
        let other = BoardId(store.ambient().uuid());
        let unknown = store.set_board_term(audit::Actor::System, other, None).await;
        assert!(matches!(unknown, Err(store::StoreError::NotFound)));
    }

    async fn a_board_waits_for_its_veranstaltung_however_long_that_takes(database: TestDatabase) {
        let office = Office::open(database).await;
        let store = &office.store;
        let workshop = office.publishes(&office.plan(300, 10)).await;
        let ends = store.workshop(workshop).await.unwrap().row.draft.ends_at;
        let mut draft = draft(ALL_IN_90);
        draft.workshop = Some(workshop);
        let row = store.create_board(audit::Actor::System, &draft).await.unwrap();
        assert_eq!(store.board_text_ends(&row).await.unwrap(), Some(ends.plus_hours(90 * 24)));
        let found = async || store.board_by_slug(&row.slug).await.unwrap();
        office.hours_pass(299 * 24);
        store.prune().await.unwrap();
        assert_eq!((found().await.emptied_at, found().await.archived_at), (None, None));
        office.hours_pass(92 * 24);
        store.prune().await.unwrap();
        assert!(found().await.emptied_at.is_some());
    }

    async fn what_was_found_stays_where_the_term_says_so_and_nothing_else(database: TestDatabase) {
        let room = Room::open(database, Some((Term::Days90, Goes::Posts))).await;
        let (store, board) = (&room.office.store, room.row.id);
        assert_eq!(store.board_by_slug(&room.row.slug).await.unwrap().goes, Goes::Posts);
        room.brings_the_card_elsewhere().await;
        room.is_read_with_a_codebook().await;
        room.is_noted().await;
        let before = store.board_findings(&FindingFilter::default()).await.unwrap();
        room.days_pass(91).await;
        // Of all that is in the database: log, snapshot, what is kept beside them, other boards.
        assert_eq!(room.traces().await, ["kommt in den haushalt"]);
        let state = store.board(board).await.unwrap();
        assert!(state.cards.is_empty() && state.members.is_empty());
        let [kept] = state.results.as_slice() else { panic!("{state:?}") };
        assert_eq!((kept.card, kept.number, kept.column), (room.card, 1, state.columns[0].id));
        assert_eq!((kept.finding.taker.as_str(), kept.since), ("Amt", before[0].since));
        // What the office finds on all boards, and since when it is so.
        let found = store.board_findings(&FindingFilter::default()).await.unwrap();
        assert_eq!((found[0].topic.as_str(), &found[0].finding, found[0].since), ("", &kept.finding, kept.since));
        let way = store.board_ways(board).await.unwrap().remove(&room.card).unwrap();
        assert_eq!((way.len(), way[0].at), (1, kept.since));
        // The log alone makes the same of it.
        let pool = sqlx::AnyPool::connect(&room.office.database.url).await.unwrap();
        let records = store.board_records(board, 0).await.unwrap();
        assert_eq!(records.len(), 1);
        sqlx::query("DELETE FROM board_snapshot").execute(&pool).await.unwrap();
        assert_eq!(store.board(board).await.unwrap(), state);
    }

    async fn what_has_stayed_is_kept_up_by_who_moderates_and_can_go(database: TestDatabase) {
        let room = Room::open(database, Some((Term::Days90, Goes::Posts))).await;
        let (store, board) = (&room.office.store, room.row.id);
        room.days_pass(91).await;
        let member = store.board_member(board, "Büro").await.unwrap();
        let staff = Actor { moderates: true, ..member };
        let kept = store.board(board).await.unwrap().results[0].clone();
        let conclude = |finding: Option<Finding>| Operation::Conclude { card: room.card, finding, base: None };
        let settled = Finding { progress: Progress::Settled, text: "Ist im Haushalt".to_owned(), ..kept.finding };
        let done = act(&room.office, board, staff, conclude(Some(settled.clone()))).await;
        done.unwrap();
        let found = store.board_findings(&FindingFilter::default()).await.unwrap();
        assert_eq!((&found[0].finding, found[0].topic.as_str()), (&settled, ""));
        assert_eq!(store.board_ways(board).await.unwrap()[&room.card].len(), 2);
        // Nobody else does, and nothing else is done there.
        for (actor, operation) in [
            (member, conclude(None)),
            (staff, Operation::Archive { archived: false }),
            (staff, Operation::Erase { card: room.card }),
        ] {
            assert_eq!(act(&room.office, board, actor, operation).await, Err(Refusal::Archived));
        }
        let other = Operation::Conclude { card: CardId(store.ambient().uuid()), finding: Some(settled), base: None };
        assert_eq!(act(&room.office, board, staff, other).await, Err(Refusal::NotThere));
        // What is taken away is nowhere any more, nor is what it said before.
        act(&room.office, board, staff, conclude(None)).await.unwrap();
        assert!(store.board_findings(&FindingFilter::default()).await.unwrap().is_empty());
        let everything = store_testing::fingerprint(store).await.unwrap().to_lowercase();
        assert!(!everything.contains("haushalt"), "{everything}");
        let state = store.board(board).await.unwrap();
        assert!(state.results.is_empty());
        let pool = sqlx::AnyPool::connect(&room.office.database.url).await.unwrap();
        sqlx::query("DELETE FROM board_snapshot").execute(&pool).await.unwrap();
        assert_eq!(store.board(board).await.unwrap(), state);
    }

    async fn what_goes_can_be_chosen_anew_until_it_is_gone(database: TestDatabase) {
        let room = Room::open(database, Some((Term::Days90, Goes::Posts))).await;
        let (store, board) = (&room.office.store, room.row.id);
        let system = audit::Actor::System;
        let mut told = store.boards_changed();
        let before = store.board(board).await.unwrap();
        assert!(store.set_board_term(system, board, ALL_IN_90).await.unwrap());
        // What is told beside the log is another, and whoever shows the board hears of it.
        let now = store.board(board).await.unwrap();
        assert_eq!(now.settings.told_beside, before.settings.told_beside + 1);
        while told.recv().await.unwrap().board != board {}
        assert_eq!(store.board_by_slug(&room.row.slug).await.unwrap().goes, Goes::All);
        room.days_pass(91).await;
        assert_eq!(room.traces().await, Vec::<&str>::new());
        // There is nothing left that could stay or go.
        let emptied = store.board_by_slug(&room.row.slug).await.unwrap();
        for term in [None, ALL_IN_90, Some((Term::Days730, Goes::Posts))] {
            assert!(!store.set_board_term(system, board, term).await.unwrap());
        }
        assert_eq!(store.board_by_slug(&room.row.slug).await.unwrap(), emptied);
        let logged = store.audit_rows(Some(&board.to_string()), 20).await.unwrap();
        let terms: Vec<_> = logged.iter().filter(|row| row.action == "board_term").map(|row| row.detail.as_str()).collect();
        assert_eq!(terms, ["90"]);
    }

    async fn boards_that_cannot_be_emptied_keep_no_other_one_from_its_end(database: TestDatabase) {
        let office = Office::open(database).await;
        let store = &office.store;
        let mut rows = Vec::new();
        for _ in 0..51 {
            rows.push(store.create_board(audit::Actor::System, &draft(ALL_IN_90)).await.unwrap());
        }
        rows.sort_by_key(|row| row.id.to_string());
        let last = rows.pop().unwrap();
        let pool = sqlx::AnyPool::connect(&office.database.url).await.unwrap();
        for row in &rows {
            let broken = sqlx::query("UPDATE board SET beginning = '{' WHERE id = $1").bind(row.id.to_string());
            broken.execute(&pool).await.unwrap();
        }
        let is_emptied = async || store.board_by_slug(&last.slug).await.unwrap().emptied_at.is_some();
        office.hours_pass(91 * 24);
        assert!(store.prune().await.is_err(), "what fails is said");
        assert!(!is_emptied().await, "as many as one round takes came before it");
        office.hours_pass(1);
        assert!(store.prune().await.is_err());
        assert!(is_emptied().await);
        // Those that failed are tried again.
        let beginning = serde_json::to_string(&serde_json::json!({
            "settings": Settings::new(Level::Off, Anonymity::Named, 3), "columns": []
        }));
        sqlx::query("UPDATE board SET beginning = $1 WHERE beginning = '{'")
            .bind(beginning.unwrap())
            .execute(&pool)
            .await
            .unwrap();
        office.hours_pass(1);
        store.prune().await.unwrap();
        for row in &rows {
            assert!(store.board_by_slug(&row.slug).await.unwrap().emptied_at.is_some());
        }
    }
}
