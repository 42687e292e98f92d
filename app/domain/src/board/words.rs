//! Kinds of cards, levels of moderation, phases, and how much authors show of themselves.

use crate::names::names;

names! {
    /// What a card says.
    CardKind {
        /// Something to talk about.
        Topic = "topic", "Thema";
        /// Something that does not work.
        Problem = "problem", "Problem";
        /// Something that works, or might.
        Solution = "solution", "Lösung";
        /// Something one wants to know.
        Question = "question", "Frage";
        /// Something that was said, without who said it.
        Quote = "quote", "Zitat";
    }
}

names! {
    /// Which cards wait for the moderator before others see them.
    Level {
        /// None.
        Off = "off", "Karten erscheinen sofort";
        /// Those that look as if they held data of clients.
        Flagged = "flagged", "Auffällige Karten warten auf Freigabe";
        /// All.
        All = "all", "Jede Karte wartet auf Freigabe";
    }
}

names! {
    /// Where the work on a board stands.
    Phase {
        /// Cards are written.
        Collect = "collect", "Sammeln";
        /// Cards are moved to where they belong.
        Sort = "sort", "Ordnen";
        /// Votes are given.
        Weigh = "weigh", "Gewichten";
        /// What weighs most is talked about.
        Discuss = "discuss", "Besprechen";
    }
}

names! {
    /// How much a card shows of who wrote it.
    Anonymity {
        /// The name that the author gave.
        Named = "named", "Mit Namen";
        /// A name made up for this board.
        Pseudonym = "pseudonym", "Mit einem Namen nur für dieses Board";
        /// Role and district, if enough people share them; otherwise nothing.
        Anonymous = "anonymous", "Ohne Namen";
    }
}
