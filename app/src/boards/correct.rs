//! `/themen/{slug}/bearbeiten`: staff corrects a board after it was made, and says how long what is written on it stays.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

use super::actions::{CorrectBoard, SetTerm, load_correction};
use super::dto::CorrectionView;
use super::new_board::term_fields;
use crate::form_reply::{Answers, FormReply, address, use_kept_reply};
use crate::loading::{awaited, load};
use crate::ui::changing::changing;
use crate::ui::{
    button::SubmitButton,
    field::{SelectField, TextArea, TextField},
    form::Answered,
    found::found,
    page::Page,
    post_form::PostForm,
};

/// The form. Whoever is not of the office finds nothing here.
#[component]
pub fn CorrectPage() -> impl IntoView {
    let kept = use_kept_reply();
    let params = use_params_map();
    let data = load(
        move || params.read().get("slug").unwrap_or_default(),
        load_correction,
    );
    view! {
        <Meta name="robots" content="noindex" />
        {awaited(move || async move {
            let kept = kept.await;
            found("Board bearbeiten", data.await, |data| page(data, kept))
        })}
    }
}

fn page(data: CorrectionView, kept: FormReply) -> AnyView {
    let (title, back) = (data.title.clone(), format!("/themen/{}/moderation", data.slug));
    let answers = Answers::new();
    let term = term(&data, kept.clone());
    let form = changing(move || fields(&data, &answers.last_or(&kept), answers));
    view! {
        <Page title="Board bearbeiten" lead=title>
            {form}
            {term}
            <p class="actions"><a class="button button-quiet" href=back>"Zur Moderation"</a></p>
        </Page>
    }
    .into_any()
}

fn fields(data: &CorrectionView, reply: &FormReply, answers: Answers) -> AnyView {
    let or = |field: &str, now: &str| {
        let typed = reply.values.get(field);
        typed.map_or_else(|| now.to_owned(), Clone::clone)
    };
    let votes = match data.votes {
        Some(votes) => view! {
            <TextField label="Stimmen je Person" name="votes" input_type="number" required=true
                value=or("votes", &votes.to_string()) error=reply.error("votes") />
        }
        .into_any(),
        None => view! {
            <p class="hint">"Hier hat schon jemand abgestimmt. Deshalb bleibt die Zahl der Stimmen, wie sie ist."</p>
        }
        .into_any(),
    };
    let (slug, seen) = (data.slug.clone(), or("seen", &data.seen.to_string()));
    let (title, lead) = (or("title", &data.title), or("lead", &data.lead));
    let (workshop, workshops) = (or("workshop", &data.workshop), data.workshops.clone());
    let [title_error, lead_error, workshop_error] =
        ["title", "lead", "workshop"].map(|field| reply.error(field));
    view! {
        <Answered reply=reply.clone() />
        <PostForm to={address::<CorrectBoard>()} answers>
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="seen" value=seen />
            <TextField label="Titel" name="title" required=true maxlength=120u32 value=title error=title_error
                hint="Die Adresse des Boards und sein Code bleiben, wie sie sind." />
            <TextArea label="Worum es geht" name="lead" maxlength=300u32 value=lead error=lead_error />
            {votes}
            <SelectField label="Gehört zu" name="workshop" options=workshops empty="Keiner Veranstaltung" value=workshop
                error=workshop_error hint="Was für die Veranstaltung schon vorgeschlagen ist, kommt als Karten auf das Board." />
            <SubmitButton label="Speichern" answers />
        </PostForm>
    }
    .into_any()
}

/// After how long without anything new what was written is erased.
fn term(data: &CorrectionView, kept: FormReply) -> AnyView {
    let answers = Answers::new();
    let slug = data.slug.clone();
    // What was kept may be the answer to the other form; its words stand on top.
    let form = data.term.clone().map(|(term, goes)| {
        let form = move || {
            let reply = answers.last_or(&kept);
            let now = [("term", &term), ("goes", &goes)];
            let fields = term_fields(now.map(|(field, now)| {
                // "Nie" is nothing, and chosen all the same.
                let chosen = reply.values.get(field).unwrap_or(now).clone();
                (chosen, reply.error(field))
            }));
            let slug = slug.clone();
            let answered = answers.is_answered().then(|| view! { <Answered reply /> });
            view! {
                {answered}
                <PostForm to={address::<SetTerm>()} answers class="form form-tight">
                    <input type="hidden" name="slug" value=slug />
                    <input type="hidden" name="on" value="bearbeiten" />
                    {fields}
                    <SubmitButton label="Frist speichern" quiet=true answers />
                </PostForm>
            }
            .into_any()
        };
        changing(form)
    });
    let stays = data.stays.clone();
    let stays = changing(move || {
        let set = answers.last_or(&FormReply::default()).notice;
        set.unwrap_or_else(|| stays.clone()).into_any()
    });
    view! {
        <section aria-labelledby="frist">
            <h2 id="frist">"Wie lange Beiträge bleiben"</h2>
            <p>{stays}</p>
            {form}
        </section>
    }
    .into_any()
}
