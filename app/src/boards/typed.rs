//! Texts on a board while they are typed: what stands in a field stays when its form goes and comes back, because the room has
//! stopped, the card was closed or put elsewhere, or the page loaded again; without WebAssembly, because something was wrong with it.
//! Other words for a card belong to the words from which they were begun: what others change meanwhile is brought together with
//! them, and never lost.

use std::fmt::Display;

use domain::board::state::CARD_CHARACTERS_MAX;
use domain::board::{CardView, signs};
use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use super::outbox::draft::fields as drafts;
use super::shown::Shown;
use super::words;
use crate::form_reply::FormReply;
use crate::ui::changing::changing;

/// A comment on a card or comment.
pub const COMMENT: &str = "kommentar";
/// Other words for a card.
pub const WORDS: &str = "text";
/// From which revision those were begun.
const BASE: &str = "stand";
/// How it was where a solution was tried.
pub const CONTEXT: &str = "kontext";
/// What became of it.
pub const OUTCOME: &str = "ergebnis";
/// Where that was.
pub const PLACE: &str = "ort";
/// The board's own rules.
pub const RULES: &str = "rules";
/// What held when their form was opened.
pub const RULES_BASE: &str = "rules-base";
/// What is wrong with them.
pub const RULES_ERROR: &str = "rules-error";

/// The id of a field in a form of the card or comment with this number.
#[must_use]
pub fn field(name: &str, number: impl Display) -> String {
    format!("{name}-{number}")
}

/// A field for a comment, or for other words of the card `words_of`. Says what does not belong there, on the device only.
pub fn area(shown: Shown, id: String, rows: &'static str, first: String, words_of: Option<u32>) -> AnyView {
    let text = RwSignal::new(shown.typed(&id).unwrap_or(first));
    let field = id.clone();
    // What is about to be changed is no longer replaced by what others make of it.
    let begin = move || {
        if let Some(number) = words_of {
            shown.begin(number);
        }
    };
    let typed = move |event| {
        begin();
        let typed = event_target_value(&event);
        shown.keep_typed(&field, &typed);
        if let Some(number) = words_of {
            shown.keep_on_device(&self::field(BASE, number));
        }
        text.set(typed);
    };
    view! {
        <textarea id=id name="text" rows=rows required=true maxlength=CARD_CHARACTERS_MAX.to_string()
            on:focus=move |_| begin() on:input=typed>{text.get_untracked()}</textarea>
        {sign(text)}
    }
    .into_any()
}

/// Says when what is typed looks like data of clients, insults or leads elsewhere. It stops nobody. The device finds it, and tells nobody.
pub fn sign(text: RwSignal<String>) -> AnyView {
    let sign = changing(move || match text.with(|text| signs::sign(text)) {
        Some(sign) => view! { <p class="notice notice-warning">{words::sign(sign)}</p> }.into_any(),
        None => ().into_any(),
    });
    view! { <div role="status">{sign}</div> }.into_any()
}

/// How many characters are left while one types.
pub fn left(id: String, text: RwSignal<String>, characters_max: usize) -> AnyView {
    let left = changing(move || {
        let used = text.with(|text| text.chars().count());
        match characters_max.checked_sub(used) {
            Some(left) => format!("Noch {left} Zeichen."),
            None => format!("{} Zeichen zu viel.", used - characters_max),
        }
        .into_any()
    });
    view! { <p class="hint" id=id>{left}</p> }.into_any()
}

/// In place of a form that is not there for now: what was typed into its field, or sent too late without WebAssembly. It is not lost.
#[must_use]
pub fn unsent(shown: Shown, field: &str) -> Option<AnyView> {
    let typed = shown.typed(field).filter(|typed| !typed.is_empty())?;
    Some(view! { <p class="note-text">{format!("Noch nicht gesendet: {typed}")}</p> }.into_any())
}

impl Shown {
    /// What was typed into a field and is not sent.
    #[must_use]
    pub fn typed(self, field: &str) -> Option<String> {
        self.fields.with_value(|fields| fields.get(field).cloned())
    }

    /// Keeps what is typed into a field: for as long as the page is there, and on the device.
    pub fn keep_typed(self, field: &str, text: &str) {
        self.keep_in_page(field, text);
        self.keep_on_device(field);
    }

    fn keep_in_page(self, field: &str, text: &str) {
        self.fields
            .update_value(|fields| drop(fields.insert(field.to_owned(), text.to_owned())));
    }

    /// What stands in a field now is there again after a reload.
    fn keep_on_device(self, field: &str) {
        #[cfg(feature = "hydrate")]
        {
            let text = self.typed(field).filter(|text| !text.is_empty());
            drafts::keep(&self.id(), field, text.as_deref());
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = (self, field);
    }

    fn forget_typed(self, field: &str) {
        self.fields.update_value(|fields| drop(fields.remove(field)));
        self.keep_on_device(field);
    }

    /// What was sent is typed no more, whatever has become of its form. What was typed behind it is.
    #[cfg(feature = "hydrate")]
    pub fn forget_sent(self, board: &str, field: &str, sent: &str) {
        match self.fields.try_with_value(|fields| fields.get(field).cloned()) {
            Some(Some(typed)) => {
                if let Some(rest) = typed.strip_prefix(sent) {
                    self.keep_typed(field, rest);
                }
            }
            Some(None) => {}
            // The page was left.
            None => drafts::keep(board, field, None),
        }
    }

    /// Brings back what stood in fields before a reload: into those that are there, and into the others as soon as they open.
    #[cfg(feature = "hydrate")]
    pub fn remember_typed(self) {
        drafts::remember(self.id(), move |found| {
            for (name, text) in &found {
                let Some((what, number)) = name.rsplit_once('-') else {
                    continue;
                };
                if what == BASE || !self.is_untyped(name) || is_touched(name) {
                    continue;
                }
                let base = field(BASE, number);
                if what == WORDS
                    && let Some((_, revision)) = found.iter().find(|(name, _)| *name == base)
                {
                    self.keep_in_page(&base, revision);
                }
                self.keep_in_page(name, text);
                bring_back(name, text);
                if let Ok(number) = number.parse() {
                    self.card_again(number);
                }
            }
        });
    }

    /// Whether nothing was typed into a field of this page. No: the page was left.
    #[cfg(feature = "hydrate")]
    fn is_untyped(self, field: &str) -> bool {
        let is_untyped = self.fields.try_with_value(|fields| !fields.contains_key(field));
        is_untyped.unwrap_or_default()
    }

    /// Other words for a card are begun: from its words as they are now.
    fn begin(self, number: u32) {
        if self.base(number).is_none()
            && let Some(card) = self.numbered(number)
        {
            self.keep_in_page(&field(BASE, number), &card.revision.to_string());
        }
    }

    /// From which revision the words in a card's field were begun, once somebody has.
    #[must_use]
    pub fn base(self, number: u32) -> Option<String> {
        self.typed(&field(BASE, number))
    }

    /// Takes what the form of one card was answered: what was wrong stays in its field, what is done leaves it.
    pub fn take_answer(self, reply: &FormReply) {
        if let Some(rules) = reply.values.get(RULES) {
            self.keep_in_page(RULES, rules);
            if let Some(error) = reply.error(RULES) {
                self.keep_in_page(RULES_ERROR, &error);
            }
            // What somebody else has written meanwhile is said: the next time it is written over knowingly.
            if let Some(base) = reply.values.get("base") {
                fill(RULES_BASE, base);
                self.keep_in_page(RULES_BASE, base);
            }
        }
        let Ok(number) = reply.value("number").parse() else {
            return;
        };
        let [text, base, context] = ["text", "base", "context"].map(|name| reply.values.get(name));
        match (text, base, context) {
            (Some(text), _, _) if reply.notice.is_some() => self.words_are_saved(number, text),
            (Some(text), Some(base), _) => {
                // Whoever has typed on meanwhile keeps that.
                if self.typed(&field(WORDS, number)).is_none() {
                    self.keep_typed(&field(WORDS, number), text);
                }
                self.keep_typed(&field(BASE, number), base);
                self.card_again(number);
            }
            (Some(text), None, _) => self.keep_typed(&field(COMMENT, number), text),
            (None, _, Some(context)) => {
                self.keep_typed(&field(CONTEXT, number), context);
                self.keep_in_page(&field(OUTCOME, number), &reply.value("outcome"));
                self.keep_in_page(&field(PLACE, number), &reply.value("district"));
            }
            _ => {}
        }
    }

    /// Other words are the card's own by now. Whoever has typed on meanwhile goes on from where they began: the server brings both
    /// together.
    fn words_are_saved(self, number: u32, text: &str) {
        let words = field(WORDS, number);
        if self.typed(&words).is_some_and(|typed| typed != text) {
            return;
        }
        let base = self.base(number).and_then(|base| base.parse::<u32>().ok());
        self.forget_typed(&words);
        self.forget_typed(&field(BASE, number));
        // Otherwise the card comes, and its words with it.
        if self.numbered(number).map(|card| card.revision) > base {
            self.card_again(number);
        }
    }

    /// Words that somebody typed into a card's field before the page listened are kept, and begun from what they read.
    pub fn take_over(self, number: u32, first: &CardView) {
        let words = field(WORDS, number);
        if let Some(typed) = stands(&words).filter(|typed| *typed != first.text) {
            self.keep_typed(&words, &typed);
            self.keep_typed(&field(BASE, number), &first.revision.to_string());
        }
    }

    pub(super) fn numbered(self, number: u32) -> Option<CardView> {
        self.data.with_untracked(|data| {
            let mut cards = data.view.cards.iter();
            cards.find(|card| card.number == number).cloned()
        })
    }
}

/// What is chosen in a list whose entries are made anew.
#[derive(Clone, Copy, Debug, Default)]
pub struct Chosen(StoredValue<Option<String>>);

impl Chosen {
    /// Called before entries are made anew: what is chosen stays chosen, if it is still among them. Made anew once more before that is
    /// done, they do not show what was chosen, but what the browser put in its place: so it is held.
    #[cfg(feature = "hydrate")]
    pub fn stays(self, field: &str) {
        use leptos::leptos_dom::helpers::queue_microtask;
        use wasm_bindgen::JsCast;
        use web_sys::HtmlSelectElement;

        let list = document().get_element_by_id(field);
        let Some(list) = list.and_then(|list| list.dyn_into::<HtmlSelectElement>().ok()) else {
            return;
        };
        // Where there is nothing to choose from nothing is chosen: of what comes the browser takes the first.
        if list.length() == 0 {
            return;
        }
        let chosen = self.0.get_value().unwrap_or_else(|| list.value());
        self.0.set_value(Some(chosen.clone()));
        // Before anybody can press anything, and also where nothing is drawn.
        queue_microtask(move || {
            let _ = self.0.try_set_value(None);
            let now = list.value();
            list.set_value(&chosen);
            // It is gone: what the browser has chosen instead is seen.
            if list.value() != chosen {
                list.set_value(&now);
            }
        });
    }

    /// On the server nothing is chosen.
    #[cfg(not(feature = "hydrate"))]
    pub fn stays(self, _: &str) {
        let _ = self.0;
    }
}

/// A field for text, if the page has it.
#[cfg(feature = "hydrate")]
pub fn text_area(field: &str) -> Option<web_sys::HtmlTextAreaElement> {
    use wasm_bindgen::JsCast;
    document().get_element_by_id(field)?.dyn_into().ok()
}

/// What stands in a field, if the page has it.
#[cfg(feature = "hydrate")]
fn stands(field: &str) -> Option<String> {
    Some(text_area(field)?.value())
}

#[cfg(not(feature = "hydrate"))]
fn stands(_: &str) -> Option<String> {
    None
}

/// Puts a text into a field, if the page has it.
#[cfg(feature = "hydrate")]
pub fn fill(field: &str, text: &str) {
    if let Some(area) = text_area(field).filter(|area| area.value() != text) {
        area.set_value(text);
    }
}

/// A field in which nobody has typed says what holds now, and so does one in which that was typed.
#[cfg(feature = "hydrate")]
pub fn follow(field: &str, base: &str, now: &str) {
    let stands = stands(field);
    if stands == self::stands(base) || stands.is_some_and(|stands| stands.trim() == now) {
        fill(field, now);
        fill(base, now);
    }
}

/// Whether somebody typed into a field before the page listened.
#[cfg(feature = "hydrate")]
fn is_touched(field: &str) -> bool {
    text_area(field).is_some_and(|area| area.default_value().is_ok_and(|first| first != area.value()))
}

/// Puts a text into a field, if the page has it, as if by hand, and where it is seen.
#[cfg(feature = "hydrate")]
fn bring_back(field: &str, text: &str) {
    let (Some(area), Ok(event)) = (text_area(field), web_sys::Event::new("input")) else {
        return;
    };
    area.set_value(text);
    drop(area.dispatch_event(&event));
    let mut around = area.closest("details").ok().flatten();
    while let Some(part) = around {
        drop(part.set_attribute("open", ""));
        around = part
            .parent_element()
            .and_then(|above| above.closest("details").ok().flatten());
    }
}

/// On the server the field is written with its text.
#[cfg(not(feature = "hydrate"))]
pub fn fill(_: &str, _: &str) {}
