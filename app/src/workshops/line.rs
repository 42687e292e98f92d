//! Who has to wait for a seat, and how the line moves: what the form says before somebody signs up.

use domain::booking::admit::free_for_comer;
use domain::booking::settle::promotion_is_open;
use domain::booking::{Mode, SeatRules, Tally};
use domain::german;
use domain::time::Instant;

/// Paragraphs for the form. Nothing, while there is a seat for everybody who comes.
#[must_use]
pub fn line(comer: Comer, rules: &SeatRules, tally: &Tally, now: Instant) -> Vec<String> {
    let limit = limit(rules, now);
    let is_full = |mode| rules.mode(mode).capacity > 0 && free_for_comer(rules, tally, mode, now) == 0;
    let waits = limit.is_some() || Mode::ALL.into_iter().any(is_full);
    let all_full = Mode::ALL
        .into_iter()
        .all(|mode| rules.mode(mode).capacity == 0 || is_full(mode));
    limit
        .into_iter()
        .chain(waits.then(|| how_it_moves(comer, rules, all_full, now)))
        .collect()
}

/// What stands above the form. Where only the waiting list is left, that comes first.
#[must_use]
pub fn intro(comer: Comer, full: bool, line: Vec<String>) -> Vec<String> {
    let (yours, it, certain) = if full {
        (
            "Ihre Stelle auf der Warteliste",
            "sie",
            "ist Ihre Stelle auf der Warteliste sofort fest.",
        )
    } else {
        ("Ihren Platz", "ihn", "ist Ihr Platz sofort bestätigt.")
    };
    let what = match comer {
        Comer::Stranger => format!(
            "Sie brauchen kein Konto. Wir halten {yours} einen Arbeitstag lang \
             (10 Arbeitsstunden, Mo bis Fr 8\u{2060}–\u{2060}18\u{a0}Uhr, ohne Feiertage). \
             Bestätigen Sie {it} bis dahin über den Link in unserer E-Mail."
        ),
        Comer::SignedIn => format!("Mit der E-Mail-Adresse Ihres Kontos {certain}"),
        Comer::Placed => {
            "Hier melden Sie jemand anderen an: Die Person bekommt eine eigene E-Mail und entscheidet selbst."
                .to_owned()
        }
    };
    let mut said = line;
    said.insert(if full { said.len() } else { 0 }, what);
    said
}

/// Who reads the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comer {
    /// Nobody knows who it is.
    Stranger,
    /// Somebody with an account.
    SignedIn,
    /// Somebody with an account and a place.
    Placed,
}

/// What a Träger may have at most, while that is in force.
fn limit(rules: &SeatRules, now: Instant) -> Option<String> {
    let max = rules.organisation_max(now)?;
    let until = rules
        .per_organisation_until
        .map(|until| format!("Bis {} ", german::moment(until)));
    let begin = until.as_deref().unwrap_or("Hier ");
    let seats = german::count(max, "Platz", "Plätze");
    Some(format!(
        "{begin}bekommt jeder Träger höchstens {seats}. Wer darüber hinaus kommen möchte, steht auf der Warteliste."
    ))
}

/// Said of the reader; where the reader has a place, of whom the reader signs up.
fn how_it_moves(comer: Comer, rules: &SeatRules, all_full: bool, now: Instant) -> String {
    let of_other = comer == Comer::Placed;
    let begin = match (all_full, of_other) {
        (true, false) => "Alles ist belegt: Sie kommen auf die Warteliste.",
        (false, false) => "Ist alles belegt, kommen Sie auf die Warteliste.",
        (true, true) => "Alles ist belegt: Die Person kommt auf die Warteliste.",
        (false, true) => "Ist alles belegt, kommt die Person auf die Warteliste.",
    };
    let then = match (promotion_is_open(rules, now), of_other) {
        (true, false) => {
            "Wird ein Platz frei, rücken Sie in der Reihenfolge der Anmeldung nach. \
             Bis zwei Wochen vor Beginn bekommen Sie den Platz direkt. Danach fragen wir Sie erst: \
             Sie haben bis zu zwei Arbeitstage Zeit für die Antwort."
        }
        (true, true) => {
            "Wird ein Platz frei, rückt sie in der Reihenfolge der Anmeldung nach. \
             Bis zwei Wochen vor Beginn bekommt sie den Platz direkt. Danach fragen wir sie erst: \
             Sie hat bis zu zwei Arbeitstage Zeit für die Antwort."
        }
        (false, false) => {
            "Jetzt rückt niemand mehr von selbst nach: \
             Wird ein Platz frei, vergibt ihn die Geschäftsstelle und meldet sich bei Ihnen."
        }
        (false, true) => {
            "Jetzt rückt niemand mehr von selbst nach: \
             Wird ein Platz frei, vergibt ihn die Geschäftsstelle und meldet sich bei der Person."
        }
    };
    format!("{begin} {then}")
}

#[cfg(test)]
mod tests {
    use domain::booking::{ModeRules, PlaceState};

    use super::*;

    fn rules() -> SeatRules {
        let starts_at = Instant::from_input("2027-05-20T10:00").unwrap();
        SeatRules {
            on_site: ModeRules {
                capacity: 1,
                reserved: 0,
            },
            online: ModeRules::default(),
            per_organisation_max: None,
            per_organisation_until: None,
            opens_at: starts_at.plus_hours(-1_000),
            closes_at: starts_at,
            starts_at,
            running: true,
        }
    }

    #[test]
    fn only_who_may_have_to_wait_reads_how_the_line_moves() {
        let early = Instant::from_input("2027-05-03T10:00").unwrap();
        let late = Instant::from_input("2027-05-19T12:00").unwrap();
        let mut full = Tally::default();
        full.on_site.add(PlaceState::Confirmed, 1);
        assert!(line(Comer::Stranger, &rules(), &Tally::default(), early).is_empty());
        assert!(
            line(Comer::Stranger, &rules(), &full, early)[0]
                .contains("rücken Sie in der Reihenfolge der Anmeldung nach")
        );
        assert!(
            line(Comer::Stranger, &rules(), &full, late)[0].contains("rückt niemand mehr von selbst nach")
        );
        assert!(
            line(Comer::Stranger, &rules(), &full, early)[0]
                .starts_with("Alles ist belegt: Sie kommen auf die Warteliste. Wird")
        );
        // Of somebody else it is said what happens to them.
        for (now, moves) in [(early, "rückt sie in der"), (late, "meldet sich bei der Person")] {
            let other = line(Comer::Placed, &rules(), &full, now);
            assert!(
                other[0].starts_with("Alles ist belegt: Die Person kommt auf die Warteliste. ")
                    && other[0].contains(moves),
                "{other:?}"
            );
            assert!(
                !other[0].contains(" Sie haben") && !other[0].contains("Ihnen"),
                "{other:?}"
            );
        }
        // The other mode has seats.
        let mut two = rules();
        two.online.capacity = 1;
        assert!(line(Comer::Stranger, &two, &full, early)[0].starts_with("Ist alles belegt, kommen Sie"));
    }

    #[test]
    fn what_happens_with_the_place_is_said_to_whom_it_happens() {
        let line = || vec!["Die Warteliste.".to_owned()];
        let [stranger, own, placed] =
            [Comer::Stranger, Comer::SignedIn, Comer::Placed].map(|comer| intro(comer, false, line()));
        assert!(
            stranger[0].contains("Wir halten Ihren Platz einen Arbeitstag lang (")
                && stranger[0].ends_with("Bestätigen Sie ihn bis dahin über den Link in unserer E-Mail."),
            "{stranger:?}"
        );
        assert!(own[0].ends_with("ist Ihr Platz sofort bestätigt."), "{own:?}");
        assert!(
            placed[0].starts_with("Hier melden Sie jemand anderen an"),
            "{placed:?}"
        );
        assert_eq!(stranger[1], "Die Warteliste.");
        let full = intro(Comer::Stranger, true, line());
        assert_eq!(
            full[0], "Die Warteliste.",
            "it comes first where nothing else is left"
        );
        assert!(
            full[1].contains("Wir halten Ihre Stelle auf der Warteliste einen Arbeitstag lang")
                && full[1].contains("Bestätigen Sie sie bis dahin"),
            "{full:?}"
        );
    }

    #[test]
    fn long_before_the_start_nothing_is_said_to_be_short_before_it() {
        // Sign-up closes in an hour, and nobody who is asked could answer in that time: the start is two weeks away.
        let now = Instant::from_input("2027-05-06T11:00").unwrap();
        let mut closes = rules();
        closes.closes_at = now.plus_hours(1);
        closes.starts_at = now.plus_hours(13 * 24);
        let mut full = Tally::default();
        full.on_site.add(PlaceState::Confirmed, 1);
        let told = line(Comer::Stranger, &closes, &full, now);
        assert!(
            told[0].contains("Jetzt rückt niemand mehr von selbst nach") && !told[0].contains("vor Beginn"),
            "{told:?}"
        );
    }

    #[test]
    fn a_limit_of_the_organisation_is_told_while_it_is_in_force() {
        let early = Instant::from_input("2027-05-03T10:00").unwrap();
        let mut limited = rules();
        limited.per_organisation_max = Some(2);
        let told = line(Comer::Stranger, &limited, &Tally::default(), early);
        assert!(
            told[0].contains("Hier bekommt jeder Träger höchstens 2\u{a0}Plätze"),
            "{told:?}"
        );
        limited.per_organisation_until = Instant::from_input("2027-05-04T08:00");
        assert!(line(Comer::Stranger, &limited, &Tally::default(), early)[0].starts_with("Bis Di,\u{a0}4."));
        limited.per_organisation_until = Some(early);
        assert!(line(Comer::Stranger, &limited, &Tally::default(), early).is_empty());
    }
}
