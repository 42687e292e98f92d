//! Several modules side by side.

use domain::module::field::Field;
use domain::module::typed;
use leptos::prelude::*;
use store::Store;
use store::modules::Listed;

use super::said::{by, lines, title};
use super::shelf::shelf;
use crate::modules::dto::CompareView;

/// Modules side by side, at most.
const MODULES_MAX: usize = 4;

/// What is compared, in this order.
const FIELDS: [Field; 17] = [
    Field::Lead,
    Field::Outcomes,
    Field::Knowledge,
    Field::Requires,
    Field::Usability,
    Field::Exam,
    Field::Grading,
    Field::HoursContact,
    Field::HoursAlone,
    Field::HoursPractice,
    Field::Ects,
    Field::Weeks,
    Field::Frequency,
    Field::Mode,
    Field::Places,
    Field::Access,
    Field::Fee,
];

pub async fn load(codes: &str) -> Result<CompareView, ServerFnError> {
    let shelf = shelf(&expect_context::<Store>()).await?;
    let codes = typed::codes(codes).unwrap_or_default();
    let modules: Vec<&Listed> = codes
        .iter()
        .filter_map(|code| shelf.find(code))
        .take(MODULES_MAX)
        .collect();
    let mut rows = vec![(
        "Angeboten von".to_owned(),
        modules.iter().map(|listed| by(&listed.module)).collect(),
    )];
    for field in FIELDS {
        let cells: Vec<String> = modules
            .iter()
            .map(|listed| lines(&listed.version.content, field).join("\n"))
            .collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            let cells = cells
                .into_iter()
                .map(|cell| if cell.is_empty() { "–".to_owned() } else { cell });
            rows.push((field.facts().label.to_owned(), cells.collect()));
        }
    }
    let head = |listed: &&Listed| (format!("/module/{}", listed.module.code), title(listed));
    Ok(CompareView {
        modules: modules.iter().map(head).collect(),
        rows,
    })
}
