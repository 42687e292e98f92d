//! A board as somebody makes it, for tests.

use domain::board::Settings;
use store::boards::BoardDraft;

/// A board of its own with one column, and no end. A test says what is different: `BoardDraft { title, ..board_draft(settings) }`.
#[must_use]
pub fn board_draft(settings: Settings) -> BoardDraft {
    BoardDraft {
        title: "Wohnen".to_owned(),
        lead: String::new(),
        settings,
        columns: vec!["Was fehlt".to_owned()],
        workshop: None,
        term: None,
        template: None,
        district: None,
        demo: false,
    }
}
