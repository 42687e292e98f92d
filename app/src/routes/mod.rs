//! Every page of the platform, one line each.
//!
//! - [`areas`]: pages that a browser loads only when somebody goes there

pub mod areas;

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::loading::Busy;
use crate::{ui, workshops};

/// The application.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let busy = Busy::start();
    view! {
        <Router set_is_routing=busy.says()>
            <ui::layout::Layout>
                <FlatRoutes fallback=ui::not_found::NotFound>
                    <Route path=path!("/") view={Lazy::<areas::Home>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/veranstaltungen") view={Lazy::<areas::List>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/veranstaltungen/:slug")
                        view=workshops::DetailPage
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/veranstaltungen/:slug/angemeldet")
                        view={Lazy::<areas::SignedUp>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/anmeldung") view={Lazy::<areas::LinkAgain>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/anmeldung/:token") view={Lazy::<areas::Place>::new()} ssr=SsrMode::Async />

                    <Route path=path!("/themen") view={Lazy::<areas::Boards>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/themen/:slug") view={Lazy::<areas::Board>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/themen/:slug/moderation")
                        view={Lazy::<areas::Console>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/themen/:slug/bearbeiten")
                        view={Lazy::<areas::Correct>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/themen/:slug/anwesend")
                        view={Lazy::<areas::Present>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/themen/:slug/protokoll")
                        view={Lazy::<areas::BoardLog>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/themen/:slug/leinwand")
                        view={Lazy::<areas::Screen>::new()}
                        ssr=SsrMode::Async
                    />

                    <Route
                        path=path!("/themen/:slug/ergebnisse")
                        view={Lazy::<areas::Results>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/themen/:slug/karten/:number")
                        view={Lazy::<areas::CardPaper>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/vorlagen") view={Lazy::<areas::Templates>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/vorlagen/:slug")
                        view={Lazy::<areas::Comparison>::new()}
                        ssr=SsrMode::Async
                    />

                    <Route path=path!("/module") view={Lazy::<areas::Modules>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/module/vergleich")
                        view={Lazy::<areas::CompareModules>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/module/:code") view={Lazy::<areas::Module>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/module/:code/fassung/:number")
                        view={Lazy::<areas::ModuleVersion>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/lernweg") view={Lazy::<areas::Plan>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/anrechnung")
                        view={Lazy::<areas::Recognitions>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/anrechnung/:code")
                        view={Lazy::<areas::Application>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/katalog/anrechnung")
                        view={Lazy::<areas::RecognitionQueue>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/katalog/anrechnung/:id")
                        view={Lazy::<areas::Decide>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/katalog/import") view={Lazy::<areas::Imports>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/katalog/import/:id")
                        view={Lazy::<areas::DryRun>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/katalog/durchgang/:id")
                        view={Lazy::<areas::RunDesk>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/nachweis") view={Lazy::<areas::CheckCode>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/nachweis/:code") view={Lazy::<areas::Check>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/katalog/zugaenge") view={Lazy::<areas::Access>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/katalog/pruefung") view={Lazy::<areas::Lint>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/katalog/semester") view={Lazy::<areas::Semester>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/katalog/bedarf") view={Lazy::<areas::Demand>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/katalog/zertifikate")
                        view={Lazy::<areas::Programmes>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/katalog") view={Lazy::<areas::Catalogue>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/katalog/:code")
                        view={Lazy::<areas::VersionDesk>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/katalog/:code/feld/:field")
                        view={Lazy::<areas::FieldDesk>::new()}
                        ssr=SsrMode::Async
                    />

                    <Route path=path!("/konto") view={Lazy::<areas::Account>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/konto/anmelden")
                        view={Lazy::<areas::SignIn>::new()}
                        ssr=SsrMode::Async
                    />

                    <Route path=path!("/verwaltung") view={Lazy::<areas::Overview>::new()} ssr=SsrMode::Async />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/neu")
                        view={Lazy::<areas::Create>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/:id")
                        view={Lazy::<areas::Workshop>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/:id/bearbeiten")
                        view={Lazy::<areas::Edit>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/:id/kopieren")
                        view={Lazy::<areas::Copy>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/anmeldungen/:id")
                        view={Lazy::<areas::Course>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/ergebnisse")
                        view={Lazy::<areas::Findings>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/auswertung")
                        view={Lazy::<areas::Codings>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/auswertung/:id")
                        view={Lazy::<areas::Coding>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/auswertung/codebuch/:id")
                        view={Lazy::<areas::Codebook>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/auswertung/:id/karte/:board/:number")
                        view={Lazy::<areas::CodingCard>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/postausgang")
                        view={Lazy::<areas::Outbox>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/postausgang/:id")
                        view={Lazy::<areas::MailText>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/veranstaltungen/:id/anmeldungen/:place/mails")
                        view={Lazy::<areas::PlaceMails>::new()}
                        ssr=SsrMode::Async
                    />
                    <Route
                        path=path!("/verwaltung/protokoll")
                        view={Lazy::<areas::Audit>::new()}
                        ssr=SsrMode::Async
                    />

                    <Route path=path!("/impressum") view={Lazy::<areas::Imprint>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/datenschutz") view={Lazy::<areas::Privacy>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/barrierefreiheit") view={Lazy::<areas::Accessibility>::new()} ssr=SsrMode::Async />
                    <Route path=path!("/leichte-sprache") view={Lazy::<areas::PlainLanguage>::new()} ssr=SsrMode::Async />
                </FlatRoutes>
            </ui::layout::Layout>
        </Router>
    }
}
