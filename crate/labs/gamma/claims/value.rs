//! Γ(z) itself, beside Euler's integral.

use super::words::{note, shown};
use crate::experiment::parameter::text;
use crate::labs::gamma::{papers::EULER, settings::Settings};
use crate::math::{
    complex::{Complex, complex},
    gamma::{euler, gamma},
};
use crate::runtime::readout::{Claim, Readout};

/// Γ(z) from Euler's integral alone, and what the integral's rounding leaves open: left of Re z = 0, where it diverges, from the
/// nearest place to the right where it does not, by the functional equation.
fn by_integral(z: Complex) -> (Complex, f64) {
    let steps = if z.re > 0.0 { 0 } else { (-z.re).floor() as usize + 1 };
    let w = complex(z.re + steps as f64, z.im);
    let size = gamma(complex(w.re, 0.0)).map_or(f64::INFINITY, |value| value.re);
    let (mut value, mut open) = (euler::integral(w), 2e-13 * size);
    // One by one: the product of all may be more than a double holds where Γ is less.
    for k in (0..steps).rev() {
        let factor = complex(z.re + k as f64, z.im);
        (value, open) = (value / factor, open / factor.abs());
    }
    (value, open)
}

/// Re Γ(z) and Im Γ(z).
pub fn all(settings: &Settings) -> Vec<Readout> {
    let z = settings.z;
    let names = [
        ("gamma_re", text("The real part of Γ(z)", "Γ(z) 的实部")),
        ("gamma_im", text("The imaginary part of Γ(z)", "Γ(z) 的虚部")),
    ];
    let claim = |i: usize| Claim { id: names[i].0, title: names[i].1, unit: "", reference: EULER };
    let value = match gamma(z) {
        Ok(value) => value,
        Err(pole) => {
            let residue = shown(pole.residue());
            let said = || {
                note(
                    format!("Γ has a pole at −{}; its residue there is {residue}.", pole.n),
                    format!("Γ 在 −{} 处有极点，留数为 {residue}。", pole.n),
                )
            };
            return vec![
                claim(0).equals(None, f64::INFINITY, 0.0, said()),
                claim(1).equals(None, 0.0, 0.0, said()),
            ];
        }
    };
    let (exact, open) = by_integral(z);
    let open = open + 1e-13 * value.abs();
    let said = |value: f64| {
        note(
            format!(
                "Stirling's series gives {}; Euler's integral, summed by itself{}, is what is expected.",
                shown(value),
                if z.re > 0.0 { "" } else { " to the right of 0 and brought here by G(z) = G(z + 1)/z" }
            ),
            format!(
                "斯特林级数给出 {}；期望值是单独求和的欧拉积分{}。",
                shown(value),
                if z.re > 0.0 {
                    ""
                } else {
                    "（在 0 的右边求得，再用 G(z) = G(z + 1)/z 移到此处）"
                }
            ),
        )
    };
    vec![
        claim(0).equals(Some(value.re), exact.re, open, said(value.re)),
        claim(1).equals(Some(value.im), exact.im, open, said(value.im)),
    ]
}
