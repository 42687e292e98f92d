//! The list of boards, and one board as the asker may see it.

use domain::board::{Board, Phase, view};
use domain::german;
use leptos::prelude::*;
use store::boards::BoardRow;
use store::workshops::WorkshopFilter;
use store::{Store, StoreError};

use super::term::stays;
use crate::boards::device::asking;
use crate::boards::dto::{BoardData, BoardList, BoardTeaser, Me};
use crate::boards::eyes::Eyes;
use crate::form_key::form_key;
use crate::loading::unavailable;
use crate::public_address::PublicAddress;
use crate::session;

/// Veranstaltungen in the list of the form for a new board.
const WORKSHOPS_MAX: i64 = 100;

pub async fn list() -> Result<BoardList, ServerFnError> {
    let store = expect_context::<Store>();
    let rows = store.boards().await.map_err(unavailable)?;
    let is_staff = session::viewer().await?.is_some_and(|viewer| viewer.is_staff());
    let compares = !store.templates().await.map_err(unavailable)?.is_empty();
    let (archived, boards): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.archived_at.is_some());
    let mut boards: Vec<_> = boards.into_iter().map(|row| teaser(row, is_staff)).collect();
    // Where somebody waits for who moderates comes first, the newest of these as of the others.
    boards.sort_by_key(|board| board.waiting.is_none());
    Ok(BoardList {
        boards,
        archived: archived.into_iter().map(|row| teaser(row, is_staff)).collect(),
        compares: compares || is_staff,
        key: if is_staff { form_key(&store) } else { String::new() },
        makes: if is_staff {
            Some(coming(&store).await?)
        } else {
            None
        },
    })
}

/// The Veranstaltungen to which a new board can belong.
pub async fn coming(store: &Store) -> Result<Vec<(String, String)>, ServerFnError> {
    let filter = WorkshopFilter {
        limit: WORKSHOPS_MAX,
        ..WorkshopFilter::default()
    };
    let found = store.workshops(&filter).await.map_err(unavailable)?;
    Ok(found
        .into_iter()
        .map(|card| (card.row.id.to_string(), card.row.draft.title))
        .collect())
}

fn teaser(row: BoardRow, is_staff: bool) -> BoardTeaser {
    let open = row.frozen_at.is_none() && row.archived_at.is_none();
    let standing = match row.phase {
        _ if row.archived_at.is_some() => "Im Archiv",
        Phase::Discuss if !open => "Abgeschlossen",
        _ if !open => "Angehalten",
        phase => phase.label(),
    };
    BoardTeaser {
        slug: row.slug,
        title: row.title,
        lead: row.lead,
        standing: standing.to_owned(),
        open,
        cards: u32::try_from(row.published).unwrap_or(0),
        members: u32::try_from(row.members).unwrap_or(0),
        demo: row.demo,
        // In the archive nothing is decided any more.
        waiting: waiting(row.waiting, is_staff && row.archived_at.is_none()),
    }
}

/// What waits for a moderator is staff's to know.
fn waiting(count: i64, is_staff: bool) -> Option<String> {
    let count = u32::try_from(count).ok().filter(|count| *count > 0 && is_staff)?;
    Some(german::count(count, "wartet", "warten"))
}

pub async fn data(slug: String) -> Result<Option<BoardData>, ServerFnError> {
    let store = expect_context::<Store>();
    let (slug, way) = slug.split_once('?').unwrap_or((&slug, ""));
    let row = match store.board_by_slug(slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let asking = asking(row.id).await?;
    let eyes = match Eyes::parse(way) {
        // A participant has these anyway.
        Eyes::Participant if !asking.moderates => Eyes::Own,
        eyes => eyes,
    };
    let asking = asking.with(eyes);
    let board = store.board(row.id).await.map_err(unavailable)?;
    let member = asking.actor.and_then(|actor| board.members.get(&actor.member));
    let me = Me {
        joined: member.is_some(),
        removed: !asking.moderates && member.is_some_and(|member| member.removed_at.is_some()),
        moderates: asking.moderates,
        district: member.and_then(|member| member.district),
    };
    let workshop = workshop_of(&store, &row).await?;
    let stays = stays(&store, &row).await.map_err(unavailable)?;
    // Who looks with the eyes of others is offered nothing of the office.
    let corrects = asking.moderates && session::viewer().await?.is_some_and(|viewer| viewer.is_staff());
    Ok(Some(BoardData {
        id: row.id.to_string(),
        slug: row.slug,
        code: row.code,
        title: row.title,
        lead: row.lead,
        workshop,
        view: view(&board, asking.audience()),
        time_is_up_at: time_is_up_at(&board),
        stays,
        corrects,
        me,
        join_at: if eyes == Eyes::Everybody {
            join_at()
        } else {
            String::new()
        },
        eyes,
        key: form_key(&store),
    }))
}

/// Where a room types the code: whoever cannot scan reads it off the wall.
fn join_at() -> String {
    let public = use_context::<PublicAddress>();
    let host = public.as_ref().map_or("", PublicAddress::typed);
    format!("Mitmachen unter {host}/themen, Code")
}

/// Title and path of the Veranstaltung to which a board belongs.
pub async fn workshop_of(store: &Store, row: &BoardRow) -> Result<Option<(String, String)>, ServerFnError> {
    let found = store.workshop_of(row).await.map_err(unavailable)?;
    Ok(found.map(|workshop| {
        (
            workshop.draft.title,
            format!("/veranstaltungen/{}", workshop.slug),
        )
    }))
}

fn time_is_up_at(board: &Board) -> String {
    let ends_at = board.settings.stage.timer_ends_at;
    ends_at.map_or_else(String::new, |ends_at| {
        format!("Die Zeit läuft bis {}.", german::clock(ends_at))
    })
}
