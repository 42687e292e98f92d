//! `/themen/{slug}/ergebnisse`: what a room has found, who takes it on, and how it went on.

use domain::board::state::{CARD_CHARACTERS_MAX, TAKER_CHARACTERS_MAX};
use domain::board::{Finding, Progress, Responsibility};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::actions::load_results;
use super::dto::{Results, Topic};
use crate::boards::actions::{ActOnBoard, ConcludeCard};
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::changing::{Entry, entries};
use crate::ui::{
    badge::Badge, button::SubmitButton, empty::EmptyState, form::Answered, found::answering, notice::Notice,
    page::Page, post_form::PostForm,
};

/// What a room has found.
#[component]
pub fn ResultsPage() -> impl IntoView {
    let (params, query, told) = (use_params_map(), use_query_map(), Told::new());
    let chosen = move || query.read().get("weit").unwrap_or_default();
    let asked = move || (params.read().get("slug").unwrap_or_default(), chosen());
    answering(
        "Ergebnisse",
        asked,
        |(slug, progress)| load_results(slug, progress),
        move |data, reply, answers| page(data, &untrack(chosen), told, (reply, answers)),
    )
}

fn page(data: Results, chosen: &str, told: Told, (reply, answers): (&FormReply, Answers)) -> AnyView {
    let path = format!("/themen/{}", data.slug);
    let hidden = data.is_hidden.then(|| hidden(&data, answers));
    let workshop = data
        .workshop
        .map(|(title, path)| view! { <p><a href=path>{title}</a></p> });
    let none = data.levels.iter().all(|(_, topics)| topics.is_empty());
    let steps = steps(&path, &data.steps, chosen);
    let (moderates, is_emptied) = (data.moderates, data.is_emptied);
    let slug = data.slug;
    // Each has its place, also where there is nothing: so its list stays its own, whatever is chosen.
    let levels = data.levels.into_iter().map(|(level, topics)| {
        let none = topics.is_empty();
        let topics = topics
            .iter()
            .map(|one| topic(&slug, one, (moderates, is_emptied), told, (reply, answers)));
        let topics = entries(topics);
        let section = (!none).then(|| {
            view! {
                <section>
                    <h2>{level}</h2>
                    <ul class="notes">{topics}</ul>
                </section>
            }
        });
        section.into_any()
    });
    let levels = levels.collect::<Vec<_>>();
    let reply = reply.clone();
    let empty = none.then(|| empty(moderates, &path));
    view! {
        <Page title=format!("Ergebnisse: {}", data.title) lead=data.lead>
            <Answered reply />
            {hidden}
            {workshop}
            <p>{data.facts}</p>
            <p class="actions no-print">
                <a class="button button-quiet" href=path.clone()>"Zum Board"</a>
                <a class="button button-quiet" href=format!("{path}/export.pdf") rel="external" download="">"Als PDF mitnehmen"</a>
            </p>
            {steps}
            {levels}
            {empty}
        </Page>
    }
    .into_any()
}

/// Who sees the page, where that is not everybody.
fn hidden(data: &Results, answers: Answers) -> AnyView {
    if !data.is_emptied {
        return view! { <Notice kind="info">"Diese Seite sehen nur die, die auf dem Board mitmachen."</Notice> }
            .into_any();
    }
    // Nobody takes part any more.
    let operation = r#"{"hide_findings":{"hidden":false}}"#;
    let slug = data.slug.clone();
    view! {
        <Notice kind="info">"Diese Seite sieht nur die Moderation: Wer mitgemacht hat, ist nicht mehr bekannt."</Notice>
        <PostForm to={address::<ActOnBoard>()} answers class="form no-print">
            <input type="hidden" name="slug" value=slug />
            <input type="hidden" name="on" value="ergebnisse" />
            <input type="hidden" name="operation" value=operation />
            <SubmitButton label="Für alle zeigen" quiet=true answers />
        </PostForm>
    }
    .into_any()
}

/// How far it is, to choose by.
fn steps(path: &str, steps: &[(String, String, u32)], chosen: &str) -> AnyView {
    if steps.is_empty() {
        return ().into_any();
    }
    let all: u32 = steps.iter().map(|(.., count)| count).sum();
    let way = |key: &str, words: String| {
        let query = if key.is_empty() {
            String::new()
        } else {
            format!("?weit={key}")
        };
        let current = (key == chosen).then_some("true");
        view! { <li><a class="chip" href=format!("{path}/ergebnisse{query}") aria-current=current>{words}</a></li> }.into_any()
    };
    let steps = steps
        .iter()
        .map(|(key, word, count)| way(key, format!("{word} ({count})")));
    let steps: Vec<AnyView> = std::iter::once(way("", format!("Alle ({all})")))
        .chain(steps)
        .collect();
    view! { <nav class="no-print" aria-label="Wie weit es ist"><ul class="chips">{steps}</ul></nav> }
        .into_any()
}

fn empty(moderates: bool, path: &str) -> AnyView {
    let hint = if moderates {
        "Öffnen Sie in der Moderation die Werkbank einer Karte. Dort halten Sie fest, was sich ergeben hat und wer es übernimmt."
    } else {
        "Sobald die Moderation ein Ergebnis festhält, steht es hier: mit dem, der es übernimmt, und mit dem Stand."
    };
    let board = path.to_owned();
    view! {
        <EmptyState title="Hier steht noch kein Ergebnis.">
            <p>{hint}</p>
            <p class="actions"><a class="button" href=board>"Zum Board"</a></p>
        </EmptyState>
    }
    .into_any()
}

/// The tone of the badge that says how far it is, by its key.
pub fn tone(progress: &str) -> &'static str {
    if progress == Progress::Settled.key() {
        "good"
    } else {
        "plain"
    }
}

fn topic(
    slug: &str,
    topic: &Topic,
    (moderates, is_emptied): (bool, bool),
    told: Told,
    (reply, answers): (&FormReply, Answers),
) -> Entry {
    // What was typed and refused stands in the form from which it came.
    let is_own = reply.value("card") == topic.card;
    let about = (slug, topic, moderates, is_emptied);
    let (slug, kept) = (slug.to_owned(), topic.clone());
    told.entry(&topic.card, &about, (reply, answers), is_own, move |reply| {
        shown(&slug, kept, (moderates, is_emptied), reply, answers)
    })
}

fn shown(
    slug: &str,
    topic: Topic,
    (moderates, is_emptied): (bool, bool),
    reply: &FormReply,
    answers: Answers,
) -> AnyView {
    let number = topic.number;
    let named = format!("Karte {number}");
    let card = if is_emptied {
        view! { <span>{named}</span> }.into_any()
    } else {
        view! { <a href=format!("/themen/{slug}#karte-{number}") rel="external">{named}</a> }.into_any()
    };
    let (kind, word) = (tone(&topic.progress.0), topic.progress.1.clone());
    let taker = (!topic.taker.is_empty()).then(|| format!("Übernimmt: {}", topic.taker));
    let taker = taker.map(|taker| view! { <p>{taker}</p> });
    let weight = (!topic.weight.is_empty()).then(|| view! { <span>{topic.weight.clone()}</span> });
    let form = moderates.then(|| form(slug, &topic, reply, answers));
    let way = way(&topic.way);
    view! {
        <li class="note" id=format!("karte-{number}")>
            <p class="note-head">
                <Badge text=word kind />
                {card}
                <span>{topic.kind}</span>
                {weight}
            </p>
            <p class="note-text">{topic.text}</p>
            <p class="note-finding"><strong>"Ergebnis: "</strong>{topic.finding}</p>
            {taker}
            {way}
            {form}
        </li>
    }
    .into_any()
}

/// What was so, the last first.
fn way(way: &[(String, String, String)]) -> AnyView {
    let steps = way.iter().map(|(since, word, text)| {
        let text = (!text.is_empty()).then(|| format!(": {text}"));
        view! { <li><span class="hint">{since.clone()}</span><br />{word.clone()}{text}</li> }.into_any()
    });
    match way {
        [] => ().into_any(),
        [(since, ..)] => view! { <p class="hint">{format!("Seit {since}")}</p> }.into_any(),
        _ => view! {
            <details class="note-more">
                <summary>{format!("Verlauf ({} Schritte)", way.len())}</summary>
                <ol class="history">{steps.collect::<Vec<_>>()}</ol>
            </details>
        }
        .into_any(),
    }
}

/// Writes on: what is so now.
fn form(slug: &str, topic: &Topic, reply: &FormReply, answers: Answers) -> AnyView {
    let number = topic.number;
    let named = move |field: &str| format!("{field}-{number}");
    let refused = !reply.errors.is_empty();
    let or = |field: &str, before: &str| {
        if refused {
            reply.value(field)
        } else {
            before.to_owned()
        }
    };
    let (finding, taker) = (or("finding", &topic.finding), or("taker", &topic.taker));
    let (level, progress) = (or("level", &topic.level), or("progress", &topic.progress.0));
    let seen = Finding::as_read([&topic.level, &topic.progress.0, &topic.taker, &topic.finding]);
    let seen = or("seen", &seen);
    let levels = Responsibility::ALL.iter().map(|one| {
        view! { <option value=one.key() selected={one.key() == level}>{one.label()}</option> }.into_any()
    });
    let steps = Progress::ALL.iter().map(|one| {
        view! { <option value=one.key() selected={one.key() == progress}>{one.label()}</option> }.into_any()
    });
    let error = reply
        .error("text")
        .map(|error| view! { <p class="error">{error}</p> });
    let (slug, card) = (slug.to_owned(), topic.card.clone());
    let (levels, steps) = (levels.collect::<Vec<_>>(), steps.collect::<Vec<_>>());
    view! {
        <details class="note-more no-print" open=refused>
            <summary>{format!("Stand von Karte {number} ändern")}</summary>
            <PostForm to={address::<ConcludeCard>()} answers class="form form-tight">
                <input type="hidden" name="slug" value=slug />
                <input type="hidden" name="on" value="ergebnisse" />
                <input type="hidden" name="card" value=card />
                <input type="hidden" name="seen" value=seen />
                <div class="field">
                    <label for=named("progress")>"Wie weit ist es?"</label>
                    <select id=named("progress") name="progress">{steps}</select>
                </div>
                <div class="field">
                    <label for=named("finding")>"Was ist das Ergebnis, oder was ist offen?"</label>
                    {error}
                    <textarea id=named("finding") name="finding" rows="3" maxlength=CARD_CHARACTERS_MAX.to_string()>{finding}</textarea>
                </div>
                <div class="field">
                    <label for=named("taker")>"Wer übernimmt es? Stelle oder Aufgabe, kein Name."</label>
                    <input id=named("taker") name="taker" type="text" maxlength=TAKER_CHARACTERS_MAX.to_string() value=taker />
                </div>
                <div class="field">
                    <label for=named("level")>"Wer ist zuständig?"</label>
                    <select id=named("level") name="level">{levels}</select>
                </div>
                <SubmitButton label="Stand speichern" quiet=true answers />
            </PostForm>
        </details>
    }
    .into_any()
}
