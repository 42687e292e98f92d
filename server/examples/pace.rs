//! P3's second half: asks for a page at a fixed rate and prints the 99th percentile in milliseconds, counted from
//! when a request was due, so that one that had to wait for its turn counts as slow.
//!
//! `cargo run --release -p lafast --example pace HOST:PORT PATH REQUESTS_PER_SECOND`
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt, Error, ErrorKind};
use tokio::net::TcpStream;

const CONNECTIONS: u32 = 32;
const SECONDS: u32 = 6;

/// Reads one answer with a known length; the bytes after it belong to nobody.
async fn ask(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> std::io::Result<()> {
    stream.write_all(request).await?;
    buffer.clear();
    let mut end = None;
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        if end.is_none()
            && let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n")
        {
            let head = String::from_utf8_lossy(&buffer[..at]).to_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
            if !head.starts_with("http/1.1 200") {
                return Err(Error::other(head));
            }
            end = length.map(|length| at + 4 + length);
        }
        if end.is_some_and(|end| buffer.len() >= end) {
            return Ok(());
        }
    }
}

/// One connection's share: every `every`, beginning `offset` after the start.
async fn share(
    addr: String,
    request: Vec<u8>,
    every: Duration,
    first: Instant,
) -> std::io::Result<Vec<Duration>> {
    let mut stream = TcpStream::connect(addr).await?;
    stream.set_nodelay(true)?;
    let (mut buffer, mut times) = (Vec::new(), Vec::new());
    let mut due = first;
    let end = first + Duration::from_secs(SECONDS.into());
    while due < end {
        tokio::time::sleep_until(due.into()).await;
        ask(&mut stream, &request, &mut buffer).await?;
        times.push(due.elapsed());
        due += every;
    }
    Ok(times)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [addr, path, rate] = arguments.as_slice() else {
        return Err(Error::other("wants HOST:PORT PATH REQUESTS_PER_SECOND"));
    };
    let rate: f64 = rate.parse().map_err(Error::other)?;
    let every = Duration::from_secs_f64(f64::from(CONNECTIONS) / rate);
    let request = format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nAccept: text/html\r\n\r\n").into_bytes();
    let start = Instant::now() + Duration::from_millis(100);
    let shares: Vec<_> = (0..CONNECTIONS)
        .map(|number| {
            let first = start + every * number / CONNECTIONS;
            tokio::spawn(share(addr.clone(), request.clone(), every, first))
        })
        .collect();
    let mut times = Vec::new();
    for share in shares {
        times.extend(share.await??);
    }
    times.sort_unstable();
    let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or_default();
    println!("{:.1}", p99.as_secs_f64() * 1_000.0);
    Ok(())
}
