//! `/veranstaltungen`: the list, with its filters in the URL.

use domain::district::District;
use domain::workshop::{Form, Kind};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::workshop_list;
use super::dto::{ListQuery, ListView, TeaserView};
use super::teaser::Teaser;
use crate::loading::{awaited, load};
use crate::ui::{
    button::SubmitButton,
    empty::EmptyState,
    field::{CheckField, SelectField, TextField},
    fold::Fold,
    found::read,
    page::Page,
    tile_map::{Tile, TileMap},
};

/// The list of Veranstaltungen.
#[component]
pub fn ListPage() -> impl IntoView {
    let query = query();
    let list = load(move || query.get(), workshop_list);
    view! {
        <Page title="Veranstaltungen" lead="Regionalwerkstätten, Seminare, Vorträge und Fachtage in ganz Sachsen.">
            {awaited(move || async move {
                let query = query.get_untracked();
                read(list.await, |list| view! { <Found list query /> }.into_any())
            })}
        </Page>
    }
}

/// The filters of the address.
fn query() -> Memo<ListQuery> {
    let params = use_query_map();
    Memo::new(move |_| {
        let params = params.read();
        let get = |name: &str| params.get(name).unwrap_or_default();
        ListQuery {
            kreis: get("kreis"),
            art: get("art"),
            form: get("form"),
            ab: get("ab"),
            bis: get("bis"),
            frei: get("frei"),
            suche: get("suche"),
            seite: get("seite"),
        }
    })
}

/// Map, filters and what was found.
#[component]
fn Found(list: ListView, query: ListQuery) -> impl IntoView {
    let tiles = District::ALL
        .into_iter()
        .zip(list.coverage)
        .map(|(district, count)| Tile {
            district,
            count,
            // The other filters stay.
            href: in_district(&query, district.slug),
        })
        .collect::<Vec<_>>();
    let selected = District::parse(&query.kreis);
    let page = query.seite.parse::<u32>().unwrap_or(1).max(1);
    let page_link = |number: u32| {
        let seite = if number > 1 {
            number.to_string()
        } else {
            String::new()
        };
        format!(
            "/veranstaltungen{}",
            ListQuery {
                seite,
                ..query.clone()
            }
            .to_query()
        )
    };
    let feed = |path: &str| {
        format!(
            "{path}{}",
            ListQuery {
                seite: String::new(),
                ..query.clone()
            }
            .to_query()
        )
    };
    let none = list.teasers.is_empty();
    view! {
        // On a phone the list begins far below.
        {list.found.map(|found| view! { <p aria-live="polite">{found}</p> })}
        <div class="with-map">
            <div>
                <h2 class="visually-hidden">"Nach Landkreis oder Stadt"</h2>
                <TileMap label="Nach Landkreis oder Stadt" tiles selected />
                {selected.map(|district| view! {
                    <p>
                        {district.name} " · "
                        <a href=in_district(&query, "")>
                            "ganz Sachsen zeigen"
                        </a>
                    </p>
                })}
                <Filters query=query.clone() />
            </div>
            <div>
                <h2 class="visually-hidden" id="gefunden">"Gefunden"</h2>
                <Months teasers=list.teasers />
                {none.then(|| view! {
                    <EmptyState title="Gerade ist nichts Passendes geplant.">
                        <p>{list.advice}" Oder Sie abonnieren den Kalender und sehen Neues sofort."</p>
                        <p class="actions"><a class="button" href="/veranstaltungen">"Alle Veranstaltungen zeigen"</a></p>
                    </EmptyState>
                })}
                <nav class="pager" aria-label="Seiten">
                    {(page > 1).then(|| view! { <a class="button button-quiet" href=page_link(page - 1)>"Frühere zeigen"</a> })}
                    {list.more.then(|| view! { <a class="button button-quiet" href=page_link(page + 1)>"Weitere zeigen"</a> })}
                </nav>
                <p class="no-print">
                    {if feed("").is_empty() { "Alle Veranstaltungen: " } else { "Mit diesen Filtern: " }}
                    <a href=feed("/veranstaltungen.ics") rel="external">"Kalender abonnieren"</a>
                    "\u{a0}· "
                    <a href=feed("/veranstaltungen.atom") rel="external">"Feed"</a>
                </p>
            </div>
        </div>
    }
}

/// The address of the first page of the list with these filters, for one district or, without its name, for all.
fn in_district(query: &ListQuery, district: &str) -> String {
    let query = ListQuery {
        kreis: district.to_owned(),
        seite: String::new(),
        ..query.clone()
    };
    format!("/veranstaltungen{}", query.to_query())
}

/// The filters: a plain form that the browser puts into the URL.
#[component]
fn Filters(query: ListQuery) -> impl IntoView {
    let narrowed = !(query.art.is_empty()
        && query.form.is_empty()
        && query.ab.is_empty()
        && query.bis.is_empty()
        && query.frei.is_empty()
        && query.suche.is_empty());
    let kinds = Kind::ALL
        .iter()
        .map(|kind| (kind.key().to_owned(), kind.label().to_owned()))
        .collect();
    let forms = [Form::OnSite, Form::Online]
        .iter()
        .map(|form| (form.key().to_owned(), form.label().to_owned()))
        .collect();
    view! {
        <Fold summary="Suchen und filtern" class="disclosure no-print" open=narrowed>
            <form method="get" action="/veranstaltungen#gefunden" class="form form-tight" role="search">
                <input type="hidden" name="kreis" value=query.kreis />
                <TextField label="Stichwort" name="suche" value=query.suche input_type="search" />
                <SelectField label="Art" name="art" options=kinds empty="alle" value=query.art />
                <SelectField label="Form" name="form" options=forms empty="alle" value=query.form />
                <TextField label="Ab" name="ab" value=query.ab input_type="date" />
                <TextField label="Bis" name="bis" value=query.bis input_type="date" />
                <CheckField label="Nur mit freien Plätzen" name="frei" value="1" checked={query.frei == "1"} />
                <SubmitButton label="Anzeigen" />
            </form>
        </Fold>
    }
}

/// The teasers under the months in which they take place.
#[component]
fn Months(teasers: Vec<TeaserView>) -> impl IntoView {
    let mut months: Vec<(String, Vec<TeaserView>)> = Vec::new();
    for teaser in teasers {
        match months.last_mut() {
            Some((month, list)) if *month == teaser.month => list.push(teaser),
            _ => months.push((teaser.month.clone(), vec![teaser])),
        }
    }
    months
        .into_iter()
        .map(|(month, teasers)| {
            view! {
                <section>
                    <h2 class="month">{month}</h2>
                    <ul class="cards">{teasers.into_iter().map(|teaser| view! { <Teaser teaser /> }).collect_view()}</ul>
                </section>
            }
        })
        .collect_view()
}
