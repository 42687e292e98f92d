//! What a room has found.

use std::collections::BTreeMap;

use domain::board::results::{rank, topics};
use domain::board::{Board, BoardView, CardView, Finding, Progress, Responsibility, Step, view};
use domain::german;
use domain::ids::CardId;
use leptos::prelude::*;
use store::{Store, StoreError};

use super::weight;
use crate::boards::desk::workshop_of;
use crate::boards::device::asking;
use crate::loading::unavailable;
use crate::outcomes::dto::{Results, Topic};

pub async fn load(slug: String, progress: &str) -> Result<Option<Results>, ServerFnError> {
    let store = expect_context::<Store>();
    let row = match store.board_by_slug(&slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let asking = asking(row.id).await?;
    let board: Board = store.board(row.id).await.map_err(unavailable)?;
    let view = view(&board, asking.audience());
    let takes_part = asking
        .actor
        .is_some_and(|actor| board.members.contains_key(&actor.member));
    let is_hidden = board.settings.findings_hidden;
    if is_hidden && !takes_part && !asking.moderates {
        return Ok(None);
    }
    let ways = store.board_ways(row.id).await.map_err(unavailable)?;
    Ok(Some(Results {
        workshop: workshop_of(&store, &row).await?,
        slug: row.slug,
        title: row.title,
        lead: row.lead,
        facts: weight::facts(&view),
        is_hidden,
        moderates: asking.moderates,
        steps: steps(&view),
        levels: levels(&view, &ways, Progress::parse(progress)),
    }))
}

fn found(view: &BoardView) -> impl Iterator<Item = (&CardView, &Finding)> {
    topics(view).filter_map(|card| Some((card, card.finding.as_ref()?)))
}

/// How many are how far.
fn steps(view: &BoardView) -> Vec<(String, String, u32)> {
    let steps = Progress::ALL.iter().map(|step| {
        let count = found(view)
            .filter(|(_, finding)| finding.progress == *step)
            .count();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        (step.key().to_owned(), step.label().to_owned(), count)
    });
    steps.filter(|(.., count)| *count > 0).collect()
}

fn levels(
    view: &BoardView,
    ways: &BTreeMap<CardId, Vec<Step>>,
    only: Option<Progress>,
) -> Vec<(String, Vec<Topic>)> {
    let levels = Responsibility::ALL.iter().map(|level| {
        let mut found: Vec<_> = found(view)
            .filter(|(_, finding)| finding.level == *level)
            .filter(|(_, finding)| only.is_none_or(|only| finding.progress == only))
            .collect();
        found.sort_by_key(|(card, _)| rank(card));
        let topics = found.into_iter().map(|(card, finding)| {
            let way = ways.get(&card.id).map(Vec::as_slice).unwrap_or_default();
            topic(card, finding, way)
        });
        (level.label().to_owned(), topics.collect::<Vec<_>>())
    });
    levels.filter(|(_, topics)| !topics.is_empty()).collect()
}

fn topic(card: &CardView, finding: &Finding, way: &[Step]) -> Topic {
    Topic {
        card: card.id.to_string(),
        number: card.number,
        kind: card.kind.label().to_owned(),
        text: card.text.clone(),
        weight: weight::words(card),
        finding: finding.text.clone(),
        taker: finding.taker.clone(),
        level: finding.level.key().to_owned(),
        progress: (
            finding.progress.key().to_owned(),
            finding.progress.label().to_owned(),
        ),
        way: told(way),
    }
}

/// The way, the last step first. A text is told where it became another one.
fn told(way: &[Step]) -> Vec<(String, String, String)> {
    let before = std::iter::once(None).chain(way.iter().map(Some));
    let mut told: Vec<_> = way
        .iter()
        .zip(before)
        .map(|(step, before)| {
            let is_new = before.is_none_or(|before| before.finding.text != step.finding.text);
            let text = if is_new {
                step.finding.text.clone()
            } else {
                String::new()
            };
            let label = step.finding.progress.label().to_owned();
            (german::day_year(step.at), label, text)
        })
        .collect();
    told.reverse();
    told
}
