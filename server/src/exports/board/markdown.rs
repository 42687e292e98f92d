//! A board as a text (CommonMark) for minutes and newsletters.

use std::fmt::Write;

use app::boards::words;
use domain::board::results::Kept;
use domain::board::{BoardView, CardView};
use paper::markdown::plain;
use store::boards::BoardRow;

use super::rows;

/// The file.
#[must_use]
pub fn file(row: &BoardRow, view: &BoardView, kept: &[Kept]) -> String {
    let mut text = format!("# {}\n\n{}\n", plain(&row.title), plain(&row.lead));
    if !kept.is_empty() {
        text.push_str("\n## Ergebnisse\n\n");
    }
    for kept in kept {
        let (number, found) = (kept.number, rows::found(&kept.finding));
        push(&mut text, format_args!("- **{number}:** {}\n", plain(&found)));
    }
    for column in &view.columns {
        push(&mut text, format_args!("\n## {}\n\n", plain(&column.title)));
        let of_column = view
            .cards
            .iter()
            .filter(|card| card.column == column.id && card.on.is_none());
        for card in of_column {
            push_card(&mut text, view, card, 0);
        }
    }
    text
}

fn push_card(text: &mut String, view: &BoardView, card: &CardView, depth: usize) {
    let indent = "  ".repeat(depth);
    push(
        text,
        format_args!(
            "{indent}- **{} · {}:** {}",
            card.number,
            rows::kind(card),
            plain(&card.text)
        ),
    );
    let mark = card.by_moderation.then(|| words::MODERATION.to_owned());
    let mut notes: Vec<String> = mark.into_iter().chain(rows::weight(card)).collect();
    notes.extend(rows::state(card));
    if !notes.is_empty() {
        push(text, format_args!(" ({})", plain(&notes.join(", "))));
    }
    text.push('\n');
    for line in rows::lineage(card) {
        push(text, format_args!("{indent}  - {}\n", plain(&line)));
    }
    let finding = rows::finding(card);
    if !finding.is_empty() {
        push(text, format_args!("{indent}  - Ergebnis, {}\n", plain(&finding)));
    }
    // Comments have one level of answers.
    if depth < 2 {
        for comment in view.cards.iter().filter(|other| other.on == Some(card.id)) {
            push_card(text, view, comment, depth + 1);
        }
    }
}

fn push(text: &mut String, words: std::fmt::Arguments<'_>) {
    // A string takes everything.
    let _ = text.write_fmt(words);
}
