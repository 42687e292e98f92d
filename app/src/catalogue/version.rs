//! `/katalog/{code}`: the version that is being written, or counts.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{BeginVersion, Review, load_version};
use super::dto::{FieldRow, VersionDesk};
use crate::form_reply::{Answers, FormReply, address};
use crate::modules::changes::changes;
use crate::told::Told;
use crate::ui::{
    badge::Badge, button::SubmitButton, form::Answered, found::answering, notice::Notice, page::Page,
    post_form::PostForm,
};

/// The version that is being written, or counts.
#[component]
pub fn VersionDeskPage() -> impl IntoView {
    let (params, told) = (use_params_map(), Told::new());
    let asked = move || params.read().get("code").unwrap_or_default();
    answering("Modul", asked, load_version, move |desk, reply, answers| {
        page(desk, told, reply, answers)
    })
}

fn page(desk: VersionDesk, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
    let gaps = gaps(desk.gaps);
    let open = (!desk.open.is_empty()).then(|| view! { <p>{named("Offene Anmerkungen:", desk.open)}</p> });
    let reason = desk
        .reason
        .map(|reason| view! { <Notice kind="warning">{reason}</Notice> });
    let standards = desk
        .standards
        .into_iter()
        .map(|row| {
            let missing = named("; es fehlt:", row.missing);
            view! { <div><dt>{row.name}</dt><dd>{row.words}{missing}</dd></div> }
        })
        .collect::<Vec<_>>();
    let agreements = desk
        .agreements
        .into_iter()
        .map(|words| view! { <li>{words}</li> })
        .collect::<Vec<_>>();
    let agreements = (!agreements.is_empty()).then(|| view! { <ul>{agreements}</ul> });
    let groups = desk.groups.into_iter().map(group).collect::<Vec<_>>();
    let changed = (!desk.changes.is_empty()).then(|| {
        let list = changes(desk.changes);
        view! {
            <section aria-labelledby="anders">
                <h2 id="anders">{desk.against}</h2>
                {list}
            </section>
        }
    });
    let public = desk
        .public
        .map(|path| view! { <span>"·\u{a0}"<a href=path>"So sehen es alle"</a></span> });
    let number = desk.number;
    let forms = desk.deeds.into_iter().map(|deed| {
        let code = desk.code.clone();
        let about = (code.clone(), number, desk.state.clone(), deed.clone());
        let is_own = reply.value("deed") == deed.0;
        told.form(&about.3.0, &about, (reply, answers), is_own, move |reply| {
            form(&code, number, &deed, reply, answers)
        })
    });
    let forms = forms.collect::<Vec<_>>();
    let begin = desk.begins.then(|| {
        let code = desk.code.clone();
        view! {
            <PostForm to={address::<BeginVersion>()} answers class="form form-tight">
                <input type="hidden" name="code" value=code />
                <SubmitButton label="Neue Fassung beginnen" answers />
            </PostForm>
        }
    });
    let runs = desk
        .runs
        .into_iter()
        .map(|(path, words)| view! { <li class="list-item"><a href=path>{words}</a></li> })
        .collect::<Vec<_>>();
    let runs = (!runs.is_empty()).then(|| {
        view! {
            <section aria-labelledby="durchgaenge">
                <h2 id="durchgaenge">"Durchgänge und Nachweise"</h2>
                <ul class="list">{runs}</ul>
            </section>
        }
    });
    let writes = desk.writes.then(|| view! { <p class="hint">"Tippen Sie auf ein Feld, um es zu ändern. Mehrere können zugleich am Modul arbeiten."</p> });
    let reply = reply.clone();
    view! {
        <Page title=desk.title>
            <p class="card-kind"><span><span class="together">{desk.code}</span>" · "{desk.by}" · Fassung\u{a0}"{desk.number}</span><Badge text=desk.state.words kind=desk.state.tone.key() />{public}</p>
            <Answered reply />
            <p>{desk.standing}</p>
            {reason}
            {agreements}
            {gaps}
            {open}
            <section id="schritte" aria-label="Nächste Schritte" class="no-print">{begin}{forms}</section>
            {changed}
            {writes}
            {groups}
            <section aria-labelledby="standards">
                <h2 id="standards">"Regelwerke: was noch fehlt"</h2>
                <dl class="record">{standards}</dl>
            </section>
            {runs}
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

/// Fields in a line behind these words, each with the way to it.
fn named(words: &'static str, fields: Vec<(String, String)>) -> AnyView {
    let links = fields
        .into_iter()
        .enumerate()
        .map(|(place, (path, label))| view! { {if place == 0 { " " } else { ", " }}<a href=path>{label}</a> })
        .collect::<Vec<_>>();
    (!links.is_empty()).then(|| view! { {words}{links} }).into_any()
}

/// What keeps it from being published, each with the way to its field.
fn gaps(gaps: Vec<(String, String)>) -> AnyView {
    if gaps.is_empty() {
        return ().into_any();
    }
    let gaps = gaps
        .into_iter()
        .map(|(path, sentence)| view! { <li><a href=path>{sentence}</a></li> })
        .collect::<Vec<_>>();
    view! {
        <section aria-labelledby="luecken">
            <h2 id="luecken">"Bevor Sie einreichen"</h2>
            <ul>{gaps}</ul>
        </section>
    }
    .into_any()
}

fn form(
    code: &str,
    number: i64,
    (deed, label, takes_a_reason): &(String, String, bool),
    reply: &FormReply,
    answers: Answers,
) -> AnyView {
    let id = format!("reason-{deed}");
    let reason = takes_a_reason.then(|| {
        let (value, error) = (reply.value("reason"), reply.error("reason"));
        let invalid = error.is_some().then_some("true");
        let described = error.is_some().then(|| format!("{id}-error"));
        view! {
            <div class="field">
                <label for=id.clone()>"Warum: "{label.clone()}</label>
                {error.map(|error| view! { <p class="error" id=format!("{id}-error")>{error}</p> })}
                <textarea id=id.clone() name="reason" rows="2" maxlength="1000" aria-invalid=invalid aria-describedby=described>{value}</textarea>
            </div>
        }
    });
    let (code, deed, label) = (code.to_owned(), deed.clone(), label.clone());
    let quiet = *takes_a_reason || deed == "take_back" || deed == "confirm";
    view! {
        <PostForm to={address::<Review>()} answers class="form form-tight">
            <input type="hidden" name="code" value=code />
            <input type="hidden" name="number" value=number />
            <input type="hidden" name="deed" value=deed />
            {reason}
            <SubmitButton label answers quiet />
        </PostForm>
    }
    .into_any()
}

fn group((heading, fields): (String, Vec<FieldRow>)) -> AnyView {
    let fields = fields.into_iter().map(field).collect::<Vec<_>>();
    view! { <section><h2>{heading}</h2><dl class="record">{fields}</dl></section> }.into_any()
}

fn field(field: FieldRow) -> AnyView {
    let none = field.lines.is_empty();
    let lines = field
        .lines
        .into_iter()
        .map(|line| view! { <p class="line">{line}</p> })
        .collect::<Vec<_>>();
    let remark = field
        .remark
        .map(|remark| view! { " "<Badge text=remark kind="warm" /> });
    view! {
        <div>
            <dt><a href=field.path>{field.label}</a>{remark}</dt>
            <dd>{lines}{none.then(|| view! { <span class="hint">"noch leer"</span> })}</dd>
        </div>
    }
    .into_any()
}
