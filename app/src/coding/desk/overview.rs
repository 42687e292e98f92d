//! Codebooks, and where they are used.

use domain::coding::CodingDraft;
use domain::coding::draft::BOARDS_MAX;
use domain::german::count;
use domain::ids::{BoardId, CodebookId, CodingId};
use leptos::prelude::*;
use store::coding::Codebook;
use store::{Store, StoreError, audit};

use super::{sentences, staff};
use crate::coding::dto::Codings;
use crate::form_key::form_key;
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::session;
use crate::ui::text::TRY_AGAIN;

pub async fn load() -> Result<Option<Codings>, ServerFnError> {
    if !session::viewer().await?.is_some_and(|viewer| viewer.is_staff()) {
        return Ok(None);
    }
    let store = expect_context::<Store>();
    let codebooks = store.codebooks().await.map_err(unavailable)?;
    let codings = store.codings().await.map_err(unavailable)?;
    let mut boards = store.boards().await.map_err(unavailable)?;
    boards.sort_by_key(|board| board.title.to_lowercase());
    Ok(Some(Codings {
        codings: codings
            .into_iter()
            .map(|coding| {
                let book = codebooks.iter().find(|book| book.id == coding.codebook);
                let boards = u32::try_from(coding.boards.len()).unwrap_or(u32::MAX);
                let book = book
                    .map(|book| format!(" · Codebuch: {}", book.title))
                    .unwrap_or_default();
                let facts = format!("{}{book}", count(boards, "Board", "Boards"));
                (coding.id.to_string(), coding.title, facts)
            })
            .collect(),
        codebooks: codebooks.into_iter().map(book).collect(),
        boards: boards
            .into_iter()
            .filter(|row| row.published > 0)
            .map(|row| {
                let cards = count(
                    u32::try_from(row.published).unwrap_or(u32::MAX),
                    "Karte",
                    "Karten",
                );
                (row.id.to_string(), format!("{} ({cards})", row.title))
            })
            .collect(),
        key: form_key(&store),
    }))
}

fn book(book: Codebook) -> (String, String, String) {
    let given = book
        .codes
        .iter()
        .filter(|code| code.retired_version.is_none())
        .count();
    let codes = count(u32::try_from(given).unwrap_or(u32::MAX), "Code", "Codes");
    (
        book.id.to_string(),
        book.title,
        format!("{codes}, Fassung\u{a0}{}", book.version),
    )
}

pub async fn create(key: String, title: String, codebook: String, boards: Vec<String>) -> FormReply {
    let form = SentForm::on("/verwaltung/auswertung#auswerten").typed([
        ("coding_title", title.clone()),
        ("codebook", codebook.clone()),
        ("boards", boards.join(" ")),
    ]);
    let (form, viewer) = match staff(form).await {
        Ok(staff) => staff,
        Err(reply) => return reply,
    };
    let Ok(id) = CodingId::parse(&key) else {
        return form.failed(TRY_AGAIN).await;
    };
    let draft = match CodingDraft::parse(&title) {
        Ok(draft) => draft,
        Err(wrong) => {
            let mut errors = sentences(wrong);
            for error in &mut errors {
                "coding_title".clone_into(&mut error.field);
            }
            return form.refused(errors).await;
        }
    };
    let Ok(codebook) = CodebookId::parse(&codebook) else {
        return form.wrong("codebook", "Bitte wählen Sie ein Codebuch.").await;
    };
    let boards: Vec<BoardId> = boards.iter().filter_map(|id| BoardId::parse(id).ok()).collect();
    if boards.is_empty() || boards.len() > BOARDS_MAX {
        let sentence = format!("Bitte wählen Sie ein bis {BOARDS_MAX} Boards.");
        return form.wrong("boards", sentence).await;
    }
    let by = audit::Actor::Person(viewer.person);
    match expect_context::<Store>()
        .create_coding(by, id, draft, codebook, boards)
        .await
    {
        Ok(()) => form.go(format!("/verwaltung/auswertung/{id}")).await,
        Err(StoreError::NotFound) => {
            let sentence = "Das Codebuch oder ein Board ist nicht mehr da. Bitte laden Sie die Seite neu.";
            form.failed(sentence).await
        }
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}
