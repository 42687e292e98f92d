//! What a program may do with a token.

use crate::names::names;

names! {
    /// What a program may do with a token. Each is for the modules of one institution.
    Scope {
        /// Read modules with their newest versions, drafts, too.
        Read = "modules_read", "Module lesen, auch Entwürfe";
        /// The same, and bring tables of modules as drafts.
        Write = "modules_write", "Module lesen und als Entwürfe einlesen";
    }
}

/// After so many days a token ends by itself; one that never ends is forgotten where it lies.
pub const TERMS_DAYS: [i64; 3] = [30, 90, 365];
/// Tokens and webhooks of an institution, each, at most.
pub const PER_INSTITUTION_MAX: usize = 20;
/// Characters of the name of a token.
pub const NAME_CHARACTERS_MAX: usize = 80;
/// How a token begins, so that one that was published by mistake is found by who looks for it.
pub const TOKEN_START: &str = "lafast_";

impl Scope {
    /// Whether it may bring tables.
    #[must_use]
    pub fn writes(self) -> bool {
        self == Self::Write
    }
}
