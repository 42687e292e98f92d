//! A question before something that cannot be undone.

use leptos::{ev::MouseEvent, html, prelude::*};

/// A button that opens a dialog. Without WebAssembly the button is a link to the dialog, which then shows as a
/// part of the page; with it the dialog is modal and holds the focus until it is answered.
#[component]
pub fn Dialog(
    /// Its name in the address, unique on the page.
    id: &'static str,
    /// What the button says.
    #[prop(into)]
    opens: String,
    /// The question.
    #[prop(into)]
    title: String,
    /// What leaves all as it is, where „Abbrechen“ could be read as the deed itself.
    #[prop(default = "Abbrechen")]
    back: &'static str,
    /// Open from the start: an answer inside it was wrong.
    #[prop(optional)]
    open: bool,
    /// What happens, and the form that does it.
    children: Children,
) -> impl IntoView {
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    let show = move |event: MouseEvent| {
        if let Some(dialog) = dialog.get() {
            event.prevent_default();
            // A dialog that is open stays open.
            drop(dialog.show_modal());
        }
    };
    let close = move |event: MouseEvent| {
        if let Some(dialog) = dialog.get()
            && dialog.open()
        {
            event.prevent_default();
            dialog.close();
        }
    };
    let heading = format!("{id}-titel");
    let named = heading.clone();
    view! {
        <p class="no-print">
            <a class="button button-danger" href=format!("#{id}") rel="external" aria-haspopup="dialog" on:click=show>{opens}</a>
        </p>
        <dialog id=id class="dialog" class:dialog-open=open aria-labelledby=heading node_ref=dialog>
            <h2 id=named>{title}</h2>
            {children()}
            <p><a class="button button-quiet" href="#inhalt" rel="external" on:click=close>{back}</a></p>
        </dialog>
    }
}
