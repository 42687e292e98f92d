//! The worker and a mail server that hangs up once it has a text: nobody knows then whether it took the mail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use domain::contact::EmailAddress;
use store::Ambient;
use store::outbox::OutboxRow;
use store_testing::run_sql;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::support::TestApp;

const ANNA: &str = "anna@traeger.example";
const BEN: &str = "ben@traeger.example";
/// A try of the mail comes sooner, or not at all.
const TRIED_WITHIN: Duration = Duration::from_secs(30);

/// Takes every mail but those to Anna, of which it takes the text and hangs up. Counts those.
async fn serve(stream: TcpStream, texts: Arc<AtomicUsize>) {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink\r\n").await.unwrap();
    let (mut line, mut to_anna, mut in_text) = (String::new(), false, false);
    while stream.read_line(&mut line).await.unwrap_or(0) > 0 {
        to_anna |= line.starts_with("RCPT") && line.contains(ANNA);
        let says: &[u8] = match line.trim_end() {
            "." if to_anna => {
                texts.fetch_add(1, Ordering::SeqCst);
                return;
            }
            "." => b"250 kept\r\n",
            _ if in_text => b"",
            "DATA" => b"354 go on\r\n",
            _ => b"250 OK\r\n",
        };
        in_text = says.starts_with(b"354") || (in_text && says.is_empty());
        if stream.write_all(says).await.is_err() {
            return;
        }
        line.clear();
    }
}

/// Its URL, and how many texts to Anna it was given.
async fn mail_server() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let texts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&texts);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&counted)));
        }
    });
    (url, texts)
}

/// The mail to somebody, once this holds of it.
async fn mail(app: &TestApp, to: &str, holds: impl Fn(&OutboxRow) -> bool) -> OutboxRow {
    let mut looks = tokio::time::interval(Duration::from_millis(50));
    let found = async {
        loop {
            looks.tick().await;
            let mails = app.store.mails(10).await.unwrap();
            let found = mails.into_iter().find(|mail| mail.recipient == to && holds(mail));
            if let Some(mail) = found {
                return mail;
            }
        }
    };
    let found = tokio::time::timeout(TRIED_WITHIN, found).await;
    found.unwrap_or_else(|_| panic!("the mail to {to} was not tried"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_of_which_nobody_knows_whether_it_was_taken_is_tried_with_pauses_and_not_for_ever() {
    let (url, texts) = mail_server().await;
    let app = TestApp::start_with(Ambient::system(), |config| config.smtp_url = Some(url)).await;
    let asks = async |address| {
        let address = EmailAddress::parse(address).unwrap();
        app.store.request_code(&address).await.unwrap();
    };
    asks(ANNA).await;
    let tried = mail(&app, ANNA, |mail| mail.last_error.is_some()).await;
    assert_eq!(tried.tries, 1, "it is counted: after so many it is given up");
    let pause = tried.next_try_at.unwrap().micros() - tried.created_at.micros();
    assert!(pause >= 30_000_000, "{pause}");
    // Nobody else waits for it.
    asks(BEN).await;
    mail(&app, BEN, |mail| mail.sent_at.is_some()).await;
    assert_eq!(texts.load(Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_last_try_was_cut_off_by_a_stop_is_given_up_and_not_tried_once_more() {
    let (url, texts) = mail_server().await;
    let app = TestApp::start_with(Ambient::system(), |config| config.smtp_url = Some(url)).await;
    // As often as a mail is tried.
    let tried = "CREATE TRIGGER tried AFTER INSERT ON outbox
        BEGIN UPDATE outbox SET tries = 16 WHERE id = NEW.id; END";
    run_sql(app.store.url(), tried).await.unwrap();
    app.store
        .request_code(&EmailAddress::parse(ANNA).unwrap())
        .await
        .unwrap();
    let given_up = mail(&app, ANNA, |mail| mail.failed_at.is_some()).await;
    assert_eq!((given_up.tries, given_up.next_try_at), (16, None));
    assert_eq!(texts.load(Ordering::SeqCst), 0);
}
