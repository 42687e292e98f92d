//! A board on paper, also for who does not see it: tagged PDF after PDF/UA-1.

use app::boards::words;
use domain::board::results::Kept;
use domain::board::{BoardView, CardView, Finding};
use domain::german;
use domain::time::Instant;
use paper::{Block, Document, Item, Level, PaperError, Run, Table};
use store::boards::BoardRow;

use super::rows;
use crate::exports::origin::{ABOUT, paper_day};

/// The file.
///
/// # Errors
/// When it would be too long, or not what PDF/UA-1 asks for.
pub fn file(
    row: &BoardRow,
    seen: (&BoardView, &[Kept]),
    workshop: Option<&str>,
    now: Instant,
) -> Result<Vec<u8>, PaperError> {
    paper::write(&document(row, seen, workshop, now))
}

fn document(
    row: &BoardRow,
    (view, kept): (&BoardView, &[Kept]),
    workshop: Option<&str>,
    now: Instant,
) -> Document {
    let mut blocks = vec![Block::Small(facts(view, now))];
    blocks.extend(workshop.map(|workshop| Block::Small(format!("Gehört zu: {workshop}"))));
    blocks.extend(findings(view, kept));
    for column in &view.columns {
        blocks.push(Block::Heading(Level::Chapter, column.title.clone()));
        let cards = view
            .cards
            .iter()
            .filter(|card| card.column == column.id && card.on.is_none());
        let items: Vec<Item> = cards.map(|card| item(view, card)).collect();
        blocks.push(if items.is_empty() {
            Block::Small("Hier steht noch nichts.".to_owned())
        } else {
            Block::List(items)
        });
    }
    Document {
        title: row.title.clone(),
        lead: row.lead.clone(),
        about: ABOUT.to_owned(),
        made_on: paper_day(now),
        is_draft: false,
        blocks,
    }
}

fn facts(view: &BoardView, now: Instant) -> String {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let cards = view.cards.iter().filter(|card| card.on.is_none()).count();
    let mut facts = format!(
        "Stand: {}. {} von {}.",
        german::moment(now),
        german::count(count(cards), "Karte", "Karten"),
        german::count(count(view.members), "Person", "Personen")
    );
    if view.cards.iter().any(|card| rows::not_public(card).is_some()) {
        facts.push_str(" Mit Karten, die nicht alle sehen.");
    }
    facts
}

/// What was found, as a table.
fn findings(view: &BoardView, kept: &[Kept]) -> Vec<Block> {
    let row = |(number, finding): (u32, &Finding)| {
        let taker = if finding.taker.is_empty() {
            finding.level.label().to_owned()
        } else {
            format!("{}: {}", finding.level.label(), finding.taker)
        };
        vec![
            number.to_string(),
            finding.text.clone(),
            taker,
            finding.progress.label().to_owned(),
        ]
    };
    let cards = view.cards.iter();
    let found = cards.filter_map(|card| Some((card.number, card.finding.as_ref()?)));
    let kept = kept.iter().map(|kept| (kept.number, &kept.finding));
    let rows: Vec<_> = found.chain(kept).map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let headings = ["Karte", "Ergebnis", "Zuständig", "Stand"];
    vec![
        Block::Heading(Level::Chapter, "Ergebnisse".to_owned()),
        Block::Table(Table {
            headings: headings.map(str::to_owned).to_vec(),
            shares: vec![1.0, 6.0, 3.5, 1.8],
            rows,
        }),
    ]
}

fn item(view: &BoardView, card: &CardView) -> Item {
    let author = words::author(card.author.as_deref(), card.by_moderation);
    let author = author.map(|author| format!(", {author}"));
    let head = format!(
        "{} · {}{}: ",
        card.number,
        rows::kind(card),
        author.unwrap_or_default()
    );
    let mut said = rows::weight(card);
    said.extend(rows::state(card));
    let said = (!said.is_empty()).then(|| said.join(", "));
    let found = Some(rows::finding(card)).filter(|finding| !finding.is_empty());
    let found = found.map(|finding| format!("Ergebnis, {finding}"));
    let below = said.into_iter().chain(rows::lineage(card)).chain(found);
    let below = below.map(|text| Item {
        text: vec![Run::plain(text)],
        items: Vec::new(),
    });
    let comments = view.cards.iter().filter(|other| other.on == Some(card.id));
    Item {
        text: vec![Run::bold(head), Run::plain(card.text.clone())],
        // Comments have one level of answers.
        items: below.chain(comments.map(|comment| item(view, comment))).collect(),
    }
}
