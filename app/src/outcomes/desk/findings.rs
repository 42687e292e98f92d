//! What was found on all boards.

use domain::board::{Progress, Responsibility};
use domain::district::District;
use domain::german;
use leptos::prelude::*;
use store::Store;
use store::boards::{FindingFilter, FoundRow};

use crate::loading::unavailable;
use crate::outcomes::dto::Found;
use crate::session;

/// In place of a card of which only the result has stayed.
pub const GONE: &str = "Die Karte selbst ist gelöscht: Ihre Frist war vorbei.";

pub async fn load(progress: &str, level: &str, district: &str) -> Result<Option<Vec<Found>>, ServerFnError> {
    if !session::viewer().await?.is_some_and(|viewer| viewer.is_staff()) {
        return Ok(None);
    }
    let filter = FindingFilter {
        level: Responsibility::parse(level),
        progress: Progress::parse(progress),
        district: District::parse(district),
    };
    let rows = expect_context::<Store>()
        .board_findings(&filter)
        .await
        .map_err(unavailable)?;
    Ok(Some(rows.into_iter().map(found).collect()))
}

fn found(row: FoundRow) -> Found {
    let level = format!("Zuständig: {}", row.finding.level.label());
    Found {
        slug: row.slug,
        title: row.title,
        number: row.number,
        topic: if row.topic.is_empty() {
            GONE.to_owned()
        } else {
            row.topic
        },
        finding: row.finding.text,
        taker: if row.finding.taker.is_empty() {
            level
        } else {
            format!("{level}. Übernimmt: {}", row.finding.taker)
        },
        progress: (
            row.finding.progress.key().to_owned(),
            row.finding.progress.label().to_owned(),
        ),
        since: german::day_year(row.since),
    }
}
