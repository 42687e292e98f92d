//! What a query wants, and the plan that is made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::Query;
use axum::http::Uri;
use domain::ids::ModuleId;
use domain::module::{ModuleCode, Requirement};
use domain::plan::{Conflict, Offer, Offers, Schedule, Term, Wish, schedule};
use domain::recognition::{Procedure, Share};
use domain::time::Instant;
use leptos::prelude::*;
use store::Store;
use store::plans::ProgrammeRow;
use store::recognition::{Because, Credited};
use store::workshops::Run;

use crate::loading::unavailable;
use crate::modules::desk::shelf::{Shelf, shelf};

/// Bytes of a query that are read.
pub const QUERY_BYTES_MAX: usize = 4_096;

/// A plan, and what it was made of.
#[derive(Clone, Debug)]
pub struct Made {
    /// What is wanted.
    pub wish: Wish,
    /// The plan.
    pub schedule: Schedule,
    /// The catalogue.
    pub shelf: Arc<Shelf>,
    /// What a plan knows of the catalogue.
    pub offers: Offers,
    /// Runs that are coming.
    pub runs: Vec<Run>,
    /// Certificates.
    pub programmes: Vec<ProgrammeRow>,
    /// What counts for who asks because it could be done already.
    pub credited: Vec<Credited>,
    /// How much of the goal was learned outside universities and is credited.
    pub share: Option<Share>,
}

impl Made {
    /// The first run of a module that begins in a semester; one with a seat before one without.
    #[must_use]
    pub fn run(&self, code: &ModuleCode, term: Term, now: Instant) -> Option<&Run> {
        let module = self.shelf.find(code)?.module.id;
        let begins = |run: &&Run| {
            let is_then = Term::of(run.card.row.draft.starts_at) == term;
            run.module == module && is_then
        };
        self.runs
            .iter()
            .filter(begins)
            .min_by_key(|run| run.card.free(now) == 0)
    }
}

/// The pairs of a query; a longer one than [`QUERY_BYTES_MAX`] has none.
fn pairs(query: &str) -> Vec<(String, String)> {
    let query = query.trim_start_matches('?');
    let uri = (query.len() <= QUERY_BYTES_MAX).then(|| format!("/?{query}").parse::<Uri>());
    let read = uri.and_then(Result::ok).map(|uri| Query::try_from_uri(&uri));
    match read {
        Some(Ok(Query(pairs))) => pairs,
        _ => Vec::new(),
    }
}

/// What a query wants, for someone who could begin in this semester.
#[must_use]
pub fn wish(query: &str, first: Term) -> Wish {
    let pairs = pairs(query);
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Wish::read(pairs, first)
}

/// The semester in which one can begin: the one that runs now if a run in it is still to come, else the next one.
#[must_use]
pub fn first_term(runs: &[Run], now: Instant) -> Term {
    let current = Term::of(now);
    let begins = |run: &Run| {
        let starts_at = run.card.row.draft.starts_at;
        starts_at > now && Term::of(starts_at) == current
    };
    current.later(usize::from(!runs.iter().any(begins)))
}

/// The query of a wish.
#[must_use]
pub fn query(wish: &Wish) -> String {
    // An @ parts a module and its semester; it may stand in a query as it is (RFC 3986, 3.4).
    let pair = |(name, value): (&str, String)| format!("{name}={value}");
    wish.pairs().into_iter().map(pair).collect::<Vec<_>>().join("&")
}

/// Makes the plan that a query wants, for somebody for whom these modules count already.
///
/// # Errors
/// When the database fails.
pub async fn make(store: &Store, query: &str, credited: Vec<Credited>) -> Result<Made, ServerFnError> {
    let shelf = shelf(store).await?;
    let runs = store.runs(None).await.map_err(unavailable)?;
    let programmes = store.programmes().await.map_err(unavailable)?;
    let now = store.ambient().now();
    let offers = offers(&shelf, &runs, now);
    let mut wish = wish(query, first_term(&runs, now));
    // A certificate that is not there is none.
    let goal = programmes
        .iter()
        .find(|programme| Some(&programme.code) == wish.goal.as_ref());
    wish.goal = goal.map(|programme| programme.code.clone());
    let rule = goal.and_then(|programme| programme.content.requirement());
    // What counts stands in no address: it is nobody's business but the person's.
    let mut known = wish.clone();
    known.passed.extend(credited.iter().map(|one| one.code.clone()));
    let mut schedule = schedule(&known, rule.as_ref(), &offers);
    let share = rule
        .as_ref()
        .and_then(|rule| share(rule, &known.passed, &schedule, &offers, &credited));
    if let Some(share) = share.filter(|share| share.is_over()) {
        schedule
            .conflicts
            .push(Conflict::TooMuchCredited(share.percent()));
    }
    Ok(Made {
        share,
        credited,
        schedule,
        wish,
        offers,
        shelf,
        runs,
        programmes,
    })
}

/// How much of a goal was learned outside universities and is credited; nothing, if nothing is.
fn share(
    rule: &Requirement,
    passed: &BTreeSet<ModuleCode>,
    schedule: &Schedule,
    offers: &Offers,
    credited: &[Credited],
) -> Option<Share> {
    let named: BTreeSet<&ModuleCode> = rule.codes().into_iter().collect();
    let planned = schedule.terms.iter().flat_map(|load| &load.modules);
    let mut way: BTreeSet<&ModuleCode> = planned.map(|placed| &placed.code).collect();
    way.extend(passed);
    let hours = |code: &&&ModuleCode| {
        let known = credited.iter().find(|one| one.code == ***code);
        known.map_or_else(
            || offers.get(**code).map_or(0, |offer| offer.hours),
            |one| one.hours,
        )
    };
    let outside = credited
        .iter()
        .filter(|one| one.because == Because::Known(Procedure::Crediting) && named.contains(&one.code));
    let share = Share {
        credited_hours: outside.map(|one| one.hours).sum(),
        all_hours: way.intersection(&named).map(|code| hours(&code)).sum(),
    };
    (share.credited_hours > 0).then_some(share)
}

/// What a plan needs to know of the catalogue.
pub fn offers(shelf: &Shelf, runs: &[Run], now: Instant) -> Offers {
    let mut dated: BTreeMap<ModuleId, BTreeSet<Term>> = BTreeMap::new();
    // Whose first date is over, nobody begins any more.
    for run in runs.iter().filter(|run| run.card.row.draft.starts_at > now) {
        let term = Term::of(run.card.row.draft.starts_at);
        dated.entry(run.module).or_default().insert(term);
    }
    let offer = |listed: &store::modules::Listed| {
        let dated = dated.get(&listed.module.id).cloned().unwrap_or_default();
        let offer = Offer::of(&listed.version.content, dated, Term::of(now).later(1));
        (listed.module.code.clone(), offer)
    };
    shelf.modules.iter().map(offer).collect()
}
