//! Finding while one types: the words of the catalogue are loaded once and asked on the device, with the same code that the
//! server asks. So it answers at once, and without a network, too. Without a script the form asks the server.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Modules that are shown while one types.
pub const SHOWN_MAX: usize = 6;
/// Where the words of the catalogue are.
pub const WORDS_PATH: &str = "/module/suche.json";

/// A module with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickModule {
    /// The short name.
    pub code: String,
    /// The title.
    pub title: String,
    /// Its words, by where they stand.
    pub words: domain::module::search::Document,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuickAnswer {
    /// The best modules: path, title, and why.
    pub hits: Vec<(String, String, String)>,
    /// How many there are in all.
    pub count: usize,
    /// What was meant, if a word was misspelt.
    pub meant: Option<String>,
}

/// What is found while one types into the field of this id.
#[component]
pub fn QuickFind(
    /// The id of the field.
    field: &'static str,
) -> impl IntoView {
    let answer = RwSignal::new(None::<QuickAnswer>);
    Effect::new(move |_| browser::listen(field, answer));
    view! { <div class="quick no-print" role="status">{move || answer.get().map(shown)}</div> }
}

fn shown(answer: QuickAnswer) -> AnyView {
    let heading = match (&answer.meant, answer.count) {
        (_, 0) => "Kein Treffer".to_owned(),
        (Some(meant), _) => format!("Gemeint ist wohl „{meant}“"),
        (None, 1) => "1 Treffer".to_owned(),
        (None, count) => format!("{count} Treffer"),
    };
    let hits = answer
        .hits
        .into_iter()
        .map(|(path, title, why)| view! { <li class="list-item"><a href=path>{title}</a><span class="hint">{why}</span></li> })
        .collect::<Vec<_>>();
    view! { <p class="hint">{heading}</p><ul class="list">{hits}</ul> }.into_any()
}

/// The half that runs in the browser.
#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::{Cell, RefCell};

    use domain::module::search::Index;
    use gloo_net::http::Request;
    use leptos::task::spawn_local;
    use leptos::{lazy, prelude::*};
    use wasm_bindgen::{JsCast, prelude::Closure};
    use web_sys::HtmlInputElement;

    use super::{QuickAnswer, QuickModule, SHOWN_MAX, WORDS_PATH};

    thread_local! {
        static CATALOGUE: RefCell<Option<(Index, Vec<QuickModule>)>> = const { RefCell::new(None) };
        /// The question that was asked last: an answer to an earlier one comes too late.
        static ASKED: Cell<u32> = const { Cell::new(0) };
    }

    /// Answers whatever is typed into the field, as long as the page is there, and what was typed before it came to life.
    pub fn listen(field: &'static str, answer: RwSignal<Option<QuickAnswer>>) {
        let Some(input) = document()
            .get_element_by_id(field)
            .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if input.value() != input.default_value() {
            answers(input.value(), answer);
        }
        let asked = input.clone();
        let typed = Closure::<dyn FnMut()>::new(move || answers(asked.value(), answer));
        // A browser that cannot listen leaves the form, which asks the server.
        drop(input.add_event_listener_with_callback("input", typed.as_ref().unchecked_ref()));
        let typed = StoredValue::new_local(typed);
        on_cleanup(move || {
            typed.with_value(|typed| {
                drop(input.remove_event_listener_with_callback("input", typed.as_ref().unchecked_ref()));
            });
        });
    }

    fn answers(words: String, answer: RwSignal<Option<QuickAnswer>>) {
        let number = ASKED.get().wrapping_add(1);
        ASKED.set(number);
        spawn_local(async move {
            let found = ask(words).await;
            if ASKED.get() == number {
                answer.try_set(found);
            }
        });
    }

    async fn ask(words: String) -> Option<QuickAnswer> {
        if words.trim().is_empty() {
            return None;
        }
        let is_known = CATALOGUE.with_borrow(Option::is_some);
        let text = if is_known { None } else { Some(load().await?) };
        find(words, text).await
    }

    /// The words of the catalogue; nothing, if they cannot be had: then the form asks the server.
    async fn load() -> Option<String> {
        let response = Request::get(WORDS_PATH).send().await.ok()?;
        if !response.ok() {
            return None;
        }
        let bytes = response.binary().await.ok()?;
        String::from_utf8(bytes).ok()
    }

    /// Asks the catalogue; the first time it is read. Loaded when somebody types for the first time.
    #[lazy]
    fn find(words: String, text: Option<String>) -> Option<QuickAnswer> {
        if let Some(text) = text {
            let modules: Vec<QuickModule> = crate::json::read(text.as_bytes()).ok()?;
            let documents: Vec<_> = modules.iter().map(|module| module.words.clone()).collect();
            CATALOGUE.set(Some((Index::of(&documents), modules)));
        }
        CATALOGUE.with_borrow(|catalogue| {
            let (index, modules) = catalogue.as_ref()?;
            let found = index.find(&words);
            let hit = |hit: &domain::module::search::Hit| {
                let module = modules.get(hit.document)?;
                let why = hit
                    .why
                    .first()
                    .map(|(place, word)| format!("{}: {word}", place.label()));
                Some((
                    format!("/module/{}", module.code),
                    format!("{} {}", module.code, module.title),
                    why.unwrap_or_default(),
                ))
            };
            Some(QuickAnswer {
                hits: found.hits.iter().take(SHOWN_MAX).filter_map(hit).collect(),
                count: found.hits.len(),
                meant: found.meant,
            })
        })
    }
}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
mod browser {
    use leptos::prelude::RwSignal;

    use super::QuickAnswer;

    pub fn listen(_: &'static str, _: RwSignal<Option<QuickAnswer>>) {}
}
