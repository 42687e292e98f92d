//! What is chosen beside the text of a new card, its kind and its column: kept with the draft, and chosen again with it.

use domain::board::CardKind;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlFormElement, HtmlSelectElement};

use super::typing::Fields;

const FORM: &str = "#schreiben form";
const KIND: &str = "kind";
const COLUMN: &str = "column";

/// The form of a new card, if the page has it.
fn form() -> Option<HtmlFormElement> {
    let form = document().query_selector(FORM).ok().flatten()?;
    form.dyn_into().ok()
}

/// What is chosen: the kind and the column, each in a line of its own; empty where nothing is. Nothing: the form is gone.
pub fn read() -> Option<String> {
    let fields = Fields::of(&form()?)?;
    let chosen = [KIND, COLUMN].map(|name| fields.get(name).unwrap_or_default());
    Some(chosen.join("\n"))
}

/// Chooses again what [`read`] said. What is not there any more stays as it is.
pub fn choose(kept: &str) {
    let (Some(form), Some((kind, column))) = (form(), kept.split_once('\n')) else {
        return;
    };
    let kind = CardKind::parse(kind).map(|kind| format!("input[name={KIND}][value={}]", kind.key()));
    let kind = kind.and_then(|kind| form.query_selector(&kind).ok().flatten());
    if let Some(kind) = kind.and_then(|kind| kind.dyn_into::<HtmlElement>().ok()) {
        kind.click();
    }
    let list = form
        .query_selector(&format!("select[name={COLUMN}]"))
        .ok()
        .flatten();
    if let Some(list) = list.and_then(|list| list.dyn_into::<HtmlSelectElement>().ok()) {
        let before = list.value();
        list.set_value(column);
        if list.value().is_empty() {
            list.set_value(&before);
        }
    }
}
