//! `lafast admin`: accounts with a role.

use domain::account::Role;
use domain::contact::EmailAddress;
use domain::organisation::{OrganisationKind, OrganisationName};
use store::audit::Actor;

use crate::config::Config;

/// Gives a role to a mail address; `organisation` is entered if it is not there.
///
/// # Errors
/// What does not fit, in one line.
pub async fn add(config: &Config, email: &str, role: &str, organisation: Option<&str>) -> Result<(), String> {
    let address = EmailAddress::parse(email)
        .map_err(|_| format!("“{email}” is not a mail address. Example: name@traeger.example"))?;
    let role = Role::parse(role).ok_or_else(|| format!("“{role}” is not a role. Example: --role staff"))?;
    let name = organisation
        .map(OrganisationName::parse)
        .transpose()
        .map_err(|_| "--organisation needs 2 to 160 characters".to_owned())?;
    // Who curates modules works at a university.
    let kind = match role {
        Role::Curator => OrganisationKind::University,
        _ => OrganisationKind::Other,
    };
    let store = super::open(config).await?;
    let failed = |error: store::StoreError| format!("the role was not given: {error}");
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
