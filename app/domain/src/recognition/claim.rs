//! What a person says of herself, outcome by outcome.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::module::LearningOutcome;
use crate::names::names;
use crate::text::{TextError, bounded};

/// Characters of what somebody says about one outcome.
pub const SAID_CHARACTERS_MAX: usize = 800;
/// Characters of it, at least, where somebody says that she can do it.
pub const SAID_CHARACTERS_MIN: usize = 15;

names! {
    /// How well somebody can do something, by her own judgement.
    Grasp {
        /// Not yet.
        Not = "not", "noch nicht";
        /// In part.
        Partly = "partly", "zum Teil";
        /// Safely.
        Fully = "fully", "sicher";
    }
}

/// What somebody says about one outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// How well she can do it; nothing, as long as that is not chosen.
    pub grasp: Option<Grasp>,
    /// From where, and what shows it.
    pub said: String,
}

/// What somebody says, by the number of the outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Claims(pub BTreeMap<u32, Claim>);

impl Claims {
    /// Reads what was typed: number of the outcome, how well, and from where. What is said of outcomes that the module does
    /// not have is passed over.
    ///
    /// # Errors
    /// Every outcome with which something is wrong.
    pub fn parse(
        typed: &[(u32, String, String)],
        outcomes: &[LearningOutcome],
    ) -> Result<Self, Vec<(u32, TextError)>> {
        let mut claims = BTreeMap::new();
        let mut wrong = Vec::new();
        for (number, grasp, said) in typed {
            if !outcomes.iter().any(|outcome| outcome.number == *number) {
                continue;
            }
            let grasp = Grasp::parse(grasp);
            match bounded(said, 0, SAID_CHARACTERS_MAX) {
                Ok(said) if grasp.is_none() && said.is_empty() => {}
                Ok(said) => drop(claims.insert(*number, Claim { grasp, said })),
                Err(error) => wrong.push((*number, error)),
            }
        }
        if wrong.is_empty() {
            Ok(Self(claims))
        } else {
            Err(wrong)
        }
    }

    /// What is missing before it can be handed in, in the order of the outcomes.
    #[must_use]
    pub fn gaps(&self, outcomes: &[LearningOutcome]) -> Vec<Gap> {
        let gap = |outcome: &LearningOutcome| {
            let claim = self.0.get(&outcome.number);
            let length = claim.map_or(0, |claim| claim.said.chars().count());
            match claim.and_then(|claim| claim.grasp) {
                None => Some(Gap::NotJudged(outcome.number)),
                Some(Grasp::Not) => None,
                Some(_) => (length < SAID_CHARACTERS_MIN).then_some(Gap::NotExplained(outcome.number)),
            }
        };
        let mut gaps: Vec<Gap> = outcomes.iter().filter_map(gap).collect();
        let claims_something = self
            .0
            .values()
            .any(|claim| claim.grasp.is_some_and(|grasp| grasp != Grasp::Not));
        if gaps.is_empty() && !claims_something {
            gaps.push(Gap::Nothing);
        }
        gaps
    }
}

/// What is missing before an application can be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing is said about how well she can do this.
    NotJudged(u32),
    /// She says that she can do it, and not from where.
    NotExplained(u32),
    /// She says of everything that she cannot do it yet.
    Nothing,
    /// No evidence was uploaded.
    NoFile,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::outcome;

    fn outcomes() -> Vec<LearningOutcome> {
        outcome::parse("L1 wissen: Sie kennen die Fristen.\nL4 anwenden: Sie legen Rechtsmittel ein.")
            .unwrap()
    }

    fn typed(lines: &[(u32, &str, &str)]) -> Vec<(u32, String, String)> {
        let line =
            |(number, grasp, said): &(u32, &str, &str)| (*number, (*grasp).to_owned(), (*said).to_owned());
        lines.iter().map(line).collect()
    }

    #[test]
    fn each_outcome_is_judged_and_what_one_can_do_is_explained() {
        let claims = |lines: &[(u32, &str, &str)]| Claims::parse(&typed(lines), &outcomes()).unwrap();
        let from = "Aus drei Jahren in der Beratung";
        assert_eq!(
            claims(&[]).gaps(&outcomes()),
            [Gap::NotJudged(1), Gap::NotJudged(4)]
        );
        // What is typed before anything is chosen is kept.
        let begun = claims(&[(1, "", from), (4, "", "")]);
        assert_eq!(begun.0.len(), 1);
        assert_eq!(begun.gaps(&outcomes()), [Gap::NotJudged(1), Gap::NotJudged(4)]);
        assert_eq!(
            claims(&[(1, "fully", "kurz"), (4, "not", "")]).gaps(&outcomes()),
            [Gap::NotExplained(1)]
        );
        assert_eq!(
            claims(&[(1, "not", ""), (4, "not", "")]).gaps(&outcomes()),
            [Gap::Nothing]
        );
        assert_eq!(
            claims(&[(1, "fully", from), (4, "partly", from)]).gaps(&outcomes()),
            []
        );
    }

    #[test]
    fn what_is_too_long_is_named_and_what_the_module_does_not_have_is_passed_over() {
        let long = "x".repeat(SAID_CHARACTERS_MAX + 1);
        let wrong = Claims::parse(&typed(&[(1, "fully", &long), (9, "fully", &long)]), &outcomes());
        assert_eq!(
            wrong,
            Err(vec![(
                1,
                TextError::TooLong {
                    max: SAID_CHARACTERS_MAX
                }
            )])
        );
        let claims = Claims::parse(&typed(&[(9, "fully", "x"), (1, "sehr", "x")]), &outcomes()).unwrap();
        let kept = Claim {
            grasp: None,
            said: "x".to_owned(),
        };
        assert_eq!(claims.0, [(1, kept)].into());
    }
}
