//! A city in the evening: towers as rectangles on one ground, filled evenly.

/// Left edge, right edge, bottom, top.
type Block = [f64; 4];

/// The ground, then the towers from left to right; some carry a smaller storey or a mast.
const BLOCKS: [Block; 12] = [
    [0.0, 10.0, 0.0, 0.35],
    [0.3, 1.5, 0.35, 2.6],
    [0.6, 1.2, 2.6, 3.2],
    [1.9, 2.9, 0.35, 4.4],
    [3.3, 4.5, 0.35, 3.1],
    [4.9, 6.1, 0.35, 5.4],
    [5.2, 5.8, 5.4, 6.4],
    [5.42, 5.58, 6.4, 7.6],
    [6.5, 7.4, 0.35, 3.7],
    [7.7, 8.7, 0.35, 4.8],
    [7.95, 8.45, 4.8, 5.4],
    [9.0, 9.8, 0.35, 2.2],
];

fn area([left, right, bottom, top]: Block) -> f64 {
    (right - left) * (top - bottom)
}

/// The point of the city that three uniform numbers stand for: `u` chooses a block by its area.
pub fn place(u: f64, v: f64, w: f64) -> [f64; 2] {
    let mut left_over = u * BLOCKS.into_iter().map(area).sum::<f64>();
    let mut chosen = BLOCKS[0];
    for block in BLOCKS {
        chosen = block;
        if left_over < area(block) {
            break;
        }
        left_over -= area(block);
    }
    let [left, right, bottom, top] = chosen;
    [left + (right - left) * v, bottom + (top - bottom) * w]
}

/// Mean and variance (averaged over the axes) of an even filling.
pub fn moments() -> ([f64; 2], f64) {
    let total: f64 = BLOCKS.into_iter().map(area).sum();
    let mut mean = [0.0; 2];
    let mut square = 0.0;
    for block in BLOCKS {
        let share = area(block) / total;
        let [left, right, bottom, top] = block;
        for (k, [low, high]) in [[left, right], [bottom, top]].into_iter().enumerate() {
            mean[k] += share * (low + high) / 2.0;
            // E x² of an even stretch.
            square += share * (low * low + low * high + high * high) / 3.0;
        }
    }
    (mean, (square - mean[0].powi(2) - mean[1].powi(2)) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_do_not_overlap() {
        for (i, a) in BLOCKS.iter().enumerate() {
            for b in &BLOCKS[..i] {
                let apart = a[0] >= b[1] || b[0] >= a[1] || a[2] >= b[3] || b[2] >= a[3];
                assert!(apart, "{a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn extreme_draws_stay_inside() {
        for u in [1e-9, 0.5, 1.0 - 1e-9] {
            let [x, y] = place(u, 1.0 - 1e-9, 1.0 - 1e-9);
            assert!((0.0..10.0).contains(&x) && (0.0..7.6).contains(&y));
        }
    }
}
