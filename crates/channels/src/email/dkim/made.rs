//! A new key, made at the desk: RSA of 2,048 bits, the only kind that every receiver reads.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypto_bigint::{BoxedUint, ConcatenatingMul, Limb, NonZero, Odd};
use crypto_primes::hazmat::{SetBits, SmallFactorsSieveFactory};
use crypto_primes::{Flavor, is_prime, sieve_and_find};
use kernel::{Chance, Secret};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

use super::keys::SigningKey;

/// Of each of the two primes.
const BITS: u32 = 1_024;
/// The public exponent, a prime.
const PUBLIC: u64 = 65_537;
/// Characters of base 64 in a line of PEM.
const LINE: usize = 64;

pub const SEQUENCE: u8 = 0x30;
pub const BIT_STRING: u8 = 0x03;
const INTEGER: u8 = 0x02;

/// In PEM. Takes some tenths of a second.
pub fn key(chance: &mut Chance) -> Secret {
    let mut numbers = ChaCha20Rng::from_seed(chance.bytes());
    loop {
        let (one, other) = (prime(&mut numbers), prime(&mut numbers));
        let (larger, smaller) = if one > other { (one, other) } else { (other, one) };
        // read as a pasted one is, which finds whatever a key must not be, such as primes too near each other
        let key = private_key(&larger, &smaller).map(|key| pem(&key)).filter(|key| SigningKey::read(key).is_some());
        if let Some(key) = key {
            return key;
        }
    }
}

/// The product of two of them has twice their bits.
fn prime(numbers: &mut ChaCha20Rng) -> BoxedUint {
    let candidates = SmallFactorsSieveFactory::new(Flavor::Any, BITS, SetBits::TwoMsb).expect("primes of this length exist");
    sieve_and_find(numbers, candidates, |_, candidate: &BoxedUint| is_prime(Flavor::Any, candidate))
        .expect("candidates of this length exist")
        .expect("there are primes among them")
}

/// `RSAPrivateKey` of RFC 8017. None where a prime does not fit the public exponent.
fn private_key(larger: &BoxedUint, smaller: &BoxedUint) -> Option<Vec<u8>> {
    let one = BoxedUint::one_with_precision(BITS);
    let (below_larger, below_smaller) = (larger - &one, smaller - &one);
    let private = inverse_of_public(&below_larger.concatenating_mul(&below_smaller))?;
    let coefficient = smaller.invert_odd_mod(&Odd::new(larger.clone()).into_option()?).into_option()?;
    let numbers = [
        BoxedUint::zero(),
        larger.concatenating_mul(smaller),
        BoxedUint::from(PUBLIC),
        private,
        larger.clone(),
        smaller.clone(),
        inverse_of_public(&below_larger)?,
        inverse_of_public(&below_smaller)?,
        coefficient,
    ];
    Some(der(SEQUENCE, &numbers.iter().flat_map(integer).collect::<Vec<_>>()))
}

/// The number that undoes the public exponent: the least one that, multiplied by it, leaves 1 over `modulus`.
fn inverse_of_public(modulus: &BoxedUint) -> Option<BoxedUint> {
    let public = NonZero::new(Limb::from(PUBLIC)).into_option()?;
    let over = modulus.rem_limb(public).0;
    // the one factor below the exponent for which `1 + factor * modulus` can be divided by it
    let factor = PUBLIC - power(over, PUBLIC - 2);
    if over == 0 {
        return None;
    }
    let product = modulus.concatenating_mul(BoxedUint::from(factor));
    let (inverse, rest) = product.wrapping_add(BoxedUint::one()).div_rem_limb(public);
    (rest.0 == 0).then_some(inverse)
}

/// By the little theorem of Fermat the power to `PUBLIC - 2` is what undoes a number.
fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut out = 1;
    while exponent > 0 {
        if exponent % 2 == 1 {
            out = out * base % PUBLIC;
        }
        base = base * base % PUBLIC;
        exponent /= 2;
    }
    out
}

fn integer(number: &BoxedUint) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let first = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len().saturating_sub(1));
    let bytes = &bytes[first..];
    // a first bit would say that it is negative
    let sign: &[u8] = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { &[0] } else { &[] };
    der(INTEGER, &[sign, bytes].concat())
}

/// A value of ASN.1 with its kind and length.
pub fn der(kind: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let bytes = length.to_be_bytes();
    let short = &bytes[bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len() - 1)..];
    let mut out = vec![kind];
    if length >= 0x80 {
        out.push(0x80 | u8::try_from(short.len()).expect("a length has eight bytes at most"));
    }
    out.extend_from_slice(short);
    out.extend_from_slice(content);
    out
}

fn pem(key: &[u8]) -> Secret {
    let content = STANDARD.encode(key);
    let lines = content.as_bytes().chunks(LINE).map(|line| std::str::from_utf8(line).expect("base 64 is ASCII"));
    let lines = lines.collect::<Vec<_>>().join("\n");
    Secret::new(format!("-----BEGIN RSA PRIVATE KEY-----\n{lines}\n-----END RSA PRIVATE KEY-----"))
}
