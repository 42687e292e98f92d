//! The reading of some boards with one codebook.

use domain::coding::CodingDraft;
use domain::ids::{BoardId, CodebookId, CodingId};
use domain::time::Instant;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// The most codings of a list.
const LIST_MAX: i64 = 100;

/// The reading of some boards with one codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// Its id.
    pub id: CodingId,
    /// What it is called.
    pub title: String,
    /// With which codebook.
    pub codebook: CodebookId,
    /// When it began.
    pub created_at: Instant,
    /// Which boards, in the order in which they were made.
    pub boards: Vec<BoardId>,
}

impl Store {
    /// Begins to read some boards. The same id again is the same.
    ///
    /// # Errors
    /// When the codebook or a board is not there, or the database fails.
    pub async fn create_coding(
        &self,
        actor: Actor,
        id: CodingId,
        draft: CodingDraft,
        codebook: CodebookId,
        boards: Vec<BoardId>,
    ) -> Result<(), StoreError> {
        self.write(move |tx| Box::pin(async move { create(tx, actor, id, &draft, codebook, &boards).await }))
            .await
    }

    /// All of them, the newest first, up to 100.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn codings(&self) -> Result<Vec<Coding>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, title, codebook_id, created_at FROM coding ORDER BY created_at DESC, id DESC LIMIT $1",
        )
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        let mut codings = Vec::with_capacity(rows.len());
        for row in &rows {
            codings.push(self.with_boards(row).await?);
        }
        Ok(codings)
    }

    /// The one of this id.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn coding(&self, id: CodingId) -> Result<Coding, StoreError> {
        let row = sqlx::query("SELECT id, title, codebook_id, created_at FROM coding WHERE id = $1")
            .bind(id.to_string())
            .fetch_one(self.readers())
            .await?;
        self.with_boards(&row).await
    }

    async fn with_boards(&self, row: &AnyRow) -> Result<Coding, StoreError> {
        let wrong = |column| StoreError::Inconsistent {
            table: "coding",
            column,
        };
        let id: String = row.try_get(0)?;
        let boards = sqlx::query(
            "SELECT board.id FROM coding_board JOIN board ON board.id = coding_board.board_id
             WHERE coding_id = $1 ORDER BY board.number",
        )
        .bind(id.clone())
        .fetch_all(self.readers())
        .await?;
        let board =
            |row: &AnyRow| BoardId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("board_id"));
        Ok(Coding {
            id: CodingId::parse(&id).map_err(|_| wrong("id"))?,
            title: row.try_get(1)?,
            codebook: CodebookId::parse(&row.try_get::<String, _>(2)?).map_err(|_| wrong("codebook_id"))?,
            created_at: Instant(row.try_get(3)?),
            boards: boards.iter().map(board).collect::<Result<_, _>>()?,
        })
    }
}

async fn create(
    tx: &mut Tx,
    actor: Actor,
    id: CodingId,
    draft: &CodingDraft,
    codebook: CodebookId,
    boards: &[BoardId],
) -> Result<(), StoreError> {
    let made = sqlx::query(
        "INSERT INTO coding (id, title, codebook_id, created_at) SELECT $1, $2, id, $3 FROM codebook WHERE id = $4
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(id.to_string())
    .bind(draft.title.clone())
    .bind(tx.now.micros())
    .bind(codebook.to_string())
    .execute(&mut *tx.conn)
    .await?;
    if made.rows_affected() == 0 {
        let there = sqlx::query("SELECT 1 FROM coding WHERE id = $1")
            .bind(id.to_string())
            .fetch_optional(&mut *tx.conn)
            .await?;
        return there.map(|_| ()).ok_or(StoreError::NotFound);
    }
    for board in boards {
        let done = sqlx::query(
            "INSERT INTO coding_board (coding_id, board_id) SELECT $1, id FROM board WHERE id = $2
             ON CONFLICT (coding_id, board_id) DO NOTHING",
        )
        .bind(id.to_string())
        .bind(board.to_string())
        .execute(&mut *tx.conn)
        .await?;
        if done.rows_affected() == 0 {
            return Err(StoreError::NotFound);
        }
    }
    audit::record(tx, actor, "coding_created", ("coding", &id.to_string()), "").await
}
