//! Buttons.

use leptos::{prelude::*, task::spawn_local};

use super::{icon::Icon, toast::Toast};
use crate::form_reply::Answers;

/// Sends a form. While it is under way it says so, sends no second time, and keeps the focus.
#[component]
pub fn SubmitButton(
    /// The verb.
    #[prop(into)]
    label: String,
    /// The answers that the form waits for.
    #[prop(optional)]
    answers: Option<Answers>,
    /// The id of the form, if the button stands outside of it.
    #[prop(optional)]
    of: Option<&'static str>,
    /// What the button says beyond the fields: sent as `deed`.
    #[prop(optional, into)]
    deed: Option<String>,
    /// What the form must hold is not needed for this.
    #[prop(optional)]
    unchecked: bool,
    /// Where the browser itself sends the fields together with files, instead of where the form goes.
    #[prop(optional)]
    files_to: Option<&'static str>,
    /// Beside the main action.
    #[prop(optional)]
    quiet: bool,
    /// Destroys something.
    #[prop(optional)]
    danger: bool,
    /// Whether nothing is taken for now.
    #[prop(optional)]
    shut: Option<Memo<bool>>,
) -> impl IntoView {
    let class = match (danger, quiet) {
        (true, _) => "button button-danger",
        (_, true) => "button button-quiet",
        _ => "button",
    };
    let busy = move || answers.is_some_and(Answers::pending);
    let name = deed.as_ref().map(|_| "deed");
    let kind = files_to.map(|_| "multipart/form-data");
    view! {
        <button type="submit" class=class form=of name=name value=deed formaction=files_to formenctype=kind formnovalidate=unchecked
            aria-busy=move || busy().to_string() disabled=move || shut.is_some_and(|shut| shut.get())>
            {label}
        </button>
    }
}

/// Shares the address of this page where the device has something to share with, copies it elsewhere, and prints the page. Without
/// a script the browser's own menu does all of it, so the buttons are not there.
#[component]
pub fn PageTools() -> impl IntoView {
    let ready = RwSignal::new(false);
    let toast = Toast::on_this_page();
    Effect::new(move |_| ready.set(true));
    let pass_on = move |_| {
        spawn_local(async move {
            if can_share() {
                return share_address().await;
            }
            let said = if copy_address().await {
                "Link kopiert."
            } else {
                "Bitte kopieren Sie den Link aus der Adresszeile."
            };
            toast.say(said);
        });
    };
    view! {
        <div class="tools no-print">
            {move || ready.get().then(|| view! {
                <button type="button" class="button button-quiet" on:click=pass_on>
                    <Icon name={if can_share() { "share" } else { "copy" }} />
                    {if can_share() { "Link teilen" } else { "Link kopieren" }}
                </button>
                <button type="button" class="button button-quiet" on:click=|_| print_page()>
                    <Icon name="print" />
                    "Drucken"
                </button>
            })}
        </div>
    }
}

#[cfg(feature = "hydrate")]
fn can_share() -> bool {
    web_sys::js_sys::Reflect::has(&window().navigator(), &"share".into()).unwrap_or(false)
}

#[cfg(not(feature = "hydrate"))]
fn can_share() -> bool {
    false
}

#[cfg(feature = "hydrate")]
async fn share_address() {
    let page = web_sys::ShareData::new();
    page.set_title(&document().title());
    page.set_url(&window().location().href().unwrap_or_default());
    let shared = window().navigator().share_with_data(&page);
    // What the device shows says enough, also to whoever closes it again.
    drop(wasm_bindgen_futures::JsFuture::from(shared).await);
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "in the browser it waits")]
async fn share_address() {}

#[cfg(feature = "hydrate")]
async fn copy_address() -> bool {
    let window = window();
    let clipboard = window.navigator().clipboard();
    // Without encryption a browser has none, and it may refuse.
    let Ok(address) = window.location().href() else {
        return false;
    };
    if AsRef::<wasm_bindgen::JsValue>::as_ref(&clipboard).is_undefined() {
        return false;
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&address))
        .await
        .is_ok()
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "in the browser it waits")]
async fn copy_address() -> bool {
    false
}

#[cfg(feature = "hydrate")]
fn print_page() {
    // A browser that refuses to print has said so itself.
    drop(window().print());
}

#[cfg(not(feature = "hydrate"))]
fn print_page() {}
