//! One part of a page that stays as long as it shows the same: the least that a view of Leptos has to be for it, and a tenth of the code of
//! a list with one entry.

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::reactive_graph::{OwnedView, OwnedViewState};
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderFlags, RenderHtml};

use super::changing::Entry;

/// The part that shows this, in the page of this owner. It is made only where it is another one than before.
struct Kept {
    entry: Entry,
    page: Owner,
}

/// Shows an entry alone.
pub fn kept(entry: Entry, page: Owner) -> AnyView {
    Kept { entry, page }.into_any()
}

impl Kept {
    fn made(self) -> OwnedView<AnyView> {
        let owner = self.page.with(Owner::new);
        let view = owner.with(self.entry.make);
        OwnedView::new_with_owner(view, owner)
    }
}

/// What is in the page, and what it shows.
struct Shown {
    shows: u64,
    view: OwnedViewState<AnyViewState>,
}

impl Render for Kept {
    type State = Shown;

    fn build(self) -> Shown {
        Shown {
            shows: self.entry.shows,
            view: self.made().build(),
        }
    }

    fn rebuild(self, shown: &mut Shown) {
        if self.entry.shows != shown.shows {
            let mut new = self.build();
            shown.insert_before_this(&mut new);
            shown.unmount();
            *shown = new;
        }
    }
}

impl Mountable for Shown {
    fn unmount(&mut self) {
        self.view.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.view.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.view.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.view.elements()
    }
}

leptos::tachys::no_attrs!(Kept);

impl RenderHtml for Kept {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        flags: RenderFlags,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.made().to_html_with_buf(buf, position, flags, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Shown {
        Shown {
            shows: self.entry.shows,
            view: self.made().hydrate::<FROM_SERVER>(cursor, position),
        }
    }

    fn into_owned(self) -> Self {
        self
    }
}
