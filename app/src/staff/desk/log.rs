//! The newest lines of the log.

use leptos::prelude::*;

use super::for_staff;
use crate::loading::unavailable;
use crate::staff::log_words::line;

/// Lines that are shown at once.
const LINES_MAX: i64 = 200;

pub async fn audit() -> Result<Option<Vec<(String, String)>>, ServerFnError> {
    for_staff(|store| async move {
        let rows = store.audit_rows(None, LINES_MAX).await.map_err(unavailable)?;
        Ok(Some(rows.iter().map(line).collect()))
    })
    .await
}
