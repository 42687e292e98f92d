//! `/verwaltung/veranstaltungen/{id}/kopieren`: a series across districts.

use domain::district::District;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{CopyWorkshop, load_edit_form};
use super::way_back::to_workshop;
use crate::form_reply::{Answers, FormReply, address, use_kept_reply};
use crate::loading::{awaited, load};
use crate::ui::{
    button::SubmitButton,
    field::{SelectField, TextField},
    form::Answered,
    found::found,
    page::Page,
    post_form::PostForm,
};

/// Copies a Veranstaltung into drafts.
#[component]
pub fn CopyPage() -> impl IntoView {
    let params = use_params_map();
    let original = load(
        move || params.read().get("id").unwrap_or_default(),
        load_edit_form,
    );
    let kept = use_kept_reply();
    let params = use_params_map();
    awaited(move || async move {
        let kept = kept.await;
        let id = params.read_untracked().get("id").unwrap_or_default();
        found("Kopieren", original.await, |original| {
            view! { <CopyForm id title=original.title key_=original.key kept /> }.into_any()
        })
    })
}

#[component]
fn CopyForm(id: String, title: String, key_: String, kept: FormReply) -> impl IntoView {
    let key = key_;
    let answers = Answers::new();
    view! {
        {to_workshop(&id)}
        <Page title="Kopieren" lead=title>
            <p>"Texte, Plätze und Fristen werden übernommen, Personen nie. In einem anderen Kreis bleiben Ort und Anreise leer. Jede Kopie ist ein Entwurf. Wo „keine Kopie“ steht, entsteht nichts."</p>
            {move || {
                let reply = answers.last_or(&kept);
                let (id, key) = (id.clone(), key.clone());
                view! {
                    <Answered reply=reply.clone() />
                    <PostForm to={address::<CopyWorkshop>()} answers>
                        <input type="hidden" name="id" value=id />
                        <input type="hidden" name="key" value=key />
                        {(1..=4).map(|row| {
                            let district = format!("district_{row}");
                            let starts = format!("starts_{row}");
                            let options = District::ALL.iter().map(|one| (one.slug.to_owned(), one.name.to_owned())).collect();
                            view! {
                                <fieldset class="pair pair-then">
                                    <legend>{format!("{row}. Kopie")}</legend>
                                    <SelectField label="Landkreis oder Stadt" name=district.clone() options empty="keine Kopie"
                                        value=reply.value(&district) error=reply.error(&district) />
                                    <TextField label="Beginn" name=starts.clone() input_type="datetime-local"
                                        value=reply.value(&starts) error=reply.error(&starts) />
                                </fieldset>
                            }
                        }).collect_view()}
                        <SubmitButton label="Entwürfe anlegen" answers />
                    </PostForm>
                }
            }}
        </Page>
    }
}
