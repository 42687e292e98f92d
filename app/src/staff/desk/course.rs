//! What happened to one place, why, and who did it.

use domain::ids::SignUpId;
use leptos::prelude::*;
use store::StoreError;
use store::signups::Done;

use super::{for_staff, page};
use crate::loading::unavailable;
use crate::signup::words;
use crate::staff::dto::CourseView;
use crate::staff::log_words::who;

pub async fn course(id: String) -> Result<Option<CourseView>, ServerFnError> {
    let Ok(id) = SignUpId::parse(&id) else {
        return Ok(None);
    };
    for_staff(|store| async move {
        match store.course(id).await {
            Ok(course) => Ok(Some(CourseView {
                name: course.name,
                path: page(&course.workshop.to_string()),
                title: course.title,
                done: course.done.iter().map(line).collect(),
            })),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(unavailable(error)),
        }
    })
    .await
}

fn line(done: &Done) -> (String, String, String) {
    let (at, what) = words::history(&done.entry);
    (at, what, done.logged.as_ref().map(who).unwrap_or_default())
}
