//! The Fréchet distance of two clouds of points, each taken for a Gaussian, and principal components.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// Mean and covariance (over n − 1) of a cloud.
#[derive(Clone, Debug)]
pub struct Gaussian {
    pub mean: DVector<f64>,
    pub covariance: DMatrix<f64>,
}

impl Gaussian {
    /// Of `rows`, [n, size] flat with n ≥ 2.
    pub fn of<T: Copy + Into<f64>>(rows: &[T], size: usize) -> Self {
        Self::of_matrix(&matrix(rows, size))
    }

    fn of_matrix(rows: &DMatrix<f64>) -> Self {
        let (mean, centred) = centre(rows);
        Self { mean, covariance: centred.tr_mul(&centred) / (rows.nrows() as f64 - 1.0) }
    }

    /// |μ_a − μ_b|² + tr(C_a + C_b − 2 (C_a C_b)^½): the Fréchet distance as Heusel et al. 2017,
    /// <https://arxiv.org/abs/1706.08500>, made it usual, which is the square of the distance of Dowson & Landau 1982, eq. 4.
    /// This project means it, and never its root, wherever it says "Fréchet distance".
    pub fn distance(&self, other: &Gaussian) -> f64 {
        let (a, b) = (&self.covariance, &other.covariance);
        let root = square_root(a);
        // tr (A B)^½ = tr (A^½ B A^½)^½, which is symmetric.
        let cross = SymmetricEigen::new(&root * b * &root).eigenvalues;
        let cross: f64 = cross.iter().map(|v| v.max(0.0).sqrt()).sum();
        (&self.mean - &other.mean).norm_squared() + a.trace() + b.trace() - 2.0 * cross
    }
}

/// The first principal components of a cloud: where Gaussians of pictures are compared.
#[derive(Clone, Debug)]
pub struct Components {
    /// [size, components], orthonormal columns, the largest variance first.
    axes: DMatrix<f64>,
}

impl Components {
    /// The first `count` of `rows`, [n, size] flat; fewer if n − 1 or `size` are fewer.
    ///
    /// Costs the cube of the smaller of n and `size`: with fewer rows than numbers in a row the eigenvectors u of
    /// X Xᵀ are found, and Xᵀ u are those of Xᵀ X.
    pub fn fit<T: Copy + Into<f64>>(rows: &[T], size: usize, count: usize) -> Self {
        let (_, x) = centre(&matrix(rows, size));
        let few = x.nrows() < size;
        let eigen = SymmetricEigen::new(if few { &x * x.transpose() } else { x.tr_mul(&x) });
        let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
        order.sort_by(|&i, &j| eigen.eigenvalues[j].total_cmp(&eigen.eigenvalues[i]));
        order.truncate(count.min(x.nrows().saturating_sub(1)));
        let mut axes = eigen.eigenvectors.select_columns(&order);
        if few {
            axes = x.tr_mul(&axes);
            axes.column_iter_mut().for_each(|mut axis| {
                axis.normalize_mut();
            });
        }
        Self { axes }
    }

    /// Where `rows`, [n, size] flat, lie on these components, [n, components] flat.
    pub fn places<T: Copy + Into<f64>>(&self, rows: &[T]) -> Vec<f64> {
        (matrix(rows, self.axes.nrows()) * &self.axes).transpose().as_slice().to_vec()
    }

    /// The cloud `rows`, [n, size] flat with n ≥ 2, as a Gaussian in these components.
    pub fn gaussian<T: Copy + Into<f64>>(&self, rows: &[T]) -> Gaussian {
        Gaussian::of_matrix(&(matrix(rows, self.axes.nrows()) * &self.axes))
    }
}

fn matrix<T: Copy + Into<f64>>(rows: &[T], size: usize) -> DMatrix<f64> {
    DMatrix::from_row_iterator(rows.len() / size, size, rows.iter().map(|&x| x.into()))
}

/// The mean row, and the rows without it.
fn centre(rows: &DMatrix<f64>) -> (DVector<f64>, DMatrix<f64>) {
    let mean = rows.row_mean();
    let mut centred = rows.clone();
    centred.row_iter_mut().for_each(|mut row| row -= &mean);
    (mean.transpose(), centred)
}

fn square_root(matrix: &DMatrix<f64>) -> DMatrix<f64> {
    let eigen = SymmetricEigen::new(matrix.clone());
    let roots = DMatrix::from_diagonal(&eigen.eigenvalues.map(|v| v.max(0.0).sqrt()));
    &eigen.eigenvectors * roots * eigen.eigenvectors.transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::{normal::normals, philox::Stream};

    fn gaussian(mean: [f64; 2], covariance: [f64; 4]) -> Gaussian {
        Gaussian {
            mean: DVector::from_row_slice(&mean),
            covariance: DMatrix::from_row_slice(2, 2, &covariance),
        }
    }

    #[test]
    fn it_has_its_closed_forms() {
        let a = gaussian([0.0, 0.0], [1.0, 0.0, 0.0, 4.0]);
        assert!(a.distance(&a).abs() < 1e-12);
        // Covariances that commute: the squared distance of their roots, (1 − 2)² + (2 − 3)², and of the means.
        let b = gaussian([3.0, -4.0], [4.0, 0.0, 0.0, 9.0]);
        assert!((a.distance(&b) - 27.0).abs() < 1e-12);
        // diag(1, 4) turned by 45°: tr (A B)^½ = √(tr AB + 2 √det AB) = √(12.5 + 8).
        let turned = gaussian([0.0, 0.0], [2.5, 1.5, 1.5, 2.5]);
        assert!((a.distance(&turned) - (10.0 - 2.0 * 20.5f64.sqrt())).abs() < 1e-12);
        assert!((turned.distance(&a) - a.distance(&turned)).abs() < 1e-12);
    }

    #[test]
    fn few_rows_have_the_components_of_the_long_way() {
        let rows: Vec<f64> = normals(5, Stream::Check, 0, 20 * 12).into_iter().map(f64::from).collect();
        let wide = Components::fit(&rows, 30, 5); // 8 rows of 30
        let (_, x) = centre(&matrix(&rows, 30));
        let mut variances: Vec<f64> =
            SymmetricEigen::new(x.tr_mul(&x)).eigenvalues.iter().map(|v| v / 7.0).collect();
        variances.sort_by(|a, b| b.total_cmp(a));
        let found = wide.gaussian(&rows).covariance;
        for i in 0..5 {
            assert!((found[(i, i)] - variances[i]).abs() < 1e-9 * variances[0], "{i}");
            assert!((0..i).all(|j| found[(i, j)].abs() < 1e-9 * variances[0]));
        }
        assert_eq!(Components::fit(&rows, 30, 50).axes.ncols(), 7);
    }
}
