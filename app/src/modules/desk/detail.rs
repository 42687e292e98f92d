//! One version of a module.

use domain::german;
use domain::module::differ::{Fate, differences};
use domain::module::field::{Field, Group};
use domain::module::graph::opens;
use domain::module::picture::{Line, Picture, picture};
use domain::module::review::State;
use domain::module::{Content, ModuleCode};
use domain::time::Instant;
use leptos::prelude::*;
use store::modules::{Listed, ModuleRow, VersionRow};
use store::workshops::Run;
use store::{Store, StoreError};

use super::said::{by, effort, fee, label, lines, requirement, title};
use super::shelf::{Shelf, shelf};
use super::structured::{course, inside_script};
use crate::loading::unavailable;
use crate::modules::dto::{ChangeView, DemandView, FieldView, ModuleView, PictureView};
use crate::public_address::PublicAddress;
use crate::session;
use crate::workshops::actions::teaser;

/// Fields that stand elsewhere on the page: as heading, lead, facts or links.
const ELSEWHERE: [Field; 9] = [
    Field::Title,
    Field::Lead,
    Field::Mode,
    Field::Ects,
    Field::Weeks,
    Field::Frequency,
    Field::Fee,
    Field::Requires,
    Field::Keywords,
];

pub async fn load(code: &str, number: &str, day: &str) -> Result<Option<ModuleView>, ServerFnError> {
    let Ok(code) = ModuleCode::parse(code) else {
        return Ok(None);
    };
    let store = expect_context::<Store>();
    let module = match store.module(&code).await {
        Ok(module) => module,
        Err(StoreError::NotFound) => return Ok(None),
        Err(error) => return Err(unavailable(error)),
    };
    let mut versions = store.module_versions(module.id).await.map_err(unavailable)?;
    // What was never published is for its curators only.
    versions.retain(|version| version.published_at.is_some());
    let Some(place) = which(&versions, number, day) else {
        return Ok(None);
    };
    let shelf = shelf(&store).await?;
    let runs = store.runs(Some(module.id)).await.map_err(unavailable)?;
    let viewer = session::viewer().await?;
    let is_staff = viewer.as_ref().is_some_and(store::accounts::Viewer::is_staff);
    let demand = match &viewer {
        Some(viewer) => {
            let noted = store
                .own_demand(viewer.person, module.id)
                .await
                .map_err(unavailable)?;
            noted.map_or(DemandView::Open, |district| {
                DemandView::In(district.slug.to_owned())
            })
        }
        None => DemandView::SignIn,
    };
    let Some(mut view) = show(&shelf, module, &versions, place, &runs) else {
        return Ok(None);
    };
    let now = store.ambient().now();
    let shown = versions.get(place).map_or(0, |version| version.number);
    view.runs = runs
        .iter()
        .map(|run| {
            let other = (run.number != shown).then(|| format!("Fassung\u{a0}{}", run.number));
            (teaser(&run.card, now), other)
        })
        .collect();
    view.demand = demand;
    view.new_run = is_staff.then(|| format!("/verwaltung/veranstaltungen/neu?modul={}", view.code));
    Ok(Some(view))
}

/// Which version is meant; they are sorted from the newest.
fn which(versions: &[VersionRow], number: &str, day: &str) -> Option<usize> {
    if !number.is_empty() {
        let number: i64 = number.parse().ok()?;
        return versions.iter().position(|version| version.number == number);
    }
    if day.is_empty() {
        return (!versions.is_empty()).then_some(0);
    }
    // What counted when the day was over.
    let end = Instant::from_input(&format!("{day}T00:00"))?.plus_hours(24);
    versions.iter().position(|version| {
        let began = version.published_at.is_some_and(|at| at < end);
        began && version.ended_at.is_none_or(|at| at >= end)
    })
}

fn show(
    shelf: &Shelf,
    module: ModuleRow,
    versions: &[VersionRow],
    place: usize,
    runs: &[Run],
) -> Option<ModuleView> {
    let version = versions.get(place)?.clone();
    let listed = Listed { module, version };
    let (module, version) = (&listed.module, &listed.version);
    let content = &version.content;
    let named = |code: &ModuleCode| shelf.find(code).map(title);
    let path = format!("/module/{}", module.code);
    let url = use_context::<PublicAddress>().map_or_else(|| path.clone(), |address| address.join(&path));
    let before = versions.get(place + 1);
    Some(ModuleView {
        code: module.code.to_string(),
        title: title(&listed),
        lead: content.get(Field::Lead).to_owned(),
        by: by(module),
        version: standing(version),
        notice: notice(module, version, versions),
        facts: facts(content),
        groups: groups(content),
        requires: content
            .requirement()
            .map(|needed| requirement(&needed, &named))
            .unwrap_or_default(),
        opens: opens(&shelf.requirements(), &module.code)
            .into_iter()
            .filter_map(|code| Some((format!("/module/{code}"), format!("{code} {}", named(&code)?))))
            .collect(),
        versions: versions
            .iter()
            .filter(|other| other.number != version.number)
            .map(|other| (format!("{path}/fassung/{}", other.number), standing(other)))
            .collect(),
        changes: before
            .map(|before| changes(&before.content, content))
            .unwrap_or_default(),
        picture: picture(&shelf.requirements(), &module.code).map(|drawn| drawing(&drawn, &module.code)),
        structured: inside_script(&course(
            &listed,
            &url,
            runs,
            expect_context::<Store>().ambient().now(),
        )),
        runs: Vec::new(),
        demand: DemandView::SignIn,
        new_run: None,
        demo: module.demo,
    })
}

/// The way around a module, ready to be drawn: lines swing from box to box.
fn drawing(picture: &Picture, module: &ModuleCode) -> PictureView {
    let line = |line: &Line| {
        let ((left, top), (right, end)) = (line.from, line.to);
        let middle = u32::midpoint(left, right);
        (
            format!("M{left} {top}C{middle} {top} {middle} {end} {right} {end}"),
            line.is_choice,
        )
    };
    PictureView {
        size: (picture.width, picture.height),
        boxes: picture
            .boxes
            .iter()
            .map(|(code, left, top)| (code.to_string(), *left, *top, code == module))
            .collect(),
        lines: picture.lines.iter().map(line).collect(),
    }
}

/// Which version, and when it counted.
fn standing(version: &VersionRow) -> String {
    let since = version.published_at.map(german::day_year).unwrap_or_default();
    let term = match last_day(version) {
        Some(until) => format!("von {since} bis {until}"),
        None => format!("seit {since}"),
    };
    let confirmed = version
        .confirmed_at
        .filter(|at| Some(*at) != version.published_at && version.ended_at.is_none())
        .map(|at| format!(". Zuletzt geprüft am {}", german::day_year(at)))
        .unwrap_or_default();
    format!("Fassung\u{a0}{}, gültig {term}{confirmed}", version.number)
}

/// The last day on which a version counted, in words.
fn last_day(version: &VersionRow) -> Option<String> {
    let ended_at = version.ended_at?;
    Some(match (version.state, version.published_at) {
        (State::Archived, Some(began_at)) => german::day_year(day_before(began_at, ended_at)),
        _ => german::day_year(ended_at),
    })
}

/// When a version counted last that another one follows: that one counts on the whole of its first day. Of two on one day each counts
/// on it.
fn day_before(began_at: Instant, ended_at: Instant) -> Instant {
    let day = |at: Instant| at.berlin().date();
    let before = ended_at.berlin().yesterday();
    let before = before.map_or(ended_at, |then| Instant::from_berlin(then.datetime()));
    if day(before) < day(began_at) {
        ended_at
    } else {
        before
    }
}

/// What to say of a version that does not count.
fn notice(module: &ModuleRow, version: &VersionRow, all: &[VersionRow]) -> Option<(String, Option<String>)> {
    let current = all.iter().any(|other| other.state == State::Published);
    let path = current.then(|| format!("/module/{}", module.code));
    match version.state {
        State::Withdrawn => {
            let reason = version.reason.clone().unwrap_or_default();
            Some((format!("Dieses Modul ist zurückgezogen. {reason}"), path))
        }
        State::Archived => {
            let until = last_day(version).unwrap_or_default();
            Some((format!("Diese Fassung galt bis {until}."), path))
        }
        _ => None,
    }
}

/// What one wants to know first.
fn facts(content: &Content) -> Vec<(String, String)> {
    let weeks = content
        .number(Field::Weeks)
        .map(|weeks| german::count(weeks, "Woche", "Wochen"));
    let pairs = [
        ("Umfang", effort(content)),
        ("Dauer", weeks.unwrap_or_default()),
        ("Form", content.shown(Field::Mode)),
        ("Häufigkeit", content.shown(Field::Frequency)),
        ("Gebühr", fee(content)),
    ];
    let pairs = pairs.into_iter().filter(|(_, words)| !words.is_empty());
    pairs.map(|(label, words)| (label.to_owned(), words)).collect()
}

/// All fields in which something stands, in groups.
pub fn groups(content: &Content) -> Vec<(String, Vec<FieldView>)> {
    let fields = |group: Group| -> Vec<FieldView> {
        Field::of(group)
            .filter(|field| content.has(*field) && !ELSEWHERE.contains(field))
            .map(|field| FieldView {
                label: label(field).to_owned(),
                lines: lines(content, field),
            })
            .collect()
    };
    let groups = Group::ALL
        .into_iter()
        .map(|group| (group.label().to_owned(), fields(group)));
    groups.filter(|(_, fields)| !fields.is_empty()).collect()
}

/// What changed, word by word.
pub fn changes(before: &Content, after: &Content) -> Vec<ChangeView> {
    let fate = |fate: Fate| match fate {
        Fate::Out => -1,
        Fate::Kept => 0,
        Fate::In => 1,
    };
    differences(before, after)
        .into_iter()
        .map(|difference| ChangeView {
            label: difference.field.facts().label.to_owned(),
            words: difference
                .words
                .into_iter()
                .map(|words| (fate(words.fate), words.text))
                .collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_counts_until_the_day_before_the_next_one_does() {
        let at = |text: &str| Instant::from_input(text).unwrap();
        for (began, ended, expected) in [
            ("2026-01-10T10:00", "2026-04-24T09:00", "23. April 2026"),
            ("2026-04-23T10:00", "2026-04-24T09:00", "23. April 2026"),
            ("2026-04-24T08:00", "2026-04-24T09:00", "24. April 2026"),
            // The night in which the clock is put forward.
            ("2026-01-10T10:00", "2026-03-30T00:30", "29. März 2026"),
        ] {
            let said = german::day_year(day_before(at(began), at(ended))).replace('\u{a0}', " ");
            assert!(said.ends_with(expected), "{ended}: {said}");
        }
    }
}
