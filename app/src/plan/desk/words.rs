//! What does not fit, in sentences.

use domain::german::count;
use domain::module::ModuleCode;
use domain::plan::{Conflict, Wish};
use domain::recognition::share::CREDITED_PERCENT_MAX;

use crate::modules::desk::shelf::Shelf;
use crate::plan::dto::ConflictView;

/// A conflict, with what can be done about it.
pub fn conflict(conflict: &Conflict, wish: &Wish, shelf: &Shelf) -> ConflictView {
    let title = |code: &ModuleCode| {
        let found = shelf.find(code).map(crate::modules::desk::said::title);
        found.map_or_else(|| code.to_string(), |title| format!("{code} {title}"))
    };
    let page = |code: &ModuleCode| Some((format!("/module/{code}"), "Zum Modul".to_owned()));
    let (words, link) = match conflict {
        Conflict::Gone(code) => (
            format!("{code} wird nicht mehr angeboten. Ihre Wahl bleibt stehen, bis Sie sie herausnehmen."),
            Some(("/module".to_owned(), "Andere Module suchen".to_owned())),
        ),
        Conflict::TooEarly(code, requirement) => (
            format!("{} setzt voraus: {requirement}. Das ist bis dahin noch nicht geschafft. Ein späteres Semester passt.", title(code)),
            page(code),
        ),
        Conflict::Apart(code, other) => (
            format!("{} und {} gehören in dasselbe Semester.", title(code), title(other)),
            page(code),
        ),
        Conflict::NotThen(code, term) => (
            format!("{} beginnt voraussichtlich nicht im {}.", title(code), term.words()),
            page(code),
        ),
        Conflict::Over(code, term) => (
            format!("Für {} ist das {} gewählt. Der Plan beginnt erst danach.", title(code), term.words()),
            None,
        ),
        Conflict::TooMuch(term, hours) => (
            format!(
                "Im {} wären es {} in der Woche. Sie haben {} angegeben.",
                term.words(),
                count(*hours, "Stunde", "Stunden"),
                wish.hours_a_week
            ),
            None,
        ),
        Conflict::Nowhere(code) => (
            format!("Für {} findet sich in den nächsten acht Jahren kein Semester. Fragen Sie bitte die Hochschule.", title(code)),
            page(code),
        ),
        Conflict::TooMuchCredited(percent) => (
            format!(
                "{percent} % dieses Zertifikats wären angerechnet. Außerhalb von Hochschulen Gelerntes ersetzt höchstens {CREDITED_PERCENT_MAX} %. Ein Modul mehr müssen Sie selbst belegen; fragen Sie die Hochschule, welches."
            ),
            Some(("/anrechnung".to_owned(), "Zur Anrechnung".to_owned())),
        ),
        Conflict::OutOfReach => (
            "Dieses Zertifikat ist mit den Modulen, die es gerade gibt, nicht zu erreichen. Ihre Wahl bleibt stehen.".to_owned(),
            None,
        ),
    };
    ConflictView { words, link }
}
