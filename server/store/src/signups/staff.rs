//! What the office can do with sign-ups.

use domain::access_need::AccessNeeds;
use domain::booking::{Mode, PlaceState, Reason, Refusal, verbs};
use domain::district::District;
use domain::ids::{IdempotencyKey, PersonId, SignUpId, WorkshopId};
use domain::mail::Occasion;
use domain::signup::{Listing, SignUpRequest};
use domain::time::Instant;
use sqlx::{AnyConnection, Row};

use super::sign_up::{Entry, arrival, enter};
use super::{change, notice, reserved, settle};
use crate::audit::{self, Actor};
use crate::workshops::find::load;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// The most sign-ups that a list or an export holds.
pub const SIGN_UPS_MAX: i64 = 5_000;

/// Which sign-ups a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignUpFilter {
    /// Only in this state.
    pub state: Option<PlaceState>,
    /// Only in this mode.
    pub mode: Option<Mode>,
    /// Only with this in name, address or Träger, lower case.
    pub text: String,
    /// For whom access needs are read; they are, if this person arranges them (`access_duty`).
    pub arranger: Option<PersonId>,
}

/// One sign-up as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUpRow {
    /// Which sign-up.
    pub id: SignUpId,
    /// How the person is called.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// The Träger.
    pub organisation: String,
    /// The district.
    pub district: Option<District>,
    /// In the room or by video.
    pub mode: Mode,
    /// Where it stands.
    pub state: PlaceState,
    /// When the hold or offer ends.
    pub until: Option<Instant>,
    /// The numbered seat.
    pub seat_no: Option<i64>,
    /// Order of the waiting list.
    pub queue_no: i64,
    /// Access needs, ticked and typed, for whoever arranges them.
    pub access_needs: Option<String>,
    /// Who sees the person on the list.
    pub listing: Listing,
    /// Who filled in the form for the person.
    pub signed_up_by: Option<String>,
    /// When the person signed up.
    pub created_at: Instant,
    /// Whether a mail to this address came back, of those that are still kept.
    pub bounced: bool,
}

impl Store {
    /// The sign-ups of a Veranstaltung: confirmed first, then the line.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sign_ups(
        &self,
        workshop: WorkshopId,
        filter: &SignUpFilter,
    ) -> Result<Vec<SignUpRow>, StoreError> {
        let mut connection = self.readers().acquire().await?;
        list(&mut connection, workshop, filter).await
    }

    /// Enters a person, above the limit if need be, with a reason that is logged. A seat that is kept back for speakers and the team
    /// is used first.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when the person has a place; when it is not running or has no such seats; or the database
    /// fails.
    pub async fn staff_add(
        &self,
        actor: Actor,
        workshop: WorkshopId,
        request: SignUpRequest,
        reason: &str,
    ) -> Result<SignUpId, StoreError> {
        let reason = reason.to_owned();
        self.write(move |tx| Box::pin(async move { add(tx, actor, workshop, &request, &reason).await }))
            .await
    }

    /// As [`Store::staff_add`], for a form with a key: a repeat enters nobody, and gets the first answer.
    ///
    /// # Errors
    /// As [`Store::staff_add`]; [`Refusal::FormSpent`] when the form was sent before, and that place has ended since.
    pub async fn staff_add_once(
        &self,
        actor: Actor,
        workshop: WorkshopId,
        request: SignUpRequest,
        reason: &str,
        key: IdempotencyKey,
    ) -> Result<SignUpId, StoreError> {
        let reason = reason.to_owned();
        let id = self
            .write_once(key, move |tx| {
                Box::pin(async move {
                    let id = add(tx, actor, workshop, &request, &reason).await?;
                    Ok(id.to_string())
                })
            })
            .await?;
        let row = sqlx::query("SELECT state FROM sign_up WHERE id = $1")
            .bind(id.clone())
            .fetch_optional(self.readers())
            .await?;
        let state = row.map(|row| row.try_get::<String, _>(0)).transpose()?;
        match state.as_deref().and_then(PlaceState::parse) {
            Some(state) if state.is_active() => SignUpId::parse(&id).map_err(|_| StoreError::Inconsistent {
                table: "idempotency",
                column: "answer",
            }),
            _ => Err(Refusal::FormSpent.into()),
        }
    }

    /// Gives a waiting person a seat out of turn, with a reason that the person sees in the history.
    ///
    /// # Errors
    /// When the person does not wait, or the database fails.
    pub async fn move_up(&self, actor: Actor, id: SignUpId, reason: &str) -> Result<(), StoreError> {
        let reason = reason.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let (workshop, _) = change::by_id(tx, id).await?;
                tx.lock(&workshop.to_string()).await?;
                let workshop = load(&mut tx.conn, workshop).await?;
                let (_, place) = change::by_id(tx, id).await?;
                let decided = verbs::move_up(&workshop.rules(), &place)?;
                change::apply(tx, &workshop, actor, &decided, &place, &reason).await?;
                settle::settle(tx, &workshop).await.map(|_| ())
            })
        })
        .await
    }

    /// Takes a place back, with a reason that the person is told.
    ///
    /// # Errors
    /// When the place has ended, or the database fails.
    pub async fn staff_cancel(&self, actor: Actor, id: SignUpId, reason: &str) -> Result<(), StoreError> {
        let reason = reason.to_owned();
        self.write(move |tx| {
            Box::pin(async move {
                let (workshop, _) = change::by_id(tx, id).await?;
                tx.lock(&workshop.to_string()).await?;
                let workshop = load(&mut tx.conn, workshop).await?;
                let (_, place) = change::by_id(tx, id).await?;
                let decided = verbs::cancel(&workshop.rules(), &place, Reason::CancelledByStaff, tx.now)?;
                change::apply(tx, &workshop, actor, &decided, &place, &reason).await?;
                settle::settle(tx, &workshop).await.map(|_| ())
            })
        })
        .await
    }

    /// Mails a message to everybody in these states, each alone. Returns how many; nobody: nothing was done. The form's key makes a
    /// repeat harmless.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn message_group(
        &self,
        actor: Actor,
        workshop: WorkshopId,
        states: &[PlaceState],
        key: &str,
        subject: &str,
        text: &str,
    ) -> Result<usize, StoreError> {
        let (states, key) = (states.to_vec(), key.to_owned());
        let (subject, text) = (subject.to_owned(), text.to_owned());
        self.write(move |tx| {
            Box::pin(async move {
                // Nobody hands a place on between the look at it and the mail about it.
                tx.lock(&workshop.to_string()).await?;
                let workshop = load(&mut tx.conn, workshop).await?;
                let places = change::active(tx, workshop.id).await?;
                let mut sent = 0;
                for place in places.iter().filter(|place| states.contains(&place.state)) {
                    notice::send(
                        tx,
                        &workshop,
                        place.id,
                        Occasion::StaffMessage,
                        &key,
                        &subject,
                        &text,
                    )
                    .await?;
                    sent += 1;
                }
                if sent == 0 {
                    return Ok(0);
                }
                let detail = format!("{sent}");
                audit::record(
                    tx,
                    actor,
                    "message_sent",
                    ("workshop", &workshop.id.to_string()),
                    &detail,
                )
                .await?;
                Ok(sent)
            })
        })
        .await
    }
}

/// Enters a person who has no place.
async fn add(
    tx: &mut Tx,
    actor: Actor,
    workshop: WorkshopId,
    request: &SignUpRequest,
    reason: &str,
) -> Result<SignUpId, StoreError> {
    tx.lock(&workshop.to_string()).await?;
    let workshop = load(&mut tx.conn, workshop).await?;
    verbs::enter_by_staff(&workshop.rules(), request.mode)?;
    let key = request.attendee.email.duplicate_key();
    let arrival = arrival(tx, workshop.id, &key).await?;
    if arrival.active.is_some() {
        return Err(StoreError::Duplicate);
    }
    let entry = Entry {
        attendee: &request.attendee,
        request,
        needs: &request.needs,
        access_needs: &request.access_needs,
        topic: None,
        entered_by: request.entered_by(true),
        group: None,
        mode: request.mode,
        state: PlaceState::Confirmed,
        queue_no: arrival.queue_no,
        position: None,
        until: None,
        reason: Reason::AddedByStaff,
        note: reason,
        actor,
    };
    let (id, _) = enter(tx, &workshop, &entry).await?;
    reserved::take(tx, actor, workshop.id, id, request.mode).await?;
    settle::settle(tx, &workshop).await?;
    Ok(id)
}

/// Reads the list. Needs leave the database only for somebody who arranges them there: no caller can forget to ask.
pub(super) async fn list(
    connection: &mut AnyConnection,
    workshop: WorkshopId,
    filter: &SignUpFilter,
) -> Result<Vec<SignUpRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, name, email, organisation, district, mode, state, until, seat_no, queue_no,
            listing, signed_up_by, created_at,
            CASE WHEN duty.people > 0 THEN access_needs ELSE NULL END, CASE WHEN duty.people > 0 THEN needs ELSE NULL END,
            (SELECT COUNT(*) FROM outbox WHERE outbox.about_id = sign_up.id AND outbox.bounced_at IS NOT NULL
                AND outbox.recipient = sign_up.email)
         FROM sign_up CROSS JOIN (SELECT COUNT(*) AS people FROM access_duty
            WHERE workshop_id = $2 AND person_id = $1 AND ended_at IS NULL) AS duty
         WHERE workshop_id = $2 AND ($3 = '' OR state = $3) AND ($4 = '' OR mode = $4)
         ORDER BY CASE state WHEN 'confirmed' THEN 0 WHEN 'held' THEN 1 WHEN 'offered' THEN 2
            WHEN 'waiting' THEN 3 ELSE 4 END, queue_no, id
         LIMIT $5",
    )
    .bind(filter.arranger.map(|person| person.to_string()).unwrap_or_default())
    .bind(workshop.to_string())
    .bind(filter.state.map(PlaceState::key).unwrap_or_default())
    .bind(filter.mode.map(Mode::key).unwrap_or_default())
    .bind(SIGN_UPS_MAX)
    .fetch_all(connection)
    .await?;
    let wanted = filter.text.to_lowercase();
    let rows = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().filter(|row| fits(row, &wanted)).collect())
}

fn fits(row: &SignUpRow, wanted: &str) -> bool {
    wanted.is_empty()
        || [&row.name, &row.email, &row.organisation]
            .into_iter()
            .any(|text| text.to_lowercase().contains(wanted))
}

fn read(row: &sqlx::any::AnyRow) -> Result<SignUpRow, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "sign_up",
        column,
    };
    Ok(SignUpRow {
        id: SignUpId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
        name: row.try_get(1)?,
        email: row.try_get(2)?,
        organisation: row.try_get(3)?,
        district: District::parse(&row.try_get::<String, _>(4)?),
        mode: Mode::parse(&row.try_get::<String, _>(5)?).ok_or_else(|| wrong("mode"))?,
        state: PlaceState::parse(&row.try_get::<String, _>(6)?).ok_or_else(|| wrong("state"))?,
        until: row.try_get::<Option<i64>, _>(7)?.map(Instant),
        seat_no: row.try_get(8)?,
        queue_no: row.try_get(9)?,
        listing: Listing::parse(&row.try_get::<String, _>(10)?),
        signed_up_by: row.try_get(11)?,
        created_at: Instant(row.try_get(12)?),
        bounced: row.try_get::<i64, _>(15)? > 0,
        access_needs: match (
            row.try_get::<Option<String>, _>(13)?,
            row.try_get::<Option<String>, _>(14)?,
        ) {
            (Some(typed), Some(keys)) => {
                let needs = AccessNeeds::parse_text(&keys).ok_or_else(|| wrong("needs"))?;
                Some(needs.with_text(&typed))
            }
            _ => None,
        },
    })
}
