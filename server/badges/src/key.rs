//! The key pair, and its public half as JSON Web Key.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// None could be made: the system gives no randomness.
    #[error("no key could be made")]
    Made,
    /// What was kept is no key.
    #[error("what was kept is no key")]
    Kept,
}

/// A key pair.
#[derive(Debug)]
pub struct Key {
    pair: Ed25519KeyPair,
}

impl Key {
    /// Makes a key pair. Returns it as it is kept: PKCS#8 in base64.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn make() -> Result<String, KeyError> {
        let bytes = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| KeyError::Made)?;
        Ok(STANDARD.encode(bytes.as_ref()))
    }

    /// Reads a key pair as it was kept.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(kept: &str) -> Result<Self, KeyError> {
        let bytes = STANDARD.decode(kept).map_err(|_| KeyError::Kept)?;
        let pair = Ed25519KeyPair::from_pkcs8(&bytes).map_err(|_| KeyError::Kept)?;
        Ok(Self { pair })
    }

    /// The public half, in base64url.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.public_key().as_ref())
    }

    /// The signature of some bytes, in base64url.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(self.pair.sign(bytes).as_ref())
    }
}

/// A secret that two sides share, as Standard Webhooks write it.
#[must_use]
pub fn secret(random: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(random))
}

/// The public half as JSON Web Key (RFC 8037, section 2).
#[must_use]
pub fn jwk(public: &str, kid: &str) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "x": public, "kid": kid, "use": "sig", "alg": "EdDSA" })
}
