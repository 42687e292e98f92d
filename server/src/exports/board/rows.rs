//! A board as a table: one line a card or comment.

use app::boards::words;
use domain::board::results::Kept;
use domain::board::{BoardView, CardView, Finding, Outcome, Source, Standing};
use domain::german;

/// Cells of a line.
pub const CELLS: usize = 22;
/// What stands above the notes of moderators, in a file that is theirs.
pub const NOTE: &str = "Interne Notiz";
/// The headings.
pub const HEADINGS: [&str; CELLS] = [
    "Nr.",
    "Zu Nr.",
    "Spalte",
    "Art",
    "Text",
    "Von",
    "Stand",
    "Stimmen",
    "Handzeichen",
    "Bei uns auch",
    "Hat geholfen",
    "Teilweise",
    "Nicht geholfen",
    "Steht auch für",
    "Teil von",
    "Ergebnis",
    "Zuständig",
    "Geschrieben",
    "Probiert",
    "Herkunft",
    "Zusammengeführt aus",
    "Besprochen",
];

/// The cells of one card.
#[must_use]
pub fn cells(view: &BoardView, card: &CardView) -> [String; CELLS] {
    let about = card
        .on
        .and_then(|on| view.cards.iter().find(|other| other.id == on));
    let column = view.columns.iter().find(|column| column.id == card.column);
    let sources: Vec<String> = card
        .sources
        .iter()
        .map(|source| source.number.to_string())
        .collect();
    let [helped, partly, not] = card.tried.map(|count| count.to_string());
    [
        card.number.to_string(),
        about.map(|about| about.number.to_string()).unwrap_or_default(),
        column.map(|column| column.title.clone()).unwrap_or_default(),
        kind(card).to_owned(),
        card.text.clone(),
        words::author(card.author.as_deref(), card.by_moderation).unwrap_or_default(),
        standing(card),
        card.votes.map(|votes| votes.to_string()).unwrap_or_default(),
        card.hands.map(|hands| hands.to_string()).unwrap_or_default(),
        card.same_here.to_string(),
        helped,
        partly,
        not,
        sources.join(", "),
        card.split_from
            .map(|number| number.to_string())
            .unwrap_or_default(),
        finding(card),
        card.finding
            .as_ref()
            .map(|finding| finding.level.label().to_owned())
            .unwrap_or_default(),
        german::moment(card.created_at),
        tried(card),
        card.origin
            .as_ref()
            .map(|origin| words::origin(origin))
            .unwrap_or_default(),
        card.sources.iter().map(source).collect::<Vec<_>>().join("; "),
        if card.discussed { "ja" } else { "" }.to_owned(),
    ]
}

/// The cells of a result that has stayed without its card.
#[must_use]
pub fn kept_cells(view: &BoardView, kept: &Kept) -> [String; CELLS] {
    let mut cells = [const { String::new() }; CELLS];
    let column = view.columns.iter().find(|column| column.id == kept.column);
    let number = kept.number.to_string();
    for (heading, cell) in [
        ("Nr.", number),
        (
            "Spalte",
            column.map(|column| column.title.clone()).unwrap_or_default(),
        ),
        ("Ergebnis", found(&kept.finding)),
        ("Zuständig", kept.finding.level.label().to_owned()),
    ] {
        let place = HEADINGS.iter().position(|one| *one == heading);
        if let Some(place) = place {
            cells[place] = cell;
        }
    }
    cells
}

/// "Karte 7 (Amsel): Der Bus fährt selten.": a card for which another one stands, as it was written.
fn source(source: &Source) -> String {
    let author = words::author(source.author.as_deref(), source.by_moderation);
    let author = author.map(|author| format!(" ({author})"));
    format!(
        "Karte {}{}: {}",
        source.number,
        author.unwrap_or_default(),
        source.text
    )
}

/// What it is.
#[must_use]
pub fn kind(card: &CardView) -> &'static str {
    if card.told.is_some() {
        "Bei uns probiert"
    } else if card.on.is_some() {
        "Kommentar"
    } else {
        card.kind.label()
    }
}

/// What became of a solution: of the one that a sentence tells about, or in each district.
fn tried(card: &CardView) -> String {
    match card.told {
        Some(told) => words::told(told),
        None => places(card).join("; "),
    }
}

/// How often a solution has helped in each district that may be shown.
#[must_use]
pub fn places(card: &CardView) -> Vec<String> {
    card.tried_in.iter().map(words::tried_in).collect()
}

/// What was found, how far it is, and who takes it on.
#[must_use]
pub fn finding(card: &CardView) -> String {
    card.finding.as_ref().map(found).unwrap_or_default()
}

/// As [`finding`], of one that is there.
#[must_use]
pub fn found(finding: &Finding) -> String {
    let taker = if finding.taker.is_empty() {
        String::new()
    } else {
        format!(" ({})", finding.taker)
    };
    format!("{}: {}{taker}", finding.progress.label(), finding.text)
}

/// What it weighs, in words.
#[must_use]
pub fn weight(card: &CardView) -> Vec<String> {
    let mut weight: Vec<String> = card.told.map(words::told).into_iter().collect();
    if let Some(votes) = card.votes.filter(|votes| *votes > 0) {
        let votes = u32::try_from(votes).unwrap_or(u32::MAX);
        weight.push(german::count(votes, "Stimme", "Stimmen"));
    }
    if let Some(hands) = card.hands {
        weight.push(german::count(hands, "Handzeichen", "Handzeichen"));
    }
    if card.same_here > 0 {
        weight.push(format!("{} × bei uns auch", card.same_here));
    }
    for (outcome, count) in Outcome::ALL.iter().zip(card.tried) {
        if count > 0 {
            weight.push(format!("{count} × {}", outcome.label().to_lowercase()));
        }
    }
    weight
}

/// From where it comes, and where a solution was tried.
#[must_use]
pub fn lineage(card: &CardView) -> Vec<String> {
    tried_there(card).into_iter().chain(came_from(card)).collect()
}

/// Where a solution was tried, and what became of it there.
#[must_use]
pub fn tried_there(card: &CardView) -> Vec<String> {
    let places = places(card).into_iter();
    places.map(|place| format!("bei uns probiert, {place}")).collect()
}

/// From where it comes: another board, another card, other cards for which it stands.
#[must_use]
pub fn came_from(card: &CardView) -> Vec<String> {
    let origin = card.origin.as_ref().map(|origin| words::origin(origin));
    let part = card
        .split_from
        .map(|number| format!("war ein Teil von Karte {number}"));
    let merged = card.merged_into.map(|number| format!("steht bei Karte {number}"));
    let sources = card.sources.iter().map(|source| {
        let author = words::author(source.author.as_deref(), source.by_moderation);
        let author = author.map(|author| format!(" ({author})"));
        format!(
            "steht auch für Karte {}: {}{}",
            source.number,
            source.text,
            author.unwrap_or_default()
        )
    });
    origin
        .into_iter()
        .chain(part)
        .chain(merged)
        .chain(sources)
        .collect()
}

/// That it was discussed, if it was, and where it stands, if that is not for everybody to see.
#[must_use]
pub fn state(card: &CardView) -> Vec<String> {
    let discussed = card.discussed.then(|| "besprochen".to_owned());
    discussed.into_iter().chain(not_public(card)).collect()
}

/// Where it stands, if that is not for everybody to see.
#[must_use]
pub fn not_public(card: &CardView) -> Option<String> {
    (card.held || card.standing != Standing::Published).then(|| standing(card))
}

/// Where it stands, in words.
#[must_use]
pub fn standing(card: &CardView) -> String {
    match &card.standing {
        Standing::Published if card.held => "zurückgehalten".to_owned(),
        Standing::Published => "veröffentlicht".to_owned(),
        Standing::Waiting => "wartet auf Freigabe".to_owned(),
        Standing::Refused { reason } => format!("nicht veröffentlicht: {reason}"),
        Standing::Hidden => "ausgeblendet".to_owned(),
        Standing::Withdrawn => "zurückgezogen".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::board::{
        Actor, Anonymity, Audience, Board, CardKind, Column, Event, Level, Operation, Origin, Record,
        Refusal, Settings, apply, bring, decide, view,
    };
    use domain::ids::{CardId, ColumnId, MemberId};
    use domain::time::Instant;
    use uuid::Uuid;

    use super::{HEADINGS, cells};

    const COLUMN: ColumnId = ColumnId(Uuid::nil());

    fn actor(number: u128) -> Actor {
        Actor {
            member: MemberId(Uuid::from_u128(number)),
            moderates: number == 1,
        }
    }

    fn done(board: &mut Board, number: u128, event: Result<Event, Refusal>) {
        let record = Record {
            sequence: board.sequence + 1,
            member: actor(number).member,
            at: Instant(0),
            event: event.unwrap(),
        };
        apply(board, &record);
    }

    fn act(board: &mut Board, number: u128, operation: &Operation) {
        let event = decide(board, actor(number), operation);
        done(board, number, event);
    }

    #[test]
    fn a_table_says_from_where_a_card_comes_and_what_became_one_with_it() {
        let settings = Settings::new(Level::Off, Anonymity::Named, 3);
        let mut board = Board::new(settings, vec![Column::new(COLUMN, "Was fehlt".to_owned())]);
        for (number, name) in [(1, "Amsel"), (2, "Drossel")] {
            let join = Operation::Join {
                name: Some(name.to_owned()),
                district: None,
                role: None,
            };
            act(&mut board, number, &join);
        }
        let card = |number| CardId(Uuid::from_u128(number));
        let origin = Origin {
            board: "ankommen".to_owned(),
            place: "Bautzen".to_owned(),
            number: 12,
            votes: Some(14),
            same_here: 0,
        };
        let new = (card(1), COLUMN, CardKind::Problem);
        let brought = bring(&board, actor(1), new, "Der Bus fährt nicht.", origin);
        done(&mut board, 1, brought);
        let write = Operation::Write {
            card: card(2),
            column: COLUMN,
            kind: CardKind::Problem,
            text: "Busse fehlen.".to_owned(),
        };
        act(&mut board, 2, &write);
        let merge = Operation::Merge {
            card: card(2),
            into: Some(card(1)),
        };
        act(&mut board, 1, &merge);
        let view = view(&board, Audience::Everybody);
        assert_eq!(view.cards[0].sources[0].author.as_deref(), Some("Drossel"));
        let cells = cells(&view, &view.cards[0]);
        let of = |heading: &str| {
            let at = HEADINGS.iter().position(|one| *one == heading);
            cells[at.unwrap()].as_str()
        };
        assert_eq!(of("Steht auch für"), "2");
        assert_eq!(of("Herkunft"), "aus Bautzen, Karte 12: 14\u{a0}Stimmen");
        assert_eq!(of("Zusammengeführt aus"), "Karte 2 (Drossel): Busse fehlen.");
        assert_eq!(
            &HEADINGS[17..19],
            ["Geschrieben", "Probiert"],
            "what was there stays"
        );
    }
}
