//! Modules as courses.

use domain::module::field::Field;
use serde_json::{Value, json};
use store::modules::Listed;

use super::{Known, code, first_owner, german, mode, outcome};

/// A module.
pub fn course(known: &Known, listed: &Listed) -> Value {
    let content = &listed.version.content;
    let module = &listed.module;
    let text = |field: Field| match content.get(field) {
        "" => Value::Null,
        text => german(text),
    };
    let programmes = known.programmes.iter().filter(|programme| {
        let rule = programme.content.requirement();
        rule.is_some_and(|rule| rule.codes().contains(&module.code))
    });
    let mut loads = vec![
        json!({"studyLoadUnit": "hour", "value": content.hours()}),
        json!({"studyLoadUnit": "contact_time", "value": content.number(Field::HoursContact).unwrap_or(0)}),
    ];
    loads.extend(
        content
            .hundredths(Field::Ects)
            .map(|points| json!({"studyLoadUnit": "ects", "value": f64::from(points) / 100.0})),
    );
    let level = content.number(Field::Level);
    let other_codes = level.map(|level| code("x-dqr-level", &level.to_string()));
    let requirement = content
        .requirement()
        .map(|requirement| german(&requirement.to_string()));
    json!({
        "courseId": module.id.to_string(),
        "primaryCode": code("identifier", module.code.as_str()),
        "name": german(content.get(Field::Title)),
        "abbreviation": module.code.as_str(),
        "studyLoad": loads,
        "modesOfDelivery": [mode(content.get(Field::Mode))],
        "duration": content.number(Field::Weeks).map(|weeks| format!("P{weeks}W")),
        "description": german(&format!("{}\n\n{}", content.get(Field::Lead), content.get(Field::Contents))),
        "teachingLanguages": [content.get(Field::Language)],
        "learningOutcomeIds": outcome::ids(listed),
        "admissionRequirements": text(Field::Knowledge),
        "qualificationRequirements": requirement,
        "assessment": text(Field::Award),
        "link": known.url(&format!("/module/{}", module.code)),
        "otherCodes": other_codes.map(|code| vec![code]),
        "programmeIds": programmes.map(|programme| programme.id.to_string()).collect::<Vec<_>>(),
        "organisationId": first_owner(listed).map(|id| id.to_string()),
        "validFrom": listed.version.published_at.map(domain::time::Instant::to_rfc3339),
    })
}
