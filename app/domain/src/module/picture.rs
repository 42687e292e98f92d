//! The way around a module as a picture: on the left what has to come before, on the right what it opens the way to. Where
//! everything stands, in units of the drawing; the page draws it, and says the same in words.

use std::collections::{BTreeMap, BTreeSet};

use super::code::ModuleCode;
use super::graph::{Requirements, opens};
use super::requirement::Requirement;

/// Width and height of a box.
pub const BOX: (u32, u32) = (104, 36);
/// From the left edge of a column to that of the next, and from the upper edge of a row to that of the next.
const STEP: (u32, u32) = (156, 52);
/// Around everything.
const MARGIN: u32 = 6;
/// Modules in a picture; a larger one is not drawn.
pub const BOXES_MAX: usize = 40;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Where each module stands: its upper left corner.
    pub boxes: Vec<(ModuleCode, u32, u32)>,
    /// What leads to what.
    pub lines: Vec<Line>,
}

/// A line from a module to one that requires it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it begins: the middle of the right edge of a box.
    pub from: (u32, u32),
    /// Where it ends: the middle of the left edge of a box.
    pub to: (u32, u32),
    /// Whether there is a choice: others would do, too.
    pub is_choice: bool,
}

/// The way around a module. Nothing, if nothing comes before it and nothing behind, or if there is too much to draw.
#[must_use]
pub fn picture(all: &Requirements, code: &ModuleCode) -> Option<Picture> {
    let mut shown = before(all, code);
    shown.extend(opens(all, code));
    shown.insert(code.clone());
    if shown.len() < 2 || shown.len() > BOXES_MAX {
        return None;
    }
    let needs = |code: &ModuleCode| all.get(code).and_then(Option::as_ref);
    let places = places(&shown, needs);
    let left = |place: &(u32, u32)| MARGIN + place.0 * STEP.0;
    let top = |place: &(u32, u32)| MARGIN + place.1 * STEP.1;
    let mut lines = Vec::new();
    for (behind, place) in &places {
        let Some(requirement) = needs(behind) else {
            continue;
        };
        for (needed, is_choice) in named(requirement, false) {
            if let Some(from) = places.get(needed) {
                lines.push(Line {
                    from: (left(from) + BOX.0, top(from) + BOX.1 / 2),
                    to: (left(place), top(place) + BOX.1 / 2),
                    is_choice,
                });
            }
        }
    }
    let columns = places.values().map(|place| place.0).max().unwrap_or(0);
    let rows = places.values().map(|place| place.1).max().unwrap_or(0);
    Some(Picture {
        width: 2 * MARGIN + columns * STEP.0 + BOX.0,
        height: 2 * MARGIN + rows * STEP.1 + BOX.1,
        boxes: places
            .iter()
            .map(|(code, place)| (code.clone(), left(place), top(place)))
            .collect(),
        lines,
    })
}

/// Everything that comes before a module, whether there is a choice or not.
fn before(all: &Requirements, code: &ModuleCode) -> BTreeSet<ModuleCode> {
    let mut found = BTreeSet::new();
    let mut open = vec![code];
    while let Some(code) = open.pop() {
        let needs = all.get(code).and_then(Option::as_ref).map(Requirement::codes);
        for needed in needs.into_iter().flatten() {
            if found.insert(needed.clone()) {
                open.push(needed);
            }
        }
    }
    found
}

/// Column and row of each module: it stands to the right of everything that it requires.
fn places<'a>(
    shown: &BTreeSet<ModuleCode>,
    needs: impl Fn(&ModuleCode) -> Option<&'a Requirement>,
) -> BTreeMap<ModuleCode, (u32, u32)> {
    let mut columns: BTreeMap<&ModuleCode, u32> = shown.iter().map(|code| (code, 0)).collect();
    // As often as there are modules: then also the longest way is at its end, and a circle does no harm.
    for _ in shown {
        for code in shown {
            let codes = needs(code).map(Requirement::codes).unwrap_or_default();
            let behind = codes.into_iter().filter_map(|needed| columns.get(needed)).max();
            if let Some(column) = behind.map(|column| column + 1) {
                let most = u32::try_from(shown.len()).unwrap_or(u32::MAX);
                columns.insert(code, column.min(most));
            }
        }
    }
    let mut rows: BTreeMap<u32, u32> = BTreeMap::new();
    let mut place = |column: u32| {
        let row = rows.entry(column).or_insert(0);
        *row += 1;
        (column, *row - 1)
    };
    columns
        .into_iter()
        .map(|(code, column)| (code.clone(), place(column)))
        .collect()
}

/// The codes that a requirement names, and whether another one would do as well.
fn named(requirement: &Requirement, is_choice: bool) -> Vec<(&ModuleCode, bool)> {
    match requirement {
        Requirement::Module(code) => vec![(code, is_choice)],
        Requirement::All(parts) => parts.iter().flat_map(|part| named(part, is_choice)).collect(),
        Requirement::Any(parts) | Requirement::Some(_, parts) => {
            parts.iter().flat_map(|part| named(part, true)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> ModuleCode {
        ModuleCode::parse(text).unwrap()
    }

    fn catalogue(lines: &[(&str, &str)]) -> Requirements {
        let one = |(name, needs): &(&str, &str)| (code(name), Requirement::parse(needs).ok());
        lines.iter().map(one).collect()
    }

    #[test]
    fn what_is_required_stands_to_the_left_and_a_choice_is_marked() {
        let all = catalogue(&[
            ("B01", "A01 und (C01 oder D01)"),
            ("A01", ""),
            ("C01", "A01"),
            ("D01", ""),
            ("E01", "B01"),
        ]);
        let picture = picture(&all, &code("B01")).unwrap();
        let left = |name: &str| {
            picture
                .boxes
                .iter()
                .find(|(one, ..)| *one == code(name))
                .unwrap()
                .1
        };
        assert!(left("A01") < left("C01") && left("C01") < left("B01") && left("B01") < left("E01"));
        assert_eq!(left("A01"), left("D01"));
        assert_eq!(picture.lines.iter().filter(|line| line.is_choice).count(), 2);
        assert_eq!(picture.boxes.len(), 5);
        // Everything lies inside, no two boxes on the same place, and every line goes to the right.
        let corners: BTreeSet<_> = picture.boxes.iter().map(|(_, x, y)| (x, y)).collect();
        assert_eq!(corners.len(), picture.boxes.len());
        assert!(
            picture
                .boxes
                .iter()
                .all(|(_, x, y)| x + BOX.0 <= picture.width && y + BOX.1 <= picture.height)
        );
        assert!(picture.lines.iter().all(|line| line.from.0 < line.to.0));
    }

    #[test]
    fn a_module_that_stands_alone_has_no_picture_and_a_circle_does_no_harm() {
        assert_eq!(picture(&catalogue(&[("A01", "")]), &code("A01")), None);
        let circle = catalogue(&[("A01", "B01"), ("B01", "A01")]);
        assert_eq!(picture(&circle, &code("A01")).unwrap().boxes.len(), 2);
    }
}
