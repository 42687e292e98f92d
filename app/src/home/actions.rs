//! What the home page shows.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::workshops::dto::TeaserView;

/// What the home page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// What comes next, in the district if one is chosen.
    pub next: Vec<TeaserView>,
    /// How many coming Veranstaltungen each district has, in the order of the tile map.
    pub coverage: Vec<u32>,
    /// Boards on which something can be written now: title, path, and how much is there in words.
    pub boards: Vec<(String, String, String)>,
    /// Modules whose version is the newest: title, path, and what they are in words.
    pub modules: Vec<(String, String, String)>,
}

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
#[server(prefix = "/api", endpoint = "home")]
pub async fn home(
    /// A district's slug, or nothing.
    kreis: String,
) -> Result<HomeView, ServerFnError> {
    use domain::district::District;
    use store::workshops::WorkshopFilter;

    use crate::loading::unavailable;

    let store = expect_context::<store::Store>();
    let now = store.ambient().now();
    let filter = WorkshopFilter {
        district: District::parse(&kreis),
        from: Some(now),
        limit: 6,
        ..WorkshopFilter::default()
    };
    let cards = store.workshops(&filter).await.map_err(unavailable)?;
    let coverage = store.coverage().await.map_err(unavailable)?;
    let boards = store.boards().await.map_err(unavailable)?;
    let open = boards.into_iter().filter(|board| board.frozen_at.is_none());
    let count =
        |number: i64, one, many| domain::german::count(u32::try_from(number).unwrap_or(u32::MAX), one, many);
    Ok(HomeView {
        next: cards
            .iter()
            .map(|card| crate::workshops::actions::teaser(card, now))
            .collect(),
        coverage: coverage.iter().map(|district| district.coming).collect(),
        boards: open
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
