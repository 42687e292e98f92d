//! What the server functions do.
//!
//! - [`overview`]: how it goes, and one's own applications
//! - [`application`]: one module, for who can do it already
//! - [`evidence`] of what one can do: files
//! - [`decide`]: for who curates
//! - [`words`]: refusals, gaps and findings in sentences

pub mod application;
pub mod decide;
pub mod evidence;
pub mod overview;
pub(crate) mod words;

use domain::ids::RecognitionId;
use domain::module::ModuleCode;
use domain::module::review::Reviewer;
use store::recognition::{FileRow, Precedent, RecognitionRow};

use super::dto::{FileView, OutcomeView};
use crate::catalogue::desk::as_reviewer;
use crate::form_reply::{FormReply, SentForm};
use crate::session;
use crate::ui::text::TRY_AGAIN;

/// Who asks, as the rules see them: somebody without a role, too.
async fn asking(form: SentForm) -> Result<(SentForm, Reviewer), FormReply> {
    match session::viewer().await {
        Ok(Some(viewer)) => Ok((form, as_reviewer(&viewer))),
        Ok(None) => Err(form.failed("Bitte melden Sie sich zuerst an.").await),
        Err(_) => Err(form.failed(TRY_AGAIN).await),
    }
}

/// A form on the page of a module; nothing that was typed reaches the address unchecked.
fn on_page(code: &str, behind: &str) -> SentForm {
    match ModuleCode::parse(code) {
        Ok(code) => SentForm::on(format!("/anrechnung/{code}{behind}")),
        Err(_) => SentForm::on("/anrechnung"),
    }
}

fn id(text: &str) -> Option<RecognitionId> {
    RecognitionId::parse(text).ok()
}

/// The outcomes of an application, or of a module for which there is none yet.
fn outcomes(content: &domain::module::Content, row: Option<&RecognitionRow>) -> Vec<OutcomeView> {
    let view = |outcome: domain::module::LearningOutcome| {
        let claim = row.and_then(|row| row.claims.0.get(&outcome.number));
        let finding = row.and_then(|row| row.findings.0.get(&outcome.number));
        let grasp = claim.and_then(|claim| claim.grasp);
        OutcomeView {
            number: outcome.number,
            evidence: content.evidence(outcome.number).map(str::to_owned),
            text: outcome.text,
            grasp: grasp.map(|grasp| grasp.key().to_owned()).unwrap_or_default(),
            grasp_words: grasp.map(|grasp| grasp.label().to_owned()).unwrap_or_default(),
            said: claim.map(|claim| claim.said.clone()).unwrap_or_default(),
            finding: finding.map(words::finding),
        }
    };
    content.outcomes().into_iter().map(view).collect()
}

fn file(row: &FileRow) -> FileView {
    FileView {
        number: row.number,
        name: row.name.as_str().to_owned(),
        size: words::size(row.bytes),
        path: (!row.is_erased).then(|| format!("/anrechnung/nachweis/{}", row.id)),
    }
}

fn precedent(precedent: &Precedent) -> (String, String) {
    let what = if precedent.is_granted {
        "zählte"
    } else {
        "zählte nicht"
    };
    let about = format!(
        "L{}, {}, {}: {what}, {}",
        precedent.outcome,
        precedent.procedure.word(),
        precedent.evidence.label(),
        precedent.year
    );
    (about, precedent.sentence.clone())
}
