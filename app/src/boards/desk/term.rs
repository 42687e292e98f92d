//! How long what was written on a board stays: set by staff, told to everybody.

use domain::board::Term;
use domain::german::day_year;
use leptos::prelude::*;
use store::boards::BoardRow;
use store::{Store, StoreError, audit};

use super::act::{chosen, on_page};
use crate::form_reply::FormReply;
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

pub async fn set_term(slug: String, on: String, term: String) -> FormReply {
    let form = on_page(&slug, &on);
    let by = match session::viewer().await {
        Ok(Some(viewer)) if viewer.is_staff() => audit::Actor::Person(viewer.person),
        Ok(_) => {
            set_status(404);
            return form
                .failed("Wie lange Beiträge bleiben, bestimmt die Geschäftsstelle.")
                .await;
        }
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let term = match chosen(&term, Term::parse) {
        Ok(term) => term,
        Err(sentence) => return form.wrong("term", sentence).await,
    };
    let store = expect_context::<Store>();
    match set(&store, &slug, by, term).await {
        Ok(sentence) => form.done(&sentence).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

async fn set(store: &Store, slug: &str, by: audit::Actor, term: Option<Term>) -> Result<String, StoreError> {
    let row = store.board_by_slug(slug).await?;
    store.set_board_term(by, row.id, term).await?;
    stays(store, &store.board_by_slug(slug).await?).await
}

/// How long what is written stays, in a sentence.
///
/// # Errors
/// When the database cannot say.
pub async fn stays(store: &Store, row: &BoardRow) -> Result<String, StoreError> {
    if let Some(emptied) = row.emptied_at {
        let day = day_year(emptied);
        return Ok(format!(
            "Die Beiträge wurden am {day} gelöscht: Ihre Frist war vorbei."
        ));
    }
    Ok(match store.board_text_ends(row).await? {
        Some(ends) => {
            let day = day_year(ends);
            format!(
                "Geschieht hier nichts Neues mehr, werden alle Beiträge und Ergebnisse am {day} gelöscht."
            )
        }
        None => "Die Beiträge bleiben, bis jemand sie löscht.".to_owned(),
    })
}
