//! Loading the data of a page: on the server together with the page, in the browser when somebody goes there.

use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::json::Json;
use crate::ui::changing::lasts;

/// Data on its way.
pub type Loaded<T> = Resource<T, Json>;

/// Loads what a page needs before any of it is sent, and again whenever `asked` changes.
#[must_use]
#[track_caller]
pub fn load<S, T, Fut>(
    asked: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Fut + Send + Sync + 'static,
) -> Loaded<T>
where
    S: Clone + PartialEq + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    Fut: Future<Output = T> + Send + 'static,
{
    Resource::new_with_options(asked, fetch, true)
}

/// A part of a page that is shown when what it waits for is there. When that is loaded again, what was shown stays until it has come,
/// the focus, too.
pub fn awaited<V, Fut>(part: impl Fn() -> Fut + Send + Sync + 'static) -> AnyView
where
    V: IntoView + 'static,
    Fut: Future<Output = V> + Send + 'static,
{
    waiting(Arc::new(move || {
        let part = part();
        Box::pin(async move { part.await.into_any() })
    }))
}

/// A part of a page, on its way.
type Part = Pin<Box<dyn Future<Output = AnyView> + Send>>;

/// One piece of code for all parts: their types are hidden (decision 9).
fn waiting(part: Arc<dyn Fn() -> Part + Send + Sync>) -> AnyView {
    lasts();
    let loads = Busy::of_this_page();
    view! { <Transition fallback=|| () set_pending=loads>{move || Suspend::new(part())}</Transition> }
        .into_any()
}

/// Whether something is on its way that the page will show: its next data, or the code of the next page.
#[derive(Clone, Copy, Debug)]
pub struct Busy(RwSignal<bool>);

impl Busy {
    /// For the whole application.
    #[must_use]
    pub fn start() -> Self {
        let busy = Self(RwSignal::new(false));
        provide_context(busy);
        busy
    }

    /// Whether it is so now.
    #[must_use]
    pub fn get(self) -> bool {
        self.0.get()
    }

    /// Where it is said. On the server nothing is on its way when a page is sent.
    #[must_use]
    pub fn says(self) -> SignalSetter<bool> {
        #[cfg(feature = "hydrate")]
        return self.0.write_only().into();
        #[cfg(not(feature = "hydrate"))]
        SignalSetter::map(|_| ())
    }

    /// Where a page says it, as long as it is shown.
    fn of_this_page() -> SignalSetter<bool> {
        let busy = expect_context::<Self>();
        on_cleanup(move || busy.says().set(false));
        busy.says()
    }
}

/// The data cannot be read now: for the log, for the status of the page, and for the person.
#[cfg(feature = "ssr")]
#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
pub fn unavailable(error: store::StoreError) -> ServerFnError {
    tracing::error!(%error, "a page could not be loaded");
    crate::ui::not_found::set_status(503);
    ServerFnError::new(crate::ui::text::TRY_AGAIN)
}
