//! The catalogue as a file.

use domain::module::{Field, sheet};
use rust_xlsxwriter::{Format as Look, Workbook, XlsxError};
use serde_json::{Map, Value, json};
use store::modules::Listed;

use super::Format;
use crate::exports::csv;

/// Characters of a column of a spreadsheet.
const COLUMN_CHARACTERS: f64 = 24.0;

/// The file.
///
/// # Errors
/// When the spreadsheet cannot be written.
pub fn file(format: Format, modules: &[Listed]) -> Result<Vec<u8>, XlsxError> {
    let headings = sheet::headings();
    let rows = modules.iter().map(row);
    match format {
        Format::Csv => {
            let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
            Ok(csv::file(&headings, rows).into_bytes())
        }
        Format::Xlsx => workbook(&headings, rows),
        Format::Json => {
            let objects: Vec<Value> = modules.iter().map(object).collect();
            Ok(format!("{:#}\n", json!(objects)).into_bytes())
        }
    }
}

/// The institution that is named first answers for the row.
fn institution(listed: &Listed) -> &str {
    listed
        .module
        .owners
        .first()
        .map(|(_, name)| name.as_str())
        .unwrap_or_default()
}

fn row(listed: &Listed) -> Vec<String> {
    sheet::row(&listed.module.code, institution(listed), &listed.version.content)
}

fn object(listed: &Listed) -> Value {
    let mut object = Map::new();
    object.insert(sheet::CODE.to_owned(), json!(listed.module.code.as_str()));
    object.insert(sheet::INSTITUTION.to_owned(), json!(institution(listed)));
    for field in Field::ALL
        .iter()
        .filter(|field| listed.version.content.has(**field))
    {
        object.insert(field.key().to_owned(), json!(listed.version.content.get(*field)));
    }
    Value::Object(object)
}

fn workbook(headings: &[String], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Module")?;
    let bold = Look::new().set_bold();
    for (column, heading) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, COLUMN_CHARACTERS)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(row) {
            if !cell.is_empty() {
                sheet.write_string(line, column, cell)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    workbook.save_to_buffer()
}
