//! The files of an application. Sending one is a plain form of the browser, with and without a script.

use domain::recognition::file::{FILE_BYTES_MAX, FILES_MAX};
use leptos::prelude::*;

use super::actions::{RemoveEvidence, UploadEvidence};
use super::dto::{FileView, OwnView};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{button::SubmitButton, post_form::PostForm};

/// The files, and a form for one more.
pub fn evidence(code: &str, own: &OwnView, reply: &FormReply, answers: Answers) -> AnyView {
    let none = own.files.is_empty();
    let items = own
        .files
        .iter()
        .map(|file| {
            let remove = own.writes.then(|| {
                let (code, id, number) = (code.to_owned(), own.id.clone(), file.number);
                let label = format!("Datei {number} löschen");
                view! {
                    <PostForm to={address::<RemoveEvidence>()} answers class="">
                        <input type="hidden" name="code" value=code />
                        <input type="hidden" name="id" value=id />
                        <input type="hidden" name="number" value=number />
                        <SubmitButton label answers quiet=true />
                    </PostForm>
                }
            });
            view! { <li class="list-item">{link(file)}{remove}</li> }
        })
        .collect::<Vec<_>>();
    let form = own.writes.then(|| upload(code, &own.id, reply));
    view! {
        <section id="nachweise" aria-labelledby="nachweise-titel">
            <h2 id="nachweise-titel">"Nachweise"</h2>
            {none.then(|| view! { <p class="hint">"Noch keine Datei."</p> })}
            <ul class="list">{items}</ul>
            {form}
        </section>
    }
    .into_any()
}

/// A file, to be opened as long as it is there.
pub fn link(file: &FileView) -> AnyView {
    let words = format!("{}. {}", file.number, file.name);
    match file.path.clone() {
        Some(path) => {
            view! { <a href=path rel="external">{words}</a><span class="hint">{file.size.clone()}</span> }
                .into_any()
        }
        None => view! { <span>{words}</span><span class="hint">"gelöscht, die Frist ist vorbei"</span> }
            .into_any(),
    }
}

fn upload(code: &str, id: &str, reply: &FormReply) -> AnyView {
    let error = reply.error("file");
    let (class, invalid) = if error.is_some() {
        ("field field-wrong", Some("true"))
    } else {
        ("field", None)
    };
    let hint = format!(
        "PDF, JPEG oder PNG, bis {} MB, höchstens {FILES_MAX} Dateien. Bitte schwärzen Sie alles über Klient*innen. Was Sie oben geschrieben haben, speichern Sie bitte zuerst.",
        FILE_BYTES_MAX / 1_024 / 1_024
    );
    let described = if error.is_some() {
        "file-hint file-error"
    } else {
        "file-hint"
    };
    let (code, id) = (code.to_owned(), id.to_owned());
    view! {
        <form method="post" enctype="multipart/form-data" action={address::<UploadEvidence>()} class="form form-tight no-print">
            <input type="hidden" name="code" value=code />
            <input type="hidden" name="id" value=id />
            <div class=class>
                <label for="file">"Datei"</label>
                <p class="hint" id="file-hint">{hint}</p>
                {error.map(|error| view! { <p class="error" id="file-error">{error}</p> })}
                <input type="file" id="file" name="file" required accept="application/pdf,image/jpeg,image/png" aria-describedby=described aria-invalid=invalid />
            </div>
            <SubmitButton label="Datei hochladen" quiet=true />
        </form>
    }
    .into_any()
}
