//! What happened to one place, why, and who did it.

use domain::german;
use domain::ids::SignUpId;
use domain::time::Instant;
use leptos::prelude::*;
use store::StoreError;
use store::audit::AuditRow;
use store::signups::{Course, Done};

use super::{for_staff, page};
use crate::loading::unavailable;
use crate::signup::words;
use crate::staff::dto::CourseView;
use crate::staff::log_words::{what, who};

pub async fn course(id: String) -> Result<Option<CourseView>, ServerFnError> {
    let Ok(id) = SignUpId::parse(&id) else {
        return Ok(None);
    };
    for_staff(|store| async move {
        match store.course(id).await {
            Ok(course) => Ok(Some(CourseView {
                done: lines(&course),
                name: course.name,
                path: page(&course.workshop.to_string()),
                title: course.title,
            })),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    })
    .await
}

/// When, what, and who did it.
type Line = (String, String, String);

/// What happened, and what was noted about the mails, in the order of time.
fn lines(course: &Course) -> Vec<Line> {
    let mut all: Vec<(Instant, Line)> = course
        .done
        .iter()
        .map(|done| (done.entry.at, line(done)))
        .collect();
    all.extend(course.mails.iter().map(|row| (row.at, noted(row))));
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, line)| line).collect()
}

fn line(done: &Done) -> Line {
    let (at, what) = words::history(&done.entry);
    (at, what, done.logged.as_ref().map(who).unwrap_or_default())
}

fn noted(row: &AuditRow) -> Line {
    (german::moment(row.at), what(&row.action, &row.detail), who(row))
}
