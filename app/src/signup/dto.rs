//! What travels between server and browser about one place. Dates are words already.

use domain::access_need::AccessNeeds;
use serde::{Deserialize, Serialize};

/// One place as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacePageView {
    /// The personal link's token.
    pub token: String,
    /// A fresh key for the form that hands the place on.
    pub key: String,
    /// The Veranstaltung's page.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// When it is.
    pub when: String,
    /// When it starts, RFC 3339.
    pub starts_iso: String,
    /// Where the person takes part.
    pub place: String,
    /// The video link, for a confirmed online place.
    pub online_link: Option<String>,
    /// What one needs for taking part by video.
    pub online_info: String,
    /// Whether who has no place any more can sign up again.
    pub signs_up_anew: bool,
    /// The calendar file: of the place once it is certain, of the Veranstaltung before. Nothing for who does not come.
    pub calendar: Option<String>,
    /// The page of the certificate that counts, if there is one.
    pub certificate: Option<String>,
    /// What giving up the place means, and whether there is a way back.
    pub anew: String,
    /// How the person is called.
    pub name: String,
    /// The Träger.
    pub organisation: String,
    /// Who filled in the form for the person.
    pub signed_up_by: Option<String>,
    /// How it stands, in one sentence.
    pub headline: String,
    /// What that means, and what happens next.
    pub explanation: String,
    /// The tone of the headline: `success`, `warning`, `error`, `info`.
    pub tone: String,
    /// What the person can do.
    pub can: Can,
    /// The other mode, in German, if the person can change to it.
    pub other_mode: Option<(String, String)>,
    /// Needs that were ticked.
    pub needs: AccessNeeds,
    /// Access needs as typed.
    pub access_needs: String,
    /// `nobody` or `participants`.
    pub listing: String,
    /// What happened, oldest first: when, and what.
    pub history: Vec<(String, String)>,
    /// How many votes are left, or that there is nothing to vote for.
    pub votes_left: String,
    /// Topics: id, text, votes, whether it is mine.
    pub topics: Vec<(String, String, u32, bool)>,
    /// Who else takes part, if that is this person's business.
    pub fellows: Option<FellowsView>,
}

/// Who else takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FellowsView {
    /// Those who chose to be seen: name, and Träger with district.
    pub listed: Vec<(String, String)>,
    /// How many others there are.
    pub others: u32,
    /// Whether the Veranstaltung is over.
    pub over: bool,
}

/// What the person can do with the place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Can {
    /// Confirm the mail address.
    pub confirm: bool,
    /// Take or decline an offer.
    pub answer_offer: bool,
    /// Leave the waiting list.
    pub leave: bool,
    /// Cancel.
    pub cancel: bool,
    /// Hand on.
    pub hand_over: bool,
    /// Change the answers, propose and vote.
    pub change: bool,
    /// Leave the list of those who take part, when the answers cannot be changed any more.
    pub leave_list: bool,
}
