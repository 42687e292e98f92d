//! What people type to sign up, field by field.

use std::collections::{BTreeMap, BTreeSet};

use crate::access_need::AccessNeeds;
use crate::booking::{Mode, PlaceState};
use crate::contact::{EmailAddress, EmailError};
use crate::district::District;
use crate::ids::TopicId;
use crate::organisation::{ORGANISATION_CHARACTERS_MAX, OrganisationName};
use crate::person::{NAME_CHARACTERS_MAX, PersonName};
use crate::text::{TextError, bounded, one_line};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// Characters of the free text on access and support needs.
pub const ACCESS_NEEDS_CHARACTERS_MAX: usize = 500;
/// Characters of a proposed topic.
pub const TOPIC_CHARACTERS_MAX: usize = 140;
/// Colleagues that can be signed up together with oneself.
pub const COLLEAGUES_MAX: usize = 4;
/// Votes on topics that each person has.
pub const TOPIC_VOTES_MAX: u32 = 3;

/// Topics that the page of a Veranstaltung and its form show, those with the most votes first. Everybody proposes up to three: behind
/// the personal link there are all of them.
pub const TOPICS_SHOWN_MAX: usize = 30;

/// The name of the box of a topic in the form.
#[must_use]
pub fn vote_field(topic: TopicId) -> String {
    format!("votes[{topic}]")
}

/// Who sees a person on the list of participants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listing {
    /// Nobody but staff.
    #[default]
    Nobody,
    /// The other participants.
    Participants,
}

impl Listing {
    /// The name in forms and the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Participants => "participants",
        }
    }

    /// Reads the name in forms and the database. Anything else is nobody: the default protects.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text == "participants" {
            Self::Participants
        } else {
            Self::Nobody
        }
    }
}

/// How long after the end of a Veranstaltung those who took part still see who else did.
pub const FELLOWS_SHOWN_WEEKS: i64 = 4;

/// Whether somebody with a place in this state sees who else takes part.
#[must_use]
pub fn sees_fellows(state: PlaceState, ends_at: Instant, now: Instant) -> bool {
    state == PlaceState::Confirmed && now < ends_at.plus_hours(FELLOWS_SHOWN_WEEKS * 7 * 24)
}

/// The form as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    /// 2 to 120 characters.
    pub name: String,
    /// A mail address.
    pub email: String,
    /// 2 to 160 characters.
    pub organisation: String,
    /// A district's slug or official key.
    pub district: String,
    /// `on_site` or `online`.
    pub mode: String,
    /// What was ticked of the list of needs, by key; what it is set to says nothing.
    pub needs: BTreeMap<String, String>,
    /// Topics that were ticked, by id; what they are set to says nothing.
    pub votes: BTreeMap<String, String>,
    /// At most 500 characters.
    pub access_needs: String,
    /// At most 140 characters.
    pub topic: String,
    /// `nobody` or `participants`.
    pub listing: String,
    /// Name and address of colleagues who come along; empty pairs are passed over.
    pub colleagues: Vec<(String, String)>,
    /// Who fills in the form for somebody else; empty: oneself.
    pub signed_up_by: String,
}

/// One person of a sign-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// How the person is called.
    pub name: PersonName,
    /// Where the personal link goes.
    pub email: EmailAddress,
}

/// A checked sign-up of one person, perhaps with colleagues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUpRequest {
    /// The first person.
    pub attendee: Attendee,
    /// The Träger of all of them.
    pub organisation: OrganisationName,
    /// The district they work in.
    pub district: District,
    /// In the room or by video.
    pub mode: Mode,
    /// Topics for which the first person votes: at most [`TOPIC_VOTES_MAX`].
    pub votes: BTreeSet<TopicId>,
    /// Needs of the first person that were ticked.
    pub needs: AccessNeeds,
    /// Access and support needs of the first person, as typed.
    pub access_needs: String,
    /// A topic for the day, if one is proposed.
    pub topic: Option<String>,
    /// Who sees them on the list.
    pub listing: Listing,
    /// Who comes along.
    pub colleagues: Vec<Attendee>,
    /// Who filled in the form for the first person.
    pub signed_up_by: Option<PersonName>,
}

impl SignUpRequest {
    /// Who filled in the form for a person of it: for colleagues that is the first person, unless somebody did it for
    /// all of them.
    #[must_use]
    pub fn entered_by(&self, is_first: bool) -> Option<&PersonName> {
        let by = self.signed_up_by.as_ref();
        by.or((!is_first).then_some(&self.attendee.name))
    }
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SignUpFieldError {
    /// Nothing was typed where something is needed.
    #[error("missing")]
    Missing,
    /// More characters than are taken.
    #[error("at most {max} characters")]
    TooLong {
        /// The most characters that are taken.
        max: usize,
    },
    /// Not a mail address.
    #[error("not a mail address")]
    NotAnEmail,
    /// Not one of the list.
    #[error("not in the list")]
    NotInList,
    /// More topics than one has votes.
    #[error("more topics than votes")]
    TooManyVotes,
    /// The same address twice in one form: each person needs an own link.
    #[error("address used twice")]
    EmailTwice,
    /// More people than one form takes.
    #[error("at most {max} colleagues")]
    TooManyColleagues {
        /// The most colleagues in one form.
        max: usize,
    },
}

/// Errors, field by field, in the order of the form.
type Errors = Vec<(String, SignUpFieldError)>;

impl SignUpForm {
    /// Checks every field.
    ///
    /// # Errors
    /// Every field that is wrong, with the reason. Colleagues' fields are `colleague_1_name`,
    /// `colleague_1_email` and so on; of who signs up somebody else, `signed_up_by_name`.
    pub fn parse(&self) -> Result<SignUpRequest, Errors> {
        let mut errors = Errors::new();
        let attendee = attendee(&mut errors, "name", &self.name, "email", &self.email);
        let organisation = match OrganisationName::parse(&self.organisation) {
            Ok(name) => Some(name),
            Err(TextError::TooShort { .. }) => wrong(&mut errors, "organisation", SignUpFieldError::Missing),
            Err(TextError::TooLong { .. }) => wrong(
                &mut errors,
                "organisation",
                SignUpFieldError::TooLong {
                    max: ORGANISATION_CHARACTERS_MAX,
                },
            ),
        };
        let district = choice(&mut errors, "district", &self.district, District::parse);
        let mode = choice(&mut errors, "mode", &self.mode, Mode::parse);
        let votes = self.parse_votes(&mut errors);
        let needs = AccessNeeds::parse(self.needs.keys().map(String::as_str))
            .or_else(|| wrong(&mut errors, "needs", SignUpFieldError::NotInList));
        let access_needs = free(
            &mut errors,
            "access_needs",
            bounded(&self.access_needs, 0, ACCESS_NEEDS_CHARACTERS_MAX),
            ACCESS_NEEDS_CHARACTERS_MAX,
        );
        let topic = free(
            &mut errors,
            "topic",
            one_line(&self.topic, 0, TOPIC_CHARACTERS_MAX),
            TOPIC_CHARACTERS_MAX,
        );
        let colleagues = self.parse_colleagues(&mut errors);
        let signed_up_by = if self.signed_up_by.trim().is_empty() {
            None
        } else {
            person_name(&mut errors, "signed_up_by_name", &self.signed_up_by)
        };
        match (attendee, organisation, district, mode, needs) {
            (Some(attendee), Some(organisation), Some(district), Some(mode), Some(needs))
                if errors.is_empty() =>
            {
                let request = SignUpRequest {
                    attendee,
                    organisation,
                    district,
                    mode,
                    votes,
                    needs,
                    access_needs,
                    topic: Some(topic).filter(|topic| !topic.is_empty()),
                    listing: Listing::parse(&self.listing),
                    colleagues,
                    signed_up_by,
                };
                match repeated_email(&request) {
                    None => Ok(request),
                    Some(field) => Err(vec![(field, SignUpFieldError::EmailTwice)]),
                }
            }
            _ => Err(errors),
        }
    }

    fn parse_votes(&self, errors: &mut Errors) -> BTreeSet<TopicId> {
        let ticked: Result<BTreeSet<_>, _> = self.votes.keys().map(|id| TopicId::parse(id)).collect();
        let votes = match ticked {
            Ok(topics) if u32::try_from(topics.len()).is_ok_and(|ticked| ticked <= TOPIC_VOTES_MAX) => {
                Some(topics)
            }
            Ok(_) => wrong(errors, "votes", SignUpFieldError::TooManyVotes),
            Err(_) => wrong(errors, "votes", SignUpFieldError::NotInList),
        };
        votes.unwrap_or_default()
    }

    fn parse_colleagues(&self, errors: &mut Errors) -> Vec<Attendee> {
        let typed = self
            .colleagues
            .iter()
            .enumerate()
            .filter(|(_, (name, email))| !name.trim().is_empty() || !email.trim().is_empty())
            .collect::<Vec<_>>();
        if typed.len() > COLLEAGUES_MAX {
            errors.push((
                "colleague_1_name".to_owned(),
                SignUpFieldError::TooManyColleagues { max: COLLEAGUES_MAX },
            ));
            return Vec::new();
        }
        typed
            .into_iter()
            .filter_map(|(index, (name, email))| {
                attendee_of(errors, &format!("colleague_{}", index + 1), name, email)
            })
            .collect()
    }
}

/// The field of the first address that stands in the form twice.
fn repeated_email(request: &SignUpRequest) -> Option<String> {
    let mut seen = vec![request.attendee.email.duplicate_key()];
    for (index, colleague) in request.colleagues.iter().enumerate() {
        let key = colleague.email.duplicate_key();
        if seen.contains(&key) {
            return Some(format!("colleague_{}_email", index + 1));
        }
        seen.push(key);
    }
    None
}

fn attendee_of(errors: &mut Errors, prefix: &str, name: &str, email: &str) -> Option<Attendee> {
    attendee(
        errors,
        &format!("{prefix}_name"),
        name,
        &format!("{prefix}_email"),
        email,
    )
}

fn attendee(
    errors: &mut Errors,
    name_field: &str,
    name: &str,
    email_field: &str,
    email: &str,
) -> Option<Attendee> {
    let name = person_name(errors, name_field, name);
    let email = match EmailAddress::parse(email) {
        Ok(email) => Some(email),
        Err(EmailError::Empty) => wrong(errors, email_field, SignUpFieldError::Missing),
        Err(_) => wrong(errors, email_field, SignUpFieldError::NotAnEmail),
    };
    Some(Attendee {
        name: name?,
        email: email?,
    })
}

fn person_name(errors: &mut Errors, field: &str, name: &str) -> Option<PersonName> {
    match PersonName::parse(name) {
        Ok(name) => Some(name),
        Err(TextError::TooShort { .. }) => wrong(errors, field, SignUpFieldError::Missing),
        Err(TextError::TooLong { .. }) => wrong(
            errors,
            field,
            SignUpFieldError::TooLong {
                max: NAME_CHARACTERS_MAX,
            },
        ),
    }
}

fn choice<T>(errors: &mut Errors, field: &str, value: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    if value.is_empty() {
        return wrong(errors, field, SignUpFieldError::Missing);
    }
    let chosen = parse(value);
    if chosen.is_none() {
        return wrong(errors, field, SignUpFieldError::NotInList);
    }
    chosen
}

fn free(errors: &mut Errors, field: &str, value: Result<String, TextError>, max: usize) -> String {
    value.unwrap_or_else(|_| wrong(errors, field, SignUpFieldError::TooLong { max }).unwrap_or_default())
}

fn wrong<T>(errors: &mut Errors, field: &str, error: SignUpFieldError) -> Option<T> {
    errors.push((field.to_owned(), error));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> SignUpForm {
        SignUpForm {
            name: "Beispielperson 1".into(),
            email: "eins@traeger.example".into(),
            organisation: "Brücke Mulde e. V.".into(),
            district: "dresden".into(),
            mode: "on_site".into(),
            ..SignUpForm::default()
        }
    }

    fn errors(change: impl FnOnce(&mut SignUpForm)) -> Errors {
        let mut form = typed();
        change(&mut form);
        form.parse().err().unwrap_or_default()
    }

    #[test]
    fn five_fields_are_enough() {
        let request = typed().parse().unwrap();
        assert_eq!(request.listing, Listing::Nobody);
        assert_eq!(request.topic, None);
    }

    #[test]
    fn each_wrong_field_is_named_and_all_at_once() {
        let all = errors(|form| *form = SignUpForm::default());
        let fields = all.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>();
        assert_eq!(fields, ["name", "email", "organisation", "district", "mode"]);
        assert_eq!(
            errors(|form| form.topic = "x".repeat(141)),
            [("topic".to_owned(), SignUpFieldError::TooLong { max: 140 })]
        );
    }

    #[test]
    fn needs_are_ticked_from_the_list_and_from_nothing_else() {
        let mut form = typed();
        form.needs = [("food", "1"), ("step_free", "1")]
            .map(|(key, set)| (key.into(), set.into()))
            .into();
        assert_eq!(form.parse().unwrap().needs.keys(), "step_free,food");
        let foreign = errors(|form| form.needs = [("bett".into(), "1".into())].into());
        assert_eq!(foreign, [("needs".to_owned(), SignUpFieldError::NotInList)]);
    }

    #[test]
    fn up_to_three_topics_are_ticked_and_each_counts_once() {
        let id = |number: u32| format!("0198c0de-0000-7000-8000-00000000000{number}");
        let ticks = |ids: Vec<String>| ids.into_iter().map(|id| (id, "1".to_owned())).collect();
        let mut form = typed();
        assert!(form.parse().unwrap().votes.is_empty());
        form.votes = ticks(vec![id(1), id(1).to_uppercase(), id(2), id(3)]);
        let votes = form.parse().unwrap().votes;
        assert_eq!(
            votes,
            [1, 2, 3]
                .map(|number| TopicId::parse(&id(number)).unwrap())
                .into()
        );
        let four = errors(|form| form.votes = ticks((1..=4).map(id).collect()));
        assert_eq!(four, [("votes".to_owned(), SignUpFieldError::TooManyVotes)]);
        let foreign = errors(|form| form.votes = ticks(vec!["Kaution".to_owned()]));
        assert_eq!(foreign, [("votes".to_owned(), SignUpFieldError::NotInList)]);
    }

    #[test]
    fn who_has_a_seat_sees_the_others_until_four_weeks_after_the_end() {
        let end = Instant(1_800_000_000_000_000);
        let later = |hours: i64| end.plus_hours(4 * 7 * 24 + hours);
        assert!(sees_fellows(PlaceState::Confirmed, end, later(-1)));
        assert!(!sees_fellows(PlaceState::Confirmed, end, later(0)));
        for state in [
            PlaceState::Held,
            PlaceState::Waiting,
            PlaceState::Offered,
            PlaceState::Cancelled,
        ] {
            assert!(!sees_fellows(state, end, later(-1)));
        }
    }

    #[test]
    fn colleagues_are_entered_by_the_first_person_or_by_who_enters_everybody() {
        let mut request = typed().parse().unwrap();
        assert_eq!(request.entered_by(true), None);
        assert_eq!(request.entered_by(false), Some(&request.attendee.name));
        let chief = PersonName::parse("Leitung").unwrap();
        request.signed_up_by = Some(chief.clone());
        assert_eq!(request.entered_by(true), Some(&chief));
        assert_eq!(request.entered_by(false), Some(&chief));
    }

    #[test]
    fn more_colleagues_than_the_form_has_rows_are_refused_at_the_first_row() {
        let colleague = |number: usize| (format!("Person {number}"), format!("p{number}@traeger.example"));
        let mut form = typed();
        form.colleagues = (1..=COLLEAGUES_MAX).map(colleague).collect();
        assert_eq!(form.parse().unwrap().colleagues.len(), COLLEAGUES_MAX);
        let many = errors(|form| form.colleagues = (1..=COLLEAGUES_MAX + 1).map(colleague).collect());
        let error = SignUpFieldError::TooManyColleagues { max: COLLEAGUES_MAX };
        assert_eq!(many, [("colleague_1_name".to_owned(), error)]);
    }

    #[test]
    fn a_colleague_needs_name_and_address_and_an_address_of_their_own() {
        let half =
            errors(|form| form.colleagues = vec![("".into(), "".into()), ("Zwei Drei".into(), "".into())]);
        assert_eq!(
            half,
            [("colleague_2_email".to_owned(), SignUpFieldError::Missing)]
        );
        let twice = errors(|form| form.colleagues = vec![("Zwei".into(), "eins+2@traeger.example".into())]);
        assert_eq!(
            twice,
            [("colleague_1_email".to_owned(), SignUpFieldError::EmailTwice)]
        );
    }
}
