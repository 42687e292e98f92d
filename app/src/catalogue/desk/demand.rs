//! What is asked for, in sums.

use domain::district::District;
use domain::german::count;
use domain::module::demand::{Sums, sums};
use domain::module::field::Field;
use leptos::prelude::*;
use store::Store;

use super::reviewer;
use crate::catalogue::dto::DemandRow;
use crate::loading::unavailable;

/// The modules of who asks, the most wanted first; nothing for who neither curates nor works at the office.
pub async fn load() -> Result<Option<Vec<DemandRow>>, ServerFnError> {
    let Some(reviewer) = reviewer().await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let demand = store.demand().await.map_err(unavailable)?;
    let modules = store.catalogue().await.map_err(unavailable)?;
    let mut rows: Vec<(u32, DemandRow)> = Vec::new();
    for listed in modules
        .iter()
        .filter(|listed| reviewer.works_for(&listed.module.owner_ids()))
    {
        let Some(counts) = demand.get(&listed.module.id) else {
            continue;
        };
        let code = &listed.module.code;
        let sums = sums(counts);
        let known: u32 = sums.districts.iter().map(|(_, count)| count).sum();
        let row = DemandRow {
            path: format!("/module/{code}"),
            title: format!("{code} {}", listed.version.content.get(Field::Title)),
            words: words(&sums),
        };
        rows.push((sums.total.unwrap_or(known), row));
    }
    rows.sort_by_key(|(people, row)| (std::cmp::Reverse(*people), row.title.clone()));
    Ok(Some(rows.into_iter().map(|(_, row)| row).collect()))
}

fn words(sums: &Sums) -> String {
    let total = match sums.total {
        Some(total) => count(total, "Person", "Personen"),
        None if sums.districts.is_empty() => return "unter fünf Personen".to_owned(),
        None => "einige Personen".to_owned(),
    };
    let name = |slug: &str| District::parse(slug).map_or_else(|| slug.to_owned(), |one| one.name.to_owned());
    let districts = sums
        .districts
        .iter()
        .map(|(slug, count)| format!("{} {count}", name(slug)));
    let districts: Vec<_> = districts.collect();
    if districts.is_empty() {
        format!("{total}, je Kreis unter fünf")
    } else {
        format!("{total}: {}", districts.join(", "))
    }
}
