//! `/verwaltung/auswertung`: codebooks, and where they are used.

use domain::coding::draft::{BOARDS_MAX, DEFINITION_CHARACTERS_MAX, TITLE_CHARACTERS_MAX};
use leptos::prelude::*;

use super::actions::{CreateCodebook, CreateCoding, load_codings};
use super::dto::Codings;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    button::SubmitButton,
    empty::EmptyState,
    field::{SelectField, TextArea, TextField},
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// Codebooks, and where they are used.
#[component]
pub fn CodingsPage() -> impl IntoView {
    answering("Auswertung", || (), |()| load_codings(), page)
}

fn page(data: Codings, reply: &FormReply, answers: Answers) -> AnyView {
    let none = data.codings.is_empty();
    let item = |path: String, title: String, facts: String| {
        view! { <li class="list-item"><div><a href=path><strong>{title}</strong></a><br /><span class="hint">{facts}</span></div></li> }
            .into_any()
    };
    let books: Vec<(String, String)> = data
        .codebooks
        .iter()
        .map(|(id, title, _)| (id.clone(), title.clone()))
        .collect();
    let codings = data.codings.into_iter();
    let codings =
        codings.map(|(id, title, facts)| item(format!("/verwaltung/auswertung/{id}"), title, facts));
    let codings = codings.collect::<Vec<_>>();
    let codebooks = data.codebooks.into_iter();
    let codebooks = codebooks
        .map(|(id, title, facts)| item(format!("/verwaltung/auswertung/codebuch/{id}"), title, facts));
    let codebooks = codebooks.collect::<Vec<_>>();
    let begin = (!books.is_empty() && !data.boards.is_empty())
        .then(|| begin(books, data.boards, data.key.clone(), reply, answers));
    let make = make(data.key, reply, answers);
    let reply = reply.clone();
    view! {
        <Page title="Auswertung" lead="Was auf Karten steht, in den Begriffen eines Codebuchs: zwei Personen lesen dieselben Karten, jede für sich.">
            <Answered reply />
            <section>
                <h2>"Auswertungen"</h2>
                <ul class="list">{codings}</ul>
                {none.then(|| view! {
                    <EmptyState title="Noch keine Auswertung.">
                        <p>"Legen Sie zuerst ein Codebuch mit einigen Codes an, dann wählen Sie die Boards."</p>
                    </EmptyState>
                })}
            </section>
            <section>
                <h2>"Codebücher"</h2>
                <ul class="list">{codebooks}</ul>
            </section>
            {begin}
            {make}
        </Page>
    }
    .into_any()
}

/// Begins to read some boards.
fn begin(
    books: Vec<(String, String)>,
    boards: Vec<(String, String)>,
    key: String,
    reply: &FormReply,
    answers: Answers,
) -> AnyView {
    let chosen = reply.value("boards");
    let boards = boards.into_iter().map(|(id, title)| {
        let (named, checked) = (format!("board-{id}"), chosen.contains(&id));
        view! {
            <div class="choice">
                <input type="checkbox" id=named.clone() name="boards[]" value=id checked=checked />
                <label for=named>{title}</label>
            </div>
        }
        .into_any()
    });
    let boards = boards.collect::<Vec<_>>();
    let error = reply.error("boards");
    let class = if error.is_some() {
        "field field-wrong"
    } else {
        "field"
    };
    let error = error.map(|error| view! { <p class="error" id="boards-error">{error}</p> });
    let reply = reply.clone();
    view! {
        <section id="auswerten" aria-labelledby="auswerten-titel">
            <h2 id="auswerten-titel">"Boards auswerten"</h2>
            <PostForm to={address::<CreateCoding>()} answers>
                <input type="hidden" name="key" value=key />
                <TextField label="Worum es geht" name="coding_title" required=true maxlength={limit(TITLE_CHARACTERS_MAX)}
                    value=reply.value("coding_title") error=reply.error("coding_title") />
                <SelectField label="Codebuch" name="codebook" options=books required=true
                    value=reply.value("codebook") error=reply.error("codebook") />
                <fieldset class=class id="boards">
                    <legend>{format!("Boards, höchstens {BOARDS_MAX}")}</legend>
                    {error}
                    {boards}
                </fieldset>
                <SubmitButton label="Auswertung beginnen" answers />
            </PostForm>
        </section>
    }
    .into_any()
}

fn make(key: String, reply: &FormReply, answers: Answers) -> AnyView {
    let reply = reply.clone();
    view! {
        <section id="anlegen" aria-labelledby="anlegen-titel">
            <h2 id="anlegen-titel">"Codebuch anlegen"</h2>
            <PostForm to={address::<CreateCodebook>()} answers>
                <input type="hidden" name="key" value=key />
                <TextField label="Titel" name="title" required=true maxlength={limit(TITLE_CHARACTERS_MAX)}
                    value=reply.value("title") error=reply.error("title") />
                <TextArea label="Wozu es dient" name="description" maxlength={limit(DEFINITION_CHARACTERS_MAX)}
                    value=reply.value("description") error=reply.error("description") />
                <SubmitButton label="Codebuch anlegen" answers />
            </PostForm>
        </section>
    }
    .into_any()
}

/// A limit as HTML wants it.
pub fn limit(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX)
}
