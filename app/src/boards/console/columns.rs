//! The columns of the board: called otherwise, put elsewhere, made, taken away.

use domain::board::plan::{COLUMN_CHARACTERS_MAX, COLUMNS_MAX};
use domain::board::{Column, Operation};
use leptos::prelude::*;

use crate::boards::actions::SetColumn;
use crate::boards::deed::{Look, deed};
use crate::boards::shown::Shown;
use crate::form_reply::address;
use crate::ui::changing::changing;
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// One entry a column, and the form for a new one.
pub fn manage(shown: Shown) -> AnyView {
    let columns = shown.columns();
    let list = changing(move || {
        let columns = columns.get();
        let entries = (0..columns.len()).map(|at| entry(shown, &columns, at));
        let new = (columns.len() < COLUMNS_MAX).then(|| form(shown, None));
        view! { <ul class="notes">{entries.collect::<Vec<_>>()}</ul>{new} }.into_any()
    });
    view! {
        <details class="disclosure no-print">
            <summary>"Spalten ändern"</summary>
            {list}
        </details>
    }
    .into_any()
}

fn entry(shown: Shown, columns: &[Column], at: usize) -> AnyView {
    let Some(column) = columns.get(at) else {
        return ().into_any();
    };
    let id = column.id;
    let about = format!("Spalte {}", column.title);
    let act = |operation: Operation, label: &str| deed(shown, &operation, &about, label, Look::Quiet, None);
    let left = at.checked_sub(1).map(|before| {
        let after = before.checked_sub(1).and_then(|after| columns.get(after));
        let after = after.map(|column| column.id);
        act(Operation::MoveColumn { column: id, after }, "Nach links")
    });
    let right = columns.get(at + 1).map(|next| {
        let after = Some(next.id);
        act(Operation::MoveColumn { column: id, after }, "Nach rechts")
    });
    let remove =
        (columns.len() > 1).then(|| act(Operation::RemoveColumn { column: id }, "Leere Spalte entfernen"));
    view! {
        <li class="note">
            {form(shown, Some(column))}
            <div class="note-deeds">{left}{right}{remove}</div>
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
