//! What moderators note about a card for each other, from a form.

use domain::board::Refusal;
use domain::ids::CardId;
use leptos::prelude::*;
use store::boards::BoardRow;
use store::{Store, StoreError};

use crate::boards::device::moderating;
use crate::boards::words;
use crate::form_reply::{FormReply, SentForm};
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

/// The field.
const NOTE: &str = "note";

pub async fn keep(slug: &str, card: &str, base: String, text: String) -> FormReply {
    let store = expect_context::<Store>();
    let row = match store.board_by_slug(slug).await {
        Ok(row) => row,
        Err(error) => return nowhere(matches!(error, StoreError::NotFound)).await,
    };
    let by = match moderating(row.id).await {
        Ok(Some(by)) => by,
        Ok(None) => return nowhere(true).await,
        Err(_) => return nowhere(false).await,
    };
    let Ok(card) = CardId::parse(card) else {
        return nowhere(true).await;
    };
    let Ok(board) = store.board(row.id).await else {
        return nowhere(false).await;
    };
    let Some(number) = board.cards.get(&card).map(|card| card.number) else {
        return nowhere(true).await;
    };
    let form = SentForm::on(format!("/themen/{}/karten/{number}", row.slug))
        .typed([(NOTE, text.clone()), ("base", base.clone())]);
    match store.note_card(by, (row.id, card), &base, &text).await {
        Ok(Ok(text)) => {
            let values = [(NOTE, text.clone()), ("base", text)];
            form.done_with("Die Notiz ist gespeichert.", values).await
        }
        Ok(Err(Refusal::ChangedSince)) => overtaken(&store, form, &row, card).await,
        Ok(Err(refusal)) => {
            let (field, sentence) = words::refusal(refusal);
            let field = if field == "text" { NOTE } else { field };
            form.wrong(field, sentence).await
        }
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// There is no such form for who has sent it, or it cannot be said.
async fn nowhere(is_not_there: bool) -> FormReply {
    let form = SentForm::on("/themen");
    if is_not_there {
        set_status(404);
        return form.failed("Das darf auf diesem Board nur die Moderation.").await;
    }
    form.failed(TRY_AGAIN).await
}

/// Says what somebody else has noted meanwhile. Whoever has read that may write over it.
async fn overtaken(store: &Store, form: SentForm, row: &BoardRow, card: CardId) -> FormReply {
    let Ok(mut notes) = store.card_notes(row.id).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let now = notes.remove(&card).unwrap_or_default();
    let said = if now.is_empty() {
        "Jetzt steht dort nichts.".to_owned()
    } else {
        format!("Jetzt steht dort: „{now}“")
    };
    let sentence = format!(
        "Inzwischen hat jemand anders die Notiz geändert. {said} Ihr Text steht noch im Feld. Wenn er stattdessen gelten soll, speichern Sie noch einmal."
    );
    form.typed([("base", now)]).wrong(NOTE, sentence).await
}
