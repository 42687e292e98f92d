//! One Veranstaltung with its sign-ups, topics and log.

use domain::booking::{Mode, PlaceState, SeatRules};
use domain::contact::EmailAddress;
use domain::german;
use domain::ids::WorkshopId;
use leptos::prelude::*;
use store::StoreError;
use store::signups::{SignUpFilter, SignUpRow};
use store::workshops::WorkshopCard;

use super::for_member;
use super::overview::{modes, seats};
use crate::loading::unavailable;
use crate::signup::words;
use crate::staff::dto::{DutyView, StaffSignUp, StaffWorkshopView, TopicView};
use crate::staff::log_words::numbered_line;

/// Lines of the log that stand below.
const LINES_MAX: i64 = 100;

pub async fn workshop(
    id: String,
    state: String,
    mode: String,
    text: String,
) -> Result<Option<StaffWorkshopView>, ServerFnError> {
    let Ok(id) = WorkshopId::parse(&id) else {
        return Ok(None);
    };
    for_member(|store, person| async move {
        let card = match store.workshop(id).await {
            Ok(card) => card,
            Err(StoreError::NotFound) => return Ok(None),
            Err(error) => return Err(unavailable(error)),
        };
        let filter = SignUpFilter {
            state: PlaceState::parse(&state),
            mode: Mode::parse(&mode),
            text,
            arranger: Some(person),
        };
        let sign_ups = store.sign_ups(id, &filter).await.map_err(unavailable)?;
        let topics = store.topics(id, None).await.map_err(unavailable)?;
        let duty = store.access_duty(id).await.map_err(unavailable)?;
        let has_two_modes = modes(&card).count() > 1;
        let log = store.workshop_log(id, LINES_MAX).await.map_err(unavailable)?;
        Ok(Some(StaffWorkshopView {
            id: id.to_string(),
            slug: card.row.slug.clone(),
            title: card.row.draft.title.clone(),
            when: german::unbroken(&german::span(card.row.draft.starts_at, card.row.draft.ends_at)),
            status: card.row.status.key().to_owned(),
            seats: seats(&card),
            sign_ups: sign_ups
                .into_iter()
                .map(|row| sign_up(row, has_two_modes))
                .collect(),
            topics: topics
                .into_iter()
                .map(|topic| TopicView {
                    id: topic.id.to_string(),
                    text: topic.text,
                    votes: topic.votes,
                })
                .collect(),
            is_over: store.ambient().now() >= card.row.draft.ends_at,
            log: log
                .iter()
                .map(|(row, number)| numbered_line(row, *number))
                .collect(),
            cancelling: cancelling(told(&card)),
            key: store.ambient().uuid().to_string(),
            kept_back: kept_back(&card.row.draft.seats),
            duty: DutyView {
                needing: duty.needing,
                mine: duty.arrangers.iter().any(|(one, _)| *one == person),
                arrangers: duty.arrangers.into_iter().map(|(_, email)| email).collect(),
            },
        }))
    })
    .await
}

/// What staff should know before they enter somebody.
fn kept_back(rules: &SeatRules) -> String {
    let seats: Vec<String> = Mode::ALL
        .into_iter()
        .filter(|mode| rules.mode(*mode).reserved > 0)
        .map(|mode| {
            let seats = german::count(rules.mode(mode).reserved, "Platz", "Plätze");
            format!("{seats} {}", words::mode(mode))
        })
        .collect();
    if seats.is_empty() {
        return String::new();
    }
    format!(
        "Reserviert: {}. Wer hier eingetragen wird, nutzt zuerst einen davon. Wird der Eintrag abgesagt, ist der Platz \
         wieder reserviert.",
        seats.join(", ")
    )
}

/// Who gets a mail when it is cancelled: everybody with a place that counts, or in the line.
fn told(card: &WorkshopCard) -> u32 {
    let modes = Mode::ALL.into_iter().map(|mode| card.tally.mode(mode));
    modes.map(|tally| tally.taken() + tally.waiting).sum()
}

/// What staff should know before they cancel.
fn cancelling(people: u32) -> String {
    let calendars = if people == 1 { "Kalender" } else { "Kalendern" };
    let told = match people {
        0 => "Niemand ist angemeldet, und niemand bekommt eine E-Mail.".to_owned(),
        _ => format!(
            "{} sofort eine E-Mail mit dem Grund. In deren {calendars} wird der Eintrag gestrichen.",
            german::count(people, "Person bekommt", "Personen bekommen")
        ),
    };
    format!("{told} Das lässt sich nicht rückgängig machen.")
}

/// The address that was probably meant, where this one was never confirmed.
fn meant(row: &SignUpRow) -> Option<String> {
    let is_unconfirmed = row.state.is_unconfirmed(row.until) || row.state == PlaceState::HoldExpired;
    let typed = EmailAddress::parse(&row.email).ok()?;
    typed.typo_hint().filter(|_| is_unconfirmed)
}

fn sign_up(row: SignUpRow, has_two_modes: bool) -> StaffSignUp {
    let mode = words::mode(row.mode);
    let organisation = german::unbroken_name(&row.organisation);
    StaffSignUp {
        meant: meant(&row),
        id: row.id.to_string(),
        number: row.queue_no,
        name: row.name,
        email: row.email,
        from: if has_two_modes {
            format!("{organisation}, {mode}")
        } else {
            organisation
        },
        district: row
            .district
            .map(|district| district.name.to_owned())
            .unwrap_or_default(),
        mode: mode.to_owned(),
        state: words::state(row.state).to_owned(),
        tone: words::tone(row.state),
        can_move_up: matches!(row.state, PlaceState::Waiting | PlaceState::Offered),
        active: row.state.is_active(),
        access_needs: row.access_needs,
        signed_up_by: row.signed_up_by,
        since: german::moment(row.created_at),
        bounced: row.bounced,
    }
}

#[cfg(test)]
mod tests {
    use domain::booking::ModeRules;
    use domain::time::Instant;

    use super::*;

    #[test]
    fn staff_read_how_many_are_told_of_a_cancelling() {
        let end = "Das lässt sich nicht rückgängig machen.";
        assert_eq!(
            cancelling(0),
            format!("Niemand ist angemeldet, und niemand bekommt eine E-Mail. {end}")
        );
        assert!(
            cancelling(1).starts_with(
                "1\u{a0}Person bekommt sofort eine E-Mail mit dem Grund. In deren Kalender wird"
            )
        );
        assert!(cancelling(7).starts_with(
            "7\u{a0}Personen bekommen sofort eine E-Mail mit dem Grund. In deren Kalendern wird"
        ));
    }

    #[test]
    fn staff_read_which_seats_are_kept_back_if_there_are_any() {
        let mode = |reserved| ModeRules {
            capacity: 9,
            reserved,
        };
        let mut rules = SeatRules {
            on_site: mode(0),
            online: mode(0),
            per_organisation_max: None,
            per_organisation_until: None,
            opens_at: Instant(0),
            closes_at: Instant(1),
            starts_at: Instant(1),
            running: true,
        };
        assert_eq!(kept_back(&rules), "");
        rules.online = mode(1);
        assert!(kept_back(&rules).starts_with("Reserviert: 1\u{a0}Platz online. Wer hier"));
        rules.on_site = mode(2);
        assert!(kept_back(&rules).starts_with("Reserviert: 2\u{a0}Plätze vor Ort, 1\u{a0}Platz online."));
    }
}
