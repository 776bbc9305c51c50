//! What is measured of each step of the derivation.

use super::words::{LEAST, note, shown};
use crate::experiment::parameter::text;
use crate::labs::gamma::{
    derivation, function,
    papers::{ARTICLE, EULER, FUNCTIONAL, MELLIN},
    settings::{Function, Settings},
};
use crate::math::{
    complex::{Complex, complex},
    gamma::{Pole, fourier, gamma},
};
use crate::runtime::readout::{Claim, Readout};
use std::f64::consts::PI;

pub fn steps(settings: &Settings) -> Vec<Readout> {
    vec![
        functional_equation(settings),
        shift(settings),
        real_equation(settings),
        real_axis_sum(settings),
        one_period_integral(settings),
        imaginary_equation(settings),
        fourier_pair(settings),
        partial_area(settings),
        constant(),
    ]
}

fn functional_equation(settings: &Settings) -> Readout {
    let claim = Claim {
        id: "functional_equation",
        title: text(
            "How far the function is from solving G(z + 1) = z G(z)",
            "此函数离满足 G(z + 1) = z G(z) 还差多少",
        ),
        unit: "",
        reference: FUNCTIONAL,
    };
    let off = function::residual(settings, settings.z);
    match settings.function {
        Function::Gamma | Function::Impostor => claim.equals(
            off,
            0.0,
            2e-12,
            note(
                "|G(z + 1) − z G(z)| over the larger of the two. Γ solves it, and so does Γ times anything of period 1.".into(),
                "|G(z + 1) − z G(z)| 除以两者中较大的。Γ 满足此方程；Γ 乘以任何周期为 1 的函数也满足。".into(),
            ),
        ),
        _ => claim.above(
            off,
            1e-9,
            note(
                "The same for the function chosen: it does not solve the equation.".into(),
                "对所选函数作同样的计算：它不满足此方程。".into(),
            ),
        ),
    }
}

fn shift(settings: &Settings) -> Readout {
    let z = settings.z;
    let next = gamma(z + Complex::ONE).ok().filter(|next| next.is_finite() && next.abs() > LEAST);
    let far = derivation::distance(z);
    let off = next
        .filter(|_| far > 1.1)
        .and_then(|next| Some((*derivation::shifts(z).last()? - next).abs() / next.abs()));
    let allowed = 100.0 * libm::pow(far, -(derivation::ORDERS as f64)) + 1e-10;
    let orders = derivation::ORDERS - 1;
    Claim {
        id: "shift",
        title: text("e^D Γ(z), summed, is Γ(z + 1)", "逐项求和的 e^D Γ(z) 等于 Γ(z + 1)"),
        unit: "",
        reference: ARTICLE,
    }
    .below(
        off,
        allowed,
        note(
            format!(
                "What the sum of Γ⁽ᵏ⁾(z)/k! up to k = {orders} misses, over |Γ(z + 1)|. It converges where every pole is further than 1 away; the nearest is at {}.",
                shown(far)
            ),
            format!(
                "Γ⁽ᵏ⁾(z)/k! 求和至 k = {orders} 时与 Γ(z + 1) 的相对差。所有极点都在 1 以外时收敛；最近的极点距离为 {}。",
                shown(far)
            ),
        ),
    )
}

fn real_equation(settings: &Settings) -> Readout {
    Claim {
        id: "real_equation",
        title: text("F = exp(−e^{iω}) solves e^{iω} F = i F′", "F = exp(−e^{iω}) 满足 e^{iω} F = i F′"),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        Some(derivation::real_axis(settings.omega)),
        0.0,
        1e-12,
        note(
            "|e^{iω} F − i F′| at ω, F′ by Cauchy's integral.".into(),
            "ω 处的 |e^{iω} F − i F′|，F′ 用柯西积分求得。".into(),
        ),
    )
}

fn real_axis_sum(settings: &Settings) -> Readout {
    let Settings { x, periods, .. } = *settings;
    Claim {
        id: "real_axis_sum",
        title: text("The real road's integral over N periods, at x", "实轴之路：N 个周期的积分在 x 处的值"),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        Some(fourier::partial(x, periods)),
        fourier::partial_series(x, periods),
        1e-11 * periods as f64,
        note(
            "(1/2π) ∫ exp(−e^{iω}) e^{iωx} dω by Gauss's rule, against N Σ (−1)ⁿ/n! sinc(N(x + n)).".into(),
            "用高斯求积算 (1/2π) ∫ exp(−e^{iω}) e^{iωx} dω，对照 N Σ (−1)ⁿ/n! sinc(N(x + n))。".into(),
        ),
    )
}

fn one_period_integral(settings: &Settings) -> Readout {
    let n = settings.periods as f64;
    Claim {
        id: "one_period_integral",
        title: text(
            "One period at x = −n is the residue of Γ there",
            "一个周期在 x = −n 处的积分就是 Γ 的留数",
        ),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        Some(fourier::one_period(-n)),
        fourier::residue(n),
        1e-15,
        note(
            format!("At x = −{n}, by the trapezoid rule, against (−1)ⁿ/n! = {}.", shown(fourier::residue(n))),
            format!("x = −{n} 处，用梯形法则，对照 (−1)ⁿ/n! = {}。", shown(fourier::residue(n))),
        ),
    )
}

fn imaginary_equation(settings: &Settings) -> Readout {
    let f = libm::exp(-libm::exp(settings.omega));
    Claim {
        id: "imaginary_equation",
        title: text("F = exp(−e^ω) solves e^ω F = −F′", "F = exp(−e^ω) 满足 e^ω F = −F′"),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        Some(derivation::imaginary_axis(settings.omega)),
        0.0,
        // The circle that F′ is taken from reaches to ω − ½, where F may be larger by far.
        1e-12 + 1e-12 * f,
        note(
            "|e^ω F + F′| at ω: one letter i less, and F falls off to the right instead of going round."
                .into(),
            "ω 处的 |e^ω F + F′|：少了一个 i，F 便向右衰减，而不再打转。".into(),
        ),
    )
}

fn fourier_pair(settings: &Settings) -> Readout {
    let Settings { c, omega, .. } = *settings;
    let exact = fourier::along_exactly(c, omega);
    let size = gamma(complex(c, 0.0)).map_or(0.0, |value| value.abs());
    let along = fourier::along(c, omega);
    let said = match along {
        Ok(_) if c > 0.0 => note(
            "∫ Γ(c + iy) e^{−iωy} dy, summed along the line, against 2π e^{cω − e^ω}.".into(),
            "沿竖线求和的 ∫ Γ(c + iy) e^{−iωy} dy，对照 2π e^{cω − e^ω}。".into(),
        ),
        Ok(_) => note(
            "Left of a pole the transform lacks that pole's term: 2π e^{cω} (e^{−e^ω} − the first terms of its series).".into(),
            "竖线越过极点后，变换少了那些极点的项：2π e^{cω} (e^{−e^ω} 减去其级数的前几项)。".into(),
        ),
        Err(Pole { n }) => note(
            format!("The line runs into the pole at −{n}; move it."),
            format!("竖线正穿过极点 −{n}，请移开它。"),
        ),
    };
    Claim {
        id: "fourier_pair",
        title: text("The transform of Γ along Re z = c, at ω", "Γ 沿 Re z = c 的傅里叶变换在 ω 处的值"),
        unit: "",
        reference: MELLIN,
    }
    .equals(along.ok(), exact, 2e-12 * (size + exact.abs()), said)
}

fn partial_area(settings: &Settings) -> Readout {
    let Settings { z, omega, .. } = *settings;
    let whole = gamma(z).ok().filter(|_| z.re > 0.0);
    let t = libm::exp(omega);
    let share = |area: Complex| whole.map(|whole| (area / whole).re);
    let by_series = share(derivation::partial(z, t));
    let rounding =
        whole.map_or(0.0, |whole| gamma(complex(z.re, 0.0)).map_or(0.0, |size| size.re / whole.abs()));
    Claim {
        id: "partial_area",
        title: text("The same area in ω and in t = e^ω", "面积在 ω 与 t = e^ω 下相同"),
        unit: "",
        reference: EULER,
    }
    .equals(
        share(derivation::partial_by_sum(z, omega)),
        by_series.unwrap_or(0.0),
        1e-11 * (1.0 + rounding),
        note(
            format!(
                "∫ e^{{zω − e^ω}} dω up to ω by Gauss's rule, against ∫ t^{{z−1}} e^{{−t}} dt up to t = {} by its series; both over Γ(z), real part. It needs Re z > 0.",
                shown(t)
            ),
            format!(
                "用高斯求积算到 ω 为止的 ∫ e^{{zω − e^ω}} dω，对照用级数算到 t = {} 为止的 ∫ t^{{z−1}} e^{{−t}} dt；都除以 Γ(z)，取实部。要求 Re z > 0。",
                shown(t)
            ),
        ),
    )
}

fn constant() -> Readout {
    Claim {
        id: "constant",
        title: text("The constant C, from G(1) = 1", "由 G(1) = 1 定出的常数 C"),
        unit: "",
        reference: ARTICLE,
    }
    .equals(
        Some(derivation::constant()),
        2.0 * PI,
        1e-13,
        note("2π over ∫ e^{ω − e^ω} dω.".into(), "2π 除以 ∫ e^{ω − e^ω} dω。".into()),
    )
}
