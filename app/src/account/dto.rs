//! What travels between server and browser about an account.

use serde::{Deserialize, Serialize};

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
    /// Where this person is signed in.
    pub sessions: Vec<SessionView>,
}

/// One device on which a person is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
