//! What the log of a running server says about requests, and what not.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::Process;

/// Asks over a connection of its own, and waits for the whole answer.
fn asks(server: &Process, head: &str, body: &str) {
    let host = server.origin.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    write!(
        stream,
        "{head} HTTP/1.1\r\nhost: {host}\r\norigin: {}\r\naccept: text/html\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}",
        server.origin
    )
    .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(
        answer.starts_with(b"HTTP/1.1 "),
        "{}",
        String::from_utf8_lossy(&answer)
    );
}

/// What a server logs of a visit with a link, a form with an address, and a path that does not exist.
fn logged(format: &str) -> Vec<String> {
    let server = Process::start_logging(format);
    asks(
        &server,
        "GET /anmeldung/geheimerlink123?email=anna%40example.org",
        "",
    );
    let form = "email=anna%40example.org&code=AAAA2222&next=";
    asks(&server, "POST /api/account-redeem-code", form);
    asks(&server, "GET /geheimerlink123/anna@example.org", "");
    asks(&server, "GET /healthz", "");
    server.log_until("/healthz")
}

fn names_nobody(lines: &[String]) {
    for line in lines {
        let line = line.to_lowercase();
        for word in ["geheimerlink", "anna", "example.org", "aaaa2222"] {
            assert!(!line.contains(word), "{word}: {line}");
        }
    }
}

#[test]
fn a_readable_line_tells_of_a_request_without_whom_it_is_about() {
    let lines = logged("text");
    let visit = lines
        .iter()
        .find(|line| line.contains("/anmeldung/{token}"))
        .unwrap();
    for word in ["INFO", "request", "GET", "status=404", "ms=", "id="] {
        assert!(visit.contains(word), "{word}: {visit}");
    }
    assert!(
        lines.iter().any(|line| line.contains("/api/account-redeem-code")),
        "{lines:?}"
    );
    assert!(lines.iter().any(|line| line.contains("unmatched")), "{lines:?}");
    names_nobody(&lines);
}

#[test]
fn a_line_for_machines_is_json_and_tells_of_a_request_without_whom_it_is_about() {
    let lines = logged("json");
    let read = |line: &String| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let requests: Vec<_> = lines
        .iter()
        .map(read)
        .filter(|line| line["message"] == "request")
        .collect();
    let of = |route: &str| requests.iter().find(|line| line["route"] == route).unwrap();
    let visit = of("/anmeldung/{token}");
    assert_eq!(
        (visit["method"].as_str(), visit["status"].as_u64()),
        (Some("GET"), Some(404))
    );
    assert!(
        visit["ms"].as_f64().unwrap() > 0.0 && visit["level"] == "INFO",
        "{visit}"
    );
    assert!(
        !visit["id"].as_str().unwrap().is_empty() && visit["timestamp"].is_string(),
        "{visit}"
    );
    assert_eq!(of("/api/account-redeem-code")["method"], "POST");
    of("unmatched");
    names_nobody(&lines);
}
