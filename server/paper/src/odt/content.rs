//! What the document says: headings, paragraphs, lists and tables.

use std::fmt::{Arguments, Write};

use super::xml::paragraph;
use super::{NAMES, PROLOGUE, VERSION};
use crate::document::{Block, Document, Item, Level, Run, Table};

/// A share of the page, in parts of a column's width.
const SHARE: f32 = 1_000.0;

/// `content.xml`.
pub fn content(document: &Document) -> String {
    let tables: Vec<&Table> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    let mut text = format!("{PROLOGUE}<office:document-content {NAMES} office:version=\"{VERSION}\">");
    text.push_str("<office:automatic-styles>");
    for (number, table) in (1..).zip(&tables) {
        widths(&mut text, number, table);
    }
    text.push_str("</office:automatic-styles><office:body><office:text>");
    heading(&mut text, 1, &document.title);
    if !document.lead.is_empty() {
        words(&mut text, "Lead", &[Run::plain(document.lead.clone())]);
    }
    let mut number = 0;
    for block in &document.blocks {
        match block {
            Block::Heading(Level::Chapter, title) => heading(&mut text, 2, title),
            Block::Heading(Level::Section, title) => heading(&mut text, 3, title),
            Block::Paragraph(runs) => words(&mut text, "Standard", runs),
            Block::Small(small) => words(&mut text, "Small", &[Run::plain(small.clone())]),
            Block::List(items) => {
                text.push_str("<text:list text:style-name=\"Items\">");
                items.iter().for_each(|one| item(&mut text, one));
                text.push_str("</text:list>");
            }
            Block::Table(one) => {
                number += 1;
                table(&mut text, number, one);
            }
        }
    }
    text.push_str("</office:text></office:body></office:document-content>");
    text
}

fn push(text: &mut String, tags: Arguments<'_>) {
    // A string takes everything.
    let _ = text.write_fmt(tags);
}

fn heading(text: &mut String, level: u8, title: &str) {
    let title = paragraph(title);
    push(
        text,
        format_args!(
            "<text:h text:style-name=\"Heading_20_{level}\" text:outline-level=\"{level}\">{title}</text:h>"
        ),
    );
}

fn words(text: &mut String, style: &str, runs: &[Run]) {
    push(text, format_args!("<text:p text:style-name=\"{style}\">"));
    for run in runs {
        let words = paragraph(&run.text);
        if run.is_bold {
            push(
                text,
                format_args!("<text:span text:style-name=\"Strong\">{words}</text:span>"),
            );
        } else {
            text.push_str(&words);
        }
    }
    text.push_str("</text:p>");
}

fn item(text: &mut String, item: &Item) {
    text.push_str("<text:list-item>");
    words(text, "Item", &item.text);
    if !item.items.is_empty() {
        text.push_str("<text:list>");
        item.items.iter().for_each(|below| self::item(text, below));
        text.push_str("</text:list>");
    }
    text.push_str("</text:list-item>");
}

/// How wide the columns of a table are.
fn widths(text: &mut String, number: u32, table: &Table) {
    for (column, share) in (1..).zip(&table.shares) {
        let width = (share * SHARE).round();
        push(
            text,
            format_args!(
                "<style:style style:name=\"Table{number}.{column}\" style:family=\"table-column\">\
                <style:table-column-properties style:rel-column-width=\"{width}*\"/></style:style>"
            ),
        );
    }
}

fn table(text: &mut String, number: u32, table: &Table) {
    push(
        text,
        format_args!("<table:table table:name=\"Tabelle {number}\">"),
    );
    for column in 1..=table.headings.len() {
        push(
            text,
            format_args!("<table:table-column table:style-name=\"Table{number}.{column}\"/>"),
        );
    }
    text.push_str("<table:table-header-rows>");
    row(text, &table.headings, true);
    text.push_str("</table:table-header-rows>");
    for cells in &table.rows {
        row(text, cells, false);
    }
    text.push_str("</table:table>");
}

fn row(text: &mut String, cells: &[String], is_bold: bool) {
    text.push_str("<table:table-row>");
    for cell in cells {
        let run = Run {
            text: cell.clone(),
            is_bold,
        };
        text.push_str("<table:table-cell office:value-type=\"string\">");
        words(text, "Standard", &[run]);
        text.push_str("</table:table-cell>");
    }
    text.push_str("</table:table-row>");
}
