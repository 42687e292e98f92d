//! The columns of an export of sign-ups. Access needs are not among them.

use domain::booking::{Mode, PlaceState};
use domain::german;
use store::signups::SignUpRow;

/// The headings.
pub const HEADINGS: [&str; 9] = [
    "Name",
    "E-Mail",
    "Träger",
    "Landkreis/Stadt",
    "Form",
    "Stand",
    "Platz Nr.",
    "Teilnahmeliste",
    "Angemeldet",
];

/// The cells of one person.
#[must_use]
pub fn cells(row: &SignUpRow) -> [String; 9] {
    [
        row.name.clone(),
        row.email.clone(),
        row.organisation.clone(),
        row.district
            .map(|district| district.name.to_owned())
            .unwrap_or_default(),
        match row.mode {
            Mode::OnSite => "vor Ort".to_owned(),
            Mode::Online => "online".to_owned(),
        },
        state(row.state).to_owned(),
        row.seat_no.map(|seat| seat.to_string()).unwrap_or_default(),
        match row.listing {
            domain::signup::Listing::Nobody => "nein".to_owned(),
            domain::signup::Listing::Participants => "ja".to_owned(),
        },
        german::moment(row.created_at),
    ]
}

fn state(state: PlaceState) -> &'static str {
    match state {
        PlaceState::Held => "noch nicht bestätigt",
        PlaceState::Confirmed => "bestätigt",
        PlaceState::Waiting => "Warteliste",
        PlaceState::Offered => "Angebot offen",
        PlaceState::Cancelled => "abgesagt",
        PlaceState::Declined => "abgelehnt",
        PlaceState::HoldExpired => "nicht bestätigt, abgelaufen",
        PlaceState::OfferMissed => "Angebot verpasst",
    }
}
