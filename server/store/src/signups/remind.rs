//! Mails about a Veranstaltung that nobody's act causes: shortly before it, and after it.

use domain::ids::{SignUpId, WorkshopId};
use domain::mail::Occasion;
use domain::time::Instant;
use domain::working_time::next_working_morning;
use domain::workshop::Status;
use sqlx::{AnyConnection, Row};

use super::notice::{self, MailFacts, ResultsFacts};
use crate::certificates::find::code_of_place;
use crate::workshops::WorkshopRow;
use crate::workshops::find::load;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// Before its start people are reminded of a Veranstaltung: three days leave time to hand a seat on.
pub const REMIND_BEFORE_HOURS: i64 = 72;
/// Who was told everything later than this before the start is not reminded: it would be the same mail again, a day later.
pub const REMIND_TOLD_HOURS_MIN: i64 = 96;
/// What has been over for longer than this is left alone, so that a new version of the software writes to nobody about the
/// past. Longer than any row of days on which nobody works.
pub const THANK_DAYS_MAX: i64 = 7;
/// Places that one round looks at for each of the two occasions.
pub const ROUND_PLACES_MAX: i64 = 200;

/// Boards that a mail names.
const BOARDS_MAX: i64 = 5;

/// Confirmed places in what starts between `$1` and `$2`, whose newest line of history is not younger than `$5` before the
/// start, and that were not reminded of this start. Each line of the history of a confirmed place came with a mail that told
/// everything: confirmed, moved up, taken over, the other mode.
const BEFORE: &str = "SELECT sign_up.id, sign_up.workshop_id, workshop.starts_at
    FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
    WHERE workshop.status = 'published' AND workshop.starts_at > $1 AND workshop.starts_at <= $2
        AND sign_up.state = 'confirmed' AND sign_up.email <> ''
        AND (SELECT MAX(at) FROM sign_up_history WHERE sign_up_id = sign_up.id) <= workshop.starts_at - $5
        AND NOT EXISTS (SELECT 1 FROM outbox
            WHERE unique_key = 'reminder:' || sign_up.id || ':' || CAST(workshop.starts_at AS TEXT))
        AND ($3 = '' OR workshop.id = $3)
    ORDER BY workshop.starts_at, sign_up.id LIMIT $4";

/// Confirmed places in what ended between `$1` and `$2` and were not thanked. What ended first is due first.
const AFTER: &str = "SELECT sign_up.id, sign_up.workshop_id, workshop.ends_at
    FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
    WHERE workshop.status = 'published' AND workshop.ends_at > $1 AND workshop.ends_at <= $2
        AND sign_up.state = 'confirmed' AND sign_up.email <> ''
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE unique_key = 'thank_you:' || sign_up.id || ':once')
        AND ($3 = '' OR workshop.id = $3)
    ORDER BY workshop.ends_at, sign_up.id LIMIT $4";

/// One place that is due.
struct Due {
    place: SignUpId,
    workshop: WorkshopId,
    /// Start or end of the Veranstaltung, by the occasion.
    at: Instant,
}

impl Store {
    /// Writes to people with a confirmed place, and to nobody else: once before the start, with everything one needs, and once
    /// after the end, on the next working morning, with thanks and where to find what came out of it. Returns how many were
    /// written to in this round; [`ROUND_PLACES_MAX`] or more: there may be others.
    ///
    /// - Before: from [`REMIND_BEFORE_HOURS`] before the start until the start. Who was told everything about the place less
    ///   than [`REMIND_TOLD_HOURS_MIN`] before the start is not reminded. When the start is moved, there is one reminder of
    ///   the new one.
    /// - After: not once it has been over for [`THANK_DAYS_MAX`].
    /// - A Veranstaltung that was cancelled, or is a draft, has neither.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remind_of_workshops(&self) -> Result<usize, StoreError> {
        let mut told = 0;
        let mut failed = None;
        for occasion in [Occasion::Reminder, Occasion::ThankYou] {
            let now = self.ambient().now();
            let mut connection = self.readers().acquire().await?;
            let due = due(&mut connection, occasion, now, None).await?;
            drop(connection);
            let mut workshops: Vec<WorkshopId> = due.into_iter().map(|one| one.workshop).collect();
            workshops.dedup();
            for id in workshops {
                let outcome = self.write(move |tx| Box::pin(async move { tell(tx, occasion, id).await }));
                // One that cannot be told of does not keep the others waiting.
                match outcome.await {
                    Ok(count) => told += count,
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
        }
        failed.map_or(Ok(told), Err)
    }
}

/// Writes to those of one Veranstaltung who are due, under its lock: what was read before it may have changed.
async fn tell(tx: &mut Tx, occasion: Occasion, id: WorkshopId) -> Result<usize, StoreError> {
    tx.lock(&id.to_string()).await?;
    let workshop = load(&mut tx.conn, id).await?;
    if workshop.status != Status::Published {
        return Ok(0);
    }
    let now = tx.now;
    let due = due(&mut tx.conn, occasion, now, Some(id)).await?;
    let results = results(tx, occasion, id).await?;
    for one in &due {
        let key = match occasion {
            // A start that is moved is another one.
            Occasion::Reminder => one.at.micros().to_string(),
            _ => "once".to_owned(),
        };
        let (to, mut facts) = notice::facts(tx, &workshop, one.place, occasion).await?;
        complete(tx, &workshop, occasion, &mut facts, &results).await?;
        notice::put(tx, to, occasion, &key, facts)?;
    }
    Ok(due.len())
}

/// Adds what only these mails tell: before the start what happens when, after the end what came out of it.
pub(super) async fn complete(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    occasion: Occasion,
    facts: &mut MailFacts,
    results: &[ResultsFacts],
) -> Result<(), StoreError> {
    match occasion {
        Occasion::Reminder => facts.agenda.clone_from(&workshop.draft.agenda),
        Occasion::ThankYou => {
            facts.results = results.to_vec();
            facts.certificate = code_of_place(&mut tx.conn, &facts.place.id).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn due(
    connection: &mut AnyConnection,
    occasion: Occasion,
    now: Instant,
    only: Option<WorkshopId>,
) -> Result<Vec<Due>, StoreError> {
    let (sql, from, until) = match occasion {
        Occasion::Reminder => (BEFORE, now, now.plus_hours(REMIND_BEFORE_HOURS)),
        _ => (AFTER, now.plus_hours(-THANK_DAYS_MAX * 24), now),
    };
    let query = sqlx::query(sql)
        .bind(from.micros())
        .bind(until.micros())
        .bind(only.map(|id| id.to_string()).unwrap_or_default())
        .bind(ROUND_PLACES_MAX);
    let query = match occasion {
        Occasion::Reminder => query.bind(Instant(0).plus_hours(REMIND_TOLD_HOURS_MIN).micros()),
        _ => query,
    };
    let rows = query.fetch_all(connection).await?;
    let wrong = |column| StoreError::Inconsistent {
        table: "sign_up",
        column,
    };
    let mut due = Vec::with_capacity(rows.len());
    for row in &rows {
        let at = Instant(row.try_get(2)?);
        if occasion == Occasion::ThankYou && next_working_morning(at) > now {
            continue;
        }
        due.push(Due {
            place: SignUpId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
            workshop: WorkshopId::parse(&row.try_get::<String, _>(1)?).map_err(|_| wrong("workshop_id"))?,
            at,
        });
    }
    Ok(due)
}

/// Where to read what came out of the boards of a Veranstaltung, if the mail tells that.
pub(super) async fn results(
    tx: &mut Tx,
    occasion: Occasion,
    id: WorkshopId,
) -> Result<Vec<ResultsFacts>, StoreError> {
    if occasion != Occasion::ThankYou {
        return Ok(Vec::new());
    }
    let rows =
        sqlx::query("SELECT slug, title FROM board WHERE workshop_id = $1 ORDER BY created_at, id LIMIT $2")
            .bind(id.to_string())
            .bind(BOARDS_MAX)
            .fetch_all(&mut *tx.conn)
            .await?;
    rows.iter()
        .map(|row| {
            Ok(ResultsFacts {
                slug: row.try_get(0)?,
                title: row.try_get(1)?,
            })
        })
        .collect()
}
