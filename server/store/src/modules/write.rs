//! A field of a version. Who writes says what stood there before: what somebody else wrote meanwhile is never lost.

use domain::ids::PersonId;
use domain::module::review::{Act, Refusal, Reviewer};
use domain::module::{Content, Field, ModuleCode};

use super::create::{action, add_author, text};
use super::standing::locked;
use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// What became of what was written.
pub type Written = Result<(), Conflict>;

/// Why something was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The rules forbid it.
    Refused(Refusal),
    /// Somebody else wrote this meanwhile.
    Meanwhile(String),
}

impl Store {
    /// Writes a field of a version, as it is read by [`domain::module::typed::parse`].
    ///
    /// # Errors
    /// When there is no such version, or the database fails. What the rules forbid is an answer.
    pub async fn write_module_field(
        &self,
        who: Reviewer,
        code: &ModuleCode,
        number: i64,
        field: Field,
        before: String,
        now: String,
    ) -> Result<Written, StoreError> {
        let code = code.clone();
        self.write(move |tx| {
            Box::pin(async move { write(tx, &who, &code, number, (field, &before, &now)).await })
        })
        .await
    }
}

async fn write(
    tx: &mut Tx,
    who: &Reviewer,
    code: &ModuleCode,
    number: i64,
    (field, before, now): (Field, &str, &str),
) -> Result<Written, StoreError> {
    let found = locked(tx, code, number).await?;
    if let Err(refusal) = found.standing.decide(who, Act::Write) {
        return Ok(Err(Conflict::Refused(refusal)));
    }
    let stands = found.version.content.get(field);
    if stands == now {
        return Ok(Ok(()));
    }
    if stands != before {
        return Ok(Err(Conflict::Meanwhile(stands.to_owned())));
    }
    let mut content = found.version.content;
    content.write(field, now).map_err(|_| StoreError::Inconsistent {
        table: "module_version",
        column: "content",
    })?;
    keep(tx, &found.module.id.to_string(), number, &content, who.person).await?;
    let detail = format!("{number} {}", field.key());
    audit::record(
        tx,
        Actor::Person(who.person),
        action(Act::Write),
        ("module", code.as_str()),
        &detail,
    )
    .await?;
    Ok(Ok(()))
}

async fn keep(
    tx: &mut Tx,
    module: &str,
    number: i64,
    content: &Content,
    author: PersonId,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE module_version SET content = $1, changed_at = $2 WHERE module_id = $3 AND number = $4",
    )
    .bind(text(content)?)
    .bind(tx.now.micros())
    .bind(module.to_owned())
    .bind(number)
    .execute(&mut *tx.conn)
    .await?;
    add_author(tx, module, number, author).await
}
