//! Server functions of boards: parse, find out who acts, call one verb of the store, answer.

#![expect(
    clippy::too_many_arguments,
    reason = "one argument per form field: the names are the public interface"
)]

use domain::board::Answered;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use super::desk;
use super::dto::{BoardData, BoardList, BoardLogView, CorrectionView, PresentView};
use crate::form_reply::FormReply;

/// Every board.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "boards", output = crate::json::Answer)]
pub async fn load_boards() -> Result<BoardList, ServerFnError> {
    desk::list().await
}

/// A board; nothing if there is none.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board", output = crate::json::Answer)]
pub async fn load_board(
    /// Its name in the URL, and behind a `?` the way in which a moderator wants to see it.
    slug: String,
) -> Result<Option<BoardData>, ServerFnError> {
    desk::data(slug).await
}

/// Who is in the room, for who moderates it; nothing for others.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board-present", output = crate::json::Answer)]
pub async fn load_present(
    /// The board's name in the URL.
    slug: String,
) -> Result<Option<PresentView>, ServerFnError> {
    desk::present::load(&slug).await
}

/// What moderators did, for who moderates the board; nothing for others.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board-log", output = crate::json::Answer)]
pub async fn load_log(
    /// The board's name in the URL.
    slug: String,
    /// What stands before this line; empty: the newest.
    #[server(default)]
    before: String,
) -> Result<Option<BoardLogView>, ServerFnError> {
    desk::log_page::load(&slug, &before).await
}

/// Makes a board.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-create")]
pub async fn create_board(
    /// The title.
    #[server(default)]
    title: String,
    /// What it is about.
    #[server(default)]
    lead: String,
    /// What stands above the columns, one a line.
    #[server(default)]
    columns: String,
    /// How much authors show of themselves.
    #[server(default)]
    anonymity: String,
    /// Which cards wait.
    #[server(default)]
    level: String,
    /// Votes that each member may give.
    #[server(default)]
    votes: String,
    /// After how long without anything new what was written is erased; nothing: it stays.
    #[server(default)]
    term: String,
    /// What of it; nothing: what was found, too.
    #[server(default)]
    goes: String,
    /// To which Veranstaltung it belongs.
    #[server(default)]
    workshop: String,
    /// What makes the form one request, however often it is sent.
    #[server(default)]
    key: String,
) -> Result<FormReply, ServerFnError> {
    let form = domain::board::plan::PlanForm {
        title,
        lead,
        columns,
        anonymity,
        level,
        votes,
    };
    Ok(desk::create(form, [term, goes], workshop, &key).await)
}

/// What can be corrected of a board, for staff; nothing for others.
///
/// # Errors
/// When the server cannot be reached or its database cannot answer.
#[server(prefix = "/api", endpoint = "board-correction", output = crate::json::Answer)]
pub async fn load_correction(
    /// The board's name in the URL.
    slug: String,
) -> Result<Option<CorrectionView>, ServerFnError> {
    desk::correct::load(&slug).await
}

/// Corrects what a board is called, how many votes there are, and to which Veranstaltung it belongs.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-correct")]
pub async fn correct_board(
    /// The board's name in the URL: it stays.
    slug: String,
    /// How often something had been corrected when the form was made.
    #[server(default)]
    seen: String,
    /// The title.
    #[server(default)]
    title: String,
    /// What it is about.
    #[server(default)]
    lead: String,
    /// Votes that each member may give; not asked: as many as before.
    #[server(default)]
    votes: Option<String>,
    /// To which Veranstaltung it belongs; empty: to none; not asked: to the same.
    #[server(default)]
    workshop: Option<String>,
) -> Result<FormReply, ServerFnError> {
    let form = domain::board::CorrectionForm { title, lead, votes };
    Ok(desk::correct::correct(slug, seen, form, workshop).await)
}

/// Says after how long without anything new what was written on a board is erased.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-term")]
pub async fn set_term(
    /// The board's name in the URL.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The term; nothing: it stays.
    #[server(default)]
    term: String,
    /// What goes then; nothing: what was found, too.
    #[server(default)]
    goes: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::set_term(slug, on, term, goes).await)
}

/// Takes part in a board.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-join")]
pub async fn join_board(
    /// The board's name in the URL.
    slug: String,
    /// The name that is shown, if the board shows names.
    #[server(default)]
    name: String,
    /// The district, if one says it.
    #[server(default)]
    district: String,
    /// What one does, if one says it.
    #[server(default)]
    role: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::join(slug, name, district, role).await)
}

/// Writes a card.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-write")]
pub async fn write_card(
    /// The board's name in the URL.
    slug: String,
    /// The id of the card, made with the form: sent twice, it is one card.
    key: String,
    /// What the card is.
    #[server(default)]
    kind: String,
    /// In which column.
    #[server(default)]
    column: String,
    /// What it says.
    #[server(default)]
    text: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::write(slug, key, kind, column, text).await)
}

/// Comments a card, or answers a comment.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-comment")]
pub async fn comment_card(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The key of the form: the same again is the same comment.
    #[server(default)]
    key: String,
    /// The card or comment that it is about.
    about: String,
    /// The number of that, by which its field is found again.
    #[server(default)]
    number: String,
    /// What it says.
    #[server(default)]
    text: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::comment(slug, on, key, [about, number], text).await)
}

/// Says what became of a solution, where that was and how.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-tried")]
pub async fn try_solution(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The key of the form: the same again is the same sentence.
    #[server(default)]
    key: String,
    /// The solution.
    card: String,
    /// Its number, by which its fields are found again.
    #[server(default)]
    number: String,
    /// What became of it.
    #[server(default)]
    outcome: String,
    /// Where that was.
    #[server(default)]
    district: String,
    /// How it was; nothing: one says what became of it only.
    #[server(default)]
    context: String,
) -> Result<FormReply, ServerFnError> {
    let typed = desk::Trying {
        key,
        card,
        number,
        outcome,
        district,
        context,
    };
    Ok(desk::tell(slug, on, typed).await)
}

/// Takes what a device wants, where no WebSocket gets through. The same id again gets the same answer.
///
/// # Errors
/// When the board is not there, the message cannot be read, or the database cannot answer: the device keeps it all.
#[server(prefix = "/api", endpoint = "board-push", output = crate::json::Answer)]
pub async fn push_to_board(
    /// The board.
    slug: String,
    /// Operations with their ids, as JSON.
    wanted: String,
) -> Result<Vec<Answered>, ServerFnError> {
    desk::push(slug, wanted).await
}

/// Says a card in other words.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-edit")]
pub async fn edit_card(
    /// The board's name in the URL.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// Which card.
    card: String,
    /// The revision that was on the screen.
    base: String,
    /// Its number, by which its field is found again.
    #[server(default)]
    number: String,
    /// What it shall say.
    #[server(default)]
    text: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::edit(slug, on, [card, number], base, text).await)
}

/// Puts a card elsewhere.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-move")]
pub async fn move_card(
    /// The board's name in the URL.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// Which card.
    card: String,
    /// Into which column, and there behind which card; without one on top.
    target: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::put(slug, on, card, target).await)
}

/// Does what a button says.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-act")]
pub async fn act_on_board(
    /// The board's name in the URL.
    slug: String,
    /// The page to which the answer goes: `moderation`, or nothing.
    #[server(default)]
    on: String,
    /// The operation, as JSON.
    operation: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::act(slug, on, operation).await)
}

/// Refuses a card, for a reason of the published rules.
///
/// # Errors
/// When the server cannot be reached.
#[server(prefix = "/api", endpoint = "board-refuse")]
pub async fn refuse_card(
    /// The board's name in the URL.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// Which card.
    card: String,
    /// The version of it that was read.
    #[server(default)]
    version: String,
    /// The number of the rule.
    #[server(default)]
    rule: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::refuse(slug, on, card, version, rule).await)
}

/// Publishes several cards at once, each only as it was read.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-approve")]
pub async fn approve_cards(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The cards with their versions.
    #[server(default)]
    cards: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::approve(slug, on, cards).await)
}

/// Refuses several cards at once for one reason, or publishes them, each only as it was read.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-refuse-several")]
pub async fn decide_cards(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The cards that are chosen, each with its version.
    #[server(default)]
    cards: Vec<String>,
    /// The number of the rule.
    #[server(default)]
    rule: String,
    /// `publish`: they are published.
    #[server(default)]
    deed: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::decide_several(slug, on, cards, rule, &deed).await)
}

/// Takes back what a moderator has done, as the answer to it has offered.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-undo")]
pub async fn undo_on_board(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// What takes it back: a list of operations, as JSON.
    #[server(default)]
    operations: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::undo(slug, on, operations).await)
}

/// Says what holds on a board beside the rules that hold on all.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-rules")]
pub async fn set_board_rules(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// What holds; nothing: only the others.
    #[server(default)]
    rules: String,
    /// What held when the form was opened.
    #[server(default)]
    base: Option<String>,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::set_rules(slug, on, rules, base).await)
}

/// Makes a part of a card one of its own.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-split")]
pub async fn split_card(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The key of the form.
    #[server(default)]
    key: String,
    /// The card.
    card: String,
    /// What the part says.
    #[server(default)]
    part: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::split(slug, on, key, card, part).await)
}

/// Brings a card together with one that says the same.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-merge")]
pub async fn merge_card(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The card.
    card: String,
    /// The card that stands for both.
    #[server(default)]
    into: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::merge(slug, on, card, into).await)
}

/// Writes down how many hands were shown for a card.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-hands")]
pub async fn count_hands(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The card.
    card: String,
    /// How many.
    #[server(default)]
    count: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::count_hands(slug, on, card, count).await)
}

/// Makes a column, or says otherwise what stands above it.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-column")]
pub async fn set_column(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The key of the form: the same again is the same column.
    #[server(default)]
    key: String,
    /// Which column; nothing: a new one.
    #[server(default)]
    column: String,
    /// What shall stand above it.
    #[server(default)]
    title: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::set_column(slug, on, key, column, title).await)
}

/// Lets a time run on all screens.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-timer")]
pub async fn set_timer(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// How long.
    #[server(default)]
    minutes: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::set_timer(slug, on, minutes).await)
}

/// Writes down what the room has found about a card.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-conclude")]
pub async fn conclude_card(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The card.
    card: String,
    /// What was found, or is open. Nothing, and nobody takes it on: there is no finding.
    #[server(default)]
    finding: String,
    /// Who takes it on.
    #[server(default)]
    taker: String,
    /// Who can settle it.
    #[server(default)]
    level: String,
    /// How far it is.
    #[server(default)]
    progress: String,
    /// What was found when the form was made.
    #[server(default)]
    seen: Option<String>,
) -> Result<FormReply, ServerFnError> {
    let typed = desk::Concluding {
        text: finding,
        taker,
        level,
        progress,
        seen,
    };
    Ok(desk::conclude(slug, on, card, typed).await)
}

/// Lets the author of a card moderate the board, too, or no longer; the latter also whoever is in the list of who does.
///
/// # Errors
/// Only when the request itself is broken; what is wrong with the form is in the reply.
#[server(prefix = "/api", endpoint = "board-hand-over")]
pub async fn hand_over(
    /// The board.
    slug: String,
    /// The page of the form.
    #[server(default)]
    on: String,
    /// The card.
    #[server(default)]
    card: String,
    /// Whom it is taken from, without a card.
    #[server(default)]
    member: String,
    /// `1`: yes.
    #[server(default)]
    given: String,
) -> Result<FormReply, ServerFnError> {
    Ok(desk::hand_over(slug, on, &[card, member], &given).await)
}
