//! Cards that may say the same as one that waits: those on the board, and those that wait, too.

use domain::board::similar::Parts;
use domain::board::{CardView, Standing};
use leptos::prelude::*;

use crate::boards::shown::Shown;

/// Cards that are named at one at most.
const TWINS_SHOWN_MAX: usize = 3;

/// Of what waits so many are compared, those first that wait longest: nobody decides about more at once, and all of a full queue
/// with all of a full board at each card that comes would be felt on a tablet.
const ASKED_MAX: usize = 50;

/// A card that may say the same as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// Its number.
    pub number: u32,
    /// What it says.
    pub text: String,
    /// Whether it waits, too.
    pub waits: bool,
}

/// A card among those that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Compared {
    id: u128,
    /// Whether others are named at it.
    is_asked: bool,
    /// Whether it is named at others.
    is_named: bool,
    twin: Twin,
}

impl Compared {
    fn of(card: &CardView) -> Option<Self> {
        let is_waiting = card.standing == Standing::Waiting;
        // Whose author was removed is for nobody.
        let is_there = !card.desk.is_some_and(|desk| desk.removed);
        let is_named = card.on.is_none() && is_there && (is_waiting || card.standing == Standing::Published);
        let is_asked = card.waits();
        (is_asked || is_named).then(|| Self {
            id: card.id.0.as_u128(),
            is_asked,
            is_named,
            twin: Twin {
                number: card.number,
                text: card.text.clone(),
                waits: is_waiting,
            },
        })
    }
}

/// What is known of all that wait, by their ids; those without any are not in it.
pub type Twins = Vec<(u128, Vec<Twin>)>;

/// Looks for them, and again when a card comes, says or stands otherwise. A vote is no reason to compare.
pub fn twins(shown: Shown) -> Memo<Twins> {
    let compared = Memo::new(move |_| {
        let compare = |data: &crate::boards::dto::BoardData| {
            let cards = data.view.cards.iter();
            cards.filter_map(Compared::of).collect::<Vec<_>>()
        };
        shown.data.with(compare)
    });
    Memo::new(move |_| compared.with(|compared| found(compared)))
}

fn found(compared: &[Compared]) -> Twins {
    // Each text is taken apart once: in a full queue it is compared with hundreds of others.
    let parts: Vec<Parts> = compared.iter().map(|card| Parts::of(&card.twin.text)).collect();
    let mut found = Vec::new();
    let mut asked: Vec<_> = compared
        .iter()
        .zip(&parts)
        .filter(|(card, _)| card.is_asked)
        .collect();
    asked.sort_unstable_by_key(|(card, _)| card.twin.number);
    for (card, own) in asked.into_iter().take(ASKED_MAX) {
        let others = compared.iter().zip(&parts);
        let alike =
            others.filter(|(other, parts)| other.is_named && other.id != card.id && parts.is_like(own));
        let alike = alike.map(|(other, _)| other.twin.clone());
        let alike: Vec<Twin> = alike.take(TWINS_SHOWN_MAX).collect();
        if !alike.is_empty() {
            found.push((card.id, alike));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(number: u32, text: &str, waits: bool) -> Compared {
        Compared {
            id: number.into(),
            is_asked: waits,
            is_named: true,
            twin: Twin {
                number,
                text: text.to_owned(),
                waits,
            },
        }
    }

    fn numbers(compared: &[Compared]) -> Vec<(u128, Vec<u32>)> {
        let found = found(compared).into_iter();
        let numbers = |twins: Vec<Twin>| twins.into_iter().map(|twin| twin.number).collect();
        found.map(|(id, twins)| (id, numbers(twins))).collect()
    }

    #[test]
    fn cards_that_wait_are_compared_with_the_published_ones_and_with_each_other() {
        let mut cards = vec![
            card(1, "Dolmetscher fehlen beim Jugendamt.", false),
            card(2, "Beim Jugendamt fehlen Dolmetscher!", true),
            card(3, "Beim Sozialamt gibt es keine Termine.", true),
            card(4, "Beim Jugendamt gibt es keine Dolmetscher.", true),
        ];
        assert_eq!(numbers(&cards), [(2, vec![1, 4]), (4, vec![1, 2])]);
        // It was changed meanwhile, and the first was hidden.
        cards[3].twin.text = "Am Sozialamt gibt es keine Termine.".to_owned();
        cards.remove(0);
        assert_eq!(numbers(&cards), [(3, vec![4]), (4, vec![3])]);
    }

    #[test]
    fn a_comment_is_named_at_no_card_and_few_are_enough() {
        let mut cards: Vec<Compared> = (1..=6)
            .map(|number| card(number, "Es fehlen Wohnungen.", true))
            .collect();
        cards[0].is_named = false;
        let found = numbers(&cards);
        assert_eq!(found[0], (1, vec![2, 3, 4]));
        assert_eq!(found[5], (6, vec![2, 3, 4]));
    }

    #[test]
    fn of_a_full_queue_those_are_compared_that_wait_longest() {
        let cards: Vec<Compared> = (1..=200)
            .rev()
            .map(|number| card(number, "Es fehlen Wohnungen.", true))
            .collect();
        let found = numbers(&cards);
        assert_eq!(found.len(), ASKED_MAX);
        assert_eq!(found.last().map(|(id, _)| *id), Some(50));
    }
}
