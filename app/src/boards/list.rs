//! `/themen`: every board.

use leptos::prelude::*;

use super::actions::load_boards;
use super::dto::{BoardList, BoardTeaser};
use super::new_board::new_board;
use crate::form_reply::{FormReply, use_kept_reply};
use crate::loading::{awaited, load};
use crate::ui::{
    badge::Badge, button::SubmitButton, empty::EmptyState, field::TextField, form::Answered, found::read,
    page::Page,
};

/// Every board, and the way in with a code.
#[component]
pub fn BoardsPage() -> impl IntoView {
    let kept = use_kept_reply();
    let list = load(|| (), |()| load_boards());
    view! {
        <Page title="Themen" lead="Was Fachkräfte in Sachsen beobachtet haben, was geholfen hat und was offen ist.">
            {awaited(move || async move {
                let kept = kept.await;
                read(list.await, |list| view! { <Answered reply=kept.clone() /><Boards list kept /> }.into_any())
            })}
        </Page>
    }
}

#[component]
fn Boards(list: BoardList, kept: FormReply) -> impl IntoView {
    let none = list.boards.is_empty();
    let makes = list.makes.is_some();
    view! {
        <form method="get" action="/b" class="form form-tight no-print" role="search">
            <TextField label="Code aus der Veranstaltung" name="code" hint="Er steht auf der Leinwand, mit oder ohne Bindestrich." required=true autocomplete="off" />
            <SubmitButton label="Zum Board" quiet=true />
        </form>
        // The form is below all boards.
        {makes.then(|| view! { <p class="actions no-print"><a rel="external" class="button button-quiet" href="#anlegen">"Board anlegen"</a></p> })}
        {list.compares.then(|| view! { <p><a href="/vorlagen">"Dieselben Fragen in mehreren Landkreisen"</a></p> })}
        <h2 class="visually-hidden">"Alle Boards"</h2>
        <ul class="cards">{list.boards.into_iter().map(|board| view! { <Teaser board /> }).collect_view()}</ul>
        {none.then(|| view! {
            <EmptyState title="Noch gibt es kein Board.">
                <p>"Boards entstehen in Veranstaltungen und bleiben danach offen. Dort erfahren Sie auch den Code."</p>
                <p class="actions"><a class="button" href="/veranstaltungen">"Veranstaltungen zeigen"</a></p>
            </EmptyState>
        })}
        {(!list.archived.is_empty()).then(|| view! {
            <details class="disclosure">
                <summary>{format!("Archiv ({})", list.archived.len())}</summary>
                <ul class="cards">{list.archived.into_iter().map(|board| view! { <Teaser board /> }).collect_view()}</ul>
            </details>
        })}
        {list.makes.map(|workshops| new_board(workshops, list.key, kept))}
    }
}

/// One board in the list.
#[component]
fn Teaser(board: BoardTeaser) -> impl IntoView {
    let kind = if board.open { "good" } else { "plain" };
    view! {
        <li class="card">
            <p class="card-kind">
                <Badge text=board.standing kind />
                {board.demo.then(|| view! { <Badge text="Beispiel" /> })}
                {board.waiting.map(|words| view! { <Badge text=words kind="warm" /> })}
            </p>
            <h3 class="card-title"><a href=format!("/themen/{}", board.slug)>{board.title}</a></h3>
            <p class="card-text">{board.lead}</p>
            <p>
                {domain::german::count(board.cards, "Karte", "Karten")} ", "
                {domain::german::count(board.members, "Person", "Personen")}
            </p>
        </li>
    }
}
