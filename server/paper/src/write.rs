//! The file.

use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::KrillaGlyph;
use krilla::{Document as File, SerializeSettings};

use crate::document::{Document, Run};
use crate::layout::{Layout, MARGIN, Mark, PAGE_HEIGHT, PAGE_WIDTH, Rule, TEXT_WIDTH, Words};
use crate::typeface::Typeface;

/// The language of all documents (BCP 47).
pub const LANGUAGE: &str = "de-DE";
/// Pages of a document, at most.
pub const PAGES_MAX: usize = 600;
const FOOT_SIZE: f32 = 8.5;
const FOOT_Y: f32 = PAGE_HEIGHT - 40.0;
const HEAD_Y: f32 = 40.0;
const RULE_WIDTH: f32 = 0.5;
/// What stands on each page of a draft.
pub(crate) const DRAFT: &str = "Entwurf";

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The fonts in this program cannot be read.
    #[error("the typeface cannot be read")]
    Typeface,
    /// More than fits into a file.
    #[error("{pages} pages, more than {PAGES_MAX}")]
    TooLong {
        /// How many there would be.
        pages: usize,
    },
    /// The file would not be what PDF/UA-1 asks for.
    #[error("not a file after PDF/UA-1: {0}")]
    Refused(String),
    /// The parts of the file cannot be packed.
    #[error("the parts cannot be packed: {0}")]
    Packed(#[from] zip::result::ZipError),
}

/// Writes a document as a tagged PDF after PDF/UA-1 (ISO 14289-1).
///
/// # Errors
/// See [`PaperError`].
pub fn write(document: &Document) -> Result<Vec<u8>, PaperError> {
    let typeface = Typeface::load().ok_or(PaperError::Typeface)?;
    let layout = Layout::of(&typeface, document);
    let pages = layout.pages();
    if pages > PAGES_MAX {
        return Err(PaperError::TooLong { pages });
    }
    let refused = |error: String| PaperError::Refused(error);
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| refused(format!("{error:?}")))?;
    let mut file = File::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut marks: Vec<Option<Identifier>> = layout.words.iter().map(|_| None).collect();
    for page in 0..pages {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT);
        let mut sheet = file.start_page_with(settings.ok_or_else(|| refused("no page".to_owned()))?);
        let mut pen = Pen {
            surface: sheet.surface(),
            typeface: &typeface,
        };
        pen.around(document, page, pages);
        for (words, mark) in layout.words.iter().zip(&mut marks) {
            if words.page == page {
                *mark = pen.words(words);
            }
        }
        for rule in layout.rules.iter().filter(|rule| rule.page == page) {
            pen.rule(rule);
        }
        drop(pen);
        sheet.finish();
    }
    file.set_tag_tree(layout.structure.tree(&mut marks));
    file.set_outline(outline(&layout.marks));
    file.set_metadata(metadata(document));
    file.finish().map_err(|error| refused(format!("{error:?}")))
}

fn metadata(document: &Document) -> Metadata {
    let date = document.made_on;
    Metadata::new()
        .title(document.title.clone())
        .language(LANGUAGE.to_owned())
        .creator(document.about.clone())
        .creation_date(DateTime::new(date.year).month(date.month).day(date.day))
}

/// The contents of the file: the chapters below the title, the sections below their chapter.
fn outline(marks: &[Mark]) -> Outline {
    let mut outline = Outline::new();
    let node = |mark: &Mark| {
        let point = Point::from_xy(MARGIN, mark.y);
        OutlineNode::new(mark.title.clone(), XyzDestination::new(mark.page, point))
    };
    let mut chapter: Option<OutlineNode> = None;
    for mark in marks {
        match &mut chapter {
            Some(chapter) if mark.level > 2 => chapter.push_child(node(mark)),
            _ => {
                if let Some(before) = chapter.replace(node(mark)) {
                    outline.push_child(before);
                }
            }
        }
    }
    if let Some(last) = chapter {
        outline.push_child(last);
    }
    outline
}

/// What draws on a page.
struct Pen<'a> {
    surface: Surface<'a>,
    typeface: &'a Typeface,
}

impl Pen<'_> {
    /// Words; their mark, if they are part of the text.
    fn words(&mut self, words: &Words) -> Option<Identifier> {
        let tag = if words.is_repeated {
            ContentTag::Artifact(Artifact::with_kind(ArtifactType::Other))
        } else {
            ContentTag::Span(SpanTag::empty())
        };
        let mark = self.surface.start_tagged(tag);
        self.draw(words.x, words.y, words.size, &words.runs);
        self.surface.end_tagged();
        (!words.is_repeated).then_some(mark)
    }

    fn draw(&mut self, mut x: f32, y: f32, size: f32, runs: &[Run]) {
        for run in runs {
            let face = self.typeface.face(run.is_bold);
            let glyphs: Vec<KrillaGlyph> = run
                .text
                .char_indices()
                .map(|(at, character)| {
                    let letter = face.letter(character);
                    KrillaGlyph {
                        glyph_id: letter.glyph,
                        text_range: at..at + character.len_utf8(),
                        x_advance: letter.advance,
                        x_offset: 0.0,
                        y_offset: 0.0,
                        y_advance: 0.0,
                        location: None,
                    }
                })
                .collect();
            let start = Point::from_xy(x, y);
            let font = face.font.clone();
            self.surface
                .draw_glyphs(start, &glyphs, font, &run.text, size, false);
            x += self.typeface.width(run, size);
        }
    }

    /// A line of a table, which is no part of the text.
    fn rule(&mut self, rule: &Rule) {
        let mut path = PathBuilder::new();
        let Some(rect) = Rect::from_xywh(MARGIN, rule.y, TEXT_WIDTH, RULE_WIDTH) else {
            return;
        };
        path.push_rect(rect);
        let artifact = Artifact::with_kind(ArtifactType::Layout);
        self.surface.start_tagged(ContentTag::Artifact(artifact));
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
        self.surface.end_tagged();
    }

    /// What stands on each page: from where the document is, which page it is, and whether it is a draft.
    fn around(&mut self, document: &Document, page: usize, pages: usize) {
        let number = Run::plain(format!("Seite {} von {pages}", page + 1));
        let right = PAGE_WIDTH - MARGIN - self.typeface.width(&number, FOOT_SIZE);
        let footer = Artifact::with_kind(ArtifactType::Footer);
        self.surface.start_tagged(ContentTag::Artifact(footer));
        self.draw(MARGIN, FOOT_Y, FOOT_SIZE, &[Run::plain(document.about.clone())]);
        self.draw(right, FOOT_Y, FOOT_SIZE, &[number]);
        self.surface.end_tagged();
        if document.is_draft {
            let header = Artifact::with_kind(ArtifactType::Header);
            self.surface.start_tagged(ContentTag::Artifact(header));
            self.draw(MARGIN, HEAD_Y, FOOT_SIZE, &[Run::bold(DRAFT)]);
            self.surface.end_tagged();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Date, Item, Level, Table};

    fn document(cards: usize) -> Document {
        let item = |number: usize| Item {
            text: vec![
                Run::bold(format!("{number} · Problem: ")),
                Run::plain(
                    "Von der Anmeldung bis zum ersten Schultag in der Vorbereitungsklasse vergehen elf Wochen.",
                ),
            ],
            items: vec![Item {
                text: vec![Run::plain("14 Stimmen")],
                items: Vec::new(),
            }],
        };
        let rows = (0..cards / 10).map(|number| {
            vec![
                number.to_string(),
                "Die Frist gehört in die Vorschrift.".to_owned(),
            ]
        });
        Document {
            title: "Ankommen in Schule und Ausbildung".to_owned(),
            lead: "Was zusammengetragen wurde.".to_owned(),
            about: "Landesfachstelle".to_owned(),
            made_on: Date {
                year: 2026,
                month: 11,
                day: 24,
            },
            is_draft: true,
            blocks: vec![
                Block::Heading(Level::Chapter, "Ergebnisse".to_owned()),
                Block::Table(Table {
                    headings: vec!["Karte".to_owned(), "Ergebnis".to_owned()],
                    shares: vec![1.0, 8.0],
                    rows: rows.collect(),
                }),
                Block::Heading(Level::Section, "Zugang zur Schule".to_owned()),
                Block::List((0..cards).map(item).collect()),
            ],
        }
    }

    #[test]
    fn what_is_asked_for_by_the_standard_is_there_also_over_many_pages() {
        for cards in [0, 1, 500] {
            let file = write(&document(cards)).unwrap();
            assert!(file.starts_with(b"%PDF-1.7"), "{cards}");
        }
    }

    #[test]
    fn a_document_without_a_title_is_no_document() {
        let document = Document {
            title: String::new(),
            ..document(1)
        };
        assert!(matches!(write(&document), Err(PaperError::Refused(_))));
    }

    #[test]
    fn letters_that_no_font_has_do_no_harm() {
        let mut document = document(1);
        document.lead = "مرحبا 😀 \u{fffe}\u{0} ende".to_owned();
        write(&document).unwrap();
    }

    #[test]
    fn too_long_is_said() {
        let long = write(&document(20_000));
        assert!(matches!(long, Err(PaperError::TooLong { pages }) if pages > PAGES_MAX));
    }
}
