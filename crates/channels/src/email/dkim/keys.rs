//! Keys to sign with: read as programs write them, in PEM, and told to the world as a record.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::Secret;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use sha2::{Digest, Sha256};

use super::made::{BIT_STRING, SEQUENCE, der};

/// `rsaEncryption` and its empty parameters.
const RSA: [u8; 15] = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

pub enum SigningKey {
    /// Read by every receiver. From 2,048 bits on.
    Rsa(Box<RsaKeyPair>),
    /// Short; some large receivers do not read it yet (RFC 8463).
    Ed25519(Ed25519KeyPair),
}

impl SigningKey {
    /// PKCS #8 or PKCS #1, not encrypted. None: no key that can sign here.
    pub fn read(pem: &Secret) -> Option<Self> {
        let (kind, inside) = inside(pem.expose())?;
        match kind {
            "RSA PRIVATE KEY" => RsaKeyPair::from_der(&inside).ok().map(|key| Self::Rsa(Box::new(key))),
            "PRIVATE KEY" => {
                let rsa = RsaKeyPair::from_pkcs8(&inside).ok().map(|key| Self::Rsa(Box::new(key)));
                rsa.or_else(|| Ed25519KeyPair::from_pkcs8_maybe_unchecked(&inside).ok().map(Self::Ed25519))
            }
            _ => None,
        }
    }

    pub fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa(_) => "rsa-sha256",
            Self::Ed25519(_) => "ed25519-sha256",
        }
    }

    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa(key) => {
                let mut proof = vec![0; key.public().modulus_len()];
                // this padding asks for no chance: the same bytes have the same signature
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), bytes, &mut proof).expect("a key that was read signs");
                proof
            }
            Self::Ed25519(key) => key.sign(&Sha256::digest(bytes)).as_ref().to_vec(),
        }
    }

    /// The text of its record.
    pub fn published(&self) -> String {
        match self {
            Self::Rsa(key) => {
                let bits = [&[0], key.public().as_ref()].concat();
                let public = der(SEQUENCE, &[RSA.to_vec(), der(BIT_STRING, &bits)].concat());
                format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(public))
            }
            Self::Ed25519(key) => format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(key.public_key().as_ref())),
        }
    }
}

/// Of one block and nothing else: what it says it is, and its bytes.
fn inside(pem: &str) -> Option<(&str, Vec<u8>)> {
    let (kind, rest) = pem.trim().strip_prefix("-----BEGIN ")?.split_once("-----")?;
    let (content, end) = rest.split_once("-----END ")?;
    if end.trim_end() != format!("{kind}-----") {
        return None;
    }
    let content: String = content.chars().filter(|c| !c.is_whitespace()).collect();
    Some((kind, STANDARD.decode(content).ok()?))
}
