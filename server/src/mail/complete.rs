//! Every mail tells all that its reader has to know, in both of its parts.

use domain::booking::{Mode, PlaceState};
use domain::mail::Occasion;
use domain::time::Instant;
use store::outbox::NoticeFacts;
use store::signups::MailFacts;

use super::render::{self, Words};

const LINK: &str = "https://lafast.example/anmeldung/abc";
const VIDEO: &str = "Videolink: https://video.example/raum";
const UNTIL: &str = "bis Mi,\u{a0}2.\u{a0}Dezember 2026, 17\u{a0}Uhr";

/// How the place stands of which a mail of this occasion tells; nothing if it tells of none. Who adds an occasion says it here.
fn standing(occasion: Occasion) -> Option<PlaceState> {
    Some(match occasion {
        Occasion::ConfirmSignUp | Occasion::DeadlineMoved => PlaceState::Held,
        Occasion::Waiting => PlaceState::Waiting,
        Occasion::Offer => PlaceState::Offered,
        Occasion::PlaceConfirmed
        | Occasion::Promoted
        | Occasion::ModeChanged
        | Occasion::HandedOver
        | Occasion::HandedOn
        | Occasion::WorkshopChanged
        | Occasion::LinkAgain
        | Occasion::StaffMessage
        | Occasion::Reminder
        | Occasion::ThankYou => PlaceState::Confirmed,
        Occasion::OfferMissed => PlaceState::OfferMissed,
        Occasion::HoldExpired => PlaceState::HoldExpired,
        Occasion::Declined => PlaceState::Declined,
        Occasion::Cancelled | Occasion::WorkshopCancelled => PlaceState::Cancelled,
        Occasion::SignInCode
        | Occasion::LinksWanted
        | Occasion::RecognitionDecided
        | Occasion::RecognitionMoreAsked
        | Occasion::CertificateIssued
        | Occasion::ConfirmModules => return None,
    })
}

/// What stands in the outbox about a place that stands like this.
fn facts(state: PlaceState, mode: Mode) -> MailFacts {
    let at = |text| Instant::from_input(text).unwrap().micros();
    let is_certain = state == PlaceState::Confirmed;
    let deadline = matches!(state, PlaceState::Held | PlaceState::Offered).then(|| at("2026-12-02T17:00"));
    serde_json::from_value(serde_json::json!({
        "workshop": {
            "id": "w", "slug": "wohnen", "title": "Wohnen & Recht", "starts_at": at("2026-12-03T10:00"),
            "ends_at": at("2026-12-03T15:00"), "venue": "Haus am Fluss, 01067 Dresden", "access_info": "Aufzug vorhanden",
            "online_link": is_certain.then_some("https://video.example/raum"), "online_info": "Browser genügt",
            "contact": "Geschäftsstelle", "sequence": 0, "closes_at": at("2026-12-02T18:00"),
        },
        "place": {
            "id": "p", "token": "abc", "name": "Berta", "organisation": "Haus", "mode": mode, "state": state,
            "until": deadline, "position": 3, "access_needs": "", "signed_up_by": null,
        },
        "message": "Das steht in der Nachricht.", "subject": "Zum Ablauf", "agenda": "10:00 Ankommen\n15:00 Ende",
    }))
    .unwrap()
}

fn join(path: &str) -> String {
    format!("https://lafast.example{path}")
}

/// As the HTML part says a text.
fn in_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('\n', "<br>")
}

/// Which of these texts are missing, in the text or in the HTML.
fn missing<'a>(words: &Words, texts: &[&'a str]) -> Vec<(&'static str, &'a str)> {
    let (text, html) = (words.text(), words.html());
    let plain = texts
        .iter()
        .filter(|one| !text.contains(**one))
        .map(|one| ("text", *one));
    let marked = texts
        .iter()
        .filter(|one| !html.contains(&in_html(one)))
        .map(|one| ("html", *one));
    plain.chain(marked).collect()
}

/// What everybody reads who still has something to do with the place, or had.
fn expected(occasion: Occasion, state: PlaceState, mode: Mode) -> Vec<&'static str> {
    let mut texts = vec![
        "Guten Tag, Berta,",
        "Veranstaltung: Wohnen & Recht\nWann: Do,\u{a0}3.\u{a0}Dezember 2026, 10–15\u{a0}Uhr",
    ];
    if occasion == Occasion::ThankYou {
        texts.extend([
            "Fragen und Rückmeldungen: Geschäftsstelle",
            "Dort bleibt Ihr Platz noch ein Jahr lang stehen.",
        ]);
        return texts;
    }
    texts.extend([
        "\nTräger: Haus",
        "\nFragen: Geschäftsstelle",
        "Ablauf:\n10:00 Ankommen\n15:00 Ende",
    ]);
    match (mode, state) {
        (Mode::OnSite, _) => {
            texts.push("Teilnahme: vor Ort\nWo: Haus am Fluss, 01067 Dresden\nZugang: Aufzug vorhanden");
        }
        (Mode::Online, PlaceState::Confirmed) => {
            texts.extend(["Teilnahme: online\n", VIDEO, "\nOnline: Browser genügt"])
        }
        (Mode::Online, state) if state.is_active() => {
            texts.push(
                "Teilnahme: online\nVideolink: bekommen Sie mit der Bestätigung.\nOnline: Browser genügt",
            );
        }
        (Mode::Online, _) => texts.push("Teilnahme: online\nOnline: Browser genügt"),
    }
    if matches!(state, PlaceState::Held | PlaceState::Offered) {
        texts.push(UNTIL);
    }
    texts.push(match occasion {
        Occasion::HandedOn => "Ihr Link gilt nicht mehr.",
        _ if state.is_active() => "Dort können Sie Angaben ändern, absagen oder den Platz abgeben.",
        _ => "Dort sehen Sie, was bisher geschah.",
    });
    texts
}

#[test]
fn every_mail_about_a_place_says_what_when_where_and_how_to_get_back_to_it() {
    for occasion in Occasion::ALL {
        let Some(state) = standing(occasion) else {
            assert!(!occasion.is_about_a_place(), "{occasion:?}");
            continue;
        };
        assert!(occasion.is_about_a_place(), "{occasion:?}");
        for mode in Mode::ALL {
            let words = render::place(occasion, &facts(state, mode), join);
            let (text, html) = (words.text(), words.html());
            let lost = missing(&words, &expected(occasion, state, mode));
            assert!(lost.is_empty(), "{occasion:?}, {mode:?}: {lost:?} in {text}");
            let about = match occasion {
                Occasion::StaffMessage => "Zum Ablauf",
                _ => "Wohnen & Recht",
            };
            assert!(words.subject.contains(about), "{occasion:?}: {}", words.subject);
            let anchor = format!("Ihr persönlicher Link: <a href=\"{LINK}\">{LINK}</a>");
            let has_link = occasion != Occasion::HandedOn;
            assert_eq!(
                text.contains(&format!("Ihr persönlicher Link: {LINK}\n")),
                has_link,
                "{text}"
            );
            assert_eq!(html.contains(&anchor), has_link, "{html}");
            // Who has not confirmed, and who has no place any more, gets no link to the video.
            if state != PlaceState::Confirmed {
                assert!(!text.contains("https://video.example"), "{occasion:?}: {text}");
            }
            if !state.is_active() {
                assert!(
                    !text.contains("Videolink"),
                    "{occasion:?} promises nothing: {text}"
                );
            }
        }
    }
    // And the check can fail.
    let words = render::place(Occasion::Waiting, &facts(PlaceState::Waiting, Mode::OnSite), join);
    assert_eq!(
        missing(&words, &["Wann: gestern"]),
        [("text", "Wann: gestern"), ("html", "Wann: gestern")]
    );
}

#[test]
fn what_a_mail_is_about_stands_in_it_for_each_state() {
    for (occasion, said) in [
        (Occasion::Waiting, "Sie stehen auf Platz 3 der Warteliste."),
        (
            Occasion::Cancelled,
            "Ihr Platz ist abgesagt. Grund: Das steht in der Nachricht.",
        ),
        (
            Occasion::WorkshopCancelled,
            "diese Veranstaltung findet nicht statt. Grund: Das steht in der Nachricht.",
        ),
        (Occasion::StaffMessage, "Das steht in der Nachricht."),
        (
            Occasion::Promoted,
            "ein Platz ist frei geworden. Er gehört Ihnen.",
        ),
        (
            Occasion::HoldExpired,
            "Ihre Anmeldung wurde nicht rechtzeitig bestätigt.",
        ),
    ] {
        let state = standing(occasion).unwrap();
        let words = render::place(occasion, &facts(state, Mode::OnSite), join);
        assert!(missing(&words, &[said]).is_empty(), "{said} in {}", words.text());
    }
}

#[test]
fn every_other_mail_says_what_it_is_about_and_leads_there() {
    let facts = NoticeFacts {
        subject: "FSA-101".to_owned(),
        path: "/anrechnung/FSA-101".to_owned(),
    };
    let link = join(&facts.path);
    let others = Occasion::ALL.into_iter().filter(|one| standing(*one).is_none());
    // A code has no page, and of a wish for links no mail is made.
    for occasion in others.filter(|one| !matches!(one, Occasion::SignInCode | Occasion::LinksWanted)) {
        let words = render::notice(occasion, &facts, &link);
        assert!(
            words.subject.contains("FSA-101"),
            "{occasion:?}: {}",
            words.subject
        );
        assert!(words.text().contains(&format!(": {link}\n")), "{}", words.text());
        let anchor = format!("<a href=\"{link}\">{link}</a>");
        assert!(words.html().contains(&anchor), "{}", words.html());
    }
}
