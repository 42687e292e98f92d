//! A copy, a series across districts.

use domain::district::District;
use domain::ids::{IdempotencyKey, WorkshopId};
use domain::time::Instant;
use domain::workshop::{Session, Venue, WorkshopDraft};

use super::create::insert;
use super::find::load;
use super::row::WorkshopRow;
use crate::audit::Actor;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// The most copies that are made at once.
pub const COPIES_MAX: usize = 30;

impl Store {
    /// Copies a Veranstaltung as drafts, one for each district and start. Every other time moves along, so
    /// that lengths and deadlines stay.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn copy_workshop(
        &self,
        actor: Actor,
        id: WorkshopId,
        copies: &[(District, Instant)],
    ) -> Result<Vec<WorkshopRow>, StoreError> {
        let copies = copies.to_vec();
        self.write(move |tx| Box::pin(async move { make(tx, actor, id, &copies).await }))
            .await
    }

    /// As [`Store::copy_workshop`], for a form with a key: a repeat makes no more copies.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn copy_workshop_once(
        &self,
        actor: Actor,
        id: WorkshopId,
        copies: &[(District, Instant)],
        key: IdempotencyKey,
    ) -> Result<(), StoreError> {
        let copies = copies.to_vec();
        self.write_once(key, move |tx| {
            Box::pin(async move { Ok(make(tx, actor, id, &copies).await?.len().to_string()) })
        })
        .await
        .map(|_| ())
    }
}

async fn make(
    tx: &mut Tx,
    actor: Actor,
    id: WorkshopId,
    copies: &[(District, Instant)],
) -> Result<Vec<WorkshopRow>, StoreError> {
    let original = load(&mut tx.conn, id).await?;
    let mut made = Vec::with_capacity(copies.len());
    for (district, starts_at) in copies.iter().take(COPIES_MAX) {
        let copy = moved(&original.draft, *district, *starts_at);
        made.push(insert(tx, actor, &copy, original.demo).await?);
    }
    Ok(made)
}

/// The same for another district at another time.
pub(super) fn moved(draft: &WorkshopDraft, district: District, starts_at: Instant) -> WorkshopDraft {
    let later = |instant: Instant| instant.along(draft.starts_at, starts_at);
    let mut copy = draft.clone();
    // The first district is where it takes place: elsewhere the house and the way there are other ones.
    if copy.districts.first() != Some(&district) {
        copy.venue = Venue::default();
        copy.access_info = String::new();
    }
    if !copy.districts.is_empty() {
        copy.districts.remove(0);
    }
    copy.districts.retain(|other| *other != district);
    copy.districts.insert(0, district);
    copy.starts_at = starts_at;
    copy.ends_at = later(draft.ends_at);
    let session = |session: &Session| Session {
        starts_at: later(session.starts_at),
        ends_at: later(session.ends_at),
    };
    copy.sessions = draft.sessions.iter().map(session).collect();
    copy.seats.starts_at = starts_at;
    copy.seats.opens_at = later(draft.seats.opens_at);
    copy.seats.closes_at = later(draft.seats.closes_at);
    copy.seats.per_organisation_until = draft.seats.per_organisation_until.map(later);
    copy
}
