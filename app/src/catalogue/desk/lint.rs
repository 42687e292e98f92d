//! Each module against each standard.

use std::collections::BTreeSet;
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

fn number(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// What somebody meets who looks into it. What gets lost in two standards is one loss.
fn summary(verdicts: &[Verdict]) -> String {
    let faults: usize = verdicts.iter().map(|verdict| verdict.faults.len()).sum();
    let lost: BTreeSet<&String> = verdicts.iter().flat_map(|verdict| &verdict.lost).collect();
    let mut parts = Vec::new();
    if faults > 0 {
        parts.push(count(number(faults), "Fehler", "Fehler"));
    }
    if !lost.is_empty() {
        parts.push(count(
            number(lost.len()),
            "Angabe geht verloren",
            "Angaben gehen verloren",
        ));
    }
    parts.join(", ")
}

pub async fn load() -> Result<Option<LintView>, ServerFnError> {
    let (Some(reviewer), Some(Judge(judge))) = (reviewer().await?, use_context::<Judge>()) else {
        return Ok(None);
    };
    let mut modules = expect_context::<Store>().modules().await.map_err(unavailable)?;
    modules.retain(|listed| reviewer.works_for(&listed.module.owner_ids()));
    let rows: Vec<LintRow> = modules
        .iter()
        .map(|listed| {
            let verdicts = judge(listed);
            LintRow {
                path: format!("/katalog/{}", listed.module.code),
                title: format!(
                    "{} {}",
                    listed.module.code,
                    listed.version.content.get(Field::Title)
                ),
                summary: summary(&verdicts),
                verdicts,
            }
        })
        .collect();
    let is_red = |row: &&LintRow| row.verdicts.iter().any(|verdict| !verdict.faults.is_empty());
    let red = number(rows.iter().filter(is_red).count());
    let standards = rows
        .first()
        .map(|row| row.verdicts.iter().map(|one| one.standard.clone()).collect());
    Ok(Some(LintView {
        standards: standards.unwrap_or_default(),
        sum: match red {
            0 => format!(
                "{}: alle Dateien sind gültig.",
                count(number(rows.len()), "Modul", "Module")
            ),
            red => format!("{} von {} mit Fehlern", count(red, "Modul", "Module"), rows.len()),
        },
        rows,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_twice_is_counted_once() {
        let verdict = |faults: &[&str], lost: &[&str]| Verdict {
            standard: "schema.org".to_owned(),
            faults: faults.iter().map(|fault| (*fault).to_owned()).collect(),
            lost: lost.iter().map(|field| (*field).to_owned()).collect(),
        };
        let fits = [verdict(&[], &[]), verdict(&[], &[])];
        assert_eq!(summary(&fits), "");
        let loses = [verdict(&[], &["Gebühr"]), verdict(&[], &["Gebühr", "Gruppe"])];
        assert_eq!(summary(&loses), "2\u{a0}Angaben gehen verloren");
        let wrong = [verdict(&["/name: fehlt"], &[]), verdict(&[], &["Gebühr"])];
        assert_eq!(summary(&wrong), "1\u{a0}Fehler, 1\u{a0}Angabe geht verloren");
    }
}
