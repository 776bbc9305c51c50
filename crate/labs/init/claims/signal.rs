//! The stack of layers, measured, beside the variance map.

use super::{bounded, factor, finite};
use crate::experiment::parameter::text;
use crate::labs::init::{
    papers::{ARTICLE, GRADIENTS, HE, MEAN_FIELD, MUP, NTK},
    said::{claim, note, shown},
    settings::Parametrisation,
    state::Born,
};
use crate::math::statistics::Moments;
use crate::runtime::readout::Readout;
use crate::signal::{
    activation::Activation,
    moments::{Evening, back_spread},
    normal::quantile,
    stack::{OFF, SATURATED, steepest},
};

/// An Adam step, as the article has it.
const STEP: f64 = 0.01;
/// Equal shares that a normal law is cut into, where something is counted that is no smooth function.
const SHARES: usize = 4000;

pub fn all(lab: &Born, at: usize) -> Vec<Readout> {
    let mut all = moments(lab, at);
    all.extend(gradients(lab, at));
    all.extend(gone(lab, at));
    all.push(flat(lab));
    all.extend(parametrised(lab));
    all
}

fn moments(lab: &Born, at: usize) -> Vec<Readout> {
    let ran = lab.ran();
    let measured = ran.measured[at];
    let (known, mean, spread) = match at.checked_sub(1).map(|l| ran.map[l]) {
        None => (1.0, 0.0, 0.0),
        Some(layer) => (layer.passed.moment, layer.passed.mean, layer.spread),
    };
    let (m, open) = (lab.settings.width, factor(known, spread));
    let burst = note(
        "It has left the numbers that 32 bits can hold: a smaller gain, or a norm, keeps it in.",
        "已超出 32 位浮点数的范围：减小增益或加上归一化即可。",
    );
    let says = || {
        note(
            format!(
                "Layer {at} of {}, {m} units. The map is exact for endless width; a chance of one in a million is left by five deviations, each a factor of {}.",
                lab.settings.depth,
                shown(libm::exp(spread))
            ),
            format!(
                "共 {1} 层中的第 {0} 层，{m} 个单元。无穷宽时方差映射精确；容差为五个标准差，每个标准差相当于 {2} 倍。",
                at,
                lab.settings.depth,
                shown(libm::exp(spread))
            ),
        )
    };
    vec![
        claim(
            "second_moment",
            text("Second moment of what layer ‘at’ gives, measured", "第 at 层输出的二阶矩，实测"),
            MEAN_FIELD,
        )
        .equals(
            finite(measured.moment),
            bounded(known),
            open,
            if measured.moment.is_finite() { says() } else { burst },
        ),
        claim(
            "second_moment_theory",
            text(
                "The same by the variance map, q ← E φ(√(m Var w · q) z)²",
                "由方差映射给出：q ← E φ(√(m Var w · q) z)²",
            ),
            ARTICLE,
        )
        .equals(finite(known), bounded(measured.moment), open, says()),
        claim("mean", text("Mean of what layer ‘at’ gives", "第 at 层输出的均值"), MEAN_FIELD).equals(
            finite(measured.mean),
            bounded(mean),
            bounded(5.0 * (known / m as f64).sqrt() + factor(mean, spread)),
            note(
                "Only the second moment has to stay: a mean that is not zero does no harm to it.",
                "只需保住二阶矩：均值不为零并无妨碍。",
            ),
        ),
    ]
}

fn gradients(lab: &Born, at: usize) -> Vec<Readout> {
    let ran = lab.ran();
    let m = lab.settings.width;
    let known = lab.gradients();
    let spread = back_spread(&ran.map[at..], m) / 2.0;
    let layer = at.max(1);
    let before = if layer == 1 { 1.0 } else { ran.map[layer - 2].passed.moment };
    let here = &ran.map[layer - 1];
    let through = if lab.settings.evening == Evening::None { 1.0 } else { here.before };
    let outside = match lab.settings.parametrisation {
        Parametrisation::Standard | Parametrisation::Mup => 1.0,
        Parametrisation::Ntk => (lab.settings.asked() / m as f64).sqrt(),
    };
    let weight = known[layer] * (here.passed.slope / through * before).sqrt() * outside;
    let wider = back_spread(&ran.map[layer - 1..], m) / 2.0 + here.spread;
    vec![
        claim("gradient_norm", text("Gradient by what layer ‘at’ gives, root mean square, beside Π √(m Var w · E φ′²)", "对第 at 层输出的梯度（均方根），对照 Π √(m Var w · E φ′²)"), GRADIENTS).equals(
            finite(ran.measured[at].gradient),
            bounded(known[at]),
            factor(known[at], spread),
            note("Of Σ g·x for a random g of size one behind the last layer.", "损失取 Σ g·x，g 是最后一层之后、大小为 1 的随机向量。"),
        ),
        claim("weight_gradient", text("Gradient by a weight of this layer, root mean square", "对这一层一个权重的梯度（均方根）"), GRADIENTS).equals(
            finite(ran.measured[layer].weight_gradient),
            bounded(weight),
            factor(weight, wider),
            note(
                format!("Layer {layer}, of one input. NTK’s fixed factor stands before it, so the same function learns at another speed."),
                format!("第 {layer} 层，单个输入。NTK 的固定系数会乘在梯度上：函数相同，学习速度不同。"),
            ),
        ),
    ]
}

/// The share of N(0, p) at which the slope is less than `part` of the steepest.
fn share(activation: &Activation, p: f64, part: f64) -> f64 {
    let (steep, root) = (part * steepest(activation), p.sqrt());
    let flat = |k: &usize| activation.at(root * quantile((*k as f64 + 0.5) / SHARES as f64))[1].abs() < steep;
    (0..SHARES).filter(flat).count() as f64 / SHARES as f64
}

fn gone(lab: &Born, at: usize) -> Vec<Readout> {
    let ran = lab.ran();
    let layer = at.max(1);
    let (here, measured) = (&ran.map[layer - 1], &ran.measured[layer]);
    let m = lab.settings.width as f64;
    let p = if lab.settings.evening == Evening::None { here.before } else { 1.0 };
    let activation = &lab.settings.activation;
    // The law of what goes in is as wide as the layer before happened to be.
    let loose = if layer == 1 { 0.0 } else { ran.map[layer - 2].spread };
    let judged = |part: f64| {
        let known = share(activation, p, part);
        let wider = share(activation, p * libm::exp(5.0 * loose), part);
        let narrower = share(activation, p * libm::exp(-5.0 * loose), part);
        let chance = 5.0 * (0.25 / m).sqrt();
        (known, chance + (wider - known).abs().max((narrower - known).abs()))
    };
    let ((off, off_open), (saturated, saturated_open)) = (judged(OFF), judged(SATURATED));
    vec![
        claim("off_share", text("Share of units whose slope is nothing", "斜率为零的单元占比"), HE).equals(
            Some(measured.off),
            off,
            off_open,
            note(
                format!(
                    "Layer {layer}. Off for every input, that is dead: {} %.",
                    shown(100.0 * measured.dead)
                ),
                format!("第 {layer} 层。对所有输入都关闭（即死亡）的占 {} %。", shown(100.0 * measured.dead)),
            ),
        ),
        claim(
            "saturated_share",
            text("Share whose slope is less than a tenth of the steepest", "斜率不到最陡处十分之一的占比"),
            MEAN_FIELD,
        )
        .equals(
            Some(measured.saturated),
            saturated,
            saturated_open,
            note(
                format!("Layer {layer}. Expected: the same share of a normal law of variance {}.", shown(p)),
                format!("第 {layer} 层。期望值：方差为 {} 的正态分布的相应占比。", shown(p)),
            ),
        ),
    ]
}

/// The gain at which a second moment of one stays one.
fn flat(lab: &Born) -> Readout {
    let settings = &lab.settings;
    let activation = &settings.activation;
    let kept = activation.keeps().filter(|_| settings.evening == Evening::None);
    let each = settings.asked() / (settings.gain * settings.gain) * settings.law().variance();
    let gain = kept.map(|p| (p / each).sqrt());
    // One step of Newton's on drawn numbers, from there.
    let (seen, open) = kept.map_or((0.0, 0.0), |p| {
        let passes = activation.passed(p).passes;
        let squares = lab
            .tried()
            .iter()
            .map(|z| activation.at(p.sqrt() * f64::from(*z))[0].powi(2))
            .collect::<Vec<_>>();
        let moments = Moments::of(squares);
        let error = 5.0 * moments.deviation() / (moments.count as f64).sqrt();
        let gain = (p / each).sqrt();
        (
            gain * (1.0 - (moments.mean - 1.0) / (2.0 * passes)),
            gain * (error / (2.0 * passes.abs()) + error * error),
        )
    });
    let says = if gain.is_some() {
        note(
            "Where E φ(√p z)² = 1. Expected: on drawn numbers. For relu on LeCun’s rule it is √2, and that is He’s rule.",
            "E φ(√p z)² = 1 之处。期望值：用抽到的数计算。relu 配 LeCun 法则时为 √2，这正是 He 法则。",
        )
    } else if settings.evening == Evening::None {
        note(
            "No gain does: this activation never reaches a second moment of one. Scale it, or add a norm.",
            "任何增益都做不到：这个激活函数的二阶矩到不了 1。请缩放它，或加上归一化。",
        )
    } else {
        note("A norm makes every gain the same.", "有了归一化，增益取多少都一样。")
    };
    claim("flat_gain", text("The gain at which the line lies flat", "让曲线平坦的增益"), HE).equals(
        gain,
        bounded(seen),
        bounded(open),
        says,
    )
}

fn parametrised(lab: &Born) -> Vec<Readout> {
    let settings = &lab.settings;
    let own = settings.parametrisation;
    let m = settings.width as f64;
    let size = match own {
        Parametrisation::Ntk => settings.law().variance().sqrt(),
        Parametrisation::Standard | Parametrisation::Mup => {
            (settings.asked() * settings.law().variance() / m).sqrt()
        }
    };
    let size = if own == Parametrisation::Mup && settings.depth == 1 { size / m.sqrt() } else { size };
    let step = claim("adam_step", text("A step of 0.01, as Adam makes it, over the size of a weight", "Adam 走一步（0.01）与权重大小之比"), NTK).equals(
        Some(STEP / size),
        STEP / lab.weight_size(),
        // The measured size of m² weights.
        STEP / size * 5.0 * 1.5 / m,
        note("Expected: with the weights that were drawn. The same step is 1 % of a weight of size one, and 32 % of one of 1/√1024.", "期望值：用实际抽到的权重计算。同样的一步，对大小为 1 的权重是 1 %，对 1/√1024 则是 32 %。"),
    );
    let gap = (own != Parametrisation::Standard).then(|| {
        // With muP the last layer is meant to be another.
        let shared = if own == Parametrisation::Mup { settings.depth - 1 } else { settings.depth };
        let run = |parametrisation| {
            lab.stacked(parametrisation, |stack, x| stack.forward(&x.columns(0, 1).into_owned()))
        };
        let (one, other) = (run(own), run(Parametrisation::Standard));
        let [one, other] = [one, other].map(|layers| shared.checked_sub(1).map(|l| layers[l].after.clone()));
        match (one, other) {
            (Some(one), Some(other)) => {
                f64::from((&one - &other).norm()) / f64::from(other.norm()).max(f64::MIN_POSITIVE)
            }
            _ => 0.0,
        }
    });
    let same = claim("same_function", text("This parametrisation against the standard one: how far outputs differ", "这种参数化与标准参数化：输出相差多少"), if own == Parametrisation::Mup { MUP } else { NTK }).equals(
        gap.and_then(finite),
        0.0,
        1e-3,
        if gap.is_none() {
            note("Choose NTK or muP to compare.", "选择 NTK 或 muP 进行比较。")
        } else {
            note("The same numbers drawn, the size in another place. muP: up to the last layer, which it makes √m smaller.", "抽到的数相同，尺度放在别处。muP：比较到最后一层之前，最后一层它缩小 √m 倍。")
        },
    );
    vec![step, same]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::{activation::Shape, normal::below};

    #[test]
    fn shares_are_those_of_the_normal_law() {
        assert!((share(&Activation::plain(Shape::Relu), 3.0, OFF) - 0.5).abs() < 1e-3);
        // 1 − tanh² < 0.1 beyond artanh √0.9.
        let known = 2.0 * below(-libm::atanh(0.9f64.sqrt()) / 2.0);
        assert!((share(&Activation::plain(Shape::Tanh), 4.0, SATURATED) - known).abs() < 1e-3);
    }
}
