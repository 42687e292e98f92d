//! What several pages of a board show.

use leptos::prelude::*;

use super::card::card;
use super::shown::Shown;
use crate::ui::changing::{changing, each};
use crate::ui::notice::Notice;

/// The columns with their cards. Below each other on phones, side by side where there is room.
pub fn columns(shown: Shown) -> AnyView {
    let columns = shown.data.with_untracked(|data| data.view.columns.clone());
    let columns = columns.into_iter().map(|column| {
        let id = column.id;
        let heading = format!("spalte-{id}");
        let named = heading.clone();
        let cards = move || shown.cards(|card| card.column == id);
        let count = changing(move || cards().len().to_string().into_any());
        let empty = changing(move || {
            if cards().is_empty() {
                view! { <p class="hint">"Hier steht noch nichts."</p> }.into_any()
            } else {
                ().into_any()
            }
        });
        view! {
            <section class="column" aria-labelledby=named>
                <h2 id=heading>{column.title} " " <span class="column-count">{count}</span></h2>
                <ul class="notes">{each(cards, move |id| card(shown, id))}</ul>
                {empty}
            </section>
        }
        .into_any()
    });
    view! { <div class="columns">{columns.collect::<Vec<_>>()}</div> }.into_any()
}

/// Says when the board on the screen may not be what it is in the room, and when nothing can be written.
pub fn state(shown: Shown) -> AnyView {
    let notices = changing(move || {
        let broken = shown.broken.get().then(|| {
            view! { <Notice kind="warning">"Gerade keine Verbindung. Was Sie sehen, kann alt sein. Es geht von selbst weiter."</Notice> }
        });
        let frozen = shown.frame.get().frozen.then(|| {
            view! { <Notice kind="info">"Dieses Board ist angehalten: Alles lässt sich lesen, nichts ändern."</Notice> }
        });
        view! { {broken}{frozen} }.into_any()
    });
    view! { <div role="status">{notices}</div> }.into_any()
}
