//! How the rules speak.

use domain::board::plan::{COLUMNS_MAX, PlanError, VOTES_MAX};
use domain::board::signs::Sign;
use domain::board::{
    Anonymity, BoardView, CardView, Level, Operation, Origin, Outcome, Phase, Refusal, Standing, Told,
    TriedIn,
};
use domain::text::TextError;

/// What is done in a phase, and how.
#[must_use]
pub fn guidance(phase: Phase) -> &'static str {
    match phase {
        Phase::Collect => {
            "Schreiben Sie auf, was Sie beobachten, was hilft und was offen ist. Ein Gedanke je Karte."
        }
        Phase::Sort => "Rücken Sie Karten dorthin, wo sie hingehören. Jede Karte lässt sich verschieben.",
        Phase::Weigh => "Geben Sie Ihre Stimmen den Karten, über die Sie reden wollen.",
        Phase::Discuss => "Jetzt wird besprochen, was das meiste Gewicht hat.",
    }
}

/// What others see of an author, said before anybody writes.
#[must_use]
pub fn promise(anonymity: Anonymity) -> &'static str {
    match anonymity {
        Anonymity::Named => {
            "An Ihren Karten steht der Name, den Sie hier angeben. Die Moderation sieht mit ihm auch, ob Sie gerade da sind."
        }
        Anonymity::Pseudonym => {
            "An Ihren Karten steht ein Name, den Sie sich für dieses Board ausdenken. Auch die Moderation sieht nur ihn, und ob Sie gerade da sind."
        }
        Anonymity::Anonymous => {
            "An Ihren Karten steht kein Name, auch die Moderation sieht keinen. Was Sie tun und woher Sie kommen, steht nur daran, wenn mindestens fünf Personen hier dasselbe angeben: beides zusammen, sonst nur eines davon, sonst nichts."
        }
    }
}

/// What happens to a new card.
#[must_use]
pub fn moderation(level: Level) -> &'static str {
    match level {
        Level::Off => "Karten erscheinen sofort.",
        Level::Flagged => {
            "Karten erscheinen sofort. Nur wenn ein Text nach Daten von Klient*innen aussieht, verletzen kann oder nach außen verlinkt, liest ihn zuerst die Moderation."
        }
        Level::All => "Jede Karte liest zuerst die Moderation. Bis dahin ist sie nur für Sie sichtbar.",
    }
}

/// Why nothing can be sent while the board has stopped, beside the form in which one may go on.
pub const STOPPED: &str = "Sie können weiterschreiben; senden geht, sobald es weitergeht.";

/// Where a card stands, as far as that needs a word: the word, the tone of its badge, and what it means.
#[must_use]
pub fn standing(card: &CardView) -> Option<(&'static str, &'static str, String)> {
    if let Some(number) = card.merged_into {
        return Some((
            "Zusammengeführt",
            "good",
            format!("Karte {number} steht auch für Ihre. Stimmen zählen dort."),
        ));
    }
    Some(match &card.standing {
        Standing::Published if card.held => (
            "Zurückgehalten",
            "warm",
            "Die Moderation zeigt neue Karten, sobald es weitergeht.".to_owned(),
        ),
        Standing::Published if card.mine => ("Veröffentlicht", "good", String::new()),
        Standing::Published => return None,
        Standing::Waiting => (
            "Wartet auf Freigabe",
            "warm",
            // Who moderates knows it.
            card.desk
                .map_or("Zuerst liest sie die Moderation.", |_| "")
                .to_owned(),
        ),
        Standing::Refused { reason } => ("Nicht veröffentlicht", "bad", reason.clone()),
        Standing::Hidden if card.by_reports => (
            "Ausgeblendet",
            "bad",
            "Mehrere Personen haben die Karte gemeldet, jetzt sieht die Moderation sie sich an.".to_owned(),
        ),
        Standing::Hidden => (
            "Ausgeblendet",
            "bad",
            "Die Moderation hat die Karte aus der Ansicht genommen.".to_owned(),
        ),
        Standing::Withdrawn => (
            "Zurückgezogen",
            "plain",
            "Nur Sie sehen diese Karte noch.".to_owned(),
        ),
    })
}

/// How many cards and comments wait for a moderator.
#[must_use]
pub fn waiting(count: u32) -> String {
    let count = domain::german::count(count, "Beitrag wartet", "Beiträge warten");
    format!("{count} auf die Moderation")
}

/// "Karte 12 ist ausgeblendet.": what a moderator does with a card, in the line that offers to take it back.
#[must_use]
pub fn did(view: &BoardView, operation: &Operation) -> String {
    let (card, word) = match operation {
        Operation::Stand { card, standing, .. } => (
            card,
            match standing {
                Standing::Published => "veröffentlicht",
                Standing::Waiting => "zurückgestellt",
                Standing::Refused { .. } => "abgelehnt",
                Standing::Hidden => "ausgeblendet",
                Standing::Withdrawn => "zurückgezogen",
            },
        ),
        Operation::Move { card, .. } => (card, "verschoben"),
        Operation::Lock { card, locked: true } => (card, "gesperrt"),
        Operation::Lock { card, .. } => (card, "wieder offen"),
        Operation::Discuss {
            card,
            discussed: true,
        } => (card, "besprochen"),
        Operation::Discuss { card, .. } => (card, "noch nicht besprochen"),
        Operation::Merge { card, into: Some(_) } => (card, "zusammengeführt"),
        Operation::Merge { card, .. } => (card, "wieder getrennt"),
        Operation::Remove { card, removed: true } => (card, "mit allen Karten der Person vom Board genommen"),
        Operation::Remove { card, .. } => (card, "wieder da, wie die Person"),
        _ => return String::new(),
    };
    let mut cards = view.cards.iter();
    let of_source = |of: &&CardView| of.sources.iter().any(|source| source.id == *card);
    let found = cards.find(|one| one.id == *card || of_source(one));
    let (what, number) = found.map_or(("Karte", 0), |one| {
        let mut sources = one.sources.iter();
        let number = sources
            .find(|source| source.id == *card)
            .map_or(one.number, |source| source.number);
        (if one.on.is_some() { "Kommentar" } else { "Karte" }, number)
    });
    format!("{what} {number} ist {word}.")
}

/// The rules of moderation: why a card may be refused. They are public; a refusal names one of them.
pub const POLICY: [&str; 5] = [
    "Die Karte enthält Angaben, an denen Klient*innen zu erkennen sind.",
    "Die Karte nennt Kolleg*innen oder Mitarbeitende von Behörden mit Namen.",
    "Die Karte ist herabwürdigend oder verletzend.",
    "Die Karte gehört nicht zum Thema dieses Boards.",
    "Dasselbe steht schon auf einer anderen Karte.",
];

/// Why a card may be refused on a board that has rules of its own.
pub const OF_THIS_BOARD: &str = "Die Karte passt nicht zu den Regeln für dieses Board.";

/// The rules in a word, as a moderator chooses among them: a list on a phone shows no more. The last is [`OF_THIS_BOARD`].
pub const POLICY_IN_SHORT: [&str; POLICY.len() + 1] = [
    "Angaben über Klient*innen",
    "Namen von Mitarbeitenden",
    "Herabwürdigend",
    "Nicht zum Thema",
    "Doppelt",
    "Regeln dieses Boards",
];

/// The reason that a moderator has chosen: one of [`POLICY`], or the board's own rules behind them.
#[must_use]
pub fn reason(rule: &str) -> Option<&'static str> {
    let rule: usize = rule.parse().ok()?;
    POLICY.into_iter().chain([OF_THIS_BOARD]).nth(rule)
}

/// Why something was not done: the field it belongs to, and the sentence.
#[must_use]
pub fn refusal(refusal: Refusal) -> (&'static str, String) {
    let sentence = |text: &str| ("", text.to_owned());
    match refusal {
        Refusal::NotJoined => sentence("Bitte machen Sie zuerst oben mit. Sie brauchen dafür kein Konto."),
        Refusal::Removed => sentence("Die Moderation hat Sie von diesem Board genommen. Von hier wird nichts mehr angenommen."),
        Refusal::NotAllowed => sentence("Das darf auf diesem Board nur die Moderation oder wer die Karte geschrieben hat."),
        Refusal::NotThere => sentence("Diese Karte ist nicht mehr da."),
        Refusal::Frozen => sentence("Das Board ist gerade angehalten. Ihr Text steht noch hier. Bitte senden Sie ihn, sobald es weitergeht."),
        Refusal::Archived => sentence("Dieses Board liegt im Archiv und nimmt das nicht mehr an. Ihr Text ist nicht verloren."),
        Refusal::Locked => sentence("Hier kann gerade nur die Moderation etwas ändern. Ihr Text ist nicht verloren."),
        Refusal::Unreadable => sentence("Es gibt eine neue Fassung dieser Seite. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal."),
        Refusal::Overtaken => sentence("Jemand war schneller: Diese Karte wurde inzwischen geändert oder entschieden. Bitte sehen Sie sie noch einmal an."),
        Refusal::ChangedSince => sentence("Inzwischen hat jemand anders etwas daran geändert. Es bleibt, wie es jetzt ist."),
        Refusal::TooMany { max } => ("count", format!("Bitte geben Sie höchstens {max} an.")),
        Refusal::Stale { .. } => ("text", "Die Karte wurde inzwischen geändert. Oben steht der neue Stand, hier Ihr Text. Bitte vergleichen Sie beide und speichern Sie noch einmal.".to_owned()),
        Refusal::VotedOn => sentence("Der Text dieser Karte steht fest. Zurückziehen oder löschen können Sie die Karte weiterhin."),
        Refusal::NoVotesLeft { max } => ("", format!("Sie haben alle {max} Stimmen vergeben. Nehmen Sie zuerst eine zurück.")),
        Refusal::NotNow => sentence("Stimmen gibt es, sobald die Moderation das Gewichten beginnt."),
        Refusal::Full => sentence("Dieses Board ist voll. Bitte sagen Sie der Moderation Bescheid."),
        Refusal::Crowded { seconds } => ("", format!("Über Ihren Internetanschluss kommen gerade sehr viele auf einmal dazu: Bitte versuchen Sie es in {} noch einmal.", domain::german::count(seconds, "Sekunde", "Sekunden"))),
        Refusal::EnoughWritten { max } => ("text", format!("Sie haben auf diesem Board schon {max} Karten und Kommentare geschrieben. Mehr nimmt es von einer Person nicht an.")),
        Refusal::Text(TextError::TooShort { .. }) => ("text", "Bitte schreiben Sie etwas.".to_owned()),
        Refusal::Text(TextError::TooLong { max }) => ("text", format!("Bitte kürzen Sie den Text auf höchstens {max} Zeichen.")),
        Refusal::NameMissing => ("name", "Bitte geben Sie einen Namen an (2 bis 60 Zeichen).".to_owned()),
        Refusal::NameReserved => ("name", "So heißt hier nur die Moderation. Bitte wählen Sie einen anderen Namen.".to_owned()),
        Refusal::ColumnNotEmpty => sentence("In dieser Spalte liegen noch Karten, vielleicht auch zurückgezogene, ausgeblendete oder zusammengeführte. Rücken Sie sie zuerst in eine andere Spalte."),
        Refusal::Columns { max } => ("title", format!("Ein Board hat mindestens eine und höchstens {max} Spalten.")),
        Refusal::ToldAlready => ("context", "Sie haben zu dieser Lösung schon einen Satz geschrieben. Wenn Sie einen anderen schreiben möchten, löschen Sie ihn bitte zuerst.".to_owned()),
        Refusal::NoMember => sentence("Diese Karte kommt aus der Anmeldung zur Veranstaltung. Es gibt auf dem Board niemanden, den Sie herunternehmen könnten. Die Karte können Sie ausblenden oder löschen."),
        Refusal::NotPublished => sentence("Diese Karte ist nicht veröffentlicht und steht deshalb für sich. Veröffentlichen Sie sie bitte zuerst, oder lehnen Sie sie ab, weil dasselbe schon auf einer anderen Karte steht."),
        Refusal::Twice => sentence("Diese Karte ist schon da."),
    }
}

/// Why a card keeps its words ([`Refusal::VotedOn`]), as it is in this phase.
#[must_use]
pub fn voted_on(phase: Phase) -> String {
    let why = match phase {
        // The room has weighed before, and the phase was put back.
        Phase::Collect | Phase::Sort => "Für diese Karte gibt es schon Stimmen.",
        Phase::Weigh => "Über die Karten wird abgestimmt.",
        Phase::Discuss => "Die Karten werden jetzt besprochen.",
    };
    format!(
        "{why} Ihr Text bleibt deshalb, wie er ist. Zurückziehen oder löschen können Sie die Karte weiterhin."
    )
}

/// The mark beside what a moderator has written. It is the server's word: a name cannot be like it.
pub const MODERATION: &str = "Moderation";

/// The mark of a card that the room has discussed.
pub const DISCUSSED: &str = "Besprochen";

/// What happens to what a moderator writes.
pub const MARKED: &str = "Ihre Beiträge erscheinen sofort und tragen das Zeichen „Moderation“.";

/// Who wrote a card, in a file: the name or label, and the mark of a moderator.
#[must_use]
pub fn author(name: Option<&str>, by_moderation: bool) -> Option<String> {
    let name = name.filter(|name| !by_moderation || *name != MODERATION);
    let mark = by_moderation.then_some(MODERATION);
    let words: Vec<&str> = name.into_iter().chain(mark).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// What the device says about a text before it is sent.
#[must_use]
pub fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Name => {
            "Steht hier der Name einer Klientin oder eines Klienten? Auf eine Karte gehört er nicht."
        }
        Sign::Date => "Steht hier ein Geburtsdatum? Auf eine Karte gehört es nicht.",
        Sign::Number => {
            "Ist das ein Aktenzeichen, eine AZR-Nummer oder eine Telefonnummer? Auf eine Karte gehört sie nicht."
        }
        Sign::Insult => {
            "Hier steht ein Wort, das verletzen kann. Geht es auch ohne? Als Zitat kann es stehen bleiben."
        }
        Sign::Link => "Ein Link führt aus dem Board hinaus. Sagt der Text auch ohne ihn, worum es geht?",
        Sign::Mail => "Steht hier eine E-Mail-Adresse? Auf eine Karte gehört sie nicht.",
    }
}

/// Why a text waits that somebody should look at first.
#[must_use]
pub fn flag(sign: Sign) -> &'static str {
    match sign {
        Sign::Insult => "Enthält ein verletzendes Wort",
        Sign::Link => "Enthält einen Link",
        _ => "Sieht nach Daten von Klient*innen aus",
    }
}

/// What is wrong with a field of the form for a new board.
#[must_use]
pub fn plan(field: &str, error: PlanError) -> String {
    match error {
        PlanError::Text(TextError::TooShort { .. }) if field == "title" => {
            "Bitte geben Sie dem Board einen Titel.".to_owned()
        }
        PlanError::Text(TextError::TooShort { .. }) => "Bitte schreiben Sie etwas.".to_owned(),
        PlanError::Text(TextError::TooLong { max }) if field == "columns" => {
            format!("Bitte kürzen Sie jede Spalte auf höchstens {max} Zeichen.")
        }
        PlanError::Text(TextError::TooLong { max }) => {
            format!("Bitte kürzen Sie den Text auf höchstens {max} Zeichen.")
        }
        PlanError::Columns => {
            format!("Bitte geben Sie eine bis {COLUMNS_MAX} Spalten an, jede in einer eigenen Zeile.")
        }
        PlanError::NotInList => "Bitte wählen Sie einen Eintrag aus der Liste.".to_owned(),
        PlanError::Votes => format!("Bitte geben Sie eine Zahl von 0 bis {VOTES_MAX} ein."),
    }
}

/// "aus Bautzen, Karte 12: 14 Stimmen": from where a card was brought, and what it weighed there.
#[must_use]
pub fn origin(origin: &Origin) -> String {
    let mut weight = Vec::new();
    if let Some(votes) = origin.votes.filter(|votes| *votes > 0) {
        weight.push(domain::german::count(votes, "Stimme", "Stimmen"));
    }
    if origin.same_here > 0 {
        weight.push(format!("{} × bei uns auch", origin.same_here));
    }
    let from = format!("aus {}, Karte {}", origin.place, origin.number);
    if weight.is_empty() {
        from
    } else {
        format!("{from}: {}", weight.join(", "))
    }
}

/// "Hat geholfen · Bautzen": what became of a solution where somebody tried it.
#[must_use]
pub fn told(told: Told) -> String {
    let outcome = told.outcome.map_or("Zurückgenommen", Outcome::label);
    match told.district {
        Some(district) => format!("{outcome} · {}", district.name),
        None => outcome.to_owned(),
    }
}

/// "Bautzen: 2 × hat geholfen, 1 × teilweise".
#[must_use]
pub fn tried_in(place: &TriedIn) -> String {
    let counts = Outcome::ALL
        .iter()
        .zip(place.counts)
        .filter(|(_, count)| *count > 0);
    let counts = counts.map(|(outcome, count)| format!("{count} × {}", outcome.label().to_lowercase()));
    format!(
        "{}: {}",
        place.district.name,
        counts.collect::<Vec<_>>().join(", ")
    )
}

/// Whether others read where something was tried, said before anybody says it.
#[must_use]
pub fn where_promise(anonymity: Anonymity) -> &'static str {
    match anonymity {
        Anonymity::Named | Anonymity::Pseudonym => "Steht ohne Ihren Namen an der Lösung.",
        Anonymity::Anonymous => {
            "Steht nur dann an der Lösung, wenn mindestens fünf Personen hier von dort sind."
        }
    }
}

/// "ABCD-EFGH", to read aloud.
#[must_use]
pub fn spaced(code: &str) -> String {
    let code = code.to_ascii_uppercase();
    match code.split_at_checked(4) {
        Some((first, rest)) if !rest.is_empty() => format!("{first}-{rest}"),
        _ => code,
    }
}
