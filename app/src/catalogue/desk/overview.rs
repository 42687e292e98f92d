//! All modules, what waits, a new module.

use std::collections::BTreeSet;

use domain::german::count;
use domain::ids::{ModuleId, OrganisationId};
use domain::module::field::Field;
use domain::module::review::{Reviewer, State};
use domain::module::{Content, MODULES_MAX, ModuleCode};
use domain::organisation::OrganisationKind;
use leptos::prelude::*;
use store::modules::{Listed, ModuleDraft};
use store::{Store, StoreError};

use super::{asking, reviewer, words};
use crate::catalogue::dto::{Desk, StateView};
use crate::form_key::form_key;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::loading::unavailable;
use crate::modules::desk::said::by;
use crate::ui::text::TRY_AGAIN;

pub async fn load() -> Result<Option<Desk>, ServerFnError> {
    let Some(reviewer) = reviewer().await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let modules = store.modules().await.map_err(unavailable)?;
    let modules: Vec<Listed> = modules
        .into_iter()
        .filter(|listed| reviewer.works_for(&listed.module.owner_ids()))
        .collect();
    let mut tasks = Vec::new();
    for listed in modules.iter().filter(|listed| listed.version.state.is_open()) {
        tasks.extend(task(&store, &reviewer, listed).await?);
    }
    let waiting = store.recognitions_waiting(&reviewer).await.map_err(unavailable)?;
    let waiting = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
    if waiting > 0 {
        let words = count(
            waiting,
            "Antrag auf Anrechnung wartet",
            "Anträge auf Anrechnung warten",
        );
        tasks.push(("/katalog/anrechnung".to_owned(), words));
    }
    Ok(Some(Desk {
        tasks,
        modules: modules.iter().map(row).collect(),
        institutions: institutions(&store, &reviewer).await?,
        partners: partners(&store).await?,
        key: form_key(&store),
    }))
}

fn path(listed: &Listed) -> String {
    format!("/katalog/{}", listed.module.code)
}

fn title(listed: &Listed) -> String {
    format!(
        "{} {}",
        listed.module.code,
        listed.version.content.get(Field::Title)
    )
}

fn row(listed: &Listed) -> (String, String, String, Option<StateView>) {
    let (number, state) = (listed.version.number, listed.version.state);
    let by = by(&listed.module);
    let (words, badge) = match state {
        State::Published => (
            format!("Fassung\u{a0}{number}: {}\u{a0}· {by}", state.label()),
            None,
        ),
        _ => (
            format!("Fassung\u{a0}{number}\u{a0}· {by}"),
            Some(words::state(state)),
        ),
    };
    (path(listed), title(listed), words, badge)
}

/// What the viewer can do next with a version, if it waits for the viewer.
async fn task(
    store: &Store,
    reviewer: &Reviewer,
    listed: &Listed,
) -> Result<Option<(String, String)>, ServerFnError> {
    let code = &listed.module.code;
    let examined = store
        .examine_module(code, listed.version.number)
        .await
        .map_err(unavailable)?;
    let standing = examined.standing;
    let is_author = standing.authors.contains(&reviewer.person);
    let what = match standing.state {
        State::InReview
            if !is_author
                && standing
                    .missing()
                    .first()
                    .is_some_and(|stage| reviewer.speaks_for(stage)) =>
        {
            "wartet auf Ihre Zustimmung"
        }
        State::ChangesRequested if is_author => "Änderungen sind erbeten",
        State::Approved if is_author || reviewer.is_staff => "ist freigegeben und kann veröffentlicht werden",
        State::Draft if is_author => "ist Ihr Entwurf",
        _ => return Ok(None),
    };
    Ok(Some((path(listed), format!("{} {what}", title(listed)))))
}

/// For which institutions somebody can make a module: the office for all that are universities.
pub(crate) async fn institutions(
    store: &Store,
    reviewer: &Reviewer,
) -> Result<Vec<(String, String)>, ServerFnError> {
    let all = store.organisations().await.map_err(unavailable)?;
    let may = |organisation: &store::organisations::Organisation| {
        reviewer.curates.contains(&organisation.id)
            || (reviewer.is_staff && organisation.kind == OrganisationKind::University)
    };
    let some = all.into_iter().filter(may);
    Ok(some
        .map(|organisation| (organisation.id.to_string(), organisation.name))
        .collect())
}

/// With which institutions a module can be offered: every university.
async fn partners(store: &Store) -> Result<Vec<(String, String)>, ServerFnError> {
    let mut all = store.organisations().await.map_err(unavailable)?;
    all.retain(|organisation| organisation.kind == OrganisationKind::University);
    Ok(all
        .into_iter()
        .map(|organisation| (organisation.id.to_string(), organisation.name))
        .collect())
}

pub async fn create(key: String, [code, title, institution, partner]: [String; 4]) -> FormReply {
    let typed = [
        ("code", &code),
        ("title", &title),
        ("institution", &institution),
        ("partner", &partner),
    ];
    let form = SentForm::on("/katalog#anlegen").typed(typed.map(|(name, value)| (name, value.clone())));
    let (form, reviewer) = match asking(form).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let store = expect_context::<Store>();
    let (Ok(institutions), Ok(partners)) = (institutions(&store, &reviewer).await, partners(&store).await)
    else {
        return form.failed(TRY_AGAIN).await;
    };
    let Ok(id) = ModuleId::parse(&key) else {
        return form.failed(TRY_AGAIN).await;
    };
    let mut errors = Vec::new();
    let short = ModuleCode::parse(&code);
    if short.is_err() {
        errors.push(FieldError::new("code", "Bitte geben Sie ein Kürzel aus Großbuchstaben, Ziffern und Bindestrichen ein, zum Beispiel FSA-205."));
    }
    let mut content = Content::default();
    if title.trim().is_empty() {
        errors.push(FieldError::new("title", "Bitte geben Sie einen Titel ein."));
    } else if let Err(wrong) = content.write(Field::Title, &title) {
        errors.push(FieldError::new("title", words::wrong(&wrong)));
    }
    let known = |list: &[(String, String)], chosen: &str| {
        let is_known = list.iter().any(|(id, _)| id == chosen);
        OrganisationId::parse(chosen).ok().filter(|_| is_known)
    };
    let mut owners = BTreeSet::new();
    match known(&institutions, &institution) {
        Some(owner) => drop(owners.insert(owner)),
        None => errors.push(FieldError::new(
            "institution",
            "Bitte wählen Sie eine Institution aus der Liste.",
        )),
    }
    match known(&partners, &partner) {
        Some(owner) => drop(owners.insert(owner)),
        None if partner.is_empty() => {}
        None => errors.push(FieldError::new(
            "partner",
            "Bitte wählen Sie eine Institution aus der Liste.",
        )),
    }
    let (Ok(short), true) = (short, errors.is_empty()) else {
        return form.refused(errors).await;
    };
    let draft = ModuleDraft {
        id,
        code: short.clone(),
        owners,
        content,
        demo: false,
    };
    match store.create_module(reviewer.person, draft).await {
        Ok(()) => form.go(format!("/katalog/{short}")).await,
        Err(StoreError::Duplicate) => form.wrong("code", "Dieses Kürzel hat schon ein Modul.").await,
        Err(StoreError::Full) => {
            form.failed(format!(
                "Mehr als {MODULES_MAX} Module nimmt der Katalog nicht auf."
            ))
            .await
        }
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}
