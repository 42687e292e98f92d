//! What still holds, and which runs are taught again.

use domain::german::{self, count};
use domain::ids::WorkshopId;
use domain::module::ModuleCode;
use domain::module::field::Field;
use domain::module::review::{Act, Reviewer};
use domain::plan::Term;
use domain::plan::fresh::is_due;
use domain::time::Instant;
use leptos::prelude::*;
use store::audit::Actor;
use store::modules::Listed;
use store::workshops::RolledOver;
use store::{Store, StoreError};

use super::{asking, reviewer, words};
use crate::catalogue::dto::{SemesterItem, SemesterView};
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::ui::text::TRY_AGAIN;

/// What counts of the modules of who asks.
async fn own(store: &Store, reviewer: &Reviewer) -> Result<Vec<Listed>, StoreError> {
    let mut modules = store.catalogue().await?;
    modules.retain(|listed| reviewer.works_for(&listed.module.owner_ids()));
    Ok(modules)
}

pub async fn load() -> Result<Option<SemesterView>, ServerFnError> {
    let Some(reviewer) = reviewer().await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let now = store.ambient().now();
    let modules = own(&store, &reviewer).await.map_err(unavailable)?;
    let term = Term::of(now);
    let mut due = Vec::new();
    let mut runs = Vec::new();
    for listed in &modules {
        let said_at = listed.version.confirmed_at.or(listed.version.published_at);
        if let Some(at) = said_at.filter(|at| is_due(*at, now)) {
            let code = &listed.module.code;
            let item = SemesterItem {
                id: code.to_string(),
                title: listed.version.content.get(Field::Title).to_owned(),
                words: match listed.version.confirmed_at {
                    Some(_) => format!("zuletzt bestätigt am {}", german::day_year(at)),
                    None => format!("veröffentlicht am {}", german::day_year(at)),
                },
                link: Some((format!("/katalog/{code}"), code.to_string())),
                is_open: true,
            };
            due.push((at, item));
        }
        for run in store.runs_ever(listed.module.id).await.map_err(unavailable)? {
            if Term::of(run.starts_at) != term {
                continue;
            }
            let copy = store
                .rolled_over(run.id, term.later(1))
                .await
                .map_err(unavailable)?;
            let item = SemesterItem {
                id: run.id.to_string(),
                title: run.title,
                link: None,
                words: match copy {
                    Some(_) => "schon übernommen, als Entwurf bei der Geschäftsstelle".to_owned(),
                    None => german::unbroken(&german::span(run.starts_at, run.ends_at)),
                },
                is_open: copy.is_none(),
            };
            runs.push((run.starts_at, item));
        }
    }
    Ok(Some(SemesterView {
        term: term.words(),
        next: term.later(1).words(),
        sum: if due.is_empty() {
            "In diesem Semester ist alles bestätigt.".to_owned()
        } else {
            format!(
                "{} von {} Modulen {} noch nicht bestätigt. Stimmt etwas nicht mehr, beginnen Sie eine neue Fassung.",
                due.len(),
                modules.len(),
                if due.len() == 1 { "ist" } else { "sind" }
            )
        },
        due: by_date(due),
        runs: by_date(runs),
    }))
}

/// What is the longest ago stands first.
fn by_date(mut items: Vec<(Instant, SemesterItem)>) -> Vec<SemesterItem> {
    items.sort_by_key(|(at, _)| *at);
    items.into_iter().map(|(_, item)| item).collect()
}

pub async fn confirm(codes: Vec<String>) -> FormReply {
    let (form, reviewer) = match asking(SentForm::on("/katalog/semester#gilt")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let codes: Vec<ModuleCode> = codes
        .iter()
        .filter_map(|code| ModuleCode::parse(code).ok())
        .collect();
    if codes.is_empty() {
        return form.wrong("codes", "Bitte wählen Sie, was weiterhin gilt.").await;
    }
    let store = expect_context::<Store>();
    let Ok(modules) = own(&store, &reviewer).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let mut confirmed = 0;
    for listed in modules
        .iter()
        .filter(|listed| codes.contains(&listed.module.code))
    {
        let (code, number) = (&listed.module.code, listed.version.number);
        let done = store
            .review_module(reviewer.clone(), code, number, Act::Confirm, String::new())
            .await;
        match done {
            Ok(Ok(_)) => confirmed += 1,
            Ok(Err(refusal)) => return form.failed(format!("{code}: {}", words::refusal(refusal))).await,
            Err(_) => return form.failed(TRY_AGAIN).await,
        }
    }
    form.done(format!(
        "Vermerkt: {} weiterhin.",
        count(confirmed, "Modul gilt", "Module gelten")
    ))
    .await
}

pub async fn roll_over(runs: Vec<String>) -> FormReply {
    let (form, reviewer) = match asking(SentForm::on("/katalog/semester#uebernehmen")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let ids: Vec<WorkshopId> = runs.iter().filter_map(|id| WorkshopId::parse(id).ok()).collect();
    if ids.is_empty() {
        return form.wrong("runs", "Bitte wählen Sie, was übernommen wird.").await;
    }
    let store = expect_context::<Store>();
    let Ok(modules) = own(&store, &reviewer).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let (mut made, mut left) = (0, Vec::new());
    for id in ids {
        let Ok(card) = store.workshop(id).await else {
            continue;
        };
        let code = card.row.draft.module.clone();
        let Some(listed) = modules
            .iter()
            .find(|listed| Some(&listed.module.code) == code.as_ref())
        else {
            left.push(format!(
                "{}: wird nicht mehr angeboten oder gehört anderen",
                card.row.draft.title
            ));
            continue;
        };
        match store
            .roll_over_run(Actor::Person(reviewer.person), &listed.module, id)
            .await
        {
            Ok(RolledOver::Made(_)) => made += 1,
            Ok(RolledOver::Already(_)) => {
                left.push(format!("{}: war schon übernommen", card.row.draft.title))
            }
            Ok(RolledOver::NotTaught) => {
                left.push(format!("{}: keine Fassung gilt mehr", card.row.draft.title))
            }
            Ok(RolledOver::Cancelled) => left.push(format!("{}: war abgesagt", card.row.draft.title)),
            Err(error) => {
                tracing::error!(%error, "a run could not be rolled over");
                return form.failed(TRY_AGAIN).await;
            }
        }
    }
    let report = if left.is_empty() {
        String::new()
    } else {
        format!(" Nicht übernommen: {}.", left.join("; "))
    };
    form.done(format!(
        "{} angelegt. Zeiten, Räume und Links prüft die Geschäftsstelle.{report}",
        count(made, "Entwurf ist", "Entwürfe sind")
    ))
    .await
}
