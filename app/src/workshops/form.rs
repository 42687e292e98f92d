//! The sign-up form: one screen, native controls, works without a script.

use domain::district::District;
use domain::signup::COLLEAGUES_MAX;
use leptos::prelude::*;

use super::actions::SignUp;
use super::dto::DetailView;
use super::needs::{NeedsFields, ticked_in};
use super::votes::VotesFields;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    button::SubmitButton,
    field::{RadioGroup, SelectField, TextField},
    form::Answered,
    post_form::PostForm,
    text::{LISTED, NO_CLIENT_DATA},
};

/// What one does where nothing else is left.
pub const TO_THE_LINE: &str = "Auf die Warteliste";
/// Under this name an answer carries what was typed, in words.
pub const TYPED: &str = "typed";

/// The form with its rules in plain words.
#[component]
pub fn SignUpSection(
    /// The Veranstaltung.
    detail: DetailView,
    /// What the form said to a browser without WebAssembly.
    kept: FormReply,
) -> impl IntoView {
    let answers = Answers::new();
    let intro = detail.intro.clone();
    let title = if detail.has_place {
        "Jemand anderen anmelden"
    } else {
        "Anmelden"
    };
    view! {
        <section id="anmelden" aria-labelledby="anmelden-titel" class="no-print">
            <h2 id="anmelden-titel">{title}</h2>
            {intro.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            {move || {
                let reply = answers.last_or(&kept);
                view! { <Fields detail=detail.clone() reply answers /> }
            }}
        </section>
    }
}

/// The fields.
#[component]
fn Fields(detail: DetailView, reply: FormReply, answers: Answers) -> impl IntoView {
    let own = detail.own.clone().unwrap_or_default();
    let values = reply.values.clone();
    let typed = move |field: &str, own: &str| {
        if let Some(value) = values.get(field) {
            value.clone()
        } else {
            own.to_owned()
        }
    };
    let districts = District::ALL
        .iter()
        .map(|district| (district.slug.to_owned(), district.name.to_owned()))
        .collect();
    let modes = detail
        .modes
        .iter()
        .map(|mode| (mode.key.clone(), mode.label.clone(), mode.seats.clone()))
        .collect::<Vec<_>>();
    let only_mode = if modes.len() == 1 {
        modes.first().map(|mode| mode.0.clone())
    } else {
        None
    };
    let mode = typed("mode", &only_mode.unwrap_or_default());
    let colleagues_open = reply
        .values
        .iter()
        .any(|(name, value)| name.starts_with("colleague_") && !value.is_empty());
    let placed = detail.has_place;
    let by = typed("signed_up_by_name", &own[4]);
    let by_open = !by.is_empty();
    let by = view! {
        <TextField label="Ihr Name" name="signed_up_by_name" value=by
            error=reply.error("signed_up_by_name") autocomplete="off" />
    }
    .into_any();
    // Whoever has a place can only sign up somebody else: nothing has to be unfolded for that.
    let (by, by_folded) = if placed {
        (Some(by), None)
    } else {
        (None, Some(by))
    };
    // Of whom the form speaks.
    let [name, hint, how, important, topic, needed, seen] = if placed {
        [
            "Name der Person",
            "Dorthin schicken wir den persönlichen Link.",
            "Wie nimmt die Person teil?",
            "Welche Themen sind der Person wichtig?",
            "Thema, das die Person mitbringt",
            "Was braucht die Person, um gut teilnehmen zu können?",
            "Wer darf sehen, dass die Person teilnimmt?",
        ]
    } else {
        [
            "Name",
            "Hierhin schicken wir Ihren persönlichen Link.",
            "Wie nehmen Sie teil?",
            "Welche Themen sind Ihnen wichtig?",
            "Thema, das Sie mitbringen",
            "Was brauchen Sie, um gut teilnehmen zu können?",
            "Wer darf sehen, dass Sie teilnehmen?",
        ]
    };
    let [name_filled, email_filled] = if placed { ["off"; 2] } else { ["name", "email"] };
    let verb = if detail.full {
        TO_THE_LINE
    } else {
        "Verbindlich anmelden"
    };
    let listing_choices = vec![
        (
            "nobody".to_owned(),
            "Nur die Geschäftsstelle".to_owned(),
            String::new(),
        ),
        (
            "participants".to_owned(),
            "Auch die anderen Teilnehmenden".to_owned(),
            LISTED.to_owned(),
        ),
    ];
    view! {
        <Answered reply=reply.clone() />
        <PostForm to={address::<SignUp>()} answers>
            <input type="hidden" name="slug" value=detail.slug.clone() />
            <input type="hidden" name="key" value=detail.key.clone() />
            <div class="trap" aria-hidden="true">
                <label for="website">"Bitte leer lassen"</label>
                <input type="text" id="website" name="website" tabindex="-1" autocomplete="off" />
            </div>
            {by}
            <TextField label=name name="name" autocomplete=name_filled required=true maxlength=120u32
                value=typed("name", &own[0]) error=reply.error("name") />
            <TextField label="E-Mail-Adresse" name="email" input_type="email" autocomplete=email_filled required=true
                hint=hint maxlength=254u32
                value=typed("email", &own[1]) error=reply.error("email") />
            <TextField label="Träger oder Dienststelle" name="organisation" autocomplete="organization" required=true
                maxlength=160u32 value=typed("organisation", &own[2]) error=reply.error("organisation") />
            <SelectField label="Landkreis oder Stadt" name="district" options=districts empty="Bitte wählen" required=true
                value=typed("district", &own[3]) error=reply.error("district") />
            <RadioGroup label=how name="mode" options=modes value=mode required=true
                error=reply.error("mode") />
            <VotesFields question=important topics=detail.topics.clone() more=detail.more_topics.clone() reply=reply.clone() />
            <TextField label=topic name="topic" maxlength=140u32
                hint=format!("Alle sehen es und können dafür stimmen. {NO_CLIENT_DATA}")
                value=reply.value("topic") error=reply.error("topic") />
            <NeedsFields question=needed ticked=ticked_in(&reply) typed=reply.value("access_needs") error=reply.error("access_needs") />
            <RadioGroup label=seen name="listing" options=listing_choices
                value=typed("listing", "nobody") />
            <details class="disclosure" open=colleagues_open>
                <summary>"Kolleg*innen mit anmelden"</summary>
                <p>"Jede Person bekommt eine eigene E-Mail und einen eigenen Link."</p>
                {(1..=COLLEAGUES_MAX)
                    .map(|row| {
                        let name = format!("colleague_{row}_name");
                        let email = format!("colleague_{row}_email");
                        view! {
                            <fieldset class="pair">
                                <legend>{format!("{row}. Person")}</legend>
                                <TextField label="Name" name=name.clone() value=reply.value(&name) error=reply.error(&name) autocomplete="off" />
                                <TextField label="E-Mail-Adresse" name=email.clone() input_type="email" value=reply.value(&email)
                                    error=reply.error(&email) autocomplete="off" />
                            </fieldset>
                        }
                    })
                    .collect_view()}
            </details>
            {by_folded.map(|by| view! {
                <details class="disclosure" open=by_open>
                    <summary>"Ich melde jemand anderen an"</summary>
                    <p>"Tragen Sie oben die Person ein, die teilnimmt. Sie bekommt die E-Mail und entscheidet selbst. Hier tragen Sie sich ein."</p>
                    {by}
                </details>
            })}
            <p class="hint">
                "Wir speichern Ihre Angaben nur für diese Veranstaltung. " <a href="/datenschutz">"Datenschutz"</a>
            </p>
            <SubmitButton label=verb answers />
        </PostForm>
    }
}
