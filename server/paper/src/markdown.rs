//! The same document as a text with marks (CommonMark, tables after GFM), for minutes and newsletters.

use std::fmt::{Arguments, Write};

use crate::document::{Block, Document, Item, Level, Run, Table};

/// Writes a document as Markdown.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut text = format!("# {}\n", plain(&document.title));
    if !document.lead.is_empty() {
        push(
            &mut text,
            format_args!("\n{}\n", runs(&[Run::plain(document.lead.clone())])),
        );
    }
    for block in &document.blocks {
        text.push('\n');
        match block {
            Block::Heading(Level::Chapter, title) => push(&mut text, format_args!("## {}\n", plain(title))),
            Block::Heading(Level::Section, title) => push(&mut text, format_args!("### {}\n", plain(title))),
            Block::Paragraph(words) => push(&mut text, format_args!("{}\n", paragraphs(words))),
            Block::Small(words) => {
                push(
                    &mut text,
                    format_args!("{}\n", runs(&[Run::plain(words.clone())])),
                );
            }
            Block::List(items) => items.iter().for_each(|one| item(&mut text, one, 0)),
            Block::Table(one) => table(&mut text, one),
        }
    }
    text
}

/// Words without a meaning for programs: one line, and no character that marks anything up.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&'
        ) {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}

fn push(text: &mut String, words: Arguments<'_>) {
    // A string takes everything.
    let _ = text.write_fmt(words);
}

/// Lines and paragraphs as they were typed: an empty line begins another paragraph, every other one a new line.
fn paragraphs(words: &[Run]) -> String {
    let mut lines = vec![Vec::new()];
    for run in words {
        for (place, part) in run.text.split('\n').enumerate() {
            if place > 0 {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(Run {
                    text: part.to_owned(),
                    ..run.clone()
                });
            }
        }
    }
    let mut text = String::new();
    for line in lines.iter().map(|line| runs(line)) {
        if line.is_empty() {
            if !text.is_empty() && !text.ends_with("\n\n") {
                text.push_str("\n\n");
            }
            continue;
        }
        if !text.is_empty() && !text.ends_with("\n\n") {
            text.push_str("\\\n");
        }
        text.push_str(&line);
    }
    text.trim_end().to_owned()
}

/// The words of a line. What would begin a list or underline a heading there is a word, too.
fn runs(runs: &[Run]) -> String {
    let mut line = String::new();
    for run in runs {
        let words = plain(&run.text);
        if words.is_empty() {
            continue;
        }
        if run.text.starts_with(char::is_whitespace) && !line.is_empty() {
            line.push(' ');
        }
        if run.is_bold {
            push(&mut line, format_args!("**{words}**"));
        } else if line.is_empty() {
            line.push_str(&begun(&words));
        } else {
            line.push_str(&words);
        }
        if run.text.ends_with(char::is_whitespace) {
            line.push(' ');
        }
    }
    line.trim_end().to_owned()
}

/// Words at the beginning of a line.
fn begun(words: &str) -> String {
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = words.split_at(digits);
    let marks = if digits == 0 {
        rest.starts_with(['-', '+', '='])
    } else {
        rest.starts_with(['.', ')'])
    };
    if marks {
        format!("{number}\\{rest}")
    } else {
        words.to_owned()
    }
}

fn item(text: &mut String, item: &Item, depth: usize) {
    push(
        text,
        format_args!("{}- {}\n", "  ".repeat(depth), runs(&item.text)),
    );
    item.items
        .iter()
        .for_each(|below| self::item(text, below, depth + 1));
}

fn table(text: &mut String, table: &Table) {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    text.push_str(&line(&table.headings));
    text.push_str(&line(&vec!["---".to_owned(); table.headings.len()]));
    table.rows.iter().for_each(|row| text.push_str(&line(row)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mark_nothing_up() {
        assert_eq!(
            plain("<img src=x> [a](javascript:b)\n# c *d*"),
            "\\<img src=x\\> \\[a\\](javascript:b) \\# c \\*d\\*"
        );
    }

    #[test]
    fn a_line_begins_nothing_else() {
        for (typed, line) in [
            ("- kein Punkt", "\\- kein Punkt"),
            ("1. kein Punkt", "1\\. kein Punkt"),
            ("2026) auch nicht", "2026\\) auch nicht"),
            ("=== keine Überschrift", "\\=== keine Überschrift"),
            ("2026 war es so", "2026 war es so"),
        ] {
            assert_eq!(runs(&[Run::plain(typed)]), line);
        }
        let said = [Run::bold("Amsel: "), Run::plain("1. Ja\n- nein")];
        assert_eq!(runs(&said), "**Amsel:** 1. Ja - nein");
    }

    #[test]
    fn lines_and_paragraphs_stay_as_they_were_typed() {
        let typed = [Run::bold("Kurz: "), Run::plain("eins\n- zwei\r\n\n\n 3. drei\n")];
        assert_eq!(paragraphs(&typed), "**Kurz:** eins\\\n\\- zwei\n\n3\\. drei");
    }

    #[test]
    fn a_document_is_headings_lists_and_tables() {
        let document = Document {
            title: "Karte 1".to_owned(),
            lead: "Wohnen".to_owned(),
            blocks: vec![
                Block::Heading(Level::Chapter, "Kommentare".to_owned()),
                Block::List(vec![Item {
                    text: vec![Run::plain("Eins")],
                    items: vec![Item::plain("Zwei")],
                }]),
                Block::Table(Table {
                    headings: vec!["A".to_owned(), "B".to_owned()],
                    shares: vec![1.0, 1.0],
                    rows: vec![vec!["x|y".to_owned(), "z".to_owned()]],
                }),
            ],
            ..Document::default()
        };
        let text = "# Karte 1\n\nWohnen\n\n## Kommentare\n\n- Eins\n  - Zwei\n\n| A | B |\n| --- | --- |\n| x\\|y | z |\n";
        assert_eq!(markdown(&document), text);
    }
}
