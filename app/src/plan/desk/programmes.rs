//! Certificates and their rules, for the office.

use std::collections::{BTreeMap, BTreeSet};

use domain::german::{self, count};
use domain::module::ModuleCode;
use domain::plan::programme::Wrong;
use domain::plan::{Offers, Programme, shortest};
use leptos::prelude::*;
use store::Store;
use store::audit::Actor;
use store::plans::ProgrammeRow;

use super::made::offers;
use super::show::goal;
use crate::catalogue::desk::words;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::loading::unavailable;
use crate::modules::desk::shelf::shelf;
use crate::plan::dto::{ProgrammeDesk, ProgrammeView};
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

pub async fn load() -> Result<Option<ProgrammeDesk>, ServerFnError> {
    if !session::viewer().await?.is_some_and(|viewer| viewer.is_staff()) {
        return Ok(None);
    }
    let store = expect_context::<Store>();
    let runs = store.runs(None).await.map_err(unavailable)?;
    let offers = offers(&*shelf(&store).await?, &runs, store.ambient().now());
    let programmes = store.programmes().await.map_err(unavailable)?;
    Ok(Some(ProgrammeDesk {
        programmes: programmes
            .iter()
            .map(|programme| view(programme, &offers))
            .collect(),
    }))
}

fn view(programme: &ProgrammeRow, offers: &Offers) -> ProgrammeView {
    let nothing = BTreeSet::new();
    let rule = programme.content.requirement();
    let way = shortest(rule.as_ref(), &nothing, &nothing, offers);
    let hours: u32 = way
        .modules
        .iter()
        .filter_map(|code| offers.get(code))
        .map(|offer| offer.hours)
        .sum();
    let reach = if way.is_complete {
        format!("kürzester Weg {}", count(hours, "Stunde", "Stunden"))
    } else {
        "zurzeit nicht zu erreichen".to_owned()
    };
    let since = german::day_year(programme.published_at);
    ProgrammeView {
        goal: goal(programme),
        rule: programme.content.rule.clone(),
        standing: format!(
            "Fassung\u{a0}{}, gültig seit {since}\u{a0}· {reach}",
            programme.number
        ),
    }
}

pub async fn save([code, title, lead, rule, award]: [String; 5]) -> FormReply {
    let typed = BTreeMap::from([
        ("code".to_owned(), code.clone()),
        ("title".to_owned(), title.clone()),
        ("lead".to_owned(), lead.clone()),
        ("rule".to_owned(), rule.clone()),
        ("award".to_owned(), award.clone()),
    ]);
    let form = SentForm::on("/katalog/zertifikate").typed(typed);
    let person = match session::viewer().await {
        Ok(Some(viewer)) if viewer.is_staff() => viewer.person,
        Ok(_) => {
            set_status(404);
            return FormReply::default();
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let store = expect_context::<Store>();
    let Ok(shelf) = shelf(&store).await else {
        return form.failed(TRY_AGAIN).await;
    };
    let is_taught = |code: &ModuleCode| shelf.find(code).is_some();
    let content = Programme {
        title,
        lead,
        rule,
        award,
    };
    let parsed = Programme::parse(&content, is_taught);
    let code = ModuleCode::parse(&code);
    let (code, content) = match (code, parsed) {
        (Ok(code), Ok(content)) => (code, content),
        (code, parsed) => {
            let unreadable = code.as_ref().err().map(|_| {
                let sentence =
                    "Ein Kürzel hat 3 bis 20 Großbuchstaben, Ziffern und Bindestriche, zum Beispiel FSA-Z1.";
                FieldError::new("code", sentence.to_owned())
            });
            let there = match &code {
                Ok(code) => id_behind(&store, code).await,
                Err(_) => String::new(),
            };
            let wrong = parsed.err().unwrap_or_default().into_iter();
            let wrong =
                wrong.map(|(field, wrong)| FieldError::new(format!("{field}{there}"), sentence(&wrong)));
            return form.refused(unreadable.into_iter().chain(wrong).collect()).await;
        }
    };
    match store
        .save_programme(Actor::Person(person), &code, &content, false)
        .await
    {
        Ok(number) => {
            let notice = format!("{code} ist gespeichert, Fassung {number}. Wer plant, sieht sie sofort.");
            form.done(&notice).await
        }
        Err(error) => {
            tracing::error!(%error, "a certificate could not be saved");
            form.failed(TRY_AGAIN).await
        }
    }
}

/// What stands behind the ids of the fields: the form of what is there already has its short name in them.
async fn id_behind(store: &Store, code: &ModuleCode) -> String {
    let all = store.programmes().await;
    if all.is_ok_and(|all| all.iter().any(|one| one.code == *code)) {
        format!("-{code}")
    } else {
        String::new()
    }
}

fn sentence(wrong: &Wrong) -> String {
    match wrong {
        Wrong::Text(error) => words::length(*error),
        Wrong::Rule(wrong) => words::requirement(wrong),
        Wrong::Unknown(code) => format!("{code} ist nicht veröffentlicht."),
    }
}
