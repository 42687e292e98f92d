//! The facts that mails tell, as they are at the moment of the change.

use domain::access_need::AccessNeeds;
use domain::booking::admit::check_open;
use domain::booking::settle::promotion_is_open;
use domain::booking::{Change, Mode, PlaceState, Reason};
use domain::district::District;
use domain::ids::SignUpId;
use domain::mail::Occasion;
use domain::signup::{Listing, TOPIC_VOTES_MAX};
use domain::time::Instant;
use domain::workshop::Session;
use serde::{Deserialize, Serialize};
use sqlx::Row;

use super::change::position;
use super::handed_over::since_handed_over;
use crate::StoreError;
use crate::outbox::{self, Mail};
use crate::workshops::WorkshopRow;
use crate::writer::Tx;

/// Everything a mail about a place tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailFacts {
    /// The Veranstaltung.
    pub workshop: WorkshopFacts,
    /// The place.
    pub place: PlaceFacts,
    /// What staff wrote, or why it was cancelled; of a change, what it was before.
    #[serde(default)]
    pub message: String,
    /// The subject of a message by staff.
    #[serde(default)]
    pub subject: String,
    /// How many dates there were, if there are more or fewer now: calendars hold an entry for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates_before: Option<usize>,
    /// What happens when: only before the day, where it is needed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agenda: String,
    /// Boards on which something was worked out, once it is over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ResultsFacts>,
    /// The code of the certificate of the place, if there was one already when it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
}

/// A board on which something was worked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsFacts {
    /// Its name in the URL.
    pub slug: String,
    /// Its title.
    pub title: String,
}

/// What a mail tells about the Veranstaltung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkshopFacts {
    /// Which one.
    pub id: String,
    /// Its name in the URL.
    pub slug: String,
    /// The title.
    pub title: String,
    /// When it starts.
    pub starts_at: Instant,
    /// When it ends.
    pub ends_at: Instant,
    /// The dates, if it has more than one.
    #[serde(default)]
    pub sessions: Vec<Session>,
    /// Where people meet, in one line; empty: online only.
    pub venue: String,
    /// Steps, lifts, trams.
    pub access_info: String,
    /// The video link, for those with a confirmed online place only.
    pub online_link: Option<String>,
    /// What one needs for taking part by video.
    pub online_info: String,
    /// Whom to ask.
    pub contact: String,
    /// RFC 5545 SEQUENCE.
    pub sequence: i64,
    /// When sign-up closes.
    pub closes_at: Instant,
    /// Whether it is a run of a module: who passes it has a certificate.
    #[serde(default)]
    pub is_run: bool,
    /// Whether the next in line moves up by itself when the deadline of the place has passed; where it has none, now. Mails
    /// from before it was told say what was said then.
    #[serde(default = "yes")]
    pub moves_up: bool,
    /// Whether people can sign up then.
    #[serde(default = "yes")]
    pub takes_sign_ups: bool,
}

fn yes() -> bool {
    true
}

/// What a mail tells about the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFacts {
    /// Which sign-up.
    pub id: String,
    /// The personal link's token.
    pub token: String,
    /// How the person is called.
    pub name: String,
    /// The Träger.
    pub organisation: String,
    /// In the room or by video.
    pub mode: Mode,
    /// Where it stands.
    pub state: PlaceState,
    /// When the hold, the offer or the unconfirmed entry ends.
    pub until: Option<Instant>,
    /// The position on the waiting list.
    pub position: Option<i64>,
    /// Needs that were ticked.
    #[serde(default)]
    pub needs: AccessNeeds,
    /// Access needs as typed.
    pub access_needs: String,
    /// The district, as it is called.
    #[serde(default)]
    pub district: String,
    /// Topics that the person proposed.
    #[serde(default)]
    pub topics: Vec<String>,
    /// Who sees the person on the list; not known of mails from before it was told.
    #[serde(default)]
    pub listing: Option<Listing>,
    /// Who filled in the form for the person.
    pub signed_up_by: Option<String>,
    /// How often the place has changed: grows with each line of its history.
    #[serde(default)]
    pub revision: i64,
    /// Whether the place was certain at any time: only then an entry for the calendar was sent that can be called off. Mails from
    /// before it was told say what was said then.
    #[serde(default = "yes")]
    pub was_certain: bool,
}

impl PlaceFacts {
    /// The same, without what the person needs: that is only for those who arrange it, and for a while.
    #[must_use]
    pub fn without_needs(self) -> Self {
        Self {
            needs: AccessNeeds::default(),
            access_needs: String::new(),
            ..self
        }
    }
}

/// The mail that a change causes, if it causes one.
fn occasion(change: &Change) -> Option<Occasion> {
    Some(match (change.to, change.reason) {
        (PlaceState::Held, Reason::SignedUp) => Occasion::ConfirmSignUp,
        (PlaceState::Waiting, Reason::SignedUp) if change.until.is_some() => Occasion::ConfirmSignUp,
        (PlaceState::Waiting, Reason::SignedUp | Reason::MailConfirmed) => Occasion::Waiting,
        (_, Reason::ModeChanged) => Occasion::ModeChanged,
        (_, Reason::DeadlineMoved) => Occasion::DeadlineMoved,
        (PlaceState::Confirmed, Reason::Promoted | Reason::MovedUpByStaff) => Occasion::Promoted,
        (PlaceState::Confirmed, _) => Occasion::PlaceConfirmed,
        // A seat came while the address is still unconfirmed: confirming gives it now.
        (PlaceState::Held, Reason::Promoted) => Occasion::ConfirmSignUp,
        (PlaceState::Held | PlaceState::Waiting, _) => return None,
        (PlaceState::Offered, _) => Occasion::Offer,
        (PlaceState::OfferMissed, _) => Occasion::OfferMissed,
        (PlaceState::HoldExpired, _) => Occasion::HoldExpired,
        (PlaceState::Declined, _) => Occasion::Declined,
        (PlaceState::Cancelled, Reason::WorkshopCancelled) => Occasion::WorkshopCancelled,
        (PlaceState::Cancelled, _) => Occasion::Cancelled,
    })
}

/// Puts the mail of a change into the outbox. `seq` is the change's number in the history: it makes the mail
/// the only one of its kind.
pub(super) async fn of_change(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    change: &Change,
    seq: i64,
    note: &str,
) -> Result<(), StoreError> {
    let Some(occasion) = occasion(change) else {
        return Ok(());
    };
    let message = match change.reason {
        Reason::WorkshopCancelled => workshop.cancel_reason.clone().unwrap_or_default(),
        // Who declined gave up a seat or a place in line: the state now does not tell which.
        Reason::Declined => change.from.key().to_owned(),
        _ => note.to_owned(),
    };
    send(tx, workshop, change.id, occasion, &seq.to_string(), "", &message).await
}

/// As [`of_change`], for a place that was just made: its facts are at hand.
pub(super) fn of_arrival(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    change: &Change,
    seq: i64,
    to: (String, PlaceFacts),
) -> Result<(), StoreError> {
    match occasion(change) {
        Some(occasion) => {
            let facts = told(workshop, to.1, tx.now);
            put(tx, to.0, occasion, &seq.to_string(), facts)
        }
        None => Ok(()),
    }
}

/// Tells everybody with an active place, but for those who were `told` already, what has changed. `dates_before` is set if there were another number of dates.
pub(crate) async fn of_edit(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    changed: &str,
    dates_before: Option<usize>,
    told: &[SignUpId],
) -> Result<(), StoreError> {
    let key = format!("version-{}", workshop.version);
    for place in super::change::active(tx, workshop.id).await? {
        if told.contains(&place.id) {
            continue;
        }
        let (recipient, mut facts) = facts(tx, workshop, place.id, Occasion::WorkshopChanged).await?;
        changed.clone_into(&mut facts.message);
        facts.dates_before = dates_before;
        put(tx, recipient, Occasion::WorkshopChanged, &key, facts)?;
    }
    Ok(())
}

/// Puts one mail about one place into the outbox.
pub(super) async fn send(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    id: SignUpId,
    occasion: Occasion,
    key: &str,
    subject: &str,
    message: &str,
) -> Result<(), StoreError> {
    let (recipient, mut facts) = facts(tx, workshop, id, occasion).await?;
    subject.clone_into(&mut facts.subject);
    message.clone_into(&mut facts.message);
    put(tx, recipient, occasion, key, facts)
}

/// To whom a mail about a place goes, and what it tells on this occasion, as things stand now.
pub(super) async fn facts(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    id: SignUpId,
    occasion: Occasion,
) -> Result<(String, MailFacts), StoreError> {
    let (recipient, mut place) = place_facts(tx, workshop, id).await?;
    if occasion.tells_answers() {
        place.topics = topics(tx, id).await?;
    } else {
        place = place.without_needs();
    }
    Ok((recipient, told(workshop, place, tx.now)))
}

fn told(workshop: &WorkshopRow, place: PlaceFacts, now: Instant) -> MailFacts {
    MailFacts {
        workshop: workshop_facts(workshop, &place, now),
        place,
        message: String::new(),
        subject: String::new(),
        dates_before: None,
        agenda: String::new(),
        results: Vec::new(),
        certificate: None,
    }
}

/// Puts a mail with these facts into the outbox. `key` makes it the only one of its kind about this place.
pub(super) fn put(
    tx: &mut Tx,
    recipient: String,
    occasion: Occasion,
    key: &str,
    facts: MailFacts,
) -> Result<(), StoreError> {
    let unique_key = format!("{}:{}:{key}", occasion.key(), facts.place.id);
    let about = facts.place.id.clone();
    let payload = serde_json::to_value(facts).map_err(|_| StoreError::Inconsistent {
        table: "outbox",
        column: "payload",
    })?;
    outbox::enqueue(
        tx,
        Mail {
            occasion,
            recipient,
            unique_key,
            payload,
            about: Some(about),
        },
    );
    Ok(())
}

/// What is known of a place, but for the topics that the person proposed.
async fn place_facts(
    tx: &mut Tx,
    workshop: &WorkshopRow,
    id: SignUpId,
) -> Result<(String, PlaceFacts), StoreError> {
    let row = sqlx::query(
        "SELECT email, token, name, organisation, mode, state, until, queue_no, access_needs, signed_up_by,
            (SELECT MAX(seq) FROM sign_up_history WHERE sign_up_id = $1), district, listing, needs, confirmed_at
         FROM sign_up WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    let wrong = |column| StoreError::Inconsistent {
        table: "sign_up",
        column,
    };
    let mode = Mode::parse(&row.try_get::<String, _>(4)?).ok_or_else(|| wrong("mode"))?;
    let state = PlaceState::parse(&row.try_get::<String, _>(5)?).ok_or_else(|| wrong("state"))?;
    let position = match state {
        PlaceState::Waiting => Some(position(tx, workshop.id, mode, row.try_get(7)?).await?),
        _ => None,
    };
    let facts = PlaceFacts {
        id: id.to_string(),
        token: row.try_get(1)?,
        name: row.try_get(2)?,
        organisation: row.try_get(3)?,
        mode,
        state,
        until: row.try_get::<Option<i64>, _>(6)?.map(Instant),
        position,
        needs: AccessNeeds::parse_text(&row.try_get::<String, _>(13)?).ok_or_else(|| wrong("needs"))?,
        access_needs: row.try_get(8)?,
        signed_up_by: row.try_get(9)?,
        revision: row.try_get::<Option<i64>, _>(10)?.unwrap_or(0),
        district: District::parse(&row.try_get::<String, _>(11)?)
            .map(|district| district.name.to_owned())
            .unwrap_or_default(),
        topics: Vec::new(),
        listing: Some(Listing::parse(&row.try_get::<String, _>(12)?)),
        was_certain: row.try_get::<Option<i64>, _>(14)?.is_some(),
    };
    Ok((row.try_get(0)?, facts))
}

/// Topics that whoever has the place proposed: what somebody proposed who has handed it on is not theirs.
const TOPICS: &str = concat!(
    "SELECT topic.text FROM topic JOIN sign_up ON sign_up.id = topic.sign_up_id
     WHERE sign_up.id = $1 AND topic.text <> '' AND topic.created_at >= ",
    since_handed_over!("at"),
    " ORDER BY topic.created_at, topic.id LIMIT $2"
);

async fn topics(tx: &mut Tx, id: SignUpId) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query(TOPICS)
        .bind(id.to_string())
        .bind(i64::from(TOPIC_VOTES_MAX))
        .fetch_all(&mut *tx.conn)
        .await?;
    rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
}

fn workshop_facts(workshop: &WorkshopRow, place: &PlaceFacts, now: Instant) -> WorkshopFacts {
    let draft = &workshop.draft;
    let rules = workshop.rules();
    let then = place.until.unwrap_or(now);
    let comes_online = place.mode == Mode::Online && place.state == PlaceState::Confirmed;
    WorkshopFacts {
        id: workshop.id.to_string(),
        slug: workshop.slug.clone(),
        title: draft.title.clone(),
        starts_at: draft.starts_at,
        ends_at: draft.ends_at,
        sessions: draft.sessions.clone(),
        venue: draft.venue.line(),
        access_info: draft.access_info.clone(),
        online_link: draft.online_link.clone().filter(|_| comes_online),
        online_info: draft.online_info.clone(),
        contact: draft.contact.clone(),
        sequence: workshop.sequence,
        closes_at: draft.seats.closes_at,
        is_run: draft.module.is_some(),
        moves_up: promotion_is_open(&rules, then),
        takes_sign_ups: check_open(&rules, place.mode, then).is_ok(),
    }
}
