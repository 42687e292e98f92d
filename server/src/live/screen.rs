//! The screen of one that follows: what it may show, what it was sent last, and how something new gets there.
//!
//! While a screen rests, everything it was sent has gone out, and the room writes to its connection what is the same for
//! all ([`Screen::tell`]): nobody's task wakes for it. Whom it is not the same for, whose line is saying something else,
//! who is slow or follows by server-sent events is woken instead, and says it itself ([`Screen::next`]).

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use domain::board::{Audience, Board, Change, News, Touched, votes_left};
use tokio::sync::Notify;

use super::follower::Said;
use super::room::{Room, State, locked};
use crate::listener::stream::{Handed, Outgoing};

/// The screen of one that follows.
#[derive(Debug)]
pub struct Screen {
    /// What it may show.
    pub audience: Audience,
    outgoing: Option<Outgoing>,
    shows: Mutex<Shows>,
    /// Its line has to ask what it may show.
    asked: AtomicBool,
    woken: Notify,
}

#[derive(Debug, Default)]
struct Shows {
    /// The board of which it was sent its view last; nothing before the first word.
    board: Option<Arc<Board>>,
    /// Votes that it has left on that.
    votes_left: Option<u32>,
    /// Its line says nothing, and waits.
    rests: bool,
    /// What was written last has not gone out as a whole.
    slow: bool,
}

impl Screen {
    /// A screen that was sent nothing yet, and where the room may write to it.
    #[must_use]
    pub fn new(audience: Audience, outgoing: Option<Outgoing>) -> Self {
        Self {
            audience,
            outgoing,
            shows: Mutex::default(),
            asked: AtomicBool::new(false),
            woken: Notify::new(),
        }
    }

    /// The same screen for who may see something else. This one is told nothing any more.
    #[must_use]
    pub fn anew(&self, audience: Audience) -> Self {
        // From here on the room writes nothing to the connection that was for others.
        self.lock().board = None;
        Self::new(audience, self.outgoing.clone())
    }

    /// Its line asks what it may show, at once.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::Release);
        self.wake();
    }

    /// Whether its line was told to ask, since it was last looked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.asked.swap(false, Ordering::AcqRel)
    }

    /// The room shows something new.
    pub fn tell(&self, state: &State) {
        let mut shows = self.lock();
        let Some(before) = &shows.board else { return };
        if before.sequence >= state.board.sequence {
            return;
        }
        let (true, Some(outgoing), Some(shared)) = (
            shows.rests,
            &self.outgoing,
            state.shared_for(self.audience, before),
        ) else {
            drop(shows);
            return self.wake();
        };
        let written = shared.written(state, self.audience, shows.votes_left);
        shows.board = Some(Arc::clone(&state.board));
        if let Some(written) = written
            && outgoing.write(&written.frame) == Handed::Waits
        {
            shows.rests = false;
            shows.slow = true;
            drop(shows);
            self.wake();
        }
    }

    /// Its line looks what there is to say, at once.
    pub fn wake(&self) {
        self.woken.notify_one();
    }

    /// Waits until there may be something to say.
    pub async fn woken(&self) {
        self.woken.notified().await;
    }

    /// It is sent its view of this board as the first word.
    pub fn begin(&self, board: &Arc<Board>) {
        let mut shows = self.lock();
        shows.votes_left = votes_left(board, self.audience);
        shows.board = Some(Arc::clone(board));
    }

    /// Whether it was sent its first word.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.lock().board.is_some()
    }

    /// What its line has to say now. Nothing, if it is up to date: from then on it rests.
    #[must_use]
    pub fn next(&self, room: &Room) -> Option<Said> {
        loop {
            let (before, left, state) = {
                let mut shows = self.lock();
                // Read while nobody is told: what comes later finds a screen that rests.
                let state = room.newest();
                let is_slow = std::mem::take(&mut shows.slow);
                let before = shows.board.clone()?;
                shows.rests = !is_slow && before.sequence >= state.board.sequence;
                if is_slow {
                    return Some(Said::Rest);
                }
                if shows.rests {
                    return None;
                }
                (before, shows.votes_left, state)
            };
            let (said, left) = self.news(&before, left, &state);
            let mut shows = self.lock();
            shows.board = Some(Arc::clone(&state.board));
            shows.votes_left = left;
            drop(shows);
            if said.is_some() {
                return said;
            }
        }
    }

    /// What is new, and the votes that are left then. What is new for others only is not news here, not even that there
    /// was something.
    fn news(&self, before: &Board, left: Option<u32>, state: &State) -> (Option<Said>, Option<u32>) {
        if let Some(shared) = state.shared_for(self.audience, before) {
            let written = shared.written(state, self.audience, left);
            return (written.map(|written| Said::Written(written.text)), left);
        }
        let touched = if state.follows(before) {
            &state.touched
        } else {
            &Touched::All
        };
        match Change::of(before, &state.board, self.audience, touched) {
            Some(change) => {
                let left = change.votes_left;
                (Some(Said::News(News::Change(change))), left)
            }
            None => (None, left),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shows> {
        locked(&self.shows)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::board::{Anonymity, CardKind, Column, Event, Level, Record, Settings, Standing, apply};
    use domain::ids::{CardId, ColumnId, MemberId};
    use domain::time::Instant;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use uuid::Uuid;

    use super::*;
    use crate::listener::stream::Stream;

    const COLUMN: ColumnId = ColumnId(Uuid::nil());

    /// A room with one screen, and the other end of its connection.
    struct Scene {
        room: Arc<Room>,
        screen: Arc<Screen>,
        stream: Stream,
        other: TcpStream,
    }

    impl Scene {
        async fn new(audience: Audience) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let other = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let stream = Stream::new(listener.accept().await.unwrap().0);
            stream.outgoing().begin_frames();
            let settings = Settings::new(Level::Off, Anonymity::Anonymous, 3);
            let columns = vec![Column::new(COLUMN, "Was fehlt?".into())];
            let board = Arc::new(Board::new(settings, columns));
            let state = State::new(Arc::clone(&board), Arc::clone(&board), Touched::All);
            let room = Arc::new(Room::new(state));
            let following = room.enter(Screen::new(audience, Some(stream.outgoing())));
            let screen = Arc::clone(&following.screen);
            screen.begin(&board);
            // It stays in the room for as long as the test.
            std::mem::forget(following);
            Self {
                room,
                screen,
                stream,
                other,
            }
        }

        /// Somebody else writes a card with this text.
        fn write(&self, text: &str) {
            let before = Arc::clone(&self.room.newest().board);
            let mut board = Board::clone(&before);
            let sequence = before.sequence + 1;
            let card = CardId(Uuid::from_u128(sequence.into()));
            let event = Event::Written {
                card,
                number: u32::try_from(sequence).unwrap(),
                column: COLUMN,
                place: sequence.to_string(),
                kind: CardKind::Topic,
                text: text.into(),
                standing: Standing::Published,
                origin: None,
                by_moderation: false,
            };
            let record = Record {
                sequence,
                member: MemberId(Uuid::max()),
                at: Instant(0),
                event,
            };
            apply(&mut board, &record);
            let touched = Touched::Cards(BTreeSet::from([card]));
            self.room.show(State::new(Arc::new(board), before, touched));
        }

        /// What its line is given to say.
        fn says(&self) -> String {
            match self.screen.next(&self.room) {
                Some(Said::Written(text)) => text.to_string(),
                Some(Said::News(news)) => serde_json::to_string(&news).unwrap(),
                other => panic!("{other:?}"),
            }
        }

        fn rests(&self) -> bool {
            self.screen.next(&self.room).is_none()
        }

        /// What the room has written to the connection.
        async fn hears(&mut self) -> String {
            let mut header = [0; 2];
            self.other.read_exact(&mut header).await.unwrap();
            assert_eq!(header, [0x81, 126], "a text of 126 bytes and more");
            let length = self.other.read_u16().await.unwrap();
            let mut text = vec![0; length.into()];
            self.other.read_exact(&mut text).await.unwrap();
            String::from_utf8(text).unwrap()
        }

        fn hears_nothing(&self) -> bool {
            self.other.try_read(&mut [0]).is_err()
        }
    }

    #[tokio::test]
    async fn a_screen_that_rests_is_written_to() {
        let mut scene = Scene::new(Audience::Everybody).await;
        assert!(scene.rests());
        scene.write("Eins");
        scene.write("Zwei");
        assert!(scene.hears().await.contains("Eins"));
        assert!(scene.hears().await.contains("Zwei"));
        assert!(scene.rests(), "it was told that already");
    }

    #[tokio::test]
    async fn what_its_line_is_saying_goes_out_first() {
        let mut scene = Scene::new(Audience::Everybody).await;
        assert!(scene.rests());
        scene.screen.lock().rests = false;
        scene.write("Eins");
        // Its line has this and has not sent it yet, when the next is there.
        assert!(scene.says().contains("Eins"));
        scene.write("Zwei");
        assert!(scene.hears_nothing());
        assert!(scene.says().contains("Zwei"));
        assert!(scene.rests());
        scene.write("Drei");
        assert!(scene.hears().await.contains("Drei"));
    }

    #[tokio::test]
    async fn whom_it_is_not_the_same_for_says_it_itself() {
        for audience in [
            Audience::Moderator(None),
            // The author of the card.
            Audience::Member(MemberId(Uuid::max())),
        ] {
            let scene = Scene::new(audience).await;
            assert!(scene.rests());
            scene.write("Eins");
            assert!(scene.hears_nothing());
            assert!(scene.says().contains("Eins"));
        }
    }

    #[tokio::test]
    async fn who_is_slow_gets_the_newest_state_when_the_rest_has_gone_out() {
        let mut scene = Scene::new(Audience::Everybody).await;
        let long = "a".repeat(20_000);
        assert!(scene.rests());
        let mut written = 0;
        while !scene.screen.lock().slow {
            scene.write(&long);
            written += 1;
        }
        scene.write("Zuletzt");
        assert!(matches!(scene.screen.next(&scene.room), Some(Said::Rest)));
        let Scene { stream, other, .. } = &mut scene;
        let all = async { other.take(written * 20_000).read_to_end(&mut Vec::new()).await };
        let (flushed, read) = tokio::join!(stream.flush(), all);
        flushed.unwrap();
        read.unwrap();
        assert!(scene.says().contains("Zuletzt"));
        assert!(scene.rests());
    }

    #[tokio::test]
    async fn a_screen_that_was_made_anew_is_told_nothing_of_what_it_showed_before() {
        let mut scene = Scene::new(Audience::Everybody).await;
        assert!(scene.rests());
        scene.write("Eins");
        assert!(scene.hears().await.contains("Eins"));
        let anew = scene.screen.anew(Audience::Moderator(None));
        assert!(!anew.has_begun(), "its first word is the whole board");
        scene.write("Zwei");
        assert!(scene.hears_nothing());
    }

    #[tokio::test]
    async fn who_has_not_begun_is_told_nothing() {
        let scene = Scene::new(Audience::Everybody).await;
        scene.screen.lock().board = None;
        scene.write("Eins");
        assert!(scene.hears_nothing());
    }
}
