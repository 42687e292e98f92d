//! Fields in words.

use domain::german::count;
use domain::module::exam::{self, ExamPart};
use domain::module::field::{Field, Takes};
use domain::module::{Content, Requirement};
use store::modules::{Listed, ModuleRow};

use crate::modules::dto::Piece;

/// Between facts in a line: where it breaks, the dot stays with the word before it.
const DOT: &str = "\u{a0}· ";

/// Names of the institutions that answer for a module.
pub fn by(module: &ModuleRow) -> String {
    let names: Vec<_> = module.owners.iter().map(|(_, name)| name.as_str()).collect();
    names.join(" und ")
}

/// Hours, credit points, mode and fee in one line.
pub fn at_a_glance(content: &Content) -> String {
    let [hours, ects] = work(content);
    joined([hours, ects, content.shown(Field::Mode), fee(content)], DOT)
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

/// The label of a field beside its lines: these say their unit themselves.
pub fn label(field: Field) -> &'static str {
    match field {
        Field::Fee => "Gebühr",
        Field::Attendance => "Anwesenheit",
        _ => field.facts().label,
    }
}

/// The lines of a field, as people read them. Nothing stands in it: no line.
pub fn lines(content: &Content, field: Field) -> Vec<String> {
    if !content.has(field) {
        return Vec::new();
    }
    match field.facts().takes {
        Takes::Outcomes => content.outcomes().into_iter().map(outcome).collect(),
        Takes::Exam => exam(content),
        Takes::Entries(..) => content.lines(field).map(str::to_owned).collect(),
        _ if field == Field::Contents => content.lines(field).map(str::to_owned).collect(),
        _ if field == Field::Fee => vec![fee(content)],
        _ if field == Field::Attendance => vec![format!("{}\u{a0}%", content.get(field))],
        _ => vec![content.shown(field)],
    }
}

/// The parts of the examination. Of only one nobody asks for its share.
fn exam(content: &Content) -> Vec<String> {
    match content.exam().as_slice() {
        [only] => vec![exam::write(&[ExamPart {
            share: None,
            ..only.clone()
        }])],
        _ => content.lines(Field::Exam).map(str::to_owned).collect(),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn said(field: Field, typed: &str) -> (&'static str, Vec<String>) {
        let mut content = Content::default();
        content.write(field, typed).unwrap();
        (label(field), lines(&content, field))
    }

    #[test]
    fn no_line_of_facts_begins_with_a_dot() {
        let mut content = Content::default();
        for (field, typed) in [
            (Field::HoursAlone, "90"),
            (Field::Mode, "online"),
            (Field::Fee, "0"),
        ] {
            content.write(field, typed).unwrap();
        }
        assert_eq!(
            at_a_glance(&content),
            "90\u{a0}Stunden\u{a0}· online\u{a0}· kostenfrei"
        );
    }

    #[test]
    fn a_unit_is_said_once_and_a_share_only_where_there_are_several() {
        let one = |line: &str| vec![line.to_owned()];
        assert_eq!(said(Field::Fee, "240"), ("Gebühr", one("240\u{a0}Euro")));
        assert_eq!(said(Field::Attendance, "75"), ("Anwesenheit", one("75\u{a0}%")));
        let (_, only) = said(Field::Exam, "Falldarstellung; 6 Seiten; 100 %");
        assert_eq!(only, one("Falldarstellung; 6 Seiten"));
        let (_, several) = said(
            Field::Exam,
            "Klausur; 90 Minuten; 60 %\nReferat; 20 Minuten; 40 %",
        );
        assert_eq!(
            several.first().map(String::as_str),
            Some("Klausur; 90 Minuten; 60 %")
        );
    }
}
