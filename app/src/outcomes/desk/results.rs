//! What a room has found.

use std::collections::BTreeMap;

use domain::board::results::{rank, topics};
use domain::board::{Board, BoardView, CardView, Finding, Progress, Responsibility, Step, view};
use domain::german;
use domain::ids::CardId;
use leptos::prelude::*;
use store::{Store, StoreError};

use super::findings::GONE;
use super::weight;
use crate::boards::desk::{stays, workshop_of};
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
    let stays = stays(&store, &row).await.map_err(unavailable)?;
    let topics = match board.emptied_at {
        Some(_) => kept(&board, &ways),
        None => topics_of(&view, &ways),
    };
    Ok(Some(Results {
        workshop: workshop_of(&store, &row).await?,
        slug: row.slug,
        title: row.title,
        lead: row.lead,
        facts: match board.emptied_at {
            Some(_) => stays,
            None => weight::facts(&view),
        },
        is_hidden,
        moderates: asking.moderates,
        is_emptied: board.emptied_at.is_some(),
        steps: steps(&topics),
        levels: levels(topics, Progress::parse(progress)),
    }))
}

/// What was found, about what weighs most first.
fn topics_of(view: &BoardView, ways: &BTreeMap<CardId, Vec<Step>>) -> Vec<Topic> {
    let found = topics(view).filter_map(|card| Some((card, card.finding.as_ref()?)));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(card, _)| rank(card));
    let found = found.into_iter().map(|(card, finding)| {
        let way = ways.get(&card.id).map(Vec::as_slice).unwrap_or_default();
        topic(card, finding, way)
    });
    found.collect()
}

/// What has stayed of a board whose term is over.
fn kept(board: &Board, ways: &BTreeMap<CardId, Vec<Step>>) -> Vec<Topic> {
    let kept = board.results.iter().map(|kept| {
        let mut columns = board.columns.iter();
        let column = columns.find(|column| column.id == kept.column);
        let column = column.map_or_else(String::new, |column| format!("Spalte „{}“. ", column.title));
        Topic {
            card: kept.card.to_string(),
            number: kept.number,
            kind: String::new(),
            text: format!("{column}{GONE}"),
            weight: String::new(),
            finding: kept.finding.text.clone(),
            taker: kept.finding.taker.clone(),
            level: kept.finding.level.key().to_owned(),
            progress: (
                kept.finding.progress.key().to_owned(),
                kept.finding.progress.label().to_owned(),
            ),
            way: told(ways.get(&kept.card).map(Vec::as_slice).unwrap_or_default()),
        }
    });
    kept.collect()
}

/// How many are how far.
fn steps(topics: &[Topic]) -> Vec<(String, String, u32)> {
    let steps = Progress::ALL.iter().map(|step| {
        let count = topics
            .iter()
            .filter(|topic| topic.progress.0 == step.key())
            .count();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        (step.key().to_owned(), step.label().to_owned(), count)
    });
    steps.filter(|(.., count)| *count > 0).collect()
}

/// By who can settle it.
fn levels(mut topics: Vec<Topic>, only: Option<Progress>) -> Vec<(String, Vec<Topic>)> {
    topics.retain(|topic| only.is_none_or(|only| topic.progress.0 == only.key()));
    let levels = Responsibility::ALL.iter().map(|level| {
        let here = topics.iter().filter(|topic| topic.level == level.key());
        (level.label().to_owned(), here.cloned().collect::<Vec<_>>())
    });
    levels.collect()
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
