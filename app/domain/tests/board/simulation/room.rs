//! One board as a server keeps it: a log, the board that it makes, and what each operation was answered.

use std::collections::{BTreeSet, HashMap};

use domain::board::{
    Anonymity, Audience, Board, BoardView, Change, Event, Operation, Phase, Record, Refusal, Standing,
    Touched, apply, concerned, decide, view, votes_left,
};
use domain::ids::{CardId, OperationId};
use domain::time::Instant;

use crate::{MODERATOR, actor, board, member};

/// What is broken on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Nothing.
    None,
    /// An operation that comes again is decided again.
    AnswersForgotten,
    /// A record is applied and not kept.
    RecordLost,
    /// Erasing leaves the text in the log.
    TextKeptInLog,
    /// Everybody is sent what the moderator sees.
    WaitingShown,
    /// Votes are not counted.
    BudgetIgnored,
    /// A new card gets the number of the last one.
    NumbersReused,
    /// What anybody writes bears the mark of the moderators.
    EverybodyMarked,
    /// A device is not told what it may not see any more.
    GoneNotTold,
    /// Everybody is sent what was found, whoever it is for.
    FindingsShown,
    /// A member is sent what is held back.
    HeldShown,
    /// What was touched is forgotten, and with it what is new.
    TouchedForgotten,
    /// Everybody is told the same, whomever it concerns.
    NobodyConcerned,
    /// The projector is told nothing.
    ProjectorForgotten,
    /// Nobody is told that somebody has another name.
    RenamingForgotten,
    /// An author puts a card that was refused or hidden wherever it shall stand.
    AuthorDecides,
    /// What was told of a solution is a comment as any other, also when its author says nothing about it any more.
    ToldAnyway,
    /// What an author does with a card takes back the reports of others.
    ReportsForgotten,
    /// Who pauses again shows what the first pause has held back.
    PausedAnew,
    /// Everybody is sent how many votes there are.
    VotesShown,
    /// Who only looks is sent the text of what is not published.
    HiddenProjected,
    /// A device forgets what it sends, as if it had arrived.
    DroppedOnSend,
    /// What is wanted last is sent first.
    NewestFirst,
    /// What is on its way is never given up.
    OnItsWayForever,
    /// An answer is taken for one to something else.
    AnswerMistaken,
    /// A device forgets what was refused, also a text.
    RefusedForgotten,
    /// A page that is loaded anew forgets what the device has kept.
    NotRemembered,
    /// The device keeps what was taken no longer, though it is not on the screen yet.
    ForgottenWithAnswer,
    /// The device keeps everything.
    KeptForever,
    /// After a backup was put back, what it has lost is not said once more.
    NotSaidAgain,
    /// It is, but only after the first news of the new line, by whose numbers some of it seems to be there.
    SaidAgainBehindNews,
}

/// The screen of the projector, among those of the devices.
pub const PROJECTOR: u128 = 0;

/// What a device is told: the number of the record, or why there is none.
pub type Answer = Result<u64, Refusal>;

/// The server's side of a board.
#[derive(Clone)]
pub struct Room {
    pub board: Board,
    pub empty: Board,
    pub log: Vec<Record>,
    /// What was answered the first time, whatever the server remembers of it.
    pub answers: HashMap<OperationId, Answer>,
    /// How many records each operation has made.
    pub taken: HashMap<OperationId, u32>,
    first_answers: HashMap<OperationId, Answer>,
    /// What each device shows, and the board from which that was made, from the last time when it was reached.
    screens: HashMap<u128, (BoardView, Board)>,
    /// What the moderator, or enough reports, have taken out of sight, and no moderator has published since.
    pub out_of_sight: BTreeSet<CardId>,
    /// A card of which its author has taken back what others have reported.
    pub reports_lost: Option<CardId>,
    /// What is held back: what has appeared anew since the first pause.
    pub held: BTreeSet<CardId>,
    /// When it was paused last, while it is.
    paused_at: Option<Instant>,
    /// The votes of somebody who was given one more than there are.
    pub overspent: Option<u32>,
    /// Goes on with each record, also after a backup was put back.
    now: i64,
    pub sabotage: Sabotage,
}

impl Room {
    pub fn new(phase: Phase, anonymity: Anonymity, sabotage: Sabotage) -> Self {
        let mut empty = board();
        empty.settings.anonymity = anonymity;
        // One vote each, so that somebody soon wants to give one too many.
        empty.settings.votes_max = 1;
        empty.settings.phase = phase;
        // From the beginning, so that something is found often enough while it is hidden. Where names are shown it is not: there
        // whoever comes touches little.
        empty.settings.findings_hidden = anonymity == Anonymity::Anonymous;
        Self {
            board: empty.clone(),
            empty,
            log: Vec::new(),
            answers: HashMap::new(),
            taken: HashMap::new(),
            first_answers: HashMap::new(),
            screens: HashMap::new(),
            out_of_sight: BTreeSet::new(),
            reports_lost: None,
            held: BTreeSet::new(),
            paused_at: None,
            overspent: None,
            now: 0,
            sabotage,
        }
    }

    /// Takes an operation, for the first time or again.
    pub fn take(&mut self, id: OperationId, number: u128, operation: &Operation) -> Answer {
        let known = self.first_answers.get(&id).copied();
        let answer = match known {
            Some(answer) if self.sabotage != Sabotage::AnswersForgotten => answer,
            _ => {
                let answer = self.decide(number, operation);
                *self.taken.entry(id).or_default() += u32::from(answer.is_ok());
                answer
            }
        };
        self.first_answers.entry(id).or_insert(answer);
        answer
    }

    /// Puts a backup back. Screens stay as they are; those that show what it does not have get the whole board.
    pub fn put_back(&mut self, copy: &Self) {
        let mut screens = std::mem::take(&mut self.screens);
        *self = Self {
            now: self.now,
            ..copy.clone()
        };
        let has = |board: &Board| {
            let mut log = self.log.iter();
            let at = board.changed_at;
            board.sequence == 0 || log.any(|one| one.sequence == board.sequence && Some(one.at) == at)
        };
        screens.retain(|_, (_, before)| has(before));
        self.screens = screens;
    }

    fn decide(&mut self, number: u128, operation: &Operation) -> Answer {
        let mut event = match (self.sabotage, operation) {
            (Sabotage::BudgetIgnored, _) => {
                let mut generous = self.board.clone();
                generous.settings.votes_max = 1_000;
                decide(&generous, actor(number), operation)
            }
            (Sabotage::AuthorDecides, Operation::Stand { card, standing, .. })
                if self.out_of_sight.contains(card) && self.is_author(*card, number) =>
            {
                Ok(Event::Stood {
                    card: *card,
                    standing: standing.clone(),
                    again: false,
                })
            }
            _ => decide(&self.board, actor(number), operation),
        }?;
        if let (Sabotage::NumbersReused, Event::Written { number, .. } | Event::Commented { number, .. }) =
            (self.sabotage, &mut event)
        {
            *number = (*number - 1).max(1);
        }
        if let (
            Sabotage::EverybodyMarked,
            Event::Written { by_moderation, .. } | Event::Commented { by_moderation, .. },
        ) = (self.sabotage, &mut event)
        {
            *by_moderation = true;
        }
        let record = Record {
            sequence: self.board.sequence + 1,
            member: member(number),
            at: Instant(self.now),
            event,
        };
        self.now += 1;
        let reports = self.reports_of(&record.event);
        let (votes, was_published) = (
            self.board.votes_of(record.member),
            self.is_published(&record.event),
        );
        apply(&mut self.board, &record);
        self.note(&record, number == MODERATOR, reports);
        self.note_held(&record, was_published);
        self.note_votes(&record, votes);
        if let (Event::Erased { card }, true) = (&record.event, self.sabotage != Sabotage::TextKeptInLog) {
            for line in &mut self.log {
                line.event.erase_text_of(*card);
            }
        }
        let sequence = record.sequence;
        if self.sabotage != Sabotage::RecordLost || !sequence.is_multiple_of(7) {
            self.log.push(record);
        }
        Ok(sequence)
    }

    fn is_author(&self, card: CardId, number: u128) -> bool {
        let card = self.board.cards.get(&card);
        number != MODERATOR && card.is_some_and(|card| card.author == member(number))
    }

    /// How many ask the moderator to look at the card that stands otherwise, or ask again if a decision is taken back.
    fn reports_of(&self, event: &Event) -> usize {
        let Event::Stood { card, again, .. } = event else {
            return 0;
        };
        let card = &self.board.cards[card];
        match again {
            true => card.reports.union(&card.heard).count(),
            false => card.reports.len(),
        }
    }

    /// Whether the card that is put elsewhere is published.
    fn is_published(&self, event: &Event) -> bool {
        matches!(event, Event::Stood { card, .. } if self.board.cards[card].standing == Standing::Published)
    }

    /// Notes what appears anew while it is paused, from what was done, whatever the board says about when that began.
    fn note_held(&mut self, record: &Record, was_published: bool) {
        let card = match &record.event {
            Event::Paused { paused } => {
                self.paused_at = paused.then_some(record.at);
                if !paused {
                    self.held.clear();
                }
                return;
            }
            Event::Stood { .. } if was_published => return,
            Event::Written { card, .. }
            | Event::Commented { card, .. }
            | Event::Split { card, .. }
            | Event::Edited { card, .. }
            | Event::Stood { card, .. } => *card,
            _ => return,
        };
        if self.paused_at.is_some() && self.board.cards[&card].standing == Standing::Published {
            self.held.insert(card);
        }
    }

    /// Notes a vote that was one too many. What comes with a card that is shown again was given before.
    fn note_votes(&mut self, record: &Record, before: u32) {
        if let Event::Voted { given: true, .. } = record.event {
            let votes = self.board.votes_of(record.member);
            if votes > before && votes > self.board.settings.votes_max {
                self.overspent = Some(votes);
            }
        }
    }

    /// Notes what only a moderator may take back, and whether somebody else has.
    fn note(&mut self, record: &Record, moderates: bool, reports: usize) {
        match &record.event {
            Event::Stood {
                card,
                standing,
                again,
            } => {
                match standing {
                    Standing::Published if moderates => drop(self.out_of_sight.remove(card)),
                    Standing::Hidden | Standing::Refused { .. } if moderates => {
                        self.out_of_sight.insert(*card);
                    }
                    _ => {}
                }
                if moderates && !again {
                    return;
                }
                if let Some(card) = self.board.cards.get_mut(card)
                    && self.sabotage == Sabotage::ReportsForgotten
                {
                    std::sync::Arc::make_mut(card).reports.clear();
                }
                if self.board.cards[card].reports.len() < reports {
                    self.reports_lost = Some(*card);
                }
            }
            Event::Reported {
                card, hides: true, ..
            } => drop(self.out_of_sight.insert(*card)),
            _ => {}
        }
    }

    /// What a device is sent when it asks for the board.
    pub fn look(&self, number: u128) -> BoardView {
        if self.sabotage == Sabotage::HeldShown {
            let mut open = self.board.clone();
            open.settings.stage = domain::board::Stage::default();
            return view(&open, self.audience(number));
        }
        if matches!(self.sabotage, Sabotage::PausedAnew | Sabotage::VotesShown) {
            let mut open = self.board.clone();
            if self.sabotage == Sabotage::PausedAnew {
                open.settings.stage.paused_at = self.paused_at;
            } else {
                open.settings.votes_hidden = false;
            }
            return view(&open, self.audience(number));
        }
        if self.sabotage == Sabotage::ToldAnyway {
            let mut open = self.board.clone();
            for card in open.cards.values_mut() {
                std::sync::Arc::make_mut(card).tells = false;
            }
            return view(&open, self.audience(number));
        }
        view(&self.board, self.audience(number))
    }

    /// What somebody is sent who does not take part.
    pub fn look_from_outside(&self) -> BoardView {
        let mut board = self.board.clone();
        board.settings.findings_hidden &= self.sabotage != Sabotage::FindingsShown;
        if self.sabotage == Sabotage::HiddenProjected {
            for card in board.cards.values_mut() {
                std::sync::Arc::make_mut(card).standing = Standing::Published;
            }
        }
        view(&board, Audience::Everybody)
    }

    /// Reaches a device: it is sent what is new since the last time, and shows what it would show if it had just come.
    pub fn reach(&mut self, number: u128) -> Result<(), String> {
        let now = if number == PROJECTOR {
            self.look_from_outside()
        } else {
            self.look(number)
        };
        let audience = self.audience(number);
        // What shows more than it should is found there.
        let shows_more = matches!(
            self.sabotage,
            Sabotage::HeldShown
                | Sabotage::ToldAnyway
                | Sabotage::PausedAnew
                | Sabotage::VotesShown
                | Sabotage::FindingsShown
                | Sabotage::HiddenProjected
        );
        let Some((screen, before)) = self.screens.get_mut(&number) else {
            self.screens.insert(number, (now, self.board.clone()));
            return Ok(());
        };
        let forgotten = |record: &Record| {
            self.sabotage == Sabotage::RenamingForgotten && matches!(record.event, Event::Joined { .. })
        };
        let records: Vec<Record> = self
            .log
            .iter()
            .filter(|record| record.sequence > before.sequence && !forgotten(record))
            .cloned()
            .collect();
        let touched = if self.sabotage == Sabotage::TouchedForgotten {
            Touched::Cards(BTreeSet::new())
        } else {
            Touched::by(&self.board, &records)
        };
        // A device that was away is told what was touched, if that is known; its screen is another one.
        if let Touched::Cards(cards) = &touched {
            let mut away = screen.clone();
            away.take(Change::since(&self.board, audience, cards));
            if away != now && !shows_more {
                let whose = whose(number);
                return Err(format!("{whose} shows another board after it was away"));
            }
        }
        // Whom it does not concern is told what was written down for another one whom it does not concern.
        let told = told_as(before, &self.board, audience, &touched, self.sabotage);
        if let Some(mut change) = Change::of(before, &self.board, told, &touched) {
            if self.sabotage == Sabotage::GoneNotTold {
                change.gone.clear();
            }
            if number != PROJECTOR || self.sabotage != Sabotage::ProjectorForgotten {
                screen.take(change);
            }
        }
        (screen.sequence, screen.changed_at) = (now.sequence, now.changed_at);
        *before = self.board.clone();
        if *screen == now || shows_more {
            Ok(())
        } else {
            Err(format!("{} shows another board", whose(number)))
        }
    }

    fn audience(&self, number: u128) -> Audience {
        if number == PROJECTOR {
            Audience::Everybody
        } else if number == MODERATOR || self.sabotage == Sabotage::WaitingShown {
            Audience::Moderator(Some(member(number)))
        } else {
            Audience::Member(member(number))
        }
    }
}

fn whose(number: u128) -> String {
    match number {
        PROJECTOR => "the projector".to_owned(),
        number => format!("the screen of {number}"),
    }
}

fn told_as(
    before: &Board,
    now: &Board,
    audience: Audience,
    touched: &Touched,
    sabotage: Sabotage,
) -> Audience {
    let (Audience::Member(me), Some(mut concerned)) = (audience, concerned(before, now, touched)) else {
        return audience;
    };
    if sabotage == Sabotage::NobodyConcerned {
        concerned.clear();
    }
    let others = now.members.keys().filter(|member| **member != me);
    let like_me = |other: &Audience| votes_left(now, *other) == votes_left(now, audience);
    let found = others
        .filter(|member| !concerned.contains(member))
        .map(|member| Audience::Member(*member))
        .find(like_me);
    found.filter(|_| !concerned.contains(&me)).unwrap_or(audience)
}
