//! A file as rows of text. What kind it is, is seen from its content: names lie.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Dimensions, Reader, Xlsx};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

/// What stands in place of a formula that was never computed: what spreadsheets show for a wrong value.
pub const NOT_COMPUTED: &str = "#WERT!";
/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: u64 = 20 * 1024 * 1024;
/// The rows of a table, at most.
pub const ROWS_MAX: usize = 20_000;
/// The columns of a row, at most: spreadsheets are wide where nobody wrote.
const COLUMNS_MAX: usize = 200;
/// What a spreadsheet unpacks to, at most, in bytes: it is compressed about ten times.
const UNPACKED_BYTES_MAX: u64 = 64 * 1_024 * 1_024;
/// Cells that were merged, at most.
const MERGED_CELLS_MAX: usize = 200_000;
/// What stands in all cells together, at most, in bytes: a text that is stored once may be shown by many cells.
const TEXT_BYTES_MAX: usize = 32 * 1_024 * 1_024;
/// Files that are read at the same time: each takes memory and a core.
const AT_ONCE: usize = 2;

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
    /// More rows than are read, or more behind the file than it seems.
    #[error("more than {ROWS_MAX} rows, or more than {} MiB unpacked", UNPACKED_BYTES_MAX / 1_024 / 1_024)]
    TooLarge,
    /// The reading broke off.
    #[error("the reading broke off")]
    BrokeOff,
}

/// Reads a file beside what else is done, and never more than two at a time: for a server, which goes on answering.
///
/// # Errors
/// See [`ReadError`].
pub async fn rows_beside(bytes: Vec<u8>) -> Result<Rows, ReadError> {
    static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);
    let place = PLACES.acquire().await.map_err(|_| ReadError::BrokeOff)?;
    let reading = tokio::task::spawn_blocking(move || {
        // Who asked may have gone: the place is free when the reading is over, not before.
        let _place = place;
        rows(&bytes)
    });
    reading.await.map_err(|_| ReadError::BrokeOff)?
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
    let mut rows = Rows::new();
    for record in reader.records() {
        let record = record.map_err(|error| ReadError::Table(error.to_string()))?;
        if rows.len() >= ROWS_MAX {
            return Err(ReadError::TooLarge);
        }
        rows.push(record.iter().take(COLUMNS_MAX).map(str::to_owned).collect());
    }
    Ok(rows)
}

fn workbook(bytes: &[u8]) -> Result<Rows, ReadError> {
    unpacks_small(bytes)?;
    let wrong = |error: calamine::XlsxError| ReadError::Workbook(error.to_string());
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(wrong)?;
    let name = workbook.sheet_names().first().cloned().unwrap_or_default();
    let mut rows = Rows::new();
    let mut left = TEXT_BYTES_MAX;
    {
        // Cell by cell: a single one far down or far right makes no table of millions.
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(wrong)?;
        while let Some(found) = cells.next_cell_with_formula_metadata().map_err(wrong)? {
            let (row, column) = (found.pos.0 as usize, found.pos.1 as usize);
            if column >= COLUMNS_MAX {
                continue;
            }
            if let DataRef::SharedString(text) = &found.value {
                left = left.checked_sub(text.len()).ok_or(ReadError::TooLarge)?;
            }
            let shown = match Data::from(found.value) {
                // A formula whose value nobody computed looks like an empty cell, and is none.
                Data::Empty if found.formula.is_some() => NOT_COMPUTED.to_owned(),
                data => cell(&data),
            };
            if shown.is_empty() {
                continue;
            }
            if row >= ROWS_MAX {
                return Err(ReadError::TooLarge);
            }
            // From the first row and column on, so that rows are counted as the spreadsheet counts them.
            if rows.len() <= row {
                rows.resize_with(row + 1, Vec::new);
            }
            if let Some(cells) = rows.get_mut(row) {
                if cells.len() <= column {
                    cells.resize_with(column + 1, String::new);
                }
                if let Some(place) = cells.get_mut(column) {
                    *place = shown;
                }
            }
        }
    }
    let widest = rows.iter().map(Vec::len).max().unwrap_or_default();
    for row in &mut rows {
        row.resize_with(widest, String::new);
    }
    let merged = workbook.merge_cells_by_sheet_name(&name).unwrap_or_default();
    spread(&mut rows, &merged, left)?;
    Ok(rows)
}

/// Refuses a spreadsheet of which much more is unpacked than was sent.
fn unpacks_small(bytes: &[u8]) -> Result<(), ReadError> {
    let wrong = |error: &dyn std::fmt::Display| ReadError::Workbook(error.to_string());
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong(&error))?;
    let mut left = UNPACKED_BYTES_MAX;
    for number in 0..parts.len() {
        let part = parts.by_index(number).map_err(|error| wrong(&error))?;
        // What a part says of its own size is not believed.
        let size =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|error| wrong(&error))?;
        left = left.checked_sub(size).ok_or(ReadError::TooLarge)?;
    }
    Ok(())
}

/// What is written over several cells belongs to each of them.
fn spread(rows: &mut Rows, merged: &[Dimensions], mut bytes_left: usize) -> Result<(), ReadError> {
    let mut left = MERGED_CELLS_MAX;
    for area in merged {
        let place = |row: u32, column: u32| (row as usize, column as usize);
        let (top, first) = place(area.start.0, area.start.1);
        let (bottom, last) = place(area.end.0, area.end.1);
        let said = rows.get(top).and_then(|row| row.get(first)).cloned();
        let Some(said) = said.filter(|said| !said.is_empty()) else {
            continue;
        };
        let columns = first..last.saturating_add(1).min(COLUMNS_MAX);
        for row in rows.iter_mut().take(bottom.saturating_add(1)).skip(top) {
            left = left.checked_sub(columns.len()).ok_or(ReadError::TooLarge)?;
            for cell in row.iter_mut().take(columns.end).skip(columns.start) {
                if cell.is_empty() {
                    bytes_left = bytes_left.checked_sub(said.len()).ok_or(ReadError::TooLarge)?;
                    cell.clone_from(&said);
                }
            }
        }
    }
    Ok(())
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
    if objects.len() >= ROWS_MAX {
        return Err(ReadError::TooLarge);
    }
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

    /// A spreadsheet of these parts beside what each must have.
    fn spreadsheet(sheet: &str, filler: usize) -> Vec<u8> {
        let mut file = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        let parts = [
            ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.to_owned()),
            ("_rels/.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_owned()),
            ("xl/workbook.xml", r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#.to_owned()),
            ("xl/_rels/workbook.xml.rels", r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#.to_owned()),
            ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>"#)),
            ("xl/filler.xml", " ".repeat(filler)),
        ];
        for (name, text) in parts {
            file.start_file(name, options).unwrap();
            std::io::Write::write_all(&mut file, text.as_bytes()).unwrap();
        }
        file.finish().unwrap().into_inner()
    }

    fn written(place: &str, text: &str) -> String {
        format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    }

    #[test]
    fn a_few_cells_far_away_make_no_table_of_millions() {
        let right = format!(
            "<sheetData><row r=\"1\">{}{}</row></sheetData>",
            written("A1", "code"),
            written("XFD1", "far")
        );
        assert_eq!(said(&read(&spreadsheet(&right, 0))), ["code"]);
        let down = format!(
            "<sheetData><row r=\"1\">{}</row><row r=\"1048576\">{}</row></sheetData>",
            written("A1", "code"),
            written("XFD1048576", "far")
        );
        assert_eq!(said(&read(&spreadsheet(&down, 0))), ["code"]);
        let tall = down.replace("XFD1048576", "A1048576");
        assert!(matches!(rows(&spreadsheet(&tall, 0)), Err(ReadError::TooLarge)));
    }

    #[test]
    fn merged_cells_say_the_same_and_areas_without_end_are_refused() {
        let area = |times: usize| {
            format!(
                "<sheetData><row r=\"1\">{}</row><row r=\"3\">{}</row></sheetData><mergeCells>{}</mergeCells>",
                written("A1", "code"),
                written("C3", "x"),
                r#"<mergeCell ref="A1:XFD1048576"/>"#.repeat(times)
            )
        };
        assert_eq!(
            said(&read(&spreadsheet(&area(1), 0))),
            ["code|code|code", "code|code|code", "code|code|x"]
        );
        assert!(matches!(
            rows(&spreadsheet(&area(1_000), 0)),
            Err(ReadError::TooLarge)
        ));
    }

    #[test]
    fn a_text_that_many_cells_show_is_not_written_out_without_end() {
        let long = "x".repeat(1_024 * 1_024);
        let rows_of =
            (3..=100).map(|row| format!("<row r=\"{row}\">{}</row>", written(&format!("B{row}"), "x")));
        let sheet = format!(
            "<sheetData><row r=\"1\">{}</row>{}</sheetData><mergeCells><mergeCell ref=\"A1:A100\"/></mergeCells>",
            written("A1", &long),
            rows_of.collect::<String>()
        );
        assert!(matches!(rows(&spreadsheet(&sheet, 0)), Err(ReadError::TooLarge)));
        let few = sheet.replace("A1:A100", "A1:A10");
        assert!(
            read(&spreadsheet(&few, 0))
                .iter()
                .take(10)
                .all(|row| row[0] == long)
        );
    }

    #[test]
    fn a_small_file_that_unpacks_to_much_is_refused() {
        let full = usize::try_from(UNPACKED_BYTES_MAX).unwrap();
        let file = spreadsheet("<sheetData/>", full);
        assert!(file.len() < 1_024 * 1_024);
        assert!(matches!(rows(&file), Err(ReadError::TooLarge)));
        let many = format!("[{}{{}}]", "{},".repeat(ROWS_MAX));
        assert!(matches!(rows(many.as_bytes()), Err(ReadError::TooLarge)));
        assert!(matches!(
            rows("a\n".repeat(ROWS_MAX + 1).as_bytes()),
            Err(ReadError::TooLarge)
        ));
    }
}
