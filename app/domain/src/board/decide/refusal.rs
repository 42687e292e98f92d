//! Why something is not done.

use serde::{Deserialize, Serialize};

use crate::text::TextError;

/// Why something is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Whoever does something joins first.
    #[error("not a member of this board")]
    NotJoined,
    /// The moderator takes nothing of this member.
    #[error("removed from this board")]
    Removed,
    /// Only the moderator, or only the author, may do this.
    #[error("not allowed")]
    NotAllowed,
    /// There is no such card, column or member, or none that this one may see.
    #[error("not there")]
    NotThere,
    /// The board is frozen.
    #[error("frozen")]
    Frozen,
    /// The board is in the archive.
    #[error("in the archive")]
    Archived,
    /// The card or its column can be changed by the moderator only.
    #[error("locked")]
    Locked,
    /// The server does not know what is wanted: the device has another build.
    #[error("not to be read")]
    Unreadable,
    /// Somebody else has decided about the card, or its author has changed it.
    #[error("another version by now")]
    Overtaken,
    /// What shall be taken back is no longer as it was done.
    #[error("changed since it was done")]
    ChangedSince,
    /// The number is beyond what makes sense.
    #[error("more than {max}")]
    TooMany {
        /// The most.
        max: u32,
    },
    /// The text has changed since.
    #[error("the card is at revision {revision} by now")]
    Stale {
        /// The revision that stands.
        revision: u32,
    },
    /// The text has become the room's: it is voted on.
    #[error("this card is voted on")]
    VotedOn,
    /// All votes are given.
    #[error("all {max} votes are given")]
    NoVotesLeft {
        /// How many there were.
        max: u32,
    },
    /// Votes are given in the phase for it.
    #[error("not in this phase")]
    NotNow,
    /// The board is full.
    #[error("the board is full")]
    Full,
    /// Too many have come onto the board for the first time at once, and from the same place. Not decided here: the server
    /// counts.
    #[error("too many newcomers: one more in {seconds} s")]
    Crowded {
        /// Seconds until one more may come.
        seconds: u32,
    },
    /// This one has written as many cards as one may.
    #[error("{max} cards are written")]
    EnoughWritten {
        /// How many that are.
        max: u32,
    },
    /// The text is too short or too long.
    #[error(transparent)]
    Text(TextError),
    /// This board shows names, and there is none.
    #[error("this board shows names")]
    NameMissing,
    /// The name is that of the moderators, or looks like it.
    #[error("this name is the moderators'")]
    NameReserved,
    /// There is something in the column, if only what its author has taken back.
    #[error("the column is not empty")]
    ColumnNotEmpty,
    /// A board has at least one column, and no more than this.
    #[error("one to {max} columns")]
    Columns {
        /// The most.
        max: u32,
    },
    /// This one has told of this solution already.
    #[error("told already")]
    ToldAlready,
    /// Nobody on this board has written it: it was proposed for the Veranstaltung.
    #[error("nobody of this board wrote it")]
    NoMember,
    /// Only what is published is brought together with another card: nothing comes out, or gets lost, behind one that stands for it.
    #[error("this card is not published")]
    NotPublished,
    /// A card with this id is there already.
    #[error("written already")]
    Twice,
}
