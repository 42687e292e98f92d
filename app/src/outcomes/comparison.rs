//! `/vorlagen/{slug}`: the boards of a template side by side, and what of them goes onto the board for all.

use domain::german::count;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{BringCards, CreateBoardOfTemplate, load_comparison};
use super::dto::{Compared, ComparedCard, ComparedColumn, Comparison, Tools};
use crate::form_reply::{Answers, FormReply, address};
use crate::ui::{
    badge::Badge, button::SubmitButton, empty::EmptyState, field::SelectField, form::Answered,
    found::answering, page::Page, post_form::PostForm,
};

/// The boards of a template.
#[component]
pub fn ComparisonPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || params.read().get("slug").unwrap_or_default();
    answering("Im Vergleich", asked, load_comparison, page)
}

fn page(data: Comparison, reply: &FormReply, answers: Answers) -> AnyView {
    let none = data.boards.is_empty();
    let slug = data.slug;
    let boards = data.boards.into_iter().map(board).collect::<Vec<_>>();
    let can_bring = data.tools.as_ref().is_some_and(|tools| tools.has_all);
    let columns = data
        .columns
        .into_iter()
        .filter(|(_, boards)| !boards.is_empty())
        .map(|(title, boards)| {
            let boards = boards
                .into_iter()
                .map(|board| column(&slug, board, can_bring, answers));
            view! {
                <section>
                    <h2>{title}</h2>
                    <div class="beside">{boards.collect::<Vec<_>>()}</div>
                </section>
            }
            .into_any()
        });
    let columns = columns.collect::<Vec<_>>();
    let tools = data.tools.map(|tools| self::tools(&slug, tools, reply, answers));
    let reply = reply.clone();
    view! {
        <Page title=data.title lead=data.lead>
            <Answered reply />
            <ul class="list">{boards}</ul>
            {none.then(|| view! {
                <EmptyState title="Noch gibt es kein Board aus dieser Vorlage.">
                    <p>"Sobald die Geschäftsstelle welche anlegt, stehen sie hier nebeneinander."</p>
                    <p class="actions"><a class="button" href="/themen">"Alle Boards"</a></p>
                </EmptyState>
            })}
            {columns}
            {tools}
        </Page>
    }
    .into_any()
}

fn board(board: Compared) -> AnyView {
    view! {
        <li class="list-item">
            <div>
                <a href=format!("/themen/{}", board.slug)><strong>{board.place}</strong></a>
                <br />
                <span class="hint">{board.facts}</span>
            </div>
            <a href=format!("/themen/{}/ergebnisse", board.slug)>"Ergebnisse"</a>
        </li>
    }
    .into_any()
}

/// What one board has in a column: the cards that weigh most there.
fn column(slug: &str, column: ComparedColumn, can_bring: bool, answers: Answers) -> AnyView {
    let board = column.slug;
    let cards = column
        .strongest
        .into_iter()
        .map(|one| card(slug, &board, one, can_bring, answers));
    let cards = cards.collect::<Vec<_>>();
    let empty = (column.count == 0).then(|| view! { <p class="hint">"Hier steht noch nichts."</p> });
    view! {
        <section class="column">
            <h3>{column.place} " " <span class="column-count">{count(column.count, "Karte", "Karten")}</span></h3>
            <ul class="notes">{cards}</ul>
            {empty}
        </section>
    }
    .into_any()
}

fn card(slug: &str, board: &str, card: ComparedCard, can_bring: bool, answers: Answers) -> AnyView {
    let number = card.number;
    let link = format!("/themen/{board}#karte-{number}");
    let weight = (!card.weight.is_empty()).then(|| view! { <p class="hint">{card.weight.clone()}</p> });
    let brought = card
        .is_brought
        .then(|| view! { <Badge text="Steht auch landesweit" kind="good" /> });
    let bring = (can_bring && !card.is_brought).then(|| {
        let (slug, key) = (slug.to_owned(), card.key.clone());
        view! {
            <PostForm to={address::<BringCards>()} answers class="deed">
                <input type="hidden" name="slug" value=slug />
                <input type="hidden" name="cards" value=key />
                <SubmitButton label=format!("Karte {number} übernehmen") quiet=true answers />
            </PostForm>
        }
    });
    view! {
        <li class="note">
            <p class="note-head"><a class="note-number" href=link rel="external"><span class="visually-hidden">"Karte "</span>{number}</a>{brought}</p>
            <p class="note-text">{card.text}</p>
            {weight}
            {bring}
        </li>
    }
    .into_any()
}

/// What staff does here.
fn tools(slug: &str, tools: Tools, reply: &FormReply, answers: Answers) -> AnyView {
    let strongest = u32::try_from(tools.not_brought.len()).unwrap_or(u32::MAX);
    let bring = (tools.has_all && strongest > 0).then(|| {
        let (slug, cards) = (slug.to_owned(), tools.not_brought.join(" "));
        view! {
            <PostForm to={address::<BringCards>()} answers class="form">
                <input type="hidden" name="slug" value=slug />
                <input type="hidden" name="cards" value=cards />
                <p>"Die Karten stehen dann auch auf dem landesweiten Board, mit Ort, Nummer und Stimmen. Wird die erste gelöscht, verschwindet auch die zweite."</p>
                <SubmitButton label=format!("Alle {strongest} gezeigten Karten übernehmen") answers />
            </PostForm>
        }
    });
    let make = (!tools.districts.is_empty()).then(|| {
        let (slug, reply) = (slug.to_owned(), reply.clone());
        view! {
            <section id="anlegen" aria-labelledby="anlegen-titel">
                <h2 id="anlegen-titel">"Board anlegen"</h2>
                <PostForm to={address::<CreateBoardOfTemplate>()} answers>
                    <input type="hidden" name="slug" value=slug />
                    <SelectField label="Für" name="district" options=tools.districts empty="Bitte wählen" required=true
                        value=reply.value("district") error=reply.error("district") />
                    <SelectField label="Gehört zu" name="workshop" options=tools.workshops empty="Keiner Veranstaltung"
                        value=reply.value("workshop") />
                    <SubmitButton label="Board anlegen" answers />
                </PostForm>
            </section>
        }
    });
    view! { <div class="no-print">{bring}{make}</div> }.into_any()
}
