//! Staff makes a board.

use domain::board::{Anonymity, Goes, Level, Term};
use leptos::prelude::*;

use super::actions::CreateBoard;
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::changing::changing;
use crate::ui::{
    button::SubmitButton,
    field::{RadioGroup, SelectField, TextArea, TextField},
    form::Answered,
    post_form::PostForm,
};

const COLUMNS: &str = "Was fehlt\nWas hilft\nWas offen ist";

/// The form.
pub fn new_board(workshops: Vec<(String, String)>, key: String, kept: FormReply) -> AnyView {
    let answers = Answers::new();
    let form = changing(move || fields(workshops.clone(), &key, &answers.last_or(&kept), answers));
    view! {
        <section id="anlegen" aria-labelledby="anlegen-titel" class="no-print">
            <h2 id="anlegen-titel">"Board anlegen"</h2>
            {form}
        </section>
    }
    .into_any()
}

fn fields(workshops: Vec<(String, String)>, key: &str, reply: &FormReply, answers: Answers) -> AnyView {
    // The one with which it was sent, as long as what became of it is not known.
    let key = reply.value_or("key", key);
    let answered = (answers.count() > 0).then(|| view! { <Answered reply=reply.clone() /> });
    let (plan, workshop) = (plan_fields(reply), reply.value("workshop"));
    let term = term_fields(["term", "goes"].map(|field| (reply.value(field), reply.error(field))));
    view! {
        {answered}
        <PostForm to={address::<CreateBoard>()} answers>
            <input type="hidden" name="key" value=key />
            {plan}
            {term}
            <SelectField label="Gehört zu" name="workshop" options=workshops empty="Keiner Veranstaltung" value=workshop />
            <SubmitButton label="Board anlegen" answers />
        </PostForm>
    }
    .into_any()
}

/// After how long without anything new what was written is erased, and what of it.
pub fn term_fields([(term, term_error), (goes, goes_error)]: [(String, Option<String>); 2]) -> AnyView {
    let terms = Term::ALL.iter();
    let terms = terms
        .map(|one| (one.key().to_owned(), one.label().to_owned()))
        .collect();
    let choices = Goes::ALL.iter();
    let choices = choices
        .map(|one| (one.key().to_owned(), one.label().to_owned()))
        .collect();
    view! {
        <SelectField label="Von selbst löschen" name="term" options=terms empty="Nie" value=term error=term_error />
        <SelectField label="Was dann gelöscht wird" name="goes" options=choices required=true value=goes error=goes_error />
    }
    .into_any()
}

/// What is seen of who writes, in words for who makes the board: who takes part reads others there.
fn told_to_staff(anonymity: Anonymity) -> &'static str {
    match anonymity {
        Anonymity::Named => "Der Name steht an jeder Karte. Die Moderation sieht auch, wer gerade da ist.",
        Anonymity::Pseudonym => {
            "An jeder Karte steht ein Name, den sich die Person für dieses Board ausdenkt. Auch die Moderation sieht nur ihn, und ob die Person gerade da ist."
        }
        Anonymity::Anonymous => {
            "Kein Name, auch nicht für die Moderation. Aufgabe und Herkunft stehen nur daran, wenn mindestens fünf dasselbe angeben."
        }
    }
}

/// What a board is to be, or each board of a template.
pub fn plan_fields(reply: &FormReply) -> AnyView {
    let or = |field: &str, other: &str| reply.value_or(field, other);
    let anonymities = Anonymity::ALL.iter();
    let anonymities = anonymities
        .map(|one| {
            (
                one.key().to_owned(),
                one.label().to_owned(),
                told_to_staff(*one).to_owned(),
            )
        })
        .collect();
    let levels = Level::ALL.iter();
    let levels = levels
        .map(|one| (one.key().to_owned(), one.label().to_owned(), String::new()))
        .collect();
    let (columns, anonymity) = (
        or("columns", COLUMNS),
        or("anonymity", Anonymity::Anonymous.key()),
    );
    let (level, votes) = (or("level", Level::Flagged.key()), or("votes", "5"));
    view! {
        <TextField label="Titel" name="title" required=true maxlength=120u32 value=reply.value("title") error=reply.error("title") />
        <TextArea label="Worum es geht" name="lead" maxlength=300u32 value=reply.value("lead") error=reply.error("lead") />
        <TextArea label="Spalten" name="columns" required=true rows=4 hint="Eine je Zeile, höchstens sechs."
            value=columns error=reply.error("columns") />
        <RadioGroup label="Was andere von den Schreibenden sehen" name="anonymity" options=anonymities required=true
            value=anonymity error=reply.error("anonymity") />
        <RadioGroup label="Freigabe" name="level" options=levels required=true value=level error=reply.error("level") />
        <TextField label="Stimmen je Person" name="votes" input_type="number" required=true value=votes error=reply.error("votes") />
    }
    .into_any()
}
