//! Boards and what stands on them, played through the same verbs that people use.

use std::collections::HashMap;

use domain::board::{Actor, Anonymity, Level, MemberRole, Operation, Outcome, Phase, Refusal, Settings};
use domain::district::District;
use domain::ids::{CardId, OperationId, TemplateId, WorkshopId};
use futures::future::try_join_all;
use store::Store;
use store::audit;
use store::boards::{BoardDraft, BoardRow, Push};

use super::DemoError;
use super::content::{Board, BoardCard, CardStanding, Content, wrong};

/// Votes that each person has.
const VOTES_MAX: u32 = 20;
/// Roles that people of the demo have: so few that five share one.
const DEMO_ROLES: usize = 3;
/// How people on boards that show names call themselves.
const NAMES: [&str; 26] = [
    "Amsel", "Birke", "Dohle", "Eibe", "Fichte", "Gimpel", "Hasel", "Ilme", "Kiebitz", "Linde", "Meise",
    "Nuss", "Pirol", "Quitte", "Rotbuche", "Star", "Tanne", "Ulme", "Weide", "Zeisig", "Ahorn", "Bussard",
    "Erle", "Kranich", "Lerche", "Schlehe",
];

/// Plays all boards.
///
/// # Errors
/// When a file does not fit, or the database or the rules refuse a step.
pub async fn play(
    store: &Store,
    content: &Content,
    workshops: &HashMap<usize, WorkshopId>,
) -> Result<(), DemoError> {
    for board in &content.boards {
        let index = content
            .workshops
            .iter()
            .position(|workshop| Some(&workshop.key) == board.workshop.as_ref());
        let workshop = index.and_then(|index| workshops.get(&index)).copied();
        let belongs = Belongs {
            workshop: Some(workshop.ok_or_else(|| wrong("boards.json", &board.key))?),
            template: None,
        };
        play_one(store, content, board, belongs).await?;
    }
    Ok(())
}

/// To what a board belongs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Belongs {
    /// To which Veranstaltung.
    pub workshop: Option<WorkshopId>,
    /// To which template.
    pub template: Option<TemplateId>,
}

/// How a board of the demo begins.
pub fn beginning(anonymity: Anonymity, phase: Phase) -> Settings {
    Settings {
        phase,
        votes_hidden: false,
        ..Settings::new(Level::Off, anonymity, VOTES_MAX)
    }
}

/// Plays one board.
///
/// # Errors
/// As [`play`].
pub async fn play_one(
    store: &Store,
    content: &Content,
    board: &Board,
    belongs: Belongs,
) -> Result<BoardRow, DemoError> {
    let draft = BoardDraft {
        title: board.title.clone(),
        lead: board.lead.clone(),
        settings: beginning(board.anonymity, Phase::Collect),
        columns: board.columns.iter().map(|column| column.title.clone()).collect(),
        workshop: belongs.workshop,
        term: None,
        template: belongs.template,
        district: board.district,
        demo: true,
    };
    let row = store.create_board(audit::Actor::System, &draft).await?;
    // Secrets that no device has: nobody acts as a person of the demo.
    let secrets: Vec<String> = (0..board.people).map(|_| store.ambient().token()).collect();
    let people = try_join_all(secrets.iter().map(|secret| store.board_member(row.id, secret))).await?;
    let mut room = Room {
        store,
        board,
        columns: store
            .board(row.id)
            .await?
            .columns
            .iter()
            .map(|column| column.id)
            .collect(),
        row,
        people,
        pushes: Vec::new(),
    };
    room.join(content);
    room.write(CardStanding::Published);
    room.set(Operation::Moderate { level: board.level });
    room.write(CardStanding::Waiting);
    room.set(Operation::GoTo { phase: board.phase });
    if board.frozen {
        room.set(Operation::Freeze { frozen: true });
    }
    let row = room.row.clone();
    room.send().await?;
    Ok(row)
}

/// A board that is being played: what is to be done on it, in one transaction in the end.
struct Room<'a> {
    store: &'a Store,
    board: &'a Board,
    row: BoardRow,
    columns: Vec<domain::ids::ColumnId>,
    people: Vec<Actor>,
    pushes: Vec<Push>,
}

impl Room<'_> {
    fn push(&mut self, actor: Actor, operation: Operation) {
        let id = OperationId(self.store.ambient().uuid());
        self.pushes.push(Push { actor, id, operation });
    }

    /// Something that the moderator does: the first person of each board.
    fn set(&mut self, operation: Operation) {
        let actor = Actor {
            moderates: true,
            ..self.people[0]
        };
        self.push(actor, operation);
    }

    fn join(&mut self, content: &Content) {
        for (number, actor) in self.people.clone().into_iter().enumerate() {
            let from = &content.people.people[number % content.people.people.len()].district;
            let operation = Operation::Join {
                name: NAMES.get(number).map(|name| (*name).to_owned()),
                district: District::parse(from),
                role: MemberRole::ALL.get(number % DEMO_ROLES).copied(),
            };
            self.push(actor, operation);
        }
    }

    fn write(&mut self, standing: CardStanding) {
        let board = self.board;
        let mut turn = 0;
        let mut written = Vec::new();
        for (column, id) in board.columns.iter().zip(self.columns.clone()) {
            for card in column.cards.iter().filter(|card| card.standing == standing) {
                turn += 1;
                let card_id = CardId(self.store.ambient().uuid());
                let author = self.people[turn % self.people.len()];
                let operation = Operation::Write {
                    card: card_id,
                    column: id,
                    kind: card.kind,
                    text: card.text.clone(),
                };
                self.push(author, operation);
                written.push((card_id, card));
            }
        }
        if standing == CardStanding::Published {
            self.talk(&written);
            self.weigh(&written);
        }
    }

    /// What people say about cards, and what the room has found.
    fn talk(&mut self, cards: &[(CardId, &BoardCard)]) {
        let mut turn = 0;
        for (id, card) in cards {
            for text in &card.comments {
                turn += 1;
                let comment = CardId(self.store.ambient().uuid());
                let operation = Operation::Comment {
                    card: comment,
                    on: *id,
                    text: text.clone(),
                };
                self.push(self.people[(turn * 3) % self.people.len()], operation);
            }
            let mut number = 0;
            for (outcome, count) in Outcome::ALL.iter().zip(card.tried) {
                for _ in 0..count {
                    number += 1;
                    let operation = Operation::Tried {
                        card: *id,
                        outcome: Some(*outcome),
                        district: None,
                    };
                    self.push(self.people[(turn + number) % self.people.len()], operation);
                }
            }
            if let Some(finding) = &card.finding {
                let operation = Operation::Conclude {
                    card: *id,
                    finding: Some(finding.clone()),
                    base: None,
                };
                self.set(operation);
            }
        }
    }

    /// People take turns, so that votes are spread evenly.
    fn weigh(&mut self, cards: &[(CardId, &BoardCard)]) {
        self.set(Operation::GoTo { phase: Phase::Weigh });
        let mut turn = 0;
        for (id, card) in cards {
            for number in 0..card.same {
                let actor = self.people[(turn + number) % self.people.len()];
                self.push(
                    actor,
                    Operation::SameHere {
                        card: *id,
                        given: true,
                    },
                );
            }
            for number in 0..card.votes {
                let actor = self.people[(turn + number) % self.people.len()];
                self.push(
                    actor,
                    Operation::Vote {
                        card: *id,
                        given: true,
                    },
                );
            }
            turn += card.votes.max(1);
        }
    }

    async fn send(self) -> Result<(), DemoError> {
        let answers = self.store.board_push(self.row.id, self.pushes).await?;
        let refused: Vec<Refusal> = answers.into_iter().filter_map(Result::err).collect();
        match refused.first() {
            Some(refusal) => Err(wrong("boards.json", &format!("{}: {refusal}", self.board.key))),
            None => Ok(()),
        }
    }
}
