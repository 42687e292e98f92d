//! Icons: drawn for this project, always beside a word.

use leptos::prelude::*;

/// A line icon of 24 × 24, hidden from screen readers. Names: `calendar`, `place`, `video`, `people`, `clock`,
/// `home`, `person`, `office`, `board`, `book`, `search`, `share`, `copy`, `print`, `check`.
#[component]
pub fn Icon(
    /// Which one.
    name: &'static str,
) -> impl IntoView {
    let path = match name {
        "calendar" => "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
        "place" => {
            "M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.800-7 11-7 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z"
        }
        "video" => "M3 7h12v10H3zM15 11l6-4v10l-6-4z",
        "people" => {
            "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.5-4 3-6 6.500-6s6 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.700 3.500 5.500"
        }
        "clock" => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
        "home" => "M3 11.500 12 4l9 7.500M6 10v10h12V10",
        "person" => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.6-4.500 3.700-7 8-7s7.400 2.500 8 7",
        "board" => "M4 4h7v16H4zM14 4h6v7h-6zM14 14h6v6h-6z",
        "book" => "M12 6c-2-1.500-5-2-8-2v14c3 0 6 .5 8 2 2-1.500 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14",
        "office" => "M4 20V5h10v15M14 9h6v11M2 20h20M7 9h4M7 13h4M17 13v0",
        "search" => "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
        "share" => "M12 15V3M8 7l4-4 4 4M5 12v8h14v-8",
        "copy" => "M8 8h12v13H8zM16 8V3H4v13h4",
        "print" => "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
        _ => "M4 12.500l5 5L20 6.500",
    };
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=path />
        </svg>
    }
}
