//! When a page comes to life.
//!
//! Reading and signing up need no WebAssembly. A page that everybody reads loads it at the first sign of a person: a
//! touch, a key, a scroll, a pointer that moves. Who only follows a link from a mail, reads and goes, pays for nothing
//! but text, and on a slow phone the text is not held up. Until the code is there, links and forms work as HTML does.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

/// When a page loads its WebAssembly. The server says so for each page; without a word it is at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Waking {
    /// At once: pages that somebody works with.
    #[default]
    AtOnce,
    /// At the first sign of a person; or, without one, when the page has been read for a moment.
    AtFirstSign {
        /// Path of the generated loader.
        script: String,
        /// Path of the WebAssembly.
        wasm: String,
        /// So many milliseconds after the page is there, even without a sign; nothing: only at a sign.
        after_ms: Option<u32>,
    },
}

/// A live board wakes by itself after this time, in milliseconds: its text came with the page, and what happens on it from
/// then on is to be seen without a touch.
pub const BOARD_WAKES_MS: u32 = 3_000;

/// Waits for a sign, then loads. A device that remembers a district begins at once: its start page is another one.
const SCRIPT: &str = r#"(script, wasm, after) => {
let woken = false;
const signs = ["pointerdown", "pointermove", "touchstart", "keydown", "focusin", "scroll", "wheel"];
const wake = () => {
if (woken) return;
woken = true;
signs.forEach((sign) => removeEventListener(sign, wake, true));
import(script).then((built) => built.default({ module_or_path: wasm }).then(() => built.hydrate()));
};
if (after) addEventListener("load", () => setTimeout(wake, after));
let remembers = false;
try { remembers = localStorage.getItem("kreis") !== null; } catch {}
if (remembers) wake();
else signs.forEach((sign) => addEventListener(sign, wake, { capture: true, passive: true }));
}"#;

/// The script in the head of a page.
#[component]
pub fn Wake(
    /// Of this build.
    options: LeptosOptions,
) -> impl IntoView {
    match use_context::<Waking>().unwrap_or_default() {
        Waking::AtOnce => view! { <HydrationScripts options defer=true /> }.into_any(),
        Waking::AtFirstSign {
            script,
            wasm,
            after_ms,
        } => {
            let after = after_ms.unwrap_or(0);
            let call = format!("({SCRIPT})({script:?}, {wasm:?}, {after});");
            view! { <script type="module" nonce=use_nonce()>{call}</script> }.into_any()
        }
    }
}
