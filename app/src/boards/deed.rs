//! A button that does one thing on a board. It says how it shall be, never by how much it shall change: pressed twice,
//! or late, it does no harm. With WebAssembly it answers at once, also without a network; without, it is a form.

use domain::board::Operation;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::actions::ActOnBoard;
use super::pressed::Pressed;
use super::shown::Shown;
use crate::form_reply::address;

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Beside others.
    Quiet,
    /// The main thing to do here.
    Main,
    /// Destroys something.
    Danger,
}

/// The button. `about` is said before the label to who does not see where it stands; `pressed` is for buttons that are
/// on or off.
pub fn deed(
    shown: Shown,
    operation: &Operation,
    about: &str,
    label: &str,
    look: Look,
    pressed: Option<bool>,
) -> AnyView {
    let class = match look {
        Look::Danger => "button button-danger button-small",
        Look::Main => "button button-small",
        Look::Quiet => "button button-quiet button-small",
    };
    // What cannot be written cannot be sent either; the server says so then.
    let value = serde_json::to_string(operation).unwrap_or_default();
    let spoken = (!about.is_empty()).then(|| format!("{about}: {label}"));
    let pressed = pressed.map(|pressed| if pressed { "true" } else { "false" });
    let label = label.to_owned();
    let operation = operation.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        shown.want(operation.clone(), Some(Pressed::of(&event)));
    };
    view! {
        <form method="post" action={address::<ActOnBoard>()} class="deed" on:submit=submit>
            {shown.hidden()}
            <input type="hidden" name="operation" value=value />
            <button type="submit" class=class aria-pressed=pressed aria-label=spoken>{label}</button>
        </form>
    }
    .into_any()
}
