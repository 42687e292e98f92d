//! Boards: a log that is numbered without gaps, answered once, read from anywhere, and can forget.

use std::time::Duration;

use domain::board::{
    Actor, Anonymity, Audience, CardKind, Level, MemberRole, Operation, Outcome, Refusal, Settings, Standing,
    apply, view,
};
use domain::district::District;
use domain::ids::{BoardId, CardId, MemberId, OperationId};
use store::audit;
use store::boards::{Answer, BoardDraft, BoardNews, BoardRow, BoardWord};
use store::{Store, StoreError};

use crate::crossing::WAITS_WITHIN;
use crate::office::Office;

/// More than one snapshot's worth of records.
const CARDS: usize = 130;

/// A board of an office, and two devices on it: the second moderates.
struct Room {
    office: Office,
    row: BoardRow,
    author: Actor,
    moderator: Actor,
}

impl Room {
    async fn open(database: store_testing::TestDatabase) -> Self {
        let office = Office::open(database).await;
        let draft = BoardDraft {
            title: "Wohnen nach der Anerkennung".to_owned(),
            lead: "Was hilft Menschen, eine Wohnung zu finden?".to_owned(),
            columns: vec!["Was fehlt".to_owned(), "Was hilft".to_owned()],
            ..store_testing::board_draft(Settings {
                votes_hidden: false,
                ..Settings::new(Level::Off, Anonymity::Anonymous, 3)
            })
        };
        let row = office
            .store
            .create_board(audit::Actor::System, &draft)
            .await
            .unwrap();
        let author = office.store.board_member(row.id, "device-1").await.unwrap();
        let moderator = office.store.board_member(row.id, "device-2").await.unwrap();
        office
            .store
            .let_moderate(audit::Actor::System, row.id, moderator.member, true)
            .await
            .unwrap();
        let moderator = office.store.board_member(row.id, "device-2").await.unwrap();
        let room = Self {
            office,
            row,
            author,
            moderator,
        };
        for actor in [room.author, room.moderator] {
            let join = Operation::Join {
                name: None,
                district: None,
                role: None,
            };
            room.act(actor, join).await.unwrap();
        }
        room
    }

    fn new_id(&self) -> uuid::Uuid {
        self.office.store.ambient().uuid()
    }

    async fn act(&self, actor: Actor, operation: Operation) -> Answer {
        let id = OperationId(self.new_id());
        self.office
            .store
            .board_act(self.row.id, actor, id, operation)
            .await
            .unwrap()
    }

    async fn write(&self, text: &str) -> CardId {
        let operation = self.card(text).await;
        self.act(self.author, operation.clone()).await.unwrap();
        match operation {
            Operation::Write { card, .. } => card,
            other => unreachable!("{other:?}"),
        }
    }

    async fn card(&self, text: &str) -> Operation {
        let board = self.office.store.board(self.row.id).await.unwrap();
        Operation::Write {
            card: CardId(self.new_id()),
            column: board.columns[0].id,
            kind: CardKind::Problem,
            text: text.to_owned(),
        }
    }
}

store_testing::on_both_engines! {
    async fn the_same_operation_is_done_once_and_answered_the_same(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let (id, write) = (OperationId(room.new_id()), room.card("Ein Problem.").await);
        let first = store.board_act(room.row.id, room.author, id, write.clone()).await.unwrap();
        let before = store_testing::fingerprint(store).await.unwrap();
        for _ in 0..3 {
            let again = store.board_act(room.row.id, room.author, id, write.clone()).await.unwrap();
            assert_eq!(again, first);
        }
        assert_eq!(store_testing::fingerprint(store).await.unwrap(), before);
        assert_eq!(store.board(room.row.id).await.unwrap().cards.len(), 1);

        let (id, freeze) = (OperationId(room.new_id()), Operation::Freeze { frozen: true });
        let refused = store.board_act(room.row.id, room.author, id, freeze.clone()).await.unwrap();
        assert_eq!(refused, Err(Refusal::NotAllowed));
        let moderates = Actor { moderates: true, ..room.author };
        let again = store.board_act(room.row.id, moderates, id, freeze).await.unwrap();
        assert_eq!(again, Err(Refusal::NotAllowed), "what was refused stays refused under that id");
    }

    async fn many_devices_at_once_get_numbers_without_gaps(database: TestDatabase) {
        let room = Room::open(database).await;
        let mut cards = Vec::new();
        for number in 0..CARDS {
            cards.push(room.card(&format!("Karte {number}")).await);
        }
        let answers = futures::future::join_all(cards.into_iter().map(|card| room.act(room.author, card))).await;
        let mut numbers: Vec<u64> = answers.into_iter().map(Result::unwrap).collect();
        numbers.sort_unstable();
        let expected: Vec<u64> = (3..3 + CARDS as u64).collect();
        assert_eq!(numbers, expected);

        let board = room.office.store.board(room.row.id).await.unwrap();
        let mut spoken: Vec<u32> = board.cards.values().map(|card| card.number).collect();
        spoken.sort_unstable();
        assert_eq!(spoken, (1..=u32::try_from(CARDS).unwrap()).collect::<Vec<_>>());
    }

    async fn the_log_from_the_beginning_makes_what_a_snapshot_makes(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let beginning = {
            let board = store.board(room.row.id).await.unwrap();
            domain::board::Board::new(board.settings, board.columns)
        };
        for number in 0..CARDS {
            room.write(&format!("Karte {number}")).await;
        }
        let from_snapshot = store.board(room.row.id).await.unwrap();
        let mut from_log = beginning;
        for record in store.board_records(room.row.id, 0).await.unwrap() {
            apply(&mut from_log, &record);
        }
        assert_eq!(from_snapshot, from_log);
        assert_eq!(store.board_records(room.row.id, from_log.sequence - 5).await.unwrap().len(), 5);
    }

    async fn what_was_discussed_is_kept_and_taken_back(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let beginning = {
            let board = store.board(room.row.id).await.unwrap();
            domain::board::Board::new(board.settings, board.columns)
        };
        let (first, second) = (room.write("Eine Karte.").await, room.write("Noch eine.").await);
        let discuss = |card, discussed| Operation::Discuss { card, discussed };
        let refused = room.act(room.author, discuss(first, true)).await;
        assert_eq!(refused, Err(Refusal::NotAllowed));
        for (card, discussed) in [(first, true), (second, true), (second, false)] {
            room.act(room.moderator, discuss(card, discussed)).await.unwrap();
        }
        // Behind them is a snapshot.
        for number in 0..CARDS {
            room.write(&format!("Karte {number}")).await;
        }
        let board = store.board(room.row.id).await.unwrap();
        let seen = view(&board, Audience::Everybody);
        let marked = seen.cards.iter().filter(|card| card.discussed);
        assert_eq!(marked.map(|card| card.id).collect::<Vec<_>>(), [first]);
        let mut from_log = beginning;
        for record in store.board_records(room.row.id, 0).await.unwrap() {
            apply(&mut from_log, &record);
        }
        assert_eq!(board, from_log);
    }

    async fn what_moderators_note_is_in_no_view_and_goes_with_the_card(database: TestDatabase) {
        const NOTE: &str = "Rückfrage beim Amt für Geheimes.";
        let room = Room::open(database).await;
        let store = &room.office.store;
        let card = room.write("Eine Karte.").await;
        let notes = async |base: &str, text: &str| {
            store.note_card(audit::Actor::System, (room.row.id, card), base, text).await.unwrap()
        };
        assert_eq!(notes("", NOTE).await, Ok(NOTE.to_owned()));
        assert_eq!(notes("", "Etwas anderes.").await, Err(Refusal::ChangedSince));
        assert_eq!(notes("", NOTE).await, Ok(NOTE.to_owned()), "sent twice");
        assert_eq!(store.card_notes(room.row.id).await.unwrap()[&card], NOTE);
        // Nobody is sent it with the board, whoever that is, and the log of the office holds no text.
        let board = store.board(room.row.id).await.unwrap();
        let moderator = Audience::Moderator(Some(room.moderator.member));
        for audience in [Audience::Everybody, Audience::Member(room.author.member), moderator] {
            let sent = serde_json::to_string(&view(&board, audience)).unwrap();
            assert!(!sent.contains("Rückfrage"), "{audience:?}");
        }
        let rows = store.audit_rows(Some(&room.row.id.to_string()), 50).await.unwrap();
        assert_eq!(rows.iter().filter(|row| row.action == "board_noted").count(), 1);
        assert!(rows.iter().all(|row| !row.detail.contains("Rückfrage")));
        // An empty one takes it away.
        assert_eq!(notes(NOTE, " ").await, Ok(String::new()));
        assert!(store.card_notes(room.row.id).await.unwrap().is_empty());
        notes("", NOTE).await.unwrap();
        room.act(room.author, Operation::Erase { card }).await.unwrap();
        assert!(!store_testing::fingerprint(store).await.unwrap().contains("Rückfrage"));
        assert_eq!(notes("", NOTE).await, Err(Refusal::NotThere));
    }

    async fn what_is_erased_is_nowhere_any_more(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let card = room.write("Herr Geheim wohnt in der Beispielstraße.").await;
        let edit = Operation::Edit { card, base: 0, text: "Herr Geheim, noch einmal.".to_owned() };
        room.act(room.author, edit).await.unwrap();
        for number in 0..CARDS {
            room.write(&format!("Karte {number}")).await;
        }
        assert!(store_testing::fingerprint(store).await.unwrap().contains("Geheim"));
        room.act(room.author, Operation::Erase { card }).await.unwrap();
        assert!(!store_testing::fingerprint(store).await.unwrap().contains("Geheim"));
        let board = store.board(room.row.id).await.unwrap();
        assert_eq!(board.cards.len(), CARDS + 1, "the number stays taken");
    }

    async fn a_device_is_one_member_on_each_board(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let again = store.board_member(room.row.id, "device-1").await.unwrap();
        assert_eq!(again, room.author);
        assert_eq!(store.known_board_member(room.row.id, "device-9").await.unwrap(), None);
        assert!(!store_testing::fingerprint(store).await.unwrap().contains("device-1"), "only a hash is kept");
        let other = BoardId(room.new_id());
        assert!(matches!(store.board_member(other, "device-1").await, Err(StoreError::NotFound)));
    }

    async fn who_was_removed_moderates_no_more(database: TestDatabase) {
        let room = Room::open(database).await;
        let (store, board) = (&room.office.store, room.row.id);
        let card = room.write("Eine Karte.").await;
        store.let_moderate(audit::Actor::System, board, room.author.member, true).await.unwrap();
        let moderates = async || store.known_board_member(board, "device-1").await.unwrap().unwrap().moderates;
        assert!(moderates().await);
        for removed in [true, false, true] {
            let mut told = store.boards_changed();
            room.act(room.moderator, Operation::Remove { card, removed }).await.unwrap();
            assert_eq!(moderates().await, !removed);
            assert_eq!(hears_rights(&mut told).await, (board, room.author.member));
        }
        // Nor does who is trusted with the board again by mistake.
        store.let_moderate(audit::Actor::System, board, room.author.member, true).await.unwrap();
        assert!(!moderates().await);
        // A database from before is told who was removed by its log.
        let filled = sqlx::AnyPool::connect(&room.office.database.url).await.unwrap();
        let fill = include_str!("../../migrations/0021_board_removed.sql");
        let (_, fill) = fill.split_once(';').unwrap();
        for (removed, expected) in [(None, false), (Some(false), true)] {
            if let Some(removed) = removed {
                room.act(room.moderator, Operation::Remove { card, removed }).await.unwrap();
            }
            sqlx::query("UPDATE board_member SET removed_at = NULL").execute(&filled).await.unwrap();
            assert!(moderates().await, "what is forgotten shows");
            sqlx::raw_sql(fill).execute(&filled).await.unwrap();
            assert_eq!(moderates().await, expected);
        }
    }

    async fn who_moderates_is_known_whatever_that_one_has_written_or_erased(database: TestDatabase) {
        let room = Room::open(database).await;
        let (store, board, helper) = (&room.office.store, room.row.id, room.author.member);
        let moderators = async || {
            let found = store.board_moderators(board).await.unwrap().into_iter();
            found.map(|(member, _)| member).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(moderators().await, [room.moderator.member].into());
        store.let_moderate(audit::Actor::System, board, helper, true).await.unwrap();
        let card = room.write("Geht gleich.").await;
        let other = room.write("Bleibt.").await;
        room.act(room.author, Operation::Erase { card }).await.unwrap();
        let both = [room.moderator.member, helper].into();
        assert_eq!(moderators().await, both);
        for removed in [true, false] {
            room.act(room.moderator, Operation::Remove { card: other, removed }).await.unwrap();
            assert_eq!(moderators().await.contains(&helper), !removed);
        }
        store.let_moderate(audit::Actor::System, board, helper, false).await.unwrap();
        assert_eq!(moderators().await, [room.moderator.member].into());
    }

    async fn who_moderates_is_told_as_word_of_rights(database: TestDatabase) {
        let room = Room::open(database).await;
        let (store, board) = (&room.office.store, room.row.id);
        let mut told = store.boards_changed();
        store.let_moderate(audit::Actor::System, board, room.author.member, true).await.unwrap();
        assert_eq!(hears_rights(&mut told).await, (board, room.author.member));
    }

    async fn a_role_is_kept_with_its_district_and_shown_once_five_share_both(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let join = Operation::Join {
            name: None,
            district: District::parse("leipzig"),
            role: Some(MemberRole::Counselling),
        };
        room.act(room.author, join.clone()).await.unwrap();
        room.write("Ein Problem.").await;
        for number in 0..4 {
            let author = view(&store.board(room.row.id).await.unwrap(), Audience::Everybody).cards[0].author.clone();
            assert_eq!(author, None, "{number} others are too few");
            let other = store.board_member(room.row.id, &format!("other-{number}")).await.unwrap();
            room.act(other, join.clone()).await.unwrap();
        }
        let board = store.board(room.row.id).await.unwrap();
        let author = view(&board, Audience::Everybody).cards[0].author.clone();
        assert_eq!(author.as_deref(), Some("Migrationsberatung (MBE, JMD) aus Leipzig"));
    }

    async fn what_was_told_of_a_solution_is_kept_counted_and_forgotten(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let mut solution = room.card("Ein Termin in der Woche.").await;
        if let Operation::Write { kind, .. } = &mut solution {
            *kind = CardKind::Solution;
        }
        room.act(room.moderator, solution).await.unwrap();
        let on = *store.board(room.row.id).await.unwrap().cards.keys().next().unwrap();
        let sentence = CardId(room.new_id());
        let tell = |card| Operation::Tell {
            card,
            on,
            outcome: Outcome::Helped,
            district: District::parse("leipzig"),
            text: "Mit festem Termin ging es.".to_owned(),
        };
        room.act(room.author, tell(sentence)).await.unwrap();
        let again = room.act(room.author, tell(CardId(room.new_id()))).await;
        assert_eq!(again, Err(Refusal::ToldAlready));
        let board = store.board(room.row.id).await.unwrap();
        let trial = board.cards[&on].trial_of(room.author.member).unwrap();
        assert_eq!((trial.outcome, trial.district), (Outcome::Helped, District::parse("leipzig")));
        room.act(room.author, Operation::Erase { card: sentence }).await.unwrap();
        let records = store.board_records(room.row.id, 0).await.unwrap();
        let kept = serde_json::to_string(&records).unwrap();
        assert!(!kept.contains("festem Termin"), "the log has forgotten it: {kept}");
        assert!(store.board(room.row.id).await.unwrap().cards[&on].trial_of(room.author.member).is_some());
    }

    async fn a_board_is_found_by_its_name_and_its_code(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        assert_eq!(store.board_by_code(&room.row.code).await.unwrap().id, room.row.id);
        assert_eq!(store.board_by_slug(&room.row.slug).await.unwrap().id, room.row.id);
        assert_eq!(store.boards().await.unwrap().len(), 1);
        assert!(matches!(store.board_by_code("falsch").await, Err(StoreError::NotFound)));
    }

    async fn another_code_ends_the_old_one_and_sends_nobody_away(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let old = room.row.code.clone();
        assert_eq!(room.act(room.author, Operation::RenewCode).await, Err(Refusal::NotAllowed));
        assert_eq!(store.board_by_code(&old).await.unwrap().code, old);
        let id = OperationId(room.new_id());
        let first = store.board_act(room.row.id, room.moderator, id, Operation::RenewCode).await.unwrap();
        let new = store.board_by_slug(&room.row.slug).await.unwrap().code;
        assert_ne!(new, old);
        assert!(matches!(store.board_by_code(&old).await, Err(StoreError::NotFound)));
        assert_eq!(store.board_by_code(&new).await.unwrap().id, room.row.id);
        // Pressed twice, it is one code: the one that was read aloud holds.
        let again = store.board_act(room.row.id, room.moderator, id, Operation::RenewCode).await.unwrap();
        assert_eq!((again, store.board_by_slug(&room.row.slug).await.unwrap().code), (first, new.clone()));
        // Who is there stays, and writes on.
        let known = store.known_board_member(room.row.id, "device-1").await.unwrap();
        assert_eq!(known.unwrap().member, room.author.member);
        room.write("Ich bin noch da.").await;
        let rows = store.audit_rows(Some(&room.row.id.to_string()), 10).await.unwrap();
        assert_eq!(rows[0].action, "board_moderated");
        let records = store.board_records(room.row.id, 0).await.unwrap();
        let kept = format!("{rows:?}{}", serde_json::to_string(&records).unwrap());
        assert!(kept.contains("code_renewed") && !kept.contains(&old) && !kept.contains(&new), "no code in a log: {kept}");
    }

    async fn the_list_says_how_much_waits_for_a_moderator(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let waiting = async || store.boards().await.unwrap()[0].waiting;
        assert_eq!(waiting().await, 0);
        room.act(room.moderator, Operation::Moderate { level: Level::All }).await.unwrap();
        let card = room.write("Wartet auf jemanden.").await;
        let other = room.write("Wartet auch.").await;
        assert_eq!(waiting().await, 2);
        let publish = Operation::Stand { card, standing: Standing::Published, version: None };
        room.act(room.moderator, publish).await.unwrap();
        assert_eq!(waiting().await, 1);
        room.act(room.author, Operation::Report { card, given: true }).await.unwrap();
        assert_eq!(waiting().await, 2, "what was reported waits, too");
        for (removed, left) in [(true, 0), (false, 2)] {
            room.act(room.moderator, Operation::Remove { card, removed }).await.unwrap();
            assert_eq!(waiting().await, left, "of who was removed nothing waits");
        }
        room.act(room.author, Operation::Erase { card: other }).await.unwrap();
        assert_eq!(waiting().await, 1);
    }

    async fn what_a_moderator_writes_is_marked_whoever_reads_it_and_from_wherever(database: TestDatabase) {
        let room = Room::open(database).await;
        let store = &room.office.store;
        let rules = Operation::Rules { text: "Wir duzen uns.".to_owned(), base: None };
        room.act(room.moderator, rules).await.unwrap();
        let operation = room.card("Von der Moderation.").await;
        let Operation::Write { card, .. } = operation else { unreachable!() };
        room.act(room.moderator, operation).await.unwrap();
        // More than a snapshot's worth of records behind it.
        for number in 0..CARDS {
            room.write(&format!("Karte {number}")).await;
        }
        let board = store.board(room.row.id).await.unwrap();
        let marked: Vec<CardId> = board.cards.values().filter(|card| card.by_moderation).map(|card| card.id).collect();
        assert_eq!(marked, [card]);
        assert_eq!(board.settings.rules, "Wir duzen uns.");
        let seen = view(&board, Audience::Everybody);
        assert!(seen.cards.iter().find(|one| one.id == card).unwrap().by_moderation);
    }

    async fn what_the_moderator_does_is_in_the_log_of_the_office(database: TestDatabase) {
        let room = Room::open(database).await;
        let card = room.write("Eine Karte mit einem Satz.").await;
        let hide = Operation::Stand { card, standing: Standing::Hidden, version: None };
        room.act(room.moderator, hide).await.unwrap();
        let rows = room.office.store.audit_rows(Some(&room.row.id.to_string()), 10).await.unwrap();
        assert_eq!(rows[0].action, "board_moderated");
        assert!(rows.iter().all(|row| !row.detail.contains("Satz")), "no texts in the log");
        assert_eq!(room.office.store.audit_first_break().await.unwrap(), None);
    }
}

/// Two processes on one database, as two office servers have it.
async fn next_door() -> (Room, Store) {
    let room = Room::open(store_testing::TestDatabase::new(store::Engine::Postgres)).await;
    let now = room.office.store.ambient().now();
    let other = room.office.database.open_at(now).await;
    (room, other)
}

/// The author writes a card at another process. Its record.
async fn write_at(other: &Store, room: &Room, text: &str) -> u64 {
    let id = OperationId(room.new_id());
    let write = room.card(text).await;
    let record = other.board_act(room.row.id, room.author, id, write).await;
    record.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_hears_of_a_board_also_after_its_line_was_cut() {
    let (room, other) = next_door().await;
    let database = &room.office.database;
    let mut told = other.boards_changed();
    room.write("Hört man das nebenan?").await;
    assert_eq!(hears(&mut told).await, room.row.id);

    let admin = sqlx::PgPool::connect(&database.url).await.unwrap();
    let cut: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM (SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE 'LISTEN%') AS cut",
    )
    .fetch_one(&admin)
    .await
    .unwrap();
    assert_eq!(cut, 2, "both processes listen");
    // Until the line is there again, words get lost: so something is said until it is heard.
    let heard = async {
        loop {
            room.write("Und jetzt?").await;
            let soon = tokio::time::timeout(Duration::from_millis(100), told.recv());
            if let Ok(Ok(word)) = soon.await {
                return word.board;
            }
        }
    };
    let heard = tokio::time::timeout(WAITS_WITHIN, heard).await;
    assert_eq!(heard.unwrap(), room.row.id);
}

/// Its own notice would send a process to the log for nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_hears_notices_of_others_only() {
    let (room, other) = next_door().await;
    let mut told = room.office.store.boards_changed();
    room.write("Von hier").await;
    write_at(&other, &room, "Von nebenan").await;
    let mut words = Vec::new();
    for turn in 0..3 {
        let word = tokio::time::timeout(WAITS_WITHIN, told.recv()).await;
        let news = word.unwrap().unwrap().news;
        words.push(matches!(news, BoardNews::Done(_)));
        if turn == 1 {
            room.write("Noch einmal von hier").await;
        }
    }
    assert_eq!(
        words,
        [true, false, true],
        "its own acts tell what was done, those of others do not"
    );
}

/// What one process knows of a board from before is not all there is, where another one acts on it, too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_act_on_one_board_in_turn() {
    let (room, other) = next_door().await;
    for turn in 0..3 {
        room.write(&format!("Von hier, {turn}")).await;
        let record = write_at(&other, &room, &format!("Von nebenan, {turn}")).await;
        assert_eq!(
            room.office.store.board(room.row.id).await.unwrap().sequence,
            record
        );
    }
    let id = OperationId(room.new_id());
    other
        .board_act(
            room.row.id,
            room.moderator,
            id,
            Operation::Freeze { frozen: true },
        )
        .await
        .unwrap()
        .unwrap();
    let refused = room.act(room.author, room.card("Zu spät").await).await;
    assert_eq!(refused, Err(Refusal::Frozen));
    other.close().await;
}

/// The next word of rights: on which board, and whose.
async fn hears_rights(told: &mut tokio::sync::broadcast::Receiver<BoardWord>) -> (BoardId, MemberId) {
    let hears = async {
        loop {
            let word = told.recv().await.unwrap();
            if let BoardNews::Rights(member) = word.news {
                return (word.board, member);
            }
        }
    };
    tokio::time::timeout(WAITS_WITHIN, hears).await.unwrap()
}

/// A process hears of rights that another one has taken.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_hears_whose_rights_are_others() {
    let (room, other) = next_door().await;
    let mut told = other.boards_changed();
    let member = room.author.member;
    room.office
        .store
        .let_moderate(audit::Actor::System, room.row.id, member, true)
        .await
        .unwrap();
    assert_eq!(hears_rights(&mut told).await, (room.row.id, member));
}

async fn hears(told: &mut tokio::sync::broadcast::Receiver<BoardWord>) -> BoardId {
    tokio::time::timeout(WAITS_WITHIN, told.recv())
        .await
        .unwrap()
        .unwrap()
        .board
}
