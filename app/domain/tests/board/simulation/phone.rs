//! One device: a page with its outbox, what the device keeps of it, and the person who decides about what was refused. What is wanted
//! waits in the piece that the app has, too.

use std::collections::HashMap;

use domain::board::outbox::{Outbox, Step, Waiting, text};
use domain::board::{Answered, Operation};
use domain::ids::OperationId;
use rand::RngExt;
use rand::rngs::StdRng;
use uuid::Uuid;

use super::room::{Answer, Room, Sabotage};

/// One device.
pub struct Phone {
    pub number: u128,
    pub outbox: Outbox<Operation>,
    /// What survives the page.
    pub kept: Vec<Waiting<Operation>>,
    /// Whether there is a place for it.
    pub keeps: bool,
    /// How often the page was loaded. What comes for an earlier one is heard by nobody.
    pub page: u32,
    /// Up to which record the board is on the screen.
    shown: u64,
    broken: bool,
    /// What must be in the outbox, in the order in which it was wanted, and whether somebody has written it.
    pub open: Vec<(OperationId, bool)>,
    /// What each was answered last.
    pub heard: HashMap<OperationId, Answer>,
    sabotage: Sabotage,
}

impl Phone {
    pub fn new(number: u128, keeps: bool, sabotage: Sabotage) -> Self {
        Self {
            number,
            outbox: Outbox::default(),
            kept: Vec::new(),
            keeps,
            page: 0,
            shown: 0,
            broken: false,
            open: Vec::new(),
            heard: HashMap::new(),
            sabotage,
        }
    }

    pub fn want(&mut self, rng: &mut StdRng, operation: Operation) {
        self.put(rng, operation, None);
    }

    fn put(&mut self, rng: &mut StdRng, operation: Operation, instead_of: Option<OperationId>) {
        let id = OperationId(Uuid::from_u128(rng.random()));
        let text = text(&operation).map(str::to_owned);
        let one = Waiting::new(id, text, operation, !self.keeps);
        if let Some(before) = instead_of {
            self.throw_away(before);
        }
        if self.keeps {
            self.kept.push(one.clone());
        }
        self.open.push((id, one.text.is_some()));
        self.outbox.want(one, instead_of);
    }

    /// Not wanted any more, by the person's own hand.
    fn throw_away(&mut self, id: OperationId) {
        self.forget(&[id]);
        self.open.retain(|(open, _)| *open != id);
    }

    fn forget(&mut self, ids: &[OperationId]) {
        if self.sabotage != Sabotage::KeptForever {
            self.kept.retain(|one| !ids.contains(&one.id));
        }
    }

    /// What was refused first is thrown away, or sent again as something new.
    pub fn decide(&mut self, rng: &mut StdRng) {
        let mut waiting = self.outbox.iter();
        let refused = waiting.find(|one| matches!(one.step, Step::Refused(_)));
        let Some((id, operation)) = refused.map(|one| (one.id, one.what.clone())) else {
            return;
        };
        if rng.random_bool(0.5) {
            self.put(rng, operation, Some(id));
        } else {
            self.outbox.dropped(id);
            self.throw_away(id);
        }
    }

    /// What is sent next.
    pub fn message(&mut self) -> Vec<(OperationId, Operation)> {
        let next = self.outbox.message().into_iter();
        let mut next: Vec<_> = next.map(|one| (one.id, one.what.clone())).collect();
        match self.sabotage {
            Sabotage::DroppedOnSend => next.iter().for_each(|(id, _)| self.outbox.dropped(*id)),
            Sabotage::NewestFirst => next.reverse(),
            _ => {}
        }
        next
    }

    pub fn hear(&mut self, answers: &[Answered]) {
        self.heard.extend(answers.iter().map(|one| (one.id, one.answer)));
        let mut taken = answers.to_vec();
        if let (Sabotage::AnswerMistaken, Some(last)) = (self.sabotage, self.outbox.iter().last()) {
            taken.iter_mut().for_each(|answer| answer.id = last.id);
        }
        let over = self.outbox.answered(&taken, self.shown);
        self.forget(&over.forget);
        for Answered { id, answer } in answers {
            match self.sabotage {
                Sabotage::RefusedForgotten if answer.is_err() => self.outbox.dropped(*id),
                Sabotage::ForgottenWithAnswer if answer.is_ok() => self.forget(&[*id]),
                _ => {}
            }
        }
    }

    /// What was on its way has not arrived, as far as the device knows.
    pub fn give_up(&mut self) {
        if self.sabotage != Sabotage::OnItsWayForever {
            self.outbox.failed();
        }
    }

    /// The device hears that its line is gone.
    pub fn lose_line(&mut self) {
        self.broken = true;
        self.say_again();
    }

    /// Its line is gone, and it has not heard of that yet.
    pub fn cut_off(&mut self) {
        self.broken = true;
    }

    fn say_again(&mut self) {
        match self.sabotage {
            Sabotage::OnItsWayForever => {}
            Sabotage::NotSaidAgain => self.outbox.failed(),
            _ => {
                self.outbox.say_again();
            }
        }
    }

    /// The line brings what is new, after it was opened anew if it was gone.
    pub fn catch_up(&mut self, room: &Room) {
        let is_anew = std::mem::take(&mut self.broken);
        if is_anew && self.sabotage != Sabotage::SaidAgainBehindNews {
            self.say_again();
        }
        self.shown = room.board.sequence;
        let arrived = self.outbox.confirmed(self.shown);
        self.forget(&arrived);
        if is_anew && self.sabotage == Sabotage::SaidAgainBehindNews {
            self.say_again();
        }
    }

    /// The page is loaded anew, unless it asks before it goes: only what the device keeps is wanted from then on.
    pub fn reload(&mut self, room: &Room) {
        if self.outbox.is_only_here() {
            return;
        }
        self.page += 1;
        self.outbox = Outbox::default();
        if self.sabotage != Sabotage::NotRemembered {
            self.outbox.remember(self.kept.clone());
        }
        self.shown = room.board.sequence;
        self.broken = false;
    }

    /// Whether nothing waits but what was refused.
    pub fn is_calm(&self) -> bool {
        let mut waiting = self.outbox.iter();
        waiting.all(|one| matches!(one.step, Step::Refused(_)))
    }
}
