//! What a table would do to the catalogue, row by row and cell by cell, before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Line, compare};
use crate::ids::OrganisationId;
use crate::module::field::Field;
use crate::module::review::State;
use crate::module::{Content, MODULES_MAX, ModuleCode};
use crate::organisation::OrganisationName;

/// A module of the catalogue, as far as a table asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// How far its newest version is.
    pub state: State,
    /// What that says.
    pub content: Content,
    /// Who answers for it.
    pub owners: BTreeSet<OrganisationId>,
}

/// The catalogue, by short name.
pub type Catalogue = BTreeMap<ModuleCode, Known>;

/// For whom somebody brings a table.
#[derive(Clone, Debug, Default)]
pub struct Bearer {
    /// The institutions for which new modules can be made: id and name.
    pub institutions: Vec<(OrganisationId, String)>,
    /// Whether every module can be changed, also of institutions that are not named.
    pub may_all: bool,
}

impl Bearer {
    fn works_for(&self, known: &Known) -> bool {
        self.may_all || self.institutions.iter().any(|(id, _)| known.owners.contains(id))
    }
}

/// Where a row goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into the module that is there.
    Into(ModuleCode),
    /// Into a new one, of this institution.
    New(ModuleCode, OrganisationId),
    /// Nowhere.
    Nowhere(Misplaced),
}

/// Why a row goes nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// This is no short name.
    NotACode(String),
    /// The module stands in a row above.
    Twice(ModuleCode),
    /// The version is being looked at: it is taken back first.
    BeingReviewed(ModuleCode),
    /// The module belongs to others.
    NotYours(ModuleCode),
    /// A new module, of no institution that is known.
    NoInstitution(ModuleCode, String),
    /// A new module, and the catalogue is full ([`MODULES_MAX`]).
    NoRoom(ModuleCode),
}

/// A row of a table, and what it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file.
    pub number: usize,
    /// Where it goes.
    pub target: Target,
    /// What each cell would do.
    pub cells: Vec<(Field, Finding)>,
}

/// What a table would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DryRun {
    /// The rows.
    pub rows: Vec<Row>,
    /// Modules that the table does not name. They stay as they are.
    pub missing: Vec<ModuleCode>,
}

/// How much a table would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Cells that fill an empty field.
    pub new: usize,
    /// Cells that put something else in its place.
    pub changed: usize,
    /// Cells that say what stands there.
    pub same: usize,
    /// Cells and rows that are wrong.
    pub wrong: usize,
    /// Modules that would be written.
    pub modules: usize,
}

/// What is to be written into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which field.
    pub field: Field,
    /// What stood there when it was looked at; nothing is written over anything else.
    pub before: String,
    /// What is to stand there.
    pub after: String,
}

/// What is to be written into one module.
pub type Writing = (Target, Vec<Change>);

impl DryRun {
    /// What these lines would do to a catalogue.
    #[must_use]
    pub fn of(lines: &[Line], catalogue: &Catalogue, bearer: &Bearer) -> Self {
        let named: BTreeSet<&ModuleCode> = lines.iter().filter_map(|line| line.code.as_ref().ok()).collect();
        let mut rows: Vec<Row> = lines.iter().map(|line| row(line, catalogue, bearer)).collect();
        refuse_beyond((MODULES_MAX as usize).saturating_sub(catalogue.len()), &mut rows);
        Self {
            rows,
            missing: catalogue
                .iter()
                .filter(|(code, known)| !named.contains(code) && bearer.works_for(known))
                .map(|(code, _)| code.clone())
                .collect(),
        }
    }

    /// How much it would do.
    #[must_use]
    pub fn sum(&self) -> Sum {
        let mut sum = Sum::default();
        for row in &self.rows {
            sum.wrong += usize::from(matches!(row.target, Target::Nowhere(_)));
            for (_, finding) in &row.cells {
                match finding {
                    Finding::Same => sum.same += 1,
                    Finding::New(_) => sum.new += 1,
                    Finding::Changed { .. } => sum.changed += 1,
                    Finding::Wrong(_) => sum.wrong += 1,
                }
            }
        }
        sum.modules = self.writings().len();
        sum
    }

    /// What is to be written; a module of which nothing changes is left out.
    #[must_use]
    pub fn writings(&self) -> Vec<Writing> {
        let writing = |row: &Row| {
            let change = |(field, finding): &(Field, Finding)| {
                let (before, after) = match finding {
                    Finding::New(after) => (String::new(), after.clone()),
                    Finding::Changed { before, after } => (before.clone(), after.clone()),
                    Finding::Same | Finding::Wrong(_) => return None,
                };
                let field = *field;
                Some(Change { field, before, after })
            };
            let fields: Vec<Change> = row.cells.iter().filter_map(change).collect();
            match &row.target {
                Target::Nowhere(_) => None,
                Target::Into(_) if fields.is_empty() => None,
                target => Some((target.clone(), fields)),
            }
        };
        self.rows.iter().filter_map(writing).collect()
    }
}

/// New modules for which there is no room go nowhere.
fn refuse_beyond(room: usize, rows: &mut [Row]) {
    let new = rows.iter_mut().map(|row| &mut row.target);
    for target in new.filter(|target| matches!(target, Target::New(..))).skip(room) {
        if let Target::New(code, _) = target {
            *target = Target::Nowhere(Misplaced::NoRoom(code.clone()));
        }
    }
}

fn row(line: &Line, catalogue: &Catalogue, bearer: &Bearer) -> Row {
    let known = line.code.as_ref().ok().and_then(|code| catalogue.get(code));
    let nothing = Content::default();
    let stands = known.map_or(&nothing, |known| &known.content);
    let cells: Vec<(Field, Finding)> = line
        .cells
        .iter()
        .map(|(field, cell)| (*field, compare(*field, stands.get(*field), cell)))
        .collect();
    let target = target(line, known, &cells, bearer);
    // Nothing of a module of others is told, however often it stands in the table.
    let is_told = known.is_none_or(|known| bearer.works_for(known));
    let cells = if is_told { cells } else { Vec::new() };
    Row {
        number: line.number,
        target,
        cells,
    }
}

fn target(line: &Line, known: Option<&Known>, cells: &[(Field, Finding)], bearer: &Bearer) -> Target {
    let code = match &line.code {
        Err(typed) => return Target::Nowhere(Misplaced::NotACode(typed.clone())),
        Ok(code) if line.is_twice => return Target::Nowhere(Misplaced::Twice(code.clone())),
        Ok(code) => code.clone(),
    };
    match known {
        Some(known) => {
            let changes = cells.iter().any(|(_, finding)| *finding != Finding::Same);
            if !bearer.works_for(known) {
                Target::Nowhere(Misplaced::NotYours(code))
            } else if changes && matches!(known.state, State::InReview | State::Approved) {
                Target::Nowhere(Misplaced::BeingReviewed(code))
            } else {
                Target::Into(code)
            }
        }
        None => {
            let key = |name: &str| OrganisationName::parse(name).ok().map(|name| name.key());
            let wanted = key(&line.institution);
            let found = bearer
                .institutions
                .iter()
                .find(|(_, name)| wanted.is_some() && key(name) == wanted);
            match found {
                Some((id, _)) => Target::New(code, *id),
                None => Target::Nowhere(Misplaced::NoInstitution(code, line.institution.clone())),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::sheet::read;
    use uuid::Uuid;

    fn institution(number: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(number))
    }

    fn catalogue() -> Catalogue {
        let known = |state, owner: u128| {
            let mut content = Content::default();
            content.write(Field::Places, "Dresden").unwrap();
            Known {
                state,
                content,
                owners: [institution(owner)].into(),
            }
        };
        let code = |text: &str| ModuleCode::parse(text).unwrap();
        [
            (code("OWN-1"), known(State::Draft, 1)),
            (code("OWN-2"), known(State::InReview, 1)),
            (code("OWN-3"), known(State::Published, 1)),
            (code("HIS-1"), known(State::Draft, 2)),
        ]
        .into()
    }

    fn runs(rows: &[&[&str]], may_all: bool) -> DryRun {
        runs_on(&catalogue(), rows, may_all)
    }

    fn runs_on(catalogue: &Catalogue, rows: &[&[&str]], may_all: bool) -> DryRun {
        let bearer = Bearer {
            institutions: vec![(institution(1), "Hochschule am Bach".to_owned())],
            may_all,
        };
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect();
        let (_, lines) = read(&rows).unwrap();
        DryRun::of(&lines, catalogue, &bearer)
    }

    const HEAD: &[&str] = &["code", "institution", "places", "weeks"];

    #[test]
    fn every_row_says_where_it_goes_and_every_cell_what_it_does() {
        let run = runs(
            &[
                HEAD,
                &["OWN-1", "", "Leipzig", "12"],
                &["OWN-2", "", "Dresden", ""],
                &["OWN-3", "", "Dresden", "zwölf"],
                &["NEW-1", "hochschule am  bach", "Chemnitz", ""],
            ],
            false,
        );
        let sum = Sum {
            new: 2,
            changed: 1,
            same: 2,
            wrong: 1,
            modules: 2,
        };
        assert_eq!(run.sum(), sum);
        let written = run.writings();
        assert!(
            matches!(&written[1].0, Target::New(code, of) if code.as_str() == "NEW-1" && *of == institution(1))
        );
        assert!(run.missing.is_empty(), "what belongs to others is not missed");
    }

    #[test]
    fn what_cannot_be_placed_is_said_and_nothing_of_others_is_told() {
        let run = runs(
            &[
                HEAD,
                &["?", "", "", ""],
                &["OWN-1", "", "Leipzig", ""],
                &["own-1", "", "Leipzig", ""],
                &["OWN-2", "", "Leipzig", ""],
                &["HIS-1", "", "Leipzig", ""],
                &["NEW-1", "Hochschule Nirgendwo", "Leipzig", ""],
            ],
            false,
        );
        let nowhere: Vec<bool> = run
            .rows
            .iter()
            .map(|row| matches!(row.target, Target::Nowhere(_)))
            .collect();
        assert_eq!(nowhere, [true, false, true, true, true, true]);
        assert!(run.rows[4].cells.is_empty());
        let twice = runs(&[HEAD, &["HIS-1", "", "x", ""], &["HIS-1", "", "x", ""]], false);
        assert!(twice.rows.iter().all(|row| row.cells.is_empty()));
        assert_eq!(
            run.missing.iter().map(ModuleCode::as_str).collect::<Vec<_>>(),
            ["OWN-3"]
        );
        assert!(matches!(
            runs(&[HEAD, &["HIS-1", "", "Leipzig", ""]], true).rows[0].target,
            Target::Into(_)
        ));
    }

    #[test]
    fn more_modules_than_there_is_room_for_go_nowhere() {
        let (_, one) = catalogue().pop_first().unwrap();
        let code = |number| ModuleCode::parse(&format!("FULL-{number}")).unwrap();
        let full: Catalogue = (1..MODULES_MAX)
            .map(|number| (code(number), one.clone()))
            .collect();
        let rows: [&[&str]; 4] = [
            HEAD,
            &["FULL-1", "", "Leipzig", ""],
            &["NEW-1", "Hochschule am Bach", "", ""],
            &["NEW-2", "Hochschule am Bach", "", ""],
        ];
        let run = runs_on(&full, &rows, true);
        let targets: Vec<&Target> = run.rows.iter().map(|row| &row.target).collect();
        assert!(
            matches!(
                targets[..],
                [
                    Target::Into(_),
                    Target::New(..),
                    Target::Nowhere(Misplaced::NoRoom(_))
                ]
            ),
            "{targets:?}"
        );
    }
}
