//! A board as its page shows it, and what changes of it meanwhile.

use std::collections::BTreeMap;

use domain::board::{CardView, Column, News, Operation};
use domain::ids::{CardId, ColumnId, OperationId};
use domain::time::Instant;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::{load_board, push_to_board};
use super::clock;
use super::dto::{BoardData, Me};
use super::eyes::Eyes;
use super::filter::Filter;
#[cfg(feature = "hydrate")]
use super::focus;
use super::frame::Frame;
use super::live::{Line, line};
use super::outbox::Outbox;
use super::pieces::{Beside, End, Piece, Pieces};
use super::pressed::Pressed;
use super::undo::Undo;
use crate::form_reply::{Answers, FieldError, FormReply, use_kept_reply};
use crate::loading::{awaited, load};
use crate::ui::changing::changing;
use crate::ui::found::found;

/// A page of the board that the address names: finds it, and shows it with the viewer's eyes.
pub fn page(title: &'static str, show: fn(BoardData, FormReply) -> AnyView) -> AnyView {
    let query = use_query_map();
    // "?als=teilnehmende": a moderator sees what participants see.
    let eyes = move || {
        let modest = Eyes::Participant;
        let is_modest = query.read().get("als").is_some_and(|who| who == modest.word());
        if is_modest { modest } else { Eyes::Own }
    };
    page_seen(title, eyes, show)
}

/// The same with the eyes of everybody, whoever has opened it.
pub fn page_for_everybody(title: &'static str, show: fn(BoardData, FormReply) -> AnyView) -> AnyView {
    page_seen(title, || Eyes::Everybody, show)
}

fn page_seen(
    title: &'static str,
    eyes: impl Fn() -> Eyes + Send + Sync + 'static,
    show: fn(BoardData, FormReply) -> AnyView,
) -> AnyView {
    let kept = use_kept_reply();
    let params = use_params_map();
    let slug = move || eyes().on(params.read().get("slug").unwrap_or_default());
    let data = load(slug, load_board);
    awaited(move || async move {
        let kept = kept.await;
        found(title, data.await, |data| show(data, kept))
    })
}

/// What the parts of a page share.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// The board, with what this device wants as if it were done, and who looks.
    pub data: RwSignal<BoardData>,
    /// What this device wants.
    pub outbox: Outbox,
    /// How far the device's clock is ahead of the server's, in milliseconds, once that is known.
    pub ahead_ms: RwSignal<Option<i64>>,
    /// Seconds of the time that runs, once that is known.
    pub left: Memo<Option<i64>>,
    /// The line to the server.
    line: Line,
    /// What holds for the whole board.
    pub frame: Piece<Frame>,
    /// The cards, one by one.
    pieces: Pieces,
    /// Whether the line to the server is broken: then what is on the screen can be old.
    pub broken: RwSignal<bool>,
    /// What the buttons were answered.
    pub deeds: Answers,
    /// Where their answers go without WebAssembly: `moderation`, or nothing.
    pub page: &'static str,
    /// The number of the card that the moderator has on the workbench.
    pub workbench: RwSignal<Option<u32>>,
    /// The card that a mouse has taken.
    pub dragged: StoredValue<Option<CardId>>,
    /// What stands in fields and is not sent, by field.
    pub fields: StoredValue<BTreeMap<String, String>>,
    /// Whether the board has stopped for this viewer.
    pub stopped: Memo<bool>,
    /// Which cards the address names; nothing: all are shown.
    pub filter: Memo<Option<Filter>>,
    /// The columns that take nothing of this viewer.
    closed: Memo<Vec<u128>>,
    /// The card that this device has put elsewhere, until that is said.
    pub moved: RwSignal<Option<CardId>>,
    /// What can be taken back of what was done last.
    pub undo: RwSignal<Undo>,
    /// Whether the server says what this build cannot read.
    pub outdated: RwSignal<bool>,
}

impl Shown {
    /// Shows a board, and follows it. `kept` is what a form on it was answered without WebAssembly.
    #[must_use]
    pub fn new(data: BoardData, page: &'static str, kept: &FormReply) -> Self {
        let id = data.id.clone();
        let outbox = Outbox::new(data.view.clone());
        let eyes = data.eyes;
        let data = RwSignal::new(data);
        let pieces = Pieces::of(data);
        let frame = pieces.frame();
        let query = use_query_map();
        let ahead_ms = RwSignal::new(None);
        let shown = Self {
            data,
            outbox,
            ahead_ms,
            left: clock::left(frame, ahead_ms),
            line: line(&id, eyes),
            frame,
            pieces,
            broken: RwSignal::new(false),
            deeds: Answers::overlapping(),
            page,
            workbench: RwSignal::new(None),
            dragged: StoredValue::new(None),
            fields: StoredValue::default(),
            stopped: Memo::new(move |_| !frame.get().goes_on()),
            filter: Memo::new(move |_| Filter::parse(&query.read().get("art")?)),
            closed: Memo::new(move |_| data.with(closed)),
            moved: RwSignal::new(None),
            undo: RwSignal::new(Undo::of(kept)),
            outdated: RwSignal::new(false),
        };
        shown.take_answer(kept);
        // Who has joined or moderates sees more: the line is opened anew. Another code is in no log, nor is another term.
        Effect::new(move |last: Option<(Me, (u32, bool))>| {
            let Frame {
                me,
                told_beside,
                emptied,
                ..
            } = shown.frame.get();
            // Where no code is shown another one is no news: a whole room would ask in the same moment.
            let shows_code = page == "moderation" || eyes == Eyes::Everybody;
            let told = (if shows_code { told_beside } else { 0 }, emptied);
            if last.is_none_or(|(before, _)| before != me) {
                shown.line.open(shown, last.is_none());
            }
            if last.is_some_and(|(_, before)| before != told) {
                shown.look_again();
            }
            (me, told)
        });
        #[cfg(feature = "hydrate")]
        Effect::new(move |_| outbox.remember(shown.id(), Box::new(move || shown.send())));
        #[cfg(feature = "hydrate")]
        outbox.warn();
        #[cfg(feature = "hydrate")]
        Effect::new(move |_| shown.remember_typed());
        Effect::new(move |_| {
            if shown.deeds.count() > 0 {
                let answer = shown.deeds.last_or(&FormReply::default());
                shown.take_answer(&answer);
                shown.undo.set(Undo::of(&answer));
                shown.look_again();
            }
        });
        shown
    }

    /// Takes what the server says.
    pub fn hear(self, news: News) {
        if self.is_left() {
            return;
        }
        // A moderator may do other things than before where the whole board comes, and after a break.
        let may_differ = matches!(news, News::Board(_)) || self.broken.get_untracked();
        if may_differ && self.data.with_untracked(|data| data.me.moderates) {
            self.look_again();
        }
        match news {
            News::Board(view) => {
                self.outbox.confirm(|confirmed| *confirmed = view);
                self.send();
            }
            News::Change(change) => self.outbox.confirm(|confirmed| confirmed.take(change)),
            News::Answers(answers) => {
                let sentences = self.outbox.answered(&answers);
                if !sentences.is_empty() {
                    self.say_no(&sentences.join(" "));
                }
                self.send();
            }
            News::Busy(seconds) => {
                self.outbox.failed();
                self.line.send_later(self, seconds);
            }
            News::Alive(now) => return self.set_clock(now),
        }
        self.show();
    }

    fn set_clock(self, server: Instant) {
        #[cfg(feature = "hydrate")]
        {
            // Milliseconds since 1970 fit.
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970")]
            let device = web_sys::js_sys::Date::now() as i64;
            self.ahead_ms.set(Some(device - server.micros() / 1_000));
        }
        #[cfg(not(feature = "hydrate"))]
        let _ = server;
    }

    /// Whether the page was left: what comes later, from the device or the server, finds nothing of it any more. What is kept
    /// on the device is sent when the board is opened again.
    fn is_left(self) -> bool {
        self.data.is_disposed()
    }

    /// Shows what is to be expected.
    fn show(self) {
        if self.is_left() {
            return;
        }
        let expected = self.outbox.expected();
        self.pieces.put(expected, None);
    }

    fn say_no(self, sentence: &str) {
        let error = FieldError::new("", sentence.to_owned());
        self.deeds
            .give_up(FormReply::refused(Default::default(), vec![error]));
    }

    /// Wants something: it is kept on the device, shown as done, and sent. The button that was pressed for it is released
    /// then.
    #[cfg(feature = "hydrate")]
    pub fn want(self, operation: Operation, pressed: Option<Pressed>) {
        let release = move || {
            if let Some(pressed) = pressed {
                pressed.release();
            }
        };
        self.want_then(operation, Box::new(release));
    }

    /// The same. `kept` is called as soon as the device has kept it, or cannot: from then on nothing else need hold the words.
    #[cfg(feature = "hydrate")]
    pub fn want_then(self, operation: Operation, kept: Box<dyn FnOnce()>) {
        let place = focus::place();
        if self.frame.get_untracked().me.moderates {
            let undo = self
                .data
                .with_untracked(|data| Undo::before(&data.view, &operation));
            self.undo.set(undo);
        }
        let moved = match operation {
            Operation::Move { card, .. } => Some(card),
            _ => None,
        };
        self.outbox.want(
            self.id(),
            operation,
            Box::new(move || {
                self.show();
                kept();
                self.send();
                focus::keep(place);
                // Of a page that was left nothing is said.
                if moved.is_some() && !self.is_left() {
                    self.moved.set(moved);
                }
            }),
        );
    }

    /// Wants something once more that was refused.
    pub fn want_again(self, id: OperationId) {
        #[cfg(feature = "hydrate")]
        self.outbox.again(
            self.id(),
            id,
            Box::new(move || {
                self.show();
                self.send();
            }),
        );
        #[cfg(not(feature = "hydrate"))]
        let _ = id;
    }

    /// On the server nothing is wanted.
    #[cfg(not(feature = "hydrate"))]
    pub fn want(self, operation: Operation, pressed: Option<Pressed>) {
        let _ = (self, operation, pressed);
    }

    /// Sends what waits: on the line if there is one that takes it, otherwise by itself.
    pub fn send(self) {
        if self.is_left() {
            return;
        }
        let Some(message) = self.outbox.message() else {
            return;
        };
        let joined = self.data.with_untracked(|data| data.me.joined);
        if joined && self.line.send(&message) {
            return;
        }
        let slug = self.slug();
        spawn_local(async move {
            let pushed = push_to_board(slug, message).await;
            if self.is_left() {
                return;
            }
            match pushed {
                Ok(answers) => {
                    self.hear(News::Answers(answers));
                    // A moderator takes part by acting, and sees from then on what is the own.
                    if !joined {
                        self.look_again();
                    }
                }
                Err(_) => {
                    self.outbox.failed();
                    self.line.send_later(self, self.outbox.patience());
                }
            }
        });
    }

    /// Looks at the board again after each answer: who has just joined sees more, and the next card has its own key.
    pub fn look_again_after(self, answers: Answers) {
        Effect::new(move |_| {
            if answers.count() > 0 {
                self.look_again();
            }
        });
    }

    fn look_again(self) {
        let slug = self.data.with_untracked(|data| data.eyes).on(self.slug());
        spawn_local(async move {
            // Without an answer what is on the screen stays; the line brings what is new.
            if let Ok(Some(new)) = load_board(slug).await
                && !self.is_left()
            {
                let view = new.view;
                self.outbox.confirm(|confirmed| {
                    if confirmed.sequence <= view.sequence {
                        *confirmed = view;
                    }
                });
                let expected = self.outbox.expected();
                let beside = Beside {
                    me: new.me,
                    key: new.key,
                    code: new.code,
                    stays: new.stays,
                };
                self.pieces.put(expected, Some(beside));
            }
        });
    }

    /// The board's id.
    #[cfg(feature = "hydrate")]
    pub(super) fn id(self) -> String {
        self.data.with_untracked(|data| data.id.clone())
    }

    /// The board's name in the URL.
    #[must_use]
    pub fn slug(self) -> String {
        self.data.with_untracked(|data| data.slug.clone())
    }

    /// The ids of the cards that fit, in their order.
    #[must_use]
    pub fn cards(self, fits: impl Fn(&CardView) -> bool + Send + Sync + 'static) -> Memo<Vec<u128>> {
        Memo::new(move |_| {
            self.data.with(|data| {
                let cards = data.view.cards.iter();
                cards
                    .filter(|card| fits(card))
                    .map(|card| card.id.0.as_u128())
                    .collect()
            })
        })
    }

    /// The hidden field that makes a form one request, however often it is sent.
    #[must_use]
    pub fn key(self) -> AnyView {
        let key = self.pieces.key();
        changing(move || view! { <input type="hidden" name="key" value=key.get() /> }.into_any()).into_any()
    }

    /// The title, also if staff corrects it meanwhile.
    #[must_use]
    pub fn title(self) -> Piece<String> {
        self.pieces.title()
    }

    /// What the board is about, the same.
    #[must_use]
    pub fn lead(self) -> Piece<String> {
        self.pieces.lead()
    }

    /// What holds on this board beside the rules that hold on all.
    #[must_use]
    pub fn rules(self) -> Piece<String> {
        self.pieces.rules()
    }

    /// The code with which others join, as it is read aloud.
    #[must_use]
    pub fn code(self) -> Piece<String> {
        self.pieces.code()
    }

    /// How long what is written stays, in a sentence.
    #[must_use]
    pub fn stays(self) -> Piece<String> {
        self.pieces.stays()
    }

    /// A card, as it is now.
    #[must_use]
    pub fn card(self, id: u128) -> Piece<Option<CardView>> {
        self.pieces.card(id)
    }

    /// A card is shown once more, though it is the same.
    pub fn card_again(self, number: u32) {
        if let Some(card) = self.numbered(number) {
            self.pieces.again(&card);
        }
    }

    /// What is said about a card or a comment.
    #[must_use]
    pub fn about(self, id: u128) -> Piece<Vec<u128>> {
        self.pieces.about(id)
    }

    /// What was told of a solution by those who tried it.
    #[must_use]
    pub fn told(self, id: u128) -> Piece<Vec<u128>> {
        self.pieces.told(id)
    }

    /// Whether a column takes nothing of this viewer: who moderates is not stopped by that.
    #[must_use]
    pub fn is_closed(self, column: ColumnId) -> bool {
        self.closed.with(|closed| closed.contains(&column.0.as_u128()))
    }

    /// The columns, when there are others or they are called otherwise.
    #[must_use]
    pub fn columns(self) -> Piece<Vec<Column>> {
        self.pieces.columns()
    }

    /// Where a card can be put.
    #[must_use]
    pub fn ends(self) -> Piece<Vec<End>> {
        self.pieces.ends()
    }

    /// The hidden fields that every form of a board has.
    pub fn hidden(self) -> AnyView {
        let on = match self.workbench.get_untracked() {
            Some(number) => format!("{}/{number}", self.page),
            None => self.page.to_owned(),
        };
        let page = (!on.is_empty()).then(|| view! { <input type="hidden" name="on" value=on /> });
        view! { <input type="hidden" name="slug" value=self.slug() />{page} }.into_any()
    }
}

fn closed(data: &BoardData) -> Vec<u128> {
    let columns = data.view.columns.iter();
    let closed = columns.filter(|column| column.locked && !data.me.moderates);
    closed.map(|column| column.id.0.as_u128()).collect()
}
