//! Feature hashing: how words and feature templates become 32-bit keys.
//!
//! The tagger and the parser never build a feature as text. Every token is hashed once, and a template mixes a few of
//! those hashes by multiplication. The same functions serve training and use, so a model file depends on them: a
//! change here needs a new format number in [`super::Model`] and a retrained model.

const M1: u64 = 0x9E37_79B9_7F4A_7C15;
const M2: u64 = 0xD6E8_FEB8_6659_FD93;
const M3: u64 = 0xA076_1D64_78BD_642F;

/// The hash of a byte string (FNV-1a with a final mix).
pub(crate) fn bytes(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let mut h: u64 = 0xCBF2_9CE4_8422_2325;
    for b in bytes {
        h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    finish(h)
}

/// The final mix of a running 64-bit hash.
#[inline]
pub(crate) fn finish(h: u64) -> u32 {
    ((h ^ (h >> 32)).wrapping_mul(M2) >> 32) as u32
}

/// The key of a template over one value.
#[inline]
pub(crate) fn one(template: u32, a: u32) -> u32 {
    let x = ((u64::from(template) << 32) | u64::from(a)).wrapping_mul(M1);
    ((x ^ (x >> 32)).wrapping_mul(M2) >> 32) as u32
}

/// The key of a template over two values.
#[inline]
pub(crate) fn two(template: u32, a: u32, b: u32) -> u32 {
    let x = ((u64::from(template) << 32) | u64::from(a)).wrapping_mul(M1);
    let y = (x ^ (x >> 29)).wrapping_add(u64::from(b)).wrapping_mul(M3);
    ((y ^ (y >> 32)).wrapping_mul(M2) >> 32) as u32
}

/// The key of a template over three values.
#[inline]
pub(crate) fn three(template: u32, a: u32, b: u32, c: u32) -> u32 {
    two(template, one(template, a) ^ c.rotate_left(16), b)
}
