//! A built site of a few small files.

use std::fs;
use std::path::Path;

/// Writes the files below this folder.
pub fn write(root: &Path) {
    fs::create_dir_all(root.join("pkg")).unwrap();
    fs::write(root.join("pkg/lafast.css"), "body { color: black }").unwrap();
    fs::write(root.join("pkg/lafast.css.br"), [0x0b, 0x0a, 0x80]).unwrap();
    fs::write(root.join("pkg/lafast.wasm"), b"\0asm\x01\0\0\0").unwrap();
    fs::write(
        root.join("pkg/chunk.aB3dEfGhIjKlMnOpQrStUv.wasm"),
        b"\0asm\x01\0\0\0",
    )
    .unwrap();
    fs::write(root.join("sw.js"), "// service worker").unwrap();
    fs::write(
        root.join("favicon.svg"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    )
    .unwrap();
}
