//! For tests: a mail server that takes its time over a text.

use std::time::Duration;

use lettre::Message;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// So long everything before the text takes at most, also on a busy machine.
pub const UP_TO_THE_TEXT: Duration = Duration::from_secs(2);

/// A mail in which nothing is.
pub fn mail(to: &str) -> Message {
    Message::builder()
        .from("platform@lafast.example".parse().unwrap())
        .to(to.parse().unwrap())
        .body(String::new())
        .unwrap()
}

/// A mail server that takes one mail up to the end of its text, and says of that what it is given to say. If that can come no
/// more, it hangs up. Comes with its URL.
pub async fn undecided() -> (String, oneshot::Sender<&'static str>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let (decides, decided) = oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 sink\r\n").await.unwrap();
        let (mut line, mut in_text) = (String::new(), false);
        while stream.read_line(&mut line).await.unwrap_or(0) > 0 && line.trim_end() != "." {
            let says: &[u8] = match line.trim_end() {
                _ if in_text => b"",
                "DATA" => b"354 go on\r\n",
                _ => b"250 OK\r\n",
            };
            in_text |= says.starts_with(b"354");
            stream.write_all(says).await.unwrap();
            line.clear();
        }
        if let Ok(says) = decided.await {
            stream.write_all(format!("{says}\r\n").as_bytes()).await.unwrap();
            // Until the other side has read it.
            let _ = stream.read_line(&mut line).await;
        }
    });
    (url, decides)
}
