//! `lafast admin`: accounts with a role.

use domain::account::Role;
use domain::contact::EmailAddress;
use domain::ids::OrganisationId;
use domain::organisation::{OrganisationKind, OrganisationName};
use store::audit::Actor;
use store::{Store, StoreError};

use crate::config::Config;

/// Gives a role to a mail address; `organisation` is entered if it is not there.
///
/// # Errors
/// What does not fit, in one line.
pub async fn add(config: &Config, email: &str, role: &str, organisation: Option<&str>) -> Result<(), String> {
    let (address, role, name) = typed(email, role, organisation)?;
    // Without one, there would be no module that the person could see.
    if role == Role::Curator && name.is_none() {
        return Err(
            "--role curator needs --organisation NAME: whose modules the person looks after".to_owned(),
        );
    }
    // Who curates modules works at a university.
    let kind = match role {
        Role::Curator => OrganisationKind::University,
        _ => OrganisationKind::Other,
    };
    let store = super::open(config).await?;
    let failed = |error: StoreError| format!("the role was not given: {error}");
    let organisation = match name {
        Some(name) => Some(
            store
                .organisation_upsert(name, kind, None)
                .await
                .map_err(failed)?,
        ),
        None => None,
    };
    store
        .admin_add(Actor::System, &address, role, organisation)
        .await
        .map_err(failed)?;
    store.close().await;
    super::say(&format!(
        "{} may now sign in as {} at {}",
        address.as_str(),
        role.key(),
        config.public_url.join("/konto/anmelden")
    ));
    Ok(())
}

/// Takes a role from a mail address: at `organisation`, or without one wherever it was given.
///
/// # Errors
/// What does not fit, or that there is no such role, in one line.
pub async fn remove(
    config: &Config,
    email: &str,
    role: &str,
    organisation: Option<&str>,
) -> Result<(), String> {
    let (address, role, name) = typed(email, role, organisation)?;
    let store = super::open(config).await?;
    let done = take(&store, &address, role, name.as_ref()).await;
    store.close().await;
    match done {
        Ok(()) => {
            super::say(&format!(
                "{} is no longer {}, and signed out everywhere; the account stays",
                address.as_str(),
                role.key()
            ));
            Ok(())
        }
        Err(StoreError::NotFound) => {
            let at = name
                .map(|name| format!(" at {}", name.as_str()))
                .unwrap_or_default();
            Err(format!(
                "{} does not have the role {}{at}: nothing was changed",
                address.as_str(),
                role.key()
            ))
        }
        Err(error) => Err(format!("the role was not taken away: {error}")),
    }
}

/// What was typed, in sense.
fn typed(
    email: &str,
    role: &str,
    organisation: Option<&str>,
) -> Result<(EmailAddress, Role, Option<OrganisationName>), String> {
    let address = EmailAddress::parse(email)
        .map_err(|_| format!("“{email}” is not a mail address. Example: name@traeger.example"))?;
    let role = Role::parse(role).ok_or_else(|| format!("“{role}” is not a role. Example: --role staff"))?;
    let name = organisation
        .map(OrganisationName::parse)
        .transpose()
        .map_err(|_| "--organisation needs 2 to 160 characters".to_owned())?;
    Ok((address, role, name))
}

async fn take(
    store: &Store,
    address: &EmailAddress,
    role: Role,
    name: Option<&OrganisationName>,
) -> Result<(), StoreError> {
    let organisation = match name {
        Some(name) => Some(known(store, name).await?),
        None => None,
    };
    store
        .admin_remove(Actor::System, address, role, organisation)
        .await
        .map(|_| ())
}

/// The organisation of this name. None is entered for a role that is taken away.
async fn known(store: &Store, name: &OrganisationName) -> Result<OrganisationId, StoreError> {
    let all = store.organisations().await?;
    let is_it = |other: &str| OrganisationName::parse(other).is_ok_and(|other| other.key() == name.key());
    let found = all.into_iter().find(|one| is_it(&one.name));
    found.map(|one| one.id).ok_or(StoreError::NotFound)
}
