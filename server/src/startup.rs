//! Builds the application and serves it until it is told to stop. The binary and the tests use the same.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use store::{Ambient, Store, StoreError};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::assets::SiteFiles;
use crate::config::{self, Config, ConfigError, PublicUrl};
use crate::demo::{self, DemoError};
use crate::page_cache::Slots;
use crate::security::limits::Limits;
use crate::state::{AppState, Shared};
use crate::{jobs, listener, router, telemetry};

/// Why the server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or the address is not of this machine.
    #[error("{variable} {addr} cannot be used: {cause}")]
    Listen {
        /// Which setting.
        variable: &'static str,
        /// Its value.
        addr: SocketAddr,
        /// What the system says.
        cause: std::io::Error,
    },
    /// There is no built site.
    #[error(transparent)]
    Site(#[from] ConfigError),
    /// The database cannot be opened.
    #[error("DATABASE_URL cannot be opened: {0}")]
    Store(#[from] StoreError),
    /// The demo cannot be loaded.
    #[error("the demo cannot be loaded: {0}")]
    Demo(#[from] DemoError),
}

/// A server that listens and does not answer yet.
#[derive(Debug)]
pub struct Application {
    listener: TcpListener,
    metrics: Option<TcpListener>,
    state: AppState,
    router: Router,
}

impl Application {
    /// Listens, opens the database and brings its tables up to date. Without a built site it does none of this.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn build(mut config: Config, ambient: Ambient) -> Result<Self, StartError> {
        config::built_site(&config.site_root)?;
        let listener = listen("LAFAST_ADDR", config.addr).await?;
        let metrics = match config.metrics_addr {
            Some(addr) => Some(listen("LAFAST_METRICS_ADDR", addr).await?),
            None => None,
        };
        name_the_port(&mut config, &listener);
        telemetry::start_metrics();
        if config.demo {
            demo::load(&config.database_url, ambient.now()).await?;
        }
        let store = Store::open(&config.database_url, ambient).await?;
        let site = SiteFiles::find(&config.site_root);
        let state = AppState::from(Shared {
            store,
            leptos: site.leptos_options(),
            site,
            limits: Limits::default(),
            pages: Slots::default(),
            rooms: Arc::default(),
            config,
        });
        let router = router::build(state.clone());
        Ok(Self {
            listener,
            metrics,
            state,
            router,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.state.config.addr
    }

    /// Where it serves its metrics.
    #[must_use]
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.metrics
            .as_ref()
            .and_then(|listener| listener.local_addr().ok())
    }

    /// What its handlers use.
    #[must_use]
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Serves until `stop` is there, then lets requests under way end and closes the database.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        let (stopping, stopped) = watch::channel(false);
        let jobs = jobs::start(&self.state, &stopped);
        let metrics = self.metrics.map(|listener| {
            tokio::spawn(listener::serve(
                listener,
                telemetry::metrics_router(),
                stopped.clone(),
            ))
        });
        let requests = tokio::spawn(listener::serve(self.listener, self.router, stopped));
        tracing::info!(url = self.state.config.public_url.origin(), "serving");
        stop.await;
        tracing::info!("stopping");
        stopping.send_replace(true);
        self.state.rooms.close();
        for task in [Some(requests), metrics].into_iter().flatten() {
            if let Err(error) = task.await {
                tracing::error!(%error, "a listener ended badly");
            }
        }
        jobs.end().await;
        self.state.store.close().await;
    }
}

async fn listen(variable: &'static str, addr: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(addr).await.map_err(|cause| StartError::Listen {
        variable,
        addr,
        cause,
    })
}

/// Port 0 asks the system for a free one: from now on it has a number.
fn name_the_port(config: &mut Config, listener: &TcpListener) {
    let Ok(actual) = listener.local_addr() else { return };
    if config.public_url == PublicUrl::of_address(config.addr) {
        config.public_url = PublicUrl::of_address(actual);
    }
    config.addr = actual;
}

/// Ends when the system or a person says so: SIGTERM or Ctrl-C. SIGTERM is listened to from the call on, not only from when
/// somebody waits: a server that says it serves can be told to stop.
pub fn told_to_stop() -> impl Future<Output = ()> {
    let terminate = terminate();
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C is not heard");
            std::future::pending::<()>().await;
        }
    };
    async {
        tokio::select! {
            () = interrupt => {}
            () = terminate => {}
        }
    }
}

#[cfg(unix)]
fn terminate() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let listening = signal(SignalKind::terminate());
    async {
        match listening {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM is not heard");
                std::future::pending::<()>().await;
            }
        }
    }
}

#[cfg(not(unix))]
fn terminate() -> impl Future<Output = ()> {
    std::future::pending()
}
