//! A line to a live board: a WebSocket (RFC 6455) as far as a test needs one.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// What a test waits for comes sooner, or not at all; the server asks for rights once in fifteen seconds.
const WAITS_AT_MOST: Duration = Duration::from_secs(30);
const TEXT: u8 = 0x81;
const PING: u8 = 0x89;
const CLOSE: u8 = 0x88;

/// What stands before a frame of a device: its kind, so many bytes, and a mask of zeros, which changes nothing.
pub fn head(kind: u8, bytes: usize) -> Vec<u8> {
    let mut head = vec![kind, 0x80 | 127];
    head.extend(u64::try_from(bytes).unwrap().to_be_bytes());
    head.extend([0; 4]);
    head
}

/// A line, from the side of a device.
pub struct Line(BufReader<TcpStream>);

impl Line {
    /// Opens a line with these cookies.
    pub async fn open(origin: &str, path: &str, cookies: &str) -> Self {
        Self::open_through(origin, path, cookies, "").await
    }

    /// The same, with what a proxy adds to the request: whole lines.
    pub async fn open_through(origin: &str, path: &str, cookies: &str, proxy: &str) -> Self {
        let host = origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).await.unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\ncookie: {cookies}\r\n{proxy}connection: upgrade\r\n\
             upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        assert!(
            head.starts_with(b"HTTP/1.1 101"),
            "{}",
            String::from_utf8_lossy(&head)
        );
        Self(BufReader::new(stream))
    }

    /// Says something.
    pub async fn say(&mut self, text: &str) {
        let mut frame = head(TEXT, text.len());
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).await.unwrap();
    }

    /// Sends bytes as they are. False if the other end takes nothing any more.
    pub async fn takes(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// The code with which the server ends the line (RFC 6455, section 7.4), whatever it says before.
    pub async fn ends_with(&mut self) -> u16 {
        let ends = async {
            loop {
                if let (CLOSE, said) = self.frame().await {
                    return u16::from_be_bytes([said[0], said[1]]);
                }
            }
        };
        let ended = tokio::time::timeout(WAITS_AT_MOST, ends).await;
        ended.unwrap_or_else(|_| panic!("the line goes on"))
    }

    /// The next news that begins with this word, as JSON.
    pub async fn hears(&mut self, word: &str) -> serde_json::Value {
        let hears = async {
            loop {
                let news: serde_json::Value = serde_json::from_str(&self.text().await).unwrap();
                if let Some(news) = news.get(word) {
                    return news.clone();
                }
            }
        };
        let heard = tokio::time::timeout(WAITS_AT_MOST, hears).await;
        heard.unwrap_or_else(|_| panic!("no {word} came"))
    }

    /// The next news, as JSON.
    pub async fn news(&mut self) -> serde_json::Value {
        let text = tokio::time::timeout(WAITS_AT_MOST, self.text()).await;
        serde_json::from_str(&text.unwrap_or_else(|_| panic!("nothing came"))).unwrap()
    }

    async fn text(&mut self) -> String {
        loop {
            let (kind, bytes) = self.frame().await;
            match kind {
                TEXT => return String::from_utf8(bytes).unwrap(),
                // Who waits for the clock answers that it is there.
                PING => self.0.write_all(&[0x8a, 0x80, 0, 0, 0, 0]).await.unwrap(),
                other => panic!("a frame {other:#x}: {}", String::from_utf8_lossy(&bytes)),
            }
        }
    }

    async fn frame(&mut self) -> (u8, Vec<u8>) {
        let kind = self.0.read_u8().await.unwrap();
        let length = match self.0.read_u8().await.unwrap() {
            126 => self.0.read_u16().await.unwrap().into(),
            127 => self.0.read_u64().await.unwrap(),
            short => short.into(),
        };
        let mut bytes = vec![0; usize::try_from(length).unwrap()];
        self.0.read_exact(&mut bytes).await.unwrap();
        (kind, bytes)
    }
}
