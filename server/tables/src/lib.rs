//! Tables in files: rows of text, whatever program wrote them, and back. Nothing here knows what the rows mean.
//!
//! - [`read`]: CSV, XLSX and JSON as rows of text
//! - [`csv`]: rows as CSV, as German spreadsheets read it
//! - [`xlsx`]: rows as a spreadsheet

pub mod csv;
pub mod read;
pub mod xlsx;
