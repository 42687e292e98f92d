//! How long what was written on a board stays: set by staff, told to everybody.

use domain::board::{Goes, Term};
use domain::german::day_year;
use leptos::prelude::*;
use store::boards::BoardRow;
use store::{Store, StoreError, audit};

use super::act::{chosen, on_page};
use crate::form_reply::FormReply;
use crate::session;
use crate::ui::not_found::set_status;
use crate::ui::text::TRY_AGAIN;

/// A term as it was chosen, and what goes then. A page that does not ask means everything.
///
/// # Errors
/// The field in which something was chosen that is not in its list, and the sentence for it.
pub fn chosen_term(term: &str, goes: &str) -> Result<Option<(Term, Goes)>, (&'static str, &'static str)> {
    let term = chosen(term, Term::parse).map_err(|sentence| ("term", sentence))?;
    let goes = chosen(goes, Goes::parse).map_err(|sentence| ("goes", sentence))?;
    Ok(term.map(|term| (term, goes.unwrap_or(Goes::All))))
}

pub async fn set_term(slug: String, on: String, term: String, goes: String) -> FormReply {
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
    let chosen = match chosen_term(&term, &goes) {
        Ok(chosen) => chosen,
        Err((field, sentence)) => return form.wrong(field, sentence).await,
    };
    let store = expect_context::<Store>();
    match set(&store, &slug, by, chosen).await {
        Ok((true, sentence)) => form.done_with(&sentence, [("term", term), ("goes", goes)]).await,
        Ok((false, sentence)) => form.failed(&sentence).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// Whether it was set, and how long what is written stays now.
async fn set(
    store: &Store,
    slug: &str,
    by: audit::Actor,
    term: Option<(Term, Goes)>,
) -> Result<(bool, String), StoreError> {
    let row = store.board_by_slug(slug).await?;
    let is_set = store.set_board_term(by, row.id, term).await?;
    Ok((is_set, stays(store, &store.board_by_slug(slug).await?).await?))
}

/// How long what is written stays, in a sentence.
///
/// # Errors
/// When the database cannot say.
pub async fn stays(store: &Store, row: &BoardRow) -> Result<String, StoreError> {
    if let Some(emptied) = row.emptied_at {
        let day = day_year(emptied);
        let have_stayed = !store.board(row.id).await?.results.is_empty();
        let results = if have_stayed {
            " Die Ergebnisse sind geblieben."
        } else {
            ""
        };
        return Ok(format!(
            "Die Beiträge wurden am {day} gelöscht: Ihre Frist war vorbei.{results}"
        ));
    }
    Ok(match store.board_text_ends(row).await? {
        Some(ends) => {
            let day = day_year(ends);
            match row.goes {
                Goes::All => format!(
                    "Geschieht hier nichts Neues mehr, werden alle Beiträge und Ergebnisse am {day} gelöscht."
                ),
                Goes::Posts => format!(
                    "Geschieht hier nichts Neues mehr, werden alle Beiträge, Stimmen und Namen am {day} gelöscht. Ergebnisse, die die Moderation festgehalten hat, bleiben."
                ),
            }
        }
        None => "Die Beiträge bleiben, bis jemand sie löscht.".to_owned(),
    })
}
