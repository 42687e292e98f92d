//! A mode has no seats any more: nobody is left in it, and whoever moves loses neither the seat nor the place in line.

use domain::booking::{Mode, PlaceState, Reason, Refusal};
use domain::ids::WorkshopId;
use domain::mail::Occasion;
use domain::workshop::WorkshopDraft;
use store::StoreError;
use store::audit::Actor;
use store::workshops::WorkshopRow;

use crate::office::{Office, refused, request};

/// What a Veranstaltung is made that takes place by video only.
fn by_video(draft: &mut WorkshopDraft, seats: u32) {
    draft.seats.on_site.capacity = 0;
    draft.seats.online.capacity = seats;
}

/// Saves it, with or without moving everybody.
async fn saves(
    office: &Office,
    id: WorkshopId,
    moves: bool,
    change: impl FnOnce(&mut WorkshopDraft),
) -> Result<WorkshopRow, StoreError> {
    let row = office.store.workshop(id).await.unwrap().row;
    let (seen, mut draft) = (row.seen(), row.draft);
    change(&mut draft);
    if moves {
        office
            .store
            .edit_workshop_and_move(Actor::System, id, seen, &draft, true)
            .await
    } else {
        office
            .store
            .edit_workshop(Actor::System, id, seen, &draft, true)
            .await
    }
}

/// Signs somebody up by video and confirms from the mail.
async fn comes_online(office: &Office, id: WorkshopId, name: &str) -> PlaceState {
    office
        .sends(id, request(name, "Elbe Beratung", Mode::Online))
        .await
        .unwrap();
    office.store.confirm(&office.link(name).await).await.unwrap()
}

async fn how_often(office: &Office, name: &str, occasion: Occasion) -> usize {
    let occasions = office.occasions(name).await;
    occasions.into_iter().filter(|one| *one == occasion).count()
}

store_testing::on_both_engines! {
    async fn a_mode_in_which_somebody_is_keeps_its_seats(database: TestDatabase) {
        let office = Office::open(database).await;
        let id = office.publishes(&office.plan(30, 1)).await;
        office.signs_up(id, "Anna").await;
        office.asks(id, "Berta").await.unwrap();
        let version = office.store.workshop(id).await.unwrap().row.version;
        let taken = |people| Refusal::ModeTaken { mode: Mode::OnSite, people };
        assert!(refused(saves(&office, id, false, |draft| by_video(draft, 5)).await, taken(2)));
        let row = office.store.workshop(id).await.unwrap().row;
        assert_eq!((row.version, row.draft.seats.on_site.capacity), (version, 1), "nothing is changed");
        // Berta lets the time pass, Anna gives her seat up: then nobody is left.
        office.hours_pass(4 * 24);
        assert!(refused(saves(&office, id, false, |draft| by_video(draft, 5)).await, taken(1)));
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        saves(&office, id, false, |draft| by_video(draft, 5)).await.unwrap();
        assert!(!office.occasions("Anna").await.contains(&Occasion::ModeChanged));
    }

    async fn everybody_moves_with_the_seat_or_in_line_and_is_told_once(database: TestDatabase) {
        let office = Office::open(database).await;
        let mut draft = office.plan(30, 2);
        draft.seats.online.capacity = 1;
        let id = office.publishes(&draft).await;
        for name in ["Anna", "Berta"] {
            assert_eq!(office.signs_up(id, name).await, PlaceState::Confirmed);
        }
        assert_eq!(comes_online(&office, id, "Dora").await, PlaceState::Confirmed);
        assert_eq!(office.signs_up(id, "Clara").await, PlaceState::Waiting);
        assert_eq!(comes_online(&office, id, "Emmi").await, PlaceState::Waiting);
        assert_eq!(office.signs_up(id, "Frieda").await, PlaceState::Waiting);

        let small = Refusal::OtherModeTooSmall { mode: Mode::Online, needed: 3 };
        assert!(refused(saves(&office, id, true, |draft| by_video(draft, 2)).await, small));
        assert_eq!(office.place("Anna").await.mode, Mode::OnSite, "nothing is changed");
        let link = "https://video.example/anders".to_owned();
        saves(&office, id, true, |draft| {
            by_video(draft, 4);
            draft.online_link = Some(link.clone());
        }).await.unwrap();

        // One seat was left: it goes to who has waited longest, whichever way.
        assert_eq!(office.seated(id).await, ["Anna", "Berta", "Clara", "Dora"].map(str::to_owned).into());
        for (name, position) in [("Emmi", 1), ("Frieda", 2)] {
            let place = office.place(name).await;
            assert_eq!((place.mode, place.state, place.position), (Mode::Online, PlaceState::Waiting, Some(position)));
        }
        for name in ["Anna", "Berta"] {
            let place = office.place(name).await;
            assert_eq!((place.mode, place.state), (Mode::Online, PlaceState::Confirmed));
            assert_eq!(place.history.last().unwrap().reason, Reason::ModeChanged);
            let told = office.told(name, Occasion::ModeChanged).await;
            assert_eq!((told.workshop.online_link, told.message), (Some(link.clone()), "on_site".to_owned()));
            assert!(told.place.revision > 2, "calendars take it over");
            assert_eq!(how_often(&office, name, Occasion::ModeChanged).await, 1);
            assert_eq!(how_often(&office, name, Occasion::WorkshopChanged).await, 0, "it was all said");
        }
        let told = office.told("Frieda", Occasion::ModeChanged).await;
        assert_eq!((told.place.position, told.workshop.online_link), (Some(2), None));
        // Who has moved up reads that, with the mode. Who was online already reads of the link alone.
        assert_eq!(office.told("Clara", Occasion::Promoted).await.place.mode, Mode::Online);
        assert_eq!(how_often(&office, "Clara", Occasion::ModeChanged).await, 0);
        for name in ["Dora", "Emmi"] {
            assert_eq!(how_often(&office, name, Occasion::ModeChanged).await, 0);
            assert_eq!(how_often(&office, name, Occasion::WorkshopChanged).await, 1);
        }
        // And back, with another time: that is said by name.
        saves(&office, id, true, |draft| {
            draft.seats.on_site.capacity = 6;
            draft.seats.online.capacity = 0;
            draft.ends_at = draft.ends_at.plus_hours(1);
        }).await.unwrap();
        assert_eq!(office.seated(id).await.len(), 6, "there is room for everybody");
        assert_eq!(office.place("Dora").await.mode, Mode::OnSite);
        assert_eq!(how_often(&office, "Dora", Occasion::ModeChanged).await, 1);
        assert_eq!(how_often(&office, "Dora", Occasion::WorkshopChanged).await, 2);
        assert_eq!(office.store.audit_first_break().await.unwrap(), None);
    }

    async fn an_offer_and_a_hold_move_with_their_deadline(database: TestDatabase) {
        let office = Office::open(database).await;
        let id = office.publishes(&office.plan(10, 2)).await;
        for name in ["Anna", "Dora", "Berta"] {
            office.signs_up(id, name).await;
        }
        office.store.cancel(&office.link("Anna").await).await.unwrap();
        office.store.cancel(&office.link("Dora").await).await.unwrap();
        office.asks(id, "Clara").await.unwrap();
        let before = [office.place("Berta").await, office.place("Clara").await];
        assert_eq!(before.each_ref().map(|place| place.state), [PlaceState::Offered, PlaceState::Held]);
        saves(&office, id, true, |draft| by_video(draft, 2)).await.unwrap();
        for (name, before) in ["Berta", "Clara"].into_iter().zip(before) {
            let now = office.place(name).await;
            assert_eq!((now.mode, now.state, now.until), (Mode::Online, before.state, before.until));
            assert_eq!(how_often(&office, name, Occasion::ModeChanged).await, 1);
        }
        assert_eq!(office.store.accept(&office.link("Berta").await).await.unwrap(), PlaceState::Confirmed);
        assert_eq!(office.store.confirm(&office.link("Clara").await).await.unwrap(), PlaceState::Confirmed);
        assert_eq!(office.seated(id).await.len(), 2);
    }

    async fn what_is_over_stays_as_it_was(database: TestDatabase) {
        let office = Office::open(database).await;
        let id = office.publishes(&office.plan(2, 1)).await;
        office.signs_up(id, "Anna").await;
        office.hours_pass(3 * 24);
        saves(&office, id, true, |draft| by_video(draft, 1)).await.unwrap();
        assert_eq!(office.place("Anna").await.mode, Mode::OnSite);
    }
}
