//! Letters, and how wide they are. A letter that the typeface does not have is shown as a question mark; the file says which
//! one it is, so that it can be searched, copied and read aloud.

use krilla::text::{Font, GlyphId};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use crate::document::Run;

const REGULAR: &[u8] = include_bytes!("../fonts/SourceSansPro-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/SourceSansPro-Bold.ttf");

/// Where a word was divided.
pub const SOFT_HYPHEN: char = '\u{ad}';
/// In place of letters that are not there.
const SUBSTITUTE: char = '?';

/// A typeface in two weights.
pub struct Typeface {
    regular: Face,
    bold: Face,
}

/// One weight.
pub struct Face {
    /// For the file.
    pub font: Font,
    letters: skrifa::charmap::Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: f32,
    substitute: skrifa::GlyphId,
}

/// A letter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    /// Its number in the font.
    pub glyph: GlyphId,
    /// How wide it is, in parts of the size.
    pub advance: f32,
}

impl Typeface {
    /// Reads the fonts. Nothing, if they are broken.
    pub fn load() -> Option<Self> {
        Some(Self {
            regular: Face::load(REGULAR)?,
            bold: Face::load(BOLD)?,
        })
    }

    /// The weight of some words.
    pub fn face(&self, is_bold: bool) -> &Face {
        if is_bold { &self.bold } else { &self.regular }
    }

    /// How wide words are at this size.
    pub fn width(&self, run: &Run, size: f32) -> f32 {
        let face = self.face(run.is_bold);
        run.text
            .chars()
            .map(|letter| face.letter(letter).advance)
            .sum::<f32>()
            * size
    }
}

impl Face {
    fn load(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let letters = font.charmap();
        let substitute = letters.map(SUBSTITUTE)?;
        Some(Self {
            font: Font::new(bytes.into(), 0)?,
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units_per_em: f32::from(
                font.metrics(Size::unscaled(), LocationRef::default())
                    .units_per_em,
            ),
            letters,
            substitute,
        })
    }

    /// The letter for a character.
    pub fn letter(&self, character: char) -> Letter {
        let shown = if character == SOFT_HYPHEN { '-' } else { character };
        let glyph = self.letters.map(shown).unwrap_or(self.substitute);
        Letter {
            glyph: GlyphId::new(glyph.to_u32()),
            advance: self.metrics.advance_width(glyph).unwrap_or(0.0) / self.units_per_em,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_as_wide_as_they_are_and_what_is_missing_is_a_question_mark() {
        let typeface = Typeface::load().unwrap();
        let wide = |text: &str| typeface.width(&Run::plain(text), 10.0);
        assert!(wide("mmm") > 2.0 * wide("iii"));
        assert!(wide("ÄÖÜäöüß„“–") > 0.0);
        let face = typeface.face(false);
        assert_eq!(face.letter('\u{0645}').glyph, face.letter('\u{1f600}').glyph);
        assert_ne!(face.letter('\u{0645}').glyph, face.letter('m').glyph);
        assert!(typeface.width(&Run::bold("Karte"), 10.0) > wide("Karte"));
    }
}
