//! `/themen/{slug}/karten/{number}`: one card, to take along as a document with the parts that one chooses.

use domain::board::note::NOTE_CHARACTERS_MAX;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{NoteCard, load_card};
use super::dto::{CardNote, CardPaper};
use crate::form_reply::{Answers, FormReply, address, use_kept_reply};
use crate::loading::{awaited, load};
use crate::ui::changing::changing;
use crate::ui::text::NO_CLIENT_DATA;
use crate::ui::{
    button::SubmitButton,
    field::{CheckField, TextArea},
    form::Answered,
    found::found,
    page::Page,
    post_form::PostForm,
};

/// The files, and what their buttons say.
const FILES: [(&str, &str, &str); 3] = [
    ("pdf", "button", "Als PDF"),
    ("odt", "button button-quiet", "Als Textdokument (ODT)"),
    ("md", "button button-quiet", "Als Markdown"),
];

/// A card as a document.
#[component]
pub fn CardPaperPage() -> impl IntoView {
    let kept = use_kept_reply();
    let params = use_params_map();
    let asked = move || {
        let params = params.read();
        let part = |name| params.get(name).unwrap_or_default();
        (part("slug"), part("number"))
    };
    let data = load(asked, |(slug, number)| load_card(slug, number));
    awaited(move || async move {
        let kept = kept.await;
        found("Karte", data.await, |data| page(data, kept))
    })
}

fn page(data: CardPaper, kept: FormReply) -> AnyView {
    let path = format!("/themen/{}", data.slug);
    let board = format!("{path}#karte-{}", data.number);
    let hint = if data.note.is_some() {
        "Im Dokument steht, was Sie als Moderation sehen, auch was nicht veröffentlicht ist. Prüfen Sie vor dem Weitergeben, wer es lesen wird."
    } else {
        "Im Dokument steht, was Sie auf dem Board sehen. Prüfen Sie vor dem Weitergeben, wer es lesen wird."
    };
    let note = data.note.map(|now| note(data.slug.clone(), now, kept));
    let parts = data.parts.into_iter().map(|(key, label, checked)| {
        let id = format!("teil-{key}");
        view! { <CheckField label name="teile" value=key checked id /> }.into_any()
    });
    let files = FILES.map(|(kind, class, label)| {
        let file = format!("{path}/karten/{}.{kind}", data.number);
        view! { <button type="submit" class=class formaction=file>{label}</button> }.into_any()
    });
    view! {
        <Page title=format!("Karte {}", data.number) lead=data.board>
            <p class="hint">{data.about}</p>
            <p class="note-text">{data.text}</p>
            <h2>"Als Dokument mitnehmen"</h2>
            <form method="get">
                // The buttons have room beyond the width of a form.
                <div class="form">
                    // What the card says is always in it: so a form without a tick asks for that alone.
                    <input type="hidden" name="teile" value="text" />
                    <fieldset class="field">
                        <legend>"Was soll außer dem Text darin stehen?"</legend>
                        {parts.collect::<Vec<_>>()}
                    </fieldset>
                    <p class="hint">{hint}</p>
                </div>
                <p class="actions">{files.into_iter().collect::<Vec<_>>()}</p>
            </form>
            {note}
            <p class="no-print"><a href=board rel="external">"Zurück zum Board"</a></p>
        </Page>
    }
    .into_any()
}

/// What moderators note about the card for each other. It is sent to them alone.
fn note(slug: String, now: CardNote, kept: FormReply) -> AnyView {
    let answers = Answers::new();
    let form = changing(move || {
        let reply = answers.last_or(&kept);
        // What was emptied stays empty.
        let or_now = |field: &str| {
            let typed = reply.values.get(field);
            typed.unwrap_or(&now.text).clone()
        };
        let (base, noted) = (or_now("base"), or_now("note"));
        let (slug, card, error) = (slug.clone(), now.card.clone(), reply.error("note"));
        view! {
            <Answered reply=reply.clone() />
            <PostForm to={address::<NoteCard>()} answers>
                <input type="hidden" name="slug" value=slug />
                <input type="hidden" name="card" value=card />
                <input type="hidden" name="base" value=base />
                <TextArea label="Notiz" name="note" hint=NO_CLIENT_DATA value=noted error
                    maxlength={u32::try_from(NOTE_CHARACTERS_MAX).unwrap_or(u32::MAX)} />
                <SubmitButton label="Notiz speichern" quiet=true answers />
            </PostForm>
        }
        .into_any()
    });
    view! {
        <section aria-labelledby="notiz" class="no-print">
            <h2 id="notiz">"Interne Notiz"</h2>
            <p class="hint">"Die Notiz trägt keinen Namen. Nur die Moderation dieses Boards liest sie, hier und in ihren Exporten. Sie wird mit der Karte gelöscht."</p>
            {form}
        </section>
    }
    .into_any()
}
