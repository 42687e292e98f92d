//! What travels to this page. Words and figures are made on the server.

use serde::{Deserialize, Serialize};

/// Tokens and webhooks of one institution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessView {
    /// The institution whose they are: its id.
    pub institution: String,
    /// Its name.
    pub name: String,
    /// Institutions to choose from: id and name.
    pub institutions: Vec<(String, String)>,
    /// Tokens.
    pub tokens: Vec<TokenView>,
    /// Webhooks.
    pub webhooks: Vec<WebhookView>,
    /// A fresh key for the forms.
    pub key: String,
    /// What a token may do: key and words.
    pub scopes: Vec<(String, String)>,
    /// What a webhook is told: key and words.
    pub events: Vec<(String, String)>,
}

/// A token, without what opens the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// Scope, end, last use.
    pub words: String,
    /// Whether it counts.
    pub counts: bool,
}

/// A webhook with its log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookView {
    /// Its id.
    pub id: String,
    /// Where.
    pub url: String,
    /// About what, since when, or that it ended.
    pub words: String,
    /// Whether it is told anything.
    pub counts: bool,
    /// What it was told, the newest first.
    pub log: Vec<String>,
}
