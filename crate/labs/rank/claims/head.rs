//! One map: its rank counted in several ways, its determinant, its condition, and the same head under another mask.

use crate::experiment::parameter::text;
use crate::labs::rank::{
    papers::{ARTICLE, BOTTLENECK, CESARO, FOCUS, RANKS, RENYI, SINGULAR},
    said::{claim, note, shown},
    settings::Settings,
    state::Towers,
};
use crate::maps::{
    kernel::Kernel,
    mask::Mask,
    shape::{Shape, alone, exact_rank},
};
use crate::runtime::readout::Readout;

/// What rounding may take from an inequality.
const SLACK: f64 = 1e-9;

pub fn all(towers: &Towers) -> Vec<Readout> {
    let shape = towers.now().shape();
    let mut all = counted(towers, shape);
    all.extend(effective(towers, shape));
    all.extend(determinant(towers, shape));
    all.extend(ends(towers, shape));
    all.push(between(towers));
    all.extend(sharper(towers, shape));
    all
}

/// Rank rises with gain, up to a point.
fn sharper(towers: &Towers, shape: &Shape) -> Option<Readout> {
    let gain = towers.settings.gain;
    if towers.settings.kernel != Kernel::Softmax || gain == 0.0 {
        return None;
    }
    let title = text("Twice the gain makes more entropy rank", "增益加倍，熵秩更高");
    Some(claim("erank_gain", title, BOTTLENECK).above(
        towers.sharper(),
        shape.ranks.entropy,
        note(
            format!(
                "At gain {}. Logits that are spread wider make rows that differ more; where each row has picked its one already, it depends on how many picked the same.",
                shown(2.0 * gain)
            ),
            format!(
                "增益为 {} 时。logits 拉得越开，各行差别越大；等到每行都已选定一个，便要看有多少行选中同一个。",
                shown(2.0 * gain)
            ),
        ),
    ))
}

/// The rank in exact arithmetic of almost every such head.
fn known_rank(towers: &Towers) -> usize {
    let settings = &towers.settings;
    let exact = exact_rank(settings.kernel, settings.mask, settings.n, settings.d);
    (exact + lost(towers)).min(settings.n)
}

/// Rows of relu that read nobody, and so themselves.
fn lost(towers: &Towers) -> usize {
    match towers.settings.kernel {
        Kernel::Relu => alone(&towers.now().map, towers.settings.mask),
        Kernel::Softmax | Kernel::Elu1 | Kernel::Identity | Kernel::Exp | Kernel::Uniform => 0,
    }
}

/// Singular values above a share of the largest.
fn counted(towers: &Towers, shape: &Shape) -> Vec<Readout> {
    let settings = &towers.settings;
    let (n, d, mask, kernel) = (settings.n, settings.d, settings.mask, settings.kernel);
    let exact = known_rank(towers);
    let rank = shape.rank(1e-6);
    let missing = exact.saturating_sub(rank);
    let said = if rank == exact {
        note(
            format!(
                "In exact arithmetic the rank of almost every such head is {exact} of {n}, and it can be counted."
            ),
            format!("在精确运算中，几乎所有这样的头秩为 {exact}（共 {n}），也确实数得出来。"),
        )
    } else {
        note(
            format!(
                "In exact arithmetic almost every such head has rank {exact}. Off by {missing}: those directions are there and \
                 smaller than a millionth of the largest. This is conditioning, not rank."
            ),
            format!(
                "在精确运算中，几乎所有这样的头秩为 {exact}。差 {missing}：那些方向在，只是不到最大者的百万分之一。这是病态，不是降秩。"
            ),
        )
    };
    let logits = towers.logits();
    let raw = logits.iter().filter(|s| **s > 1e-10 * logits[0]).count();
    let above = logits.iter().filter(|s| **s > 1e-2 * logits[0]).count();
    let hundredth = shape.rank(1e-2);
    let product = kernel.features(d).filter(|_| mask == Mask::TwoWay);
    let coarse =
        claim("rank_1e2", text("Singular values above σ₁/100", "大于 σ₁/100 的奇异值个数"), BOTTLENECK);
    vec![
        claim("rank_1e6", text("Singular values above σ₁/10⁶", "大于 σ₁/10⁶ 的奇异值个数"), ARTICLE).equals(
            Some(rank as f64),
            exact as f64,
            0.0,
            said,
        ),
        match product {
            Some(features) => coarse.below(
                Some(hundredth as f64),
                (features + lost(towers)).min(n) as f64 + 1.0,
                note(
                    format!("A two-way map of linear attention is a product through {features} features: no more directions, however many tokens."),
                    format!("双向的线性注意力图是经过 {features} 个特征的乘积：字再多，方向也不会更多。"),
                ),
            ),
            None => coarse.above(
                Some(hundredth as f64),
                above as f64,
                note(
                    format!("The logits Q Kᵀ have {above} such values. What makes a map of them adds directions: softmax its exponential, a triangle its zeros."),
                    format!("logits 矩阵 Q Kᵀ 有 {above} 个这样的值。把它变成注意力图会增添方向：softmax 靠指数，三角形靠零。"),
                ),
            ),
        },
        logits_rank(towers, raw),
    ]
}

/// The logits are a product through as many numbers as a query has.
fn logits_rank(towers: &Towers, raw: usize) -> Readout {
    let Settings { n, d, .. } = towers.settings;
    let title = text("The rank of the logits Q Kᵀ is the head’s width", "logits 矩阵 Q Kᵀ 的秩就是头的宽度");
    let claim = claim("rank_logits", title, BOTTLENECK);
    if towers.read.is_some() {
        return claim.below(
            Some(raw as f64),
            n.min(d) as f64 + 1.0,
            note(
                "Counted above 10⁻¹⁰ σ₁, by the factors n × d and d × n: never more than min(n, d) directions. A text that repeats one character makes fewer: the same query, turned by its position.",
                "按大于 10⁻¹⁰ σ₁ 计数，由因子 n × d 与 d × n 求得：方向不超过 min(n, d)。只重复一个字符的文字更少：同一个查询，按位置旋转而已。",
            ),
        );
    }
    claim.equals(
        Some(raw as f64),
        n.min(d) as f64,
        0.0,
        note(
            "Counted above 10⁻¹⁰ σ₁, by the factors n × d and d × n: min(n, d) directions and no more. The article’s argument begins here.",
            "按大于 10⁻¹⁰ σ₁ 计数，由因子 n × d 与 d × n 求得：min(n, d) 个方向，不会更多。文章的论证由此开始。",
        ),
    )
}

/// Four effective ranks, each at most the next.
fn effective(towers: &Towers, shape: &Shape) -> Vec<Readout> {
    let ranks = shape.ranks;
    let n = towers.settings.n as f64;
    let above = |bound: f64| bound * (1.0 + SLACK) + SLACK;
    let exact = known_rank(towers) as f64;
    vec![
        claim("erank_stable", text("Stable rank Σσ²/σ₁²", "稳定秩 Σσ²/σ₁²"), RANKS).below(
            Some(ranks.stable),
            above(ranks.nuclear),
            note(
                "Never more than Σσ/σ₁, for no σ is larger than σ₁. It counts directions by their energy.",
                "不超过 Σσ/σ₁，因为没有 σ 大于 σ₁。它按能量数方向。",
            ),
        ),
        claim("erank_nuclear", text("Nuclear rank Σσ/σ₁", "核秩 Σσ/σ₁"), RANKS).below(
            Some(ranks.nuclear),
            above(ranks.participation),
            note(
                "Never more than (Σσ)²/Σσ², which is its square over the stable rank.",
                "不超过 (Σσ)²/Σσ²，后者等于它的平方除以稳定秩。",
            ),
        ),
        claim("erank_participation", text("Participation (Σσ)²/Σσ²", "参与数 (Σσ)²/Σσ²"), FOCUS).below(
            Some(ranks.participation),
            above(ranks.entropy),
            note(
                "e to the Rényi entropy of order 2, which is never more than the one of order 1: the measure by which another article weighs how concentrated attention is.",
                "e 的 2 阶 Rényi 熵次方，不超过 1 阶的：也是另一篇文章衡量注意力集中程度的尺子。",
            ),
        ),
        claim("erank_entropy", text("Entropy rank, e to the entropy of σ/Σσ", "熵秩：e 的 σ/Σσ 之熵次方"), RENYI).below(
            Some(ranks.entropy),
            above(exact),
            note(
                format!("Never more than the rank, {exact} of {n} here: reached if all singular values were equal."),
                format!("不超过秩（这里是 {exact}，共 {n}）：所有奇异值相等时才达到。"),
            ),
        ),
    ]
}

/// log₁₀ |det|, twice.
fn determinant(towers: &Towers, shape: &Shape) -> Vec<Readout> {
    let settings = &towers.settings;
    let n = settings.n;
    let title = text("log₁₀ |det| of the map", "图的 log₁₀ |det|");
    let claim = claim("log10_det", title, ARTICLE);
    let is_causal = matches!(settings.mask, Mask::Causal | Mask::AntiCausal);
    if settings.kernel == Kernel::Uniform && is_causal {
        let factorial: f64 = (1..=n).map(|k| libm::log10(k as f64)).sum();
        return vec![claim.equals(
            shape.log10_det,
            -factorial,
            1e-9 * factorial.max(1.0),
            note(
                format!("Expected: −log₁₀ {n}!, as the eigenvalues are 1, 1/2, …, 1/{n}. Positive, so the rank is full; and so small that full rank says little."),
                format!("期望值：−log₁₀ {n}!，因为特征值是 1、1/2、……、1/{n}。行列式为正，故满秩；但它小到“满秩”说明不了什么。"),
            ),
        )];
    }
    let by_values: f64 = shape.singular.iter().map(|s| libm::log10(*s)).sum();
    let open = open_of_logs(shape);
    // Where rounding hides some singular values, or there is no determinant, a bound is all that can be said.
    let map = &towers.now().map;
    let hadamard: f64 = map.row_iter().map(|row| libm::log10(row.norm())).sum();
    let Some(log) = shape.log10_det else {
        return vec![claim.below(
            None,
            hadamard,
            note(
                "The determinant is 0, or too near to 0 for a double to tell: no logarithm.",
                "行列式为 0，或太接近 0 而双精度分辨不出：没有对数。",
            ),
        )];
    };
    if !by_values.is_finite() || open > 1e-3 * by_values.abs() {
        return vec![claim.below(
            Some(log),
            hadamard + SLACK,
            note(
                "The sum over the diagonal, which knows no rounding: positive weights, so not zero, so full rank, as the article says. Never more than the product of the rows’ lengths (Hadamard); the smallest singular values are below what a double can tell.",
                "沿对角线求和，不受舍入影响：权重为正，故不为零，故满秩，正如文章所说。不超过各行长度之积（Hadamard）；最小的那些奇异值已在双精度分辨力之下。",
            ),
        )];
    }
    let said = if is_causal {
        note(
            "Measured: the sum over the diagonal. Positive weights, so not zero, so full rank, as the article says. Expected: the sum over singular values.",
            "测量值：沿对角线求和。权重为正，故不为零，故满秩，正如文章所说。期望值：对奇异值求和。",
        )
    } else {
        note(
            "Measured: elimination. Expected: the sum over singular values. A map that looks both ways has a determinant, too: its rank is as full as a triangle’s.",
            "测量值：消元。期望值：对奇异值求和。双向看的图同样有非零行列式：秩与三角形一样满。",
        )
    };
    vec![claim.equals(Some(log), by_values, open + 1e-9 * by_values.abs(), said)]
}

/// How far Σ log σ may be off: each σ is known to the floor of rounding, whatever its size.
fn open_of_logs(shape: &Shape) -> f64 {
    let floor = crate::maps::shape::floor(&shape.singular);
    let open =
        |s: &f64| if *s > 2.0 * floor { libm::log10((s + floor) / (s - floor)) } else { f64::INFINITY };
    shape.singular.iter().map(open).sum()
}

/// The largest and the smallest singular value, and what lies between.
fn ends(towers: &Towers, shape: &Shape) -> Vec<Readout> {
    let settings = &towers.settings;
    let n = settings.n as f64;
    let map = &towers.now().map;
    let sums = map.row_sum();
    let column = sums.iter().fold(0.0f64, |most, sum| most.max(sum.abs()));
    let is_causal = matches!(settings.mask, Mask::Causal | Mask::AntiCausal);
    let is_positive = map.iter().all(|weight| *weight >= 0.0);
    let largest = claim("sigma_max", text("The largest singular value σ₁", "最大奇异值 σ₁"), SINGULAR);
    let most = shape.most();
    let largest = if settings.kernel == Kernel::Uniform && is_causal {
        claim("sigma_max", text("The largest singular value σ₁", "最大奇异值 σ₁"), CESARO).below(
            Some(most),
            2.0,
            note(
                "Taking means of all that was before is Cesàro’s operator: by Hardy’s inequality its norm is 2, which no finite n reaches.",
                "对前面所有数取平均即 Cesàro 算子：由 Hardy 不等式，其范数为 2，任何有限的 n 都达不到。",
            ),
        )
    } else if is_positive {
        largest.below(
            Some(most),
            column.sqrt() * (1.0 + SLACK),
            note(
                format!("Never more than the root of the largest column sum, {}, as rows sum to one; never less than 1, for what is the same everywhere stays.", shown(column)),
                format!("各行之和为一，所以不超过最大列和 {} 的平方根；也不小于 1，因为处处相同者保持不变。", shown(column)),
            ),
        )
    } else {
        largest.above(
            Some(most),
            1.0 - SLACK,
            note(
                "Rows sum to one, so what is the same everywhere stays, and σ₁ is 1 at least. Weights of both signs have no bound above: this kernel is no average.",
                "各行之和为一，处处相同者保持不变，所以 σ₁ 至少为 1。权重有正有负，上无界：这个核不是平均。",
            ),
        )
    };
    let least = shape.least;
    let mean = shape.log10_det.map(|log| libm::exp10(log / n));
    let smallest = claim("sigma_min", text("The smallest singular value σₙ", "最小奇异值 σₙ"), SINGULAR)
        .below(
            least,
            mean.map_or(crate::maps::shape::floor(&shape.singular), |mean| mean * (1.0 + SLACK)),
            match least {
                Some(_) => note(
                    "Never more than the geometric mean of all, |det| to the power 1/n.",
                    "不超过全体的几何平均，即 |det| 的 1/n 次方。",
                ),
                None => note(
                    "Hidden by rounding: below n ε σ₁, which is what is expected of a map that lacks rank.",
                    "被舍入掩盖：低于 n ε σ₁；缺秩的图正该如此。",
                ),
            },
        );
    let condition = claim("condition", text("Condition number σ₁/σₙ", "条件数 σ₁/σₙ"), SINGULAR).below(
        shape.condition(),
        1.0 / f64::EPSILON,
        note(
            "Beyond 1/ε = 4.5 × 10¹⁵ a computer cannot undo the map, whatever its rank in theory: full rank is then a word.",
            "超过 1/ε = 4.5 × 10¹⁵，计算机便无法还原这张图，不管理论上秩是多少：满秩只剩一个词。",
        ),
    );
    vec![largest, smallest, condition]
}

/// The claim of the article, on this head: two-way has less rank than causal.
fn between(towers: &Towers) -> Readout {
    let entropy = |i: usize| towers.known(i).map(|masked| masked.shape().ranks.entropy);
    let (both, causal) = (entropy(0), entropy(2));
    let said = match (both.zip(causal), towers.settings.kernel) {
        (None, _) => note("Measured when there is time, or by the button.", "有空时测量，或按按钮。"),
        (Some((both, causal)), Kernel::Softmax) => note(
            format!(
                "Two-way {}, causal {}. For softmax this depends on n, d and gain: at n = 512, d = 64 the two-way map has more. Full rank is weak evidence here.",
                shown(both),
                shown(causal)
            ),
            format!(
                "双向 {}，因果 {}。对 softmax，这取决于 n、d 与增益：n = 512、d = 64 时双向反而更高。在这里，满秩是很弱的证据。",
                shown(both),
                shown(causal)
            ),
        ),
        (Some((both, causal)), _) => note(
            format!(
                "Two-way {}, causal {}. For linear attention the argument decides: width against length.",
                shown(both),
                shown(causal)
            ),
            format!(
                "双向 {}，因果 {}。对线性注意力，这个论证是决定性的：宽度对长度。",
                shown(both),
                shown(causal)
            ),
        ),
    };
    let title = text("Two-way, this head has less entropy rank than causal", "这个头双向时的熵秩低于因果时");
    claim("erank_two_way", title, ARTICLE).below(
        both.filter(|_| causal.is_some()),
        causal.unwrap_or(f64::NAN),
        said,
    )
}
