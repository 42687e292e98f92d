//! Parts of a page that change, without code of their own for each: their types are hidden, so that a browser loads
//! one piece of code for all of them (decision 9).

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use leptos::tachys::reactive_graph::{OwnedView, SharedReactiveFunction};
use leptos::tachys::view::keyed::keyed;

use super::kept::kept;

/// A part that is made again whenever something changes that it reads. What stays the same in it stays in the page,
/// the focus too.
pub fn changing(view: impl FnMut() -> AnyView + Send + 'static) -> SharedReactiveFunction<AnyView> {
    Arc::new(Mutex::new(view))
}

/// A list whose entries come, go and move. An entry is made once, and changes by itself: what `ids` reads should change only when
/// one comes, goes or moves.
pub fn each(
    ids: impl Fn() -> Vec<u128> + Send + Sync + 'static,
    show: impl Fn(u128) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let ids: Arc<dyn Fn() -> Vec<u128> + Send + Sync> = Arc::new(ids);
    let show: Arc<dyn Fn(u128) -> AnyView + Send + Sync> = Arc::new(show);
    view! { <For each=move || ids() key=|id| *id children=move |id| show(id) /> }.into_any()
}

/// A part that is made anew when its key is another one: nothing that was typed or ticked in the one before stays.
pub fn anew(key: u128, part: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    each(move || vec![key], move |_| part())
}

/// An entry of a list that comes with the data of a page.
pub struct Entry {
    pub(super) shows: u64,
    pub(super) make: Box<dyn FnOnce() -> AnyView + Send>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry")
            .field("shows", &self.shows)
            .finish_non_exhaustive()
    }
}

/// An entry, and all that it shows.
pub fn entry(shows: &impl Hash, make: impl FnOnce() -> AnyView + Send + 'static) -> Entry {
    let mut hasher = DefaultHasher::new();
    shows.hash(&mut hasher);
    let (shows, make) = (hasher.finish(), Box::new(make));
    Entry { shows, make }
}

/// An entry that shows these texts.
pub fn entry_of(shows: &[String], make: impl FnOnce() -> AnyView + Send + 'static) -> Entry {
    // FNV-1a; no text ends where the next one begins.
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in shows.iter().flat_map(|text| text.bytes().chain([0xff])) {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let (shows, make) = (sum, Box::new(make));
    Entry { shows, make }
}

/// A list that comes with the data of a page. When that is loaded again, an entry that shows the same as before stays, with what was typed
/// and opened in it; each other one is made anew, and nothing of the one that stood in its place stays.
pub fn entries(list: impl IntoIterator<Item = Entry>) -> AnyView {
    keyed_list(list.into_iter().collect())
}

/// As [`entries`], for one that stands alone.
pub fn alone(entry: Entry) -> AnyView {
    kept(entry, page())
}

/// Who owns what is made for an entry: what is loaded again takes with it what was made at its own loading.
fn page() -> Owner {
    let page = use_context::<Lasting>().and_then(|Lasting(page)| page.upgrade());
    page.or_else(Owner::current).unwrap_or_default()
}

fn keyed_list(list: Vec<Entry>) -> AnyView {
    let page = page();
    keyed(
        list,
        |entry| entry.shows,
        move |_, Entry { make, .. }| {
            let owner = page.with(Owner::new);
            let view = owner.with(make);
            (drop::<usize>, OwnedView::new_with_owner(view, owner))
        },
    )
    .into_any()
}

/// Who owns what lasts as long as a page, however often its data is loaded.
#[derive(Clone)]
struct Lasting(WeakOwner);

/// From here on a page lasts.
pub fn lasts() {
    if let Some(page) = Owner::current() {
        provide_context(Lasting(page.downgrade()));
    }
}
