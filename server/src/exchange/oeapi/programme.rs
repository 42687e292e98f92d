//! Certificates as programmes.

use serde_json::{Value, json};
use store::plans::ProgrammeRow;

use super::{Known, code, german};

/// A certificate. It is no degree, so its type is one of our own.
pub fn programme(known: &Known, programme: &ProgrammeRow) -> Value {
    json!({
        "programmeId": programme.id.to_string(),
        "primaryCode": code("programme_code", programme.code.as_str()),
        "programmeType": "x-certificate",
        "name": german(&programme.content.title),
        "abbreviation": programme.code.as_str(),
        "description": german(&programme.content.lead),
        "qualificationAwarded": "certificate",
        "formalDocument": "certificate",
        "qualificationRequirements": german(&programme.content.rule),
        "link": known.url(&format!("/lernweg?ziel={}", programme.code)),
        "validFrom": programme.published_at.to_rfc3339(),
    })
}
