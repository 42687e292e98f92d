//! Does it, and says what happened or why nothing did.

use domain::board::wire::{MESSAGE_BYTES_MAX, WANTED_MAX};
use domain::board::{Actor, Answered, Audience, BoardView, Operation, Refusal, Wanted, view};
use domain::ids::OperationId;
use leptos::prelude::*;
use store::boards::{Answer, BoardRow, Push};
use store::{Store, StoreError};

use crate::boards::device::{acting, asking};
use crate::boards::door::Door;
use crate::boards::pushed::Pushed;
use crate::boards::undo::UNDO;
use crate::boards::words;
use crate::form_reply::{FormReply, SentForm};
use crate::loading::unavailable;
use crate::ui::text::TRY_AGAIN;

const NO_SUCH_BOARD: &str = "Dieses Board gibt es nicht.";

/// Does it, and says what happened or why nothing did.
pub async fn perform(
    form: SentForm,
    slug: &str,
    id: Option<OperationId>,
    operation: Operation,
    notice: &str,
) -> FormReply {
    perform_in(form, slug, id, operation, notice, "text").await
}

/// The same for a form whose text has a field of its own.
pub async fn perform_in(
    form: SentForm,
    slug: &str,
    id: Option<OperationId>,
    operation: Operation,
    notice: &str,
    text: &str,
) -> FormReply {
    match attempt(slug, id, operation).await {
        Became::Done(undo) => form.done_with(notice, undo).await,
        Became::Refused(refusal) => {
            let form = match refusal {
                // Whoever has read that it was changed begins from how it is now.
                Refusal::Stale { revision } => form.typed([("base", revision.to_string())]),
                _ => form,
            };
            let (field, sentence) = why(slug, refusal).await;
            form.wrong(if field == "text" { text } else { field }, sentence)
                .await
        }
        Became::Failed(sentence) => form.failed(sentence).await,
    }
}

/// What became of one thing that was wanted.
pub enum Became {
    /// It is done: what takes it back, as a value of the form's answer.
    Done(Option<(&'static str, String)>),
    /// The rules of the board say no.
    Refused(Refusal),
    /// It could not be asked for.
    Failed(&'static str),
}

/// Does it, for a form that says itself what happened.
pub async fn attempt(slug: &str, id: Option<OperationId>, operation: Operation) -> Became {
    let id = id.unwrap_or_else(|| OperationId(expect_context::<Store>().ambient().uuid()));
    let wanted = Wanted { id, operation };
    match run_if(slug, vec![wanted], |_| true, true).await {
        Ok(Done { answers, undo }) => match answers.first() {
            Some(Ok(_) | Err(Refusal::Twice)) => Became::Done(undo),
            Some(Err(refusal)) => Became::Refused(*refusal),
            None => Became::Failed(TRY_AGAIN),
        },
        Err(None) => Became::Failed(NO_SUCH_BOARD),
        Err(Some(_)) => Became::Failed(TRY_AGAIN),
    }
}

/// Why it was not done: the field it belongs to, and the sentence, as it is in the phase of the board.
pub async fn why(slug: &str, refusal: Refusal) -> (&'static str, String) {
    if refusal == Refusal::VotedOn
        && let Ok(row) = expect_context::<Store>().board_by_slug(slug).await
    {
        return ("", words::voted_on(row.phase));
    }
    words::refusal(refusal)
}

/// Does several things of a moderator at once; sentences say how many were done, and why others were not.
pub async fn perform_all(
    form: SentForm,
    slug: &str,
    operations: Vec<Operation>,
    notice: fn(usize) -> String,
) -> FormReply {
    let ambient = expect_context::<Store>().ambient().clone();
    let wanted = operations
        .into_iter()
        .map(|operation| Wanted {
            id: OperationId(ambient.uuid()),
            operation,
        })
        .collect();
    match run_if(slug, wanted, |actor| actor.moderates, true).await {
        Ok(Done { answers, undo }) => {
            let done = answers.iter().filter(|answer| answer.is_ok()).count();
            let left = answers.len() - done;
            match answers.iter().find_map(|answer| answer.err()) {
                Some(refusal) if done == 0 => form.failed(&words::refusal(refusal).1).await,
                Some(refusal) => {
                    let why = words::refusal(refusal).1;
                    let notice = format!("{} {left} nicht: {why}", notice(done));
                    form.done_with(notice, undo).await
                }
                None => form.done_with(notice(done), undo).await,
            }
        }
        Err(None) => form.failed(NO_SUCH_BOARD).await,
        Err(Some(_)) => form.failed(TRY_AGAIN).await,
    }
}

/// Takes what a device wants, as it has kept it.
pub async fn push(slug: String, wanted: String) -> Result<Vec<Answered>, ServerFnError> {
    let unreadable = || ServerFnError::new("unreadable");
    if wanted.len() > MESSAGE_BYTES_MAX {
        return Err(unreadable());
    }
    let pushed = Pushed::read(&wanted).ok_or_else(unreadable)?;
    if pushed.len() > WANTED_MAX {
        return Err(unreadable());
    }
    let Pushed { wanted, refused } = pushed;
    // Who is only refused leaves no trace.
    if wanted.is_empty() {
        return Ok(refused);
    }
    let ids: Vec<OperationId> = wanted.iter().map(|wanted| wanted.id).collect();
    let done = run_if(&slug, wanted, |_| true, false).await;
    let Done { answers, .. } =
        done.map_err(|error| error.unwrap_or_else(|| ServerFnError::new(NO_SUCH_BOARD)))?;
    let answered = ids.into_iter().zip(answers);
    let answered = answered.map(|(id, answer)| Answered { id, answer });
    Ok(answered.chain(refused).collect())
}

/// What became of what was wanted.
struct Done {
    /// The answers, in its order.
    answers: Vec<Answer>,
    /// What takes it back, as a value of the form's answer.
    undo: Option<(&'static str, String)>,
}

impl Done {
    fn refused(count: usize, refusal: Refusal) -> Self {
        Self {
            answers: vec![Err(refusal); count],
            undo: None,
        }
    }
}

/// What takes back what was done on a board as it was before. The last comes first.
fn undo(before: &BoardView, operations: &[Operation], answers: &[Answer]) -> Option<(&'static str, String)> {
    let done = operations
        .iter()
        .zip(answers)
        .filter(|(_, answer)| answer.is_ok());
    let undo: Vec<Operation> = done.rev().filter_map(|(done, _)| before.undo(done)).collect();
    let undo = serde_json::to_string(&undo).ok().filter(|_| !undo.is_empty())?;
    Some((UNDO, undo))
}

/// Finds the board and who acts, and does it. Nothing as the error: there is no such board. Only for those who `may`: of what others
/// send together nothing is kept, not even an answer. With `offers` a moderator is told what takes it back.
async fn run_if(
    slug: &str,
    wanted: Vec<Wanted>,
    may: fn(Actor) -> bool,
    offers: bool,
) -> Result<Done, Option<ServerFnError>> {
    let store = expect_context::<Store>();
    let row = match store.board_by_slug(slug).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Err(None),
        Err(error) => return Err(Some(unavailable(error))),
    };
    let is_join = wanted
        .iter()
        .any(|wanted| matches!(wanted.operation, Operation::Join { .. }));
    let actor = match enter(&store, &row, is_join).await? {
        Ok(actor) => actor,
        Err(refusal) => return Ok(Done::refused(wanted.len(), refusal)),
    };
    if !may(actor) {
        return Ok(Done::refused(wanted.len(), Refusal::NotAllowed));
    }
    let offers = offers && actor.moderates;
    let is_undo = |wanted: &Wanted| matches!(wanted.operation, Operation::Undo { .. });
    let can_be_undone = |wanted: &Wanted| wanted.operation.card_to_undo().is_some();
    // What has taken something back is not taken back itself: the line says so, and offers nothing.
    let spent = (offers && wanted.iter().any(is_undo)).then(|| (UNDO, String::new()));
    let before = if offers && wanted.iter().any(can_be_undone) {
        let board = store.board(row.id).await;
        let board = board.map_err(|error| Some(unavailable(error)))?;
        let operations: Vec<Operation> = wanted.iter().map(|wanted| wanted.operation.clone()).collect();
        Some((view(&board, Audience::Moderator(Some(actor.member))), operations))
    } else {
        None
    };
    let pushes = wanted.into_iter().map(|wanted| Push {
        actor,
        id: wanted.id,
        operation: wanted.operation,
    });
    let answers = store.board_push(row.id, pushes.collect()).await;
    let answers = answers.map_err(|error| Some(unavailable(error)))?;
    let undo = spent.or_else(|| {
        let (before, operations) = before?;
        undo(&before, &operations, &answers)
    });
    Ok(Done { answers, undo })
}

/// Who acts. Nobody, if it is somebody who has never taken part and does not begin to now: who only reads leaves no
/// trace with an act that is refused anyway. And nobody for now, if too many begin at once.
pub async fn enter(
    store: &Store,
    row: &BoardRow,
    is_join: bool,
) -> Result<Result<Actor, Refusal>, Option<ServerFnError>> {
    let asking = asking(row.id).await.map_err(Some)?;
    if asking.actor.is_none() && !asking.moderates {
        if !is_join {
            return Ok(Err(Refusal::NotJoined));
        }
        if let Some(Door(lets_in)) = use_context::<Door>()
            && let Err(seconds) = lets_in(row.id)
        {
            let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
            return Ok(Err(Refusal::Crowded { seconds }));
        }
    }
    let actor = acting(row.id).await.map_err(Some)?;
    // On a board that was emptied nobody takes part any more: what has stayed is kept up by who moderates.
    if asking.actor.is_none() && !is_join && row.emptied_at.is_none() {
        // The moderator takes part by acting.
        let join = Operation::Join {
            name: Some(words::MODERATION.to_owned()),
            district: None,
            role: None,
        };
        let id = OperationId(store.ambient().uuid());
        let joined = store.board_act(row.id, actor, id, join).await;
        if joined.map_err(|error| Some(unavailable(error)))?.is_err() {
            return Ok(Err(Refusal::NotJoined));
        }
    }
    Ok(Ok(actor))
}
