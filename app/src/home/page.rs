//! `/`: what is next in my district, what is open for sign-up, search.

use domain::district::District;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::actions::{HomeView, home};
use super::my_district::{AllOfSaxony, RememberDistrict};
use crate::loading::{awaited, load};
use crate::ui::{
    button::SubmitButton,
    empty::EmptyState,
    field::TextField,
    found::read,
    page::Heading,
    tile_map::{Tile, TileMap},
};
use crate::workshops::{dto::TeaserView, teaser::Teaser};

/// The first page.
#[component]
pub fn HomePage() -> impl IntoView {
    let params = use_query_map();
    let kreis = Memo::new(move |_| params.read().get("kreis").unwrap_or_default());
    let data = load(move || kreis.get(), home);
    view! {
        <Title text="LaFaSt Sachsen" />
        <article class="page page-home">
            <Heading text={"Gemeinsam gut beraten".into_any()} />
            <p class="lead">
                "Austausch, Qualifizierung und Standards für die Flüchtlings- und Migrationssozialarbeit in Sachsen."
            </p>
            {awaited(move || async move {
                let chosen = District::parse(&kreis.get_untracked());
                read(data.await, |data| view! { <Content data chosen /> }.into_any())
            })}
        </article>
    }
}

/// Map on one side, what comes next on the other.
#[component]
fn Content(data: HomeView, chosen: Option<District>) -> impl IntoView {
    let tiles = District::ALL
        .into_iter()
        .zip(data.coverage)
        .map(|(district, count)| Tile {
            district,
            count,
            href: format!("/?kreis={}", district.slug),
        })
        .collect::<Vec<_>>();
    let heading = chosen.map_or_else(
        || "Jetzt anmelden".to_owned(),
        |district| format!("Jetzt anmelden: {}", district.name),
    );
    let nothing_here = chosen.is_some() && data.open_here == 0;
    let mut open = data.open;
    let elsewhere = open.split_off(data.open_here.min(open.len()));
    let all = chosen.map_or_else(
        || "/veranstaltungen".to_owned(),
        |district| format!("/veranstaltungen?kreis={}", district.slug),
    );
    let none = open.is_empty() && elsewhere.is_empty();
    view! {
        <div class="with-map">
            <section aria-labelledby="kreise">
                <h2 id="kreise">"Wo arbeiten Sie?"</h2>
                <TileMap label="Landkreise und Städte" tiles selected=chosen />
                {chosen.map(|_| view! { <AllOfSaxony /> })}
                <RememberDistrict chosen />
                <form method="get" action="/veranstaltungen" class="form form-tight" role="search">
                    <TextField label="Suchen" name="suche" input_type="search" hint="Zum Beispiel: Wohnen, Aufenthalt, Sprachmittlung" />
                    <SubmitButton label="Suchen" quiet=true />
                </form>
            </section>
            <section aria-labelledby="naechste">
                <h2 id="naechste">{heading}</h2>
                {cards(open)}
                {none.then(|| view! {
                    <EmptyState title="Gerade ist keine Anmeldung offen.">
                        <p>"Im Kalender sehen Sie Neues sofort."</p>
                    </EmptyState>
                })}
                {(nothing_here && !none).then(|| view! { <p>"Hier ist gerade keine Anmeldung offen. In anderen Kreisen sind Sie willkommen."</p> })}
                {(!elsewhere.is_empty()).then(|| view! { <h3>"In anderen Kreisen"</h3> })}
                {cards(elsewhere)}
                {(!data.later.is_empty()).then(|| view! {
                    <h2>"Was sonst ansteht"</h2>
                    <ul>{data.later.into_iter().map(|(title, path, words)| view! {
                        <li><a href=path>{title}</a>" "<span class="hint">{words}</span></li>
                    }).collect_view()}</ul>
                })}
                <p class="actions"><a class="button" href=all>"Alle Veranstaltungen"</a></p>
                {(!data.boards.is_empty()).then(|| view! {
                    <h2>"Auf den Themenboards wird gerade geschrieben"</h2>
                    <ul>{data.boards.into_iter().map(|(title, path, standing)| view! {
                        <li><a href=path>{title}</a>" "<span class="hint">{standing}</span></li>
                    }).collect_view()}</ul>
                    <p><a href="/themen">"Alle Themenboards"</a></p>
                })}
                {(!data.modules.is_empty()).then(|| view! {
                    <h2>"Neu im Modulkatalog"</h2>
                    <ul>{data.modules.into_iter().map(|(title, path, words)| view! {
                        <li><a href=path>{title}</a>" "<span class="hint">{words}</span></li>
                    }).collect_view()}</ul>
                    <p><a href="/module">"Alle Module"</a>" · "<a href="/lernweg">"Lernweg planen"</a></p>
                })}
            </section>
        </div>
    }
}

/// Veranstaltungen as cards; nothing, if there are none.
fn cards(teasers: Vec<TeaserView>) -> Option<AnyView> {
    (!teasers.is_empty()).then(|| {
        view! { <ul class="cards">{teasers.into_iter().map(|teaser| view! { <Teaser teaser /> }).collect_view()}</ul> }
            .into_any()
    })
}
