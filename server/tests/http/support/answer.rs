//! What the server answered.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header's text; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The session token that the answer sets.
    pub fn session(&self) -> Option<String> {
        let cookie = self.header(header::SET_COOKIE.as_str()).strip_prefix("lafast=")?;
        let token = cookie.split(';').next().unwrap_or_default();
        (!token.is_empty()).then(|| token.to_owned())
    }

    /// Paths of this site that the page links to.
    pub fn links(&self) -> Vec<String> {
        let text = self.text();
        let hrefs = text
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let own = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("//"));
        own.map(|href| href.split('#').next().unwrap_or(href).replace("&amp;", "&"))
            .collect()
    }
}

/// What a piece of a page says to people: its words, without tags, each gap one blank.
pub fn words(html: &str) -> String {
    let whole = html.replace("<!>", "");
    let pieces = whole.split('<').enumerate();
    let said = pieces.map(|(nth, piece)| match (nth, piece.split_once('>')) {
        (0, _) | (_, None) => piece,
        (_, Some((_, said))) => said,
    });
    let said = said.collect::<Vec<_>>().join(" ");
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
