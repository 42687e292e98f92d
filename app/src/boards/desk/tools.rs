//! What the moderator does with one card, or with the board, by a form.

use domain::board::state::TIMER_SECONDS_MAX;
use domain::board::wire::CARDS_AT_ONCE_MAX;
use domain::board::{Operation, Standing};
use domain::ids::{CardId, ColumnId, MemberId, OperationId};
use leptos::prelude::*;
use store::Store;

use super::act::on_page;
use super::perform::{perform, perform_all};
use crate::boards::console::queue::PUBLISH;
use crate::boards::device::moderating;
use crate::boards::words;
use crate::form_reply::FormReply;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

const CHOOSE: &str = "Bitte wählen Sie einen Eintrag aus der Liste.";

/// Publishes several cards, each as it was read: `id:version` with spaces between them.
pub async fn approve(slug: String, on: String, cards: String) -> FormReply {
    let form = on_page(&slug, &on);
    let cards = cards.split_whitespace().take(CARDS_AT_ONCE_MAX);
    let operations = cards.filter_map(|card| as_read(card, Standing::Published));
    perform_all(form, &slug, operations.collect(), published).await
}

/// How many cards are published, in a sentence.
fn published(done: usize) -> String {
    match done {
        1 => "Eine Karte ist veröffentlicht.".to_owned(),
        _ => format!("{done} Karten sind veröffentlicht."),
    }
}

/// Publishes the cards that were chosen, or refuses them for one reason of the published rules, each as it was read.
pub async fn decide_several(
    slug: String,
    on: String,
    cards: Vec<String>,
    rule: String,
    deed: &str,
) -> FormReply {
    let form = on_page(&slug, &on);
    let (standing, notice): (_, fn(usize) -> String) = if deed == PUBLISH {
        (Standing::Published, published)
    } else {
        let Some(reason) = words::reason(&rule) else {
            let sentence = "Bitte wählen Sie die Regel, gegen die die Karten verstoßen.";
            return form.failed(sentence).await;
        };
        let reason = reason.to_owned();
        (Standing::Refused { reason }, refused)
    };
    if cards.is_empty() {
        return form.failed("Bitte wählen Sie mindestens eine Karte aus.").await;
    }
    if cards.len() > CARDS_AT_ONCE_MAX {
        let sentence = format!("Bitte wählen Sie höchstens {CARDS_AT_ONCE_MAX} Karten aus.");
        return form.failed(&sentence).await;
    }
    let operations = cards.iter().filter_map(|card| as_read(card, standing.clone()));
    perform_all(form, &slug, operations.collect(), notice).await
}

/// How many cards are refused, in a sentence.
fn refused(done: usize) -> String {
    match done {
        1 => "Eine Karte ist abgelehnt. Wer sie geschrieben hat, liest den Grund.".to_owned(),
        _ => format!("{done} Karten sind abgelehnt. Wer sie geschrieben hat, liest den Grund."),
    }
}

/// Lets a card stand somewhere as it was read: `id:version`.
fn as_read(card: &str, standing: Standing) -> Option<Operation> {
    let (card, version) = card.split_once(':')?;
    Some(Operation::Stand {
        card: CardId::parse(card).ok()?,
        standing,
        version: Some(version.parse().ok()?),
    })
}

/// Takes back what was done before, as it was offered.
pub async fn undo(slug: String, on: String, operations: String) -> FormReply {
    let form = on_page(&slug, &on);
    let operations: Vec<Operation> = serde_json::from_str(&operations).unwrap_or_default();
    if operations.is_empty() || operations.len() > CARDS_AT_ONCE_MAX {
        return form.failed(TRY_AGAIN).await;
    }
    perform_all(form, &slug, operations, |_| "Zurückgenommen.".to_owned()).await
}

pub async fn split(slug: String, on: String, key: String, card: String, text: String) -> FormReply {
    let form = on_page(&slug, &on).typed([("part", text.clone())]);
    let (Ok(key), Ok(from)) = (CardId::parse(&key), CardId::parse(&card)) else {
        return form.failed(TRY_AGAIN).await;
    };
    let card = CardId::of_form(key.0, &[&from.to_string(), &text]);
    let operation = Operation::Split { card, from, text };
    let notice = "Der Teil ist eine eigene Karte. Kürzen Sie nun den Text dieser Karte.";
    perform(form, &slug, Some(OperationId(card.0)), operation, notice).await
}

pub async fn merge(slug: String, on: String, card: String, into: String) -> FormReply {
    let form = on_page(&slug, &on);
    let (Ok(card), Ok(into)) = (CardId::parse(&card), CardId::parse(&into)) else {
        return form.failed(CHOOSE).await;
    };
    let operation = Operation::Merge {
        card,
        into: Some(into),
    };
    let notice = "Zusammengeführt. Stimmen und Autor*innen gelten für beide, und es lässt sich zurücknehmen.";
    perform(form, &slug, None, operation, notice).await
}

pub async fn count_hands(slug: String, on: String, card: String, count: String) -> FormReply {
    let form = on_page(&slug, &on).typed([("count", count.clone())]);
    let count = count.trim();
    let number = count.parse().ok();
    let (Ok(card), true) = (CardId::parse(&card), count.is_empty() || number.is_some()) else {
        return form.wrong("count", "Bitte geben Sie eine Zahl ein.").await;
    };
    let operation = Operation::Hands { card, count: number };
    perform(form, &slug, None, operation, "Die Handzeichen sind notiert.").await
}

/// Makes a column, or says otherwise what stands above it.
pub async fn set_column(slug: String, on: String, key: String, column: String, title: String) -> FormReply {
    let form = on_page(&slug, &on);
    if column.is_empty() {
        let Ok(key) = CardId::parse(&key) else {
            return form.failed(TRY_AGAIN).await;
        };
        // The same form sent twice makes one column.
        let id = CardId::of_form(key.0, &["column", &title]).0;
        let operation = Operation::AddColumn {
            column: ColumnId(id),
            title,
        };
        return perform(
            form,
            &slug,
            Some(OperationId(id)),
            operation,
            "Die Spalte ist da.",
        )
        .await;
    }
    let Ok(column) = ColumnId::parse(&column) else {
        return form.failed(TRY_AGAIN).await;
    };
    let operation = Operation::RenameColumn { column, title };
    perform(form, &slug, None, operation, "Die Spalte heißt jetzt anders.").await
}

pub async fn set_timer(slug: String, on: String, minutes: String) -> FormReply {
    let form = on_page(&slug, &on).typed([("minutes", minutes.clone())]);
    let max = TIMER_SECONDS_MAX / 60;
    let minutes = minutes
        .trim()
        .parse::<u32>()
        .ok()
        .filter(|minutes| (1..=max).contains(minutes));
    let Some(minutes) = minutes else {
        let sentence = format!("Bitte geben Sie eine Zahl von 1 bis {max} ein.");
        return form.wrong("minutes", sentence).await;
    };
    let operation = Operation::Timer {
        seconds: Some(minutes * 60),
    };
    perform(
        form,
        &slug,
        None,
        operation,
        "Die Zeit läuft, auf allen Geräten und auf der Leinwand.",
    )
    .await
}

/// Lets the author of a card moderate, too, or no longer. Who moderates already is also named without a card: there may be none
/// any more.
pub async fn hand_over(slug: String, on: String, [card, member]: &[String; 2], given: &str) -> FormReply {
    let form = on_page(&slug, &on);
    let store = expect_context::<Store>();
    let Ok(row) = store.board_by_slug(&slug).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let by = match moderating(row.id).await {
        Ok(Some(by)) => by,
        Ok(None) => {
            set_status(404);
            return form.failed("Das darf auf diesem Board nur die Moderation.").await;
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let given = given == "1";
    let whom = match (MemberId::parse(member), CardId::parse(card)) {
        (Ok(member), _) if !given => Some(member),
        (_, Ok(card)) => {
            let Ok(board) = store.board(row.id).await else {
                return form.failed(TRY_AGAIN).await;
            };
            // Who told something without a name is told to nobody, not by moderating along either.
            let card = board.cards.get(&card);
            card.filter(|card| !card.tells).map(|card| card.author)
        }
        _ => None,
    };
    let Some(whom) = whom else {
        return form.failed(CHOOSE).await;
    };
    match store.let_moderate(by, row.id, whom, given).await {
        Ok(()) if given => form.done("Wer das geschrieben hat, moderiert jetzt mit.").await,
        Ok(()) => form.done("Diese Person moderiert nicht mehr.").await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}
