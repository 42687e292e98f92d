//! A new board, made by staff.

use domain::board::plan::{Plan, PlanError, PlanForm};
use domain::board::{CardKind, Operation, Settings, Wanted};
use domain::ids::{OperationId, WorkshopId};
use leptos::prelude::*;
use store::boards::topics::card_of;
use store::boards::{BoardDraft, BoardRow};
use store::{Store, audit};

use super::perform::run;
use crate::boards::words;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::loading::unavailable;
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
        Err(wrong) => return form.refused(wrong_plan(wrong)).await,
    };
    let draft = BoardDraft {
        settings: beginning(&plan),
        title: plan.title,
        lead: plan.lead,
        columns: plan.columns,
        workshop: WorkshopId::parse(&workshop).ok(),
        template: None,
        district: None,
        demo: false,
    };
    let by = audit::Actor::Person(viewer.person);
    let store = expect_context::<Store>();
    match store.create_board(by, &draft).await {
        Ok(row) => {
            if let Err(error) = bring_topics(&store, &row).await {
                tracing::warn!(%error, "the topics of a Veranstaltung did not become cards");
            }
            form.go(format!("/themen/{}/moderation", row.slug)).await
        }
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

/// What people proposed when they signed up for the Veranstaltung stands on its board from the beginning. What comes
/// later is brought as it comes (`store::boards::topics`).
pub async fn bring_topics(store: &Store, row: &BoardRow) -> Result<(), ServerFnError> {
    let Some(workshop) = row.workshop else {
        return Ok(());
    };
    let topics = store.topics(workshop, None).await.map_err(unavailable)?;
    let board = store.board(row.id).await.map_err(unavailable)?;
    let Some(column) = board.columns.first().filter(|_| !topics.is_empty()) else {
        return Ok(());
    };
    let wanted = topics.into_iter().map(|topic| {
        // One that was proposed meanwhile is there already.
        let card = card_of(topic.id, row.id);
        Wanted {
            id: OperationId(card.0),
            operation: Operation::Write {
                card,
                column: column.id,
                kind: CardKind::Topic,
                text: topic.text,
            },
        }
    });
    run(&row.slug, wanted.collect())
        .await
        .map(drop)
        .map_err(|error| error.unwrap_or_else(|| ServerFnError::new(TRY_AGAIN)))
}
