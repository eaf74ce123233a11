//! How a call proves that it comes from the provider: it shows our secret, or a signature under it. Nothing is proven to a
//! channel whose secret is not set.

use kernel::Secret;

use crate::signature::is_signed;
use crate::{Unreadable, same_secret};

/// `shown` is our secret.
pub fn by_secret(secret: &Secret, shown: Option<&[u8]>) -> Result<(), Unreadable> {
    let shown = against(secret, shown)?;
    if same_secret(secret, shown) { Ok(()) } else { Err(Unreadable::BadSignature) }
}

/// `shown` is `before` and the signature of these very bytes.
pub fn by_signature(secret: &Secret, bytes: &[u8], shown: Option<&[u8]>, before: &str) -> Result<(), Unreadable> {
    let signature = against(secret, shown)?.strip_prefix(before.as_bytes());
    if signature.is_some_and(|signature| is_signed(secret, bytes, signature)) { Ok(()) } else { Err(Unreadable::BadSignature) }
}

/// What is shown, if there is a secret to hold it against.
fn against<'a>(secret: &Secret, shown: Option<&'a [u8]>) -> Result<&'a [u8], Unreadable> {
    if secret.is_empty() {
        return Err(Unreadable::NoSecret);
    }
    shown.filter(|shown| !shown.is_empty()).ok_or(Unreadable::Unsigned)
}
