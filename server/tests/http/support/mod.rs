//! A server for one test, and the verbs with which a test speaks to it.

mod answer;
mod app;
mod demo;
mod line;
mod process;
mod site;
mod turn;

pub use answer::{Answer, words};
pub use app::{TestApp, request};
pub use line::{Line, head};
pub use process::{Process, lafast, resident_bytes, text};

/// Every server function as the browser calls it: method and path.
pub fn server_functions() -> Vec<String> {
    let mut paths: Vec<String> = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| path.to_owned())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "the application has server functions");
    paths
}

/// Every page, with something in place of each parameter.
pub fn pages() -> Vec<String> {
    lafast::router::pages()
        .iter()
        .map(|page| {
            let parts = page.path().split('/');
            parts
                .map(|part| if part.starts_with('{') { "beispiel" } else { part })
                .collect::<Vec<_>>()
                .join("/")
        })
        .collect()
}
