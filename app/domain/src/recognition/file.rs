//! Evidence that is uploaded: how much of it, and what it really is. A name says nothing about a file; its bytes do.

use serde::{Deserialize, Serialize};

use crate::text::{TextError, one_line};

/// Files of an application, at most.
pub const FILES_MAX: usize = 8;
/// Bytes of a file: a few pages, photographed with a phone.
pub const FILE_BYTES_MAX: usize = 5 * 1_024 * 1_024;
/// Bytes of all evidence of a person that is kept.
pub const PERSON_BYTES_MAX: usize = 60_000_000;
/// Characters of a file's name.
pub const FILE_NAME_CHARACTERS_MAX: usize = 120;
/// The end of a PDF is looked for in so many bytes at its end: some programs write a little behind it.
const PDF_END_WITHIN: usize = 1_024;

/// What is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// ISO 32000.
    Pdf,
    /// A picture (ISO/IEC 10918).
    Jpeg,
    /// A picture (ISO/IEC 15948).
    Png,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing in it, or none was chosen.
    #[error("empty")]
    Empty,
    /// More than [`FILE_BYTES_MAX`].
    #[error("more than {FILE_BYTES_MAX} bytes")]
    TooLarge,
    /// Neither PDF nor JPEG nor PNG, whatever its name says.
    #[error("not a PDF, JPEG or PNG")]
    Unknown,
    /// It begins as one of them and does not end: cut off.
    #[error("cut off")]
    CutOff,
    /// A PDF that does something when it is opened.
    #[error("active content")]
    Active,
}

impl FileKind {
    /// What a file is, by its bytes.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn of(bytes: &[u8]) -> Result<Self, FileError> {
        if bytes.is_empty() {
            return Err(FileError::Empty);
        }
        if bytes.len() > FILE_BYTES_MAX {
            return Err(FileError::TooLarge);
        }
        let tail = bytes
            .get(bytes.len().saturating_sub(PDF_END_WITHIN)..)
            .unwrap_or(bytes);
        let (kind, is_whole) = if bytes.starts_with(b"%PDF-") {
            (Self::Pdf, has(tail, b"%%EOF"))
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            (Self::Jpeg, has(tail, b"\xff\xd9"))
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            (Self::Png, has(tail, b"IEND"))
        } else {
            return Err(FileError::Unknown);
        };
        if !is_whole {
            return Err(FileError::CutOff);
        }
        if kind == Self::Pdf && ACTIVE.iter().any(|word| has(bytes, word)) {
            return Err(FileError::Active);
        }
        Ok(kind)
    }

    /// The media type with which it is given back.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Reads [`FileKind::media_type`].
    #[must_use]
    pub fn parse(media_type: &str) -> Option<Self> {
        [Self::Pdf, Self::Jpeg, Self::Png]
            .into_iter()
            .find(|kind| kind.media_type() == media_type)
    }

    /// How its name ends.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// What a PDF for paper never needs: scripts, and programs that it starts (ISO 32000-1, 12.6.4).
const ACTIVE: [&[u8]; 3] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile"];

fn has(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// The name of a file, as a reviewer reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    /// What was sent as its name, without folders; a kind's own ending in place of any other.
    ///
    /// # Errors
    /// When nothing is left, or too much.
    pub fn parse(sent: &str, kind: FileKind) -> Result<Self, TextError> {
        let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
        let stem = stem.replace(['"', '<', '>', ':', '|', '?', '*'], " ");
        let stem = one_line(&stem, 0, FILE_NAME_CHARACTERS_MAX)?;
        let stem = if stem.is_empty() {
            "Nachweis".to_owned()
        } else {
            stem
        };
        Ok(Self(format!("{stem}.{}", kind.ending())))
    }

    /// A name that was kept.
    #[must_use]
    pub fn kept(name: String) -> Self {
        Self(name)
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0....\xff\xd9";

    #[test]
    fn the_bytes_say_what_a_file_is() {
        assert_eq!(FileKind::of(PDF), Ok(FileKind::Pdf));
        assert_eq!(FileKind::of(PNG), Ok(FileKind::Png));
        assert_eq!(FileKind::of(JPEG), Ok(FileKind::Jpeg));
        for kind in [FileKind::Pdf, FileKind::Png, FileKind::Jpeg] {
            assert_eq!(FileKind::parse(kind.media_type()), Some(kind));
        }
    }

    #[test]
    fn what_is_something_else_is_not_taken() {
        let active = [&PDF[..9], b"<< /S /JavaScript /JS (app.alert(1)) >>", &PDF[9..]].concat();
        let large = [PDF, &vec![b' '; FILE_BYTES_MAX][..]].concat();
        for (bytes, error) in [
            (&b""[..], FileError::Empty),
            (b"<html><script>alert(1)</script>", FileError::Unknown),
            (b"MZ\x90\x00", FileError::Unknown),
            (b"PK\x03\x04", FileError::Unknown),
            (&PDF[..20], FileError::CutOff),
            (&PNG[..10], FileError::CutOff),
            (&active, FileError::Active),
            (&large, FileError::TooLarge),
        ] {
            assert_eq!(FileKind::of(bytes), Err(error));
        }
    }

    #[test]
    fn a_name_has_no_folders_and_the_ending_of_what_it_is() {
        let name = |sent: &str| FileName::parse(sent, FileKind::Pdf).unwrap().as_str().to_owned();
        assert_eq!(name("C:\\Users\\a\\Zeugnis 2024.docx"), "Zeugnis 2024.pdf");
        assert_eq!(name("../../etc/passwd"), "passwd.pdf");
        assert_eq!(name("<img src=x>.svg"), "img src=x.pdf");
        assert_eq!(name(""), "Nachweis.pdf");
        assert!(FileName::parse(&"x".repeat(200), FileKind::Pdf).is_err());
    }
}
