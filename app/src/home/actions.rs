//! What the home page shows.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::workshops::dto::TeaserView;

/// What the home page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// For what one can sign up now, that of the chosen district first.
    pub open: Vec<TeaserView>,
    /// How many of these are in the chosen district.
    pub open_here: usize,
    /// What else comes next, in the district if one is chosen, and for which one cannot sign up now: title, path, and when
    /// and why not in words.
    pub later: Vec<(String, String, String)>,
    /// How many coming Veranstaltungen each district has, in the order of the tile map.
    pub coverage: Vec<u32>,
    /// Boards on which something can be written now: title, path, and how much is there in words.
    pub boards: Vec<(String, String, String)>,
    /// Modules whose version is the newest: title, path, and what they are in words.
    pub modules: Vec<(String, String, String)>,
}

/// Veranstaltungen on the first page for which one can sign up.
#[cfg(feature = "ssr")]
const OPEN_SHOWN_MAX: i64 = 6;
/// Others that come next.
#[cfg(feature = "ssr")]
const LATER_SHOWN_MAX: usize = 4;
/// Others are looked for among as many as come next.
#[cfg(feature = "ssr")]
const LATER_LOOKED_AT_MAX: i64 = 30;
/// Boards on the first page.
#[cfg(feature = "ssr")]
const BOARDS_SHOWN_MAX: usize = 3;
/// Modules on the first page.
#[cfg(feature = "ssr")]
const MODULES_SHOWN_MAX: usize = 3;

/// What comes next.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "home", output = crate::json::Answer)]
pub async fn home(
    /// A district's slug, or nothing.
    kreis: String,
) -> Result<HomeView, ServerFnError> {
    use domain::district::District;
    use store::workshops::WorkshopFilter;

    use crate::loading::unavailable;

    let store = expect_context::<store::Store>();
    let now = store.ambient().now();
    let district = District::parse(&kreis);
    let comes = |district, open_only, limit| WorkshopFilter {
        district,
        from: Some(now),
        open_only,
        limit,
        ..WorkshopFilter::default()
    };
    let here = comes(district, true, OPEN_SHOWN_MAX);
    let mut open = store.workshops(&here).await.map_err(unavailable)?;
    let open_here = open.len();
    if district.is_some() {
        let anywhere = comes(None, true, OPEN_SHOWN_MAX);
        let all = store.workshops(&anywhere).await.map_err(unavailable)?;
        let elsewhere = all
            .into_iter()
            .filter(|card| !card.row.draft.districts.iter().any(|one| Some(*one) == district));
        open.extend(elsewhere);
        open.truncate(usize::try_from(OPEN_SHOWN_MAX).unwrap_or(usize::MAX));
    }
    let next = comes(district, false, LATER_LOOKED_AT_MAX);
    let next = store.workshops(&next).await.map_err(unavailable)?;
    let later = next
        .iter()
        .filter(|card| !card.row.is_open(now))
        .take(LATER_SHOWN_MAX);
    let coverage = comes(None, false, 1);
    let coverage = store.coverage(&coverage).await.map_err(unavailable)?;
    let boards = store.boards().await.map_err(unavailable)?;
    let written = boards.into_iter().filter(|board| board.frozen_at.is_none());
    let count =
        |number: i64, one, many| domain::german::count(u32::try_from(number).unwrap_or(u32::MAX), one, many);
    Ok(HomeView {
        open: open
            .iter()
            .map(|card| crate::workshops::actions::teaser(card, now))
            .collect(),
        open_here,
        later: later
            .map(|card| {
                let teaser = crate::workshops::actions::teaser(card, now);
                let path = format!("/veranstaltungen/{}", teaser.slug);
                (
                    teaser.title,
                    path,
                    format!(
                        "{}, {}: {}",
                        domain::german::unbroken(&teaser.when),
                        teaser.place,
                        teaser.seats
                    ),
                )
            })
            .collect(),
        coverage: coverage.iter().map(|district| district.coming).collect(),
        boards: written
            .take(BOARDS_SHOWN_MAX)
            .map(|board| {
                let cards = count(board.published, "Karte", "Karten");
                let members = count(board.members, "Person", "Personen");
                let path = format!("/themen/{}", board.slug);
                (
                    board.title,
                    path,
                    format!("{}, {cards}, {members}", board.phase.label()),
                )
            })
            .collect(),
        modules: crate::modules::desk::shelf::newest(&store, MODULES_SHOWN_MAX).await?,
    })
}
