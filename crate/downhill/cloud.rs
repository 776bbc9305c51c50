//! Particles in a landscape: each rolls down and is shaken, dx = −∇f dt + √(2τ) dw; at rest they stand as e^{−f/τ}.

use super::landscape::{Landscape, Place};
use crate::geometry::abreast::ABREAST;
use crate::math::{normal::normals, philox::Stream};

/// Beyond this a particle has left, because the step is too long for the slope there.
pub const GONE: f64 = 1e6;

/// `count` particles around `middle`.
pub fn around(seed: u64, middle: Place, sd: f64, count: usize) -> Vec<Place> {
    let z = normals(seed, Stream::Langevin, 0, 2 * count);
    z.chunks_exact(2).map(|z| [0, 1].map(|i| middle[i] + sd * f64::from(z[i]))).collect()
}

/// The `number`-th step, counted from 1, of size `h` at temperature `tau`. Particles that have left stay where they are, as NaN.
pub fn shake(land: &Landscape, places: &mut [Place], seed: u64, number: u32, h: f64, tau: f64) {
    let wide = libm::sqrt(2.0 * tau * h);
    let noise = normals(seed, Stream::Langevin, number, 2 * places.len());
    for (places, noise) in places.chunks_mut(ABREAST).zip(noise.chunks(2 * ABREAST)) {
        let [height, x, y] = land.abreast(places);
        for (i, (place, z)) in places.iter_mut().zip(noise.chunks_exact(2)).enumerate() {
            let slope = [x[i], y[i]];
            let next: Place = std::array::from_fn(|k| place[k] - h * slope[k] + wide * f64::from(z[k]));
            let stays = height[i].is_finite() && next.iter().all(|x| x.abs() < GONE);
            *place = if stays { next } else { [f64::NAN; 2] };
        }
    }
}
