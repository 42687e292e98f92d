//! Numbers for who reads, buttons for who takes part: votes, "bei uns auch", "bei uns probiert". Of a comment: "bei uns auch".

use domain::board::{CardKind, CardView, Operation, Outcome, Phase, Standing};
use domain::german::count;
use leptos::prelude::*;

use crate::boards::deed::{Look, deed};
use crate::boards::shown::Shown;
use crate::ui::badge::Badge;

/// What a room says about a card, or about a comment on a card that is `open` to it.
pub fn weights(shown: Shown, card: &CardView, open: bool) -> AnyView {
    let frame = shown.frame.get();
    let (about, is_topic) = (super::about(card), card.on.is_none());
    let is_open = open && !card.locked && !shown.is_closed(card.column);
    let acts = frame.may_write() && card.standing == Standing::Published && is_open;
    let press = |operation: &Operation, label: &str, pressed: bool| {
        deed(shown, operation, &about, label, Look::Quiet, Some(pressed))
    };
    let mut parts = Vec::new();
    let same = match card.same_here {
        0 => "Bei uns auch".to_owned(),
        count => format!("Bei uns auch · {count}"),
    };
    if acts {
        let operation = Operation::SameHere {
            card: card.id,
            given: !card.my_same_here,
        };
        parts.push(press(&operation, &same, card.my_same_here));
    } else if card.same_here > 0 {
        parts.push(view! { <span class="hint">{same}</span> }.into_any());
    }
    let votes = card
        .votes
        .filter(|_| is_topic)
        .map(|votes| count(u32::try_from(votes).unwrap_or(u32::MAX), "Stimme", "Stimmen"));
    if acts && is_topic && frame.phase == Phase::Weigh {
        let words = if card.my_vote {
            "Meine Stimme"
        } else {
            "Stimme geben"
        };
        let label = votes.map_or_else(|| words.to_owned(), |votes| format!("{words} · {votes}"));
        let operation = Operation::Vote {
            card: card.id,
            given: !card.my_vote,
        };
        parts.push(press(&operation, &label, card.my_vote));
    } else if matches!(frame.phase, Phase::Weigh | Phase::Discuss)
        && let Some(votes) = votes
    {
        parts.push(view! { <Badge text=votes kind="good" /> }.into_any());
    }
    if let Some(hands) = card.hands {
        parts.push(view! { <Badge text=count(hands, "Handzeichen", "Handzeichen") /> }.into_any());
    }
    let tried = (card.kind == CardKind::Solution).then(|| {
        let outcomes = Outcome::ALL.iter().zip(card.tried).map(|(outcome, count)| {
            let label = match count {
                0 => outcome.label().to_owned(),
                count => format!("{} · {count}", outcome.label()),
            };
            let mine = card.my_outcome == Some(*outcome);
            let operation = Operation::Tried {
                card: card.id,
                outcome: (!mine).then_some(*outcome),
                district: card.my_district,
            };
            match (acts, count) {
                (true, _) => press(&operation, &label, mine),
                (false, 0) => ().into_any(),
                (false, _) => view! { <span class="hint">{label}</span> }.into_any(),
            }
        });
        let any = acts || card.tried != [0; 3];
        let heading = any.then(|| view! { <span class="hint">"Bei uns probiert:"</span> });
        view! { <div class="note-deeds">{heading}{outcomes.collect::<Vec<_>>()}</div> }
    });
    view! { <div class="note-deeds">{parts}</div>{tried} }.into_any()
}
