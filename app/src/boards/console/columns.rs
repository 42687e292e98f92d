//! The columns of the board: called otherwise, put elsewhere, made, taken away.

use domain::board::plan::{COLUMN_CHARACTERS_MAX, COLUMNS_MAX};
use domain::board::{Column, Operation};
use leptos::prelude::*;

use crate::boards::actions::SetColumn;
use crate::boards::deed::{Look, deed};
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::changing::{changing, each};
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// One entry a column, and the form for a new one.
pub fn manage(shown: Shown) -> AnyView {
    let columns = shown.columns();
    // Each entry is its column's, whatever the others do; one that is called otherwise is made anew.
    let list = each(
        move || columns.get().iter().map(key).collect(),
        move |key| entry(shown, key),
    );
    // Free for the next one when there is one more.
    let new = each(
        move || {
            let many = columns.get().len();
            let has_room = many < COLUMNS_MAX;
            has_room.then_some(many as u128).into_iter().collect()
        },
        move |_| form(shown, None),
    );
    view! {
        <details class="disclosure no-print">
            <summary>"Spalten ändern"</summary>
            <ul class="notes">{list}</ul>
            {new}
        </details>
    }
    .into_any()
}

/// Which column, and how it is called.
fn key(column: &Column) -> u128 {
    let title = column.title.bytes();
    title.fold(column.id.0.as_u128(), |key, byte| {
        key.wrapping_mul(31).wrapping_add(byte.into())
    })
}

fn entry(shown: Shown, which: u128) -> AnyView {
    let (all, ends) = (shown.columns(), shown.ends());
    let first = all.get_untracked();
    let Some(column) = first.iter().find(|column| key(column) == which) else {
        return ().into_any();
    };
    let (id, about) = (column.id, format!("Spalte {}", column.title));
    let hands = changing(move || {
        let columns = all.get();
        let Some(at) = columns.iter().position(|column| column.id == id) else {
            return ().into_any();
        };
        let act =
            |operation: Operation, label: &str| deed(shown, &operation, &about, label, Look::Quiet, None);
        let left = at.checked_sub(1).map(|before| {
            let after = before.checked_sub(1).and_then(|after| columns.get(after));
            let after = after.map(|column| column.id);
            act(Operation::MoveColumn { column: id, after }, "Nach links")
        });
        let right = columns.get(at + 1).map(|next| {
            let after = Some(next.id);
            act(Operation::MoveColumn { column: id, after }, "Nach rechts")
        });
        // What only its author sees may be in it all the same: then the answer says so.
        let is_empty = ends.get().iter().any(|end| end.column == id && end.is_empty());
        let remove = (is_empty && columns.len() > 1)
            .then(|| act(Operation::RemoveColumn { column: id }, "Leere Spalte entfernen"));
        view! { {left}{right}{remove} }.into_any()
    });
    view! {
        <li class="note">
            {form(shown, Some(column))}
            <div class="note-deeds">{hands}</div>
        </li>
    }
    .into_any()
}

/// What stands above a column, or above a new one.
fn form(shown: Shown, column: Option<&Column>) -> AnyView {
    let answers = shown.deeds;
    let (id, title, label, button) = match column {
        Some(column) => (
            column.id.to_string(),
            column.title.clone(),
            format!("Überschrift der Spalte „{}“", column.title),
            "Umbenennen",
        ),
        None => (
            String::new(),
            String::new(),
            format!("Neue Spalte (höchstens {COLUMNS_MAX})"),
            "Spalte anlegen",
        ),
    };
    let field = format!("spaltentitel-{id}");
    view! {
        <PostForm to={address::<SetColumn>()} answers class="form form-tight">
            {shown.hidden()}
            {shown.key()}
            <input type="hidden" name="column" value=id />
            <div class="field">
                <label for=field.clone()>{label}</label>
                <input id=field name="title" type="text" required=true maxlength=COLUMN_CHARACTERS_MAX.to_string() value=title />
            </div>
            <SubmitButton label=button quiet=true answers />
        </PostForm>
    }
    .into_any()
}
