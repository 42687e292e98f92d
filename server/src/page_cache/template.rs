//! A rendered page with gaps where each answer has a value of its own.
//!
//! The page is rendered with marks in their places: random values that are used for this one rendering and never
//! leave the process. No text that somebody typed can hold one, so a nonce never gets to a place of somebody's choice.

use std::ops::Range;
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use leptos::nonce::Nonce;

/// What stands in the places of nonce and form key while a page is rendered.
#[derive(Clone, Debug)]
pub struct Marks {
    /// In the place of the nonce.
    pub nonce: Arc<str>,
    /// In the place of the form key.
    pub key: Arc<str>,
}

impl Marks {
    /// Fresh marks.
    pub fn new() -> Self {
        Self {
            nonce: Nonce::new().as_inner().clone(),
            key: Nonce::new().as_inner().clone(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(Range<usize>),
    Nonce,
    Key,
}

/// A page with gaps.
#[derive(Debug)]
pub struct Template {
    /// The answer's headers, without those that depend on the gaps.
    pub headers: HeaderMap,
    page: Vec<u8>,
    pieces: Vec<Piece>,
}

impl Template {
    /// Cuts a page at its marks.
    pub fn new(mut headers: HeaderMap, page: &[u8], marks: &Marks) -> Self {
        headers.remove(header::CONTENT_SECURITY_POLICY);
        headers.remove(header::CONTENT_LENGTH);
        let gaps = [
            (marks.nonce.as_bytes(), Piece::Nonce),
            (marks.key.as_bytes(), Piece::Key),
        ];
        let mut pieces = Vec::new();
        let (mut text, mut at) = (0, 0);
        while at < page.len() {
            match gaps.iter().find(|(mark, _)| page[at..].starts_with(mark)) {
                Some((mark, gap)) => {
                    pieces.extend([Piece::Text(text..at), gap.clone()]);
                    at += mark.len();
                    text = at;
                }
                None => at += 1,
            }
        }
        pieces.push(Piece::Text(text..page.len()));
        Self {
            headers,
            page: page.to_vec(),
            pieces,
        }
    }

    /// How much memory the page takes.
    pub fn bytes(&self) -> usize {
        self.page.len()
    }

    /// The page with these values in its gaps.
    pub fn fill(&self, nonce: &str, key: &str) -> Vec<u8> {
        let mut filled = Vec::with_capacity(self.len(nonce, key));
        for piece in &self.pieces {
            filled.extend_from_slice(self.piece(piece, nonce, key));
        }
        filled
    }

    /// How long that will be, in bytes.
    pub fn len(&self, nonce: &str, key: &str) -> usize {
        self.pieces
            .iter()
            .map(|piece| self.piece(piece, nonce, key).len())
            .sum()
    }

    fn piece<'a>(&'a self, piece: &Piece, nonce: &'a str, key: &'a str) -> &'a [u8] {
        match piece {
            Piece::Text(range) => &self.page[range.clone()],
            Piece::Nonce => nonce.as_bytes(),
            Piece::Key => key.as_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks() -> Marks {
        Marks {
            nonce: "NNNN".into(),
            key: "KKKK".into(),
        }
    }

    #[test]
    fn every_gap_is_filled_and_the_rest_stays() {
        for (page, filled) in [
            ("", ""),
            ("ohne Lücke", "ohne Lücke"),
            ("NNNN", "n"),
            ("a NNNN b KKKK c NNNN", "a n b key c n"),
            ("NNNNKKKKNNN", "nkeyNNN"),
        ] {
            let template = Template::new(HeaderMap::new(), page.as_bytes(), &marks());
            assert_eq!(template.fill("n", "key"), filled.as_bytes(), "{page}");
            assert_eq!(template.len("n", "key"), filled.len(), "{page}");
        }
    }

    #[test]
    fn marks_are_never_the_same() {
        let (one, other) = (Marks::new(), Marks::new());
        assert_ne!(one.nonce, one.key);
        assert_ne!(one.nonce, other.nonce);
    }
}
