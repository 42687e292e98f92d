//! How far an application is, and who may do what.
//!
//! draft → submitted → decided. Whoever looks at it may ask for more; the applicant may take it back while nobody has decided.
//! Nobody decides about herself.

use std::collections::BTreeSet;

use crate::ids::{OrganisationId, PersonId};
use crate::module::review::Reviewer;
use crate::names::names;

/// Applications of a person that are not decided, at most.
pub const OPEN_MAX: usize = 20;

names! {
    /// How far an application is.
    State {
        /// It is being written.
        Draft = "draft", "Entwurf";
        /// The institution looks at it.
        Submitted = "submitted", "Wird geprüft";
        /// The institution asks for more.
        MoreAsked = "more_asked", "Nachweise fehlen";
        /// It is decided.
        Decided = "decided", "Entschieden";
    }
}

names! {
    /// What one can do with an application.
    Act {
        /// Write on it: say something, add evidence, take evidence away.
        Write = "write", "Speichern";
        /// Hand it in.
        Submit = "submit", "Einreichen";
        /// Take it back to write on.
        TakeBack = "take_back", "Zurückholen und weiterschreiben";
        /// Delete it, with all evidence.
        Discard = "discard", "Antrag und Nachweise löschen";
        /// Ask for more.
        AskMore = "ask_more", "Nachfordern";
        /// Decide.
        Decide = "decide", "Entscheiden";
    }
}

impl Act {
    /// Whether the applicant does it; else a reviewer.
    #[must_use]
    pub fn is_applicants(self) -> bool {
        !matches!(self, Self::AskMore | Self::Decide)
    }
}

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is somebody else's, or another institution's.
    #[error("not yours")]
    NotYours,
    /// Not in this state.
    #[error("not in this state")]
    WrongState(State),
    /// Something is missing.
    #[error("incomplete")]
    Incomplete,
    /// There are as many files as are taken.
    #[error("too many files")]
    TooManyFiles,
    /// All evidence of the person together is as much as is kept.
    #[error("no room")]
    NoRoom,
    /// The reviewer would decide about herself.
    #[error("own application")]
    OwnApplication,
}

/// An application, as far as the rules look at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Application {
    /// Whose it is.
    pub applicant: PersonId,
    /// Which institutions answer for the module.
    pub owners: BTreeSet<OrganisationId>,
    /// How far it is.
    pub state: State,
    /// Whether something is missing before it can be handed in.
    pub has_gaps: bool,
}

impl Application {
    /// Whether somebody may do something, and how far the application is afterwards.
    ///
    /// # Errors
    /// Why not.
    pub fn decide(&self, who: &Reviewer, act: Act) -> Result<State, Refusal> {
        let is_own = who.person == self.applicant;
        if act.is_applicants() {
            if !is_own {
                return Err(Refusal::NotYours);
            }
        } else if is_own {
            return Err(Refusal::OwnApplication);
        } else if !who.works_for(&self.owners) {
            return Err(Refusal::NotYours);
        }
        match (act, self.state) {
            (Act::Write, State::Draft | State::MoreAsked) => Ok(self.state),
            (Act::Submit, State::Draft | State::MoreAsked) if self.has_gaps => Err(Refusal::Incomplete),
            (Act::Submit, State::Draft | State::MoreAsked) => Ok(State::Submitted),
            (Act::TakeBack, State::Submitted) => Ok(State::Draft),
            (Act::Discard, State::Draft | State::MoreAsked | State::Submitted) => Ok(self.state),
            (Act::AskMore, State::Submitted) => Ok(State::MoreAsked),
            (Act::Decide, State::Submitted) => Ok(State::Decided),
            (_, state) => Err(Refusal::WrongState(state)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn reviewer(person: u128, curates: &[u128], is_staff: bool) -> Reviewer {
        Reviewer {
            person: PersonId(id(person)),
            curates: curates.iter().map(|one| OrganisationId(id(*one))).collect(),
            is_staff,
        }
    }

    fn application(state: State) -> Application {
        Application {
            applicant: PersonId(id(1)),
            owners: BTreeSet::from([OrganisationId(id(10))]),
            state,
            has_gaps: false,
        }
    }

    #[test]
    fn nobody_decides_about_herself_and_nobody_for_another_institution() {
        let submitted = application(State::Submitted);
        assert_eq!(
            submitted.decide(&reviewer(1, &[10], true), Act::Decide),
            Err(Refusal::OwnApplication)
        );
        assert_eq!(
            submitted.decide(&reviewer(2, &[11], false), Act::Decide),
            Err(Refusal::NotYours)
        );
        assert_eq!(
            submitted.decide(&reviewer(2, &[10], false), Act::Decide),
            Ok(State::Decided)
        );
        assert_eq!(
            submitted.decide(&reviewer(2, &[10], false), Act::TakeBack),
            Err(Refusal::NotYours)
        );
    }

    #[test]
    fn what_is_decided_stays() {
        for act in Act::ALL {
            for who in [reviewer(1, &[], false), reviewer(2, &[10], false)] {
                assert!(application(State::Decided).decide(&who, *act).is_err(), "{act:?}");
            }
        }
    }

    proptest! {
        /// Whatever people try in whatever order: it is decided only after it was handed in complete, by somebody else.
        #[test]
        fn there_is_no_way_to_a_decision_around_the_rules(
            steps in proptest::collection::vec((0..Act::ALL.len(), 1_u128..4, any::<bool>(), any::<bool>()), 0..40),
        ) {
            let mut now = application(State::Draft);
            let mut was_whole_when_submitted = false;
            for (act, person, curates, has_gaps) in steps {
                let act = Act::ALL[act];
                let who = reviewer(person, if curates { &[10] } else { &[] }, false);
                if act == Act::Write {
                    now.has_gaps = has_gaps;
                }
                let before = now.state;
                let Ok(state) = now.decide(&who, act) else { continue };
                if act == Act::Submit {
                    was_whole_when_submitted = !now.has_gaps;
                }
                if state == State::Decided {
                    prop_assert_eq!(before, State::Submitted);
                    prop_assert!(was_whole_when_submitted);
                    prop_assert!(who.person != now.applicant && curates);
                }
                now.state = state;
            }
        }
    }
}
