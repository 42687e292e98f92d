//! Templates, and boards of them.

use domain::board::plan::{Plan, PlanForm};
use domain::district::District;
use domain::german::count;
use domain::ids::{TemplateId, WorkshopId};
use leptos::prelude::*;
use store::boards::{BoardDraft, BoardRow, Template, TemplateDraft};
use store::{Store, StoreError, audit};

use crate::boards::desk::{beginning, wrong_plan};
use crate::form_key::form_key;
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::outcomes::dto::TemplateList;
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

/// What stands in the list in place of a district: one board for each that has none.
const REST: &str = "rest";
/// What stands in the list in place of a district: one board for all together.
const ALL: &str = "all";

pub async fn list() -> Result<TemplateList, ServerFnError> {
    let store = expect_context::<Store>();
    let is_staff = session::viewer().await?.is_some_and(|viewer| viewer.is_staff());
    let mut templates = Vec::new();
    for template in store.templates().await.map_err(unavailable)? {
        let boards = store.boards_of_template(template.id).await.map_err(unavailable)?;
        let boards = u32::try_from(boards.len()).unwrap_or(u32::MAX);
        let boards = count(boards, "Board", "Boards");
        templates.push((template.slug, template.title, template.lead, boards));
    }
    Ok(TemplateList {
        templates,
        key: is_staff.then(|| form_key(&store)),
    })
}

/// Who may make templates and boards of them.
pub async fn staff(form: SentForm) -> Result<(SentForm, audit::Actor), FormReply> {
    match session::viewer().await {
        Ok(Some(viewer)) if viewer.is_staff() => Ok((form, audit::Actor::Person(viewer.person))),
        Ok(_) => {
            set_status(404);
            Err(form.failed("Vorlagen verwaltet die Geschäftsstelle.").await)
        }
        Err(_) => Err(form.failed(TRY_AGAIN).await),
    }
}

pub async fn create(key: String, typed: PlanForm) -> FormReply {
    let form = SentForm::on("/vorlagen#anlegen").typed([
        ("title", typed.title.clone()),
        ("lead", typed.lead.clone()),
        ("columns", typed.columns.clone()),
        ("anonymity", typed.anonymity.clone()),
        ("level", typed.level.clone()),
        ("votes", typed.votes.clone()),
    ]);
    let (form, by) = match staff(form).await {
        Ok(staff) => staff,
        Err(reply) => return reply,
    };
    let Ok(id) = TemplateId::parse(&key) else {
        return form.failed(TRY_AGAIN).await;
    };
    let plan = match Plan::parse(&typed) {
        Ok(plan) => plan,
        Err(wrong) => return form.refused(wrong_plan(wrong)).await,
    };
    let draft = TemplateDraft {
        id,
        settings: beginning(&plan),
        title: plan.title,
        lead: plan.lead,
        columns: plan.columns,
    };
    match expect_context::<Store>().create_template(by, &draft).await {
        Ok(template) => form.go(format!("/vorlagen/{}", template.slug)).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// A form on the page of a template; nothing that was typed reaches the address unchecked.
pub fn on_template(slug: &str, fragment: &str) -> SentForm {
    let is_slug = slug
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_slug && !slug.is_empty() {
        SentForm::on(format!("/vorlagen/{slug}{fragment}"))
    } else {
        SentForm::on("/vorlagen")
    }
}

pub async fn make_board(slug: String, district: String, workshop: String) -> FormReply {
    let form = on_template(&slug, "#anlegen")
        .typed([("district", district.clone()), ("workshop", workshop.clone())]);
    let (form, by) = match staff(form).await {
        Ok(staff) => staff,
        Err(reply) => return reply,
    };
    let store = expect_context::<Store>();
    let template = match store.template_by_slug(&slug).await {
        Ok(template) => template,
        Err(StoreError::NotFound) => return form.failed("Diese Vorlage gibt es nicht.").await,
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let workshop = WorkshopId::parse(&workshop).ok();
    let one = match (district.as_str(), District::parse(&district)) {
        (REST, _) => return make_the_rest(form, &store, by, &template).await,
        (ALL, _) => None,
        (_, Some(district)) => Some(district),
        _ => {
            let sentence = "Bitte wählen Sie, für wen das Board ist.";
            return form.wrong("district", sentence).await;
        }
    };
    match store.create_board(by, &draft(&template, one, workshop)).await {
        Ok(row) => form.done(&format!("Das Board „{}“ ist da.", row.title)).await,
        Err(StoreError::Duplicate) => form.wrong("district", "Dieses Board gibt es schon.").await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// One board for each district that has none.
async fn make_the_rest(form: SentForm, store: &Store, by: audit::Actor, template: &Template) -> FormReply {
    let Ok(there) = store.boards_of_template(template.id).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let mut made = 0;
    for district in without_board(&there) {
        match store
            .create_board(by, &draft(template, Some(district), None))
            .await
        {
            Ok(_) => made += 1,
            // Somebody else was faster.
            Err(StoreError::Duplicate) => {}
            Err(_) => return form.failed(TRY_AGAIN).await,
        }
    }
    let made = count(made, "Board ist", "Boards sind");
    form.done(&format!("{made} jetzt da.")).await
}

/// The districts of which there is no board.
pub fn without_board(boards: &[BoardRow]) -> impl Iterator<Item = District> + '_ {
    let is_without = |district: &District| boards.iter().all(|row| row.district != Some(*district));
    District::ALL.into_iter().filter(is_without)
}

/// Of which boards can be made, for the list in the form.
pub fn choices(boards: &[BoardRow]) -> Vec<(String, String)> {
    let mut choices: Vec<(String, String)> = without_board(boards)
        .map(|district| (district.slug.to_owned(), district.name.to_owned()))
        .collect();
    if choices.len() > 1 {
        let rest = format!("Alle {} auf einmal, ohne Veranstaltung", choices.len());
        choices.push((REST.to_owned(), rest));
    }
    if boards.iter().all(|row| row.district.is_some()) {
        choices.push((ALL.to_owned(), "Ganz Sachsen: das landesweite Board".to_owned()));
    }
    choices
}

fn draft(template: &Template, district: Option<District>, workshop: Option<WorkshopId>) -> BoardDraft {
    let place = district.map_or("Sachsen", |district| district.name);
    BoardDraft {
        title: format!("{}: {place}", template.title),
        lead: template.lead.clone(),
        settings: template.settings.clone(),
        columns: template.columns.clone(),
        workshop,
        term: None,
        template: Some(template.id),
        district,
        demo: false,
    }
}
