//! Whether order is seen: the first tokens are read backwards, and every token's output after two layers is compared with its own
//! before. Without codes of position a map that lets everybody read everybody cannot tell.

use super::{
    kernel::{Head, Kernel, layer},
    mask::Mask,
};

/// Position i holds what stood at the answer's i-th place: the first `prefix` of `n` backwards, the others as they were.
pub fn backwards(n: usize, prefix: usize) -> Vec<usize> {
    let prefix = prefix.min(n);
    (0..n).map(|i| if i < prefix { prefix - 1 - i } else { i }).collect()
}

/// For every token ‖its output in the other order − its output‖/‖its output‖, by the place where it stood first. `layers` are the
/// heads of each layer.
pub fn changes(layers: &[Vec<Head>], kernel: Kernel, gain: f64, mask: Mask, order: &[usize]) -> Vec<f64> {
    let n = order.len();
    let out = |order: Option<&[usize]>| {
        let map = |heads: &Vec<Head>| match order {
            None => layer(heads, kernel, gain, mask),
            Some(order) => {
                let moved: Vec<Head> = heads.iter().map(|head| head.reordered(order)).collect();
                layer(&moved, kernel, gain, mask)
            }
        };
        layers.iter().map(map).reduce(|below, above| above * below)
    };
    let (Some(before), Some(after)) = (out(None), out(Some(order))) else { return vec![0.0; n] };
    let mut changes = vec![0.0; n];
    for i in 0..n {
        // Row i of the new order is the token order[i], and its columns are in the new order, too.
        let token = order[i];
        let gap: f64 = (0..n).map(|j| (after[(i, j)] - before[(token, order[j])]).powi(2)).sum();
        let size = before.row(token).norm();
        changes[token] = if size > 0.0 { gap.sqrt() / size } else { 0.0 };
    }
    changes
}
