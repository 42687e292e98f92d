//! The board's own rules, from a form.

use domain::board::{Operation, Refusal};
use leptos::prelude::*;
use store::Store;

use super::act::on_page;
use super::perform::{Became, attempt, why};
use crate::boards::typed::RULES;
use crate::form_reply::{FormReply, SentForm};
use crate::ui::text::TRY_AGAIN;

/// Says what holds on this board beside the rules that hold on all, over what held when the form was opened.
pub async fn set_rules(slug: String, on: String, rules: String, base: Option<String>) -> FormReply {
    // Over what it was refused, it is refused again until that was read.
    let over = base.clone().unwrap_or_default();
    let form = on_page(&slug, &on).typed([(RULES, rules.clone())]);
    let operation = Operation::Rules { text: rules, base };
    match attempt(&slug, None, operation).await {
        Became::Done(_) => form.done("Die Regeln für dieses Board sind gespeichert.").await,
        Became::Refused(Refusal::ChangedSince) => overtaken(form, &slug).await,
        Became::Refused(refusal) => {
            let (field, sentence) = why(&slug, refusal).await;
            form.typed([("base", over)])
                .wrong(if field == "text" { RULES } else { field }, sentence)
                .await
        }
        Became::Failed(sentence) => form.typed([("base", over)]).failed(sentence).await,
    }
}

/// Says what somebody else has written meanwhile. Whoever has read that may write over it.
async fn overtaken(form: SentForm, slug: &str) -> FormReply {
    let store = expect_context::<Store>();
    let board = match store.board_by_slug(slug).await {
        Ok(row) => store.board(row.id).await,
        Err(error) => Err(error),
    };
    let Ok(board) = board else {
        return form.failed(TRY_AGAIN).await;
    };
    let now = board.settings.rules;
    let said = if now.is_empty() {
        "Jetzt stehen dort keine eigenen Regeln.".to_owned()
    } else {
        format!("Jetzt steht dort: „{now}“")
    };
    let sentence = format!(
        "Inzwischen hat jemand anders die Regeln geändert. {said} Ihr Text steht noch im Feld. Wenn er stattdessen gelten soll, speichern Sie noch einmal."
    );
    form.typed([("base", now)]).wrong(RULES, sentence).await
}
