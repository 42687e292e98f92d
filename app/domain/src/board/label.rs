//! What a card without a name says of who wrote it: role and district, as far as enough people share them.
//!
//! A label says something about everybody who has it, and by difference about everybody who has not: where five from
//! Leipzig and one from Bautzen share a role, the role alone would mean "not from Leipzig". So it is not enough that
//! five share what it says: five must have the very same label.

use std::collections::BTreeMap;

use super::state::{Board, Member};
use super::words::MemberRole;
use crate::district::District;

/// People who must have the same label before it is shown on an anonymous card.
pub const ANONYMOUS_SHARED_MIN: usize = 5;

/// Keys of a role and of a district.
type Said = (Option<&'static str>, Option<&'static str>);

/// How many people of a board would have each label.
#[derive(Debug)]
pub struct Labels {
    shared: BTreeMap<Said, usize>,
    /// How many people are from each district, whatever they do.
    from: BTreeMap<&'static str, usize>,
}

impl Labels {
    /// Role and district together come first; of those whose pair too few share, the role; of those who are left then,
    /// the district. What somebody does says more about a card than where.
    #[must_use]
    pub fn of(board: &Board) -> Self {
        let mut labels = Self {
            shared: BTreeMap::new(),
            from: BTreeMap::new(),
        };
        if board.members.len() < ANONYMOUS_SHARED_MIN {
            return labels;
        }
        for district in board.members.values().filter_map(|member| member.district) {
            *labels.from.entry(district.slug).or_default() += 1;
        }
        for way in WAYS {
            let mut counted: BTreeMap<Said, usize> = BTreeMap::new();
            for member in board.members.values() {
                if let Some(said) = way(member).filter(|_| labels.find(member).is_none()) {
                    *counted.entry(said).or_default() += 1;
                }
            }
            counted.retain(|_, count| *count >= ANONYMOUS_SHARED_MIN);
            labels.shared.append(&mut counted);
        }
        labels
    }

    /// The label of a member, if enough people have the same.
    #[must_use]
    pub fn of_member(&self, member: &Member) -> Option<String> {
        let (role, district) = self.find(member)?;
        let role = role.and_then(MemberRole::parse).map(MemberRole::label);
        let district = district.and_then(District::parse);
        let district = district.map(|district| format!("aus {}", district.name));
        let words: Vec<String> = role.map(str::to_owned).into_iter().chain(district).collect();
        Some(words.join(" "))
    }

    /// Whether so many are from a district that it may be said where something was tried: that stands beside no label.
    #[must_use]
    pub fn has_enough_from(&self, district: District) -> bool {
        let from = self.from.get(district.slug).copied();
        from.unwrap_or(0) >= ANONYMOUS_SHARED_MIN
    }

    fn find(&self, member: &Member) -> Option<Said> {
        let mut said = WAYS.iter().filter_map(|way| way(member));
        said.find(|said| self.shared.contains_key(said))
    }
}

/// The labels that a member could have, the best first.
const WAYS: [fn(&Member) -> Option<Said>; 3] = [both, role, district];

fn both(member: &Member) -> Option<Said> {
    Some((Some(member.role?.key()), Some(member.district?.slug)))
}

fn role(member: &Member) -> Option<Said> {
    Some((Some(member.role?.key()), None))
}

fn district(member: &Member) -> Option<Said> {
    Some((None, Some(member.district?.slug)))
}
