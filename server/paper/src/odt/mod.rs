//! The same document as OpenDocument text (OASIS OpenDocument 1.3, ISO/IEC 26300), for who wants to write on in it.
//!
//! - `content`: what the document says
//! - `styles`: how it looks, and what stands on each page
//! - `xml`: words between tags

mod content;
mod styles;
mod xml;

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::document::Document;
use crate::write::{LANGUAGE, PaperError};

/// The media type of the file.
pub const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";
/// The version of OpenDocument.
const VERSION: &str = "1.3";
/// What begins each part.
const PROLOGUE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// The names of tags, as all programs write them.
const NAMES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
    xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";

/// Writes a document as OpenDocument text.
///
/// # Errors
/// When the parts cannot be packed.
pub fn odt(document: &Document) -> Result<Vec<u8>, PaperError> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    // The first part says what the file is, at a place where programs look without unpacking: it is not packed.
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, options, text) in [
        ("mimetype", plain, MEDIA_TYPE.to_owned()),
        ("content.xml", packed, content::content(document)),
        ("styles.xml", packed, styles::styles(document)),
        ("meta.xml", packed, meta(document)),
        ("META-INF/manifest.xml", packed, manifest()),
    ] {
        file.start_file(name, options)?;
        file.write_all(text.as_bytes()).map_err(ZipError::from)?;
    }
    Ok(file.finish()?.into_inner())
}

fn meta(document: &Document) -> String {
    let date = document.made_on;
    format!(
        "{PROLOGUE}<office:document-meta {NAMES} office:version=\"{VERSION}\"><office:meta>\
        <dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>{LANGUAGE}</dc:language>\
        <meta:creation-date>{:04}-{:02}-{:02}T00:00:00</meta:creation-date>\
        </office:meta></office:document-meta>",
        xml::escaped(&document.title),
        xml::escaped(&document.about),
        date.year,
        date.month,
        date.day,
    )
}

fn manifest() -> String {
    let entry = |path: &str, media_type: &str| {
        format!("<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{media_type}\"/>")
    };
    let parts = ["content.xml", "styles.xml", "meta.xml"].map(|part| entry(part, "text/xml"));
    format!(
        "{PROLOGUE}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
        manifest:version=\"{VERSION}\"><manifest:file-entry manifest:full-path=\"/\" manifest:version=\"{VERSION}\" \
        manifest:media-type=\"{MEDIA_TYPE}\"/>{}</manifest:manifest>",
        parts.concat()
    )
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use zip::ZipArchive;

    use super::*;
    use crate::document::{Block, Date, Item, Level, Run, Table};

    const HOSTILE: &str = "</text:p><text:h>&amp; ]]> \u{1}\u{fffe}\"'";

    fn document() -> Document {
        Document {
            title: format!("Titel {HOSTILE}"),
            lead: "Worum es geht.".to_owned(),
            about: format!("Landesfachstelle {HOSTILE}"),
            made_on: Date {
                year: 2026,
                month: 3,
                day: 9,
            },
            is_draft: true,
            blocks: vec![
                Block::Heading(Level::Chapter, "Kapitel".to_owned()),
                Block::Heading(Level::Section, "Abschnitt".to_owned()),
                Block::Paragraph(vec![
                    Run::bold("Fett: "),
                    Run::plain(format!("zwei\nZeilen  {HOSTILE}")),
                ]),
                Block::Small("Klein.".to_owned()),
                Block::List(vec![Item {
                    text: vec![Run::plain("Punkt")],
                    items: vec![Item::plain("Darunter")],
                }]),
                Block::Table(Table {
                    headings: vec!["Was".to_owned(), "Wer".to_owned()],
                    shares: vec![2.0, 1.0],
                    rows: vec![vec!["Zelle".to_owned(), HOSTILE.to_owned()]],
                }),
            ],
        }
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    /// What opens and is not closed, or closes what is not open.
    fn is_well_formed(text: &str) -> bool {
        let mut open: Vec<&str> = Vec::new();
        for tag in text.split('<').skip(1) {
            let Some((tag, words)) = tag.split_once('>') else {
                return false;
            };
            if words.contains('>') {
                return false;
            }
            let name = tag
                .split([' ', '/'])
                .find(|name| !name.is_empty())
                .unwrap_or_default();
            match (tag.starts_with('/'), tag.ends_with('/') || tag.starts_with('?')) {
                (true, _) if open.pop() != Some(name) => return false,
                (false, false) => open.push(name),
                _ => {}
            }
        }
        open.is_empty()
    }

    #[test]
    fn what_the_file_is_stands_where_programs_look_for_it() {
        let bytes = odt(&document()).unwrap();
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert_eq!(&bytes[30..38], b"mimetype");
        assert_eq!(
            &bytes[38..38 + MEDIA_TYPE.len()],
            MEDIA_TYPE.as_bytes(),
            "first, and not packed"
        );
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let names: Vec<String> = (0..archive.len())
            .map(|at| archive.by_index(at).unwrap().name().unwrap().into_owned())
            .collect();
        assert_eq!(
            names,
            [
                "mimetype",
                "content.xml",
                "styles.xml",
                "meta.xml",
                "META-INF/manifest.xml"
            ]
        );
        for name in &names[1..4] {
            assert!(part(&bytes, "META-INF/manifest.xml").contains(&format!("full-path=\"{name}\"")));
        }
    }

    #[test]
    fn words_are_words_in_every_part() {
        let bytes = odt(&document()).unwrap();
        for name in ["content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"] {
            let text = part(&bytes, name);
            assert!(is_well_formed(&text), "{name}: {text}");
            assert!(!text.contains(['\u{1}', '\u{fffe}']), "{name}");
        }
        assert!(!is_well_formed("<a></b></a>"), "and the check can fail");
        let content = part(&bytes, "content.xml");
        assert!(
            content.contains("&lt;/text:p&gt;&lt;text:h&gt;&amp;amp; ]]&gt; "),
            "{content}"
        );
        assert!(
            content.contains("zwei<text:line-break/>Zeilen <text:s/>"),
            "{content}"
        );
    }

    #[test]
    fn headings_lists_and_tables_are_what_they_are() {
        let content = part(&odt(&document()).unwrap(), "content.xml");
        for (level, title) in [(1, "Titel "), (2, "Kapitel"), (3, "Abschnitt")] {
            let heading = format!("text:outline-level=\"{level}\">{title}");
            assert!(content.contains(&heading), "{content}");
        }
        let list = "<text:list-item><text:p text:style-name=\"Item\">Punkt</text:p><text:list>";
        assert!(content.contains(list), "{content}");
        let header = content.split("<table:table-header-rows>").nth(1).unwrap();
        let header = header.split("</table:table-header-rows>").next().unwrap();
        assert!(header.contains("Was") && header.contains("Wer") && !header.contains("Zelle"));
        assert!(content.contains("style:rel-column-width=\"2000*\""), "{content}");
    }
}
