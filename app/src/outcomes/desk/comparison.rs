//! The boards of a template, side by side.

use std::collections::BTreeSet;

use domain::board::results::strongest;
use domain::board::{Audience, BoardView, CardView, view};
use leptos::prelude::*;
use store::boards::BoardRow;
use store::{Store, StoreError};

use super::{templates, weight};
use crate::boards::desk::coming;
use crate::loading::unavailable;
use crate::outcomes::dto::{Compared, ComparedCard, ComparedColumn, Comparison, Tools};
use crate::session;

/// Cards of a column that are shown of each board.
const STRONGEST_MAX: usize = 3;

/// A board as everybody sees it.
pub struct Seen {
    pub row: BoardRow,
    pub view: BoardView,
}

impl Seen {
    /// From where it is.
    pub fn place(&self) -> String {
        self.row
            .district
            .map_or_else(|| "Sachsen".to_owned(), |district| district.name.to_owned())
    }

    /// The cards of a column of the template, what weighs most first.
    fn strongest(&self, column: usize) -> Vec<&CardView> {
        let column = self.row.first_columns().get(column).copied();
        column.map_or_else(Vec::new, |column| strongest(&self.view, column))
    }
}

/// The boards of a template, the one for all apart.
pub async fn seen(store: &Store, rows: Vec<BoardRow>) -> Result<(Vec<Seen>, Option<Seen>), StoreError> {
    let (mut boards, mut all) = (Vec::new(), None);
    for row in rows {
        let view = view(&store.board(row.id).await?, Audience::Everybody);
        let seen = Seen { row, view };
        if seen.row.district.is_some() {
            boards.push(seen);
        } else {
            all = Some(seen);
        }
    }
    Ok((boards, all))
}

pub async fn load(slug: String) -> Result<Option<Comparison>, ServerFnError> {
    let store = expect_context::<Store>();
    let template = match store.template_by_slug(&slug).await {
        Ok(template) => template,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let rows = store.boards_of_template(template.id).await.map_err(unavailable)?;
    let choices = templates::choices(&rows);
    let (boards, all) = seen(&store, rows).await.map_err(unavailable)?;
    let brought: BTreeSet<(&str, u32)> = all
        .iter()
        .flat_map(|all| &all.view.cards)
        .filter_map(|card| card.origin.as_ref())
        .map(|origin| (origin.board.as_str(), origin.number))
        .collect();
    let columns: Vec<(String, Vec<ComparedColumn>)> = template
        .columns
        .into_iter()
        .enumerate()
        .map(|(at, title)| {
            let columns = boards.iter().map(|board| column(board, at, &brought));
            (title, columns.collect())
        })
        .collect();
    let is_staff = session::viewer().await?.is_some_and(|viewer| viewer.is_staff());
    let tools = if is_staff {
        let cards = columns.iter().flat_map(|(_, columns)| columns);
        let cards = cards.flat_map(|column| &column.strongest);
        Some(Tools {
            districts: choices,
            workshops: coming(&store).await?,
            has_all: all.is_some(),
            not_brought: cards
                .filter(|card| !card.is_brought)
                .map(|card| card.key.clone())
                .collect(),
        })
    } else {
        None
    };
    Ok(Some(Comparison {
        slug: template.slug,
        title: template.title,
        lead: template.lead,
        boards: boards.iter().chain(&all).map(compared).collect(),
        columns,
        tools,
    }))
}

fn compared(board: &Seen) -> Compared {
    Compared {
        slug: board.row.slug.clone(),
        place: board.place(),
        facts: weight::facts(&board.view),
    }
}

fn column(board: &Seen, at: usize, brought: &BTreeSet<(&str, u32)>) -> ComparedColumn {
    let cards = board.strongest(at);
    let strongest = cards.iter().take(STRONGEST_MAX).map(|card| ComparedCard {
        key: format!("{}:{}", board.row.id, card.id),
        number: card.number,
        text: card.text.clone(),
        weight: weight::words(card),
        is_brought: brought.contains(&(board.row.slug.as_str(), card.number)),
    });
    ComparedColumn {
        slug: board.row.slug.clone(),
        place: board.place(),
        count: u32::try_from(cards.len()).unwrap_or(u32::MAX),
        strongest: strongest.collect(),
    }
}
