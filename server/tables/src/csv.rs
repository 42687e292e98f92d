//! CSV as German spreadsheets read it: byte order mark, semicolons, CRLF.

/// The file.
#[must_use]
pub fn file<Row: IntoIterator<Item = String>>(
    headings: &[&str],
    rows: impl IntoIterator<Item = Row>,
) -> String {
    let mut text = String::from('\u{feff}');
    push_line(&mut text, headings.iter().map(|heading| (*heading).to_owned()));
    for row in rows {
        push_line(&mut text, row.into_iter());
    }
    text
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    let line = cells.map(|cell| quoted(&cell)).collect::<Vec<_>>().join(";");
    text.push_str(&line);
    text.push_str("\r\n");
}

/// A cell that no program takes for a formula (CWE-1236): a leading `= + - @`, tab or line end gets an
/// apostrophe in front.
fn quoted(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let guarded = if risky {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    format!("\"{}\"", guarded.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_cell_is_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(quoted(hostile).starts_with("\"'"), "{hostile:?}");
        }
        assert_eq!(
            quoted("Brücke \"Mulde\"; e. V."),
            "\"Brücke \"\"Mulde\"\"; e. V.\""
        );
    }
}
