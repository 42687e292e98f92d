//! What each standard asks for, and what it cannot carry.

use app::catalogue::Verdict;
use domain::certificate::Certificate;
use domain::certificate::facts::Occasion;
use domain::module::field::Field;
use domain::time::Instant;
use serde_json::Value;
use store::modules::Listed;

use super::rule::{Is, Rule, faults, fits, needs};
use crate::config::PublicUrl;
use crate::exchange::{moochub, oeapi};

/// MOOChub 3.0: what the schema requires, and what it says of the rest that we hand out.
const MOOCHUB: [Rule; 19] = [
    needs("/id", Is::Uuid),
    needs("/type", Is::OneOf(&["Course"])),
    needs("/attributes/name", Is::Text),
    needs("/attributes/learningResourceType/identifier", Is::Address),
    needs("/attributes/publisher/name", Is::Text),
    needs(
        "/attributes/publisher/type",
        Is::OneOf(&["Organization", "Person"]),
    ),
    needs("/attributes/url", Is::Address),
    needs("/attributes/license", Is::List(1)),
    needs("/attributes/license/*/identifier", Is::Text),
    fits("/attributes/license/*/url", Is::Address),
    needs("/attributes/creator", Is::List(1)),
    needs("/attributes/creator/*/name", Is::Text),
    fits(
        "/attributes/courseMode/*",
        Is::OneOf(&["blended", "onsite", "online", "synchronous", "asynchronous"]),
    ),
    fits("/attributes/inLanguage/*", Is::Text),
    fits("/attributes/duration", Is::Duration),
    fits("/attributes/workload/timeValue", Is::Number),
    fits(
        "/attributes/workload/timeUnit",
        Is::OneOf(&["h/month", "h/week", "h/day"]),
    ),
    fits("/attributes/numberOfCredits", Is::Number),
    fits("/attributes/description", Is::Text),
];

/// Open Education API 6: a course.
const OEAPI: [Rule; 12] = [
    needs("/courseId", Is::Uuid),
    needs("/primaryCode/codeType", Is::Text),
    needs("/primaryCode/code", Is::Text),
    needs("/name", Is::List(1)),
    needs("/name/*/language", Is::Text),
    needs("/name/*/value", Is::Text),
    fits("/description/*/value", Is::Text),
    fits("/studyLoad/*/value", Is::Number),
    fits("/duration", Is::Duration),
    fits("/validFrom", Is::Instant),
    fits("/learningOutcomeIds/*", Is::Uuid),
    fits("/link", Is::Address),
];

/// schema.org `Course`, with what search engines ask for beyond it.
const SCHEMA_ORG: [Rule; 11] = [
    needs("/@type", Is::OneOf(&["Course"])),
    needs("/name", Is::Text),
    needs("/description", Is::Text),
    needs("/provider", Is::List(1)),
    needs("/provider/*/name", Is::Text),
    needs("/url", Is::Address),
    needs("/offers/*/category", Is::Text),
    needs("/offers/*/priceCurrency", Is::Text),
    needs("/hasCourseInstance", Is::List(1)),
    needs(
        "/hasCourseInstance/*/courseMode",
        Is::OneOf(&["Online", "Onsite", "Blended"]),
    ),
    needs("/timeRequired", Is::Duration),
];

/// Open Badges 3.0: the credential that who passes the module would get.
const BADGE: [Rule; 13] = [
    needs("/@context", Is::List(2)),
    needs("/id", Is::Address),
    needs("/type", Is::List(2)),
    needs("/issuer/id", Is::Address),
    needs("/validFrom", Is::Instant),
    needs("/credentialSubject/achievement/id", Is::Address),
    needs("/credentialSubject/achievement/name", Is::Text),
    needs("/credentialSubject/achievement/description", Is::Text),
    needs("/credentialSubject/achievement/criteria/narrative", Is::Text),
    needs("/credentialSubject/achievement/tag", Is::List(1)),
    fits("/credentialSubject/achievement/creditsAvailable", Is::Number),
    fits("/credentialSubject/achievement/alignment/*/targetName", Is::Text),
    fits(
        "/credentialSubject/achievement/alignment/*/targetUrl",
        Is::Address,
    ),
];

/// What we hand out of a module, held against each standard.
#[must_use]
pub fn judge(public: &PublicUrl, listed: &Listed) -> Vec<Verdict> {
    let url = public.join(&format!("/module/{}", listed.module.code));
    let has = |field: Field| listed.version.content.has(field);
    let several = listed.module.owners.len() > 1;
    let verdict = |standard: &str, value: &Value, rules: &[Rule], lost: Vec<(bool, &str)>| Verdict {
        standard: standard.to_owned(),
        faults: faults(value, rules),
        lost: lost
            .into_iter()
            .filter(|(is_there, _)| *is_there)
            .map(|(_, what)| what.to_owned())
            .collect(),
    };
    vec![
        verdict(
            "MOOChub 3.0",
            &moochub::course(listed, &url),
            &MOOCHUB,
            vec![
                (has(Field::Level), "Niveau (DQR)"),
                (true, "Kompetenzbereiche der Sozialen Arbeit"),
                (true, "Stunden im Ganzen; es kennt Stunden in der Woche"),
                (true, "Durchgänge"),
            ],
        ),
        verdict(
            "Open Education API 6",
            &oeapi::course_of(public, listed),
            &OEAPI,
            vec![
                (several, "die zweite Institution"),
                (
                    has(Field::Requires),
                    "vorausgesetzte Module als Verknüpfung; sie stehen als Text da",
                ),
                (has(Field::Level), "Niveau (DQR); es steht als eigener Code da"),
            ],
        ),
        verdict(
            "schema.org",
            // Without runs no seats are counted: any moment will do.
            &app::modules::structured::course(listed, &url, &[], Instant(0)),
            &SCHEMA_ORG,
            vec![
                (true, "Kompetenzbereiche der Sozialen Arbeit"),
                (
                    has(Field::Requires),
                    "vorausgesetzte Module als Verknüpfung; sie stehen als Text da",
                ),
            ],
        ),
        verdict(
            "Open Badges 3.0",
            &badge(public, listed),
            &BADGE,
            vec![
                (
                    true,
                    "Prüfung, Art der Teilnahme und Qualitätssicherung als eigene Felder; sie stehen im Text der Kriterien",
                ),
                (has(Field::HoursContact), "Stunden; es kennt nur Punkte"),
            ],
        ),
    ]
}

/// The badge of nobody: what one would say.
fn badge(public: &PublicUrl, listed: &Listed) -> Value {
    let occasion = Occasion {
        holder: "Beispiel".to_owned(),
        awarded_by: listed
            .module
            .owners
            .iter()
            .map(|(_, name)| name.clone())
            .collect(),
        issued_on: "1. Januar 2027".to_owned(),
        taught: "Wintersemester 2026/27".to_owned(),
        demo: true,
    };
    let code = listed.module.code.clone();
    let facts = Certificate::of(code, listed.version.number, &listed.version.content, occasion);
    let at = badges::Addresses {
        check: public.join("/nachweis/0000000000000000"),
        module: public.join(&format!("/module/{}/fassung/{}", facts.module, facts.version)),
        issuer: public.join("/abzeichen/aussteller/00000000-0000-7000-8000-000000000000"),
    };
    badges::credential(&facts, &at, "2027-01-01T00:00:00Z", 1_798_761_600)
}
