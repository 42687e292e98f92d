//! Drafts, who looks at them, publication.
//!
//! draft → in review → approved → published → archived. Who looks at a draft may ask for changes; what is published can be
//! withdrawn, but never vanishes. Each institution that owns the module agrees, then the office; nobody agrees to what they
//! wrote, and nobody agrees twice. A light change ([`super::differ::is_light`]) is looked at by the institutions alone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{OrganisationId, PersonId};
use crate::names::names;

names! {
    /// How far a version is.
    State {
        /// It is being written.
        Draft = "draft", "Entwurf";
        /// Somebody is to look at it.
        InReview = "in_review", "In Prüfung";
        /// Somebody looked at it and asks for changes.
        ChangesRequested = "changes_requested", "Änderungen erbeten";
        /// Everybody who has to has agreed.
        Approved = "approved", "Freigegeben";
        /// It is what counts.
        Published = "published", "Veröffentlicht";
        /// Another version counts now.
        Archived = "archived", "Abgelöst";
        /// It does not count any more, and no other does.
        Withdrawn = "withdrawn", "Zurückgezogen";
    }
}

/// Whose agreement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// Of an institution that owns the module.
    Institution(OrganisationId),
    /// Of the office.
    Office,
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewer {
    /// The person.
    pub person: PersonId,
    /// Whose modules the person curates.
    pub curates: BTreeSet<OrganisationId>,
    /// Whether the person works at the office.
    pub is_staff: bool,
}

/// How a version stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which institutions own the module.
    pub owners: BTreeSet<OrganisationId>,
    /// How far it is.
    pub state: State,
    /// Everybody who wrote on this version.
    pub authors: BTreeSet<PersonId>,
    /// Who has agreed since it was handed in, and for whom.
    pub approvals: Vec<(Stage, PersonId)>,
    /// Whether only light fields differ from what is published.
    pub is_light: bool,
    /// Whether something keeps it from being published ([`super::gap::gaps`]).
    pub has_gaps: bool,
    /// Whether somebody's comment waits for an answer.
    pub has_open_comments: bool,
}

names! {
    /// What one can do with a version.
    Act {
        /// Write on it.
        Write = "write", "Schreiben";
        /// Hand it in.
        Submit = "submit", "Einreichen";
        /// Take it back to write on.
        TakeBack = "take_back", "Zurückholen und weiterschreiben";
        /// Agree to it.
        Approve = "approve", "Zustimmen";
        /// Ask for changes.
        RequestChanges = "request_changes", "Änderungen erbitten";
        /// Publish it.
        Publish = "publish", "Veröffentlichen";
        /// Say that it still holds.
        Confirm = "confirm", "Gilt weiterhin";
        /// Withdraw it.
        Withdraw = "withdraw", "Zurückziehen";
        /// Say something about a field.
        Comment = "comment", "Anmerken";
    }
}

impl Act {
    /// Whether it says why.
    #[must_use]
    pub fn takes_a_reason(self) -> bool {
        matches!(self, Self::RequestChanges | Self::Withdraw)
    }
}

/// Why something cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The module belongs to others.
    #[error("the module belongs to others")]
    NotYours,
    /// Not in this state.
    #[error("not in this state")]
    WrongState(State),
    /// The person wrote on it.
    #[error("own work")]
    OwnWork,
    /// The person has agreed already, for somebody.
    #[error("agreed already")]
    AgreedAlready,
    /// The institutions look at it first.
    #[error("the institutions first")]
    InstitutionsFirst,
    /// Something is missing or contradicts itself.
    #[error("incomplete")]
    Incomplete,
    /// A comment waits for an answer.
    #[error("a comment waits for an answer")]
    OpenComments,
}

/// What follows from an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The state stays.
    Same,
    /// The state is another one.
    Now(State),
    /// Somebody has agreed, and the state is this one.
    Agreed(Stage, State),
}

impl Reviewer {
    /// Whether the person has to do with modules of these institutions: curates them, or works at the office.
    #[must_use]
    pub fn works_for(&self, owners: &BTreeSet<OrganisationId>) -> bool {
        self.is_staff || !owners.is_disjoint(&self.curates)
    }

    /// Whether the person can agree for an institution, or for the office.
    #[must_use]
    pub fn speaks_for(&self, stage: &Stage) -> bool {
        match stage {
            Stage::Institution(owner) => self.curates.contains(owner),
            Stage::Office => self.is_staff,
        }
    }
}

impl Standing {
    /// Whose agreement it takes, in this order.
    #[must_use]
    pub fn needed(&self) -> Vec<Stage> {
        let office = (!self.is_light).then_some(Stage::Office);
        self.owners
            .iter()
            .copied()
            .map(Stage::Institution)
            .chain(office)
            .collect()
    }

    /// Whose agreement is missing.
    #[must_use]
    pub fn missing(&self) -> Vec<Stage> {
        let agreed = |stage: &Stage| self.approvals.iter().any(|(given, _)| given == stage);
        self.needed().into_iter().filter(|stage| !agreed(stage)).collect()
    }

    /// What follows if somebody does something.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn decide(&self, who: &Reviewer, act: Act) -> Result<Outcome, Refusal> {
        if !who.works_for(&self.owners) {
            return Err(Refusal::NotYours);
        }
        let only_in = |states: &[State]| match states.contains(&self.state) {
            true => Ok(()),
            false => Err(Refusal::WrongState(self.state)),
        };
        match act {
            Act::Write => {
                only_in(&[State::Draft, State::ChangesRequested])?;
                Ok(Outcome::Same)
            }
            Act::Comment => {
                only_in(&[
                    State::Draft,
                    State::InReview,
                    State::ChangesRequested,
                    State::Approved,
                ])?;
                Ok(Outcome::Same)
            }
            Act::Submit => {
                only_in(&[State::Draft, State::ChangesRequested])?;
                if self.has_gaps {
                    return Err(Refusal::Incomplete);
                }
                Ok(Outcome::Now(State::InReview))
            }
            Act::TakeBack => {
                only_in(&[State::InReview, State::Approved])?;
                Ok(Outcome::Now(State::Draft))
            }
            Act::Approve => {
                only_in(&[State::InReview])?;
                self.approve(who)
            }
            Act::RequestChanges => {
                only_in(&[State::InReview])?;
                Ok(Outcome::Now(State::ChangesRequested))
            }
            Act::Publish => {
                only_in(&[State::Approved])?;
                if self.has_gaps {
                    return Err(Refusal::Incomplete);
                }
                if self.has_open_comments {
                    return Err(Refusal::OpenComments);
                }
                if !self.missing().is_empty() {
                    return Err(Refusal::WrongState(self.state));
                }
                Ok(Outcome::Now(State::Published))
            }
            Act::Withdraw => {
                only_in(&[State::Published])?;
                Ok(Outcome::Now(State::Withdrawn))
            }
            Act::Confirm => {
                only_in(&[State::Published])?;
                Ok(Outcome::Same)
            }
        }
    }

    fn approve(&self, who: &Reviewer) -> Result<Outcome, Refusal> {
        if self.authors.contains(&who.person) {
            return Err(Refusal::OwnWork);
        }
        if self.approvals.iter().any(|(_, person)| *person == who.person) {
            return Err(Refusal::AgreedAlready);
        }
        let missing = self.missing();
        let stage = *missing
            .iter()
            .find(|stage| who.speaks_for(stage))
            .ok_or(Refusal::NotYours)?;
        let waits_for_institutions = missing.iter().any(|other| *other != Stage::Office);
        if stage == Stage::Office && waits_for_institutions {
            return Err(Refusal::InstitutionsFirst);
        }
        let state = if missing.len() == 1 {
            State::Approved
        } else {
            State::InReview
        };
        Ok(Outcome::Agreed(stage, state))
    }
}

impl State {
    /// Whether this version can still be changed; all others stay as they are for ever.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Draft | Self::InReview | Self::ChangesRequested | Self::Approved
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn organisation(number: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(100 + number))
    }

    /// Two curators of one institution, two of another, two at the office (one of whom curates, too), and a stranger.
    fn people() -> Vec<Reviewer> {
        let person = |number: u128, curates: &[u128], is_staff| Reviewer {
            person: PersonId(Uuid::from_u128(number)),
            curates: curates.iter().map(|number| organisation(*number)).collect(),
            is_staff,
        };
        vec![
            person(1, &[1], false),
            person(2, &[1], false),
            person(3, &[2], false),
            person(4, &[2], false),
            person(5, &[], true),
            person(6, &[1, 2], true),
            person(7, &[3], false),
        ]
    }

    fn draft(owners: &[u128]) -> Standing {
        Standing {
            owners: owners.iter().map(|number| organisation(*number)).collect(),
            state: State::Draft,
            authors: BTreeSet::new(),
            approvals: Vec::new(),
            is_light: false,
            has_gaps: false,
            has_open_comments: false,
        }
    }

    /// Does what the store does with an outcome.
    fn act(standing: &mut Standing, who: &Reviewer, act: Act) -> Result<(), Refusal> {
        match standing.decide(who, act)? {
            Outcome::Same if act == Act::Write => {
                standing.authors.insert(who.person);
            }
            Outcome::Same => {}
            Outcome::Now(state) => {
                standing.state = state;
                if act == Act::Submit || act == Act::TakeBack {
                    standing.approvals.clear();
                }
            }
            Outcome::Agreed(stage, state) => {
                standing.approvals.push((stage, who.person));
                standing.state = state;
            }
        }
        Ok(())
    }

    #[test]
    fn institution_then_office_then_everybody() {
        let people = people();
        let mut version = draft(&[1]);
        act(&mut version, &people[0], Act::Write).unwrap();
        act(&mut version, &people[0], Act::Submit).unwrap();
        assert_eq!(act(&mut version, &people[0], Act::Approve), Err(Refusal::OwnWork));
        assert_eq!(
            act(&mut version, &people[4], Act::Approve),
            Err(Refusal::InstitutionsFirst)
        );
        assert_eq!(
            act(&mut version, &people[6], Act::Approve),
            Err(Refusal::NotYours)
        );
        assert_eq!(
            act(&mut version, &people[2], Act::Approve),
            Err(Refusal::NotYours)
        );
        act(&mut version, &people[1], Act::Approve).unwrap();
        assert_eq!(
            act(&mut version, &people[1], Act::Approve),
            Err(Refusal::AgreedAlready)
        );
        assert_eq!(
            act(&mut version, &people[0], Act::Publish),
            Err(Refusal::WrongState(State::InReview))
        );
        act(&mut version, &people[4], Act::Approve).unwrap();
        act(&mut version, &people[0], Act::Publish).unwrap();
        assert_eq!(
            act(&mut version, &people[0], Act::Write),
            Err(Refusal::WrongState(State::Published))
        );
        act(&mut version, &people[4], Act::Withdraw).unwrap();
        assert_eq!(version.state, State::Withdrawn);
    }

    #[test]
    fn nobody_agrees_for_two() {
        let people = people();
        let mut version = draft(&[1]);
        act(&mut version, &people[0], Act::Submit).unwrap();
        act(&mut version, &people[5], Act::Approve).unwrap();
        assert_eq!(
            act(&mut version, &people[5], Act::Approve),
            Err(Refusal::AgreedAlready)
        );
        act(&mut version, &people[4], Act::Approve).unwrap();
        assert_eq!(version.state, State::Approved);
    }

    #[test]
    fn a_light_change_takes_the_institutions_alone_and_a_joint_module_both() {
        let people = people();
        let mut light = Standing {
            is_light: true,
            ..draft(&[1])
        };
        act(&mut light, &people[0], Act::Submit).unwrap();
        act(&mut light, &people[1], Act::Approve).unwrap();
        assert_eq!(light.state, State::Approved);
        let mut joint = draft(&[1, 2]);
        act(&mut joint, &people[0], Act::Submit).unwrap();
        act(&mut joint, &people[1], Act::Approve).unwrap();
        assert_eq!(
            act(&mut joint, &people[4], Act::Approve),
            Err(Refusal::InstitutionsFirst)
        );
        act(&mut joint, &people[2], Act::Approve).unwrap();
        act(&mut joint, &people[4], Act::Approve).unwrap();
        assert_eq!(joint.state, State::Approved);
    }

    #[test]
    fn what_has_gaps_is_not_handed_in_and_open_comments_hold_publication() {
        let people = people();
        let mut version = Standing {
            has_gaps: true,
            ..draft(&[1])
        };
        assert_eq!(
            act(&mut version, &people[0], Act::Submit),
            Err(Refusal::Incomplete)
        );
        version = Standing {
            state: State::Approved,
            has_open_comments: true,
            ..draft(&[1])
        };
        assert_eq!(
            act(&mut version, &people[0], Act::Publish),
            Err(Refusal::OpenComments)
        );
    }

    proptest! {
        /// Whatever seven people do in whatever order: nothing is published to which not everybody agreed who has to, each a
        /// different person who wrote nothing of it; and what was published is never written on.
        #[test]
        fn no_way_leads_to_publication_without_every_agreement(
            deeds in proptest::collection::vec((0_usize..7, 0_usize..Act::ALL.len()), 0..60),
            owners in 1_usize..3,
            is_light in any::<bool>(),
        ) {
            let people = people();
            let mut version = Standing { is_light, ..draft(if owners == 1 { &[1] } else { &[1, 2] }) };
            let mut was_published = false;
            for (who, deed) in deeds {
                let before = version.clone();
                let done = act(&mut version, &people[who], Act::ALL[deed]);
                if done.is_err() {
                    prop_assert_eq!(&before, &version);
                    continue;
                }
                prop_assert!(who != 6, "a stranger did something");
                was_published |= version.state == State::Published;
                if was_published {
                    prop_assert!(!version.state.is_open());
                    prop_assert_eq!(&before.authors, &version.authors);
                }
                if version.state == State::Published {
                    let signers: BTreeSet<_> = version.approvals.iter().map(|(_, person)| *person).collect();
                    prop_assert_eq!(signers.len(), version.needed().len());
                    prop_assert!(signers.is_disjoint(&version.authors));
                    for stage in version.needed() {
                        let given = version.approvals.iter().find(|(given, _)| *given == stage);
                        let (_, person) = given.expect("an agreement is missing");
                        let signer = people.iter().find(|one| one.person == *person).unwrap();
                        let may = match stage {
                            Stage::Institution(owner) => signer.curates.contains(&owner),
                            Stage::Office => signer.is_staff,
                        };
                        prop_assert!(may);
                    }
                }
            }
        }
    }
}
