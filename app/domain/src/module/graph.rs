//! What leads to what: which modules can be reached at all, and what one of them opens.

use std::collections::{BTreeMap, BTreeSet};

use super::code::ModuleCode;
use super::requirement::Requirement;

/// What each module requires; nothing: it can be begun at once.
pub type Requirements = BTreeMap<ModuleCode, Option<Requirement>>;

/// Modules that nobody could ever begin, because each waits for another of them or for one that is not there. Where one can
/// choose, one way is enough.
#[must_use]
pub fn unreachable(all: &Requirements) -> BTreeSet<ModuleCode> {
    let mut reached: BTreeSet<&ModuleCode> = BTreeSet::new();
    loop {
        let before = reached.len();
        for (code, requirement) in all {
            let is_met = |requirement: &Requirement| requirement.is_met(&|code| reached.contains(code));
            if !reached.contains(code) && requirement.as_ref().is_none_or(is_met) {
                reached.insert(code);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    all.keys()
        .filter(|code| !reached.contains(code))
        .cloned()
        .collect()
}

/// A circle in which this module waits for itself, from it and back to it: `A → B → A`. Nothing, if it can be reached, or if
/// it waits for something that is not there.
#[must_use]
pub fn circle(all: &Requirements, start: &ModuleCode) -> Option<Vec<ModuleCode>> {
    let stuck = unreachable(all);
    if !stuck.contains(start) {
        return None;
    }
    let mut came_from: BTreeMap<&ModuleCode, &ModuleCode> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(code) = queue.pop_front() {
        let needs = all.get(code).and_then(Option::as_ref).map(Requirement::codes);
        for needed in needs
            .into_iter()
            .flatten()
            .filter(|needed| stuck.contains(*needed))
        {
            if needed == start {
                let mut circle = vec![start.clone(), code.clone()];
                let mut at = code;
                while let Some(before) = came_from.get(at) {
                    circle.push((*before).clone());
                    at = before;
                }
                if at != start || code == start {
                    circle = vec![start.clone(), start.clone()];
                }
                circle.reverse();
                return Some(circle);
            }
            if !came_from.contains_key(needed) {
                came_from.insert(needed, code);
                queue.push_back(needed);
            }
        }
    }
    None
}

/// Modules that name this one in what they require: what it opens the way to.
#[must_use]
pub fn opens(all: &Requirements, code: &ModuleCode) -> Vec<ModuleCode> {
    let names = |requirement: &Requirement| requirement.codes().contains(code);
    all.iter()
        .filter(|(_, requirement)| requirement.as_ref().is_some_and(names))
        .map(|(code, _)| code.clone())
        .collect()
}

/// How many steps lead to each module, at least: 0 for those that can be begun at once. Those that cannot be reached have
/// none.
#[must_use]
pub fn steps(all: &Requirements) -> BTreeMap<ModuleCode, u32> {
    let mut steps: BTreeMap<ModuleCode, u32> = BTreeMap::new();
    for step in 0.. {
        let is_met = |requirement: &Requirement| requirement.is_met(&|code| steps.contains_key(code));
        let next: Vec<ModuleCode> = all
            .iter()
            .filter(|(code, requirement)| {
                !steps.contains_key(*code) && requirement.as_ref().is_none_or(is_met)
            })
            .map(|(code, _)| code.clone())
            .collect();
        if next.is_empty() {
            break;
        }
        steps.extend(next.into_iter().map(|code| (code, step)));
    }
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> ModuleCode {
        ModuleCode::parse(text).unwrap()
    }

    fn all(modules: &[(&str, &str)]) -> Requirements {
        modules
            .iter()
            .map(|(name, requires)| (code(name), Requirement::parse(requires).ok()))
            .collect()
    }

    fn said(circle: Option<Vec<ModuleCode>>) -> Option<String> {
        circle.map(|circle| {
            circle
                .iter()
                .map(ModuleCode::as_str)
                .collect::<Vec<_>>()
                .join(" → ")
        })
    }

    #[test]
    fn circles_are_named_short_and_long() {
        let itself = all(&[("MZ1", ""), ("MA1", "MA1")]);
        assert_eq!(said(circle(&itself, &code("MA1"))).unwrap(), "MA1 → MA1");
        let two = all(&[("MA1", "MB1"), ("MB1", "MA1")]);
        assert_eq!(said(circle(&two, &code("MA1"))).unwrap(), "MA1 → MB1 → MA1");
        let long = all(&[
            ("MA1", "MB1"),
            ("MB1", "MC1 und MD1"),
            ("MC1", "MA1"),
            ("MD1", ""),
        ]);
        assert_eq!(
            said(circle(&long, &code("MA1"))).unwrap(),
            "MA1 → MB1 → MC1 → MA1"
        );
        assert_eq!(circle(&long, &code("MD1")), None);
    }

    #[test]
    fn where_one_can_choose_there_is_no_circle() {
        let choice = all(&[("MA1", "MB1 oder MC1"), ("MB1", "MA1"), ("MC1", "")]);
        assert!(unreachable(&choice).is_empty());
        let steps = steps(&choice);
        assert_eq!(
            (steps[&code("MC1")], steps[&code("MA1")], steps[&code("MB1")]),
            (0, 1, 2)
        );
        assert_eq!(opens(&choice, &code("MA1")), [code("MB1")]);
        let missing = all(&[("MA1", "MX9")]);
        assert_eq!(
            (unreachable(&missing).len(), circle(&missing, &code("MA1"))),
            (1, None)
        );
    }

    proptest! {
        /// Whatever requires whatever: what can be reached can be passed in the order of its steps, and who is in a circle is
        /// never reached.
        #[test]
        fn steps_are_an_order_in_which_everything_can_be_passed(
            edges in proptest::collection::vec((0_usize..7, 0_usize..7, 0_usize..7, 0_usize..4), 0..12),
        ) {
            let names: Vec<String> = (0..7).map(|number| format!("M-{number}")).collect();
            let mut modules: Requirements = names.iter().map(|name| (code(name), None)).collect();
            for (module, one, other, kind) in edges {
                let (one, other) = (&names[one], &names[other]);
                let requires = match kind {
                    0 => one.clone(),
                    1 => format!("{one} und {other}"),
                    2 => format!("{one} oder {other}"),
                    _ => format!("2 von ({one}, {other}, M-0)"),
                };
                modules.insert(code(&names[module]), Requirement::parse(&requires).ok());
            }
            let steps = steps(&modules);
            let stuck = unreachable(&modules);
            for (module, requirement) in &modules {
                prop_assert_eq!(steps.contains_key(module), !stuck.contains(module));
                if let (Some(step), Some(requirement)) = (steps.get(module), requirement) {
                    let earlier = |code: &ModuleCode| steps.get(code).is_some_and(|other| other < step);
                    prop_assert!(requirement.is_met(&earlier));
                }
                if let Some(circle) = circle(&modules, module) {
                    prop_assert!(stuck.contains(module));
                    prop_assert_eq!((circle.first(), circle.last()), (Some(module), Some(module)));
                    for pair in circle.windows(2) {
                        let requirement = modules[&pair[0]].as_ref().unwrap();
                        prop_assert!(requirement.codes().contains(&pair[1]), "{:?}", circle);
                    }
                }
            }
        }
    }
}
