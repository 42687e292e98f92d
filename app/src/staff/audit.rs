//! `/verwaltung/protokoll`: who did what.

use leptos::prelude::*;

use super::actions::audit_log;
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
                    <Page title="Protokoll" lead="Die neuesten 200 Einträge. Jeder ist mit dem davor verkettet.">
                        <ol class="history">
                            {rows.into_iter().map(|(at, what)| view! { <li><span class="hint">{at}</span><br />{what}</li> }).collect_view()}
                        </ol>
                    </Page>
                }.into_any())
            })}
        </Suspense>
    }
}
