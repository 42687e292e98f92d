//! One Veranstaltung and the decisions about it, written one after the other as a store would under its lock.

use std::collections::{BTreeSet, HashMap};

use domain::booking::admit::Admission;
use domain::booking::rules::{CONFIRM_WINDOW_WORKING_HOURS, OFFER_WINDOW_WORKING_HOURS};
use domain::booking::seats::lowest_free_seat;
use domain::booking::settle::{apply, settle};
use domain::booking::verbs;
use domain::booking::{Change, Mode, Place, PlaceState, Reason, SeatRules, Tally, admit};
use domain::ids::SignUpId;
use domain::time::Instant;
use domain::working_time::plus_working_hours;

/// A protection that is switched off, to see that its absence is noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Everything as it should be.
    None,
    /// A repeated form makes a second sign-up.
    KeysForgotten,
    /// A newcomer is decided with counts from before the last change.
    StaleCount,
    /// A newcomer gets an open seat although people wait for it.
    QueueJumped,
    /// Nobody moves up.
    NeverSettled,
    /// Nothing runs out.
    NeverExpired,
    /// The line is not kept in order of arrival.
    LineShuffled,
    /// Seat numbers are given twice.
    SeatReused,
    /// Confirming works in every state.
    EndedRevived,
    /// An offer stays as it was when sign-up is made to close earlier.
    DeadlineStays,
    /// An offer has to be answered within an hour.
    HastyOffer,
    /// An offer lasts until sign-up closes, on whatever day that is.
    WeekendOffer,
    /// A newcomer waits behind people whom the limit of the Träger holds back.
    HeldBackCounted,
}

/// What a phone or staff asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// A newcomer with the key of the form.
    SignUp {
        key: usize,
        mode: Mode,
    },
    /// Verbs of the personal link.
    Confirm(SignUpId),
    Accept(SignUpId),
    Decline(SignUpId),
    Cancel(SignUpId),
    ChangeMode(SignUpId, Mode),
    /// Staff.
    MoveUp(SignUpId),
    Capacity(Mode, u32),
    /// Sign-up closes so many hours before the start.
    Closes(i64),
}

/// Everything that is written down.
pub struct World {
    pub rules: SeatRules,
    pub now: Instant,
    pub places: Vec<Place>,
    /// Whose form made which place.
    pub by_key: HashMap<usize, SignUpId>,
    /// Which key each place has, in order of arrival.
    pub keys: Vec<usize>,
    /// What the form of the last newcomer was answered.
    pub answered: Option<(SignUpId, PlaceState)>,
    /// What is switched off.
    pub sabotage: Sabotage,
    before: Tally,
    next_queue_no: i64,
}

impl World {
    pub fn new(rules: SeatRules, now: Instant, sabotage: Sabotage) -> Self {
        Self {
            rules,
            now,
            places: Vec::new(),
            by_key: HashMap::new(),
            keys: Vec::new(),
            answered: None,
            sabotage,
            before: Tally::default(),
            next_queue_no: 0,
        }
    }

    /// Decides one request and settles. Returns the place that the phone hears of.
    pub fn decide(&mut self, request: &Request) -> Option<SignUpId> {
        let now_counted = Tally::of(&self.places);
        self.settle();
        let id = match request {
            Request::SignUp { key, mode } => self.sign_up(*key, *mode),
            Request::Confirm(id) => self.act(*id, |_, place, now| verbs::confirm_mail(place, now).ok()),
            Request::Accept(id) => self.act(*id, |_, place, now| verbs::accept_offer(place, now).ok()),
            Request::Decline(id) => self.act(*id, |_, place, _| verbs::decline(place).ok()),
            Request::Cancel(id) => self.act(*id, |world, place, now| {
                verbs::cancel(&world.rules, place, Reason::CancelledByPerson, now).ok()
            }),
            Request::ChangeMode(id, mode) => self.change_mode(*id, *mode),
            Request::MoveUp(id) => self.act(*id, |world, place, _| verbs::move_up(&world.rules, place).ok()),
            Request::Capacity(mode, seats) => {
                match mode {
                    Mode::OnSite => self.rules.on_site.capacity = *seats,
                    Mode::Online => self.rules.online.capacity = *seats,
                }
                None
            }
            Request::Closes(hours) => {
                self.rules.closes_at = self.rules.starts_at.plus_hours(-hours);
                None
            }
        };
        self.settle();
        self.before = now_counted;
        id
    }

    /// What a store does in the transaction of every change.
    pub fn settle(&mut self) {
        let changes = settle(&self.rules, &self.places, self.now);
        for mut change in changes {
            if self.sabotage == Sabotage::HastyOffer && change.reason == Reason::Offered {
                change.until = Some(self.now.plus_hours(1));
            }
            if self.sabotage == Sabotage::WeekendOffer && change.reason == Reason::Offered {
                let window = plus_working_hours(self.now, OFFER_WINDOW_WORKING_HOURS);
                change.until = Some(window.min(self.rules.closes_at));
            }
            let skipped = match self.sabotage {
                Sabotage::NeverSettled => {
                    matches!(change.reason, Reason::Promoted | Reason::Offered)
                }
                Sabotage::NeverExpired => {
                    matches!(change.reason, Reason::HoldExpired | Reason::OfferMissed)
                }
                Sabotage::DeadlineStays => change.reason == Reason::DeadlineMoved,
                _ => false,
            };
            if !skipped {
                self.write(&change, None);
            }
        }
    }

    fn sign_up(&mut self, key: usize, mode: Mode) -> Option<SignUpId> {
        if let Some(id) = self.by_key.get(&key)
            && self.sabotage != Sabotage::KeysForgotten
        {
            return Some(*id);
        }
        let mut tally = match self.sabotage {
            Sabotage::StaleCount => self.before,
            _ => Tally::of(&self.places),
        };
        if self.sabotage == Sabotage::QueueJumped {
            tally.on_site.waiting = 0;
            tally.online.waiting = 0;
        }
        let organisation_key = organisation(key);
        let taken = self.seats_of(&organisation_key);
        let mut admission = admit(&self.rules, &tally, taken, mode, self.now).ok()?;
        if self.sabotage == Sabotage::HeldBackCounted && tally.free_for_public(&self.rules, mode) == 0 {
            admission = Admission::Waiting;
        }
        let until = plus_working_hours(self.now, CONFIRM_WINDOW_WORKING_HOURS).min(self.rules.starts_at);
        let state = match admission {
            Admission::Seat => PlaceState::Held,
            Admission::Waiting => PlaceState::Waiting,
        };
        let id = SignUpId(uuid::Uuid::from_u128(self.places.len() as u128 + 1));
        self.next_queue_no += 1;
        let queue_no = match self.sabotage {
            Sabotage::LineShuffled => -self.next_queue_no,
            _ => self.next_queue_no,
        };
        let seat_no = state.takes_seat().then(|| self.free_seat(mode));
        self.places.push(Place {
            id,
            mode,
            state,
            organisation_key,
            queue_no,
            seat_no,
            until: Some(until),
        });
        self.by_key.insert(key, id);
        self.keys.push(key);
        // Of old counts the seat that is not there is to be found, before an answer that does not hold.
        self.answered = (self.sabotage != Sabotage::StaleCount).then_some((id, state));
        Some(id)
    }

    fn act(
        &mut self,
        id: SignUpId,
        verb: impl Fn(&Self, &Place, Instant) -> Option<Change>,
    ) -> Option<SignUpId> {
        let place = self.place(id).clone();
        if self.sabotage == Sabotage::EndedRevived && !place.state.is_active() {
            self.write(
                &Change {
                    id,
                    from: place.state,
                    to: PlaceState::Waiting,
                    until: None,
                    reason: Reason::MailConfirmed,
                },
                None,
            );
        } else if let Some(change) = verb(self, &place, self.now) {
            self.write(&change, None);
        }
        Some(id)
    }

    fn change_mode(&mut self, id: SignUpId, mode: Mode) -> Option<SignUpId> {
        let place = self.place(id).clone();
        let tally = Tally::of(&self.places);
        let mut taken = self.seats_of(&place.organisation_key);
        if place.state.takes_seat() {
            taken -= 1;
        }
        if let Ok(change) = verbs::change_mode(&self.rules, &tally, taken, &place, mode, self.now) {
            self.write(&change, Some(mode));
        }
        Some(id)
    }

    fn write(&mut self, change: &Change, mode: Option<Mode>) {
        let place = self.place(change.id).clone();
        let target = mode.unwrap_or(place.mode);
        let keeps = place.seat_no.is_some() && target == place.mode;
        let seat_no = (change.to.takes_seat() && !keeps).then(|| self.free_seat(target));
        if let Some(place) = self.places.iter_mut().find(|place| place.id == change.id) {
            apply(place, change);
            if seat_no.is_some() {
                place.seat_no = seat_no;
            }
            place.mode = target;
        }
    }

    /// A place that was given out is never gone.
    pub fn place(&self, id: SignUpId) -> &Place {
        self.places.iter().find(|place| place.id == id).unwrap()
    }

    fn seats_of(&self, organisation_key: &str) -> u32 {
        let seats = self
            .places
            .iter()
            .filter(|place| place.state.takes_seat() && place.organisation_key == organisation_key);
        u32::try_from(seats.count()).unwrap()
    }

    fn free_seat(&self, mode: Mode) -> u32 {
        if self.sabotage == Sabotage::SeatReused {
            return 1;
        }
        let taken: BTreeSet<u32> = self
            .places
            .iter()
            .filter(|place| place.mode == mode)
            .filter_map(|place| place.seat_no)
            .collect();
        lowest_free_seat(&taken)
    }
}

/// Four people to a Träger.
fn organisation(key: usize) -> String {
    format!("träger {}", key / 4)
}
