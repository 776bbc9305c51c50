//! A point: how fast height falls, which way is steepest, where each way ends, and when a step is too long.

use crate::downhill::{
    chart,
    descent::{Method, dissipation},
    landscape::Place,
    norm::Norm,
};
use crate::experiment::parameter::text;
use crate::labs::flow::{
    papers::{AMARI, ARTICLE, PROXIMAL, STABILITY, STEEPEST},
    said::{claim, note, shown},
    state::Flowing,
};
use crate::runtime::readout::Readout;

pub fn all(lab: &Flowing) -> Vec<Readout> {
    let mut all = falling(lab);
    all.extend(steepest(lab));
    all.extend(ends(lab));
    all.push(stability(lab));
    all.push(never_rises(lab));
    all.extend(moved(lab));
    all
}

/// How far flows move when the plane is seen in other parameters; nothing where it is not.
fn moved(lab: &Flowing) -> Vec<Readout> {
    let Some(found) = lab.charted() else { return Vec::new() };
    let settings = &lab.settings;
    let old = &lab.paths()[1];
    let each = |way: &[Place]| way.iter().step_by(found.finer).copied().collect::<Vec<_>>();
    let (moved, [before, after]) = (each(&found.moved), &found.natural);
    let there = settings.chart.there(settings.start).is_some();
    let seen = chart::seen(&settings.land, settings.chart, settings.start, settings.alpha, settings.steps);
    let says = |en: &str, zh: &str| {
        if settings.start[1] > 0.0 {
            note(en, zh)
        } else {
            note(
                "These parameters, and N(x, y²), need a y above 0. Move the start up.",
                "这些参数和 N(x, y²) 都要求 y 大于 0。请把起点上移。",
            )
        }
    };
    let size = 1.0 + settings.start[0].abs() + settings.start[1].abs();
    vec![
        claim("path_moved_l2", text("In other parameters ℓ2’s path is another one", "换一套参数，ℓ2 的路就变了"), AMARI).equals(
            there.then(|| chart::apart(old, &moved)),
            if there { chart::apart(old, &seen) } else { f64::NAN },
            1e-7 * size,
            says(
                "The largest distance at equal times from the exact flow, which was computed in the new parameters. Expected: the same by the old ones, where the new round ball is an ellipse.",
                "在新参数里计算流，与原来的精确流在同一时刻相距最远多少。期望值：留在旧参数里，把新的圆球当作椭圆来算。",
            ),
        ),
        claim("path_moved_natural", text("The natural gradient’s path stays what it was", "自然梯度的路不变"), AMARI).equals(
            (there && settings.start[1] > 0.0).then(|| chart::apart(before, after)),
            0.0,
            1e-7 * size,
            says(
                "The same for steepest descent by Fisher’s length of N(x, y²): computed once in the old parameters and once in the new ones.",
                "同样的比较，但按 N(x, y²) 的 Fisher 长度最陡下降：在旧参数和新参数里各算一次。",
            ),
        ),
    ]
}

/// f along the flow, and its value at the end of the guest's way.
fn falling(lab: &Flowing) -> Vec<Readout> {
    let settings = &lab.settings;
    let ground = settings.land.ground(settings.start);
    let steep = ground.map(|ground| ground.steepness());
    let fell = dissipation(&settings.land, settings.start);
    let way = &lab.paths()[3];
    let (first, last) = (settings.land.height(way[0]), settings.land.height(way[way.len() - 1]));
    let whole = way.len() > settings.steps;
    let says = if whole {
        note(
            format!("f after {} steps; it began at {}.", settings.steps, shown(first)),
            format!("走 {} 步之后的 f；起点处是 {}。", settings.steps, shown(first)),
        )
    } else {
        note(
            format!("The way ends after {} steps: the point has left. Take a shorter step.", way.len() - 1),
            format!("走了 {} 步就走不下去：点飞出去了。请缩短步长。", way.len() - 1),
        )
    };
    vec![
        claim("dissipation", text("−df/dt along the flow is |∇f|²", "沿着流，−df/dt 等于 |∇f|²"), ARTICLE).equals(
            fell,
            steep.unwrap_or(f64::NAN),
            1e-6 * (1.0 + steep.unwrap_or(0.0)),
            note(
                "Measured: heights a moment before and after the start, along the exact flow. Expected: the slope squared.",
                "测量值：沿精确的流，起点前后片刻的高度。期望值：坡度的平方。",
            ),
        ),
        claim("f_value", text("f at the end of the guest’s way is not above the start", "客人走到头，f 不高于起点"), ARTICLE)
            .below(Some(if whole { last } else { f64::INFINITY }), first + 1e-12 * (1.0 + first.abs()), says),
    ]
}

/// The steepest direction of the chosen ball, and how fast it goes down.
fn steepest(lab: &Flowing) -> Vec<Readout> {
    let settings = &lab.settings;
    let norm = settings.norms[settings.norm];
    // Where it is flat no direction is steepest.
    let slope = settings.land.slope(settings.start).filter(|slope| *slope != [0.0; 2]);
    let found = norm.zip(slope).map(|(norm, slope)| (norm.steepest(slope), norm.dual(slope)));
    // Looked for: the best of many directions on the ball, refined around the best.
    let best = norm.zip(slope).map(|(norm, slope)| searched(norm, slope));
    let says = || match (norm, slope) {
        (None, _) => note(
            "Fisher’s ball is that of N(x, y²): there is none where y is not above 0. Move the start up.",
            "Fisher 的球属于 N(x, y²)：y 不大于 0 处没有。请把起点上移。",
        ),
        (_, None) => note(
            "f has no slope here, or is flat; move the start.",
            "这里 f 没有坡度，或者是平的，请移动起点。",
        ),
        (Some(_), Some([x, y])) => note(
            format!(
                "∇f = ({}, {}). Expected: the best of many directions on the ball, looked for one by one.",
                shown(x),
                shown(y)
            ),
            format!("∇f = ({}, {})。期望值：在球上逐个方向寻找到的最好的一个。", shown(x), shown(y)),
        ),
    };
    let [x, y] = [0, 1].map(|i| found.map(|(d, _)| d[i]));
    let expected = |i: usize| best.map_or(f64::NAN, |(d, _)| d[i]);
    // Near the top of a round ball many directions are as good: half the digits.
    let close = 2e-7;
    // A ball with corners may have a whole edge of best directions.
    let edge = norm == Some(Norm::L1) && slope.is_some_and(|[x, y]| x.abs() == y.abs())
        || norm == Some(Norm::Max) && slope.is_some_and(|[x, y]| x == 0.0 || y == 0.0);
    let wide = if edge { 2.0 } else { close };
    vec![
        claim("direction_x", text("The steepest direction, x", "最陡的方向，x"), STEEPEST).equals(
            x,
            expected(0),
            wide,
            says(),
        ),
        claim("direction_y", text("The steepest direction, y", "最陡的方向，y"), STEEPEST).equals(
            y,
            expected(1),
            wide,
            says(),
        ),
        claim(
            "decrease",
            text("How fast it goes down there: the dual norm", "沿它下降多快：对偶范数"),
            STEEPEST,
        )
        .equals(
            found.map(|(_, decrease)| decrease),
            best.map_or(f64::NAN, |(_, decrease)| decrease),
            1e-9 * (1.0 + found.map_or(0.0, |(_, decrease)| decrease)),
            says(),
        ),
    ]
}

/// The direction of length 1 that lowers g·d most, without a formula for it: a scan of directions, and a golden section.
fn searched(norm: Norm, g: [f64; 2]) -> ([f64; 2], f64) {
    let on = |angle: f64| {
        let d = [libm::cos(angle), libm::sin(angle)];
        let size = norm.length(d);
        d.map(|x| x / size)
    };
    let falls = |angle: f64| {
        let d = on(angle);
        -(g[0] * d[0] + g[1] * d[1])
    };
    const LOOKS: usize = 720;
    let share = std::f64::consts::TAU / LOOKS as f64;
    let best =
        (0..LOOKS).max_by(|a, b| falls(*a as f64 * share).total_cmp(&falls(*b as f64 * share))).unwrap_or(0);
    let (mut low, mut high) = ((best as f64 - 1.0) * share, (best as f64 + 1.0) * share);
    let golden = 0.618_033_988_749_894_9;
    for _ in 0..90 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if falls(a) > falls(b) { high = b } else { low = a }
    }
    // On an axis exactly, where corners are.
    let corner = (best as f64 * share / (share * 180.0)).round() * share * 180.0;
    let mut angle = (low + high) / 2.0;
    if falls(corner) >= falls(angle) {
        angle = corner;
    }
    (on(angle), falls(angle))
}

/// Where the guest is after all steps; in a bowl it is known.
fn ends(lab: &Flowing) -> Vec<Readout> {
    let settings = &lab.settings;
    let way = &lab.paths()[3];
    let end = (way.len() > settings.steps).then(|| way[settings.steps]);
    let bends = settings.bends().or_else(|| (settings.known.id == "saddle").then_some([1.0, -1.0]));
    let factor = |bend: f64| match settings.method {
        Method::Gradient => Some(1.0 - settings.alpha * bend),
        Method::Flow => Some(libm::exp(-settings.alpha * bend)),
        Method::Proximal => (1.0 + settings.alpha * bend > 0.0).then(|| 1.0 / (1.0 + settings.alpha * bend)),
        _ => None,
    };
    let names = [
        ("end_x", text("Where the guest ends, x", "客人停在何处，x")),
        ("end_y", text("Where the guest ends, y", "客人停在何处，y")),
    ];
    (0..2)
        .map(|i| {
            let known = bends.and_then(|bends| factor(bends[i]));
            let claim = claim(names[i].0, names[i].1, PROXIMAL);
            match known {
                Some(factor) => {
                    let expected = settings.start[i] * libm::pow(factor, settings.steps as f64);
                    claim.equals(
                        end.map(|end| end[i]),
                        expected,
                        1e-9 * (1.0 + expected.abs()),
                        note(
                            format!("Each step multiplies it by {}.", shown(factor)),
                            format!("每一步乘以 {}。", shown(factor)),
                        ),
                    )
                }
                None => claim.below(
                    end.map(|end| end[i]),
                    1e9,
                    note("There is no closed form here; it has not left.", "这里没有解析式；它没有飞走。"),
                ),
            }
        })
        .collect()
}

/// α λ against 2, at the start.
fn stability(lab: &Flowing) -> Readout {
    let settings = &lab.settings;
    let bend = settings.land.ground(settings.start).map(|ground| ground.curvatures()[0]);
    claim(
        "stability",
        text(
            "α times the largest bend stays below 2: gradient descent holds",
            "α 乘以最大的弯曲小于 2：梯度下降稳得住",
        ),
        STABILITY,
    )
    .below(
        bend.map(|bend| settings.alpha * bend),
        2.0,
        match bend {
            Some(bend) => note(
                format!(
                    "λ = {} at the start, so steps of more than {} fly apart.",
                    shown(bend),
                    shown(2.0 / bend)
                ),
                format!("起点处 λ = {}，步长超过 {} 就会飞散。", shown(bend), shown(2.0 / bend)),
            ),
            None => note("f has no bend here; move the start.", "这里 f 没有弯曲可言，请移动起点。"),
        },
    )
}

/// The largest rise in any proximal step.
fn never_rises(lab: &Flowing) -> Readout {
    let heights: Vec<f64> = lab.paths()[2].iter().map(|place| lab.settings.land.height(*place)).collect();
    let rise = heights.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::NEG_INFINITY, f64::max);
    let size = heights.first().copied().unwrap_or(0.0).abs();
    // A bowl of any depth: the law of the proximal step does not know its size.
    claim("proximal_rise", text("No proximal step rises, however long", "近端步再长也不上升"), PROXIMAL)
        .below(
            Some(rise),
            1e-12 * (1.0 + size),
            note("The largest rise of f in any of its steps.", "它的各步里 f 上升最多的一次。"),
        )
}
