//! Signing, and reading what was signed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::key::Key;

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not three parts of base64url, or no JSON in them.
    #[error("not a token")]
    Form,
    /// Signed in another way than ours.
    #[error("another algorithm")]
    Algorithm,
    /// Somebody has changed it, or another key signed it.
    #[error("the signature does not fit")]
    Signature,
}

/// Signs a credential. `kid` is the address of the public key.
#[must_use]
pub fn sign(key: &Key, kid: &str, credential: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let head = part(&json!({ "alg": "EdDSA", "typ": "JWT", "kid": kid }));
    let signed = format!("{head}.{}", part(credential));
    let signature = key.sign(signed.as_bytes());
    format!("{signed}.{signature}")
}

/// What a token says, if this key has signed it.
///
/// # Errors
/// Why it is not believed.
pub fn verify(token: &str, public: &str) -> Result<Value, TokenError> {
    let mut parts = token.split('.');
    let (Some(head), Some(body), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(TokenError::Form);
    };
    let bytes = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| TokenError::Form);
    let value = |part: &str| serde_json::from_slice::<Value>(&bytes(part)?).map_err(|_| TokenError::Form);
    if value(head)?["alg"] != "EdDSA" {
        return Err(TokenError::Algorithm);
    }
    let signed = token.rsplit_once('.').map_or("", |(signed, _)| signed);
    UnparsedPublicKey::new(&ED25519, bytes(public)?)
        .verify(signed.as_bytes(), &bytes(signature)?)
        .map_err(|_| TokenError::Signature)?;
    value(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_is_believed_and_nothing_else() {
        let key = Key::read(&Key::make().unwrap()).unwrap();
        let other = Key::read(&Key::make().unwrap()).unwrap();
        let said = json!({ "name": "Asylrecht", "sub": "ä" });
        let token = sign(&key, "https://lafast.example/abzeichen/schluessel/1", &said);
        assert_eq!(verify(&token, &key.public()), Ok(said));
        assert_eq!(verify(&token, &other.public()), Err(TokenError::Signature));
        let [head, body, signature] = token.split('.').collect::<Vec<_>>()[..] else {
            panic!("three parts");
        };
        let forged = URL_SAFE_NO_PAD.encode(json!({ "name": "Medizin" }).to_string());
        assert_eq!(
            verify(&format!("{head}.{forged}.{signature}"), &key.public()),
            Err(TokenError::Signature)
        );
        let none = URL_SAFE_NO_PAD.encode(json!({ "alg": "none" }).to_string());
        assert_eq!(
            verify(&format!("{none}.{body}."), &key.public()),
            Err(TokenError::Algorithm)
        );
        for broken in ["", "a.b", "a.b.c.d", "?.?.?"] {
            assert_eq!(verify(broken, &key.public()), Err(TokenError::Form), "{broken}");
        }
    }
}
