//! What staff corrects of a board after it was made.

use domain::board::{Correction, CorrectionForm, CorrectionRefusal, has_votes, times_corrected};
use domain::ids::WorkshopId;
use leptos::prelude::*;
use store::boards::BoardRow;
use store::{Store, StoreError, audit};

use super::act::{CHOOSE, on_page};
use super::make::wrong_plan;
use super::read::coming;
use super::term::stays;
use crate::boards::dto::CorrectionView;
use crate::form_reply::{FormReply, answer_elsewhere};
use crate::loading::unavailable;
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

const STALE: &str = "Dieses Board hat sich inzwischen geändert. Ihre Eingaben stehen noch hier. \
                     Öffnen Sie die Seite in einem neuen Fenster, vergleichen Sie und speichern Sie dort.";

pub async fn load(slug: &str) -> Result<Option<CorrectionView>, ServerFnError> {
    if !session::viewer().await?.is_some_and(|viewer| viewer.is_staff()) {
        return Ok(None);
    }
    let store = expect_context::<Store>();
    let row = match store.board_by_slug(slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let board = store.board(row.id).await.map_err(unavailable)?;
    let workshops = workshops(&store, &row).await?;
    let stays = stays(&store, &row).await.map_err(unavailable)?;
    let term = row.emptied_at.is_none().then(|| {
        let term = row.term.map_or("", |(term, _)| term.key());
        (term.to_owned(), row.goes.key().to_owned())
    });
    Ok(Some(CorrectionView {
        stays,
        term,
        votes: (!has_votes(&board)).then_some(board.settings.votes_max),
        seen: times_corrected(&board),
        workshop: row.workshop.map(|id| id.to_string()).unwrap_or_default(),
        workshops,
        slug: row.slug,
        title: row.title,
        lead: row.lead,
    }))
}

/// The Veranstaltungen to which a board can belong: those to which a new one can, and its own.
async fn workshops(store: &Store, row: &BoardRow) -> Result<Vec<(String, String)>, ServerFnError> {
    let mut workshops = coming(store).await?;
    if let Some(own) = row.workshop
        && workshops.iter().all(|(id, _)| *id != own.to_string())
    {
        let found = store.workshop(own).await.map_err(unavailable)?;
        workshops.push((own.to_string(), found.row.draft.title));
    }
    Ok(workshops)
}

pub async fn correct(
    slug: String,
    seen: String,
    typed: CorrectionForm,
    workshop: Option<String>,
) -> FormReply {
    // Whoever was told that somebody else has corrected it does not overwrite that with a second press.
    let form = on_page(&slug, "bearbeiten")
        .typed([
            ("seen", seen.clone()),
            ("title", typed.title.clone()),
            ("lead", typed.lead.clone()),
        ])
        .typed(typed.votes.clone().map(|votes| ("votes", votes)))
        .typed(workshop.clone().map(|workshop| ("workshop", workshop)));
    let by = match session::viewer().await {
        Ok(Some(viewer)) if viewer.is_staff() => audit::Actor::Person(viewer.person),
        Ok(_) => {
            set_status(404);
            return form.failed("Boards bearbeitet die Geschäftsstelle.").await;
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let correction = match Correction::parse(&typed) {
        Ok(correction) => correction,
        Err(wrong) => return form.refused(wrong_plan(wrong)).await,
    };
    let store = expect_context::<Store>();
    let row = match store.board_by_slug(&slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => {
            set_status(404);
            return form.failed("Dieses Board gibt es nicht.").await;
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let belongs = match belongs(&store, &row, workshop).await {
        Ok(Ok(belongs)) => belongs,
        Ok(Err(sentence)) => return form.wrong("workshop", sentence).await,
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let Ok(seen) = seen.parse() else {
        return form.failed(STALE).await;
    };
    match store.correct_board(by, row.id, seen, &correction, belongs).await {
        Ok(Ok(())) => {
            let done = FormReply::done("Die Änderungen sind gespeichert.");
            answer_elsewhere(&format!("/themen/{}/moderation", row.slug), done).await
        }
        Ok(Err(CorrectionRefusal::ChangedSince)) => form.failed(STALE).await,
        Ok(Err(CorrectionRefusal::VotesGiven)) => {
            let sentence =
                "Hier hat schon jemand abgestimmt. Deshalb bleibt die Zahl der Stimmen, wie sie ist.";
            // That number is the only one that stays wrong: what is tried next is tried with the one that holds.
            form.without("votes").failed(sentence).await
        }
        Ok(Err(CorrectionRefusal::TopicsThere)) => {
            let sentence = "Auf dem Board stehen Themen, die für diese Veranstaltung vorgeschlagen wurden. Deshalb gehört es weiter zu ihr.";
            form.wrong("workshop", sentence).await
        }
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// To which Veranstaltung a board shall belong, or why it cannot.
async fn belongs(
    store: &Store,
    row: &BoardRow,
    wanted: Option<String>,
) -> Result<Result<Option<WorkshopId>, &'static str>, ServerFnError> {
    let Some(wanted) = wanted else {
        return Ok(Ok(row.workshop));
    };
    if wanted.is_empty() {
        return Ok(Ok(None));
    }
    let mut known = workshops(store, row).await?.into_iter();
    let found = known.find(|(id, _)| *id == wanted);
    let found = found.and_then(|(id, _)| WorkshopId::parse(&id).ok());
    Ok(found.map(Some).ok_or(CHOOSE))
}
