//! Every Veranstaltung, with how full it is.

use domain::booking::Mode;
use domain::booking::settle::left_to_staff;
use domain::german;
use domain::time::Instant;
use domain::workshop::Status;
use leptos::prelude::*;
use store::workshops::{PAGE_MAX, WorkshopCard, WorkshopFilter};

use super::for_staff;
use crate::loading::unavailable;
use crate::signup::words;
use crate::staff::dto::OverviewItem;

pub async fn overview(past: bool) -> Result<Option<Vec<OverviewItem>>, ServerFnError> {
    for_staff(|store| async move {
        let now = store.ambient().now();
        let filter = WorkshopFilter {
            include_drafts: true,
            from: (!past).then_some(now),
            until: past.then_some(now),
            newest_first: past,
            limit: PAGE_MAX,
            ..WorkshopFilter::default()
        };
        let cards = store.workshops(&filter).await.map_err(unavailable)?;
        Ok(Some(cards.iter().map(|card| item(card, now)).collect()))
    })
    .await
}

fn item(card: &WorkshopCard, now: Instant) -> OverviewItem {
    OverviewItem {
        id: card.row.id.to_string(),
        title: card.row.draft.title.clone(),
        when: german::unbroken(&german::span(card.row.draft.starts_at, card.row.draft.ends_at)),
        // Nearly all are published: nobody has to be told.
        status: (card.row.status != Status::Published).then(|| card.row.status.label().to_owned()),
        is_cancelled: card.row.status == Status::Cancelled,
        // Who waits has a badge there.
        // Where it does not take place, none is to be had.
        seats: if card.row.status == Status::Cancelled {
            String::new()
        } else {
            of_each_mode(card, taken)
        },
        is_to_give: to_give(card, now).is_some(),
        waiting: to_give(card, now).or_else(|| waiting(card, now)),
    }
}

/// How many people wait; nothing once it is over.
fn waiting(card: &WorkshopCard, now: Instant) -> Option<String> {
    let waiting: u32 = Mode::ALL
        .into_iter()
        .map(|mode| card.tally.mode(mode).waiting)
        .sum();
    (waiting > 0 && now < card.row.draft.ends_at).then(|| german::count(waiting, "wartet", "warten"))
}

/// That a seat is free while people wait to whom nobody gives it but staff; nothing once it is over.
fn to_give(card: &WorkshopCard, now: Instant) -> Option<String> {
    let waiting = left_to_staff(&card.row.rules(), &card.tally, now);
    (waiting > 0 && now < card.row.draft.ends_at)
        .then(|| format!("Platz frei, {}", german::count(waiting, "wartet", "warten")))
}

/// The modes in which people take part. Who is left in one without seats is not out of sight.
pub(super) fn modes(card: &WorkshopCard) -> impl Iterator<Item = Mode> {
    let rules = card.row.rules();
    Mode::ALL.into_iter().filter(move |mode| {
        let tally = card.tally.mode(*mode);
        rules.mode(*mode).capacity > 0 || tally.taken() + tally.waiting > 0
    })
}

/// Each mode with how many seats are taken, and how many people wait, if there are any.
pub(super) fn seats(card: &WorkshopCard) -> String {
    of_each_mode(card, |card, mode| {
        let waiting = match card.tally.mode(mode).waiting {
            0 => String::new(),
            waiting => format!(", {}", german::count(waiting, "wartet", "warten")),
        };
        taken(card, mode) + &waiting
    })
}

fn of_each_mode(card: &WorkshopCard, words: impl Fn(&WorkshopCard, Mode) -> String) -> String {
    modes(card)
        .map(|mode| words(card, mode))
        .collect::<Vec<_>>()
        .join("; ")
}

/// How many seats are taken. Where some are kept back, that is said: else they read as free.
fn taken(card: &WorkshopCard, mode: Mode) -> String {
    let rules = card.row.rules();
    let kept_back = match rules.mode(mode).reserved {
        0 => String::new(),
        reserved => format!(", {}\u{a0}reserviert", german::number(reserved)),
    };
    format!(
        "{}: {} von {} belegt{kept_back}",
        words::mode(mode),
        card.tally.mode(mode).taken(),
        rules.mode(mode).capacity
    )
}
