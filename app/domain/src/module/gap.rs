//! What keeps a version from being published: what is missing, and what contradicts itself.

use super::ModuleCode;
use super::content::Content;
use super::exam::adds_up;
use super::field::{Field, Standard};
use super::graph::{Requirements, circle};

/// Hours of a credit point, at least (MRVO § 8 (1)).
pub const HOURS_PER_CREDIT_MIN: u32 = 25;
/// Hours of a credit point, at most (MRVO § 8 (1)).
pub const HOURS_PER_CREDIT_MAX: u32 = 30;

/// Something that keeps a version from being published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// The field is empty, and is needed.
    Missing(Field),
    /// The hours are fewer or more than the credit points ask for.
    Hours {
        /// All hours.
        hours: u32,
        /// At least this many.
        min: u32,
        /// At most this many.
        max: u32,
    },
    /// No hours at all.
    NoHours,
    /// The shares of the parts of the examination are not 100 percent.
    Shares,
    /// An examination, and none is graded; or the other way round.
    Grading,
    /// Attendance is asked for, and no reason is given.
    AttendanceReason,
    /// The smallest group is not smaller than the largest.
    Group,
    /// It names itself.
    Itself(Field),
    /// There is no such module.
    Unknown(Field, ModuleCode),
    /// It waits for itself, from module to module.
    Circle(Vec<ModuleCode>),
}

impl Gap {
    /// At which field it is mended.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::Missing(field) | Self::Itself(field) | Self::Unknown(field, _) => *field,
            Self::Circle(_) => Field::Requires,
            Self::Hours { .. } => Field::Ects,
            Self::NoHours => Field::HoursContact,
            Self::Shares => Field::Exam,
            Self::Grading => Field::Grading,
            Self::AttendanceReason => Field::AttendanceReason,
            Self::Group => Field::GroupMin,
        }
    }
}

/// Everything that keeps a version of this module from being published, in the order of the fields.
#[must_use]
pub fn gaps(code: &ModuleCode, content: &Content) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Field::ALL
        .iter()
        .filter(|field| field.facts().is_needed && !content.has(**field) && !may_be_missing(content, **field))
        .map(|field| Gap::Missing(*field))
        .collect();
    let hours = content.hours();
    if hours == 0 && content.has(Field::HoursContact) && content.has(Field::HoursAlone) {
        gaps.push(Gap::NoHours);
    }
    if let Some(credits) = content.hundredths(Field::Ects).filter(|_| hours > 0) {
        let min = (credits * HOURS_PER_CREDIT_MIN).div_ceil(100);
        let max = credits * HOURS_PER_CREDIT_MAX / 100;
        if !(min..=max).contains(&hours) {
            gaps.push(Gap::Hours { hours, min, max });
        }
    }
    if !adds_up(&content.exam()) {
        gaps.push(Gap::Shares);
    }
    if content.get(Field::Grading) == "none" && content.has(Field::Exam) {
        gaps.push(Gap::Grading);
    }
    if content.has(Field::Attendance) && !content.has(Field::AttendanceReason) {
        gaps.push(Gap::AttendanceReason);
    }
    if let (Some(min), Some(max)) = (content.number(Field::GroupMin), content.number(Field::GroupMax))
        && min >= max
    {
        gaps.push(Gap::Group);
    }
    if content
        .requirement()
        .is_some_and(|requirement| requirement.codes().contains(code))
    {
        gaps.push(Gap::Itself(Field::Requires));
    }
    for field in [Field::Recommends, Field::Together] {
        if content.codes(field).contains(code) {
            gaps.push(Gap::Itself(field));
        }
    }
    gaps.sort_by_key(Gap::field);
    gaps
}

/// As [`gaps`], with the modules around it and what they require: whether those that it names are there, and whether it
/// waits for itself.
#[must_use]
pub fn gaps_in(code: &ModuleCode, content: &Content, mut all: Requirements) -> Vec<Gap> {
    let mut gaps = gaps(code, content);
    let requirement = content.requirement();
    let required = requirement
        .iter()
        .flat_map(|requirement| requirement.codes())
        .cloned();
    let named = required.map(|other| (Field::Requires, other)).chain(
        [Field::Recommends, Field::Together]
            .into_iter()
            .flat_map(|field| content.codes(field).into_iter().map(move |other| (field, other))),
    );
    let unknown = named.filter(|(_, other)| other != code && !all.contains_key(other));
    gaps.extend(
        unknown
            .map(|(field, other)| Gap::Unknown(field, other))
            .collect::<Vec<_>>(),
    );
    if !gaps.contains(&Gap::Itself(Field::Requires)) {
        all.insert(code.clone(), requirement);
        gaps.extend(circle(&all, code).map(Gap::Circle));
    }
    gaps.sort_by_key(Gap::field);
    gaps
}

/// Without an examination there are no parts of it.
fn may_be_missing(content: &Content, field: Field) -> bool {
    field == Field::Exam && content.get(Field::Grading) == "none"
}

/// How much of what a standard asks for is there: which fields are empty, of so many.
#[must_use]
pub fn uncovered(content: &Content, asks: impl Fn(&Standard) -> bool) -> (Vec<Field>, usize) {
    let mut asked = Field::ALL.to_vec();
    asked.retain(|field| field.facts().asked_by.iter().any(&asks));
    let many = asked.len();
    asked.retain(|field| !content.has(*field));
    (asked, many)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::Requirement;

    fn content(fields: &[(Field, &str)]) -> Content {
        let mut content = Content::default();
        for (field, typed) in fields {
            content.write(*field, typed).unwrap();
        }
        content
    }

    #[test]
    fn of_what_a_standard_asks_for_the_empty_fields_are_named() {
        let asks = |standard: &Standard| matches!(standard, Standard::SchemaOrg);
        let (empty, many) = uncovered(&Content::default(), asks);
        assert_eq!(empty.len(), many);
        assert!(empty.contains(&Field::Title));
        let (empty, _) = uncovered(&content(&[(Field::Title, "Asylrecht für den Einstieg")]), asks);
        assert_eq!(empty.len(), many - 1);
        assert!(!empty.contains(&Field::Title));
    }

    fn gaps_of(fields: &[(Field, &str)]) -> Vec<Gap> {
        let code = ModuleCode::parse("FSA-101").unwrap();
        gaps(&code, &content(fields))
            .into_iter()
            .filter(|gap| !matches!(gap, Gap::Missing(_)))
            .collect()
    }

    #[test]
    fn an_empty_version_lacks_what_is_needed_and_nothing_else() {
        let code = ModuleCode::parse("FSA-101").unwrap();
        let gaps = gaps(&code, &Content::default());
        let needed = Field::ALL.iter().filter(|field| field.facts().is_needed);
        assert_eq!(gaps, needed.map(|field| Gap::Missing(*field)).collect::<Vec<_>>());
    }

    #[test]
    fn hours_are_checked_against_credit_points() {
        let hours = |contact: &'static str, ects: &'static str| {
            gaps_of(&[
                (Field::HoursContact, contact),
                (Field::HoursAlone, "0"),
                (Field::Ects, ects),
            ])
        };
        assert_eq!(hours("125", "5"), []);
        assert_eq!(hours("150", "5"), []);
        let gap = |hours| {
            vec![Gap::Hours {
                hours,
                min: 125,
                max: 150,
            }]
        };
        assert_eq!(hours("124", "5"), gap(124));
        assert_eq!(hours("151", "5"), gap(151));
        assert_eq!(hours("40", ""), [], "nobody has to give credit points");
        assert_eq!(hours("0", ""), [Gap::NoHours]);
    }

    #[test]
    fn what_contradicts_itself_is_found() {
        assert_eq!(
            gaps_of(&[(Field::Exam, "Klausur; 90 Minuten; 60 %")]),
            [Gap::Shares]
        );
        assert_eq!(
            gaps_of(&[(Field::Grading, "none"), (Field::Exam, "Klausur")]),
            [Gap::Grading]
        );
        assert_eq!(gaps_of(&[(Field::Attendance, "80")]), [Gap::AttendanceReason]);
        assert_eq!(
            gaps_of(&[(Field::GroupMin, "12"), (Field::GroupMax, "12")]),
            [Gap::Group]
        );
        assert_eq!(
            gaps_of(&[
                (Field::Requires, "FSA-100 oder FSA-101"),
                (Field::Together, "FSA-101")
            ]),
            [Gap::Itself(Field::Requires), Gap::Itself(Field::Together)]
        );
        let code = ModuleCode::parse("FSA-101").unwrap();
        let around = [("FSA-102", Requirement::parse("FSA-101").ok())];
        let around: Requirements = around
            .into_iter()
            .map(|(code, needs)| (ModuleCode::parse(code).unwrap(), needs))
            .collect();
        let names = content(&[(Field::Requires, "FSA-102"), (Field::Recommends, "FSA-900")]);
        let found: Vec<_> = gaps_in(&code, &names, around)
            .into_iter()
            .filter(|gap| !matches!(gap, Gap::Missing(_)))
            .collect();
        let other = |text| ModuleCode::parse(text).unwrap();
        assert_eq!(
            found,
            [
                Gap::Circle(vec![code.clone(), other("FSA-102"), code.clone()]),
                Gap::Unknown(Field::Recommends, other("FSA-900")),
            ]
        );
        let attends = content(&[(Field::Grading, "none")]);
        assert!(!gaps(&code, &attends).contains(&Gap::Missing(Field::Exam)));
    }
}
