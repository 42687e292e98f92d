//! `/oeapi/v6`: the catalogue after the Open Education API, version 6, for campus systems. Reading only.
//!
//! What it cannot carry: areas of competence beyond a code, several institutions of one course, and why a module was
//! withdrawn. Its own lists can be extended by values that begin with `x-`.
//!
//! - `course`: modules
//! - `offering`: runs
//! - `outcome`: learning outcomes
//! - `programme`: certificates
//! - `organisation`: institutions
//! - `page`: filters and pages of all lists

mod course;
mod offering;
mod organisation;
mod outcome;
mod page;
mod programme;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use domain::ids::{ModuleId, OrganisationId};
use serde_json::{Value, json};
use store::StoreError;
use store::modules::Listed;
use store::plans::ProgrammeRow;
use store::workshops::Run;

use self::page::Asked;
use crate::calendar::fresh_or_not_modified;
use crate::config::PublicUrl;
use crate::problem::Problem;
use crate::state::AppState;

const JSON: &str = "application/json";
/// Where the version that is spoken is described.
const SPECIFICATION: &str = "https://github.com/open-education-api/specification/tree/v6.0";

/// The lists and their items.
const COLLECTIONS: [&str; 5] = [
    "courses",
    "course-offerings",
    "learning-outcomes",
    "programmes",
    "organisations",
];

/// What campus systems read.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/oeapi/v6", get(service))
        .route("/oeapi/v6/", get(service))
        .route("/oeapi/v6/{collection}", get(list))
        .route("/oeapi/v6/{collection}/{id}", get(item))
        .route("/oeapi/v6/{collection}/{id}/{part}", get(part))
}

/// A module as a course, with nothing around it: for who looks whether it fits.
pub(super) fn course_of(public: &PublicUrl, listed: &Listed) -> Value {
    let alone = Known {
        modules: Vec::new(),
        runs: Vec::new(),
        programmes: Vec::new(),
        origin: public.join(""),
    };
    course::course(&alone, listed)
}

/// Everything that is told.
struct Known {
    modules: Vec<Listed>,
    runs: Vec<Run>,
    programmes: Vec<ProgrammeRow>,
    /// Where people find the platform.
    origin: String,
}

impl Known {
    async fn read(state: &AppState) -> Result<Self, StoreError> {
        Ok(Self {
            modules: state.store.catalogue().await?,
            runs: state.store.runs(None).await?,
            programmes: state.store.programmes().await?,
            origin: state.config.public_url.join(""),
        })
    }

    fn module(&self, id: ModuleId) -> Option<&Listed> {
        self.modules.iter().find(|listed| listed.module.id == id)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin.trim_end_matches('/'))
    }

    /// All items of a list; nothing: there is no such list.
    fn collection(&self, name: &str) -> Option<Vec<Value>> {
        Some(match name {
            "courses" => self
                .modules
                .iter()
                .map(|listed| course::course(self, listed))
                .collect(),
            "course-offerings" => self
                .runs
                .iter()
                .filter_map(|run| offering::offering(self, run))
                .collect(),
            "learning-outcomes" => self.modules.iter().flat_map(outcome::outcomes).collect(),
            "programmes" => self
                .programmes
                .iter()
                .map(|one| programme::programme(self, one))
                .collect(),
            "organisations" => organisation::organisations(&self.modules),
            _ => return None,
        })
    }

    /// A list that belongs to one item.
    fn part(&self, collection: &str, id: &str, part: &str) -> Option<Vec<Value>> {
        let items = self.collection(collection)?;
        items
            .iter()
            .find(|item| identifier(collection, item) == Some(id))?;
        let of = |list: &str, key: &str| -> Option<Vec<Value>> {
            let items = self.collection(list)?.into_iter();
            Some(
                items
                    .filter(|item| item.get(key).and_then(Value::as_str) == Some(id))
                    .collect(),
            )
        };
        match (collection, part) {
            ("courses", "course-offerings") => of("course-offerings", "courseId"),
            ("organisations", "courses") => of("courses", "organisationId"),
            ("organisations", "course-offerings") => of("course-offerings", "organisationId"),
            ("programmes", "courses") => {
                let mut courses = self.collection("courses")?;
                courses.retain(|course| {
                    let programmes = course.get("programmeIds").and_then(Value::as_array);
                    programmes.is_some_and(|ids| ids.iter().any(|one| one.as_str() == Some(id)))
                });
                Some(courses)
            }
            _ => None,
        }
    }
}

/// The id of an item.
fn identifier<'a>(collection: &str, item: &'a Value) -> Option<&'a str> {
    let key = match collection {
        "courses" => "courseId",
        "course-offerings" => "courseOfferingId",
        "learning-outcomes" => "learningOutcomeId",
        "programmes" => "programmeId",
        _ => "organisationId",
    };
    item.get(key)?.as_str()
}

async fn known(state: &AppState) -> Result<Known, Response> {
    Known::read(state).await.map_err(|error| {
        tracing::error!(%error, "the catalogue could not be read");
        Problem::Unavailable.into_response()
    })
}

/// What this service is and can do.
async fn service(State(state): State<AppState>, headers: HeaderMap) -> Response {
    // The schema wants references (RFC 3986), and no template with braces is one: items are found below each of these.
    let operations: Vec<Value> = COLLECTIONS
        .iter()
        .map(|name| json!({"verbs": ["GET"], "path": format!("/{name}")}))
        .collect();
    let body = json!({
        "contactEmail": crate::mail::message::address(&state.config.mail_from),
        "specification": SPECIFICATION,
        "documentation": state.config.public_url.join("/module"),
        "supportedOperations": operations,
    });
    fresh_or_not_modified(&headers, JSON, body.to_string())
}

async fn list(
    State(state): State<AppState>,
    Path(collection): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let known = match known(&state).await {
        Ok(known) => known,
        Err(answer) => return answer,
    };
    match known.collection(&collection) {
        Some(items) => page::answer(&headers, &asked, items),
        None => Problem::NotFound.into_response(),
    }
}

async fn item(
    State(state): State<AppState>,
    Path((collection, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let known = match known(&state).await {
        Ok(known) => known,
        Err(answer) => return answer,
    };
    let items = known.collection(&collection).unwrap_or_default();
    match items
        .iter()
        .find(|item| identifier(&collection, item) == Some(id.as_str()))
    {
        Some(item) => fresh_or_not_modified(&headers, JSON, item.to_string()),
        None => Problem::NotFound.into_response(),
    }
}

async fn part(
    State(state): State<AppState>,
    Path((collection, id, part)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let known = match known(&state).await {
        Ok(known) => known,
        Err(answer) => return answer,
    };
    match known.part(&collection, &id, &part) {
        Some(items) => page::answer(&headers, &asked, items),
        None => Problem::NotFound.into_response(),
    }
}

/// A German text as this API writes it.
fn german(text: &str) -> Value {
    json!([{"language": "de", "value": text}])
}

/// A code as this API writes it.
fn code(kind: &str, code: &str) -> Value {
    json!({"codeType": kind, "code": code})
}

/// The institution that answers first.
fn first_owner(listed: &Listed) -> Option<OrganisationId> {
    listed.module.owners.first().map(|(id, _)| *id)
}

/// The mode of a module or a run, in the words of the European vocabulary.
fn mode(key: &str) -> &'static str {
    match key {
        "online" => "online",
        "on_site" => "presential",
        "hybrid" => "hybrid",
        _ => "blended",
    }
}
