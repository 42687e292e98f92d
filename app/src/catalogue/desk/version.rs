//! A version, and what can be done with it.

use domain::german;
use domain::module::ModuleCode;
use domain::module::field::{Field, Group, Standard};
use domain::module::gap::uncovered;
use domain::module::review::{Act, Refusal, Reviewer, Stage, Standing, State};
use domain::text::one_line;
use leptos::prelude::*;
use store::Store;
use store::modules::review::Examined;
use store::modules::{Comment, ModuleRow, VersionRow};
use store::workshops::PastRun;

use super::{asking, find, on_page, reviewer, words};
use crate::catalogue::dto::{FieldRow, StandardRow, VersionDesk};
use crate::form_reply::FormReply;
use crate::loading::unavailable;
use crate::modules::desk::detail::changes;
use crate::modules::desk::said::{by, label, lines};
use crate::ui::text::TRY_AGAIN;

/// Missing fields that are named; of more their number says enough.
const NAMED_MAX: usize = 5;
/// Characters of a reason.
const REASON_CHARACTERS_MAX: usize = 1_000;

pub async fn load(code: &str) -> Result<Option<VersionDesk>, ServerFnError> {
    let Some(reviewer) = reviewer().await? else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let Some((module, versions)) = find(&store, &reviewer, code).await? else {
        return Ok(None);
    };
    let Some(newest) = versions.first() else {
        return Ok(None);
    };
    let examined = store
        .examine_module(&module.code, newest.number)
        .await
        .map_err(unavailable)?;
    let comments = store
        .module_comments(&module, newest.number)
        .await
        .map_err(unavailable)?;
    let published = versions.iter().find(|version| version.state == State::Published);
    let runs = store.runs_ever(module.id).await.map_err(unavailable)?;
    let mut desk = show(&reviewer, &module, published, examined, &comments);
    desk.runs = runs.iter().map(run).collect();
    Ok(Some(desk))
}

fn show(
    reviewer: &Reviewer,
    module: &ModuleRow,
    published: Option<&VersionRow>,
    examined: Examined,
    comments: &[Comment],
) -> VersionDesk {
    let Examined {
        version,
        standing,
        gaps,
    } = examined;
    let is_open = version.state.is_open();
    let path = |field: Field| format!("/katalog/{}/feld/{}", module.code, field.key());
    let waiting = |field: Field| {
        let of_it = comments
            .iter()
            .filter(|comment| comment.field == field && comment.settled_at.is_none());
        u32::try_from(of_it.count()).unwrap_or(u32::MAX)
    };
    let link = |field: Field| (path(field), field.facts().label.to_owned());
    let row = |field: Field| {
        let waiting = waiting(field);
        let is_wrong = gaps.iter().any(|gap| gap.field() == field);
        let remark = match (waiting, is_wrong && is_open) {
            (0, false) => None,
            (0, true) => Some("noch nicht fertig".to_owned()),
            (waiting, _) => Some(german::count(waiting, "offene Anmerkung", "offene Anmerkungen")),
        };
        FieldRow {
            path: path(field),
            label: label(field).to_owned(),
            lines: lines(&version.content, field),
            remark,
        }
    };
    let groups = Group::ALL
        .into_iter()
        .map(|group| (group.label().to_owned(), Field::of(group).map(row).collect()));
    let differs = published.filter(|published| published.number != version.number);
    VersionDesk {
        code: module.code.to_string(),
        title: title(module, &version),
        by: by(module),
        number: version.number,
        state: words::state(version.state),
        standing: sentence(&standing),
        reason: version
            .reason
            .clone()
            .filter(|_| matches!(version.state, State::ChangesRequested | State::Withdrawn)),
        gaps: if is_open {
            gaps.iter()
                .map(|gap| (path(gap.field()), words::gap(gap)))
                .collect()
        } else {
            Vec::new()
        },
        open: Field::ALL
            .iter()
            .copied()
            .filter(|field| is_open && waiting(*field) > 0)
            .map(link)
            .collect(),
        standards: standards(&version, link),
        groups: groups.collect(),
        deeds: deeds(reviewer, &standing),
        writes: standing.decide(reviewer, Act::Write).is_ok(),
        begins: !is_open,
        agreements: agreements(module, &standing),
        against: differs
            .map(|before| format!("Was sich gegenüber Fassung\u{a0}{} ändert", before.number))
            .unwrap_or_default(),
        changes: differs
            .map(|before| changes(&before.content, &version.content))
            .unwrap_or_default(),
        public: published.map(|_| format!("/module/{}", module.code)),
        runs: Vec::new(),
    }
}

fn run(run: &PastRun) -> (String, String) {
    (
        format!("/katalog/durchgang/{}", run.id),
        format!(
            "{}, {}",
            run.title,
            german::unbroken(&german::span(run.starts_at, run.ends_at))
        ),
    )
}

/// A draft may have no title yet.
pub fn title(module: &ModuleRow, version: &VersionRow) -> String {
    match version.content.get(Field::Title) {
        "" => module.code.to_string(),
        title => title.to_owned(),
    }
}

/// How far it is, and what comes next.
fn sentence(standing: &Standing) -> String {
    let light = if standing.is_light {
        " Es ist eine kleine Änderung: Die Institution stimmt allein zu."
    } else {
        ""
    };
    let said = match standing.state {
        State::Draft => "Wird geschrieben. Ist alles da, reichen Sie die Fassung ein.",
        State::InReview => "Liegt zur Prüfung vor. Wer mitgeschrieben hat, stimmt nicht selbst zu.",
        State::ChangesRequested => "Bitte überarbeiten und wieder einreichen.",
        State::Approved => "Alle haben zugestimmt. Jetzt kann die Fassung veröffentlicht werden.",
        State::Published => "Diese Fassung gilt. Für Änderungen beginnen Sie eine neue.",
        State::Archived => "Diese Fassung galt früher.",
        State::Withdrawn => "Diese Fassung ist zurückgezogen. Sie können eine neue beginnen.",
    };
    let has_light = matches!(
        standing.state,
        State::Draft | State::InReview | State::ChangesRequested
    );
    format!("{said}{}", if has_light { light } else { "" })
}

/// Whether something takes a version further, rather than being written into it.
fn is_a_step(act: &Act) -> bool {
    !matches!(act, Act::Write | Act::Comment)
}

/// What the viewer can do. What only waits for something else is offered, too: its refusal says for what.
fn deeds(reviewer: &Reviewer, standing: &Standing) -> Vec<(String, String, bool)> {
    let offers = |act: &Act| {
        is_a_step(act)
            && match standing.decide(reviewer, *act) {
                Ok(_) => true,
                Err(refusal) => matches!(refusal, Refusal::Incomplete | Refusal::OpenComments),
            }
    };
    let deed = |act: &Act| (act.key().to_owned(), act.label().to_owned(), act.takes_a_reason());
    Act::ALL.iter().filter(|act| offers(act)).map(deed).collect()
}

fn agreements(module: &ModuleRow, standing: &Standing) -> Vec<String> {
    if !matches!(standing.state, State::InReview | State::Approved) {
        return Vec::new();
    }
    let missing = standing.missing();
    let name = |stage: &Stage| match stage {
        Stage::Office => "Geschäftsstelle".to_owned(),
        Stage::Institution(owner) => {
            let named = module.owners.iter().find(|(id, _)| id == owner);
            named.map(|(_, name)| name.clone()).unwrap_or_default()
        }
    };
    let line = |stage: &Stage| {
        let what = if missing.contains(stage) {
            "Zustimmung fehlt noch"
        } else {
            "hat zugestimmt"
        };
        format!("{}: {what}", name(stage))
    };
    standing.needed().iter().map(line).collect()
}

/// How much of what each standard asks for is there.
fn standards(version: &VersionRow, link: impl Fn(Field) -> (String, String)) -> Vec<StandardRow> {
    type Asks = fn(&Standard) -> bool;
    let all: [(&str, Asks); 5] = [
        ("Muster\u{ad}rechts\u{ad}verordnung, § 7 (2)", |standard| {
            matches!(standard, Standard::ModelOrdinance(_))
        }),
        ("EU-Empfehlung zu Micro-Credentials", |standard| {
            matches!(standard, Standard::MicroCredential(_))
        }),
        ("MOOChub 3", |standard| matches!(standard, Standard::Moochub)),
        ("Open Education API 6", |standard| {
            matches!(standard, Standard::Oeapi)
        }),
        ("schema.org", |standard| matches!(standard, Standard::SchemaOrg)),
    ];
    let line = |(name, asks): (&str, Asks)| {
        let (mut missing, asked) = uncovered(&version.content, asks);
        let words = format!("{} von {asked} Feldern ausgefüllt", asked - missing.len());
        if missing.len() > NAMED_MAX {
            missing.clear();
        }
        StandardRow {
            name: name.to_owned(),
            words,
            missing: missing.into_iter().map(&link).collect(),
        }
    };
    all.into_iter().map(line).collect()
}

pub async fn begin(code: String) -> FormReply {
    let (form, reviewer) = match asking(on_page(&code, "")).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    let Ok(code) = ModuleCode::parse(&code) else {
        return form.failed(TRY_AGAIN).await;
    };
    match expect_context::<Store>().begin_version(reviewer, &code).await {
        Ok(Ok(number)) => {
            form.done(format!(
                "Fassung {number} ist begonnen. Veröffentlicht bleibt die bisherige."
            ))
            .await
        }
        Ok(Err(refusal)) => form.failed(words::refusal(refusal)).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

pub async fn review([code, number, deed, reason]: [String; 4]) -> FormReply {
    let typed = [("deed", deed.clone()), ("reason", reason.clone())];
    let (form, reviewer) = match asking(on_page(&code, "").typed(typed)).await {
        Ok(asking) => asking,
        Err(reply) => return reply,
    };
    // Writing and commenting have forms of their own, with what is written.
    let act = Act::parse(&deed).filter(is_a_step);
    let (Ok(code), Ok(number), Some(act)) = (ModuleCode::parse(&code), number.parse::<i64>(), act) else {
        return form.failed(TRY_AGAIN).await;
    };
    let reason = match one_line(
        &reason,
        if act.takes_a_reason() { 10 } else { 0 },
        REASON_CHARACTERS_MAX,
    ) {
        Ok(reason) => reason,
        Err(error) => return form.wrong("reason", words::length(error)).await,
    };
    let done = expect_context::<Store>()
        .review_module(reviewer, &code, number, act, reason)
        .await;
    match done {
        Ok(Ok(state)) => form.done(notice(act, state)).await,
        Ok(Err(refusal)) => form.failed(words::refusal(refusal)).await,
        Err(_) => form.failed(TRY_AGAIN).await,
    }
}

fn notice(act: Act, state: State) -> &'static str {
    match (act, state) {
        (Act::Submit, _) => "Eingereicht. Jetzt prüft jemand anderes aus der Institution.",
        (Act::TakeBack, _) => "Zurückgeholt. Sie können weiterschreiben; Zustimmungen gelten nicht mehr.",
        (Act::Approve, State::Approved) => "Zugestimmt. Damit ist die Fassung freigegeben.",
        (Act::Approve, _) => "Zugestimmt. Es fehlt noch eine Zustimmung.",
        (Act::RequestChanges, _) => "Die Bitte um Änderungen steht jetzt bei der Fassung.",
        (Act::Publish, _) => "Veröffentlicht. Alle sehen jetzt diese Fassung.",
        (Act::Withdraw, _) => "Zurückgezogen. Die Seite bleibt lesbar und sagt, warum.",
        (Act::Confirm, _) => "Vermerkt: Diese Fassung gilt weiterhin.",
        (Act::Write | Act::Comment, _) => "Gespeichert.",
    }
}
