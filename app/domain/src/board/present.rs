//! Who is in a room, as its moderator may know it: by the names that stand at their cards, and where no names stand there only
//! how many. A label that five share on an anonymous board is no name: who comes and goes under it would be told apart.

use std::collections::BTreeMap;

use super::state::Board;
use super::words::Anonymity;
use crate::ids::MemberId;

/// Names that are told at most. In a fuller room nobody reads them: then it is said how many there are.
pub const PRESENT_NAMES_MAX: usize = 100;

/// The devices whose lines to a board are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Here {
    /// Those that the board knows, each once, and whether they moderate.
    pub known: BTreeMap<MemberId, bool>,
    /// Lines of all others: who only reads, and the projector.
    pub others: usize,
}

/// Who is in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Present {
    /// How many take part, moderators included.
    pub people: usize,
    /// The names under which they write, in their order, as far as the board shows names and they are not too many.
    pub names: Vec<PresentName>,
    /// How many only read, the projector among them.
    pub readers: usize,
}

/// A name in a room.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PresentName {
    /// The name.
    pub name: String,
    /// Whether it is a moderator's.
    pub moderates: bool,
    /// Whether the moderator takes nothing of this one any more.
    pub removed: bool,
}

/// Who is in a room.
#[must_use]
pub fn present(board: &Board, here: &Here) -> Present {
    let joined = here.known.iter();
    let joined: Vec<_> = joined
        .filter_map(|(id, moderates)| Some((board.members.get(id)?, *moderates)))
        .collect();
    let people = joined.len();
    let shows_names = board.settings.anonymity != Anonymity::Anonymous && people <= PRESENT_NAMES_MAX;
    let mut names: Vec<PresentName> = joined
        .into_iter()
        .filter(|_| shows_names)
        .filter_map(|(member, moderates)| {
            // Who is called like the moderators and moderates no more: the name is shown where it is true.
            let name = member.name.clone().filter(|_| moderates || !member.is_reserved)?;
            let removed = member.removed_at.is_some() && !moderates;
            Some(PresentName {
                name,
                moderates,
                removed,
            })
        })
        .collect();
    names.sort();
    Present {
        people,
        names,
        readers: here.known.len() - people + here.others,
    }
}
