//! The files of an application. They come and go with what was typed beside them: it is kept at the same time.

use domain::recognition::file::{FILE_BYTES_MAX, FILES_MAX};
use leptos::prelude::*;

use super::actions::UploadEvidence;
use super::application::CLAIMS;
use super::dto::{FileView, OwnView};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::button::SubmitButton;

/// The files, and a form for one more.
pub fn evidence(own: &OwnView, reply: &FormReply, answers: Answers) -> AnyView {
    let none = own.files.is_empty();
    let items = own
        .files
        .iter()
        .map(|file| {
            let remove = own.writes.then(|| {
                let (label, deed) = (
                    format!("Datei {} löschen", file.number),
                    format!("remove-{}", file.number),
                );
                view! { <SubmitButton label answers of=CLAIMS deed quiet=true /> }
            });
            view! { <li class="list-item">{link(file)}{remove}</li> }
        })
        .collect::<Vec<_>>();
    let form = own.writes.then(|| upload(reply));
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
            let words = format!("{words} ({})", file.size);
            view! { <a href=path rel="external">{words}</a> }.into_any()
        }
        None => view! { <span>{words}</span><span class="hint">"gelöscht, die Frist ist vorbei"</span> }
            .into_any(),
    }
}

/// The files once more: whoever decides about an outcome need not go back to open them.
pub fn again(files: &[FileView]) -> AnyView {
    let links = files
        .iter()
        .filter_map(|file| Some((file.path.clone()?, format!("{}. {}", file.number, file.name))))
        .map(|(path, words)| view! { <li><a href=path rel="external">{words}</a></li> })
        .collect::<Vec<_>>();
    (!links.is_empty())
        .then(|| view! { <p class="hint">"Nachweise öffnen:"</p><ul>{links}</ul> })
        .into_any()
}

fn upload(reply: &FormReply) -> AnyView {
    let error = reply.error("file");
    let (class, invalid) = if error.is_some() {
        ("field field-wrong", Some("true"))
    } else {
        ("field", None)
    };
    let hint = format!(
        "PDF, JPEG oder PNG, bis {} MB, höchstens {FILES_MAX} Dateien. Bitte schwärzen Sie alles über Klient*innen.",
        FILE_BYTES_MAX / 1_024 / 1_024
    );
    let described = if error.is_some() {
        "file-hint file-error"
    } else {
        "file-hint"
    };
    view! {
        <div class="form form-tight no-print">
            <div class=class>
                <label for="file">"Datei"</label>
                <p class="hint" id="file-hint">{hint}</p>
                {error.map(|error| view! { <p class="error" id="file-error">{error}</p> })}
                <input type="file" id="file" name="file" form=CLAIMS accept="application/pdf,image/jpeg,image/png" aria-describedby=described aria-invalid=invalid />
            </div>
            <SubmitButton label="Datei hochladen" of=CLAIMS files_to={address::<UploadEvidence>()} quiet=true />
        </div>
    }
    .into_any()
}
