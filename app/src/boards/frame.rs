//! What holds for the whole board, as the viewer has it.

use domain::board::{Anonymity, CardView, Level, Phase, Stage, Standing};

use super::dto::{BoardData, Me};

/// What holds for the whole board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Who looks.
    pub me: Me,
    /// Which cards wait.
    pub level: Level,
    /// Where the work stands.
    pub phase: Phase,
    /// How much authors show of themselves.
    pub anonymity: Anonymity,
    /// Whether votes are hidden.
    pub votes_hidden: bool,
    /// Whether nothing can be written.
    pub frozen: bool,
    /// Whether only who takes part sees what was found.
    pub findings_hidden: bool,
    /// Whether the board is in the archive.
    pub archived: bool,
    /// Whether all that was written is gone, because the term of the board is over.
    pub emptied: bool,
    /// How often something has changed that is told beside the log.
    pub told_beside: u32,
    /// What happens on the stage.
    pub stage: Stage,
    /// How many people have joined.
    pub members: u32,
    /// Votes that the viewer has left.
    pub votes_left: Option<u32>,
}

impl Frame {
    pub(super) fn of(data: &BoardData) -> Self {
        let settings = &data.view.settings;
        Self {
            // The line tells it, too.
            me: Me {
                removed: data.view.removed,
                ..data.me
            },
            level: settings.level,
            phase: settings.phase,
            anonymity: settings.anonymity,
            votes_hidden: settings.votes_hidden,
            frozen: settings.frozen_at.is_some(),
            findings_hidden: settings.findings_hidden,
            archived: settings.archived_at.is_some(),
            emptied: settings.emptied,
            told_beside: settings.told_beside,
            stage: settings.stage,
            members: u32::try_from(data.view.members).unwrap_or(u32::MAX),
            votes_left: data.view.votes_left,
        }
    }

    /// Whether the board goes on for the viewer: the moderator does not stop with it.
    #[must_use]
    pub fn goes_on(self) -> bool {
        !self.frozen || self.me.moderates
    }

    /// Whether the viewer may write, or could after joining.
    #[must_use]
    pub fn is_open(self) -> bool {
        !self.me.removed && !self.archived && self.goes_on()
    }

    /// Whether the viewer may write as soon as the board goes on.
    #[must_use]
    pub fn takes_part(self) -> bool {
        self.me.joined && !self.me.removed && !self.archived
    }

    /// Whether the viewer may say something about a card as soon as the board goes on.
    #[must_use]
    pub fn takes_words_on(self, card: &CardView) -> bool {
        card.standing == Standing::Published && self.takes_part() && (!card.locked || self.me.moderates)
    }

    /// Whether the viewer may write.
    #[must_use]
    pub fn may_write(self) -> bool {
        self.me.joined && self.is_open()
    }
}
