//! Handing in, agreeing, asking for changes, publishing, withdrawing.

use domain::access::Event;
use domain::module::ModuleCode;
use domain::module::gap::Gap;
use domain::module::review::{Act, Outcome, Refusal, Reviewer, Stage, Standing, State};

use super::create::action;
use super::row::VersionRow;
use super::standing::{Locked, gaps, locked, one, stage_key, standing};
use crate::access::tell;
use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// How a version stands, and what keeps it from being published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// The version.
    pub version: VersionRow,
    /// How it stands.
    pub standing: Standing,
    /// What keeps it from being published.
    pub gaps: Vec<Gap>,
}

impl Store {
    /// Does something with a version that is no writing. A reason is kept with what takes one.
    ///
    /// # Errors
    /// When there is no such version, or the database fails. What the rules forbid is an answer.
    pub async fn review_module(
        &self,
        who: Reviewer,
        code: &ModuleCode,
        number: i64,
        act: Act,
        reason: String,
    ) -> Result<Result<State, Refusal>, StoreError> {
        let code = code.clone();
        self.write(move |tx| Box::pin(async move { review(tx, &who, &code, number, (act, &reason)).await }))
            .await
    }

    /// How a version stands.
    ///
    /// # Errors
    /// When there is no such version, or the database fails.
    pub async fn examine_module(&self, code: &ModuleCode, number: i64) -> Result<Examined, StoreError> {
        let mut connection = self.readers().acquire().await?;
        let module = super::row::find(&mut connection, code).await?;
        let version = one(&mut connection, &module, number).await?;
        Ok(Examined {
            standing: standing(&mut connection, &module, &version).await?,
            gaps: gaps(&mut connection, code, &version.content).await?,
            version,
        })
    }
}

async fn review(
    tx: &mut Tx,
    who: &Reviewer,
    code: &ModuleCode,
    number: i64,
    (act, reason): (Act, &str),
) -> Result<Result<State, Refusal>, StoreError> {
    let found = locked(tx, code, number).await?;
    let outcome = match found.standing.decide(who, act) {
        Ok(outcome) => outcome,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let module = found.module.id.to_string();
    let state = match outcome {
        Outcome::Same => found.version.state,
        Outcome::Now(state) => state,
        Outcome::Agreed(stage, state) => {
            agree(tx, &found, who, stage).await?;
            state
        }
    };
    if matches!(act, Act::Submit | Act::TakeBack | Act::RequestChanges) {
        sqlx::query(
            "UPDATE module_approval SET void_at = $1 WHERE module_id = $2 AND number = $3 AND void_at IS NULL",
        )
        .bind(tx.now.micros())
        .bind(module.clone())
        .bind(number)
        .execute(&mut *tx.conn)
        .await?;
    }
    if state == State::Published && act == Act::Publish {
        sqlx::query(
            "UPDATE module_version SET state = $1, ended_at = $2 WHERE module_id = $3 AND state = 'published'",
        )
        .bind(State::Archived.key())
        .bind(tx.now.micros())
        .bind(module.clone())
        .execute(&mut *tx.conn)
        .await?;
    }
    keep(tx, &module, number, (act, state), reason).await?;
    match act {
        Act::Publish => {
            tell::of_module(
                tx,
                found.module.id,
                Event::ModulePublished,
                (code.as_str(), number),
            )
            .await?
        }
        Act::Withdraw => {
            tell::of_module(
                tx,
                found.module.id,
                Event::ModuleWithdrawn,
                (code.as_str(), number),
            )
            .await?
        }
        _ => {}
    }
    let detail = format!("{number} {}", state.key());
    let actor = Actor::Person(who.person);
    audit::record(tx, actor, action(act), ("module", code.as_str()), &detail).await?;
    Ok(Ok(state))
}

async fn agree(tx: &mut Tx, found: &Locked, who: &Reviewer, stage: Stage) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO module_approval (id, module_id, number, stage, person_id, given_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(tx.ambient.uuid().to_string())
    .bind(found.module.id.to_string())
    .bind(found.version.number)
    .bind(stage_key(stage))
    .bind(who.person.to_string())
    .bind(tx.now.micros())
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// Writes the new state, with its instants.
async fn keep(
    tx: &mut Tx,
    module: &str,
    number: i64,
    (act, state): (Act, State),
    reason: &str,
) -> Result<(), StoreError> {
    let when = |is: bool| is.then(|| tx.now.micros());
    let reason = act.takes_a_reason().then(|| reason.to_owned());
    sqlx::query(
        "UPDATE module_version SET state = $1, reason = COALESCE($2, reason),
            published_at = COALESCE(published_at, $3), ended_at = COALESCE(ended_at, $4),
            confirmed_at = COALESCE($5, confirmed_at)
         WHERE module_id = $6 AND number = $7",
    )
    .bind(state.key())
    .bind(reason)
    .bind(when(act == Act::Publish))
    .bind(when(act == Act::Withdraw))
    .bind(when(matches!(act, Act::Publish | Act::Confirm)))
    .bind(module.to_owned())
    .bind(number)
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}
