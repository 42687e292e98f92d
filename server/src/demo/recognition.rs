//! What people can do already: applications that are decided, and one that waits.

use std::collections::BTreeSet;

use domain::account::Role;
use domain::ids::PersonId;
use domain::module::ModuleCode;
use domain::module::review::Reviewer;
use domain::recognition::claim::{Claim, Claims};
use domain::recognition::finding::{Finding, Findings};
use domain::recognition::{Evidence, FileKind, FileName, Grasp, Procedure, Refusal};
use paper::{Block, Date, Document};
use serde::Deserialize;
use store::Store;
use store::recognition::{Change, Uploaded};

use super::content::{Content, wrong};
use super::{Accounts, DemoError};

const FILE: &str = "recognitions.json";

/// An application.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognition {
    applicant: String,
    module: ModuleCode,
    procedure: String,
    /// Who decides; nobody yet, if it is empty.
    reviewer: String,
    /// Names of files.
    files: Vec<String>,
    /// How well, and from where: in the order of the outcomes.
    claims: Vec<(Grasp, String)>,
    /// Whether it counts, by what, in which files, why, and what others may learn from it.
    findings: Vec<(bool, Evidence, BTreeSet<u32>, String, String)>,
}

/// Plays the applications.
///
/// # Errors
/// See [`DemoError`].
pub async fn play(store: &Store, content: &Content, accounts: &Accounts) -> Result<(), DemoError> {
    for one in &content.recognitions {
        apply(store, content, accounts, one).await?;
    }
    Ok(())
}

fn person(accounts: &Accounts, email: &str) -> Result<PersonId, DemoError> {
    accounts.get(email).copied().ok_or_else(|| wrong(FILE, email))
}

async fn apply(
    store: &Store,
    content: &Content,
    accounts: &Accounts,
    one: &Recognition,
) -> Result<(), DemoError> {
    let applicant = Reviewer {
        person: person(accounts, &one.applicant)?,
        curates: BTreeSet::new(),
        is_staff: false,
    };
    let procedure = Procedure::parse(&one.procedure).ok_or_else(|| wrong(FILE, &one.procedure))?;
    let id = store
        .begin_recognition(applicant.person, &one.module, procedure)
        .await?;
    let outcomes = store.recognition(id).await?.content.outcomes();
    let numbers: Vec<u32> = outcomes.iter().map(|outcome| outcome.number).collect();
    for name in &one.files {
        let file = Uploaded {
            name: FileName::parse(name, FileKind::Pdf).map_err(|_| wrong(FILE, name))?,
            kind: FileKind::Pdf,
            content: example(name)?,
        };
        allowed(store.add_evidence(applicant.clone(), id, file).await?)?;
    }
    let claims = numbers.iter().zip(&one.claims).map(|(number, (grasp, said))| {
        let claim = Claim {
            grasp: Some(*grasp),
            said: said.clone(),
        };
        (*number, claim)
    });
    let write = Change::Write(Claims(claims.collect()));
    for change in [write, Change::Submit] {
        allowed(store.change_recognition(applicant.clone(), id, change).await?)?;
    }
    if one.findings.is_empty() {
        return Ok(());
    }
    let module = store.module(&one.module).await?;
    let account = content
        .people
        .accounts
        .iter()
        .find(|account| account.email == one.reviewer);
    let is_staff = account.is_some_and(|account| account.role == Role::Staff);
    let reviewer = Reviewer {
        person: person(accounts, &one.reviewer)?,
        curates: if is_staff {
            BTreeSet::new()
        } else {
            module.owner_ids()
        },
        is_staff,
    };
    let findings =
        numbers
            .iter()
            .zip(&one.findings)
            .map(|(number, (granted, by, files, reason, precedent))| {
                let finding = Finding {
                    granted: *granted,
                    by: *by,
                    files: files.clone(),
                    reason: reason.clone(),
                    precedent: precedent.clone(),
                };
                (*number, finding)
            });
    let decide = Change::Decide(Findings(findings.collect()));
    allowed(store.change_recognition(reviewer, id, decide).await?)?;
    Ok(())
}

/// What the rules forbid has no place in the demo.
fn allowed<T>(done: Result<T, Refusal>) -> Result<T, DemoError> {
    done.map_err(|refusal| wrong(FILE, &refusal.to_string()))
}

/// A page that says that it is an example.
fn example(name: &str) -> Result<Vec<u8>, DemoError> {
    let document = Document {
        title: name.to_owned(),
        lead: "Ein Beispiel. Hier stünde ein Nachweis.".to_owned(),
        about: "Demo der Plattform".to_owned(),
        made_on: Date {
            year: 2026,
            month: 1,
            day: 1,
        },
        is_draft: false,
        blocks: vec![Block::Small("Diese Seite gehört zu niemandem.".to_owned())],
    };
    paper::write(&document).map_err(|error| wrong(FILE, &error.to_string()))
}
