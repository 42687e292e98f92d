//! The catalogue as a file.

use domain::module::{Field, sheet};
use rust_xlsxwriter::XlsxError;
use serde_json::{Map, Value, json};
use store::modules::Listed;
use tables::{csv, xlsx};

use super::Format;

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
        Format::Xlsx => xlsx::file("Module", &headings, rows),
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
