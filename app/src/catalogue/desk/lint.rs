//! Each module against each standard.

use std::sync::Arc;

use domain::german::count;
use domain::module::field::Field;
use leptos::prelude::*;
use store::Store;
use store::modules::Listed;

use super::reviewer;
use crate::catalogue::dto::{LintRow, LintView, Verdict};
use crate::loading::unavailable;

/// What is to be said of a module.
type Judging = dyn Fn(&Listed) -> Vec<Verdict> + Send + Sync;

/// What holds a module against the standards. The exports know how; they give it along.
#[derive(Clone)]
pub struct Judge(pub Arc<Judging>);

impl std::fmt::Debug for Judge {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Judge")
    }
}

pub async fn load() -> Result<Option<LintView>, ServerFnError> {
    let (Some(reviewer), Some(Judge(judge))) = (reviewer().await?, use_context::<Judge>()) else {
        return Ok(None);
    };
    let mut modules = expect_context::<Store>().modules().await.map_err(unavailable)?;
    modules.retain(|listed| reviewer.works_for(&listed.module.owner_ids()));
    let rows: Vec<LintRow> = modules
        .iter()
        .map(|listed| LintRow {
            path: format!("/katalog/{}", listed.module.code),
            title: format!(
                "{} {}",
                listed.module.code,
                listed.version.content.get(Field::Title)
            ),
            verdicts: judge(listed),
        })
        .collect();
    let is_red = |row: &&LintRow| row.verdicts.iter().any(|verdict| !verdict.faults.is_empty());
    let number = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let red = number(rows.iter().filter(is_red).count());
    let standards = rows
        .first()
        .map(|row| row.verdicts.iter().map(|one| one.standard.clone()).collect());
    Ok(Some(LintView {
        standards: standards.unwrap_or_default(),
        sum: match red {
            0 => format!("{}: alles passt.", count(number(rows.len()), "Modul", "Module")),
            red => format!("{} von {} mit Fehlern", count(red, "Modul", "Module"), rows.len()),
        },
        rows,
    }))
}
