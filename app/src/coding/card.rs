//! `/verwaltung/auswertung/{id}/karte/{board}/{number}`: one card to read, for one thumb.

use domain::coding::draft::MEMO_CHARACTERS_MAX;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{Agree, KeepReading, load_card};
use super::dto::CardToRead;
use super::overview::limit;
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::{
    button::SubmitButton, field::TextArea, form::Answered, found::answering, page::Page, post_form::PostForm,
};

/// One card to read.
#[component]
pub fn CardPage() -> impl IntoView {
    let (params, told) = (use_params_map(), Told::new());
    let asked = move || {
        let params = params.read();
        ["id", "board", "number"].map(|name| params.get(name).unwrap_or_default())
    };
    answering(
        "Auswertung",
        asked,
        |[id, board, number]| load_card(id, board, number),
        move |data, reply, answers| page(data, told, reply, answers),
    )
}

fn page(data: CardToRead, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let (id, title) = data.coding.clone();
    let way = |path: Option<String>, label: &'static str| {
        path.map(|path| view! { <a class="button button-quiet" href=path>{label}</a> })
    };
    let (previous, next) = (
        way(data.previous.clone(), "Zurück"),
        way(
            data.next.clone(),
            if data.is_done {
                "Zur nächsten Karte"
            } else {
                "Überspringen"
            },
        ),
    );
    let (place, text, head) = (data.place.clone(), data.text.clone(), data.head.clone());
    let others = others(&data, told, reply, answers);
    // What was ticked for one card is not ticked for the next.
    let about = (
        (data.coding.0.clone(), data.ids.clone()),
        (data.codes.clone(), data.memo.clone()),
        (data.is_done, data.next.is_some()),
    );
    let is_own = reply.values.contains_key("memo");
    let form = told.form("read", &about, (reply, answers), is_own, move |reply| {
        form(&data, reply, answers)
    });
    let reply = reply.clone();
    view! {
        <Page title=head>
            <Answered reply />
            <p><a href=format!("/verwaltung/auswertung/{id}")>{title}</a>", "{place}</p>
            <blockquote class="note note-text">{text}</blockquote>
            {form}
            {others}
            <p class="actions">{previous}{next}</p>
        </Page>
    }
    .into_any()
}

/// Hidden fields that name the card.
fn named(data: &CardToRead) -> AnyView {
    let (coding, (board, card)) = (data.coding.0.clone(), data.ids.clone());
    view! {
        <input type="hidden" name="coding" value=coding />
        <input type="hidden" name="board" value=board />
        <input type="hidden" name="card" value=card />
    }
    .into_any()
}

/// Boxes for the codes. `of` makes their ids differ.
fn boxes(data: &CardToRead, of: &'static str, is_given: impl Fn(&str, bool) -> bool) -> Vec<AnyView> {
    let boxes = data.codes.iter().map(|(id, name, definition, given)| {
        let (named, checked) = (format!("{of}-{id}"), is_given(id, *given));
        let (id, name, definition) = (id.clone(), name.clone(), definition.clone());
        view! {
            <div class="choice">
                <input type="checkbox" id=named.clone() name="codes[]" value=id checked=checked />
                <label for=named>{name}<span class="hint">{definition}</span></label>
            </div>
        }
        .into_any()
    });
    boxes.collect()
}

fn form(data: &CardToRead, reply: &FormReply, answers: Answers) -> AnyView {
    // What was refused stands in the form again.
    let refused = !reply.errors.is_empty();
    let typed = reply.value("codes");
    let boxes = boxes(
        data,
        "code",
        |id, given| if refused { typed.contains(id) } else { given },
    );
    let memo = if refused {
        reply.value("memo")
    } else {
        data.memo.clone()
    };
    let (named, error) = (named(data), reply.error("memo"));
    let label = match (data.is_done, data.next.is_some()) {
        (false, true) => "Fertig, zur nächsten Karte",
        (false, false) => "Fertig",
        (true, _) => "Änderung speichern",
    };
    view! {
        <PostForm to={address::<KeepReading>()} answers>
            {named}
            <fieldset class="field">
                <legend>"Welche Codes passen? Passt keiner, lassen Sie alles leer."</legend>
                {boxes}
            </fieldset>
            <TextArea label="Memo" name="memo" maxlength={limit(MEMO_CHARACTERS_MAX)} value=memo error=error />
            <SubmitButton label answers />
        </PostForm>
    }
    .into_any()
}

/// What others made of it, and what was agreed on: only for who is done.
fn others(data: &CardToRead, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    if !data.is_done {
        return view! { <p class="hint">"Was andere vergeben haben, sehen Sie, sobald Sie selbst fertig sind."</p> }.into_any();
    }
    if data.others.is_empty() {
        return view! { <p class="hint">"Sonst hat diese Karte noch niemand gelesen."</p> }.into_any();
    }
    let others = data.others.iter().map(|(who, codes, memo)| {
        let memo = (!memo.is_empty()).then(|| format!(" „{memo}“"));
        view! { <li><strong>{who.clone()}</strong>{format!(": {codes}.")}{memo}</li> }.into_any()
    });
    let others = others.collect::<Vec<_>>();
    let agreed = data.agreed.clone();
    let by = agreed.as_ref().map(|(_, by)| format!("Festgehalten von {by}."));
    let by = by.map(|by| view! { <p class="hint">{by}</p> });
    let heading = if agreed.is_some() {
        "Worauf Sie sich geeinigt haben"
    } else {
        "Sich einigen"
    };
    let about = (
        (data.coding.0.clone(), data.ids.clone()),
        (data.codes.clone(), agreed),
    );
    let data = data.clone();
    let form = told.form("agree", &about, (reply, answers), false, move |_| {
        agree(&data, answers)
    });
    view! {
        <section id="einigung" aria-labelledby="einigung-titel">
            <h2 id="einigung-titel">"Was andere vergeben haben"</h2>
            <ul>{others}</ul>
            <h3>{heading}</h3>
            {by}
            {form}
        </section>
    }
    .into_any()
}

/// What was agreed on, or is to be.
fn agree(data: &CardToRead, answers: Answers) -> AnyView {
    let legend = if data.agreed.is_some() {
        "Gemeinsame Codes"
    } else {
        "Gemeinsame Codes (vorbelegt mit Ihren)"
    };
    let boxes = boxes(data, "einig", |id, given| match &data.agreed {
        Some((codes, _)) => codes.iter().any(|code| code == id),
        None => given,
    });
    let named = named(data);
    view! {
        <PostForm to={address::<Agree>()} answers>
            {named}
            <fieldset class="field">
                <legend>{legend}</legend>
                {boxes}
            </fieldset>
            <SubmitButton label="Einigung festhalten" quiet=true answers />
        </PostForm>
    }
    .into_any()
}
