//! `/nachweis` and `/nachweis/{code}`: what a certificate says, and whether it counts.

use domain::certificate::Element;
use domain::certificate::code::{CODE_CHARACTERS, other_length};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::load_certificate;
use super::dto::CertificateView;
use crate::loading::{awaited, load};
use crate::ui::{
    badge::Badge,
    button::{PageTools, SubmitButton},
    field::TextField,
    found::found,
    notice::Notice,
    page::Page,
};

/// A certificate.
#[component]
pub fn CheckPage() -> impl IntoView {
    let params = use_params_map();
    let data = load(
        move || params.read().get("code").unwrap_or_default(),
        load_certificate,
    );
    awaited(move || async move { found("Nachweis prüfen", data.await, page) })
}

/// Where a code can be typed.
#[component]
pub fn CodePage() -> impl IntoView {
    let query = use_query_map();
    let data = load(
        move || query.read().get("code").unwrap_or_default(),
        |code| async move {
            let is_known = load_certificate(code.clone())
                .await
                .map(|found| found.map(|view| view.path));
            (code, is_known)
        },
    );
    view! {
        <Page title="Nachweis prüfen" lead="Auf jedem Nachweis steht ein Code aus vier mal vier Zeichen. Damit sehen Sie, ob er echt ist und noch gilt.">
            {awaited(move || async move {
                let (code, found) = data.await;
                let error = (matches!(found, Ok(None)) && !code.is_empty()).then(|| match other_length(&code) {
                    Some(length) => format!("Der Code hat {CODE_CHARACTERS} Zeichen, Sie haben {length} eingegeben."),
                    None => "Zu diesem Code gibt es keinen Nachweis. Bitte vergleichen Sie jedes Zeichen.".to_owned(),
                });
                let path = found.ok().flatten().map(|path| view! {
                    <Notice kind="success">"Diesen Nachweis gibt es. "<a href=path>"Ansehen, was er sagt"</a></Notice>
                });
                view! {
                    {path}
                    <form method="get" action="/nachweis" class="form form-tight">
                        <TextField label="Code" name="code" value=code error required=true maxlength=24_u32 autocomplete="off" hint="Groß oder klein, mit oder ohne Bindestriche" />
                        <SubmitButton label="Prüfen" />
                    </form>
                }
            })}
        </Page>
    }
}

fn page(view: CertificateView) -> AnyView {
    let kind = match (view.is_revoked, view.demo) {
        (true, _) => "error",
        (_, true) => "info",
        _ => "success",
    };
    let elements = view.elements.into_iter().map(element).collect::<Vec<_>>();
    let (path, words) = view.version;
    let (pdf, badge) = (
        format!("{}/nachweis.pdf", view.path),
        format!("{}/abzeichen.jwt", view.path),
    );
    let files = (!view.is_revoked).then(|| {
        view! {
            <p class="actions no-print">
                <a class="button" href=pdf rel="external">"Als PDF"</a>
                <a class="button button-quiet" href=badge rel="external" download="abzeichen.jwt">"Als digitales Abzeichen (Open Badges 3.0)"</a>
            </p>
        }
    });
    view! {
        <Page title=view.title lead="Nachweis über ein bestandenes Modul">
            <p class="card-kind">"Code "{view.code}{view.demo.then(|| view! { <Badge text="Beispiel" /> })}</p>
            <Notice kind>{view.standing}</Notice>
            {files}
            <PageTools />
            <dl class="record">{elements}</dl>
            <p>"Unterrichtet wurde: "<a href=path>{words}</a></p>
            <p class="hint">"Die Angaben folgen der Empfehlung des Rates der EU zu Micro-Credentials vom 16. Juni 2022, Anhang I."</p>
        </Page>
    }
    .into_any()
}

fn element(element: Element) -> AnyView {
    let lines = match element.lines.as_slice() {
        [line] => view! { <span class="line">{line.clone()}</span> }.into_any(),
        lines => {
            let items = lines
                .iter()
                .cloned()
                .map(|line| view! { <li>{line}</li> })
                .collect::<Vec<_>>();
            view! { <ul>{items}</ul> }.into_any()
        }
    };
    view! { <div><dt>{element.label}</dt><dd>{lines}</dd></div> }.into_any()
}
