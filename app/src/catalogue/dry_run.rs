//! `/katalog/import/{id}`: what a table would do, cell by cell; then writing it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{ImportModules, UndoImport, load_dry_run};
use super::dto::{CellView, DryRunView, LineView};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    badge::Badge, button::SubmitButton, form::Answered, found::answering, notice::Notice, page::Page,
    post_form::PostForm,
};

/// What a table would do.
#[component]
pub fn DryRunPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || params.read().get("id").unwrap_or_default();
    answering("Einlesen", asked, load_dry_run, page)
}

fn page(run: DryRunView, reply: &FormReply, answers: Answers) -> AnyView {
    let (id, digest) = (run.id.clone(), run.digest.clone());
    let write = run.writes.then(|| {
        let (id, digest) = (id.clone(), digest.clone());
        view! {
            <PostForm to={address::<ImportModules>()} answers class="form form-tight">
                <input type="hidden" name="id" value=id />
                <input type="hidden" name="digest" value=digest />
                <SubmitButton label="Als Entwürfe schreiben" answers />
            </PostForm>
        }
    });
    let undo = run.undoes.then(|| {
        let id = id.clone();
        view! {
            <PostForm to={address::<UndoImport>()} answers class="form form-tight">
                <input type="hidden" name="id" value=id />
                <SubmitButton label="Zurücknehmen" answers quiet=true />
            </PostForm>
        }
    });
    let unknown = (!run.unknown.is_empty()).then(|| {
        let words = format!(
            "Diese Spalten sind nicht bekannt und bleiben weg: {}.",
            run.unknown.join(", ")
        );
        view! { <Notice kind="warning">{words}</Notice> }
    });
    let missing = (!run.missing.is_empty()).then(|| {
        let words = format!(
            "Diese Module stehen nicht in der Datei. Sie bleiben, wie sie sind: {}.",
            run.missing.join(", ")
        );
        view! { <p class="hint">{words}</p> }
    });
    let more = run.more.map(|words| view! { <p class="hint">{words}</p> });
    let lines = run.lines.into_iter().map(line).collect::<Vec<_>>();
    let reply = reply.clone();
    view! {
        <Page title=run.name lead=run.standing>
            <Answered reply />
            <p><strong>{run.sum}</strong></p>
            {unknown}
            {write}
            {undo}
            {missing}
            {lines}
            {more}
            <p class="actions no-print"><a class="button button-quiet" href="/katalog/import">"Andere Datei"</a></p>
        </Page>
    }
    .into_any()
}

fn line(line: LineView) -> AnyView {
    let wrong = line
        .wrong
        .map(|sentence| view! { <p class="error">{sentence}</p> });
    let cells = line.cells.into_iter().map(cell).collect::<Vec<_>>();
    let list = (!cells.is_empty()).then(|| view! { <dl class="record">{cells}</dl> });
    let module = match line.path {
        Some(path) => view! { <a class="together" href=path>{line.module}</a> }.into_any(),
        None => view! { <span>{line.module}</span> }.into_any(),
    };
    view! { <section><h2>{line.place}": "{module}</h2>{wrong}{list}</section> }.into_any()
}

fn cell(cell: CellView) -> AnyView {
    let before = cell
        .before
        .map(|before| view! { <p class="line"><del>{before}</del></p> });
    let after = cell
        .after
        .map(|after| view! { <p class="line"><ins>{after}</ins></p> });
    let wrong = cell
        .wrong
        .map(|sentence| view! { <p class="error">{sentence}</p> });
    let kind = if wrong.is_some() { "bad" } else { "plain" };
    view! { <div><dt>{cell.label}" "<Badge text=cell.fate kind /></dt><dd>{before}{after}{wrong}</dd></div> }
        .into_any()
}
