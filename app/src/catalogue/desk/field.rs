//! One field, what is written into it and said about it.

use domain::german;
use domain::ids::CommentId;
use domain::module::field::{Facts, Field, Takes};
use domain::module::review::Act;
use domain::module::{ModuleCode, exam, outcome, typed};
use domain::text::bounded;
use leptos::prelude::*;
use store::Store;
use store::modules::Conflict;
use store::modules::comments::COMMENT_CHARACTERS_MAX;

use super::version::title;
use super::{asking, find, on_page, reviewer, words};
use crate::catalogue::dto::{CommentView, FieldDesk, Input};
use crate::form_key::form_key;
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::ui::text::TRY_AGAIN;

pub async fn load(code: &str, field: &str) -> Result<Option<FieldDesk>, ServerFnError> {
    let (Some(reviewer), Some(field)) = (reviewer().await?, Field::parse(field)) else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let Some((module, versions)) = find(&store, &reviewer, code).await? else {
        return Ok(None);
    };
    let Some(newest) = versions.first() else {
        return Ok(None);
    };
    let examined = store
        .examine_module(&module.code, newest.number)
        .await
        .map_err(unavailable)?;
    let comments = store
        .module_comments(&module, newest.number)
        .await
        .map_err(unavailable)?;
    let facts = field.facts();
    let place = Field::ALL.iter().position(|other| *other == field).unwrap_or(0);
    let said = comments
        .into_iter()
        .filter(|comment| comment.field == field)
        .map(|comment| CommentView {
            id: comment.id.to_string(),
            head: format!(
                "{}, {}",
                comment.name.unwrap_or_else(|| "Ohne Namen".to_owned()),
                german::moment(comment.said_at)
            ),
            said: comment.said,
            is_open: comment.settled_at.is_none(),
        });
    Ok(Some(FieldDesk {
        code: module.code.to_string(),
        title: title(&module, newest),
        number: newest.number,
        field: facts.key.to_owned(),
        label: facts.label.to_owned(),
        hint: facts.hint.to_owned(),
        asked_by: asked_by(&facts),
        is_free: is_free(&facts),
        input: input(facts.takes),
        value: newest.content.get(field).to_owned(),
        writes: examined.standing.decide(&reviewer, Act::Write).is_ok(),
        comments: examined.standing.decide(&reviewer, Act::Comment).is_ok(),
        said: said.collect(),
        next: Field::ALL
            .get(place + 1)
            .map(|next| format!("/katalog/{}/feld/{}", module.code, next.key())),
        key: form_key(&store),
    }))
}

/// Whether nothing stops without it, here or elsewhere.
fn is_free(facts: &Facts) -> bool {
    !facts.is_needed && facts.asked_by.is_empty()
}

fn asked_by(facts: &Facts) -> String {
    let looks = if facts.is_protected {
        "Institution und Geschäftsstelle prüfen jede Änderung."
    } else {
        "Die Institution prüft jede Änderung allein."
    };
    let asks: Vec<_> = facts.asked_by.iter().map(|standard| standard.label()).collect();
    let asks = match asks.as_slice() {
        [] => String::new(),
        asks => format!(" Dieses Feld verlangen: {}.", asks.join(", ")),
    };
    let needed = match (facts.is_needed, is_free(facts)) {
        (true, _) => " Zum Speichern ist es nicht nötig, zum Einreichen schon.",
        (false, false) => " Zum Speichern ist es nicht nötig.",
        (false, true) => "",
    };
    format!("{looks}{asks}{needed}")
}

/// Characters are counted by the rules; the browser is told how many there can be at most.
fn input(takes: Takes) -> Input {
    let number = |most: usize| u32::try_from(most).unwrap_or(u32::MAX);
    match takes {
        Takes::Line(_, most) => Input::Line(number(most)),
        Takes::Whole(..) | Takes::Decimal { .. } => Input::Line(12),
        Takes::Codes | Takes::Requirement => Input::Line(600),
        Takes::Text(_, most) => Input::Lines(if most > 1_000 { 10 } else { 4 }, number(most)),
        Takes::Entries(count, characters) => Input::Lines(6, number(count * (characters + 2))),
        Takes::Outcomes => Input::Lines(
            10,
            number(outcome::OUTCOMES_MAX * (outcome::OUTCOME_CHARACTERS_MAX + 120)),
        ),
        Takes::Exam => Input::Lines(4, number(exam::PARTS_MAX * (2 * exam::CHARACTERS_MAX + 20))),
        Takes::Choice(choices) => Input::Choice(
            choices
                .iter()
                .map(|(key, label)| ((*key).to_owned(), (*label).to_owned()))
                .collect(),
        ),
    }
}

/// A form on the page of a field; nothing that was typed reaches the address unchecked.
fn on_field(code: &str, field: &str, fragment: &str) -> SentForm {
    let behind = Field::parse(field).map(|field| format!("/feld/{}{fragment}", field.key()));
    on_page(code, &behind.unwrap_or_default())
}

pub async fn write([code, number, field, before, value]: [String; 5]) -> FormReply {
    let form = on_field(&code, &field, "").typed([("value", value.clone())]);
    let (form, reviewer) = match asking(form).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let (Ok(code), Ok(number), Some(field)) = (
        ModuleCode::parse(&code),
        number.parse::<i64>(),
        Field::parse(&field),
    ) else {
        return form.failed(TRY_AGAIN).await;
    };
    let now = match typed::parse(field, &value) {
        Ok(now) => now,
        Err(wrong) => return form.wrong("value", words::wrong(&wrong)).await,
    };
    // What stood there comes back from the form with the line ends of the network.
    let before = typed::parse(field, &before).unwrap_or_default();
    let store = expect_context::<Store>();
    match store
        .write_module_field(reviewer, &code, number, field, before, now)
        .await
    {
        // The page has several forms: what was kept says which one it was.
        Ok(Ok(())) => form.done_with("Gespeichert.", [("value", value)]).await,
        Ok(Err(Conflict::Refused(refusal))) => form.failed(words::refusal(refusal)).await,
        Ok(Err(Conflict::Meanwhile(other))) => {
            let other = if other.is_empty() {
                "nichts mehr".to_owned()
            } else {
                format!("„{other}“")
            };
            let sentence = format!(
                "Jemand anderes hat dieses Feld eben geändert. Dort steht jetzt {other}. Ihr Text ist noch hier: Passen Sie ihn an und speichern Sie noch einmal."
            );
            form.wrong("value", sentence).await
        }
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

pub async fn comment([code, number, field, key, said]: [String; 5]) -> FormReply {
    let form = on_field(&code, &field, "#anmerkungen").typed([("said", said.clone())]);
    let (form, reviewer) = match asking(form).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let (Ok(code), Ok(number), Some(field), Ok(id)) = (
        ModuleCode::parse(&code),
        number.parse::<i64>(),
        Field::parse(&field),
        CommentId::parse(&key),
    ) else {
        return form.failed(TRY_AGAIN).await;
    };
    let said = match bounded(&said, 3, COMMENT_CHARACTERS_MAX) {
        Ok(said) => said,
        Err(error) => return form.wrong("said", words::length(error)).await,
    };
    match expect_context::<Store>()
        .comment_module(reviewer, &code, number, (id, field, said))
        .await
    {
        Ok(Ok(())) => form.done("Angemerkt.").await,
        Ok(Err(refusal)) => form.failed(words::refusal(refusal)).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

pub async fn settle([code, number, field, comment]: [String; 4]) -> FormReply {
    let (form, reviewer) = match asking(on_field(&code, &field, "#anmerkungen")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let (Ok(code), Ok(number), Ok(comment)) = (
        ModuleCode::parse(&code),
        number.parse::<i64>(),
        CommentId::parse(&comment),
    ) else {
        return form.failed(TRY_AGAIN).await;
    };
    match expect_context::<Store>()
        .settle_module_comment(reviewer, &code, number, comment)
        .await
    {
        Ok(Ok(())) => form.done("Erledigt.").await,
        Ok(Err(refusal)) => form.failed(words::refusal(refusal)).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}
