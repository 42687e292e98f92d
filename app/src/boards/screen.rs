//! `/themen/{slug}/leinwand`: a board for the projector, readable from eight metres. Nothing scrolls by itself: the
//! newest cards stand on top of their columns, once they are discussed those that weigh most, and the code to join stays in its
//! corner. It shows what everybody sees, also
//! where staff has opened it.

use domain::board::results::on_screen;
use domain::board::{CardView, Phase};
use domain::german::count;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::dto::BoardData;
use super::parts::{lit, state, until_emptied};
use super::shown::{Shown, page_for_everybody};
use super::waiting;
use super::words;
use crate::form_reply::FormReply;
use crate::ui::badge::Badge;
use crate::ui::changing::changing;
use crate::ui::page::document_title;

/// Cards of a column on the screen at most: more than fit one below the other. Those are shown that fit.
const CARDS_SHOWN_MAX: usize = 10;

/// The page.
#[component]
pub fn ScreenPage() -> impl IntoView {
    view! {
        <Meta name="robots" content="noindex" />
        {page_for_everybody("Leinwand", screen)}
    }
}

fn screen(data: BoardData, kept: FormReply) -> AnyView {
    let document = document_title(&format!("Leinwand: {}", data.title));
    let shown = Shown::new(data, "", &kept);
    let title = shown.title();
    let title = changing(move || title.get().into_any());
    waiting::in_title(shown, "Leinwand: ");
    let cards = changing(move || {
        let phase = shown.frame.get().phase;
        match lit(shown) {
            Some(card) => large(&card, phase),
            None => columns(shown, phase),
        }
    });
    view! {
        <Title text=document />
        <article class="screen">
            <header class="screen-head">
                <h1>{title}</h1>
                {until_emptied(shown, head)}
            </header>
            {until_emptied(shown, image)}
            {state(shown)}
            {cards}
        </article>
    }
    .into_any()
}

/// Where the work stands, and where and with which code others join.
fn head(shown: Shown) -> AnyView {
    let code = shown.code();
    let code = changing(move || code.get().into_any());
    let phase = changing(move || shown.frame.get().phase.label().into_any());
    let join_at = shown.data.with_untracked(|data| data.join_at.clone());
    // Where the address is longer than a line it goes on with its path.
    let (host, path) = join_at.split_at(join_at.find('/').unwrap_or_default());
    let (host, path) = (host.to_owned(), path.to_owned());
    view! { <p class="screen-join"><strong class="screen-phase">{phase}</strong>" " <span>{host}<wbr />{path} " " <strong class="board-code">{code}</strong></span></p> }
        .into_any()
}

/// The picture of the code. With another code comes another picture.
fn image(shown: Shown) -> AnyView {
    let code = shown.code();
    changing(move || {
        let address = format!("/themen/{}/code.svg?{}", shown.slug(), code.get());
        view! { <img class="screen-code" src=address alt="QR-Code zum Mitmachen" width="160" height="160" /> }
            .into_any()
    })
    .into_any()
}

/// The marks of what a moderator has written, and of what was discussed.
fn marks(card: &CardView) -> Vec<AnyView> {
    let moderation = card.by_moderation.then_some(words::MODERATION);
    let discussed = card.discussed.then_some(words::DISCUSSED);
    let marks = moderation.into_iter().chain(discussed);
    marks
        .map(|text| view! { <Badge text kind="good" />" " }.into_any())
        .collect()
}

/// The votes on a card, once they are given and as soon as everybody may know them.
fn votes(card: &CardView, phase: Phase) -> Option<String> {
    let are_given = matches!(phase, Phase::Weigh | Phase::Discuss);
    let votes = card.votes.filter(|_| are_given && card.on.is_none())?;
    Some(count(
        u32::try_from(votes).unwrap_or(u32::MAX),
        "Stimme",
        "Stimmen",
    ))
}

/// Characters for which a line counts that somebody has begun: it is rarely full.
const LINE_CHARACTERS: usize = 60;

/// How large the words of a card in the light are: as large as all of them fit. What has more lines than the screen flows.
fn size(text: &str) -> &'static str {
    let lines = text.matches('\n').count();
    match text.chars().count() + lines * LINE_CHARACTERS {
        0..=100 => "screen-short",
        101..=200 => "screen-middle",
        201..=460 => "screen-long",
        _ => "screen-long screen-flows",
    }
}

/// One card for the whole room.
fn large(card: &CardView, phase: Phase) -> AnyView {
    let hands = card.hands.map(|hands| count(hands, "Handzeichen", "Handzeichen"));
    let weight: Vec<String> = votes(card, phase).into_iter().chain(hands).collect();
    let weight = (!weight.is_empty()).then(|| view! { <p>{weight.join(" · ")}</p> });
    let marks = marks(card);
    view! {
        <section class="screen-large" aria-live="polite">
            {marks}
            <h2>{format!("Karte {}: {}", card.number, card.kind.label())}</h2>
            <p class=format!("note-text {}", size(&card.text))>{card.text.clone()}</p>
            {weight}
        </section>
    }
    .into_any()
}

/// What everybody sees: the first cards of each column.
fn columns(shown: Shown, phase: Phase) -> AnyView {
    let columns = shown.data.with(|data| {
        let columns = data.view.columns.iter().map(|column| {
            let cards = on_screen(&data.view, column.id);
            let number = cards.len();
            let cards = cards.into_iter().take(CARDS_SHOWN_MAX).map(|card| {
                let votes = votes(card, phase).map(|votes| view! { <Badge text=votes kind="good" />" " });
                view! { <li class="note">{marks(card)}<p class="note-text"><strong class="note-number">{card.number}</strong>" "{votes}{card.text.clone()}</p></li> }.into_any()
            });
            let cards = if number == 0 {
                view! { <p>"Hier steht noch nichts."</p> }.into_any()
            } else {
                view! { <ul class="notes">{cards.collect::<Vec<_>>()}</ul> }.into_any()
            };
            view! {
                <section class="column">
                    <h2>{column.title.clone()} " " <span class="column-count">{number}</span></h2>
                    {cards}
                </section>
            }
            .into_any()
        });
        columns.collect::<Vec<_>>()
    });
    view! { <div class="columns">{columns}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use domain::board::state::CARD_CHARACTERS_MAX;

    use super::*;

    #[test]
    fn the_longer_a_card_is_the_smaller_are_its_words() {
        let long = "ä".repeat(CARD_CHARACTERS_MAX);
        let list = "Wohnen\n".repeat(9);
        for (text, class) in [
            ("Dolmetscher fehlen.", "screen-short"),
            (&long[..400], "screen-middle"),
            (long.as_str(), "screen-long"),
            // Lines count, not only characters.
            ("Wohnen\nArbeit\nSprache", "screen-middle"),
            (list.as_str(), "screen-long screen-flows"),
        ] {
            assert_eq!(size(text), class, "{text}");
        }
    }
}
