//! Change the description, the seats, the dates.

use domain::access::Event;
use domain::booking::Refusal;
use domain::ids::WorkshopId;
use domain::time::Instant;
use domain::workshop::{Form, Moved, Seen, Status, WorkshopDraft};

use super::create::{content, searched, write_districts};
use super::find::load;
use super::row::WorkshopRow;
use super::run;
use crate::access::tell;
use crate::audit::{self, Actor};
use crate::signups::settle::{settle, settle_places};
use crate::signups::{notice, transfer};
use crate::writer::Tx;
use crate::{Store, StoreError};

impl Store {
    /// Changes a Veranstaltung. More seats promote at once; fewer seats drop nobody. If time or place changed
    /// and `notify` is set, everybody with a place or in line gets a mail, unless it is over. The name in the URL stays. Seats that
    /// went back to those kept back since it was `seen` stay there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Stale`] when it is not as it was `seen` any more;
    /// [`Refusal::NotRunning`] when it was cancelled; [`Refusal::ModuleStays`] when a run that everybody sees would
    /// become one of another module; [`Refusal::ModeTaken`] when people would be left in a mode without seats.
    pub async fn edit_workshop(
        &self,
        actor: Actor,
        id: WorkshopId,
        seen: Seen,
        draft: &WorkshopDraft,
        notify: bool,
    ) -> Result<WorkshopRow, StoreError> {
        let wishes = Wishes { notify, moves: false };
        self.edit(actor, id, seen, draft, wishes).await
    }

    /// As [`Store::edit_workshop`], and everybody who is in a mode that has no seats any more moves to the other one: with the
    /// seat, or in line. Each is told, whether others are notified or not.
    ///
    /// # Errors
    /// As [`Store::edit_workshop`]; [`Refusal::OtherModeTooSmall`] when the other mode does not hold everybody who has a seat.
    pub async fn edit_workshop_and_move(
        &self,
        actor: Actor,
        id: WorkshopId,
        seen: Seen,
        draft: &WorkshopDraft,
        notify: bool,
    ) -> Result<WorkshopRow, StoreError> {
        let wishes = Wishes { notify, moves: true };
        self.edit(actor, id, seen, draft, wishes).await
    }

    async fn edit(
        &self,
        actor: Actor,
        id: WorkshopId,
        seen: Seen,
        draft: &WorkshopDraft,
        wishes: Wishes,
    ) -> Result<WorkshopRow, StoreError> {
        let draft = draft.clone();
        self.write(move |tx| Box::pin(async move { edit(tx, actor, id, seen, draft, wishes).await }))
            .await
    }
}

/// What is to happen besides.
#[derive(Clone, Copy)]
struct Wishes {
    /// People are told what has changed.
    notify: bool,
    /// They move out of a mode that has no seats any more.
    moves: bool,
}

async fn edit(
    tx: &mut Tx,
    actor: Actor,
    id: WorkshopId,
    seen: Seen,
    mut draft: WorkshopDraft,
    wishes: Wishes,
) -> Result<WorkshopRow, StoreError> {
    tx.lock(&id.to_string()).await?;
    let before = load(&mut tx.conn, id).await?;
    if before.version != seen.version {
        return Err(StoreError::Stale);
    }
    seen.carry(&mut draft.seats, &before.draft.seats)
        .map_err(|Moved| StoreError::Stale)?;
    if before.status == Status::Cancelled {
        return Err(Refusal::NotRunning.into());
    }
    if before.status == Status::Draft {
        run::bind(tx, id, &draft).await?;
    } else if before.draft.module != draft.module {
        return Err(Refusal::ModuleStays.into());
    }
    // Who has let the time pass is in no mode any more.
    settle(tx, &before).await?;
    let changed = changed_facts(&before.draft, &draft);
    update(tx, id, &draft, !changed.is_empty()).await?;
    let detail = serde_json::json!({ "changed": changed }).to_string();
    let object = id.to_string();
    audit::record(tx, actor, "workshop_edited", ("workshop", &object), &detail).await?;
    let after = load(&mut tx.conn, id).await?;
    let is_over = tx.now >= after.draft.ends_at;
    let moved = if is_over {
        // How somebody took part is not changed any more.
        Vec::new()
    } else {
        transfer::leave_modes(tx, &after, actor, wishes.moves).await?
    };
    settle_places(tx, &after).await?;
    transfer::tell(tx, &after, &moved).await?;
    if after.status != Status::Published || changed.is_empty() {
        return Ok(after);
    }
    tell::of_run(tx, id, Event::RunChanged).await?;
    if wishes.notify && !is_over {
        let dates_before = dates_before(&before.draft, &after.draft);
        // Who has moved has read where that is. Another time or title is said by name.
        let told = if changed.iter().any(|fact| ["title", "time"].contains(fact)) {
            Vec::new()
        } else {
            transfer::ids(&moved)
        };
        notice::of_edit(tx, &after, &changed.join(","), dates_before, &told).await?;
    }
    Ok(after)
}

/// The facts for which people change their plans: `time`, `place`, `online_link`, `title`.
fn changed_facts(before: &WorkshopDraft, after: &WorkshopDraft) -> Vec<&'static str> {
    [
        ("title", before.title != after.title),
        (
            "time",
            (before.starts_at, before.ends_at, &before.sessions)
                != (after.starts_at, after.ends_at, &after.sessions),
        ),
        ("place", before.venue != after.venue),
        ("online_link", before.online_link != after.online_link),
    ]
    .into_iter()
    .filter_map(|(fact, changed)| changed.then_some(fact))
    .collect()
}

/// How many dates there were, if there are more or fewer now.
fn dates_before(before: &WorkshopDraft, after: &WorkshopDraft) -> Option<usize> {
    let dates = |draft: &WorkshopDraft| draft.sessions.len().max(1);
    Some(dates(before)).filter(|were| *were != dates(after))
}

/// Writes how many seats are kept back. Nobody edits it by that: its version stays, and so do its dates in calendars.
pub(crate) async fn keep_back(tx: &mut Tx, id: WorkshopId, draft: &WorkshopDraft) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE workshop SET content = $1, reserved_on_site = $2, reserved_online = $3 WHERE id = $4",
    )
    .bind(content(draft)?)
    .bind(i64::from(draft.seats.on_site.reserved))
    .bind(i64::from(draft.seats.online.reserved))
    .bind(id.to_string())
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// Writes a draft into its row; `moved` lets its number for calendars grow.
async fn update(tx: &mut Tx, id: WorkshopId, draft: &WorkshopDraft, moved: bool) -> Result<(), StoreError> {
    let seats = &draft.seats;
    sqlx::query(
        "UPDATE workshop SET kind = $1, form = $2, title = $3, content = $4, search = $5, starts_at = $6,
            ends_at = $7, opens_at = $8, closes_at = $9, capacity_on_site = $10, reserved_on_site = $11,
            capacity_online = $12, reserved_online = $13, per_organisation_max = $14, per_organisation_until = $15,
            sequence = sequence + $16, version = version + 1, updated_at = $17
         WHERE id = $18",
    )
    .bind(draft.kind.key())
    .bind(Form::of(seats).key())
    .bind(draft.title.clone())
    .bind(content(draft)?)
    .bind(searched(draft))
    .bind(draft.starts_at.micros())
    .bind(draft.ends_at.micros())
    .bind(seats.opens_at.micros())
    .bind(seats.closes_at.micros())
    .bind(i64::from(seats.on_site.capacity))
    .bind(i64::from(seats.on_site.reserved))
    .bind(i64::from(seats.online.capacity))
    .bind(i64::from(seats.online.reserved))
    .bind(seats.per_organisation_max.map(i64::from))
    .bind(seats.per_organisation_until.map(Instant::micros))
    .bind(i64::from(moved))
    .bind(tx.now.micros())
    .bind(id.to_string())
    .execute(&mut *tx.conn)
    .await?;
    write_districts(tx, id, draft).await
}
