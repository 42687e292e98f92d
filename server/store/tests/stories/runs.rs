//! Runs of modules: seats and waiting list as everywhere else, and the version they were announced with.

use domain::booking::{PlaceState, Refusal};
use domain::district::District;
use domain::ids::WorkshopId;
use domain::module::Field;
use domain::workshop::{Kind, WorkshopDraft, session};
use store::StoreError;
use store::audit::Actor;

use crate::modules::{Faculty, code, complete};

pub fn run(faculty: &Faculty, module: &str, seats: u32) -> WorkshopDraft {
    WorkshopDraft {
        kind: Kind::Run,
        module: Some(code(module)),
        ..faculty.office.plan(30, seats)
    }
}

async fn versions(faculty: &Faculty) -> Vec<(String, i64)> {
    let module = faculty.office.store.module(&code("FSA-101")).await.unwrap();
    let runs = faculty.office.store.runs(Some(module.id)).await.unwrap();
    assert!(runs.iter().all(|run| run.module == module.id));
    assert_eq!(faculty.office.store.runs(None).await.unwrap(), runs);
    let line = |run: store::workshops::Run| (run.card.row.draft.title, run.number);
    runs.into_iter().map(line).collect()
}

async fn publishes_version_two(faculty: &Faculty) {
    let begun = faculty
        .office
        .store
        .begin_version(faculty.anna.clone(), &code("FSA-101"))
        .await
        .unwrap();
    assert_eq!(begun, Ok(2));
    faculty
        .writes(&faculty.anna, 2, Field::HoursAlone, "100", "90")
        .await
        .unwrap();
    faculty.publishes(2).await;
}

async fn bound(faculty: &Faculty, id: WorkshopId) -> Option<i64> {
    faculty.office.store.version_of_run(id).await.unwrap()
}

store_testing::on_both_engines! {
    async fn a_run_holds_to_the_version_that_counts_when_everybody_sees_it(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let office = &faculty.office;
        faculty.enters("FSA-101", complete()).await;
        assert!(!office.store.can_have_runs(&code("FSA-101")).await.unwrap());
        let early = office.store.create_workshop(Actor::System, &run(&faculty, "FSA-101", 1)).await;
        assert!(matches!(early, Err(StoreError::NotFound)), "a module that nobody sees has no run");
        faculty.publishes(1).await;
        assert!(office.store.can_have_runs(&code("FSA-101")).await.unwrap());

        let first = office.publishes(&run(&faculty, "FSA-101", 1)).await;
        let second = office.store.create_workshop(Actor::System, &run(&faculty, "FSA-101", 1)).await.unwrap().id;
        publishes_version_two(&faculty).await;
        assert_eq!((bound(&faculty, first).await, bound(&faculty, second).await), (Some(1), Some(1)));
        office.store.publish_workshop(Actor::System, second).await.unwrap();
        assert_eq!((bound(&faculty, first).await, bound(&faculty, second).await), (Some(1), Some(2)));
        // What was published stays with its version, whatever else is changed.
        office.edits(first, |draft| draft.title = "Asylrecht, Frühjahr".to_owned()).await;
        assert_eq!(bound(&faculty, first).await, Some(1));
        let listed = versions(&faculty).await;
        assert_eq!(listed.len(), 2);
        assert!(listed.contains(&("Asylrecht, Frühjahr".to_owned(), 1)));
        // And it is the same module.
        let row = office.store.workshop(first).await.unwrap().row;
        let other = WorkshopDraft { kind: Kind::Seminar, module: None, ..row.draft.clone() };
        let refused = office.store.edit_workshop(Actor::System, first, row.seen(), &other, false).await;
        assert!(matches!(refused, Err(StoreError::Refused(Refusal::ModuleStays))));
    }

    async fn a_run_gives_its_seats_as_every_veranstaltung_does(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let office = &faculty.office;
        faculty.enters("FSA-101", complete()).await;
        faculty.publishes(1).await;
        let id = office.publishes(&run(&faculty, "FSA-101", 1)).await;
        assert_eq!(office.signs_up(id, "anna").await, PlaceState::Confirmed);
        assert_eq!(office.signs_up(id, "ben").await, PlaceState::Waiting);
        let module = office.store.module(&code("FSA-101")).await.unwrap();
        let runs = office.store.runs(Some(module.id)).await.unwrap();
        let now = office.store.ambient().now();
        assert_eq!((runs[0].card.free(now), runs[0].card.tally.on_site.waiting), (0, 1));
        office.edits(id, |draft| draft.seats.on_site.capacity = 2).await;
        assert_eq!(office.state("ben").await, PlaceState::Confirmed);
        // What is over is no run that is coming.
        office.hours_pass(40 * 24);
        assert_eq!(versions(&faculty).await, []);
    }

    async fn who_needs_a_module_says_so_once_and_it_goes_with_the_account_or_after_a_year(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let store = &faculty.office.store;
        faculty.enters("FSA-101", complete()).await;
        faculty.publishes(1).await;
        let module = store.module(&code("FSA-101")).await.unwrap().id;
        let [dresden, leipzig] = ["dresden", "leipzig"].map(District::parse);
        for district in [dresden, leipzig] {
            store.note_demand(faculty.anna.person, &code("FSA-101"), district).await.unwrap();
        }
        store.note_demand(faculty.ben.person, &code("FSA-101"), dresden).await.unwrap();
        assert_eq!(store.own_demand(faculty.anna.person, module).await.unwrap(), leipzig);
        let counts = || async { store.demand().await.unwrap().remove(&module).unwrap_or_default() };
        let expected = [("dresden".to_owned(), 1), ("leipzig".to_owned(), 1)];
        assert_eq!(counts().await.into_iter().collect::<Vec<_>>(), expected);
        let export = store.account_export(faculty.anna.person).await.unwrap();
        assert_eq!(export["bedarf"][0]["kreis"], "leipzig");
        let unknown = store.note_demand(faculty.anna.person, &code("FSA-999"), dresden).await;
        assert!(matches!(unknown, Err(StoreError::NotFound)));
        store.delete_account(faculty.anna.person).await.unwrap();
        assert_eq!(counts().await.len(), 1);
        store.prune().await.unwrap();
        assert_eq!(counts().await.len(), 1, "a year has not passed");
        faculty.office.hours_pass(366 * 24);
        store.prune().await.unwrap();
        assert_eq!(counts().await.len(), 0);
    }

    async fn a_copy_of_a_run_moves_all_its_dates_and_binds_anew(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let office = &faculty.office;
        faculty.enters("FSA-101", complete()).await;
        faculty.publishes(1).await;
        let mut draft = run(&faculty, "FSA-101", 8);
        draft.ends_at = draft.starts_at.plus_hours(8 * 24);
        let second = domain::workshop::Session {
            starts_at: draft.ends_at.plus_hours(-2),
            ends_at: draft.ends_at,
        };
        let first = domain::workshop::Session { starts_at: draft.starts_at, ends_at: draft.starts_at.plus_hours(2) };
        draft.sessions = vec![first, second];
        let id = office.publishes(&draft).await;
        publishes_version_two(&faculty).await;
        let later = draft.starts_at.plus_hours(182 * 24);
        let district = draft.districts[0];
        let copies = office.store.copy_workshop(Actor::System, id, &[(district, later)]).await.unwrap();
        let dates: Vec<_> = copies[0].draft.sessions.iter().map(|one| (one.starts_at, one.ends_at)).collect();
        let moved = [first, second].map(|one| one.later(182 * 24 * 3_600_000_000));
        assert_eq!(dates, moved.map(|one| (one.starts_at, one.ends_at)));
        assert_eq!(bound(&faculty, copies[0].id).await, Some(2));
        let read = session::parse(&copies[0].draft.sessions.iter().map(|one| one.line() + "\n").collect::<String>());
        assert_eq!(read.unwrap().len(), 2);
    }
}
