//! A board as it is found: by its name, by its code, in the list.

use domain::board::{Column, Goes, Phase, Settings, Term};
use domain::district::District;
use domain::ids::{BoardId, ColumnId, TemplateId, WorkshopId};
use domain::time::Instant;
use domain::workshop::Status;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::workshops::WorkshopRow;
use crate::{Store, StoreError};

/// The most boards of a list.
const LIST_MAX: i64 = 200;

/// A board, without its cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRow {
    /// Its id.
    pub id: BoardId,
    /// Its number, to say aloud.
    pub number: i64,
    /// Its name in the URL: made once, stays.
    pub slug: String,
    /// The short code with which a room joins.
    pub code: String,
    /// The title.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub lead: String,
    /// The number of its last record.
    pub sequence: u64,
    /// How many cards everybody sees.
    pub published: i64,
    /// How many people have joined.
    pub members: i64,
    /// How many cards and comments wait for a moderator.
    pub waiting: i64,
    /// Where the work stands.
    pub phase: Phase,
    /// Since when nothing can be written, if so.
    pub frozen_at: Option<Instant>,
    /// To which Veranstaltung it belongs.
    pub workshop: Option<WorkshopId>,
    /// Since when it is in the archive, if so.
    pub archived_at: Option<Instant>,
    /// After how long without anything new what was written on it is erased, and since when that holds; nothing: it stays.
    pub term: Option<(Term, Instant)>,
    /// What goes then.
    pub goes: Goes,
    /// When that was done, if so.
    pub emptied_at: Option<Instant>,
    /// Of what it was made, together with boards of other districts.
    pub template: Option<TemplateId>,
    /// Of which district it speaks, if it is one of several.
    pub district: Option<District>,
    /// Whether it belongs to the demo.
    pub demo: bool,
    /// When it was made.
    pub created_at: Instant,
    /// What it was before its first record.
    pub(crate) beginning: Beginning,
}

impl BoardRow {
    /// The columns with which the board began, from left to right: by these the boards of a template are compared, whatever
    /// they are called, wherever they stand and whatever was added since.
    #[must_use]
    pub fn first_columns(&self) -> Vec<ColumnId> {
        self.beginning.columns.iter().map(|column| column.id).collect()
    }
}

/// What a board is before its first record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Beginning {
    pub settings: Settings,
    pub columns: Vec<Column>,
}

/// What [`read`] reads, of the table `board`.
macro_rules! columns {
    () => {
        "id, number, slug, code, title, lead, sequence, workshop_id, demo_at, created_at, beginning, published, members, \
         phase, frozen_at, archived_at, template_id, district, text_days, text_days_at, emptied_at, waiting, text_goes"
    };
}
pub(super) use columns;

/// Reads a row of [`columns!`].
pub(super) fn read(row: &AnyRow) -> Result<BoardRow, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "board",
        column,
    };
    let workshop = row
        .try_get::<Option<String>, _>(7)?
        .map(|id| WorkshopId::parse(&id))
        .transpose()
        .map_err(|_| wrong("workshop_id"))?;
    Ok(BoardRow {
        id: BoardId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
        number: row.try_get(1)?,
        slug: row.try_get(2)?,
        code: row.try_get(3)?,
        title: row.try_get(4)?,
        lead: row.try_get(5)?,
        sequence: u64::try_from(row.try_get::<i64, _>(6)?).map_err(|_| wrong("sequence"))?,
        workshop,
        demo: row.try_get::<Option<i64>, _>(8)?.is_some(),
        created_at: Instant(row.try_get(9)?),
        published: row.try_get(11)?,
        members: row.try_get(12)?,
        waiting: row.try_get(21)?,
        phase: Phase::parse(&row.try_get::<String, _>(13)?).ok_or_else(|| wrong("phase"))?,
        frozen_at: row.try_get::<Option<i64>, _>(14)?.map(Instant),
        archived_at: row.try_get::<Option<i64>, _>(15)?.map(Instant),
        term: term(row)?,
        goes: row
            .try_get::<Option<String>, _>(22)?
            .map_or(Some(Goes::All), |goes| Goes::parse(&goes))
            .ok_or_else(|| wrong("text_goes"))?,
        emptied_at: row.try_get::<Option<i64>, _>(20)?.map(Instant),
        template: row
            .try_get::<Option<String>, _>(16)?
            .map(|id| TemplateId::parse(&id))
            .transpose()
            .map_err(|_| wrong("template_id"))?,
        district: row
            .try_get::<Option<String>, _>(17)?
            .and_then(|slug| District::parse(&slug)),
        beginning: serde_json::from_str(&row.try_get::<String, _>(10)?).map_err(|_| wrong("beginning"))?,
    })
}

fn term(row: &AnyRow) -> Result<Option<(Term, Instant)>, StoreError> {
    let (days, set) = (
        row.try_get::<Option<i64>, _>(18)?,
        row.try_get::<Option<i64>, _>(19)?,
    );
    let Some((days, set)) = days.zip(set) else {
        return Ok(None);
    };
    let term = Term::of_days(days).ok_or(StoreError::Inconsistent {
        table: "board",
        column: "text_days",
    })?;
    Ok(Some((term, Instant(set))))
}

impl Store {
    /// Every board, the newest first, up to 200.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn boards(&self) -> Result<Vec<BoardRow>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            columns!(),
            " FROM board ORDER BY created_at DESC, id DESC LIMIT $1"
        ))
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }

    /// The boards of a Veranstaltung, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn boards_of(&self, workshop: WorkshopId) -> Result<Vec<BoardRow>, StoreError> {
        let rows = sqlx::query(concat!(
            "SELECT ",
            columns!(),
            " FROM board WHERE workshop_id = $1 ORDER BY created_at, id LIMIT $2"
        ))
        .bind(workshop.to_string())
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }

    /// The Veranstaltung to which a board belongs. A draft is nobody's yet: who may open the board would read its title
    /// and follow a link that answers 404.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workshop_of(&self, board: &BoardRow) -> Result<Option<WorkshopRow>, StoreError> {
        let Some(id) = board.workshop else {
            return Ok(None);
        };
        let found = self.workshop(id).await?.row;
        Ok((found.status != Status::Draft).then_some(found))
    }

    /// The boards of these ids that are there, in this order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn boards_by_id(&self, ids: &[BoardId]) -> Result<Vec<BoardRow>, StoreError> {
        let mut boards = Vec::with_capacity(ids.len());
        for id in ids {
            let row = sqlx::query(concat!("SELECT ", columns!(), " FROM board WHERE id = $1"))
                .bind(id.to_string())
                .fetch_optional(self.readers())
                .await?;
            boards.extend(row.as_ref().map(read).transpose()?);
        }
        Ok(boards)
    }

    /// The board with this name in the URL.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn board_by_slug(&self, slug: &str) -> Result<BoardRow, StoreError> {
        let row = sqlx::query(concat!("SELECT ", columns!(), " FROM board WHERE slug = $1"))
            .bind(slug)
            .fetch_one(self.readers())
            .await?;
        read(&row)
    }

    /// The board that a room joins with this code.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn board_by_code(&self, code: &str) -> Result<BoardRow, StoreError> {
        let row = sqlx::query(concat!("SELECT ", columns!(), " FROM board WHERE code = $1"))
            .bind(code)
            .fetch_one(self.readers())
            .await?;
        read(&row)
    }
}
