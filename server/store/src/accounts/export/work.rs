//! What somebody did for the catalogue, for the office and for research. What others wrote there is theirs.

use std::collections::BTreeMap;

use domain::ids::PersonId;
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{instant, perhaps};
use crate::{Store, StoreError};

impl Store {
    /// On which versions of modules somebody wrote.
    pub(super) async fn own_versions(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let sql = "SELECT module.code, module_author.number
             FROM module_author JOIN module ON module.id = module_author.module_id
             WHERE module_author.person_id = $1 ORDER BY module.code, module_author.number";
        self.each_of(person, sql, |row| {
            Ok(json!({
                "modul": row.try_get::<String, _>(0)?,
                "fassung": row.try_get::<i64, _>(1)?,
            }))
        })
        .await
    }

    /// To which versions somebody agreed, for the office or for an institution.
    pub(super) async fn own_approvals(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let sql = "SELECT module.code, module_approval.number, organisation.name, module_approval.given_at,
                module_approval.void_at
             FROM module_approval JOIN module ON module.id = module_approval.module_id
                LEFT JOIN organisation ON organisation.id = module_approval.stage
             WHERE module_approval.person_id = $1 ORDER BY module_approval.given_at, module_approval.id";
        self.each_of(person, sql, |row| {
            Ok(json!({
                "modul": row.try_get::<String, _>(0)?,
                "fassung": row.try_get::<i64, _>(1)?,
                "einrichtung": row.try_get::<Option<String>, _>(2)?,
                "am": instant(row, 3)?,
                "gilt_nicht_mehr_seit": perhaps(row, 4)?,
            }))
        })
        .await
    }

    /// What somebody said about modules.
    pub(super) async fn own_comments(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let sql = "SELECT module.code, module_comment.number, module_comment.field, module_comment.said, module_comment.said_at
             FROM module_comment JOIN module ON module.id = module_comment.module_id
             WHERE module_comment.person_id = $1 ORDER BY module_comment.said_at";
        self.each_of(person, sql, |row| {
            Ok(json!({
                "modul": row.try_get::<String, _>(0)?,
                "fassung": row.try_get::<i64, _>(1)?,
                "feld": row.try_get::<String, _>(2)?,
                "text": row.try_get::<String, _>(3)?,
                "am": instant(row, 4)?,
            }))
        })
        .await
    }

    /// Which tables of modules somebody brought. What stands in them is of the catalogue.
    pub(super) async fn own_imports(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let sql = "SELECT name, uploaded_at, done_at, undone_at FROM module_import
             WHERE person_id = $1 ORDER BY uploaded_at, id";
        self.each_of(person, sql, |row| {
            Ok(json!({
                "datei": row.try_get::<String, _>(0)?,
                "hochgeladen": instant(row, 1)?,
                "eingelesen": perhaps(row, 2)?,
                "zurueckgenommen": perhaps(row, 3)?,
            }))
        })
        .await
    }

    /// What somebody made of cards, and wrote down as agreed on; not what the cards say.
    pub(super) async fn own_readings(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let codes = self.code_names(person).await?;
        let sql = "SELECT coding.title, board.title, coding_reading.card_id, coding_reading.codes, coding_reading.memo,
                coding_reading.reader, coding_reading.done_at, coding_reading.changed_at
             FROM coding_reading JOIN coding ON coding.id = coding_reading.coding_id
                JOIN board ON board.id = coding_reading.board_id
             WHERE coding_reading.reader = $1 OR coding_reading.person_id = $1
             ORDER BY coding_reading.changed_at, coding_reading.card_id, coding_reading.reader";
        self.each_of(person, sql, |row: &AnyRow| {
            let given = row.try_get::<String, _>(3)?;
            let given = given.split_whitespace().map(|id| codes.get(id));
            Ok(json!({
                "auswertung": row.try_get::<String, _>(0)?,
                "board": row.try_get::<String, _>(1)?,
                "karte": row.try_get::<String, _>(2)?,
                "codes": given.collect::<Vec<_>>(),
                "notiz": row.try_get::<String, _>(4)?,
                "einigung": row.try_get::<String, _>(5)?.is_empty(),
                "fertig": perhaps(row, 6)?,
                "geaendert": instant(row, 7)?,
            }))
        })
        .await
    }

    /// The names of the codes in the codebooks that somebody reads with, by id.
    async fn code_names(&self, person: PersonId) -> Result<BTreeMap<String, String>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT code.id, code.name FROM code JOIN coding ON coding.codebook_id = code.codebook_id
                JOIN coding_reading ON coding_reading.coding_id = coding.id
             WHERE coding_reading.reader = $1 OR coding_reading.person_id = $1",
        )
        .bind(person.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
            .collect()
    }

    /// For which Veranstaltungen somebody arranges what people need.
    pub(super) async fn own_duties(&self, person: PersonId) -> Result<Vec<Value>, StoreError> {
        let sql = "SELECT workshop.title, access_duty.taken_at, access_duty.ended_at
             FROM access_duty JOIN workshop ON workshop.id = access_duty.workshop_id
             WHERE access_duty.person_id = $1 ORDER BY access_duty.taken_at, access_duty.id";
        self.each_of(person, sql, |row| {
            Ok(json!({
                "veranstaltung": row.try_get::<String, _>(0)?,
                "seit": instant(row, 1)?,
                "bis": perhaps(row, 2)?,
            }))
        })
        .await
    }
}
