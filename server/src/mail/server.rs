//! The mail server: one connection for each mail, and whose fault it is when none goes out.
//!
//! A mail server says "for good" also to who may send nothing at all: to a password that has changed (535), to an address
//! from which it takes nobody (554), to a sender that it does not know (550, 553). No mail is at fault then. The error of the
//! library does not tell which command was refused; here they are given one after the other.

use std::borrow::Cow;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Tls, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::{Error as SmtpError, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use percent_encoding::percent_decode_str;
use url::Url;

/// A mail server that has not taken a mail after this long is not there.
pub const ANSWER_SECONDS_MAX: u64 = 20;
const PATIENCE: Duration = Duration::from_secs(ANSWER_SECONDS_MAX);
/// A mail that is out is not held back by a server that does not say goodbye.
const GOODBYE_SECONDS_MAX: u64 = 1;
/// The platform has to sign in, has to do so in another way, or may not (RFC 4954, section 6): said to it, whatever the mail.
const SIGN_IN_CODES: [u16; 4] = [530, 534, 535, 538];

/// Where the mail server is, and as whom the platform signs in there.
#[derive(Debug)]
pub struct MailServer {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    credentials: Option<Credentials>,
    /// For how long it is waited for. Shorter only in the test that waits for nothing.
    patience: Duration,
}

/// Why a URL names no mail server.
#[derive(Debug, thiserror::Error)]
pub enum MailUrlError {
    /// Not a URL.
    #[error("not a URL: {0}")]
    Url(#[from] url::ParseError),
    /// It says not where.
    #[error("no host")]
    Host,
    /// Another scheme, or another word for `tls` than `required` and `opportunistic`.
    #[error("neither smtps:// nor smtp:// with nothing, tls=required or tls=opportunistic")]
    Kind,
    /// User or password are no text.
    #[error("user or password are not UTF-8")]
    Text(#[from] std::str::Utf8Error),
    /// The certificates of the system cannot be used.
    #[error("no TLS: {0}")]
    Tls(#[from] SmtpError),
}

/// Why a mail did not go out.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// Nobody answers, or nothing that can be understood: nobody looked at the mail.
    #[error("the mail server cannot be talked to: {0}")]
    Away(SmtpError),
    /// The platform is refused, before anybody heard for whom a mail is: none would go out.
    #[error("the mail server refuses the platform: {0}")]
    Platform(SmtpError),
    /// The recipient or the text is refused.
    #[error("the mail server refuses the mail: {0}")]
    Mail(SmtpError),
    /// Nothing was said for [`ANSWER_SECONDS_MAX`].
    #[error("the mail server does not answer within {ANSWER_SECONDS_MAX} s")]
    Silent,
    /// The mail server cannot take what this mail needs.
    #[error("{0}")]
    Lacks(&'static str),
}

impl NotSent {
    fn early(error: SmtpError) -> Self {
        if error.status().is_some() {
            Self::Platform(error)
        } else {
            Self::Away(error)
        }
    }

    fn late(error: SmtpError) -> Self {
        match error.status().map(u16::from) {
            None => Self::Away(error),
            Some(code) if SIGN_IN_CODES.contains(&code) => Self::Platform(error),
            Some(_) => Self::Mail(error),
        }
    }
}

impl MailServer {
    /// Reads `smtps://user:password@host:465`, or `smtp://…` with `?tls=required` or `?tls=opportunistic`. A path is the name
    /// under which the platform greets.
    ///
    /// # Errors
    /// See [`MailUrlError`].
    pub fn from_url(text: &str) -> Result<Self, MailUrlError> {
        let url = Url::parse(text)?;
        let host = url.host_str().ok_or(MailUrlError::Host)?.to_owned();
        let wanted = url.query_pairs().find(|(name, _)| name == "tls");
        let parameters = || TlsParameters::new(host.clone());
        let (port, tls) = match (url.scheme(), wanted.as_ref().map(|(_, value)| value.as_ref())) {
            ("smtp", None) => (SMTP_PORT, Tls::None),
            ("smtp", Some("required")) => (SUBMISSION_PORT, Tls::Required(parameters()?)),
            ("smtp", Some("opportunistic")) => (SUBMISSION_PORT, Tls::Opportunistic(parameters()?)),
            ("smtps", _) => (SUBMISSIONS_PORT, Tls::Wrapper(parameters()?)),
            _ => return Err(MailUrlError::Kind),
        };
        let decoded = |text| percent_decode_str(text).decode_utf8().map(Cow::into_owned);
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(decoded(url.username())?, decoded(password)?)),
            None => None,
        };
        let name = url.path().trim_matches('/');
        Ok(Self {
            port: url.port().unwrap_or(port),
            tls,
            hello: if name.is_empty() {
                ClientId::default()
            } else {
                ClientId::Domain(name.to_owned())
            },
            credentials,
            host,
            patience: PATIENCE,
        })
    }

    /// Hands a mail over. When this returns without an error, the mail server has taken it.
    ///
    /// # Errors
    /// See [`NotSent`].
    pub async fn send(&self, message: &Message) -> Result<(), NotSent> {
        let handing_over = async {
            let mut connection = self.connect().await?;
            let sent = hand_over(&mut connection, message).await;
            Ok((connection, sent))
        };
        let (connection, sent) = self.in_time(handing_over).await?;
        goodbye(connection).await;
        sent
    }

    /// Does what comes before a mail, encryption and signing in included, and hands none over.
    ///
    /// # Errors
    /// See [`NotSent`]; nothing is said of a mail.
    pub async fn greet(&self) -> Result<(), NotSent> {
        let connection = self.in_time(self.connect()).await?;
        goodbye(connection).await;
        Ok(())
    }

    async fn in_time<T>(&self, talk: impl Future<Output = Result<T, NotSent>>) -> Result<T, NotSent> {
        let talked = tokio::time::timeout(self.patience, talk).await;
        talked.unwrap_or(Err(NotSent::Silent))
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, NotSent> {
        self.open().await.map_err(NotSent::early)
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let wrapped = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let address = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(self.patience), &self.hello, wrapped, None)
                .await?;
        let upgrade = match &self.tls {
            Tls::Required(parameters) => Some(parameters),
            Tls::Opportunistic(parameters) if connection.can_starttls() => Some(parameters),
            _ => None,
        };
        if let Some(parameters) = upgrade {
            connection.starttls(parameters.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

async fn goodbye(mut connection: AsyncSmtpConnection) {
    let _ = tokio::time::timeout(Duration::from_secs(GOODBYE_SECONDS_MAX), connection.abort()).await;
}

async fn hand_over(connection: &mut AsyncSmtpConnection, message: &Message) -> Result<(), NotSent> {
    let (envelope, text) = (message.envelope(), message.formatted());
    let knows = |extension| connection.server_info().supports_feature(extension);
    let mut addresses = envelope.from().into_iter().chain(envelope.to());
    let mut parameters = Vec::new();
    if !addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
        if !knows(Extension::SmtpUtfEight) {
            return Err(NotSent::Lacks("the mail server takes no addresses beyond ASCII"));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !text.is_ascii() {
        if !knows(Extension::EightBitMime) {
            return Err(NotSent::Lacks("the mail server takes no text beyond ASCII"));
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    let sender = Mail::new(envelope.from().cloned(), parameters);
    connection.command(sender).await.map_err(NotSent::early)?;
    for recipient in envelope.to() {
        let recipient = Rcpt::new(recipient.clone(), Vec::new());
        connection.command(recipient).await.map_err(NotSent::late)?;
    }
    connection.command(Data).await.map_err(NotSent::late)?;
    connection.message(&text).await.map_err(NotSent::late)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;
    use tokio::task::JoinHandle;

    use super::*;

    fn mail(to: &str) -> Message {
        Message::builder()
            .from("platform@lafast.example".parse().unwrap())
            .to(to.parse().unwrap())
            .body(String::new())
            .unwrap()
    }

    /// A mail server that answers so to each line that begins with this word; to the connection itself where the word is empty.
    /// Comes with the lines that it has heard, once the connection has ended.
    async fn server(word: &'static str, answer: &'static str) -> (MailServer, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut stream = BufReader::new(stream);
            let greeting = if word.is_empty() { answer } else { "220 sink" };
            stream
                .write_all(format!("{greeting}\r\n").as_bytes())
                .await
                .unwrap();
            let (mut line, mut in_text, mut heard) = (String::new(), false, Vec::new());
            while stream.read_line(&mut line).await.unwrap_or(0) > 0 {
                heard.push(line.trim_end().to_owned());
                let says = match line.trim_end() {
                    "." => "250 kept",
                    _ if in_text => "",
                    line if !word.is_empty() && line.starts_with(word) => answer,
                    line if line.starts_with("EHLO") => "250-sink\r\n250 AUTH PLAIN",
                    line if line.starts_with("AUTH") => "235 welcome",
                    "DATA" => "354 go on",
                    _ => "250 OK",
                };
                in_text = if in_text {
                    says.is_empty()
                } else {
                    says.starts_with("354")
                };
                if !says.is_empty() && stream.write_all(format!("{says}\r\n").as_bytes()).await.is_err() {
                    break;
                }
                line.clear();
            }
            heard
        });
        let url = format!("smtp://platform:geheim@127.0.0.1:{port}/lafast.example");
        (MailServer::from_url(&url).unwrap(), heard)
    }

    async fn sends(to: &str, word: &'static str, answer: &'static str) -> Result<(), NotSent> {
        let (server, _) = server(word, answer).await;
        server.send(&mail(to)).await
    }

    #[tokio::test]
    async fn who_greets_signs_in_and_sends_nothing() {
        let (server, heard) = server("NOOP", "").await;
        server.greet().await.unwrap();
        let heard = heard.await.unwrap();
        assert_eq!(heard.len(), 3, "{heard:?}");
        assert_eq!(heard[0], "EHLO lafast.example");
        assert!(heard[1].starts_with("AUTH PLAIN "), "{heard:?}");
        assert_eq!(heard[2], "QUIT");
    }

    #[tokio::test]
    async fn who_greets_is_refused_as_who_sends() {
        for (word, answer) in [
            ("", "554 5.7.1 nobody from there"),
            ("EHLO", "550 5.7.1 not you"),
            ("AUTH", "535 5.7.8 wrong password"),
        ] {
            let (server, _) = server(word, answer).await;
            let greeted = server.greet().await;
            assert!(
                matches!(greeted, Err(NotSent::Platform(_))),
                "{word} {answer}: {greeted:?}"
            );
        }
    }

    #[tokio::test]
    async fn who_refuses_the_platform_says_nothing_about_the_mail() {
        for (word, answer) in [
            ("", "554 5.7.1 nobody from there"),
            ("", "421 4.3.2 too busy"),
            ("EHLO", "550 5.7.1 not you"),
            ("AUTH", "535 5.7.8 wrong password"),
            ("AUTH", "534 5.7.9 not in this way"),
            ("AUTH", "454 4.7.0 later"),
            ("MAIL", "530 5.7.0 who are you"),
            ("MAIL", "550 5.1.0 unknown sender"),
            ("MAIL", "553 5.1.8 no such sender"),
            ("RCPT", "530 5.7.0 sign in first"),
        ] {
            let sent = sends("anna@traeger.example", word, answer).await;
            assert!(
                matches!(sent, Err(NotSent::Platform(_))),
                "{word} {answer}: {sent:?}"
            );
        }
    }

    #[tokio::test]
    async fn who_refuses_the_recipient_or_the_text_refuses_the_mail() {
        for (word, answer) in [
            ("RCPT", "550 5.1.1 nobody of that name"),
            ("RCPT", "554 5.7.1 not to there"),
            ("RCPT", "451 4.2.1 later"),
            ("DATA", "554 5.6.0 not this"),
        ] {
            let sent = sends("anna@traeger.example", word, answer).await;
            assert!(matches!(sent, Err(NotSent::Mail(_))), "{word} {answer}: {sent:?}");
        }
    }

    #[tokio::test]
    async fn who_answers_with_yes_has_the_mail_and_who_does_not_answer_is_away() {
        assert!(sends("anna@traeger.example", "NOOP", "").await.is_ok());
        // However it says goodbye.
        assert!(sends("anna@traeger.example", "QUIT", "500 no").await.is_ok());
        let nonsense = sends("anna@traeger.example", "MAIL", "hallo").await;
        assert!(matches!(nonsense, Err(NotSent::Away(_))), "{nonsense:?}");
        let lacks = sends("änne@traeger.example", "NOOP", "").await;
        assert!(matches!(lacks, Err(NotSent::Lacks(_))), "{lacks:?}");
    }

    #[tokio::test]
    async fn who_says_nothing_is_waited_for_only_so_long() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let server = MailServer {
            patience: Duration::from_millis(200),
            ..MailServer::from_url(&url).unwrap()
        };
        let greeted = tokio::time::timeout(PATIENCE, server.greet()).await.unwrap();
        assert!(matches!(greeted, Err(NotSent::Silent)), "{greeted:?}");
        let mail = mail("anna@traeger.example");
        let sent = tokio::time::timeout(PATIENCE, server.send(&mail)).await.unwrap();
        assert!(matches!(sent, Err(NotSent::Silent)), "{sent:?}");
    }

    #[test]
    fn the_url_says_where_and_as_whom() {
        let port = |url| MailServer::from_url(url).map(|server| server.port).ok();
        assert_eq!(port("smtp://mail.example"), Some(25));
        assert_eq!(port("smtp://mail.example?tls=required"), Some(587));
        assert_eq!(port("smtp://mail.example:2525?tls=opportunistic"), Some(2525));
        assert_eq!(port("smtps://mail.example"), Some(465));
        assert_eq!(port("smtp://mail.example?tls=vielleicht"), None);
        assert_eq!(port("http://mail.example"), None);
        let server = MailServer::from_url("smtps://b%40ro:ge%2Fheim@mail.example/lafast.example").unwrap();
        assert_eq!(
            server.credentials,
            Some(Credentials::new("b@ro".into(), "ge/heim".into()))
        );
        assert_eq!(server.hello, ClientId::Domain("lafast.example".into()));
        assert!(!format!("{server:?}").contains("heim"));
    }
}
