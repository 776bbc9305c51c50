//! The lab of stretching: its reference values, the laws of its schemes, and that claims follow the numbers of a link.
#![cfg(feature = "maths")]

use chailou::experiment::Experiment;
use chailou::labs::{
    self,
    stretch::{claims, state::Stretch},
};
use chailou::math::rotary::{
    cancel::Row,
    profile::{continuum, log_law, log_law_zero, rises},
    scheme::{Scheme, Strength},
    stack::{Text, stack},
    terms::{biased, dot, four, spread, turned},
    turning::{Training, Trick, Turning, kappa},
    window::{geometric, growth, level, power_law, softmax},
};
use chailou::runtime::{
    error::SessionError,
    lab::Resources,
    readout::{Readout, Verdict},
    session::Session,
};
use chailou::train::{
    small::{
        file::{load, load_text, pack, pack_text},
        reader,
    },
    tensors::{Precision, Tensors},
};
use proptest::prelude::*;
use serde_json::Value as Json;

#[track_caller]
fn close(value: f64, known: f64, open: f64) {
    assert!((value - known).abs() <= open, "{value}, not {known} ± {open}");
}

/// Quoted to seven digits.
const QUOTED: f64 = 0.5001e-7;

fn claims_of(link: &str, at: usize) -> Vec<Readout> {
    let parsed = labs::parse(&format!("v=2&lab=stretch&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    let lab = Stretch::open(&parsed.experiment);
    assert!(at <= lab.settings.last(), "{link} has no state {at}");
    claims::all(&lab, at)
}

#[track_caller]
fn claim(link: &str, at: usize, id: &str) -> Readout {
    claims_of(link, at).into_iter().find(|one| one.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

#[track_caller]
fn value(link: &str, at: usize, id: &str) -> f64 {
    claim(link, at, id).value.unwrap_or_else(|| panic!("{id} has no value at {link}"))
}

fn training(d: usize, base: f64, length: usize, stretch: f64, width: usize) -> Training {
    Training { pairs: d / 2, base, length, stretch, width }
}

fn plain(d: usize) -> Turning {
    Turning::of(Trick::Plain, &training(d, 1e4, 512, 8.0, 256))
}

/// Numbers of `tests/golden/stretch.py`.
fn golden() -> Json {
    serde_json::from_str(include_str!("golden/stretch.json")).unwrap()
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

/// g by its definition, for d = 64 and 128; quoted to seven digits.
#[test]
fn g_has_its_reference_values() {
    for (k, narrow, wide) in [
        (1, 0.9661510, 0.9702138),
        (2, 0.8844957, 0.8965916),
        (4, 0.7479488, 0.7591567),
        (8, 0.7004347, 0.7143830),
        (16, 0.6054006, 0.6203383),
        (64, 0.4345653, 0.4768759),
        (128, 0.2838533, 0.3327944),
        (256, 0.3536834, 0.3207005),
        (512, 0.1853688, 0.2194244),
        (1024, 0.2629250, 0.2044414),
        (2048, -0.0397010, 0.1192839),
        (4096, 0.0034973, -0.0528533),
    ] {
        for (d, known) in [(64, narrow), (128, wide)] {
            let exact: f64 =
                (0..d / 2).map(|i| (k as f64 * 1e4f64.powf(-2.0 * i as f64 / d as f64)).cos()).sum::<f64>()
                    * 2.0
                    / d as f64;
            close(exact, known, QUOTED);
            close(plain(d).waves(0.0, 4097)[k], exact, 1e-12);
            close(plain(d).wave(0.0, k as f64), exact, 1e-12);
            close(value(&format!("d={d}&k={k}&length=2&train_length=16"), 0, "g"), exact, 1e-12);
        }
    }
    for (k, smooth, law) in [
        (8.0, 0.7248502, 0.7115571),
        (64.0, 0.4873354, 0.4857846),
        (512.0, 0.2601005, 0.2600121),
        (4096.0, 0.0387460, 0.0342396),
    ] {
        close(continuum(1e4, 0.0, k), smooth, QUOTED);
        close(log_law(1e4, k), law, QUOTED);
        close(value(&format!("k={k}&length=2&train_length=16"), 0, "g_log_law"), log_law(1e4, k), 1e-15);
    }
    close(log_law_zero(1e4), 5614.59, 0.005);
    close(log_law(1e4, log_law_zero(1e4)), 0.0, 1e-12);
}

#[test]
fn g_falls_on_the_average_alone() {
    for (d, up, first, lowest) in
        [(64, 244, (5, 0.734499), (4075, -0.244138)), (128, 240, (11, 0.661630), (4060, -0.130671))]
    {
        let g = plain(d).waves(0.0, 4097);
        assert_eq!(rises(&g[..513]), up, "{d}");
        assert_eq!(value(&format!("d={d}&length=512"), 0, "g_rises"), up as f64);
        let turn = (1..512).find(|k| g[*k] < g[k - 1] && g[*k] < g[k + 1]).unwrap();
        assert_eq!(turn, first.0, "{d}");
        close(g[turn], first.1, 0.51e-6);
        let least = (0..=4096).min_by(|x, y| g[*x].total_cmp(&g[*y])).unwrap();
        assert_eq!(least, lowest.0, "{d}");
        close(g[least], lowest.1, 0.51e-6);
    }
}

#[test]
fn windows_have_their_reference_values() {
    for one in golden()["windows"].as_array().unwrap() {
        let number = |key: &str| one[key].as_f64().unwrap();
        let n = number("n") as usize;
        let at = if n == 512 { 0 } else { 12 };
        let link = format!("view=window&c={}", number("c"));
        close(value(&link, at, "window_mass"), number("mass"), 1e-9);
        close(value(&link, at, "window_entropy"), number("entropy"), 1e-9);
    }
    let printed =
        [(0.0, 0.125), (2.0, 0.19596), (4.0, 0.30532), (8.0, 0.67734), (9.2103, 0.79781), (16.0, 0.99742)];
    for (c, mass) in printed {
        close(value(&format!("c={c}"), 12, "window_mass"), mass, 0.5001e-5);
    }
    for (c, short, long) in
        [(0.0, 6.2383, 8.3178), (4.0, 6.0396, 8.1040), (8.0, 4.7953, 6.4432), (16.0, 1.5429, 1.5758)]
    {
        close(value(&format!("c={c}"), 0, "window_entropy"), short, 0.5001e-4);
        close(value(&format!("c={c}"), 12, "window_entropy"), long, 0.5001e-4);
    }
}

#[test]
fn a_window_stays_beyond_the_critical_strength_alone() {
    for (c, stays) in [(4.0, Verdict::Fails), (8.0, Verdict::Fails), (16.0, Verdict::Holds)] {
        assert_eq!(claim(&format!("c={c}"), 12, "window_drift").verdict, stays, "{c}");
        assert_eq!(claim(&format!("c={c}"), 12, "critical_strength").verdict, stays, "{c}");
        assert_eq!(claim(&format!("c={c}"), 12, "window_mass").verdict, Verdict::Holds, "{c}");
        assert_eq!(claim(&format!("c={c}"), 12, "window_power").verdict, Verdict::Holds, "{c}");
    }
    for (base, critical) in [(10_000, 9.2103), (500_000, 13.12), (1_000_000, 13.82)] {
        close(claim(&format!("base={base}"), 0, "critical_strength").expected.unwrap(), critical, 0.005);
    }
    // λ √d/2 is c: |a| = |b| = 9.21^½ 128^¼.
    let strength = Strength { c: 9.2103, angle: 0.0, slope: 0.0, width: 1, base: 1e4 };
    let [a, _] = strength.vectors(128);
    let entry = a[0].abs();
    close(entry * entry, 1.63, 0.005);
    close(entry, 1.28, 0.005);
}

#[test]
fn frequencies_that_never_finish_are_counted() {
    for (d, known) in [(64, 16), (128, 33)] {
        assert_eq!(training(d, 1e4, 512, 8.0, 256).unfinished(), known);
        let one = claim(&format!("d={d}"), 0, "frequencies_unfinished");
        assert_eq!((one.value, one.verdict), (Some(known as f64), Verdict::Holds));
    }
    close(kappa(8.0, 64), 8.26846, 0.51e-5);
    close(kappa(8.0, 32), 8.55504, 0.51e-5);
    let grows = Turning::of(Trick::Logn, &training(64, 1e4, 512, 8.0, 256));
    for (n, scale) in [(256, 1.0), (512, 1.0), (1024, 1.1111), (2048, 1.2222), (4096, 1.3333)] {
        close(grows.scale(n), scale, 0.51e-4);
    }
    // A text within training shows nothing new; eight times as long, plain RoPE shows all that was unfinished.
    for (trick, unseen) in [("none", 33.0), ("pi", 0.0), ("yarn", 0.0), ("rerope", 0.0), ("logn", 33.0)] {
        close(value(&format!("trick={trick}"), 0, "angles_unseen"), 0.0, 0.0);
        close(value(&format!("trick={trick}"), 12, "angles_unseen"), unseen, 0.0);
    }
    let left = value("trick=ntk", 12, "angles_unseen");
    assert!(left > 0.0 && left < 33.0, "{left}");
}

/// λ Σ cos(5 θ), d = 16, λ = 1, and as the inner product of two sinusoidal places.
#[test]
fn sandwich_is_a_bias_of_rotated_vectors() {
    let frequencies = plain(16).frequencies;
    let a = spread(8f64.sqrt(), 0.0, 16);
    assert!(a.chunks(2).all(|pair| (pair[0] - 1.0).abs() < 1e-15 && pair[1] == 0.0), "{a:?}");
    let zero = vec![0.0; 16];
    let [.., fourth] = four(&frequencies, 5.0, [&zero, &a], [&zero, &a]);
    let place =
        |m: f64| frequencies.iter().flat_map(move |t| [(m * t).sin(), (m * t).cos()]).collect::<Vec<_>>();
    for known in [fourth, dot(&place(12.0), &place(7.0))] {
        close(known, 6.137_039_961, 1e-9);
    }
}

/// SplitMix64 and one normal of two uniforms: how the reference row was drawn.
fn reference_normals(seed: u64, count: usize) -> Vec<f64> {
    let mut state = seed;
    let mut uniform = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    };
    let normal = |u: f64, v: f64| (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos();
    (0..count)
        .map(|_| {
            let (u, v) = (uniform(), uniform());
            normal(u, v)
        })
        .collect()
}

#[test]
fn a_keys_bias_cancels_without_rotation_alone() {
    // A query, twelve keys and a bias, not divided by √d.
    let drawn = reference_normals(3, 14 * 16);
    let (query, rest) = drawn.split_at(16);
    let (keys, b) = rest.split_at(12 * 16);
    // The newest key stands at the query's place.
    let newest_first = || keys.chunks_exact(16).rev();
    let rope = Row::of(&plain(16).frequencies, query, newest_first(), b, 1.0);
    close(rope.effect(), 0.725_153_935_148, 1e-9);
    let still = Row::of(&[0.0; 8], query, newest_first(), b, 1.0);
    close(still.effect(), 0.0, 1e-14);
    close(rope.effect_of(1.0), rope.effect(), 1e-13);
    for at in [0, 12] {
        let link = "view=cancel&b=20";
        assert_eq!(claim(link, at, "bias_effect_plain").verdict, Verdict::Holds);
        close(value(link, at, "bias_effect_plain"), 0.0, 1e-13);
        assert!(value(link, at, "bias_effect_rope") > 0.01);
    }
    assert_eq!(claim("view=cancel&b=0", 0, "bias_effect_rope").verdict, Verdict::Fails);
}

#[test]
fn schemes_score_as_numpy_has_them() {
    let all = golden();
    let set = |key: &str| all["settings"][key].as_f64().unwrap();
    let training = training(
        set("d") as usize,
        set("base"),
        set("trained") as usize,
        set("stretch"),
        set("width") as usize,
    );
    let strength = Strength {
        c: set("c"),
        angle: set("angle"),
        slope: set("slope"),
        width: training.width,
        base: training.base,
    };
    let tricks = ["none", "pi", "ntk", "yarn", "rerope", "logn"];
    let trick = |json: &Json| Trick::ALL[tricks.iter().position(|name| json["trick"] == *name).unwrap()];
    let schemes = ["bias", "alibi", "kerple", "sandwich", "window", "nope"];
    for one in all["frequencies"].as_array().unwrap() {
        let ours = Turning::of(trick(one), &training).frequencies;
        for (theta, known) in ours.iter().zip(numbers(&one["theta"])) {
            close(*theta, known, 1e-14);
        }
    }
    let (query, places) = (numbers(&all["query"]), numbers(&all["places"]));
    let newest = places[places.len() - 1] as usize;
    for one in all["scores"].as_array().unwrap() {
        let scheme = Scheme::ALL[schemes.iter().position(|name| one["scheme"] == *name).unwrap()];
        let turning = Turning::of(trick(one), &training);
        let added = strength.by_distance(scheme, &turning, &training, newest + 1);
        let keys = all["keys"].as_array().unwrap();
        for ((key, place), known) in keys.iter().zip(&places).zip(one["scores"].as_array().unwrap()) {
            let (key, n) = (numbers(key), *place as usize);
            let score = strength.score(scheme, &turning, &training, (&query, newest), (&key, n));
            let Some(known) = known.as_f64() else {
                assert_eq!(score, f64::NEG_INFINITY);
                continue;
            };
            close(score, known, 1e-10);
            // What does not depend on the query and the key is what is drawn.
            let zero = vec![0.0; key.len()];
            let bare = strength.score(scheme, &turning, &training, (&zero, newest), (&zero, n));
            close(bare, added[newest - n], 1e-10);
        }
    }
    for one in all["continuum"].as_array().unwrap() {
        let number = |key: &str| one[key].as_f64().unwrap();
        close(continuum(number("base"), number("phase"), number("k")), number("value"), 1e-10);
    }
}

#[test]
fn closed_windows_are_those_of_their_sums() {
    for (slope, near, n) in [(0.0156, 512, 4096), (0.5, 3, 10), (1e-6, 100, 1000), (0.0, 5, 20)] {
        let scores: Vec<f64> = (0..n).map(|k| -slope * k as f64).collect();
        let (summed, known) = (growth(&scores, near, &[(n, 1.0)])[0], geometric(slope, near, n));
        close(summed.mass, known.mass, 1e-11);
        close(summed.entropy, known.entropy, 1e-9);
    }
    for (scheme, exact) in
        [("alibi", true), ("kerple", true), ("window", true), ("nope", true), ("sandwich", false)]
    {
        for at in [0, 7, 12] {
            let link = format!("scheme={scheme}");
            for id in ["window_mass", "window_entropy"] {
                let one = claim(&link, at, id);
                assert_eq!(one.verdict, Verdict::Holds, "{scheme} {id} {at}: {one:?}");
                assert_eq!(one.tolerance.unwrap() < 1e-8, exact);
            }
        }
    }
    assert_eq!(level(600, 512).mass, 1.0);
    // Lengths one after the other are lengths alone, also where scores grow with them.
    let scores = power_law(0.7, 900);
    let together = growth(&scores, 64, &[(100, 1.0), (500, 1.0), (900, 1.3)]);
    for (window, (n, scale)) in together.iter().zip([(100, 1.0), (500, 1.0), (900, 1.3)]) {
        let shares = softmax(&scores[..n].iter().map(|s| s * scale).collect::<Vec<_>>());
        close(window.mass, shares[..64.min(n)].iter().sum(), 1e-12);
        close(window.entropy, -shares.iter().map(|p| p * p.ln()).sum::<f64>(), 1e-10);
    }
}

/// Means of random terms stay within five deviations of what is expected, also with a common mean and stretched.
#[test]
fn random_terms_meet_their_expectation() {
    for seed in [1, 2, 3] {
        for more in [
            "",
            "&isotropy=0.3",
            "&isotropy=0",
            "&angle=120&isotropy=0.7",
            "&trick=rerope&width=40",
            "&trick=logn",
            "&trick=yarn&d=16",
        ] {
            for at in [0, 8] {
                let link = format!("seed={seed}&length=2048{more}");
                for id in
                    ["four_term_gap", "shift_gap", "term_two_mean", "term_three_mean", "term_two_spread"]
                {
                    let one = claim(&link, at, id);
                    assert_eq!(one.verdict, Verdict::Holds, "{link} at {at}: {one:?}");
                }
            }
        }
    }
    // They wash out only where queries and keys are isotropic.
    let mean = |link: &str| value(link, 12, "term_two_mean").abs();
    assert!(mean("isotropy=0.3") > 10.0 * mean("isotropy=1"));
    assert_eq!(claim("a=20&b=20", 12, "fourth_term_drop").verdict, Verdict::Holds);
    assert_eq!(claim("a=1&b=1", 12, "fourth_term_drop").verdict, Verdict::Fails);
}

#[test]
fn the_stack_holds_the_four_terms() {
    let drawn = |from: usize, count: usize| {
        (0..count).map(|i| ((from + i) as f32 * 0.37).sin()).collect::<Vec<f32>>()
    };
    let (queries, keys) = (drawn(0, 2 * 16), drawn(100, 300 * 16));
    let text = Text { d: 16, mean: 0.2, spread: 0.8, queries: &queries, keys: &keys };
    let [a, b] = [spread(2.0, 0.0, 16), spread(3.0, 0.9, 16)];
    for trick in Trick::ALL {
        let turning = Turning::of(trick, &training(16, 1e4, 64, 4.0, 50));
        let stacked = stack(&turning, &text, &a, &b);
        for k in [0, 1, 49, 51, 127, 128, 200, 299] {
            let far = k.min(turning.held) as f64;
            let known =
                [0, 1].map(|i| four(&turning.frequencies, far, [&text.query(i), &a], [&text.key(k), &b]));
            for (j, (one, other)) in known[0].into_iter().zip(known[1]).enumerate() {
                close(stacked[k].first[j], one / 4.0, 1e-12);
                close(stacked[k].mean[j], (one + other) / 8.0, 1e-12);
                close(stacked[k].squares[j], (one * one + other * other) / 32.0, 1e-11);
            }
        }
    }
}

fn vectors() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-2.0..2.0f64, 16)
}

proptest! {
    #[test]
    fn four_terms_are_one_score(q in vectors(), k in vectors(), a in vectors(), b in vectors(), m in 0usize..2000, far in 0usize..500) {
        let theta = plain(16).frequencies;
        let n = m as f64;
        let whole = dot(&turned(&theta, n + far as f64, &biased(&q, &a)), &turned(&theta, n, &biased(&k, &b)));
        let terms = four(&theta, far as f64, [&q, &a], [&k, &b]);
        prop_assert!((whole - terms.iter().sum::<f64>()).abs() < 1e-10);
        // At the beginning of a text there is nothing to round.
        let whole = dot(&turned(&theta, far as f64, &biased(&q, &a)), &biased(&k, &b));
        prop_assert!((whole - terms.iter().sum::<f64>()).abs() < 1e-12);
    }

    #[test]
    fn every_scheme_looks_at_the_distance_alone(
        q in vectors(), k in vectors(), scheme in 0usize..6, trick in 0usize..6, far in 0usize..300, shift in 1usize..1000,
        c in 0.0..20.0f64, angle in -3.0..3.0f64, slope in 0.0..1.0f64,
    ) {
        let training = training(16, 1e4, 64, 4.0, 40);
        let turning = Turning::of(Trick::ALL[trick], &training);
        let strength = Strength { c, angle, slope, width: 40, base: 1e4 };
        let score = |m: usize, n: usize| strength.score(Scheme::ALL[scheme], &turning, &training, (&q, m), (&k, n));
        let (here, there) = (score(far + 7, 7), score(far + 7 + shift, 7 + shift));
        prop_assert!(here == there || (here - there).abs() < 1e-9, "{here} {there}");
    }

    #[test]
    fn stretched_once_nothing_is_stretched(d in prop::sample::select(vec![16usize, 32, 64, 128, 256]), base in 10.0..1e7f64, length in 16usize..4096) {
        let training = training(d, base, length, 1.0, 256);
        let rope = Turning::of(Trick::Plain, &training);
        for trick in [Trick::Interpolation, Trick::Ntk, Trick::Yarn] {
            let turning = Turning::of(trick, &training);
            prop_assert!((turning.scale(10_000) - 1.0).abs() < 1e-15);
            for (theta, known) in turning.frequencies.iter().zip(&rope.frequencies) {
                prop_assert!((theta - known).abs() <= 1e-14 * known, "{trick:?}");
            }
        }
    }

    #[test]
    fn the_slowest_pair_is_stretched_by_as_much_as_is_asked(stretch in 1.0..32.0f64, base in 100.0..1e7f64) {
        let training = training(64, base, 16, stretch, 256);
        let slowest = |trick| Turning::of(trick, &training).frequencies[31];
        for trick in [Trick::Interpolation, Trick::Ntk, Trick::Yarn] {
            prop_assert!((slowest(trick) * stretch / slowest(Trick::Plain) - 1.0).abs() < 1e-12, "{trick:?}");
        }
    }

    #[test]
    fn rerope_is_rope_inside_its_window(width in 1usize..400, angle in -3.0..3.0f64) {
        let training = training(32, 1e4, 512, 8.0, width);
        let rope = Turning::of(Trick::Plain, &training).waves(angle, 500);
        let held = Turning::of(Trick::Rerope, &training).waves(angle, 500);
        prop_assert_eq!(&held[..=width.min(499)], &rope[..=width.min(499)]);
        prop_assert!(held[width.min(499)..].iter().all(|wave| *wave == held[width.min(499)]));
    }

    #[test]
    fn alibi_of_no_slope_and_a_bias_of_no_strength_are_no_places_at_all(q in vectors(), k in vectors(), m in 0usize..300, far in 0usize..300) {
        let training = training(16, 1e4, 64, 4.0, 40);
        let turning = Turning::of(Trick::Plain, &training);
        let nothing = Strength { c: 0.0, angle: 0.0, slope: 0.0, width: usize::MAX, base: 1e4 };
        let score = |scheme| nothing.score(scheme, &turning, &training, (&q, m + far), (&k, m));
        for scheme in [Scheme::Alibi, Scheme::Kerple, Scheme::Sandwich, Scheme::Window] {
            prop_assert_eq!(score(scheme), score(Scheme::Nope));
        }
        let [flat, nope] = [Scheme::Bias, Scheme::Nope].map(|scheme| nothing.by_distance(scheme, &turning, &training, 50));
        prop_assert_eq!(flat, nope);
    }

    #[test]
    fn shares_are_shares(scores in prop::collection::vec(-50.0..50.0f64, 1..200), near in 0usize..100) {
        let shares = softmax(&scores);
        prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let window = growth(&scores, near, &[(scores.len(), 1.0)])[0];
        prop_assert!((window.mass - shares.iter().take(near).sum::<f64>()).abs() < 1e-12);
        prop_assert!(window.entropy > -1e-9 && window.entropy < (scores.len() as f64).ln() + 1e-9);
    }
}

fn shipped(name: &str, ending: &str) -> Vec<u8> {
    let path = format!("{}/www/models/stretch/{name}.{ending}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Three seeds of every scheme, of the same sizes; only those with biases have any before they are turned.
#[test]
fn the_networks_that_ship_are_what_their_cards_say() {
    for scheme in reader::Scheme::ALL {
        for seed in 1..=3 {
            let name = format!("{}-{seed}", scheme.name());
            let bytes = shipped(&name, "safetensors");
            let card: Json = serde_json::from_slice(&shipped(&name, "json")).unwrap();
            let (network, weights) = load(&bytes).unwrap();
            assert_eq!((network.scheme, network.count()), (scheme, weights.len()), "{name}");
            assert_eq!(card["bytes"], bytes.len(), "{name}");
            assert_eq!(card["parameters"], weights.len(), "{name}");
            assert_eq!((card["seed"].as_u64(), &card["scheme"]), (Some(seed), &Json::from(scheme.name())));
            assert_eq!(card["config"], serde_json::to_value(&network.config).unwrap(), "{name}");
            let options = reader::Options::shipped(scheme, seed);
            assert_eq!(options.config(&network.config.vocabulary), network.config, "{name}");
            assert_eq!(card["steps"], options.plan.steps, "{name}");
            for l in 0..network.config.layers {
                let has = network.biases(&weights, l).into_iter().flatten().any(|x| *x != 0.0);
                assert_eq!(has, scheme == reader::Scheme::Bias, "{name}");
            }
            assert_eq!(pack(&network, &weights).write(Precision::Half), bytes, "{name}");
        }
    }
}

/// Several files one after another are told apart; what is cut off is named.
#[test]
fn files_that_follow_each_other_are_told_apart() {
    let [one, two, text] = ["rope-1", "learned-2", "text"].map(|name| shipped(name, "safetensors"));
    let all = [one.as_slice(), &two, &text].concat();
    assert_eq!(Tensors::files(&all).unwrap(), [&one[..], &two, &text]);
    assert!(Tensors::files(&[]).unwrap().is_empty());
    for cut in [all.len() - 1, one.len() + 3, one.len() + 20, 5] {
        let sentence = Tensors::files(&all[..cut]).unwrap_err().to_string();
        assert!(sentence.starts_with("the file is damaged"), "{sentence}");
    }
    let letters = load_text(&text).unwrap();
    assert_eq!(letters.held_out.len(), 111_540);
    assert_eq!(letters.training.len(), 65_536);
    assert_eq!(pack_text(&letters, 65_536).write(Precision::Half), text);
    assert!(load(&text).is_err() && load_text(&one).is_err());
}

fn experiment(link: &str) -> Experiment {
    let parsed = labs::parse(&format!("v=2&lab=stretch&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    parsed.experiment
}

fn resources(weights: Option<&[u8]>) -> Resources<'_> {
    Resources {
        weights,
        #[cfg(feature = "networks")]
        device: &chailou::device::Device::Cpu,
    }
}

/// The session of a link with the files that it asks for.
fn opened(link: &str) -> Box<dyn Session> {
    with_files(experiment(link))
}

/// The same with a text of the visitor's.
fn opened_with(link: &str, text: &str) -> Box<dyn Session> {
    let mut experiment = experiment(link);
    experiment.inputs.text = Some(text.to_owned());
    with_files(experiment)
}

fn with_files(experiment: Experiment) -> Box<dyn Session> {
    let read = |name: &str| shipped(name.strip_prefix("stretch/").unwrap(), "safetensors");
    let names = (experiment.lab.model)(&experiment).expect("files");
    let bytes: Vec<u8> = names.split(' ').flat_map(read).collect();
    labs::open(&experiment, resources(Some(&bytes))).unwrap()
}

fn work(session: &mut dyn Session, task: &str, n: usize) {
    pollster::block_on(session.work(task, n)).unwrap();
}

fn known(all: &[Readout], id: &str) -> f64 {
    all.iter().find(|one| one.id == id).and_then(|one| one.value).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn only_what_is_looked_at_is_fetched() {
    let names = |link: &str| {
        let experiment = experiment(link);
        (experiment.lab.model)(&experiment).map(std::borrow::Cow::into_owned)
    };
    for view in ["terms", "window", "cancel", "family", "tricks", "table"] {
        assert_eq!(names(&format!("view={view}&lane1=alibi")), None);
    }
    assert_eq!(names("view=train").as_deref(), Some("stretch/text"));
    let two = "view=measured&lane1=alibi&lane2=none&lane3=nope&seeds=2";
    let known = "stretch/alibi-1 stretch/alibi-2 stretch/nope-1 stretch/nope-2 stretch/text";
    assert_eq!(names(two).as_deref(), Some(known));
    let refused = |weights| labs::open(&experiment(two), resources(weights)).err().unwrap();
    assert!(matches!(refused(None), SessionError::NoWeights("stretch")));
    assert!(matches!(refused(Some(&[1, 2, 3])), SessionError::BadWeights(_)));
}

/// One text is enough to tell RoPE, which was never turned so far, from KERPLE's logarithm; the readouts are open before.
#[test]
fn networks_that_ship_are_measured_live() {
    let link = "view=measured&seeds=1&texts=1";
    let mut lab = opened(link);
    assert!(lab.readouts().iter().all(|one| one.verdict == Verdict::Open));
    assert_eq!(lab.frame("places").unwrap().shape[0], 0);
    work(&mut *lab, "read", 3);
    let all = lab.readouts();
    assert!(known(&all, "loss_beyond") > known(&all, "loss_within") + 0.5);
    assert!(known(&all, "loss_beyond_3") < known(&all, "loss_within_3") + 0.3);
    assert!(known(&all, "retained_3") > known(&all, "retained") + 0.2);
    assert!(known(&all, "accuracy_at_8x_3") > 0.35);
    // One seed is no verdict.
    let gain = all.iter().find(|one| one.id == "bias_gain").unwrap();
    assert_eq!((gain.value, gain.verdict), (None, Verdict::Open));
    for layer in 1..=3 {
        assert!(known(&all, &format!("fourth_term_{layer}")).is_finite());
    }
    for (name, width) in [("places", 4), ("lengths", 4), ("read_to", 4), ("looks", 4), ("four", 6)] {
        let frame = lab.frame(name).unwrap();
        assert!(frame.shape[0] > 1 && frame.shape[1] == width, "{name} {:?}", frame.shape);
        assert!(frame.data.iter().all(|x| x.is_finite()), "{name}");
    }
    // What was read once is handed over, and nothing that is more than a link says.
    let mut again = opened(link);
    again.reuse(&*lab.keeper());
    assert_eq!(again.frame("looks").unwrap().data, lab.frame("looks").unwrap().data);
    assert_eq!(again.status().tasks["read"].done, 3);
    let mut more = opened("view=measured&seeds=1&texts=2");
    more.reuse(&*lab.keeper());
    work(&mut *more, "read", 3);
    assert_eq!(more.status().tasks["read"].done, 6);
    let mut less = opened(link);
    less.reuse(&*more.keeper());
    assert_eq!(less.status().tasks["read"].done, 0);
}

/// A trick is for what is turned: it changes RoPE's loss and not KERPLE's; stretched to once the length it changes nothing.
#[test]
fn tricks_are_for_what_is_turned() {
    let losses = |more: &str| {
        let mut lab = opened(&format!("view=measured&seeds=1&texts=1&lane2=none&{more}"));
        work(&mut *lab, "read", 2);
        let all = lab.readouts();
        ["loss_within", "loss_beyond", "loss_beyond_2"].map(|id| known(&all, id))
    };
    let plain = losses("");
    for trick in ["pi", "ntk", "yarn", "rerope", "logn"] {
        let [_, beyond, other] = losses(&format!("trick={trick}"));
        assert!((beyond - plain[1]).abs() > 1e-3 && other == plain[2], "{trick}");
    }
    for trick in ["pi", "ntk", "yarn"] {
        let [within, beyond, _] = losses(&format!("trick={trick}&stretch=1"));
        assert!((within - plain[0]).abs() < 1e-4 && (beyond - plain[1]).abs() < 1e-3, "{trick}");
    }
}

#[test]
fn schemes_are_trained_on_the_same_texts() {
    let link = "view=train&short=16&steps=50&seeds=1&lane1=nope&lane2=kerple&lane3=learned&trained=20";
    let mut lab = opened(link);
    work(&mut *lab, "train", 20);
    for (name, shape) in [
        ("twin_losses", vec![1, 3, 17]),
        ("twin_rights", vec![1, 3, 17]),
        ("twin_pairs", vec![2, 4]),
        ("twin_places", vec![1, 3, 32]),
    ] {
        assert_eq!(lab.frame(name).unwrap().shape, shape, "{name}");
    }
    let losses = lab.frame("twin_losses").unwrap().data;
    let last = |i: usize| losses[i * 17..(i + 1) * 17].iter().copied().rfind(|x| x.is_finite()).unwrap();
    assert!((0..3).all(|i| last(i) < losses[i * 17] - 0.2), "{losses:?}");
    let mut again = opened(link);
    again.reuse(&*lab.keeper());
    assert_eq!(again.frame("twin_places").unwrap().data, lab.frame("twin_places").unwrap().data);
    assert_ne!(lab.learned(), opened(&link.replace("nope", "rope")).learned());
}

/// A text that a visitor brings is learnt in its own script; what the numbers say is of its held-out end. Too short a one is named, and
/// nothing is lost. The readouts are of seeds that have ended.
#[test]
fn a_text_of_ones_own_is_learnt() {
    let link = "view=train&short=16&steps=50&seeds=2&lane1=rope&lane2=bias&lane3=none&rate=0.01&trained=200";
    let mut lab = opened_with(link, &"拆楼容易建楼难，一砖一瓦莫等闲。".repeat(40));
    assert!(lab.status().warnings.is_empty());
    assert!(lab.readouts().iter().all(|one| one.verdict == Verdict::Open));
    work(&mut *lab, "train", 200);
    let all = lab.readouts();
    // A line that repeats itself is foretold nearly always; guessing by frequency costs about ln 15 here.
    let within = all.iter().find(|one| one.id == "loss_within").unwrap();
    assert!(within.value.unwrap() < 1.0 && (2.2..2.9).contains(&within.expected.unwrap()), "{within:?}");
    assert!(known(&all, "loss_within_2") < 1.0 && known(&all, "accuracy_at_8x") > 0.1);
    let gain = all.iter().find(|one| one.id == "bias_gain").unwrap();
    assert_eq!(gain.value, None, "two seeds are no verdict");

    let short = opened_with(link, "拆楼");
    let warning = &short.status().warnings[0];
    assert!(warning.en.contains("2 characters and 258 are needed"), "{warning:?}");
    assert_ne!(lab.learned(), short.learned());
    assert_eq!(short.learned(), opened(link).learned());
}

/// A text that a visitor brings is read by the networks that ship, in their characters, and what it begins with is told.
#[test]
fn a_text_of_ones_own_is_read() {
    let link = "view=measured&seeds=1&texts=1&lane1=kerple&lane2=none&lane3=none";
    let ours = "the quick brown fox jumps over the lazy dog and is not seen again.\n".repeat(10);
    let mut lab = opened_with(link, &ours);
    assert_eq!(lab.status().facts["text"], ours[..192]);
    work(&mut *lab, "read", 1);
    let mut shipped = opened(link);
    work(&mut *shipped, "read", 1);
    let [of_ours, of_theirs] = [&lab, &shipped].map(|lab| known(&lab.readouts(), "loss_within"));
    assert!((of_ours - of_theirs).abs() > 0.05, "{of_ours} {of_theirs}");
    // What was read of one text is nothing of another.
    let mut again = opened(link);
    again.reuse(&*lab.keeper());
    assert_eq!(again.status().tasks["read"].done, 0);
    let strange = opened_with(link, &"拆楼".repeat(400));
    assert!(strange.status().warnings[0].en.contains("0 characters that these networks know"));
}
