//! `/bridges/moochub/courses`: what counts, after MOOChub 3.0 (JSON:API), page by page.
//!
//! What it cannot carry: the level of the German qualifications framework, the areas of competence of social work, and all
//! hours of a module (it knows hours a week).

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::module::Content;
use domain::module::field::Field;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::modules::Listed;

use crate::calendar::fresh_or_not_modified;
use crate::problem::Problem;
use crate::state::AppState;

/// Courses of a page.
const COURSES_PER_PAGE: usize = 20;
const MEDIA_TYPE: &str = "application/vnd.api+json; moochub-version=3.0";
const PATH: &str = "/bridges/moochub/courses";

/// Which page.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    page: Option<String>,
}

/// A page of courses. 404 if there is no such page, 406 for another version.
pub async fn courses(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    if !takes_this_version(&headers) {
        return Problem::Unfit(StatusCode::NOT_ACCEPTABLE)
            .saying("Hier gibt es MOOChub 3.0: application/vnd.api+json; moochub-version=3");
    }
    let not_found = || Problem::NotFound.into_response();
    let page = match asked.page.as_deref().map(str::parse::<usize>) {
        None => 1,
        Some(Ok(page)) if page > 0 => page,
        Some(_) => return not_found(),
    };
    let modules = match state.store.catalogue().await {
        Ok(modules) => modules,
        Err(error) => {
            tracing::error!(%error, "the catalogue could not be read");
            return Problem::Unavailable.into_response();
        }
    };
    let pages = modules.len().div_ceil(COURSES_PER_PAGE).max(1);
    if page > pages {
        return not_found();
    }
    let url = |path: &str| state.config.public_url.join(path);
    let data: Vec<Value> = modules
        .iter()
        .skip((page - 1) * COURSES_PER_PAGE)
        .take(COURSES_PER_PAGE)
        .map(|listed| course(listed, &url(&format!("/module/{}", listed.module.code))))
        .collect();
    let link = |page: usize| url(&format!("{PATH}?page={page}"));
    let mut links = json!({"self": link(page), "first": link(1), "last": link(pages)});
    if let Some(links) = links.as_object_mut() {
        if page < pages {
            links.insert("next".to_owned(), json!(link(page + 1)));
        }
        if page > 1 {
            links.insert("prev".to_owned(), json!(link(page - 1)));
        }
    }
    let body = json!({"links": links, "data": data}).to_string();
    fresh_or_not_modified(&headers, MEDIA_TYPE, body)
}

/// Whoever names a version of MOOChub means it; everybody else takes what there is.
fn takes_this_version(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("*/*");
    accept.split(',').any(|range| {
        let version = range
            .split(';')
            .find_map(|parameter| parameter.trim().strip_prefix("moochub-version="));
        version.is_none_or(|version| version.split('.').next() == Some("3"))
    })
}

/// A module.
pub(super) fn course(listed: &Listed, url: &str) -> Value {
    let content = &listed.version.content;
    let organisations: Vec<Value> = listed
        .module
        .owners
        .iter()
        .map(|(_, name)| json!({"name": name, "type": "Organization"}))
        .collect();
    let mut attributes = Map::new();
    let mut say = |key: &str, value: Value| {
        attributes.insert(key.to_owned(), value);
    };
    say("name", json!(content.get(Field::Title)));
    say("courseCode", json!(listed.module.code.as_str()));
    say(
        "learningResourceType",
        json!({
            "identifier": "https://w3id.org/kim/hcrt/course",
            "type": "Concept",
            "inScheme": "https://w3id.org/kim/hcrt/scheme",
        }),
    );
    say("publisher", organisations.first().cloned().unwrap_or_default());
    say("creator", json!(organisations));
    say("url", json!(url));
    say("license", json!([licence(content.get(Field::Licence))]));
    say("description", json!(html(content)));
    say("inLanguage", json!([content.get(Field::Language)]));
    say("courseMode", json!([mode(content)]));
    say(
        "keywords",
        json!(content.lines(Field::Keywords).collect::<Vec<_>>()),
    );
    if let Some(weeks) = content.number(Field::Weeks) {
        say("duration", json!(format!("P{weeks}W")));
        say(
            "workload",
            json!({"timeValue": content.hours().div_ceil(weeks), "timeUnit": "h/week"}),
        );
    }
    if let Some(credits) = content.hundredths(Field::Ects) {
        say("numberOfCredits", json!(f64::from(credits) / 100.0));
    }
    if let Some(fee) = content.hundredths(Field::Fee) {
        say("access", json!([if fee == 0 { "free" } else { "paid" }]));
        say(
            "offer",
            json!([{
                "price": f64::from(fee) / 100.0, "priceCurrency": "EUR",
                "paymentFrequency": "one-time", "category": "complete",
            }]),
        );
    }
    let awarded = match content.get(Field::Grading) {
        "none" => "confirmation of participation",
        _ => "certificate",
    };
    say("educationalCredentialsAwarded", json!([awarded]));
    if let Some(place) = content.lines(Field::Places).next() {
        say("contentLocation", json!({"name": place}));
    }
    if let Some(at) = listed.version.published_at {
        say("dateModified", json!(at.to_rfc3339()));
    }
    json!({"id": listed.module.id.to_string(), "type": "Course", "attributes": attributes})
}

fn mode(content: &Content) -> &'static str {
    match content.get(Field::Mode) {
        "online" => "online",
        "on_site" => "onsite",
        _ => "blended",
    }
}

fn licence(identifier: &str) -> Value {
    match identifier {
        "proprietary" | "" => json!({"identifier": "proprietary", "url": null}),
        spdx => json!({"identifier": spdx, "url": format!("https://spdx.org/licenses/{spdx}.html")}),
    }
}

/// Short text, contents and outcomes as HTML, with everything escaped that people typed.
fn html(content: &Content) -> String {
    let escaped = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let list = |lines: Vec<String>| {
        let items: String = lines
            .iter()
            .map(|line| format!("<li>{}</li>", escaped(line)))
            .collect();
        format!("<ul>{items}</ul>")
    };
    let outcomes = content
        .outcomes()
        .into_iter()
        .map(|outcome| outcome.text)
        .collect();
    format!(
        "<p>{}</p>{}{}",
        escaped(content.get(Field::Lead)),
        list(content.lines(Field::Contents).map(str::to_owned).collect()),
        list(outcomes)
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_another_version_of_moochub_is_refused() {
        let takes = |accept: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            takes_this_version(&headers)
        };
        assert!(takes("*/*") && takes("application/json") && takes_this_version(&HeaderMap::new()));
        assert!(
            takes("application/vnd.api+json; moochub-version=3")
                && takes("application/vnd.api+json;moochub-version=3.0")
        );
        assert!(!takes("application/vnd.api+json; moochub-version=2.1"));
        assert!(takes(
            "application/vnd.api+json; moochub-version=2, application/vnd.api+json; moochub-version=3"
        ));
    }

    #[test]
    fn nothing_that_was_typed_is_markup() {
        let mut content = Content::default();
        content
            .write(Field::Lead, "<script>alert(1)</script> und noch ein Satz & mehr.")
            .unwrap();
        let html = html(&content);
        assert!(
            html.contains("&lt;script&gt;") && html.contains("&amp; mehr") && !html.contains("<script"),
            "{html}"
        );
    }
}
