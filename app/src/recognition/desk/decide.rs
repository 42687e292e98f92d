//! For who curates: what waits, and the decision.

use domain::german;
use domain::ids::RecognitionId;
use domain::module::field::Field;
use domain::module::review::Reviewer;
use domain::recognition::finding::{REASON_CHARACTERS_MAX, REASON_CHARACTERS_MIN, Typed};
use domain::recognition::{Act, Evidence, Findings, Refusal, State};
use domain::text::bounded;
use domain::time::Instant;
use leptos::prelude::*;
use store::recognition::{Change, RecognitionRow};
use store::{Store, StoreError};

use super::application::answer;
use super::{file, id, outcomes, precedent, words};
use crate::catalogue::desk::reviewer;
use crate::catalogue::desk::words::length;
use crate::form_reply::{FieldError, FormReply, SentForm};
use crate::loading::unavailable;
use crate::recognition::dto::{DecideView, Queue};
use crate::ui::text::TRY_AGAIN;

pub async fn queue() -> Result<Option<Queue>, ServerFnError> {
    let Some(reviewer) = reviewer().await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let now = store.ambient().now();
    let waiting = store.recognitions_waiting(&reviewer).await.map_err(unavailable)?;
    Ok(Some(Queue {
        waiting: waiting.iter().map(|row| line(row, now)).collect(),
    }))
}

fn heading(row: &RecognitionRow) -> String {
    format!("{} {}", row.module.code, row.content.get(Field::Title))
}

/// Whose it is, behind "von".
fn applicant(row: &RecognitionRow) -> &str {
    row.applicant
        .as_deref()
        .unwrap_or("einer Person ohne Namen im Konto")
}

fn line(row: &RecognitionRow, now: Instant) -> (String, String, String, String) {
    (
        format!("/katalog/anrechnung/{}", row.id),
        heading(row),
        format!(
            "von {}, {}, {}",
            applicant(row),
            row.procedure.word(),
            handed_in(row, now)
        ),
        row.state.label().to_owned(),
    )
}

/// When it was handed in last; and how long that is ago, while somebody waits for a decision.
fn handed_in(row: &RecognitionRow, now: Instant) -> String {
    match row.submitted_at {
        Some(at) if row.state == State::Submitted => waits(at, now),
        Some(at) => format!("eingereicht am {}", german::day_year(at)),
        None => String::new(),
    }
}

/// Since when somebody waits, and how many days that is on the calendar.
fn waits(at: Instant, now: Instant) -> String {
    let since = at.berlin().date().until(now.berlin().date());
    let days = since.map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0));
    let day = german::day_year(at);
    match days {
        0 => format!("heute eingereicht ({day})"),
        days => format!(
            "wartet seit {}, eingereicht am {day}",
            german::count(days, "Tag", "Tagen")
        ),
    }
}

/// An application that somebody may see who curates: not before it was handed in.
async fn find(text_id: &str) -> Result<Option<(Reviewer, RecognitionRow)>, ServerFnError> {
    let (Some(reviewer), Some(id)) = (reviewer().await?, id(text_id)) else {
        return Ok(None);
    };
    let row = match expect_context::<Store>().recognition(id).await {
        Ok(row) => row,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let may_see = reviewer.works_for(&row.module.owner_ids())
        && row.state != State::Draft
        && row.person != reviewer.person;
    Ok(may_see.then_some((reviewer, row)))
}

pub async fn load(text_id: &str) -> Result<Option<DecideView>, ServerFnError> {
    let Some((reviewer, row)) = find(text_id).await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let precedents = store.precedents(row.module.id).await.map_err(unavailable)?;
    let refused = row.application().decide(&reviewer, Act::Decide).err();
    Ok(Some(DecideView {
        title: heading(&row),
        seen: format!("{}@{}", row.id, row.submitted_at.map_or(0, Instant::micros)),
        applicant: format!("Antrag von {}", applicant(&row)),
        facts: format!(
            "{}\u{a0}· Fassung\u{a0}{}\u{a0}· {}",
            row.procedure.label(),
            row.number,
            handed_in(&row, store.ambient().now())
        ),
        state: row.state.label().to_owned(),
        decides: refused.is_none(),
        why_not: refused.map(|refusal| match refusal {
            Refusal::WrongState(State::Decided) => "Dieser Antrag ist entschieden.".to_owned(),
            Refusal::WrongState(State::MoreAsked) => {
                "Nachgefordert. Sobald die Person wieder einreicht, können Sie entscheiden.".to_owned()
            }
            other => words::refusal(other),
        }),
        outcomes: outcomes(&row.content, Some(&row)),
        files: row.files.iter().map(file).collect(),
        precedents: precedents.iter().map(precedent).collect(),
        kinds: Evidence::ALL
            .iter()
            .map(|kind| (kind.key().to_owned(), kind.label().to_owned()))
            .collect(),
    }))
}

fn on_page(text_id: &str) -> SentForm {
    match id(text_id) {
        Some(id) => SentForm::on(format!("/katalog/anrechnung/{id}")),
        None => SentForm::on("/katalog/anrechnung"),
    }
}

async fn asking(form: SentForm, text_id: &str) -> Result<(SentForm, Reviewer, RecognitionRow), FormReply> {
    match find(text_id).await {
        Ok(Some((reviewer, row))) => Ok((form, reviewer, row)),
        Ok(None) => {
            crate::ui::not_found::set_status(404);
            Err(form
                .failed("Das dürfen nur die Institution des Moduls und die Geschäftsstelle.")
                .await)
        }
        Err(_) => Err(form.failed(TRY_AGAIN).await),
    }
}

/// The id, and when what was seen was handed in.
fn parts(seen: &str) -> (&str, Instant) {
    let (id, micros) = seen.split_once('@').unwrap_or((seen, ""));
    (id, Instant(micros.parse().unwrap_or_default()))
}

/// Judges what was seen; what was taken back and handed in again since is looked at first.
async fn judge(
    form: SentForm,
    who: Reviewer,
    (id, seen): (RecognitionId, Instant),
    change: Change,
    notice: &str,
) -> FormReply {
    let judged = expect_context::<Store>()
        .judge_recognition(who, id, change, seen)
        .await;
    answer(form, judged, notice).await
}

/// Asks for what is missing; what was typed to decide stays, if that is refused.
async fn ask(form: SentForm, who: Reviewer, seen: (RecognitionId, Instant), note: &str) -> FormReply {
    match bounded(note, REASON_CHARACTERS_MIN, REASON_CHARACTERS_MAX) {
        Ok(note) => {
            let notice = "Nachgefordert. Die Person bekommt eine E-Mail.";
            judge(form, who, seen, Change::AskMore(note), notice).await
        }
        Err(error) => form.wrong("note", length(error)).await,
    }
}

pub async fn decide([seen, note, deed]: [String; 3], typed: Vec<Typed>) -> FormReply {
    let values = typed.iter().flat_map(|one| {
        let field = |name: &str, value: &str| (format!("{name}-{}", one.outcome), value.to_owned());
        [
            field("granted", &one.granted),
            field("by", &one.by),
            field("files", &one.files),
            field("reason", &one.reason),
            field("precedent", &one.precedent),
        ]
    });
    let (text_id, handed_in) = parts(&seen);
    let values: Vec<_> = values.chain([("note".to_owned(), note.clone())]).collect();
    let form = on_page(text_id).typed(values);
    let (form, reviewer, row) = match asking(form, text_id).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    if deed == "ask" {
        return ask(form, reviewer, (row.id, handed_in), &note).await;
    }
    match Findings::parse(&typed, &row.content.outcomes(), &row.file_numbers()) {
        Ok(findings) => {
            let notice =
                "Entschieden. Die Person bekommt eine E-Mail und liest die Begründung auf ihrer Seite.";
            judge(
                form,
                reviewer,
                (row.id, handed_in),
                Change::Decide(findings),
                notice,
            )
            .await
        }
        Err(wrong) => {
            let errors = wrong.into_iter().map(|(number, wrong)| {
                let (field, sentence) = words::wrong(wrong);
                FieldError::new(format!("{field}-{number}"), format!("L{number}: {sentence}"))
            });
            form.refused(errors.collect()).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let at = |text: &str| Instant::from_input(text).unwrap();
        let handed_in = at("2026-03-20T23:30");
        assert_eq!(
            waits(handed_in, at("2026-03-20T23:45")),
            "heute eingereicht (Fr,\u{a0}20.\u{a0}März 2026)"
        );
        assert_eq!(
            waits(handed_in, at("2026-03-21T00:15")),
            "wartet seit 1\u{a0}Tag, eingereicht am Fr,\u{a0}20.\u{a0}März 2026"
        );
        // Over the change to summer time, and over the end of a month.
        assert!(waits(handed_in, at("2026-05-01T08:00")).starts_with("wartet seit 42\u{a0}Tagen,"));
    }
}
