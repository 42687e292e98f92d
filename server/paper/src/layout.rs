//! What stands where on which page. Lengths are in points (1/72 inch), from the upper left corner of the page.

use crate::document::{Block, Document, Item, Level, Run, Table};
use crate::lines::lines;
use crate::structure::{Kind, Part, Structure};
use crate::typeface::Typeface;

/// A4, upright.
pub const PAGE_WIDTH: f32 = 595.28;
/// A4, upright.
pub const PAGE_HEIGHT: f32 = 841.89;
/// Room on the left and on the right.
pub const MARGIN: f32 = 62.0;
const TOP: f32 = 68.0;
const BOTTOM: f32 = PAGE_HEIGHT - 70.0;
/// Room for the text.
pub const TEXT_WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;
/// How far a list stands in from what is above it.
const INDENT: f32 = 14.0;
/// Between a cell and what is around it.
const CELL_PADDING: f32 = 4.0;
const BULLET: &str = "\u{2022}";

/// Letters of one size, and the room of a line of them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Print {
    size: f32,
    leading: f32,
}

const TITLE: Print = Print {
    size: 22.0,
    leading: 27.0,
};
const CHAPTER: Print = Print {
    size: 15.0,
    leading: 20.0,
};
const SECTION: Print = Print {
    size: 12.0,
    leading: 16.0,
};
const BODY: Print = Print {
    size: 10.5,
    leading: 14.5,
};
const SMALL: Print = Print {
    size: 9.0,
    leading: 12.5,
};

/// Words at their place.
#[derive(Debug)]
pub struct Words {
    /// On which page, from 0.
    pub page: usize,
    /// From where.
    pub x: f32,
    /// The line on which they stand.
    pub y: f32,
    /// How large.
    pub size: f32,
    /// What they say.
    pub runs: Vec<Run>,
    /// Whether they are said again, and so no part of the text.
    pub is_repeated: bool,
}

/// A line across the page.
#[derive(Debug)]
pub struct Rule {
    /// On which page, from 0.
    pub page: usize,
    /// At which height.
    pub y: f32,
}

/// Where a chapter begins, for the contents of the file.
#[derive(Debug)]
pub struct Mark {
    /// The level of its heading, from 1.
    pub level: u16,
    /// What the heading says.
    pub title: String,
    /// On which page, from 0.
    pub page: usize,
    /// At which height.
    pub y: f32,
}

/// A document on pages.
pub struct Layout<'a> {
    typeface: &'a Typeface,
    /// Everything that is written.
    pub words: Vec<Words>,
    /// The lines of tables.
    pub rules: Vec<Rule>,
    /// The headings.
    pub marks: Vec<Mark>,
    /// What is part of what.
    pub structure: Structure,
    page: usize,
    y: f32,
}

impl<'a> Layout<'a> {
    /// Sets a document.
    pub fn of(typeface: &'a Typeface, document: &Document) -> Self {
        let mut layout = Self {
            typeface,
            words: Vec::new(),
            rules: Vec::new(),
            marks: Vec::new(),
            structure: Structure::new(),
            page: 0,
            y: TOP,
        };
        layout.heading(1, TITLE, &document.title);
        if !document.lead.is_empty() {
            layout.paragraph(&[Run::plain(document.lead.clone())], BODY);
        }
        for block in &document.blocks {
            layout.block(block);
        }
        layout
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.page + 1
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(Level::Chapter, text) => {
                self.gap(12.0);
                self.heading(2, CHAPTER, text);
            }
            Block::Heading(Level::Section, text) => {
                self.gap(6.0);
                self.heading(3, SECTION, text);
            }
            Block::Paragraph(runs) => self.paragraph(runs, BODY),
            Block::Small(text) => self.paragraph(&[Run::plain(text.clone())], SMALL),
            Block::List(items) => {
                self.list(Structure::ROOT, items, MARGIN);
                self.gap(6.0);
            }
            Block::Table(table) => self.table(table),
        }
    }

    fn gap(&mut self, height: f32) {
        if self.y > TOP {
            self.y += height;
        }
    }

    /// Goes on to the next page if there is less room than this.
    fn need(&mut self, height: f32) -> bool {
        let turns = self.y + height > BOTTOM && self.y > TOP;
        if turns {
            self.page += 1;
            self.y = TOP;
        }
        turns
    }

    fn heading(&mut self, level: u16, print: Print, text: &str) {
        let lines = lines(self.typeface, &[Run::bold(text)], print.size, TEXT_WIDTH);
        // A heading never stands alone at the foot of a page.
        let height = print.leading * number(lines.len());
        self.need(height + 2.0 * BODY.leading);
        self.marks.push(Mark {
            level,
            title: text.to_owned(),
            page: self.page,
            y: self.y,
        });
        let part = self
            .structure
            .add(Structure::ROOT, Kind::Heading(level, text.to_owned()));
        self.set(part, lines, print, MARGIN);
        self.y += print.size / 3.0;
    }

    fn paragraph(&mut self, runs: &[Run], print: Print) {
        let lines = lines(self.typeface, runs, print.size, TEXT_WIDTH);
        self.need(print.leading * number(lines.len().min(2)));
        let part = self.structure.add(Structure::ROOT, Kind::Paragraph);
        self.set(part, lines, print, MARGIN);
        self.y += print.leading / 2.0;
    }

    /// Sets lines one below the other, over as many pages as they need.
    fn set(&mut self, part: Part, lines: Vec<Vec<Run>>, print: Print, x: f32) {
        for line in lines {
            self.need(print.leading);
            self.y += print.leading;
            self.say(part, x, line, print);
        }
    }

    /// Words on the line that was reached.
    fn say(&mut self, part: Part, x: f32, runs: Vec<Run>, print: Print) {
        let words = self.words.len();
        self.words.push(Words {
            page: self.page,
            x,
            y: self.y - (print.leading - print.size),
            size: print.size,
            runs,
            is_repeated: false,
        });
        self.structure.say(part, words);
    }

    fn list(&mut self, to: Part, items: &[Item], x: f32) {
        let list = self.structure.add(to, Kind::List);
        for item in items {
            let inner = x + INDENT;
            let width = PAGE_WIDTH - MARGIN - inner;
            let mut lines = lines(self.typeface, &item.text, BODY.size, width).into_iter();
            self.need(BODY.leading * number(lines.len().min(2)));
            let part = self.structure.add(list, Kind::Item);
            self.y += BODY.leading;
            let label = self.structure.add(part, Kind::Label);
            self.say(label, x, vec![Run::plain(BULLET)], BODY);
            let body = self.structure.add(part, Kind::Body);
            if let Some(first) = lines.next() {
                self.say(body, inner, first, BODY);
            }
            self.set(body, lines.collect(), BODY, inner);
            if !item.items.is_empty() {
                self.list(body, &item.items, inner);
            }
            self.y += 2.0;
        }
    }

    fn table(&mut self, table: &Table) {
        let columns = columns(&table.shares);
        let part = self.structure.add(Structure::ROOT, Kind::Table);
        let headings: Vec<Run> = table.headings.iter().map(Run::bold).collect();
        let head = self.structure.add(part, Kind::Head);
        let head = self.structure.add(head, Kind::Row);
        let first = self.row(&headings, &columns);
        self.need(first.height + 3.0 * BODY.leading);
        self.set_row(Some((head, &Kind::ColumnHeading)), &first);
        let rows = self.structure.add(part, Kind::Rows);
        for cells in &table.rows {
            let cells: Vec<Run> = cells.iter().map(Run::plain).collect();
            let row = self.row(&cells, &columns);
            if self.need(row.height) {
                self.set_row(None, &first);
            }
            let part = self.structure.add(rows, Kind::Row);
            self.set_row(Some((part, &Kind::Cell)), &row);
        }
        self.y += BODY.leading;
    }

    fn row(&self, cells: &[Run], columns: &[(f32, f32)]) -> Row {
        let cells: Vec<_> = cells
            .iter()
            .zip(columns)
            .map(|(cell, (x, width))| {
                let width = width - 2.0 * CELL_PADDING;
                (
                    *x,
                    lines(self.typeface, std::slice::from_ref(cell), SMALL.size, width),
                )
            })
            .collect();
        let most = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        Row {
            cells,
            most,
            height: SMALL.leading * number(most) + 2.0 * CELL_PADDING,
        }
    }

    /// Sets a row: as part of the table, or, where it is said again on a new page, as no part of the text.
    fn set_row(&mut self, part: Option<(Part, &Kind)>, row: &Row) {
        let cells: Vec<Option<Part>> = row
            .cells
            .iter()
            .map(|_| part.map(|(part, kind)| self.structure.add(part, kind.clone())))
            .collect();
        self.y += CELL_PADDING;
        for number in 0..row.most {
            self.need(SMALL.leading);
            self.y += SMALL.leading;
            for ((x, lines), cell) in row.cells.iter().zip(&cells) {
                let Some(line) = lines.get(number) else {
                    continue;
                };
                match cell {
                    Some(cell) => self.say(*cell, *x, line.clone(), SMALL),
                    None => self.words.push(Words {
                        page: self.page,
                        x: *x,
                        y: self.y - (SMALL.leading - SMALL.size),
                        size: SMALL.size,
                        runs: line.clone(),
                        is_repeated: true,
                    }),
                }
            }
        }
        self.y += CELL_PADDING;
        self.rules.push(Rule {
            page: self.page,
            y: self.y,
        });
    }
}

/// A row of a table, with its lines broken.
struct Row {
    cells: Vec<(f32, Vec<Vec<Run>>)>,
    most: usize,
    height: f32,
}

/// From where and how wide the columns are.
fn columns(shares: &[f32]) -> Vec<(f32, f32)> {
    let all: f32 = shares.iter().sum();
    let mut x = MARGIN;
    shares
        .iter()
        .map(|share| {
            let width = TEXT_WIDTH * share / all;
            let column = (x, width);
            x += width;
            column
        })
        .collect()
}

/// Lines are never so many that this rounds.
#[expect(clippy::cast_precision_loss, reason = "counts of lines are small")]
fn number(count: usize) -> f32 {
    count as f32
}
