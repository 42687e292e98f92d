//! Learning outcomes. The number of an outcome stays with it, so its id is made of the module's id and that number.

use domain::module::LearningOutcome;
use domain::module::outcome::Depth;
use serde_json::{Value, json};
use store::modules::Listed;
use uuid::Uuid;

use super::{code, german};

/// The outcomes of a module.
pub fn outcomes(listed: &Listed) -> Vec<Value> {
    let all = listed.version.content.outcomes().into_iter();
    all.map(|outcome| view(listed, &outcome)).collect()
}

/// Their ids.
pub fn ids(listed: &Listed) -> Vec<String> {
    let all = listed.version.content.outcomes().into_iter();
    all.map(|outcome| id(listed, &outcome).to_string()).collect()
}

/// A name-based UUID (RFC 9562, 5.5) in the room of the module.
fn id(listed: &Listed, outcome: &LearningOutcome) -> Uuid {
    Uuid::new_v5(&listed.module.id.0, format!("L{}", outcome.number).as_bytes())
}

fn view(listed: &Listed, outcome: &LearningOutcome) -> Value {
    let short = format!("{}-L{}", listed.module.code, outcome.number);
    let areas: Vec<Value> = outcome
        .areas
        .iter()
        .map(|area| code("x-area-of-competence", area.key))
        .collect();
    json!({
        "learningOutcomeId": id(listed, outcome).to_string(),
        "primaryCode": code("identifier", &short),
        "name": german(&outcome.text),
        "abbreviation": short,
        "complexityLevel": bloom(outcome.depth),
        "otherCodes": areas,
        "validFrom": listed.version.published_at.map(domain::time::Instant::to_rfc3339),
    })
}

fn bloom(depth: Depth) -> &'static str {
    match depth {
        Depth::Remember => "bloom_1",
        Depth::Understand => "bloom_2",
        Depth::Apply => "bloom_3",
        Depth::Analyse => "bloom_4",
        Depth::Evaluate => "bloom_5",
        Depth::Create => "bloom_6",
    }
}
