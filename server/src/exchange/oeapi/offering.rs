//! Runs as course offerings.

use domain::booking::Tally;
use domain::booking::tally::ModeTally;
use domain::module::field::Field;
use serde_json::{Value, json};
use store::workshops::Run;

use super::{Known, code, first_owner, german, mode};

/// A run; nothing if its module is not told any more.
pub fn offering(known: &Known, run: &Run) -> Option<Value> {
    let listed = known.module(run.module)?;
    let row = &run.card.row;
    let draft = &row.draft;
    let seats = &draft.seats;
    let address = json!({
        "addressType": "teaching",
        "street": draft.venue.street,
        "additional": german(&draft.venue.name),
        "postCode": draft.venue.postcode,
        "city": draft.venue.town,
        "countryCode": {"iso3166-1-alpha2": "DE"},
    });
    let fee = listed.version.content.hundredths(Field::Fee);
    let price = fee.map(|fee| {
        json!([{"costType": "total_costs", "amount": format!("{}.{:02}", fee / 100, fee % 100), "currency": "EUR"}])
    });
    let (enrolled, pending) = people(&run.card.tally);
    Some(json!({
        "courseOfferingId": row.id.to_string(),
        "primaryCode": code("offering_code", &row.number.to_string()),
        "name": german(&draft.title),
        "state": "active",
        "description": german(&draft.summary),
        "teachingLanguages": [listed.version.content.get(Field::Language)],
        "modesOfDelivery": [mode(row.form().key())],
        "maxNumberStudents": seats.on_site.capacity + seats.online.capacity,
        "enrolledNumberStudents": enrolled,
        "pendingNumberStudents": pending,
        "link": known.url(&format!("/veranstaltungen/{}", row.slug)),
        "otherCodes": [code("x-module-version", &run.number.to_string())],
        "enrolmentPeriods": [{
            "startDateTime": seats.opens_at.to_rfc3339(),
            "endDateTime": seats.closes_at.to_rfc3339(),
        }],
        "startDateTime": draft.starts_at.to_rfc3339(),
        "endDateTime": draft.ends_at.to_rfc3339(),
        "addresses": (!draft.venue.name.is_empty()).then(|| vec![address]),
        "priceInformation": price,
        "courseId": run.module.to_string(),
        "organisationId": first_owner(listed).map(|id| id.to_string()),
    }))
}

/// How many have a seat, and how many might get one.
fn people(tally: &Tally) -> (u32, u32) {
    let (room, video) = (tally.on_site, tally.online);
    let pending = |mode: ModeTally| mode.held + mode.offered + mode.waiting;
    (room.confirmed + video.confirmed, pending(room) + pending(video))
}
