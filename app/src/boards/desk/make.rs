//! A new board, made by staff.

use domain::board::Settings;
use domain::board::plan::{Plan, PlanError, PlanForm};
use domain::ids::{IdempotencyKey, WorkshopId};
use leptos::prelude::*;
use store::boards::BoardDraft;
use store::{Store, audit};

use super::term::chosen_term;
use crate::boards::words;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

pub async fn create(plan: PlanForm, [term, goes]: [String; 2], workshop: String, key: &str) -> FormReply {
    let said = [
        &plan.title,
        &plan.lead,
        &plan.columns,
        &plan.anonymity,
        &plan.level,
        &plan.votes,
        &term,
        &goes,
        &workshop,
    ];
    let said = said.map(Clone::clone);
    let form = SentForm::on("/themen#anlegen").typed([
        ("title", plan.title.clone()),
        ("lead", plan.lead.clone()),
        ("columns", plan.columns.clone()),
        ("anonymity", plan.anonymity.clone()),
        ("level", plan.level.clone()),
        ("votes", plan.votes.clone()),
        ("term", term.clone()),
        ("goes", goes.clone()),
        ("workshop", workshop.clone()),
        ("key", key.to_owned()),
    ]);
    let viewer = match session::viewer().await {
        Ok(Some(viewer)) if viewer.is_staff() => viewer,
        Ok(_) => {
            set_status(404);
            return form.failed("Boards legt die Geschäftsstelle an.").await;
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let plan = match Plan::parse(&plan) {
        Ok(plan) => plan,
        Err(wrong) => return form.refused(wrong_plan(wrong)).await,
    };
    let term = match chosen_term(&term, &goes) {
        Ok(term) => term,
        Err((field, sentence)) => return form.wrong(field, sentence).await,
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
    let who = viewer.person.to_string();
    let said: Vec<&str> = std::iter::once(who.as_str())
        .chain(said.iter().map(String::as_str))
        .collect();
    let made = match IdempotencyKey::parse(key) {
        Ok(key) => store.create_board_once(by, &draft, key.with(&said)).await,
        Err(_) => store.create_board(by, &draft).await,
    };
    match made {
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
