//! Products of matrices: C = start + A B, with B in panels of sixteen columns.
//!
//! c_ij = (…((start_ij + a_i0 b_0j) + a_i1 b_1j) + …): one accumulator a number, k ascending, a rounding after each product and
//! each sum. Two rows by sixteen columns stay in registers, which leaves room for a step's operands in the sixteen there are.

use super::lanes::F4;

/// Columns of a panel.
const PANEL: usize = 16;
/// Numbers between two panels beside their own: strides of powers of two fall onto the same lines of a cache.
const GAP: usize = 16;

/// A matrix B [K, N], or room for one, in panels: panel p holds columns 16 p to 16 p + 15 row by row, with zeros beyond N.
#[derive(Clone, Debug)]
pub struct Panels {
    pub k: usize,
    pub n: usize,
    values: Vec<f32>,
}

/// What a product is added to.
#[derive(Clone, Copy)]
pub enum Start<'a> {
    Zero,
    /// One number a column.
    Bias(&'a [f32]),
    /// What stands where the product goes.
    There,
}

impl Panels {
    pub fn zeros(k: usize, n: usize) -> Self {
        Self { k, n, values: vec![0.0; n.div_ceil(PANEL) * (k * PANEL + GAP)] }
    }

    /// b_kj = `of`(k, j).
    pub(crate) fn new(k: usize, n: usize, of: impl Fn(usize, usize) -> f32) -> Self {
        let mut panels = Self::zeros(k, n);
        for i in 0..k {
            for j in 0..n {
                panels.set(i, j, of(i, j));
            }
        }
        panels
    }

    /// The matrix that multiplies from the right what `weight` [N, K] multiplies from the left: a linear layer's.
    pub fn linear(weight: &[f32], n: usize, k: usize) -> Self {
        assert_eq!(weight.len(), n * k, "a weight of {n} by {k}");
        let mut panels = Self::zeros(k, n);
        panels.turned(weight, k, 1.0);
        panels
    }

    fn stride(&self) -> usize {
        self.k * PANEL + GAP
    }

    fn place(&self, i: usize, j: usize) -> usize {
        j / PANEL * self.stride() + i * PANEL + j % PANEL
    }

    pub fn set(&mut self, i: usize, j: usize, value: f32) {
        assert!(i < self.k && j < self.n, "({i}, {j}) of {} by {}", self.k, self.n);
        let place = self.place(i, j);
        self.values[place] = value;
    }

    /// Row `i` from `values`, all N of it.
    pub fn set_row(&mut self, i: usize, values: &[f32]) {
        assert!(i < self.k && values.len() == self.n, "row {i} of {} by {}", self.k, self.n);
        for (p, part) in values.chunks(PANEL).enumerate() {
            let place = self.place(i, p * PANEL);
            self.values[place..place + part.len()].copy_from_slice(part);
        }
    }

    /// Column `j` from `values`, all K of it, each number times `scale`.
    pub fn set_column(&mut self, j: usize, values: &[f32], scale: f32) {
        assert!(j < self.n && values.len() == self.k, "column {j} of {} by {}", self.k, self.n);
        let place = self.place(0, j);
        let column = self.values[place..].iter_mut().step_by(PANEL);
        column.zip(values).for_each(|(to, value)| *to = value * scale);
    }

    /// The whole matrix from `values` [K, N] with rows `stride` apart, each number times `scale`.
    pub fn rows(&mut self, values: &[f32], stride: usize, scale: f32) {
        let (n, apart) = (self.n, self.stride());
        for (i, row) in values.chunks(stride).take(self.k).enumerate() {
            for (p, part) in row[..n].chunks(PANEL).enumerate() {
                let place = &mut self.values[p * apart + i * PANEL..][..part.len()];
                place.iter_mut().zip(part).for_each(|(to, value)| *to = value * scale);
            }
        }
    }

    /// The whole matrix from its transpose `values` [N, K] with rows `stride` apart, each number times `scale`.
    pub fn turned(&mut self, values: &[f32], stride: usize, scale: f32) {
        let (k, apart) = (self.k, self.stride());
        for (j, row) in values.chunks(stride).take(self.n).enumerate() {
            let column = &mut self.values[j / PANEL * apart + j % PANEL..];
            row[..k].iter().enumerate().for_each(|(i, value)| column[i * PANEL] = value * scale);
        }
    }

    /// C = start + A B for the first `k` columns of A, rows of B, and the first `n` columns of B and C.
    ///
    /// # Shapes
    /// - a: [M, ≥ k], rows `lda` apart
    /// - c: [M, ≥ n], rows `ldc` apart; what lies between its rows stays
    #[allow(clippy::too_many_arguments, reason = "the arguments of every library's product of matrices")]
    pub fn multiply_part(
        &self,
        a: &[f32],
        lda: usize,
        m: usize,
        k: usize,
        n: usize,
        start: Start<'_>,
        c: &mut [f32],
        ldc: usize,
    ) {
        if m == 0 {
            return;
        }
        assert!(k <= self.k && n <= self.n, "{k} by {n} of {} by {}", self.k, self.n);
        assert!(a.len() >= (m - 1) * lda + k && c.len() >= (m - 1) * ldc + n, "rows that are not there");
        if let Start::Bias(bias) = start {
            assert!(bias.len() >= n, "a bias of {} for {n} columns", bias.len());
        }
        let mut kept = [0.0; 2 * PANEL];
        for (p, panel) in self.values.chunks_exact(self.stride()).take(n.div_ceil(PANEL)).enumerate() {
            let from = p * PANEL;
            let width = (n - from).min(PANEL);
            let whole = width == PANEL;
            let mut bias = [0.0; PANEL];
            if let Start::Bias(values) = start {
                bias[..width].copy_from_slice(&values[from..from + width]);
            }
            let there = matches!(start, Start::There);
            let mut i = 0;
            while i < m {
                let rows = (m - i).min(2);
                let (a0, c0) = (&a[i * lda..], i * ldc + from);
                let second = rows == 2;
                // A narrow panel, the last, is reckoned beside its place.
                if !whole && there {
                    for row in 0..rows {
                        kept[row * PANEL..][..width].copy_from_slice(&c[c0 + row * ldc..][..width]);
                    }
                }
                // SAFETY: the assertions above; a panel has room for k rows of sixteen.
                unsafe {
                    let (to, apart) =
                        if whole { (c[c0..].as_mut_ptr(), ldc) } else { (kept.as_mut_ptr(), PANEL) };
                    let (a0, b) = (a0.as_ptr(), panel.as_ptr());
                    let init = |row: usize, part: usize| match there {
                        true => F4::at(to.add(row * apart + 4 * part)),
                        false => F4::at(bias.as_ptr().add(4 * part)),
                    };
                    if second {
                        two(a0, a0.add(lda), b, k, init, to, to.add(apart));
                    } else {
                        one(a0, b, k, init, to);
                    }
                }
                if !whole {
                    for row in 0..rows {
                        c[c0 + row * ldc..][..width].copy_from_slice(&kept[row * PANEL..][..width]);
                    }
                }
                i += rows;
            }
        }
    }

    /// C = start + A B, all of it, rows next to each other. A is [M, K], C [M, N].
    pub fn multiply(&self, a: &[f32], start: Start<'_>, c: &mut [f32]) {
        let m = a.len() / self.k.max(1);
        self.multiply_part(a, self.k, m, self.k, self.n, start, c, self.n);
    }
}

/// `base` + 4 · `at` bytes. Written so that the addition is known not to wrap, which lets it become part of the load.
#[inline(always)]
unsafe fn forth(base: *const f32, at: usize) -> *const f32 {
    unsafe { (base as usize).unchecked_add(4 * at) as *const f32 }
}

/// Two rows by sixteen columns.
#[inline(always)]
unsafe fn two(
    a0: *const f32,
    a1: *const f32,
    b: *const f32,
    k: usize,
    init: impl Fn(usize, usize) -> F4,
    c0: *mut f32,
    c1: *mut f32,
) {
    unsafe {
        let mut x: [F4; 4] = [init(0, 0), init(0, 1), init(0, 2), init(0, 3)];
        let mut y: [F4; 4] = [init(1, 0), init(1, 1), init(1, 2), init(1, 3)];
        for i in 0..k {
            let row = forth(b, PANEL * i);
            let (s, t) = (F4::splat(*forth(a0, i)), F4::splat(*forth(a1, i)));
            let (b0, b1, b2, b3) =
                (F4::at(row), F4::at(forth(row, 4)), F4::at(forth(row, 8)), F4::at(forth(row, 12)));
            x[0] = x[0] + s * b0;
            x[1] = x[1] + s * b1;
            x[2] = x[2] + s * b2;
            x[3] = x[3] + s * b3;
            y[0] = y[0] + t * b0;
            y[1] = y[1] + t * b1;
            y[2] = y[2] + t * b2;
            y[3] = y[3] + t * b3;
        }
        for (part, (x, y)) in x.into_iter().zip(y).enumerate() {
            x.put(c0.add(4 * part));
            y.put(c1.add(4 * part));
        }
    }
}

/// One row by sixteen columns.
#[inline(always)]
unsafe fn one(a: *const f32, b: *const f32, k: usize, init: impl Fn(usize, usize) -> F4, c: *mut f32) {
    unsafe {
        let mut x: [F4; 4] = [init(0, 0), init(0, 1), init(0, 2), init(0, 3)];
        for i in 0..k {
            let row = forth(b, PANEL * i);
            let s = F4::splat(*forth(a, i));
            x[0] = x[0] + s * F4::at(row);
            x[1] = x[1] + s * F4::at(forth(row, 4));
            x[2] = x[2] + s * F4::at(forth(row, 8));
            x[3] = x[3] + s * F4::at(forth(row, 12));
        }
        for (part, x) in x.into_iter().enumerate() {
            x.put(c.add(4 * part));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(i: usize) -> f32 {
        ((i * 7919 + 13) % 1009) as f32 / 1009.0 - 0.5
    }

    /// The definition, in the order that is promised.
    fn plain(a: &[f32], b: impl Fn(usize, usize) -> f32, start: f32, k: usize, i: usize, j: usize) -> f32 {
        (0..k).fold(start, |sum, l| sum + a[i * k + l] * b(l, j))
    }

    #[test]
    fn every_shape_is_the_plain_sum_to_the_bit() {
        for (m, k, n) in
            [(1, 1, 1), (2, 3, 16), (3, 5, 17), (7, 32, 33), (4, 9, 12), (5, 64, 48), (1, 128, 65)]
        {
            let a: Vec<f32> = (0..m * k).map(number).collect();
            let b = |i: usize, j: usize| number(i * n + j + 5);
            let bias: Vec<f32> = (0..n).map(|j| number(j + 77)).collect();
            let panels = Panels::new(k, n, b);
            let mut c = vec![f32::NAN; m * n];
            panels.multiply(&a, Start::Bias(&bias), &mut c);
            let mut again = c.clone();
            panels.multiply(&a, Start::There, &mut again);
            let mut bare = c.clone();
            panels.multiply(&a, Start::Zero, &mut bare);
            for i in 0..m {
                for j in 0..n {
                    let once = plain(&a, b, bias[j], k, i, j);
                    assert_eq!(c[i * n + j], once, "{m} {k} {n}");
                    assert_eq!(again[i * n + j], plain(&a, b, once, k, i, j), "{m} {k} {n}");
                    assert_eq!(bare[i * n + j], plain(&a, b, 0.0, k, i, j), "{m} {k} {n}");
                }
            }
        }
    }

    #[test]
    fn a_part_is_a_part_and_leaves_its_surroundings() {
        let (lda, ldc) = (40, 50);
        let a: Vec<f32> = (0..3 * lda).map(number).collect();
        let panels = Panels::new(36, 40, |i, j| number(i * 40 + j));
        let mut c = vec![9.0; 3 * ldc];
        panels.multiply_part(&a, lda, 3, 20, 21, Start::Zero, &mut c, ldc);
        for i in 0..3 {
            for j in 0..ldc {
                let sum = (0..20).fold(0.0, |sum, l| sum + a[i * lda + l] * number(l * 40 + j));
                assert_eq!(c[i * ldc + j], if j < 21 { sum } else { 9.0 }, "{i} {j}");
            }
        }
    }

    #[test]
    fn a_column_is_its_numbers_one_by_one() {
        let (k, n) = (5, 20);
        let (mut whole, mut single) = (Panels::zeros(k, n), Panels::zeros(k, n));
        for j in [0, 3, 15, 16, 19] {
            let column: Vec<f32> = (0..k).map(|i| number(i + 7 * j)).collect();
            whole.set_column(j, &column, 0.25);
            column.iter().enumerate().for_each(|(i, value)| single.set(i, j, value * 0.25));
        }
        assert_eq!(whole.values, single.values);
    }

    #[test]
    fn what_is_no_number_stays_none() {
        let panels = Panels::new(2, 3, |i, j| if i == 1 && j == 2 { f32::NAN } else { 1.0 });
        let mut c = [0.0; 3];
        panels.multiply(&[0.0, 0.0], Start::Zero, &mut c);
        assert!(c[2].is_nan() && c[0] == 0.0);
    }
}
