//! Who else takes part: for those who have a seat, and only about those who chose to be seen.

use domain::booking::PlaceState;
use domain::district::District;
use domain::signup::sees_fellows;
use sqlx::Row;

use super::place::PlaceView;
use crate::workshops::row::fold;
use crate::{Store, StoreError};

/// People on the list at most: more than any room of the office holds.
pub const FELLOWS_MAX: i64 = 300;

/// Somebody who takes part and chose to be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fellow {
    /// How the person is called.
    pub name: String,
    /// The Träger.
    pub organisation: String,
    /// The district.
    pub district: Option<District>,
}

/// Who else takes part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fellows {
    /// Those who chose to be seen, by name.
    pub listed: Vec<Fellow>,
    /// How many others there are.
    pub others: u32,
}

impl Store {
    /// Who else takes part, as the owner of this place may see it; nothing, if that is not the person's business (yet,
    /// or any more).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fellows(&self, place: &PlaceView) -> Result<Option<Fellows>, StoreError> {
        if !sees_fellows(place.state, place.workshop.draft.ends_at, self.ambient().now()) {
            return Ok(None);
        }
        let rows = sqlx::query(
            "SELECT name, organisation, district FROM sign_up
             WHERE workshop_id = $1 AND state = $2 AND listing = 'participants' AND id <> $3
             ORDER BY name, id LIMIT $4",
        )
        .bind(place.workshop.id.to_string())
        .bind(PlaceState::Confirmed.key())
        .bind(place.id.to_string())
        .bind(FELLOWS_MAX)
        .fetch_all(self.readers())
        .await?;
        let mut listed = rows.iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
        listed.sort_by_cached_key(|fellow| (fold(&fellow.name), fellow.name.clone()));
        let confirmed = place.tally.on_site.confirmed + place.tally.online.confirmed;
        let seen = u32::try_from(listed.len()).unwrap_or(u32::MAX).saturating_add(1);
        Ok(Some(Fellows {
            others: confirmed.saturating_sub(seen),
            listed,
        }))
    }
}

fn read(row: &sqlx::any::AnyRow) -> Result<Fellow, StoreError> {
    Ok(Fellow {
        name: row.try_get(0)?,
        organisation: row.try_get(1)?,
        district: District::parse(&row.try_get::<String, _>(2)?),
    })
}
