//! A new board, made by staff.

use domain::board::plan::{Plan, PlanError, PlanForm};
use domain::board::{Settings, Term};
use domain::ids::WorkshopId;
use leptos::prelude::*;
use store::boards::BoardDraft;
use store::{Store, audit};

use super::act::chosen;
use crate::boards::words;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

pub async fn create(typed: PlanForm, term: String, workshop: String) -> FormReply {
    let form = SentForm::on("/themen#anlegen").typed([
        ("title", typed.title.clone()),
        ("lead", typed.lead.clone()),
        ("columns", typed.columns.clone()),
        ("anonymity", typed.anonymity.clone()),
        ("level", typed.level.clone()),
        ("votes", typed.votes.clone()),
        ("term", term.clone()),
        ("workshop", workshop.clone()),
    ]);
    let viewer = match session::viewer().await {
        Ok(Some(viewer)) if viewer.is_staff() => viewer,
        Ok(_) => {
            set_status(404);
            return form.failed("Boards legt die Geschäftsstelle an.").await;
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let plan = match Plan::parse(&typed) {
        Ok(plan) => plan,
        Err(wrong) => return form.refused(wrong_plan(wrong)).await,
    };
    let term = match chosen(&term, Term::parse) {
        Ok(term) => term,
        Err(sentence) => return form.wrong("term", sentence).await,
    };
    let draft = BoardDraft {
        settings: beginning(&plan),
        title: plan.title,
        lead: plan.lead,
        columns: plan.columns,
        workshop: WorkshopId::parse(&workshop).ok(),
        term,
        template: None,
        district: None,
        demo: false,
    };
    let by = audit::Actor::Person(viewer.person);
    let store = expect_context::<Store>();
    match store.create_board(by, &draft).await {
        Ok(row) => form.go(format!("/themen/{}/moderation", row.slug)).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// What is wrong with a plan, field by field.
pub fn wrong_plan(wrong: Vec<(&'static str, PlanError)>) -> Vec<FieldError> {
    let sentence = |(field, error)| FieldError::new(field, words::plan(field, error));
    wrong.into_iter().map(sentence).collect()
}

/// How a planned board begins.
pub fn beginning(plan: &Plan) -> Settings {
    Settings::new(plan.level, plan.anonymity, plan.votes)
}
