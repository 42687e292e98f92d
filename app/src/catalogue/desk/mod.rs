//! What the server functions do.
//!
//! - [`demand`]: what is asked for, in sums
//! - [`overview`]: all modules, what waits, a new module
//! - [`version`]: a version, and what can be done with it
//! - [`field`]: one field, what is written into it and said about it
//! - [`lint`]: each module against each standard
//! - [`semester`]: what still holds, and which runs are taught again
//! - [`import`]: tables of modules
//! - [`words`]: refusals, gaps and wrong input in sentences

pub mod demand;
pub mod field;
pub mod import;
pub(crate) mod lint;
pub(crate) mod overview;
pub mod semester;
pub mod version;
pub(crate) mod words;

use domain::account::Role;
use domain::module::ModuleCode;
use domain::module::review::Reviewer;
use leptos::prelude::*;
use store::accounts::Viewer;
use store::modules::{ModuleRow, VersionRow};
use store::{Store, StoreError};

use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

/// The viewer as somebody who reviews; nothing, if the viewer neither curates nor works at the office.
pub(crate) async fn reviewer() -> Result<Option<Reviewer>, ServerFnError> {
    Ok(session::viewer().await?.and_then(|viewer| of(&viewer)))
}

/// The viewer as somebody who reviews; nothing, if the viewer neither curates nor works at the office.
#[must_use]
pub fn of(viewer: &Viewer) -> Option<Reviewer> {
    let reviewer = as_reviewer(viewer);
    (reviewer.is_staff || !reviewer.curates.is_empty()).then_some(reviewer)
}

/// The viewer as the rules see them; who neither curates nor works at the office can be an author or an applicant only.
#[must_use]
pub fn as_reviewer(viewer: &Viewer) -> Reviewer {
    let curated = viewer.roles.iter().filter(|(role, _)| *role == Role::Curator);
    Reviewer {
        person: viewer.person,
        curates: curated.filter_map(|(_, organisation)| *organisation).collect(),
        is_staff: viewer.is_staff(),
    }
}

/// Who reviews and asks, or the answer to anybody else.
async fn asking(form: SentForm) -> Result<(SentForm, Reviewer), FormReply> {
    match reviewer().await {
        Ok(Some(reviewer)) => Ok((form, reviewer)),
        Ok(None) => {
            set_status(404);
            Err(form
                .failed("Das dürfen nur die Institutionen des Katalogs und die Geschäftsstelle.")
                .await)
        }
        Err(_) => Err(form.failed(TRY_AGAIN).await),
    }
}

/// A module with its versions, the newest first, for who may see its drafts.
async fn find(
    store: &Store,
    reviewer: &Reviewer,
    code: &str,
) -> Result<Option<(ModuleRow, Vec<VersionRow>)>, ServerFnError> {
    let Ok(code) = ModuleCode::parse(code) else {
        return Ok(None);
    };
    let module = match store.module(&code).await {
        Ok(module) if reviewer.works_for(&module.owner_ids()) => module,
        Ok(_) | Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let versions = store.module_versions(module.id).await.map_err(unavailable)?;
    Ok(Some((module, versions)))
}

/// A form on a page of the catalogue; nothing that was typed reaches the address unchecked.
fn on_page(code: &str, behind: &str) -> SentForm {
    match ModuleCode::parse(code) {
        Ok(code) => SentForm::on(format!("/katalog/{code}{behind}")),
        Err(_) => SentForm::on("/katalog"),
    }
}
