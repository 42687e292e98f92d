//! How it goes, and one's own applications.

use domain::german::count;
use domain::module::field::Field;
use leptos::prelude::*;
use store::Store;
use store::recognition::RecognitionRow;

use super::words;
use crate::loading::unavailable;
use crate::modules::desk::said::title;
use crate::modules::desk::shelf::shelf;
use crate::recognition::dto::Overview;
use crate::session;

pub async fn load() -> Result<Overview, ServerFnError> {
    let store = expect_context::<Store>();
    let viewer = session::viewer().await?;
    let own = match &viewer {
        Some(viewer) => store.recognitions_of(viewer.person).await.map_err(unavailable)?,
        None => Vec::new(),
    };
    let shelf = shelf(&store).await?;
    let module = |listed: &store::modules::Listed| {
        let outcomes = u32::try_from(listed.version.content.outcomes().len()).unwrap_or(u32::MAX);
        let code = &listed.module.code;
        (
            format!("/anrechnung/{code}"),
            format!("{code} {}", title(listed)),
            count(outcomes, "Lernergebnis", "Lernergebnisse"),
        )
    };
    Ok(Overview {
        is_signed_in: viewer.is_some(),
        own: own.iter().map(line).collect(),
        modules: shelf.modules.iter().map(module).collect(),
    })
}

fn line(row: &RecognitionRow) -> (String, String, String) {
    let code = &row.module.code;
    let outcomes = row.content.outcomes();
    let words = match row.decided_at {
        Some(_) => words::result(&row.findings.outcome(&outcomes), &outcomes),
        None => row.state.label().to_owned(),
    };
    (
        format!("/anrechnung/{code}"),
        format!("{code} {}", row.content.get(Field::Title)),
        format!("{}: {words}", row.procedure.word()),
    )
}
