//! Who passed a run.

use domain::booking::PlaceState;
use domain::certificate::facts::Occasion;
use domain::certificate::{Certificate, CertificateCode};
use domain::german::{self, count};
use domain::ids::{SignUpId, WorkshopId};
use domain::module::review::Reviewer;
use domain::text::one_line;
use leptos::prelude::*;
use store::certificates::{CertificateRow, Issue, IssueError};
use store::modules::{ModuleRow, VersionRow};
use store::signups::{SignUpFilter, SignUpRow};
use store::workshops::WorkshopRow;
use store::{Store, StoreError};

use super::signed::Signer;
use crate::catalogue::desk::reviewer;
use crate::catalogue::desk::words::length;
use crate::certificates::dto::{IssuedView, RunView};
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::public_address::PublicAddress;
use crate::ui::text::TRY_AGAIN;

/// Characters of the reason for a revocation.
const REASON_CHARACTERS_MAX: usize = 300;

const NOT_THERE: &str = "Eine der Personen hat keinen bestätigten Platz mehr. Ausgestellt wurde nichts.";

/// A run that the asker may see.
struct Found {
    reviewer: Reviewer,
    row: WorkshopRow,
    module: ModuleRow,
    version: VersionRow,
}

async fn find(store: &Store, id: &str) -> Result<Option<Found>, ServerFnError> {
    let (Some(reviewer), Ok(id)) = (reviewer().await?, WorkshopId::parse(id)) else {
        return Ok(None);
    };
    let row = match store.workshop(id).await {
        Ok(card) => card.row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let number = store.version_of_run(id).await.map_err(unavailable)?;
    let (Some(code), Some(number)) = (row.draft.module.clone(), number) else {
        return Ok(None);
    };
    let module = store.module(&code).await.map_err(unavailable)?;
    if !reviewer.works_for(&module.owner_ids()) {
        return Ok(None);
    }
    let versions = store.module_versions(module.id).await.map_err(unavailable)?;
    let version = versions.into_iter().find(|version| version.number == number);
    Ok(version.map(|version| Found {
        reviewer,
        row,
        module,
        version,
    }))
}

/// Who has a seat in a run.
async fn places(store: &Store, id: WorkshopId) -> Result<Vec<SignUpRow>, StoreError> {
    let mut all = store.sign_ups(id, &SignUpFilter::default()).await?;
    // Whose term is over has no name here any more.
    all.retain(|place| place.state == PlaceState::Confirmed && !place.email.is_empty());
    all.sort_by_key(|place| place.name.to_lowercase());
    Ok(all)
}

pub async fn load(id: &str) -> Result<Option<RunView>, ServerFnError> {
    let store = expect_context::<Store>();
    let Some(found) = find(&store, id).await? else {
        return Ok(None);
    };
    let places = places(&store, found.row.id).await.map_err(unavailable)?;
    let certificates = store
        .certificates_of_run(found.row.id)
        .await
        .map_err(unavailable)?;
    let has = |place: &SignUpRow| {
        let mut counting = certificates.iter().filter(|one| one.revoked_at.is_none());
        counting.any(|one| one.sign_up == place.id)
    };
    let draft = &found.row.draft;
    let is_over = draft.ends_at <= store.ambient().now();
    Ok(Some(RunView {
        id: found.row.id.to_string(),
        title: draft.title.clone(),
        facts: format!(
            "{}, Fassung\u{a0}{}\u{a0}· {}",
            found.module.code,
            found.version.number,
            german::unbroken(&german::span(draft.starts_at, draft.ends_at))
        ),
        standing: if is_over {
            "Wer bestanden hat, bekommt einen Nachweis mit Code und eine E-Mail. Er zählt im Lernweg."
                .to_owned()
        } else {
            format!(
                "Nachweise gibt es, wenn der Durchgang vorbei ist: nach dem {}.",
                german::day_year(draft.ends_at)
            )
        },
        issues: is_over,
        without: places
            .iter()
            // Before it is over the names are not needed here.
            .filter(|place| is_over && !has(place))
            .map(|place| (place.id.to_string(), place.name.clone()))
            .collect(),
        with: certificates.iter().map(issued).collect(),
    }))
}

fn issued(row: &CertificateRow) -> IssuedView {
    let words = match row.revoked_at {
        Some(at) => format!("widerrufen am {}: {}", german::day_year(at), row.reason),
        None => format!("{}, ausgestellt am {}", row.code.printed(), row.facts.issued_on),
    };
    IssuedView {
        holder: row.facts.holder.clone(),
        code: row.code.printed(),
        path: format!("/nachweis/{}", row.code.as_str()),
        words,
        counts: row.revoked_at.is_none(),
    }
}

fn on_page(id: &str) -> SentForm {
    match WorkshopId::parse(id) {
        Ok(id) => SentForm::on(format!("/katalog/durchgang/{id}")),
        Err(_) => SentForm::on("/katalog"),
    }
}

async fn asking(store: &Store, form: SentForm, id: &str) -> Result<(SentForm, Found), FormReply> {
    match find(store, id).await {
        Ok(Some(found)) => Ok((form, found)),
        Ok(None) => {
            crate::ui::not_found::set_status(404);
            Err(form
                .failed("Das dürfen nur die Institution des Moduls und die Geschäftsstelle.")
                .await)
        }
        Err(_) => Err(form.failed(TRY_AGAIN).await),
    }
}

pub async fn issue(id: String, passed: Vec<String>) -> FormReply {
    let store = expect_context::<Store>();
    let (form, found) = match asking(&store, on_page(&id), &id).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let passed: Vec<SignUpId> = passed.iter().filter_map(|id| SignUpId::parse(id).ok()).collect();
    if passed.is_empty() {
        return form.wrong("passed", "Bitte wählen Sie, wer bestanden hat.").await;
    }
    let many = passed.len();
    let issues = match issues(&store, &found, &passed).await {
        Ok(issues) => issues,
        Err(()) => return form.failed(TRY_AGAIN).await,
    };
    if issues.len() < many {
        return form.wrong("passed", NOT_THERE).await;
    }
    match store
        .issue_certificates(found.reviewer.person, found.row.id, issues)
        .await
    {
        Ok(Ok(0)) => form.done("Alle Ausgewählten haben schon einen Nachweis.").await,
        Ok(Ok(many)) => {
            let many = count(
                u32::try_from(many).unwrap_or(u32::MAX),
                "Nachweis ist",
                "Nachweise sind",
            );
            form.done(format!("{many} ausgestellt. Die E-Mails sind unterwegs."))
                .await
        }
        Ok(Err(IssueError::NotOver)) => form.failed("Der Durchgang ist noch nicht vorbei.").await,
        Ok(Err(IssueError::NotThere)) => form.wrong("passed", NOT_THERE).await,
        Ok(Err(IssueError::Own)) => {
            form.wrong(
                "passed",
                "Den eigenen Nachweis stellt jemand anderes aus. Ausgestellt wurde nichts.",
            )
            .await
        }
        Err(error) => {
            tracing::error!(%error, "certificates could not be issued");
            form.failed(TRY_AGAIN).await
        }
    }
}

/// The certificates of those who passed, signed.
async fn issues(store: &Store, found: &Found, passed: &[SignUpId]) -> Result<Vec<Issue>, ()> {
    let failed = |error: &dyn std::fmt::Display| tracing::error!(%error, "certificates could not be made");
    let public = use_context::<PublicAddress>().ok_or(())?;
    let signer = Signer::of(store, public).await.map_err(|error| failed(&error))?;
    let places = places(store, found.row.id)
        .await
        .map_err(|error| failed(&error))?;
    let (issuer, _) = found.module.owners.first().ok_or(())?;
    let now = store.ambient().now();
    let draft = &found.row.draft;
    let issue = |place: &SignUpRow| {
        let occasion = Occasion {
            holder: place.name.clone(),
            awarded_by: found.module.owners.iter().map(|(_, name)| name.clone()).collect(),
            issued_on: german::day_year(now),
            taught: german::span(draft.starts_at, draft.ends_at),
            demo: found.module.demo,
        };
        let facts = Certificate::of(
            found.module.code.clone(),
            found.version.number,
            &found.version.content,
            occasion,
        );
        let code = CertificateCode::of_bytes(store.ambient().bytes());
        Issue {
            sign_up: place.id,
            badge: signer.badge(&code, &facts, *issuer, now),
            code,
            facts,
        }
    };
    let chosen = places.iter().filter(|place| passed.contains(&place.id));
    Ok(chosen.map(issue).collect())
}

pub async fn revoke([id, code, reason]: [String; 3]) -> FormReply {
    let store = expect_context::<Store>();
    let form = on_page(&id).typed([("code", code.clone()), ("reason", reason.clone())]);
    let (form, found) = match asking(&store, form, &id).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let reason = match one_line(&reason, 10, REASON_CHARACTERS_MAX) {
        Ok(reason) => reason,
        Err(error) => return form.wrong(&format!("reason-{code}"), length(error)).await,
    };
    let Some(code) = CertificateCode::parse(&code) else {
        return form.failed(TRY_AGAIN).await;
    };
    match store
        .revoke_certificate(found.reviewer.person, found.row.id, &code, reason)
        .await
    {
        Ok(true) => {
            form.done("Widerrufen. Wer den Nachweis prüft, liest das und den Grund.")
                .await
        }
        Ok(false) => {
            form.failed("Diesen Nachweis gibt es nicht, oder er ist schon widerrufen.")
                .await
        }
        Err(error) => {
            tracing::error!(%error, "a certificate could not be revoked");
            form.failed(TRY_AGAIN).await
        }
    }
}
