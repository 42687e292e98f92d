//! New cards of others, how many wait for who moderates, and where one's own hand has put a card, said to who does not see it: politely, and at most once in five
//! seconds.

use leptos::prelude::*;

use super::shown::Shown;

/// The place where it is said.
pub fn announce(shown: Shown) -> AnyView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    browser::follow(shown, said);
    #[cfg(not(feature = "hydrate"))]
    let _ = shown;
    view! { <p class="visually-hidden" role="status" id="neues">{said}</p> }.into_any()
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::time::Duration;

    use domain::board::CardView;
    use domain::german::count;
    use domain::ids::CardId;
    use leptos::prelude::*;

    use super::Shown;
    use crate::boards::{waiting, words};

    /// Between two announcements.
    const PAUSE: Duration = Duration::from_secs(5);

    /// What is to be said, and what was.
    #[derive(Clone, Copy)]
    struct News {
        shown: Shown,
        others: Memo<usize>,
        known: StoredValue<Option<usize>>,
        waiting: Memo<usize>,
        waited: StoredValue<Option<usize>>,
        silent: StoredValue<bool>,
        said: RwSignal<String>,
    }

    pub fn follow(shown: Shown, said: RwSignal<String>) {
        let others = shown.cards(|card| !card.mine);
        let news = News {
            shown,
            others: Memo::new(move |_| others.with(Vec::len)),
            known: StoredValue::new(None),
            waiting: waiting::count(shown),
            waited: StoredValue::new(None),
            silent: StoredValue::new(false),
            said,
        };
        // A timer lives as long as the scope that made it: that of the page, not of one turn of the effect.
        let page = Owner::current();
        Effect::new(move |_| {
            shown.moved.track();
            // What is there from the beginning is not new, and what went is not announced.
            for (known, now) in [(news.known, news.others.get()), (news.waited, news.waiting.get())] {
                if known.get_value().is_none_or(|known| known > now) {
                    known.set_value(Some(now));
                }
            }
            say(news, page.clone());
        });
    }

    fn say(news: News, page: Option<Owner>) {
        let known = news.known.try_get_value().flatten();
        let (Some(now), Some(before)) = (news.others.try_get_untracked(), known) else {
            return;
        };
        let waiting = news.waiting.get_untracked();
        if news.silent.get_value() {
            return;
        }
        let moved = news.shown.moved.try_update_untracked(Option::take).flatten();
        let moved = moved.and_then(|card| place(news.shown, card));
        let new = now.checked_sub(before).filter(|new| *new > 0).map(|new| {
            let new = u32::try_from(new).unwrap_or(u32::MAX);
            format!("Neu auf dem Board: {}.", count(new, "Beitrag", "Beiträge"))
        });
        let waits = news.waited.get_value().filter(|waited| waiting > *waited);
        let waits = waits.map(|_| {
            let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
            format!("{}.", words::waiting(waiting))
        });
        let words: Vec<String> = moved.into_iter().chain(new).chain(waits).collect();
        if words.is_empty() {
            return;
        }
        news.said.set(words.join(" "));
        news.known.set_value(Some(now));
        news.waited.set_value(Some(waiting));
        let again = {
            let page = page.clone();
            move || {
                if news.silent.try_set_value(false).is_none() {
                    say(news, page);
                }
            }
        };
        let timer = page.map(|page| page.with(|| set_timeout(again, PAUSE)));
        // Without a timer the next news is said at once.
        news.silent.set_value(matches!(timer, Some(Ok(_))));
    }

    /// Where a card is.
    fn place(shown: Shown, card: CardId) -> Option<String> {
        shown.data.with_untracked(|data| {
            let view = &data.view;
            let card = view.cards.iter().find(|one| one.id == card)?;
            let column = view.columns.iter().find(|column| column.id == card.column)?;
            let is_there = |one: &&CardView| one.column == column.id && one.on.is_none();
            let there: Vec<&CardView> = view.cards.iter().filter(is_there).collect();
            let at = there.iter().position(|one| one.id == card.id)? + 1;
            Some(format!(
                "Karte {} ist jetzt in „{}“, Stelle {at} von {}.",
                card.number,
                column.title,
                there.len()
            ))
        })
    }
}
