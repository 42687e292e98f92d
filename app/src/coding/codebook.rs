//! `/verwaltung/auswertung/codebuch/{id}`: the codes of a codebook.

use domain::coding::draft::{DEFINITION_CHARACTERS_MAX, NAME_CHARACTERS_MAX};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{AddCode, RetireCode, load_codebook};
use super::dto::{CodeView, CodebookView};
use super::overview::limit;
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    empty::EmptyState,
    field::{TextArea, TextField},
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// The codes of a codebook.
#[component]
pub fn CodebookPage() -> impl IntoView {
    let (params, told) = (use_params_map(), Told::new());
    let asked = move || params.read().get("id").unwrap_or_default();
    answering("Codebuch", asked, load_codebook, move |data, reply, answers| {
        page(data, told, reply, answers)
    })
}

fn page(data: CodebookView, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let none = data.codes.is_empty();
    let id = data.id.clone();
    let about = (data.id, data.codes.len());
    let codes = data
        .codes
        .into_iter()
        .map(|one| code(&id, one, answers))
        .collect::<Vec<_>>();
    let (version, key) = (data.version, data.key);
    let is_own = reply.values.contains_key("definition");
    let form = told.form("add", &about, (reply, answers), is_own, move |reply| {
        add(&id, &key, reply, answers)
    });
    let reply = reply.clone();
    view! {
        <Page title=format!("Codebuch: {}", data.title) lead=data.description>
            <Answered reply />
            <p class="actions"><a class="button button-quiet" href="/verwaltung/auswertung">"Alle Auswertungen"</a></p>
            <h2>{format!("Codes, Fassung {version}")}</h2>
            <ul class="notes">{codes}</ul>
            {none.then(|| view! {
                <EmptyState title="Noch kein Code.">
                    <p>"Ein Code hat einen kurzen Namen und sagt, wann er vergeben wird und wann nicht."</p>
                </EmptyState>
            })}
            <section id="code" aria-labelledby="code-titel">
                <h2 id="code-titel">"Code hinzufügen"</h2>
                {form}
            </section>
        </Page>
    }
    .into_any()
}

/// A new code.
fn add(codebook: &str, key: &str, reply: &FormReply, answers: Answers) -> AnyView {
    let (codebook, key) = (codebook.to_owned(), key.to_owned());
    let [name, definition, example] = ["name", "definition", "example"].map(|field| reply.value(field));
    let errors = ["name", "definition", "example"].map(|field| reply.error(field));
    let [name_error, definition_error, example_error] = errors;
    view! {
        <PostForm to={address::<AddCode>()} answers>
            <input type="hidden" name="codebook" value=codebook />
            <input type="hidden" name="key" value=key />
            <TextField label="Name" name="name" required=true maxlength={limit(NAME_CHARACTERS_MAX)} value=name error=name_error />
            <TextArea label="Wann er vergeben wird, und wann nicht" name="definition" required=true
                maxlength={limit(DEFINITION_CHARACTERS_MAX)} value=definition error=definition_error />
            <TextArea label="Ein Satz als Beispiel" name="example" maxlength={limit(DEFINITION_CHARACTERS_MAX)} value=example error=example_error />
            <SubmitButton label="Code hinzufügen" answers />
        </PostForm>
    }
    .into_any()
}

fn code(codebook: &str, code: CodeView, answers: Answers) -> AnyView {
    let since = format!("seit Fassung {}", code.since);
    let retired = code.retired.map(|version| {
        view! { <Badge text=format!("Wird seit Fassung {version} nicht mehr vergeben") kind="warm" /> }
    });
    let (label, value) = if code.retired.is_some() {
        (format!("{} wieder vergeben", code.name), "")
    } else {
        (format!("{} nicht mehr vergeben", code.name), "1")
    };
    let example = (!code.example.is_empty()).then(|| view! { <blockquote>{code.example}</blockquote> });
    let (codebook, id) = (codebook.to_owned(), code.id);
    view! {
        <li class="note">
            <p class="note-head"><strong>{code.name}</strong><span>{since}</span>{retired}</p>
            <p class="note-text">{code.definition}</p>
            {example}
            <PostForm to={address::<RetireCode>()} answers class="deed">
                <input type="hidden" name="codebook" value=codebook />
                <input type="hidden" name="code" value=id />
                <input type="hidden" name="retired" value=value />
                <SubmitButton label quiet=true answers />
            </PostForm>
        </li>
    }
    .into_any()
}
