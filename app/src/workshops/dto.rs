//! What travels between server and browser about Veranstaltungen. Dates are words already.

use serde::{Deserialize, Serialize};

/// A Veranstaltung in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeaserView {
    /// Its page.
    pub slug: String,
    /// The title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// What kind it is, in German.
    pub kind: String,
    /// The month it is listed under.
    pub month: String,
    /// When it starts, RFC 3339.
    pub starts_iso: String,
    /// When it is, as people say it.
    pub when: String,
    /// Where, as people say it.
    pub place: String,
    /// Seats and state in a few words.
    pub seats: String,
    /// The tone of these words: `good`, `warm`, `bad`, `plain`.
    pub tone: Tone,
    /// Whether it is an example.
    pub demo: bool,
}

/// The tone of a few words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Tone {
    /// There are seats.
    Good,
    /// Hurry, or wait.
    Warm,
    /// Not possible.
    Bad,
    /// Neither.
    Plain,
}

impl Tone {
    /// The tone's name in style sheets.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warm => "warm",
            Self::Bad => "bad",
            Self::Plain => "plain",
        }
    }
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListView {
    /// The Veranstaltungen.
    pub teasers: Vec<TeaserView>,
    /// How many of them each district has, with all filters but the district, in the order of the tile map.
    pub coverage: Vec<u32>,
    /// Whether there is a further page.
    pub more: bool,
    /// How many were found, where something is looked for.
    pub found: Option<String>,
    /// What helps where nothing is shown.
    pub advice: String,
}

/// What the list shows, as it stands in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    /// A district's slug.
    pub kreis: String,
    /// A kind's key.
    pub art: String,
    /// A form's key.
    pub form: String,
    /// From this day, `2026-12-03`.
    pub ab: String,
    /// Until this day.
    pub bis: String,
    /// `1`: only with free seats.
    pub frei: String,
    /// Words to find.
    pub suche: String,
    /// The page, from 1.
    pub seite: String,
}

impl ListQuery {
    /// Whether something is looked for.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn is_narrowed(&self) -> bool {
        let all = Self {
            seite: self.seite.clone(),
            ..Self::default()
        };
        *self != all
    }

    /// The query string with these values; empty ones are left out.
    #[must_use]
    pub fn to_query(&self) -> String {
        let pairs = [
            ("kreis", &self.kreis),
            ("art", &self.art),
            ("form", &self.form),
            ("ab", &self.ab),
            ("bis", &self.bis),
            ("frei", &self.frei),
            ("suche", &self.suche),
            ("seite", &self.seite),
        ];
        let joined = pairs
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        if joined.is_empty() {
            joined
        } else {
            format!("?{joined}")
        }
    }
}

/// Percent-encodes everything but unreserved characters (RFC 3986, 2.3).
#[must_use]
pub fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// Everything on the page of a Veranstaltung.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailView {
    /// Which one.
    pub id: String,
    /// A number that one can say aloud.
    pub number: i64,
    /// Its name in the URL.
    pub slug: String,
    /// The title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// What kind it is, in German.
    pub kind: String,
    /// When it is, as people say it.
    pub when: String,
    /// When it starts, RFC 3339.
    pub starts_iso: String,
    /// The dates, if it has more than one, as people say them.
    pub sessions: Vec<String>,
    /// Of which version of which module it is a run: path and words.
    pub run_of: Option<(String, String)>,
    /// Paragraphs of the description.
    pub description: Vec<String>,
    /// For whom it is.
    pub audience: String,
    /// Lines of the agenda.
    pub agenda: Vec<String>,
    /// Names of the districts.
    pub districts: Vec<String>,
    /// Where people meet, in one line.
    pub venue: String,
    /// Steps, lifts, trams.
    pub access_info: Vec<String>,
    /// What one needs for taking part by video.
    pub online_info: String,
    /// Whom to ask, in pieces: words, and where they lead, if anywhere.
    pub contact: Vec<(String, String)>,
    /// Topics, for finding.
    pub tags: Vec<String>,
    /// Seats of each mode that is offered.
    pub modes: Vec<ModeView>,
    /// Whether only the waiting list is left, as it is now.
    pub full: bool,
    /// What stands above the form: what happens with the place, who waits, and how the line moves.
    pub intro: Vec<String>,
    /// How signing up stands.
    pub window: WindowView,
    /// What can be done about it: path and words.
    pub ways: Vec<(String, String)>,
    /// Whether the signed-in person has a place already.
    pub has_place: bool,
    /// Topics proposed so far, those with the most votes first: the name of the box in the form, the text, the votes in words.
    pub topics: Vec<(String, String, String)>,
    /// Where the others are, if there are more of them.
    pub more_topics: String,
    /// Title and path of each board that belongs to it.
    pub boards: Vec<(String, String)>,
    /// A fresh key for the form.
    pub key: String,
    /// What the signed-in person's forms start with: name, address, Träger, district, and who signs somebody else up.
    pub own: Option<[String; 5]>,
    /// Whether it is an example.
    pub demo: bool,
}

/// Seats of one mode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeView {
    /// `on_site` or `online`.
    pub key: String,
    /// The German words.
    pub label: String,
    /// "noch 12 von 40 Plätzen frei", "ausgebucht, 3 Personen warten"
    pub seats: String,
    /// Whether a newcomer gets a seat.
    pub free: bool,
}

/// How signing up stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WindowView {
    /// It opens at this moment.
    NotYet(String),
    /// It is open until this moment.
    Open(String),
    /// It is over.
    Closed,
    /// The Veranstaltung is over.
    Past,
    /// The Veranstaltung does not take place, for this reason.
    Cancelled(String),
    /// Only staff see it.
    Draft,
}
