//! The mail server: one connection for each mail, and whose fault it is when none goes out.
//!
//! A mail server says "for good" also to who may send nothing at all: to a password that has changed (535), to an address
//! from which it takes nobody (554), to a sender that it does not know (550, 553). No mail is at fault then. The error of the
//! library does not tell which command was refused; here they are given one after the other.
//!
//! A mail server that has the text may have taken the mail, also if it does not come to say so: to send it again then may send it
//! twice. So it is told apart how far a mail came.

use std::borrow::Cow;
use std::pin::Pin;
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
/// But one that has the text may look at it for this long before it says whether it takes the mail (RFC 5321, section 4.5.3.2.6).
pub const LAST_WORD_SECONDS_MAX: u64 = 600;
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
    /// For how long it is waited for. Shorter only in the tests that wait for nothing.
    patience: Duration,
    /// For how long it is waited for once it has the text.
    last_word: Duration,
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
    /// The connection ended, or made no sense, when the mail server had the text: it may have taken the mail.
    #[error("the mail server had the mail, and did not say that it took it: {0}")]
    Unsure(SmtpError),
    /// The mail server has the text, and said nothing for [`LAST_WORD_SECONDS_MAX`]: it may have taken the mail.
    #[error("the mail server has the mail, and does not answer within {LAST_WORD_SECONDS_MAX} s")]
    Unanswered,
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

    fn last(error: SmtpError) -> Self {
        if error.status().is_some() {
            Self::late(error)
        } else {
            Self::Unsure(error)
        }
    }
}

/// What became of a mail that was handed over.
#[derive(Debug)]
pub enum Handed {
    /// The mail server has taken it.
    Taken,
    /// It has the text, and takes its time to say whether it takes the mail.
    Late(LastWord),
}

/// A connection, and what was said on it of a text.
type Word = (AsyncSmtpConnection, Result<(), NotSent>);
type Hearing = Pin<Box<dyn Future<Output = Word> + Send>>;

/// What a mail server has yet to say of a text that it has. It can be waited for while other mails are sent.
pub struct LastWord {
    word: Hearing,
    patience: Duration,
}

impl std::fmt::Debug for LastWord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("LastWord")
    }
}

impl LastWord {
    /// Waits for it, up to [`LAST_WORD_SECONDS_MAX`]. When this returns without an error, the mail server has taken the mail.
    ///
    /// # Errors
    /// See [`NotSent`].
    pub async fn heard(self) -> Result<(), NotSent> {
        match tokio::time::timeout(self.patience, self.word).await {
            Ok((connection, said)) => {
                goodbye(connection).await;
                said
            }
            Err(_) => Err(NotSent::Unanswered),
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
            last_word: Duration::from_secs(LAST_WORD_SECONDS_MAX),
        })
    }

    /// As [`MailServer::from_url`], with less patience.
    #[cfg(test)]
    pub(super) fn impatient(url: &str, patience: Duration, last_word: Duration) -> Self {
        Self {
            patience,
            last_word,
            ..Self::from_url(url).unwrap()
        }
    }

    /// Hands a mail over.
    ///
    /// # Errors
    /// See [`NotSent`].
    pub async fn send(&self, message: &Message) -> Result<Handed, NotSent> {
        let mut word: Option<Hearing> = None;
        let talk = async {
            let mut connection = self.connect().await?;
            Ok(match offer(&mut connection, message).await {
                // From here on the mail server may have taken the mail, whatever becomes of the connection.
                Ok(()) => {
                    word.insert(Box::pin(hand_over(connection, message.formatted())))
                        .await
                }
                Err(refused) => (connection, Err(refused)),
            })
        };
        let talked = tokio::time::timeout(self.patience, talk).await;
        match (talked, word) {
            (Ok(talked), _) => {
                let (connection, said) = talked?;
                goodbye(connection).await;
                said.map(|()| Handed::Taken)
            }
            (Err(_), Some(word)) => Ok(Handed::Late(LastWord {
                word,
                patience: self.last_word,
            })),
            (Err(_), None) => Err(NotSent::Silent),
        }
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

/// Everything that comes before the text.
async fn offer(connection: &mut AsyncSmtpConnection, message: &Message) -> Result<(), NotSent> {
    let envelope = message.envelope();
    let knows = |extension| connection.server_info().supports_feature(extension);
    let mut addresses = envelope.from().into_iter().chain(envelope.to());
    let mut parameters = Vec::new();
    if !addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii()) {
        if !knows(Extension::SmtpUtfEight) {
            return Err(NotSent::Lacks("the mail server takes no addresses beyond ASCII"));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !message.formatted().is_ascii() {
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
    Ok(())
}

/// The text, and what is said of it.
async fn hand_over(mut connection: AsyncSmtpConnection, text: Vec<u8>) -> Word {
    let said = connection.message(&text).await;
    (connection, said.map(|_| ()).map_err(NotSent::last))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    use super::*;
    use crate::mail::sink::{UP_TO_THE_TEXT, mail, undecided};

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

    async fn sends(to: &str, word: &'static str, answer: &'static str) -> Result<Handed, NotSent> {
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
        let sent = sends("anna@traeger.example", "NOOP", "").await;
        assert!(matches!(sent, Ok(Handed::Taken)), "{sent:?}");
        // However it says goodbye.
        let sent = sends("anna@traeger.example", "QUIT", "500 no").await;
        assert!(matches!(sent, Ok(Handed::Taken)), "{sent:?}");
        let nonsense = sends("anna@traeger.example", "MAIL", "hallo").await;
        assert!(matches!(nonsense, Err(NotSent::Away(_))), "{nonsense:?}");
        let lacks = sends("änne@traeger.example", "NOOP", "").await;
        assert!(matches!(lacks, Err(NotSent::Lacks(_))), "{lacks:?}");
    }

    #[tokio::test]
    async fn who_says_nothing_is_waited_for_only_so_long() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let server = MailServer::impatient(&url, Duration::from_millis(200), PATIENCE);
        let greeted = tokio::time::timeout(PATIENCE, server.greet()).await.unwrap();
        assert!(matches!(greeted, Err(NotSent::Silent)), "{greeted:?}");
        let mail = mail("anna@traeger.example");
        let sent = tokio::time::timeout(PATIENCE, server.send(&mail)).await.unwrap();
        assert!(matches!(sent, Err(NotSent::Silent)), "{sent:?}");
    }

    #[tokio::test]
    async fn who_hangs_up_with_the_text_in_hand_may_have_taken_the_mail() {
        let (url, decides) = undecided().await;
        drop(decides);
        let sent = MailServer::from_url(&url)
            .unwrap()
            .send(&mail("anna@traeger.example"))
            .await;
        assert!(matches!(sent, Err(NotSent::Unsure(_))), "{sent:?}");
    }

    /// What a mail server has yet to say when the patience for everything before it is over, and the way to say it.
    async fn late(last_word: Duration) -> (LastWord, oneshot::Sender<&'static str>) {
        let (url, decides) = undecided().await;
        let server = MailServer::impatient(&url, UP_TO_THE_TEXT, last_word);
        match server.send(&mail("anna@traeger.example")).await {
            Ok(Handed::Late(word)) => (word, decides),
            sent => panic!("{sent:?}"),
        }
    }

    #[tokio::test]
    async fn who_has_the_text_is_waited_for_longer() {
        let (word, decides) = late(PATIENCE).await;
        decides.send("250 kept").unwrap();
        word.heard().await.unwrap();
    }

    #[tokio::test]
    async fn who_has_the_text_may_still_refuse_it() {
        let (word, decides) = late(PATIENCE).await;
        decides.send("554 5.6.0 not this").unwrap();
        let said = word.heard().await;
        assert!(matches!(said, Err(NotSent::Mail(_))), "{said:?}");
    }

    #[tokio::test]
    async fn who_has_the_text_and_says_nothing_is_not_waited_for_without_end() {
        let (word, _decides) = late(Duration::from_millis(200)).await;
        let said = tokio::time::timeout(PATIENCE, word.heard()).await.unwrap();
        assert!(matches!(said, Err(NotSent::Unanswered)), "{said:?}");
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
