//! What travels between server and browser about the office's work. Dates are words already.

use serde::{Deserialize, Serialize};

use crate::workshops::dto::Tone;

/// A Veranstaltung in the office's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewItem {
    /// Which one.
    pub id: String,
    /// The title.
    pub title: String,
    /// When it is.
    pub when: String,
    /// "Entwurf" or "abgesagt"; nothing: it is published.
    pub status: Option<String>,
    /// Whether it does not take place.
    pub is_cancelled: bool,
    /// "vor Ort: 12 von 40 belegt, 2 reserviert"; empty: it does not take place.
    pub seats: String,
    /// "3 warten"; where staff have to give a seat: "Platz frei, 3 warten".
    pub waiting: Option<String>,
    /// Whether staff have to give a seat.
    pub is_to_give: bool,
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// When.
    pub at: String,
    /// Who did what.
    pub what: String,
    /// What it is about, and where that is if it has a page for everybody in the office.
    pub about: Option<(String, Option<String>)>,
}

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogView {
    /// The lines, newest first.
    pub lines: Vec<LogLine>,
    /// The page with newer lines.
    pub newer: Option<String>,
    /// The page with older lines.
    pub older: Option<String>,
    /// What lines can be about: key and words.
    pub topics: Vec<(String, String)>,
}

/// One Veranstaltung with its sign-ups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffWorkshopView {
    /// Which one.
    pub id: String,
    /// Its name in the URL.
    pub slug: String,
    /// The title.
    pub title: String,
    /// When it is.
    pub when: String,
    /// `draft`, `published`, `cancelled`.
    pub status: String,
    /// "vor Ort: 12 von 40 belegt, 3 warten"
    pub seats: String,
    /// The sign-ups that were asked for.
    pub sign_ups: Vec<StaffSignUp>,
    /// Whether it has taken place.
    pub is_over: bool,
    /// Topics with votes, the most wanted first.
    pub topics: Vec<TopicView>,
    /// The log of this Veranstaltung: when, what.
    pub log: Vec<(String, String)>,
    /// Who is told of a cancelling, and that nothing takes it back.
    pub cancelling: String,
    /// A fresh key for the forms.
    pub key: String,
    /// Which seats are kept back, and that whoever is entered uses one first; empty: none.
    pub kept_back: String,
    /// Who arranges what people need.
    pub duty: DutyView,
}

/// A topic that somebody proposed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TopicView {
    /// Which one.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Votes for it.
    pub votes: u32,
}

/// Who arranges what people need; nobody else sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyView {
    /// How many people need something.
    pub needing: u32,
    /// Who arranges it: addresses of accounts.
    pub arrangers: Vec<String>,
    /// Whether the reader is one of them.
    pub mine: bool,
}

/// What happened to one place, and who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseView {
    /// How the person is called now.
    pub name: String,
    /// The Veranstaltung's page in the office.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Oldest first: when, what, and who did it.
    pub done: Vec<(String, String, String)>,
}

/// One sign-up as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StaffSignUp {
    /// Which sign-up.
    pub id: String,
    /// Its number, as the log calls it.
    pub number: i64,
    /// How the person is called.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// The address that was probably meant, as long as nobody has confirmed this one.
    pub meant: Option<String>,
    /// The Träger; where people take part in two ways, with that of the person.
    pub from: String,
    /// The district.
    pub district: String,
    /// In the room or by video, in German.
    pub mode: String,
    /// Where it stands, in German.
    pub state: String,
    /// The tone of that.
    pub tone: Tone,
    /// Whether the person waits or has an open offer.
    pub can_move_up: bool,
    /// Whether the place still counts.
    pub active: bool,
    /// What the person needs, for whoever arranges it.
    pub access_needs: Option<String>,
    /// Who filled in the form for the person.
    pub signed_up_by: Option<String>,
    /// When the person signed up.
    pub since: String,
    /// Whether a mail to this address came back.
    pub bounced: bool,
}

/// What the edit form starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditView {
    /// What stands in the fields, by name.
    pub values: Vec<(String, String)>,
    /// What the editor saw, as the server writes it down.
    pub version: String,
    /// A fresh key for the form.
    pub key: String,
    /// The title, for the heading.
    pub title: String,
}

/// The newest mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxView {
    /// The mails, newest first.
    pub mails: Vec<MailView>,
    /// Whether each can be read in full: no mail server is set.
    pub readable: bool,
}

/// A mail as it would be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailTextView {
    /// Why it is sent, in German.
    pub occasion: String,
    /// The address.
    pub recipient: String,
    /// When it was put into the outbox.
    pub at: String,
    /// The subject.
    pub subject: String,
    /// The text. Nothing, if nobody but the receiver may read it.
    pub text: Option<String>,
}

/// Every mail to one sign-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceMailsView {
    /// Of which Veranstaltung.
    pub workshop: String,
    /// Which sign-up.
    pub place: String,
    /// The title of the Veranstaltung.
    pub title: String,
    /// How the person is called.
    pub name: String,
    /// A fresh key for what is sent again.
    pub key: String,
    /// Whether each can be read in full: no mail server is set.
    pub readable: bool,
    /// The mailbox to which mails come back that were sent, if there are such mails.
    pub bounces_to: Option<String>,
    /// The mails, newest first.
    pub mails: Vec<PlaceMailView>,
}

/// One mail to a sign-up. Who had the place before had another address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceMailView {
    /// The mail.
    pub mail: MailHead,
    /// Whether it can be sent again.
    pub again: bool,
    /// Why not, if that is not plain to see.
    pub why_not: String,
    /// What can be noted about it: what the form sends, and the words on its button.
    pub note: Option<(String, String)>,
}

/// A mail in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    /// The mail.
    pub mail: MailHead,
    /// Whether it was sent, as nearly all are.
    pub is_sent: bool,
    /// The facts it tells.
    pub facts: Vec<(String, String)>,
}

/// What everybody in the office may know of a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailHead {
    /// Which one.
    pub id: String,
    /// Why it is sent, in German.
    pub occasion: String,
    /// The address.
    pub recipient: String,
    /// When it was put into the outbox.
    pub at: String,
    /// Sent, waiting, given up.
    pub state: String,
    /// When, after how many tries, and what the mail server said.
    pub detail: String,
}
