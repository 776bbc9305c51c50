//! A cloud in a bowl: its mean and variance at the state shown, beside what they must be within what so many particles can tell.

use crate::experiment::parameter::text;
use crate::labs::flow::{
    papers::LANGEVIN,
    said::{claim, note, shown},
    settings::Settings,
    state::Flowing,
};
use crate::runtime::readout::Readout;

pub fn all(lab: &Flowing, at: usize) -> Vec<Readout> {
    let Settings { h, tau, spread, start, known, ref land, .. } = lab.settings;
    let alive: Vec<_> = lab.cloud().iter().filter(|place| place[0].is_finite()).collect();
    let (all, n) = (lab.cloud().len(), alive.len() as f64);
    let mean = |f: &dyn Fn(&[f64; 2]) -> f64| (n > 0.0).then(|| alive.iter().map(|p| f(p)).sum::<f64>() / n);
    let mut claims = vec![
        claim("cloud_here", text("No particle has left", "没有粒子飞走"), LANGEVIN).above(
            Some(n / all as f64),
            1.0 - 0.5 / all as f64,
            note(
                "Particles that a step throws out of the landscape are lost. If there are any, take a shorter time step h.",
                "被一步抛出地形之外的粒子就丢了。如果有，请缩短时间步长 h。",
            ),
        ),
    ];
    let bends = match known.id {
        "bowl" => [1.0, 1.0],
        "ellipse" => [1.0, land.a],
        _ => return claims,
    };
    let names = [
        ("cloud_mean_x", text("Mean x of the cloud", "云的平均 x")),
        ("cloud_mean_y", text("Mean y of the cloud", "云的平均 y")),
        ("cloud_variance_x", text("Variance of x in the cloud", "云的 x 方差")),
        ("cloud_variance_y", text("Variance of y in the cloud", "云的 y 方差")),
    ];
    for i in 0..2 {
        // Each step keeps 1 − hλ of where a particle stands and adds noise.
        let keep = 1.0 - h * bends[i];
        let (mut middle, mut variance) = (start[i], spread * spread);
        for _ in 0..at {
            (middle, variance) = (keep * middle, keep * keep * variance + 2.0 * tau * h);
        }
        let found = mean(&|p| p[i]);
        let wide = mean(&|p| (p[i] - found.unwrap_or(0.0)).powi(2));
        let root = all as f64;
        let says = |sigma: f64| {
            note(
                format!(
                    "Expected: each step keeps {} of it. Five standard errors of so many particles: {}.",
                    shown(keep),
                    shown(5.0 * sigma)
                ),
                format!(
                    "期望值：每一步保留它的 {}。这么多粒子的五个标准误：{}。",
                    shown(keep),
                    shown(5.0 * sigma)
                ),
            )
        };
        let (of_mean, of_variance) = (libm::sqrt(variance / root), variance * libm::sqrt(2.0 / root));
        let bias = variance / root;
        claims.push(claim(names[i].0, names[i].1, LANGEVIN).equals(
            found,
            middle,
            5.0 * of_mean + 1e-6,
            says(of_mean),
        ));
        claims.push(claim(names[i + 2].0, names[i + 2].1, LANGEVIN).equals(
            wide,
            variance,
            5.0 * of_variance + bias + 1e-6,
            says(of_variance),
        ));
    }
    claims
}
