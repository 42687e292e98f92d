//! Modules: written by one curator, looked at by another and by the office; versions in all states.

use std::collections::{BTreeMap, BTreeSet};

use domain::account::Role;
use domain::ids::{CommentId, ModuleId, OrganisationId};
use domain::module::review::{Act, Reviewer, State};
use domain::module::{Content as Said, Field, ModuleCode, typed};
use domain::time::Instant;
use store::modules::ModuleDraft;
use store::{Ambient, Store};

use super::content::{Content, Module, wrong};
use super::{Accounts, DemoError};

const FILE: &str = "modules.json";
/// So long before everything else the earlier versions were published, in hours.
const EARLIER_HOURS: i64 = 60 * 24;
/// And so long before it the versions that count, in hours.
const CURRENT_HOURS: i64 = 24;

/// Who writes and who agrees.
pub struct Desk<'a> {
    store: &'a Store,
    /// Per institution: who writes, who agrees.
    curators: BTreeMap<&'a str, (OrganisationId, [Reviewer; 2])>,
    office: Reviewer,
}

fn refused(code: &str, why: impl std::fmt::Display) -> DemoError {
    wrong(FILE, &format!("{code}: {why}"))
}

impl<'a> Desk<'a> {
    /// What counts: published in the time before the story, which begins at `start`.
    ///
    /// # Errors
    /// When the file does not fit, or the database or the rules refuse a step.
    pub async fn publish(
        &self,
        clock: &Ambient,
        modules: &[Module],
        start: Instant,
    ) -> Result<(), DemoError> {
        clock.set(start.plus_hours(-EARLIER_HOURS));
        for module in modules {
            self.create(module).await?;
        }
        // What requires another one is handed in when all are there.
        for module in modules {
            if matches!(module.state, State::Published | State::Withdrawn) {
                self.brings(module, 1, State::Published).await?;
            }
        }
        clock.set(start.plus_hours(-CURRENT_HOURS));
        for module in modules.iter().filter(|module| !module.earlier.is_empty()) {
            let now = |field: &Field| (*field, module.fields.get(field).cloned().unwrap_or_default());
            let number = self.writes(module, module.earlier.keys().map(now)).await?;
            self.brings(module, number, State::Published).await?;
        }
        Ok(())
    }

    /// What is being written, looked at and withdrawn now.
    ///
    /// # Errors
    /// As [`Desk::publish`].
    pub async fn draft(&self, modules: &[Module]) -> Result<(), DemoError> {
        for module in modules {
            if let Some(draft) = &module.draft {
                let fields = draft.fields.iter().map(|(field, text)| (*field, text.clone()));
                let number = self.writes(module, fields).await?;
                self.says(module, number, draft.comment.as_ref()).await?;
                self.brings(module, number, draft.state).await?;
            } else if module.state != State::Published {
                self.says(module, 1, module.comment.as_ref()).await?;
                self.brings(module, 1, module.state).await?;
            }
        }
        Ok(())
    }

    /// The desk of these accounts.
    ///
    /// # Errors
    /// When an institution has not two curators, or nobody is at the office.
    pub async fn open(
        store: &'a Store,
        content: &'a Content,
        accounts: &Accounts,
    ) -> Result<Self, DemoError> {
        let organisations = store.organisations().await?;
        let mut curators: BTreeMap<&str, (OrganisationId, Vec<Reviewer>)> = BTreeMap::new();
        let mut office = None;
        for account in &content.people.accounts {
            let role = account.role;
            let key = account.organisation.as_deref().unwrap_or_default();
            let named = content
                .organisation(key)
                .map(|organisation| organisation.name())
                .transpose()?;
            let found = organisations
                .iter()
                .find(|one| named.as_ref().is_some_and(|name| one.name == name.as_str()));
            if role == Role::Participant {
                continue;
            }
            let of = found.map(|one| one.id).filter(|_| role == Role::Curator);
            let person = *accounts
                .get(account.email.as_str())
                .ok_or_else(|| refused(&account.email, "no account"))?;
            let reviewer = Reviewer {
                person,
                curates: of.into_iter().collect(),
                is_staff: role != Role::Curator,
            };
            match of {
                Some(of) => curators.entry(key).or_insert((of, Vec::new())).1.push(reviewer),
                None => office = office.or(Some(reviewer)),
            }
        }
        let pairs = curators.into_iter().map(|(key, (id, reviewers))| {
            let pair =
                <[Reviewer; 2]>::try_from(reviewers).map_err(|_| refused(key, "two curators are needed"))?;
            Ok((key, (id, pair)))
        });
        Ok(Self {
            store,
            curators: pairs.collect::<Result<_, DemoError>>()?,
            office: office.ok_or_else(|| refused("accounts", "nobody is at the office"))?,
        })
    }

    fn of(&self, module: &Module) -> Result<&(OrganisationId, [Reviewer; 2]), DemoError> {
        let found = self.curators.get(module.owner.as_str());
        found.ok_or_else(|| refused(&module.code, "no such institution"))
    }

    async fn create(&self, module: &Module) -> Result<(), DemoError> {
        let (owner, [author, _]) = self.of(module)?;
        let mut content = Said::default();
        for (field, text) in module.fields.iter().chain(&module.earlier) {
            let written = content.write(*field, text);
            written.map_err(|why| refused(&module.code, format!("{}: {why:?}", field.key())))?;
        }
        let draft = ModuleDraft {
            id: ModuleId(self.store.ambient().uuid()),
            code: code(module)?,
            owners: BTreeSet::from([*owner]),
            content,
            demo: true,
        };
        Ok(self.store.create_module(author.person, draft).await?)
    }

    /// Begins a version and writes into its fields. Returns its number.
    async fn writes(
        &self,
        module: &Module,
        fields: impl Iterator<Item = (Field, String)>,
    ) -> Result<i64, DemoError> {
        let (_, [author, _]) = self.of(module)?;
        let code = code(module)?;
        let number = self.store.begin_version(author.clone(), &code).await?;
        let number = number.map_err(|why| refused(&module.code, why))?;
        let before = self.store.examine_module(&code, number).await?.version.content;
        for (field, text) in fields {
            let now = typed::parse(field, &text).map_err(|why| refused(&module.code, format!("{why:?}")))?;
            let stands = before.get(field).to_owned();
            let written = self
                .store
                .write_module_field(author.clone(), &code, number, field, stands, now)
                .await?;
            written.map_err(|why| refused(&module.code, format!("{why:?}")))?;
        }
        Ok(number)
    }

    async fn says(
        &self,
        module: &Module,
        number: i64,
        comment: Option<&(Field, String)>,
    ) -> Result<(), DemoError> {
        let (Some((field, said)), (_, [_, other])) = (comment, self.of(module)?) else {
            return Ok(());
        };
        let id = CommentId(self.store.ambient().uuid());
        let done = self
            .store
            .comment_module(other.clone(), &code(module)?, number, (id, *field, said.clone()))
            .await?;
        done.map_err(|why| refused(&module.code, why))
    }

    /// Takes a version as far as this.
    async fn brings(&self, module: &Module, number: i64, state: State) -> Result<(), DemoError> {
        let (_, [author, other]) = self.of(module)?;
        let code = code(module)?;
        let to_approved = [
            (author, Act::Submit),
            (other, Act::Approve),
            (&self.office, Act::Approve),
        ];
        let steps: &[(&Reviewer, Act)] = match state {
            State::Draft | State::Archived => &[],
            State::InReview => &to_approved[..1],
            State::ChangesRequested => &[(author, Act::Submit), (other, Act::RequestChanges)],
            State::Approved => &to_approved,
            State::Published => &[
                (author, Act::Submit),
                (other, Act::Approve),
                (&self.office, Act::Approve),
                (author, Act::Publish),
            ],
            State::Withdrawn => &[(&self.office, Act::Withdraw)],
        };
        for (who, act) in steps {
            let reason = match act {
                Act::Withdraw => "Die Akademie bietet diese Reihe nicht mehr an.".to_owned(),
                _ => "Bitte klären Sie die Stunden in der Praxis noch einmal mit dem Beirat.".to_owned(),
            };
            let done = self
                .store
                .review_module((*who).clone(), &code, number, *act, reason)
                .await?;
            done.map_err(|why| refused(&module.code, format!("{}: {why}", act.key())))?;
        }
        Ok(())
    }
}

fn code(module: &Module) -> Result<ModuleCode, DemoError> {
    ModuleCode::parse(&module.code).map_err(|why| refused(&module.code, why))
}
