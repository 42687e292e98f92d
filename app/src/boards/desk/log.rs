//! What moderators did, in the order in which they did it: for their page and for their file. Holds no text of cards.

use std::collections::{BTreeMap, BTreeSet};

use domain::board::{Board, Event, Record, Standing};
use domain::german;
use domain::ids::{BoardId, CardId, ColumnId, MemberId};
use store::audit::AuditRow;
use store::{Store, StoreError};

/// Rows of the log of the office that are read for one board, the newest: more than moderators do on one.
const OFFICE_ROWS_MAX: i64 = 20_000;

/// What stands above the cells of a line.
pub const HEADINGS: [&str; 5] = ["Nr.", "Wann", "Wer", "Was", "Karte"];

/// Who does what nobody decided.
const PLATFORM: &str = "Plattform";
/// Who shares moderation, and corrects what a board is called.
const OFFICE: &str = "Geschäftsstelle";

/// What moderators did on a board, the oldest first. For them alone: who asks is asked before.
///
/// # Errors
/// When the database fails.
pub async fn of_board(store: &Store, id: BoardId) -> Result<Vec<[String; 5]>, StoreError> {
    let board = store.board(id).await?;
    let records = store.board_records(id, 0).await?;
    let office = store.audit_rows(Some(&id.to_string()), OFFICE_ROWS_MAX).await?;
    Ok(lines(&board, &records, &office))
}

/// The lines. The log of the office says which records were a moderator's, and with whom moderation was shared.
fn lines(board: &Board, records: &[Record], office: &[AuditRow]) -> Vec<[String; 5]> {
    let of_action = |action: &'static str| office.iter().filter(move |row| row.action == action);
    let moderated: BTreeSet<u64> = of_action("board_moderated")
        .filter_map(|row| row.detail.parse().ok())
        .collect();
    let mut shared: Vec<&AuditRow> = of_action("board_handed_over")
        .chain(of_action("board_taken_back"))
        .collect();
    shared.sort_by_key(|row| row.seq);
    let mut shared = shared.into_iter().peekable();
    let mut names = Names {
        board,
        known: BTreeMap::new(),
    };
    let mut lines = Vec::new();
    for record in records {
        while let Some(row) = shared.next_if(|row| row.at <= record.at) {
            lines.push(sharing(row, &mut names));
        }
        let is_moderated = moderated.contains(&record.sequence);
        let Some((what, card)) = deed(board, record, is_moderated) else {
            continue;
        };
        let number = card
            .and_then(|card| board.cards.get(&card))
            .map(|card| card.number.to_string());
        lines.push([
            record.sequence.to_string(),
            german::moment(record.at),
            who(record, &mut names),
            what,
            number.unwrap_or_default(),
        ]);
    }
    lines.extend(shared.map(|row| sharing(row, &mut names)));
    lines
}

/// Who did it. Where enough reports hide a card nobody did: whose report was the last is nobody's business.
fn who(record: &Record, names: &mut Names<'_>) -> String {
    match record.event {
        Event::Reported { hides: true, .. } => PLATFORM.to_owned(),
        Event::Corrected { .. } => OFFICE.to_owned(),
        _ => names.of(record.member),
    }
}

/// How those are called who are in the log.
struct Names<'a> {
    board: &'a Board,
    known: BTreeMap<MemberId, String>,
}

impl Names<'_> {
    fn of(&mut self, member: MemberId) -> String {
        let next = self.known.len() + 1;
        let name = self.known.entry(member).or_insert_with(|| {
            let known = self.board.members.get(&member);
            let name = known.and_then(|member| member.name.clone());
            let name = name.or_else(|| member.0.is_nil().then(|| PLATFORM.to_owned()));
            name.unwrap_or_else(|| format!("Moderation {next}"))
        });
        name.clone()
    }
}

/// That moderation was shared with somebody, or no longer. It is in no record of the board, and has no number there.
fn sharing(row: &AuditRow, names: &mut Names<'_>) -> [String; 5] {
    let by = row.actor.strip_prefix("member:").and_then(parse);
    let by = by.map_or_else(|| OFFICE.to_owned(), |member| names.of(member));
    let whom = parse(&row.detail).and_then(|member| names.board.members.get(&member)?.name.clone());
    let whom = whom.unwrap_or_else(|| "einer Person".to_owned());
    let what = if row.action == "board_handed_over" {
        format!("Moderation geteilt mit {whom}")
    } else {
        format!("Moderation nicht mehr geteilt mit {whom}")
    };
    [String::new(), german::moment(row.at), by, what, String::new()]
}

fn parse(member: &str) -> Option<MemberId> {
    MemberId::parse(member).ok()
}

/// What stands above a column, if it is still there.
fn title(board: &Board, column: ColumnId) -> &str {
    let column = board.columns.iter().find(|one| one.id == column);
    column.map_or("", |column| &column.title)
}

/// That something was found about a card, or is not any more. Erasing takes what was found out of the log: of such a card nobody
/// can tell which it was.
fn found(board: &Board, card: CardId, is_there: bool) -> String {
    let card = board.cards.get(&card);
    let is_erased = card.is_none_or(|card| card.erased_at.is_some());
    let what = match (is_there, is_erased) {
        (true, _) => "festgehalten",
        (false, false) => "entfernt",
        (false, true) => "geändert",
    };
    format!("Ergebnis {what}")
}

/// What a record did, if it was a moderator's deed, and to which card.
fn deed(board: &Board, record: &Record, is_moderated: bool) -> Option<(String, Option<CardId>)> {
    let is_author = |card: &CardId| {
        board
            .cards
            .get(card)
            .is_some_and(|card| card.author == record.member)
    };
    let on_off = |on: bool, yes: &str, no: &str| if on { yes.to_owned() } else { no.to_owned() };
    Some(match &record.event {
        Event::Stood { card, standing, .. } if !is_author(card) => {
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
        Event::Discussed { card, discussed } => (
            on_off(
                *discussed,
                "als besprochen markiert",
                "nicht mehr als besprochen markiert",
            ),
            Some(*card),
        ),
        Event::Locked { card, locked } => (on_off(*locked, "gesperrt", "entsperrt"), Some(*card)),
        Event::HandsCounted { card, count } => (
            count.map_or("Handzeichen entfernt".to_owned(), |count| {
                format!("{count} Handzeichen")
            }),
            Some(*card),
        ),
        Event::Concluded { card, finding } => (found(board, *card, finding.is_some()), Some(*card)),
        // While cards are sorted everybody moves them.
        Event::Moved { column, places, .. } if is_moderated => {
            let title = title(board, *column);
            match places.as_slice() {
                [(card, _)] if is_author(card) => return None,
                [(card, _)] => (format!("in Spalte „{title}“ gerückt"), Some(*card)),
                _ => (format!("Karten in Spalte „{title}“ geordnet"), None),
            }
        }
        Event::Spotlit { card } => (
            on_off(card.is_some(), "groß gezeigt", "nicht mehr groß gezeigt"),
            *card,
        ),
        Event::ColumnLocked { column, locked } => {
            let title = title(board, *column);
            let what = on_off(*locked, "gesperrt", "entsperrt");
            (format!("Spalte „{title}“ {what}"), None)
        }
        Event::ColumnAdded { title, .. } => (format!("Spalte „{title}“ angelegt"), None),
        Event::ColumnRenamed { title, .. } => (format!("Spalte umbenannt in „{title}“"), None),
        Event::ColumnMoved { column, .. } => (format!("Spalte „{}“ verschoben", title(board, *column)), None),
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
        Event::RulesSet { .. } => ("Regeln für dieses Board geändert".to_owned(), None),
        Event::CodeRenewed => ("neuen Code vergeben".to_owned(), None),
        Event::Corrected { .. } => ("Angaben zum Board berichtigt".to_owned(), None),
        Event::Archived { archived } => (
            on_off(*archived, "ins Archiv gelegt", "aus dem Archiv geholt"),
            None,
        ),
        Event::Emptied { .. } => (
            "alle Beiträge gelöscht, weil ihre Frist vorbei war".to_owned(),
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

#[cfg(test)]
mod tests {
    use domain::board::state::REPORTS_TO_HIDE;
    use domain::board::{
        Actor, Anonymity, Board, CardKind, Column, Finding, Level, Operation, Progress, Record,
        Responsibility, Settings, apply, decide,
    };
    use domain::ids::{CardId, ColumnId, MemberId};
    use domain::time::Instant;
    use uuid::Uuid;

    use super::lines;

    const COLUMN: ColumnId = ColumnId(Uuid::nil());

    /// A board with its log.
    struct Kept {
        board: Board,
        records: Vec<Record>,
    }

    impl Kept {
        /// With a card of the first of so many people.
        fn with(people: usize, card: CardId) -> Self {
            let settings = Settings::new(Level::Off, Anonymity::Named, 3);
            let columns = vec![Column::new(COLUMN, "Was fehlt".to_owned())];
            let mut kept = Self {
                board: Board::new(settings, columns),
                records: Vec::new(),
            };
            for number in 0..people {
                let join = Operation::Join {
                    name: Some(format!("Person {number}")),
                    district: None,
                    role: None,
                };
                kept.act(number, false, &join);
            }
            let write = Operation::Write {
                card,
                column: COLUMN,
                kind: CardKind::Problem,
                text: "Der Bus fährt nicht.".to_owned(),
            };
            kept.act(0, false, &write);
            kept
        }

        fn act(&mut self, number: usize, moderates: bool, operation: &Operation) {
            let member = MemberId(Uuid::from_u128(number as u128));
            let event = decide(&self.board, Actor { member, moderates }, operation).unwrap();
            let record = Record {
                sequence: self.board.sequence + 1,
                member,
                at: Instant(0),
                event,
            };
            apply(&mut self.board, &record);
            self.records.push(record);
        }

        /// Who did what to which card.
        fn says(&self) -> Vec<[String; 3]> {
            let lines = lines(&self.board, &self.records, &[]).into_iter();
            lines
                .map(|[_, _, who, what, number]| [who, what, number])
                .collect()
        }
    }

    #[test]
    fn where_reports_hide_a_card_nobody_is_named() {
        let card = CardId(Uuid::from_u128(1));
        let mut kept = Kept::with(REPORTS_TO_HIDE + 1, card);
        for number in 1..=REPORTS_TO_HIDE {
            kept.act(number, false, &Operation::Report { card, given: true });
        }
        assert_eq!(kept.says(), [["Plattform", "durch Meldungen ausgeblendet", "1"]]);
    }

    #[test]
    fn what_was_found_is_kept_or_removed_and_of_what_was_erased_neither_is_said() {
        let card = CardId(Uuid::from_u128(1));
        let mut kept = Kept::with(2, card);
        let finding = Finding {
            text: "Das Merkblatt fehlt.".to_owned(),
            taker: String::new(),
            level: Responsibility::State,
            progress: Progress::Open,
        };
        for finding in [Some(finding), None] {
            kept.act(
                1,
                true,
                &Operation::Conclude {
                    card,
                    finding,
                    base: None,
                },
            );
        }
        let says = |kept: &Kept| {
            kept.says()
                .into_iter()
                .map(|[_, what, _]| what)
                .collect::<Vec<_>>()
        };
        assert_eq!(says(&kept), ["Ergebnis festgehalten", "Ergebnis entfernt"]);
        kept.act(0, false, &Operation::Erase { card });
        for record in &mut kept.records {
            record.event.erase_text_of(card);
        }
        assert_eq!(says(&kept), ["Ergebnis geändert", "Ergebnis geändert"]);
    }
}
