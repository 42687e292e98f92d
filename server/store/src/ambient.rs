//! The clock, ids and randomness: passed in, so that a test can move time and repeat ids.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::account::{CODE_ALPHABET, CODE_CHARACTERS};
use domain::time::Instant;
use rand::Rng;
use uuid::{Builder, Uuid};

/// Letters and digits of tokens: Crockford's base 32, lower case.
const TOKEN_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Where time and randomness come from.
#[derive(Clone, Debug, Default)]
pub struct Ambient {
    /// A clock that a test moves by hand; otherwise the machine's.
    manual: Option<Arc<AtomicI64>>,
}

impl Ambient {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until it is moved.
    #[must_use]
    pub fn manual(start: Instant) -> Self {
        Self {
            manual: Some(Arc::new(AtomicI64::new(start.micros()))),
        }
    }

    /// Moves a manual clock; does nothing to the machine's.
    pub fn advance_seconds(&self, seconds: i64) {
        if let Some(clock) = &self.manual {
            clock.fetch_add(seconds * 1_000_000, Ordering::SeqCst);
        }
    }

    /// Sets a manual clock; does nothing to the machine's.
    pub fn set(&self, instant: Instant) {
        if let Some(clock) = &self.manual {
            clock.store(instant.micros(), Ordering::SeqCst);
        }
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Instant {
        match &self.manual {
            Some(clock) => Instant(clock.load(Ordering::SeqCst)),
            None => system_now(),
        }
    }

    /// A UUIDv7 of now.
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        let millis = u64::try_from(self.now().micros() / 1_000).unwrap_or(0);
        Builder::from_unix_timestamp_millis(millis, &random()).into_uuid()
    }

    /// 130 random bits as 26 letters and digits, for links and sessions (at least 128 bits: OWASP ASVS 5.0, 7.2.3).
    #[must_use]
    pub fn token(&self) -> String {
        random::<26>()
            .iter()
            .map(|byte| char::from(TOKEN_ALPHABET[usize::from(byte % 32)]))
            .collect()
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        random()
    }

    /// A sign-in code of [`CODE_CHARACTERS`] letters and digits, each equally likely.
    #[must_use]
    pub fn code(&self) -> String {
        let alphabet = CODE_ALPHABET.as_bytes();
        let mut code = String::with_capacity(CODE_CHARACTERS);
        while code.len() < CODE_CHARACTERS {
            for byte in random::<16>() {
                let usable = 256 - 256 % alphabet.len();
                if usize::from(byte) < usable && code.len() < CODE_CHARACTERS {
                    code.push(char::from(alphabet[usize::from(byte) % alphabet.len()]));
                }
            }
        }
        code
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the machine's clock is read"
)]
fn system_now() -> Instant {
    let since_epoch = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Instant(i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the machine's randomness is read"
)]
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_by_hand() {
        let ambient = Ambient::manual(Instant(1_000_000));
        ambient.advance_seconds(2);
        assert_eq!(ambient.now(), Instant(3_000_000));
    }

    #[test]
    fn tokens_and_codes_have_their_length_and_alphabet() {
        let ambient = Ambient::system();
        assert_eq!(ambient.token().len(), 26);
        assert!(
            ambient
                .code()
                .chars()
                .all(|character| CODE_ALPHABET.contains(character))
        );
        assert_ne!(ambient.token(), ambient.token());
    }
}
