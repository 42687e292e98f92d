//! `/modulhandbuch.pdf`: every module that counts, as tagged PDF after PDF/UA-1. `?stand=2026-12-03`: as it was on that day;
//! `?modul=FSA-101`: one module; `?zertifikat=FSA-Z1`: those of a certificate. `/katalog/modulhandbuch.pdf`: what is being
//! written, marked as a draft, for who curates it.

use app::catalogue::reviewer;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use domain::german;
use domain::module::ModuleCode;
use domain::module::field::{Field, Group};
use domain::time::Instant;
use paper::{Block, Document, Item, Level, Run, Table};
use serde::Deserialize;
use store::StoreError;
use store::modules::Listed;

use crate::exports::origin::{ABOUT, paper_day};
use crate::exports::{papers, viewer};
use crate::problem::Problem;
use crate::state::AppState;

/// Which modules, and of which day.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    stand: Option<String>,
    #[serde(default)]
    modul: Option<String>,
    #[serde(default)]
    zertifikat: Option<String>,
}

/// What is to be written.
struct Handbook {
    title: String,
    modules: Vec<Listed>,
    day: Instant,
    is_draft: bool,
}

/// What counts.
pub async fn file(State(state): State<AppState>, Query(asked): Query<Asked>, headers: HeaderMap) -> Response {
    match published(&state, &asked).await {
        Ok(handbook) => write(&state, &headers, handbook).await,
        Err(problem) => problem.answer(&headers, &state.site.stylesheet),
    }
}

/// What is being written, marked as a draft. Whoever does not curate finds nothing here, and who does, only the own modules.
pub async fn drafts(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let problem = |problem: Problem| problem.answer(&headers, &state.site.stylesheet);
    let Some(reviewer) = viewer(&state, &headers).await.as_ref().and_then(reviewer) else {
        return problem(Problem::NotFound);
    };
    let mut modules = match state.store.modules().await {
        Ok(modules) => modules,
        Err(error) => return problem(unread(&error)),
    };
    modules.retain(|listed| listed.version.state.is_open() && reviewer.works_for(&listed.module.owner_ids()));
    let handbook = Handbook {
        title: "Modulhandbuch: Entwürfe".to_owned(),
        modules,
        day: state.store.ambient().now(),
        is_draft: true,
    };
    write(&state, &headers, handbook).await
}

fn unread(error: &StoreError) -> Problem {
    tracing::error!(%error, "the handbook could not be read");
    Problem::Unavailable
}

async fn published(state: &AppState, asked: &Asked) -> Result<Handbook, Problem> {
    let day = match &asked.stand {
        None => state.store.ambient().now(),
        // What counted when the day was over.
        Some(day) => Instant::from_input(&format!("{day}T23:59")).ok_or(Problem::NotFound)?,
    };
    let found = match &asked.stand {
        None => state.store.catalogue().await,
        Some(_) => state.store.catalogue_on(day).await,
    };
    let mut modules = found.map_err(|error| unread(&error))?;
    let mut title = "Modulhandbuch".to_owned();
    if let Some(code) = &asked.modul {
        let code = ModuleCode::parse(code).ok();
        modules.retain(|listed| Some(&listed.module.code) == code.as_ref());
    }
    if let Some(code) = &asked.zertifikat {
        let programmes = state.store.programmes().await.map_err(|error| unread(&error))?;
        let code = ModuleCode::parse(code).ok();
        let programme = programmes
            .into_iter()
            .find(|one| Some(&one.code) == code.as_ref());
        let content = programme.ok_or(Problem::NotFound)?.content;
        let rule = content.requirement().ok_or(Problem::NotFound)?;
        modules.retain(|listed| rule.codes().contains(&listed.module.code));
        title = format!("{title}: {}", content.title);
    }
    if modules.is_empty() {
        return Err(Problem::NotFound);
    }
    Ok(Handbook {
        title,
        modules,
        day,
        is_draft: false,
    })
}

async fn write(state: &AppState, headers: &HeaderMap, handbook: Handbook) -> Response {
    let name = if handbook.is_draft {
        "modulhandbuch-entwurf.pdf"
    } else {
        "modulhandbuch.pdf"
    };
    match papers::written("the handbook", move || paper::write(&document(handbook))).await {
        Ok(bytes) => (
            [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("inline; filename=\"{name}\""),
                ),
            ],
            bytes,
        )
            .into_response(),
        Err(problem) => problem.answer(headers, &state.site.stylesheet),
    }
}

fn document(handbook: Handbook) -> Document {
    let Handbook {
        title,
        modules,
        day,
        is_draft,
    } = handbook;
    let count = german::count(
        u32::try_from(modules.len()).unwrap_or(u32::MAX),
        "Modul",
        "Module",
    );
    let mut blocks = vec![Block::Small(format!(
        "Stand: {}. {count}.",
        german::day_year(day)
    ))];
    if modules.is_empty() {
        blocks.push(Block::Small(
            "Gerade wird an keinem Modul geschrieben.".to_owned(),
        ));
    } else {
        blocks.push(Block::Table(overview(&modules)));
    }
    for listed in &modules {
        blocks.extend(module(listed));
    }
    Document {
        title,
        lead: "Module der Nachqualifizierung für die Flüchtlings- und Migrationssozialarbeit in Sachsen."
            .to_owned(),
        about: ABOUT.to_owned(),
        made_on: paper_day(day),
        is_draft,
        blocks,
    }
}

fn overview(modules: &[Listed]) -> Table {
    let row = |listed: &Listed| {
        let content = &listed.version.content;
        vec![
            listed.module.code.to_string(),
            content.get(Field::Title).to_owned(),
            german::count(content.hours(), "Stunde", "Stunden"),
            content.get(Field::Ects).to_owned(),
            listed.version.number.to_string(),
        ]
    };
    Table {
        headings: ["Kürzel", "Titel", "Umfang", "ECTS", "Fassung"]
            .map(str::to_owned)
            .to_vec(),
        shares: vec![1.6, 6.0, 2.0, 1.0, 1.3],
        rows: modules.iter().map(row).collect(),
    }
}

fn module(listed: &Listed) -> Vec<Block> {
    let content = &listed.version.content;
    let names: Vec<_> = listed
        .module
        .owners
        .iter()
        .map(|(_, name)| name.as_str())
        .collect();
    let since = listed
        .version
        .published_at
        .map(german::day_year)
        .unwrap_or_default();
    let mut blocks = vec![
        Block::Heading(
            Level::Chapter,
            format!("{} {}", listed.module.code, content.get(Field::Title)),
        ),
        Block::Small(format!(
            "{}. Fassung {}, gültig seit {since}.",
            names.join(" und "),
            listed.version.number
        )),
        Block::Paragraph(vec![Run::plain(content.get(Field::Lead))]),
    ];
    for group in Group::ALL {
        let fields = Field::of(group)
            .filter(|field| content.has(*field) && !matches!(field, Field::Title | Field::Lead));
        let items: Vec<Item> = fields.map(|field| item(listed, field)).collect();
        if !items.is_empty() {
            blocks.push(Block::Heading(Level::Section, group.label().to_owned()));
            blocks.push(Block::List(items));
        }
    }
    blocks
}

fn item(listed: &Listed, field: Field) -> Item {
    let content = &listed.version.content;
    let label = Run::bold(format!("{}: ", field.facts().label));
    let lines: Vec<&str> = content.lines(field).collect();
    match lines.as_slice() {
        [_] | [] => Item {
            text: vec![label, Run::plain(content.shown(field))],
            items: Vec::new(),
        },
        lines => Item {
            text: vec![label],
            items: lines
                .iter()
                .map(|line| Item {
                    text: vec![Run::plain(*line)],
                    items: Vec::new(),
                })
                .collect(),
        },
    }
}
