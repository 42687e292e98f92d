//! After every change: expire, then promote, in the same transaction.

use domain::booking::settle::promotion_is_open;
use domain::booking::{Mode, Tally};
use domain::ids::WorkshopId;
use domain::time::Instant;
use sqlx::Row;

use super::change;
use crate::audit::Actor;
use crate::workshops::WorkshopRow;
use crate::workshops::counted::{Counted, load_counted};
use crate::writer::Tx;
use crate::{Store, StoreError};

/// How many Veranstaltungen one round of the job settles at most.
const ROUND_MAX: i64 = 50;

/// What settling did, and who is there afterwards.
pub(crate) struct Settled {
    /// How many places changed.
    pub changed: usize,
    /// Who has a seat, who waits.
    pub tally: Tally,
}

/// Counts and settles one Veranstaltung that is locked.
pub(crate) async fn settle(tx: &mut Tx, workshop: &WorkshopRow) -> Result<Settled, StoreError> {
    let counted = load_counted(&mut tx.conn, workshop.id).await?;
    settle_counted(tx, &counted).await
}

/// Settles one Veranstaltung that is locked, and was counted under that lock.
///
/// People are counted first, on an index; the places themselves are read only when something can change, so
/// that a rush of sign-ups does not read the whole list again and again.
pub(crate) async fn settle_counted(tx: &mut Tx, counted: &Counted) -> Result<Settled, StoreError> {
    let tally = counted.tally;
    let something_is_due = counted.deadline.is_some_and(|deadline| deadline <= tx.now);
    if !something_is_due && !somebody_could_move_up(&counted.row, &tally, tx.now) {
        return Ok(Settled { changed: 0, tally });
    }
    settle_places(tx, &counted.row).await
}

/// Settles one Veranstaltung that is locked, looking at every place: its dates may have moved.
pub(crate) async fn settle_places(tx: &mut Tx, workshop: &WorkshopRow) -> Result<Settled, StoreError> {
    let places = change::active(tx, workshop.id).await?;
    let changes = domain::booking::settle(&workshop.rules(), &places, tx.now);
    let mut places: std::collections::HashMap<_, _> =
        places.into_iter().map(|place| (place.id, place)).collect();
    for decided in &changes {
        if let Some(place) = places.get_mut(&decided.id) {
            change::apply(tx, workshop, Actor::System, decided, place, "").await?;
            domain::booking::settle::apply(place, decided);
        }
    }
    Ok(Settled {
        changed: changes.len(),
        tally: Tally::of(&places.into_values().collect::<Vec<_>>()),
    })
}

fn somebody_could_move_up(workshop: &WorkshopRow, tally: &Tally, now: Instant) -> bool {
    let rules = workshop.rules();
    promotion_is_open(&rules, now)
        && Mode::ALL
            .into_iter()
            .any(|mode| tally.open_seats(&rules, mode) > 0 && tally.mode(mode).waiting > 0)
}

/// What is settled in a round: first where a deadline has passed, the longest first; then where a limit per Träger has ended
/// while people wait, the newest end first. Those stay on the list until sign-up closes, mostly with nothing to do.
const DUE: &str = "SELECT id FROM (
        SELECT workshop_id AS id, 0 AS kind, MIN(until) AS turn FROM sign_up
        WHERE until IS NOT NULL AND until <= $1 GROUP BY workshop_id
        UNION ALL
        SELECT workshop.id, 1, -workshop.per_organisation_until FROM workshop
        WHERE workshop.status = 'published' AND workshop.closes_at > $1
            AND workshop.per_organisation_until IS NOT NULL AND workshop.per_organisation_until <= $1
            AND EXISTS (SELECT 1 FROM sign_up WHERE sign_up.workshop_id = workshop.id AND sign_up.state = 'waiting')
    ) AS due
    GROUP BY id ORDER BY MIN(kind), MIN(turn), id LIMIT $2";

impl Store {
    /// Settles every Veranstaltung in which a deadline has passed, or in which a limit per Träger has ended
    /// while people wait. Returns how many places changed. One that cannot be settled keeps no other one waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_due(&self) -> Result<usize, StoreError> {
        let now = self.ambient().now().micros();
        let rows = sqlx::query(DUE)
            .bind(now)
            .bind(ROUND_MAX)
            .fetch_all(self.readers())
            .await?;
        let mut changed = 0;
        let mut failed = None;
        for row in &rows {
            let id =
                WorkshopId::parse(&row.try_get::<String, _>(0)?).map_err(|_| StoreError::Inconsistent {
                    table: "sign_up",
                    column: "workshop_id",
                })?;
            let outcome = self.write(move |tx| {
                Box::pin(async move {
                    tx.lock(&id.to_string()).await?;
                    let counted = load_counted(&mut tx.conn, id).await?;
                    settle_counted(tx, &counted).await.map(|settled| settled.changed)
                })
            });
            match outcome.await {
                Ok(count) => changed += count,
                Err(error) => {
                    tracing::warn!(workshop = %id, %error, "a Veranstaltung could not be settled");
                    failed = failed.or(Some(error));
                }
            }
        }
        failed.map_or(Ok(changed), Err)
    }

    /// When the next hold, offer or unconfirmed entry ends.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_deadline(&self) -> Result<Option<Instant>, StoreError> {
        let row = sqlx::query("SELECT MIN(until) FROM sign_up WHERE until IS NOT NULL")
            .fetch_one(self.readers())
            .await?;
        Ok(row.try_get::<Option<i64>, _>(0)?.map(Instant))
    }
}
