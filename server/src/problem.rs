//! How the server says no: for machines RFC 9457, for people a page in German.

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;

/// Media type of RFC 9457.
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

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
        let details = ProblemDetails {
            r#type: "about:blank",
            title: self.title(),
            status: self.status().as_u16(),
            detail: self.detail(),
        };
        let mut response = Json(details).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM_JSON);
        self.finish(response)
    }
}

/// Whether a browser navigates, rather than a script that calls.
#[must_use]
pub fn wants_html(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .any(|value| value.to_str().is_ok_and(|text| text.contains("text/html")))
}

#[cfg(test)]
mod tests {
    use super::*;

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
