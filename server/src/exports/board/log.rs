//! What moderators did, in the order in which they did it. Holds no text of cards.

use std::collections::BTreeMap;

use domain::board::{Board, Event, Record, Standing};
use domain::german;
use domain::ids::{CardId, MemberId};

/// The headings.
pub const HEADINGS: [&str; 5] = ["Nr.", "Wann", "Wer", "Was", "Karte"];

/// The lines.
#[must_use]
pub fn lines(board: &Board, records: &[Record]) -> Vec<[String; 5]> {
    let mut names: BTreeMap<MemberId, String> = BTreeMap::new();
    let mut lines = Vec::new();
    for record in records {
        let Some((what, card)) = deed(board, record) else {
            continue;
        };
        let next = names.len() + 1;
        let by_itself = record.member.0.is_nil();
        let name = names.entry(record.member).or_insert_with(|| {
            let member = board.members.get(&record.member);
            let name = member.and_then(|member| member.name.clone());
            let name = name.or_else(|| by_itself.then(|| "Plattform".to_owned()));
            name.unwrap_or_else(|| format!("Moderation {next}"))
        });
        let number = card
            .and_then(|card| board.cards.get(&card))
            .map(|card| card.number.to_string());
        lines.push([
            record.sequence.to_string(),
            german::moment(record.at),
            name.clone(),
            what,
            number.unwrap_or_default(),
        ]);
    }
    lines
}

/// What a record did, if it was a moderator's deed, and to which card.
fn deed(board: &Board, record: &Record) -> Option<(String, Option<CardId>)> {
    let is_author = |card: &CardId| {
        board
            .cards
            .get(card)
            .is_some_and(|card| card.author == record.member)
    };
    let on_off = |on: bool, yes: &str, no: &str| if on { yes.to_owned() } else { no.to_owned() };
    Some(match &record.event {
        Event::Stood { card, standing } if !is_author(card) => {
            let what = match standing {
                Standing::Published => "veröffentlicht".to_owned(),
                Standing::Waiting => "zurückgestellt".to_owned(),
                Standing::Refused { reason } => format!("abgelehnt: {reason}"),
                Standing::Hidden => "ausgeblendet".to_owned(),
                Standing::Withdrawn => return None,
            };
            (what, Some(*card))
        }
        Event::Edited { card, .. } if !is_author(card) => ("Text geändert".to_owned(), Some(*card)),
        Event::Erased { card } if !is_author(card) => ("Text gelöscht".to_owned(), Some(*card)),
        Event::Reported {
            card, hides: true, ..
        } => ("durch Meldungen ausgeblendet".to_owned(), Some(*card)),
        Event::Merged {
            card,
            into: Some(into),
        } => {
            let number = board.cards.get(into).map_or(0, |card| card.number);
            (format!("zusammengeführt mit Karte {number}"), Some(*card))
        }
        Event::Merged { card, into: None } => ("wieder getrennt".to_owned(), Some(*card)),
        Event::Split { card, from, .. } => {
            let number = board.cards.get(from).map_or(0, |card| card.number);
            (format!("aus Karte {number} geteilt"), Some(*card))
        }
        Event::Pinned { card, pinned } => (
            on_off(*pinned, "oben gehalten", "nicht mehr oben gehalten"),
            Some(*card),
        ),
        Event::Locked { card, locked } => (on_off(*locked, "geschlossen", "geöffnet"), Some(*card)),
        Event::HandsCounted { card, count } => (
            count.map_or("Handzeichen entfernt".to_owned(), |count| {
                format!("{count} Handzeichen")
            }),
            Some(*card),
        ),
        Event::Concluded { card, .. } => ("Ergebnis festgehalten".to_owned(), Some(*card)),
        Event::ColumnLocked { column, locked } => {
            let title = board.columns.iter().find(|one| one.id == *column);
            let title = title.map(|column| column.title.clone()).unwrap_or_default();
            let what = on_off(*locked, "geschlossen", "geöffnet");
            (format!("Spalte „{title}“ {what}"), None)
        }
        Event::ColumnAdded { title, .. } => (format!("Spalte „{title}“ angelegt"), None),
        Event::ColumnRenamed { title, .. } => (format!("Spalte umbenannt in „{title}“"), None),
        Event::ColumnMoved { column, .. } => {
            let title = board.columns.iter().find(|one| one.id == *column);
            let title = title.map(|column| column.title.clone()).unwrap_or_default();
            (format!("Spalte „{title}“ verschoben"), None)
        }
        Event::ColumnRemoved { title, .. } => (format!("Spalte „{title}“ entfernt"), None),
        Event::Frozen { frozen } => (on_off(*frozen, "Board angehalten", "Board läuft weiter"), None),
        Event::Paused { paused } => (
            on_off(*paused, "neue Karten zurückgehalten", "neue Karten gezeigt"),
            None,
        ),
        Event::Curtained { closed } => (on_off(*closed, "Karten verdeckt", "Karten aufgedeckt"), None),
        Event::WentTo { phase } => (format!("Phase: {}", phase.label()), None),
        Event::Moderated { level } => (format!("Freigabe: {}", level.label()), None),
        Event::VotesHidden { hidden } => (on_off(*hidden, "Stimmen verdeckt", "Stimmen aufgedeckt"), None),
        Event::FindingsHidden { hidden } => (
            on_off(*hidden, "Ergebnisse nur für Teilnehmende", "Ergebnisse für alle"),
            None,
        ),
        Event::Archived { archived } => (
            on_off(*archived, "ins Archiv gelegt", "aus dem Archiv geholt"),
            None,
        ),
        Event::Removed { removed, .. } => (
            on_off(
                *removed,
                "eine Person vom Board genommen",
                "eine Person wieder zugelassen",
            ),
            None,
        ),
        _ => return None,
    })
}
