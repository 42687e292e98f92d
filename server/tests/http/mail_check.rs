//! `lafast check` asks the mail server as the worker does, over TCP, and sends nothing.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use crate::support::{lafast, text};

const PASSWORD: &str = "geheim";

/// A mail server that answers so to a password. Its address, and what it has heard on the one connection that it takes.
fn mail_server(to_password: &'static str) -> (String, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap()).lines();
        stream.write_all(b"220 sink\r\n").unwrap();
        let mut heard = Vec::new();
        for line in lines.map_while(Result::ok) {
            let answer = match line.split(' ').next() {
                Some("EHLO") => "250-sink\r\n250 AUTH PLAIN",
                Some("AUTH") => to_password,
                _ => "250 OK",
            };
            heard.push(line);
            stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
        }
        heard
    });
    (address, heard)
}

/// The line about mails.
fn checked(url: &str) -> String {
    let settings = [
        ("LAFAST_SMTP_URL", url),
        ("LAFAST_MAIL_FROM", "LaFaSt <platform@lafast.example>"),
    ];
    let said = text(&lafast(&["check"], &settings).stdout);
    assert!(!said.contains(PASSWORD), "{said}");
    let line = said.lines().find(|line| line.contains(" mail: "));
    line.unwrap_or_else(|| panic!("{said}")).to_owned()
}

#[test]
fn a_mail_server_that_takes_the_platform_is_fine_and_gets_no_mail() {
    let (address, heard) = mail_server("235 welcome");
    assert_eq!(
        checked(&format!("smtp://platform:{PASSWORD}@{address}/lafast.example")),
        "ok    mail: the mail server takes the platform; mails come from LaFaSt <platform@lafast.example>"
    );
    let heard = heard.join().unwrap();
    assert_eq!(heard.len(), 3, "{heard:?}");
    assert_eq!(
        (heard[0].as_str(), heard[2].as_str()),
        ("EHLO lafast.example", "QUIT")
    );
    assert!(heard[1].starts_with("AUTH PLAIN "), "{heard:?}");
}

#[test]
fn a_mail_server_that_the_worker_cannot_use_fails_the_check() {
    let (address, _) = mail_server("535 5.7.8 wrong password");
    let refused = checked(&format!("smtp://platform:{PASSWORD}@{address}"));
    assert!(
        refused.starts_with("FAIL  mail: the mail server refuses the platform: ") && refused.contains("535"),
        "{refused}"
    );
    // Encryption is wanted, and not to be had.
    let (address, heard) = mail_server("235 welcome");
    let plain = checked(&format!("smtp://platform:{PASSWORD}@{address}?tls=required"));
    assert!(
        plain.starts_with("FAIL  mail: the mail server cannot be talked to: "),
        "{plain}"
    );
    let heard = heard.join().unwrap();
    assert!(!heard.iter().any(|line| line.starts_with("AUTH")), "{heard:?}");
    // Nobody listens there any more.
    let away = checked(&format!("smtp://platform:{PASSWORD}@{address}"));
    assert!(
        away.starts_with("FAIL  mail: the mail server cannot be talked to: "),
        "{away}"
    );
}

#[test]
fn what_the_worker_cannot_read_is_no_setting() {
    for url in [
        "smtp://mail.example?tls=vielleicht",
        "smtp://a:%ff@mail.example",
        "mail.example:25",
    ] {
        let settings = [
            ("LAFAST_SMTP_URL", url),
            ("LAFAST_MAIL_FROM", "platform@lafast.example"),
        ];
        let said = text(&lafast(&["check"], &settings).stdout);
        assert!(
            said.starts_with("FAIL  configuration: LAFAST_SMTP_URL names no mail server: "),
            "{url}: {said}"
        );
    }
}
