//! The half that runs in the browser: opened, looked after, opened anew.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventSource, MessageEvent, WebSocket};

use super::Shown;
use super::unpack::{can_unpack, unpacked};
use crate::boards::eyes::Eyes;

/// The server says something at least every fifteen seconds.
const SILENCE_MS_MAX: f64 = 40_000.0;
/// A WebSocket that is not open by then is taken for one that never will be.
const OPENING_MS_MAX: f64 = 5_000.0;
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Over so long the devices of a room come back that woke at the same moment: a network is there again, or a break is over.
const WAKING_MS_MAX: f64 = 1_000.0;
/// Waiting before the first new try, and at most; each time it is twice as long.
const PAUSE_MS_MIN: f64 = 500.0;
const PAUSE_MS_MAX: f64 = 20_000.0;

/// A line that has gone on for so long after one on which something could not be read is well again: a server of another build, which
/// is what that is for, says soon enough what cannot be read either.
const MISSED_MS_MAX: f64 = 60_000.0;

type Hearing = Closure<dyn FnMut(MessageEvent)>;
type Ending = Closure<dyn FnMut()>;

/// An open line with what hangs on it.
#[derive(Debug)]
struct Open {
    way: Way,
    /// Called by the browser for as long as the line is open.
    _hearing: Hearing,
    _ending: Ending,
}

#[derive(Debug)]
enum Way {
    Socket(WebSocket),
    Events(EventSource),
}

impl Drop for Open {
    /// What a closed line still has to say is heard by nobody: it cannot end the next one.
    fn drop(&mut self) {
        match &self.way {
            Way::Socket(socket) => {
                socket.set_onmessage(None);
                socket.set_onclose(None);
                drop(socket.close());
            }
            Way::Events(source) => {
                source.set_onmessage(None);
                source.set_onerror(None);
                source.close();
            }
        }
    }
}

/// One that follows a board.
#[derive(Debug)]
pub struct Follower {
    path: String,
    query: String,
    shown: Cell<Option<Shown>>,
    open: RefCell<Option<Open>>,
    heard_at: Cell<f64>,
    /// Whether this line has said anything yet.
    spoke: Cell<bool>,
    /// Tries in a row without a word.
    tries: Cell<i32>,
    /// Whether this network lets no WebSocket through.
    plain: Cell<bool>,
    /// Whether a new try is due already.
    trying: Cell<bool>,
    /// Whether the line is opened anew in a moment because the device woke.
    waking: Cell<bool>,
    ended: Cell<bool>,
    /// Which line it is, so that what an old one still brings is passed over.
    number: Cell<u32>,
    /// The line on which something came first that this build cannot read, and when; until a later one is well again.
    missed: Cell<Option<(u32, f64)>>,
    /// What was heard and is not shown yet, and how much of it there has to be before it is.
    heard: RefCell<VecDeque<String>>,
    needed: Cell<usize>,
}

impl Follower {
    /// Opens the line, or opens it anew. What the device has it is not sent again, unless it has missed something.
    fn reopen(self: &Rc<Self>) {
        self.open_since(true);
    }

    fn open_since(self: &Rc<Self>, has_board: bool) {
        let Some(shown) = self.shown.get().filter(|_| !self.ended.get()) else {
            return;
        };
        drop(self.open.replace(None));
        self.spoke.set(false);
        self.heard_at.set(now());
        self.number.set(self.number.get() + 1);
        self.heard.borrow_mut().clear();
        self.needed.set(0);
        let heard = {
            let follower = Rc::clone(self);
            Hearing::new(move |event: MessageEvent| follower.hear(shown, &event))
        };
        let ended = {
            let follower = Rc::clone(self);
            Ending::new(move || follower.lost(shown))
        };
        let mut query = self.query.clone();
        let mut ask = |word: &str, value: u64| {
            query.push(if query.is_empty() { '?' } else { '&' });
            query.push_str(word);
            query.push_str(&value.to_string());
        };
        if has_board && self.missed.get().is_none() {
            ask("ab=", shown.outbox.sequence());
            if let Some(at) = shown.outbox.changed_at().and_then(|at| u64::try_from(at).ok()) {
                ask("zeit=", at);
            }
        }
        if can_unpack() {
            ask("gepackt=", 1);
        }
        let open = if self.plain.get() {
            self.events(&query, heard, ended)
        } else {
            self.socket(&query, heard, ended)
        };
        if open.is_none() {
            self.plain.set(true);
            shown.broken.set(true);
        }
        drop(self.open.replace(open));
    }

    fn socket(&self, query: &str, heard: Hearing, ended: Ending) -> Option<Open> {
        let origin = window().location().origin().ok()?;
        let socket = WebSocket::new(&format!(
            "{}{}{query}",
            origin.replacen("http", "ws", 1),
            self.path
        ))
        .ok()?;
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(ended.as_ref().unchecked_ref()));
        Some(Open {
            way: Way::Socket(socket),
            _hearing: heard,
            _ending: ended,
        })
    }

    fn events(&self, query: &str, heard: Hearing, ended: Ending) -> Option<Open> {
        let source = EventSource::new(&format!("{}/events{query}", self.path)).ok()?;
        source.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        source.set_onerror(Some(ended.as_ref().unchecked_ref()));
        Some(Open {
            way: Way::Events(source),
            _hearing: heard,
            _ending: ended,
        })
    }

    fn hear(self: &Rc<Self>, shown: Shown, event: &MessageEvent) {
        self.heard_at.set(now());
        self.tries.set(0);
        let first = !self.spoke.replace(true);
        if first {
            // Before its news: by numbers of another history something would seem to have arrived.
            shown.outbox.say_again();
        }
        match event.data().as_string() {
            Some(text) => {
                self.heard.borrow_mut().push_back(text);
                self.show(shown);
            }
            None => self.unpack(shown, event.data()),
        }
        if shown.broken.get_untracked() {
            shown.broken.set(false);
        }
        if first {
            shown.send();
        }
    }

    /// The board, packed as everybody sees it. What this device sees otherwise comes behind it: both are shown at once.
    fn unpack(self: &Rc<Self>, shown: Shown, data: JsValue) {
        let (follower, line) = (Rc::clone(self), self.number.get());
        self.needed.set(usize::MAX);
        wasm_bindgen_futures::spawn_local(async move {
            let text = unpacked(data).await;
            if follower.number.get() != line {
                return;
            }
            match text {
                Some(text) => {
                    follower.heard.borrow_mut().push_front(text);
                    follower.needed.set(2);
                    follower.show(shown);
                }
                None => follower.lost(shown),
            }
        });
    }

    /// Shows what was heard, as soon as there is enough of it.
    fn show(self: &Rc<Self>, shown: Shown) {
        if self.heard.borrow().len() < self.needed.get() {
            return;
        }
        self.needed.set(0);
        let heard = self.heard.take();
        for text in heard {
            match crate::json::read(text.as_bytes()) {
                Ok(news) => {
                    self.forget_missed();
                    shown.hear(news);
                }
                Err(_) => self.miss(shown),
            }
        }
    }

    /// This build cannot read what the server says. The next news would hide that something is missing: so the whole board is
    /// fetched, once. Who cannot read that either, or soon misses something again, needs the new build.
    fn miss(self: &Rc<Self>, shown: Shown) {
        match self.missed.get() {
            None => {
                self.missed.set(Some((self.number.get(), now())));
                self.try_later();
            }
            Some((line, _)) if line == self.number.get() => {}
            Some(_) => shown.outdated.set(true),
        }
    }

    /// The line has made good what was missed, and is well: what is missed from now on is fetched anew.
    fn forget_missed(&self) {
        let is_over = |(line, at)| line != self.number.get() && now() - at > MISSED_MS_MAX;
        if self.missed.get().is_some_and(is_over) {
            self.missed.set(None);
        }
    }

    /// The line is gone. One that never spoke was perhaps stopped by the network.
    fn lost(self: &Rc<Self>, shown: Shown) {
        shown.broken.set(true);
        shown.outbox.say_again();
        if !self.spoke.get() && !self.plain.get() && self.tries.get() > 0 {
            self.plain.set(true);
        }
        self.try_later();
    }

    /// Opens the line anew after a pause that is another one on each device: two hundred phones do not come back
    /// at the same moment.
    fn try_later(self: &Rc<Self>) {
        if self.trying.replace(true) {
            return;
        }
        let pause = (PAUSE_MS_MIN * f64::from(self.tries.get()).exp2()).min(PAUSE_MS_MAX);
        self.tries.set(self.tries.get() + 1);
        let follower = Rc::clone(self);
        let again = move || {
            follower.trying.set(false);
            follower.reopen();
        };
        // Without a timer the line is looked after by the watch.
        drop(set_timeout(again, some_of(pause)));
    }

    /// Opens the line anew because the device woke, sometime within a moment: also if a new try is due only later. What comes
    /// together, a page that is shown and a network that is back, is one waking.
    fn wake(self: &Rc<Self>) {
        if self.waking.replace(true) {
            return;
        }
        let (follower, line) = (Rc::clone(self), self.number.get());
        let again = move || {
            follower.waking.set(false);
            // Unless that has happened meanwhile.
            if follower.number.get() == line {
                follower.reopen();
            }
        };
        let pause = web_sys::js_sys::Math::random() * WAKING_MS_MAX;
        if set_timeout(again, Duration::from_secs_f64(pause / 1_000.0)).is_err() {
            self.waking.set(false);
            self.reopen();
        }
    }

    /// Looks whether the line is what it should be.
    fn look(self: &Rc<Self>) {
        let silent = now() - self.heard_at.get();
        let opening = !self.spoke.get() && !self.plain.get();
        if silent > if opening { OPENING_MS_MAX } else { SILENCE_MS_MAX } {
            if opening {
                self.plain.set(true);
            }
            if let Some(shown) = self.shown.get() {
                shown.broken.set(true);
            }
            self.wake();
        }
    }
}

fn now() -> f64 {
    web_sys::js_sys::Date::now()
}

/// Between half of it and all of it.
fn some_of(milliseconds: f64) -> Duration {
    let share = 0.5 + web_sys::js_sys::Math::random() / 2.0;
    Duration::from_secs_f64(milliseconds * share / 1_000.0)
}

/// The line of a page, for as long as the page is shown.
pub type Kept = StoredValue<Rc<Follower>, LocalStorage>;

pub fn open(line: Kept, shown: Shown, has_board: bool) {
    line.with_value(|follower| {
        follower.shown.set(Some(shown));
        follower.open_since(has_board);
    });
}

pub fn send(line: Kept, message: &str) -> bool {
    line.with_value(
        |follower| match follower.open.borrow().as_ref().map(|open| &open.way) {
            Some(Way::Socket(socket)) if socket.ready_state() == WebSocket::OPEN => {
                socket.send_with_str(message).is_ok()
            }
            _ => false,
        },
    )
}

pub fn send_later(line: Kept, shown: Shown, seconds: u32) {
    let ended = line.with_value(Rc::clone);
    let pause = some_of(f64::from(seconds) * 1_000.0 + PAUSE_MS_MIN * 4.0);
    let again = move || {
        if !ended.ended.get() {
            shown.send();
        }
    };
    // Without a timer it is sent with the next line.
    drop(set_timeout(again, pause));
}

pub fn line(id: &str, eyes: Eyes) -> Kept {
    let follower = Rc::new(Follower {
        path: format!("/live/boards/{id}"),
        query: match eyes {
            Eyes::Own => String::new(),
            Eyes::Participant | Eyes::Everybody => format!("?als={}", eyes.word()),
        },
        shown: Cell::new(None),
        open: RefCell::new(None),
        heard_at: Cell::new(now()),
        spoke: Cell::new(false),
        tries: Cell::new(0),
        plain: Cell::new(false),
        trying: Cell::new(false),
        waking: Cell::new(false),
        ended: Cell::new(false),
        number: Cell::new(0),
        missed: Cell::new(None),
        heard: RefCell::default(),
        needed: Cell::new(0),
    });
    let again = {
        let follower = Rc::clone(&follower);
        Rc::new(move || {
            if document().visibility_state() == web_sys::VisibilityState::Visible {
                follower.wake();
            }
        })
    };
    let listeners = ["visibilitychange", "pageshow", "online"].map(|event| {
        let again = Rc::clone(&again);
        window_event_listener_untyped(event, move |_| again())
    });
    let watch = {
        let follower = Rc::clone(&follower);
        set_interval(move || follower.look(), LOOK_EVERY)
    };
    let kept = StoredValue::new_local(follower);
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
        if let Ok(watch) = watch {
            watch.clear();
        }
        kept.with_value(|follower| {
            follower.ended.set(true);
            drop(follower.open.replace(None));
        });
    });
    kept
}
