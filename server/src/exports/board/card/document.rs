//! What the document of a card says.

use std::collections::BTreeSet;

use app::boards::words;
use app::outcomes::part::Part;
use domain::board::results::Step;
use domain::board::{BoardView, CardView, Editor};
use domain::german;
use domain::time::Instant;
use paper::{Block, Document, Item, Level, Run};

use crate::exports::board::rows;
use crate::exports::origin::{ABOUT, paper_day};

/// What stands where there is nothing of a part.
const NOTHING: &str = "Dazu gibt es nichts.";

/// Whether this is the card of a number. Comments have numbers, too, and stand with their card.
pub fn is_card(card: &CardView, number: u32) -> bool {
    card.number == number && card.on.is_none()
}

/// What the document is made of.
pub struct Content<'a> {
    /// The title of the board.
    pub board: &'a str,
    /// The title of the Veranstaltung to which it belongs.
    pub workshop: Option<String>,
    /// The board as the asker sees it.
    pub view: &'a BoardView,
    /// The card.
    pub card: &'a CardView,
    /// What stands beside what it says.
    pub parts: &'a BTreeSet<Part>,
    /// The way of its finding.
    pub way: Vec<Step>,
    /// What moderators did on the board, for them.
    pub log: Vec<[String; 5]>,
    /// What moderators note about the card for each other, for them.
    pub note: Option<String>,
    /// The moment.
    pub now: Instant,
}

impl Content<'_> {
    /// The document.
    pub fn document(&self) -> Document {
        let mut blocks = self.head();
        for part in self.parts {
            blocks.push(Block::Heading(Level::Chapter, part.label().to_owned()));
            let said = self.part(*part);
            if said.is_empty() {
                blocks.push(Block::Small(NOTHING.to_owned()));
            }
            blocks.extend(said);
        }
        Document {
            title: format!("Karte {}", self.card.number),
            lead: self.board.to_owned(),
            about: ABOUT.to_owned(),
            made_on: paper_day(self.now),
            is_draft: false,
            blocks,
        }
    }

    /// What the card says, and what holds for it.
    fn head(&self) -> Vec<Block> {
        let card = self.card;
        let columns = self.view.columns.iter();
        let column = columns.filter(|column| column.id == card.column);
        let column = column.map(|column| format!(" in der Spalte „{}“", column.title));
        let author = words::author(card.author.as_deref(), card.by_moderation);
        let author = author.map(|author| format!(" Von: {author}."));
        let facts = format!(
            "{}{}.{}{} Stand: {}.",
            rows::kind(card),
            column.collect::<String>(),
            author.unwrap_or_default(),
            if card.discussed { " Besprochen." } else { "" },
            german::moment(self.now)
        );
        let workshop = self.workshop.iter().map(|title| format!("Gehört zu: {title}"));
        let hidden = rows::not_public(card);
        let hidden = hidden.map(|standing| format!("Diese Karte sehen nicht alle: {standing}."));
        let mut blocks = vec![Block::Small(facts)];
        blocks.extend(workshop.chain(hidden).map(Block::Small));
        blocks.push(Block::Paragraph(vec![Run::plain(card.text.clone())]));
        blocks
    }

    fn part(&self, part: Part) -> Vec<Block> {
        match part {
            Part::Finding => self.finding(),
            Part::Weight => list(
                rows::weight(self.card)
                    .into_iter()
                    .chain(rows::tried_there(self.card)),
            ),
            Part::Comments => items(comments(self.view, self.card)),
            Part::History => list(self.history()),
            Part::Lineage => list(rows::came_from(self.card)),
            Part::Moderation => self.moderation(),
        }
    }

    fn finding(&self) -> Vec<Block> {
        let Some(finding) = &self.card.finding else {
            return Vec::new();
        };
        let taker = (!finding.taker.is_empty()).then(|| format!("Übernimmt: {}", finding.taker));
        let level = format!("Zuständig: {}", finding.level.label());
        let progress = format!("Stand: {}", finding.progress.label());
        let text = Block::Paragraph(vec![Run::plain(finding.text.clone())]);
        let said = list(taker.into_iter().chain([level, progress]));
        std::iter::once(text).chain(said).collect()
    }

    /// When it was written, what it said before for who may know that, and how it went on.
    fn history(&self) -> Vec<String> {
        let written = format!("{}: geschrieben", german::day_year(self.card.created_at));
        let earlier = self.card.earlier.iter().map(|earlier| {
            let by = match earlier.by {
                Some(Editor::Moderation) => ", dann von der Moderation geändert",
                Some(Editor::Author) => ", dann von der Autor*in geändert",
                None => "",
            };
            format!("Bis {}{by}: {}", earlier.day, earlier.text)
        });
        // Whoever does not see what was found sees no step of it.
        let way = self.way.iter().filter(|_| self.card.finding.is_some());
        let way = way.map(|step| {
            format!(
                "{}: {}: {}",
                german::day_year(step.at),
                step.finding.progress.label(),
                step.finding.text
            )
        });
        std::iter::once(written).chain(earlier).chain(way).collect()
    }

    /// How it stands for moderators, and what they did with it and with the cards for which it stands.
    fn moderation(&self) -> Vec<Block> {
        let card = self.card;
        let desk = card.desk;
        let reports = desk.map_or(0, |desk| desk.reports);
        let reports = u32::try_from(reports).ok().filter(|reports| *reports > 0);
        let states = [
            Some(format!("Stand: {}", rows::standing(card))),
            reports.map(|reports| german::count(reports, "Meldung", "Meldungen")),
            card.pinned.then(|| "Oben gehalten".to_owned()),
            card.locked.then(|| "Gesperrt".to_owned()),
            desk.filter(|desk| desk.removed)
                .map(|_| "Wer sie geschrieben hat, ist vom Board genommen".to_owned()),
            self.note.as_ref().map(|note| format!("Interne Notiz: {note}")),
        ];
        let mut blocks = list(states.into_iter().flatten());
        let sources = card.sources.iter().map(|source| source.number);
        let numbers: BTreeSet<String> = sources
            .chain([card.number])
            .map(|number| number.to_string())
            .collect();
        let did = self.log.iter().filter(|line| numbers.contains(&line[4]));
        let did = did.map(|[_, at, by, what, number]| format!("{at}, {by}: Karte {number} {what}"));
        let did = list(did);
        if !did.is_empty() {
            blocks.push(Block::Heading(
                Level::Section,
                "Was die Moderation getan hat".to_owned(),
            ));
            blocks.extend(did);
        }
        blocks
    }
}

fn list(lines: impl IntoIterator<Item = String>) -> Vec<Block> {
    items(lines.into_iter().map(Item::plain).collect())
}

fn items(items: Vec<Item>) -> Vec<Block> {
    if items.is_empty() {
        Vec::new()
    } else {
        vec![Block::List(items)]
    }
}

/// What is said about a card or comment, with the answers.
fn comments(view: &BoardView, about: &CardView) -> Vec<Item> {
    let about_this = view.cards.iter().filter(|card| card.on == Some(about.id));
    let item = |comment: &CardView| {
        let author = words::author(comment.author.as_deref(), comment.by_moderation);
        let head = author.unwrap_or_else(|| format!("{} {}", rows::kind(comment), comment.number));
        let mut notes = rows::weight(comment);
        notes.extend(rows::not_public(comment));
        let notes = (!notes.is_empty()).then(|| format!(" ({})", notes.join(", ")));
        Item {
            text: vec![
                Run::bold(format!("{head}: ")),
                Run::plain(format!("{}{}", comment.text, notes.unwrap_or_default())),
            ],
            // Comments have one level of answers.
            items: comments(view, comment),
        }
    };
    about_this.map(item).collect()
}
