//! `/vorlagen/{slug}`: the boards of a template side by side, and what of them goes onto the board for all.

use domain::german::count;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::{BringCards, CreateBoardOfTemplate, load_comparison};
use super::dto::{Compared, ComparedCard, ComparedColumn, Comparison, Tools};
use crate::form_reply::{Answers, FormReply, address};
use crate::told::Told;
use crate::ui::{
    badge::Badge, button::SubmitButton, empty::EmptyState, field::SelectField, form::Answered,
    found::answering, page::Page, post_form::PostForm,
};

/// The boards of a template.
#[component]
pub fn ComparisonPage() -> impl IntoView {
    let (params, told) = (use_params_map(), Told::new());
    let asked = move || params.read().get("slug").unwrap_or_default();
    answering(
        "Im Vergleich",
        asked,
        load_comparison,
        move |data, reply, answers| page(data, told, reply, answers),
    )
}

fn page(data: Comparison, told: Told, reply: &FormReply, answers: Answers) -> AnyView {
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
    let bring = data.tools.as_ref().map(|tools| bring(&slug, tools, answers));
    let is_own = reply.values.contains_key("district");
    let make = data.tools.map(|tools| {
        // Of which there can be one is another list after each: what was chosen last is not chosen by its place in it.
        let about = (slug.clone(), tools.districts.clone());
        told.form("make", &about, (reply, answers), is_own, move |reply| {
            make(&slug, tools, reply, answers)
        })
    });
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
            {bring}
            {columns}
            {make}
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
    let (board, place) = (column.slug, column.place.clone());
    let cards = column
        .strongest
        .into_iter()
        .map(|one| card(slug, (&board, &place), one, can_bring, answers));
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

fn card(
    slug: &str,
    (board, place): (&str, &str),
    card: ComparedCard,
    can_bring: bool,
    answers: Answers,
) -> AnyView {
    let number = card.number;
    let (named, link) = (
        format!("Karte {number}"),
        format!("/themen/{board}#karte-{number}"),
    );
    let weight = (!card.weight.is_empty()).then(|| view! { <p class="hint">{card.weight.clone()}</p> });
    let brought = card
        .is_brought
        .then(|| view! { <Badge text="Landesweit" kind="good" /> });
    let bring = (can_bring && !card.is_brought).then(|| {
        let (slug, key) = (slug.to_owned(), card.key.clone());
        // Who does not see where the button stands hears which card it is.
        let which = format!(" {named} aus {place}");
        view! {
            <PostForm to={address::<BringCards>()} answers class="deed">
                <input type="hidden" name="slug" value=slug />
                <input type="hidden" name="cards" value=key />
                <button type="submit" class="button button-quiet" aria-busy=move || answers.pending().to_string()
                    disabled=move || answers.pending()>
                    <span>"Übernehmen"<span class="visually-hidden">{which}</span></span>
                </button>
            </PostForm>
        }
    });
    view! {
        <li class="note">
            <p class="note-head"><a class="note-number" href=link rel="external">{named}</a>{brought}</p>
            <p class="note-text">{card.text}</p>
            {weight}
            {bring}
        </li>
    }
    .into_any()
}

/// What taking over does, before the cards for which staff can do it, and the button for all of them.
fn bring(slug: &str, tools: &Tools, answers: Answers) -> AnyView {
    let many = tools.not_brought.len();
    if !tools.has_all || many == 0 {
        return ().into_any();
    }
    let all = (many > 1).then(|| {
        let (slug, cards) = (slug.to_owned(), tools.not_brought.join(" "));
        view! {
            <PostForm to={address::<BringCards>()} answers class="">
                <input type="hidden" name="slug" value=slug />
                <input type="hidden" name="cards" value=cards />
                <SubmitButton label=format!("Die {many} übrigen Karten ins landesweite Board übernehmen") answers />
            </PostForm>
        }
    });
    view! {
        <div class="no-print">
            <p>"Übernommene Karten stehen auch auf dem landesweiten Board, mit Ort, Nummer und Stimmen. Wird die Karte im Kreis gelöscht, verschwindet sie auch landesweit."</p>
            {all}
        </div>
    }
    .into_any()
}

/// Makes one more board of the template.
fn make(slug: &str, tools: Tools, reply: &FormReply, answers: Answers) -> AnyView {
    let form = (!tools.districts.is_empty()).then(|| {
        let (slug, reply) = (slug.to_owned(), reply.clone());
        view! {
            <section id="anlegen" aria-labelledby="anlegen-titel">
                <h2 id="anlegen-titel">"Board anlegen"</h2>
                <PostForm to={address::<CreateBoardOfTemplate>()} answers>
                    <input type="hidden" name="slug" value=slug />
                    <SelectField label="Landkreis oder Stadt" name="district" options=tools.districts empty="Bitte wählen" required=true
                        value=reply.value("district") error=reply.error("district") />
                    <SelectField label="Gehört zu" name="workshop" options=tools.workshops empty="Keiner Veranstaltung"
                        value=reply.value("workshop") />
                    <SubmitButton label="Board anlegen" answers />
                </PostForm>
            </section>
        }
    });
    view! { <div class="no-print">{form}</div> }.into_any()
}
