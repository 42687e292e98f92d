//! A codebook and its codes.

use domain::coding::{CodeDraft, CodebookDraft};
use domain::ids::{CodeId, CodebookId};
use leptos::prelude::*;
use store::{Store, StoreError, audit};

use super::{sentences, staff};
use crate::coding::dto::{CodeView, CodebookView};
use crate::form_key::form_key;
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::session;
use crate::ui::text::TRY_AGAIN;

pub async fn load(id: &str) -> Result<Option<CodebookView>, ServerFnError> {
    let Ok(id) = CodebookId::parse(id) else {
        return Ok(None);
    };
    if !session::viewer().await?.is_some_and(|viewer| viewer.is_staff()) {
        return Ok(None);
    }
    let store = expect_context::<Store>();
    let book = match store.codebook(id).await {
        Ok(book) => book,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    Ok(Some(CodebookView {
        id: book.id.to_string(),
        title: book.title,
        description: book.description,
        version: book.version,
        codes: book
            .codes
            .into_iter()
            .map(|code| CodeView {
                id: code.id.to_string(),
                name: code.name,
                definition: code.definition,
                example: code.example,
                since: code.since_version,
                retired: code.retired_version,
            })
            .collect(),
        key: form_key(&store),
    }))
}

pub async fn create(key: String, title: String, description: String) -> FormReply {
    let form = SentForm::on("/verwaltung/auswertung#anlegen")
        .typed([("title", title.clone()), ("description", description.clone())]);
    let (form, viewer) = match staff(form).await {
        Ok(staff) => staff,
        Err(reply) => return reply,
    };
    let Ok(id) = CodebookId::parse(&key) else {
        return form.failed(TRY_AGAIN).await;
    };
    let draft = match CodebookDraft::parse(&title, &description) {
        Ok(draft) => draft,
        Err(wrong) => return form.refused(sentences(wrong)).await,
    };
    let by = audit::Actor::Person(viewer.person);
    match expect_context::<Store>().create_codebook(by, id, draft).await {
        Ok(()) => form.go(format!("/verwaltung/auswertung/codebuch/{id}")).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

/// A form on the page of a codebook; nothing that was typed reaches the address unchecked.
fn on_codebook(id: &str, fragment: &str) -> SentForm {
    match CodebookId::parse(id) {
        Ok(id) => SentForm::on(format!("/verwaltung/auswertung/codebuch/{id}{fragment}")),
        Err(_) => SentForm::on("/verwaltung/auswertung"),
    }
}

pub async fn add(codebook: String, key: String, [name, definition, example]: [String; 3]) -> FormReply {
    let form = on_codebook(&codebook, "#code").typed([
        ("name", name.clone()),
        ("definition", definition.clone()),
        ("example", example.clone()),
    ]);
    let (form, viewer) = match staff(form).await {
        Ok(staff) => staff,
        Err(reply) => return reply,
    };
    let (Ok(codebook), Ok(id)) = (CodebookId::parse(&codebook), CodeId::parse(&key)) else {
        return form.failed(TRY_AGAIN).await;
    };
    let draft = match CodeDraft::parse(&name, &definition, &example) {
        Ok(draft) => draft,
        Err(wrong) => return form.refused(sentences(wrong)).await,
    };
    let by = audit::Actor::Person(viewer.person);
    match expect_context::<Store>().add_code(by, codebook, id, draft).await {
        Ok(()) => form.done("Der Code steht im Codebuch.").await,
        Err(StoreError::Duplicate) => form.wrong("name", "Diesen Namen hat schon ein Code.").await,
        Err(StoreError::NotFound) => form.failed("Mehr Codes fasst dieses Codebuch nicht.").await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

pub async fn retire(codebook: String, code: String, retired: bool) -> FormReply {
    let (form, viewer) = match staff(on_codebook(&codebook, "")).await {
        Ok(staff) => staff,
        Err(reply) => return reply,
    };
    let Ok(code) = CodeId::parse(&code) else {
        return form.failed(TRY_AGAIN).await;
    };
    let by = audit::Actor::Person(viewer.person);
    match expect_context::<Store>().retire_code(by, code, retired).await {
        Ok(()) if retired => {
            form.done("Der Code wird nicht mehr vergeben. Wo er steht, bleibt er.")
                .await
        }
        Ok(()) => form.done("Der Code wird wieder vergeben.").await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}
