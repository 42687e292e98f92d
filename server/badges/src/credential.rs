//! What a badge says: an OpenBadgeCredential after Open Badges 3.0, with the eleven elements of the Council Recommendation on
//! micro-credentials. What the standard has a place for stands there; all eleven stand in the criteria, in words.

use domain::certificate::Certificate;
use serde_json::{Value, json};

/// Contexts of a credential (Open Badges 3.0, section B).
const CONTEXT: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// Where things are found that a badge names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The page by which the certificate is checked.
    pub check: String,
    /// The version of the module.
    pub module: String,
    /// Who issues it: the profile.
    pub issuer: String,
}

/// What a badge says. `issued_at` is an instant after RFC 3339, `issued_seconds` the same since 1970.
#[must_use]
pub fn credential(facts: &Certificate, at: &Addresses, issued_at: &str, issued_seconds: i64) -> Value {
    let narrative: Vec<String> = facts
        .elements()
        .iter()
        .map(|element| {
            format!(
                "{}. **{}:** {}",
                element.number,
                element.label,
                element.lines.join("; ")
            )
        })
        .collect();
    let mut achievement = json!({
        "id": at.module,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": facts.title,
        "description": facts.lead,
        "criteria": { "narrative": narrative.join("\n") },
        "humanCode": facts.module.as_str(),
        "inLanguage": "de",
        "version": facts.version.to_string(),
        "tag": facts.outcomes,
        "creator": issuer(facts, at),
        "alignment": alignment(facts.level),
    });
    let mut subject = json!({
        "type": ["AchievementSubject"],
        "identifier": [{
            "type": "IdentityObject",
            "hashed": false,
            "identityHash": facts.holder,
            "identityType": "name",
        }],
        "result": [{ "type": ["Result"], "status": "Completed" }],
    });
    if let Some(ects) = facts.ects_hundredths {
        let credits = f64::from(ects) / 100.0;
        achievement["creditsAvailable"] = json!(credits);
        subject["creditsEarned"] = json!(credits);
    }
    subject["achievement"] = achievement;
    json!({
        "@context": CONTEXT,
        "id": at.check,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": facts.title,
        "issuer": issuer(facts, at),
        "validFrom": issued_at,
        "credentialSubject": subject,
        "iss": at.issuer,
        "jti": at.check,
        "nbf": issued_seconds,
        "iat": issued_seconds,
    })
}

fn issuer(facts: &Certificate, at: &Addresses) -> Value {
    json!({
        "id": at.issuer,
        "type": ["Profile"],
        "name": facts.awarded_by.join(", "),
        "address": {
            "type": ["Address"],
            "addressCountry": "Deutschland",
            "addressCountryCode": "DE",
            "addressRegion": "Sachsen",
        },
    })
}

/// The level, as a link to the framework that defines it.
fn alignment(level: Option<u32>) -> Vec<Value> {
    let one = |level: u32| {
        json!({
            "type": ["Alignment"],
            "targetName": format!("EQF {level}"),
            "targetCode": format!("{level}"),
            "targetFramework": "European Qualifications Framework",
            "targetUrl": format!("http://data.europa.eu/snb/eqf/{level}"),
        })
    };
    level.map(one).into_iter().collect()
}
