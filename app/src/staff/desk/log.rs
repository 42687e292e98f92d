//! The newest lines of the log.

use leptos::prelude::*;
use store::audit::{AuditRow, Subject};

use super::for_staff;
use crate::loading::unavailable;
use crate::staff::dto::LogLine;
use crate::staff::log_words::line;

/// Lines that are shown at once.
const LINES_MAX: i64 = 200;

pub async fn audit() -> Result<Option<Vec<LogLine>>, ServerFnError> {
    for_staff(|store| async move {
        let rows = store.audit_log(LINES_MAX).await.map_err(unavailable)?;
        Ok(Some(rows.into_iter().map(shown).collect()))
    })
    .await
}

fn shown((row, subject): (AuditRow, Option<Subject>)) -> LogLine {
    let (at, what) = line(&row);
    let about = match subject {
        Some(Subject::Workshop { id, title }) => {
            Some((title, Some(format!("/verwaltung/veranstaltungen/{id}"))))
        }
        Some(Subject::Board { slug, title }) => Some((title, Some(format!("/themen/{slug}")))),
        // The name of a module is its code.
        None if row.object_kind == "module" => Some((row.object_id, None)),
        None => None,
    };
    LogLine { at, what, about }
}
