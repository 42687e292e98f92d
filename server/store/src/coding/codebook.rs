//! Codes, and the versions of their book. A code that was given is never taken away: it is not given any more.

use domain::coding::draft::CODES_MAX;
use domain::coding::{CodeDraft, CodebookDraft};
use domain::ids::{CodeId, CodebookId};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// The most codebooks of a list.
const LIST_MAX: i64 = 100;

/// A codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    /// Its id.
    pub id: CodebookId,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// One more with each change of its codes.
    pub version: i64,
    /// Its codes in their order, those that are not given any more included.
    pub codes: Vec<Code>,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its id.
    pub id: CodeId,
    /// What it is called.
    pub name: String,
    /// When it is given, and when not.
    pub definition: String,
    /// A sentence for which it is given.
    pub example: String,
    /// Since which version it is there.
    pub since_version: i64,
    /// Since which version it is not given any more, if so.
    pub retired_version: Option<i64>,
}

impl Store {
    /// Makes a codebook. The same id again is the same codebook.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn create_codebook(
        &self,
        actor: Actor,
        id: CodebookId,
        draft: CodebookDraft,
    ) -> Result<(), StoreError> {
        self.write(move |tx| Box::pin(async move { create(tx, actor, id, &draft).await }))
            .await
    }

    /// Adds a code, as the last one. The same id again is the same code.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if there is one of this name, [`StoreError::NotFound`] without the codebook, or when it is
    /// full.
    pub async fn add_code(
        &self,
        actor: Actor,
        codebook: CodebookId,
        id: CodeId,
        draft: CodeDraft,
    ) -> Result<(), StoreError> {
        self.write(move |tx| Box::pin(async move { add(tx, actor, codebook, id, &draft).await }))
            .await
    }

    /// Gives a code no more, or again.
    ///
    /// # Errors
    /// When there is no such code, or the database fails.
    pub async fn retire_code(&self, actor: Actor, code: CodeId, retired: bool) -> Result<(), StoreError> {
        self.write(move |tx| Box::pin(async move { retire(tx, actor, code, retired).await }))
            .await
    }

    /// Every codebook, the newest first, up to 100.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn codebooks(&self) -> Result<Vec<Codebook>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, title, description, version FROM codebook ORDER BY created_at DESC, id DESC LIMIT $1",
        )
        .bind(LIST_MAX)
        .fetch_all(self.readers())
        .await?;
        let mut books = Vec::with_capacity(rows.len());
        for row in &rows {
            books.push(self.with_codes(row).await?);
        }
        Ok(books)
    }

    /// The codebook of this id.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn codebook(&self, id: CodebookId) -> Result<Codebook, StoreError> {
        let row = sqlx::query("SELECT id, title, description, version FROM codebook WHERE id = $1")
            .bind(id.to_string())
            .fetch_one(self.readers())
            .await?;
        self.with_codes(&row).await
    }

    async fn with_codes(&self, row: &AnyRow) -> Result<Codebook, StoreError> {
        let id: String = row.try_get(0)?;
        let codes = sqlx::query(
            "SELECT id, name, definition, example, since_version, retired_version FROM code
             WHERE codebook_id = $1 ORDER BY place",
        )
        .bind(id.clone())
        .fetch_all(self.readers())
        .await?;
        Ok(Codebook {
            id: CodebookId::parse(&id).map_err(|_| wrong("codebook", "id"))?,
            title: row.try_get(1)?,
            description: row.try_get(2)?,
            version: row.try_get(3)?,
            codes: codes.iter().map(code).collect::<Result<_, _>>()?,
        })
    }
}

const fn wrong(table: &'static str, column: &'static str) -> StoreError {
    StoreError::Inconsistent { table, column }
}

fn code(row: &AnyRow) -> Result<Code, StoreError> {
    Ok(Code {
        id: CodeId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("code", "id"))?,
        name: row.try_get(1)?,
        definition: row.try_get(2)?,
        example: row.try_get(3)?,
        since_version: row.try_get(4)?,
        retired_version: row.try_get(5)?,
    })
}

async fn create(tx: &mut Tx, actor: Actor, id: CodebookId, draft: &CodebookDraft) -> Result<(), StoreError> {
    let made = sqlx::query(
        "INSERT INTO codebook (id, title, description, version, created_at) VALUES ($1, $2, $3, 0, $4)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(id.to_string())
    .bind(draft.title.clone())
    .bind(draft.description.clone())
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    if made.rows_affected() > 0 {
        audit::record(tx, actor, "codebook_created", ("codebook", &id.to_string()), "").await?;
    }
    Ok(())
}

/// Another version, as the row is locked by it: two changes come one after the other.
async fn next_version(tx: &mut Tx, codebook: &str) -> Result<(), StoreError> {
    let done = sqlx::query("UPDATE codebook SET version = version + 1 WHERE id = $1")
        .bind(codebook.to_owned())
        .execute(&mut *tx.conn)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound);
    }
    Ok(())
}

async fn add(
    tx: &mut Tx,
    actor: Actor,
    codebook: CodebookId,
    id: CodeId,
    draft: &CodeDraft,
) -> Result<(), StoreError> {
    let book = codebook.to_string();
    let there = sqlx::query("SELECT 1 FROM code WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
    if there.is_some() {
        return Ok(());
    }
    next_version(tx, &book).await?;
    let made = sqlx::query(
        "INSERT INTO code (id, codebook_id, place, name, definition, example, since_version)
         SELECT $1, id, (SELECT COUNT(*) FROM code WHERE codebook_id = $2), $3, $4, $5, version FROM codebook
         WHERE id = $2 AND (SELECT COUNT(*) FROM code WHERE codebook_id = $2) < $6",
    )
    .bind(id.to_string())
    .bind(book.clone())
    .bind(draft.name.clone())
    .bind(draft.definition.clone())
    .bind(draft.example.clone())
    .bind(i64::try_from(CODES_MAX).unwrap_or(i64::MAX))
    .execute(&mut *tx.conn)
    .await?;
    if made.rows_affected() == 0 {
        return Err(StoreError::NotFound);
    }
    audit::record(tx, actor, "code_added", ("codebook", &book), "").await
}

async fn retire(tx: &mut Tx, actor: Actor, id: CodeId, retired: bool) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT codebook_id, retired_version FROM code WHERE id = $1")
        .bind(id.to_string())
        .fetch_one(&mut *tx.conn)
        .await?;
    let book: String = row.try_get(0)?;
    if row.try_get::<Option<i64>, _>(1)?.is_some() == retired {
        return Ok(());
    }
    next_version(tx, &book).await?;
    sqlx::query(
        "UPDATE code SET retired_version = CASE WHEN $1 = 1 THEN (SELECT version FROM codebook WHERE id = $2) ELSE NULL END
         WHERE id = $3",
    )
    .bind(i64::from(retired))
    .bind(book.clone())
    .bind(id.to_string())
    .execute(&mut *tx.conn)
    .await?;
    let what = if retired { "code_retired" } else { "code_back" };
    audit::record(tx, actor, what, ("codebook", &book), "").await
}
