//! A spreadsheet of strings: nothing in it is ever computed.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Characters of a column.
const COLUMN_CHARACTERS: f64 = 24.0;

/// The file: one sheet of this name, with a row of headings that stays in sight.
///
/// # Errors
/// When the library cannot write it.
pub fn file(
    name: &str,
    headings: &[String],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    let bold = Format::new().set_bold();
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
