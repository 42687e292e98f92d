//! Another place without dragging (WCAG 2.2, 2.5.7): a button on the card opens a sheet with column and place.

use domain::board::{CardView, Operation};
use domain::ids::{CardId, ColumnId};
use leptos::prelude::*;

use crate::boards::actions::MoveCard;
use crate::boards::outbox::typing;
use crate::boards::shown::Shown;
use crate::boards::typed::keep_chosen;
use crate::form_reply::address;
use crate::ui::changing::changing;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// The button and its sheet. A browser opens and closes it by itself, with and without a script.
pub fn place(shown: Shown, first: &CardView) -> AnyView {
    let (id, number) = (first.id, first.number);
    let answers = shown.deeds;
    let [sheet, field] = [format!("verschieben-{number}"), format!("ziel-{number}")];
    let [opened, closed, hidden, named] = [sheet.clone(), sheet.clone(), sheet.clone(), field.clone()];
    let chosen = field.clone();
    let targets = changing(move || {
        // What is chosen stays chosen while others come and go.
        keep_chosen(&chosen);
        targets(shown, id).into_any()
    });
    let submit = typing::takes(shown, move |fields| {
        let (column, after) = target(&fields.get("target")?)?;
        hide(&hidden);
        Some(Operation::Move {
            card: id,
            column,
            after,
        })
    });
    view! {
        <button type="button" class="button button-quiet button-small no-print" popovertarget=opened aria-label=format!("Karte {number}: Verschieben")>"Verschieben"</button>
        <div id=sheet popover="auto" role="dialog" aria-label=format!("Karte {number} verschieben") class="sheet no-print">
            <div on:submit:capture=submit>
                <PostForm to={address::<MoveCard>()} answers class="form form-tight">
                    {shown.hidden()}
                    <input type="hidden" name="card" value=id.to_string() />
                    <div class="field">
                        <label for=named>{format!("Karte {number} verschieben nach")}</label>
                        <select id=field name="target">{targets}</select>
                    </div>
                    <p class="actions">
                        <SubmitButton label="Verschieben" answers shut=shown.stopped />
                        <button type="button" class="button button-quiet" popovertarget=closed popovertargetaction="hide">"Abbrechen"</button>
                    </p>
                </PostForm>
            </div>
        </div>
    }
    .into_any()
}

/// The column, and there the card behind which: without one on top. Nothing: that is no entry of the list.
#[must_use]
pub fn target(chosen: &str) -> Option<(ColumnId, Option<CardId>)> {
    let (column, after) = chosen.split_once(' ').unwrap_or((chosen, ""));
    Some((ColumnId::parse(column).ok()?, CardId::parse(after).ok()))
}

/// Top and bottom of each column.
fn targets(shown: Shown, card: CardId) -> Vec<AnyView> {
    let mut targets = Vec::new();
    for end in shown.ends().get() {
        targets.push((end.column.to_string(), format!("{}, ganz oben", end.title)));
        if let Some(last) = end.last_other_than(card) {
            targets.push((
                format!("{} {last}", end.column),
                format!("{}, ganz unten", end.title),
            ));
        }
    }
    let options = targets.into_iter();
    options
        .map(|(value, words)| view! { <option value=value>{words}</option> }.into_any())
        .collect()
}

/// Closes the sheet: the focus is on the card's button again.
#[cfg(feature = "hydrate")]
fn hide(sheet: &str) {
    use wasm_bindgen::JsCast;
    let sheet = document().get_element_by_id(sheet);
    if let Some(sheet) = sheet.and_then(|sheet| sheet.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A browser that knows no sheets shows the form on the card.
        drop(sheet.hide_popover());
    }
}

#[cfg(not(feature = "hydrate"))]
fn hide(_: &str) {}
