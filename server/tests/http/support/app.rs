//! A server for one test.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{Method, Request, header};
use domain::account::Role;
use domain::contact::EmailAddress;
use domain::workshop::WorkshopDraft;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use lafast::config::{Config, Settings};
use lafast::live::Rooms;
use lafast::startup::Application;
use store::audit::Actor;
use store::workshops::WorkshopRow;
use store::{Ambient, Engine, Store};
use store_testing::TestDatabase;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::turn::Turn;
use super::{Answer, demo, site};

/// Answers of a test are pages and files of at most this many bytes.
const ANSWER_BYTES_MAX: usize = 16 * 1_024 * 1_024;

/// A server with a free port, a database and a site of its own.
pub struct TestApp {
    pub origin: String,
    pub store: Store,
    pub rooms: Arc<Rooms>,
    pub metrics: Option<String>,
    pub client: Client<HttpConnector, Body>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
    _database: TestDatabase,
    _site: tempfile::TempDir,
    _turn: Turn,
}

impl TestApp {
    /// As in production, with an empty database.
    pub async fn start() -> Self {
        Self::start_with(Ambient::system(), |_| {}).await
    }

    /// With another clock or configuration.
    pub async fn start_with(ambient: Ambient, change: impl FnOnce(&mut Config)) -> Self {
        Self::start_on(
            Turn::together(),
            TestDatabase::new(Engine::Sqlite),
            ambient,
            change,
        )
        .await
    }

    /// As in production, with the content of the demo. The demo itself is not running: it shows codes where it
    /// was started and erases them from the outbox.
    pub async fn start_filled() -> Self {
        Self::start_filled_with(Ambient::system(), |_| {}).await
    }

    /// As [`TestApp::start_filled`], with another clock or configuration.
    pub async fn start_filled_with(ambient: Ambient, change: impl FnOnce(&mut Config)) -> Self {
        Self::start_filled_on(Turn::together(), ambient, change).await
    }

    /// As [`TestApp::start_filled`], while no other test has a server: for who measures time.
    pub async fn start_filled_alone() -> Self {
        Self::start_filled_on(Turn::alone(), Ambient::system(), |_| {}).await
    }

    async fn start_filled_on(turn: Turn, ambient: Ambient, change: impl FnOnce(&mut Config)) -> Self {
        let database = TestDatabase::new(Engine::Sqlite);
        demo::copy_to(&database, ambient.now()).await;
        Self::start_on(turn, database, ambient, change).await
    }

    /// As in production, on an empty database of this engine.
    pub async fn start_with_engine(
        engine: Engine,
        ambient: Ambient,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        Self::start_on(Turn::together(), TestDatabase::new(engine), ambient, change).await
    }

    /// As in production, on a database that is there already.
    pub async fn start_again(database: TestDatabase) -> Self {
        Self::start_on(Turn::together(), database, Ambient::system(), |_| {}).await
    }

    async fn start_on(
        turn: Turn,
        database: TestDatabase,
        ambient: Ambient,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let site = tempfile::tempdir().unwrap();
        site::write(site.path());
        let settings = Settings {
            database_url: Some(database.url.clone()),
            addr: Some("127.0.0.1:0".to_owned()),
            site_root: Some(site.path().display().to_string()),
            // A test that fails because the server did says why.
            log: Some("error".to_owned()),
            ..Settings::default()
        };
        let mut config = Config::parse(&settings).unwrap();
        lafast::telemetry::start_log(&config);
        change(&mut config);
        let application = Application::build(config, ambient).await.unwrap();
        let origin = format!("http://{}", application.addr());
        let metrics = application.metrics_addr().map(|addr| format!("http://{addr}"));
        let store = application.state().store.clone();
        let rooms = Arc::clone(&application.state().rooms);
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(application.serve(async {
            let _ = stopped.await;
        }));
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self {
            origin,
            store,
            rooms,
            metrics,
            client,
            stop,
            served,
            _database: database,
            _site: site,
            _turn: turn,
        }
    }

    /// Tells the server to stop; the handle ends when it has.
    pub fn stop(self) -> (JoinHandle<()>, impl Sized) {
        let _ = self.stop.send(());
        (self.served, (self._database, self._site, self._turn))
    }

    /// Reads a page as a browser.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(
            request(Method::GET, path).header(header::ACCEPT, "text/html"),
            Body::empty(),
        )
        .await
    }

    /// Reads a page as the browser of somebody who is signed in.
    pub async fn get_as(&self, path: &str, session: &str) -> Answer {
        let request = request(Method::GET, path)
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, format!("lafast={session}"));
        self.send(request, Body::empty()).await
    }

    /// A form from one of the platform's own pages, for an answer of this type: a browser goes to a page, a script takes JSON.
    pub fn form(&self, path: &str, accept: &str) -> Builder {
        request(Method::POST, path)
            .header(header::ORIGIN, &self.origin)
            .header(header::ACCEPT, accept)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
    }

    /// Sends a form from one of the platform's own pages, as a browser without WebAssembly.
    pub async fn post(&self, path: &str, form: &str) -> Answer {
        let request = self.form(path, "text/html");
        self.send(request, Body::from(form.to_owned())).await
    }

    /// The same, of somebody who is signed in.
    pub async fn post_as(&self, path: &str, form: &str, session: &str) -> Answer {
        let request = self
            .form(path, "text/html")
            .header(header::COOKIE, format!("lafast={session}"));
        self.send(request, Body::from(form.to_owned())).await
    }

    /// Sends anything.
    pub async fn send(&self, request: Builder, body: Body) -> Answer {
        let mut request: Request<Body> = request.body(body).unwrap();
        let path = request.uri().to_string();
        *request.uri_mut() = format!("{}{path}", self.origin).parse().unwrap();
        self.answer(request).await
    }

    /// Sends to any address.
    pub async fn answer(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.client.request(request).await.unwrap().into_parts();
        let body = to_bytes(Body::new(body), ANSWER_BYTES_MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// The whole database, once the jobs of the start have done their work.
    pub async fn content(&self) -> String {
        let mut before = store_testing::fingerprint(&self.store).await.unwrap();
        loop {
            let now = store_testing::fingerprint(&self.store).await.unwrap();
            if now == before {
                return now;
            }
            before = now;
        }
    }

    /// The code that was mailed to an address last.
    pub async fn mailed_code(&self, email: &str) -> String {
        let mails = self.store.mails(10_000).await.unwrap();
        let newest = mails
            .iter()
            .filter(|mail| mail.recipient == email)
            .max_by_key(|mail| mail.id.clone());
        newest.unwrap().payload["code"].as_str().unwrap().to_owned()
    }

    /// A Veranstaltung that everybody sees.
    pub async fn publishes(&self, draft: &WorkshopDraft) -> WorkshopRow {
        let row = self.store.create_workshop(Actor::System, draft).await.unwrap();
        self.store.publish_workshop(Actor::System, row.id).await.unwrap();
        row
    }

    /// Somebody of the office signs in. Returns the session token.
    pub async fn staff_signs_in(&self, email: &str) -> String {
        let parsed = EmailAddress::parse(email).unwrap();
        let added = self.store.admin_add(Actor::System, &parsed, Role::Staff, None);
        added.await.unwrap();
        self.signs_in(email).await
    }

    /// Signs in by mailed code and returns the session's token.
    pub async fn signs_in(&self, email: &str) -> String {
        let asked = self
            .post("/api/account-request-code", &format!("email={email}&next="))
            .await;
        assert!(asked.status.is_redirection(), "{email}: {}", asked.status);
        let code = self.mailed_code(email).await;
        let answer = self
            .post(
                "/api/account-redeem-code",
                &format!("email={email}&code={code}&next="),
            )
            .await;
        answer.session().unwrap()
    }
}

/// A request to a path of the server under test.
pub fn request(method: Method, path: &str) -> Builder {
    Request::builder().method(method).uri(path)
}
