//! `/verwaltung/protokoll`: who did what.

use leptos::prelude::*;

use super::actions::audit_log;
use super::dto::LogLine;
use crate::loading::load;
use crate::ui::{found::found, page::Page};

/// The newest lines of the log.
#[component]
pub fn AuditPage() -> impl IntoView {
    let rows = load(|| (), |()| audit_log());
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                found("Protokoll", rows.await, |rows| view! {
                    <Page title="Protokoll" lead="Die neuesten 200 Einträge. Jeder Eintrag sichert den vorigen: Änderungen fielen auf.">
                        <ol class="history">
                            {rows.into_iter().map(|line| view! { <LogItem line /> }).collect_view()}
                        </ol>
                        <p class="actions no-print"><a class="button button-quiet" href="/verwaltung">"Zur Verwaltung"</a></p>
                    </Page>
                }.into_any())
            })}
        </Suspense>
    }
}

#[component]
fn LogItem(line: LogLine) -> impl IntoView {
    let about = line.about.map(|(title, path)| match path {
        Some(path) => view! { <a href=path>{title}</a> }.into_any(),
        None => view! { <span class="together">{title}</span> }.into_any(),
    });
    view! {
        <li>
            // The dot stays with what follows it.
            <span class="hint">{line.at}{about.is_some().then_some(" ·\u{a0}")}</span>{about}
            <br />
            {line.what}
        </li>
    }
}
