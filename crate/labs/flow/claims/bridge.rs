//! Back to diffusion: the forward process falls as its slope says, and the three ways back carry the same law.

use crate::downhill::bridge::{Cloud, against, holds, kl_rate};
use crate::experiment::parameter::text;
use crate::labs::flow::{
    papers::{ANNEALED, HO, SONG, WIBISONO},
    said::{claim, note, shown},
    state::Flowing,
};
use crate::math::{statistics::Moments, wasserstein::Sliced};
use crate::runtime::readout::Readout;

/// Particles that are compared.
const COMPARED: usize = 1000;
/// Fresh sets of the law.
const SETS: u32 = 6;
/// How far a way may be from the law, in distances of fresh sets from each other: a few steps leave a bias.
const CLOSE: f64 = 2.5;

pub fn all(lab: &Flowing, at: usize) -> Vec<Readout> {
    let bridge = &lab.ways().bridge;
    let level = bridge.level(at);
    let mut all = falling(lab, at);
    let count = bridge.particles.min(COMPARED);
    let sets: Vec<Sliced> = (0..SETS).map(|i| Sliced::of(&bridge.fresh(level, i, count))).collect();
    let pairs = sets.iter().enumerate().flat_map(|(i, a)| sets[..i].iter().map(|b| a.distance(b)));
    let floor = Moments::of(pairs).mean;
    let ways = [
        ("flow_w2", text("The flow’s particles follow p_t", "流的粒子服从 p_t"), SONG),
        ("reverse_w2", text("The reverse equation’s particles follow p_t", "反向方程的粒子服从 p_t"), HO),
        ("annealed_w2", text("Langevin’s particles follow p_t", "朗之万的粒子服从 p_t"), ANNEALED),
    ];
    for (way, (id, title, reference)) in lab.ways().at(at).iter().zip(ways) {
        let way: Cloud = way.iter().take(2 * count).map(|x| f64::from(*x)).collect();
        let own = Sliced::of(&way);
        let distance = Moments::of(sets.iter().map(|set| own.distance(set))).mean;
        all.push(claim(id, title, reference).below(
            Some(distance),
            // Rounding alone parts sets of a single point.
            CLOSE * floor + 1e-6,
            note(
                format!(
                    "Sliced Wasserstein distance of {count} particles from as many fresh points of p_t; two fresh sets are {} apart. More steps come closer.",
                    shown(floor)
                ),
                format!(
                    "{count} 个粒子与同样多新抽自 p_t 的点的切片 Wasserstein 距离；两组新抽的点相距 {}。步数越多越接近。",
                    shown(floor)
                ),
            ),
        ));
    }
    all
}

/// KL(p_t ‖ N(0, I)), and −dKL/dτ beside the Fisher information.
fn falling(lab: &Flowing, at: usize) -> Vec<Readout> {
    let bridge = &lab.ways().bridge;
    // Where p_t is a comb of needles, the first level that a grid can hold.
    let first = bridge.levels.iter().copied().find(|level| holds(&bridge.known, *level));
    let level = first.map(|first| if bridge.level(at).b < first.b { first } else { bridge.level(at) });
    let found = level.map(|level| against(&bridge.known, level));
    let rate = level.map(|level| kl_rate(&bridge.known, level));
    let time = level.map_or(f64::NAN, |level| -libm::log(level.a));
    // Log-Sobolev: KL falls at least as e^{−2τ} from wherever it is measured first.
    let bound = first.map_or(f64::NAN, |first| {
        against(&bridge.known, first).kl * libm::exp(-2.0 * (time + libm::log(first.a)))
    });
    let kl = found.as_ref().map(|one| one.kl);
    let fisher = found.as_ref().map_or(f64::NAN, |one| one.fisher);
    vec![
        claim(
            "demolition_rate",
            text("Demolition is a gradient flow: −dKL/dτ is the Fisher information", "拆楼是梯度流：−dKL/dτ 等于 Fisher 信息"),
            WIBISONO,
        )
        .equals(
            rate,
            fisher,
            1e-4 * (1.0 + fisher.abs()),
            note(
                format!(
                    "At τ = −ln A = {}. Measured: KL of p_t from N(0, I) a moment before and after. Expected: ∫ p_t |∇ ln p_t + x|².",
                    shown(time)
                ),
                format!(
                    "在 τ = −ln A = {} 处。测量值：p_t 与 N(0, I) 的 KL 在前后片刻之差。期望值：∫ p_t |∇ ln p_t + x|²。",
                    shown(time)
                ),
            ),
        ),
        claim(
            "demolition_kl",
            text("KL of p_t from the normal distribution falls at least as e^(−2τ)", "p_t 与正态分布的 KL 至少按 e^(−2τ) 下降"),
            WIBISONO,
        )
        .below(
            kl,
            bound * (1.0 + 1e-9) + 1e-12,
            note(
                format!("At τ = {}; the bound starts from the least noise at which p_t can be summed on a grid.", shown(time)),
                format!("在 τ = {} 处；上界从网格能求和 p_t 的最小噪声算起。", shown(time)),
            ),
        ),
    ]
}
