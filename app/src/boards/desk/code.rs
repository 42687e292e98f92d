//! A code that leads to no board.

use crate::form_reply::{FieldError, FormReply};

/// The id under which [`unknown_code`] is found. It is the same for everybody, so nobody has to keep it.
pub const UNKNOWN_CODE: &str = "unbekannter-code";

/// What the list of boards says about such a code.
#[must_use]
pub fn unknown_code() -> FormReply {
    let sentence = "Zu diesem Code gibt es kein Board. Bitte prüfen Sie ihn an der Leinwand.";
    FormReply::refused(Default::default(), vec![FieldError::new("code", sentence)])
}
