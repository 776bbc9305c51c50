//! The lab of concentration: its reference values, its laws, and that measured means meet what is expected of them.
#![cfg(feature = "maths")]

use chailou::labs::{
    self,
    focus::{claims, settings::Reader, state::Focus},
};
use chailou::math::concentration::{
    decay,
    features::{self, Features},
    finite::Law,
    guests,
    kernel::Kernel,
    limit, phases,
    row::Row,
};
use chailou::runtime::readout::{Readout, Verdict};
use proptest::prelude::*;
use serde_json::Value as Json;

#[track_caller]
fn close(value: f64, known: f64, open: f64) {
    assert!((value - known).abs() <= open, "{value}, not {known} ± {open}");
}

fn lab(link: &str) -> Focus {
    let parsed = labs::parse(&format!("v=2&lab=focus&{link}"));
    assert!(parsed.warnings.is_empty(), "{link}: {:?}", parsed.warnings);
    Focus::open(&parsed.experiment)
}

/// All claims of a link at its last state, all draws read.
fn claims_of(link: &str) -> Vec<Readout> {
    let lab = lab(link);
    let at = lab.settings.whole();
    lab.read_to(at, usize::MAX);
    claims::all(&lab, at)
}

fn claim(link: &str, id: &str) -> Readout {
    claims_of(link).into_iter().find(|one| one.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

fn value(link: &str, id: &str) -> f64 {
    claim(link, id).value.unwrap_or_else(|| panic!("{id} has no value at {link}"))
}

/// Numbers of `tests/golden/focus.py`.
fn golden(name: &str) -> Vec<Json> {
    let all: Json = serde_json::from_str(include_str!("golden/focus.json")).unwrap();
    all[name].as_array().unwrap().clone()
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn kernel(json: &Json) -> Kernel {
    let word = json["kernel"].as_str().unwrap();
    let names = ["exp", "relu2", "relu", "identity", "elu1", "softplus"];
    Kernel::ALL[names.iter().position(|name| *name == word).unwrap()]
}

fn closed(kernel: Kernel, beta: f64, gamma: f64) -> f64 {
    limit::closed(kernel, beta, gamma).unwrap()
}

/// Quoted to seven digits.
const QUOTED: f64 = 0.5001e-7;

#[test]
fn closed_forms_have_the_values_of_the_article() {
    for (gamma, s) in [(0.5, 0.8824969), (1.0, 0.6065307), (2.0, 0.1353353), (3.0, 0.0111090)] {
        close(closed(Kernel::Exp, 0.7, gamma), s, QUOTED);
        close(
            value(&format!("gamma={gamma}"), "concentration_theory"),
            libm::exp(-gamma * gamma / 2.0),
            1e-15,
        );
    }
    close(closed(Kernel::Identity, 0.0, 1.3), 0.797_884_560_802_865_4, 1e-12);
    for (r, s) in [(0.5, 0.8010428), (1.0, 0.8249326), (2.0, 0.9020215), (3.0, 0.9489250)] {
        close(closed(Kernel::Identity, r, 1.0), s, QUOTED);
        close(closed(Kernel::Identity, -2.5 * r, 2.5), s, QUOTED);
    }
    // Flat to fourth order at β = 0.
    let r = 0.02f64;
    let lifted = closed(Kernel::Identity, r, 1.0) / closed(Kernel::Identity, 0.0, 1.0) - 1.0;
    close(lifted / (r.powi(4) / 12.0), 1.0, 1e-3);
    for (r, s) in [
        (0.0, 0.4082483),
        (-2.0, 0.0720063),
        (-1.0, 0.2052557),
        (-0.5, 0.3014813),
        (-0.25, 0.3541851),
        (0.25, 0.4623182),
        (0.5, 0.5151204),
        (1.0, 0.6127729),
        (2.0, 0.7616700),
        (4.0, 0.9022662),
        (-3.0, 0.0167056),
    ] {
        for gamma in [0.3, 1.0, 4.0] {
            close(closed(Kernel::Relu2, r * gamma, gamma), s, QUOTED);
        }
    }
    // Quoted as 1.33846e-5; the integrals themselves say 1.338446e-5.
    close(closed(Kernel::Relu2, -6.0, 1.0), 1.338_445_545e-5, 0.5e-14);
    close(closed(Kernel::Relu2, 0.0, 1.0), 1.0 / 6f64.sqrt(), 1e-12);
    close(closed(Kernel::Relu, 0.0, 1.0), 1.0 / std::f64::consts::PI.sqrt(), 1e-12);
    close(value("kernel=relu2&beta=-6&gamma=1", "concentration_theory"), 1.33846e-5, 1e-9);
}

#[test]
fn closed_forms_agree_with_quadrature_also_where_terms_cancel() {
    for kernel in [Kernel::Relu2, Kernel::Relu, Kernel::Identity, Kernel::Elu1, Kernel::Exp] {
        for r in [-9.0, -6.0, -4.0, -3.01, -2.99, -1.5, 0.0, 0.4, 3.0, 8.0] {
            for gamma in [0.1, 1.0, 5.0] {
                let (s, summed) =
                    (closed(kernel, r * gamma, gamma), limit::quadrature(kernel, r * gamma, gamma));
                close(s, summed, 1e-9 * s);
            }
        }
    }
    for one in golden("endless") {
        let [beta, gamma, s] = ["beta", "gamma", "s"].map(|key| one[key].as_f64().unwrap());
        close(limit::known(kernel(&one), beta, gamma).unwrap(), s, 1e-9);
    }
}

#[test]
fn feature_maps_have_their_ratios_and_a_query_its_shape() {
    use std::f64::consts::{E, PI};
    for (map, ratio) in [
        (Features::Relu, (PI - 1.0).sqrt()),
        (Features::Exp, (E - 1.0).sqrt()),
        (Features::Relu2, 5f64.sqrt()),
    ] {
        close(map.ratio(), ratio, 1e-9);
        let [mean, deviation] = map.moments();
        close(deviation / mean, ratio, 1e-9);
    }
    for (word, ratio) in [
        ("relu", 1.463418),
        ("exp", 1.310832),
        ("elu1", 0.678040),
        ("softplus", 0.646442),
        ("sigmoid", 0.416553),
        ("relu2", 2.236068),
    ] {
        close(value(&format!("features={word}"), "feature_ratio"), ratio, 0.5e-6);
    }
    for (map, one_hot, flat) in [
        (Features::Relu, 0.5641896, 0.9836773),
        (Features::Exp, 0.6065307, 0.9868403),
        (Features::Elu1, 0.8276802, 0.9964275),
        (Features::Relu2, 0.4082483, 0.9630868),
    ] {
        close(features::concentration(map.ratio(), features::norm_ratio(64, 1.0)), one_hot, QUOTED);
        close(features::concentration(map.ratio(), features::norm_ratio(64, 0.0)), flat, QUOTED);
    }
    for d in [1, 2, 64, 1000] {
        for shape in [0.0, 0.3, 0.9, 1.0] {
            let (sum, squares) =
                features::query(d, shape).fold((0.0, 0.0), |(sum, squares), q| (sum + q, squares + q * q));
            let norms = features::norm_ratio(d, shape);
            close(norms, squares.sqrt() / sum, 1e-12);
            assert!(norms >= 1.0 / (d as f64).sqrt() - 1e-12 && norms <= 1.0 + 1e-12);
        }
    }
}

#[test]
fn decay_sees_as_many_tokens_however_long_the_text() {
    for (lambda, n, s) in [
        (0.9, 64.0, 0.5442203),
        (0.9, 512.0, 0.1926379),
        (0.9, 4096.0, 0.0681078),
        (0.99, 64.0, 0.9833105),
        (0.99, 512.0, 0.6198152),
        (0.99, 4096.0, 0.2204177),
        (0.999, 64.0, 0.9998293),
        (0.999, 512.0, 0.9892886),
        (0.999, 4096.0, 0.6870910),
    ] {
        close(decay::concentration(lambda, n), s, QUOTED);
        let link = format!("kernel=decay&lambda={lambda}&n={n}");
        close(value(&link, "concentration"), s, QUOTED);
        close(value(&link, "concentration_theory"), s, QUOTED);
    }
    for (lambda, tokens) in [(0.5, 3.0), (0.9, 19.0), (0.99, 199.0)] {
        for n in [4096, 65_536] {
            close(value(&format!("n={n}&lambda={lambda}"), "decay_tokens"), tokens, 1e-9 * tokens);
        }
    }
    // λ = 0 reads the newest key alone.
    assert_eq!(value("kernel=decay&lambda=0", "effective_tokens"), 1.0);
}

#[test]
fn softmax_breaks_and_freezes_where_the_table_says() {
    for (n, floor, breaks, freezes) in
        [(64, 0.125, 1.4420, 2.8841), (512, 0.0441942, 1.7661, 3.5322), (4096, 0.015625, 2.0393, 4.0787)]
    {
        let size = f64::from(n);
        close(phases::breaks(size), breaks, 0.5001e-4);
        close(phases::freezes(size), freezes, 0.5001e-4);
        close(phases::concentration(size, 12.0), floor, QUOTED);
        close(value(&format!("n={n}"), "gamma_critical"), freezes, 0.5001e-4);
        // The three laws meet at both marks.
        for gamma in [phases::breaks(size), phases::freezes(size)] {
            let [below, above] = [-1e-7, 1e-7].map(|step| phases::concentration(size, gamma + step));
            close(below / above, 1.0, 1e-5);
        }
    }
    close(phases::root_law(4096.0, 512.0, 2.0), (4.0 + 2.0 * 8f64.ln()).sqrt(), 1e-12);
    close(phases::log_law(4096.0, 512.0, 2.0), 2.0 * 12.0 / 9.0, 1e-12);
}

/// Monte Carlo of somebody else: means of S, entropy, the largest share and effective tokens, with the error of the first.
#[test]
fn exact_means_meet_a_published_monte_carlo() {
    let law = |gamma: f64, n: f64| Law::of(Kernel::Exp, 0.0, gamma).expected(n);
    for (gamma, n, s, error, entropy) in [
        (1.0, 512.0, 0.61798, 0.00034, 5.742),
        (1.0, 4096.0, 0.60830, 0.00042, 7.818),
        (2.0, 512.0, 0.24596, 0.00048, 4.391),
        (2.0, 4096.0, 0.18784, 0.00088, 6.347),
    ] {
        let known = law(gamma, n);
        close(known.concentration, s, 5.0 * error);
        close(known.entropy, entropy, 0.02);
    }
    close(law(2.0, 512.0).largest, 0.142, 0.01);
    close(law(2.0, 4096.0).largest, 0.0576, 0.01);
    for (gamma, n, s, tokens) in [
        (3.0, 512.0, 0.13322, 10.22),
        (3.0, 4096.0, 0.07474, 26.28),
        (4.0, 512.0, 0.09525, 5.23),
        (4.0, 4096.0, 0.04449, 9.44),
    ] {
        let known = law(gamma, n);
        close(known.concentration, s, 0.02 * s);
        close(known.tokens, tokens, 0.06 * tokens);
    }
    for (n, s, largest) in [(512.0, 0.06983, 0.638), (4096.0, 0.02811, 0.569)] {
        let known = law(6.0, n);
        close(known.concentration, s, 0.02 * s);
        close(known.largest, largest, 0.01);
    }
}

#[test]
fn exact_means_are_those_of_two_keys_summed_in_the_plane() {
    for one in golden("pairs") {
        let number = |key: &str| one[key].as_f64().unwrap();
        let law = Law::of(kernel(&one), number("beta"), number("gamma"));
        close(law.concentrations(&[2.0])[0], number("concentration"), 1e-6);
        close(law.tokens(&[2.0])[0], number("tokens"), 1e-6);
        close(law.entropies(&[2.0])[0], number("entropy"), 1e-6);
        close(law.needle(2.0, number("margin")), number("needle"), 1e-6);
    }
}

#[test]
fn one_key_has_all_and_many_keys_have_the_limit() {
    for kernel in Kernel::ALL {
        let law = Law::of(kernel, 0.3, 0.8);
        let one = law.expected(1.0);
        close(one.concentration, 1.0, 1e-7);
        close(one.tokens, 1.0, 1e-12);
        close(one.entropy, 0.0, 1e-7);
        close(one.largest, 1.0, 1e-7);
        let many = law.concentrations(&[1e6])[0];
        close(many, limit::known(kernel, 0.3, 0.8).unwrap(), 1e-4);
        // Many lengths at once are each of them alone.
        let counts = [2.0, 64.0, 4096.0];
        for (i, n) in counts.into_iter().enumerate() {
            close(law.concentrations(&counts)[i], law.concentrations(&[n])[0], 1e-8);
            close(law.entropies(&counts)[i], law.entropies(&[n])[0], 1e-7);
            close(law.needles(&counts, &[1.0, 2.0])[2 * i + 1], law.needle(n, 2.0), 1e-7);
        }
    }
    // H₁ = ln n − γ²/2 and H₂ = ln n − γ² for endless texts.
    let law = Law::of(Kernel::Exp, 0.0, 0.5);
    close(law.entropies(&[65_536.0])[0], 65_536f64.ln() - 0.125, 1e-3);
    close(law.tokens(&[65_536.0])[0].ln(), 65_536f64.ln() - 0.25, 1e-3);
}

#[test]
fn guests_weigh_as_an_independent_program_has_it() {
    for one in golden("entmax") {
        let scores = numbers(&one["scores"]);
        let bar = guests::entmax_bar(&scores);
        let weights: Vec<f64> = scores.iter().map(|x| guests::entmax(*x, bar)).collect();
        close(weights.iter().sum(), 1.0, 1e-12);
        for (weight, known) in weights.iter().zip(numbers(&one["weights"])) {
            close(*weight, known, 1e-9);
            assert_eq!(*weight == 0.0, known == 0.0);
        }
    }
    // So flat that more than those sorted first have a weight.
    let scores: Vec<f64> = (0..5000).map(|i| f64::from(i) * 1e-9).collect();
    let bar = guests::entmax_bar(&scores);
    close(scores.iter().map(|x| guests::entmax(*x, bar)).sum(), 1.0, 1e-9);
    for one in golden("top_k") {
        let (scores, k) = (numbers(&one["scores"]), one["k"].as_u64().unwrap() as usize);
        let bar = *guests::largest(&scores, k).last().unwrap();
        let seen = |x: f64| if x >= bar { x.exp() } else { 0.0 };
        let sum: f64 = scores.iter().map(|x| seen(*x)).sum();
        for (score, known) in scores.iter().zip(numbers(&one["weights"])) {
            close(seen(*score) / sum, known, 1e-12);
        }
    }
}

#[test]
fn rows_are_measured_as_an_independent_program_does() {
    for one in golden("rows") {
        let (kernel, scores, known) = (kernel(&one), numbers(&one["scores"]), numbers(&one["row"]));
        let row = match kernel {
            Kernel::Exp => Row::with_logs(scores.iter().map(|x| (x.exp(), *x))),
            _ => Row::of(scores.iter().map(|x| kernel.at(*x))),
        };
        let Row { concentration, tokens, entropy, largest, .. } = row;
        for (value, known) in [concentration, tokens, entropy, largest].into_iter().zip(known) {
            close(value, known, 1e-9 * (1.0 + known));
        }
    }
}

/// The claims that chance has a part in.
const MEASURED: [&str; 6] = [
    "concentration",
    "effective_tokens",
    "entropy",
    "largest_weight",
    "needle_weight",
    "linear_concentration",
];

#[test]
fn what_is_measured_meets_what_is_expected_whatever_the_kernel() {
    let kernels = ["exp", "relu2", "relu", "identity", "elu1", "softplus", "decay", "logn"];
    for kernel in kernels {
        for (n, gamma, beta) in [
            (2, 1.0, 0.0),
            (3, 1.0, -1.5),
            (64, 0.5, 1.0),
            (512, 2.0, -1.0),
            (512, 6.0, 0.5),
            (4096, 3.0, 0.0),
            (700, 0.0, 2.0),
        ] {
            for seed in [1, 2] {
                let link =
                    format!("kernel={kernel}&n={n}&gamma={gamma}&beta={beta}&seed={seed}&margin=7&draws=512");
                for claim in claims_of(&link) {
                    if MEASURED.contains(&claim.id) {
                        assert_eq!(claim.verdict, Verdict::Holds, "{link}: {claim:?}");
                    }
                }
            }
        }
    }
    for kernel in ["topk", "entmax"] {
        for gamma in [0.5, 2.0, 6.0] {
            let link = format!("kernel={kernel}&gamma={gamma}&n=1000&margin=30");
            for claim in claims_of(&link) {
                if MEASURED.contains(&claim.id) {
                    assert_eq!(claim.verdict, Verdict::Holds, "{link}: {claim:?}");
                }
            }
        }
    }
}

#[test]
fn claims_say_where_the_article_holds_and_where_it_does_not() {
    let verdict = |link: &str, id: &str| claim(link, id).verdict;
    // The sentence about √d is the wrong way round, ours is not.
    assert_eq!(verdict("", "article_dimension"), Verdict::Fails);
    assert_eq!(verdict("shape=0.5", "one_hot_floor"), Verdict::Holds);
    assert_eq!(verdict("d=1000&shape=0.2", "query_norms"), Verdict::Holds);
    // The formula for endless texts holds below √(ln n/2) and fails beyond.
    assert_eq!(verdict("n=4096&gamma=1", "concentration_finite"), Verdict::Holds);
    assert_eq!(verdict("n=4096&gamma=3", "concentration_finite"), Verdict::Fails);
    assert_eq!(verdict("n=64&gamma=2&beta=3&kernel=identity", "concentration_finite"), Verdict::Holds);
    // The needle's formula lives on the mean of the others.
    assert_eq!(verdict("n=4096&gamma=1&margin=9", "needle_theory"), Verdict::Holds);
    assert_eq!(verdict("n=4096&gamma=5&margin=20", "needle_theory"), Verdict::Fails);
    assert_eq!(verdict("kernel=relu2&beta=-1", "relu2_side"), Verdict::Holds);
    assert_eq!(verdict("kernel=relu2&beta=1", "relu2_side"), Verdict::Holds);
    for id in [
        "identity_floor",
        "gamma_critical",
        "gamma_breaks",
        "decay_tokens",
        "decay_recurrent",
        "feature_ratio",
        "concentration_theory",
        "concentration_rem",
    ] {
        for link in [
            "",
            "n=2",
            "n=65536&gamma=5",
            "n=77&gamma=12&beta=-3&kernel=softplus&features=sigmoid&lambda=0.9999",
        ] {
            assert_eq!(verdict(link, id), Verdict::Holds, "{id} at {link}");
        }
    }
    // Entropy is kept by the root of a logarithm while γ is small.
    assert_eq!(verdict("n=65536&gamma=0.8", "scaling_gamma"), Verdict::Holds);
    assert_eq!(verdict("n=65536&gamma=0.8", "scaling_log"), Verdict::Fails);
}

#[test]
fn a_needle_is_found_by_softmax_and_by_no_linear_kernel() {
    // eᵐ/(eᵐ + n e^{γ²/2}).
    let formula = |n: f64, gamma: f64, m: f64| 1.0 / (1.0 + n * (gamma * gamma / 2.0 - m).exp());
    for (n, gamma, m) in [(512, 1.0, 8.0), (4096, 1.5, 12.0)] {
        let link = format!("n={n}&gamma={gamma}&margin={m}");
        close(value(&link, "needle_theory"), formula(f64::from(n), gamma, m), 1e-12);
        close(value(&link, "needle_weight"), formula(f64::from(n), gamma, m), 0.03);
    }
    for kernel in ["identity", "relu", "elu1", "softplus"] {
        assert!(value(&format!("kernel={kernel}&n=4096&gamma=1&margin=12"), "needle_weight") < 0.02);
    }
    // Decay is blind: the margin changes nothing.
    let share = |m: f64| value(&format!("kernel=decay&n=64&margin={m}"), "needle_weight");
    assert_eq!(share(0.0), share(30.0));
    // A needle below the bar of top-k is not seen at all; entmax leaves it out too.
    assert_eq!(value("kernel=topk&n=4096&gamma=3&margin=1&k=4", "needle_weight"), 0.0);
    assert_eq!(value("kernel=entmax&n=4096&gamma=6&margin=1", "needle_weight"), 0.0);
}

#[test]
fn a_longer_text_begins_with_the_shorter_one() {
    let whole = lab("n=4096&kernel=relu");
    assert_eq!(whole.settings.whole(), 11);
    for (at, n) in [(0, 2), (5, 64), (11, 4096)] {
        assert_eq!(whole.settings.keys(at), n);
        let alone = lab(&format!("n={n}&kernel=relu"));
        let last = alone.settings.whole();
        assert_eq!(whole.bench(at).keys(), alone.bench(last).keys());
        assert_eq!(whole.bench(at).weights, alone.bench(last).weights);
    }
    assert_eq!(lab("n=1000").settings.keys(9), 1000);
    assert_eq!((lab("n=1000").settings.whole(), lab("n=2").settings.whole()), (9, 0));
    let too_many = labs::parse("v=2&lab=focus&n=65536&draws=1024");
    let warnings = Focus::open(&too_many.experiment).settings.warnings;
    assert!(warnings.len() == 1 && warnings[0].en.contains("64 are read"), "{warnings:?}");
}

fn settings() -> impl Strategy<Value = (usize, f64, f64, f64, u64)> {
    (2usize..400, 0.0..12.0f64, -12.0..12.0f64, 0.0..0.9999f64, 0u64..1000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Weights are shares: none is negative, they sum to one, and their numbers keep to their bounds.
    #[test]
    fn every_reader_shares_itself_out((n, gamma, beta, lambda, seed) in settings()) {
        let lab = lab(&format!("n={n}&gamma={gamma}&beta={beta}&lambda={lambda}&seed={seed}"));
        let bench = lab.bench(lab.settings.whole());
        for (reader, (weights, read)) in Reader::ALL.iter().zip(bench.weights.iter().zip(&bench.reads)) {
            prop_assert_eq!(weights.len(), n);
            let sum: f64 = weights.iter().sum();
            if sum == 0.0 {
                let Row { concentration, tokens, entropy, largest, .. } = read.row;
                prop_assert!([concentration, tokens, entropy, largest].iter().all(|x| x.is_nan()));
                continue;
            }
            // What is drawn and what is measured are the same weights.
            let row = Row::of(weights.iter().map(|a| a / sum));
            prop_assert!(weights.iter().all(|a| *a >= 0.0 && a.is_finite()), "{:?}", reader);
            prop_assert!((row.concentration - read.row.concentration).abs() < 1e-9, "{:?}", reader);
            prop_assert!((row.entropy - read.row.entropy).abs() < 1e-7 * (n as f64), "{:?}", reader);
            prop_assert!((row.sum - 1.0).abs() < 1e-9);
            let size = n as f64;
            prop_assert!(row.concentration <= 1.0 + 1e-12 && row.concentration >= 1.0 / size.sqrt() - 1e-12);
            // Rényi entropies fall with their order: ln n ≥ H₁ ≥ H₂ ≥ −ln max p.
            prop_assert!(size.ln() + 1e-9 >= row.entropy && row.entropy >= row.tokens.ln() - 1e-9);
            prop_assert!(row.tokens.ln() >= -row.largest.ln() - 1e-9);
            prop_assert!((0.0..=1.0).contains(&read.needle), "{:?}: {}", reader, read.needle);
        }
    }

    /// A query twice as long changes nothing where the kernel is homogeneous, and something where it is not.
    #[test]
    fn scale_invariance_holds_where_it_should((n, gamma, beta, _, seed) in settings()) {
        let gamma = gamma.max(0.4);
        let at = |c: f64| {
            let lab = lab(&format!("n={n}&gamma={}&beta={}&seed={seed}", c * gamma, c * beta));
            let bench = lab.bench(lab.settings.whole());
            bench.reads.iter().map(|read| read.row.concentration).collect::<Vec<_>>()
        };
        let (one, twice) = (at(0.5), at(1.0));
        for (reader, (a, b)) in Reader::ALL.iter().zip(one.into_iter().zip(twice)) {
            if a.is_nan() {
                prop_assert!(b.is_nan());
                continue;
            }
            match reader {
                Reader::Relu2 | Reader::Relu | Reader::Identity | Reader::Decay => prop_assert!((a - b).abs() < 1e-9),
                // Rényi-2 entropy of softmax falls with every colder temperature.
                Reader::Exp | Reader::Logn => prop_assert!(b <= a + 1e-12 && (b < a || n == 2)),
                _ => {}
            }
        }
    }

    /// A state of one number says what the whole sum says.
    #[test]
    fn recurrent_decay_is_the_quadratic_form(lambda in 0.0..1.0f64, values in prop::collection::vec(-3.0..3.0f64, 1..300)) {
        let (sum, state) = (decay::quadratic(lambda, &values), decay::recurrent(lambda, &values));
        prop_assert!((sum - state).abs() < 1e-10 * (1.0 + values.len() as f64));
    }

    /// Readouts of any link are numbers or say why not.
    #[test]
    fn no_link_makes_a_number_that_is_none((n, gamma, beta, lambda, seed) in settings(), which in 0usize..10, shape in 0.0..1.0f64) {
        let kernel = ["exp", "relu2", "relu", "identity", "elu1", "softplus", "decay", "logn", "topk", "entmax"][which];
        let link = format!("kernel={kernel}&n={n}&gamma={gamma}&beta={beta}&lambda={lambda}&seed={seed}&shape={shape}&draws=8");
        for claim in claims_of(&link) {
            prop_assert!(claim.value.is_none_or(f64::is_finite), "{}: {:?}", link, claim);
            prop_assert!(claim.expected.is_none_or(f64::is_finite), "{}: {:?}", link, claim);
        }
    }
}
