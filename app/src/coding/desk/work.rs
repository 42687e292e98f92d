//! The cards of a coding, and what was made of them.

use std::collections::BTreeMap;

use domain::board::results::topics;
use domain::board::{Audience, CardView, view};
use domain::ids::{BoardId, CardId, CodingId, PersonId};
use store::coding::{Code, Codebook, Coding, Reading};
use store::{Store, StoreError};

/// A card to read.
pub struct Unit {
    /// The board's name in the URL, its title and id.
    pub board: (String, String, BoardId),
    /// The card as everybody sees it.
    pub card: CardView,
    /// What was made of it.
    pub readings: Vec<Reading>,
}

impl Unit {
    /// What one person made of it, if that is done.
    pub fn done_by(&self, person: PersonId) -> Option<&Reading> {
        self.of(person).filter(|reading| reading.done_at.is_some())
    }

    /// What one person made of it.
    pub fn of(&self, person: PersonId) -> Option<&Reading> {
        self.readings
            .iter()
            .find(|reading| reading.reader == Some(person))
    }

    /// What was agreed on.
    pub fn agreed(&self) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.reader.is_none())
    }

    /// The readings that are done.
    pub fn done(&self) -> impl Iterator<Item = &Reading> {
        let is_done = |reading: &&Reading| reading.reader.is_some() && reading.done_at.is_some();
        self.readings.iter().filter(is_done)
    }

    /// Whether two who are done made something else of it.
    pub fn differs(&self) -> bool {
        let mut done = self.done();
        let first = done.next();
        first.is_some_and(|first| done.any(|other| other.codes != first.codes))
    }

    /// Where it is read.
    pub fn path(&self, coding: CodingId) -> String {
        format!(
            "/verwaltung/auswertung/{coding}/karte/{}/{}",
            self.board.0, self.card.number
        )
    }
}

/// A coding with everything in it.
pub struct Work {
    /// The coding.
    pub coding: Coding,
    /// Its codebook.
    pub codebook: Codebook,
    /// The cards, board by board, by number.
    pub units: Vec<Unit>,
    names: BTreeMap<PersonId, String>,
}

impl Work {
    /// Reads a coding.
    ///
    /// # Errors
    /// When it is not there, or the database fails.
    pub async fn load(store: &Store, id: CodingId) -> Result<Self, StoreError> {
        let coding = store.coding(id).await?;
        let codebook = store.codebook(coding.codebook).await?;
        let mut readings: BTreeMap<(BoardId, CardId), Vec<Reading>> = BTreeMap::new();
        for reading in store.readings(id).await? {
            readings
                .entry((reading.board, reading.card))
                .or_default()
                .push(reading);
        }
        let mut units = Vec::new();
        for row in store.boards_by_id(&coding.boards).await? {
            let seen = view(&store.board(row.id).await?, Audience::Everybody);
            let mut cards: Vec<CardView> = topics(&seen).cloned().collect();
            cards.sort_by_key(|card| card.number);
            units.extend(cards.into_iter().map(|card| Unit {
                readings: readings.remove(&(row.id, card.id)).unwrap_or_default(),
                board: (row.slug.clone(), row.title.clone(), row.id),
                card,
            }));
        }
        Ok(Self {
            names: store.reader_names(id).await?.into_iter().collect(),
            coding,
            codebook,
            units,
        })
    }

    /// Everybody who has read a card to its end, in a fixed order.
    pub fn readers(&self) -> Vec<PersonId> {
        let done = self.units.iter().flat_map(Unit::done);
        let readers: std::collections::BTreeSet<_> = done.filter_map(|reading| reading.reader).collect();
        readers.into_iter().collect()
    }

    /// What somebody is called.
    pub fn name(&self, person: PersonId) -> String {
        let gone = || "Ein gelöschtes Konto".to_owned();
        self.names.get(&person).cloned().unwrap_or_else(gone)
    }

    /// The names of codes, in the order of the codebook.
    pub fn names_of(&self, reading: &Reading) -> String {
        let given = self
            .codebook
            .codes
            .iter()
            .filter(|code| reading.codes.contains(&code.id));
        let names: Vec<&str> = given.map(|code| code.name.as_str()).collect();
        if names.is_empty() {
            "kein Code".to_owned()
        } else {
            names.join(", ")
        }
    }

    /// The codes that can be given to a card: those of now, and those that were given to it before.
    pub fn codes_for<'a>(&'a self, reading: Option<&'a Reading>) -> impl Iterator<Item = (&'a Code, bool)> {
        self.codebook.codes.iter().filter_map(move |code| {
            let given = reading.is_some_and(|reading| reading.codes.contains(&code.id));
            (given || code.retired_version.is_none()).then_some((code, given))
        })
    }
}
