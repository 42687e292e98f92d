//! A new board, made by staff.

use domain::board::plan::{Plan, PlanForm};
use domain::board::{Phase, Settings};
use domain::ids::WorkshopId;
use leptos::prelude::*;
use store::boards::BoardDraft;
use store::{Store, audit};

use crate::boards::words;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

pub async fn create(typed: PlanForm, workshop: String) -> FormReply {
    let form = SentForm::on("/themen#anlegen").typed([
        ("title", typed.title.clone()),
        ("lead", typed.lead.clone()),
        ("columns", typed.columns.clone()),
        ("anonymity", typed.anonymity.clone()),
        ("level", typed.level.clone()),
        ("votes", typed.votes.clone()),
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
        Err(wrong) => {
            let errors = wrong
                .into_iter()
                .map(|(field, error)| FieldError::new(field, words::plan(field, error)))
                .collect();
            return form.refused(errors).await;
        }
    };
    let draft = BoardDraft {
        title: plan.title,
        lead: plan.lead,
        settings: Settings {
            level: plan.level,
            phase: Phase::Collect,
            anonymity: plan.anonymity,
            votes_max: plan.votes,
            votes_hidden: true,
            frozen_at: None,
        },
        columns: plan.columns,
        workshop: WorkshopId::parse(&workshop).ok(),
        demo: false,
    };
    let by = audit::Actor::Person(viewer.person);
    match expect_context::<Store>().create_board(by, &draft).await {
        Ok(row) => form.go(format!("/themen/{}/moderation", row.slug)).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}
