//! Refusals, gaps and wrong input in sentences.

use domain::german::count;
use domain::module::ModuleCode;
use domain::module::exam;
use domain::module::field::Field;
use domain::module::gap::Gap;
use domain::module::outcome;
use domain::module::requirement;
use domain::module::review::{Refusal, State};
use domain::module::typed::{Wrong, write_hundredths};
use domain::text::TextError;

use crate::catalogue::dto::StateView;
use crate::workshops::dto::Tone;

/// How far a version is. The colour says whether somebody has to act, whether it counts, or does not any more.
pub fn state(state: State) -> StateView {
    StateView {
        words: state.label().to_owned(),
        tone: match state {
            State::InReview | State::ChangesRequested => Tone::Warm,
            State::Approved | State::Published => Tone::Good,
            State::Withdrawn => Tone::Bad,
            State::Draft | State::Archived => Tone::Plain,
        },
    }
}

pub fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::NotYours => "Dieses Modul gehört einer anderen Institution.".to_owned(),
        Refusal::WrongState(state) => format!(
            "Das geht gerade nicht: Die Fassung steht auf „{}“. Vielleicht hat jemand eben etwas geändert.",
            state.label()
        ),
        Refusal::OwnWork => {
            "Sie haben an dieser Fassung mitgeschrieben. Zustimmen muss jemand anderes.".to_owned()
        }
        Refusal::AgreedAlready => {
            "Sie haben schon zugestimmt. Die zweite Zustimmung gibt jemand anderes.".to_owned()
        }
        Refusal::InstitutionsFirst => {
            "Zuerst stimmt die Institution zu, dann die Geschäftsstelle.".to_owned()
        }
        Refusal::Incomplete => "Es fehlt noch etwas. Was, steht unter „Bevor Sie einreichen“.".to_owned(),
        Refusal::OpenComments => "Es gibt offene Anmerkungen. Bitte erledigen Sie zuerst jede.".to_owned(),
    }
}

pub fn gap(gap: &Gap) -> String {
    let label = |field: Field| field.facts().label;
    match gap {
        Gap::Missing(field) => format!("{}: fehlt noch.", label(*field)),
        Gap::Hours { hours, min, max } => format!(
            "{}: Zu diesen ECTS-Punkten gehören {min} bis {max} Stunden, eingetragen sind {hours}.",
            label(Field::Ects)
        ),
        Gap::NoHours => "Stunden: Es ist noch keine Stunde eingetragen.".to_owned(),
        Gap::Shares => "Prüfungsleistungen: Die Anteile ergeben nicht 100 %.".to_owned(),
        Gap::Grading => "Benotung: Ohne Prüfung gibt es auch keine Prüfungsleistungen.".to_owned(),
        Gap::AttendanceReason => "Anwesenheit: Bitte begründen Sie sie.".to_owned(),
        Gap::Group => "Gruppe: Die kleinste muss kleiner sein als die größte.".to_owned(),
        Gap::Itself(field) => format!("{}: Das Modul nennt sich selbst.", label(*field)),
        Gap::Unknown(field, code) => format!("{}: Ein Modul {code} gibt es nicht.", label(*field)),
        Gap::Circle(codes) => {
            let codes: Vec<_> = codes.iter().map(ModuleCode::as_str).collect();
            format!(
                "{}: Das Modul wartet auf sich selbst: {}.",
                label(Field::Requires),
                codes.join(" → ")
            )
        }
    }
}

pub fn wrong(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Text(error) => length(*error),
        Wrong::NotANumber => "Bitte geben Sie eine Zahl ein.".to_owned(),
        Wrong::OutOfRange(min, max) => format!("Bitte geben Sie eine Zahl von {min} bis {max} ein."),
        Wrong::OutOfSteps { most, step } => format!(
            "Bitte geben Sie eine Zahl von 0 bis {} in Schritten von {} ein.",
            write_hundredths(*most),
            write_hundredths(*step)
        ),
        Wrong::NotComputed => "Die Tabelle konnte diese Zelle nicht berechnen.".to_owned(),
        Wrong::NotInList => "Bitte wählen Sie eine Angabe aus der Liste.".to_owned(),
        Wrong::TooMany(most) => format!("Bitte nennen Sie höchstens {most}."),
        Wrong::Line(line, error) => format!("Zeile {line}: {}", length(*error)),
        Wrong::Outcome(place, wrong) => format!("Ergebnis {place}: {}", outcome(wrong)),
        Wrong::Exam(place, wrong) => format!("Leistung {place}: {}", exam(wrong)),
        Wrong::Requirement(wrong) => requirement(wrong),
        Wrong::Code(word) => format!("„{word}“ ist kein Kürzel eines Moduls."),
    }
}

pub fn length(error: TextError) -> String {
    match error {
        TextError::TooShort { min } => format!("Bitte schreiben Sie mindestens {min} Zeichen."),
        TextError::TooLong { max } => format!("Bitte kürzen Sie den Text auf höchstens {max} Zeichen."),
    }
}

fn outcome(wrong: &outcome::Wrong) -> String {
    match wrong {
        outcome::Wrong::NoDepth => "Am Anfang fehlt die Stufe, zum Beispiel „anwenden:“.".to_owned(),
        outcome::Wrong::Text(error) => length(*error),
        outcome::Wrong::NoArea(name) => format!("Den Bereich „{name}“ gibt es nicht."),
        outcome::Wrong::NumberTaken(number) => format!("Die Nummer L{number} steht schon weiter oben."),
        outcome::Wrong::TooMany => {
            let most = count(
                u32::try_from(outcome::OUTCOMES_MAX).unwrap_or(u32::MAX),
                "Ergebnis",
                "Ergebnisse",
            );
            format!("Mehr als {most} sind zu viele.")
        }
    }
}

fn exam(wrong: &exam::Wrong) -> String {
    match wrong {
        exam::Wrong::Text(error) => length(*error),
        exam::Wrong::Share => "Der Anteil ist eine Zahl von 1 bis 100, zum Beispiel 60 %.".to_owned(),
        exam::Wrong::TooManySemicolons => "Bitte schreiben Sie nur Form; Umfang; Anteil.".to_owned(),
        exam::Wrong::TooMany => format!("Mehr als {} Leistungen sind zu viele.", exam::PARTS_MAX),
    }
}

pub fn requirement(wrong: &requirement::Wrong) -> String {
    match wrong {
        requirement::Wrong::Unexpected(word) => {
            format!("„{word}“ passt hier nicht. Schreiben Sie Kürzel mit „und“, „oder“, Klammern oder „2 von (…)“.")
        }
        requirement::Wrong::Unfinished => "Am Ende fehlt etwas: ein Kürzel oder eine Klammer.".to_owned(),
        requirement::Wrong::Mixed => {
            "„und“ und „oder“ stehen nebeneinander. Bitte setzen Sie Klammern, damit klar ist, was zusammengehört.".to_owned()
        }
        requirement::Wrong::Count => "Bei „2 von (…)“ müssen in der Klammer mehr Module stehen, als verlangt sind.".to_owned(),
        requirement::Wrong::TooLong => format!("Das sind zu viele: höchstens {} Kürzel.", requirement::NAMED_MAX),
    }
}
