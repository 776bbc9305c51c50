//! The tower: how fast tokens become alike, beside what theory says, and under the other mask.

use crate::experiment::parameter::text;
use crate::labs::rank::{
    papers::{ARTICLE, COLLAPSE, MASKS},
    said::{claim, note, shown},
    state::Towers,
};
use crate::maps::{kernel::Kernel, mask::Mask, tower};
use crate::runtime::readout::Readout;

pub fn all(towers: &Towers, at: usize) -> Vec<Readout> {
    let mut all = vec![spread(towers, at), against(towers, at)];
    all.extend(tail(towers, at));
    all
}

/// The relative spread of rows after `at` layers.
fn spread(towers: &Towers, at: usize) -> Readout {
    let settings = &towers.settings;
    let now = towers.now();
    let (value, predicted) = now.height(settings, at, |height| (height.spread(), height.predicted_spread()));
    let claim = |reference| {
        claim(
            "row_spread",
            text("Spread of the rows after these layers", "经过这些层之后各行的离散度"),
            reference,
        )
    };
    if !settings.is_plain() {
        // The same tower without its switches.
        let plain = plain(towers, at);
        return claim(MASKS).above(
            Some(value),
            plain,
            note(
                format!("Without layer norm and value mixing the same heads leave {}: what is expected is more than that.", shown(plain)),
                format!("没有层归一化与值混合时，同样的头只留下 {}：期望更多。", shown(plain)),
            ),
        );
    }
    match tower::keeper(settings.mask, settings.n) {
        Some(token) => claim(COLLAPSE).above(
            Some(value),
            predicted * (1.0 - 1e-9) - 1e-15,
            note(
                format!(
                    "Token {} keeps a share of itself that nobody before it has, and no layer can take it away but by its own weight there: the product of those weights bounds the spread from below.",
                    token + 1
                ),
                format!(
                    "第 {} 个字保有自己的一份，先于它的都没有；每层只能按它读自己的权重减少这一份：这些权重之积是离散度的下界。",
                    token + 1
                ),
            ),
        ),
        None if settings.mask == Mask::Mixed && settings.kernel != Kernel::Identity => claim(MASKS).above(
            Some(value),
            predicted * (1.0 - 1e-9) - 1e-15,
            note(
                "Expected: more than what is left where nothing protects a token, ‖(1 − 11ᵀ/n)B‖/√(n − 1) a layer. Each triangle protects the tokens at its tip.",
                "期望：多于毫无保护时所剩，即每层 ‖(1 − 11ᵀ/n)B‖/√(n − 1) 倍。每个三角形护住自己尖端的字。",
            ),
        ),
        None => claim(COLLAPSE).below(
            Some(value),
            3.0 * predicted + settings.n as f64 * f64::EPSILON,
            note(
                format!(
                    "Theory says {}: every layer shrinks differences by ‖(1 − 11ᵀ/n)B‖/√(n − 1), its mean over all directions, for nothing protects any token. Expected: no more than three times that.",
                    shown(predicted)
                ),
                format!(
                    "理论值为 {}：每层把差异缩小 ‖(1 − 11ᵀ/n)B‖/√(n − 1) 倍，即对所有方向的平均，因为没有哪个字受到保护。期望：不超过它的三倍。",
                    shown(predicted)
                ),
            ),
        ),
    }
}

/// The spread after `at` layers of the same heads without layer norm and value mixing.
fn plain(towers: &Towers, at: usize) -> f64 {
    towers.bare().height(&towers.bare_settings(), at, |height| height.spread())
}

/// Two-way against causal, at the same height.
fn against(towers: &Towers, at: usize) -> Readout {
    let settings = &towers.settings;
    let spread =
        |i: usize| towers.known(i).map(|masked| masked.height(settings, at, |height| height.spread()));
    let (both, causal) = (spread(0), spread(2));
    let said = match both.zip(causal) {
        None => note("Measured when there is time, or by the button.", "有空时测量，或按按钮。"),
        Some(_) if at == 0 => note(
            "Before the first layer there is nothing to tell: each token is a direction of its own. Play.",
            "第一层之前无从比较：每个字各是一个方向。请播放。",
        ),
        Some((both, causal)) => note(
            format!(
                "After {at} layers: two-way {}, causal {}. Depth is where the mask shows.",
                shown(both),
                shown(causal)
            ),
            format!(
                "经过 {at} 层：双向 {}，因果 {}。掩码的差别，要叠深了才看得见。",
                shown(both),
                shown(causal)
            ),
        ),
    };
    let title = text("Two-way towers forget sooner what tells tokens apart", "双向的塔更快忘掉字与字的差别");
    let measured = both.filter(|_| causal.is_some() && at > 0);
    claim("spread_two_way", title, ARTICLE).below(measured, causal.unwrap_or(f64::NAN), said)
}

/// Uniform causal attention comes to the first token by a law that is known.
fn tail(towers: &Towers, at: usize) -> Option<Readout> {
    let settings = &towers.settings;
    let is_bare = settings.is_plain() && settings.floor.residual == 0.0;
    if settings.kernel != Kernel::Uniform || settings.mask != Mask::Causal || !is_bare {
        return None;
    }
    let value = towers.now().height(settings, at, |height| tower::to_first(&height.x));
    let expected = tower::uniform_tail(settings.n, at);
    let title = text(
        "‖A^L − 1 e₁ᵀ‖: how far from reading the first token alone",
        "‖A^L − 1 e₁ᵀ‖：离只读第一个字还有多远",
    );
    // The next eigenvalue is 1/3.
    let open = expected * (settings.n as f64 * libm::pow(2.0 / 3.0, at as f64)).min(1e9);
    Some(claim("distance_to_first", title, ARTICLE).equals(
        Some(value),
        expected,
        open,
        note(
            "Expected for many layers: √2 √(Σ k²) 2^−L, as the second eigenvalue is 1/2. Everything ends on the first token, but slowly.",
            "层数多时的期望值：√2 √(Σ k²) 2^−L，因为第二特征值是 1/2。一切终归第一个字，但来得慢。",
        ),
    ))
}
