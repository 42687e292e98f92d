//! `/veranstaltungen/{slug}`: everything one needs, and the form.

use domain::district::District;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::workshop_detail;
use super::dto::{DetailView, ModeView, WindowView};
use super::form::{SignUpSection, TYPED};
use super::seats::SeatsInWords;
use crate::form_reply::{FormReply, use_kept_reply};
use crate::loading::{awaited, load};
use crate::ui::{
    badge::Badge, button::PageTools, found::found, icon::Icon, notice::Notice, page::Page, when::When,
};

/// The page of one Veranstaltung.
#[component]
pub fn DetailPage() -> impl IntoView {
    let params = use_params_map();
    let detail = load(
        move || params.read().get("slug").unwrap_or_default(),
        workshop_detail,
    );
    let kept = use_kept_reply();
    awaited(move || async move {
        let kept = kept.await;
        found("Veranstaltung", detail.await, |detail| {
            view! { <Detail detail kept /> }.into_any()
        })
    })
}

/// What, for whom, when, where, how; then the form.
#[component]
fn Detail(detail: DetailView, kept: FormReply) -> impl IntoView {
    let tags = detail.tags.join(", ");
    let open = matches!(detail.window, WindowView::Open(_));
    let form = detail.clone();
    let planned = !matches!(detail.window, WindowView::Past | WindowView::Cancelled(_));
    // One is the first to take.
    let classes = std::iter::once("button").chain(std::iter::repeat("button button-quiet"));
    view! {
        <Page title=detail.title.clone() lead=detail.summary.clone()>
            <p class="card-kind">
                {detail.kind.clone()} " · Nr. " {detail.number}
                {detail.demo.then(|| view! { <Badge text="Beispiel" /> })}
            </p>
            <StateNotice window=detail.window.clone() />
            {detail.has_place.then(|| view! { <Notice>"Sie sind schon angemeldet."</Notice> })}
            {(!detail.ways.is_empty()).then(|| view! {
                <p class="actions no-print">
                    {detail.ways.iter().cloned().zip(classes).map(|((path, words), class)| view! { <a class=class href=path rel="external">{words}</a> }).collect_view()}
                </p>
            })}
            <dl class="facts">
                <div>
                    <dt><Icon name="calendar" />"Wann"</dt>
                    <dd>
                        <When iso=detail.starts_iso.clone() text=detail.when.clone() />
                        {for_calendar(&detail.window).map(|words| view! {
                            <br />
                            <a href=format!("/veranstaltungen/{}.ics", detail.slug) rel="external" class="no-print">{words}</a>
                        })}
                    </dd>
                </div>
                {detail.run_of.clone().map(|(path, words)| view! {
                    <div><dt>"Modul"</dt><dd><a href=path>{words}</a></dd></div>
                })}
                <div>
                    <dt><Icon name="place" />"Wo"</dt>
                    <dd>
                        {if detail.venue.is_empty() { "Online".to_owned() } else { detail.venue.clone() }}
                        {(!detail.districts.is_empty()).then(|| view! { <br /> {for_whom(&detail.districts)} })}
                    </dd>
                </div>
                {planned.then(|| view! {
                    <div>
                        <dt><Icon name="people" />"Plätze"</dt>
                        <dd><Seats modes=detail.modes.clone() open /></dd>
                    </div>
                })}
                {match &detail.window {
                    WindowView::Open(until) => Some(view! {
                        <div><dt><Icon name="clock" />"Anmelden bis"</dt><dd>{until.clone()}</dd></div>
                    }),
                    _ => None,
                }}
            </dl>
            {(!detail.description.is_empty()).then(|| view! {
                <section>
                    <h2>"Worum es geht"</h2>
                    {detail.description.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_view()}
                </section>
            })}
            <Lines title="Für wen" lines=vec![detail.audience.clone()] />
            <Lines title="Termine" lines=detail.sessions.clone() />
            <Lines title="Ablauf" lines=detail.agenda.clone() />
            <Lines title="Anreise und Zugang" lines=detail.access_info.clone() />
            <Lines title="Online teilnehmen" lines=vec![detail.online_info.clone()] />
            // In the form they stand with a box each.
            {(!open).then(|| view! { <Topics topics=detail.topics.clone() more=detail.more_topics.clone() /> })}
            {(!detail.boards.is_empty()).then(|| view! {
                <section>
                    <h2>"Das Themenboard dazu"</h2>
                    <ul>{detail.boards.iter().map(|(title, path)| view! { <li><a href=path.clone()>{title.clone()}</a></li> }).collect_view()}</ul>
                </section>
            })}
            {(!detail.contact.is_empty()).then(|| view! {
                <section>
                    <h2>"Fragen"</h2>
                    <p class="line">{detail.contact.iter().cloned().map(contact).collect_view()}</p>
                </section>
            })}
            {(!tags.is_empty()).then(|| view! { <p class="hint">"Themen: " {tags}</p> })}
            <PageTools />
            {if open {
                view! { <SignUpSection detail=form kept /> }.into_any()
            } else {
                typed_before(kept.value(TYPED))
            }}
        </Page>
    }
}

/// What was typed while there was a form.
fn typed_before(typed: String) -> AnyView {
    (!typed.is_empty())
        .then(|| {
            view! {
                // Where the browser is sent back to.
                <section id="anmelden">
                    <h2>"Ihre Angaben"</h2>
                    <p class="hint">"Angemeldet ist damit niemand. Sie können die Angaben hier kopieren."</p>
                    <p class="line">{typed}</p>
                </section>
            }
        })
        .into_any()
}

/// A piece of whom to ask: words, or an address to write to.
fn contact((words, path): (String, String)) -> AnyView {
    if path.is_empty() {
        words.into_any()
    } else {
        view! { <a href=path rel="external">{words}</a> }.into_any()
    }
}

/// Whose practitioners it is for.
fn for_whom(districts: &[String]) -> String {
    if districts.len() == District::ALL.len() {
        "Für Fachkräfte aus ganz Sachsen".to_owned()
    } else {
        format!("Für Fachkräfte aus: {}", districts.join(", "))
    }
}

/// How signing up stands, if it is not simply open.
#[component]
fn StateNotice(window: WindowView) -> impl IntoView {
    match window {
        WindowView::Open(_) => ().into_any(),
        WindowView::NotYet(moment) => {
            view! { <Notice>"Die Anmeldung öffnet am " <strong>{moment}</strong> "."</Notice> }.into_any()
        }
        WindowView::Closed => {
            view! { <Notice kind="warning">"Die Anmeldung ist geschlossen. Bitte fragen Sie bei der Geschäftsstelle nach."</Notice> }.into_any()
        }
        WindowView::Past => view! { <Notice>"Diese Veranstaltung ist vorbei."</Notice> }.into_any(),
        WindowView::Cancelled(reason) => view! {
            <Notice kind="error"><strong>"Diese Veranstaltung ist abgesagt. "</strong>{reason}</Notice>
        }
        .into_any(),
        WindowView::Draft => view! { <Notice kind="warning">"Entwurf: Nur die Geschäftsstelle sieht diese Seite."</Notice> }.into_any(),
    }
}

/// Seats per mode. Where nobody can sign up, none is to be had.
#[component]
fn Seats(modes: Vec<ModeView>, open: bool) -> impl IntoView {
    view! {
        <ul class="plain">
            {modes
                .into_iter()
                .map(|mode| {
                    let tone = match (open, mode.free) {
                        (false, _) => "plain",
                        (true, true) => "good",
                        (true, false) => "warm",
                    };
                    view! { <li>{mode.label} ": " <SeatsInWords text=mode.seats kind=tone /></li> }
                })
                .collect_view()}
        </ul>
    }
}

/// What the calendar file does for somebody at this time. Nothing: it is over.
fn for_calendar(window: &WindowView) -> Option<&'static str> {
    match window {
        WindowView::Past => None,
        WindowView::Cancelled(_) => Some("Absage in den Kalender"),
        _ => Some("In den Kalender"),
    }
}

/// A section of lines; nothing if there are none.
#[component]
fn Lines(title: &'static str, lines: Vec<String>) -> impl IntoView {
    let lines = lines
        .into_iter()
        .filter(|line| !line.trim().is_empty())
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <section>
                <h2>{title}</h2>
                {lines.into_iter().map(|line| view! { <p class="line">{line}</p> }).collect_view()}
            </section>
        }
    })
}

/// What people want to talk about.
#[component]
fn Topics(topics: Vec<(String, String, String)>, more: String) -> impl IntoView {
    (!topics.is_empty()).then(|| view! {
        <section>
            <h2>"Themen der Teilnehmenden"</h2>
            <p class="hint">"Wer angemeldet ist, kann Themen vorschlagen und drei Stimmen vergeben. Daraus entsteht der Ablauf. " {more}</p>
            <ul class="list">
                {topics
                    .into_iter()
                    .map(|(_, text, votes)| view! { <li class="list-item"><span>{text}</span> <Badge text=votes /></li> })
                    .collect_view()}
            </ul>
        </section>
    })
}
