//! Residual branches: what each weighs, how alike neighbours are, what is left of the identity at the start.

use super::{bounded, factor, finite};
use crate::experiment::parameter::text;
use crate::labs::init::{
    papers::{ARTICLE, DEEPNORM, POST_NORM, PRE_NORM, REZERO, XIONG},
    said::{claim, note, shown},
    state::Born,
};
use crate::runtime::readout::Readout;
use crate::signal::ladder::{self, Kind, Rung};

/// How much a branch's size differs by chance, over 1/m: relu's second moments do by 5, and its weights add theirs.
const CHANCE: f64 = 8.0;

/// Shares of x and of the branch in the sum that rung `l` makes.
fn parts(rung: &Rung) -> [f64; 2] {
    let kept = (rung.keep * rung.divide).powi(2) * rung.moment;
    let sum = kept + rung.branch;
    [kept / sum, rung.branch / sum]
}

/// How far the logarithm of a second moment after these rungs may be off, a deviation.
fn spread(rungs: &[Rung], width: f64) -> f64 {
    let chance = |rung: &Rung| {
        let [kept, branch] = parts(rung);
        (CHANCE * branch * branch + 4.0 * kept * branch) / width
    };
    rungs.iter().map(chance).sum::<f64>().sqrt()
}

/// How far a cosine may be off by chance.
fn cosine_open(rung: &Rung, before: f64, width: f64) -> f64 {
    let [kept, branch] = parts(rung);
    5.0 * ((kept * branch / width).sqrt() + kept * branch * (CHANCE / width).sqrt() + kept * branch * before)
}

pub fn all(lab: &Born, at: usize) -> Vec<Readout> {
    let mut all = closed(lab);
    all.push(start(lab));
    all.extend(here(lab, at));
    all
}

/// The formulas of the articles, at the whole depth.
fn closed(lab: &Born) -> Vec<Readout> {
    let (plan, climbed) = (lab.plan(), lab.climbed());
    let (measured, known) = (&climbed.0.rungs, &climbed.1);
    let (depth, width) = (plan.depth, plan.size.width as f64);
    let square = plan.alpha * plan.alpha;
    let weight = libm::pow(1.0 + square, -(depth as f64) / 2.0);
    let cosine = ((depth as f64 * square + 1.0) / ((depth + 1) as f64 * square + 1.0)).sqrt();
    let mut other = plan.clone();
    let mut by = |kind: Kind| {
        other.kind = kind;
        ladder::expected(&other, depth + 1)
    };
    let (post, pre) = (by(Kind::Post), by(Kind::Pre));
    let is = |kind: Kind| plan.kind == kind;
    let says = |here: bool| {
        if here {
            note(
                "Expected: measured on branches of real random weights.",
                "期望值：用真实随机权重的分支实测。",
            )
        } else {
            note(
                "Expected: sub-layer by sub-layer, for endlessly wide branches; choose this norm to measure it.",
                "期望值：无穷宽分支逐层递推；选中这种归一化即可实测。",
            )
        }
    };
    let (seen_weight, weight_open) = if is(Kind::Post) {
        (ladder::direct(measured, depth), factor(weight, spread(&known[..depth], width) / 2.0))
    } else {
        (ladder::direct(&post, depth), 1e-9 * weight)
    };
    let (seen_cosine, cosine_open) = if is(Kind::Pre) {
        let before = spread(&known[..depth], width);
        (measured[depth].cosine, cosine_open(&known[depth], before, width) + 1e-5)
    } else {
        (pre[depth].cosine, 1e-12)
    };
    vec![
        claim(
            "postnorm_weight",
            text(
                "Post-Norm: weight of x₀ in the output, (1 + α²)^(−depth/2)",
                "Post-Norm：输出中 x₀ 的权重，(1 + α²)^(−深度/2)",
            ),
            POST_NORM,
        )
        .equals(Some(weight), seen_weight, weight_open, says(is(Kind::Post))),
        claim(
            "prenorm_cosine",
            text(
                "Pre-Norm: cosine of x at depth and one sub-layer on, √((l + 1)/(l + 2))",
                "Pre-Norm：第 l 层与下一层的余弦，√((l + 1)/(l + 2))",
            ),
            PRE_NORM,
        )
        .equals(Some(cosine), seen_cosine, cosine_open, says(is(Kind::Pre))),
    ]
}

/// How far the output is from the input when training starts.
fn start(lab: &Born) -> Readout {
    let mut plan = lab.plan();
    let (value, known, open) = if plan.kind == Kind::Rezero {
        plan.alpha = 0.0;
        let climb = lab.climb(&plan);
        (ladder::away(&climb.first, &climb.last), 0.0, 0.0)
    } else {
        let climbed = lab.climbed();
        let known = ladder::expected_away(&climbed.1, plan.depth).max(0.0);
        let width = plan.size.width as f64;
        let open = factor(known, spread(&climbed.1[..plan.depth], width)) + 10.0 / width.sqrt();
        (ladder::away(&climbed.0.first, &climbed.0.last), known, open)
    };
    let root = known.sqrt();
    claim("identity_at_start", text("|x_L − x₀|/|x₀| at the start: 0 is the identity", "开始时的 |x_L − x₀|/|x₀|：0 即恒等"), REZERO).equals(
        finite(value.max(0.0).sqrt()),
        bounded(root),
        if open == 0.0 { 0.0 } else { bounded((known + open).sqrt() - (known - open).max(0.0).sqrt()) },
        if plan.kind == Kind::Rezero {
            note("ReZero and SkipInit start with α = 0, whatever the ramp is at now: the output is the input, to the last bit.", "ReZero 与 SkipInit 从 α = 0 开始（与当前 α 无关）：输出与输入逐位相同。")
        } else {
            note("With α as it is set. Expected: branches unlike each other and x₀.", "取当前的 α。期望值：各分支彼此、且与 x₀ 不相关。")
        },
    )
}

/// The rung that the timeline has come to.
fn here(lab: &Born, at: usize) -> Vec<Readout> {
    let (plan, climbed) = (lab.plan(), lab.climbed());
    let (measured, known) = (&climbed.0.rungs, &climbed.1);
    let width = plan.size.width as f64;
    let reference = match plan.kind {
        Kind::Post => POST_NORM,
        Kind::Pre | Kind::Sandwich => PRE_NORM,
        Kind::Rezero => REZERO,
        Kind::Deepnorm => DEEPNORM,
    };
    let loose = spread(&known[..at], width);
    let shares = [measured, known].map(|rungs| ladder::shares(rungs, at));
    let squares = shares[0].iter().map(|x| x * x).sum::<f64>();
    let (own, theirs) = (&measured[at], &known[at]);
    let said = || {
        note(
            format!("After {at} of {} sub-layers, α = {}.", plan.depth, shown(plan.alpha)),
            format!("共 {1} 个子层，此处经过 {0} 个，α = {2}。", at, plan.depth, shown(plan.alpha)),
        )
    };
    let reached = theirs.reached.sqrt();
    let through = loose + ((at as f64) * 3.0 / width).sqrt();
    vec![
        claim("branch_weight", text("Weight of x₀ in x at this sub-layer, over its size", "此处 x 中 x₀ 的权重（相对大小）"), reference)
            .equals(finite(shares[0][0]), bounded(shares[1][0]), factor(shares[1][0], loose), said()),
        claim("weights_squared", text("Squares of all weights together", "所有权重的平方和"), ARTICLE).equals(
            finite(squares),
            1.0,
            (10.0 / width.sqrt()) + factor(1.0, loose / 2.0).min(1.0) * 0.5,
            note("One if branches are unlike; more if they agree, less if they cancel.", "分支互不相关时为 1；同向则大于 1，相消则小于 1。"),
        ),
        claim("stack_moment", text("Second moment at this sub-layer", "此处的二阶矩"), reference)
            .equals(finite(own.moment), bounded(theirs.moment), factor(theirs.moment, loose), said()),
        claim("neighbour_cosine", text("Cosine of this x and the next", "此处与下一层 x 的余弦"), PRE_NORM).equals(
            finite(own.cosine),
            bounded(theirs.cosine),
            cosine_open(theirs, loose, width) + 1e-5,
            said(),
        ),
        claim("gradient_first", text("Gradient that reaches layer 1 from here, root mean square", "从此处传回第 1 层的梯度（均方根）"), XIONG).equals(
            finite(own.reached.sqrt()),
            bounded(reached),
            factor(reached, through),
            note(
                format!("Random changes of x₁ carried here: as large on the average as random gradients carried back. Straight through no branch comes {}.", shown(ladder::straight(known, at, plan.kind))),
                format!("把 x₁ 的随机微小变化传到此处：其平均大小与随机梯度传回时相同。不经任何分支的直通部分为 {}。", shown(ladder::straight(known, at, plan.kind))),
            ),
        ),
    ]
}
