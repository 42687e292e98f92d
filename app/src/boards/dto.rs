//! What travels to the pages of boards.

use domain::board::BoardView;
use domain::district::District;
use serde::{Deserialize, Serialize};

use super::eyes::Eyes;

/// A board in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardTeaser {
    /// Its name in the URL.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// Where the work stands, in a word.
    pub standing: String,
    /// Whether something can be written on it now.
    pub open: bool,
    /// Cards that everybody sees.
    pub cards: u32,
    /// People who take part.
    pub members: u32,
    /// Whether it belongs to the demo.
    pub demo: bool,
    /// How many cards wait for a moderator, in words; for staff, and only if there are any.
    pub waiting: Option<String>,
}

/// The boards, and what the viewer may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardList {
    /// Every board, the newest first; for staff those first on which something waits.
    pub boards: Vec<BoardTeaser>,
    /// Those in the archive.
    pub archived: Vec<BoardTeaser>,
    /// Whether the same questions are worked on in several districts.
    pub compares: bool,
    /// For who may make boards: the Veranstaltungen to which one can belong, id and title.
    pub makes: Option<Vec<(String, String)>>,
    /// For them, too: the key of the form.
    pub key: String,
}

/// A board as its page shows it to one viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardData {
    /// Its id.
    pub id: String,
    /// Its name in the URL.
    pub slug: String,
    /// The code with which a room joins.
    pub code: String,
    /// The title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// Title and path of the Veranstaltung to which it belongs.
    pub workshop: Option<(String, String)>,
    /// What the viewer may see of it.
    pub view: BoardView,
    /// Who the viewer is on it.
    pub me: Me,
    /// When the time is up that runs on the stage, as a sentence; empty without one.
    pub time_is_up_at: String,
    /// How long what is written stays, in a sentence.
    pub stays: String,
    /// Whether one may correct it, and set its term.
    pub corrects: bool,
    /// For the projector: where a room types the code, in words.
    pub join_at: String,
    /// With whose eyes it is shown.
    pub eyes: Eyes,
    /// The key of the form for a new card.
    pub key: String,
}

/// What staff can correct of a board, as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionView {
    /// Its name in the URL.
    pub slug: String,
    /// The title.
    pub title: String,
    /// What it is about.
    pub lead: String,
    /// Votes that each member may give; nothing once somebody has voted.
    pub votes: Option<u32>,
    /// The id of the Veranstaltung to which it belongs; empty: to none.
    pub workshop: String,
    /// The Veranstaltungen to which it can belong, id and title.
    pub workshops: Vec<(String, String)>,
    /// How often something was corrected: a form that was made of something else is refused.
    pub seen: u32,
    /// How long what is written stays, in a sentence.
    pub stays: String,
    /// The key of its term, empty without one, and of what goes then; nothing once that is over.
    pub term: Option<(String, String)>,
}

/// Who is in a room, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PresentView {
    /// The board's name in the URL.
    pub slug: String,
    /// The board's title.
    pub title: String,
    /// How many, and what that means.
    pub said: Vec<String>,
    /// By name, where the board shows names.
    pub names: Vec<String>,
    /// Who else moderates, whether in the room or not: by id, and what the button says that ends it.
    pub moderators: Vec<(String, String)>,
}

/// What moderators did on a board, a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLogView {
    /// The board's name in the URL.
    pub slug: String,
    /// The board's title.
    pub title: String,
    /// How the lines stand, or that there are none.
    pub said: String,
    /// The newest first: when and by whom, and what was done.
    pub lines: Vec<(String, String)>,
    /// The way to what is newer.
    pub newer: Option<String>,
    /// The way to what is older.
    pub older: Option<String>,
}

/// Who the viewer is on a board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Whether the viewer takes part.
    pub joined: bool,
    /// Whether the moderator has removed the viewer.
    pub removed: bool,
    /// Whether the board is the viewer's to moderate.
    pub moderates: bool,
    /// From where the viewer is, if that was said.
    pub district: Option<District>,
}
