//! Find and filter. Each filter counts what there would be with the others as they are.

use std::collections::BTreeMap;

use domain::german;
use domain::ids::ModuleId;
use domain::module::Content;
use domain::module::field::{Field, Takes};
use domain::module::outcome::AREAS;
use leptos::prelude::*;
use store::Store;
use store::modules::Listed;

use super::said::{at_a_glance, by, title};
use super::shelf::shelf;
use super::structured::{inside_script, item_list};
use crate::loading::unavailable;
use crate::modules::dto::{ModuleList, ModuleQuery, ModuleTeaser};
use crate::public_address::PublicAddress;

/// Characters of a question that are read.
const QUESTION_CHARACTERS_MAX: usize = 200;
/// Words that tell why something was found.
const WHY_MAX: usize = 3;
/// Situations that are shown to begin with.
const SITUATIONS_MAX: usize = 6;

/// The place of the filter for runs, behind the others.
const DATED: usize = 4;

/// A filter: what it takes out of a module, and what of it was chosen.
type Filter<'a> = (&'a str, fn(&Listed) -> Vec<String>);

pub async fn load(query: ModuleQuery) -> Result<ModuleList, ServerFnError> {
    let store = expect_context::<Store>();
    let shelf = shelf(&store).await?;
    let dates = Dates::of(&store).await?;
    let question: String = query.suche.chars().take(QUESTION_CHARACTERS_MAX).collect();
    let is_asked = !question.trim().is_empty();
    let found = shelf.index.find(&question);
    let candidates: Vec<(&Listed, Vec<(String, String)>)> = if is_asked {
        let hit = |hit: &domain::module::search::Hit| {
            let why = hit
                .why
                .iter()
                .take(WHY_MAX)
                .map(|(place, word)| (place.label().to_owned(), word.clone()));
            Some((shelf.modules.get(hit.document)?, why.collect()))
        };
        found.hits.iter().filter_map(hit).collect()
    } else {
        shelf.modules.iter().map(|listed| (listed, Vec::new())).collect()
    };
    let filters: [Filter<'_>; 4] = [
        (&query.von, institutions),
        (&query.form, modes),
        (&query.bereich, areas),
        (&query.kosten, cost),
    ];
    let passes = |listed: &Listed, but: usize| {
        let is_dated = but == DATED || query.termin != "1" || dates.next(listed.module.id).is_some();
        is_dated
            && filters.iter().enumerate().all(|(place, (chosen, of))| {
                place == but || chosen.is_empty() || of(listed).iter().any(|one| one == chosen)
            })
    };
    let counted = |place: usize, key: &str| {
        let (_, of) = filters.get(place).copied().unwrap_or(("", institutions));
        let has = |listed: &Listed| of(listed).iter().any(|one| one == key);
        let all = candidates
            .iter()
            .filter(|(listed, _)| passes(listed, place) && has(listed));
        u32::try_from(all.count()).unwrap_or(u32::MAX)
    };
    let choice = |place: usize, key: String, label: &str| {
        let words = format!("{label} ({})", counted(place, &key));
        (key, words)
    };
    let mut owners: Vec<(String, String)> = shelf
        .modules
        .iter()
        .flat_map(|listed| &listed.module.owners)
        .map(|(id, name)| (name.clone(), id.to_string()))
        .collect();
    owners.sort();
    owners.dedup();
    let Takes::Choice(modes) = Field::Mode.facts().takes else {
        return Ok(ModuleList::default());
    };
    let areas = AREAS.iter().filter(|area| area.key.starts_with("SozArb"));
    Ok(ModuleList {
        institutions: owners
            .into_iter()
            .map(|(name, id)| choice(0, id, &name))
            .collect(),
        modes: modes
            .iter()
            .map(|(key, label)| choice(1, (*key).to_owned(), label))
            .collect(),
        areas: areas
            .map(|area| choice(2, area.key.to_owned(), area.label))
            .collect(),
        free: counted(3, "frei"),
        dated: {
            let has = |listed: &Listed| passes(listed, DATED) && dates.next(listed.module.id).is_some();
            let all = candidates.iter().filter(|(listed, _)| has(listed));
            u32::try_from(all.count()).unwrap_or(u32::MAX)
        },
        structured: {
            let shown = candidates.iter().filter(|(listed, _)| passes(listed, usize::MAX));
            let shown: Vec<&Listed> = shown.map(|(listed, _)| *listed).collect();
            let origin = use_context::<PublicAddress>()
                .map(|address| address.join(""))
                .unwrap_or_default();
            inside_script(&item_list(&shown, &origin))
        },
        teasers: candidates
            .iter()
            .filter(|(listed, _)| passes(listed, usize::MAX))
            .map(|(listed, why)| teaser(listed, why.clone(), dates.next(listed.module.id)))
            .collect(),
        meant: found.meant,
        is_partial: found.is_partial,
        situations: situations(&shelf.modules),
    })
}

fn institutions(listed: &Listed) -> Vec<String> {
    listed
        .module
        .owners
        .iter()
        .map(|(id, _)| id.to_string())
        .collect()
}

fn modes(listed: &Listed) -> Vec<String> {
    vec![listed.version.content.get(Field::Mode).to_owned()]
}

fn areas(listed: &Listed) -> Vec<String> {
    let outcomes = listed.version.content.outcomes();
    let keys = outcomes.iter().flat_map(|outcome| &outcome.areas);
    keys.map(|area| area.key.to_owned()).collect()
}

fn cost(listed: &Listed) -> Vec<String> {
    let is_free = listed.version.content.get(Field::Fee) == "0";
    is_free.then(|| "frei".to_owned()).into_iter().collect()
}

/// The first situation of each module.
fn situations(modules: &[Listed]) -> Vec<String> {
    let first = |content: &Content| content.lines(Field::Situations).next().map(str::to_owned);
    let mut situations: Vec<String> = Vec::new();
    for listed in modules {
        situations.extend(first(&listed.version.content).filter(|one| !situations.contains(one)));
    }
    situations.truncate(SITUATIONS_MAX);
    situations
}

/// The next run of each module, in words.
pub(super) struct Dates(BTreeMap<ModuleId, String>);

impl Dates {
    pub(super) async fn of(store: &Store) -> Result<Self, ServerFnError> {
        let runs = store.runs(None).await.map_err(unavailable)?;
        let now = store.ambient().now();
        let mut next = BTreeMap::new();
        // The earliest comes first, and stays.
        for run in runs.into_iter().filter(|run| run.card.row.draft.starts_at > now) {
            let words = || {
                let teaser = crate::workshops::actions::teaser(&run.card, now);
                format!(
                    "ab {}: {}",
                    german::day_year(run.card.row.draft.starts_at),
                    teaser.seats
                )
            };
            next.entry(run.module).or_insert_with(words);
        }
        Ok(Self(next))
    }

    pub(super) fn next(&self, module: ModuleId) -> Option<&String> {
        self.0.get(&module)
    }
}

fn teaser(listed: &Listed, why: Vec<(String, String)>, next: Option<&String>) -> ModuleTeaser {
    let content = &listed.version.content;
    ModuleTeaser {
        code: listed.module.code.to_string(),
        title: title(listed),
        lead: content.get(Field::Lead).to_owned(),
        by: by(&listed.module),
        facts: at_a_glance(content),
        next: next.cloned(),
        why,
        demo: listed.module.demo,
    }
}
