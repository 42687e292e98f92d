//! Everything that a version of a module says, field by field. A field is written, commented, compared, imported and
//! exported alone; what it takes and who asks for it stands here once.

use serde::{Deserialize, Serialize};

/// Where a field stands on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What it is.
    Basics,
    /// What is learned, and how.
    Learning,
    /// What has to come before, and what it is good for.
    Path,
    /// How one shows what one has learned.
    Exam,
    /// How much time it takes.
    Effort,
    /// Where, how and with how many.
    Delivery,
    /// What it costs, who vouches for it.
    Terms,
    /// How it is found.
    Finding,
}

impl Group {
    /// All groups, in their order on the page.
    pub const ALL: [Self; 8] = [
        Self::Basics,
        Self::Learning,
        Self::Path,
        Self::Exam,
        Self::Effort,
        Self::Delivery,
        Self::Terms,
        Self::Finding,
    ];

    /// The German heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Basics => "Worum es geht",
            Self::Learning => "Was Sie lernen",
            Self::Path => "Davor und danach",
            Self::Exam => "Prüfung",
            Self::Effort => "Zeit",
            Self::Delivery => "Ort und Form",
            Self::Terms => "Kosten und Qualität",
            Self::Finding => "Finden",
        }
    }
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One line of this many characters.
    Line(usize, usize),
    /// A text of this many characters.
    Text(usize, usize),
    /// A whole number from … to.
    Whole(u32, u32),
    /// A number from 0 to …, with one or two digits behind the comma, in steps of … hundredths.
    Decimal {
        /// The most, in hundredths.
        most: u32,
        /// The steps, in hundredths.
        step: u32,
    },
    /// One of a list: key and German word.
    Choice(&'static [(&'static str, &'static str)]),
    /// One entry a line: at most so many of so many characters.
    Entries(usize, usize),
    /// Learning outcomes, one a line.
    Outcomes,
    /// Parts of the examination, one a line.
    Exam,
    /// What has to be passed before: codes with "und", "oder", "2 von (…)".
    Requirement,
    /// Codes of modules.
    Codes,
}

/// Who asks for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// Musterrechtsverordnung (model accreditation ordinance), § 7 (2), with the number of the item.
    ModelOrdinance(u8),
    /// Council Recommendation 2022/C 243/02 on micro-credentials, Annex I, with the number of the element.
    MicroCredential(u8),
    /// MOOChub 3.
    Moochub,
    /// Open Education API 6.
    Oeapi,
    /// schema.org `Course`.
    SchemaOrg,
}

impl Standard {
    /// How it is called.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::ModelOrdinance(number) => format!("MRVO § 7 (2) Nr. {number}"),
            Self::MicroCredential(number) => format!("EU-Micro-Credential, Element {number}"),
            Self::Moochub => "MOOChub 3".to_owned(),
            Self::Oeapi => "OEAPI 6".to_owned(),
            Self::SchemaOrg => "schema.org".to_owned(),
        }
    }
}

/// What is known about a field.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Its name in forms, files and the database.
    pub key: &'static str,
    /// The German label.
    pub label: &'static str,
    /// What helps to fill it in.
    pub hint: &'static str,
    /// Where it stands.
    pub group: Group,
    /// What it takes.
    pub takes: Takes,
    /// Whether nothing is published without it.
    pub is_needed: bool,
    /// Whether a change of it is looked at by the office, too; other changes are looked at by the institution alone.
    pub is_protected: bool,
    /// Who asks for it.
    pub asked_by: &'static [Standard],
}

const NEEDED: bool = true;
const OPTIONAL: bool = false;
const PROTECTED: bool = true;
const LIGHT: bool = false;

/// Declares the fields and what is known about them.
macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident = $key:literal, $label:literal, $group:ident, $takes:expr, $needed:ident, $protected:ident,
        [$($standard:expr),*], $hint:literal;)+) => {
        /// One thing that a version says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Field { $($(#[$doc])* $field,)+ }

        impl Field {
            /// All fields, in their order on the page.
            pub const ALL: &'static [Self] = &[$(Self::$field,)+];

            /// What is known about it.
            #[must_use]
            pub fn facts(self) -> Facts {
                use Standard::{MicroCredential, ModelOrdinance, Moochub, Oeapi, SchemaOrg};
                match self {
                    $(Self::$field => Facts {
                        key: $key,
                        label: $label,
                        hint: $hint,
                        group: Group::$group,
                        takes: $takes,
                        is_needed: $needed,
                        is_protected: $protected,
                        asked_by: &[$($standard),*],
                    },)+
                }
            }
        }
    };
}

fields! {
    /// The title.
    Title = "title", "Titel", Basics, Takes::Line(5, 160), NEEDED, PROTECTED, [MicroCredential(2), Moochub, Oeapi, SchemaOrg],
        "So heißt das Modul auf der Bescheinigung.";
    /// What it is, in plain language.
    Lead = "lead", "Kurz gesagt", Basics, Takes::Text(30, 400), NEEDED, LIGHT, [Moochub, SchemaOrg],
        "Zwei oder drei kurze Sätze in einfacher Sprache: Was lernt man, wofür ist es gut?";
    /// What it deals with.
    Contents = "contents", "Inhalte", Learning, Takes::Text(80, 6_000), NEEDED, PROTECTED, [ModelOrdinance(1), Oeapi],
        "Ein Absatz oder eine Zeile je Thema.";
    /// What one can do afterwards.
    Outcomes = "outcomes", "Lernergebnisse", Learning, Takes::Outcomes, NEEDED, PROTECTED,
        [ModelOrdinance(1), MicroCredential(6), Moochub, Oeapi],
        "Ein Ergebnis je Zeile: Nummer, Stufe, Satz, und in eckigen Klammern, was es berührt. Zum Beispiel: L1 anwenden: Sie legen fristgerecht Rechtsmittel ein. [SozArb-E, HQR-2] Stufen sind wissen, verstehen, anwenden, analysieren, bewerten und gestalten. Ohne Nummer bekommt es die nächste.";
    /// How it is taught.
    Teaching = "teaching", "Lehr- und Lernformen", Learning, Takes::Text(5, 1_500), NEEDED, LIGHT, [ModelOrdinance(2), MicroCredential(10)],
        "Zum Beispiel Seminar, Fallwerkstatt, Hospitation, Selbstlernphase.";
    /// What one has to know.
    Knowledge = "knowledge", "Vorkenntnisse", Path, Takes::Text(5, 1_500), NEEDED, PROTECTED, [ModelOrdinance(3), SchemaOrg],
        "Was man wissen oder können sollte, und wie man sich vorbereitet. Auch „keine“ ist eine Angabe.";
    /// Which modules have to be passed before.
    Requires = "requires", "Vorausgesetzte Module", Path, Takes::Requirement, OPTIONAL, PROTECTED, [ModelOrdinance(3), Moochub],
        "Kürzel mit „und“, „oder“, Klammern oder „2 von (…)“, zum Beispiel: FSA-101 und (FSA-201 oder FSA-202).";
    /// Which modules help.
    Recommends = "recommends", "Empfohlene Module", Path, Takes::Codes, OPTIONAL, LIGHT, [ModelOrdinance(3)],
        "Kürzel mit Komma. Man darf auch ohne sie beginnen.";
    /// Which modules are visited at the same time.
    Together = "together", "Gleichzeitig zu besuchen", Path, Takes::Codes, OPTIONAL, PROTECTED, [],
        "Kürzel mit Komma. Beide dürfen einander nennen.";
    /// Where it counts.
    Usability = "usability", "Verwendbarkeit", Path, Takes::Text(10, 1_500), NEEDED, PROTECTED, [ModelOrdinance(4)],
        "Für welches Zertifikat oder welchen Studiengang es zählt, und wie es mit anderen Modulen zusammenhängt.";
    /// What shows that somebody can do it already.
    Evidence = "evidence", "Was als Nachweis zählt", Path, Takes::Entries(25, 300), OPTIONAL, PROTECTED, [],
        "Wer es schon kann, weist es damit nach. Eine Zeile je Lernergebnis, mit seiner Nummer: L1: Zertifikat mit Stundenzahl oder zwei Jahre Beratung, vom Träger bestätigt.";
    /// What has to be done for the credit.
    Award = "award", "Voraussetzungen für den Abschluss", Exam, Takes::Text(10, 1_500), NEEDED, PROTECTED, [ModelOrdinance(5)],
        "Was jemand leisten muss, damit das Modul als bestanden gilt.";
    /// The parts of the examination.
    Exam = "exam", "Prüfungsleistungen", Exam, Takes::Exam, NEEDED, PROTECTED, [ModelOrdinance(5), MicroCredential(9)],
        "Eine je Zeile: Form; Umfang; Anteil. Zum Beispiel: Falldarstellung; 10 Seiten; 60 %. Der Anteil fehlt überall oder ergibt zusammen 100 %.";
    /// How it is graded.
    Grading = "grading", "Benotung", Exam,
        Takes::Choice(&[("graded", "benotet"), ("passed", "bestanden oder nicht bestanden"), ("none", "ohne Prüfung, mit Teilnahme")]),
        NEEDED, PROTECTED, [ModelOrdinance(6)], "";
    /// How often the examination may be taken.
    Attempts = "attempts", "Versuche", Exam, Takes::Whole(1, 9), OPTIONAL, PROTECTED, [],
        "Wie oft die Prüfung abgelegt werden darf.";
    /// How much of it one has to attend.
    Attendance = "attendance", "Anwesenheit in Prozent", Exam, Takes::Whole(1, 100), OPTIONAL, PROTECTED, [],
        "Nur, wenn sie verlangt wird.";
    /// Why one has to be there, and what who was absent can do.
    AttendanceReason = "attendance_reason", "Warum Anwesenheit, und was bei Fehlzeiten", Exam, Takes::Text(10, 800), OPTIONAL, PROTECTED, [],
        "Nötig, wenn Anwesenheit verlangt wird.";
    /// Hours with others.
    HoursContact = "hours_contact", "Stunden mit anderen", Effort, Takes::Whole(0, 2_000), NEEDED, PROTECTED,
        [ModelOrdinance(8), MicroCredential(7), Moochub, Oeapi], "Zeitstunden im Seminar, vor Ort oder online.";
    /// Hours alone.
    HoursAlone = "hours_alone", "Stunden im Selbststudium", Effort, Takes::Whole(0, 2_000), NEEDED, PROTECTED,
        [ModelOrdinance(8), MicroCredential(7)], "Lesen, vorbereiten, nachbereiten.";
    /// Hours in practice.
    HoursPractice = "hours_practice", "Stunden in der Praxis", Effort, Takes::Whole(0, 2_000), OPTIONAL, PROTECTED,
        [ModelOrdinance(8), MicroCredential(7)], "Hospitation, Praxisaufgabe, Übertragung in die eigene Stelle.";
    /// Hours for the examination.
    HoursExam = "hours_exam", "Stunden für die Prüfung", Effort, Takes::Whole(0, 500), OPTIONAL, PROTECTED,
        [ModelOrdinance(8), MicroCredential(7)], "Vorbereiten und ablegen.";
    /// Credit points.
    Ects = "ects", "ECTS-Punkte", Effort, Takes::Decimal { most: 6_000, step: 50 }, OPTIONAL, PROTECTED,
        [ModelOrdinance(6), MicroCredential(7), Moochub, Oeapi], "Nur, wenn die Hochschule welche vergibt: 25 bis 30 Stunden je Punkt.";
    /// How many weeks it takes.
    Weeks = "weeks", "Dauer in Wochen", Effort, Takes::Whole(1, 104), NEEDED, LIGHT, [ModelOrdinance(9), Moochub],
        "Vom ersten Termin bis zur Prüfung.";
    /// How often it is offered.
    Frequency = "frequency", "Häufigkeit", Effort,
        Takes::Choice(&[
            ("each_semester", "jedes Semester"), ("winter", "jedes Wintersemester"), ("summer", "jedes Sommersemester"),
            ("yearly", "einmal im Jahr"), ("on_demand", "nach Bedarf"),
        ]),
        NEEDED, LIGHT, [ModelOrdinance(7)], "";
    /// On site, online, both.
    Mode = "mode", "Form", Delivery,
        Takes::Choice(&[("on_site", "vor Ort"), ("online", "online"), ("blended", "teils vor Ort, teils online")]),
        NEEDED, LIGHT, [MicroCredential(10), Moochub, Oeapi, SchemaOrg], "";
    /// Where.
    Places = "places", "Orte", Delivery, Takes::Entries(13, 120), OPTIONAL, LIGHT, [Moochub],
        "Ein Ort je Zeile.";
    /// How one gets in.
    Access = "access", "Zugang ohne Barrieren", Delivery, Takes::Text(5, 800), NEEDED, LIGHT, [],
        "Räume, Technik, Verdolmetschung, Material.";
    /// The language.
    Language = "language", "Sprache", Delivery, Takes::Choice(&[("de", "Deutsch"), ("en", "Englisch")]), NEEDED, LIGHT,
        [Moochub, Oeapi, SchemaOrg], "";
    /// The smallest group.
    GroupMin = "group_min", "Gruppe: mindestens", Delivery, Takes::Whole(1, 500), OPTIONAL, LIGHT, [Oeapi], "";
    /// The largest group.
    GroupMax = "group_max", "Gruppe: höchstens", Delivery, Takes::Whole(1, 500), OPTIONAL, LIGHT, [Oeapi], "";
    /// Who answers for it.
    Responsible = "responsible", "Verantwortlich", Terms, Takes::Line(5, 200), NEEDED, LIGHT, [Moochub],
        "Die Funktion, nicht der Name: zum Beispiel „Professur für Recht der Sozialen Arbeit“.";
    /// The fee in euros.
    Fee = "fee", "Gebühr in Euro", Terms, Takes::Decimal { most: 1_000_000, step: 1 }, NEEDED, LIGHT, [Moochub, SchemaOrg],
        "0, wenn es nichts kostet.";
    /// Who can pay for it.
    Funding = "funding", "Förderung und Ermäßigung", Terms, Takes::Text(5, 800), OPTIONAL, LIGHT, [],
        "Wer die Gebühr übernehmen kann.";
    /// Under which licence the description is.
    Licence = "licence", "Lizenz der Beschreibung", Terms,
        Takes::Choice(&[
            ("CC0-1.0", "CC0 1.0"), ("CC-BY-4.0", "CC BY 4.0"), ("CC-BY-SA-4.0", "CC BY-SA 4.0"), ("proprietary", "alle Rechte vorbehalten"),
        ]),
        NEEDED, LIGHT, [Moochub], "Unter welchen Bedingungen andere die Beschreibung verwenden dürfen.";
    /// Who looks after its quality.
    Quality = "quality", "Qualitätssicherung", Terms, Takes::Text(10, 800), NEEDED, PROTECTED, [MicroCredential(11)],
        "Akkreditierung, Evaluation, zuständige Stelle.";
    /// The level in the German qualifications framework.
    Level = "level", "Niveau (DQR)", Terms, Takes::Whole(1, 8), OPTIONAL, PROTECTED, [MicroCredential(8), Oeapi],
        "Deutscher Qualifikationsrahmen, 1 bis 8; er entspricht dem EQR.";
    /// Words by which it is found.
    Keywords = "keywords", "Schlagwörter", Finding, Takes::Entries(20, 60), OPTIONAL, LIGHT, [Moochub, SchemaOrg],
        "Eines je Zeile, auch Abkürzungen und Paragrafen.";
    /// Work situations for which it helps.
    Situations = "situations", "Hilft bei diesen Arbeitssituationen", Finding, Takes::Entries(12, 160), OPTIONAL, LIGHT, [],
        "Eine je Zeile, so wie man sie im Alltag sagt: „Dublin-Bescheid, Frist eine Woche“.";
}

impl Field {
    /// Its name in forms, files and the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.facts().key
    }

    /// Reads the name in forms, files and the database.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// The fields of a group.
    pub fn of(group: Group) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |field| field.facts().group == group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_key_of_its_own_that_leads_back_to_it() {
        for field in Field::ALL {
            assert_eq!(Field::parse(field.key()), Some(*field));
        }
    }

    #[test]
    fn the_example_of_an_outcome_is_one_and_stays_as_it_is_typed() {
        let example = "L1 anwenden: Sie legen fristgerecht Rechtsmittel ein. [SozArb-E, HQR-2]";
        assert!(Field::Outcomes.facts().hint.contains(example));
        assert_eq!(
            crate::module::typed::parse(Field::Outcomes, example).unwrap(),
            example
        );
    }

    /// MRVO § 7 (2) has nine items; no module is published without each.
    #[test]
    fn every_item_of_the_ordinance_is_needed_somewhere() {
        for number in 1..=9 {
            let asks = |field: &&Field| field.facts().asked_by.contains(&Standard::ModelOrdinance(number));
            let needed = Field::ALL
                .iter()
                .filter(asks)
                .any(|field| field.facts().is_needed);
            assert!(needed, "{number}");
        }
    }
}
