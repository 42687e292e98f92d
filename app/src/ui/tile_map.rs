//! Saxony as thirteen tiles: a filter, and a picture of what happens where.

use domain::district::District;
use leptos::prelude::*;

/// One tile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Which district.
    pub district: District,
    /// How many things happen there.
    pub count: u32,
    /// Where it leads: the address of the page with this district.
    pub href: String,
}

/// The map: a list of links, placed by classes. Reads as a list without style or sight.
#[component]
pub fn TileMap(
    /// What the list is, for screen readers.
    #[prop(into)]
    label: String,
    /// The tiles, in the order of [`District::ALL`].
    tiles: Vec<Tile>,
    /// The chosen district.
    #[prop(optional_no_strip, into)]
    selected: Option<District>,
) -> impl IntoView {
    view! {
        <nav class="tile-map" aria-label=label>
            <ul>
                {tiles
                    .into_iter()
                    .map(|tile| {
                        let district = tile.district;
                        let class = format!(
                            "tile tile-r{} tile-c{}{}",
                            district.tile_row,
                            district.tile_column,
                            if tile.count == 0 { " tile-none" } else { "" },
                        );
                        let current = (selected == Some(district)).then_some("true");
                        let words = domain::german::count(tile.count, "Veranstaltung", "Veranstaltungen");
                        view! {
                            <li class=class>
                                <a href=tile.href aria-current=current title=district.name>
                                    <span class="tile-name" aria-hidden="true">{district.short}</span>
                                    <span class="tile-count" aria-hidden="true">{tile.count}</span>
                                    <span class="visually-hidden">{format!("{}: {words}", district.name)}</span>
                                </a>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <p class="hint" aria-hidden="true">"Die Zahl: wie viele Veranstaltungen es dort gibt, ohne abgesagte."</p>
        </nav>
    }
}
