//! A line to a live board: a WebSocket (RFC 6455) as far as a test needs one.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// What a test waits for comes sooner, or not at all; the server asks for rights once in fifteen seconds.
const WAITS_AT_MOST: Duration = Duration::from_secs(30);
const TEXT: u8 = 0x81;
const PING: u8 = 0x89;

/// A line, from the side of a device.
pub struct Line(BufReader<TcpStream>);

impl Line {
    /// Opens a line with these cookies.
    pub async fn open(origin: &str, path: &str, cookies: &str) -> Self {
        let host = origin.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(host).await.unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\ncookie: {cookies}\r\nconnection: upgrade\r\n\
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
        // A mask of zeros changes nothing.
        let mut frame = vec![TEXT, 0x80 | 126];
        frame.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).await.unwrap();
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
            let kind = self.0.read_u8().await.unwrap();
            let length = match self.0.read_u8().await.unwrap() {
                126 => self.0.read_u16().await.unwrap().into(),
                127 => self.0.read_u64().await.unwrap(),
                short => short.into(),
            };
            let mut bytes = vec![0; usize::try_from(length).unwrap()];
            self.0.read_exact(&mut bytes).await.unwrap();
            match kind {
                TEXT => return String::from_utf8(bytes).unwrap(),
                // Who waits for the clock answers that it is there.
                PING => self.0.write_all(&[0x8a, 0x80, 0, 0, 0, 0]).await.unwrap(),
                other => panic!("a frame {other:#x}: {}", String::from_utf8_lossy(&bytes)),
            }
        }
    }
}
