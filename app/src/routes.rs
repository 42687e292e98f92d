//! Every page of the platform, one line each.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
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
        <Router>
            <ui::layout::Layout>
                <FlatRoutes fallback=ui::not_found::NotFound>
                    <Route path=path!("/") view={Lazy::<home::HomePage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/veranstaltungen") view={Lazy::<workshops::ListPage>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/veranstaltungen/:slug")
                        view={Lazy::<workshops::DetailPage>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/veranstaltungen/:slug/angemeldet")
                        view={Lazy::<workshops::SignedUpPage>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/anmeldung") view={Lazy::<signup::LinkAgainPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/anmeldung/:token") view={Lazy::<signup::PlacePage>::new()} ssr=SsrMode::Async />

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

                    <Route path=path!("/impressum") view={Lazy::<legal::ImprintPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/datenschutz") view={Lazy::<legal::PrivacyPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/barrierefreiheit") view={Lazy::<legal::AccessibilityPage>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/leichte-sprache") view={Lazy::<legal::PlainLanguagePage>::new()} ssr=SsrMode::Async />
                </FlatRoutes>
            </ui::layout::Layout>
        </Router>
    }
}
