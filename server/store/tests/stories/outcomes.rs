//! What comes out of boards: findings that the office finds, the archive, templates, and cards that go from board to board.

use domain::board::{
    Actor, Anonymity, CardKind, Finding, Level, Operation, Origin, Progress, Refusal, Responsibility,
    Settings, Standing,
};
use domain::district::District;
use domain::ids::{BoardId, CardId, OperationId, TemplateId};
use futures::future::{join, join_all};
use store::boards::{
    Answer, BoardDraft, BoardRow, BoardWord, Brought, FindingFilter, Template, TemplateDraft,
};
use store::retention::BOARD_IDLE_DAYS;
use store::{StoreError, audit};

use crate::crossing::WAITS_WITHIN;
use crate::office::Office;

/// How often many change several boards at the same time, and how many of each kind.
const ROUNDS: usize = 6;
const AT_ONCE: usize = 4;

fn settings() -> Settings {
    Settings {
        votes_hidden: false,
        ..Settings::new(Level::Off, Anonymity::Anonymous, 3)
    }
}

fn board_draft(template: Option<&Template>, district: Option<&str>) -> BoardDraft {
    BoardDraft {
        title: "Ankommen".to_owned(),
        columns: vec!["Was fehlt".to_owned(), "Was hilft".to_owned()],
        template: template.map(|template| template.id),
        district: district.and_then(District::parse),
        ..store_testing::board_draft(settings())
    }
}

/// Waits until there is word of a board. Without it a screen looks by itself after some seconds only.
async fn hears_of(told: &mut tokio::sync::broadcast::Receiver<BoardWord>, board: BoardId) {
    let hears = async { while told.recv().await.unwrap().board != board {} };
    tokio::time::timeout(WAITS_WITHIN, hears).await.unwrap();
}

/// A board, and a moderator who has joined it.
struct Room {
    row: BoardRow,
    moderator: Actor,
}

impl Office {
    async fn makes_a_template(&self) -> Template {
        let draft = TemplateDraft {
            id: TemplateId(self.store.ambient().uuid()),
            title: "Ankommen".to_owned(),
            lead: "Was fehlt vor Ort, was hilft?".to_owned(),
            settings: settings(),
            columns: vec!["Was fehlt".to_owned(), "Was hilft".to_owned()],
        };
        let made = self
            .store
            .create_template(audit::Actor::System, &draft)
            .await
            .unwrap();
        let again = self
            .store
            .create_template(audit::Actor::System, &draft)
            .await
            .unwrap();
        assert_eq!(made.slug, again.slug, "a repeat is the same template");
        made
    }

    async fn tries_a_board(
        &self,
        template: Option<&Template>,
        district: Option<&str>,
    ) -> Result<BoardRow, StoreError> {
        let draft = board_draft(template, district);
        self.store.create_board(audit::Actor::System, &draft).await
    }

    async fn opens_a_board(&self, template: Option<&Template>, district: Option<&str>) -> Room {
        let row = self.tries_a_board(template, district).await.unwrap();
        let member = self.store.board_member(row.id, "office").await.unwrap();
        let moderator = Actor {
            moderates: true,
            ..member
        };
        let room = Room { row, moderator };
        let join = Operation::Join {
            name: None,
            district: None,
            role: None,
        };
        self.acts(&room, join).await.unwrap();
        room
    }

    async fn acts(&self, room: &Room, operation: Operation) -> Answer {
        let id = OperationId(self.store.ambient().uuid());
        self.store
            .board_act(room.row.id, room.moderator, id, operation)
            .await
            .unwrap()
    }

    async fn writes(&self, room: &Room, text: &str) -> CardId {
        let card = CardId(self.store.ambient().uuid());
        let column = self.store.board(room.row.id).await.unwrap().columns[0].id;
        let text = text.to_owned();
        let write = Operation::Write {
            card,
            column,
            kind: CardKind::Problem,
            text,
        };
        self.acts(room, write).await.unwrap();
        card
    }

    async fn concludes(&self, room: &Room, card: CardId, text: &str, progress: Progress) {
        let finding = Finding {
            text: text.to_owned(),
            taker: "Landesamt".to_owned(),
            level: Responsibility::State,
            progress,
        };
        let conclude = Operation::Conclude {
            card,
            finding: Some(finding),
            base: None,
        };
        self.acts(room, conclude).await.unwrap();
    }

    async fn finds(&self, filter: FindingFilter) -> Vec<(u32, String)> {
        let found = self.store.board_findings(&filter).await.unwrap();
        found
            .into_iter()
            .map(|row| (row.number, row.finding.text))
            .collect()
    }

    async fn brings(&self, from: &Room, card: CardId, onto: &Room) -> Result<usize, Refusal> {
        let brought = Brought {
            board: from.row.id,
            card,
            column: self.store.board(onto.row.id).await.unwrap().columns[1].id,
            origin: Origin {
                board: from.row.slug.clone(),
                place: "Görlitz".to_owned(),
                number: 1,
                votes: Some(4),
                same_here: 2,
            },
        };
        self.store
            .bring_cards(onto.row.id, onto.moderator, vec![brought])
            .await
            .unwrap()
    }

    /// Every place in the database where words of a board can stand.
    async fn everything_said(&self, board: BoardId) -> String {
        let records = self.store.board_records(board, 0).await.unwrap();
        let state = self.store.board(board).await.unwrap();
        let found = self
            .store
            .board_findings(&FindingFilter::default())
            .await
            .unwrap();
        format!("{records:?} {state:?} {found:?}")
    }
}

store_testing::on_both_engines! {
    async fn the_office_finds_what_was_found_what_is_open_first(database: TestDatabase) {
        let office = Office::open(database).await;
        let room = office.opens_a_board(None, Some("goerlitz")).await;
        let (one, two) = (office.writes(&room, "Wohnung").await, office.writes(&room, "Sprache").await);
        office.concludes(&room, one, "Es gibt ein Merkblatt.", Progress::Settled).await;
        office.concludes(&room, two, "Der Kurs fehlt.", Progress::Open).await;
        let all = office.finds(FindingFilter::default()).await;
        assert_eq!(all, [(2, "Der Kurs fehlt.".to_owned()), (1, "Es gibt ein Merkblatt.".to_owned())]);
        let settled = FindingFilter { progress: Some(Progress::Settled), ..FindingFilter::default() };
        assert_eq!(office.finds(settled).await.len(), 1);
        let here = |slug| FindingFilter { district: District::parse(slug), ..FindingFilter::default() };
        assert_eq!(office.finds(here("goerlitz")).await.len(), 2);
        assert_eq!(office.finds(here("bautzen")).await.len(), 0);
        let of_the_state = FindingFilter { level: Some(Responsibility::Federation), ..FindingFilter::default() };
        assert_eq!(office.finds(of_the_state).await.len(), 0);
    }

    async fn what_is_done_stands_before_what_is_not_pursued(database: TestDatabase) {
        let office = Office::open(database).await;
        let room = office.opens_a_board(None, None).await;
        for progress in [Progress::Settled, Progress::Dropped, Progress::Settled, Progress::Underway] {
            office.store.ambient().advance_seconds(60);
            let card = office.writes(&room, "Wohnung").await;
            office.concludes(&room, card, progress.label(), progress).await;
        }
        let all = office.finds(FindingFilter::default()).await;
        let numbers: Vec<u32> = all.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [4, 3, 1, 2], "{all:?}");
    }

    async fn a_finding_keeps_its_time_until_it_is_another_and_goes_with_its_card(database: TestDatabase) {
        let office = Office::open(database).await;
        let room = office.opens_a_board(None, None).await;
        let card = office.writes(&room, "Wohnung").await;
        office.concludes(&room, card, "Der Kurs fehlt.", Progress::Open).await;
        let first = office.store.board_findings(&FindingFilter::default()).await.unwrap()[0].since;
        office.hours_pass(48);
        let edit = Operation::Edit { card, base: 0, text: "Wohnungen".to_owned() };
        office.acts(&room, edit).await.unwrap();
        let row = office.store.board_findings(&FindingFilter::default()).await.unwrap().remove(0);
        assert_eq!((row.since, row.topic.as_str()), (first, "Wohnungen"));
        office.concludes(&room, card, "Der Kurs fehlt.", Progress::Underway).await;
        let row = office.store.board_findings(&FindingFilter::default()).await.unwrap().remove(0);
        assert!(row.since > first);
        let ways = office.store.board_ways(room.row.id).await.unwrap();
        let steps: Vec<_> = ways[&card].iter().map(|step| step.finding.progress).collect();
        assert_eq!(steps, [Progress::Open, Progress::Underway]);
        office.acts(&room, Operation::Erase { card }).await.unwrap();
        assert_eq!(office.finds(FindingFilter::default()).await, []);
        assert!(office.store.board_ways(room.row.id).await.unwrap().is_empty());
        let said = office.everything_said(room.row.id).await;
        assert!(!said.contains("Wohnung") && !said.contains("Kurs"), "{said}");
    }

    async fn a_board_goes_to_the_archive_by_itself_and_comes_out_by_hand(database: TestDatabase) {
        let office = Office::open(database).await;
        let room = office.opens_a_board(None, None).await;
        office.writes(&room, "Wohnung").await;
        office.hours_pass((BOARD_IDLE_DAYS - 1) * 24);
        office.store.prune().await.unwrap();
        assert_eq!(office.store.board_by_slug(&room.row.slug).await.unwrap().archived_at, None);
        office.hours_pass(2 * 24);
        assert_eq!(office.store.prune().await.unwrap(), 1);
        assert_eq!(office.store.prune().await.unwrap(), 0, "once");
        assert!(office.store.board_by_slug(&room.row.slug).await.unwrap().archived_at.is_some());
        let brake = office.acts(&room, Operation::Freeze { frozen: true }).await;
        assert_eq!(brake, Err(Refusal::Archived));
        office.acts(&room, Operation::Archive { archived: false }).await.unwrap();
        assert_eq!(office.store.board_by_slug(&room.row.slug).await.unwrap().archived_at, None);
        office.writes(&room, "Und weiter.").await;
    }

    async fn a_template_has_one_board_for_each_district_and_one_for_all(database: TestDatabase) {
        let office = Office::open(database).await;
        let template = office.makes_a_template().await;
        for district in [Some("goerlitz"), Some("bautzen"), None] {
            office.opens_a_board(Some(&template), district).await;
            let twice = office.tries_a_board(Some(&template), district).await;
            assert!(matches!(twice, Err(StoreError::Duplicate)), "{twice:?}");
        }
        let boards = office.store.boards_of_template(template.id).await.unwrap();
        let districts: Vec<_> = boards.iter().map(|row| row.district.map(|district| district.slug)).collect();
        assert_eq!(districts, [Some("bautzen"), Some("goerlitz"), None]);
        assert_eq!(office.store.template_by_slug(&template.slug).await.unwrap(), template);
        assert_eq!(office.store.template(template.id).await.unwrap(), template);
        assert_eq!(office.store.templates().await.unwrap().len(), 1);
        // Boards without a template are not counted.
        for _ in 0..2 {
            office.opens_a_board(None, None).await;
        }
    }

    async fn a_card_is_brought_once_says_where_it_comes_from_and_is_erased_with_it(database: TestDatabase) {
        let office = Office::open(database).await;
        let template = office.makes_a_template().await;
        let region = office.opens_a_board(Some(&template), Some("goerlitz")).await;
        let all = office.opens_a_board(Some(&template), None).await;
        let card = office.writes(&region, "Dolmetscher*innen fehlen.").await;
        assert_eq!(office.brings(&region, card, &all).await, Ok(1));
        assert_eq!(office.brings(&region, card, &all).await, Ok(0), "it is there");
        let board = office.store.board(all.row.id).await.unwrap();
        let copy = board.cards.values().next().unwrap();
        let origin = copy.origin.as_ref().unwrap();
        assert_eq!((copy.text.as_str(), copy.column), ("Dolmetscher*innen fehlen.", board.columns[1].id));
        assert_eq!((origin.place.as_str(), origin.votes, origin.same_here), ("Görlitz", Some(4), 2));
        office.concludes(&all, copy.id, "Das Land sucht.", Progress::Open).await;

        office.acts(&region, Operation::Erase { card }).await.unwrap();
        for board in [region.row.id, all.row.id] {
            let said = office.everything_said(board).await;
            assert!(!said.contains("Dolmetscher") && !said.contains("Land sucht"), "{said}");
        }
        assert_eq!(office.brings(&region, card, &all).await, Ok(0), "what was erased is not brought");
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn who_brings_cards_to_and_fro_and_who_erases_them_wait_for_each_other_in_no_circle(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut rooms = [office.opens_a_board(None, None).await, office.opens_a_board(None, None).await];
        rooms.sort_by_key(|room| room.row.id);
        let [first, second] = &rooms;
        let write = async |room: &Room| {
            let cards = (0..AT_ONCE).map(|one| office.writes(room, ["Bus", "Zug", "Rad", "Fuß"][one]));
            join_all(cards).await
        };
        for _ in 0..ROUNDS {
            // Erased from the board that is locked last, on the one that is locked first, too.
            let old = office.writes(second, "Herr Geheim").await;
            assert_eq!(office.brings(second, old, first).await, Ok(1));
            let (there, back) = (write(first).await, write(second).await);
            let there = there.into_iter().map(|card| office.brings(first, card, second));
            let back = back.into_iter().map(|card| office.brings(second, card, first));
            let erased = office.acts(second, Operation::Erase { card: old });
            let (erased, (there, back)) = join(erased, join(join_all(there), join_all(back))).await;
            assert!(erased.is_ok(), "{erased:?}");
            assert!(there.iter().chain(&back).all(|brought| *brought == Ok(1)), "{there:?} {back:?}");
        }
        for room in &rooms {
            assert_eq!(office.store.board(room.row.id).await.unwrap().cards.len(), ROUNDS * (1 + 2 * AT_ONCE));
            let said = office.everything_said(room.row.id).await;
            assert!(!said.contains("Geheim"), "{said}");
        }
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn whoever_shows_a_board_hears_at_once_what_a_change_elsewhere_did_to_it(database: TestDatabase) {
        let office = Office::open(database).await;
        let from = office.opens_a_board(None, Some("goerlitz")).await;
        let onto = office.opens_a_board(None, None).await;
        let card = office.writes(&from, "Der Bus fährt nicht.").await;
        office.brings(&from, card, &onto).await.unwrap();
        let mut told = office.store.boards_changed();
        office.acts(&from, Operation::Erase { card }).await.unwrap();
        hears_of(&mut told, onto.row.id).await;
        let mut told = office.store.boards_changed();
        office.hours_pass(24 * (BOARD_IDLE_DAYS + 1));
        office.store.prune().await.unwrap();
        hears_of(&mut told, onto.row.id).await;
    }

    async fn nobody_reads_the_title_of_a_draft_on_its_board(database: TestDatabase) {
        let office = Office::open(database).await;
        let plan = office.plan(20, 5);
        let workshop = office.store.create_workshop(audit::Actor::System, &plan).await.unwrap();
        let draft = BoardDraft { workshop: Some(workshop.id), ..board_draft(None, None) };
        let board = office.store.create_board(audit::Actor::System, &draft).await.unwrap();
        assert_eq!(office.store.workshop_of(&board).await.unwrap(), None);
        office.store.publish_workshop(audit::Actor::System, workshop.id).await.unwrap();
        let found = office.store.workshop_of(&board).await.unwrap().unwrap();
        assert_eq!(found.id, workshop.id);
    }

    async fn what_was_taken_out_of_sight_since_it_was_chosen_is_not_brought(database: TestDatabase) {
        let office = Office::open(database).await;
        let (region, all) = (office.opens_a_board(None, None).await, office.opens_a_board(None, None).await);
        let card = office.writes(&region, "Dolmetscher*innen fehlen.").await;
        let other = office.writes(&region, "Dasselbe noch einmal.").await;
        let stand = |standing| Operation::Stand { card, standing, version: None };
        let refused = Standing::Refused { reason: "Nicht das Thema.".to_owned() };
        for standing in [Standing::Hidden, refused, Standing::Waiting] {
            office.acts(&region, stand(standing.clone())).await.unwrap();
            assert_eq!(office.brings(&region, card, &all).await, Ok(0), "{standing:?}");
        }
        office.acts(&region, stand(Standing::Published)).await.unwrap();
        let merge = |into| Operation::Merge { card, into };
        office.acts(&region, merge(Some(other))).await.unwrap();
        assert_eq!(office.brings(&region, card, &all).await, Ok(0), "another one stands for it");
        office.acts(&region, merge(None)).await.unwrap();
        assert_eq!(office.brings(&region, card, &all).await, Ok(1));
    }

    async fn only_a_moderator_brings_cards(database: TestDatabase) {
        let office = Office::open(database).await;
        let (region, mut all) = (office.opens_a_board(None, None).await, office.opens_a_board(None, None).await);
        let card = office.writes(&region, "Dolmetscher*innen fehlen.").await;
        all.moderator.moderates = false;
        assert_eq!(office.brings(&region, card, &all).await, Err(Refusal::NotAllowed));
        all.moderator = Actor { moderates: true, ..office.store.board_member(all.row.id, "stranger").await.unwrap() };
        assert_eq!(office.brings(&region, card, &all).await, Err(Refusal::NotJoined));
    }
}
