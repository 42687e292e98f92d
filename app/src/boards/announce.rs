//! New cards of others, how many wait for who moderates, where one's own hand has put a card, the card in the light, the next phase
//! and the end of a time, said to who does not see it: politely, and at most once in five seconds.

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

    use domain::board::{CardView, Phase};
    use domain::german::count;
    use domain::ids::CardId;
    use leptos::prelude::*;

    use super::Shown;
    use crate::boards::{clock, parts, waiting, words};

    /// Between two announcements: five seconds, and what drawing them may differ in time.
    const PAUSE: Duration = Duration::from_millis(5_100);

    /// What is to be said, and what was.
    #[derive(Clone, Copy)]
    struct News {
        shown: Shown,
        others: Memo<usize>,
        waiting: Memo<usize>,
        known: StoredValue<Known>,
        said: RwSignal<String>,
    }

    /// What needs not be said: it was there from the beginning, or was said.
    #[derive(Clone, Copy)]
    struct Known {
        others: usize,
        waiting: usize,
        lit: Option<CardId>,
        phase: Phase,
        /// Whether a time was seen to run whose end is still to be said.
        runs: bool,
        /// Whether something has just been said.
        silent: bool,
    }

    pub fn follow(shown: Shown, said: RwSignal<String>) {
        let others = shown.cards(|card| !card.mine);
        let (others, waiting) = (Memo::new(move |_| others.with(Vec::len)), waiting::count(shown));
        let frame = shown.frame.get_untracked();
        let known = Known {
            others: others.get_untracked(),
            waiting: waiting.get_untracked(),
            lit: frame.stage.spotlight,
            phase: frame.phase,
            runs: false,
            silent: false,
        };
        let news = News {
            shown,
            others,
            waiting,
            known: StoredValue::new(known),
            said,
        };
        // A timer lives as long as the scope that made it: that of the page, not of one turn of the effect.
        let page = Owner::current();
        Effect::new(move |_| {
            shown.moved.track();
            let (others, waiting) = (news.others.get(), news.waiting.get());
            let (lit, left) = (shown.frame.get().stage.spotlight, shown.left.get());
            // What went is not announced, nor the end of a time that was stopped.
            news.known.update_value(|known| {
                known.others = known.others.min(others);
                known.waiting = known.waiting.min(waiting);
                known.lit = known.lit.filter(|_| lit.is_some());
                known.runs = left.is_some_and(|left| left > 0 || known.runs);
            });
            say(news, page.clone());
        });
    }

    fn say(news: News, page: Option<Owner>) {
        let (Some(others), Some(known)) = (news.others.try_get_untracked(), news.known.try_get_value())
        else {
            return;
        };
        if known.silent {
            return;
        }
        let (shown, waiting) = (news.shown, news.waiting.get_untracked());
        let frame = shown.frame.get_untracked();
        let moved = shown.moved.try_update_untracked(Option::take).flatten();
        let moved = moved.and_then(|card| place(shown, card));
        let lit = frame.stage.spotlight.filter(|lit| Some(*lit) != known.lit);
        let lit = lit.and_then(|card| parts::number(shown, card));
        let lit = lit.map(|number| format!("Karte {number} ist jetzt im Blick."));
        let phase = (frame.phase != known.phase).then(|| format!("Neue Phase: {}.", frame.phase.label()));
        let is_up = known.runs && shown.left.get_untracked() == Some(0);
        let up = is_up.then(|| clock::IS_UP.to_owned());
        let new = others
            .checked_sub(known.others)
            .filter(|new| *new > 0)
            .map(|new| {
                let new = u32::try_from(new).unwrap_or(u32::MAX);
                format!("Neu auf dem Board: {}.", count(new, "Beitrag", "Beiträge"))
            });
        let waits = (waiting > known.waiting).then(|| {
            let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
            format!("{}.", words::waiting(waiting))
        });
        let words = [moved, lit, phase, up, new, waits];
        let words: Vec<String> = words.into_iter().flatten().collect();
        if words.is_empty() {
            return;
        }
        news.said.set(words.join(" "));
        let again = {
            let page = page.clone();
            move || {
                let may = news.known.try_update_value(|known| known.silent = false);
                if may.is_some() {
                    say(news, page);
                }
            }
        };
        let timer = page.map(|page| page.with(|| set_timeout(again, PAUSE)));
        news.known.set_value(Known {
            others,
            waiting,
            lit: frame.stage.spotlight,
            phase: frame.phase,
            runs: known.runs && !is_up,
            // Without a timer the next news is said at once.
            silent: matches!(timer, Some(Ok(_))),
        });
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
