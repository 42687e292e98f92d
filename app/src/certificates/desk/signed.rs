//! Certificates as signed badges.

use badges::{Addresses, Key, credential, sign};
use domain::certificate::{Certificate, CertificateCode};
use domain::ids::OrganisationId;
use domain::time::Instant;
use store::certificates::SigningKey;
use store::{Store, StoreError};

use crate::public_address::PublicAddress;

/// A key, ready to sign.
#[derive(Debug)]
pub struct Signer {
    key: Key,
    kid: String,
    public: PublicAddress,
}

/// Why nothing can be signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The database fails.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The key cannot be used.
    #[error("{0}")]
    Key(#[from] badges::KeyError),
}

impl Signer {
    /// The key of this installation; the first time one is made.
    pub async fn of(store: &Store, public: PublicAddress) -> Result<Self, SignError> {
        let kept: SigningKey = match store.signing_key().await? {
            Some(kept) => kept,
            None => {
                let made = Key::make()?;
                let half = Key::read(&made)?.public();
                store.keep_signing_key(made, half).await?
            }
        };
        Ok(Self {
            key: Key::read(&kept.secret)?,
            kid: public.join(&format!("/abzeichen/schluessel/{}", kept.id)),
            public,
        })
    }

    /// A certificate as signed badge.
    pub fn badge(
        &self,
        code: &CertificateCode,
        facts: &Certificate,
        issuer: OrganisationId,
        now: Instant,
    ) -> String {
        let at = Addresses {
            check: self.public.join(&format!("/nachweis/{}", code.as_str())),
            module: self
                .public
                .join(&format!("/module/{}/fassung/{}", facts.module, facts.version)),
            issuer: self.public.join(&format!("/abzeichen/aussteller/{issuer}")),
        };
        let said = credential(facts, &at, &now.to_rfc3339(), now.micros() / 1_000_000);
        sign(&self.key, &self.kid, &said)
    }
}
