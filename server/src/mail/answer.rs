//! Why a mail did not go out: for the log without personal data, for staff in the mail server's own words.

use std::error::Error;

use lettre::transport::smtp::Error as SmtpError;

use super::message::MessageError;

/// Why a mail did not go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Class and status code: a refusal often repeats the address it is about, and no log holds that.
    pub logged: String,
    /// As the mail server said it, for the row in the outbox.
    pub said: String,
}

impl Why {
    /// The mail server said no, or nothing that can be understood, or it is not there.
    #[must_use]
    pub fn of_server(error: &SmtpError) -> Self {
        Self {
            logged: class(error),
            said: error.to_string(),
        }
    }

    /// As [`Why::of_server`], when the mail server had the text already: it may have taken the mail.
    #[must_use]
    pub fn after_text(error: &SmtpError) -> Self {
        Self {
            logged: format!("after its text, {}", class(error)),
            said: format!("after its text: {error}"),
        }
    }

    /// The mail cannot be put together.
    #[must_use]
    pub fn of_mail(error: &MessageError) -> Self {
        let logged = match error {
            MessageError::Facts(_) => "its facts do not fit",
            MessageError::Address(_) => "an address is not one",
            MessageError::Header(_) => "a header cannot be written",
            MessageError::Build(_) => "it cannot be built",
        };
        Self {
            logged: logged.to_owned(),
            said: error.to_string(),
        }
    }

    /// The platform's own words, without anybody's data.
    #[must_use]
    pub fn plain(words: impl Into<String>) -> Self {
        let words = words.into();
        Self {
            logged: words.clone(),
            said: words,
        }
    }
}

/// What kind of error it is, made of words of our own and numbers.
fn class(error: &SmtpError) -> String {
    if let Some(code) = error.status() {
        let kind = if error.is_permanent() {
            "refused"
        } else {
            "refused for now"
        };
        return format!("{kind}, status {code}");
    }
    let kind = if error.is_timeout() {
        "no answer in time"
    } else if error.is_tls() {
        "TLS failed"
    } else if error.is_response() {
        "an answer that cannot be understood"
    } else if error.is_client() {
        "the mail cannot be handed over"
    } else {
        "no connection"
    };
    // Of an error of the system its kind: a fixed set of words.
    let system = error
        .source()
        .and_then(|source| source.downcast_ref::<std::io::Error>());
    match system {
        Some(system) => format!("{kind}, {}", system.kind()),
        None => kind.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    use super::*;

    const ADDRESS: &str = "anna@traeger.example";

    /// A mail server that takes nobody, and says whom.
    async fn refuses(code: u16) -> SmtpError {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            stream.write_all(b"220 sink\r\n").await.unwrap();
            let mut line = String::new();
            while stream.read_line(&mut line).await.unwrap() > 0 {
                let answer = if line.starts_with("RCPT") {
                    format!("{code} <{ADDRESS}>: no such mailbox\r\n")
                } else {
                    "250 sink\r\n".to_owned()
                };
                stream.write_all(answer.as_bytes()).await.unwrap();
                line.clear();
            }
        });
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&format!("smtp://127.0.0.1:{port}"))
            .unwrap()
            .build();
        let mail = Message::builder()
            .from("platform@lafast.example".parse().unwrap())
            .to(ADDRESS.parse().unwrap())
            .body(String::new())
            .unwrap();
        transport.send(mail).await.unwrap_err()
    }

    #[tokio::test]
    async fn what_a_mail_server_says_is_for_staff_and_its_number_for_the_log() {
        for (code, logged) in [(550, "refused, status 550"), (451, "refused for now, status 451")] {
            let why = Why::of_server(&refuses(code).await);
            assert!(
                why.said.contains(ADDRESS),
                "without this test shows nothing: {}",
                why.said
            );
            assert_eq!(why.logged, logged);
        }
    }

    #[tokio::test]
    async fn who_is_not_there_is_logged_as_such() {
        let gone = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap();
        let transport: AsyncSmtpTransport<Tokio1Executor> =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(&format!("smtp://{gone}"))
                .unwrap()
                .build();
        let error = transport.test_connection().await.unwrap_err();
        assert!(class(&error).starts_with("no connection"), "{}", class(&error));
    }

    #[test]
    fn facts_that_do_not_fit_are_not_told_to_the_log() {
        let error = serde_json::from_str::<u32>("\"anna@traeger.example\"").unwrap_err();
        let why = Why::of_mail(&MessageError::Facts(error));
        assert!(why.said.contains(ADDRESS), "{}", why.said);
        assert_eq!(why.logged, "its facts do not fit");
    }
}
