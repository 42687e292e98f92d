//! Files of an application.

use std::collections::BTreeMap;

use domain::ids::RecognitionId;
use domain::module::outcome::OUTCOMES_MAX;
use domain::module::review::Reviewer;
use domain::recognition::claim::SAID_CHARACTERS_MAX;
use domain::recognition::{FileKind, FileName};
use leptos::prelude::*;
use leptos::server_fn::codec::MultipartData;
use store::Store;
use store::recognition::Uploaded;

use super::application::{Said, failed, keep, with_said};
use super::{asking, id, on_page, words};
use crate::catalogue::desk::words::length;
use crate::form_reply::{FormReply, SentForm};
use crate::ui::text::TRY_AGAIN;

/// The longest field beside the file holds what somebody says of an outcome; a character has four bytes at most.
const FIELD_BYTES_MAX: usize = 4 * SAID_CHARACTERS_MAX + 1_000;

/// What was sent.
#[derive(Default)]
struct Sent {
    code: String,
    id: String,
    /// What was typed, by its place in the form.
    said: BTreeMap<usize, (u32, String, String)>,
    name: String,
    content: Vec<u8>,
}

impl Sent {
    fn field(&mut self, name: &str, text: String) {
        match name {
            "code" => self.code = text,
            "id" => self.id = text,
            _ => self.list_field(name, text),
        }
    }

    /// A field of a list, as `said[2]`.
    fn list_field(&mut self, name: &str, text: String) {
        let Some((list, place)) = name.strip_suffix(']').and_then(|name| name.split_once('[')) else {
            return;
        };
        let Some(place) = place.parse().ok().filter(|place| *place < OUTCOMES_MAX) else {
            return;
        };
        let (number, grasp, said) = self.said.entry(place).or_default();
        match list {
            "outcome" => *number = text.parse().unwrap_or_default(),
            "grasp" => *grasp = text,
            "said" => *said = text,
            _ => {}
        }
    }
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
        sent.field(&field, text);
    }
    Some(sent)
}

pub async fn upload(data: MultipartData) -> FormReply {
    let Some(sent) = read(data).await else {
        return on_page("", "").failed(TRY_AGAIN).await;
    };
    let said: Said = sent.said.into_values().collect();
    let form = with_said(on_page(&sent.code, "#nachweise"), &said);
    let (form, who) = match asking(form).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let Some(id) = id(&sent.id) else {
        return form.failed(TRY_AGAIN).await;
    };
    let form = match keep(form, &who, id, &said).await {
        Ok((form, _)) => form,
        Err(reply) => return reply,
    };
    if sent.content.is_empty() && sent.name.is_empty() {
        return form.wrong("file", "Bitte wählen Sie eine Datei.").await;
    }
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

/// Takes a file away.
pub(super) async fn remove(form: SentForm, who: Reviewer, id: RecognitionId, number: u32) -> FormReply {
    match expect_context::<Store>().remove_evidence(who, id, number).await {
        Ok(Ok(())) => form.done(format!("Datei {number} ist gelöscht.")).await,
        Ok(Err(refusal)) => form.failed(words::refusal(refusal)).await,
        Err(error) => failed(form, &error).await,
    }
}
