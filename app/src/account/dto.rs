//! What travels between server and browser about an account.

use serde::{Deserialize, Serialize};

use crate::workshops::dto::Tone;

/// The signed-in person's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The mail address one signs in with.
    pub email: String,
    /// The name for forms, if given.
    pub name: String,
    /// The Träger for forms, if given.
    pub organisation: String,
    /// The district's slug, if given.
    pub district: String,
    /// Roles beyond taking part, in German.
    pub roles: Vec<String>,
    /// Whether the office's pages are open to this person.
    pub is_staff: bool,
    /// Whether this person curates modules.
    pub is_curator: bool,
    /// Places of the own address, what comes next first.
    pub places: Vec<PlaceItem>,
    /// Where this person is signed in.
    pub sessions: Vec<SessionView>,
}

/// A place at a Veranstaltung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceItem {
    /// What it is.
    pub title: String,
    /// When it is.
    pub when: String,
    /// In the room or by video, and where the place stands.
    pub state: String,
    /// The tone of the state.
    pub tone: Tone,
    /// The personal page.
    pub link: String,
}

/// Who looks at the page of the account. (Nothing in nothing could not be told apart on its way to the browser.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorView {
    /// The account, if somebody is signed in.
    pub account: Option<AccountView>,
}

/// One device on which a person is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SessionView {
    /// Which session.
    pub id: String,
    /// Browser and system in a few words.
    pub device: String,
    /// Since when, as people say it.
    pub since: String,
    /// Last use, as people say it.
    pub last_used: String,
    /// Whether it is the one that asks.
    pub current: bool,
}
