//! `/katalog/{code}/feld/{name}`: one field and what is said about it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{Comment, SettleComment, WriteField, load_field};
use super::dto::{CommentView, FieldDesk, Input};
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    field::{SelectField, TextArea, TextField},
    form::Answered,
    found::answering,
    page::Page,
    post_form::PostForm,
};

/// One field and what is said about it.
#[component]
pub fn FieldPage() -> impl IntoView {
    let (params, told) = (use_params_map(), Told::new());
    let asked = move || {
        let params = params.read();
        ["code", "field"].map(|name| params.get(name).unwrap_or_default())
    };
    answering(
        "Feld",
        asked,
        |[code, field]| load_field(code, field),
        move |desk, reply, answers| page(desk, told, reply, answers),
    )
}

fn page(desk: FieldDesk, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let back = format!("/katalog/{}", desk.code);
    let next = desk
        .next
        .clone()
        .map(|path| view! { <a class="button button-quiet" href=path>"Zum nächsten Feld"</a> });
    let said = desk
        .said
        .iter()
        .map(|comment| note(&desk, comment, answers))
        .collect::<Vec<_>>();
    let none = said.is_empty();
    let (heading, lead) = (
        desk.label.clone(),
        format!("{} {}, Fassung\u{a0}{}", desk.code, desk.title, desk.number),
    );
    let shown = reply.clone();
    let asked_by = desk.asked_by.clone();
    let forms = forms(desk, told, reply, answers);
    view! {
        <Page title=heading lead>
            <Answered reply=shown />
            {forms}
            <p class="hint">{asked_by}</p>
            <section id="anmerkungen" aria-labelledby="anmerkungen-titel">
                <h2 id="anmerkungen-titel">"Anmerkungen"</h2>
                {none.then(|| view! { <p class="hint">"Noch keine."</p> })}
                <ul class="notes">{said}</ul>
            </section>
            <p class="actions no-print"><a class="button button-quiet" href=back>"Zum Modul"</a>{next}</p>
        </Page>
    }
    .into_any()
}

fn forms(desk: FieldDesk, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let field = (desk.code.clone(), desk.number, desk.field.clone());
    let write = desk.writes.then(|| {
        let desk = desk.clone();
        // It says itself that it was kept: what somebody else writes meanwhile does not change what is typed here.
        let is_own = reply.values.contains_key("value");
        told.form("write", &field, (reply, answers), is_own, move |reply| {
            write(&desk, reply, answers)
        })
    });
    let read = (!desk.writes).then(|| {
        let value = if desk.value.is_empty() {
            "noch leer".to_owned()
        } else {
            desk.value.clone()
        };
        view! { <p class="line">{value}</p> }
    });
    let comment = desk.comments.then(|| {
        let about = (field, desk.said.len());
        let is_own = reply.values.contains_key("said");
        told.form("comment", &about, (reply, answers), is_own, move |reply| {
            comment(&desk, reply, answers)
        })
    });
    view! { {write}{read}{comment} }.into_any()
}

fn write(desk: &FieldDesk, reply: &FormReply, answers: Answers) -> AnyView {
    let error = reply.error("value");
    let value = if error.is_some() {
        reply.value("value")
    } else {
        desk.value.clone()
    };
    // Who was told that somebody else wrote has seen it: the next time it is replaced.
    let before = desk.value.clone();
    let (label, hint) = (desk.label.clone(), desk.hint.clone());
    let input = match &desk.input {
        Input::Line(most) => {
            view! { <TextField label name="value" hint value error maxlength=*most /> }.into_any()
        }
        Input::Lines(rows, most) => {
            view! { <TextArea label name="value" hint value error rows=*rows maxlength=*most /> }.into_any()
        }
        Input::Choice(options) => {
            let options = options.clone();
            view! { <SelectField label name="value" hint options value error empty="noch nicht gewählt" /> }
                .into_any()
        }
    };
    let (code, number, field) = (desk.code.clone(), desk.number, desk.field.clone());
    // What somebody asks for is not called voluntary.
    let class = if desk.is_free { "form" } else { "form form-draft" };
    view! {
        <PostForm to={address::<WriteField>()} answers class>
            <input type="hidden" name="code" value=code />
            <input type="hidden" name="number" value=number />
            <input type="hidden" name="field" value=field />
            <input type="hidden" name="before" value=before />
            {input}
            <SubmitButton label="Speichern" answers />
        </PostForm>
    }
    .into_any()
}

fn comment(desk: &FieldDesk, reply: &FormReply, answers: Answers) -> AnyView {
    let error = reply.error("said");
    let is_wrong = error.is_some();
    let value = if error.is_some() {
        reply.value("said")
    } else {
        String::new()
    };
    let (code, number, field, key) = (
        desk.code.clone(),
        desk.number,
        desk.field.clone(),
        desk.key.clone(),
    );
    view! {
        <details class="disclosure" open=is_wrong>
            <summary>"Etwas anmerken"</summary>
            <PostForm to={address::<Comment>()} answers>
                <input type="hidden" name="code" value=code />
                <input type="hidden" name="number" value=number />
                <input type="hidden" name="field" value=field />
                <input type="hidden" name="key" value=key />
                <TextArea label="Anmerkung" name="said" value error required=true maxlength=1_000_u32 hint="Veröffentlicht wird erst, wenn jede Anmerkung erledigt ist." />
                <SubmitButton label="Anmerken" answers quiet=true />
            </PostForm>
        </details>
    }
    .into_any()
}

fn note(desk: &FieldDesk, comment: &CommentView, answers: Answers) -> AnyView {
    let comment = comment.clone();
    let settle = (comment.is_open && desk.comments).then(|| {
        let (code, number, field) = (desk.code.clone(), desk.number, desk.field.clone());
        view! {
            <PostForm to={address::<SettleComment>()} answers class="form form-tight">
                <input type="hidden" name="code" value=code />
                <input type="hidden" name="number" value=number />
                <input type="hidden" name="field" value=field />
                <input type="hidden" name="comment" value=comment.id />
                <SubmitButton label="Erledigt" answers quiet=true />
            </PostForm>
        }
    });
    let standing = if comment.is_open { "offen" } else { "erledigt" };
    view! {
        <li class="note">
            <p class="note-head"><span>{comment.head}</span><Badge text=standing /></p>
            <p class="note-text">{comment.said}</p>
            {settle}
        </li>
    }
    .into_any()
}
