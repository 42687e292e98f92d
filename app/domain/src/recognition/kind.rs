//! The two procedures, and kinds of evidence.

use crate::names::names;

names! {
    /// Where it was learned decides how it is looked at.
    Procedure {
        /// Learned outside universities: equal in content and level; at most half of a certificate (decisions of the
        /// Kultusministerkonferenz of 28 June 2002 and 18 September 2008).
        Crediting = "anrechnung", "Anrechnung: außerhalb der Hochschule gelernt";
        /// Passed at a university: counts unless there is a substantial difference (Lisbon Recognition Convention, Article VI);
        /// no upper limit.
        Recognition = "anerkennung", "Anerkennung: an einer Hochschule bestanden";
    }
}

names! {
    /// What shows that somebody can do something.
    Evidence {
        /// A certificate of a course with contents and hours.
        Certificate = "certificate", "Zeugnis oder Zertifikat";
        /// Practice, confirmed by an employer.
        Practice = "practice", "Berufspraxis mit Bestätigung";
        /// A record of a university.
        Record = "record", "Leistungsnachweis einer Hochschule";
        /// Work of one's own, without data of clients.
        Sample = "sample", "Arbeitsprobe ohne Daten von Klient*innen";
        /// What was learned as a volunteer or in one's own life.
        Lived = "lived", "Ehrenamt oder eigene Erfahrung, bestätigt";
    }
}

impl Procedure {
    /// The word for it alone.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Crediting => "Anrechnung",
            Self::Recognition => "Anerkennung",
        }
    }
}
