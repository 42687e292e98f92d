//! A board that was packed for many (gzip), unpacked by the browser itself (Compression Streams, WHATWG).

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Array, Function, Reflect, global};
use web_sys::{Blob, Response};

/// Whether this browser can: all have been able to since 2023.
pub fn can_unpack() -> bool {
    unpacking().is_some()
}

/// The text in a message. Nothing if it cannot be read.
pub async fn unpacked(data: JsValue) -> Option<String> {
    let blob: Blob = data.dyn_into().ok()?;
    let class = unpacking()?;
    let unpacking = Reflect::construct(&class, &Array::of1(&JsValue::from_str("gzip"))).ok()?;
    let stream = blob.stream().pipe_through(unpacking.unchecked_ref());
    let text = Response::new_with_opt_readable_stream(Some(&stream))
        .ok()?
        .text()
        .ok()?;
    JsFuture::from(text).await.ok()?.as_string()
}

/// The class that unpacks. The browser interfaces of web-sys do not have it yet.
fn unpacking() -> Option<Function> {
    let class = Reflect::get(&global(), &JsValue::from_str("DecompressionStream")).ok()?;
    class.dyn_into().ok()
}
