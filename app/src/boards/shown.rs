//! A board as its page shows it, and what changes of it meanwhile.

use domain::board::{Anonymity, CardView, Level, Phase};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

use super::actions::load_board;
use super::dto::{BoardData, Me};
use super::live::line;
use crate::form_reply::{Answers, FormReply, use_kept_reply};
use crate::loading::load;
use crate::ui::found::found;

/// A page of the board that the address names: finds it, and shows it.
pub fn page(title: &'static str, show: fn(BoardData, FormReply) -> AnyView) -> AnyView {
    let kept = use_kept_reply();
    let params = use_params_map();
    let slug = move || params.read().get("slug").unwrap_or_default();
    let data = load(slug, load_board);
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let kept = kept.await;
                found(title, data.await, |data| show(data, kept))
            })}
        </Suspense>
    }
    .into_any()
}

/// What the parts of a page share.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// The board, and who looks.
    pub data: RwSignal<BoardData>,
    /// What holds for the whole board.
    pub frame: Memo<Frame>,
    /// Whether the line to the server is broken: then what is on the screen can be old.
    pub broken: RwSignal<bool>,
    /// What the buttons were answered.
    pub deeds: Answers,
    /// Where their answers go: `moderation`, or nothing.
    pub page: &'static str,
}

/// What holds for the whole board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Who looks.
    pub me: Me,
    /// Which cards wait.
    pub level: Level,
    /// Where the work stands.
    pub phase: Phase,
    /// How much authors show of themselves.
    pub anonymity: Anonymity,
    /// Whether votes are hidden.
    pub votes_hidden: bool,
    /// Whether nothing can be written.
    pub frozen: bool,
    /// How many people have joined.
    pub members: u32,
    /// Votes that the viewer has left.
    pub votes_left: Option<u32>,
}

impl Frame {
    fn of(data: &BoardData) -> Self {
        let settings = &data.view.settings;
        Self {
            me: data.me,
            level: settings.level,
            phase: settings.phase,
            anonymity: settings.anonymity,
            votes_hidden: settings.votes_hidden,
            frozen: settings.frozen_at.is_some(),
            members: u32::try_from(data.view.members).unwrap_or(u32::MAX),
            votes_left: data.view.votes_left,
        }
    }

    /// Whether the viewer may write, or could after joining.
    #[must_use]
    pub fn is_open(self) -> bool {
        !self.me.removed && (!self.frozen || self.me.moderates)
    }

    /// Whether the viewer may write.
    #[must_use]
    pub fn may_write(self) -> bool {
        self.me.joined && self.is_open()
    }
}

impl Shown {
    /// Shows a board, and follows it.
    #[must_use]
    pub fn new(data: BoardData, page: &'static str) -> Self {
        let id = data.id.clone();
        let data = RwSignal::new(data);
        let shown = Self {
            data,
            frame: Memo::new(move |_| data.with(Frame::of)),
            broken: RwSignal::new(false),
            deeds: Answers::overlapping(),
            page,
        };
        // Who has joined or moderates sees more: the line is opened anew.
        let line = line(&id, shown.data, shown.broken);
        Effect::new(move |last: Option<Me>| {
            let me = shown.frame.get().me;
            if last != Some(me) {
                line.open();
            }
            me
        });
        shown.look_again_after(shown.deeds);
        shown
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
        let slug = self.slug();
        spawn_local(async move {
            // Without an answer what is on the screen stays; the line brings what is new.
            if let Ok(Some(new)) = load_board(slug).await {
                self.data.update(|data| {
                    data.me = new.me;
                    data.key = new.key;
                    if data.view.sequence <= new.view.sequence {
                        data.view = new.view;
                    }
                });
            }
        });
    }

    /// The board's name in the URL.
    #[must_use]
    pub fn slug(self) -> String {
        self.data.with_untracked(|data| data.slug.clone())
    }

    /// The ids of the cards that fit, in their order.
    pub fn cards(self, fits: impl Fn(&CardView) -> bool) -> Vec<u128> {
        self.data.with(|data| {
            let cards = data.view.cards.iter();
            cards
                .filter(|card| fits(card))
                .map(|card| card.id.0.as_u128())
                .collect()
        })
    }

    /// A card, as it is now. One that is gone stays as it was until its place is gone, too.
    #[must_use]
    pub fn card(self, id: u128) -> Memo<Option<CardView>> {
        Memo::new(move |last: Option<&Option<CardView>>| {
            let find = |data: &BoardData| {
                data.view
                    .cards
                    .iter()
                    .find(|card| card.id.0.as_u128() == id)
                    .cloned()
            };
            self.data.with(find).or_else(|| last.cloned().flatten())
        })
    }

    /// The hidden fields that every form of a board has.
    pub fn hidden(self) -> AnyView {
        let page =
            (!self.page.is_empty()).then(|| view! { <input type="hidden" name="on" value=self.page /> });
        view! { <input type="hidden" name="slug" value=self.slug() />{page} }.into_any()
    }
}
