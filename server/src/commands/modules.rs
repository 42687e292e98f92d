//! `lafast modules`: the catalogue as a file, and back.

use std::path::Path;

use domain::ids::OrganisationId;
use domain::module::ModuleCode;
use domain::module::sheet::dry_run::{Bearer, DryRun, Misplaced, Target};
use domain::module::sheet::{self, Column, Finding, Line};
use store::Store;
use store::audit::Actor;
use tables::read::{FILE_BYTES_MAX, rows};

use crate::config::Config;
use crate::exchange::sheet::{Format, write};

/// Writes every module with its newest version to a new file; its ending says of what kind.
///
/// # Errors
/// What does not fit, in one line.
pub async fn export(config: &Config, file: &Path) -> Result<(), String> {
    let format = Format::of(file)
        .ok_or_else(|| format!("“{}” does not end in .csv, .xlsx or .json", file.display()))?;
    let store = super::read(config).await?;
    let modules = store.modules().await;
    store.close().await;
    let modules = modules.map_err(|error| format!("the catalogue cannot be read: {error}"))?;
    let bytes =
        write::file(format, &modules).map_err(|error| format!("the file was not written: {error}"))?;
    let written =
        std::fs::File::create_new(file).and_then(|mut new| std::io::Write::write_all(&mut new, &bytes));
    written.map_err(|error| format!("“{}” was not written: {error}", file.display()))?;
    super::say(&format!("{} modules in {}", modules.len(), file.display()));
    Ok(())
}

/// Reads a file and says cell by cell what it changes. With `is_dry` that is all; else everything is written as drafts, in one
/// transaction, or nothing if anything is wrong.
///
/// # Errors
/// What does not fit, in one line.
pub async fn import(config: &Config, file: &Path, is_dry: bool) -> Result<(), String> {
    let rows = read(file)?;
    let (columns, lines) = sheet::read(&rows).map_err(|error| format!("“{}”: {error}", file.display()))?;
    for column in columns {
        if let Column::Unknown(heading) = column {
            super::say(&format!("column “{heading}”: not known, left out"));
        }
    }
    let store = if is_dry {
        super::read(config).await?
    } else {
        super::open(config).await?
    };
    let done = bring(&store, &lines, is_dry).await;
    store.close().await;
    super::say(&done?);
    Ok(())
}

/// Says what a table changes, and changes it unless it is dry. Returns what became of it.
async fn bring(store: &Store, lines: &[Line], is_dry: bool) -> Result<String, String> {
    let failed = |error: store::StoreError| format!("the catalogue cannot be read: {error}");
    let organisations = store.organisations().await.map_err(failed)?;
    let bearer = Bearer {
        institutions: organisations.into_iter().map(|one| (one.id, one.name)).collect(),
        may_all: true,
    };
    let run = store.dry_run(lines, &bearer).await.map_err(failed)?;
    say(&run, &bearer.institutions);
    let sum = sum(&run);
    if is_dry {
        return Ok(format!("nothing was written (dry run): {sum}"));
    }
    if run.sum().wrong > 0 {
        return Err(format!("nothing was written: {sum}"));
    }
    let done = store.import_modules(Actor::System, None, run.writings()).await;
    done.map_err(|error| format!("nothing was written: {error}"))?;
    Ok(format!("written as drafts: {sum}"))
}

fn read(file: &Path) -> Result<Vec<Vec<String>>, String> {
    let failed = |error: std::io::Error| format!("“{}” cannot be read: {error}", file.display());
    if std::fs::metadata(file).map_err(failed)?.len() > FILE_BYTES_MAX {
        return Err(format!(
            "“{}” is larger than {} MiB",
            file.display(),
            FILE_BYTES_MAX / 1024 / 1024
        ));
    }
    let bytes = std::fs::read(file).map_err(failed)?;
    rows(&bytes).map_err(|error| format!("“{}”: {error}", file.display()))
}

/// Says row by row and cell by cell what a table would do.
fn say(run: &DryRun, institutions: &[(OrganisationId, String)]) {
    for row in &run.rows {
        let place = match &row.target {
            Target::Nowhere(why) => {
                super::say(&format!("row {}{}", row.number, misplaced(why)));
                continue;
            }
            Target::Into(code) => format!("row {} {code}", row.number),
            Target::New(code, of) => {
                let named = institutions.iter().find(|(id, _)| id == of);
                let of = named.map(|(_, name)| name.as_str()).unwrap_or_default();
                super::say(&format!("row {} {code}: new module of {of}", row.number));
                format!("row {} {code}", row.number)
            }
        };
        for (field, finding) in &row.cells {
            let key = field.key();
            match finding {
                Finding::Same => {}
                Finding::New(after) => super::say(&format!("{place} {key}: new: {after:?}")),
                Finding::Changed { before, after } => {
                    super::say(&format!("{place} {key}: changed: {before:?} → {after:?}"));
                }
                Finding::Wrong(wrong) => super::say(&format!("{place} {key}: wrong: {wrong}")),
            }
        }
    }
    if !run.missing.is_empty() {
        let codes: Vec<_> = run.missing.iter().map(ModuleCode::as_str).collect();
        super::say(&format!(
            "not in the file, left as they are: {}",
            codes.join(", ")
        ));
    }
}

fn misplaced(why: &Misplaced) -> String {
    match why {
        Misplaced::NotACode(typed) => format!(": “{typed}” is not a code"),
        Misplaced::Twice(code) => format!(": {code} stands in a row above"),
        Misplaced::BeingReviewed(code) => format!(" {code}: is being reviewed; take it back first"),
        Misplaced::NotYours(code) => format!(" {code}: belongs to another institution"),
        Misplaced::NoInstitution(code, named) => format!(" {code}: no institution is called “{named}”"),
        Misplaced::NoRoom(code) => format!(" {code}: the catalogue has no room for more modules"),
    }
}

fn sum(run: &DryRun) -> String {
    let sum = run.sum();
    format!(
        "{} new, {} changed, {} unchanged, {} wrong cells; {} modules",
        sum.new, sum.changed, sum.same, sum.wrong, sum.modules
    )
}
