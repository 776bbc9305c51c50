//! Maps of the plane from −3 to 3: scores as arrows, where the network errs, the density of noisy data.
//!
//! Rows run from y = −3 up to 3, columns from x = −3 to 3.

use super::{denoiser::Denoiser, settings::Settings};
use crate::data::points::Distribution;
use crate::diffusion::{exact::Mixture, level::Level};
use crate::runtime::error::SessionError;

/// Half the side of the plane that is shown.
pub const REACH: f64 = 3.0;
/// Arrows along a side.
pub const ARROWS: usize = 24;
/// Cells of a map along a side.
pub const CELLS: usize = 64;
/// The least width with which a point is drawn into the density: finished data have none.
const SOFT: f64 = 0.05;

/// The places of a grid of `side` by `side`, from edge to edge, [side², 2].
pub fn grid(side: usize) -> Vec<f32> {
    let at = |i: usize| (REACH * (2.0 * i as f64 / (side - 1) as f64 - 1.0)) as f32;
    (0..side * side).flat_map(|i| [at(i % side), at(i / side)]).collect()
}

/// What a denoiser says on the arrows' grid: the score −ε/B, [24 · 24, 2].
pub async fn scores(denoiser: &Denoiser, level: Level) -> Result<Vec<f32>, SessionError> {
    let share = (-1.0 / level.b) as f32;
    Ok(denoiser.eps(&grid(ARROWS), level).await?.into_iter().map(|eps| eps * share).collect())
}

/// |ε − ε*| of `learned` against `exact` on the cells' grid, [64 · 64, 1].
pub async fn error(learned: &Denoiser, exact: &Denoiser, level: Level) -> Result<Vec<f32>, SessionError> {
    let x = grid(CELLS);
    let (learned, exact) = (learned.eps(&x, level).await?, exact.eps(&x, level).await?);
    let pairs = learned.chunks_exact(2).zip(exact.chunks_exact(2));
    Ok(pairs.map(|(a, b)| ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()).collect())
}

/// The exact scores on the arrows' grid, on the host, [24, 24, 2].
pub fn exact_scores(settings: &Settings, level: Level) -> Vec<f32> {
    let (centres, spread) = components(settings);
    let mixture = Mixture::new(centres, spread);
    let grid = grid(ARROWS);
    let (places, _) = grid.as_chunks::<2>();
    places.iter().flat_map(|x| mixture.score(x.map(f64::from), level)).map(|s| s as f32).collect()
}

/// p_t on the cells' grid, [64, 64]: a Gaussian around each A y_i, so that two tables of exponentials and one
/// product make the map.
pub fn density(settings: &Settings, level: Level) -> Vec<f32> {
    let (centres, spread) = components(settings);
    let variance = ((level.a * spread).powi(2) + level.b.powi(2)).max(SOFT.powi(2));
    let at = |i: usize| REACH * (2.0 * i as f64 / (CELLS - 1) as f64 - 1.0);
    let bell = |i: usize, axis: usize| -> Vec<f32> {
        let distance = |y: &[f64; 2]| at(i) - level.a * y[axis];
        centres.iter().map(|y| libm::exp(-distance(y).powi(2) / (2.0 * variance)) as f32).collect()
    };
    let [columns, rows] = [0, 1].map(|axis| (0..CELLS).map(|i| bell(i, axis)).collect::<Vec<_>>());
    let height = 1.0 / (std::f64::consts::TAU * variance * centres.len() as f64);
    let cell = |row: &Vec<f32>, column: &Vec<f32>| row.iter().zip(column).map(|(y, x)| y * x).sum::<f32>();
    rows.iter()
        .flat_map(|row| columns.iter().map(move |column| (f64::from(cell(row, column)) * height) as f32))
        .collect()
}

/// Centres and width of what is known of the data.
fn components(settings: &Settings) -> (Vec<[f64; 2]>, f64) {
    let (centres, spread) = match &settings.known {
        Distribution::Mixture { centres, spread } => (centres, *spread),
        _ => (&settings.data, 0.0),
    };
    (centres.iter().map(|y| y.map(f64::from)).collect(), spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(link: &str) -> Settings {
        Settings::of(&crate::labs::parse(link).experiment)
    }

    /// p_t sums to one over the plane, as far as the plane holds it.
    #[test]
    fn the_density_is_one_in_all() {
        for data in ["mixture", "moons", "checkerboard"] {
            let settings = settings(&format!("lab=points&data={data}"));
            for t in [0.0, 100.0, 300.0] {
                let cell = (2.0 * REACH / (CELLS - 1) as f64).powi(2);
                let map = density(&settings, settings.schedule.level(t));
                let sum = map.iter().map(|p| f64::from(*p)).sum::<f64>() * cell;
                // The trapezoidal rule is exact for bells of a cell's width; the rest lies outside the plane.
                assert!((0.97..1.005).contains(&sum), "{data} at {t}: {sum}");
            }
        }
    }
}
