//! What was said about a field of a version. It waits until somebody settles it; nothing is published before.

use domain::ids::{CommentId, PersonId};
use domain::module::review::{Act, Refusal, Reviewer};
use domain::module::{Field, ModuleCode};
use domain::time::Instant;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::create::action;
use super::row::ModuleRow;
use super::standing::locked;
use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Characters of a comment.
pub const COMMENT_CHARACTERS_MAX: usize = 1_000;
/// Comments of a version that are shown.
const COMMENTS_MAX: i64 = 500;

/// What was said about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// About which field.
    pub field: Field,
    /// By whom.
    pub person: PersonId,
    /// The name of the account, while there is one.
    pub name: Option<String>,
    /// What.
    pub said: String,
    /// When.
    pub said_at: Instant,
    /// Since when it is settled, if so.
    pub settled_at: Option<Instant>,
}

impl Store {
    /// Says something about a field. The same id again is the same comment.
    ///
    /// # Errors
    /// When there is no such version, or the database fails. What the rules forbid is an answer.
    pub async fn comment_module(
        &self,
        who: Reviewer,
        code: &ModuleCode,
        number: i64,
        comment: (CommentId, Field, String),
    ) -> Result<Result<(), Refusal>, StoreError> {
        let code = code.clone();
        self.write(move |tx| Box::pin(async move { say(tx, &who, &code, number, comment).await }))
            .await
    }

    /// Settles a comment.
    ///
    /// # Errors
    /// As [`Store::comment_module`].
    pub async fn settle_module_comment(
        &self,
        who: Reviewer,
        code: &ModuleCode,
        number: i64,
        comment: CommentId,
    ) -> Result<Result<(), Refusal>, StoreError> {
        let code = code.clone();
        self.write(move |tx| Box::pin(async move { settle(tx, &who, &code, number, comment).await }))
            .await
    }

    /// What was said about a version, the earliest first, up to 500.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn module_comments(&self, module: &ModuleRow, number: i64) -> Result<Vec<Comment>, StoreError> {
        let rows = sqlx::query(
            "SELECT module_comment.id, module_comment.field, module_comment.person_id, person.name,
                module_comment.said, module_comment.said_at, module_comment.settled_at
             FROM module_comment LEFT JOIN person ON person.id = module_comment.person_id
             WHERE module_comment.module_id = $1 AND module_comment.number = $2
             ORDER BY module_comment.said_at, module_comment.id LIMIT $3",
        )
        .bind(module.id.to_string())
        .bind(number)
        .bind(COMMENTS_MAX)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(read).collect()
    }
}

fn read(row: &AnyRow) -> Result<Comment, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "module_comment",
        column,
    };
    Ok(Comment {
        id: CommentId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
        field: Field::parse(&row.try_get::<String, _>(1)?).ok_or_else(|| wrong("field"))?,
        person: PersonId::parse(&row.try_get::<String, _>(2)?).map_err(|_| wrong("person_id"))?,
        name: row.try_get(3)?,
        said: row.try_get(4)?,
        said_at: Instant(row.try_get(5)?),
        settled_at: row.try_get::<Option<i64>, _>(6)?.map(Instant),
    })
}

async fn say(
    tx: &mut Tx,
    who: &Reviewer,
    code: &ModuleCode,
    number: i64,
    (id, field, said): (CommentId, Field, String),
) -> Result<Result<(), Refusal>, StoreError> {
    let found = locked(tx, code, number).await?;
    if let Err(refusal) = found.standing.decide(who, Act::Comment) {
        return Ok(Err(refusal));
    }
    let made = sqlx::query(
        "INSERT INTO module_comment (id, module_id, number, field, person_id, said, said_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
    )
    .bind(id.to_string())
    .bind(found.module.id.to_string())
    .bind(number)
    .bind(field.key())
    .bind(who.person.to_string())
    .bind(said)
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    if made.rows_affected() > 0 {
        log(tx, who, code, &format!("{number} {}", field.key())).await?;
    }
    Ok(Ok(()))
}

async fn settle(
    tx: &mut Tx,
    who: &Reviewer,
    code: &ModuleCode,
    number: i64,
    id: CommentId,
) -> Result<Result<(), Refusal>, StoreError> {
    let found = locked(tx, code, number).await?;
    if let Err(refusal) = found.standing.decide(who, Act::Comment) {
        return Ok(Err(refusal));
    }
    let done = sqlx::query(
        "UPDATE module_comment SET settled_at = $1
         WHERE id = $2 AND module_id = $3 AND number = $4 AND settled_at IS NULL",
    )
    .bind(tx.now.micros())
    .bind(id.to_string())
    .bind(found.module.id.to_string())
    .bind(number)
    .execute(&mut *tx.conn)
    .await?;
    if done.rows_affected() > 0 {
        log(tx, who, code, &format!("{number} settled")).await?;
    }
    Ok(Ok(()))
}

/// What was said is not in the log.
async fn log(tx: &mut Tx, who: &Reviewer, code: &ModuleCode, detail: &str) -> Result<(), StoreError> {
    let actor = Actor::Person(who.person);
    audit::record(tx, actor, action(Act::Comment), ("module", code.as_str()), detail).await
}
