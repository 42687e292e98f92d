//! Demo content for an empty database.
//!
//! The story is played through the same verbs that people use, with a clock of its own that runs from the first
//! entry half a year ago until now. So seats, waiting lists, histories and mails are as they would be.
//!
//! - [`content`]: the files in `demo/`, compiled into the binary
//! - [`calendar`]: days counted from the day of loading
//! - [`story`]: who does what when
//! - [`boards`]: boards and what stands on them
//! - [`modules`]: the catalogue, with versions in all states
//! - [`recognition`]: what people can do already
//! - [`templates`]: the same questions in several districts

pub mod boards;
pub mod calendar;
pub mod content;
pub mod modules;
pub mod recognition;
pub mod story;
pub mod templates;

use std::collections::HashMap;

use domain::account::Role;
use domain::ids::{OrganisationId, PersonId};
use domain::module::ModuleCode;
use domain::plan::Programme;

use domain::time::Instant;
use futures::future::try_join_all;
use store::audit::Actor;
use store::workshops::WorkshopFilter;
use store::{Ambient, Store, StoreError};

use content::Content;

/// Mails of the story that are taken out of the outbox at once.
const MAILS_AT_ONCE: i64 = 200;

/// Why the demo was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// A file in `demo/` does not say what it should.
    #[error("demo/{file}: {problem}")]
    Content {
        /// Which file.
        file: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// The database refused a step.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// Loads the demo if the database has neither a Veranstaltung nor an organisation. Returns whether it did.
///
/// # Errors
/// See [`DemoError`].
pub async fn load(database_url: &str, now: Instant) -> Result<bool, DemoError> {
    let clock = Ambient::manual(now);
    let store = Store::open(database_url, clock.clone()).await?;
    let any = WorkshopFilter {
        include_drafts: true,
        limit: 1,
        ..WorkshopFilter::default()
    };
    let is_empty = store.workshops(&any).await?.is_empty() && store.organisations().await?.is_empty();
    if is_empty {
        tracing::info!("loading the demo");
        play(&store, &clock, now).await?;
    }
    store.close().await;
    Ok(is_empty)
}

async fn play(store: &Store, clock: &Ambient, now: Instant) -> Result<(), DemoError> {
    let content = Content::read()?;
    let steps = story::steps(&content, now)?;
    let start = steps.first().map_or(now, |step| step.at);
    clock.set(start);
    let accounts = enter_organisations_and_accounts(store, &content).await?;
    let desk = modules::Desk::open(store, &content, &accounts).await?;
    desk.publish(clock, &content.modules, start).await?;
    enter_programmes(store, &content).await?;
    let workshops = story::play(store, clock, &content, steps).await?;
    clock.set(now);
    recognition::play(store, &content, &accounts).await?;
    send_to_nobody(store).await?;
    boards::play(store, &content, &workshops).await?;
    templates::play(store, &content).await?;
    desk.draft(&content.modules).await
}

/// Certificates, whose rules name modules that are published.
async fn enter_programmes(store: &Store, content: &Content) -> Result<(), DemoError> {
    let taught = store.catalogue().await?;
    let is_taught = |code: &ModuleCode| taught.iter().any(|listed| listed.module.code == *code);
    for programme in &content.programmes {
        let said = Programme::parse(&programme.content, is_taught);
        let said = said.map_err(|wrong| DemoError::Content {
            file: "programmes.json",
            problem: format!("{}: {wrong:?}", programme.code),
        })?;
        store
            .save_programme(Actor::System, &programme.code, &said, true)
            .await?;
    }
    Ok(())
}

/// Who has an account, by address.
pub type Accounts = HashMap<String, PersonId>;

async fn enter_organisations_and_accounts(store: &Store, content: &Content) -> Result<Accounts, DemoError> {
    let ids = try_join_all(
        content
            .organisations
            .iter()
            .map(async |organisation| -> Result<_, DemoError> {
                let id = store
                    .organisation_upsert(organisation.name()?, organisation.kind, organisation.district())
                    .await?;
                Ok((organisation.key.as_str(), id))
            }),
    )
    .await?;
    let id_of = |key: &str| ids.iter().find(|(other, _)| *other == key).map(|(_, id)| *id);
    let entered = try_join_all(
        content
            .people
            .accounts
            .iter()
            .map(async |account| -> Result<_, DemoError> {
                // Only a curator's role hangs on an organisation.
                let of: Option<OrganisationId> = account
                    .organisation
                    .as_deref()
                    .filter(|_| account.role == Role::Curator)
                    .and_then(id_of);
                let email = content::email(&account.email)?;
                let person = store.admin_add(Actor::System, &email, account.role, of).await?;
                let name = content::person_name(&account.name)?;
                let organisation = match account
                    .organisation
                    .as_deref()
                    .and_then(|key| content.organisation(key))
                {
                    Some(organisation) => Some(organisation.name()?),
                    None => None,
                };
                store
                    .update_account(person, Some(name), organisation, account.district())
                    .await?;
                Ok((account.email.clone(), person))
            }),
    )
    .await?;
    Ok(entered.into_iter().collect())
}

/// Takes the mails of the story out of the outbox: nobody gets them, and staff can read them as sent.
async fn send_to_nobody(store: &Store) -> Result<(), StoreError> {
    loop {
        let mails = store.claim_mails(MAILS_AT_ONCE).await?;
        if mails.is_empty() {
            return Ok(());
        }
        try_join_all(mails.iter().map(|mail| store.mail_sent(&mail.id))).await?;
    }
}
