//! One card, as the asker may see it.

use domain::board::view;
use leptos::prelude::*;
use store::{Store, StoreError};

use crate::boards::device::asking;
use crate::boards::words;
use crate::loading::unavailable;
use crate::outcomes::dto::{CardNote, CardPaper};
use crate::outcomes::part::Part;

pub async fn load(slug: &str, number: &str) -> Result<Option<CardPaper>, ServerFnError> {
    let store = expect_context::<Store>();
    let Ok(number) = number.parse::<u32>() else {
        return Ok(None);
    };
    let row = match store.board_by_slug(slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let asking = asking(row.id).await?;
    let board = store.board(row.id).await.map_err(unavailable)?;
    let cards = view(&board, asking.audience()).cards;
    let Some(card) = cards
        .into_iter()
        .find(|card| card.number == number && card.on.is_none())
    else {
        return Ok(None);
    };
    let author = words::author(card.author.as_deref(), card.by_moderation);
    let about: Vec<String> = std::iter::once(card.kind.label().to_owned())
        .chain(author)
        .collect();
    let parts = Part::all_for(asking.moderates);
    let note = if asking.moderates {
        let mut notes = store.card_notes(row.id).await.map_err(unavailable)?;
        Some(CardNote {
            card: card.id.to_string(),
            text: notes.remove(&card.id).unwrap_or_default(),
        })
    } else {
        None
    };
    Ok(Some(CardPaper {
        slug: row.slug,
        board: row.title,
        number,
        about: about.join(" · "),
        text: card.text,
        parts: parts
            // What is for moderators alone goes along only where one of them asks for it.
            .map(|part| (part.key().to_owned(), part.label().to_owned(), part.is_for(false)))
            .collect(),
        note,
    }))
}
