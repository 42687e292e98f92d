//! A plan as the page shows it.

use domain::german::{self, count};
use domain::module::ModuleCode;
use domain::plan::{Placed, Term, TermLoad, Wish};
use domain::recognition::share::CREDITED_PERCENT_MAX;
use leptos::prelude::*;
use store::Store;
use store::plans::ProgrammeRow;
use store::recognition::Because;

use super::made::{Made, make, query};
use super::words;
use crate::loading::unavailable;
use crate::modules::desk::said::{at_a_glance, title};
use crate::plan::dto::{GoalView, LoadView, PlanView, StepView};
use crate::session;
use crate::workshops::actions::teaser;

/// Semesters from which one can begin.
const FROM_TERMS: usize = 5;
/// Semesters that can be chosen for a module.
const CHOICE_TERMS: usize = 8;

pub async fn load(asked: &str) -> Result<PlanView, ServerFnError> {
    let store = expect_context::<Store>();
    let viewer = session::viewer().await?;
    let credited = match &viewer {
        Some(viewer) => store.credited(viewer.person).await.map_err(unavailable)?,
        None => Vec::new(),
    };
    let made = make(&store, asked, credited).await?;
    let saved = match &viewer {
        Some(viewer) => store.learning_plan(viewer.person).await.map_err(unavailable)?,
        None => None,
    };
    let mut view = show(&made, Term::of(store.ambient().now()), store.ambient().now());
    view.is_signed_in = viewer.is_some();
    view.saved = saved.map(|plan| plan.wish);
    Ok(view)
}

/// A certificate in words.
pub fn goal(programme: &ProgrammeRow) -> GoalView {
    GoalView {
        code: programme.code.to_string(),
        title: programme.content.title.clone(),
        lead: programme.content.lead.clone(),
        rule: programme.content.rule_in_words(),
        award: programme.content.award.clone(),
        demo: programme.demo,
    }
}

fn show(made: &Made, current: Term, now: domain::time::Instant) -> PlanView {
    let wish = &made.wish;
    let is_in = |code: &ModuleCode| {
        let mut placed = made.schedule.terms.iter().flat_map(|load| &load.modules);
        placed.any(|placed| placed.code == *code) || made.schedule.homeless.contains(code)
    };
    let named = |code: &ModuleCode| made.shelf.find(code).map(title).unwrap_or_default();
    let key = |term: Term| (term.to_string(), term.words());
    let has_dates = made.schedule.terms.iter().any(|load| {
        let mut begins = load.modules.iter().filter(|placed| !placed.goes_on);
        begins.any(|placed| made.run(&placed.code, load.term, now).is_some())
    });
    let query = query(wish);
    let others = made.shelf.modules.iter().filter(|listed| {
        let code = &listed.module.code;
        !is_in(code) && !wish.passed.contains(code) && !made.credited.iter().any(|one| one.code == *code)
    });
    PlanView {
        goals: made.programmes.iter().map(goal).collect(),
        goal: wish.goal.as_ref().map(ToString::to_string).unwrap_or_default(),
        hours: wish.hours_a_week.to_string(),
        from: wish.from.to_string(),
        terms: (0..FROM_TERMS).map(|later| key(current.later(later))).collect(),
        is_empty: wish.is_empty(),
        summary: summary(made),
        conflicts: made
            .schedule
            .conflicts
            .iter()
            .map(|conflict| words::conflict(conflict, wish, &made.shelf))
            .collect(),
        loads: made
            .schedule
            .terms
            .iter()
            .map(|load| shown(made, load, now))
            .collect(),
        homeless: made
            .schedule
            .homeless
            .iter()
            .map(|code| {
                let placed = Placed {
                    code: code.clone(),
                    is_chosen: wish.chosen.contains_key(code),
                    is_fixed: false,
                    goes_on: false,
                };
                step(made, &placed, None, now)
            })
            .collect(),
        passed: wish
            .passed
            .iter()
            .map(|code| (code.to_string(), named(code)))
            .collect(),
        credited: made
            .credited
            .iter()
            .map(|one| {
                let why = match one.because {
                    Because::Passed => "bestanden",
                    Because::Known(procedure) => procedure.word(),
                };
                format!("{} {} ({why})", one.code, named(&one.code))
            })
            .collect(),
        share: made.share.map(|share| {
            format!(
                "Angerechnet sind {} von {} Stunden dieses Zertifikats, das sind {} %. Möglich sind höchstens {CREDITED_PERCENT_MAX} %.",
                share.credited_hours,
                share.all_hours,
                share.percent()
            )
        }),
        others: others
            .map(|listed| {
                let facts = at_a_glance(&listed.version.content);
                (listed.module.code.to_string(), title(listed), facts)
            })
            .collect(),
        calendar: has_dates.then(|| format!("/lernweg.ics?{query}")),
        query,
        saved: None,
        is_signed_in: false,
    }
}

/// How long it takes, in a sentence.
fn summary(made: &Made) -> Option<String> {
    let finish = made.schedule.finish()?;
    let placed = made.schedule.terms.iter().flat_map(|load| &load.modules);
    let modules: Vec<&Placed> = placed.filter(|placed| !placed.goes_on).collect();
    let hours = modules
        .iter()
        .filter_map(|placed| made.offers.get(&placed.code))
        .map(|offer| offer.hours);
    let number = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    Some(format!(
        "{} in {}, zusammen {}. Fertig nach dem {}.",
        count(number(modules.len()), "Modul", "Module"),
        count(number(made.schedule.terms.len()), "Semester", "Semestern"),
        count(hours.sum(), "Stunde", "Stunden"),
        finish.words()
    ))
}

fn shown(made: &Made, load: &TermLoad, now: domain::time::Instant) -> LoadView {
    LoadView {
        term: load.term.words(),
        load: match load.hours_a_week {
            0 => "frei".to_owned(),
            hours => format!("{} in der Woche", count(hours, "Stunde", "Stunden")),
        },
        steps: load
            .modules
            .iter()
            .map(|placed| step(made, placed, Some(load.term), now))
            .collect(),
    }
}

fn step(made: &Made, placed: &Placed, term: Option<Term>, now: domain::time::Instant) -> StepView {
    let code = &placed.code;
    let listed = made.shelf.find(code);
    let run = term
        .filter(|_| !placed.goes_on)
        .and_then(|term| made.run(code, term, now));
    let run = run.map(|run| {
        let path = format!("/veranstaltungen/{}", run.card.row.slug);
        let seats = teaser(&run.card, now).seats;
        (
            path,
            format!(
                "Durchgang ab {}: {seats}",
                german::day_year(run.card.row.draft.starts_at)
            ),
        )
    });
    let first = if placed.is_chosen {
        vec![
            (String::new(), "aus dem Plan nehmen".to_owned()),
            (code.to_string(), "so früh wie möglich".to_owned()),
        ]
    } else {
        vec![(String::new(), "so früh wie möglich".to_owned())]
    };
    let fixed = made.wish.chosen.get(code).copied().flatten();
    let mut terms: Vec<Term> = (0..CHOICE_TERMS)
        .map(|later| made.wish.from.later(later))
        .collect();
    terms.extend(fixed.filter(|term| !terms.contains(term)));
    let terms = terms
        .into_iter()
        .map(|term| (format!("{code}@{term}"), term.words()));
    StepView {
        code: code.to_string(),
        title: listed
            .map(title)
            .unwrap_or_else(|| "wird nicht mehr angeboten".to_owned()),
        facts: listed
            .map(|listed| at_a_glance(&listed.version.content))
            .unwrap_or_default(),
        why: why(made, placed),
        run,
        choices: match listed {
            Some(_) => first.into_iter().chain(terms).collect(),
            None => Vec::new(),
        },
        choice: match fixed {
            Some(term) => format!("{code}@{term}"),
            None if placed.is_chosen => code.to_string(),
            None => String::new(),
        },
        goes_on: placed.goes_on,
        without: (placed.is_chosen && !placed.goes_on).then(|| without(&made.wish, code)),
    }
}

/// The address of the same plan without a module that was chosen.
fn without(wish: &Wish, code: &ModuleCode) -> String {
    let mut wish = wish.clone();
    wish.chosen.remove(code);
    format!("/lernweg?{}", query(&wish))
}

/// Why a module is there that nobody chose.
fn why(made: &Made, placed: &Placed) -> Option<String> {
    if placed.goes_on {
        return Some("geht weiter".to_owned());
    }
    if placed.is_chosen {
        return None;
    }
    let needs_it = |code: &&ModuleCode| {
        let offer = made.offers.get(*code);
        let before = offer.and_then(|offer| offer.requirement.as_ref());
        let mut all = before
            .into_iter()
            .chain(offer.into_iter().flat_map(|offer| &offer.together));
        all.any(|requirement| requirement.codes().contains(&placed.code))
    };
    let on_the_way = made
        .schedule
        .terms
        .iter()
        .flat_map(|load| &load.modules)
        .map(|other| &other.code);
    let needed: Vec<String> = on_the_way.filter(needs_it).map(ToString::to_string).collect();
    let goal = made.wish.goal.as_ref();
    let goal = goal.and_then(|goal| made.programmes.iter().find(|programme| programme.code == *goal));
    let rule = goal.and_then(|goal| goal.content.requirement());
    let is_named = rule.is_some_and(|rule| rule.codes().contains(&placed.code));
    let belongs = (is_named || needed.is_empty()).then(|| "gehört zum Zertifikat".to_owned());
    let needed = (!needed.is_empty()).then(|| format!("gebraucht für {}", needed.join(", ")));
    let why: Vec<String> = belongs.into_iter().chain(needed).collect();
    Some(why.join(", "))
}
