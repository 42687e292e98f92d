//! Files of an application.

use domain::recognition::{FileKind, FileName};
use leptos::prelude::*;
use leptos::server_fn::codec::MultipartData;
use store::Store;
use store::recognition::Uploaded;

use super::application::failed;
use super::{asking, id, on_page, words};
use crate::catalogue::desk::words::length;
use crate::form_reply::FormReply;
use crate::ui::text::TRY_AGAIN;

/// Characters of the fields beside the file.
const FIELD_BYTES_MAX: usize = 100;

/// What was sent.
#[derive(Default)]
struct Sent {
    code: String,
    id: String,
    name: String,
    content: Vec<u8>,
}

/// Reads the form; nothing if it is broken. The body as a whole is bounded before it gets here.
async fn read(data: MultipartData) -> Option<Sent> {
    let mut parts = data.into_inner()?;
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await.ok()? {
        let field = part.name().unwrap_or_default().to_owned();
        if field == "file" {
            part.file_name().unwrap_or_default().clone_into(&mut sent.name);
            sent.content = part.bytes().await.ok()?.to_vec();
            continue;
        }
        let text = part
            .text()
            .await
            .ok()
            .filter(|text| text.len() <= FIELD_BYTES_MAX)?;
        match field.as_str() {
            "code" => sent.code = text,
            "id" => sent.id = text,
            _ => {}
        }
    }
    Some(sent)
}

pub async fn upload(data: MultipartData) -> FormReply {
    let Some(sent) = read(data).await else {
        return on_page("", "").failed(TRY_AGAIN).await;
    };
    let (form, who) = match asking(on_page(&sent.code, "#nachweise")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let kind = match FileKind::of(&sent.content) {
        Ok(kind) => kind,
        Err(error) => return form.wrong("file", words::file(error)).await,
    };
    let name = match FileName::parse(&sent.name, kind) {
        Ok(name) => name,
        Err(error) => {
            return form
                .wrong("file", format!("Der Name der Datei: {}", length(error)))
                .await;
        }
    };
    let Some(id) = id(&sent.id) else {
        return form.failed(TRY_AGAIN).await;
    };
    let file = Uploaded {
        name,
        kind,
        content: sent.content,
    };
    match expect_context::<Store>().add_evidence(who, id, file).await {
        Ok(Ok(number)) => form.done(format!("Hochgeladen als Datei {number}.")).await,
        Ok(Err(refusal)) => form.wrong("file", words::refusal(refusal)).await,
        Err(error) => failed(form, &error).await,
    }
}

pub async fn remove([code, text_id, number]: [String; 3]) -> FormReply {
    let (form, who) = match asking(on_page(&code, "#nachweise")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let (Some(id), Ok(number)) = (id(&text_id), number.parse()) else {
        return form.failed(TRY_AGAIN).await;
    };
    match expect_context::<Store>().remove_evidence(who, id, number).await {
        Ok(Ok(())) => form.done(format!("Datei {number} ist gelöscht.")).await,
        Ok(Err(refusal)) => form.failed(words::refusal(refusal)).await,
        Err(error) => failed(form, &error).await,
    }
}
