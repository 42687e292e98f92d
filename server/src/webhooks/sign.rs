//! The signature: HMAC-SHA256 over id, time and body (Standard Webhooks, "Signature scheme").

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::hmac;

/// How a secret begins.
pub const SECRET_START: &str = "whsec_";

/// The value of `webhook-signature`. A secret that cannot be read signs with what stands there.
#[must_use]
pub fn signature(secret: &str, id: &str, seconds: i64, body: &str) -> String {
    let text = secret.strip_prefix(SECRET_START).unwrap_or(secret);
    let bytes = STANDARD.decode(text).unwrap_or_else(|_| text.as_bytes().to_vec());
    let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
    let signed = hmac::sign(&key, format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(signed.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn the_example_of_the_specification_is_signed_as_it_says() {
        let signed = signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
