//! What has not arrived on the board yet, with its state in words: on this device, sent, not taken.

use domain::board::Refusal;
use leptos::prelude::*;

use super::{Step, Waiting};
use crate::boards::shown::Shown;
use crate::boards::words;
use crate::ui::badge::Badge;
use crate::ui::changing::changing;

/// The list. Empty while everything has arrived.
pub fn list(shown: Shown) -> AnyView {
    let list = changing(move || {
        let is_stopped = shown.stopped.get();
        let entries: Vec<AnyView> = shown.outbox.waiting.with(|waiting| {
            let written = waiting.iter().filter_map(|one| Some((one, one.text.as_ref()?)));
            written
                .map(|(one, text)| entry(shown, one, text, is_stopped))
                .collect()
        });
        if entries.is_empty() {
            return ().into_any();
        }
        view! {
            <section aria-labelledby="unterwegs" class="note-way no-print">
                <h2 id="unterwegs">"Noch nicht auf dem Board"</h2>
                <ul class="notes">{entries}</ul>
            </section>
        }
        .into_any()
    });
    view! { <div aria-live="polite">{list}</div> }.into_any()
}

fn entry(shown: Shown, one: &Waiting, text: &str, is_stopped: bool) -> AnyView {
    let id = one.id;
    let (word, tone, meaning) = match &one.step {
        Step::OnDevice => (
            "Auf diesem Gerät",
            "warm",
            "Wird gesendet, sobald eine Verbindung da ist. Sie können die Seite schließen.".to_owned(),
        ),
        Step::InPage => (
            "Nur auf dieser Seite",
            "warm",
            "Wird gesendet, sobald eine Verbindung da ist. Bitte lassen Sie die Seite so lange offen."
                .to_owned(),
        ),
        Step::Sent(_) => ("Gesendet", "good", "Gleich steht es auf dem Board.".to_owned()),
        Step::Refused(Refusal::Frozen) if !is_stopped => (
            "Nicht angenommen",
            "bad",
            "Das Board läuft wieder. Bitte noch einmal senden.".to_owned(),
        ),
        Step::Refused(refusal) => ("Nicht angenommen", "bad", words::refusal(*refusal).1),
    };
    let hands = matches!(one.step, Step::Refused(_)).then(|| {
        let again = move |_| shown.want_again(id);
        // Who was taken off the board need not try again.
        let tries = !matches!(one.step, Step::Refused(Refusal::Removed));
        let again = tries.then(|| {
            view! { <button type="button" class="button button-small" disabled=is_stopped on:click=again>"Noch einmal senden"</button> }
        });
        view! {
            <div class="note-deeds">
                {again}
                <button type="button" class="button button-quiet button-small" on:click=move |_| shown.outbox.drop_one(id)>"Verwerfen"</button>
            </div>
        }
    });
    view! {
        <li class="note note-mine">
            <p class="note-text">{text.to_owned()}</p>
            <p class="note-standing"><Badge text=word kind=tone />" "{meaning}</p>
            {hands}
        </li>
    }
    .into_any()
}
