//! Modules as a table in a file: CSV, XLSX, JSON.
//!
//! - [`read`]: a file of whatever kind as rows of text
//! - [`write`]: the catalogue as a file

pub mod read;
pub mod write;

use std::path::Path;

/// The kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Semicolons, byte order mark.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// An array of objects.
    Json,
}

impl Format {
    /// The kind that a file's name asks for.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}
