//! Plans for catalogues of all shapes: nothing chosen is lost, nothing comes before what it requires, and no way is shorter.
#![expect(clippy::unwrap_used, reason = "a catalogue that cannot be made has failed")]

use std::collections::{BTreeMap, BTreeSet};

use domain::module::{ModuleCode, Requirement};
use domain::plan::schedule::STUDY_WEEKS;
use domain::plan::{Conflict, Frequency, Offer, Offers, Schedule, Term, Wish, schedule, shortest};
use proptest::collection::vec;
use proptest::prelude::*;

type Codes = BTreeSet<ModuleCode>;

fn code(number: usize) -> ModuleCode {
    ModuleCode::parse(&format!("M{number:02}")).unwrap()
}

fn summer() -> Term {
    Term::new(2027, false)
}

/// One module: hours, weeks, how often, and what of the modules before it is needed.
type Shape = (u32, u32, usize, u8, Vec<usize>);

fn shape() -> impl Strategy<Value = Shape> {
    (
        10_u32..240,
        1_u32..40,
        0_usize..5,
        0_u8..4,
        vec(any::<usize>(), 0..4),
    )
}

fn requirement(kind: u8, named: &[usize], before: usize) -> Option<Requirement> {
    let codes: Codes = named
        .iter()
        .filter(|_| before > 0)
        .map(|number| code(number % before))
        .collect();
    let mut parts: Vec<Requirement> = codes.into_iter().map(Requirement::Module).collect();
    match (parts.len(), kind) {
        (0, _) => None,
        (1, _) => parts.pop(),
        (_, 0) => Some(Requirement::All(parts)),
        (_, 1) => Some(Requirement::Any(parts)),
        (2, _) => Some(Requirement::All(parts)),
        (many, _) => Some(Requirement::Some(many - 1, parts)),
    }
}

fn catalogue(shapes: &[Shape]) -> Offers {
    let often = [
        Frequency::EachTerm,
        Frequency::Winter,
        Frequency::Summer,
        Frequency::Yearly,
        Frequency::OnDemand,
    ];
    let offer = |(number, (hours, weeks, frequency, kind, named)): (usize, &Shape)| {
        let offer = Offer {
            hours: *hours,
            weeks: *weeks,
            frequency: often[*frequency],
            requirement: requirement(*kind, named, number),
            together: if *kind == 3 && number > 0 {
                vec![Requirement::Module(code(number - 1))]
            } else {
                Vec::new()
            },
            dated: BTreeSet::new(),
            next: Term::new(2020, false),
        };
        (code(number), offer)
    };
    shapes.iter().enumerate().map(offer).collect()
}

fn some_of(marks: &[bool], offers: &Offers) -> Codes {
    let marked = offers.keys().zip(marks).filter(|(_, mark)| **mark);
    marked.map(|(code, _)| code.clone()).collect()
}

fn hours(set: &Codes, offers: &Offers) -> u32 {
    set.iter().map(|code| offers[code].hours).sum()
}

fn is_enough(set: &Codes, passed: &Codes, offers: &Offers) -> bool {
    let has = |code: &ModuleCode| set.contains(code) || passed.contains(code);
    set.iter().all(|code| {
        let offer = &offers[code];
        let mut needs = offer.requirement.iter().chain(&offer.together);
        needs.all(|requirement| requirement.is_met(&has))
    })
}

fn wish(chosen: BTreeMap<ModuleCode, Option<Term>>, passed: Codes, hours_a_week: u32) -> Wish {
    Wish {
        goal: None,
        chosen,
        passed,
        hours_a_week,
        from: summer(),
    }
}

fn begins(plan: &Schedule) -> BTreeMap<ModuleCode, Term> {
    let mut begins = BTreeMap::new();
    for load in &plan.terms {
        for placed in load.modules.iter().filter(|placed| !placed.goes_on) {
            begins.insert(placed.code.clone(), load.term);
        }
    }
    begins
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_way_is_shorter(shapes in vec(shape(), 1..9), marks in vec(any::<bool>(), 9), done in vec(any::<bool>(), 9)) {
        let offers = catalogue(&shapes);
        let (chosen, passed) = (some_of(&marks, &offers), some_of(&done, &offers));
        let way = shortest(None, &chosen, &passed, &offers);
        prop_assert!(way.is_complete);
        prop_assert!(is_enough(&way.modules, &passed, &offers));
        prop_assert!(chosen.difference(&passed).all(|code| way.modules.contains(code)));
        // Every set there is.
        let all: Vec<&ModuleCode> = offers.keys().collect();
        let best = (0..1_u32 << all.len())
            .map(|bits| -> Codes {
                let inside = all.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1);
                inside.map(|(_, code)| (*code).clone()).collect()
            })
            .filter(|set| chosen.difference(&passed).all(|code| set.contains(code)))
            .filter(|set| is_enough(set, &passed, &offers))
            .map(|set| hours(&set, &offers))
            .min();
        prop_assert_eq!(Some(hours(&way.modules, &offers)), best);
    }

    #[test]
    fn nothing_comes_before_what_it_requires(
        shapes in vec(shape(), 1..14),
        marks in vec(any::<bool>(), 14),
        done in vec(prop::bool::weighted(0.2), 14),
        hours_a_week in 1_u32..20,
    ) {
        let offers = catalogue(&shapes);
        let (chosen, passed) = (some_of(&marks, &offers), some_of(&done, &offers));
        let chosen: BTreeMap<_, _> = chosen.into_iter().map(|code| (code, None)).collect();
        let plan = schedule(&wish(chosen.clone(), passed.clone(), hours_a_week), None, &offers);
        let begins = begins(&plan);
        for (code, begin) in &begins {
            let offer = &offers[code];
            let is_done = |other: &ModuleCode| {
                passed.contains(other)
                    || begins.get(other).is_some_and(|began| began.later(offers[other].terms()) <= *begin)
            };
            prop_assert!(offer.requirement.as_ref().is_none_or(|requirement| requirement.is_met(&is_done)), "{code}");
            prop_assert!(offer.begins_in(*begin) && *begin >= summer());
            for other in offer.together.iter().flat_map(Requirement::codes) {
                prop_assert!(passed.contains(other) || begins.get(other) == Some(begin), "{code} with {other}");
            }
        }
        // What was chosen has a semester, or it is said that it has none.
        for code in chosen.keys().filter(|code| !passed.contains(*code)) {
            prop_assert!(begins.contains_key(code) != plan.homeless.contains(code));
            prop_assert!(begins.contains_key(code) || plan.conflicts.contains(&Conflict::Nowhere(code.clone())));
        }
        // A semester has more work than there are hours only for one module, or for those that belong together.
        for load in &plan.terms {
            let work: u32 = load.modules.iter().map(|placed| {
                let offer = &offers[&placed.code];
                offer.hours.div_ceil(u32::try_from(offer.terms()).unwrap())
            }).sum();
            // Also over one that is over already: what began together may last for different times.
            let belong = |one: &ModuleCode, other: &ModuleCode| {
                let asks = |asking: &ModuleCode, for_it: &ModuleCode| {
                    offers[asking].together.iter().any(|needs| needs.codes().contains(&for_it))
                };
                asks(one, other) || asks(other, one)
            };
            let mut group: Codes = load.modules.iter().take(1).map(|placed| placed.code.clone()).collect();
            loop {
                let more = begins.keys().find(|code| {
                    !group.contains(*code) && group.iter().any(|member| belong(member, code))
                });
                match more {
                    Some(code) => group.insert(code.clone()),
                    None => break,
                };
            }
            let belong_together = load.modules.iter().all(|placed| group.contains(&placed.code));
            prop_assert!(work <= hours_a_week * STUDY_WEEKS || belong_together);
            prop_assert_eq!(load.hours_a_week, work.div_ceil(STUDY_WEEKS));
        }
    }

    #[test]
    fn what_was_fixed_stays_and_what_does_not_fit_is_said(
        shapes in vec(shape(), 1..10),
        fixed in vec(prop::option::of(0_usize..6), 10),
    ) {
        let offers = catalogue(&shapes);
        let early = Term::new(2026, true);
        let chosen: BTreeMap<ModuleCode, Option<Term>> = offers
            .keys()
            .zip(&fixed)
            .filter_map(|(code, later)| Some((code.clone(), Some(early.later((*later)?)))))
            .collect();
        let plan = schedule(&wish(chosen.clone(), Codes::new(), 8), None, &offers);
        let begins = begins(&plan);
        for (code, term) in &chosen {
            prop_assert_eq!(begins.get(code), term.as_ref());
            let term = term.unwrap();
            let offer = &offers[code];
            let is_done = |other: &ModuleCode| {
                begins.get(other).is_some_and(|began| began.later(offers[other].terms()) <= term)
            };
            let is_open = offer.requirement.as_ref().is_none_or(|requirement| requirement.is_met(&is_done));
            let said = |conflict: &Conflict| plan.conflicts.contains(conflict);
            let too_early = offer.requirement.clone().map(|needs| Conflict::TooEarly(code.clone(), needs));
            prop_assert_eq!(too_early.is_some_and(|conflict| said(&conflict)), !is_open);
            prop_assert_eq!(said(&Conflict::Over(code.clone(), term)), term < summer());
            let not_then = term >= summer() && !offer.begins_in(term);
            prop_assert_eq!(said(&Conflict::NotThen(code.clone(), term)), not_then);
        }
    }
}

#[test]
fn a_goal_that_cannot_be_reached_is_said_and_what_was_chosen_stays() {
    let offers = catalogue(&[(100, 10, 0, 0, Vec::new())]);
    let goal = Requirement::parse("M00 und X99").unwrap();
    let plan = schedule(
        &wish(BTreeMap::from([(code(0), None)]), Codes::new(), 8),
        Some(&goal),
        &offers,
    );
    assert_eq!(plan.conflicts, [Conflict::OutOfReach]);
    assert_eq!(begins(&plan), BTreeMap::from([(code(0), summer())]));
}

#[test]
fn a_module_that_is_gone_keeps_its_line() {
    let plan = schedule(
        &wish(BTreeMap::from([(code(7), None)]), Codes::new(), 8),
        None,
        &Offers::new(),
    );
    assert_eq!(plan.homeless, [code(7)]);
    assert_eq!(plan.conflicts, [Conflict::Gone(code(7))]);
}

#[test]
fn more_hours_a_week_end_it_earlier() {
    let offers = catalogue(&[
        (160, 12, 0, 0, vec![]),
        (160, 12, 0, 0, vec![]),
        (160, 12, 0, 0, vec![]),
    ]);
    let chosen: BTreeMap<_, _> = (0..3).map(|number| (code(number), None)).collect();
    let finish = |hours| schedule(&wish(chosen.clone(), Codes::new(), hours), None, &offers).finish();
    assert_eq!(finish(8), Some(summer().later(2)));
    assert_eq!(finish(16), Some(summer().later(1)));
    assert_eq!(finish(24), Some(summer()));
}
