//! What somebody wants to do on a board.
//!
//! Every operation says how it shall be, never by how much it shall change: done twice, or late, it does no harm.
//! Each has its pair that undoes it.

use serde::{Deserialize, Serialize};

use super::state::{Finding, Standing};
use super::words::{CardKind, Level, MemberRole, Outcome, Phase};
use crate::district::District;
use crate::ids::{CardId, ColumnId};

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Be somebody on this board, or change how one is shown.
    Join {
        /// The name that is shown, if the board shows names.
        name: Option<String>,
        /// The district, if one says it.
        district: Option<District>,
        /// What one does, if one says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<MemberRole>,
    },
    /// Write a card.
    Write {
        /// Its id, made on the device.
        card: CardId,
        /// In which column.
        column: ColumnId,
        /// What it is.
        kind: CardKind,
        /// What it says.
        text: String,
    },
    /// Comment a card, or answer a comment.
    Comment {
        /// The comment's id, made on the device.
        card: CardId,
        /// The card, or the comment, that it is about.
        on: CardId,
        /// What it says.
        text: String,
    },
    /// Say it in other words.
    Edit {
        /// Which card.
        card: CardId,
        /// The revision that was on the screen.
        base: u32,
        /// What it shall say.
        text: String,
    },
    /// Let a card wait, publish, refuse, hide it; or, as its author, take it back and put it there again.
    Stand {
        /// Which card.
        card: CardId,
        /// Where it shall stand.
        standing: Standing,
        /// The version that was on the screen: if it is another by now, nothing is done. Nothing: whichever it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<u32>,
    },
    /// Put a card elsewhere.
    Move {
        /// Which card.
        card: CardId,
        /// Into which column.
        column: ColumnId,
        /// Behind which card; nothing: on top.
        after: Option<CardId>,
    },
    /// Give a card a vote, or take it back.
    #[serde(with = "given")]
    Vote {
        /// Which card.
        card: CardId,
        /// Whether it shall have one's vote.
        given: bool,
    },
    /// "Bei uns auch", or no longer.
    #[serde(with = "given")]
    SameHere {
        /// Which card.
        card: CardId,
        /// Whether one knows the same.
        given: bool,
    },
    /// "Bei uns probiert", or not.
    Tried {
        /// Which solution.
        card: CardId,
        /// What became of it; nothing: one says nothing about it.
        outcome: Option<Outcome>,
        /// Where that was, if one says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        district: Option<District>,
    },
    /// "Bei uns probiert", with a sentence about how it was. Its pair: to erase the sentence, and to say nothing about the
    /// solution any more.
    Tell {
        /// The sentence's id, made on the device: it is a comment of its own kind.
        card: CardId,
        /// Which solution.
        on: CardId,
        /// What became of it.
        outcome: Outcome,
        /// Where that was, if one says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        district: Option<District>,
        /// How it was.
        text: String,
    },
    /// See what becomes of a card, or no longer.
    #[serde(with = "given")]
    Follow {
        /// Which card.
        card: CardId,
        /// Whether one follows it.
        given: bool,
    },
    /// Ask the moderator to look at a card, or no longer.
    #[serde(with = "given")]
    Report {
        /// Which card.
        card: CardId,
        /// Whether one asks.
        given: bool,
    },
    /// Be the moderator who looks at a card, or no longer.
    Claim {
        /// Which card.
        card: CardId,
        /// Whether one is at it.
        claimed: bool,
    },
    /// Keep a card on top, or no longer.
    Pin {
        /// Which card.
        card: CardId,
        /// Whether it shall stay on top.
        pinned: bool,
    },
    /// Mark a card as discussed, or no longer.
    #[serde(with = "given")]
    Discuss {
        /// Which card.
        card: CardId,
        /// Whether the room has discussed it.
        discussed: bool,
    },
    /// Let nobody but the moderator change a card, or everybody again.
    Lock {
        /// Which card.
        card: CardId,
        /// Whether it shall be locked.
        locked: bool,
    },
    /// Let nobody but the moderator change what is in a column, or everybody again.
    LockColumn {
        /// Which column.
        column: ColumnId,
        /// Whether it shall be locked.
        locked: bool,
    },
    /// Make a column. Its pair: to remove it.
    AddColumn {
        /// Its id, made with the form.
        column: ColumnId,
        /// What stands above it.
        title: String,
    },
    /// Say otherwise what stands above a column.
    RenameColumn {
        /// Which column.
        column: ColumnId,
        /// What shall stand above it.
        title: String,
    },
    /// Put a column elsewhere.
    MoveColumn {
        /// Which column.
        column: ColumnId,
        /// To the right of which; nothing: first.
        after: Option<ColumnId>,
    },
    /// Take an empty column away. Its pair: to make it again.
    RemoveColumn {
        /// Which column.
        column: ColumnId,
    },
    /// Bring a card together with one that says the same, or take it out again.
    Merge {
        /// Which card.
        card: CardId,
        /// The one that stands for both; nothing: each for itself.
        into: Option<CardId>,
    },
    /// Make a part of a card one of its own. The author stays who it was.
    Split {
        /// The new card's id, made on the device.
        card: CardId,
        /// Of which card it was a part.
        from: CardId,
        /// What the part says.
        text: String,
    },
    /// Write down how many hands were shown for a card.
    Hands {
        /// Which card.
        card: CardId,
        /// How many; nothing: nobody counted.
        count: Option<u32>,
    },
    /// Write down what the room has found about a card.
    Conclude {
        /// Which card.
        card: CardId,
        /// What; nothing: nothing yet.
        finding: Option<Finding>,
        /// What was found when it was begun to be written ([`Finding::as_read`]): if it is something else by now, nothing is done.
        /// Nothing: whatever it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<String>,
    },
    /// Erase what a card says, for good: from the state, the log and every copy. Has no pair.
    Erase {
        /// Which card.
        card: CardId,
    },
    /// Let nothing be written, or let everybody write again.
    Freeze {
        /// Whether it shall be frozen.
        frozen: bool,
    },
    /// Hold new cards back, or show them.
    Pause {
        /// Whether they shall be held back.
        paused: bool,
    },
    /// Let nobody see the cards of others, or everybody again.
    Curtain {
        /// Whether the curtain shall be closed.
        closed: bool,
    },
    /// Show a card large on all screens, or none.
    Spotlight {
        /// Which card.
        card: Option<CardId>,
    },
    /// Let a time run from now on, or none.
    Timer {
        /// For how many seconds.
        seconds: Option<u32>,
    },
    /// Go to a phase.
    GoTo {
        /// Which phase.
        phase: Phase,
    },
    /// Say which cards wait.
    Moderate {
        /// Which.
        level: Level,
    },
    /// Hide how many votes there are, or show it.
    HideVotes {
        /// Whether they shall be hidden.
        hidden: bool,
    },
    /// Show what was found to those only who take part, or to everybody.
    HideFindings {
        /// Whether it shall be hidden from everybody else.
        hidden: bool,
    },
    /// Say what holds on this board beside the rules that hold on all.
    Rules {
        /// What; nothing: only those.
        text: String,
        /// What held when it was begun to be written: if it is something else by now, nothing is done. Nothing: whatever it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<String>,
    },
    /// Give the board another code: with the old one nobody comes in any more, and who has joined stays. Has no pair.
    RenewCode,
    /// Put the board into the archive, or take it out again.
    Archive {
        /// Whether it shall be in the archive.
        archived: bool,
    },
    /// Take nothing of a card's author any more and hide what is there, or let the author back. Named by the card: who
    /// moderates learns no more about an author than the board shows.
    Remove {
        /// A card of the author.
        card: CardId,
        /// Whether the author shall be gone.
        removed: bool,
    },
    /// Take back what a moderator has done with a card, unless somebody has changed it since.
    Undo {
        /// What was done, where its pair does not say it: where the card was put, or with which it was brought together. Where it
        /// stands has a version, and the pair of the others is their opposite.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        done: Option<Box<Operation>>,
        /// Its pair, made of what was there before.
        back: Box<Operation>,
    },
}

/// A card, and whether something shall be so: what several operations say in the same words. A browser loads one reader for all of
/// them.
mod given {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::ids::CardId;

    #[derive(Serialize, Deserialize)]
    struct Given {
        card: CardId,
        given: bool,
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
    pub fn serialize<S: Serializer>(card: &CardId, given: &bool, serializer: S) -> Result<S::Ok, S::Error> {
        let (card, given) = (*card, *given);
        Given { card, given }.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(CardId, bool), D::Error> {
        let Given { card, given } = Given::deserialize(deserializer)?;
        Ok((card, given))
    }
}
