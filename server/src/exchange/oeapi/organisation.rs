//! Institutions that answer for modules.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use store::modules::Listed;

use super::{code, german};

/// The institutions of all modules, each once.
pub fn organisations(modules: &[Listed]) -> Vec<Value> {
    let owners: BTreeMap<_, _> = modules
        .iter()
        .flat_map(|listed| &listed.module.owners)
        .cloned()
        .collect();
    let view = |(id, name): (domain::ids::OrganisationId, String)| {
        json!({
            "organisationId": id.to_string(),
            "primaryCode": code("organisation_id", &id.to_string()),
            "organisationType": "root",
            "name": german(&name),
        })
    };
    owners.into_iter().map(view).collect()
}
