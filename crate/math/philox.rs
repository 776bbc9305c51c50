//! Philox 4x32-10: a random number generator that is addressed, not consumed.
//!
//! Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3" (SC 2011), section 4.
//! A draw has an address (seed, stream, step, index), so the noise of step t for pixel i exists
//! without the steps before it, and stepping back costs nothing.

const MULTIPLIER: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// The four 32-bit words that belong to `counter` under `key`.
pub fn philox4x32(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let ([mut c0, mut c1, mut c2, mut c3], [mut k0, mut k1]) = (counter, key);
    for _ in 0..ROUNDS {
        let p0 = u64::from(MULTIPLIER[0]) * u64::from(c0);
        let p1 = u64::from(MULTIPLIER[1]) * u64::from(c2);
        (c0, c1, c2, c3) = ((p1 >> 32) as u32 ^ c1 ^ k0, p1 as u32, (p0 >> 32) as u32 ^ c3 ^ k1, p0 as u32);
        (k0, k1) = (k0.wrapping_add(WEYL[0]), k1.wrapping_add(WEYL[1]));
    }
    [c0, c1, c2, c3]
}

/// What a draw is for. Streams never share numbers, so a new use never shifts an old one; 8 was used
/// once and stays free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Stream {
    /// x_T, the rubble a rebuilding starts from.
    Rubble = 0,
    /// The noise that demolishes.
    Demolish = 1,
    /// The noise z of the rebuilding steps.
    Rebuild = 2,
    /// Monte Carlo checks of identities.
    Check = 3,
    /// Random directions of the fingerprint.
    Fingerprint = 4,
    /// Initial weights.
    Weights = 5,
    /// Which examples, times and dropped labels a training step uses.
    Batch = 6,
    /// The noise of a training step.
    TrainingNoise = 7,
    /// What a drawn building looks like.
    Buildings = 9,
    /// Points of the plane that a network learns from or is compared with.
    Points = 10,
    /// The noise of a single point that is followed.
    Probe = 11,
    /// Runs that claims are measured on.
    Claims = 12,
    /// Examples of the tasks that a small transformer learns.
    Tasks = 13,
    /// Which character a language model writes.
    Letters = 14,
    /// Where particles begin and how they are shaken.
    Langevin = 15,
    /// Which of their steps are accepted.
    Accept = 16,
    /// Queries, keys and values of random heads.
    Heads = 17,
    /// Keys that attention is asked to concentrate on.
    Keys = 18,
    /// Queries and keys whose places are looked at.
    Places = 19,
    /// Weights of layers that never learn.
    Layers = 21,
    /// What goes through them, forward and back.
    Inputs = 20,
}

/// The block of four words at `(stream, step, block)` under `seed`; counter = (block lo, step, stream, block hi).
pub fn words(seed: u64, stream: Stream, step: u32, block: u64) -> [u32; 4] {
    philox4x32([block as u32, step, stream as u32, (block >> 32) as u32], [seed as u32, (seed >> 32) as u32])
}

/// The uniform number in (0, 1) that the upper 24 bits of `word` stand for: (k + 1/2) / 2^24.
pub fn uniform(word: u32) -> f64 {
    (f64::from(word >> 8) + 0.5) / f64::from(1 << 24)
}

/// `count` uniform numbers in (0, 1) at `(stream, step)` under `seed`.
pub fn uniforms(seed: u64, stream: Stream, step: u32, count: usize) -> Vec<f64> {
    (0..count.div_ceil(4) as u64)
        .flat_map(|block| words(seed, stream, step, block))
        .map(uniform)
        .take(count)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `kat_vectors` of the authors' Random123 distribution, lines "philox4x32 10".
    #[test]
    fn the_published_known_answers_come_out() {
        let known = [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, expected) in known {
            assert_eq!(philox4x32(counter, key), expected);
        }
    }

    #[test]
    fn a_longer_draw_begins_with_the_shorter_one() {
        let long = uniforms(7, Stream::Check, 3, 103);
        assert_eq!(uniforms(7, Stream::Check, 3, 10), long[..10]);
        assert!(long.iter().all(|u| *u > 0.0 && *u < 1.0));
    }

    #[test]
    fn every_part_of_the_address_matters() {
        let here = words(7, Stream::Demolish, 5, 9);
        assert_ne!(here, words(8, Stream::Demolish, 5, 9));
        assert_ne!(here, words(7 + (1 << 32), Stream::Demolish, 5, 9));
        assert_ne!(here, words(7, Stream::Rebuild, 5, 9));
        assert_ne!(here, words(7, Stream::Demolish, 6, 9));
        assert_ne!(here, words(7, Stream::Demolish, 5, 10));
        assert_ne!(here, words(7, Stream::Demolish, 5, 9 + (1 << 32)));
    }
}
