//! Several modules side by side.

use domain::module::field::Field;
use domain::module::typed;
use leptos::prelude::*;
use store::Store;
use store::modules::Listed;

use super::list::Dates;
use super::said::{by, effort, label, lines, title};
use super::shelf::shelf;
use crate::modules::dto::CompareView;

/// Modules side by side, at most.
const MODULES_MAX: usize = 4;

/// What is compared first, behind how much work it is and when it begins: most people decide by it.
const FIRST: [Field; 3] = [Field::Mode, Field::Places, Field::Fee];

/// What is compared then, in this order.
const FIELDS: [Field; 14] = [
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
    Field::HoursExam,
    Field::Weeks,
    Field::Frequency,
    Field::Access,
];

pub async fn load(codes: &str) -> Result<CompareView, ServerFnError> {
    let store = expect_context::<Store>();
    let shelf = shelf(&store).await?;
    let dates = Dates::of(&store).await?;
    let codes = typed::codes(codes).unwrap_or_default();
    let modules: Vec<&Listed> = codes
        .iter()
        .filter_map(|code| shelf.find(code))
        .take(MODULES_MAX)
        .collect();
    let row = |label: &str, says: &dyn Fn(&Listed) -> String| {
        let cells: Vec<String> = modules.iter().map(|listed| says(listed)).collect();
        (label.to_owned(), cells)
    };
    let field = |field: &Field| {
        row(label(*field), &|listed| {
            lines(&listed.version.content, *field).join("\n")
        })
    };
    let mut rows = vec![
        row("Umfang", &|listed| effort(&listed.version.content)),
        row("Nächster Durchgang", &|listed| {
            dates.next(listed.module.id).cloned().unwrap_or_default()
        }),
    ];
    rows.extend(FIRST.iter().map(field));
    rows.push(row("Angeboten von", &|listed| by(&listed.module)));
    rows.extend(FIELDS.iter().map(field));
    // What none of them says is no row.
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let empty = rows.iter_mut().flat_map(|(_, cells)| cells);
    empty
        .filter(|cell| cell.is_empty())
        .for_each(|cell| "–".clone_into(cell));
    let head = |listed: &&Listed| {
        let code = listed.module.code.to_string();
        (format!("/module/{code}"), code, title(listed))
    };
    Ok(CompareView {
        modules: modules.iter().map(head).collect(),
        rows,
    })
}
