//! One card to read.

use std::collections::BTreeSet;

use domain::coding::{draft, sight};
use domain::ids::{BoardId, CardId, CodeId, CodingId, PersonId};
use leptos::prelude::*;
use store::coding::Reading;
use store::{Store, StoreError};

use super::work::Work;
use super::{sentence, staff};
use crate::coding::dto::CardToRead;
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::session;
use crate::ui::text::TRY_AGAIN;

const GONE: &str = "Diese Karte oder ein Code ist nicht mehr da. Bitte laden Sie die Seite neu.";

pub async fn load(id: &str, board: &str, number: &str) -> Result<Option<CardToRead>, ServerFnError> {
    let (Ok(id), Ok(number)) = (CodingId::parse(id), number.parse::<u32>()) else {
        return Ok(None);
    };
    let Some(viewer) = session::viewer().await?.filter(|viewer| viewer.is_staff()) else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let work = match Work::load(&store, id).await {
        Ok(work) => work,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let is_it = |unit: &super::work::Unit| unit.board.0 == board && unit.card.number == number;
    let at = work.units.iter().position(is_it);
    Ok(at.and_then(|at| card(&work, at, viewer.person)))
}

fn card(work: &Work, at: usize, me: PersonId) -> Option<CardToRead> {
    let (id, unit) = (work.coding.id, work.units.get(at)?);
    let mine = unit.of(me);
    let is_done = unit.done_by(me).is_some();
    let others = unit
        .done()
        .filter_map(|reading| Some((reading.reader?, reading)))
        .filter(|(reader, _)| *reader != me && sight::may_see(me, is_done, *reader))
        .map(|(reader, reading)| (work.name(reader), work.names_of(reading), reading.memo.clone()));
    let agreed = unit.agreed().filter(|_| is_done).map(|reading| {
        let codes = reading.codes.iter().map(ToString::to_string).collect();
        (codes, work.name(reading.by))
    });
    let beside = |at: Option<usize>| at.and_then(|at| work.units.get(at)).map(|unit| unit.path(id));
    Some(CardToRead {
        coding: (id.to_string(), work.coding.title.clone()),
        ids: (unit.board.2.to_string(), unit.card.id.to_string()),
        place: format!("{} von {}: {}", at + 1, work.units.len(), unit.board.1),
        head: format!("Karte {}: {}", unit.card.number, unit.card.kind.label()),
        text: unit.card.text.clone(),
        codes: work
            .codes_for(mine)
            .map(|(code, given)| {
                (
                    code.id.to_string(),
                    code.name.clone(),
                    code.definition.clone(),
                    given,
                )
            })
            .collect(),
        memo: mine.map(|reading| reading.memo.clone()).unwrap_or_default(),
        is_done,
        others: others.collect(),
        agreed,
        previous: beside(at.checked_sub(1)),
        next: beside(Some(at + 1)),
        path: unit.path(id),
    })
}

/// What the forms of a card name.
struct Named {
    coding: CodingId,
    board: BoardId,
    card: CardId,
    codes: BTreeSet<CodeId>,
}

fn named(coding: &str, board: &str, card: &str, codes: &[String]) -> Option<Named> {
    Some(Named {
        coding: CodingId::parse(coding).ok()?,
        board: BoardId::parse(board).ok()?,
        card: CardId::parse(card).ok()?,
        codes: codes
            .iter()
            .map(|code| CodeId::parse(code))
            .collect::<Result<_, _>>()
            .ok()?,
    })
}

/// Where the viewer goes on, and the page of this card. Nothing, if there is no such card to read.
async fn ways(named: &Named) -> Result<Option<(String, String)>, StoreError> {
    let work = Work::load(&expect_context::<Store>(), named.coding).await?;
    let is_it = |unit: &super::work::Unit| unit.board.2 == named.board && unit.card.id == named.card;
    let Some(at) = work.units.iter().position(is_it) else {
        return Ok(None);
    };
    let path = |at: usize| work.units.get(at).map(|unit| unit.path(named.coding));
    let project = format!("/verwaltung/auswertung/{}", named.coding);
    Ok(path(at).map(|here| (path(at + 1).unwrap_or(project), here)))
}

pub async fn keep(
    coding: String,
    board: String,
    card: String,
    codes: Vec<String>,
    memo: String,
) -> FormReply {
    let form = SentForm::on("/verwaltung/auswertung");
    let (form, viewer) = match staff(form).await {
        Ok(staff) => staff,
        Err(reply) => return reply,
    };
    let Some(named) = named(&coding, &board, &card, &codes) else {
        return form.failed(TRY_AGAIN).await;
    };
    let (next, here) = match ways(&named).await {
        Ok(Some(ways)) => ways,
        Ok(None) | Err(StoreError::NotFound) => return form.failed(GONE).await,
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let form = SentForm::on(here).typed([("memo", memo.clone()), ("codes", codes.join(" "))]);
    let memo = match draft::memo(&memo) {
        Ok(memo) => memo,
        Err(error) => return form.wrong("memo", sentence(error)).await,
    };
    let reading = Reading {
        board: named.board,
        card: named.card,
        reader: Some(viewer.person),
        codes: named.codes,
        memo,
        by: viewer.person,
        done_at: None,
    };
    match expect_context::<Store>()
        .keep_reading(named.coding, reading, true)
        .await
    {
        Ok(()) => form.go(next).await,
        Err(StoreError::NotFound) => form.failed(GONE).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

pub async fn agree(coding: String, board: String, card: String, codes: Vec<String>) -> FormReply {
    let form = SentForm::on("/verwaltung/auswertung");
    let (form, viewer) = match staff(form).await {
        Ok(staff) => staff,
        Err(reply) => return reply,
    };
    let Some(named) = named(&coding, &board, &card, &codes) else {
        return form.failed(TRY_AGAIN).await;
    };
    let here = match ways(&named).await {
        Ok(Some((_, here))) => here,
        Ok(None) | Err(StoreError::NotFound) => return form.failed(GONE).await,
        Err(_) => return form.failed(TRY_AGAIN).await,
    };
    let form = SentForm::on(format!("{here}#einigung"));
    let reading = Reading {
        board: named.board,
        card: named.card,
        reader: None,
        codes: named.codes,
        memo: String::new(),
        by: viewer.person,
        done_at: None,
    };
    match expect_context::<Store>()
        .keep_reading(named.coding, reading, true)
        .await
    {
        Ok(()) => form.done("Die Einigung ist festgehalten.").await,
        Err(StoreError::NotFound) => form.failed(GONE).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}
