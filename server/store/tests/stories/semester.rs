//! A new semester: who curates is asked once what still holds, and runs go on as drafts, each once, at the same time of day.

use domain::mail::Occasion;
use domain::module::review::Act;
use domain::plan::Term;
use domain::time::Instant;
use domain::workshop::{Kind, Session, WorkshopDraft};
use store::StoreError;
use store::audit::Actor;
use store::workshops::RolledOver;

use crate::modules::{Faculty, code, complete};

fn at(text: &str) -> Instant {
    Instant::from_input(text).unwrap()
}

async fn asked(faculty: &Faculty) -> Vec<String> {
    let mails = faculty.office.store.mails(200).await.unwrap();
    let asked = mails
        .into_iter()
        .filter(|mail| mail.occasion == Occasion::ConfirmModules);
    let mut to: Vec<String> = asked.map(|mail| mail.recipient).collect();
    to.sort();
    to
}

store_testing::on_both_engines! {
    async fn who_curates_is_asked_once_a_semester_until_it_is_said(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let store = &faculty.office.store;
        faculty.enters("FSA-101", complete()).await;
        faculty.publishes(1).await;
        assert_eq!(store.remind_of_confirmation().await.unwrap(), 0, "it was said in this semester");
        store.ambient().set(at("2027-03-01T08:00"));
        assert_eq!(store.remind_of_confirmation().await.unwrap(), 2);
        assert_eq!(store.remind_of_confirmation().await.unwrap(), 0);
        assert_eq!(asked(&faculty).await, ["anna@hochschule.example", "ben@hochschule.example"]);
        let done = store.review_module(faculty.anna.clone(), &code("FSA-101"), 1, Act::Confirm, String::new()).await.unwrap();
        assert!(done.is_ok());
        store.ambient().set(at("2027-03-20T08:00"));
        assert_eq!(store.remind_of_confirmation().await.unwrap(), 0);
        // Late in a semester nobody is asked any more.
        store.ambient().set(at("2027-11-20T08:00"));
        assert_eq!(store.remind_of_confirmation().await.unwrap(), 0);
        store.ambient().set(at("2028-03-02T08:00"));
        assert_eq!(store.remind_of_confirmation().await.unwrap(), 2);
    }

    async fn a_run_goes_on_once_half_a_year_later_at_the_same_hour(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let office = &faculty.office;
        let store = &office.store;
        faculty.enters("FSA-101", complete()).await;
        faculty.publishes(1).await;
        // Over the change to winter time, and the copy over none.
        store.ambient().set(at("2027-09-01T08:00"));
        let plain = office.plan(30, 8);
        let dates = [("2027-10-08T09:00", "2027-10-08T16:00"), ("2027-11-12T09:00", "2027-11-12T16:00")];
        let sessions: Vec<Session> = dates.iter().map(|(from, to)| Session { starts_at: at(from), ends_at: at(to) }).collect();
        let mut seats = plain.seats.clone();
        seats.starts_at = sessions[0].starts_at;
        seats.closes_at = at("2027-10-07T18:00");
        let draft = WorkshopDraft {
            kind: Kind::Run,
            module: Some(code("FSA-101")),
            starts_at: sessions[0].starts_at,
            ends_at: sessions[1].ends_at,
            sessions,
            seats,
            ..plain
        };
        let id = office.publishes(&draft).await;
        office.signs_up(id, "anna").await;
        let module = store.module(&code("FSA-101")).await.unwrap();
        let RolledOver::Made(copy) = store.roll_over_run(Actor::System, &module, id).await.unwrap() else {
            panic!("a draft was to be made");
        };
        assert_eq!(store.roll_over_run(Actor::System, &module, id).await.unwrap(), RolledOver::Already(copy));
        let summer = Term::of(at("2028-04-07T09:00"));
        assert_eq!(store.rolled_over(id, summer).await.unwrap(), Some(copy));
        let made = store.workshop(copy).await.unwrap().row;
        assert_eq!(made.status, domain::workshop::Status::Draft);
        let begins: Vec<String> = made.draft.sessions.iter().map(|one| one.starts_at.to_input()).collect();
        assert_eq!(begins, ["2028-04-07T09:00", "2028-05-12T09:00"], "at nine, on either side of the change to summer time");
        assert_eq!(made.draft.seats.closes_at.to_input(), "2028-04-06T18:00");
        assert!(store.sign_ups(copy, &store::signups::SignUpFilter::default()).await.unwrap().is_empty());

        // A draft that was thrown away is made anew when it is wanted.
        store.discard_draft(Actor::System, copy).await.unwrap();
        assert_eq!(store.rolled_over(id, summer).await.unwrap(), None);
        assert!(matches!(store.roll_over_run(Actor::System, &module, id).await.unwrap(), RolledOver::Made(_)));

        // Of another module it is no run; and what nobody teaches any more does not go on.
        faculty.enters("FSA-102", complete()).await;
        let other = store.module(&code("FSA-102")).await.unwrap();
        assert!(matches!(store.roll_over_run(Actor::System, &other, id).await, Err(StoreError::NotFound)));
        let second = office.publishes(&WorkshopDraft { sessions: Vec::new(), ..draft }).await;
        let gone = store.review_module(faculty.staff.clone(), &code("FSA-101"), 1, Act::Withdraw, "Nur zur Probe.".to_owned()).await.unwrap();
        assert!(gone.is_ok());
        assert_eq!(store.roll_over_run(Actor::System, &module, second).await.unwrap(), RolledOver::NotTaught);
    }
}
