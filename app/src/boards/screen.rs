//! `/themen/{slug}/leinwand`: a board for the projector, readable from eight metres. Nothing scrolls by itself: the
//! newest cards stand on top of their columns, and the code to join stays in its corner. It shows what everybody sees, also
//! where staff has opened it.

use domain::board::{CardView, Standing};
use domain::german::count;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::dto::BoardData;
use super::parts::{lit, state};
use super::shown::{Shown, page_for_everybody};
use super::words;
use crate::form_reply::FormReply;
use crate::ui::changing::changing;
use crate::ui::page::document_title;

/// Cards of a column on the screen at most; those are shown that fit.
const CARDS_SHOWN_MAX: usize = 3;

/// The page.
#[component]
pub fn ScreenPage() -> impl IntoView {
    view! {
        <Meta name="robots" content="noindex" />
        {page_for_everybody("Leinwand", screen)}
    }
}

fn screen(data: BoardData, kept: FormReply) -> AnyView {
    let (title, slug, code) = (data.title.clone(), data.slug.clone(), words::spaced(&data.code));
    let document = document_title(&format!("Leinwand: {title}"));
    let shown = Shown::new(data, "", &kept);
    let newest = changing(move || match lit(shown) {
        Some(card) => large(&card),
        None => newest(shown),
    });
    let code_image = format!("/themen/{slug}/code.svg");
    view! {
        <Title text=document />
        <article class="screen">
            <header class="screen-head">
                <h1>{title}</h1>
                <p>"Mitmachen unter „Themen“ mit dem Code " <strong class="board-code">{code}</strong></p>
            </header>
            <img class="screen-code" src=code_image alt="QR-Code zum Mitmachen" width="160" height="160" />
            {state(shown)}
            {newest}
        </article>
    }
    .into_any()
}

/// One card for the whole room.
fn large(card: &CardView) -> AnyView {
    let hands = card
        .hands
        .map(|hands| view! { <p>{count(hands, "Handzeichen", "Handzeichen")}</p> });
    view! {
        <section class="screen-large" aria-live="polite">
            <h2>{format!("Karte {}: {}", card.number, card.kind.label())}</h2>
            <p class="note-text">{card.text.clone()}</p>
            {hands}
        </section>
    }
    .into_any()
}

/// What everybody sees, the newest on top.
fn newest(shown: Shown) -> AnyView {
    let columns = shown.data.with(|data| {
        let columns = data.view.columns.iter().map(|column| {
            let (mut cards, mut number) = (Vec::new(), 0);
            let of_column = data.view.cards.iter().filter(|card| card.column == column.id);
            for card in of_column.filter(|card| card.standing == Standing::Published && card.on.is_none()) {
                let key = (card.pinned, card.number);
                let at = cards.partition_point(|(other, _)| *other > key);
                cards.insert(at, (key, card.text.clone()));
                number += 1;
            }
            cards.truncate(CARDS_SHOWN_MAX);
            let cards = cards.into_iter().map(|((_, number), text)| {
                view! { <li class="note"><p class="note-text"><strong class="note-number">{number}</strong>" "{text}</p></li> }.into_any()
            });
            view! {
                <section class="column">
                    <h2>{column.title.clone()} " " <span class="column-count">{number}</span></h2>
                    <ul class="notes">{cards.collect::<Vec<_>>()}</ul>
                </section>
            }
            .into_any()
        });
        columns.collect::<Vec<_>>()
    });
    view! { <div class="columns">{columns}</div> }.into_any()
}
