//! A newcomer, perhaps with colleagues: a seat, the waiting list, or the reason why neither.

use domain::access_need::AccessNeeds;
use domain::booking::admit::{check_open, is_over_limit};
use domain::booking::rules::CONFIRM_WINDOW_WORKING_HOURS;
use domain::booking::{Admission, Change, Mode, PlaceState, Reason, Refusal, Tally, admit};
use domain::ids::{IdempotencyKey, PersonId, SignUpId, WorkshopId};
use domain::person::PersonName;
use domain::signup::{Attendee, Listing, SignUpRequest};
use domain::time::Instant;
use domain::working_time::plus_working_hours;
use serde::{Deserialize, Serialize};
use sqlx::Row;

use super::notice::PlaceFacts;
use super::{change, links, notice, settle};
use crate::audit::{self, Actor};
use crate::engine::Locking;
use crate::once;
use crate::topics;
use crate::workshops::WorkshopRow;
use crate::workshops::counted::load_counted;
use crate::writer::Tx;
use crate::{Store, StoreError};

/// A checked sign-up and who sends it.
#[derive(Clone, Debug)]
pub struct SignUpCommand {
    /// For which Veranstaltung.
    pub workshop: WorkshopId,
    /// Who, how, with whom.
    pub request: SignUpRequest,
    /// The form's key: a repeat gets the first answer.
    pub key: IdempotencyKey,
    /// The signed-in person, whose own address needs no confirmation.
    pub viewer: Option<PersonId>,
}

/// What became of a sign-up. The first answer is kept for repeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpAnswer {
    /// The people, the one of the form first.
    pub people: Vec<Answered>,
}

/// What became of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// The sign-up.
    pub id: String,
    /// Whether it was made now. If not, the person had a place already and is mailed the link again; everything else here is what
    /// somebody without a place would have got, so that the form does not tell who has one (S4).
    pub is_new: bool,
    /// The personal link's token, only for a signed-in person's own place: everybody else gets it by mail.
    pub token: Option<String>,
    /// Where it stands.
    pub state: PlaceState,
    /// The position on the waiting list.
    pub position: Option<i64>,
    /// Whether the person waits because the Träger has all that it may have for now, whether seats are free or not.
    pub is_over_limit: bool,
    /// Until when the address has to be confirmed.
    pub until: Option<Instant>,
}

impl Store {
    /// Signs people up. Decides, counts and writes in one transaction under the lock of the Veranstaltung.
    ///
    /// # Errors
    /// [`StoreError::Refused`] when sign-up is not open for this mode, or when the form was sent before and that place has ended
    /// since; or the database fails.
    pub async fn sign_up(&self, command: SignUpCommand) -> Result<SignUpAnswer, StoreError> {
        // Only the tests that show what the lock is for count outside of it.
        let stale = match self.locking() {
            Locking::On => None,
            Locking::Off => {
                let mut connection = self.readers().acquire().await?;
                Some(load_counted(&mut connection, command.workshop).await?.tally)
            }
        };
        let key = command.key.to_string();
        let outcome = self.write(move |tx| Box::pin(run(tx, command, stale))).await;
        match outcome {
            Ok(answer) => Ok(answer),
            // A repeat: what it did was undone again, and it gets the answer of the first time, whatever has
            // become of the Veranstaltung since. Looking first would cost every first time.
            Err(error) => match self.signed_up_before(&key).await? {
                Some(answer) if self.has_ended(&answer).await? => Err(Refusal::FormSpent.into()),
                Some(answer) => Ok(answer),
                None => Err(error),
            },
        }
    }

    /// What the form with this key was answered.
    async fn signed_up_before(&self, key: &str) -> Result<Option<SignUpAnswer>, StoreError> {
        let answer = self.first_answer(key).await?;
        answer
            .map(|answer| serde_json::from_str(&answer).map_err(|_| UNREADABLE))
            .transpose()
    }

    /// Whether the place of the first person has ended: then the answer is no longer true. Of a place that the form did not make, the
    /// answer holds no longer than it would have for somebody without one, so that a repeat does not tell who has one (S4).
    async fn has_ended(&self, answer: &SignUpAnswer) -> Result<bool, StoreError> {
        let Some(first) = answer.people.first() else {
            return Ok(false);
        };
        let now = self.ambient().now();
        if !first.is_new && first.until.is_some_and(|until| until <= now) {
            return Ok(true);
        }
        let row = sqlx::query(
            "SELECT 1 FROM sign_up WHERE id = $1 AND state IN ('held', 'confirmed', 'waiting', 'offered')
                AND (until IS NULL OR until > $2)",
        )
        .bind(first.id.clone())
        .bind(now.micros())
        .fetch_optional(self.readers())
        .await?;
        Ok(row.is_none())
    }
}

const UNREADABLE: StoreError = StoreError::Inconsistent {
    table: "idempotency",
    column: "answer",
};

async fn run(tx: &mut Tx, command: SignUpCommand, stale: Option<Tally>) -> Result<SignUpAnswer, StoreError> {
    if stale.is_none() {
        tx.lock(&command.workshop.to_string()).await?;
    }
    let key = command.key.to_string();
    let found = load_counted(&mut tx.conn, command.workshop).await?;
    let mut tally = match stale {
        Some(tally) => tally,
        None => settle::settle_counted(tx, &found).await?.tally,
    };
    let workshop = found.row;
    let own_address = match command.viewer {
        Some(person) => own_address(tx, person).await?,
        None => None,
    };
    let mut newcomers = vec![command.request.attendee.clone()];
    newcomers.extend(command.request.colleagues.iter().cloned());
    let group = (newcomers.len() > 1).then(|| tx.ambient.uuid().to_string());
    let mut answer = SignUpAnswer {
        people: Vec::with_capacity(newcomers.len()),
    };
    for (index, attendee) in newcomers.iter().enumerate() {
        let first = index == 0;
        let newcomer = Newcomer {
            attendee,
            request: &command.request,
            first,
            group: group.as_deref(),
            under_lock: stale.is_none(),
            confirmed: own_address.as_deref() == Some(attendee.email.duplicate_key().as_str()),
        };
        let answered = one(tx, &workshop, &newcomer, &mut tally).await?;
        if first && answered.is_new {
            // What was ticked comes before what is proposed: that takes a vote if one is left.
            topics::vote_for(tx, workshop.id, &answered.id, &command.request.votes).await?;
            if let Some(topic) = &command.request.topic {
                topics::propose(tx, workshop.id, &answered.id, topic, newcomer.confirmed).await?;
            }
        }
        answer.people.push(answered);
    }
    // Whoever came needs no settling: where all is settled, what is decided about a newcomer holds.
    let text = serde_json::to_string(&answer).map_err(|_| UNREADABLE)?;
    once::keep(tx, &key, text).await?;
    Ok(answer)
}

/// One person of a form.
struct Newcomer<'a> {
    attendee: &'a Attendee,
    request: &'a SignUpRequest,
    first: bool,
    group: Option<&'a str>,
    /// Whether it is known who is there; only the tests of [`Locking::Off`] do not know.
    under_lock: bool,
    confirmed: bool,
}

async fn one(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    newcomer: &Newcomer<'_>,
    tally: &mut Tally,
) -> Result<Answered, StoreError> {
    let rules = workshop.rules();
    let mode = newcomer.request.mode;
    // Before anybody is looked up: who has a place is refused where everybody is.
    check_open(&rules, mode, tx.now)?;
    let person_key = newcomer.attendee.email.duplicate_key();
    let arrival = arrival(tx, workshop.id, &person_key).await?;
    let organisation_key = newcomer.request.organisation.key();
    let organisation_taken = seats_of(tx, workshop, &organisation_key).await?;
    let admission = admit(&rules, tally, organisation_taken, mode, tx.now)?;
    let until = (!newcomer.confirmed)
        .then(|| plus_working_hours(tx.now, CONFIRM_WINDOW_WORKING_HOURS).min(rules.starts_at));
    let state = match admission {
        Admission::Waiting => PlaceState::Waiting,
        Admission::Seat if newcomer.confirmed => PlaceState::Confirmed,
        Admission::Seat => PlaceState::Held,
    };
    let waits = state == PlaceState::Waiting;
    let is_over_limit = waits && is_over_limit(&rules, organisation_taken, tx.now);
    // Whoever arrives stands behind everybody else.
    let position = waits.then(|| i64::from(tally.mode(mode).waiting) + 1);
    let answered = |id: SignUpId, token: Option<String>| Answered {
        id: id.to_string(),
        is_new: arrival.active.is_none(),
        token,
        state,
        position,
        is_over_limit,
        until,
    };
    if let Some(id) = arrival.active.filter(|_| newcomer.under_lock) {
        // The form says the same to everybody; only the mailbox learns that there is a place already.
        links::mail_again(tx, workshop, id).await?;
        let token = if newcomer.confirmed {
            Some(links::token(tx, id).await?)
        } else {
            None
        };
        return Ok(answered(id, token));
    }
    tally.mode_mut(mode).add(state, 1);
    let no_needs = AccessNeeds::default();
    let (needs, access_needs) = if newcomer.first {
        (&newcomer.request.needs, newcomer.request.access_needs.as_str())
    } else {
        (&no_needs, "")
    };
    let entry = Entry {
        attendee: newcomer.attendee,
        request: newcomer.request,
        topic: newcomer.request.topic.as_deref().filter(|_| newcomer.first),
        needs,
        access_needs,
        entered_by: newcomer.request.entered_by(newcomer.first),
        group: newcomer.group,
        mode,
        state,
        queue_no: arrival.queue_no,
        position,
        until,
        reason: Reason::SignedUp,
        note: "",
        actor: Actor::Visitor,
    };
    let (id, token) = enter(tx, workshop, &entry).await?;
    Ok(answered(id, newcomer.confirmed.then_some(token)))
}

/// Seats that a Träger has already; counted only where there is a limit.
pub(super) async fn seats_of(tx: &mut Tx, workshop: &WorkshopRow, key: &str) -> Result<u32, StoreError> {
    if workshop.draft.seats.per_organisation_max.is_none() {
        return Ok(0);
    }
    let row = sqlx::query(
        "SELECT COUNT(*) FROM sign_up WHERE workshop_id = $1 AND organisation_key = $2
            AND state IN ('held', 'confirmed', 'offered')",
    )
    .bind(workshop.id.to_string())
    .bind(key.to_owned())
    .fetch_one(&mut *tx.conn)
    .await?;
    Ok(u32::try_from(row.try_get::<i64, _>(0)?).unwrap_or(u32::MAX))
}

/// A new row and what belongs to it.
pub(super) struct Entry<'a> {
    pub attendee: &'a Attendee,
    pub request: &'a SignUpRequest,
    pub needs: &'a AccessNeeds,
    pub access_needs: &'a str,
    pub topic: Option<&'a str>,
    pub entered_by: Option<&'a PersonName>,
    pub group: Option<&'a str>,
    pub mode: Mode,
    pub state: PlaceState,
    pub queue_no: i64,
    pub position: Option<i64>,
    pub until: Option<Instant>,
    pub reason: Reason,
    pub note: &'a str,
    pub actor: Actor,
}

/// Writes a new sign-up with its history, audit row and mail. Returns id and token.
pub(super) async fn enter(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    entry: &Entry<'_>,
) -> Result<(SignUpId, String), StoreError> {
    let id = SignUpId(tx.ambient.uuid());
    let token = tx.ambient.token();
    let seat_no = if entry.state.takes_seat() {
        Some(i64::from(change::free_seat(tx, workshop.id, entry.mode).await?))
    } else {
        None
    };
    let by = entry.entered_by.map(|by| by.as_str().to_owned());
    // Who is seen on the list is everybody's own choice.
    let listing = match entry.entered_by {
        Some(_) => Listing::Nobody,
        None => entry.request.listing,
    };
    sqlx::query(
        "INSERT INTO sign_up (id, workshop_id, token, person_key, name, email, organisation, organisation_key, district,
            mode, state, queue_no, seat_no, until, access_needs, listing, group_id, signed_up_by, confirmed_at,
            created_at, updated_at, needs)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $20, $21)",
    )
    .bind(id.to_string())
    .bind(workshop.id.to_string())
    .bind(&token)
    .bind(entry.attendee.email.duplicate_key())
    .bind(entry.attendee.name.as_str().to_owned())
    .bind(entry.attendee.email.as_str().to_owned())
    .bind(entry.request.organisation.as_str().to_owned())
    .bind(entry.request.organisation.key())
    .bind(entry.request.district.slug)
    .bind(entry.mode.key())
    .bind(entry.state.key())
    .bind(entry.queue_no)
    .bind(seat_no)
    .bind(entry.until.map(Instant::micros))
    .bind(entry.access_needs.to_owned())
    .bind(listing.key())
    .bind(entry.group.map(str::to_owned))
    .bind(by.clone())
    .bind((entry.state == PlaceState::Confirmed).then(|| tx.now.micros()))
    .bind(tx.now.micros())
    .bind(entry.needs.keys())
    .execute(&mut *tx.conn)
    .await?;
    let change = Change {
        id,
        from: entry.state,
        to: entry.state,
        until: entry.until,
        reason: entry.reason,
    };
    let seq = change::history(tx, &change, entry.mode, entry.note, entry.position).await?;
    let detail = format!("{}: {}", entry.state.key(), entry.reason.key());
    audit::record(
        tx,
        entry.actor,
        "signed_up",
        ("sign_up", &id.to_string()),
        &detail,
    )
    .await?;
    let place = PlaceFacts {
        id: id.to_string(),
        token: token.clone(),
        name: entry.attendee.name.as_str().to_owned(),
        organisation: entry.request.organisation.as_str().to_owned(),
        mode: entry.mode,
        state: entry.state,
        until: entry.until,
        position: entry.position,
        needs: entry.needs.clone(),
        access_needs: entry.access_needs.to_owned(),
        district: entry.request.district.name.to_owned(),
        topics: entry.topic.map(str::to_owned).into_iter().collect(),
        listing: Some(listing),
        signed_up_by: by,
        revision: seq,
        was_certain: entry.state == PlaceState::Confirmed,
    };
    let recipient = entry.attendee.email.as_str().to_owned();
    notice::of_arrival(tx, workshop, &change, seq, (recipient, place))?;
    Ok((id, token))
}

/// Who comes: whether the person has an active place already, and the number behind everybody who ever
/// signed up.
pub(super) struct Arrival {
    pub active: Option<SignUpId>,
    pub queue_no: i64,
}

/// Looks both up in one statement: a rush has no time for two.
pub(super) async fn arrival(
    tx: &mut Tx,
    workshop: WorkshopId,
    person_key: &str,
) -> Result<Arrival, StoreError> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(MAX(queue_no), 0) + 1 AS BIGINT),
            (SELECT id FROM sign_up WHERE workshop_id = $1 AND person_key = $2
                AND state IN ('held', 'confirmed', 'waiting', 'offered'))
         FROM sign_up WHERE workshop_id = $1",
    )
    .bind(workshop.to_string())
    .bind(person_key.to_owned())
    .fetch_one(&mut *tx.conn)
    .await?;
    let active = row
        .try_get::<Option<String>, _>(1)?
        .map(|id| SignUpId::parse(&id))
        .transpose()
        .map_err(|_| StoreError::Inconsistent {
            table: "sign_up",
            column: "id",
        })?;
    Ok(Arrival {
        active,
        queue_no: row.try_get(0)?,
    })
}

/// The key of a signed-in person's own address.
async fn own_address(tx: &mut Tx, person: PersonId) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT email FROM person WHERE id = $1")
        .bind(person.to_string())
        .fetch_optional(&mut *tx.conn)
        .await?;
    let email = row.map(|row| row.try_get::<String, _>(0)).transpose()?;
    Ok(email
        .and_then(|email| domain::contact::EmailAddress::parse(&email).ok())
        .map(|email| email.duplicate_key()))
}
