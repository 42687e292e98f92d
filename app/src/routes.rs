//! Every page of the platform, one line each.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{account, home, legal, signup, staff, ui, workshops};

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|title: String| {
            if title.is_empty() { "LaFaSt Sachsen".to_owned() } else { format!("{title} – LaFaSt Sachsen") }
        } />
        <Router>
            <ui::layout::Layout>
                <FlatRoutes fallback=ui::not_found::NotFound>
                    <Route path=path!("/") view=home::HomePage ssr=SsrMode::Async />
                    <Route path=path!("/veranstaltungen") view=workshops::ListPage ssr=SsrMode::Async />
                    <Route
                        path=path!("/veranstaltungen/:slug")
                        view=workshops::DetailPage
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/veranstaltungen/:slug/angemeldet")
                        view=workshops::SignedUpPage
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/anmeldung") view=signup::LinkAgainPage ssr=SsrMode::Async />
                    <Route path=path!("/anmeldung/:token") view=signup::PlacePage ssr=SsrMode::Async />

                    <Route path=path!("/konto") view={Lazy::<account::AccountPage>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/konto/anmelden")
                        view={Lazy::<account::SignInPage>::new()}
                        ssr=SsrMode::Async
                    />

                    <Route path=path!("/verwaltung") view={Lazy::<staff::OverviewPage>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/neu")
                        view={Lazy::<staff::CreatePage>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/:id")
                        view={Lazy::<staff::WorkshopPage>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/:id/bearbeiten")
                        view={Lazy::<staff::EditPage>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/:id/kopieren")
                        view={Lazy::<staff::CopyPage>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/postausgang")
                        view={Lazy::<staff::OutboxPage>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/protokoll")
                        view={Lazy::<staff::AuditPage>::new()}
                        ssr=SsrMode::Async
                    />

                    <Route path=path!("/impressum") view=legal::ImprintPage ssr=SsrMode::Async />
                    <Route path=path!("/datenschutz") view=legal::PrivacyPage ssr=SsrMode::Async />
                    <Route path=path!("/barrierefreiheit") view=legal::AccessibilityPage ssr=SsrMode::Async />
                    <Route path=path!("/leichte-sprache") view=legal::PlainLanguagePage ssr=SsrMode::Async />
                </FlatRoutes>
            </ui::layout::Layout>
        </Router>
    }
}
