//! How long what names a person stays (A6). What was written on boards is in `board_terms`.

use domain::access_need::AccessNeeds;
use domain::board::{Anonymity, CardKind, Level, Operation, Settings};
use domain::booking::Mode;
use domain::ids::{CardId, OperationId};
use domain::signup::Listing;
use domain::workshop::WorkshopDraft;

use store::StoreError;
use store::audit::Actor;
use store::boards::BoardDraft;

use crate::office::{Office, address, request};

/// What must be gone in the end: everything that names the person of these stories.
const PERSONAL: [&str; 5] = ["anna", "brücke mulde", "höranlage", "childcare", "begleitung"];

async fn traces(office: &Office) -> Vec<&'static str> {
    let everything = store_testing::fingerprint(&office.store)
        .await
        .unwrap()
        .to_lowercase();
    PERSONAL
        .into_iter()
        .filter(|trace| everything.contains(trace))
        .collect()
}

async fn anna_comes(office: &Office, plan: &WorkshopDraft) {
    let workshop = office.publishes(plan).await;
    let mut wish = request("Anna", "Brücke Mulde", Mode::OnSite);
    wish.access_needs = "Höranlage".to_owned();
    wish.needs = AccessNeeds::parse(["childcare"]).unwrap();
    office.sends(workshop, wish).await.unwrap();
    office.store.confirm(&office.link("Anna").await).await.unwrap();
    let id = office.id(workshop, "Anna").await;
    office
        .store
        .staff_cancel(Actor::System, id, "Mit Begleitung abgesprochen")
        .await
        .unwrap();
}

store_testing::on_both_engines! {
    async fn each_trace_of_a_person_goes_at_its_term(database: TestDatabase) {
        let office = Office::open(database).await;
        anna_comes(&office, &office.plan(30, 20)).await;
        assert_eq!(traces(&office).await, PERSONAL);

        // Seven days after the end the access needs go; the mails went a month after they were written.
        office.hours_pass((30 + 8) * 24);
        office.store.prune().await.unwrap();
        assert_eq!(traces(&office).await, ["anna", "brücke mulde", "begleitung"]);

        // A day before the year is over the name still stands, a day after it nothing does.
        office.hours_pass((365 - 9) * 24);
        office.store.prune().await.unwrap();
        assert_eq!(traces(&office).await, ["anna", "brücke mulde", "begleitung"]);
        office.hours_pass(3 * 24);
        office.store.prune().await.unwrap();
        assert_eq!(traces(&office).await, Vec::<&str>::new());

        // And it is done once: nothing is left to do.
        assert_eq!(office.store.prune().await.unwrap(), 0);
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn needs_in_mails_go_with_their_term_and_not_with_that_of_the_mails(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(3, 20)).await;
        let mut wish = request("Anna", "Brücke Mulde", Mode::OnSite);
        wish.access_needs = "Höranlage".to_owned();
        wish.needs = AccessNeeds::parse(["childcare"]).unwrap();
        office.sends(workshop, wish).await.unwrap();
        office.store.confirm(&office.link("Anna").await).await.unwrap();
        let told = || async {
            let payloads = office.store.mails(10).await.unwrap().into_iter().map(|mail| mail.payload.to_string());
            payloads.filter(|payload| payload.contains("Höranlage") || payload.contains("childcare")).count()
        };
        // Both mails wait. A day before the term they tell it, a day after it neither does, and they are still there.
        office.hours_pass((3 + 6) * 24);
        office.store.prune().await.unwrap();
        assert_eq!(told().await, 2);
        office.hours_pass(2 * 24);
        office.store.prune().await.unwrap();
        assert_eq!((told().await, office.store.mails(10).await.unwrap().len()), (0, 2));
        assert_eq!(traces(&office).await, ["anna", "brücke mulde"]);

        // What an earlier version of the software left in a mail that was sent goes with the next round.
        let mail = office.store.mails(10).await.unwrap().remove(0);
        office.store.mail_sent(&mail.id).await.unwrap();
        let mut payload = mail.payload.clone();
        payload["place"]["access_needs"] = "Höranlage".into();
        let pool = sqlx::AnyPool::connect(&office.database.url).await.unwrap();
        sqlx::query("UPDATE outbox SET payload = $1 WHERE id = $2")
            .bind(payload.to_string()).bind(&mail.id).execute(&pool).await.unwrap();
        assert_eq!(told().await, 1);
        assert_eq!(office.store.prune().await.unwrap(), 1);
        assert_eq!((told().await, office.store.prune().await.unwrap()), (0, 0));
        assert_eq!(office.store.mail(&mail.id).await.unwrap().payload, mail.payload);
    }

    async fn a_board_forgets_who_was_on_it_and_keeps_what_was_worked_out(database: TestDatabase) {
        let office = Office::open(database).await;
        let draft = BoardDraft {
            columns: vec!["Was hilft".to_owned()],
            ..store_testing::board_draft(Settings::new(Level::Off, Anonymity::Named, 3))
        };
        let board = office.store.create_board(Actor::System, &draft).await.unwrap();
        let anna = office.store.board_member(board.id, "device-of-anna").await.unwrap();
        let column = office.store.board(board.id).await.unwrap().columns[0].id;
        for operation in [
            Operation::Join { name: Some("Anna".to_owned()), district: None, role: None },
            Operation::Write {
                card: CardId(office.store.ambient().uuid()),
                column,
                kind: CardKind::Solution,
                text: "Mietführerschein".to_owned(),
            },
        ] {
            let id = OperationId(office.store.ambient().uuid());
            office.store.board_act(board.id, anna, id, operation).await.unwrap().unwrap();
        }
        office.hours_pass(364 * 24);
        office.store.prune().await.unwrap();
        assert_eq!(traces(&office).await, ["anna"]);
        assert!(office.store.known_board_member(board.id, "device-of-anna").await.unwrap().is_some());

        office.hours_pass(2 * 24);
        office.store.prune().await.unwrap();
        assert_eq!(traces(&office).await, Vec::<&str>::new());
        assert_eq!(office.store.known_board_member(board.id, "device-of-anna").await.unwrap(), None);
        let state = office.store.board(board.id).await.unwrap();
        assert_eq!(state.cards.values().next().unwrap().text, "Mietführerschein");
        assert_eq!(office.store.prune().await.unwrap(), 0);

        // What this process knew of the board before is not what is kept of it when more is done there.
        let office_device = office.store.board_member(board.id, "device-of-the-office").await.unwrap();
        office.store.let_moderate(Actor::System, board.id, office_device.member, true).await.unwrap();
        let office_device = office.store.board_member(board.id, "device-of-the-office").await.unwrap();
        for operation in [
            Operation::Join { name: Some("Büro".to_owned()), district: None, role: None },
            Operation::Erase { card: *state.cards.keys().next().unwrap() },
        ] {
            let id = OperationId(office.store.ambient().uuid());
            office.store.board_act(board.id, office_device, id, operation).await.unwrap().unwrap();
        }
        let names = office.store.board(board.id).await.unwrap().members.into_values();
        assert_eq!(names.map(|member| member.name).filter(Option::is_some).count(), 1, "the office's");
    }

    async fn what_was_typed_into_a_form_goes_within_a_quarter_of_an_hour(database: TestDatabase) {
        let office = Office::open(database).await;
        let reply = office.store.keep_form_reply("Anna, Höranlage").await.unwrap();
        let is_read = async || office.store.kept_form_reply(&reply).await.is_ok();
        office.store.ambient().advance_seconds(14 * 60);
        assert_eq!(office.store.forget_form_replies().await.unwrap(), 0);
        assert!(is_read().await);
        // The job comes each minute.
        office.store.ambient().advance_seconds(59);
        assert!(!is_read().await);
        assert_eq!(traces(&office).await, ["anna", "höranlage"]);
        assert_eq!(office.store.forget_form_replies().await.unwrap(), 1);
        assert_eq!(traces(&office).await, Vec::<&str>::new());
        assert_eq!(office.store.forget_form_replies().await.unwrap(), 0);
    }

    async fn what_stays_of_a_place_is_behind_no_link(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 20)).await;
        let mut wish = request("Anna", "Brücke Mulde", Mode::OnSite);
        wish.topic = Some("Wohnsitzauflage".to_owned());
        office.sends(workshop, wish).await.unwrap();
        let link = office.link("Anna").await;
        office.store.confirm(&link).await.unwrap();
        let voted = async |link: &str| office.store.topics(workshop, Some(link)).await.unwrap()[0].mine;
        assert!(voted(&link).await);
        let id = office.id(workshop, "Anna").await;
        office.hours_pass((30 + 366) * 24);
        office.store.prune().await.unwrap();
        // The id stands in calendars; what was written in place of the link is made of it.
        let guessed = format!("gone:{id}");
        let before = store_testing::fingerprint(&office.store).await.unwrap();
        assert!(before.contains(&guessed));

        let store = &office.store;
        let clara = request("Clara", "x x", Mode::OnSite).attendee;
        let topic = store.topics(workshop, None).await.unwrap()[0].id;
        let tried = [
            ("see", store.place_by_token(&guessed).await.map(|_| ())),
            ("confirm", store.confirm(&guessed).await.map(|_| ())),
            ("accept", store.accept(&guessed).await.map(|_| ())),
            ("decline", store.decline(&guessed).await.map(|_| ())),
            ("cancel", store.cancel(&guessed).await.map(|_| ())),
            ("change the mode", store.change_mode(&guessed, Mode::Online).await.map(|_| ())),
            (
                "answer",
                store.change_answers(&guessed, AccessNeeds::default(), "Höranlage", Listing::Nobody).await,
            ),
            ("leave the list", store.leave_list(&guessed).await),
            ("hand over", store.hand_over(&guessed, clara.name, clara.email).await),
            ("vote", store.vote_topic(&guessed, topic, false).await.map(|_| ())),
            ("propose", store.propose_topic(&guessed, "Noch eins").await),
        ];
        for (what, answer) in tried {
            assert!(matches!(answer, Err(StoreError::NotFound)), "{what}: {answer:?}");
        }
        assert!(!voted(&guessed).await);
        assert_eq!(store_testing::fingerprint(&office.store).await.unwrap(), before, "nothing was written");
    }

    async fn what_stays_are_figures(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 20)).await;
        for name in ["Anna", "Ben"] {
            office.signs_up(workshop, name).await;
        }
        let link = office.link("Anna").await;
        office.hours_pass((30 + 366) * 24);
        office.store.prune().await.unwrap();
        assert_eq!(office.store.workshop(workshop).await.unwrap().tally.on_site.confirmed, 2);
        assert!(office.store.place_by_token(&link).await.is_err());
        assert!(office.mails("Anna").await.is_empty(), "{}", address("Anna"));
    }
}
