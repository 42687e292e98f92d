//! Certificates as files: `/nachweis/{code}/nachweis.pdf` for people, `/nachweis/{code}/abzeichen.jwt` for programs, and what
//! one needs to check the latter: `/abzeichen/schluessel/{id}`, `/abzeichen/aussteller/{id}`.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use badges::key::jwk;
use domain::certificate::{Certificate, CertificateCode};
use domain::ids::OrganisationId;
use paper::{Block, Document, Item, Level, Run};
use serde_json::{Value, json};
use store::StoreError;
use store::certificates::CertificateRow;

use super::origin::{ABOUT, paper_day};
use super::papers;
use crate::problem::Problem;
use crate::state::AppState;

/// Certificates as files.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/nachweis/{code}/nachweis.pdf", get(pdf))
        .route("/nachweis/{code}/abzeichen.jwt", get(badge))
        .route("/abzeichen/schluessel/{id}", get(key))
        .route("/abzeichen/aussteller/{id}", get(issuer))
}

fn unread(error: StoreError) -> Problem {
    match error {
        StoreError::NotFound => Problem::NotFound,
        error => {
            tracing::error!(%error, "a certificate could not be read");
            Problem::Unavailable
        }
    }
}

/// A certificate that counts. What was revoked is told by its page, and handed on by nothing.
async fn counting(state: &AppState, code: &str) -> Result<CertificateRow, Problem> {
    let code = CertificateCode::parse(code).ok_or(Problem::NotFound)?;
    let row = state.store.certificate(&code).await.map_err(unread)?;
    if row.revoked_at.is_some() {
        return Err(Problem::NotFound);
    }
    Ok(row)
}

async fn badge(State(state): State<AppState>, Path(code): Path<String>, headers: HeaderMap) -> Response {
    match counting(&state, &code).await {
        Ok(row) => {
            let disposition = "attachment; filename=\"abzeichen.jwt\"";
            (
                [
                    (header::CONTENT_TYPE, "application/jwt"),
                    (header::CONTENT_DISPOSITION, disposition),
                    (header::CACHE_CONTROL, "no-store"),
                ],
                row.badge,
            )
                .into_response()
        }
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

/// The public half of a key, as JSON Web Key.
async fn key(State(state): State<AppState>, Path(id): Path<String>) -> Response {
    match state.store.public_key(&id).await.map_err(unread) {
        Ok(public) => {
            let kid = state
                .config
                .public_url
                .join(&format!("/abzeichen/schluessel/{id}"));
            Json(jwk(&public, &kid)).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

/// Who issues badges, as a profile after Open Badges 3.0.
async fn issuer(State(state): State<AppState>, Path(id): Path<String>) -> Response {
    match profile(&state, &id).await {
        Ok(profile) => Json(profile).into_response(),
        Err(problem) => problem.into_response(),
    }
}

async fn profile(state: &AppState, id: &str) -> Result<Value, Problem> {
    let id = OrganisationId::parse(id).map_err(|_| Problem::NotFound)?;
    // Whose modules are not taught any more is still who issued.
    let modules = state.store.modules().await.map_err(unread)?;
    let mut owners = modules.iter().flat_map(|listed| &listed.module.owners);
    let (_, name) = owners.find(|(owner, _)| *owner == id).ok_or(Problem::NotFound)?;
    Ok(json!({
        "id": state.config.public_url.join(&format!("/abzeichen/aussteller/{id}")),
        "type": ["Profile"],
        "name": name,
        "url": state.config.public_url.join("/module"),
    }))
}

async fn pdf(State(state): State<AppState>, Path(code): Path<String>, headers: HeaderMap) -> Response {
    match write(&state, &code).await {
        Ok(bytes) => (
            [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "inline; filename=\"nachweis.pdf\""),
                (header::CACHE_CONTROL, "no-store"),
            ],
            bytes,
        )
            .into_response(),
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

async fn write(state: &AppState, code: &str) -> Result<Vec<u8>, Problem> {
    let row = counting(state, code).await?;
    let check = state
        .config
        .public_url
        .join(&format!("/nachweis/{}", row.code.as_str()));
    papers::written("a certificate", move || paper::write(&document(&row, &check))).await
}

fn document(row: &CertificateRow, check: &str) -> Document {
    let facts: &Certificate = &row.facts;
    let mut blocks = Vec::new();
    for element in facts.elements() {
        blocks.push(Block::Heading(Level::Chapter, element.label));
        blocks.push(match element.lines.as_slice() {
            [line] => Block::Paragraph(vec![Run::plain(line)]),
            lines => Block::List(lines.iter().map(Item::plain).collect()),
        });
    }
    blocks.push(Block::Heading(Level::Chapter, "Prüfen".to_owned()));
    blocks.push(Block::Small(format!(
        "Code {}. Ob dieser Nachweis echt ist und noch gilt, steht unter {check}. \
         Die Angaben folgen der Empfehlung des Rates der EU zu Micro-Credentials vom 16. Juni 2022, Anhang I.",
        row.code.printed()
    )));
    Document {
        title: format!("Nachweis: {}", facts.title),
        lead: format!(
            "{}{} hat das Modul bestanden.",
            if facts.demo {
                "Beispiel, kein echter Nachweis. "
            } else {
                ""
            },
            facts.holder
        ),
        about: ABOUT.to_owned(),
        made_on: paper_day(row.issued_at),
        is_draft: false,
        blocks,
    }
}
