//! What a program is told.

use crate::names::names;

names! {
    /// Something that happened in the catalogue.
    Event {
        /// A version of a module counts from now on.
        ModulePublished = "module.published", "Modul veröffentlicht oder geändert";
        /// A module does not count any more.
        ModuleWithdrawn = "module.withdrawn", "Modul zurückgezogen";
        /// Everybody sees a run.
        RunPublished = "run.published", "Durchgang veröffentlicht";
        /// Time, place or title of a run have changed.
        RunChanged = "run.changed", "Durchgang geändert";
        /// A run does not take place.
        RunCancelled = "run.cancelled", "Durchgang abgesagt";
        /// Nothing happened: somebody tries whether it arrives.
        Test = "webhook.test", "Probe";
    }
}

impl Event {
    /// What one can choose to be told.
    pub fn chosen() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|event| *event != Self::Test)
    }
}
