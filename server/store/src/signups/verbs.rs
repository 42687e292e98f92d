//! What the owner of a personal link can do.

use std::collections::BTreeSet;

use domain::access_need::AccessNeeds;
use domain::booking::Change;
use domain::booking::{Mode, Place, PlaceState, Reason, Refusal, SeatRules, verbs};
use domain::contact::EmailAddress;
use domain::ids::{IdempotencyKey, WorkshopId};
use domain::mail::Occasion;
use domain::person::PersonName;
use domain::signup::Listing;
use domain::time::Instant;
use sqlx::Row;

use super::forget::{Of, forget_needs};
use super::{change, notice, settle, sign_up};
use crate::audit::{self, Actor};
use crate::read;
use crate::workshops::WorkshopRow;
use crate::workshops::counted::load_counted;
use crate::writer::Tx;
use crate::{Store, StoreError};

impl Store {
    /// Confirms the mail address. Doing it again changes nothing.
    ///
    /// # Errors
    /// When the link is unknown, the time is up, or the database fails.
    pub async fn confirm(&self, token: &str) -> Result<PlaceState, StoreError> {
        self.decide(token, |_, place, now| match (place.state, place.until) {
            (PlaceState::Confirmed, _) | (PlaceState::Waiting, None) => Ok(None),
            _ => verbs::confirm_mail(place, now).map(Some),
        })
        .await
    }

    /// Takes the offered seat. Doing it again changes nothing.
    ///
    /// # Errors
    /// When the link is unknown, the offer has run out, or the database fails.
    pub async fn accept(&self, token: &str) -> Result<PlaceState, StoreError> {
        self.decide(token, |_, place, now| match place.state {
            PlaceState::Confirmed => Ok(None),
            _ => verbs::accept_offer(place, now).map(Some),
        })
        .await
    }

    /// Declines the offer or leaves the waiting list. Doing it again changes nothing.
    ///
    /// # Errors
    /// When the link is unknown, there is nothing to decline, or the database fails.
    pub async fn decline(&self, token: &str) -> Result<PlaceState, StoreError> {
        self.decide(token, |_, place, _| match place.state {
            PlaceState::Declined => Ok(None),
            _ => verbs::decline(place).map(Some),
        })
        .await
    }

    /// Gives the place up. Doing it again changes nothing.
    ///
    /// # Errors
    /// When the link is unknown, the Veranstaltung has started, or the database fails.
    pub async fn cancel(&self, token: &str) -> Result<PlaceState, StoreError> {
        self.decide(token, |rules, place, now| match place.state {
            PlaceState::Cancelled => Ok(None),
            _ => verbs::cancel(rules, place, Reason::CancelledByPerson, now).map(Some),
        })
        .await
    }

    /// From the room to video, or back, if a seat is free there; otherwise the present one is kept.
    ///
    /// # Errors
    /// When the link is unknown, the other mode is full, or the database fails.
    pub async fn change_mode(&self, token: &str, mode: Mode) -> Result<PlaceState, StoreError> {
        let token = token.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let (workshop, place) = locked(tx, &token).await?;
                if place.mode == mode {
                    return Ok(place.state);
                }
                let tally = load_counted(&mut tx.conn, workshop.id).await?.tally;
                let seats = sign_up::seats_of(tx, &workshop, &place.organisation_key).await?;
                let others = seats.saturating_sub(u32::from(place.state.takes_seat()));
                let decided = verbs::change_mode(&workshop.rules(), &tally, others, &place, mode, tx.now)?;
                change::apply_in_mode(tx, &workshop, Actor::Link(place.id), &decided, &place, mode, "")
                    .await?;
                settle::settle(tx, &workshop).await?;
                Ok(decided.to)
            })
        })
        .await
    }

    /// Changes the answers that are nobody else's business but the organiser's.
    ///
    /// # Errors
    /// When the link is unknown or the place has ended, or the database fails.
    pub async fn change_answers(
        &self,
        token: &str,
        needs: AccessNeeds,
        access_needs: &str,
        listing: Listing,
    ) -> Result<(), StoreError> {
        let (token, access_needs) = (token.to_owned(), access_needs.to_owned());
        self.write(move |tx| {
            Box::pin(async move {
                let (_, place) = change::locked_by_token(tx, &token).await?;
                if !place.state.is_active() {
                    return Err(Refusal::WrongState.into());
                }
                let before = sqlx::query("SELECT needs, access_needs FROM sign_up WHERE id = $1")
                    .bind(place.id.to_string())
                    .fetch_one(&mut *tx.conn)
                    .await?;
                let before: (String, String) = (before.try_get(0)?, before.try_get(1)?);
                let changed = before != (needs.keys(), access_needs.clone());
                sqlx::query(
                    "UPDATE sign_up SET access_needs = $1, listing = $2, updated_at = $3, needs = $5 WHERE id = $4",
                )
                .bind(access_needs)
                .bind(listing.key())
                .bind(tx.now.micros())
                .bind(place.id.to_string())
                .bind(needs.keys())
                .execute(&mut *tx.conn)
                .await?;
                if changed {
                    // What the person needed before is told by no mail that waits.
                    forget_needs(tx, Of::Place(place.id)).await?;
                }
                audit::record(
                    tx,
                    Actor::Link(place.id),
                    "answers_changed",
                    ("sign_up", &place.id.to_string()),
                    "",
                )
                .await
            })
        })
        .await
    }

    /// Takes the person off the list that the others see: possible as long as there is a list. Doing it again changes
    /// nothing.
    ///
    /// # Errors
    /// When the link is unknown, or the database fails.
    pub async fn leave_list(&self, token: &str) -> Result<(), StoreError> {
        let token = token.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let (_, place) = change::by_token(tx, &token).await?;
                let changed = sqlx::query(
                    "UPDATE sign_up SET listing = 'nobody', updated_at = $1 WHERE id = $2 AND listing <> 'nobody'",
                )
                .bind(tx.now.micros())
                .bind(place.id.to_string())
                .execute(&mut *tx.conn)
                .await?
                .rows_affected();
                if changed == 0 {
                    return Ok(());
                }
                let object = place.id.to_string();
                audit::record(tx, Actor::Link(place.id), "answers_changed", ("sign_up", &object), "").await
            })
        })
        .await
    }

    /// Hands a place to a colleague of the same Träger: a new name, address and link; the old link ends.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the colleague has a place already; when the link is unknown or the
    /// place is not confirmed; or the database fails.
    pub async fn hand_over(
        &self,
        token: &str,
        name: PersonName,
        email: EmailAddress,
    ) -> Result<(), StoreError> {
        let token = token.to_owned();
        self.write(move |tx| Box::pin(async move { hand_on(tx, &token, &name, &email).await }))
            .await
    }

    /// As [`Store::hand_over`], for a form with a key: a repeat hands on nothing, and is no error although the link has ended.
    ///
    /// # Errors
    /// As [`Store::hand_over`].
    pub async fn hand_over_once(
        &self,
        token: &str,
        name: PersonName,
        email: EmailAddress,
        key: IdempotencyKey,
    ) -> Result<(), StoreError> {
        let token = token.to_owned();
        self.write_once(key, move |tx| {
            Box::pin(async move {
                hand_on(tx, &token, &name, &email).await?;
                Ok(String::new())
            })
        })
        .await
        .map(|_| ())
    }

    /// Lock, load, settle what is due, decide, write, settle.
    async fn decide<D>(&self, token: &str, decide: D) -> Result<PlaceState, StoreError>
    where
        D: FnOnce(&SeatRules, &Place, Instant) -> Result<Option<Change>, Refusal> + Send + 'static,
    {
        let token = token.to_owned();
        let outcome = self
            .write(move |tx| {
                Box::pin(async move {
                    let (workshop, place) = locked(tx, &token).await?;
                    // A refusal is an answer: what was due is settled and stays settled.
                    match decide(&workshop.rules(), &place, tx.now) {
                        Ok(Some(decided)) => {
                            change::apply(tx, &workshop, Actor::Link(place.id), &decided, &place, "").await?;
                            settle::settle(tx, &workshop).await?;
                            Ok(Ok(decided.to))
                        }
                        Ok(None) => Ok(Ok(place.state)),
                        Err(refusal) => Ok(Err(refusal)),
                    }
                })
            })
            .await?;
        Ok(outcome?)
    }
}

/// Gives a place another holder.
async fn hand_on(
    tx: &mut Tx,
    token: &str,
    name: &PersonName,
    email: &EmailAddress,
) -> Result<(), StoreError> {
    let (workshop, place) = locked(tx, token).await?;
    if place.state != PlaceState::Confirmed || tx.now >= workshop.draft.starts_at {
        return Err(Refusal::WrongState.into());
    }
    let key = email.duplicate_key();
    if sign_up::arrival(tx, workshop.id, &key).await?.active.is_some() {
        return Err(StoreError::Duplicate);
    }
    // What the one who hands on is told is read while the row still holds their address.
    let (former, mut handed_on) = notice::facts(tx, &workshop, place.id, Occasion::HandedOn).await?;
    let new_token = tx.ambient.token();
    sqlx::query(
        "UPDATE sign_up SET token = $1, name = $2, email = $3, person_key = $4, access_needs = '', needs = '',
            listing = 'nobody', signed_up_by = name, updated_at = $5
         WHERE id = $6",
    )
    .bind(new_token)
    .bind(name.as_str().to_owned())
    .bind(email.as_str().to_owned())
    .bind(key)
    .bind(tx.now.micros())
    .bind(place.id.to_string())
    .execute(&mut *tx.conn)
    .await?;
    // What the former holder needs is arranged for nobody any more.
    forget_needs(tx, Of::Place(place.id)).await?;
    let decided = Change {
        id: place.id,
        from: place.state,
        to: place.state,
        until: None,
        reason: Reason::HandedOver,
    };
    // Their calendar drops the entry only for a number above that of the invitation.
    handed_on.place.revision = change::history(tx, &decided, place.mode, "", None).await?;
    audit::record(
        tx,
        Actor::Link(place.id),
        "handed_over",
        ("sign_up", &place.id.to_string()),
        "",
    )
    .await?;
    let stamp = tx.now.micros().to_string();
    notice::put(tx, former, Occasion::HandedOn, &stamp, handed_on)?;
    notice::send(tx, &workshop, place.id, Occasion::HandedOver, &stamp, "", "").await
}

/// Gives up every coming place of an address, when its account is deleted, and returns how many. Veranstaltungen are locked in the order of
/// their ids, so that two who delete their accounts never wait for each other; those that have begun, too, and those that are over as
/// long as it is kept what the person needed there: nobody writes a mail about a place, until what it would tell is erased.
///
/// # Errors
/// [`StoreError::Stale`] when the person has come to a further one until all were locked: that one would be locked out of order, so
/// the whole change has to begin anew. Or when the database fails.
pub(crate) async fn cancel_all_of(tx: &mut Tx, email: &str) -> Result<u32, StoreError> {
    let Ok(email) = EmailAddress::parse(email) else {
        return Ok(0);
    };
    let key = email.duplicate_key();
    let theirs = workshops_of(tx, &key).await?;
    for workshop in &theirs {
        tx.lock(&workshop.to_string()).await?;
    }
    if !workshops_of(tx, &key).await?.is_subset(&theirs) {
        return Err(StoreError::Stale);
    }
    let rows = sqlx::query(
        "SELECT sign_up.token, workshop.id FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
         WHERE sign_up.person_key = $1 AND sign_up.state IN ('held', 'confirmed', 'waiting', 'offered')
            AND workshop.starts_at > $2
         ORDER BY workshop.id",
    )
    .bind(key)
    .bind(tx.now.micros())
    .fetch_all(&mut *tx.conn)
    .await?;
    // The same between that look and this one: what came meanwhile is not locked.
    for row in &rows {
        if !theirs.contains(&read::id(row, 1, "workshop")?) {
            return Err(StoreError::Stale);
        }
    }
    let mut cancelled = 0;
    for row in &rows {
        let (workshop, place) = locked(tx, &row.try_get::<String, _>(0)?).await?;
        // Refused is what has ended by itself until it was locked: there is nothing left to give up.
        if let Ok(decided) = verbs::cancel(&workshop.rules(), &place, Reason::CancelledByPerson, tx.now) {
            change::apply(tx, &workshop, Actor::Link(place.id), &decided, &place, "").await?;
            settle::settle(tx, &workshop).await?;
            cancelled += 1;
        }
    }
    Ok(cancelled)
}

/// To which Veranstaltungen the person of this address has come that are not over, or for which it is kept what she needs.
async fn workshops_of(tx: &mut Tx, key: &str) -> Result<BTreeSet<WorkshopId>, StoreError> {
    let rows = sqlx::query(
        "SELECT DISTINCT workshop.id FROM sign_up JOIN workshop ON workshop.id = sign_up.workshop_id
         WHERE sign_up.person_key = $1
            AND (workshop.ends_at > $2 OR sign_up.needs <> '' OR sign_up.access_needs <> '')",
    )
    .bind(key.to_owned())
    .bind(tx.now.micros())
    .fetch_all(&mut *tx.conn)
    .await?;
    rows.iter().map(|row| read::id(row, 0, "workshop")).collect()
}

/// The place behind a link, with its Veranstaltung locked and what is due settled.
async fn locked(tx: &mut Tx, token: &str) -> Result<(WorkshopRow, Place), StoreError> {
    let (workshop, _) = change::by_token(tx, token).await?;
    tx.lock(&workshop.to_string()).await?;
    let counted = load_counted(&mut tx.conn, workshop).await?;
    settle::settle_counted(tx, &counted).await?;
    let (_, place) = change::by_token(tx, token).await?;
    Ok((counted.row, place))
}
