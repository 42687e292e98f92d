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
        when: german::span(card.row.draft.starts_at, card.row.draft.ends_at),
        status: card.row.status.label().to_owned(),
        is_cancelled: card.row.status == Status::Cancelled,
        seats: seats(card),
        to_give: to_give(card, now),
    }
}

/// That a seat is free while people wait to whom nobody gives it but staff; nothing once it is over.
fn to_give(card: &WorkshopCard, now: Instant) -> Option<String> {
    let waiting = left_to_staff(&card.row.rules(), &card.tally, now);
    (waiting > 0 && now < card.row.draft.ends_at)
        .then(|| format!("Platz frei, {}", german::count(waiting, "wartet", "warten")))
}

/// Each mode with how many seats are taken, and how many people wait.
pub(super) fn seats(card: &WorkshopCard) -> String {
    let rules = card.row.rules();
    Mode::ALL
        .into_iter()
        // Who is left in a mode without seats is not out of sight.
        .filter(|mode| {
            let tally = card.tally.mode(*mode);
            rules.mode(*mode).capacity > 0 || tally.taken() + tally.waiting > 0
        })
        .map(|mode| {
            let tally = card.tally.mode(mode);
            format!(
                "{}: {} von {} belegt, {}",
                words::mode(mode),
                tally.taken(),
                rules.mode(mode).capacity,
                german::count(tally.waiting, "wartet", "warten")
            )
        })
        .collect::<Vec<_>>()
        .join("; ")
}
