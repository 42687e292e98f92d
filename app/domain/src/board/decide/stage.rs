//! What the moderator sets for the whole board.

use super::Refusal;
use super::rights::{Actor, moderator, topic};
use crate::board::event::Event;
use crate::board::operation::Operation;
use crate::board::state::{Board, RULES_CHARACTERS_MAX, TIMER_SECONDS_MAX};
use crate::text::bounded;

/// Decides about an operation that is about no card. Any other is not allowed here.
pub fn set(board: &Board, actor: Actor, operation: &Operation) -> Result<Event, Refusal> {
    moderator(actor)?;
    Ok(match *operation {
        Operation::Freeze { frozen } => Event::Frozen { frozen },
        Operation::Pause { paused } => Event::Paused { paused },
        Operation::Curtain { closed } => Event::Curtained { closed },
        Operation::Spotlight { card } => Event::Spotlit {
            card: match card {
                Some(card) => Some(topic(board, card)?.id),
                None => None,
            },
        },
        Operation::Timer { seconds } => {
            if seconds.is_some_and(|seconds| seconds > TIMER_SECONDS_MAX) {
                return Err(Refusal::TooMany {
                    max: TIMER_SECONDS_MAX,
                });
            }
            Event::TimerSet { seconds }
        }
        Operation::GoTo { phase } => Event::WentTo { phase },
        Operation::Moderate { level } => Event::Moderated { level },
        Operation::HideVotes { hidden } => Event::VotesHidden { hidden },
        Operation::HideFindings { hidden } => Event::FindingsHidden { hidden },
        Operation::Rules { ref text, ref base } => rules(board, text, base.as_deref())?,
        Operation::RenewCode => Event::CodeRenewed,
        Operation::Archive { archived } => Event::Archived { archived },
        _ => return Err(Refusal::NotAllowed),
    })
}

/// What was written over other rules than stand there by now would take those away, read by nobody.
fn rules(board: &Board, text: &str, base: Option<&str>) -> Result<Event, Refusal> {
    let read = |text: &str| bounded(text, 0, RULES_CHARACTERS_MAX).map_err(Refusal::Text);
    let (text, now) = (read(text)?, &board.settings.rules);
    let is_of_others = base.is_some_and(|base| read(base).as_ref() != Ok(now));
    if is_of_others && text != *now {
        return Err(Refusal::ChangedSince);
    }
    Ok(Event::RulesSet { text })
}
