//! `/module/{code}` and `/module/{code}/fassung/{n}`: one version of a module.

use domain::district::District;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::{NoteDemand, TakeDemandBack, load_module};
use super::changes::changes;
use super::dto::{DemandView, FieldView, ModuleView, PictureView, Piece};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    badge::Badge,
    button::{PageTools, SubmitButton},
    coded::coded,
    field::SelectField,
    form::Answered,
    found::answering,
    notice::Notice,
    page::Page,
    post_form::PostForm,
};
use crate::workshops::{dto::TeaserView, teaser::Teaser};

/// The version that counts, or counted on a day.
#[component]
pub fn ModulePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    show(move || {
        [
            params.read().get("code").unwrap_or_default(),
            String::new(),
            query.read().get("stand").unwrap_or_default(),
        ]
    })
}

/// A given version.
#[component]
pub fn VersionPage() -> impl IntoView {
    let params = use_params_map();
    show(move || {
        let params = params.read();
        let get = |name: &str| params.get(name).unwrap_or_default();
        [get("code"), get("number"), String::new()]
    })
}

fn show(asked: impl Fn() -> [String; 3] + Send + Sync + 'static) -> AnyView {
    answering(
        "Modul",
        asked,
        |[code, number, day]| load_module(code, number, day),
        page,
    )
}

fn page(module: ModuleView, reply: &FormReply, answers: Answers) -> AnyView {
    let notice = module.notice.map(|(said, path)| {
        let link = path.map(|path| view! { " "<a href=path>"Zur aktuellen Fassung"</a> });
        view! { <Notice kind="warning">{said}{link}</Notice> }
    });
    let facts = module
        .facts
        .into_iter()
        .map(|(label, words)| view! { <div><dt>{label}</dt><dd>{words}</dd></div> })
        .collect::<Vec<_>>();
    let groups = module.groups.into_iter().map(group).collect::<Vec<_>>();
    let versions = module
        .versions
        .into_iter()
        .map(|(path, words)| view! { <li><a href=path>{words}</a></li> })
        .collect::<Vec<_>>();
    let changed = (!module.changes.is_empty()).then(|| {
        let list = changes(module.changes);
        view! {
            <details class="disclosure">
                <summary>"Was sich zur Fassung davor geändert hat"</summary>
                {list}
            </details>
        }
    });
    let demand = demand(&module.code, &module.demand, reply, answers);
    let reply = reply.clone();
    let already = format!("/anrechnung/{}", module.code);
    let plan = format!("/lernweg?m={}", module.code);
    let compare = format!("/module/vergleich?m={}", module.code);
    let others = (!versions.is_empty()).then(|| view! { <h3>"Andere Fassungen"</h3><ul>{versions}</ul> });
    view! {
        <Page title=module.title lead=module.lead>
            <p class="card-kind">
                {module.code} "\u{a0}· " {module.by}
                {module.demo.then(|| view! { <Badge text="Beispiel" /> })}
            </p>
            <Answered reply />
            {notice}
            <dl class="facts">{facts}</dl>
            <p class="no-print"><a href=already>"Das kann ich schon: anrechnen lassen"</a></p>
            <p class="no-print"><a href=plan>"Den Weg zu diesem Modul planen"</a></p>
            <p class="no-print"><a href=compare>"Mit anderen Modulen vergleichen"</a></p>
            {path(module.requires, module.opens, module.picture)}
            {runs(module.runs, module.new_run)}
            {demand}
            {groups}
            <section>
                <h2>"Fassung"</h2>
                <p>{module.version}</p>
                {changed}
                {others}
            </section>
            <PageTools />
            <script type="application/ld+json" inner_html=module.structured></script>
        </Page>
    }
    .into_any()
}

/// When it is taught.
fn runs(runs: Vec<(TeaserView, Option<String>)>, new_run: Option<String>) -> AnyView {
    let list = if runs.is_empty() {
        view! { <p>"Noch steht kein Termin fest."</p> }.into_any()
    } else {
        let items = runs
            .into_iter()
            .map(|(teaser, other)| {
                let other = other.map(|version| format!("Für diesen Durchgang gilt {version}."));
                view! { <Teaser teaser note=other /> }
            })
            .collect::<Vec<_>>();
        view! { <ul class="cards">{items}</ul> }.into_any()
    };
    let enter = new_run.map(|path| view! { <p class="no-print"><a href=path>"Durchgang anlegen"</a></p> });
    view! {
        <section>
            <h2>"Durchgänge"</h2>
            {list}
            {enter}
        </section>
    }
    .into_any()
}

/// Saying where the module is needed, before there are dates.
fn demand(code: &str, noted: &DemandView, reply: &FormReply, answers: Answers) -> AnyView {
    let code = code.to_owned();
    let body = match noted {
        DemandView::SignIn => {
            let path = format!("/konto/anmelden?weiter=/module/{code}");
            view! { <p><a href=path>"Anmelden und Bedarf melden"</a></p> }.into_any()
        }
        DemandView::In(district) => {
            let name = District::parse(district).map_or_else(|| district.clone(), |one| one.name.to_owned());
            view! {
                <p>"Sie haben gemeldet, dass Sie das Modul brauchen: " <strong>{name}</strong> "."</p>
                <PostForm to={address::<TakeDemandBack>()} answers>
                    <input type="hidden" name="code" value=code />
                    <SubmitButton label="Meldung zurücknehmen" quiet=true answers />
                </PostForm>
            }
            .into_any()
        }
        DemandView::Open => {
            let districts = District::ALL
                .iter()
                .map(|district| (district.slug.to_owned(), district.name.to_owned()))
                .collect();
            let (value, error) = (reply.value("district"), reply.error("district"));
            view! {
                <PostForm to={address::<NoteDemand>()} answers>
                    <input type="hidden" name="code" value=code />
                    <SelectField label="Wo brauchen Sie das Modul?" name="district" options=districts empty="Bitte wählen" required=true value error />
                    <SubmitButton label="Bedarf melden" quiet=true answers />
                </PostForm>
            }
            .into_any()
        }
    };
    view! {
        <section class="no-print">
            <h3>"Kein passender Termin?"</h3>
            <p>"Sagen Sie, wo Sie das Modul brauchen. Die Hochschule sieht nur Summen ab fünf Personen, und plant danach."</p>
            {body}
        </section>
    }
    .into_any()
}

/// What comes before, and what it opens the way to.
fn path(requires: Vec<Piece>, opens: Vec<(String, String)>, picture: Option<PictureView>) -> AnyView {
    let before = if requires.is_empty() {
        view! { <p>"Nichts. Sie können mit diesem Modul beginnen."</p> }.into_any()
    } else {
        let pieces = requires.into_iter().map(piece).collect::<Vec<_>>();
        view! { <p>{pieces}</p> }.into_any()
    };
    let opens = opens
        .into_iter()
        .map(|(path, words)| view! { <li><a href=path>{words}</a></li> })
        .collect::<Vec<_>>();
    let after = (!opens.is_empty()).then(|| view! { <h3>"Öffnet den Weg zu"</h3><ul>{opens}</ul> });
    view! {
        <section>
            <h2>"Der Weg"</h2>
            <h3>"Setzt voraus"</h3>
            {before}
            {after}
            {picture.map(draw)}
        </section>
    }
    .into_any()
}

/// The way as a picture. What it shows stands in words above it.
fn draw(picture: PictureView) -> AnyView {
    let (width, height) = picture.size;
    let (box_width, box_height) = domain::module::picture::BOX;
    let has_choices = picture.lines.iter().any(|(_, is_choice)| *is_choice);
    let lines = picture
        .lines
        .into_iter()
        .map(|(path, is_choice)| view! { <path d=path class={if is_choice { "way-choice" } else { "way-line" }} /> })
        .collect::<Vec<_>>();
    let boxes = picture
        .boxes
        .into_iter()
        .map(|(code, left, top, is_here)| {
            view! {
                <g class={if is_here { "way-here" } else { "way-box" }}>
                    <rect x=left y=top width=box_width height=box_height rx="8" />
                    <text x={left + box_width / 2} y={top + box_height / 2}>{code}</text>
                </g>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <figure class="way">
            <svg viewBox=format!("0 0 {width} {height}") width=width height=height role="img" aria-label="Der Weg als Bild: was voraussetzt und was folgt, steht darüber in Worten">
                {lines}
                {boxes}
            </svg>
            {has_choices.then(|| view! { <figcaption class="hint">"Gestrichelt: eines von mehreren genügt."</figcaption> })}
        </figure>
    }
    .into_any()
}

fn piece(piece: Piece) -> AnyView {
    match piece.path {
        Some(path) => view! { <a href=path>{coded(&piece.text)}</a> }.into_any(),
        None => view! { <span>{coded(&piece.text)}</span> }.into_any(),
    }
}

fn group((heading, fields): (String, Vec<FieldView>)) -> AnyView {
    let fields = fields.into_iter().map(field).collect::<Vec<_>>();
    view! { <section><h2>{heading}</h2><dl class="record">{fields}</dl></section> }.into_any()
}

fn field(field: FieldView) -> AnyView {
    let lines = match field.lines.as_slice() {
        [line] => view! { <span class="line">{line.clone()}</span> }.into_any(),
        lines => {
            let items = lines
                .iter()
                .map(|line| view! { <li>{line.clone()}</li> })
                .collect::<Vec<_>>();
            view! { <ul>{items}</ul> }.into_any()
        }
    };
    view! { <div><dt>{field.label}</dt><dd>{lines}</dd></div> }.into_any()
}
