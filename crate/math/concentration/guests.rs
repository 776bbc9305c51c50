//! Two kernels that look at all scores before they weigh one: top-k, and entmax with α = 3/2, which gives exact zeros.

/// How many scores are sorted first: most of those with a weight are among them.
const FIRST: usize = 2048;

/// The largest `count` of `scores`, the largest first.
pub fn largest(scores: &[f64], count: usize) -> Vec<f64> {
    let mut all = scores.to_vec();
    let count = count.min(all.len());
    if count < all.len() {
        all.select_nth_unstable_by(count, |a, b| b.total_cmp(a));
        all.truncate(count);
    }
    all.sort_unstable_by(|a, b| b.total_cmp(a));
    all
}

/// What is taken from half of each score before it is squared: entmax-3/2 gives (x/2 − τ)² to the scores above 2τ.
/// Peters, Niculae, Martins 2019, <https://arxiv.org/abs/1905.05702>, algorithm 2.
pub fn entmax_bar(scores: &[f64]) -> f64 {
    entmax_bars(scores, f64::NEG_INFINITY)[0]
}

/// [`entmax_bar`] of `scores`, and of them and one more.
pub fn entmax_bars(scores: &[f64], more: f64) -> [f64; 2] {
    let mut count = FIRST;
    loop {
        let mut sorted = largest(scores, count);
        let (bar, support) = bar_of(&sorted);
        if support < sorted.len() || sorted.len() == scores.len() {
            if more == f64::NEG_INFINITY {
                return [bar, bar];
            }
            // One more can only raise the bar: none below comes to count.
            sorted.insert(sorted.partition_point(|x| *x > more), more);
            return [bar, bar_of(&sorted).0];
        }
        count *= 8;
    }
}

/// The bar of scores in falling order, and how many stand above it.
fn bar_of(sorted: &[f64]) -> (f64, usize) {
    // Taken from the largest: the sums of squares stay small.
    let most = sorted.first().copied().unwrap_or(0.0) / 2.0;
    let (mut sum, mut squares) = (0.0, 0.0);
    let (mut bar, mut support) = (f64::NEG_INFINITY, 0);
    for (i, x) in sorted.iter().enumerate() {
        let (x, count) = (x / 2.0 - most, (i + 1) as f64);
        sum += x;
        squares += x * x;
        let mean = sum / count;
        let left = (1.0 - (squares - count * mean * mean)) / count;
        let tau = mean - left.max(0.0).sqrt();
        if tau > x {
            break;
        }
        (bar, support) = (tau, i + 1);
    }
    (bar + most, support)
}

/// The weight that entmax-3/2 gives a score.
pub fn entmax(score: f64, bar: f64) -> f64 {
    let above = (score / 2.0 - bar).max(0.0);
    above * above
}
