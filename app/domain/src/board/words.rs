//! Kinds of cards, levels of moderation, phases, how much authors show of themselves, and what became of a topic.

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
        /// Those at which somebody should look first: they seem to hold data of clients, an insult or a link.
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

impl Phase {
    /// Whether authors change no words any more: the room votes on them, or talks about what it voted on.
    #[must_use]
    pub fn keeps_words(self) -> bool {
        matches!(self, Self::Weigh | Self::Discuss)
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

names! {
    /// What somebody on a board does for a living, or besides.
    MemberRole {
        /// Social work with refugees and migrants.
        RefugeeWork = "refugee_work", "Flüchtlingssozialarbeit";
        /// Counselling of migrants: MBE, JMD.
        Counselling = "counselling", "Migrationsberatung (MBE, JMD)";
        /// Town, district or state.
        Administration = "administration", "Verwaltung";
        /// School, health, youth welfare, work: what is there for everybody.
        RegularService = "regular_service", "Regeldienst";
        /// Leads the work of a Träger.
        Lead = "lead", "Träger-Leitung";
        /// Teaches, researches or studies.
        University = "university", "Hochschule";
        /// Helps without pay.
        Volunteer = "volunteer", "Ehrenamt";
        /// Something else.
        Other = "other", "Andere Arbeit";
    }
}

names! {
    /// What became of a solution where somebody tried it.
    Outcome {
        /// It helped.
        Helped = "helped", "Hat geholfen";
        /// It helped with some of it, or for some time.
        Partly = "partly", "Teilweise";
        /// It did not help.
        Not = "not", "Nicht geholfen";
    }
}

names! {
    /// Who can settle something.
    Responsibility {
        /// Whoever employs the social workers.
        Provider = "provider", "Träger";
        /// City, municipality or district.
        Municipality = "municipality", "Kommune";
        /// The Free State.
        State = "state", "Land";
        /// The federation.
        Federation = "federation", "Bund";
    }
}

names! {
    /// How far something is that a room has found.
    Progress {
        /// Nobody has begun.
        Open = "open", "Offen";
        /// Somebody works on it.
        Underway = "underway", "In Arbeit";
        /// Done.
        Settled = "settled", "Erledigt";
        /// It is not pursued.
        Dropped = "dropped", "Wird nicht verfolgt";
    }
}
