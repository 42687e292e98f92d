//! `/themen/{slug}/moderation`: the moderator's side of a board, for one thumb.
//!
//! - [`columns`]: the columns of the board
//! - [`queue`]: what waits, and the two answers it can get
//! - [`rules`]: what holds on this board beside the rules that hold on all
//! - [`twins`]: cards that may say the same as one that waits
//! - [`stage`]: what holds for the whole board, and the emergency brake, which stands on top
//! - [`workbench`]: one card, and everything that can be done with it

pub mod columns;
pub mod queue;
pub mod rules;
pub mod stage;
pub mod twins;
pub mod workbench;

use domain::board::Operation;
use leptos::prelude::*;
use leptos_meta::Meta;

use super::announce::announce;
use super::deed::{Look, deed};
use super::dto::BoardData;
use super::parts::{columns as cards, state, until_emptied};
use super::shown::{Shown, page};
use super::undo::{beside, undo};
use super::waiting;
use crate::form_reply::FormReply;
use crate::ui::changing::changing;
use crate::ui::{form::Answered, not_found::NotFound, page::Page};

/// The page. Whoever does not moderate this board finds nothing here.
#[component]
pub fn ConsolePage() -> impl IntoView {
    view! {
        <Meta name="robots" content="noindex" />
        {page("Moderation", console)}
    }
}

fn console(data: BoardData, kept: FormReply) -> AnyView {
    if !data.me.moderates {
        return view! { <NotFound /> }.into_any();
    }
    let path = format!("/themen/{}", data.slug);
    let log = format!("{path}/protokoll");
    let (results, present) = (format!("{path}/ergebnisse"), format!("{path}/anwesend"));
    let as_participant = format!("{path}?als=teilnehmende");
    let title = format!("Moderation: {}", data.title);
    let correct = data.corrects.then(|| {
        let path = format!("{path}/bearbeiten");
        view! { <a class="button button-quiet" href=path>"Board bearbeiten"</a> }.into_any()
    });
    let shown = Shown::new(data, "moderation", &kept);
    let stays = shown.stays();
    let stays = changing(move || stays.get().into_any());
    let bench = workbench::workbench(shown, kept.clone());
    let answered =
        changing(move || view! { <Answered reply=beside(shown.deeds.last_or(&kept)) /> }.into_any());
    let heading = shown.title();
    let heading = changing(move || format!("Moderation: {}", heading.get()).into_any()).into_any();
    waiting::in_title(shown, "Moderation: ");
    view! {
        <Page title heading>
            {answered}
            {undo(shown)}
            {until_emptied(shown, stage::brake)}
            {state(shown)}
            {until_emptied(shown, code)}
            {bench}
            {until_emptied(shown, queue::queue)}
            // Behind what waits: on a phone these fill the first screen.
            <p class="actions no-print">
                <a class="button button-quiet" href=path>"Zum Board"</a>
                <a class="button button-quiet" href=results>"Zu den Ergebnissen"</a>
                <a class="button button-quiet" href=present>"Wer da ist"</a>
                <a class="button button-quiet" href=log>"Protokoll der Moderation"</a>
                <a class="button button-quiet" href=as_participant>"Wie Teilnehmende es sehen"</a>
                {correct}
            </p>
            {until_emptied(shown, steer)}
            <section aria-labelledby="karten">
                <h2 id="karten">"Alle Karten"</h2>
                {until_emptied(shown, columns::manage)}
                {cards(shown)}
                {announce(shown)}
            </section>
            <section aria-labelledby="frist" class="no-print">
                <h2 id="frist">"Wie lange Beiträge bleiben"</h2>
                <p>{stays}</p>
            </section>
        </Page>
    }
    .into_any()
}

/// What holds for the whole board.
fn steer(shown: Shown) -> AnyView {
    view! {
        <section aria-labelledby="steuern">
            <h2 id="steuern">"Board steuern"</h2>
            {stage::stage(shown)}
            {rules::rules(shown)}
        </section>
    }
    .into_any()
}

/// The code with which others join, and another one if it has come into wrong hands. Below it the ways past what waits: on a phone
/// that is many screens high.
fn code(shown: Shown) -> AnyView {
    let code = shown.code();
    let code = changing(move || code.get().into_any());
    let label = "Neuen Code vergeben";
    let renew = deed(shown, &Operation::RenewCode, "", label, Look::Danger, None);
    let screen = format!("/themen/{}/leinwand", shown.slug());
    view! {
        <p role="status">"Code für den Raum: " <strong class="board-code">{code}</strong></p>
        <details class="disclosure no-print">
            <summary>"Neuer Code"</summary>
            <p>"Der alte Code führt nicht mehr hierher, auch kein ausgedruckter. Wer die Adresse des Boards hat, kann weiter mitmachen. Das lässt sich nicht zurücknehmen."</p>
            {renew}
        </details>
        <p class="actions no-print">
            <a class="button button-quiet" href="#steuern" rel="external">"Board steuern"</a>
            <a class="button button-quiet" href=screen>"Zur Leinwand"</a>
        </p>
    }
    .into_any()
}
