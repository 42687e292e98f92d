//! What a certificate says. It is kept as it was on the day: the module may say something else tomorrow.

use serde::{Deserialize, Serialize};

use crate::german::count;
use crate::module::field::Field;
use crate::module::{Content, ModuleCode};

/// Country and region of the issuer (element 3).
pub const REGION: &str = "Deutschland, Sachsen";

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Who has it (element 1).
    pub holder: String,
    /// The title of the module (element 2).
    pub title: String,
    /// Its short name.
    pub module: ModuleCode,
    /// Which version was taught.
    pub version: i64,
    /// What it is, in plain language.
    pub lead: String,
    /// Which institutions award it (element 4).
    pub awarded_by: Vec<String>,
    /// The day of issue, as people write it (element 5).
    pub issued_on: String,
    /// What the holder can do (element 6).
    pub outcomes: Vec<String>,
    /// Hours of work in all (element 7).
    pub hours: u32,
    /// Of these, hours with others.
    pub hours_contact: u32,
    /// ECTS credit points in hundredths, where there are any.
    pub ects_hundredths: Option<u32>,
    /// Level in the German and the European qualifications framework (element 8).
    pub level: Option<u32>,
    /// How it was examined (element 9).
    pub exam: Vec<String>,
    /// How one took part (element 10).
    pub participation: String,
    /// Who looks after the quality (element 11).
    pub quality: String,
    /// When it was taught.
    pub taught: String,
    /// Whether it belongs to the demo.
    pub demo: bool,
}

/// An element of the recommendation, as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// Its number in Annex I.
    pub number: u8,
    /// What it is.
    pub label: String,
    /// What is said.
    pub lines: Vec<String>,
}

/// Who, when, where: what the record of the module does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// Who has it.
    pub holder: String,
    /// Which institutions award it.
    pub awarded_by: Vec<String>,
    /// The day of issue, as people write it.
    pub issued_on: String,
    /// When it was taught.
    pub taught: String,
    /// Whether it belongs to the demo.
    pub demo: bool,
}

impl Certificate {
    /// What a certificate for this version of a module says.
    #[must_use]
    pub fn of(module: ModuleCode, version: i64, content: &Content, occasion: Occasion) -> Self {
        let exam: Vec<String> = content.lines(Field::Exam).map(str::to_owned).collect();
        Self {
            holder: occasion.holder,
            title: content.get(Field::Title).to_owned(),
            module,
            version,
            lead: content.get(Field::Lead).to_owned(),
            awarded_by: occasion.awarded_by,
            issued_on: occasion.issued_on,
            outcomes: content
                .outcomes()
                .into_iter()
                .map(|outcome| outcome.text)
                .collect(),
            hours: content.hours(),
            hours_contact: content.number(Field::HoursContact).unwrap_or(0),
            ects_hundredths: content.hundredths(Field::Ects),
            level: content.number(Field::Level),
            exam: if exam.is_empty() {
                vec!["ohne Prüfung, mit Teilnahme".to_owned()]
            } else {
                exam
            },
            participation: format!("{}: {}", content.shown(Field::Mode), content.get(Field::Teaching)),
            quality: content.get(Field::Quality).to_owned(),
            taught: occasion.taught,
            demo: occasion.demo,
        }
    }

    /// The eleven elements, in the order of the recommendation; each is there.
    #[must_use]
    pub fn elements(&self) -> Vec<Element> {
        let one = |number: u8, label: &str, lines: Vec<String>| Element {
            number,
            label: label.to_owned(),
            lines,
        };
        let mut work = vec![format!(
            "{}, davon {} mit anderen",
            count(self.hours, "Stunde", "Stunden"),
            self.hours_contact
        )];
        work.extend(
            self.ects_hundredths
                .map(|ects| format!("{} ECTS", crate::module::typed::write_hundredths(ects))),
        );
        let level = match self.level {
            Some(level) => {
                format!("Niveau {level} im Deutschen und im Europäischen Qualifikationsrahmen (DQR/EQR)")
            }
            None => "keinem Niveau zugeordnet".to_owned(),
        };
        vec![
            one(1, "Name", vec![self.holder.clone()]),
            one(
                2,
                "Titel",
                vec![format!(
                    "{} ({}, Fassung {})",
                    self.title, self.module, self.version
                )],
            ),
            one(3, "Land und Region", vec![REGION.to_owned()]),
            one(4, "Verliehen von", self.awarded_by.clone()),
            one(5, "Ausgestellt am", vec![self.issued_on.clone()]),
            one(6, "Lernergebnisse", self.outcomes.clone()),
            one(7, "Arbeitsaufwand", work),
            one(8, "Niveau", vec![level]),
            one(9, "Prüfung", self.exam.clone()),
            one(
                10,
                "Art der Teilnahme",
                vec![self.participation.clone(), self.taught.clone()],
            ),
            one(11, "Qualitätssicherung", vec![self.quality.clone()]),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_eleven_elements_say_something() {
        let mut content = Content::default();
        for (field, typed) in [
            (Field::Title, "Asylrecht für den Einstieg"),
            (Field::Outcomes, "anwenden: Sie lesen einen Bescheid."),
            (Field::HoursContact, "40"),
            (Field::HoursAlone, "100"),
            (Field::Ects, "5"),
            (Field::Level, "6"),
            (Field::Exam, "Klausur; 90 Minuten; 100 %"),
            (Field::Mode, "online"),
            (Field::Teaching, "Seminar"),
            (Field::Quality, "Evaluation nach jedem Durchgang"),
        ] {
            content.write(field, typed).unwrap();
        }
        let occasion = Occasion {
            holder: "Anna Beispiel".to_owned(),
            awarded_by: vec!["Hochschule am Bach".to_owned()],
            issued_on: "3. Dezember 2026".to_owned(),
            taught: "Oktober bis November 2026".to_owned(),
            demo: false,
        };
        let certificate = Certificate::of(ModuleCode::parse("FSA-101").unwrap(), 2, &content, occasion);
        let elements = certificate.elements();
        let numbers: Vec<u8> = elements.iter().map(|element| element.number).collect();
        assert_eq!(numbers, (1..=11).collect::<Vec<u8>>());
        for element in elements {
            assert!(!element.lines.is_empty(), "{element:?}");
            assert!(
                element.lines.iter().all(|line| line.trim().len() > 1),
                "{element:?}"
            );
        }
    }
}
