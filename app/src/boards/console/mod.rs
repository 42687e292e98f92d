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
use crate::ui::{form::Answered, not_found::NotFound, notice::Notice, page::Page};

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
    let title = format!("Moderation: {}", data.title);
    let shown = Shown::new(data, "moderation", &kept);
    let heading = shown.title();
    let heading = changing(move || format!("Moderation: {}", heading.get()).into_any()).into_any();
    waiting::in_title(shown, "Moderation: ");
    // What others wrote is shown no more, and would seem to be gone.
    let moderates = Memo::new(move |_| shown.frame.get().me.moderates);
    let side = changing(move || {
        if moderates.get() {
            side(shown, &kept)
        } else {
            over(shown)
        }
    });
    view! { <Page title heading>{side}</Page> }.into_any()
}

/// The moderator's side of the board.
fn side(shown: Shown, kept: &FormReply) -> AnyView {
    let corrects = shown.data.with_untracked(|data| data.corrects);
    let ways = [
        ("", "Zum Board"),
        ("/ergebnisse", "Zu den Ergebnissen"),
        ("/anwesend", "Wer da ist"),
        ("/protokoll", "Protokoll der Moderation"),
        ("?als=teilnehmende", "Wie Teilnehmende es sehen"),
        ("/bearbeiten", "Board bearbeiten"),
    ];
    let ways = ways.into_iter().take(if corrects { 6 } else { 5 });
    let ways = ways.map(|(page, words)| way(shown, page, words));
    let ways = ways.collect::<Vec<_>>();
    let stays = shown.stays();
    let stays = changing(move || stays.get().into_any());
    let bench = workbench::workbench(shown, kept.clone());
    let kept = kept.clone();
    let answered =
        changing(move || view! { <Answered reply=beside(shown.deeds.last_or(&kept)) /> }.into_any());
    view! {
        {answered}
        {undo(shown)}
        {until_emptied(shown, stage::brake)}
        {state(shown)}
        {until_emptied(shown, code)}
        {bench}
        {until_emptied(shown, queue::queue)}
        // Behind what waits: on a phone these fill the first screen.
        <p class="actions no-print">
            {ways}
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
    }
    .into_any()
}

/// The way to a page of this board.
fn way(shown: Shown, page: &str, words: &'static str) -> AnyView {
    let path = format!("/themen/{}{page}", shown.slug());
    view! { <a class="button button-quiet" href=path>{words}</a> }.into_any()
}

/// In its place for whoever moderates no more: signed out elsewhere, or no longer allowed to.
fn over(shown: Shown) -> AnyView {
    let sign_in = format!("/konto/anmelden?weiter=/themen/{}/moderation", shown.slug());
    view! {
        <Notice kind="warning">"Sie moderieren hier nicht mehr."</Notice>
        <p class="actions">
            <a class="button" href=sign_in>"Anmelden"</a>
            {way(shown, "", "Zum Board")}
        </p>
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
            <p>"Der alte Code führt nicht mehr hierher. Wer die Adresse des Boards hat, kann weiter mitmachen. Die Leinwand zeigt den neuen Code von selbst, ausgedruckte Codes gelten nicht mehr. Das lässt sich nicht zurücknehmen."</p>
            {renew}
        </details>
        <p class="actions no-print">
            <a class="button button-quiet" href="#steuern" rel="external">"Board steuern"</a>
            <a class="button button-quiet" href=screen>"Zur Leinwand"</a>
        </p>
    }
    .into_any()
}
