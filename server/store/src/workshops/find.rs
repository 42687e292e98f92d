//! Finding Veranstaltungen: by slug, by id, lists with filters and counts.

use std::collections::HashMap;

use domain::booking::admit::free_for_comer;
use domain::booking::rules::{DIRECT_PROMOTION_BEFORE_START_HOURS, PROMOTION_STOPS_BEFORE_START_HOURS};
use domain::booking::settle::earliest_offer_end;
use domain::booking::{Mode, PlaceState, Tally};
use domain::district::District;
use domain::ids::WorkshopId;
use domain::time::Instant;
use domain::workshop::{Form, Kind};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::{Any, AnyConnection, Row};

use super::counted::{Counted, counted, load_counted, people};
use super::row::{WorkshopRow, columns, fold, read};
use crate::{Store, StoreError};

/// The most Veranstaltungen of one page of a list.
pub const PAGE_MAX: i64 = 200;

/// What a list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkshopFilter {
    /// Only for this district.
    pub district: Option<District>,
    /// Only of this kind.
    pub kind: Option<Kind>,
    /// Only where one can take part like this; hybrid ones count for both.
    pub form: Option<Form>,
    /// Only those that end after this instant.
    pub from: Option<Instant>,
    /// Only those that start before this instant.
    pub until: Option<Instant>,
    /// Only those for which one can sign up now, for a seat or the waiting list.
    pub open_only: bool,
    /// Only those with a seat that somebody can have who comes now ([`WorkshopCard::free`]).
    pub free_only: bool,
    /// Only those with all of these words.
    pub text: String,
    /// Also those that only staff see.
    pub include_drafts: bool,
    /// The newest first, for what is past.
    pub newest_first: bool,
    /// How many to pass over.
    pub offset: i64,
    /// How many at most (up to [`PAGE_MAX`]).
    pub limit: i64,
}

impl Default for WorkshopFilter {
    fn default() -> Self {
        Self {
            district: None,
            kind: None,
            form: None,
            from: None,
            until: None,
            open_only: false,
            free_only: false,
            text: String::new(),
            include_drafts: false,
            newest_first: false,
            offset: 0,
            limit: 50,
        }
    }
}

/// A Veranstaltung in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkshopCard {
    /// The Veranstaltung.
    pub row: WorkshopRow,
    /// Who has a seat, who waits.
    pub tally: Tally,
}

impl WorkshopCard {
    /// Seats in either mode that somebody can have who comes now.
    #[must_use]
    pub fn free(&self, now: Instant) -> u32 {
        let rules = self.row.rules();
        Mode::ALL
            .into_iter()
            .map(|mode| free_for_comer(&rules, &self.tally, mode, now))
            .sum()
    }
}

/// How many Veranstaltungen of a list a district has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistrictCoverage {
    /// Which district.
    pub district: District,
    /// Published Veranstaltungen, without those that are cancelled.
    pub coming: u32,
}

impl Store {
    /// A list, earliest first unless asked otherwise.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn workshops(&self, filter: &WorkshopFilter) -> Result<Vec<WorkshopCard>, StoreError> {
        let sql = if filter.newest_first {
            LIST_NEWEST_FIRST
        } else {
            LIST
        };
        let rows = fitting(sql, filter, self.ambient().now())
            .bind(filter.district.map(|district| district.slug).unwrap_or_default())
            .bind(filter.limit.clamp(1, PAGE_MAX))
            .bind(filter.offset.max(0))
            .fetch_all(self.readers())
            .await?;
        let rows = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        self.cards(rows).await
    }

    /// Veranstaltungen with their counts.
    pub(super) async fn cards(&self, rows: Vec<WorkshopRow>) -> Result<Vec<WorkshopCard>, StoreError> {
        let mut tallies = self.tallies(&rows).await?;
        Ok(rows
            .into_iter()
            .map(|row| WorkshopCard {
                tally: tallies.remove(&row.id).unwrap_or_default(),
                row,
            })
            .collect())
    }

    /// Counts of people for a page of a list, in one query.
    async fn tallies(&self, rows: &[WorkshopRow]) -> Result<HashMap<WorkshopId, Tally>, StoreError> {
        let starts = rows.iter().map(|row| row.draft.starts_at.micros());
        let (Some(first), Some(last)) = (starts.clone().min(), starts.max()) else {
            return Ok(HashMap::new());
        };
        let counts = sqlx::query(
            "SELECT sign_up.workshop_id, sign_up.mode, sign_up.state, COUNT(*)
             FROM workshop JOIN sign_up ON sign_up.workshop_id = workshop.id
             WHERE workshop.starts_at >= $1 AND workshop.starts_at <= $2
             GROUP BY sign_up.workshop_id, sign_up.mode, sign_up.state",
        )
        .bind(first)
        .bind(last)
        .fetch_all(self.readers())
        .await?;
        let mut tallies: HashMap<WorkshopId, Tally> = HashMap::new();
        for count in &counts {
            let id =
                WorkshopId::parse(&count.try_get::<String, _>(0)?).map_err(|_| StoreError::Inconsistent {
                    table: "sign_up",
                    column: "workshop_id",
                })?;
            add(tallies.entry(id).or_default(), count)?;
        }
        Ok(tallies)
    }

    /// One Veranstaltung by its slug, with counts. Drafts are found only if asked for.
    ///
    /// # Errors
    /// When it is not there, or the database fails.
    pub async fn workshop_by_slug(
        &self,
        slug: &str,
        include_drafts: bool,
    ) -> Result<WorkshopCard, StoreError> {
        let mut connection = self.readers().acquire().await?;
        let row = sqlx::query(counted!("slug = $1 AND (status <> 'draft' OR $2 = 1)"))
            .bind(slug)
            .bind(i64::from(include_drafts))
            .fetch_one(&mut *connection)
            .await?;
        let counted = Counted::read(&row)?;
        Ok(WorkshopCard {
            row: counted.row,
            tally: counted.tally,
        })
    }

    /// One Veranstaltung by its id, drafts too, with counts.
    ///
    /// # Errors
    /// When it is not there, or the database fails.
    pub async fn workshop(&self, id: WorkshopId) -> Result<WorkshopCard, StoreError> {
        let mut connection = self.readers().acquire().await?;
        let counted = load_counted(&mut connection, id).await?;
        Ok(WorkshopCard {
            row: counted.row,
            tally: counted.tally,
        })
    }

    /// How many published Veranstaltungen of such a list each district has, in the order of the tile map. The district
    /// of the filter, its order and its page do not matter.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn coverage(&self, filter: &WorkshopFilter) -> Result<Vec<DistrictCoverage>, StoreError> {
        let rows = fitting(COVERAGE, filter, self.ambient().now())
            .fetch_all(self.readers())
            .await?;
        let mut counts = HashMap::new();
        for row in &rows {
            counts.insert(row.try_get::<String, _>(0)?, row.try_get::<i64, _>(1)?);
        }
        Ok(District::ALL
            .into_iter()
            .map(|district| DistrictCoverage {
                district,
                coming: counts
                    .get(district.slug)
                    .and_then(|count| u32::try_from(*count).ok())
                    .unwrap_or(0),
            })
            .collect())
    }
}

/// A pattern that finds a word anywhere; its own wildcards are taken literally.
fn like(word: &str) -> String {
    let literal = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{literal}%")
}

/// What a filter says, bound to the first fourteen parameters of such a statement (`fits!`).
fn fitting(
    sql: &'static str,
    filter: &WorkshopFilter,
    now: Instant,
) -> sqlx::query::Query<'static, Any, AnyArguments> {
    let folded = fold(&filter.text);
    let mut words = folded.split_whitespace().map(like);
    let mut word = || words.next().unwrap_or_default();
    sqlx::query(sql)
        .bind(filter.kind.map(Kind::key).unwrap_or_default())
        .bind(filter.form.map(Form::key).unwrap_or_default())
        .bind(filter.from.map_or(i64::MIN, Instant::micros))
        .bind(filter.until.map_or(i64::MAX, Instant::micros))
        .bind(i64::from(filter.include_drafts))
        .bind(word())
        .bind(word())
        .bind(word())
        .bind(i64::from(filter.free_only))
        .bind(now.micros())
        .bind(i64::from(filter.open_only))
        .bind(now.plus_hours(PROMOTION_STOPS_BEFORE_START_HOURS).micros())
        .bind(now.plus_hours(DIRECT_PROMOTION_BEFORE_START_HOURS).micros())
        .bind(earliest_offer_end(now).micros())
}

/// Whether the limit of the Träger is in force while people move up by themselves: who waits beside an open seat is passed then. As
/// in [`free_for_comer`], with the dates held against instants that the domain names.
macro_rules! passes_who_waits {
    () => {
        "(workshop.per_organisation_max IS NOT NULL
            AND (workshop.per_organisation_until IS NULL OR workshop.per_organisation_until > $10)
            AND workshop.starts_at > $12
            AND (workshop.starts_at >= $13 OR (workshop.closes_at >= $14 AND workshop.starts_at >= $14)))"
    };
}

/// Whether somebody who comes now can have a seat of a mode.
macro_rules! has_seat {
    ($mode:literal) => {
        concat!(
            "capacity_",
            $mode,
            " - reserved_",
            $mode,
            " > (SELECT COUNT(*) FROM sign_up
                WHERE sign_up.workshop_id = workshop.id AND sign_up.mode = '",
            $mode,
            "' AND (sign_up.state IN ('held', 'confirmed', 'offered')
                    OR (sign_up.state = 'waiting' AND NOT ",
            passes_who_waits!(),
            ")))"
        )
    };
}

/// What a filter leaves, wherever it is.
macro_rules! fits {
    () => {
        concat!(
            "($1 = '' OR kind = $1)
        AND ($2 = '' OR form = $2 OR form = 'hybrid')
        AND ends_at > $3 AND starts_at < $4
        AND (status <> 'draft' OR $5 = 1)
        AND ($6 = '' OR search LIKE $6 ESCAPE '!')
        AND ($7 = '' OR search LIKE $7 ESCAPE '!')
        AND ($8 = '' OR search LIKE $8 ESCAPE '!')
        AND ($9 = 0 OR (status = 'published' AND opens_at <= $10 AND closes_at > $10 AND starts_at > $10 AND (",
            has_seat!("on_site"),
            " OR ",
            has_seat!("online"),
            ")))
        AND ($11 = 0 OR (status = 'published' AND opens_at <= $10 AND closes_at > $10 AND starts_at > $10))"
        )
    };
}

/// The list, in an order.
macro_rules! list {
    ($order:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM workshop WHERE ",
            fits!(),
            " AND ($15 = '' OR EXISTS (SELECT 1 FROM workshop_district
            WHERE workshop_district.workshop_id = workshop.id AND workshop_district.district = $15))
     ORDER BY ",
            $order,
            " LIMIT $16 OFFSET $17"
        )
    };
}

const COVERAGE: &str = concat!(
    "SELECT district, COUNT(*) FROM workshop_district
     WHERE workshop_id IN (SELECT id FROM workshop WHERE status = 'published' AND ",
    fits!(),
    ") GROUP BY district"
);
const LIST: &str = list!("starts_at, id");
const LIST_NEWEST_FIRST: &str = list!("starts_at DESC, id DESC");

/// One Veranstaltung on a connection that is there.
pub(crate) async fn load(connection: &mut AnyConnection, id: WorkshopId) -> Result<WorkshopRow, StoreError> {
    let row = sqlx::query(concat!("SELECT ", columns!(), " FROM workshop WHERE id = $1"))
        .bind(id.to_string())
        .fetch_one(connection)
        .await?;
    read(&row)
}

/// Adds a row of workshop_id, mode, state, count.
fn add(tally: &mut Tally, row: &AnyRow) -> Result<(), StoreError> {
    let mode = Mode::parse(&row.try_get::<String, _>(1)?);
    let state = PlaceState::parse(&row.try_get::<String, _>(2)?);
    match (mode, state) {
        (Some(mode), Some(state)) => {
            tally.mode_mut(mode).add(state, people(row.try_get(3)?));
            Ok(())
        }
        _ => Err(StoreError::Inconsistent {
            table: "sign_up",
            column: "state",
        }),
    }
}
