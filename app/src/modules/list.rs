//! `/module`: the catalogue, with what is looked for in the URL.

use domain::german::count;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::actions::load_modules;
use super::dto::{ModuleList, ModuleQuery, ModuleTeaser};
use super::quick::QuickFind;
use crate::loading::{awaited, load};
use crate::ui::{
    badge::Badge,
    button::SubmitButton,
    empty::EmptyState,
    field::{CheckField, SelectField, TextField},
    found::read,
    icon::Icon,
    notice::Notice,
    page::Page,
};
use crate::workshops::dto::encode;

/// The catalogue.
#[component]
pub fn ModulesPage() -> impl IntoView {
    let params = use_query_map();
    let query = Memo::new(move |_| {
        let params = params.read();
        let get = |name: &str| params.get(name).unwrap_or_default();
        ModuleQuery {
            suche: get("suche"),
            von: get("von"),
            form: get("form"),
            bereich: get("bereich"),
            kosten: get("kosten"),
            termin: get("termin"),
        }
    });
    let list = load(move || query.get(), load_modules);
    view! {
        <Page title="Module" lead="Nachqualifizierung für die Flüchtlings- und Migrationssozialarbeit: einzeln belegbar, gemeinsam mit Hochschulen.">
            {awaited(move || async move {
                let query = query.get_untracked();
                read(list.await, |list| content(list, query))
            })}
        </Page>
    }
}

fn content(list: ModuleList, query: ModuleQuery) -> AnyView {
    let none = list.teasers.is_empty();
    let found = count(
        u32::try_from(list.teasers.len()).unwrap_or(u32::MAX),
        "Modul",
        "Module",
    );
    let meant = list.meant.clone().map(|meant| {
        let said = format!("Zu „{}“ gibt es nichts. Gezeigt wird „{meant}“.", query.suche);
        view! { <Notice>{said}</Notice> }
    });
    let partial = list
        .is_partial
        .then(|| view! { <Notice>"Kein Modul enthält alle Wörter. Gezeigt wird, was die meisten enthält."</Notice> });
    let is_first_look = query == ModuleQuery::default();
    let advice = if is_narrowed(&query) {
        "Weniger Filter oder ein anderes Wort zeigen mehr."
    } else {
        "Versuchen Sie es mit einem anderen Wort."
    };
    let situations = is_first_look.then(|| situations(list.situations.clone()));
    let teasers = list.teasers.iter().cloned().map(teaser).collect::<Vec<_>>();
    let compare = (list.teasers.len() > 1).then(|| {
        view! { <p class="actions no-print"><SubmitButton label="Angekreuzte vergleichen" quiet=true /></p> }
    });
    view! {
        <ul class="plain no-print">
            <li><a href="/lernweg">"Lernweg zu einem Zertifikat planen"</a></li>
            <li><a href="/anrechnung">"Das kann ich schon: anrechnen lassen"</a></li>
            <li><a href="/modulhandbuch.pdf" rel="external">"Modulhandbuch als PDF"</a></li>
            <li><a href="/nachweis">"Nachweis prüfen"</a></li>
        </ul>
        {search(&query)}
        {situations}
        {filters(&list, query)}
        <h2 aria-live="polite">{found}</h2>
        {meant}
        {partial}
        <form method="get" action="/module/vergleich">
            <ul class="cards">{teasers}</ul>
            {compare}
        </form>
        {none.then(|| view! {
            <EmptyState title="Dazu gibt es noch kein Modul.">
                <p>{advice}" Fehlt ein Thema, sagen Sie es der Geschäftsstelle."</p>
                <p class="actions"><a class="button" href="/module">"Alle Module zeigen"</a></p>
            </EmptyState>
        })}
        <script type="application/ld+json" inner_html=list.structured></script>
    }
    .into_any()
}

fn search(query: &ModuleQuery) -> AnyView {
    let kept = [
        ("von", &query.von),
        ("form", &query.form),
        ("bereich", &query.bereich),
        ("kosten", &query.kosten),
        ("termin", &query.termin),
    ];
    let kept = kept
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value.clone() /> })
        .collect::<Vec<_>>();
    let words = query.suche.clone();
    view! {
        <form method="get" action="/module" class="form form-tight no-print" role="search">
            {kept}
            <TextField
                label="Was brauchen Sie?" name="suche" value=words input_type="search"
                hint="Ein Wort, ein Paragraf oder eine Lage aus der Arbeit" maxlength=120_u32
            />
            <SubmitButton label="Suchen" />
            <QuickFind field="suche" />
        </form>
    }
    .into_any()
}

/// Situations from work: each is a question to the catalogue.
fn situations(situations: Vec<String>) -> AnyView {
    if situations.is_empty() {
        return ().into_any();
    }
    let chips = situations
        .into_iter()
        .map(|situation| {
            let path = format!("/module?suche={}", encode(&situation));
            view! { <li><a class="chip" href=path>{situation}</a></li> }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="no-print" aria-labelledby="lagen">
            <h2 id="lagen">"Aus der Arbeit"</h2>
            <ul class="chips">{chips}</ul>
        </section>
    }
    .into_any()
}

/// Whether a filter is set, whatever was looked for.
fn is_narrowed(query: &ModuleQuery) -> bool {
    let filters = [
        &query.von,
        &query.form,
        &query.bereich,
        &query.kosten,
        &query.termin,
    ];
    filters.iter().any(|value| !value.is_empty())
}

/// The filters: a plain form that the browser puts into the URL.
fn filters(list: &ModuleList, query: ModuleQuery) -> AnyView {
    let narrowed = is_narrowed(&query);
    let free = format!("Nur kostenfreie ({})", list.free);
    let dated = format!("Nur mit Termin ({})", list.dated);
    let all = format!(
        "/module{}",
        ModuleQuery {
            suche: query.suche.clone(),
            ..ModuleQuery::default()
        }
        .to_query()
    );
    let (institutions, modes, areas) = (list.institutions.clone(), list.modes.clone(), list.areas.clone());
    view! {
        <details class="disclosure no-print" open=narrowed>
            <summary>"Filtern"</summary>
            <form method="get" action="/module" class="form form-tight">
                <input type="hidden" name="suche" value=query.suche />
                <SelectField label="Angeboten von" name="von" options=institutions empty="allen" value=query.von />
                <SelectField label="Form" name="form" options=modes empty="alle" value=query.form />
                <SelectField label="Kompetenzbereich (Qualifikationsrahmen Soziale Arbeit)" name="bereich" options=areas empty="alle" value=query.bereich />
                <CheckField label=free name="kosten" value="frei" checked={query.kosten == "frei"} />
                <CheckField label=dated name="termin" value="1" checked={query.termin == "1"} />
                <SubmitButton label="Anzeigen" quiet=true />
            </form>
            {narrowed.then(|| view! { <p><a href=all>"Filter aufheben"</a></p> })}
        </details>
    }
    .into_any()
}

fn teaser(module: ModuleTeaser) -> AnyView {
    let path = format!("/module/{}", module.code);
    let id = format!("waehlen-{}", module.code);
    let why = module
        .why
        .into_iter()
        .map(|(place, word)| view! { <li>{place}": "<mark>{word}</mark></li> })
        .collect::<Vec<_>>();
    let why = (!why.is_empty()).then(|| {
        view! { <ul class="plain hint" aria-label="Warum gefunden">{why}</ul> }
    });
    view! {
        <li class="card">
            <p class="card-kind">
                {module.code.clone()} "\u{a0}· " {module.by}
                {module.demo.then(|| view! { <Badge text="Beispiel" /> })}
            </p>
            <h3 class="card-title"><a href=path>{module.title.clone()}</a></h3>
            <p class="card-text">{module.lead}</p>
            <p class="card-line">{module.facts}</p>
            {module.next.map(|next| view! { <p class="card-line"><Icon name="calendar" />"Nächster Durchgang "{next}</p> })}
            {why}
            <div class="choice card-choice no-print">
                <input type="checkbox" id=id.clone() name="m" value=module.code />
                <label for=id>"Zum Vergleich"<span class="visually-hidden">": "{module.title}</span></label>
            </div>
        </li>
    }
    .into_any()
}
