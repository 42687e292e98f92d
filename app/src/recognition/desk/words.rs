//! Refusals, gaps and findings in sentences.

use domain::module::LearningOutcome;
use domain::recognition::claim::{Gap, SAID_CHARACTERS_MIN};
use domain::recognition::file::{FILE_BYTES_MAX, FILES_MAX, FileError, PERSON_BYTES_MAX};
use domain::recognition::finding::Wrong;
use domain::recognition::state::OPEN_MAX;
use domain::recognition::{Finding, Outcome, Refusal, State};

use crate::catalogue::desk::words::length;

pub fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::NotYours => {
            "Dieser Antrag gehört jemand anderem, oder das Modul einer anderen Institution.".to_owned()
        }
        Refusal::WrongState(state) => format!(
            "Das geht gerade nicht: Der Antrag steht auf „{}“. Vielleicht hat jemand eben etwas geändert.",
            state.label()
        ),
        Refusal::Incomplete => "Es fehlt noch etwas. Unter „Bevor Sie einreichen“ steht, was.".to_owned(),
        Refusal::TooManyFiles => {
            format!("Mehr als {FILES_MAX} Dateien sind zu viele. Bitte löschen Sie zuerst eine.")
        }
        Refusal::NoRoom => format!(
            "Zusammen sind Ihre Nachweise größer als {} MB. Bitte löschen Sie zuerst, was Sie nicht mehr brauchen.",
            PERSON_BYTES_MAX / 1_000_000
        ),
        Refusal::OwnApplication => "Über den eigenen Antrag entscheidet jemand anderes.".to_owned(),
    }
}

pub fn too_many_open() -> String {
    format!(
        "Sie haben schon {OPEN_MAX} Anträge, über die noch nicht entschieden ist. Bitte löschen Sie einen Entwurf, oder warten Sie eine Entscheidung ab."
    )
}

/// Where on the page, and what is missing.
pub fn gap(gap: Gap) -> (String, String) {
    match gap {
        Gap::NotJudged(number) => (
            format!("#grasp-{number}"),
            format!("L{number}: Sagen Sie, wie gut Sie das können."),
        ),
        Gap::NotExplained(number) => (
            format!("#said-{number}"),
            format!(
                "L{number}: Sagen Sie in mindestens {SAID_CHARACTERS_MIN} Zeichen, woher Sie es können und welcher Nachweis das zeigt."
            ),
        ),
        Gap::Nothing => (
            "#punkte".to_owned(),
            "Sie sagen zu allem „noch nicht“. Dann kann nichts zählen.".to_owned(),
        ),
        Gap::NoFile => (
            "#nachweise".to_owned(),
            "Laden Sie mindestens einen Nachweis hoch.".to_owned(),
        ),
    }
}

pub fn finding(finding: &Finding) -> (String, String) {
    let files: Vec<String> = finding.files.iter().map(ToString::to_string).collect();
    let files = match files.as_slice() {
        [] => String::new(),
        [one] => format!(", Datei {one}"),
        _ => format!(", Dateien {}", files.join(", ")),
    };
    let what = if finding.granted { "Zählt" } else { "Zählt nicht" };
    (
        format!("{what} ({}{files}).", finding.by.label()),
        finding.reason.clone(),
    )
}

pub fn wrong(wrong: Wrong) -> (&'static str, String) {
    match wrong {
        Wrong::NotDecided => ("granted", "Bitte sagen Sie, ob es zählt.".to_owned()),
        Wrong::NoEvidence => ("by", "Bitte wählen Sie die Art des Nachweises.".to_owned()),
        Wrong::NoSuchFile => (
            "files",
            "Bitte nennen Sie Nummern von Dateien, die es gibt, mit Komma.".to_owned(),
        ),
        Wrong::Unshown => (
            "files",
            "Was zählt, zeigt mindestens eine Datei. Bitte nennen Sie ihre Nummer.".to_owned(),
        ),
        Wrong::Reason(error) => ("reason", length(error)),
        Wrong::Precedent(error) => ("precedent", length(error)),
    }
}

pub fn file(error: FileError) -> String {
    match error {
        FileError::Empty => "Bitte wählen Sie eine Datei.".to_owned(),
        FileError::TooLarge => format!("Die Datei ist größer als {} MB. Eine kleinere Aufnahme genügt.", FILE_BYTES_MAX / 1_024 / 1_024),
        FileError::Unknown => "Das ist kein PDF, JPEG oder PNG, auch wenn der Name es sagt.".to_owned(),
        FileError::CutOff => "Die Datei ist nicht vollständig. Bitte laden Sie sie noch einmal hoch.".to_owned(),
        FileError::Active => "Das PDF enthält Programme oder Anhänge. Bitte drucken Sie es in ein neues PDF, und laden Sie das hoch.".to_owned(),
    }
}

pub fn standing(state: State) -> &'static str {
    match state {
        State::Draft => {
            "Ihr Entwurf. Nur Sie sehen ihn. Ist alles da, reichen Sie ihn ein. Nach 180 Tagen ohne Änderung wird er gelöscht."
        }
        State::Submitted => "Die Institution prüft. Sie bekommen eine E-Mail, wenn entschieden ist.",
        State::MoreAsked => {
            "Die Institution braucht mehr. Bitte ergänzen Sie, was fehlt. Reichen Sie den Antrag danach noch einmal ein. Nach 180 Tagen ohne Änderung wird er gelöscht."
        }
        State::Decided => {
            "Entschieden. Zu jedem Lernergebnis steht, warum. Hochgeladene Dateien löschen wir 90 Tage danach."
        }
    }
}

/// What was decided, in a sentence.
pub fn result(outcome: &Outcome, outcomes: &[LearningOutcome]) -> String {
    match outcome {
        Outcome::Full => "Das Modul zählt ganz. In Ihrem Lernweg gilt es als bestanden, ohne Note.".to_owned(),
        Outcome::Part(missing) => {
            let missing: Vec<String> = missing.iter().map(|number| format!("L{number}")).collect();
            format!(
                "Ein Teil zählt: {} von {} Lernergebnissen. Es fehlt noch: {}. Besprechen Sie mit der Institution, wie Sie nur diesen Teil nachholen.",
                outcomes.len() - missing.len(),
                outcomes.len(),
                missing.join(", ")
            )
        }
        Outcome::Nothing => "Es zählt noch nichts. Die Gründe stehen bei den Lernergebnissen. Mit anderen Nachweisen können Sie es wieder versuchen.".to_owned(),
    }
}

/// How large a file is.
pub fn size(bytes: u64) -> String {
    match bytes.div_ceil(1_024) {
        small @ 0..1_000 => format!("{small} KB"),
        large => format!("{},{} MB", large / 1_024, large % 1_024 * 10 / 1_024),
    }
}
