//! What a card says, from whom, and where it stands.

use domain::board::{CardView, Finding, Source};
use leptos::prelude::*;

use crate::boards::words;
use crate::ui::badge::Badge;

/// What the card says, from whom, and where it stands.
pub fn said(card: CardView) -> AnyView {
    let standing = words::standing(&card).map(|(word, tone, meaning)| {
        view! { <p class="note-standing"><Badge text=word kind=tone />" "{meaning}</p> }
    });
    let marked = card.by_moderation;
    // Staff is called as the mark says.
    let author = card
        .author
        .filter(|author| !marked || author != words::MODERATION);
    let author = author.map(|author| view! { <span>{author}</span> });
    let mark = marked.then(|| view! { <Badge text=words::MODERATION kind="good" /> });
    let mine = card.mine.then(|| view! { <Badge text="Ihre Karte" /> });
    let pinned = card.pinned.then(|| view! { <Badge text="Oben" kind="good" /> });
    let removed = card.desk.is_some_and(|desk| desk.removed);
    let removed = removed.then(|| view! { <Badge text="Person vom Board genommen" kind="bad" /> });
    let locked = card.locked.then(|| view! { <Badge text="Gesperrt" /> });
    let discussed = card
        .discussed
        .then(|| view! { <Badge text=words::DISCUSSED kind="good" /> });
    let kind = match (card.told, card.on) {
        (Some(told), _) => Some(words::told(told)),
        (None, None) => Some(card.kind.label().to_owned()),
        (None, Some(_)) => None,
    };
    let kind = kind.map(|kind| view! { <span>{kind}</span> });
    let what = if card.on.is_none() { "Karte " } else { "Kommentar " };
    let lineage = card
        .split_from
        .map(|number| view! { <p class="note-standing">{format!("War ein Teil von Karte {number}.")}</p> });
    let origin = card.origin.map(|origin| {
        let board = format!("/themen/{}#karte-{}", origin.board, origin.number);
        view! { <p class="note-standing"><a href=board rel="external">{words::origin(&origin)}</a></p> }
    });
    view! {
        <p class="note-head">
            <strong class="note-number"><span class="visually-hidden">{what}</span>{card.number}</strong>
            {kind}{author}{mark}{mine}{removed}{pinned}{locked}{discussed}
        </p>
        <p class="note-text">{card.text}</p>
        {sources(card.sources)}{lineage}{origin}{card.finding.map(finding)}{standing}
    }
    .into_any()
}

/// The cards for which this one stands, too.
fn sources(sources: Vec<Source>) -> AnyView {
    if sources.is_empty() {
        return ().into_any();
    }
    let count = domain::german::count(
        u32::try_from(sources.len()).unwrap_or(u32::MAX),
        "Karte",
        "Karten",
    );
    let sources = sources.into_iter().map(|source| {
        let author = words::author(source.author.as_deref(), source.by_moderation);
        let author = author.map(|author| format!(" ({author})"));
        view! { <li><strong>{source.number}</strong>" "{source.text}{author}</li> }.into_any()
    });
    view! {
        <details class="note-more">
            <summary>{format!("Steht auch für {count}")}</summary>
            <ul>{sources.collect::<Vec<_>>()}</ul>
        </details>
    }
    .into_any()
}

/// What the room has found.
fn finding(finding: Finding) -> AnyView {
    let taker = (!finding.taker.is_empty()).then(|| format!(" Übernimmt: {}.", finding.taker));
    view! {
        <p class="note-finding">
            <Badge text={finding.progress.label()} kind="good" />
            " "<strong>"Ergebnis: "</strong>{finding.text}{taker}
            {format!(" Zuständig: {}.", finding.level.label())}
        </p>
    }
    .into_any()
}
