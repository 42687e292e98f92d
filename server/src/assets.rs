//! The files of this build, and how long a browser may keep them.

use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use leptos::config::LeptosOptions;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// Name of the built files without hash and ending: `output-name` in Cargo.toml.
const OUTPUT_NAME: &str = "lafast";
const PKG: &str = "pkg";
/// Written by the build beside the binary: which hash each file got.
const HASH_FILE: &str = "hash.txt";

/// The name holds the hash of the content: a changed file has another name.
const FOR_A_YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
/// Kept, but asked for each time: a service worker that stays old keeps the whole site old.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The files of this build.
#[derive(Clone, Debug)]
pub struct SiteFiles {
    root: PathBuf,
    hashes: Vec<String>,
    /// Path of the style sheet, for pages that the application does not render.
    pub stylesheet: String,
    /// Path of the generated loader.
    pub script: String,
    /// Path of the WebAssembly.
    pub wasm: String,
}

impl SiteFiles {
    /// Finds the files below this folder, and the hashes beside the running binary.
    #[must_use]
    pub fn find(root: &Path) -> Self {
        let hashes = read_hashes().unwrap_or_default();
        let path = |kind: &str| match hashes.iter().find(|(file, _)| file == kind) {
            Some((_, hash)) => format!("/{PKG}/{OUTPUT_NAME}.{hash}.{kind}"),
            None => format!("/{PKG}/{OUTPUT_NAME}.{kind}"),
        };
        let (stylesheet, script, wasm) = (path("css"), path("js"), path("wasm"));
        let hashes = hashes.into_iter().map(|(_, hash)| hash).collect();
        Self {
            root: root.to_owned(),
            hashes,
            stylesheet,
            script,
            wasm,
        }
    }

    /// What Leptos needs to name the files in its pages.
    #[must_use]
    pub fn leptos_options(&self) -> LeptosOptions {
        LeptosOptions::builder()
            .output_name(OUTPUT_NAME)
            .site_root(self.root.to_string_lossy().into_owned())
            .site_pkg_dir(PKG)
            .env(leptos::config::Env::PROD)
            .hash_file(HASH_FILE.into())
            .hash_files(!self.hashes.is_empty())
            .build()
    }

    /// The file of this path with its cache rule, the precompressed one where there is one; `None` if there is none.
    pub async fn serve(&self, request: Request) -> Option<Response> {
        let cache_rule = self.cache_rule(request.uri().path());
        let files = ServeDir::new(&self.root)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        let response = files.oneshot(request).await.ok()?;
        let is_found = matches!(
            response.status(),
            StatusCode::OK
                | StatusCode::NOT_MODIFIED
                | StatusCode::PARTIAL_CONTENT
                | StatusCode::RANGE_NOT_SATISFIABLE
        );
        if !is_found {
            return None;
        }
        let mut response = response.map(Body::new);
        response.headers_mut().insert(header::CACHE_CONTROL, cache_rule);
        Some(response)
    }

    fn cache_rule(&self, path: &str) -> HeaderValue {
        let is_hashed = self.hashes.iter().any(|hash| path.contains(hash.as_str())) || has_split_hash(path);
        match path {
            _ if path.starts_with("/pkg/") && is_hashed => FOR_A_YEAR,
            "/sw.js" => ASK_AGAIN,
            _ if path.starts_with("/pkg/") => ASK_AGAIN,
            _ => FOR_AN_HOUR,
        }
    }
}

/// Parts of the split bundle carry a hash of 22 characters between dots that the hash file does not list.
fn has_split_hash(path: &str) -> bool {
    const HASH_CHARACTERS: usize = 22;
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').any(|part| {
        part.len() == HASH_CHARACTERS
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
            && part.bytes().any(|byte| byte.is_ascii_alphanumeric())
    })
}

/// `js:…`, `css:…` and so on, one a line.
fn read_hashes() -> Option<Vec<(String, String)>> {
    let file = std::env::current_exe().ok()?.parent()?.join(HASH_FILE);
    let text = std::fs::read_to_string(file).ok()?;
    let lines = text.lines().filter_map(|line| line.trim().split_once(':'));
    Some(
        lines
            .map(|(file, hash)| (file.trim().to_owned(), hash.trim().to_owned()))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_a_year() {
        let site = SiteFiles {
            root: PathBuf::new(),
            hashes: vec!["fsTOoOvHFrcd2FUP2FDJug".to_owned()],
            stylesheet: String::new(),
            script: String::new(),
            wasm: String::new(),
        };
        assert_eq!(
            site.cache_rule("/pkg/lafast.fsTOoOvHFrcd2FUP2FDJug.js"),
            FOR_A_YEAR
        );
        assert_eq!(
            site.cache_rule("/pkg/chunk_1.aB3dEfGhIjKlMnOpQrStUv.wasm"),
            FOR_A_YEAR
        );
        assert_eq!(site.cache_rule("/pkg/lafast.css"), ASK_AGAIN);
        assert_eq!(
            site.cache_rule("/pkg/__wasm_split.______________________.js"),
            ASK_AGAIN
        );
        assert_eq!(site.cache_rule("/sw.js"), ASK_AGAIN);
        assert_eq!(site.cache_rule("/favicon.svg"), FOR_AN_HOUR);
    }
}
