//! A spreadsheet of strings: nothing in it is ever computed.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use store::signups::SignUpRow;

use super::table::{HEADINGS, cells};

/// Width of each column in characters.
const WIDTHS: [f64; 9] = [26.0, 32.0, 36.0, 28.0, 10.0, 22.0, 10.0, 14.0, 30.0];

/// The file.
///
/// # Errors
/// When the library cannot write it.
pub fn file(rows: &[SignUpRow]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Anmeldungen")?;
    let bold = Format::new().set_bold();
    for ((column, heading), width) in (0_u16..).zip(HEADINGS).zip(WIDTHS) {
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells(row)) {
            sheet.write_string(line, column, cell)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}
