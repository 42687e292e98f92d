//! Who does what when.

use std::collections::{BTreeSet, HashMap};

use domain::account::Role;
use domain::booking::Mode;
use domain::district::District;
use domain::ids::{IdempotencyKey, PersonId, WorkshopId};
use domain::signup::{Attendee, Listing, SignUpRequest};
use domain::time::Instant;
use domain::workshop::{Status, WorkshopDraft};
use futures::future::try_join_all;
use jiff::civil::Time;
use store::audit::Actor;
use store::signups::SignUpCommand;
use store::{Ambient, Store};

use super::calendar::Days;
use super::content::{Content, Workshop, email, person_name, wrong};
use super::{DemoError, send_to_nobody};

/// Clock times at which things happen in the story; what happens at one of them is committed together.
const HOURS: [i8; 4] = [9, 11, 14, 16];
/// A Veranstaltung is entered this many days before its sign-up opens.
const ENTERED_DAYS_BEFORE: i64 = 7;
/// The one that is cancelled was cancelled this many days ago.
const CANCELLED_DAYS_AGO: i64 = 2;
/// About every twelfth person needs something, every third shows the name to the others.
const ACCESS_NEEDS_EVERY: usize = 12;
const LISTED_EVERY: usize = 3;
/// Where in the list of people the sign-ups of the next Veranstaltung begin: prime, so that groups differ.
const PEOPLE_STRIDE: usize = 37;
const SECONDS_A_DAY: i64 = 86_400;

/// Something that happens.
#[derive(Debug)]
pub struct Step {
    /// When.
    pub at: Instant,
    workshop: usize,
    act: Act,
}

#[derive(Debug)]
enum Act {
    Enter(Box<WorkshopDraft>),
    SignUp { turn: usize, mode: Mode },
    Vote,
    Cancel,
}

/// The whole story in the order of time.
///
/// # Errors
/// When a file does not fit.
pub fn steps(content: &Content, now: Instant) -> Result<Vec<Step>, DemoError> {
    let days = Days::from(now);
    let mut steps = Vec::new();
    for (index, workshop) in content.workshops.iter().enumerate() {
        steps.extend(steps_of(index, workshop, days, now)?);
    }
    steps.sort_by_key(|step| step.at);
    Ok(steps)
}

fn steps_of(index: usize, workshop: &Workshop, days: Days, now: Instant) -> Result<Vec<Step>, DemoError> {
    let draft = days.draft(workshop)?;
    let morning = Time::constant(HOURS[0], 0, 0, 0);
    let entered = days.at(workshop.opens_in_days.min(0) - ENTERED_DAYS_BEFORE, morning);
    let opens = draft.seats.opens_at;
    let is_cancelled = workshop.status == Status::Cancelled;
    let last = if is_cancelled {
        days.at(-CANCELLED_DAYS_AGO, morning)
    } else {
        now
    };
    let ends = last.min(draft.seats.closes_at).plus_seconds(-60);
    let step = |at: Instant, act| Step {
        at: at.min(now),
        workshop: index,
        act,
    };

    let mut steps = vec![step(entered, Act::Enter(Box::new(draft)))];
    let modes = modes(workshop);
    let people = modes.len();
    for (turn, mode) in modes.into_iter().enumerate() {
        steps.push(step(
            moment(opens, ends, turn, people),
            Act::SignUp { turn, mode },
        ));
    }
    if !workshop.topics.is_empty() {
        steps.push(step(ends, Act::Vote));
    }
    if is_cancelled {
        steps.push(step(last, Act::Cancel));
    }
    Ok(steps)
}

/// The mode of each sign-up, in order: seats first, then those who wait for the mode that is full.
fn modes(workshop: &Workshop) -> Vec<Mode> {
    let filled = workshop.filled;
    let on_site_is_full = filled.on_site + workshop.reserved_on_site >= workshop.capacity_on_site;
    let waits_for = if workshop.capacity_on_site > 0 && on_site_is_full {
        Mode::OnSite
    } else {
        Mode::Online
    };
    let seats = [
        (Mode::OnSite, filled.on_site),
        (Mode::Online, filled.online),
        (waits_for, filled.waiting),
    ];
    seats
        .into_iter()
        .flat_map(|(mode, people)| std::iter::repeat_n(mode, people as usize))
        .collect()
}

/// Spreads turns over the days of sign-up, at the story's hours.
fn moment(opens: Instant, ends: Instant, turn: usize, people: usize) -> Instant {
    let days = (ends.micros() - opens.micros()) / 1_000_000 / SECONDS_A_DAY;
    let turn_as_days =
        i64::try_from(turn).unwrap_or(0) * days.max(0) / i64::try_from(people.max(1)).unwrap_or(1);
    let hour = HOURS[turn * HOURS.len() / people.max(1) % HOURS.len()];
    let day = opens.plus_seconds(turn_as_days * SECONDS_A_DAY).berlin().date();
    Instant::from_berlin(day.to_datetime(Time::constant(hour, 0, 0, 0)))
        .max(opens)
        .min(ends)
}

/// Plays the steps: those of one instant together, so that they are committed together. Returns the Veranstaltungen by
/// their place in the file.
///
/// # Errors
/// When the database fails or the rules refuse a step.
pub async fn play(
    store: &Store,
    clock: &Ambient,
    content: &Content,
    steps: Vec<Step>,
) -> Result<HashMap<usize, WorkshopId>, DemoError> {
    let accounts = content
        .people
        .people
        .iter()
        .map(async |person| -> Result<PersonId, DemoError> {
            Ok(store
                .admin_add(Actor::System, &email(&person.email)?, Role::Participant, None)
                .await?)
        });
    let people = try_join_all(accounts).await?;
    let mut scene = Scene {
        store,
        content,
        people,
        ids: HashMap::new(),
        tokens: HashMap::new(),
    };
    let mut steps = steps.into_iter().peekable();
    while let Some(first) = steps.next() {
        clock.set(first.at);
        let at = first.at;
        let mut together = vec![first];
        while let Some(step) = steps.next_if(|step| step.at == at) {
            together.push(step);
        }
        scene.play(together).await?;
    }
    send_to_nobody(store).await?;
    Ok(scene.ids)
}

struct Scene<'a> {
    store: &'a Store,
    content: &'a Content,
    /// Accounts of those who sign up: their own address needs no confirmation.
    people: Vec<PersonId>,
    ids: HashMap<usize, WorkshopId>,
    /// Personal links of a Veranstaltung, in the order of sign-up.
    tokens: HashMap<usize, Vec<String>>,
}

impl Scene<'_> {
    /// Everything of one instant. What is entered, signed up, voted on and cancelled follows in this order.
    async fn play(&mut self, steps: Vec<Step>) -> Result<(), DemoError> {
        let mut newcomers = Vec::new();
        let mut later = Vec::new();
        for step in steps {
            match step.act {
                Act::Enter(draft) => self.enter(step.workshop, &draft).await?,
                Act::SignUp { turn, mode } => newcomers.push((step.workshop, turn, mode)),
                Act::Vote | Act::Cancel => later.push(step),
            }
        }
        self.sign_up(newcomers).await?;
        for step in later {
            match step.act {
                Act::Vote => self.vote(step.workshop).await?,
                Act::Cancel => self.cancel(step.workshop).await?,
                Act::Enter(_) | Act::SignUp { .. } => {}
            }
        }
        Ok(())
    }

    async fn enter(&mut self, index: usize, draft: &WorkshopDraft) -> Result<(), DemoError> {
        let row = self.store.create_demo_workshop(draft).await?;
        if self.content.workshops[index].status != Status::Draft {
            self.store.publish_workshop(Actor::System, row.id).await?;
        }
        self.ids.insert(index, row.id);
        Ok(())
    }

    async fn sign_up(&mut self, newcomers: Vec<(usize, usize, Mode)>) -> Result<(), DemoError> {
        let commands = newcomers
            .iter()
            .map(|(workshop, turn, mode)| self.command(*workshop, *turn, *mode))
            .collect::<Result<Vec<_>, _>>()?;
        let answers = try_join_all(commands.into_iter().map(|command| self.store.sign_up(command))).await?;
        for ((workshop, ..), answer) in newcomers.iter().zip(answers) {
            let token = answer.people.into_iter().next().and_then(|person| person.token);
            self.tokens.entry(*workshop).or_default().extend(token);
        }
        Ok(())
    }

    fn command(&self, index: usize, turn: usize, mode: Mode) -> Result<SignUpCommand, DemoError> {
        let workshop = &self.content.workshops[index];
        let id = self
            .ids
            .get(&index)
            .copied()
            .ok_or_else(|| wrong("workshops.json", &workshop.key))?;
        let people = &self.content.people.people;
        let place = (index * PEOPLE_STRIDE + turn) % people.len();
        let person = &people[place];
        let organisation = self
            .content
            .organisation(&person.organisation)
            .ok_or_else(|| wrong("people.json", &person.organisation))?;
        let needs = &self.content.people.access_needs;
        let needs = (place.is_multiple_of(ACCESS_NEEDS_EVERY) && mode == Mode::OnSite)
            .then(|| &needs[place / ACCESS_NEEDS_EVERY % needs.len()]);
        Ok(SignUpCommand {
            workshop: id,
            key: IdempotencyKey(self.store.ambient().uuid()),
            viewer: Some(self.people[place]),
            request: SignUpRequest {
                attendee: Attendee {
                    name: person_name(&person.name)?,
                    email: email(&person.email)?,
                },
                organisation: organisation.name()?,
                district: District::parse(&person.district)
                    .ok_or_else(|| wrong("people.json", &person.district))?,
                mode,
                votes: BTreeSet::new(),
                needs: needs.map(|needs| needs.ticked.clone()).unwrap_or_default(),
                access_needs: needs.map(|needs| needs.typed.clone()).unwrap_or_default(),
                topic: workshop.topics.get(turn).map(|topic| topic.text.clone()),
                listing: if turn.is_multiple_of(LISTED_EVERY) {
                    Listing::Participants
                } else {
                    Listing::Nobody
                },
                colleagues: Vec::new(),
                signed_up_by: None,
            },
        })
    }

    /// Votes go round among those who signed up, so that nobody has more than three.
    async fn vote(&self, index: usize) -> Result<(), DemoError> {
        let (Some(id), Some(tokens)) = (self.ids.get(&index), self.tokens.get(&index)) else {
            return Ok(());
        };
        let proposed = self.store.topics(*id, None).await?;
        let mut voters = tokens.iter().cycle();
        let mut votes = Vec::new();
        for topic in &self.content.workshops[index].topics {
            let Some(row) = proposed.iter().find(|row| row.text == topic.text) else {
                continue;
            };
            votes.extend(
                voters
                    .by_ref()
                    .take(topic.votes as usize)
                    .map(|token| (token, row.id)),
            );
        }
        try_join_all(
            votes
                .into_iter()
                .map(|(token, topic)| self.store.vote_topic(token, topic, true)),
        )
        .await?;
        Ok(())
    }

    async fn cancel(&self, index: usize) -> Result<(), DemoError> {
        let (Some(id), Some(reason)) = (self.ids.get(&index), &self.content.workshops[index].cancel_reason)
        else {
            return Ok(());
        };
        self.store.cancel_workshop(Actor::System, *id, reason).await?;
        Ok(())
    }
}
