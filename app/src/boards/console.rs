//! `/themen/{slug}/moderation`: the moderator's side of a board, for one thumb.

use domain::board::{CardView, Level, Operation, Phase, Standing, client_data};
use leptos::prelude::*;
use leptos_meta::Meta;

use super::actions::RefuseCard;
use super::card::said;
use super::deed::{Look, deed};
use super::dto::BoardData;
use super::parts::state;
use super::shown::{Shown, page};
use super::words;
use crate::form_reply::{FormReply, address};
use crate::ui::changing::{changing, each};
use crate::ui::{
    badge::Badge, button::SubmitButton, empty::EmptyState, form::Answered, not_found::NotFound, page::Page,
    post_form::PostForm,
};

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
    let screen = format!("{path}/leinwand");
    let (title, code) = (format!("Moderation: {}", data.title), words::spaced(&data.code));
    let shown = Shown::new(data, "moderation");
    let answered = changing(move || view! { <Answered reply=shown.deeds.last_or(&kept) /> }.into_any());
    // Who has waited longest comes first.
    let waiting = move || {
        let mut waiting: Vec<(u32, u128)> = Vec::new();
        shown.data.with(|data| {
            for card in data
                .view
                .cards
                .iter()
                .filter(|card| card.standing == Standing::Waiting)
            {
                let at = waiting.partition_point(|(number, _)| *number < card.number);
                waiting.insert(at, (card.number, card.id.0.as_u128()));
            }
        });
        waiting.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
    };
    let count = changing(move || waiting().len().to_string().into_any());
    let none = changing(move || {
        if waiting().is_empty() {
            view! { <EmptyState title="Nichts wartet."><p>"Neue Karten stehen hier, sobald sie ankommen."</p></EmptyState> }.into_any()
        } else {
            ().into_any()
        }
    });
    let controls = changing(move || controls(shown));
    view! {
        <Page title>
            {answered}
            {state(shown)}
            <p class="actions no-print">
                <a class="button button-quiet" href=path>"Zum Board"</a>
                <a class="button button-quiet" href=screen>"Zur Leinwand"</a>
            </p>
            <p>"Code für den Raum: " <strong class="board-code">{code}</strong></p>
            <section aria-labelledby="warten">
                <h2 id="warten">"Wartet auf Freigabe " <span class="column-count">{count}</span></h2>
                <ul class="notes">{each(waiting, move |id| decision(shown, id))}</ul>
                {none}
            </section>
            <section aria-labelledby="steuern">
                <h2 id="steuern">"Board steuern"</h2>
                {controls}
            </section>
        </Page>
    }
    .into_any()
}

/// A card that waits, with the two answers it can get.
fn decision(shown: Shown, id: u128) -> AnyView {
    let card = shown.card(id);
    let Some(first) = card.get_untracked() else {
        return ().into_any();
    };
    let CardView { id, number, .. } = first;
    let answers = shown.deeds;
    let field = format!("regel-{number}");
    let named = field.clone();
    let publish = Operation::Stand {
        card: id,
        standing: Standing::Published,
    };
    let publish = deed(
        shown,
        &publish,
        &format!("Karte {number}"),
        "Veröffentlichen",
        Look::Main,
        None,
    );
    let said = changing(move || {
        let Some(card) = card.get() else {
            return ().into_any();
        };
        let flag = client_data::looks_like(&card.text)
            .then(|| view! { <p><Badge text="Sieht nach Daten von Klient*innen aus" kind="bad" /></p> });
        // That it waits stands above the list.
        let card = CardView {
            standing: Standing::Published,
            ..card
        };
        view! { {said(card)}{flag} }.into_any()
    });
    let rules = words::POLICY.into_iter().enumerate();
    let rules =
        rules.map(|(index, rule)| view! { <option value=index.to_string()>{rule}</option> }.into_any());
    view! {
        <li class="note">
            {said}
            <div class="note-deeds">
                {publish}
                <details class="note-erase">
                    <summary>"Ablehnen"<span class="visually-hidden">{format!(" von Karte {number}")}</span></summary>
                    <PostForm to={address::<RefuseCard>()} answers class="form form-tight">
                        {shown.hidden()}
                        <input type="hidden" name="card" value=id.to_string() />
                        <div class="field">
                            <label for=named>"Gegen welche Regel verstößt sie?"</label>
                            <select id=field name="rule">{rules.collect::<Vec<_>>()}</select>
                        </div>
                        <SubmitButton label="Ablehnen" danger=true answers />
                    </PostForm>
                </details>
            </div>
        </li>
    }
    .into_any()
}

/// What holds for the whole board. The emergency brake comes first.
fn controls(shown: Shown) -> AnyView {
    let frame = shown.frame.get();
    let (brake, look) = if frame.frozen {
        ("Board weiterlaufen lassen", Look::Main)
    } else {
        ("Board anhalten", Look::Danger)
    };
    let brake = deed(
        shown,
        &Operation::Freeze {
            frozen: !frame.frozen,
        },
        "",
        brake,
        look,
        None,
    );
    let hide = Operation::HideVotes {
        hidden: !frame.votes_hidden,
    };
    let votes = deed(
        shown,
        &hide,
        "",
        "Stimmen verdecken",
        Look::Quiet,
        Some(frame.votes_hidden),
    );
    let phases = Phase::ALL.iter().map(|phase| {
        deed(
            shown,
            &Operation::GoTo { phase: *phase },
            "",
            phase.label(),
            Look::Quiet,
            Some(*phase == frame.phase),
        )
    });
    let levels = Level::ALL.iter().map(|level| {
        deed(
            shown,
            &Operation::Moderate { level: *level },
            "",
            level.label(),
            Look::Quiet,
            Some(*level == frame.level),
        )
    });
    view! {
        <div class="note-deeds">{brake}{votes}</div>
        <h3 id="phase">"Phase"</h3>
        <div class="note-deeds" role="group" aria-labelledby="phase">{phases.collect::<Vec<_>>()}</div>
        <h3 id="freigabe">"Freigabe"</h3>
        <div class="note-deeds" role="group" aria-labelledby="freigabe">{levels.collect::<Vec<_>>()}</div>
    }
    .into_any()
}
