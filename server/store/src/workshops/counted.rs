//! One Veranstaltung with its counts, in one statement that reads one row: the way into every decision.

use domain::booking::{Mode, PlaceState, Tally};
use domain::ids::WorkshopId;
use domain::time::Instant;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::row::{COLUMNS, WorkshopRow, read};
use crate::StoreError;

/// A Veranstaltung and who has come to it.
#[derive(Clone, Debug)]
pub(crate) struct Counted {
    /// The Veranstaltung.
    pub row: WorkshopRow,
    /// Who has a seat, who waits.
    pub tally: Tally,
    /// When the first hold, offer or unconfirmed entry ends.
    pub deadline: Option<Instant>,
}

/// The states that count, in the order in which [`counted!`] selects them for each mode.
const COUNTED: [PlaceState; 4] = [
    PlaceState::Held,
    PlaceState::Confirmed,
    PlaceState::Waiting,
    PlaceState::Offered,
];

/// People of a mode in a state. A range of an index is counted several times faster than rows are grouped, and who
/// has left is passed over.
macro_rules! count {
    ($mode:literal, $state:literal) => {
        concat!(
            ", (SELECT COUNT(*) FROM sign_up WHERE workshop_id = workshop.id AND mode = '",
            $mode,
            "' AND state = '",
            $state,
            "')"
        )
    };
}
pub(super) use count;

/// Selects what [`Counted::read`] reads, under a condition.
macro_rules! counted {
    ($condition:literal) => {
        concat!(
            "SELECT ",
            $crate::workshops::row::columns!(),
            $crate::workshops::counted::count!("on_site", "held"),
            $crate::workshops::counted::count!("on_site", "confirmed"),
            $crate::workshops::counted::count!("on_site", "waiting"),
            $crate::workshops::counted::count!("on_site", "offered"),
            $crate::workshops::counted::count!("online", "held"),
            $crate::workshops::counted::count!("online", "confirmed"),
            $crate::workshops::counted::count!("online", "waiting"),
            $crate::workshops::counted::count!("online", "offered"),
            ", (SELECT MIN(until) FROM sign_up WHERE workshop_id = workshop.id AND until IS NOT NULL)
             FROM workshop WHERE ",
            $condition
        )
    };
}
pub(super) use counted;

impl Counted {
    /// Reads a row of [`counted!`].
    pub(super) fn read(row: &AnyRow) -> Result<Self, StoreError> {
        let mut tally = Tally::default();
        let mut column = COLUMNS;
        for mode in Mode::ALL {
            for state in COUNTED {
                tally.mode_mut(mode).add(state, people(row.try_get(column)?));
                column += 1;
            }
        }
        Ok(Self {
            row: read(row)?,
            tally,
            deadline: row.try_get::<Option<i64>, _>(column)?.map(Instant),
        })
    }
}

/// Loads one Veranstaltung and counts.
pub(crate) async fn load_counted(
    connection: &mut AnyConnection,
    id: WorkshopId,
) -> Result<Counted, StoreError> {
    let row = sqlx::query(counted!("id = $1"))
        .bind(id.to_string())
        .fetch_one(connection)
        .await?;
    Counted::read(&row)
}

/// A count as the rules take it.
pub(super) fn people(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
