//! States and history of a place in plain words.

use domain::booking::admit::check_open;
use domain::booking::settle::promotion_is_open;
use domain::booking::{Mode, PlaceState, Reason, SeatRules};
use domain::german;
use domain::time::Instant;
use store::signups::{HistoryEntry, PlaceView};

use crate::ui::text;
use crate::workshops::dto::Tone;

/// Headline, explanation and tone of a place.
#[must_use]
pub fn standing(place: &PlaceView, now: Instant) -> (String, String, &'static str) {
    let until = place.until.map(german::moment).unwrap_or_default();
    let position = place.position.unwrap_or(1);
    if place.state.is_active() && now >= place.workshop.draft.ends_at {
        return (
            "Diese Veranstaltung ist vorbei.".to_owned(),
            String::new(),
            "info",
        );
    }
    match place.state {
        PlaceState::Held => (
            "Bitte bestätigen Sie Ihre Anmeldung.".to_owned(),
            format!("Ihr Platz ist bis {until} für Sie gehalten. Danach geben wir ihn weiter."),
            "warning",
        ),
        PlaceState::Confirmed => (
            "Ihr Platz ist bestätigt.".to_owned(),
            format!(
                "Wir freuen uns auf Sie. {}",
                cannot_come(&place.workshop.rules(), &place.workshop.draft.contact, now)
            ),
            "success",
        ),
        PlaceState::Waiting if place.until.is_some() => (
            format!("Bitte bestätigen Sie Platz {position} auf der Warteliste."),
            format!("Ihre Stelle ist bis {until} für Sie gehalten. Danach fallen Sie von der Liste."),
            "warning",
        ),
        PlaceState::Waiting => (
            format!("Sie stehen auf Platz {position} der Warteliste."),
            waiting(&place.workshop.rules(), position, now),
            "info",
        ),
        PlaceState::Offered => (
            format!("Ein Platz ist frei: Sie haben ihn sicher bis {until}."),
            offered(place),
            "warning",
        ),
        PlaceState::Cancelled if place.workshop.cancelled_at.is_some() => (
            "Diese Veranstaltung ist abgesagt.".to_owned(),
            place.workshop.cancel_reason.clone().unwrap_or_default(),
            "error",
        ),
        PlaceState::Cancelled => (
            match place.history.last() {
                Some(last) if last.reason == Reason::CancelledByPerson => "Sie haben abgesagt.",
                _ => "Ihr Platz ist abgesagt.",
            }
            .to_owned(),
            sign_up_anew(place, now).to_owned(),
            "info",
        ),
        PlaceState::Declined => (
            match had(&place.history) {
                Some(PlaceState::Offered) => "Sie haben den Platz abgelehnt.",
                _ => "Sie haben die Warteliste verlassen.",
            }
            .to_owned(),
            sign_up_anew(place, now).to_owned(),
            "info",
        ),
        PlaceState::HoldExpired => (
            "Die Zeit zum Bestätigen ist abgelaufen.".to_owned(),
            format!("Ihre Anmeldung gilt nicht mehr. {}", sign_up_anew(place, now)),
            "error",
        ),
        PlaceState::OfferMissed => (
            "Die Frist für das Angebot ist abgelaufen.".to_owned(),
            offer_missed(place, now),
            "error",
        ),
    }
}

/// What a person had before the last change: its line tells how it ended, the one before it what there was.
#[must_use]
pub fn had(history: &[HistoryEntry]) -> Option<PlaceState> {
    history.iter().rev().nth(1).map(|entry| entry.state)
}

/// What somebody does who cannot come. From the start on there is no button for that, and close to it nobody moves up by itself.
fn cannot_come(rules: &SeatRules, contact: &str, now: Instant) -> String {
    let what: &str = if now < rules.starts_at && promotion_is_open(rules, now) {
        "ab: Dann kann jemand nachrücken."
    } else if now < rules.starts_at {
        "ab: Dann kann die Geschäftsstelle den Platz weitergeben."
    } else if contact.is_empty() {
        "der Geschäftsstelle Bescheid."
    } else {
        &format!("Bescheid: {contact}")
    };
    format!("Wenn Sie nicht kommen können, sagen Sie bitte {what}")
}

/// What is said to whoever has just left: by what the person had, and by who gives the seat now.
#[must_use]
pub fn left(had: PlaceState, rules: &SeatRules, now: Instant) -> &'static str {
    match (had, promotion_is_open(rules, now)) {
        (PlaceState::Waiting, _) => "Danke für die Nachricht. Sie stehen nicht mehr auf der Warteliste.",
        (PlaceState::Offered, true) => "Danke für die Nachricht. So kann jemand nachrücken.",
        (PlaceState::Offered, false) => {
            "Danke für die Nachricht. So kann die Geschäftsstelle den Platz weitergeben."
        }
        (_, true) => "Ihr Platz ist abgesagt. Danke, so kann jemand nachrücken.",
        (_, false) => "Ihr Platz ist abgesagt. Danke, so kann die Geschäftsstelle ihn weitergeben.",
    }
}

/// What to do with an offer. Close to the start nobody moves up by itself, so without an answer the seat goes to nobody.
fn offered(place: &PlaceView) -> String {
    let goes_on = place
        .until
        .is_some_and(|until| promotion_is_open(&place.workshop.rules(), until));
    let without = if goes_on {
        "Ohne Antwort geht er an die nächste Person."
    } else {
        "Ohne Antwort verfällt das Angebot, und Ihr Eintrag auf der Warteliste endet."
    };
    format!("Bitte nehmen Sie ihn an oder lehnen Sie ihn ab. {without}")
}

/// What became of the seat when the offer ended, and whether the person can still come.
fn offer_missed(place: &PlaceView, now: Instant) -> String {
    let went_on = place
        .history
        .last()
        .is_some_and(|entry| promotion_is_open(&place.workshop.rules(), entry.at));
    let seat = if went_on {
        "Der Platz ging an die nächste Person. "
    } else {
        ""
    };
    format!("{seat}{}", sign_up_anew(place, now))
}

/// Whether whoever has no place any more can sign up again.
pub fn may_sign_up_anew(place: &PlaceView, now: Instant) -> bool {
    !place.state.is_active() && check_open(&place.workshop.rules(), place.mode, now).is_ok()
}

fn sign_up_anew(place: &PlaceView, now: Instant) -> &'static str {
    text::sign_up_anew(may_sign_up_anew(place, now))
}

/// How the line moves. Not always by itself, and not always from its head: then that is said.
fn waiting(rules: &SeatRules, position: i64, now: Instant) -> String {
    if !promotion_is_open(rules, now) {
        return "Jetzt rückt niemand mehr von selbst nach. Wird noch ein Platz frei, vergibt ihn die Geschäftsstelle und meldet sich bei Ihnen."
            .to_owned();
    }
    let who = if position == 1 {
        "rücken Sie nach, und wir schreiben Ihnen"
    } else {
        "rückt die nächste Person nach, und wir schreiben ihr"
    };
    let then = if rules.organisation_max(now).is_some() {
        "Hat Ihr Träger schon alle Plätze, die er haben darf, behalten Sie Ihre Stelle, und die nächste Person rückt nach."
    } else {
        "Wer sich nach Ihnen anmeldet, steht hinter Ihnen."
    };
    format!("Wird ein Platz frei, {who}. {then}")
}

/// In the room or by video, as people say it.
#[must_use]
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::OnSite => "vor Ort",
        Mode::Online => "online",
    }
}

/// A state in a word or two.
#[must_use]
pub fn state(state: PlaceState) -> &'static str {
    match state {
        PlaceState::Held => "noch nicht bestätigt",
        PlaceState::Confirmed => "bestätigt",
        PlaceState::Waiting => "Warteliste",
        PlaceState::Offered => "Angebot offen",
        PlaceState::Cancelled => "abgesagt",
        PlaceState::Declined => "abgelehnt",
        PlaceState::HoldExpired => "nicht bestätigt, abgelaufen",
        PlaceState::OfferMissed => "Angebot verpasst",
    }
}

/// How many of the three votes are left, where there are topics.
#[must_use]
pub fn votes_left(topics: usize, given: usize) -> &'static str {
    match (topics, given) {
        (0, _) => "Noch hat niemand ein Thema vorgeschlagen.",
        (_, 0) => "Sie haben drei Stimmen.",
        (_, 1) => "Sie haben noch zwei von drei Stimmen.",
        (_, 2) => "Sie haben noch eine von drei Stimmen.",
        _ => "Sie haben Ihre drei Stimmen vergeben.",
    }
}

/// The tone of a state.
#[must_use]
pub fn tone(state: PlaceState) -> Tone {
    match state {
        PlaceState::Confirmed => Tone::Good,
        PlaceState::Held | PlaceState::Offered => Tone::Warm,
        _ => Tone::Plain,
    }
}

/// Why a place changed, in a word or two.
#[must_use]
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::SignedUp => "neu angemeldet",
        Reason::MailConfirmed => "E-Mail-Adresse bestätigt",
        Reason::Promoted => "nachgerückt",
        Reason::Offered => "angeboten",
        Reason::OfferAccepted => "Angebot angenommen",
        Reason::Declined => "abgelehnt",
        Reason::CancelledByPerson => "selbst abgesagt",
        Reason::CancelledByStaff => "von der Geschäftsstelle abgesagt",
        Reason::HoldExpired => "nicht rechtzeitig bestätigt",
        Reason::OfferMissed => "Angebot verpasst",
        Reason::MovedUpByStaff => "von der Geschäftsstelle vorgezogen",
        Reason::AddedByStaff => "von der Geschäftsstelle eingetragen",
        Reason::ModeChanged => "vor Ort und online gewechselt",
        Reason::HandedOver => "weitergegeben",
        Reason::WorkshopCancelled => "Veranstaltung abgesagt",
        Reason::DeadlineMoved => "Frist verkürzt",
    }
}

/// The whole history, oldest first, as the person reads it: when, and what.
#[must_use]
pub fn course(history: &[HistoryEntry]) -> Vec<(String, String)> {
    let before = std::iter::once(None).chain(history.iter().map(Some));
    let told = |(before, entry): (Option<&HistoryEntry>, &HistoryEntry)| {
        let (at, what) = self::history(entry);
        // Only what came before says which of the two it was.
        let what = match (entry.reason, before.map(|before| before.state)) {
            (Reason::Declined, Some(PlaceState::Offered)) => "Platz abgelehnt.".to_owned(),
            (Reason::Declined, Some(_)) => "Warteliste verlassen.".to_owned(),
            _ => what,
        };
        (at, what)
    };
    before.zip(history).map(told).collect()
}

/// One line of the history: when, and what.
#[must_use]
pub fn history(entry: &HistoryEntry) -> (String, String) {
    let until = entry
        .until
        .map(|until| format!(" bis {}", german::moment(until)))
        .unwrap_or_default();
    let position = entry
        .position
        .map(|position| format!(" auf Platz {position}"))
        .unwrap_or_default();
    let note = if entry.note.is_empty() {
        String::new()
    } else {
        format!(" Grund: {}", entry.note)
    };
    let mode = mode(entry.mode);
    let what = match (entry.reason, entry.state) {
        (Reason::SignedUp, PlaceState::Held) => format!("Angemeldet ({mode}), Platz gehalten{until}."),
        (Reason::SignedUp, PlaceState::Waiting) => format!("Angemeldet ({mode}), Warteliste{position}."),
        (Reason::SignedUp, _) => format!("Angemeldet ({mode}), Platz bestätigt."),
        (Reason::MailConfirmed, PlaceState::Waiting) => {
            format!("E-Mail-Adresse bestätigt, Warteliste{position}.")
        }
        (Reason::MailConfirmed, _) => "E-Mail-Adresse bestätigt, Platz fest.".to_owned(),
        (Reason::Promoted, PlaceState::Held) => format!("Nachgerückt, Platz gehalten{until}."),
        (Reason::Promoted, _) => "Nachgerückt, Platz fest.".to_owned(),
        (Reason::Offered, _) => format!("Platz angeboten{until}."),
        (Reason::OfferAccepted, _) => "Angebot angenommen, Platz fest.".to_owned(),
        (Reason::Declined, _) => "Abgelehnt oder Warteliste verlassen.".to_owned(),
        (Reason::CancelledByPerson, _) => "Abgesagt.".to_owned(),
        (Reason::CancelledByStaff, _) => format!("Von der Geschäftsstelle abgesagt.{note}"),
        (Reason::HoldExpired, _) => "Nicht rechtzeitig bestätigt.".to_owned(),
        (Reason::OfferMissed, _) => "Angebot nicht rechtzeitig beantwortet.".to_owned(),
        (Reason::MovedUpByStaff, _) => format!("Von der Geschäftsstelle auf einen Platz gesetzt.{note}"),
        (Reason::AddedByStaff, _) => format!("Von der Geschäftsstelle eingetragen ({mode}).{note}"),
        (Reason::ModeChanged, PlaceState::Waiting) => {
            format!("Gewechselt: jetzt {mode}, Warteliste{position}.")
        }
        (Reason::ModeChanged, _) => format!("Gewechselt: jetzt {mode}."),
        (Reason::HandedOver, _) => "Der Platz wurde weitergegeben.".to_owned(),
        (Reason::WorkshopCancelled, _) => "Die Veranstaltung wurde abgesagt.".to_owned(),
        (Reason::DeadlineMoved, _) => format!("Anmeldeschluss oder Beginn vorverlegt, Frist{until}."),
    };
    (german::moment(entry.at), what)
}

#[cfg(test)]
mod tests {
    use domain::booking::ModeRules;

    use super::*;

    fn at(text: &str) -> Instant {
        Instant::from_input(text).unwrap_or(Instant(0))
    }

    /// Thursday, 3 December 2026; sign-up closes on the day.
    fn rules() -> SeatRules {
        SeatRules {
            on_site: ModeRules {
                capacity: 9,
                reserved: 0,
            },
            online: ModeRules::default(),
            per_organisation_max: None,
            per_organisation_until: None,
            opens_at: Instant(0),
            closes_at: at("2026-12-03T08:00"),
            starts_at: at("2026-12-03T10:00"),
            running: true,
        }
    }

    #[test]
    fn who_cannot_come_reads_what_helps_at_that_time() {
        for (now, contact, expected) in [
            ("2026-11-16T10:00", "büro@haus.example", "kann jemand nachrücken."),
            (
                "2026-12-02T10:00",
                "büro@haus.example",
                "kann die Geschäftsstelle den Platz weitergeben.",
            ),
            (
                "2026-12-03T10:00",
                "büro@haus.example",
                "sagen Sie bitte Bescheid: büro@haus.example",
            ),
            ("2026-12-03T10:00", "", "bitte der Geschäftsstelle Bescheid."),
        ] {
            let said = cannot_come(&rules(), contact, at(now));
            assert!(said.ends_with(expected), "{now}: {said}");
            assert_eq!(
                said.contains("sagen Sie bitte ab"),
                at(now) < rules().starts_at,
                "{said}"
            );
        }
    }

    #[test]
    fn whoever_is_the_first_in_line_reads_that_it_is_about_them() {
        let early = at("2026-11-16T10:00");
        assert!(waiting(&rules(), 1, early).contains("rücken Sie nach, und wir schreiben Ihnen."));
        assert!(
            waiting(&rules(), 2, early).contains("rückt die nächste Person nach, und wir schreiben ihr.")
        );
        let late = at("2026-12-02T10:00");
        assert!(waiting(&rules(), 1, late).contains("rückt niemand mehr von selbst nach"));
    }

    #[test]
    fn who_declined_reads_what_it_was() {
        let entry = |state, reason| HistoryEntry {
            at: at("2026-11-16T10:00"),
            state,
            mode: Mode::OnSite,
            reason,
            note: String::new(),
            until: None,
            position: None,
        };
        for (before, expected) in [
            (PlaceState::Offered, "Platz abgelehnt."),
            (PlaceState::Waiting, "Warteliste verlassen."),
        ] {
            let history = [
                entry(before, Reason::SignedUp),
                entry(PlaceState::Declined, Reason::Declined),
            ];
            assert_eq!(had(&history), Some(before));
            assert_eq!(
                course(&history).pop().map(|(_, what)| what).as_deref(),
                Some(expected)
            );
        }
    }

    #[test]
    fn who_leaves_reads_who_moves_up_only_where_somebody_can() {
        let (early, late) = (at("2026-11-16T10:00"), at("2026-12-02T10:00"));
        for had in [PlaceState::Held, PlaceState::Confirmed, PlaceState::Offered] {
            let said = left(had, &rules(), early);
            assert!(said.ends_with("o kann jemand nachrücken."), "{said}");
            let said = left(had, &rules(), late);
            assert!(
                said.contains("kann die Geschäftsstelle") && !said.contains("nachrück"),
                "{said}"
            );
        }
        for now in [early, late] {
            let said = left(PlaceState::Waiting, &rules(), now);
            assert_eq!(
                said,
                "Danke für die Nachricht. Sie stehen nicht mehr auf der Warteliste."
            );
        }
    }
}
