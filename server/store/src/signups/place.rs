//! One place as its owner sees it.

use domain::access_need::AccessNeeds;
use domain::booking::{Mode, PlaceState, Reason, Tally};
use domain::contact::EmailAddress;
use domain::district::District;
use domain::ids::{SignUpId, WorkshopId};
use domain::signup::Listing;
use domain::time::Instant;
use sqlx::{AnyConnection, Row};

use super::behind::behind_link;
use super::handed_over::since_handed_over;
use crate::certificates::find::code_of_place;
use crate::workshops::WorkshopRow;
use crate::workshops::counted::load_counted;
use crate::{Store, StoreError};

/// One place with everything its owner may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceView {
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
    /// When the hold, the offer or the unconfirmed entry ends.
    pub until: Option<Instant>,
    /// The position on the waiting list.
    pub position: Option<i64>,
    /// Needs that were ticked.
    pub needs: AccessNeeds,
    /// Access needs as typed.
    pub access_needs: String,
    /// Who sees the person on the list.
    pub listing: Listing,
    /// Who filled in the form for the person.
    pub signed_up_by: Option<String>,
    /// How often the place has changed: grows with each line of its history.
    pub revision: i64,
    /// What happened, oldest first.
    pub history: Vec<HistoryEntry>,
    /// The Veranstaltung.
    pub workshop: WorkshopRow,
    /// Who has a seat there, who waits.
    pub tally: Tally,
    /// The code of the certificate of the place that counts, if there is one already.
    pub certificate: Option<String>,
}

/// One line of the history of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When.
    pub at: Instant,
    /// The state after.
    pub state: PlaceState,
    /// In the room or by video.
    pub mode: Mode,
    /// Why.
    pub reason: Reason,
    /// What staff noted.
    pub note: String,
    /// When that state was to end.
    pub until: Option<Instant>,
    /// The position on the waiting list then.
    pub position: Option<i64>,
}

impl Store {
    /// The personal link's token of the place that whoever has this address has in a Veranstaltung, if there is one that counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn place_of(
        &self,
        workshop: WorkshopId,
        email: &EmailAddress,
    ) -> Result<Option<String>, StoreError> {
        let row = sqlx::query(
            "SELECT token FROM sign_up WHERE workshop_id = $1 AND person_key = $2
                AND state IN ('held', 'confirmed', 'waiting', 'offered')",
        )
        .bind(workshop.to_string())
        .bind(email.duplicate_key())
        .fetch_optional(self.readers())
        .await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The place behind a personal link.
    ///
    /// # Errors
    /// When there is none, or the database fails.
    pub async fn place_by_token(&self, token: &str) -> Result<PlaceView, StoreError> {
        let mut connection = self.readers().acquire().await?;
        let row = sqlx::query(concat!(
            "SELECT id, name, email, organisation, district, mode, state, until, access_needs, listing, signed_up_by,
                workshop_id, queue_no, needs, (SELECT MAX(seq) FROM sign_up_history WHERE sign_up_id = sign_up.id)
             FROM sign_up WHERE ",
            behind_link!("sign_up", "$1")
        ))
        .bind(token)
        .fetch_one(&mut *connection)
        .await?;
        let wrong = |column| StoreError::Inconsistent {
            table: "sign_up",
            column,
        };
        let id = SignUpId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?;
        let mode = Mode::parse(&row.try_get::<String, _>(5)?).ok_or_else(|| wrong("mode"))?;
        let state = PlaceState::parse(&row.try_get::<String, _>(6)?).ok_or_else(|| wrong("state"))?;
        let workshop_id =
            WorkshopId::parse(&row.try_get::<String, _>(11)?).map_err(|_| wrong("workshop_id"))?;
        let position = if state == PlaceState::Waiting {
            let count = sqlx::query(
                "SELECT COUNT(*) FROM sign_up
                 WHERE workshop_id = $1 AND mode = $2 AND state = 'waiting' AND queue_no <= $3",
            )
            .bind(workshop_id.to_string())
            .bind(mode.key())
            .bind(row.try_get::<i64, _>(12)?)
            .fetch_one(&mut *connection)
            .await?;
            Some(count.try_get(0)?)
        } else {
            None
        };
        let history = history(&mut connection, OWN_HISTORY, id).await?;
        let counted = load_counted(&mut connection, workshop_id).await?;
        let certificate = code_of_place(&mut connection, &id.to_string()).await?;
        Ok(PlaceView {
            id,
            name: row.try_get(1)?,
            email: row.try_get(2)?,
            organisation: row.try_get(3)?,
            district: District::parse(&row.try_get::<String, _>(4)?),
            mode,
            state,
            until: row.try_get::<Option<i64>, _>(7)?.map(Instant),
            position,
            needs: AccessNeeds::parse_text(&row.try_get::<String, _>(13)?).ok_or_else(|| wrong("needs"))?,
            access_needs: row.try_get(8)?,
            listing: Listing::parse(&row.try_get::<String, _>(9)?),
            signed_up_by: row.try_get(10)?,
            revision: row.try_get::<Option<i64>, _>(14)?.unwrap_or(0),
            history,
            workshop: counted.row,
            tally: counted.tally,
            certificate,
        })
    }
}

/// Lines of a history, for [`history`].
macro_rules! entries {
    ($since:expr) => {
        concat!(
            "SELECT sign_up_history.at, sign_up_history.state, sign_up_history.mode, sign_up_history.reason,
                sign_up_history.note, sign_up_history.until, sign_up_history.position
             FROM sign_up_history JOIN sign_up ON sign_up.id = sign_up_history.sign_up_id
             WHERE sign_up.id = $1 AND sign_up_history.seq >= ",
            $since,
            " ORDER BY sign_up_history.seq"
        )
    };
}

/// All that ever happened to a place.
pub(super) const WHOLE_HISTORY: &str = entries!("0");
/// What happened since the person has the place who has it now.
const OWN_HISTORY: &str = entries!(since_handed_over!("seq"));

/// What happened to a place, oldest first.
pub(super) async fn history(
    connection: &mut AnyConnection,
    which: &'static str,
    id: SignUpId,
) -> Result<Vec<HistoryEntry>, StoreError> {
    let entries = sqlx::query(which)
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    entries.iter().map(entry).collect()
}

fn entry(row: &sqlx::any::AnyRow) -> Result<HistoryEntry, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "sign_up_history",
        column,
    };
    Ok(HistoryEntry {
        at: Instant(row.try_get(0)?),
        state: PlaceState::parse(&row.try_get::<String, _>(1)?).ok_or_else(|| wrong("state"))?,
        mode: Mode::parse(&row.try_get::<String, _>(2)?).ok_or_else(|| wrong("mode"))?,
        reason: Reason::parse(&row.try_get::<String, _>(3)?).ok_or_else(|| wrong("reason"))?,
        note: row.try_get(4)?,
        until: row.try_get::<Option<i64>, _>(5)?.map(Instant),
        position: row.try_get(6)?,
    })
}
