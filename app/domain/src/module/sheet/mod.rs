//! Modules as a table: one a row, one field a column. What a table would change is said cell by cell before anything is
//! written ([`dry_run`]). What it does not name stays; a row that is missing is reported, never deleted.

pub mod dry_run;

use std::collections::BTreeSet;

use super::ModuleCode;
use super::content::Content;
use super::field::Field;
use super::typed::{self, Wrong};

/// Rows of a table, without the headings.
pub const ROWS_MAX: usize = 5_000;
/// The heading of the short name.
pub const CODE: &str = "code";
/// The heading of the institution.
pub const INSTITUTION: &str = "institution";
/// What empties a field; an empty cell leaves it as it is.
pub const EMPTY: &str = "(leer)";

/// What stands in place of a formula that was never computed.
pub const NOT_COMPUTED: &str = "#WERT!";
/// What spreadsheets show where they could not compute, in English and in German.
const BROKEN: [&str; 12] = [
    "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#BEZUG!", "#NV", "#WERT!", "#ZAHL!",
    "Err:502",
];
/// The headings stand in one of so many rows: above them there may be a title.
const HEADINGS_WITHIN: usize = 10;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// The short name.
    Code,
    /// The institution, by its name.
    Institution,
    /// A field.
    Field(Field),
    /// Nothing that is known: it is left out, and said.
    Unknown(String),
}

/// Why a table cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// There is nothing in it.
    #[error("the table is empty")]
    Empty,
    /// No column holds the short name.
    #[error("no column is called “code” or “Kürzel”")]
    NoCode,
    /// Two columns hold the same.
    #[error("two columns are called “{0}”")]
    Twice(String),
    /// More rows than are taken.
    #[error("more than {ROWS_MAX} rows")]
    TooLong,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file; 1 is the first row, which holds the headings.
    pub number: usize,
    /// The short name, or what stands in its place.
    pub code: Result<ModuleCode, String>,
    /// Whether a row above has the same short name.
    pub is_twice: bool,
    /// The institution, by its name; nothing if it is not said.
    pub institution: String,
    /// What stands in the other columns.
    pub cells: Vec<(Field, String)>,
}

/// What a cell would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing: it says what stands there.
    Same,
    /// It fills an empty field.
    New(String),
    /// It puts something else in its place.
    Changed {
        /// What stands there.
        before: String,
        /// What would stand there.
        after: String,
    },
    /// It cannot be read.
    Wrong(Wrong),
}

/// What the columns hold, by their headings: the names of fields, or their labels.
///
/// # Errors
/// When the short name is missing, or something is there twice.
pub fn columns(headings: &[String]) -> Result<Vec<Column>, Unreadable> {
    let columns: Vec<Column> = headings.iter().map(|heading| column(heading.trim())).collect();
    for (place, column) in columns.iter().enumerate() {
        let is_known = !matches!(column, Column::Unknown(_));
        if is_known && columns.iter().take(place).any(|other| other == column) {
            let heading = headings.get(place).cloned().unwrap_or_default();
            return Err(Unreadable::Twice(heading));
        }
    }
    if columns.contains(&Column::Code) {
        Ok(columns)
    } else {
        Err(Unreadable::NoCode)
    }
}

fn column(heading: &str) -> Column {
    let folded = heading.to_lowercase();
    if matches!(folded.as_str(), CODE | "kürzel" | "kuerzel") {
        return Column::Code;
    }
    if folded == INSTITUTION {
        return Column::Institution;
    }
    let is_it = |field: &&Field| {
        let facts = field.facts();
        folded == facts.key || folded == facts.label.to_lowercase()
    };
    Field::ALL.iter().find(is_it).map_or_else(
        || Column::Unknown(heading.to_owned()),
        |field| Column::Field(*field),
    )
}

/// Reads a table: headings in the first row that names the short name (above it there may be a title), a module in each row
/// below. Rows without a word are passed over.
///
/// # Errors
/// Why it cannot be read at all.
pub fn read(rows: &[Vec<String>]) -> Result<(Vec<Column>, Vec<Line>), Unreadable> {
    let names_code = |row: &&Vec<String>| row.iter().any(|cell| column(cell.trim()) == Column::Code);
    let above = rows
        .iter()
        .take(HEADINGS_WITHIN)
        .position(|row| names_code(&row))
        .unwrap_or(0);
    let rows = rows.get(above..).unwrap_or_default();
    let (headings, rows) = rows.split_first().ok_or(Unreadable::Empty)?;
    let columns = columns(headings)?;
    if rows.len() > ROWS_MAX {
        return Err(Unreadable::TooLong);
    }
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut line = Line {
            number: above + place + 2,
            code: Err(String::new()),
            is_twice: false,
            institution: String::new(),
            cells: Vec::new(),
        };
        for (column, cell) in columns.iter().zip(row) {
            let cell = unguarded(cell);
            match column {
                Column::Code => line.code = ModuleCode::parse(cell).map_err(|_| cell.to_owned()),
                Column::Institution => cell.trim().clone_into(&mut line.institution),
                Column::Field(field) if !cell.trim().is_empty() => line.cells.push((*field, cell.to_owned())),
                Column::Field(_) | Column::Unknown(_) => {}
            }
        }
        if let Ok(code) = &line.code {
            line.is_twice = !seen.insert(code.clone());
        }
        lines.push(line);
    }
    Ok((columns, lines))
}

/// Spreadsheets of ours put an apostrophe before what a program could take for a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

/// What a cell would do to a field in which this stands. Figures of spreadsheets may end in ".0".
#[must_use]
pub fn compare(field: Field, stands: &str, cell: &str) -> Finding {
    if BROKEN.contains(&cell.trim()) {
        return Finding::Wrong(Wrong::NotComputed);
    }
    let cell = if cell.trim() == EMPTY { "" } else { cell };
    let read = typed::parse(field, cell).or_else(|wrong| match cell.trim().strip_suffix(".0") {
        Some(whole) => typed::parse(field, whole),
        None => Err(wrong),
    });
    match read {
        Err(wrong) => Finding::Wrong(wrong),
        Ok(after) if after == stands => Finding::Same,
        Ok(after) if stands.is_empty() => Finding::New(after),
        Ok(after) => Finding::Changed {
            before: stands.to_owned(),
            after,
        },
    }
}

/// The headings of a table of everything.
#[must_use]
pub fn headings() -> Vec<String> {
    let fields = Field::ALL.iter().map(|field| field.key());
    [CODE, INSTITUTION]
        .into_iter()
        .chain(fields)
        .map(str::to_owned)
        .collect()
}

/// The row of a module.
#[must_use]
pub fn row(code: &ModuleCode, institution: &str, content: &Content) -> Vec<String> {
    let fields = Field::ALL.iter().map(|field| content.get(*field).to_owned());
    [code.to_string(), institution.to_owned()]
        .into_iter()
        .chain(fields)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect()
    }

    #[test]
    fn headings_are_names_or_labels_in_any_order() {
        let (columns, lines) = read(&table(&[
            &["Titel", "KÜRZEL", "weeks", "Bemerkung"],
            &["Asylrecht", "fsa-101", "12", "?"],
        ]))
        .unwrap();
        assert_eq!(columns[3], Column::Unknown("Bemerkung".to_owned()));
        assert_eq!(lines[0].code.as_ref().unwrap().as_str(), "FSA-101");
        assert_eq!(
            lines[0].cells,
            [
                (Field::Title, "Asylrecht".to_owned()),
                (Field::Weeks, "12".to_owned())
            ]
        );
    }

    #[test]
    fn what_cannot_be_read_at_all_is_said() {
        assert_eq!(read(&[]), Err(Unreadable::Empty));
        assert_eq!(read(&table(&[&["Titel"]])), Err(Unreadable::NoCode));
        assert_eq!(
            read(&table(&[&["code", "Titel", "title"]])),
            Err(Unreadable::Twice("title".to_owned()))
        );
        let many = vec![vec!["code".to_owned()]; ROWS_MAX + 2];
        assert_eq!(read(&many), Err(Unreadable::TooLong));
    }

    #[test]
    fn rows_without_a_word_are_passed_over_and_twins_are_marked() {
        let (_, lines) = read(&table(&[
            &["code"],
            &["FSA-101"],
            &["", ""],
            &["fsa-101"],
            &["Asyl"],
        ]))
        .unwrap();
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.number, line.is_twice, line.code.is_ok()))
            .collect();
        assert_eq!(seen, [(2, false, true), (4, true, true), (5, false, false)]);
    }

    #[test]
    fn above_the_headings_there_may_be_a_title() {
        let (_, lines) = read(&table(&[
            &["Modulkatalog 2027"],
            &[],
            &["Kürzel", "weeks"],
            &["FSA-101", "12"],
        ]))
        .unwrap();
        assert_eq!((lines.len(), lines[0].number), (1, 4));
    }

    #[test]
    fn what_a_spreadsheet_could_not_compute_is_no_text() {
        for cell in ["#REF!", " #NV ", NOT_COMPUTED] {
            assert_eq!(
                compare(Field::Places, "", cell),
                Finding::Wrong(Wrong::NotComputed),
                "{cell}"
            );
        }
        assert_eq!(
            compare(Field::Places, "", "#1 Dresden"),
            Finding::New("#1 Dresden".to_owned())
        );
    }

    #[test]
    fn a_cell_says_what_it_would_do() {
        assert_eq!(compare(Field::Weeks, "12", " 12 "), Finding::Same);
        assert_eq!(compare(Field::Weeks, "12", "12.0"), Finding::Same);
        assert_eq!(compare(Field::Ects, "", "7.5"), Finding::New("7,5".to_owned()));
        let changed = |before: &str, after: &str| Finding::Changed {
            before: before.to_owned(),
            after: after.to_owned(),
        };
        assert_eq!(
            compare(Field::Places, "Dresden", "Leipzig"),
            changed("Dresden", "Leipzig")
        );
        assert_eq!(compare(Field::Places, "Dresden", EMPTY), changed("Dresden", ""));
        assert_eq!(
            compare(Field::Weeks, "12", "zwölf"),
            Finding::Wrong(Wrong::NotANumber)
        );
    }

    #[test]
    fn what_was_written_is_read_as_the_same() {
        let mut content = Content::default();
        content.write(Field::Title, "Asylrecht für alle").unwrap();
        content.write(Field::Keywords, "Dublin\n-Frist").unwrap();
        let code = ModuleCode::parse("FSA-101").unwrap();
        let (_, lines) = read(&[headings(), row(&code, "Hochschule am Bach", &content)]).unwrap();
        assert_eq!(lines[0].institution, "Hochschule am Bach");
        assert_eq!(lines[0].cells.len(), 2);
        for (field, cell) in &lines[0].cells {
            assert_eq!(compare(*field, content.get(*field), cell), Finding::Same);
        }
    }
}
