//! Sentences that several features share.

use domain::booking::{Mode, Refusal};
use domain::contact::{EmailAddress, EmailError};
use domain::signup::SignUpFieldError;

/// When the platform itself is at fault.
pub const TRY_AGAIN: &str =
    "Das hat gerade nicht geklappt. Bitte versuchen Sie es in einer Minute noch einmal.";
/// When the server cannot be reached.
pub const NO_NETWORK: &str = "Keine Verbindung. Ihre Eingaben stehen noch hier. Bitte senden Sie sie noch einmal, sobald Sie wieder Netz haben.";
/// When there is nothing at that address for this person: most often somebody who is no longer signed in.
pub const NOT_HERE: &str = "Das ging nicht. Vielleicht sind Sie nicht mehr angemeldet, oder das gibt es nicht mehr. Ihre Eingaben stehen noch hier: Melden Sie sich in einem neuen Fenster an, und senden Sie dann noch einmal.";
/// When something worked, and what it changed cannot be loaded.
pub const MAY_BE_OLD: &str =
    "Diese Seite ließ sich danach nicht neu laden. Was hier steht, kann veraltet sein.";
/// When somebody sends too much.
pub const TOO_MANY: &str =
    "Das waren sehr viele Versuche. Bitte warten Sie eine Minute und senden Sie dann noch einmal.";
/// Beside fields in which client data could end up.
pub const NO_CLIENT_DATA: &str = "Bitte keine Angaben zu Klient*innen.";

/// What the others see of somebody who takes part and wants to be seen, who they are, and how long.
pub const LISTED: &str =
    "Name, Träger und Landkreis. Das sehen alle mit festem Platz, bis vier Wochen nach der Veranstaltung.";

/// Whether whoever has no place any more can sign up again, where sign-up is open or closed.
#[must_use]
pub fn sign_up_anew(is_open: bool) -> &'static str {
    if is_open {
        "Sie können sich neu anmelden."
    } else {
        "Die Anmeldung ist geschlossen. Möchten Sie doch kommen, fragen Sie bitte bei der Geschäftsstelle nach."
    }
}

/// What is wrong with an address.
#[must_use]
pub fn email_sentence(error: EmailError) -> &'static str {
    match error {
        EmailError::Empty => "Bitte geben Sie Ihre E-Mail-Adresse ein.",
        EmailError::TooLong => "Diese Adresse ist zu lang. Bitte prüfen Sie sie.",
        EmailError::NotAnAddress => "Bitte prüfen Sie die Adresse. Sie sieht so aus: name@beispiel.de",
    }
}

/// As [`email_sentence`], of the address of somebody else: whoever typed their own would get what is meant for the other.
#[must_use]
pub fn others_email_sentence(error: EmailError) -> &'static str {
    match error {
        EmailError::Empty => "Bitte geben Sie die E-Mail-Adresse der Person ein.",
        EmailError::TooLong | EmailError::NotAnAddress => email_sentence(error),
    }
}

/// The field of an answer in which [`typo_sentence`] travels.
pub const TYPO: &str = "typo";

/// Asks whether other addresses were meant, where a domain is a known slip of the finger; `then` says how to correct it. What was
/// typed decides alone: it tells nobody whether an address is known.
#[must_use]
pub fn typo_sentence<'a>(typed: impl IntoIterator<Item = &'a EmailAddress>, then: &str) -> Option<String> {
    let meant: Vec<String> = typed
        .into_iter()
        .filter_map(EmailAddress::typo_hint)
        .map(|address| format!("„{address}“"))
        .collect();
    (!meant.is_empty()).then(|| format!("Meinten Sie {}? {then}", meant.join(" und ")))
}

/// What is wrong with a field of the sign-up form.
#[must_use]
pub fn sign_up_sentence(field: &str, error: SignUpFieldError) -> String {
    match error {
        SignUpFieldError::Missing => match field {
            "name" => "Bitte geben Sie Ihren Namen ein.".to_owned(),
            "email" => email_sentence(EmailError::Empty).to_owned(),
            "organisation" => "Bitte geben Sie Ihren Träger oder Ihre Dienststelle ein.".to_owned(),
            "district" => "Bitte wählen Sie Ihren Landkreis oder Ihre Stadt.".to_owned(),
            "mode" => "Bitte wählen Sie, wie Sie teilnehmen.".to_owned(),
            _ if field.ends_with("_name") => "Bitte geben Sie auch den Namen ein.".to_owned(),
            _ => "Bitte geben Sie auch die E-Mail-Adresse ein.".to_owned(),
        },
        SignUpFieldError::TooLong { max } => {
            format!("Bitte kürzen Sie den Text auf höchstens {max} Zeichen.")
        }
        SignUpFieldError::NotAnEmail => email_sentence(EmailError::NotAnAddress).to_owned(),
        SignUpFieldError::NotInList => "Bitte wählen Sie einen Eintrag aus der Liste.".to_owned(),
        SignUpFieldError::TooManyVotes => "Bitte wählen Sie höchstens drei Themen.".to_owned(),
        SignUpFieldError::EmailTwice => {
            "Diese Adresse steht schon im Formular. Jede Person braucht eine eigene.".to_owned()
        }
        SignUpFieldError::TooManyColleagues { max } => {
            format!("Sie können höchstens {max} Kolleg*innen auf einmal mit anmelden.")
        }
    }
}

/// As [`sign_up_sentence`], where somebody else is signed up.
#[must_use]
pub fn others_sign_up_sentence(field: &str, error: SignUpFieldError) -> String {
    match (field, error) {
        ("name", SignUpFieldError::Missing) => "Bitte geben Sie den Namen der Person ein.".to_owned(),
        ("email", SignUpFieldError::Missing) => others_email_sentence(EmailError::Empty).to_owned(),
        ("organisation", SignUpFieldError::Missing) => {
            "Bitte geben Sie den Träger oder die Dienststelle der Person ein.".to_owned()
        }
        ("district", SignUpFieldError::Missing) => {
            "Bitte wählen Sie den Landkreis oder die Stadt der Person.".to_owned()
        }
        ("mode", SignUpFieldError::Missing) => "Bitte wählen Sie, wie die Person teilnimmt.".to_owned(),
        _ => sign_up_sentence(field, error),
    }
}

/// Why the rules say no.
#[must_use]
pub fn refusal_sentence(refusal: Refusal) -> String {
    match refusal {
        Refusal::NotOpenYet { opens_at } => {
            format!("Die Anmeldung öffnet am {}.", domain::german::moment(opens_at))
        }
        Refusal::Closed => {
            "Die Anmeldung ist geschlossen. Bitte fragen Sie bei der Geschäftsstelle nach.".to_owned()
        }
        Refusal::NotRunning => "Diese Veranstaltung findet nicht statt.".to_owned(),
        Refusal::ModeNotOffered => {
            "Diese Form der Teilnahme gibt es hier nicht. Bitte wählen Sie die andere.".to_owned()
        }
        Refusal::ModeFull => "Dort ist gerade kein Platz frei. Es bleibt alles, wie es ist.".to_owned(),
        Refusal::OrganisationLimit => {
            "Ihr Träger hat schon alle Plätze, die er vorerst haben kann. Sie behalten Ihre Stelle auf der Warteliste.".to_owned()
        }
        Refusal::WrongState => {
            "Das geht bei diesem Stand nicht mehr. Unten sehen Sie, wie es steht.".to_owned()
        }
        Refusal::TooLate => "Die Frist ist leider abgelaufen.".to_owned(),
        Refusal::FormSpent => {
            "Dieses Formular haben Sie schon einmal gesendet, und der Platz von damals gilt nicht mehr. \
             Bitte laden Sie die Seite neu und melden Sie sich dann an."
                .to_owned()
        }
        Refusal::Over => "Diese Veranstaltung ist vorbei.".to_owned(),
        Refusal::PlaceMissing => "Bitte geben Sie Haus und Ort an, wenn es Plätze vor Ort gibt.".to_owned(),
        Refusal::ModeTaken { mode, people } => format!(
            "{} hier ({}) einen Platz oder eine Stelle auf der Warteliste: Lassen Sie Plätze stehen, oder setzen Sie das Häkchen zum Umstellen.",
            domain::german::count(people, "Person hat", "Personen haben"),
            mode_words(mode)
        ),
        Refusal::OtherModeTooSmall { mode, needed } => format!(
            "Damit beim Umstellen niemand den Platz verliert, braucht es mindestens {} {}.",
            domain::german::count(needed, "Platz", "Plätze"),
            mode_words(mode)
        ),
        Refusal::StillDraft => "Das ist noch ein Entwurf: Sie können ihn löschen, statt ihn abzusagen.".to_owned(),
        Refusal::WasPublished => {
            "Diese Veranstaltung ist schon veröffentlicht: Sie können sie absagen, aber nicht löschen.".to_owned()
        }
        Refusal::ModuleStays => {
            "Der Durchgang ist schon veröffentlicht: Sein Modul bleibt. Legen Sie für ein anderes Modul einen neuen an."
                .to_owned()
        }
    }
}

fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::OnSite => "vor Ort",
        Mode::Online => "online",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_up_somebody_else_is_not_asked_for_their_own_data() {
        for field in ["name", "email", "organisation", "district", "mode"] {
            let said = others_sign_up_sentence(field, SignUpFieldError::Missing);
            assert!(
                said.contains("Person") && !said.contains("Ihre") && !said.contains("wie Sie"),
                "{field}: {said}"
            );
        }
        // What is wrong with something that was typed is the same for everybody.
        let wrong = SignUpFieldError::NotAnEmail;
        assert_eq!(
            others_sign_up_sentence("email", wrong),
            sign_up_sentence("email", wrong)
        );
    }

    #[test]
    fn only_slips_of_the_finger_are_asked_about() {
        let address = |text: &str| EmailAddress::parse(text).unwrap();
        let [slip, other, right] = ["anna@gmial.com", "berta@wed.de", "clara@traeger.example"].map(address);
        assert_eq!(typo_sentence([&right], "Dann bitte neu."), None);
        let asked = typo_sentence([&slip, &right, &other], "Dann bitte neu.");
        assert_eq!(
            asked.as_deref(),
            Some("Meinten Sie „anna@gmail.com“ und „berta@web.de“? Dann bitte neu.")
        );
    }
}
