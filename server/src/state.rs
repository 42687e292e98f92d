//! What every handler may use.

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

/// What every handler may use. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The database.
    pub store: Store,
    /// The settings.
    pub config: Arc<Config>,
    /// What Leptos needs to find the files of this build.
    pub leptos: LeptosOptions,
    /// The files of this build.
    pub site: Arc<SiteFiles>,
    /// How often who may do what.
    pub limits: Arc<Limits>,
    /// Public pages as last rendered.
    pub pages: Arc<Slots>,
    /// Boards that somebody follows.
    pub rooms: Arc<Rooms>,
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

impl FromRef<AppState> for Arc<Config> {
    fn from_ref(state: &AppState) -> Self {
        Self::clone(&state.config)
    }
}
