//! Coding: two people read the same cards with a codebook; what is erased takes what was made of it along.

use std::collections::BTreeSet;

use domain::account::Role;
use domain::board::{Actor, Anonymity, CardKind, Level, Operation, Settings};
use domain::coding::draft::CODES_MAX;
use domain::coding::{CodeDraft, CodebookDraft, CodingDraft};
use domain::contact::EmailAddress;
use domain::ids::{BoardId, CardId, CodeId, CodebookId, CodingId, OperationId, PersonId};
use store::boards::BoardDraft;
use store::coding::Reading;
use store::{Engine, StoreError, audit};
use store_testing::TestDatabase;

use crate::crossing::cross_before;
use crate::office::Office;

/// A board with one card, and a codebook with two codes with which it is read.
struct Desk {
    office: Office,
    board: BoardId,
    author: Actor,
    card: CardId,
    codebook: CodebookId,
    codes: [CodeId; 2],
    coding: CodingId,
}

impl Desk {
    async fn open(database: TestDatabase) -> Self {
        let office = Office::open(database).await;
        let ambient = office.store.ambient().clone();
        let draft = BoardDraft {
            title: "Ankommen".to_owned(),
            ..store_testing::board_draft(Settings {
                votes_hidden: false,
                ..Settings::new(Level::Off, Anonymity::Anonymous, 3)
            })
        };
        let board = office
            .store
            .create_board(audit::Actor::System, &draft)
            .await
            .unwrap()
            .id;
        let author = office.store.board_member(board, "device").await.unwrap();
        let card = CardId(ambient.uuid());
        let column = office.store.board(board).await.unwrap().columns[0].id;
        let text = "Der Bus fährt zweimal am Tag.".to_owned();
        for operation in [
            Operation::Join {
                name: None,
                district: None,
                role: None,
            },
            Operation::Write {
                card,
                column,
                kind: CardKind::Problem,
                text,
            },
        ] {
            let id = OperationId(ambient.uuid());
            office
                .store
                .board_act(board, author, id, operation)
                .await
                .unwrap()
                .unwrap();
        }
        let (codebook, coding) = (CodebookId(ambient.uuid()), CodingId(ambient.uuid()));
        let desk = Self {
            codes: [CodeId(ambient.uuid()), CodeId(ambient.uuid())],
            office,
            board,
            author,
            card,
            codebook,
            coding,
        };
        let book = CodebookDraft::parse("Wege", "Wege zu Ämtern").unwrap();
        for _ in 0..2 {
            desk.office
                .store
                .create_codebook(audit::Actor::System, codebook, book.clone())
                .await
                .unwrap();
        }
        for (id, name) in desk.codes.into_iter().zip(["Bus", "Amt"]) {
            desk.adds(id, name).await.unwrap();
        }
        let draft = CodingDraft::parse("Wege auf dem Land").unwrap();
        for _ in 0..2 {
            let begun = desk.office.store.create_coding(
                audit::Actor::System,
                coding,
                draft.clone(),
                codebook,
                vec![board],
            );
            begun.await.unwrap();
        }
        desk
    }

    async fn adds(&self, id: CodeId, name: &str) -> Result<(), StoreError> {
        let draft = CodeDraft::parse(name, "Wann er vergeben wird", "").unwrap();
        self.office
            .store
            .add_code(audit::Actor::System, self.codebook, id, draft)
            .await
    }

    async fn person(&self, email: &str) -> PersonId {
        let email = EmailAddress::parse(email).unwrap();
        let given = self
            .office
            .store
            .admin_add(audit::Actor::System, &email, Role::Staff, None);
        given.await.unwrap()
    }

    async fn reads(
        &self,
        who: PersonId,
        reader: Option<PersonId>,
        codes: &[CodeId],
        memo: &str,
    ) -> Result<(), StoreError> {
        let reading = Reading {
            board: self.board,
            card: self.card,
            reader,
            codes: codes.iter().copied().collect(),
            memo: memo.to_owned(),
            by: who,
            done_at: None,
        };
        self.office.store.keep_reading(self.coding, reading, true).await
    }

    async fn erases(&self) {
        let id = OperationId(self.office.store.ambient().uuid());
        let erase = Operation::Erase { card: self.card };
        let erased = self.office.store.board_act(self.board, self.author, id, erase);
        erased.await.unwrap().unwrap();
    }

    async fn readings(&self) -> Vec<(Option<PersonId>, BTreeSet<CodeId>, String)> {
        let readings = self.office.store.readings(self.coding).await.unwrap();
        readings
            .into_iter()
            .map(|reading| (reading.reader, reading.codes, reading.memo))
            .collect()
    }
}

store_testing::on_both_engines! {
    async fn a_codebook_counts_its_versions_and_keeps_what_it_had(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let store = &desk.office.store;
        let book = store.codebook(desk.codebook).await.unwrap();
        let names: Vec<_> = book.codes.iter().map(|code| (code.name.as_str(), code.since_version)).collect();
        assert_eq!((book.version, names), (2, vec![("Bus", 1), ("Amt", 2)]));
        assert!(matches!(desk.adds(CodeId(store.ambient().uuid()), "Bus").await, Err(StoreError::Duplicate)));
        desk.adds(desk.codes[0], "Bus").await.unwrap();
        assert_eq!(store.codebook(desk.codebook).await.unwrap().version, 2, "a repeat is no change");
        for _ in 0..2 {
            store.retire_code(audit::Actor::System, desk.codes[0], true).await.unwrap();
        }
        let book = store.codebook(desk.codebook).await.unwrap();
        assert_eq!((book.version, book.codes[0].retired_version), (3, Some(3)));
        store.retire_code(audit::Actor::System, desk.codes[0], false).await.unwrap();
        assert_eq!(store.codebook(desk.codebook).await.unwrap().codes[0].retired_version, None);
        for number in 2..CODES_MAX {
            desk.adds(CodeId(store.ambient().uuid()), &format!("Code {number}")).await.unwrap();
        }
        let full = desk.adds(CodeId(store.ambient().uuid()), "Einer zu viel").await;
        assert!(matches!(full, Err(StoreError::NotFound)));
        assert_eq!(store.codebooks().await.unwrap()[0].codes.len(), CODES_MAX);
        assert_eq!(store.audit_first_break().await.unwrap(), None);
    }

    async fn each_reading_is_kept_for_itself_and_the_last_one_counts(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (anna, ben) = (desk.person("anna@lafast.example").await, desk.person("ben@lafast.example").await);
        desk.reads(anna, Some(anna), &desk.codes, "Unklar.").await.unwrap();
        desk.reads(anna, Some(anna), &desk.codes[..1], "Klar.").await.unwrap();
        desk.reads(ben, Some(ben), &[], "").await.unwrap();
        desk.reads(ben, None, &desk.codes[..1], "").await.unwrap();
        let mut readings = desk.readings().await;
        readings.sort();
        let bus = BTreeSet::from([desk.codes[0]]);
        let mut expected = vec![
            (None, bus.clone(), String::new()),
            (Some(anna), bus, "Klar.".to_owned()),
            (Some(ben), BTreeSet::new(), String::new()),
        ];
        expected.sort();
        assert_eq!(readings, expected);
        let names: Vec<_> = desk.office.store.reader_names(desk.coding).await.unwrap().into_iter().map(|(_, name)| name).collect();
        assert_eq!(names.iter().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(["anna", "ben"]));
        let rows = desk.office.store.audit_rows(Some(&desk.coding.to_string()), 10).await.unwrap();
        assert!(rows.iter().all(|row| !row.detail.contains("Klar")), "no memo in the log");
    }

    async fn what_somebody_made_of_cards_is_there_to_take_along(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let (anna, ben) = (desk.person("anna@lafast.example").await, desk.person("ben@lafast.example").await);
        desk.reads(anna, Some(anna), &desk.codes, "Der Bus, wieder.").await.unwrap();
        desk.reads(ben, Some(ben), &desk.codes, "Bens Notiz.").await.unwrap();
        desk.office.store.ambient().advance_seconds(60);
        desk.reads(anna, None, &desk.codes[..1], "").await.unwrap();
        let export = desk.office.store.account_export(anna).await.unwrap();
        let readings = export["auswertungen"].as_array().unwrap();
        assert_eq!(readings.len(), 2);
        assert_eq!(readings[0]["notiz"], "Der Bus, wieder.");
        assert_eq!(readings[0]["einigung"], false);
        assert_eq!(readings[0]["codes"].as_array().unwrap().len(), 2);
        assert_eq!(readings[0]["auswertung"], "Wege auf dem Land");
        assert_eq!(readings[0]["board"], "Ankommen");
        assert_eq!(readings[1]["codes"][0], "Bus");
        assert_eq!(readings[1]["einigung"], true);
        let text = export.to_string();
        assert!(!text.contains("Bens Notiz") && !text.contains("fährt zweimal"), "{text}");
    }

    async fn what_is_not_of_this_coding_is_not_kept(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let anna = desk.person("anna@lafast.example").await;
        let stranger = CodeId(desk.office.store.ambient().uuid());
        assert!(matches!(desk.reads(anna, Some(anna), &[stranger], "").await, Err(StoreError::NotFound)));
        let elsewhere = Reading {
            board: BoardId(desk.office.store.ambient().uuid()),
            card: desk.card,
            reader: Some(anna),
            codes: BTreeSet::new(),
            memo: String::new(),
            by: anna,
            done_at: None,
        };
        let kept = desk.office.store.keep_reading(desk.coding, elsewhere, true).await;
        assert!(matches!(kept, Err(StoreError::NotFound)));
        assert_eq!(desk.readings().await, []);
    }

    async fn who_erases_a_card_erases_what_was_made_of_it(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let anna = desk.person("anna@lafast.example").await;
        desk.reads(anna, Some(anna), &desk.codes, "Der Bus, wieder.").await.unwrap();
        desk.reads(anna, None, &desk.codes, "").await.unwrap();
        desk.erases().await;
        assert_eq!(desk.readings().await, []);
        let everything = store_testing::fingerprint(&desk.office.store).await.unwrap();
        assert!(!everything.contains("Der Bus"), "{everything}");
    }

    async fn nothing_is_made_of_a_card_that_is_not_there_any_more(database: TestDatabase) {
        let desk = Desk::open(database).await;
        let anna = desk.person("anna@lafast.example").await;
        desk.erases().await;
        for reader in [Some(anna), None] {
            let kept = desk.reads(anna, reader, &desk.codes, "Der Bus, wieder.").await;
            assert!(matches!(kept, Err(StoreError::NotFound)), "{kept:?}");
        }
        assert_eq!(desk.readings().await, []);
    }
}

/// Anna keeps her memo at the moment in which the card is erased: what was made of it is deleted already, and nothing is committed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_memo_that_is_written_while_its_card_is_erased_does_not_stay() {
    let desk = Desk::open(TestDatabase::new(Engine::Postgres)).await;
    let anna = desk.person("anna@lafast.example").await;
    let at_its_end = "UPDATE ON board FOR EACH ROW WHEN (NEW.rewritten > OLD.rewritten)";
    let kept = desk.reads(anna, Some(anna), &desk.codes, "Der Bus, wieder.");
    let ((), kept) = cross_before(&desk.office, at_its_end, desk.erases(), kept).await;
    assert!(matches!(kept, Err(StoreError::NotFound)), "{kept:?}");
    assert_eq!(desk.readings().await, []);
    let everything = store_testing::fingerprint(&desk.office.store).await.unwrap();
    assert!(!everything.contains("Der Bus"), "{everything}");
}
