//! What staff corrects of a board after it was made. Its name in the URL stays: it is printed, and links lead there.

use std::collections::BTreeSet;

use domain::board::{Correction, CorrectionRefusal, correct};
use domain::ids::{BoardId, WorkshopId};
use sqlx::Row;

use super::archive::platform;
use super::held::Held;
use super::topics;
use crate::audit::{self, Actor};
use crate::writer::Tx;
use crate::{Store, StoreError};

impl Store {
    /// Corrects how a board is called, how many votes each member may give, and to which Veranstaltung it belongs, and tells who
    /// follows it. What was proposed for another Veranstaltung comes onto it. `seen` is how often something had been corrected when
    /// the form was made; a form that is sent again changes nothing more.
    ///
    /// # Errors
    /// When the board or the Veranstaltung is not there, or the database fails. What the rules forbid is an answer.
    pub async fn correct_board(
        &self,
        by: Actor,
        board: BoardId,
        seen: u32,
        correction: &Correction,
        workshop: Option<WorkshopId>,
    ) -> Result<Result<(), CorrectionRefusal>, StoreError> {
        let correction = correction.clone();
        self.write(move |tx| Box::pin(async move { run(tx, by, board, (seen, &correction), workshop).await }))
            .await
    }
}

async fn run(
    tx: &mut Tx,
    by: Actor,
    board: BoardId,
    (seen, correction): (u32, &Correction),
    workshop: Option<WorkshopId>,
) -> Result<Result<(), CorrectionRefusal>, StoreError> {
    let id = board.to_string();
    let before = topics::workshop_of(tx, board).await?;
    if workshop != before {
        // In one order, whoever goes the other way. What is proposed at the same moment is there already, or finds the board.
        let both: BTreeSet<WorkshopId> = before.into_iter().chain(workshop).collect();
        for one in both {
            tx.lock(&one.to_string()).await?;
        }
    }
    let mut held = Held::take(tx, board).await?;
    if topics::workshop_of(tx, board).await? != before {
        return Ok(Err(CorrectionRefusal::ChangedSince));
    }
    let changed = changed(tx, &id, &held, correction, workshop != before).await?;
    if changed.is_empty() {
        return Ok(Ok(()));
    }
    let event = match correct(&held.board, correction, seen) {
        Ok(event) => event,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some(before) = before.filter(|before| Some(*before) != workshop)
        && topics::stand_on(tx, &held, before, board).await?
    {
        return Ok(Err(CorrectionRefusal::TopicsThere));
    }
    held.record(tx, platform(), event).await?;
    sqlx::query("UPDATE board SET title = $1, lead = $2, workshop_id = $3 WHERE id = $4")
        .bind(correction.title.clone())
        .bind(correction.lead.clone())
        .bind(workshop.map(|workshop| workshop.to_string()))
        .bind(&id)
        .execute(&mut *tx.conn)
        .await?;
    if let Some(workshop) = workshop.filter(|workshop| Some(*workshop) != before) {
        topics::bring_onto(tx, &mut held, workshop, board).await?;
    }
    held.keep(tx).await?;
    audit::record(tx, by, "board_corrected", ("board", &id), &changed.join(" ")).await?;
    Ok(Ok(()))
}

/// What is another one now, by field.
async fn changed(
    tx: &mut Tx,
    id: &str,
    held: &Held,
    correction: &Correction,
    moves: bool,
) -> Result<Vec<&'static str>, StoreError> {
    let row = sqlx::query("SELECT title, lead FROM board WHERE id = $1")
        .bind(id.to_owned())
        .fetch_one(&mut *tx.conn)
        .await?;
    let (title, lead): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let votes = correction.votes;
    let fields = [
        ("title", title != correction.title),
        ("lead", lead != correction.lead),
        (
            "votes",
            votes.is_some_and(|votes| votes != held.board.settings.votes_max),
        ),
        ("workshop", moves),
    ];
    Ok(fields
        .into_iter()
        .filter(|(_, is)| *is)
        .map(|(field, _)| field)
        .collect())
}
