//! New cards of others, said to who does not see them appear: politely, and at most once in five seconds.

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

    use domain::german::count;
    use leptos::prelude::*;

    use super::Shown;

    /// Between two announcements.
    const PAUSE: Duration = Duration::from_secs(5);

    /// What is to be said, and what was.
    #[derive(Clone, Copy)]
    struct News {
        others: Memo<usize>,
        known: StoredValue<Option<usize>>,
        silent: StoredValue<bool>,
        said: RwSignal<String>,
    }

    pub fn follow(shown: Shown, said: RwSignal<String>) {
        let others = shown.cards(|card| !card.mine);
        let news = News {
            others: Memo::new(move |_| others.with(Vec::len)),
            known: StoredValue::new(None),
            silent: StoredValue::new(false),
            said,
        };
        // A timer lives as long as the scope that made it: that of the page, not of one turn of the effect.
        let page = Owner::current();
        Effect::new(move |_| {
            let now = news.others.get();
            // What is there from the beginning is not new, and what went is not announced.
            if news.known.get_value().is_none_or(|known| known > now) {
                news.known.set_value(Some(now));
            }
            say(news, page.clone());
        });
    }

    fn say(news: News, page: Option<Owner>) {
        let known = news.known.try_get_value().flatten();
        let (Some(now), Some(before)) = (news.others.try_get_untracked(), known) else {
            return;
        };
        if now <= before || news.silent.get_value() {
            return;
        }
        let new = u32::try_from(now - before).unwrap_or(u32::MAX);
        let words = format!("Neu auf dem Board: {}.", count(new, "Beitrag", "Beiträge"));
        news.said.set(words);
        news.known.set_value(Some(now));
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
}
