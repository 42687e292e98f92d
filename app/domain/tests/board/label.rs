use std::collections::BTreeMap;

use domain::board::label::ANONYMOUS_SHARED_MIN;
use domain::board::{Anonymity, Audience, Board, MemberRole, Operation, view};
use domain::district::District;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::{act, board, write};

/// Boards of the property below.
const SEEDS: u64 = 500;

/// What somebody says of oneself: an index into the roles and one into the districts.
type Said = (Option<usize>, Option<usize>);

/// A board on which each of these people has written one card.
fn board_of(people: &[Said]) -> Board {
    let mut board = board();
    for (index, said) in people.iter().enumerate() {
        let number = index as u128 + 1;
        let join = Operation::Join {
            name: None,
            role: said.0.and_then(|role| MemberRole::ALL.get(role)).copied(),
            district: said.1.and_then(|district| District::ALL.get(district)).copied(),
        };
        act(&mut board, number, join).unwrap();
        write(&mut board, number, number, "Ein Satz.").unwrap();
    }
    board
}

/// What stands on the card of each of them.
fn labels(board: &Board) -> Vec<Option<String>> {
    let mut cards = view(board, Audience::Everybody).cards;
    cards.sort_by_key(|card| card.number);
    cards.into_iter().map(|card| card.author).collect()
}

/// A label that fewer have than must, if there is one.
fn too_rare(labels: &[Option<String>]) -> Option<&String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for label in labels.iter().flatten() {
        *counts.entry(label).or_default() += 1;
    }
    let rare = counts
        .into_iter()
        .find(|(_, count)| *count < ANONYMOUS_SHARED_MIN);
    rare.map(|(label, _)| label)
}

/// Shows the role wherever five share it, also where nobody else is left of them: what the rule forbids.
fn shown_without_care(people: &[Said]) -> Vec<Option<String>> {
    let share = |fits: &dyn Fn(&Said) -> bool| {
        people.iter().filter(|said| fits(said)).count() >= ANONYMOUS_SHARED_MIN
    };
    people
        .iter()
        .map(|said| match *said {
            (Some(_), Some(_)) if share(&|other| other == said) => Some(format!("{said:?}")),
            (Some(role), _) if share(&|other| other.0 == Some(role)) => Some(format!("{role}")),
            _ => None,
        })
        .collect()
}

fn some_people(rng: &mut StdRng) -> Vec<Said> {
    let some = |rng: &mut StdRng, many: usize| Some(rng.random_range(0..=many)).filter(|one| *one < many);
    let (roles, districts) = (rng.random_range(1..4), rng.random_range(1..4));
    (0..rng.random_range(0..40))
        .map(|_| (some(rng, roles), some(rng, districts)))
        .collect()
}

#[test]
fn no_label_is_shown_that_fewer_than_five_share() {
    let (mut shown, mut careless) = (0, 0);
    for seed in 0..SEEDS {
        let people = some_people(&mut StdRng::seed_from_u64(seed));
        let labels = labels(&board_of(&people));
        assert_eq!(too_rare(&labels), None, "seed {seed}: {people:?}");
        shown += labels.iter().flatten().count();
        careless += usize::from(too_rare(&shown_without_care(&people)).is_some());
    }
    assert!(shown > 0, "labels are shown at all");
    assert!(careless > 0, "and the rule is needed");
}

#[test]
fn both_come_before_the_role_and_the_role_before_the_district() {
    let both = [(Some(0), Some(0)); 5];
    let role = [0, 1, 2, 3, 4].map(|district| (Some(1), Some(district)));
    let district = [0, 2, 3, 4, 5].map(|role| (Some(role), Some(7)));
    let people: Vec<Said> = both.into_iter().chain(role).chain(district).collect();
    let labels = labels(&board_of(&people));
    let (role, place) = (MemberRole::ALL, District::ALL);
    assert_eq!(
        labels[0],
        Some(format!("{} aus {}", role[0].label(), place[0].name))
    );
    assert_eq!(labels[5].as_deref(), Some(role[1].label()));
    assert_eq!(labels[10], Some(format!("aus {}", place[7].name)));
}

#[test]
fn whose_pair_is_the_only_one_is_not_told_by_the_difference() {
    // The role alone would say: the one who is not from there.
    let mut people = vec![(Some(0), Some(0)); 6];
    people.push((Some(0), Some(1)));
    let labels = labels(&board_of(&people));
    assert!(labels[0].is_some());
    assert_eq!(labels[6], None);
}

#[test]
fn where_names_are_shown_no_role_is_kept() {
    let mut board = board();
    board.settings.anonymity = Anonymity::Named;
    let join = Operation::Join {
        name: Some("Anna".to_owned()),
        district: None,
        role: Some(MemberRole::Lead),
    };
    act(&mut board, 1, join).unwrap();
    let member = board.members.values().next().unwrap();
    assert_eq!((member.name.as_deref(), member.role), (Some("Anna"), None));
}

#[test]
fn what_was_kept_before_there_were_roles_is_read() {
    let before = r#"{"join":{"name":null,"district":"leipzig"}}"#;
    let read: Operation = serde_json::from_str(before).unwrap();
    assert!(matches!(read, Operation::Join { role: None, .. }));
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        before,
        "a device that is older reads it, too"
    );
}
