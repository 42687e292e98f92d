//! `lafast modules`: the catalogue as a file, and back.

use std::collections::BTreeMap;
use std::path::Path;

use domain::module::sheet::{self, Column, Finding, Line};
use domain::module::{Content, ModuleCode};
use domain::organisation::OrganisationName;
use store::Store;
use store::modules::Listed;
use store::modules::import::{Import, ImportedModule};

use crate::config::Config;
use crate::exchange::sheet::read::{FILE_BYTES_MAX, rows};
use crate::exchange::sheet::{Format, write};

/// Writes every module with its newest version to a new file; its ending says of what kind.
///
/// # Errors
/// What does not fit, in one line.
pub async fn export(config: &Config, file: &Path) -> Result<(), String> {
    let format = Format::of(file)
        .ok_or_else(|| format!("“{}” does not end in .csv, .xlsx or .json", file.display()))?;
    let store = super::open(config).await?;
    let modules = store
        .modules()
        .await
        .map_err(|error| format!("the catalogue cannot be read: {error}"))?;
    let bytes =
        write::file(format, &modules).map_err(|error| format!("the file was not written: {error}"))?;
    let written =
        std::fs::File::create_new(file).and_then(|mut new| std::io::Write::write_all(&mut new, &bytes));
    written.map_err(|error| format!("“{}” was not written: {error}", file.display()))?;
    store.close().await;
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
    let store = super::open(config).await?;
    let plan = plan(&store, &lines).await?;
    plan.say();
    if is_dry {
        super::say(&format!("nothing was written (dry run): {}", plan.sum()));
        return Ok(());
    }
    if plan.wrong > 0 {
        return Err(format!("nothing was written: {}", plan.sum()));
    }
    let sum = plan.sum();
    let done = store.import_modules(plan.modules).await;
    done.map_err(|error| format!("nothing was written: {error}"))?;
    store.close().await;
    super::say(&format!("written as drafts: {sum}"));
    Ok(())
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

/// What a file would do.
#[derive(Default)]
struct Plan {
    /// What to say, line by line.
    said: Vec<String>,
    modules: Vec<ImportedModule>,
    new: usize,
    changed: usize,
    same: usize,
    wrong: usize,
    /// Modules of the catalogue that the file does not name. They stay.
    missing: Vec<ModuleCode>,
}

impl Plan {
    fn say(&self) {
        for line in &self.said {
            super::say(line);
        }
        if !self.missing.is_empty() {
            let codes: Vec<_> = self.missing.iter().map(ModuleCode::as_str).collect();
            super::say(&format!(
                "not in the file, left as they are: {}",
                codes.join(", ")
            ));
        }
    }

    fn sum(&self) -> String {
        format!(
            "{} new, {} changed, {} unchanged, {} wrong cells; {} modules",
            self.new,
            self.changed,
            self.same,
            self.wrong,
            self.modules.len()
        )
    }
}

async fn plan(store: &Store, lines: &[Line]) -> Result<Plan, String> {
    let failed = |error: store::StoreError| format!("the catalogue cannot be read: {error}");
    let known = store.modules().await.map_err(failed)?;
    let organisations = store.organisations().await.map_err(failed)?;
    let known: BTreeMap<ModuleCode, Listed> = known
        .into_iter()
        .map(|listed| (listed.module.code.clone(), listed))
        .collect();
    let mut plan = Plan::default();
    for line in lines {
        let code = match &line.code {
            Ok(code) if !line.is_twice => code.clone(),
            Ok(code) => {
                plan.wrong += 1;
                plan.said
                    .push(format!("row {}: {code} stands in a row above", line.number));
                continue;
            }
            Err(typed) => {
                plan.wrong += 1;
                plan.said
                    .push(format!("row {}: “{typed}” is not a code", line.number));
                continue;
            }
        };
        let place = format!("row {} {code}", line.number);
        let listed = known.get(&code);
        let is_being_reviewed = listed.is_some_and(|listed| {
            use domain::module::review::State;
            matches!(listed.version.state, State::InReview | State::Approved)
        });
        let nothing = Content::default();
        let stands = listed.map_or(&nothing, |listed| &listed.version.content);
        let mut fields = Vec::new();
        for (field, cell) in &line.cells {
            let key = field.key();
            match sheet::compare(*field, stands.get(*field), cell) {
                Finding::Same => plan.same += 1,
                Finding::New(after) => {
                    plan.new += 1;
                    plan.said.push(format!("{place} {key}: new: {after:?}"));
                    fields.push((*field, after));
                }
                Finding::Changed { before, after } => {
                    plan.changed += 1;
                    plan.said
                        .push(format!("{place} {key}: changed: {before:?} → {after:?}"));
                    fields.push((*field, after));
                }
                Finding::Wrong(wrong) => {
                    plan.wrong += 1;
                    plan.said.push(format!("{place} {key}: wrong: {wrong}"));
                }
            }
        }
        if !fields.is_empty() && is_being_reviewed {
            plan.wrong += 1;
            plan.said
                .push(format!("{place}: is being reviewed; take it back first"));
        }
        let to = match listed {
            Some(_) => Import::Into,
            None => {
                let key = OrganisationName::parse(&line.institution)
                    .map(|name| name.key())
                    .unwrap_or_default();
                let is_it = |name: &str| OrganisationName::parse(name).is_ok_and(|name| name.key() == key);
                match organisations
                    .iter()
                    .find(|organisation| is_it(&organisation.name))
                {
                    Some(organisation) => {
                        plan.said
                            .push(format!("{place}: new module of {}", organisation.name));
                        Import::New(organisation.id)
                    }
                    None => {
                        plan.wrong += 1;
                        plan.said.push(format!(
                            "{place}: no institution is called “{}”",
                            line.institution
                        ));
                        continue;
                    }
                }
            }
        };
        if !fields.is_empty() || to != Import::Into {
            plan.modules.push(ImportedModule { code, to, fields });
        }
    }
    let named: Vec<&ModuleCode> = lines.iter().filter_map(|line| line.code.as_ref().ok()).collect();
    plan.missing = known.into_keys().filter(|code| !named.contains(&code)).collect();
    Ok(plan)
}
