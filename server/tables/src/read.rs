//! A file as rows of text. What kind it is, is seen from its content: names lie.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde_json::{Map, Value};

/// What stands in place of a formula that was never computed: what spreadsheets show for a wrong value.
pub const NOT_COMPUTED: &str = "#WERT!";
/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// The columns of a row, at most: spreadsheets are wide where nobody wrote.
const COLUMNS_MAX: usize = 200;

/// Rows of text.
pub type Rows = Vec<Vec<String>>;

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Not a spreadsheet that can be opened.
    #[error("the spreadsheet cannot be opened: {0}")]
    Workbook(String),
    /// Not an array of objects.
    #[error("the JSON is not an array of objects: {0}")]
    Json(String),
    /// Not a table.
    #[error("the table cannot be read: {0}")]
    Table(String),
}

/// Reads a file.
///
/// # Errors
/// See [`ReadError`].
pub fn rows(bytes: &[u8]) -> Result<Rows, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook(bytes);
    }
    let text = text(bytes);
    if text.trim_start().starts_with(['[', '{']) {
        return json(&text);
    }
    table(&text)
}

/// UTF-8 or UTF-16 with a byte order mark, UTF-8 without one, else what Windows wrote (CP1252).
fn text(bytes: &[u8]) -> String {
    let decoded = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE.decode(bytes).0,
        [0xfe, 0xff, ..] => UTF_16BE.decode(bytes).0,
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => WINDOWS_1252.decode(bytes).0,
        },
    };
    decoded.trim_start_matches('\u{feff}').to_owned()
}

/// Semicolons, commas or tabs: whatever stands most often in the first line, outside of quotes.
fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0)];
    for byte in first.bytes() {
        is_quoted ^= byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(!is_quoted && byte == *separator);
        }
    }
    // Of those that stand as often the first one.
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b';', |(separator, _)| *separator)
}

fn table(text: &str) -> Result<Rows, ReadError> {
    // Spreadsheets may say their separator in a line of its own.
    let text = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => rest,
        _ => text,
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| ReadError::Table(error.to_string()))?;
            Ok(record.iter().take(COLUMNS_MAX).map(str::to_owned).collect())
        })
        .collect()
}

fn workbook(bytes: &[u8]) -> Result<Rows, ReadError> {
    let wrong = |error: calamine::XlsxError| ReadError::Workbook(error.to_string());
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(wrong)?;
    let name = workbook.sheet_names().first().cloned().unwrap_or_default();
    let range = match workbook.worksheet_range_at(0) {
        Some(range) => range.map_err(wrong)?,
        None => return Err(ReadError::Workbook("it has no sheet".to_owned())),
    };
    let (top, left) = range.start().unwrap_or_default();
    // From the first row and column on, so that rows are counted as the spreadsheet counts them.
    let mut rows: Rows = vec![Vec::new(); top as usize];
    for row in range.rows() {
        let before = std::iter::repeat_n(String::new(), left as usize);
        rows.push(before.chain(row.iter().map(cell)).take(COLUMNS_MAX).collect());
    }
    // A formula whose value nobody computed looks like an empty cell, and is none.
    if let Ok(formulas) = workbook.worksheet_formula(&name) {
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, column, _) in formulas.used_cells() {
            write(
                &mut rows,
                (row + top as usize, column + left as usize),
                NOT_COMPUTED,
            );
        }
    }
    // What is written over several cells belongs to each of them.
    for merged in workbook.merge_cells_by_sheet_name(&name).unwrap_or_default() {
        let (start, end) = (merged.start, merged.end);
        let said = rows
            .get(start.0 as usize)
            .and_then(|row| row.get(start.1 as usize))
            .cloned();
        for row in start.0..=end.0.min(u32::try_from(rows.len()).unwrap_or(u32::MAX)) {
            for column in start.1..=end.1.min(u32::try_from(COLUMNS_MAX).unwrap_or(u32::MAX)) {
                write(
                    &mut rows,
                    (row as usize, column as usize),
                    said.as_deref().unwrap_or_default(),
                );
            }
        }
    }
    Ok(rows)
}

/// Writes into a cell that is there and empty.
fn write(rows: &mut Rows, (row, column): (usize, usize), text: &str) {
    if let Some(cell) = rows.get_mut(row).and_then(|row| row.get_mut(column))
        && cell.is_empty()
    {
        text.clone_into(cell);
    }
}

/// What a cell shows. Of a formula it is the value that was computed last.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn json(text: &str) -> Result<Rows, ReadError> {
    let wrong = |error: serde_json::Error| ReadError::Json(error.to_string());
    let objects: Vec<Map<String, Value>> = serde_json::from_str(text).map_err(wrong)?;
    let mut headings: Vec<String> = Vec::new();
    for key in objects.iter().flat_map(Map::keys) {
        if !headings.contains(key) && headings.len() < COLUMNS_MAX {
            headings.push(key.clone());
        }
    }
    let cell = |value: Option<&Value>| match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let rows = objects
        .iter()
        .map(|object| headings.iter().map(|heading| cell(object.get(heading))).collect());
    Ok(std::iter::once(headings.clone()).chain(rows).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Rows {
        rows(bytes).unwrap()
    }

    fn said(rows: &Rows) -> Vec<String> {
        rows.iter().map(|row| row.join("|")).collect()
    }

    #[test]
    fn tables_are_read_whatever_wrote_them() {
        let expected = ["code|title|ects", "FSA-101|Übergänge, gut; \"begleiten\"|7,5"];
        let semicolons = "code;title;ects\r\nFSA-101;\"Übergänge, gut; \"\"begleiten\"\"\";7,5\r\n";
        let commas = "code,title,ects\nFSA-101,\"Übergänge, gut; \"\"begleiten\"\"\",\"7,5\"\n";
        let tabs = "code\ttitle\tects\nFSA-101\tÜbergänge, gut; \"begleiten\"\t7,5\n";
        let with_mark = format!("\u{feff}{semicolons}");
        let with_line = format!("sep=;\r\n{semicolons}");
        let windows = WINDOWS_1252.encode(semicolons).0.into_owned();
        let mut wide = vec![0xff, 0xfe];
        wide.extend(semicolons.encode_utf16().flat_map(u16::to_le_bytes));
        let files: [&[u8]; 7] = [
            semicolons.as_bytes(),
            commas.as_bytes(),
            tabs.as_bytes(),
            with_mark.as_bytes(),
            with_line.as_bytes(),
            &windows,
            &wide,
        ];
        for (number, file) in files.iter().enumerate() {
            assert_eq!(said(&read(file)), expected, "{number}");
        }
    }

    #[test]
    fn lines_in_cells_short_rows_and_json_are_read() {
        let rows = read("code;title\nFSA-101;\"Eins\nZwei\"\nFSA-102\n".as_bytes());
        assert_eq!(said(&rows), ["code|title", "FSA-101|Eins\nZwei", "FSA-102"]);
        let rows = read(br#"[{"code": "FSA-101", "weeks": 12}, {"code": "FSA-102", "title": null}]"#);
        assert_eq!(said(&rows), ["code|weeks|title", "FSA-101|12|", "FSA-102||"]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(
            rows(b"PK\x03\x04 not a spreadsheet"),
            Err(ReadError::Workbook(_))
        ));
        assert!(matches!(rows(b"{\"code\": 1}"), Err(ReadError::Json(_))));
    }
}
