//! Mails that nobody's act causes: before a Veranstaltung and after it, to confirmed places only, each once.

use domain::booking::{Mode, PlaceState};
use domain::ids::WorkshopId;
use domain::mail::Occasion;
use domain::time::Instant;
use domain::workshop::WorkshopDraft;
use sqlx::AnyPool;
use store::audit::Actor;
use store::boards::BoardDraft;

use crate::office::{Office, request};

fn at(text: &str) -> Instant {
    Instant::from_input(text).unwrap()
}

/// From Thursday, 10 December 2026, 10 to 15 o'clock: a month after the clock of the stories.
fn december(office: &Office, seats: u32) -> WorkshopDraft {
    let mut draft = office.plan(31, seats);
    draft.starts_at = at("2026-12-10T10:00");
    draft.ends_at = at("2026-12-10T15:00");
    draft.seats.starts_at = draft.starts_at;
    draft.seats.closes_at = draft.starts_at.plus_hours(-2);
    draft
}

async fn reminds(office: &Office) -> usize {
    office.store.remind_of_workshops().await.unwrap()
}

async fn got(office: &Office, name: &str, occasion: Occasion) -> usize {
    let occasions = office.occasions(name).await;
    occasions.into_iter().filter(|one| *one == occasion).count()
}

/// Changes the state of a place behind the back of the rules, and nothing else.
async fn set_state(office: &Office, name: &str, state: PlaceState) {
    let pool = AnyPool::connect(&office.database.url).await.unwrap();
    let seat = if state.takes_seat() {
        "COALESCE(seat_no, (SELECT COALESCE(MAX(other.seat_no), 0) + 1 FROM sign_up AS other))"
    } else {
        "NULL"
    };
    let sql = format!("UPDATE sign_up SET state = $1, seat_no = {seat} WHERE name = $2");
    let done = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(state.key())
        .bind(name.to_owned())
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(done.rows_affected(), 1);
}

async fn with_everybody(office: &Office, seats: u32) -> WorkshopId {
    let workshop = office.publishes(&december(office, seats)).await;
    for name in ["Anna", "Berta", "Clara"] {
        office.signs_up(workshop, name).await;
    }
    workshop
}

store_testing::on_both_engines! {
    async fn three_days_before_those_with_a_seat_are_reminded_once(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = with_everybody(&office, 3).await;
        office.signs_up(workshop, "Dora").await;
        assert_eq!(office.state("Dora").await, PlaceState::Waiting);
        office.store.cancel(&office.link("Clara").await).await.unwrap();
        // Dora moved up; Emil is entered when the seats are gone, and holds nothing; Frida never confirmed.
        assert_eq!(office.state("Dora").await, PlaceState::Confirmed);
        office.signs_up(workshop, "Emil").await;
        office.store.ambient().set(at("2026-12-07T09:59"));
        assert_eq!(reminds(&office).await, 0, "it is too early");
        office.store.ambient().set(at("2026-12-07T10:00"));
        assert_eq!(reminds(&office).await, 3);
        assert_eq!(reminds(&office).await, 0, "once");
        for (name, count) in [("Anna", 1), ("Berta", 1), ("Clara", 0), ("Dora", 1), ("Emil", 0)] {
            assert_eq!(got(&office, name, Occasion::Reminder).await, count, "{name}");
        }
        let told = office.told("Anna", Occasion::Reminder).await;
        assert_eq!(told.agenda, "10:00 Ankommen");
        assert_eq!(told.workshop.access_info, "Aufzug vorhanden");
        assert_eq!(told.place.token, office.link("Anna").await);

        // Sabotage: of all that keeps Emil from being reminded, only the state is another one.
        set_state(&office, "Emil", PlaceState::Confirmed).await;
        assert_eq!(reminds(&office).await, 1);
        assert_eq!(got(&office, "Emil", Occasion::Reminder).await, 1);
    }

    async fn who_was_just_told_everything_is_not_reminded(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = office.publishes(&december(&office, 5)).await;
        for name in ["Anna", "Berta"] {
            office.signs_up(workshop, name).await;
        }
        office.store.ambient().set(at("2026-12-06T09:59"));
        office.signs_up(workshop, "Clara").await;
        office.store.ambient().set(at("2026-12-06T10:01"));
        office.signs_up(workshop, "Dora").await;
        // Whoever takes over a place is told everything then.
        let emil = request("Emil", "x x", Mode::OnSite).attendee;
        office.store.hand_over(&office.link("Berta").await, emil.name, emil.email).await.unwrap();
        office.store.ambient().set(at("2026-12-08T08:00"));
        assert_eq!(reminds(&office).await, 2);
        for (name, count) in [("Anna", 1), ("Berta", 0), ("Clara", 1), ("Dora", 0), ("Emil", 0)] {
            assert_eq!(got(&office, name, Occasion::Reminder).await, count, "{name}");
        }
    }

    async fn a_moved_start_is_another_one_and_one_that_is_cancelled_is_none(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = with_everybody(&office, 3).await;
        office.store.ambient().set(at("2026-12-08T08:00"));
        assert_eq!(reminds(&office).await, 3);
        let moved = |days: i64| move |draft: &mut WorkshopDraft| {
            draft.starts_at = draft.starts_at.plus_hours(24 * days);
            draft.ends_at = draft.ends_at.plus_hours(24 * days);
            draft.seats.starts_at = draft.starts_at;
        };
        office.edits(workshop, moved(14)).await;
        assert_eq!(reminds(&office).await, 0, "it is far again");
        office.store.ambient().set(at("2026-12-22T08:00"));
        assert_eq!((reminds(&office).await, reminds(&office).await), (3, 0));
        assert_eq!(got(&office, "Anna", Occasion::Reminder).await, 2);
        let told = office.mails("Anna").await.pop().unwrap().1;
        assert_eq!(told.workshop.starts_at, at("2026-12-24T10:00"));
        // Over a day more, and cancelled before anybody was reminded of that.
        office.edits(workshop, moved(1)).await;
        office.store.cancel_workshop(Actor::System, workshop, "Hochwasser").await.unwrap();
        assert_eq!(reminds(&office).await, 0);
        office.store.ambient().set(at("2026-12-29T09:00"));
        assert_eq!(reminds(&office).await, 0, "and nobody is thanked for it");
        // Sabotage: with the places as they were, the Veranstaltung alone keeps them from it.
        set_state(&office, "Anna", PlaceState::Confirmed).await;
        assert_eq!(reminds(&office).await, 0);
    }

    async fn on_the_next_working_morning_those_with_a_seat_are_thanked_once(database: TestDatabase) {
        let office = Office::open(database).await;
        let workshop = with_everybody(&office, 2).await;
        let board = BoardDraft {
            columns: vec!["Was hilft".to_owned()],
            workshop: Some(workshop),
            ..store_testing::board_draft(domain::board::Settings::new(domain::board::Level::Off, domain::board::Anonymity::Named, 3))
        };
        let board = office.store.create_board(Actor::System, &board).await.unwrap();
        // A Friday, and the weekend after it.
        office.edits(workshop, |draft| {
            draft.starts_at = at("2026-12-11T10:00");
            draft.ends_at = at("2026-12-11T15:00");
            draft.seats.starts_at = draft.starts_at;
        }).await;
        for early in ["2026-12-11T15:00", "2026-12-12T09:30", "2026-12-14T08:59"] {
            office.store.ambient().set(at(early));
            assert_eq!(reminds(&office).await, 0, "{early}");
        }
        office.store.ambient().set(at("2026-12-14T09:00"));
        assert_eq!((reminds(&office).await, reminds(&office).await), (2, 0));
        for (name, count) in [("Anna", 1), ("Berta", 1), ("Clara", 0)] {
            assert_eq!(got(&office, name, Occasion::ThankYou).await, count, "{name}");
        }
        let told = office.told("Anna", Occasion::ThankYou).await;
        assert_eq!(told.results.len(), 1);
        assert_eq!((told.results[0].slug.as_str(), told.results[0].title.as_str()), (board.slug.as_str(), "Wohnen"));
        assert_eq!(told.certificate, None);
        // Sabotage: the state alone keeps Clara from it.
        set_state(&office, "Clara", PlaceState::Confirmed).await;
        assert_eq!(reminds(&office).await, 1);
    }

    async fn a_new_version_of_the_software_writes_to_nobody_about_the_past(database: TestDatabase) {
        let office = Office::open(database).await;
        with_everybody(&office, 3).await;
        office.store.ambient().set(at("2026-12-17T15:00"));
        assert_eq!(reminds(&office).await, 0, "it has been over for a week");
        // Sabotage: a second earlier it has not.
        office.store.ambient().set(at("2026-12-17T14:59"));
        assert_eq!(reminds(&office).await, 3);
    }
}
