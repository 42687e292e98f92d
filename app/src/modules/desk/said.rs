//! Fields in words.

use domain::german::count;
use domain::module::field::{Field, Takes};
use domain::module::{Content, Requirement};
use store::modules::{Listed, ModuleRow};

use crate::modules::dto::Piece;

/// Names of the institutions that answer for a module.
pub fn by(module: &ModuleRow) -> String {
    let names: Vec<_> = module.owners.iter().map(|(_, name)| name.as_str()).collect();
    names.join(" und ")
}

/// Hours, credit points, mode and fee in one line.
pub fn at_a_glance(content: &Content) -> String {
    let [hours, ects] = work(content);
    joined([hours, ects, content.shown(Field::Mode), fee(content)], " · ")
}

/// All the hours, and the credit points if there are any.
pub fn effort(content: &Content) -> String {
    joined(work(content), ", ")
}

/// The hours, and the credit points.
fn work(content: &Content) -> [String; 2] {
    let hours = count(content.hours(), "Stunde", "Stunden");
    let ects = match content.get(Field::Ects) {
        "" => String::new(),
        ects => format!("{ects}\u{a0}ECTS"),
    };
    [hours, ects]
}

fn joined<const PARTS: usize>(parts: [String; PARTS], between: &str) -> String {
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(between)
}

/// What it costs.
pub fn fee(content: &Content) -> String {
    match content.get(Field::Fee) {
        "" => String::new(),
        "0" => "kostenfrei".to_owned(),
        fee => format!("{fee}\u{a0}Euro"),
    }
}

/// The lines of a field, as people read them. Nothing stands in it: no line.
pub fn lines(content: &Content, field: Field) -> Vec<String> {
    if !content.has(field) {
        return Vec::new();
    }
    match field.facts().takes {
        Takes::Outcomes => content.outcomes().into_iter().map(outcome).collect(),
        Takes::Entries(..) | Takes::Exam => content.lines(field).map(str::to_owned).collect(),
        _ if field == Field::Contents => content.lines(field).map(str::to_owned).collect(),
        _ if field == Field::Fee => vec![fee(content)],
        _ => vec![content.shown(field)],
    }
}

fn outcome(outcome: domain::module::LearningOutcome) -> String {
    let areas: Vec<_> = outcome.areas.iter().map(|area| area.key).collect();
    let areas = if areas.is_empty() {
        String::new()
    } else {
        format!(" ({})", areas.join(", "))
    };
    format!(
        "L{} · {}: {}{areas}",
        outcome.number,
        outcome.depth.label(),
        outcome.text
    )
}

/// What is required, with the titles of modules that are there.
pub fn requirement(
    requirement: &Requirement,
    title: &impl Fn(&domain::module::ModuleCode) -> Option<String>,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    write(requirement, title, false, &mut pieces);
    pieces
}

fn words(text: impl Into<String>) -> Piece {
    Piece {
        text: text.into(),
        path: None,
    }
}

fn write(
    requirement: &Requirement,
    title: &impl Fn(&domain::module::ModuleCode) -> Option<String>,
    is_inside: bool,
    pieces: &mut Vec<Piece>,
) {
    let (parts, between) = match requirement {
        Requirement::Module(code) => {
            pieces.push(match title(code) {
                Some(title) => Piece {
                    text: format!("{code} {title}"),
                    path: Some(format!("/module/{code}")),
                },
                None => words(code.to_string()),
            });
            return;
        }
        Requirement::Some(count, parts) => {
            pieces.push(words(format!("{count} von diesen: ")));
            (parts, "; ")
        }
        Requirement::All(parts) => (parts, " und "),
        Requirement::Any(parts) => (parts, " oder "),
    };
    let is_closed = is_inside && between != "; ";
    pieces.extend(is_closed.then(|| words("(")));
    for (place, part) in parts.iter().enumerate() {
        pieces.extend((place > 0).then(|| words(between)));
        write(part, title, true, pieces);
    }
    pieces.extend(is_closed.then(|| words(")")));
}

/// A module in the list.
pub fn title(listed: &Listed) -> String {
    listed.version.content.get(Field::Title).to_owned()
}
