//! A file that somebody brought: kept from the look at what it would do until it is written, or for a day.

use domain::ids::{ImportId, PersonId};
use domain::time::Instant;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::undo::Step;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Files that a list shows.
const LIST_MAX: i64 = 20;

/// A file that somebody brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its id.
    pub id: ImportId,
    /// Who brought it.
    pub person: PersonId,
    /// Its name.
    pub name: String,
    /// The rows; none, once they are written.
    pub rows: Vec<Vec<String>>,
    /// When it was brought.
    pub uploaded_at: Instant,
    /// When it was written.
    pub done_at: Option<Instant>,
    /// When that was taken back.
    pub undone_at: Option<Instant>,
    /// How many modules it wrote.
    pub modules: usize,
}

pub(super) const fn wrong(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "module_import",
        column,
    }
}

fn read(row: &AnyRow) -> Result<ImportRow, StoreError> {
    let text = |column: usize| row.try_get::<String, _>(column);
    let instant = |column: usize| Ok::<_, StoreError>(row.try_get::<Option<i64>, _>(column)?.map(Instant));
    let rows = text(3)?;
    let undo = text(7)?;
    Ok(ImportRow {
        id: ImportId::parse(&text(0)?).map_err(|_| wrong("id"))?,
        person: PersonId::parse(&text(1)?).map_err(|_| wrong("person_id"))?,
        name: text(2)?,
        rows: match rows.as_str() {
            "" => Vec::new(),
            rows => serde_json::from_str(rows).map_err(|_| wrong("lines"))?,
        },
        uploaded_at: Instant(row.try_get(4)?),
        done_at: instant(5)?,
        undone_at: instant(6)?,
        modules: steps(&undo)?.len(),
    })
}

pub(super) fn steps(undo: &str) -> Result<Vec<Step>, StoreError> {
    match undo {
        "" => Ok(Vec::new()),
        undo => serde_json::from_str(undo).map_err(|_| wrong("undo")),
    }
}

impl Store {
    /// Keeps the rows of a file that somebody brought.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_import(
        &self,
        person: PersonId,
        name: String,
        rows: Vec<Vec<String>>,
    ) -> Result<ImportId, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let id = ImportId(tx.ambient.uuid());
                sqlx::query(
                    "INSERT INTO module_import (id, person_id, name, lines, uploaded_at, undo)
                     VALUES ($1, $2, $3, $4, $5, '')",
                )
                .bind(id.to_string())
                .bind(person.to_string())
                .bind(name)
                .bind(serde_json::to_string(&rows).map_err(|_| wrong("lines"))?)
                .bind(tx.now.micros())
                .execute(&mut *tx.conn)
                .await?;
                Ok(id)
            })
        })
        .await
    }

    /// A file that this person brought.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none, or somebody else brought it; or the database fails.
    pub async fn module_import(&self, person: PersonId, id: ImportId) -> Result<ImportRow, StoreError> {
        let row = sqlx::query(
            "SELECT id, person_id, name, lines, uploaded_at, done_at, undone_at, undo FROM module_import
             WHERE id = $1 AND person_id = $2",
        )
        .bind(id.to_string())
        .bind(person.to_string())
        .fetch_one(self.readers())
        .await?;
        read(&row)
    }

    /// The files that a person brought last, without their rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn module_imports(&self, person: PersonId) -> Result<Vec<ImportRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, person_id, name, '', uploaded_at, done_at, undone_at, undo FROM module_import
             WHERE person_id = $1 ORDER BY uploaded_at DESC LIMIT $2",
        )
        .bind(person.to_string())
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }
}

/// Marks an upload as written. Returns whether it was not yet.
pub(super) async fn begin(tx: &mut Tx, id: ImportId) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE module_import SET done_at = $1, lines = '' WHERE id = $2 AND done_at IS NULL")
            .bind(tx.now.micros())
            .bind(id.to_string())
            .execute(&mut *tx.conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps what stood there before.
pub(super) async fn finish(tx: &mut Tx, id: ImportId, steps: &[Step]) -> Result<(), StoreError> {
    sqlx::query("UPDATE module_import SET undo = $1 WHERE id = $2")
        .bind(serde_json::to_string(steps).map_err(|_| wrong("undo"))?)
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}
