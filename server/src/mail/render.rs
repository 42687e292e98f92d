//! Subject and text of each occasion: Sie, short sentences, all facts, what happens next.

use domain::booking::{Mode, PlaceState};
use domain::german;
use domain::mail::Occasion;
use domain::time::Instant;
use domain::workshop::Session;
use serde::Deserialize;
use store::outbox::NoticeFacts;
use store::signups::MailFacts;

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The subject.
    pub subject: String,
    /// Paragraphs, in the order in which they are read.
    pub paragraphs: Vec<String>,
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
            "Guten Tag,".to_owned(),
            "mit diesem Code melden Sie sich an:".to_owned(),
            format!("{first}-{second}"),
            format!(
                "Der Code gilt bis {} und nur ein Mal.",
                german::clock(Instant(facts.until))
            ),
            "Sie haben keinen Code angefordert? Dann müssen Sie nichts tun.".to_owned(),
        ],
    }
}

/// The mail about a place. `link` is the personal link.
#[must_use]
pub fn place(occasion: Occasion, facts: &MailFacts, link: &str) -> Words {
    let title = &facts.workshop.title;
    let until = facts.place.until.map(german::moment).unwrap_or_default();
    let position = facts.place.position.unwrap_or(1);
    let (subject, news) = match occasion {
        Occasion::ConfirmSignUp if facts.place.state == PlaceState::Waiting => (
            format!("Bitte bestätigen: Warteliste für „{title}“"),
            format!(
                "gerade ist alles belegt. Sie stehen auf Platz {position} der Warteliste. Bitte bestätigen Sie das bis {until}. \
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
        Occasion::PlaceConfirmed => (format!("Ihr Platz bei „{title}“ ist bestätigt"), "Ihr Platz ist bestätigt. Wir freuen uns auf Sie.".to_owned()),
        Occasion::Waiting => (
            format!("Warteliste: „{title}“"),
            format!("Sie stehen auf Platz {position} der Warteliste. Wird ein Platz frei, schreiben wir Ihnen. Niemand überholt Sie."),
        ),
        Occasion::Promoted => (format!("Sie haben einen Platz: „{title}“"), "ein Platz ist frei geworden. Er gehört Ihnen. Können Sie nicht kommen, sagen Sie bitte gleich ab.".to_owned()),
        Occasion::Offer => (
            format!("Ein Platz ist frei: „{title}“"),
            format!("ein Platz ist frei geworden. Wir halten ihn für Sie bis {until}. Öffnen Sie Ihren Link und nehmen Sie den Platz an oder lehnen Sie ihn ab. Ohne Antwort geht er an die nächste Person."),
        ),
        Occasion::OfferMissed => (format!("Angebot abgelaufen: „{title}“"), "die Frist für den freien Platz ist vorbei. Der Platz ging an die nächste Person. Sie können sich neu anmelden.".to_owned()),
        Occasion::HoldExpired => (format!("Nicht bestätigt: „{title}“"), "Ihre Anmeldung wurde nicht rechtzeitig bestätigt. Sie gilt nicht mehr. Sie können sich neu anmelden.".to_owned()),
        Occasion::Cancelled => (format!("Abgesagt: Ihr Platz bei „{title}“"), with_reason("Ihr Platz ist abgesagt.", &facts.message)),
        Occasion::Declined => (format!("Abgelehnt: „{title}“"), "Sie haben den Platz abgelehnt oder die Warteliste verlassen. Danke für die Nachricht.".to_owned()),
        Occasion::ModeChanged => (format!("Geändert: Ihre Teilnahme an „{title}“"), format!("Sie nehmen jetzt {} teil.", mode(facts.place.mode))),
        Occasion::HandedOver => (format!("Ein Platz für Sie: „{title}“"), "eine Kollegin oder ein Kollege hat Ihnen einen Platz weitergegeben. Können Sie nicht kommen, sagen Sie bitte ab.".to_owned()),
        Occasion::HandedOn => (format!("Weitergegeben: Ihr Platz bei „{title}“"), "Sie haben Ihren Platz weitergegeben. Ihr Link gilt nicht mehr.".to_owned()),
        Occasion::WorkshopChanged => (format!("Geändert: „{title}“"), "Zeit, Ort oder Titel haben sich geändert. Unten steht, was jetzt gilt. Ihr Platz bleibt Ihnen.".to_owned()),
        Occasion::WorkshopCancelled => (format!("Abgesagt: „{title}“"), with_reason("diese Veranstaltung findet nicht statt.", &facts.message)),
        Occasion::LinkAgain => (format!("Ihr Link zu „{title}“"), "hier ist Ihr persönlicher Link noch einmal. Sie haben ihn nicht angefordert? Dann müssen Sie nichts tun.".to_owned()),
        Occasion::StaffMessage => (facts.subject.clone(), facts.message.clone()),
        Occasion::SignInCode
        | Occasion::RecognitionDecided
        | Occasion::RecognitionMoreAsked
        | Occasion::CertificateIssued
        | Occasion::ConfirmModules => (String::new(), String::new()),
    };
    let mut paragraphs = vec![format!("Guten Tag, {},", facts.place.name)];
    if occasion == Occasion::ConfirmSignUp
        && let Some(by) = &facts.place.signed_up_by
    {
        paragraphs.push(entered_by(by, facts.place.state));
    }
    paragraphs.push(news);
    paragraphs.extend(details(facts));
    if occasion != Occasion::HandedOn {
        paragraphs.push(format!("Ihr persönlicher Link: {link}"));
        paragraphs.push("Dort sehen und ändern Sie alles: bestätigen, absagen, weitergeben. Bitte geben Sie den Link nicht weiter.".to_owned());
    }
    paragraphs.push("Freundliche Grüße\nIhre Landesfachstelle (LaFaSt)".to_owned());
    Words { subject, paragraphs }
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
            "Guten Tag,".to_owned(),
            news.to_owned(),
            match occasion {
                Occasion::CertificateIssued => format!("Ihr Nachweis: {link}"),
                _ => format!("Bitte melden Sie sich an und öffnen Sie diese Seite: {link}"),
            },
            "Freundliche Grüße\nIhre Landesfachstelle (LaFaSt)".to_owned(),
        ],
    }
}

/// The facts of the Veranstaltung and the answers given, one line each.
fn details(facts: &MailFacts) -> Vec<String> {
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
                None => lines.push("Videolink: bekommen Sie mit der Bestätigung.".to_owned()),
            }
            lines.extend(filled("Online", &workshop.online_info));
        }
    }
    lines.push(format!("Träger: {}", facts.place.organisation));
    let needs = facts.place.needs.with_text(&facts.place.access_needs);
    lines.extend(filled("Ihr Bedarf", &needs));
    if let Some(by) = &facts.place.signed_up_by {
        lines.push(format!("Eingetragen von: {by}"));
    }
    lines.extend(filled("Fragen", &workshop.contact));
    vec![lines.join("\n")]
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
        format!("{}\n", self.paragraphs.join("\n\n"))
    }

    /// The same as simple HTML; everything in it is escaped.
    #[must_use]
    pub fn html(&self) -> String {
        let body = self
            .paragraphs
            .iter()
            .map(|paragraph| format!("<p>{}</p>", linked(&escaped(paragraph)).replace('\n', "<br>")))
            .collect::<String>();
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

/// Makes the personal link, which is a paragraph of its own, one to press; nothing that stands in a name becomes one.
fn linked(paragraph: &str) -> String {
    match paragraph.strip_prefix("Ihr persönlicher Link: ") {
        Some(link) => format!("Ihr persönlicher Link: <a href=\"{link}\">{link}</a>"),
        None => paragraph.to_owned(),
    }
}

#[cfg(test)]
mod tests {
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
            let text = place(Occasion::ConfirmSignUp, &facts(state, Some("Anna")), "link").text();
            assert!(text.contains("Angemeldet hat Sie: Anna."), "{text}");
            assert!(text.contains("„Jetzt bestätigen“"), "{text}");
            assert!(text.contains(&format!("„{button}“")), "{text}");
        }
        let own = place(Occasion::ConfirmSignUp, &facts(PlaceState::Held, None), "link").text();
        assert!(!own.contains("Angemeldet hat Sie"), "{own}");
    }

    #[test]
    fn only_the_personal_link_can_be_pressed() {
        let by = "Ihr persönlicher Link: https://fremd.example";
        let html = place(
            Occasion::ConfirmSignUp,
            &facts(PlaceState::Held, Some(by)),
            "https://hier.example",
        )
        .html();
        assert_eq!(html.matches("<a href=").count(), 1, "{html}");
        assert!(html.contains("<a href=\"https://hier.example\">"), "{html}");
    }

    #[test]
    fn what_was_ticked_and_typed_stands_in_the_mail() {
        let text = place(
            Occasion::PlaceConfirmed,
            &facts(PlaceState::Confirmed, None),
            "link",
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
            paragraphs: vec!["<script>alert(1)</script>".into()],
        };
        assert!(!words.html().contains("<script>"));
    }
}
