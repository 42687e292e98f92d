//! What was found about a card, from a form.

use domain::board::{Finding, Operation, Progress, Refusal, Responsibility};
use domain::ids::CardId;
use leptos::prelude::*;
use store::{Store, StoreError};

use super::act::{CHOOSE, on_page};
use super::perform::{Became, attempt, why};
use crate::form_reply::{FormReply, SentForm};
use crate::ui::text::TRY_AGAIN;

/// What the form was made of, and what it is made of from then on.
const SEEN: &str = "seen";

/// What is to be written down about a card, as typed.
#[derive(Debug)]
pub struct Concluding {
    pub text: String,
    pub taker: String,
    pub level: String,
    pub progress: String,
    /// What was found when the form was made; nothing: it does not say.
    pub seen: Option<String>,
}

pub async fn conclude(slug: String, on: String, card: String, typed: Concluding) -> FormReply {
    let Concluding {
        text,
        taker,
        level,
        progress,
        seen,
    } = typed;
    let form = on_page(&slug, &on)
        .typed([
            ("card", card.clone()),
            ("finding", text.clone()),
            ("taker", taker.clone()),
            ("level", level.clone()),
            ("progress", progress.clone()),
        ])
        .typed(seen.clone().map(|seen| (SEEN, seen)));
    let Ok(id) = CardId::parse(&card) else {
        return form.failed(TRY_AGAIN).await;
    };
    let (finding, notice) = if text.trim().is_empty() && taker.trim().is_empty() {
        (None, "Das Ergebnis ist entfernt.")
    } else {
        let (Some(level), Some(progress)) = (Responsibility::parse(&level), Progress::parse(&progress))
        else {
            return form.failed(CHOOSE).await;
        };
        let finding = Finding {
            text: text.clone(),
            taker,
            level,
            progress,
        };
        (Some(finding), "Das Ergebnis ist festgehalten.")
    };
    let kept = finding.as_ref().and_then(|finding| finding.parse().ok());
    let operation = Operation::Conclude {
        card: id,
        finding,
        base: seen,
    };
    match attempt(&slug, None, operation).await {
        Became::Done(_) => {
            let values = [("card", card), (SEEN, as_read(kept.as_ref()))];
            form.done_with(notice, values).await
        }
        Became::Refused(Refusal::ChangedSince) => overtaken(form, &slug, id, &text).await,
        Became::Refused(refusal) => {
            let (field, sentence) = why(&slug, refusal).await;
            form.wrong(field, sentence).await
        }
        Became::Failed(sentence) => form.failed(sentence).await,
    }
}

fn as_read(finding: Option<&Finding>) -> String {
    Finding::as_read(finding.map(Finding::parts).unwrap_or_default())
}

/// Says what somebody else has written down meanwhile. Whoever has read that may write over it.
async fn overtaken(form: SentForm, slug: &str, card: CardId, text: &str) -> FormReply {
    let Ok(now) = found(slug, card).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let said = now.as_ref().map_or_else(
        // Where results stand its form goes with it.
        || format!("Jetzt ist dort keines festgehalten. Ihr Text: „{text}“."),
        said,
    );
    let sentence = format!(
        "Inzwischen hat jemand anders das Ergebnis geändert. {said} Was Sie eingegeben haben, steht noch im Formular. Wenn es stattdessen gelten soll, speichern Sie noch einmal."
    );
    form.typed([(SEEN, as_read(now.as_ref()))])
        .failed(&sentence)
        .await
}

/// What a card's finding is now, also on a board of which only the results have stayed.
async fn found(slug: &str, card: CardId) -> Result<Option<Finding>, StoreError> {
    let store = expect_context::<Store>();
    let row = store.board_by_slug(slug).await?;
    let board = store.board(row.id).await?;
    let mut results = board.results.iter();
    let kept = results.find(|kept| kept.card == card);
    let kept = kept.map(|kept| kept.finding.clone());
    Ok(kept.or_else(|| board.cards.get(&card)?.finding.clone()))
}

/// All of a finding, in a sentence.
fn said(finding: &Finding) -> String {
    let Finding {
        text,
        taker,
        level,
        progress,
    } = finding;
    let taker = if taker.is_empty() {
        String::new()
    } else {
        format!(", übernimmt: {taker}")
    };
    let (progress, level) = (progress.label(), level.label());
    format!("Jetzt steht dort: „{text}“ ({progress}, zuständig: {level}{taker}).")
}
