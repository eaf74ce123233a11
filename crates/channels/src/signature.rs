//! Signatures over the very bytes of a call: HMAC-SHA256 in lower-case hex, as most providers write them.

use hmac::{Hmac, KeyInit, Mac};
use kernel::Secret;
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The signature of `bytes` under `key`, in lower-case hex.
pub fn signature(key: &Secret, bytes: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes()).expect("HMAC takes keys of any length");
    mac.update(bytes);
    hex::encode(mac.finalize().into_bytes())
}

/// Whether `shown` signs these bytes, in a time that does not tell how near it came. Nothing is signed with an unset key.
pub fn is_signed(key: &Secret, bytes: &[u8], shown: &[u8]) -> bool {
    bool::from(signature(key, bytes).as_bytes().ct_eq(shown)) && !key.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_standard_and_of_no_other_bytes() {
        // RFC 4231, test case 2
        let key = Secret::new("Jefe");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature(&key, b"what do ya want for nothing?"), expected);
        assert!(is_signed(&key, b"what do ya want for nothing?", expected.as_bytes()));
        for (key, bytes, shown) in [
            ("Jefe", "what do ya want for nothing", expected.to_owned()),
            ("jefe", "what do ya want for nothing?", expected.to_owned()),
            ("Jefe", "what do ya want for nothing?", expected.to_uppercase()),
            ("Jefe", "what do ya want for nothing?", expected[..63].to_owned()),
            ("Jefe", "what do ya want for nothing?", format!("{expected}0")),
            ("", "", signature(&Secret::new(""), b"")),
        ] {
            assert!(!is_signed(&Secret::new(key), bytes.as_bytes(), shown.as_bytes()), "{key} {bytes} {shown}");
        }
    }
}
