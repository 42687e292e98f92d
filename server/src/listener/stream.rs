//! The stream of one connection. What is written once for two hundred devices goes to each of them from one place
//! ([`Outgoing`]), without waking the task of each: most of what a live board costs would be that.

use std::collections::VecDeque;
use std::fmt;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// A connection as the HTTP side reads and writes it.
#[derive(Debug)]
pub struct Stream {
    reads: OwnedReadHalf,
    writes: Outgoing,
}

/// Where a connection can be written to from outside. Copies write to the same connection.
#[derive(Clone)]
pub struct Outgoing(Arc<Mutex<Writes>>);

struct Writes {
    half: OwnedWriteHalf,
    /// Whether what is written are whole frames, which nothing may come between.
    frames: bool,
    /// The rest of frames that the system did not take at once. Goes out before anything else.
    waiting: VecDeque<u8>,
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// The system has it.
    Over,
    /// It goes out when the stream is flushed: the other end is slow, or gone.
    Waits,
}

impl Stream {
    /// Takes over a connection.
    #[must_use]
    pub fn new(stream: TcpStream) -> Self {
        let (reads, half) = stream.into_split();
        let writes = Writes {
            half,
            frames: false,
            waiting: VecDeque::new(),
        };
        Self {
            reads,
            writes: Outgoing(Arc::new(Mutex::new(writes))),
        }
    }

    /// Where it can be written to from outside.
    #[must_use]
    pub fn outgoing(&self) -> Outgoing {
        self.writes.clone()
    }
}

impl Outgoing {
    /// From now on only whole frames are written, each in one call (RFC 6455, section 5): what the system does not take of
    /// one at once is kept, so that nothing comes between.
    pub fn begin_frames(&self) {
        self.lock().frames = true;
    }

    /// Writes a whole frame. Who has called [`Outgoing::begin_frames`] may do so at any time.
    #[must_use]
    pub fn write(&self, frame: &[u8]) -> Handed {
        let mut writes = self.lock();
        let mut rest = frame;
        if writes.waiting.is_empty() {
            // An error is told to whoever flushes.
            let taken = writes.half.try_write(frame).unwrap_or(0);
            rest = &frame[taken..];
        }
        if rest.is_empty() {
            return Handed::Over;
        }
        writes.waiting.extend(rest);
        Handed::Waits
    }

    fn lock(&self) -> MutexGuard<'_, Writes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Outgoing").finish_non_exhaustive()
    }
}

impl Writes {
    fn poll_waiting(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.waiting.is_empty() {
            let (next, _) = self.waiting.as_slices();
            let taken = ready!(Pin::new(&mut self.half).poll_write(cx, next))?;
            if taken == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            drop(self.waiting.drain(..taken));
        }
        // Ten thousand lines that once were slow do not keep room for it.
        if self.waiting.capacity() > 0 {
            self.waiting = VecDeque::new();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncRead for Stream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().reads).poll_read(cx, into)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut writes = self.writes.lock();
        ready!(writes.poll_waiting(cx))?;
        let taken = ready!(Pin::new(&mut writes.half).poll_write(cx, bytes))?;
        if !writes.frames {
            return Poll::Ready(Ok(taken));
        }
        writes.waiting.extend(&bytes[taken..]);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let mut writes = self.writes.lock();
        if !writes.frames {
            return Pin::new(&mut writes.half).poll_write_vectored(cx, parts);
        }
        drop(writes);
        let part = parts.iter().find(|part| !part.is_empty());
        self.poll_write(cx, part.map_or(&[], |part| part))
    }

    fn is_write_vectored(&self) -> bool {
        self.writes.lock().half.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writes.lock().poll_waiting(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut writes = self.writes.lock();
        ready!(writes.poll_waiting(cx))?;
        Pin::new(&mut writes.half).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A size of which no room of the system is a multiple.
    const FRAME_BYTES: usize = 39_989;
    /// More than the system takes at once.
    const COUNT: u8 = 200;
    const OUTSIDE: u8 = 201;
    const BEGINS: u8 = 255;

    async fn pair() -> (Stream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let other = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        (Stream::new(stream), other)
    }

    /// A frame whose every byte tells where it belongs.
    fn frame(number: u8) -> Vec<u8> {
        let mut frame = vec![number; FRAME_BYTES];
        frame[0] = BEGINS;
        frame
    }

    /// The numbers of the frames that arrived. Nothing if one is torn.
    fn frames(arrived: &[u8]) -> Option<Vec<u8>> {
        let whole = |frame: &[u8]| {
            let is_whole = frame.len() == FRAME_BYTES && frame[0] == BEGINS;
            (is_whole && frame[1..].iter().all(|byte| *byte == frame[1])).then(|| frame[1])
        };
        arrived.chunks(FRAME_BYTES).map(whole).collect()
    }

    /// The connection writes more than the other end reads, then another place does. All that arrives.
    async fn both_write(frames: bool) -> Vec<u8> {
        let (mut stream, mut other) = pair().await;
        let outgoing = stream.outgoing();
        if frames {
            outgoing.begin_frames();
        }
        for number in 0..COUNT {
            let is_taken = poll_fn(|cx| {
                let taken = Pin::new(&mut stream).poll_write(cx, &frame(number));
                Poll::Ready(matches!(taken, Poll::Ready(Ok(FRAME_BYTES))))
            })
            .await;
            if !is_taken {
                break;
            }
        }
        assert_eq!(outgoing.write(&frame(OUTSIDE)), Handed::Waits);
        let writing = tokio::spawn(async move {
            stream.flush().await.unwrap();
            stream.shutdown().await.unwrap();
        });
        let mut all = Vec::new();
        other.read_to_end(&mut all).await.unwrap();
        writing.await.unwrap();
        all
    }

    #[tokio::test]
    async fn frames_of_both_sides_stay_whole() {
        let arrived = frames(&both_write(true).await).expect("a frame is torn");
        let (last, before) = arrived.split_last().unwrap();
        assert_eq!(*last, OUTSIDE);
        assert!(before.iter().copied().eq(0..u8::try_from(before.len()).unwrap()));
    }

    #[tokio::test]
    async fn without_whole_frames_they_are_torn() {
        assert_eq!(frames(&both_write(false).await), None);
    }

    #[tokio::test]
    async fn a_slow_end_is_sent_the_rest_first() {
        let (mut stream, mut other) = pair().await;
        let outgoing = stream.outgoing();
        outgoing.begin_frames();
        let last = (0..COUNT)
            .find(|number| outgoing.write(&frame(*number)) == Handed::Waits)
            .expect("the system took all");
        let reading = tokio::spawn(async move {
            let mut all = Vec::new();
            other.read_to_end(&mut all).await.unwrap();
            frames(&all)
        });
        stream.write_all(&frame(last + 1)).await.unwrap();
        stream.shutdown().await.unwrap();
        assert_eq!(reading.await.unwrap(), Some((0..=last + 1).collect()));
    }

    #[tokio::test]
    async fn who_is_gone_is_noticed_when_it_is_flushed() {
        let (mut stream, other) = pair().await;
        let outgoing = stream.outgoing();
        outgoing.begin_frames();
        drop(other);
        while outgoing.write(&frame(1)) == Handed::Over {}
        assert!(stream.flush().await.is_err());
    }
}
