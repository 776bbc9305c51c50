//! How slowly a density forgets where it came from: the smallest eigenvalues of the Fokker–Planck operator of a target.

use super::{grid::Line, target::Target};

/// −A of the fluxes of `grid.rs`, made symmetric: its diagonal, and the squares beside it.
fn symmetric(line: Line, target: &Target) -> (Vec<f64>, Vec<f64>) {
    let per = 1.0 / (line.width * line.width);
    let bernoulli = |z: f64| if z.abs() < 1e-9 { 1.0 - z / 2.0 } else { z / libm::expm1(z) };
    let v: Vec<f64> = (0..line.cells).map(|i| target.potential(line.centre(i))).collect();
    let (mut diagonal, mut beside) = (vec![0.0; line.cells], Vec::new());
    for i in 0..line.cells - 1 {
        let (right, left) = (bernoulli(v[i + 1] - v[i]) * per, bernoulli(v[i] - v[i + 1]) * per);
        diagonal[i] += right;
        diagonal[i + 1] += left;
        beside.push(right * left);
    }
    (diagonal, beside)
}

/// How many eigenvalues lie below `x`: Sturm's sequence.
fn below((diagonal, beside): &(Vec<f64>, Vec<f64>), x: f64) -> usize {
    let (mut pivot, mut count) = (1.0, 0);
    for i in 0..diagonal.len() {
        let square = if i > 0 { beside[i - 1] } else { 0.0 };
        pivot = diagonal[i] - x - if square > 0.0 { square / pivot } else { 0.0 };
        if pivot == 0.0 {
            pivot = 1e-300;
        }
        count += usize::from(pivot < 0.0);
    }
    count
}

/// The k-th eigenvalue, counted from 0, which is 0 itself.
fn eigenvalue(matrix: &(Vec<f64>, Vec<f64>), k: usize) -> f64 {
    let (mut low, mut high) = (-1e-6, 1.0);
    while below(matrix, high) <= k {
        high *= 2.0;
    }
    while high - low > 1e-13 * high.max(1e-3) {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if below(matrix, middle) > k {
            high = middle;
        } else {
            low = middle;
        }
    }
    (low + high) / 2.0
}

/// The two smallest eigenvalues above 0. The cells' error is of even powers of their width: three widths leave the sixth.
pub fn slowest(target: &Target) -> [f64; 2] {
    let range = target.range(8.5);
    let each = [300, 600, 1200].map(|cells| {
        let matrix = symmetric(Line::over(range, cells), target);
        [1, 2].map(|k| eigenvalue(&matrix, k))
    });
    [0, 1].map(|k| refined([each[0][k], each[1][k], each[2][k]]))
}

/// What a number is without its error, when it was had with a width, half of it and a quarter, and the error is even.
pub fn refined([coarse, middle, fine]: [f64; 3]) -> f64 {
    let (first, second) = (middle + (middle - coarse) / 3.0, fine + (fine - middle) / 3.0);
    second + (second - first) / 15.0
}
