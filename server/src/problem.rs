//! How the server says no: for machines RFC 9457, for people a page in German.

use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;
use serde::Serialize;

/// Media type of RFC 9457.
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

/// What a refusal says beside its body, and goes on saying.
const KEPT: [HeaderName; 4] = [
    header::ALLOW,
    header::RETRY_AFTER,
    header::SET_COOKIE,
    header::WWW_AUTHENTICATE,
];

/// Why a request was not answered as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing, or nothing that this person may see.
    NotFound,
    /// A program came without a token that counts.
    NoToken,
    /// The token may not do this.
    NotInScope,
    /// The query asks for what cannot be given.
    BadQuery,
    /// What was sent to a server function is not what it takes.
    BadArguments,
    /// The path is there, this method is not.
    MethodNotAllowed,
    /// The request comes from another website.
    ForeignOrigin,
    /// The body is larger than anything a form of ours sends.
    BodyTooLarge,
    /// The body did not arrive in time.
    BodyTooSlow,
    /// Too often; try again after these seconds.
    TooManyRequests {
        /// Seconds until one more is allowed.
        retry_after_seconds: u64,
    },
    /// The server is busy or cannot reach its database.
    Unavailable,
    /// A fault of the server; it is in the log.
    Internal,
    /// Anything else that a request can have wrong.
    Unfit(StatusCode),
}

/// The JSON body of RFC 9457, section 3.
#[derive(Serialize)]
struct ProblemDetails<'a> {
    r#type: &'a str,
    title: &'a str,
    status: u16,
    detail: &'a str,
}

impl Problem {
    /// The HTTP status.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NoToken => StatusCode::UNAUTHORIZED,
            Self::NotInScope => StatusCode::FORBIDDEN,
            Self::BadQuery | Self::BadArguments => StatusCode::BAD_REQUEST,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unfit(status) => status,
        }
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::NotFound => "Diese Seite gibt es nicht",
            Self::NoToken => "Hier braucht es einen Zugangsschlüssel",
            Self::NotInScope => "Dieser Schlüssel darf das nicht",
            Self::BadQuery => "Diese Abfrage ist nicht zu lesen",
            Self::BadArguments => "Diese Angaben passen nicht",
            Self::MethodNotAllowed => "So geht es nicht",
            Self::ForeignOrigin => "Das kam von einer anderen Website",
            Self::BodyTooLarge => "Das ist zu viel auf einmal",
            Self::BodyTooSlow => "Die Verbindung ist zu langsam",
            Self::TooManyRequests { .. } => "Bitte warten Sie einen Moment",
            Self::Unavailable => "Gerade geht es nicht",
            Self::Internal => "Da ist etwas schiefgegangen",
            Self::Unfit(_) => "Diese Anfrage passt nicht",
        }
    }

    /// What happened to the request, and what to do next.
    #[must_use]
    pub fn detail(self) -> &'static str {
        match self {
            Self::NotFound => "Vielleicht ist der Link alt oder nicht vollständig.",
            Self::NoToken => {
                "Der Zugangsschlüssel fehlt, ist abgelaufen oder widerrufen. Neue gibt es im Katalog unter Zugänge."
            }
            Self::NotInScope => "Es wurde nichts geändert. Der Schlüssel darf nur lesen.",
            Self::BadQuery => {
                "Ein Wert in der Adresse passt nicht: eine Seite, eine Seitengröße oder ein Zeitpunkt."
            }
            Self::BadArguments => {
                "Es wurde nichts geändert. Ein Feld fehlt, oder sein Wert hat nicht die richtige Form."
            }
            Self::MethodNotAllowed => "Bitte öffnen Sie die Seite noch einmal, und nutzen Sie das Formular.",
            Self::ForeignOrigin => {
                "Es wurde nichts geändert. Bitte öffnen Sie die Seite auf dieser Plattform, und versuchen Sie es dort."
            }
            Self::BodyTooLarge => "Es wurde nichts gespeichert. Bitte kürzen Sie den Text.",
            Self::BodyTooSlow => "Es wurde nichts gespeichert. Bitte versuchen Sie es noch einmal.",
            Self::TooManyRequests { .. } => {
                "Das waren viele Versuche in kurzer Zeit. Es wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal."
            }
            Self::Unavailable => {
                "Die Plattform ist gerade ausgelastet oder wird gewartet. Bitte versuchen Sie es in einer Minute noch einmal."
            }
            Self::Internal => {
                "Der Fehler liegt bei uns und ist vermerkt. Bitte versuchen Sie es noch einmal."
            }
            Self::Unfit(_) => "Es wurde nichts geändert. So nimmt diese Adresse keine Anfrage an.",
        }
    }

    /// What a status says of a request that only reads, or of another one.
    fn of(status: StatusCode, reads: bool) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Self::MethodNotAllowed,
            StatusCode::BAD_REQUEST if reads => Self::BadQuery,
            StatusCode::BAD_REQUEST => Self::BadArguments,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            StatusCode::PAYLOAD_TOO_LARGE => Self::BodyTooLarge,
            StatusCode::REQUEST_TIMEOUT => Self::BodyTooSlow,
            fault if fault.is_server_error() => Self::Internal,
            other => Self::Unfit(other),
        }
    }

    /// A page for a browser that navigates, RFC 9457 for everybody else.
    #[must_use]
    pub fn answer(self, asked: &HeaderMap, stylesheet: &str) -> Response {
        if wants_html(asked) {
            self.page(stylesheet)
        } else {
            self.into_response()
        }
    }

    /// RFC 9457, with what there is to say this time instead of the usual sentence.
    #[must_use]
    pub fn saying(self, detail: &str) -> Response {
        let details = ProblemDetails {
            r#type: "about:blank",
            title: self.title(),
            status: self.status().as_u16(),
            detail,
        };
        let mut response = Json(details).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM_JSON);
        self.finish(response)
    }

    fn page(self, stylesheet: &str) -> Response {
        let (title, detail) = (self.title(), self.detail());
        let html = format!(
            "<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"robots\" content=\"noindex\"><title>{title} – LaFaSt Sachsen</title>\
             <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
             <link rel=\"stylesheet\" href=\"{stylesheet}\"></head>\
             <body><main><h1>{title}</h1><p>{detail}</p><p><a href=\"/\">Zur Startseite</a></p></main></body></html>"
        );
        self.finish(Html(html).into_response())
    }

    fn finish(self, mut response: Response<Body>) -> Response {
        *response.status_mut() = self.status();
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Self::TooManyRequests { retry_after_seconds } = self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(retry_after_seconds));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.saying(self.detail())
    }
}

/// Who asks for JSON reads of each refusal in RFC 9457: also where a page, a line of text or nothing was the answer.
pub async fn around<F: Future<Output = Response>>(
    request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let is_program = wants_json(request.headers());
    let reads = request.method().is_safe();
    let response = next(request).await;
    if !is_program || !is_refusal_for_people(&response) {
        return response;
    }
    let mut problem = Problem::of(response.status(), reads).into_response();
    for name in KEPT {
        for value in response.headers().get_all(&name) {
            problem.headers_mut().append(&name, value.clone());
        }
    }
    problem
}

/// What a server function says itself is for its own half in the browser.
fn is_refusal_for_people(response: &Response) -> bool {
    let (status, headers) = (response.status(), response.headers());
    let is_refusal = status.is_client_error() || status.is_server_error();
    let kind = headers.get(header::CONTENT_TYPE);
    let is_for_people = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/"));
    is_refusal && is_for_people && !headers.contains_key(SERVER_FN_ERROR_HEADER)
}

/// Whether a browser navigates, rather than a script that calls.
#[must_use]
pub fn wants_html(headers: &HeaderMap) -> bool {
    accepts(headers, "text/html")
}

/// Whether a program asks for JSON of any kind, and not for a page.
fn wants_json(headers: &HeaderMap) -> bool {
    accepts(headers, "json") && !wants_html(headers)
}

fn accepts(headers: &HeaderMap, kind: &str) -> bool {
    let mut asked = headers.get_all(header::ACCEPT).iter();
    asked.any(|value| value.to_str().is_ok_and(|text| text.contains(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of an answer for who accepts this.
    async fn told(accept: &'static str, answer: Response) -> Response {
        let request = axum::http::Request::get("/")
            .header(header::ACCEPT, accept)
            .body(Body::empty());
        around(request.unwrap(), |_| async { answer }).await
    }

    #[tokio::test]
    async fn what_a_refusal_says_in_its_headers_stays_and_what_describes_its_page_goes() {
        let page = || {
            let headers = [
                (header::ALLOW, "POST"),
                (header::CONTENT_ENCODING, "br"),
                (header::CONTENT_SECURITY_POLICY, "script-src 'nonce-x'"),
            ];
            (StatusCode::IM_A_TEAPOT, headers, Html("<h1>Nein</h1>")).into_response()
        };
        let program = told("application/json", page()).await;
        assert_eq!(program.status(), StatusCode::IM_A_TEAPOT);
        assert_eq!(program.headers()[header::CONTENT_TYPE], PROBLEM_JSON);
        assert_eq!(program.headers()[header::ALLOW], "POST");
        for gone in [header::CONTENT_ENCODING, header::CONTENT_SECURITY_POLICY] {
            assert!(!program.headers().contains_key(&gone), "{gone}");
        }
        for accept in ["text/html, application/json", "*/*"] {
            let person = told(accept, page()).await;
            assert_eq!(person.headers()[header::CONTENT_ENCODING], "br", "{accept}");
        }
    }

    #[tokio::test]
    async fn what_is_meant_for_programs_already_stays_as_it_is() {
        let report = (StatusCode::CONFLICT, Json("Bericht")).into_response();
        let own = ([(SERVER_FN_ERROR_HEADER, "/api/x")], "ServerError|x").into_response();
        let own = (StatusCode::INTERNAL_SERVER_ERROR, own).into_response();
        for answer in [report, own, "alles gut".into_response()] {
            let kind = answer.headers()[header::CONTENT_TYPE].clone();
            let answer = told("application/json", answer).await;
            assert_eq!(answer.headers()[header::CONTENT_TYPE], kind);
        }
    }

    #[test]
    fn a_machine_gets_problem_json_and_a_browser_a_page() {
        let problem = Problem::TooManyRequests {
            retry_after_seconds: 7,
        };
        let machine = problem.answer(&HeaderMap::new(), "/x.css");
        assert_eq!(
            machine.headers()[header::CONTENT_TYPE],
            "application/problem+json"
        );
        assert_eq!(machine.headers()[header::RETRY_AFTER], "7");

        let asked = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static("text/html,*/*"))]);
        let person = problem.answer(&asked, "/x.css");
        assert_eq!(person.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(person.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    }
}
