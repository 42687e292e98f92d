//! Topics for the day, and three votes for each person.

use std::collections::BTreeSet;

use domain::board::{
    Actor, Anonymity, Audience, CardKind, Level, Operation, Origin, Refusal, Settings, Standing, view,
};
use domain::booking::Mode;
use domain::ids::{BoardId, CardId, IdempotencyKey, OperationId, WorkshopId};
use futures::future::{join, join_all};
use store::boards::topics::card_of;
use store::boards::{BoardDraft, Brought};
use store::signups::SignUpCommand;
use store::{StoreError, audit};

use crate::office::{Office, request};

/// How often many write at the same time, and how many of each kind.
const ROUNDS: usize = 6;
const AT_ONCE: usize = 4;

/// A board of a Veranstaltung.
async fn board(office: &Office, workshop: WorkshopId, level: Level) -> BoardId {
    let draft = BoardDraft {
        title: "Worüber wir reden".to_owned(),
        columns: vec!["Themen".to_owned(), "Ergebnisse".to_owned()],
        workshop: Some(workshop),
        ..store_testing::board_draft(Settings::new(level, Anonymity::Anonymous, 3))
    };
    let made = office.store.create_board(audit::Actor::System, &draft).await;
    made.unwrap().id
}

/// Standing and text of the cards of a board, as they were written.
pub async fn cards(office: &Office, board: BoardId) -> Vec<(Standing, String)> {
    let board = office.store.board(board).await.unwrap();
    let mut cards: Vec<_> = board.cards.values().collect();
    cards.sort_by_key(|card| card.number);
    cards
        .into_iter()
        .map(|card| (card.standing.clone(), card.text.clone()))
        .collect()
}

/// Somebody who moderates a board.
pub async fn moderator(office: &Office, board: BoardId) -> Actor {
    let member = office.store.board_member(board, "desk").await.unwrap().member;
    let actor = Actor {
        member,
        moderates: true,
    };
    let join = Operation::Join {
        name: None,
        district: None,
        role: None,
    };
    act(office, board, actor, join).await.unwrap();
    actor
}

pub async fn act(
    office: &Office,
    board: BoardId,
    actor: Actor,
    operation: Operation,
) -> store::boards::Answer {
    let id = OperationId(office.store.ambient().uuid());
    office.store.board_act(board, actor, id, operation).await.unwrap()
}

/// Brings a card from one board onto another.
async fn bring(
    office: &Office,
    (board, card): (BoardId, CardId),
    onto: BoardId,
    desk: Actor,
) -> Result<usize, Refusal> {
    let brought = Brought {
        board,
        card,
        column: office.store.board(onto).await.unwrap().columns[1].id,
        origin: Origin {
            board: "eins".to_owned(),
            place: "Pirna".to_owned(),
            number: 1,
            votes: None,
            same_here: 0,
        },
    };
    office.store.bring_cards(onto, desk, vec![brought]).await.unwrap()
}

store_testing::on_both_engines! {
    async fn what_is_proposed_after_a_board_was_made_becomes_a_card_as_its_level_says(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let other = office.publishes(&office.plan(30, 5)).await;
        let open = board(&office, workshop, Level::Off).await;
        let strict = board(&office, workshop, Level::All).await;
        let elsewhere = board(&office, other, Level::Off).await;
        office.signs_up(workshop, "Anna").await;
        let anna = office.link("Anna").await;
        office.store.propose_topic(&anna, "Wohnsitzauflage").await.unwrap();
        let text = "Wohnsitzauflage".to_owned();
        assert_eq!(cards(&office, open).await, [(Standing::Published, text.clone())]);
        assert_eq!(cards(&office, strict).await, [(Standing::Waiting, text)]);
        assert!(cards(&office, elsewhere).await.is_empty());
        let everybody = view(&office.store.board(strict).await.unwrap(), Audience::Everybody);
        assert!(everybody.cards.is_empty(), "what waits nobody else reads");

        // By nobody of the board: the moderator decides on it as on any other, and it takes no room from anybody.
        let desk = moderator(&office, strict).await;
        let topic = office.store.topics(workshop, None).await.unwrap()[0].id;
        let card = card_of(topic, strict);
        let publish = Operation::Stand { card, standing: Standing::Published, version: None };
        act(&office, strict, desk, publish).await.unwrap();
        let shown = view(&office.store.board(strict).await.unwrap(), Audience::Everybody).cards;
        assert_eq!((shown.len(), shown[0].author.as_deref()), (1, None));
        // Whoever brings it again finds it there.
        let column = office.store.board(strict).await.unwrap().columns[0].id;
        let kind = CardKind::Topic;
        let again = Operation::Write { card, column, kind, text: "Wohnsitzauflage".to_owned() };
        assert_eq!(act(&office, strict, desk, again).await, Err(Refusal::Twice));
        act(&office, strict, desk, Operation::Erase { card }).await.unwrap();
        let records = office.store.board_records(strict, 0).await.unwrap();
        assert!(!serde_json::to_string(&records).unwrap().contains("Wohnsitzauflage"), "erased for good");
    }

    async fn what_was_proposed_before_a_board_was_made_stands_on_it_as_its_level_says(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        for name in ["Anna", "Berta"] {
            office.signs_up(workshop, name).await;
        }
        let (anna, berta) = (office.link("Anna").await, office.link("Berta").await);
        office.store.propose_topic(&anna, "Kaution").await.unwrap();
        office.store.propose_topic(&anna, "Herr Muster, geb. 01.02.1990").await.unwrap();
        let second = office.store.topics(workshop, None).await.unwrap();
        let second = second.iter().find(|topic| topic.text.starts_with("Herr")).unwrap().id;
        office.store.vote_topic(&berta, second, true).await.unwrap();
        let texts = ["Herr Muster, geb. 01.02.1990", "Kaution"].map(str::to_owned);
        for (level, expected) in [
            (Level::Off, [Standing::Published, Standing::Published]),
            (Level::Flagged, [Standing::Waiting, Standing::Published]),
            (Level::All, [Standing::Waiting, Standing::Waiting]),
        ] {
            let made = board(&office, workshop, level).await;
            let standing: Vec<_> = expected.into_iter().zip(texts.clone()).collect();
            assert_eq!(cards(&office, made).await, standing, "{level:?}, what has most votes first");
            let state = office.store.board(made).await.unwrap();
            assert!(state.cards.values().all(|card| card.author.0.is_nil()), "of nobody on the board");
            assert!(state.members.is_empty());
        }
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn whoever_erases_the_card_of_a_topic_erases_the_topic_and_its_cards_everywhere(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        office.signs_up(workshop, "Anna").await;
        let anna = office.link("Anna").await;
        let (one, two) = (
            board(&office, workshop, Level::Off).await,
            board(&office, workshop, Level::All).await,
        );
        for text in ["Herr Geheim", "Kaution", "Schule"] {
            office.store.propose_topic(&anna, text).await.unwrap();
        }
        let topics = office.store.topics(workshop, Some(&anna)).await.unwrap();
        assert_eq!(topics.iter().filter(|topic| topic.mine).count(), 3, "all votes are given");
        let secret = topics.iter().find(|topic| topic.text == "Herr Geheim").unwrap().id;
        // Once more on the second board, brought from the first.
        let desk = moderator(&office, two).await;
        assert_eq!(bring(&office, (one, card_of(secret, one)), two, desk).await, Ok(1));
        assert!(store_testing::fingerprint(&office.store).await.unwrap().contains("Geheim"));
        let erase = Operation::Erase { card: card_of(secret, two) };
        act(&office, two, desk, erase).await.unwrap();
        let left = store_testing::fingerprint(&office.store).await.unwrap();
        assert!(!left.contains("Geheim") && left.contains("Kaution"), "{left}");
        assert_eq!(office.store.topics(workshop, None).await.unwrap().len(), 2);
        let there = async |id| cards(&office, id).await.into_iter().filter(|(_, text)| !text.is_empty()).count();
        let later = board(&office, workshop, Level::Off).await;
        assert_eq!((there(one).await, there(two).await, there(later).await), (2, 2, 2));
        assert_eq!(office.store.board(later).await.unwrap().cards.len(), 2, "the next board does not bring it back");
        // Its vote is free again. A card that was no topic erases nothing else.
        let other = office.store.topics(workshop, Some(&anna)).await.unwrap();
        assert_eq!(other.iter().filter(|topic| topic.mine).count(), 2);
        office.signs_up(workshop, "Berta").await;
        office.store.propose_topic(&office.link("Berta").await, "Arbeit").await.unwrap();
        let new = office.store.topics(workshop, None).await.unwrap();
        let new = new.iter().find(|topic| topic.text == "Arbeit").unwrap().id;
        assert!(office.store.vote_topic(&anna, new, true).await.unwrap());
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn a_board_that_takes_nothing_is_no_reason_to_refuse_a_topic(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let (frozen, archived) = (
            board(&office, workshop, Level::Off).await,
            board(&office, workshop, Level::Off).await,
        );
        let desk = moderator(&office, frozen).await;
        act(&office, frozen, desk, Operation::Freeze { frozen: true }).await.unwrap();
        let desk = moderator(&office, archived).await;
        act(&office, archived, desk, Operation::Archive { archived: true }).await.unwrap();
        office.signs_up(workshop, "Anna").await;
        office.store.propose_topic(&office.link("Anna").await, "Kaution").await.unwrap();
        assert_eq!(office.store.topics(workshop, None).await.unwrap().len(), 1);
        assert_eq!(cards(&office, frozen).await, [(Standing::Waiting, "Kaution".to_owned())]);
        assert!(cards(&office, archived).await.is_empty());
    }

    async fn a_topic_that_comes_with_the_sign_up_is_a_card_in_the_same_transaction(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let board = board(&office, workshop, Level::Off).await;
        let mut form = request("Anna", "Brücke Mulde", Mode::OnSite);
        form.topic = Some("Schulzugang".to_owned());
        office.sends(workshop, form).await.unwrap();
        assert!(cards(&office, board).await.is_empty(), "nobody reads what nobody has confirmed");
        assert!(office.store.topics(workshop, None).await.unwrap().is_empty());
        let anna = office.link("Anna").await;
        assert_eq!(office.store.topics(workshop, Some(&anna)).await.unwrap().len(), 1, "but who wrote it");
        office.store.confirm(&anna).await.unwrap();
        assert_eq!(cards(&office, board).await, [(Standing::Published, "Schulzugang".to_owned())]);
        assert_eq!(office.store.topics(workshop, None).await.unwrap().len(), 1);
    }

    async fn what_came_with_a_sign_up_that_was_never_confirmed_is_gone(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        let board = board(&office, workshop, Level::Off).await;
        for name in ["Anna", "Berta"] {
            let mut form = request(name, "Brücke Mulde", Mode::OnSite);
            form.topic = Some(format!("Frau Muster bei {name}"));
            office.sends(workshop, form).await.unwrap();
        }
        office.hours_pass(26);
        office.settles().await;
        assert!(office.store.topics(workshop, None).await.unwrap().is_empty());
        assert!(cards(&office, board).await.is_empty());
        let tables = office.store.topics(workshop, Some(&office.link("Anna").await)).await.unwrap();
        assert!(tables.is_empty(), "not even for who wrote it: {tables:?}");
    }

    async fn a_topic_that_staff_take_away_is_erased_wherever_it_stood(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        let strict = board(&office, workshop, Level::All).await;
        let free = board(&office, workshop, Level::Off).await;
        office.signs_up(workshop, "Anna").await;
        office.store.propose_topic(&office.link("Anna").await, "Frau Muster in Pirna").await.unwrap();
        let topic = office.store.topics(workshop, None).await.unwrap().remove(0).id;
        for _ in 0..2 {
            office.store.remove_topic(audit::Actor::System, topic).await.unwrap();
        }
        assert!(office.store.topics(workshop, None).await.unwrap().is_empty());
        for board in [strict, free] {
            let records = office.store.board_records(board, 0).await.unwrap();
            assert!(!serde_json::to_string(&records).unwrap().contains("Muster"), "{records:?}");
            assert_eq!(cards(&office, board).await[0].1, "");
        }
        let log = office.store.workshop_log(workshop, 100).await.unwrap();
        assert!(!format!("{log:?}").contains("Muster"));
        assert_eq!(log.iter().filter(|(row, _)| row.action == "topic_removed").count(), 1, "{log:?}");
        assert!(!office.store.vote_topic(&office.link("Anna").await, topic, true).await.unwrap(), "nobody votes for it any more");
        let unknown = domain::ids::TopicId(office.store.ambient().uuid());
        assert!(matches!(office.store.remove_topic(audit::Actor::System, unknown).await, Err(StoreError::NotFound)));
    }

    async fn proposing_the_same_twice_is_once(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        office.signs_up(workshop, "Anna").await;
        let anna = office.link("Anna").await;
        for text in ["Kaution", "Kaution", "Schule", "Sprache", "Kaution"] {
            office.store.propose_topic(&anna, text).await.unwrap();
        }
        assert_eq!(office.store.topics(workshop, None).await.unwrap().len(), 3);
        assert!(matches!(office.store.propose_topic(&anna, "Noch eines").await, Err(StoreError::Duplicate)));
    }

    async fn who_proposes_and_who_moderates_wait_for_each_other_in_no_circle(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 200)).await;
        let board = board(&office, workshop, Level::Off).await;
        let desk = moderator(&office, board).await;
        let column = office.store.board(board).await.unwrap().columns[0].id;
        for round in 0..ROUNDS {
            // Whoever is signed in has the place at once, and what is proposed is a card in the same transaction.
            let mut forms = Vec::new();
            for one in 0..AT_ONCE {
                let name = format!("Anna{round}-{one}");
                let viewer = Some(office.signs_in(&name, "Telefon").await.person);
                let mut request = request(&name, "Brücke Mulde", Mode::OnSite);
                request.topic = Some(format!("Kaution {round}-{one}"));
                let key = IdempotencyKey(office.store.ambient().uuid());
                forms.push(SignUpCommand { workshop, request, key, viewer });
            }
            let proposals = forms.into_iter().map(|form| office.store.sign_up(form));
            let written = (0..AT_ONCE).map(|one| {
                let card = CardId(office.store.ambient().uuid());
                let text = format!("Umzug {round}-{one}");
                act(&office, board, desk, Operation::Write { card, column, kind: CardKind::Topic, text })
            });
            let (proposals, written) = join(join_all(proposals), join_all(written)).await;
            for answer in proposals {
                answer.unwrap();
            }
            assert!(written.iter().all(Result::is_ok), "{written:?}");
        }
        assert_eq!(cards(&office, board).await.len(), ROUNDS * AT_ONCE * 2);
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn who_takes_a_topic_away_and_who_brings_cards_wait_for_each_other_in_no_circle(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 200)).await;
        let other = office.publishes(&office.plan(30, 200)).await;
        let (inside, outside) = (board(&office, workshop, Level::Off).await, board(&office, other, Level::Off).await);
        let (desk, other_desk) = (moderator(&office, inside).await, moderator(&office, outside).await);
        let column = office.store.board(outside).await.unwrap().columns[0].id;
        for round in 0..ROUNDS {
            let name = format!("Anna{round}");
            office.signs_up(workshop, &name).await;
            office.store.propose_topic(&office.link(&name).await, "Herr Geheim").await.unwrap();
            let topic = office.store.topics(workshop, None).await.unwrap()[0].id;
            assert_eq!(bring(&office, (inside, card_of(topic, inside)), outside, other_desk).await, Ok(1));
            let mut cards = Vec::new();
            for one in 0..AT_ONCE {
                let card = CardId(office.store.ambient().uuid());
                let text = format!("Umzug {round}-{one}");
                act(&office, outside, other_desk, Operation::Write { card, column, kind: CardKind::Topic, text }).await.unwrap();
                cards.push(card);
            }
            let brought = cards.into_iter().map(|card| bring(&office, (outside, card), inside, desk));
            let (removed, brought) = join(
                office.store.remove_topic(audit::Actor::System, topic),
                join_all(brought),
            )
            .await;
            removed.unwrap();
            assert!(brought.iter().all(|brought| *brought == Ok(1)), "{brought:?}");
        }
        for board in [inside, outside] {
            let records = office.store.board_records(board, 0).await.unwrap();
            assert!(!serde_json::to_string(&records).unwrap().contains("Geheim"), "{records:?}");
        }
        assert_eq!(cards(&office, inside).await.len(), ROUNDS * (1 + AT_ONCE));
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn what_is_ticked_in_the_form_is_voted_for_with_the_place(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 9)).await;
        let other = office.publishes(&office.plan(30, 9)).await;
        for (workshop, name, texts) in [(workshop, "Anna", vec!["Kaution", "Schule"]), (other, "Gast", vec!["Fremd"])] {
            office.signs_up(workshop, name).await;
            for text in texts {
                office.store.propose_topic(&office.link(name).await, text).await.unwrap();
            }
        }
        let topics = async |of, link: Option<&str>| office.store.topics(of, link).await.unwrap();
        let shown = topics(workshop, None).await;
        let id = |text: &str| shown.iter().find(|topic| topic.text == text).unwrap().id;
        let foreign = topics(other, None).await[0].id;
        // One of them is taken away while somebody fills in the form, and one is of another Veranstaltung.
        office.store.remove_topic(audit::Actor::System, id("Schule")).await.unwrap();
        let mut form = request("Berta", "Brücke Mulde", Mode::OnSite);
        form.votes = [id("Kaution"), id("Schule"), foreign].into();
        form.colleagues = vec![request("Clara", "Brücke Mulde", Mode::OnSite).attendee];
        let sent = store_testing::command(&office.store, workshop, form);
        let first = office.store.sign_up(sent.clone()).await.unwrap();
        let before = store_testing::fingerprint(&office.store).await.unwrap();
        assert_eq!(office.store.sign_up(sent).await.unwrap(), first);
        assert_eq!(store_testing::fingerprint(&office.store).await.unwrap(), before, "the same form votes once");

        assert_eq!(topics(workshop, None).await[0].votes, 1, "nothing counts that nobody has confirmed");
        let (berta, clara) = (office.link("Berta").await, office.link("Clara").await);
        for link in [&berta, &clara] {
            office.store.confirm(link).await.unwrap();
        }
        let votes = topics(workshop, Some(&berta)).await;
        assert_eq!((votes.len(), votes[0].votes, votes[0].mine), (1, 2, true));
        assert!(!topics(workshop, Some(&clara)).await[0].mine, "who was brought along votes alone");
        assert_eq!(topics(other, None).await[0].votes, 1);
        assert!(office.store.vote_topic(&berta, id("Kaution"), false).await.unwrap(), "and it can be taken back");
        assert_eq!(topics(workshop, None).await[0].votes, 1);
    }

    async fn no_form_gives_more_than_three_votes_nor_one_for_who_has_a_place_already(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 9)).await;
        for (name, texts) in [("Anna", vec!["Kaution", "Schule", "Sprache"]), ("Berta", vec!["Arbeit"])] {
            office.signs_up(workshop, name).await;
            for text in texts {
                office.store.propose_topic(&office.link(name).await, text).await.unwrap();
            }
        }
        let topics = office.store.topics(workshop, None).await.unwrap();
        let all: BTreeSet<_> = topics.iter().map(|topic| topic.id).collect();
        let mine = async |link: &str| {
            let topics = office.store.topics(workshop, Some(link)).await.unwrap();
            topics.into_iter().filter(|topic| topic.mine).map(|topic| topic.text).collect::<Vec<_>>()
        };
        for name in ["Clara", "Berta"] {
            let mut form = request(name, "Brücke Mulde", Mode::OnSite);
            form.votes = all.clone();
            form.topic = Some(format!("Was {name} mitbringt"));
            office.sends(workshop, form).await.unwrap();
        }
        // What she proposes herself takes a vote if one is left, and none is.
        let clara = mine(&office.link("Clara").await).await;
        assert_eq!(clara.len(), 3);
        assert!(!clara.contains(&"Was Clara mitbringt".to_owned()), "{clara:?}");
        assert_eq!(mine(&office.link("Berta").await).await, ["Arbeit"]);
    }

    async fn a_vote_counts_once_the_address_is_confirmed(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(workshop, "Anna").await;
        office.store.propose_topic(&office.link("Anna").await, "Kaution").await.unwrap();
        // One waits for a seat that was taken: what is not confirmed counts in no line.
        office.asks(workshop, "Berta").await.unwrap();
        let berta = office.link("Berta").await;
        let votes = async |link: Option<&str>| office.store.topics(workshop, link).await.unwrap()[0].votes;
        let topic = office.store.topics(workshop, None).await.unwrap()[0].id;
        assert!(office.store.vote_topic(&berta, topic, true).await.unwrap());
        assert_eq!((votes(None).await, votes(Some(&berta)).await), (1, 2), "who gave it sees it");
        office.store.confirm(&berta).await.unwrap();
        assert_eq!(votes(None).await, 2);
        office.store.decline(&berta).await.unwrap();
        assert_eq!(votes(None).await, 1, "nor does one whose place has ended");
    }

    async fn three_votes_and_no_more(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&office.plan(30, 5)).await;
        office.signs_up(workshop, "Anna").await;
        office.signs_up(workshop, "Berta").await;
        let (anna, berta) = (office.link("Anna").await, office.link("Berta").await);
        office.signs_up(workshop, "Clara").await;
        for text in ["Wohnsitzauflage", "Dolmetschen", "Schulzugang"] {
            office.store.propose_topic(&berta, text).await.unwrap();
        }
        let fourth = office.store.propose_topic(&berta, "Ein vierter").await;
        assert!(matches!(fourth, Err(StoreError::Duplicate)), "three for each person");
        office.store.propose_topic(&office.link("Clara").await, "Gesundheit").await.unwrap();
        let topics = office.store.topics(workshop, Some(&anna)).await.unwrap();
        assert_eq!(topics.len(), 4);
        let mut given = Vec::new();
        for topic in &topics {
            given.push(office.store.vote_topic(&anna, topic.id, true).await.unwrap());
        }
        assert_eq!(given, [true, true, true, false]);
        office.store.vote_topic(&anna, topics[0].id, false).await.unwrap();
        assert!(office.store.vote_topic(&anna, topics[3].id, true).await.unwrap(), "a vote taken back is free again");
        let mine = office.store.topics(workshop, Some(&anna)).await.unwrap();
        assert_eq!(mine.iter().filter(|topic| topic.mine).count(), 3);
        assert!(mine.is_sorted_by_key(|topic| std::cmp::Reverse(topic.votes)));
    }
}
