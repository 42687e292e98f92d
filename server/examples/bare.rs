//! P3's yardstick: three routes with Leptos as its own template for Axum begins, head and hydration scripts
//! included, and nothing behind them. What a page of the platform costs on top of this is its own work: the database,
//! the layers, the longer text.
//!
//! `cargo run --release -p lafast --example bare [address]`
#![expect(
    clippy::print_stdout,
    reason = "a benchmark that does not say where it listens is of no use"
)]

use axum::Router;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};
use leptos_meta::{MetaTags, Stylesheet, Title, provide_meta_context};
use leptos_router::components::{Route, Router as Routing, Routes};
use leptos_router::path;

/// Three pages of a heading and a paragraph.
#[component]
fn Bare() -> impl IntoView {
    provide_meta_context();
    view! {
        <Stylesheet id="leptos" href="/pkg/bare.css" />
        <Title text="Nackt" />
        <Routing>
            <main>
                <Routes fallback=|| "404">
                    <Route path=path!("/") view=|| view! { <h1>"Eins"</h1><p>"Ein Absatz."</p> } />
                    <Route path=path!("/zwei") view=|| view! { <h1>"Zwei"</h1><p>"Ein Absatz."</p> } />
                    <Route path=path!("/drei") view=|| view! { <h1>"Drei"</h1><p>"Ein Absatz."</p> } />
                </Routes>
            </main>
        </Routing>
    }
}

fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="de">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body><Bare /></body>
        </html>
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let addr = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:3999".to_owned());
    let options = LeptosOptions::builder().output_name("bare").build();
    let page = options.clone();
    let app = Router::new()
        .leptos_routes(&options, generate_route_list(Bare), move || shell(page.clone()))
        .with_state(options);
    let listener = tokio::net::TcpListener::bind(&addr).await?;
    println!("http://{addr}");
    axum::serve(listener, app).await
}
