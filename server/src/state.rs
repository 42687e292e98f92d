//! What every handler may use.

use std::ops::Deref;
use std::sync::Arc;

use app::cookies::CookiePolicy;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use store::Store;

use crate::assets::SiteFiles;
use crate::config::Config;
use crate::live::Rooms;
use crate::page_cache::Slots;
use crate::security::limits::Limits;

/// What every handler may use. Each layer of each request clones it, so it is one pointer: eight would cost more than half
/// of a request (docs/benchmarks.md).
#[derive(Clone, Debug)]
pub struct AppState(Arc<Shared>);

/// What there is once in a server.
#[derive(Debug)]
pub struct Shared {
    /// The database.
    pub store: Store,
    /// The settings.
    pub config: Config,
    /// What Leptos needs to find the files of this build.
    pub leptos: LeptosOptions,
    /// The files of this build.
    pub site: SiteFiles,
    /// How often who may do what.
    pub limits: Limits,
    /// Public pages as last rendered.
    pub pages: Slots,
    /// Boards that somebody follows.
    pub rooms: Arc<Rooms>,
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl From<Shared> for AppState {
    fn from(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }
}

impl AppState {
    /// How the session cookie is named and protected.
    #[must_use]
    pub fn cookies(&self) -> CookiePolicy {
        CookiePolicy {
            secure: self.config.public_url.is_secure(),
        }
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

impl FromRef<AppState> for Store {
    fn from_ref(state: &AppState) -> Self {
        state.store.clone()
    }
}
