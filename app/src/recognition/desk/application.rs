//! One module, for who can do it already.

use domain::german;
use domain::ids::RecognitionId;
use domain::module::review::Reviewer;
use domain::module::{Field, ModuleCode};
use domain::recognition::{Act, Claims, Outcome, Procedure, Refusal, State};
use leptos::prelude::*;
use store::recognition::{Change, RecognitionRow};
use store::{Store, StoreError};

use super::{asking, evidence, file, id, on_page, outcomes, precedent, words};
use crate::catalogue::desk::as_reviewer;
use crate::catalogue::desk::words::length;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::loading::unavailable;
use crate::modules::desk::said::{by, title};
use crate::modules::desk::shelf::shelf;
use crate::recognition::dto::{ApplicationView, OwnView};
use crate::session;
use crate::ui::text::TRY_AGAIN;

const SUBMITTED: &str = "Eingereicht. Die Institution prüft und schreibt Ihnen eine E-Mail.";

pub async fn load(code: &str) -> Result<Option<ApplicationView>, ServerFnError> {
    let Ok(code) = ModuleCode::parse(code) else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let viewer = session::viewer().await?;
    let own = match &viewer {
        Some(viewer) => {
            let all = store.recognitions_of(viewer.person).await.map_err(unavailable)?;
            all.into_iter().find(|row| row.module.code == code)
        }
        None => None,
    };
    let shelf = shelf(&store).await?;
    let listed = shelf.find(&code);
    // Who applied reads the version that was looked at, also when it is not taught any more.
    let (module, content, heading) = match (&own, listed) {
        (Some(own), _) => (own.module.clone(), own.content.clone(), None),
        (None, Some(listed)) => (
            listed.module.clone(),
            listed.version.content.clone(),
            Some(title(listed)),
        ),
        (None, None) => return Ok(None),
    };
    let precedents = store.precedents(module.id).await.map_err(unavailable)?;
    let is_done = own.as_ref().is_some_and(|own| {
        own.state == State::Decided && own.findings.outcome(&own.content.outcomes()) == Outcome::Full
    });
    let is_open = own.as_ref().is_some_and(|own| own.state != State::Decided);
    Ok(Some(ApplicationView {
        code: code.to_string(),
        title: heading.unwrap_or_else(|| content.get(Field::Title).to_owned()),
        by: by(&module),
        outcomes: outcomes(&content, own.as_ref()),
        precedents: precedents.iter().map(precedent).collect(),
        is_signed_in: viewer.is_some(),
        own: own
            .as_ref()
            .zip(viewer.as_ref())
            .map(|(own, viewer)| show(own, &as_reviewer(viewer))),
        begins: viewer.is_some() && !is_open && !is_done && listed.is_some(),
        procedures: Procedure::ALL.iter().map(|one| choice(*one)).collect(),
    }))
}

fn choice(procedure: Procedure) -> (String, String, String) {
    let help = match procedure {
        Procedure::Crediting => {
            "In der Arbeit, in Kursen, im Ehrenamt. Höchstens die Hälfte eines Zertifikats."
        }
        Procedure::Recognition => {
            "Mit Leistungsnachweis. Es zählt, wenn kein wesentlicher Unterschied besteht."
        }
    };
    (
        procedure.key().to_owned(),
        procedure.label().to_owned(),
        help.to_owned(),
    )
}

fn show(own: &RecognitionRow, who: &Reviewer) -> OwnView {
    let application = own.application();
    let outcomes = own.content.outcomes();
    // What only waits for something else is offered, too: its refusal says for what.
    let offers = |act: &&Act| {
        act.is_applicants()
            && **act != Act::Write
            && !matches!(
                application.decide(who, **act),
                Err(Refusal::WrongState(_) | Refusal::NotYours)
            )
    };
    let deed = |act: &Act| (act.key().to_owned(), act.label().to_owned(), *act == Act::Discard);
    let writes = application.decide(who, Act::Write).is_ok();
    let since = own.submitted_at.filter(|_| own.state == State::Submitted);
    OwnView {
        id: own.id.to_string(),
        procedure: own.procedure.label().to_owned(),
        state: own.state.label().to_owned(),
        standing: match since {
            Some(at) => format!(
                "Eingereicht am {}. {}",
                german::day_year(at),
                words::standing(own.state)
            ),
            None => words::standing(own.state).to_owned(),
        },
        note: own.note.clone(),
        result: own
            .decided_at
            .map(|_| words::result(&own.findings.outcome(&outcomes), &outcomes)),
        writes,
        deeds: Act::ALL.iter().filter(offers).map(deed).collect(),
        gaps: if writes {
            own.gaps().into_iter().map(words::gap).collect()
        } else {
            Vec::new()
        },
        files: own.files.iter().map(file).collect(),
    }
}

pub async fn begin(code: String, procedure: String) -> FormReply {
    let form = on_page(&code, "").typed([("procedure", procedure.clone())]);
    let (form, who) = match asking(form).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let Some(procedure) = Procedure::parse(&procedure) else {
        return form
            .wrong("procedure", "Bitte wählen Sie, wo Sie es gelernt haben.")
            .await;
    };
    let begun = match ModuleCode::parse(&code) {
        Ok(code) => {
            let store = expect_context::<Store>();
            store.begin_recognition(who.person, &code, procedure).await
        }
        Err(_) => Err(StoreError::NotFound),
    };
    match begun {
        Ok(_) => form.done("Begonnen. Sagen Sie jetzt zu jedem Punkt, wie gut Sie das können, und laden Sie Nachweise hoch.").await,
        Err(StoreError::Duplicate) => form.failed(words::too_many_open()).await,
        Err(StoreError::NotFound) => form.failed("Für dieses Modul können Sie gerade keinen Antrag stellen.").await,
        Err(error) => failed(form, &error).await,
    }
}

/// What somebody says of herself, as typed: the number of the outcome, how well, and from where.
pub(super) type Said = Vec<(u32, String, String)>;

/// A form with what was typed in it, to show again if something is wrong.
pub(super) fn with_said(form: SentForm, said: &Said) -> SentForm {
    let values = said.iter().flat_map(|(number, grasp, said)| {
        [
            (format!("grasp-{number}"), grasp.clone()),
            (format!("said-{number}"), said.clone()),
        ]
    });
    form.typed(values.collect::<Vec<_>>())
}

/// Keeps what was typed, and says how far the application is. A form without any such field changes nothing, and is told nothing.
pub(super) async fn keep(
    form: SentForm,
    who: &Reviewer,
    id: RecognitionId,
    said: &Said,
) -> Result<(SentForm, Option<State>), FormReply> {
    if said.is_empty() {
        return Ok((form, None));
    }
    let store = expect_context::<Store>();
    let outcomes = match store.recognition(id).await {
        Ok(row) => row.content.outcomes(),
        Err(error) => return Err(failed(form, &error).await),
    };
    let claims = match Claims::parse(said, &outcomes) {
        Ok(claims) => claims,
        Err(wrong) => {
            let errors = wrong.into_iter().map(|(number, error)| {
                FieldError::new(format!("said-{number}"), format!("L{number}: {}", length(error)))
            });
            return Err(form.refused(errors.collect()).await);
        }
    };
    match store
        .change_recognition(who.clone(), id, Change::Write(claims))
        .await
    {
        Ok(Ok(state)) => Ok((form, Some(state))),
        written => Err(answer(form, written, "").await),
    }
}

pub async fn write(
    [code, text_id, deed]: [String; 3],
    (numbers, grasps, said): (Vec<u32>, Vec<String>, Vec<String>),
) -> FormReply {
    let get = |all: &[String], place: usize| all.get(place).cloned().unwrap_or_default();
    let said: Said = numbers
        .into_iter()
        .enumerate()
        .map(|(place, number)| (number, get(&grasps, place), get(&said, place)))
        .collect();
    let removes: Option<u32> = deed
        .strip_prefix("remove-")
        .and_then(|number| number.parse().ok());
    let behind = if removes.is_some() {
        "#nachweise"
    } else {
        "#punkte"
    };
    let form = with_said(on_page(&code, behind), &said);
    let (form, who) = match asking(form).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let Some(id) = id(&text_id) else {
        return form.failed(TRY_AGAIN).await;
    };
    let (form, state) = match keep(form, &who, id, &said).await {
        Ok(kept) => kept,
        Err(reply) => return reply,
    };
    if let Some(number) = removes {
        return evidence::remove(form, who, id, number).await;
    }
    if deed == Act::Submit.key() {
        return change(form, who, id, Change::Submit, SUBMITTED).await;
    }
    match state {
        Some(State::MoreAsked) => form.done("Gespeichert. Noch nicht wieder eingereicht.").await,
        Some(_) => form.done("Gespeichert. Nur Sie sehen den Entwurf.").await,
        None => form.failed(TRY_AGAIN).await,
    }
}

pub async fn act([code, text_id, deed]: [String; 3]) -> FormReply {
    let (form, who) = match asking(on_page(&code, "")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let (change_to, notice) = match Act::parse(&deed) {
        Some(Act::Submit) => (Change::Submit, SUBMITTED),
        Some(Act::TakeBack) => (
            Change::TakeBack,
            "Zurückgeholt. Sie können weiterschreiben und wieder einreichen.",
        ),
        Some(Act::Discard) => (Change::Discard, "Gelöscht, mit allen Nachweisen."),
        _ => return form.failed(TRY_AGAIN).await,
    };
    match id(&text_id) {
        Some(id) => change(form, who, id, change_to, notice).await,
        None => form.failed(TRY_AGAIN).await,
    }
}

/// Does something with an application, and says what came of it.
pub(super) async fn change(
    form: SentForm,
    who: Reviewer,
    id: RecognitionId,
    change: Change,
    notice: &str,
) -> FormReply {
    let changed = expect_context::<Store>()
        .change_recognition(who, id, change)
        .await;
    answer(form, changed, notice).await
}

/// Says what came of a change.
pub(super) async fn answer(
    form: SentForm,
    changed: Result<Result<State, Refusal>, StoreError>,
    notice: &str,
) -> FormReply {
    match changed {
        Ok(Ok(_)) => form.done(notice).await,
        Ok(Err(refusal)) => form.failed(words::refusal(refusal)).await,
        Err(error) => failed(form, &error).await,
    }
}

pub(super) async fn failed(form: SentForm, error: &StoreError) -> FormReply {
    if matches!(error, StoreError::NotFound) {
        return form.failed("Diesen Antrag gibt es nicht mehr.").await;
    }
    if matches!(error, StoreError::Stale) {
        return form
            .failed("Die Person hat den Antrag inzwischen geändert und neu eingereicht. Bitte sehen Sie ihn noch einmal an.")
            .await;
    }
    tracing::error!(%error, "an application could not be changed");
    form.failed(TRY_AGAIN).await
}
