//! The exact denoiser on a device beside the processor's and beside f64: all counts, levels and places.

use super::GpuExact;
use crate::data::rng::Rng;
use crate::diffusion::{exact::Mixture, exact_denoiser::ExactDenoiser, level::Level};
use crate::gpu::device::Gpu;
use crate::math::philox::Stream;

/// How far ε may be off in units of max(1, |ε|)/B: an offset's rounding, 1e-7 of a distance of some units, and that of a sum
/// of so many terms one after another, which walks as far as the root of their number.
fn tolerance(centres: usize) -> f64 {
    2e-6 + 1e-7 * (centres as f64).sqrt()
}

/// What was tried: its name, the largest error of the device and of the processor beside f64, in units of max(1, |ε|)/B, and
/// what is allowed.
pub type Row = (String, f64, f64, f64);

/// (centres, particles): one of each, counts that fill neither a turn nor a workgroup, the lab's most of either.
const COUNTS: [(usize, usize); 6] = [(1, 1), (3, 65), (9, 64), (1000, 333), (1025, 130), (4096, 2000)];
/// (A, B, spread): hardly any noise, some, hardly anything but noise; points and Gaussians.
const LEVELS: [(f64, f64, f64); 4] =
    [(0.99999, 0.005, 0.0), (0.9, 0.43, 0.0), (0.2, 0.98, 0.3), (0.006, 1.0, 0.6)];

pub async fn rows(gpu: &Gpu) -> Result<Vec<Row>, String> {
    let there = GpuExact::new(gpu);
    let mut rows = Vec::new();
    for (number, (centres, particles)) in (0..).zip(COUNTS) {
        let rng = &mut Rng::new(Stream::Check, 7, u32::MAX, number);
        let mut place = |reach: f32| [0, 1].map(|_| rng.between(-reach, reach));
        let points: Vec<[f32; 2]> = (0..centres).map(|_| place(2.0)).collect();
        for (a, b, spread) in LEVELS {
            let level = Level { a, b, t: 1.0 };
            // Where particles are at this level, but for one in ten, which is far from everything where
            // that can be said in f32: a square's rounding is divided by 2v before it is an exponent.
            let noise = 3.0 * b as f32;
            let x: Vec<f32> = (0..particles)
                .flat_map(|i| {
                    let ([u, v], from) = (place(noise), points[i % centres].map(|y| y * a as f32));
                    if i % 10 == 9 && b > 0.1 {
                        [u * 5.0 / noise, v * 5.0 / noise]
                    } else {
                        [from[0] + u, from[1] + v]
                    }
                })
                .collect();
            let denoiser = ExactDenoiser::new(&points, spread);
            let asked = denoiser.asked(level);
            let seen = there.offsets(asked.centres(), asked.variance, asked.factor, &x).await?;
            let here = denoiser.eps(&x, level);
            let mixture = Mixture::new(points.iter().map(|y| y.map(f64::from)).collect(), spread);
            let off = |eps: &[f32]| {
                let pairs = x.chunks(2).zip(eps.chunks(2));
                let one = |(x, eps): (&[f32], &[f32])| {
                    let exact = mixture.eps([f64::from(x[0]), f64::from(x[1])], level);
                    let gap = |k: usize| (f64::from(eps[k]) - exact[k]).abs() * b / exact[k].abs().max(1.0);
                    gap(0).max(gap(1))
                };
                pairs.map(one).fold(0.0, |most: f64, gap| if gap <= most { most } else { gap })
            };
            let name = format!("{centres} centres, {particles} particles, B = {b}");
            rows.push((
                name,
                if seen.len() == x.len() { off(&seen) } else { f64::INFINITY },
                off(&here),
                tolerance(centres),
            ));
        }
    }
    let broken = there.offsets([&[0.0], &[0.0]], 1.0, 1.0, &[f32::NAN, 0.0, 1.0, 1.0]).await?;
    let visible = broken[0].is_nan() && broken[2..] == [1.0, 1.0];
    rows.push((
        "a broken particle shows and harms no other".into(),
        if visible { 0.0 } else { 1.0 },
        0.0,
        0.5,
    ));
    Ok(rows)
}
