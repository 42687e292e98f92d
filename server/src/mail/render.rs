//! Subject and text of each occasion: Sie, short sentences, all facts, what happens next.

use app::ui::text::sign_up_anew;
use domain::booking::{Mode, PlaceState};
use domain::german;
use domain::mail::Occasion;
use domain::signup::Listing;
use domain::time::Instant;
use domain::workshop::Session;
use serde::Deserialize;
use store::outbox::NoticeFacts;
use store::signups::{MailFacts, WorkshopFacts};

/// What stands before the personal link.
const PERSONAL_LINK: &str = "Ihr persönlicher Link";
const CONFIRM: &str = "Öffnen Sie dazu Ihren Link und drücken Sie auf „Jetzt bestätigen“.";
const GREETINGS: &str = "Freundliche Grüße\nIhre Landesfachstelle (LaFaSt)";

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject.
    pub subject: String,
    /// Paragraphs, in the order in which they are read.
    pub paragraphs: Vec<Paragraph>,
}

/// A part of a mail that stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// Plain text. Whatever somebody typed into it, it never becomes a link.
    Text(String),
    /// A link of the platform's own: what it is, and where it leads.
    Link {
        /// What it is.
        label: String,
        /// Where it leads.
        url: String,
    },
}

impl Paragraph {
    fn link(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self::Link {
            label: label.into(),
            url: url.into(),
        }
    }
}

impl From<String> for Paragraph {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Paragraph {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A sign-in code.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CodeFacts {
    /// The code.
    pub code: String,
    /// Until when it can be used, in microseconds.
    pub until: i64,
}

/// The mail with a sign-in code.
#[must_use]
pub fn code(facts: &CodeFacts) -> Words {
    let (first, second) = facts.code.split_at_checked(4).unwrap_or((&facts.code, ""));
    Words {
        subject: "Ihr Code zum Anmelden".to_owned(),
        paragraphs: vec![
            "Guten Tag,".into(),
            "mit diesem Code melden Sie sich an:".into(),
            format!("{first}-{second}").into(),
            format!(
                "Der Code gilt bis {} und nur ein Mal.",
                german::clock(Instant(facts.until))
            )
            .into(),
            "Sie haben keinen Code angefordert? Dann müssen Sie nichts tun.".into(),
        ],
    }
}

/// The mail about a place. `join` makes an address of a path of the platform.
#[must_use]
pub fn place(occasion: Occasion, facts: &MailFacts, join: impl Fn(&str) -> String) -> Words {
    let title = &facts.workshop.title;
    let until = facts.place.until.map(german::moment).unwrap_or_default();
    let position = facts.place.position.unwrap_or(1);
    let (subject, news) = match occasion {
        Occasion::ConfirmSignUp if facts.place.state == PlaceState::Waiting => (
            format!("Bitte bestätigen: Warteliste für „{title}“"),
            format!(
                "Sie stehen auf Platz {position} der Warteliste. Bitte bestätigen Sie das bis {until}. \
                 Öffnen Sie dazu Ihren Link und drücken Sie auf „Jetzt bestätigen“."
            ),
        ),
        Occasion::ConfirmSignUp => (
            format!("Bitte bestätigen: Ihr Platz bei „{title}“"),
            format!(
                "Ihr Platz ist bis {until} für Sie gehalten. Bitte bestätigen Sie ihn: \
                 Öffnen Sie Ihren Link und drücken Sie auf „Jetzt bestätigen“. Danach geben wir den Platz weiter."
            ),
        ),
        Occasion::PlaceConfirmed => (format!("Ihr Platz bei „{title}“ ist bestätigt"), "Ihr Platz ist bestätigt. Wir freuen uns auf Sie. Worum soll es gehen? Über Ihren Link schlagen Sie Themen vor und vergeben drei Stimmen.".to_owned()),
        Occasion::Waiting => (
            format!("Warteliste: „{title}“"),
            format!("Sie stehen auf Platz {position} der Warteliste. {}", how_the_line_moves(&facts.workshop, position)),
        ),
        Occasion::Promoted => (format!("Sie haben einen Platz: „{title}“"), "ein Platz ist frei geworden. Er gehört Ihnen. Können Sie nicht kommen, sagen Sie bitte gleich ab.".to_owned()),
        Occasion::Offer => (
            format!("Ein Platz ist frei: „{title}“"),
            format!("ein Platz ist frei geworden. Wir halten ihn für Sie bis {until}. {}", answer_the_offer(&facts.workshop)),
        ),
        Occasion::DeadlineMoved => (format!("Ihre Frist hat sich geändert: „{title}“"), deadline_moved(facts, &until, position)),
        Occasion::OfferMissed => (
            format!("Angebot abgelaufen: „{title}“"),
            format!("die Frist für den freien Platz ist vorbei, und Ihr Eintrag auf der Warteliste ist beendet. {}", after_a_missed_offer(&facts.workshop)),
        ),
        Occasion::HoldExpired => (
            format!("Nicht bestätigt: „{title}“"),
            format!("Ihre Anmeldung wurde nicht rechtzeitig bestätigt. Sie gilt nicht mehr. {}", sign_up_anew(facts.workshop.takes_sign_ups)),
        ),
        Occasion::Cancelled => (format!("Abgesagt: Ihr Platz bei „{title}“"), with_reason("Ihr Platz ist abgesagt.", &facts.message)),
        Occasion::Declined => {
            let (subject, left) = declined(&facts.message);
            (format!("{subject}: „{title}“"), format!("Sie haben {left}. Danke für die Nachricht."))
        }
        Occasion::ModeChanged => (format!("Geändert: Ihre Teilnahme an „{title}“"), mode_changed(facts, &until, position)),
        Occasion::HandedOver => (format!("Ein Platz für Sie: „{title}“"), "eine Kollegin oder ein Kollege hat Ihnen einen Platz weitergegeben. Können Sie nicht kommen, sagen Sie bitte ab.".to_owned()),
        Occasion::HandedOn => (format!("Weitergegeben: Ihr Platz bei „{title}“"), "Sie haben Ihren Platz weitergegeben. Ihr Link gilt nicht mehr.".to_owned()),
        Occasion::WorkshopChanged => (format!("Geändert: „{title}“"), format!("Geändert: {}. Unten steht, was jetzt gilt. {}", changed(&facts.message), what_stays(facts, &until, position))),
        Occasion::WorkshopCancelled => (format!("Abgesagt: „{title}“"), with_reason("diese Veranstaltung findet nicht statt.", &facts.message)),
        Occasion::LinkAgain if is_unconfirmed(facts) => (
            format!("Ihr Link zu „{title}“"),
            format!(
                "hier ist Ihr persönlicher Link noch einmal. Ihre Anmeldung ist noch nicht bestätigt. Bitte bestätigen Sie sie bis {until}: \
                 Öffnen Sie Ihren Link und drücken Sie auf „Jetzt bestätigen“. Sie haben sich nicht angemeldet? Dann müssen Sie nichts tun."
            ),
        ),
        Occasion::LinkAgain => (format!("Ihr Link zu „{title}“"), "hier ist Ihr persönlicher Link noch einmal. Sie haben ihn nicht angefordert? Dann müssen Sie nichts tun.".to_owned()),
        Occasion::StaffMessage => (facts.subject.clone(), facts.message.clone()),
        Occasion::Reminder => (
            format!("Bald ist es so weit: „{title}“"),
            format!(
                "Ihr Platz ist bestätigt, und bald geht es los. Unten steht alles, was Sie brauchen. \
                 Können Sie nicht kommen? Sagen Sie bitte gleich ab, {}: \
                 Öffnen Sie Ihren Link und drücken Sie auf „Ich kann nicht kommen“.",
                who_gets_the_seat(&facts.workshop)
            ),
        ),
        Occasion::ThankYou => (
            format!("Danke: „{title}“"),
            "die Veranstaltung ist vorbei. Vielen Dank, dass Sie sich dafür angemeldet haben.".to_owned(),
        ),
        Occasion::SignInCode
        | Occasion::LinksWanted
        | Occasion::RecognitionDecided
        | Occasion::RecognitionMoreAsked
        | Occasion::CertificateIssued
        | Occasion::ConfirmModules => (String::new(), String::new()),
    };
    let mut paragraphs: Vec<Paragraph> = vec![format!("Guten Tag, {},", facts.place.name).into()];
    let confirms = occasion == Occasion::ConfirmSignUp
        || (occasion == Occasion::DeadlineMoved && facts.place.state != PlaceState::Offered);
    if confirms && let Some(by) = &facts.place.signed_up_by {
        paragraphs.push(entered_by(by, facts.place.state).into());
    }
    paragraphs.push(news.into());
    let personal = Paragraph::link(PERSONAL_LINK, join(&format!("/anmeldung/{}", facts.place.token)));
    if occasion == Occasion::ThankYou {
        paragraphs.extend(afterwards(facts, join));
        paragraphs.push(personal);
        paragraphs.push("Dort bleibt Ihr Platz noch ein Jahr lang stehen. Der Link ist nur für Sie.".into());
    } else {
        paragraphs.push(details(facts).into());
        if !facts.agenda.is_empty() {
            paragraphs.push(format!("Ablauf:\n{}", facts.agenda).into());
        }
        if occasion != Occasion::HandedOn {
            paragraphs.push(personal);
            paragraphs.push(what_the_link_is_for(facts.place.state).into());
        }
    }
    paragraphs.push(GREETINGS.into());
    Words { subject, paragraphs }
}

/// What can be done behind the personal link. Where the place has ended, nothing is left to do.
fn what_the_link_is_for(state: PlaceState) -> &'static str {
    if state.is_active() {
        "Dort können Sie Angaben ändern, absagen oder den Platz abgeben. Der Link ist nur für Sie."
    } else {
        "Dort sehen Sie, was bisher geschah. Der Link ist nur für Sie."
    }
}

/// Whether the address of the place is still to be confirmed.
fn is_unconfirmed(facts: &MailFacts) -> bool {
    facts.place.state.is_unconfirmed(facts.place.until)
}

fn how_the_line_moves(workshop: &WorkshopFacts, position: i64) -> &'static str {
    if workshop.moves_up && position == 1 {
        "Wird ein Platz frei, rücken Sie nach, und wir schreiben Ihnen. Wer sich nach Ihnen anmeldet, steht hinter Ihnen."
    } else if workshop.moves_up {
        "Wird ein Platz frei, rückt die nächste Person nach, und wir schreiben ihr. Wer sich nach Ihnen anmeldet, steht hinter Ihnen."
    } else {
        "Jetzt rückt niemand mehr von selbst nach. Wird ein Platz frei, vergibt ihn die Geschäftsstelle und meldet sich bei Ihnen."
    }
}

/// Who has the seat then of somebody who does not come.
fn who_gets_the_seat(workshop: &WorkshopFacts) -> &'static str {
    if workshop.moves_up {
        "dann kann jemand nachrücken"
    } else {
        "dann kann die Geschäftsstelle den Platz weitergeben"
    }
}

/// How the place stands in the other mode. Whoever did not ask for that reads why it is so.
fn mode_changed(facts: &MailFacts, until: &str, position: i64) -> String {
    let now = mode(facts.place.mode);
    let stands = match facts.place.state {
        PlaceState::Waiting if is_unconfirmed(facts) => format!(
            "Sie stehen jetzt für die Teilnahme {now} auf Platz {position} der Warteliste. Bitte bestätigen Sie das bis {until}. {CONFIRM}"
        ),
        PlaceState::Waiting => format!(
            "Sie stehen jetzt für die Teilnahme {now} auf Platz {position} der Warteliste. {}",
            how_the_line_moves(&facts.workshop, position)
        ),
        PlaceState::Offered => format!(
            "Der Platz, den wir für Sie halten, ist jetzt {now}. Er ist weiter bis {until} für Sie gehalten. {}",
            answer_the_offer(&facts.workshop)
        ),
        PlaceState::Held => {
            format!(
                "Ihr Platz ist jetzt {now}, bis {until} für Sie gehalten. Bitte bestätigen Sie ihn. {CONFIRM}"
            )
        }
        _ => format!("Sie nehmen jetzt {now} teil."),
    };
    match Mode::parse(&facts.message).filter(|left| *left != facts.place.mode) {
        Some(left) => format!(
            "bei dieser Veranstaltung gibt es keine Plätze {} mehr. {stands}",
            mode(left)
        ),
        None => stands,
    }
}

/// What somebody gave up, by the state before. Mails from before it was told say both.
fn declined(left: &str) -> (&'static str, &'static str) {
    match PlaceState::parse(left) {
        Some(PlaceState::Offered) => ("Abgelehnt", "den freien Platz abgelehnt"),
        Some(PlaceState::Waiting) => ("Warteliste verlassen", "die Warteliste verlassen"),
        _ => ("Abgelehnt", "den Platz abgelehnt oder die Warteliste verlassen"),
    }
}

/// What has changed, of the keys that the store names, in words.
fn changed(keys: &str) -> String {
    let words = keys.split(',').filter_map(|key| match key {
        "title" => Some("der Titel"),
        "time" => Some("die Zeit"),
        "place" => Some("der Ort"),
        "online_link" => Some("der Videolink"),
        _ => None,
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What a change of the Veranstaltung leaves as it is.
fn what_stays(facts: &MailFacts, until: &str, position: i64) -> String {
    match facts.place.state {
        PlaceState::Waiting if is_unconfirmed(facts) => {
            format!(
                "Sie stehen weiter auf Platz {position} der Warteliste, wenn Sie das bis {until} bestätigen."
            )
        }
        PlaceState::Waiting => format!("Sie stehen weiter auf Platz {position} der Warteliste."),
        PlaceState::Offered => format!("Der freie Platz ist weiter bis {until} für Sie gehalten."),
        PlaceState::Held => {
            format!("Ihr Platz ist weiter bis {until} für Sie gehalten. Bitte bestätigen Sie ihn.")
        }
        _ => "Ihr Platz bleibt Ihnen.".to_owned(),
    }
}

/// What to do with an offer, and what happens without an answer: close to the start nobody moves up by itself any more, and
/// after the end of sign-up nobody signs up.
fn answer_the_offer(workshop: &WorkshopFacts) -> String {
    let seat = if workshop.moves_up {
        "geht er an die nächste Person"
    } else {
        "verfällt das Angebot"
    };
    let again = if workshop.takes_sign_ups {
        "Sie können sich dann neu anmelden und stehen wieder hinten."
    } else {
        "Neu anmelden können Sie sich dann nicht mehr."
    };
    format!(
        "Öffnen Sie Ihren Link und nehmen Sie den Platz an oder lehnen Sie ihn ab. \
         Ohne Antwort {seat}, und Ihr Eintrag auf der Warteliste endet. {again}"
    )
}

fn after_a_missed_offer(workshop: &WorkshopFacts) -> String {
    let seat = if workshop.moves_up {
        "Der Platz geht an die nächste Person."
    } else {
        "Von selbst rückt jetzt niemand mehr nach."
    };
    format!("{seat} {}", sign_up_anew(workshop.takes_sign_ups))
}

/// A deadline that was told before ends earlier: which one, until when, and what to do until then.
fn deadline_moved(facts: &MailFacts, until: &str, position: i64) -> String {
    let what = match facts.place.state {
        PlaceState::Offered => format!(
            "Wir halten den freien Platz jetzt nur bis {until} für Sie. {}",
            answer_the_offer(&facts.workshop)
        ),
        PlaceState::Waiting => format!(
            "Sie stehen auf Platz {position} der Warteliste. Bitte bestätigen Sie das jetzt schon bis {until}. {CONFIRM} \
             Danach endet Ihr Eintrag."
        ),
        _ => format!(
            "Ihr Platz ist jetzt nur bis {until} für Sie gehalten. Bitte bestätigen Sie ihn bis dahin. {CONFIRM} \
             Danach gilt Ihre Anmeldung nicht mehr."
        ),
    };
    format!(
        "Ihre Frist hat sich geändert, weil die Anmeldung früher schließt oder die Veranstaltung früher beginnt. {what}"
    )
}

/// What came out of it, and where to find it.
fn afterwards(facts: &MailFacts, join: impl Fn(&str) -> String) -> Vec<Paragraph> {
    let workshop = &facts.workshop;
    let when = german::span(workshop.starts_at, workshop.ends_at);
    let mut paragraphs = vec![format!("Veranstaltung: {}\nWann: {when}", workshop.title).into()];
    if !facts.results.is_empty() {
        paragraphs.push("Was auf den Boards erarbeitet wurde, steht hier:".into());
        let boards = facts.results.iter();
        paragraphs.extend(
            boards.map(|board| {
                Paragraph::link(&board.title, join(&format!("/themen/{}/ergebnisse", board.slug)))
            }),
        );
    }
    match &facts.certificate {
        Some(code) => paragraphs.push(Paragraph::link(
            "Ihr Nachweis",
            join(&format!("/nachweis/{code}")),
        )),
        None if workshop.is_run => paragraphs.push(
            "Wenn Sie das Modul bestanden haben, bekommen Sie Ihren Nachweis mit einer eigenen E-Mail."
                .into(),
        ),
        None => {}
    }
    paragraphs.extend(filled("Fragen und Rückmeldungen", &workshop.contact).map(Paragraph::from));
    paragraphs
}

/// The mail that says that there is something to read, and where. What it is, only the page says, after signing in.
#[must_use]
pub fn notice(occasion: Occasion, facts: &NoticeFacts, link: &str) -> Words {
    let subject = &facts.subject;
    let (subject, news) = match occasion {
        Occasion::RecognitionDecided => (
            format!("Entschieden: Ihr Antrag zu {subject}"),
            "über Ihren Antrag ist entschieden. Zu jedem Lernergebnis steht, warum.",
        ),
        Occasion::ConfirmModules => (
            format!("Neues Semester: {subject} bitte bestätigen"),
            "ein neues Semester hat begonnen. Bitte sagen Sie einmal, ob noch stimmt, was im Modulkatalog steht. Auf der Seite geht das mit einem Klick.",
        ),
        Occasion::CertificateIssued => (
            format!("Bestanden: {subject}"),
            "herzlichen Glückwunsch, Sie haben das Modul bestanden. Ihr Nachweis liegt bereit, als PDF und als digitales Abzeichen.",
        ),
        _ => (
            format!("Bitte ergänzen: Ihr Antrag zu {subject}"),
            "für Ihren Antrag fehlt noch etwas. Auf der Seite steht, was. Reichen Sie den Antrag danach noch einmal ein.",
        ),
    };
    Words {
        subject,
        paragraphs: vec![
            "Guten Tag,".into(),
            news.into(),
            Paragraph::link(
                match occasion {
                    Occasion::CertificateIssued => "Ihr Nachweis",
                    _ => "Bitte melden Sie sich an und öffnen Sie diese Seite",
                },
                link,
            ),
            GREETINGS.into(),
        ],
    }
}

/// The facts of the Veranstaltung and the answers given, one line each.
fn details(facts: &MailFacts) -> String {
    let workshop = &facts.workshop;
    let mut lines = vec![
        format!("Veranstaltung: {}", workshop.title),
        format!("Wann: {}", german::span(workshop.starts_at, workshop.ends_at)),
        format!("Teilnahme: {}", mode(facts.place.mode)),
    ];
    let dates = workshop.sessions.iter().map(Session::words);
    lines.splice(2..2, dates.map(|date| format!("Termin: {date}")));
    match facts.place.mode {
        Mode::OnSite => {
            lines.push(format!("Wo: {}", workshop.venue));
            lines.extend(filled("Zugang", &workshop.access_info));
        }
        Mode::Online => {
            match &workshop.online_link {
                Some(link) => lines.push(format!("Videolink: {link}")),
                None if facts.place.state == PlaceState::Confirmed => {
                    lines.push("Videolink: steht noch nicht fest. Wir schicken ihn Ihnen.".to_owned());
                }
                None if facts.place.state.is_active() => {
                    lines.push("Videolink: bekommen Sie mit der Bestätigung.".to_owned());
                }
                // Where the place has ended, nothing comes any more.
                None => {}
            }
            lines.extend(filled("Online", &workshop.online_info));
        }
    }
    lines.push(format!("Träger: {}", facts.place.organisation));
    lines.extend(filled("Landkreis oder Stadt", &facts.place.district));
    let needs = facts.place.needs.with_text(&facts.place.access_needs);
    lines.extend(filled("Ihr Bedarf", &needs));
    let topics = facts.place.topics.iter();
    lines.extend(topics.map(|topic| format!("Ihr Thema: {topic}")));
    lines.extend(facts.place.listing.map(|listing| match listing {
        Listing::Nobody => "Teilnahmeliste: Nur die Geschäftsstelle sieht, dass Sie teilnehmen.".to_owned(),
        Listing::Participants => {
            "Teilnahmeliste: Alle mit festem Platz sehen Namen, Träger und Landkreis.".to_owned()
        }
    }));
    if let Some(by) = &facts.place.signed_up_by {
        lines.push(format!("Eingetragen von: {by}"));
    }
    lines.extend(filled("Fragen", &workshop.contact));
    lines.join("\n")
}

/// Somebody else filled in the form: who, and that nobody has to come for that.
fn entered_by(by: &str, state: PlaceState) -> String {
    let button = match state {
        PlaceState::Waiting => "Ich möchte nicht mehr warten",
        _ => "Ich kann nicht kommen",
    };
    format!(
        "Angemeldet hat Sie: {by}. Sie entscheiden selbst: Auf der Seite Ihres Links bestätigen Sie, \
         oder Sie lehnen ab mit „{button}“. Wenn Sie nichts tun, verfällt die Anmeldung von selbst."
    )
}

fn filled(name: &str, value: &str) -> Option<String> {
    (!value.is_empty()).then(|| format!("{name}: {value}"))
}

fn with_reason(sentence: &str, reason: &str) -> String {
    if reason.is_empty() {
        sentence.to_owned()
    } else {
        format!("{sentence} Grund: {reason}")
    }
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::OnSite => "vor Ort",
        Mode::Online => "online",
    }
}

impl Words {
    /// The plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let paragraphs = self.paragraphs.iter().map(|paragraph| match paragraph {
            Paragraph::Text(text) => text.clone(),
            Paragraph::Link { label, url } => format!("{label}: {url}"),
        });
        format!("{}\n", paragraphs.collect::<Vec<_>>().join("\n\n"))
    }

    /// The same as simple HTML; everything in it is escaped.
    #[must_use]
    pub fn html(&self) -> String {
        let paragraphs = self.paragraphs.iter().map(|paragraph| match paragraph {
            Paragraph::Text(text) => format!("<p>{}</p>", escaped(text).replace('\n', "<br>")),
            Paragraph::Link { label, url } => {
                let (label, url) = (escaped(label), escaped(url));
                format!("<p>{label}: <a href=\"{url}\">{url}</a></p>")
            }
        });
        let body = paragraphs.collect::<String>();
        format!(
            "<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"utf-8\"><title>{}</title></head><body>{body}</body></html>",
            escaped(&self.subject)
        )
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use domain::access_need::AccessNeeds;
    use store::signups::{PlaceFacts, ResultsFacts};

    use super::*;

    #[test]
    fn a_code_is_easy_to_read_and_the_subject_keeps_it_secret() {
        let words = code(&CodeFacts {
            code: "ABCD2345".into(),
            until: 0,
        });
        assert!(words.text().contains("ABCD-2345"));
        assert!(!words.subject.contains("ABCD"));
    }

    fn facts(state: PlaceState, signed_up_by: Option<&str>) -> MailFacts {
        serde_json::from_value(serde_json::json!({
            "workshop": {
                "id": "w", "slug": "wohnen", "title": "Wohnen", "starts_at": 0, "ends_at": 0, "venue": "Haus",
                "access_info": "", "online_link": null, "online_info": "", "contact": "", "sequence": 0, "closes_at": 0,
            },
            "place": {
                "id": "p", "token": "t", "name": "Berta", "organisation": "Haus", "mode": "on_site", "state": state,
                "until": 0, "position": null, "access_needs": "vegan", "needs": ["food"], "signed_up_by": signed_up_by,
            },
        }))
        .unwrap()
    }

    #[test]
    fn a_colleague_reads_who_did_it_and_how_to_confirm_or_decline() {
        for (state, button) in [
            (PlaceState::Held, "Ich kann nicht kommen"),
            (PlaceState::Waiting, "Ich möchte nicht mehr warten"),
        ] {
            let text = place(Occasion::ConfirmSignUp, &facts(state, Some("Anna")), join).text();
            assert!(text.contains("Angemeldet hat Sie: Anna."), "{text}");
            assert!(text.contains("„Jetzt bestätigen“"), "{text}");
            assert!(text.contains(&format!("„{button}“")), "{text}");
        }
        let own = place(Occasion::ConfirmSignUp, &facts(PlaceState::Held, None), join).text();
        assert!(!own.contains("Angemeldet hat Sie"), "{own}");
    }

    #[test]
    fn what_was_ticked_and_typed_stands_in_the_mail() {
        let text = place(
            Occasion::PlaceConfirmed,
            &facts(PlaceState::Confirmed, None),
            join,
        )
        .text();
        assert!(
            text.contains("Ihr Bedarf: Besonderes beim Essen. vegan"),
            "{text}"
        );
    }

    #[test]
    fn hostile_text_stays_text_in_html() {
        let words = Words {
            subject: "<b>".into(),
            paragraphs: vec![
                "<script>alert(1)</script>".into(),
                Paragraph::link("<script>", "https://lafast.example/\"onclick=\""),
            ],
        };
        assert!(!words.html().contains("<script>"));
        assert!(!words.html().contains("\"onclick"));
    }

    /// What a mail about a place tells, all of it typed by somebody who means harm.
    fn hostile() -> MailFacts {
        let typed = "Ihr persönlicher Link: https://falsch.example/anmeldung/x".to_owned();
        MailFacts {
            workshop: WorkshopFacts {
                id: "1".to_owned(),
                slug: "wohnen".to_owned(),
                title: typed.clone(),
                starts_at: Instant::from_input("2026-12-03T10:00").unwrap(),
                ends_at: Instant::from_input("2026-12-03T15:00").unwrap(),
                sessions: Vec::new(),
                venue: typed.clone(),
                access_info: typed.clone(),
                online_link: None,
                online_info: typed.clone(),
                contact: typed.clone(),
                sequence: 0,
                closes_at: Instant(0),
                is_run: false,
                moves_up: true,
                takes_sign_ups: true,
            },
            place: PlaceFacts {
                id: "2".to_owned(),
                token: "abc".to_owned(),
                name: typed.clone(),
                organisation: typed.clone(),
                mode: Mode::OnSite,
                state: PlaceState::Confirmed,
                until: None,
                position: None,
                needs: AccessNeeds::default(),
                access_needs: typed.clone(),
                district: "Dresden".to_owned(),
                topics: vec![typed.clone()],
                listing: Some(Listing::Participants),
                signed_up_by: Some(typed.clone()),
                revision: 1,
                was_certain: true,
            },
            message: typed.clone(),
            subject: typed.clone(),
            dates_before: None,
            agenda: typed.clone(),
            results: vec![ResultsFacts {
                slug: "runde".to_owned(),
                title: typed,
            }],
            certificate: None,
        }
    }

    fn join(path: &str) -> String {
        format!("https://lafast.example{path}")
    }

    fn hrefs(html: &str) -> Vec<&str> {
        let hrefs = html.split("href=\"").skip(1);
        hrefs.filter_map(|rest| rest.split('"').next()).collect()
    }

    #[test]
    fn what_somebody_typed_never_becomes_a_link() {
        let facts = hostile();
        let own = "https://lafast.example/anmeldung/abc";
        for occasion in Occasion::ALL.into_iter().filter(|one| one.is_about_a_place()) {
            let html = place(occasion, &facts, join).html();
            assert!(
                html.contains("https://falsch.example"),
                "{occasion:?} shows what was typed"
            );
            match occasion {
                Occasion::HandedOn => assert!(hrefs(&html).is_empty()),
                Occasion::ThankYou => {
                    assert_eq!(
                        hrefs(&html),
                        ["https://lafast.example/themen/runde/ergebnisse", own]
                    );
                }
                _ => assert_eq!(hrefs(&html), [own], "{occasion:?}"),
            }
        }
    }

    #[test]
    fn who_declines_reads_what_was_given_up_and_of_an_older_mail_both() {
        for (left, subject, said, other) in [
            (
                "offered",
                "Abgelehnt",
                "Sie haben den freien Platz abgelehnt.",
                "Warteliste",
            ),
            (
                "waiting",
                "Warteliste verlassen",
                "Sie haben die Warteliste verlassen.",
                "abgelehnt",
            ),
            (
                "",
                "Abgelehnt",
                "Sie haben den Platz abgelehnt oder die Warteliste verlassen.",
                "\u{0}",
            ),
        ] {
            let facts = MailFacts {
                message: left.to_owned(),
                ..facts(PlaceState::Declined, None)
            };
            let words = place(Occasion::Declined, &facts, join);
            assert_eq!(words.subject, format!("{subject}: „Wohnen“"));
            let text = words.text();
            assert!(text.contains(said) && !text.contains(other), "{left}: {text}");
        }
    }

    #[test]
    fn a_confirmation_says_what_was_answered() {
        let mut facts = hostile();
        facts.place.topics = vec!["Kaution".to_owned()];
        let text = place(Occasion::PlaceConfirmed, &facts, join).text();
        for line in [
            "Landkreis oder Stadt: Dresden\n",
            "Ihr Thema: Kaution\n",
            "Teilnahmeliste: Alle mit festem Platz sehen Namen, Träger und Landkreis.\n",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        facts.place.listing = None;
        let text = place(Occasion::PlaceConfirmed, &facts, join).text();
        assert!(!text.contains("Teilnahmeliste"), "mails from before it was told");
    }

    #[test]
    fn an_offer_says_what_happens_without_an_answer() {
        let text = place(Occasion::Offer, &hostile(), join).text();
        assert!(text.contains("Ihr Eintrag auf der Warteliste endet"), "{text}");
    }

    #[test]
    fn what_is_said_of_a_missed_offer_holds_when_nobody_moves_up_and_sign_up_is_closed() {
        let mut facts = hostile();
        let open = place(Occasion::OfferMissed, &facts, join).text();
        assert!(
            open.contains("geht an die nächste Person") && open.contains("Sie können sich neu anmelden.")
        );
        facts.workshop.moves_up = false;
        let late = place(Occasion::OfferMissed, &facts, join).text();
        assert!(
            late.contains("rückt jetzt niemand mehr nach") && late.contains("Sie können sich neu anmelden.")
        );
        facts.workshop.takes_sign_ups = false;
        for occasion in [
            Occasion::OfferMissed,
            Occasion::HoldExpired,
            Occasion::Offer,
            Occasion::DeadlineMoved,
        ] {
            facts.place.state = PlaceState::Offered;
            let closed = place(occasion, &facts, join).text();
            for promise in [
                "nächste Person",
                "Sie können sich neu",
                "Sie können sich dann neu",
            ] {
                assert!(!closed.contains(promise), "{promise} in {closed}");
            }
        }
    }

    #[test]
    fn who_has_another_deadline_reads_until_when_and_what_to_do() {
        for (state, button) in [
            (PlaceState::Held, "„Jetzt bestätigen“"),
            (PlaceState::Waiting, "„Jetzt bestätigen“"),
            (
                PlaceState::Offered,
                "nehmen Sie den Platz an oder lehnen Sie ihn ab",
            ),
        ] {
            let mut facts = facts(state, Some("Anna"));
            facts.place.until = Instant::from_input("2026-12-03T10:30");
            let words = place(Occasion::DeadlineMoved, &facts, join);
            assert_eq!(words.subject, "Ihre Frist hat sich geändert: „Wohnen“");
            let link = "https://lafast.example/anmeldung/t";
            for text in [words.text(), words.html()] {
                for part in ["bis Do,\u{a0}3.\u{a0}Dezember 2026, 10:30\u{a0}Uhr", button, link] {
                    assert!(text.contains(part), "{part} in {text}");
                }
            }
            // As in the first mail: who did it, and that one need not come.
            let entered = words.text().contains("Angemeldet hat Sie: Anna.");
            assert_eq!(entered, state != PlaceState::Offered);
        }
    }

    #[test]
    fn who_changes_the_mode_reads_whether_the_seat_is_certain() {
        let sure = place(Occasion::ModeChanged, &facts(PlaceState::Confirmed, None), join).text();
        assert!(sure.contains("Sie nehmen jetzt vor Ort teil."), "{sure}");
        let mut held = facts(PlaceState::Held, None);
        held.place.until = Instant::from_input("2026-12-03T10:30");
        let held = place(Occasion::ModeChanged, &held, join).text();
        assert!(
            held.contains("bis Do,\u{a0}3.") && held.contains("„Jetzt bestätigen“"),
            "{held}"
        );
        assert!(!held.contains("Sie nehmen jetzt"), "{held}");
        assert!(
            !held.contains("keine Plätze"),
            "who asked for it knows why: {held}"
        );
    }

    #[test]
    fn who_is_moved_to_the_other_mode_reads_why_and_how_the_place_stands() {
        for (state, until, part) in [
            (PlaceState::Confirmed, None, "Sie nehmen jetzt online teil."),
            (
                PlaceState::Held,
                Some("2026-12-03T10:30"),
                "Ihr Platz ist jetzt online, bis Do,\u{a0}3.",
            ),
            (
                PlaceState::Offered,
                Some("2026-12-03T10:30"),
                "nehmen Sie den Platz an oder lehnen Sie ihn ab",
            ),
            (
                PlaceState::Waiting,
                Some("2026-12-03T10:30"),
                "„Jetzt bestätigen“",
            ),
            (
                PlaceState::Waiting,
                None,
                "für die Teilnahme online auf Platz 4 der Warteliste. Wird ein Platz frei",
            ),
        ] {
            let mut facts = facts(state, None);
            facts.place.mode = Mode::Online;
            facts.place.position = Some(4);
            facts.place.until = until.and_then(Instant::from_input);
            facts.message = Mode::OnSite.key().to_owned();
            let text = place(Occasion::ModeChanged, &facts, join).text();
            assert!(
                text.contains("bei dieser Veranstaltung gibt es keine Plätze vor Ort mehr."),
                "{text}"
            );
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn a_change_says_what_changed_and_what_stays_for_each() {
        for (state, position, until, stays) in [
            (PlaceState::Confirmed, None, None, "Ihr Platz bleibt Ihnen."),
            (
                PlaceState::Waiting,
                Some(4),
                None,
                "weiter auf Platz 4 der Warteliste.",
            ),
            (
                PlaceState::Waiting,
                Some(4),
                Some("2026-12-03T10:30"),
                "wenn Sie das bis Do,\u{a0}3.",
            ),
            (
                PlaceState::Offered,
                None,
                Some("2026-12-03T10:30"),
                "freie Platz ist weiter bis Do,\u{a0}3.",
            ),
            (
                PlaceState::Held,
                None,
                Some("2026-12-03T10:30"),
                "Bitte bestätigen Sie ihn.",
            ),
        ] {
            let mut facts = facts(state, None);
            facts.place.position = position;
            facts.place.until = until.and_then(Instant::from_input);
            facts.message = "time,place".to_owned();
            let text = place(Occasion::WorkshopChanged, &facts, join).text();
            assert!(text.contains("Geändert: die Zeit, der Ort."), "{text}");
            assert!(text.contains(stays), "{stays} in {text}");
            assert_eq!(
                text.contains("bleibt Ihnen"),
                state == PlaceState::Confirmed,
                "{text}"
            );
        }
    }

    #[test]
    fn the_line_is_not_said_to_move_when_it_does_not() {
        let mut facts = facts(PlaceState::Waiting, None);
        facts.place.until = None;
        facts.place.position = Some(1);
        let first = place(Occasion::Waiting, &facts, join).text();
        assert!(
            first.contains("rücken Sie nach, und wir schreiben Ihnen"),
            "{first}"
        );
        facts.place.position = Some(2);
        let open = place(Occasion::Waiting, &facts, join).text();
        assert!(open.contains("rückt die nächste Person nach"), "{open}");
        facts.workshop.moves_up = false;
        let late = place(Occasion::Waiting, &facts, join).text();
        assert!(late.contains("rückt niemand mehr von selbst nach"), "{late}");
    }

    #[test]
    fn the_mail_says_what_the_link_is_for() {
        for (state, occasion, expected) in [
            (
                PlaceState::Confirmed,
                Occasion::PlaceConfirmed,
                "absagen oder den Platz abgeben.",
            ),
            (
                PlaceState::Cancelled,
                Occasion::Cancelled,
                "Dort sehen Sie, was bisher geschah.",
            ),
        ] {
            let text = place(occasion, &facts(state, None), join).text();
            assert!(text.contains(expected), "{text}");
            assert!(text.contains("Der Link ist nur für Sie."), "{text}");
        }
    }

    #[test]
    fn the_link_again_says_what_is_still_to_be_done() {
        let mut facts = facts(PlaceState::Held, None);
        facts.place.until = Instant::from_input("2026-12-03T10:30");
        let words = place(Occasion::LinkAgain, &facts, join);
        assert!(words.text().contains("bis Do,\u{a0}3.") && words.text().contains("„Jetzt bestätigen“"));
        facts.place.state = PlaceState::Confirmed;
        facts.place.until = None;
        let words = place(Occasion::LinkAgain, &facts, join);
        assert!(!words.text().contains("bestätigen Sie sie"));
    }

    #[test]
    fn who_has_a_place_reads_where_topics_are_voted_on() {
        let text = place(Occasion::PlaceConfirmed, &hostile(), join).text();
        assert!(text.contains("vergeben drei Stimmen"), "{text}");
    }

    #[test]
    fn a_reminder_says_when_where_what_and_how_to_cancel() {
        let text = place(Occasion::Reminder, &hostile(), join).text();
        for part in [
            "Wann: Do,\u{a0}3.",
            "Wo: ",
            "Zugang: ",
            "Ablauf:\n",
            "„Ich kann nicht kommen“",
            "Ihr persönlicher Link: https://lafast.example/anmeldung/abc",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn a_reminder_names_the_office_once_nobody_moves_up_by_itself() {
        let mut facts = hostile();
        let open = place(Occasion::Reminder, &facts, join).text();
        assert!(open.contains("dann kann jemand nachrücken:"), "{open}");
        facts.workshop.moves_up = false;
        let late = place(Occasion::Reminder, &facts, join).text();
        assert!(
            late.contains("dann kann die Geschäftsstelle den Platz weitergeben:"),
            "{late}"
        );
        assert!(!late.contains("nachrücken"), "{late}");
    }
}
