//! Modules: written, looked at by two, published; what was published stays; what two write at once is not lost.

use std::collections::BTreeSet;

use domain::account::Role;
use domain::contact::EmailAddress;
use domain::ids::{CommentId, ModuleId, OrganisationId};
use domain::module::gap::Gap;
use domain::module::review::{Act, Refusal, Reviewer, State};
use domain::module::sheet::dry_run::{Change, Target};
use domain::module::{Content, Field, MODULES_MAX, ModuleCode};
use domain::organisation::{OrganisationKind, OrganisationName};
use futures::future::{join, join_all};
use sqlx::AnyPool;
use store::modules::{Conflict, ModuleDraft};
use store::{StoreError, audit};

use crate::office::Office;

/// An institution with two curators, and two at the office.
pub struct Faculty {
    pub office: Office,
    pub institution: OrganisationId,
    pub anna: Reviewer,
    pub ben: Reviewer,
    pub staff: Reviewer,
    pub stranger: Reviewer,
}

pub fn code(text: &str) -> ModuleCode {
    ModuleCode::parse(text).unwrap()
}

/// Everything that is needed, and nothing else.
pub fn complete() -> Content {
    let mut content = Content::default();
    for (field, typed) in [
        (Field::Title, "Asylrecht für den Einstieg"),
        (
            Field::Lead,
            "Sie lernen, Bescheide zu lesen und Fristen zu berechnen.",
        ),
        (
            Field::Contents,
            "Ablauf des Asylverfahrens, Schutzformen, Bescheide, Fristen, Grenzen der eigenen Beratung.",
        ),
        (
            Field::Outcomes,
            "anwenden: Sie lesen einen Bescheid und berechnen die Frist. [SozArb-E]",
        ),
        (Field::Teaching, "Seminar"),
        (Field::Knowledge, "keine"),
        (Field::Usability, "Zählt für das Zertifikat."),
        (Field::Award, "Bestandene Klausur."),
        (Field::Exam, "Klausur; 90 Minuten; 100 %"),
        (Field::Grading, "graded"),
        (Field::HoursContact, "40"),
        (Field::HoursAlone, "100"),
        (Field::Ects, "5"),
        (Field::Weeks, "12"),
        (Field::Frequency, "winter"),
        (Field::Mode, "on_site"),
        (Field::Access, "stufenlos"),
        (Field::Language, "de"),
        (Field::Responsible, "Professur für Recht"),
        (Field::Fee, "0"),
        (Field::Licence, "CC-BY-4.0"),
        (Field::Quality, "Evaluation nach jedem Durchgang"),
    ] {
        content.write(field, typed).unwrap();
    }
    content
}

impl Faculty {
    pub async fn open(database: store_testing::TestDatabase) -> Self {
        let office = Office::open(database).await;
        let name = OrganisationName::parse("Hochschule Muldenau").unwrap();
        let institution = office
            .store
            .organisation_upsert(name, OrganisationKind::University, None)
            .await
            .unwrap();
        let [anna, ben, staff, stranger] = ["anna", "ben", "staff", "stranger"].map(async |name| {
            let email = EmailAddress::parse(&format!("{name}@hochschule.example")).unwrap();
            let (role, of) = match name {
                "staff" => (Role::Staff, None),
                "stranger" => (Role::Participant, None),
                _ => (Role::Curator, Some(institution)),
            };
            let person = office
                .store
                .admin_add(audit::Actor::System, &email, role, of)
                .await
                .unwrap();
            Reviewer {
                person,
                curates: of.into_iter().collect(),
                is_staff: role == Role::Staff,
            }
        });
        let (anna, ben, staff, stranger) = (anna.await, ben.await, staff.await, stranger.await);
        Self {
            institution,
            anna,
            ben,
            staff,
            stranger,
            office,
        }
    }

    fn draft(&self, module: &str, content: Content) -> ModuleDraft {
        ModuleDraft {
            id: ModuleId(self.office.store.ambient().uuid()),
            code: code(module),
            owners: BTreeSet::from([self.institution]),
            content,
            demo: false,
        }
    }

    pub async fn enters(&self, module: &str, content: Content) {
        let draft = self.draft(module, content);
        self.office
            .store
            .create_module(self.anna.person, draft)
            .await
            .unwrap();
    }

    pub async fn writes(
        &self,
        who: &Reviewer,
        number: i64,
        field: Field,
        before: &str,
        now: &str,
    ) -> Result<(), Conflict> {
        self.office
            .store
            .write_module_field(
                who.clone(),
                &code("FSA-101"),
                number,
                field,
                before.to_owned(),
                now.to_owned(),
            )
            .await
            .unwrap()
    }

    async fn acts(&self, who: &Reviewer, number: i64, act: Act) -> Result<State, Refusal> {
        self.office
            .store
            .review_module(who.clone(), &code("FSA-101"), number, act, "So nicht.".to_owned())
            .await
            .unwrap()
    }

    /// Handed in by one curator, agreed to by the other and by the office, published.
    pub async fn publishes(&self, number: i64) {
        self.acts(&self.anna, number, Act::Submit).await.unwrap();
        self.acts(&self.ben, number, Act::Approve).await.unwrap();
        self.acts(&self.staff, number, Act::Approve).await.unwrap();
        self.acts(&self.anna, number, Act::Publish).await.unwrap();
    }

    async fn counts(&self) -> Vec<(String, i64)> {
        let catalogue = self.office.store.catalogue().await.unwrap();
        let one = |listed: store::modules::Listed| (listed.module.code.to_string(), listed.version.number);
        catalogue.into_iter().map(one).collect()
    }
}

store_testing::on_both_engines! {
    async fn two_agree_and_it_counts_and_the_next_version_takes_its_place(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        faculty.enters("FSA-101", complete()).await;
        assert_eq!(faculty.counts().await, []);
        assert_eq!(faculty.acts(&faculty.stranger, 1, Act::Submit).await, Err(Refusal::NotYours));
        faculty.acts(&faculty.anna, 1, Act::Submit).await.unwrap();
        assert_eq!(faculty.acts(&faculty.anna, 1, Act::Approve).await, Err(Refusal::OwnWork));
        assert_eq!(faculty.acts(&faculty.staff, 1, Act::Approve).await, Err(Refusal::InstitutionsFirst));
        assert_eq!(faculty.acts(&faculty.ben, 1, Act::RequestChanges).await, Ok(State::ChangesRequested));
        faculty.publishes(1).await;
        assert_eq!(faculty.counts().await, [("FSA-101".to_owned(), 1)]);

        let module_code = code("FSA-101");
        let begin = || faculty.office.store.begin_version(faculty.ben.clone(), &module_code);
        assert_eq!(begin().await.unwrap(), Ok(2));
        assert_eq!(begin().await.unwrap(), Ok(2), "there is one at a time");
        faculty.writes(&faculty.ben, 2, Field::Places, "", "Dresden").await.unwrap();
        faculty.acts(&faculty.ben, 2, Act::Submit).await.unwrap();
        // A light change: the institution alone.
        assert_eq!(faculty.acts(&faculty.anna, 2, Act::Approve).await, Ok(State::Approved));
        assert_eq!(faculty.counts().await, [("FSA-101".to_owned(), 1)]);
        faculty.acts(&faculty.ben, 2, Act::Publish).await.unwrap();
        assert_eq!(faculty.counts().await, [("FSA-101".to_owned(), 2)]);
        let module = faculty.office.store.module(&code("FSA-101")).await.unwrap();
        let versions = faculty.office.store.module_versions(module.id).await.unwrap();
        let states: Vec<_> = versions.iter().map(|version| (version.state, version.ended_at.is_some())).collect();
        assert_eq!(states, [(State::Published, false), (State::Archived, true)]);
        faculty.acts(&faculty.staff, 2, Act::Withdraw).await.unwrap();
        assert_eq!(faculty.counts().await, []);
        let broken = faculty.office.store.audit_first_break().await.unwrap();
        assert_eq!(broken, None);
    }

    async fn what_was_published_stays_as_it_is(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        faculty.enters("FSA-101", complete()).await;
        faculty.publishes(1).await;
        let refused = faculty.writes(&faculty.anna, 1, Field::Title, "Asylrecht für den Einstieg", "Anderer Titel").await;
        assert_eq!(refused, Err(Conflict::Refused(Refusal::WrongState(State::Published))));
        // Also from behind: the database itself refuses.
        let pool = AnyPool::connect(&faculty.office.database.url).await.unwrap();
        for sql in ["UPDATE module_version SET content = '{}'", "DELETE FROM module_version"] {
            let error = sqlx::query(sql).execute(&pool).await.unwrap_err().to_string();
            assert!(error.contains("stays as it is"), "{error}");
        }
        sqlx::query("UPDATE module_version SET content = content").execute(&pool).await.unwrap();
    }

    async fn what_two_write_at_once_is_not_lost(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        faculty.enters("FSA-101", Content::default()).await;
        let (one, other) = tokio::join!(
            faculty.writes(&faculty.anna, 1, Field::Title, "", "Asylrecht für alle"),
            faculty.writes(&faculty.ben, 1, Field::Teaching, "", "Seminar"),
        );
        assert_eq!((one, other), (Ok(()), Ok(())));
        let (one, other) = tokio::join!(
            faculty.writes(&faculty.anna, 1, Field::Weeks, "", "8"),
            faculty.writes(&faculty.ben, 1, Field::Weeks, "", "12"),
        );
        let stands = |lost: &str| Err(Conflict::Meanwhile(lost.to_owned()));
        assert!((one == Ok(()) && other == stands("8")) || (other == Ok(()) && one == stands("12")));
        let again = if one == Ok(()) { "8" } else { "12" };
        assert_eq!(faculty.writes(&faculty.anna, 1, Field::Weeks, "", again).await, Ok(()), "a repeat is no conflict");
        let examined = faculty.office.store.examine_module(&code("FSA-101"), 1).await.unwrap();
        assert_eq!(examined.version.content.get(Field::Title), "Asylrecht für alle");
        assert_eq!(examined.standing.authors.len(), 2);
    }

    async fn what_somebody_did_for_the_catalogue_is_there_to_take_along(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        faculty.enters("FSA-101", complete()).await;
        faculty.publishes(1).await;
        let store = &faculty.office.store;
        store.keep_import(faculty.anna.person, "titel.csv".to_owned(), Vec::new()).await.unwrap();
        let export = async |who: &Reviewer| store.account_export(who.person).await.unwrap();
        let annas = export(&faculty.anna).await;
        assert_eq!(annas["fassungen"][0]["modul"], "FSA-101");
        assert_eq!(annas["tabellen"][0]["datei"], "titel.csv");
        assert_eq!(annas["zustimmungen"].as_array().unwrap().len(), 0);
        assert_eq!(annas["rechte"][0]["recht"], Role::Curator.key());
        assert_eq!(annas["rechte"][0]["einrichtung"], "Hochschule Muldenau");
        let bens = export(&faculty.ben).await;
        assert_eq!(bens["zustimmungen"][0]["einrichtung"], "Hochschule Muldenau");
        assert_eq!(bens["tabellen"].as_array().unwrap().len(), 0);
        let staff = export(&faculty.staff).await;
        assert_eq!(staff["zustimmungen"][0]["modul"], "FSA-101");
        assert!(staff["zustimmungen"][0]["einrichtung"].is_null(), "for the office");
    }

    async fn tables_that_are_read_in_and_taken_back_wait_for_each_other_in_no_circle(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let codes = ["FSA-101", "FSA-102"];
        for module in codes {
            faculty.enters(module, Content::default()).await;
        }
        let (store, anna) = (&faculty.office.store, &faculty.anna);
        let title = |module: &str| {
            let change = Change { field: Field::Title, before: String::new(), after: "Asylrecht".to_owned() };
            (Target::Into(code(module)), vec![change])
        };
        for _ in 0..6 {
            let id = store.keep_import(anna.person, "titel.csv".to_owned(), Vec::new()).await.unwrap();
            let titles = codes.into_iter().rev().map(title).collect();
            store.import_modules(audit::Actor::Person(anna.person), Some(id), titles).await.unwrap();
            // Tables that name both, and change nothing.
            let tables = (0..4).map(|table| {
                let mut rows = codes.map(|module| (Target::Into(code(module)), Vec::new()));
                if table % 2 == 0 {
                    rows.reverse();
                }
                store.import_modules(audit::Actor::System, None, rows.into())
            });
            let (undone, read_in) = join(store.undo_import(anna.clone(), id), join_all(tables)).await;
            let undone = undone.unwrap();
            assert_eq!((undone.undone.len(), undone.kept), (2, Vec::new()));
            assert!(read_in.iter().all(Result::is_ok), "{read_in:?}");
        }
        assert_eq!(store.audit_first_break().await.unwrap(), None);
    }

    async fn gaps_and_open_comments_hold_a_version(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        faculty.enters("FSA-101", complete()).await;
        let mut needs = complete();
        needs.write(Field::Requires, "FSA-101").unwrap();
        faculty.enters("FSA-102", needs).await;
        faculty.writes(&faculty.anna, 1, Field::Requires, "", "FSA-102").await.unwrap();
        assert_eq!(faculty.acts(&faculty.anna, 1, Act::Submit).await, Err(Refusal::Incomplete));
        let examined = faculty.office.store.examine_module(&code("FSA-101"), 1).await.unwrap();
        assert_eq!(examined.gaps, [Gap::Circle(vec![code("FSA-101"), code("FSA-102"), code("FSA-101")])]);
        faculty.writes(&faculty.anna, 1, Field::Requires, "FSA-102", "").await.unwrap();

        let store = &faculty.office.store;
        let id = CommentId(store.ambient().uuid());
        for _ in 0..2 {
            let said = (id, Field::Weeks, "Reichen zwölf Wochen?".to_owned());
            store.comment_module(faculty.ben.clone(), &code("FSA-101"), 1, said).await.unwrap().unwrap();
        }
        let module = store.module(&code("FSA-101")).await.unwrap();
        assert_eq!(store.module_comments(&module, 1).await.unwrap().len(), 1);
        faculty.acts(&faculty.anna, 1, Act::Submit).await.unwrap();
        faculty.acts(&faculty.ben, 1, Act::Approve).await.unwrap();
        faculty.acts(&faculty.staff, 1, Act::Approve).await.unwrap();
        assert_eq!(faculty.acts(&faculty.anna, 1, Act::Publish).await, Err(Refusal::OpenComments));
        store.settle_module_comment(faculty.anna.clone(), &code("FSA-101"), 1, id).await.unwrap().unwrap();
        assert_eq!(faculty.acts(&faculty.anna, 1, Act::Publish).await, Ok(State::Published));
    }

    async fn a_short_name_is_taken_once(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        faculty.enters("FSA-101", Content::default()).await;
        let draft = faculty.draft("FSA-101", Content::default());
        let taken = faculty.office.store.create_module(faculty.anna.person, draft.clone()).await;
        assert!(matches!(taken, Err(StoreError::Duplicate)), "{taken:?}");
        let nobody = ModuleDraft { code: code("FSA-103"), owners: BTreeSet::new(), ..draft };
        let refused = faculty.office.store.create_module(faculty.anna.person, nobody).await;
        assert!(matches!(refused, Err(StoreError::NotFound)), "{refused:?}");
    }

    async fn a_catalogue_takes_so_many_modules_and_no_more(database: TestDatabase) {
        let faculty = Faculty::open(database).await;
        let pool = AnyPool::connect(&faculty.office.database.url).await.unwrap();
        let fills = "INSERT INTO module (id, code, created_at)
            WITH RECURSIVE one(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM one WHERE number < $1)
            SELECT 'm' || number, 'FULL-' || number, 0 FROM one";
        sqlx::query(fills).bind(i64::from(MODULES_MAX) - 1).execute(&pool).await.unwrap();
        pool.close().await;
        faculty.enters("FSA-101", Content::default()).await;
        let draft = faculty.draft("FSA-102", Content::default());
        let refused = faculty.office.store.create_module(faculty.anna.person, draft).await;
        assert!(matches!(refused, Err(StoreError::Full)), "{refused:?}");
        let there = faculty.office.store.module(&code("FSA-102")).await;
        assert!(matches!(there, Err(StoreError::NotFound)));
    }
}
