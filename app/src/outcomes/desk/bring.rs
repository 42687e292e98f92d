//! Cards onto the board for all. Each keeps from where it is and what it weighed there.

use domain::board::results::topics;
use domain::board::{CardView, Origin};
use domain::german::count;
use domain::ids::{BoardId, CardId};
use leptos::prelude::*;
use store::Store;
use store::boards::Brought;

use super::comparison::{Seen, seen};
use super::templates::{on_template, staff};
use crate::boards::desk::enter;
use crate::boards::words;
use crate::form_reply::FormReply;
use crate::ui::text::TRY_AGAIN;

/// Cards that are brought at once.
const BROUGHT_MAX: usize = 200;

pub async fn bring(slug: String, cards: String) -> FormReply {
    let form = on_template(&slug, "");
    let form = match staff(form).await {
        Ok((form, _)) => form,
        Err(reply) => return reply,
    };
    let store = expect_context::<Store>();
    let Ok(template) = store.template_by_slug(&slug).await else {
        return form.failed("Diese Vorlage gibt es nicht.").await;
    };
    let Ok(rows) = store.boards_of_template(template.id).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let Ok((boards, all)) = seen(&store, rows).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let Some(all) = all else {
        let sentence = "Legen Sie zuerst das landesweite Board an.";
        return form.failed(sentence).await;
    };
    let wanted = cards.split_whitespace().take(BROUGHT_MAX);
    let brought: Vec<Brought> = wanted.filter_map(|key| find(&boards, &all, key)).collect();
    if brought.is_empty() {
        return form.failed("Diese Karte ist nicht mehr da.").await;
    }
    let Ok(Ok(actor)) = enter(&store, &all.row, false).await else {
        return form.failed(TRY_AGAIN).await;
    };
    match store.bring_cards(all.row.id, actor, brought).await {
        Ok(Ok(0)) => {
            form.done("Diese Karten stehen schon auf dem landesweiten Board.")
                .await
        }
        Ok(Ok(done)) => {
            let done = count(
                u32::try_from(done).unwrap_or(u32::MAX),
                "Karte steht",
                "Karten stehen",
            );
            form.done(&format!("{done} jetzt auch auf dem landesweiten Board."))
                .await
        }
        Ok(Err(refusal)) => form.failed(&words::refusal(refusal).1).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// The card of this key, if everybody sees it.
fn find(boards: &[Seen], all: &Seen, key: &str) -> Option<Brought> {
    let (board, card) = key.split_once(':')?;
    let (board, card) = (BoardId::parse(board).ok()?, CardId::parse(card).ok()?);
    let from = boards.iter().find(|seen| seen.row.id == board)?;
    let card: &CardView = topics(&from.view).find(|one| one.id == card)?;
    let at = from
        .row
        .first_columns()
        .iter()
        .position(|id| *id == card.column)?;
    let mut columns = all.view.columns.iter().map(|column| column.id);
    let first = columns.next()?;
    // Where the board for all has taken the column away its first one takes the card.
    let column = all.row.first_columns().get(at).copied();
    let column = column.filter(|id| *id == first || columns.any(|other| other == *id));
    Some(Brought {
        board,
        card: card.id,
        column: column.unwrap_or(first),
        origin: Origin::of(&from.row.slug, &from.place(), card),
    })
}
