//! What programs of other institutions do with a token (`Authorization: Bearer lafast_…`): read the modules of their institution
//! with what their newest versions say, and bring tables of them as drafts. docs/exchange.md describes it.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use domain::ids::OrganisationId;
use domain::module::ModuleCode;
use domain::module::sheet::dry_run::{Bearer, DryRun, Misplaced, Row, Target};
use domain::module::sheet::{self, Finding};
use serde::Deserialize;
use serde_json::{Value, json};
use store::StoreError;
use store::access::Caller;
use store::audit::Actor;
use tables::read::rows_beside;

use crate::calendar::{for_one, fresh_or_not_modified};
use crate::exchange::sheet::{Format, write};
use crate::problem::Problem;
use crate::security::body::UPLOAD_BYTES_MAX;
use crate::state::AppState;

/// What programs do.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/api/v1/modules", get(modules).post(bring))
        // What is sent is bounded before it gets here (`security::body`).
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

/// Whether anything is to be written.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    dry_run: bool,
}

/// The program that comes with a token, if it is one that counts.
///
/// # Errors
/// When the database fails.
pub async fn caller(state: &AppState, headers: &HeaderMap) -> Result<Option<Caller>, StoreError> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match token {
        Some(token) => state.store.api_caller(token.trim()).await,
        None => Ok(None),
    }
}

/// The same, or 401, which says how one is brought (RFC 6750, section 3).
async fn known(state: &AppState, headers: &HeaderMap) -> Result<Caller, Response> {
    let found = caller(state, headers).await.map_err(|error| unread(&error))?;
    found.ok_or_else(|| {
        let mut refused = Problem::NoToken.into_response();
        refused.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            axum::http::HeaderValue::from_static("Bearer realm=\"LaFaSt\""),
        );
        refused
    })
}

fn unread(error: &StoreError) -> Response {
    tracing::error!(%error, "a program could not be answered");
    Problem::Unavailable.into_response()
}

/// The modules of the institution, with what their newest versions say.
async fn modules(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let caller = match known(&state, &headers).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    let mut modules = match state.store.modules().await {
        Ok(modules) => modules,
        Err(error) => return unread(&error),
    };
    modules.retain(|listed| listed.module.owner_ids().contains(&caller.organisation));
    match write::file(Format::Json, &modules) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            for_one(fresh_or_not_modified(&headers, "application/json", text))
        }
        Err(error) => {
            tracing::error!(%error, "modules could not be written");
            Problem::Internal.into_response()
        }
    }
}

/// Reads a table of modules (CSV, XLSX or JSON, by its content) and says cell by cell what it does; writes it as drafts, all of
/// it or nothing.
async fn bring(
    State(state): State<AppState>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let caller = match known(&state, &headers).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    if !caller.scope.writes() {
        return Problem::NotInScope.into_response();
    }
    let rows = match rows_beside(body.to_vec()).await {
        Ok(rows) => rows,
        Err(error) => return unreadable(&error.to_string()),
    };
    let lines = match sheet::read(&rows) {
        Ok((_, lines)) => lines,
        Err(error) => return unreadable(&error.to_string()),
    };
    let bearer = match bearer(&state, caller.organisation).await {
        Ok(bearer) => bearer,
        Err(error) => return unread(&error),
    };
    let run = match state.store.dry_run(&lines, &bearer).await {
        Ok(run) => run,
        Err(error) => return unread(&error),
    };
    if run.sum().wrong > 0 {
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(report(&run, false))).into_response();
    }
    if asked.dry_run {
        return Json(report(&run, false)).into_response();
    }
    let actor = Actor::Program(caller.token);
    match state.store.import_modules(actor, None, run.writings()).await {
        Ok(()) => Json(report(&run, true)).into_response(),
        Err(StoreError::Stale | StoreError::Duplicate | StoreError::NotFound) => {
            (StatusCode::CONFLICT, Json(report(&run, false))).into_response()
        }
        Err(error) => unread(&error),
    }
}

/// What is no table of modules; nothing is written.
fn unreadable(why: &str) -> Response {
    Problem::Unfit(StatusCode::UNPROCESSABLE_ENTITY).saying(why)
}

async fn bearer(state: &AppState, organisation: OrganisationId) -> Result<Bearer, StoreError> {
    let all = state.store.organisations().await?;
    let own = all.into_iter().filter(|one| one.id == organisation);
    Ok(Bearer {
        institutions: own.map(|one| (one.id, one.name)).collect(),
        may_all: false,
    })
}

fn report(run: &DryRun, is_written: bool) -> Value {
    let sum = run.sum();
    json!({
        "written": is_written,
        "sum": { "new": sum.new, "changed": sum.changed, "unchanged": sum.same, "wrong": sum.wrong, "modules": sum.modules },
        "rows": run.rows.iter().map(row).collect::<Vec<_>>(),
        "missing": run.missing.iter().map(ModuleCode::as_str).collect::<Vec<_>>(),
    })
}

fn row(row: &Row) -> Value {
    let (code, fate) = match &row.target {
        Target::Into(code) => (code.to_string(), "existing"),
        Target::New(code, _) => (code.to_string(), "new"),
        Target::Nowhere(why) => misplaced(why),
    };
    let cells: Vec<Value> = row
        .cells
        .iter()
        .map(|(field, finding)| match finding {
            Finding::Same => json!({ "field": field.key(), "fate": "unchanged" }),
            Finding::New(after) => json!({ "field": field.key(), "fate": "new", "after": after }),
            Finding::Changed { before, after } => {
                json!({ "field": field.key(), "fate": "changed", "before": before, "after": after })
            }
            Finding::Wrong(wrong) => {
                json!({ "field": field.key(), "fate": "wrong", "error": wrong.to_string() })
            }
        })
        .collect();
    json!({ "row": row.number, "code": code, "fate": fate, "cells": cells })
}

fn misplaced(why: &Misplaced) -> (String, &'static str) {
    match why {
        Misplaced::NotACode(typed) => (typed.clone(), "not a code"),
        Misplaced::Twice(code) => (code.to_string(), "stands in a row above"),
        Misplaced::BeingReviewed(code) => (code.to_string(), "is being reviewed"),
        Misplaced::NotYours(code) => (code.to_string(), "belongs to another institution"),
        Misplaced::NoInstitution(code, _) => (code.to_string(), "names no institution of this token"),
        Misplaced::NoRoom(code) => (code.to_string(), "no room for more modules"),
    }
}
