//! `/katalog/import`: tables of modules, out and in.

use domain::module::sheet::ROWS_MAX;
use leptos::prelude::*;

use super::actions::{UndoImport, UploadModules, load_imports};
use super::dto::{ImportItem, Imports};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    button::SubmitButton, empty::EmptyState, form::Answered, found::answering, page::Page,
    post_form::PostForm,
};

/// Tables of modules, out and in.
#[component]
pub fn ImportsPage() -> impl IntoView {
    answering("Einlesen", || (), |()| load_imports(), page)
}

fn page(imports: Imports, reply: &FormReply, answers: Answers) -> AnyView {
    let none = imports.items.is_empty();
    let items = imports
        .items
        .into_iter()
        .map(|one| item(one, answers))
        .collect::<Vec<_>>();
    let upload = upload(reply);
    let reply = reply.clone();
    view! {
        <Page title="Module als Tabelle" lead="Alle Module in einer Datei herunterladen, dort weiterschreiben, wieder einlesen. Vor dem Schreiben sehen Sie Zelle für Zelle, was sich ändert.">
            <Answered reply />
            <section aria-labelledby="mitnehmen">
                <h2 id="mitnehmen">"Herunterladen"</h2>
                <p class="actions">
                    <a class="button button-quiet" href="/katalog/module.xlsx" rel="external">"Als Excel-Datei"</a>
                    <a class="button button-quiet" href="/katalog/module.csv" rel="external">"Als CSV"</a>
                    <a class="button button-quiet" href="/katalog/module.json" rel="external">"Als JSON"</a>
                </p>
                <p>
                    "Für neue Module gibt es eine leere Vorlage: "
                    <a href="/katalog/vorlage.xlsx" rel="external">"Excel"</a>" oder "
                    <a href="/katalog/vorlage.csv" rel="external">"CSV"</a>". In der Zeile unter den Namen der Spalten steht, was hineingehört. Löschen Sie diese Zeile."
                </p>
            </section>
            <section id="einlesen" aria-labelledby="einlesen-titel">
                <h2 id="einlesen-titel">"Einlesen"</h2>
                {upload}
            </section>
            <section aria-labelledby="zuletzt">
                <h2 id="zuletzt">"Zuletzt hochgeladen"</h2>
                <ul class="list">{items}</ul>
                {none.then(|| view! {
                    <EmptyState title="Noch nichts."><p>"Was Sie einlesen, steht hier und lässt sich 30 Tage lang zurücknehmen."</p></EmptyState>
                })}
            </section>
            <p class="actions no-print"><a class="button button-quiet" href="/katalog">"Zum Katalog"</a></p>
        </Page>
    }
    .into_any()
}

fn item(one: ImportItem, answers: Answers) -> AnyView {
    let undo = one.undoes.then(|| {
        let id = one.id.clone();
        view! {
            <PostForm to={address::<UndoImport>()} answers class="">
                <input type="hidden" name="id" value=id />
                <SubmitButton label="Zurücknehmen" answers quiet=true />
            </PostForm>
        }
    });
    let name = match one.path {
        Some(path) => view! { <a href=path>{one.name}</a> }.into_any(),
        None => view! { <span>{one.name}</span> }.into_any(),
    };
    view! { <li class="list-item">{name}<span class="hint">{one.words}</span>{undo}</li> }.into_any()
}

/// A plain form of the browser, with and without a script.
fn upload(reply: &FormReply) -> AnyView {
    let error = reply.error("file");
    let (class, invalid, described) = if error.is_some() {
        ("field field-wrong", Some("true"), "file-hint file-error")
    } else {
        ("field", None, "file-hint")
    };
    let hint = format!(
        "CSV, Excel (.xlsx) oder JSON, bis 5 MB und {ROWS_MAX} Zeilen. Geschrieben wird noch nichts. Leere Zellen ändern nichts. Was Sie nicht übernehmen, löschen wir nach einem Tag."
    );
    view! {
        <form method="post" enctype="multipart/form-data" action={address::<UploadModules>()} class="form form-tight">
            <div class=class>
                <label for="file">"Datei"</label>
                <p class="hint" id="file-hint">{hint}</p>
                {error.map(|error| view! { <p class="error" id="file-error">{error}</p> })}
                <input type="file" id="file" name="file" required
                    accept=".csv,.xlsx,.json,text/csv,application/json,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                    aria-describedby=described aria-invalid=invalid />
            </div>
            <SubmitButton label="Datei ansehen" />
        </form>
    }
    .into_any()
}
