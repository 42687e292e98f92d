//! One Veranstaltung as it is kept.

use domain::booking::SeatRules;
use domain::ids::WorkshopId;
use domain::time::Instant;
use domain::workshop::{Form, Kind, Seen, Status, WorkshopDraft};
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::StoreError;

/// One Veranstaltung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkshopRow {
    /// Its id.
    pub id: WorkshopId,
    /// Its number, to say aloud.
    pub number: i64,
    /// Its name in the URL: made once, stays.
    pub slug: String,
    /// Draft, published or cancelled.
    pub status: Status,
    /// What kind it is.
    pub kind: Kind,
    /// The description, with seats. Whether it runs, [`WorkshopRow::rules`] says.
    pub draft: WorkshopDraft,
    /// SEQUENCE of its calendar entries (RFC 5545, 3.8.7.4).
    pub sequence: i64,
    /// Counts what people change. Seats that are kept back move without it.
    pub version: i64,
    /// Whether it belongs to the demo.
    pub demo: bool,
    /// When it was entered.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
    /// When it was published.
    pub published_at: Option<Instant>,
    /// When it was cancelled.
    pub cancelled_at: Option<Instant>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
}

impl WorkshopRow {
    /// The rules by which its seats are given now.
    #[must_use]
    pub fn rules(&self) -> SeatRules {
        let mut rules = self.draft.seats.clone();
        rules.running = self.status == Status::Published;
        rules.starts_at = self.draft.starts_at;
        rules
    }

    /// What somebody sees of it who is about to change it.
    #[must_use]
    pub fn seen(&self) -> Seen {
        Seen::of(self.version, &self.draft.seats)
    }

    /// Whether one can sign up now, for a seat or the waiting list.
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        let rules = self.rules();
        rules.running && (rules.opens_at..rules.closes_at.min(rules.starts_at)).contains(&now)
    }

    /// On site, online or both.
    #[must_use]
    pub fn form(&self) -> Form {
        Form::of(&self.draft.seats)
    }
}

/// What [`read`] reads, of the table `workshop`.
macro_rules! columns {
    () => {
        "id, number, slug, status, content, sequence, version, created_at, updated_at, published_at, cancelled_at, \
         cancel_reason, demo_at"
    };
}
pub(super) use columns;

/// How many that are.
pub(super) const COLUMNS: usize = 13;

/// Reads a row that begins with [`columns!`].
pub(super) fn read(row: &AnyRow) -> Result<WorkshopRow, StoreError> {
    let wrong = |column| StoreError::Inconsistent {
        table: "workshop",
        column,
    };
    let draft: WorkshopDraft =
        serde_json::from_str(&row.try_get::<String, _>(4)?).map_err(|_| wrong("content"))?;
    Ok(WorkshopRow {
        id: WorkshopId::parse(&row.try_get::<String, _>(0)?).map_err(|_| wrong("id"))?,
        number: row.try_get(1)?,
        slug: row.try_get(2)?,
        status: Status::parse(&row.try_get::<String, _>(3)?).ok_or_else(|| wrong("status"))?,
        kind: draft.kind,
        draft,
        sequence: row.try_get(5)?,
        version: row.try_get(6)?,
        created_at: Instant(row.try_get(7)?),
        updated_at: Instant(row.try_get(8)?),
        published_at: row.try_get::<Option<i64>, _>(9)?.map(Instant),
        cancelled_at: row.try_get::<Option<i64>, _>(10)?.map(Instant),
        cancel_reason: row.try_get(11)?,
        demo: row.try_get::<Option<i64>, _>(12)?.is_some(),
    })
}

/// Text as it is searched: lower case, umlauts spelt out, without NUL, which no engine looks for.
pub(crate) fn fold(text: &str) -> String {
    text.replace('\0', "")
        .to_lowercase()
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
}
