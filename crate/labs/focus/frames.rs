//! The frames by name. What is not asked about is empty, and nothing is computed for it.

use super::{
    settings::{FIRST, Part, Reader, Settings},
    state::{Bench, Focus},
    sweeps,
};
use crate::math::concentration::{decay, features, features::Features, kernel::Kernel, limit, phases};
use crate::runtime::{error::SessionError, frame::Frame};

/// Columns that the text is drawn in.
const COLUMNS: usize = 256;
/// Ranks that the sorted weights are drawn at.
const RANKS: usize = 120;
/// γ of the curves for endless texts: 0 to 12.
const GAMMAS: usize = 61;
/// Lengths drawn beside the one at hand.
const SIZES: [usize; 3] = [64, 512, 4096];
/// Rows and columns of the needle's map: n from 2 to 65,536 by half octaves, m from 0 to 30.
const MAP: usize = 31;
/// Where the histogram of scores ends, in deviations, and how many bars it has.
const WIDE: f64 = 5.5;
const BARS: usize = 55;
/// Places of a curve.
const PLACES: usize = 101;

pub fn frame(lab: &Focus, at: usize, name: &str) -> Result<Frame, SessionError> {
    let part = lab.settings.part;
    let rows = |name: &'static str, width: usize, data: Vec<f32>| {
        Ok(Frame::new(name, [data.len() / width, width], data))
    };
    if let Some(empty) = elsewhere(part, name) {
        return Ok(empty);
    }
    let ten = Reader::ALL.len();
    match name {
        "bench" => rows("bench", 6, bench(lab, at)),
        "rows" => {
            let data = text(&lab.bench(at));
            Ok(Frame::new("rows", [ten, data.len() / ten], data))
        }
        "laws" => rows("laws", 1, laws(lab, at)),
        "sorted" => rows("sorted", 1 + ten, sorted(lab, at)),
        "limits" => rows("limits", 1 + Kernel::ALL.len(), lab.limits(|| limits(lab.settings.beta)).to_vec()),
        "sizes" => rows("sizes", 1, sizes(lab, at).map(|n| n as f32).to_vec()),
        "phase" => phase(lab, at),
        "dots" => dots(lab, at),
        "scores" => rows("scores", 2, scores(lab, at)),
        "map" => Ok(map(lab)),
        "reach" => rows("reach", 1 + ten, reach(lab, at)),
        "shapes" => rows("shapes", 1 + Features::ALL.len(), shapes(&lab.settings)),
        "query" => rows("query", 1, query(&lab.settings)),
        "dims" => rows("dims", 4, dims(lab)),
        "linear" => rows("linear", 1, [lab.linear(at).0].map(|s| s as f32).to_vec()),
        "fall" => rows("fall", 2, fall(&lab.settings, at)),
        "tokens" => {
            let n = lab.settings.keys(at) as f64;
            rows("tokens", 1, vec![decay::tokens(lab.settings.lambda, n) as f32])
        }
        "span" => rows("span", 5, span(lab)),
        "blind" => rows("blind", 3, blind(lab, at)),
        "keep" => rows("keep", 4, keep(&lab.settings)),
        "drift" => rows("drift", 4, drift(&lab.settings)),
        "found" => rows("found", 4, found(lab)),
        other => Err(SessionError::UnknownFrame(other.to_owned())),
    }
}

/// An empty frame, if `name` belongs to what is not asked about now.
fn elsewhere(part: Part, name: &str) -> Option<Frame> {
    let all: [(&'static str, &[Part], usize); 21] = [
        ("bench", &[Part::Bench, Part::Phase, Part::Needle], 6),
        ("rows", &[Part::Bench], 1),
        ("laws", &[Part::Bench], 1),
        ("sorted", &[Part::Bench], 11),
        ("limits", &[Part::Bench], 7),
        ("sizes", &[Part::Phase], 1),
        ("phase", &[Part::Phase], 8),
        ("dots", &[Part::Phase], 5),
        ("scores", &[Part::Needle], 2),
        ("map", &[Part::Needle], 1),
        ("reach", &[Part::Needle], 11),
        ("shapes", &[Part::Shape], 7),
        ("query", &[Part::Shape], 1),
        ("dims", &[Part::Shape], 4),
        ("linear", &[Part::Shape], 1),
        ("fall", &[Part::Decay], 2),
        ("tokens", &[Part::Decay], 1),
        ("span", &[Part::Decay], 5),
        ("blind", &[Part::Decay], 3),
        ("keep", &[Part::Scaling], 4),
        ("drift", &[Part::Scaling], 4),
    ];
    let found = ("found", &[Part::Scaling][..], 4);
    let (name, _, width) =
        all.into_iter().chain([found]).find(|(one, of, _)| *one == name && !of.contains(&part))?;
    Some(Frame::new(name, [0, width], Vec::new()))
}

/// What a fingerprint is made of: what all ten made of the first text.
pub fn proof(lab: &Focus, at: usize) -> Vec<f32> {
    let all = bench(lab, at).into_iter().chain([lab.linear(at).0 as f32]);
    all.map(|value| if value.is_finite() { value } else { -1.0 }).collect()
}

/// [10, 6]: S, effective tokens, entropy, the largest share and the needle's of the first text, and S by its closed form; NaN where
/// there is no such number.
fn bench(lab: &Focus, at: usize) -> Vec<f32> {
    let bench = lab.bench(at);
    let n = bench.n as f64;
    let limit = |reader: Reader| match reader.kernel() {
        Some(kernel) => limit::known(kernel, lab.settings.beta, lab.scaled(reader, n).0),
        // Its closed form knows every n.
        None => (reader == Reader::Decay).then(|| decay::concentration(lab.settings.lambda, n)),
    };
    let row = |(reader, read): (&Reader, &super::reader::Read)| {
        let row = &read.row;
        let limit = limit(*reader).unwrap_or(f64::NAN);
        [row.concentration, row.tokens, row.entropy, row.largest, read.needle, limit]
    };
    Reader::ALL.iter().zip(&bench.reads).flat_map(row).map(|x| x as f32).collect()
}

/// [10, 1]: E S at this n; NaN where no law is known.
fn laws(lab: &Focus, at: usize) -> Vec<f32> {
    let n = lab.settings.keys(at) as f64;
    let of = |reader: &Reader| match lab.law(*reader, n) {
        Some(law) => law.concentrations(&[n])[0],
        None if *reader == Reader::Decay => decay::concentration(lab.settings.lambda, n),
        None => f64::NAN,
    };
    Reader::ALL.iter().map(|reader| of(reader) as f32).collect()
}

/// [10, columns]: the largest share within each stretch of the text, over the largest of all.
fn text(bench: &Bench) -> Vec<f32> {
    let columns = bench.n.min(COLUMNS);
    let row = |weights: &Vec<f64>| {
        let most = weights.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        (0..columns)
            .map(|c| {
                let stretch = &weights[c * bench.n / columns..(c + 1) * bench.n / columns];
                (stretch.iter().copied().fold(0.0, f64::max) / most) as f32
            })
            .collect::<Vec<_>>()
    };
    bench.weights.iter().flat_map(row).collect()
}

/// [ranks, 11]: a rank, and the share that has it with each reader.
fn sorted(lab: &Focus, at: usize) -> Vec<f32> {
    let (bench, order) = (lab.bench(at), lab.ranks(at));
    let n = bench.n;
    let mut ranks: Vec<usize> = (0..RANKS)
        .map(|k| libm::pow(n as f64, k as f64 / (RANKS - 1) as f64).round() as usize)
        .map(|rank| rank.clamp(1, n))
        .collect();
    ranks.dedup();
    let columns: Vec<Vec<f64>> = Reader::ALL
        .iter()
        .zip(&bench.weights)
        .map(|(reader, weights)| {
            let sum: f64 = weights.iter().sum();
            let by_key = |rank: usize| weights[order[rank] as usize];
            let mut shares = match reader {
                Reader::Decay => ranks.iter().map(|rank| weights[n - rank]).collect(),
                // |x| falls from both ends of the order.
                Reader::Identity => {
                    let (mut low, mut high) = (0, n);
                    let all: Vec<f64> = (0..n)
                        .map(|_| {
                            if by_key(low) >= by_key(high - 1) {
                                low += 1;
                                by_key(low - 1)
                            } else {
                                high -= 1;
                                by_key(high)
                            }
                        })
                        .collect();
                    ranks.iter().map(|rank| all[rank - 1]).collect()
                }
                Reader::Exp
                | Reader::Relu2
                | Reader::Relu
                | Reader::Elu1
                | Reader::Softplus
                | Reader::Logn
                | Reader::Topk
                | Reader::Entmax => ranks.iter().map(|rank| by_key(rank - 1)).collect::<Vec<f64>>(),
            };
            shares.iter_mut().for_each(|share| *share /= sum);
            shares
        })
        .collect();
    let row = |i: usize| std::iter::once(ranks[i] as f64).chain(columns.iter().map(move |column| column[i]));
    (0..ranks.len()).flat_map(row).map(|x| x as f32).collect()
}

/// [·, 7]: γ, and S of endless texts with each kernel at this β.
fn limits(beta: f64) -> Vec<f32> {
    let gammas = (0..GAMMAS).map(|k| 12.0 * k as f64 / (GAMMAS - 1) as f64);
    gammas
        .flat_map(|gamma| {
            let s = Kernel::ALL.map(|kernel| limit::known(kernel, beta, gamma).unwrap_or(f64::NAN));
            std::iter::once(gamma).chain(s)
        })
        .map(|x| x as f32)
        .collect()
}

/// Three lengths, and the one at hand.
fn sizes(lab: &Focus, at: usize) -> [usize; 4] {
    let [a, b, c] = SIZES;
    [a, b, c, lab.settings.keys(at)]
}

/// [4, γ, 8]: γ; E S and E entropy at this length; both to leading order; both for endless texts; and what one of n equal keys has, 1/√n.
fn phase(lab: &Focus, at: usize) -> Result<Frame, SessionError> {
    let of = |n: usize| {
        let curve = sweeps::curve(n);
        let n = n as f64;
        (0..sweeps::CURVE).flat_map(move |k| {
            let gamma = k as f64 * sweeps::CURVE_STEP;
            let [s, entropy] = curve[k];
            let endless = libm::exp(-gamma * gamma / 2.0);
            let falling = libm::log(n) - gamma * gamma / 2.0;
            let leading = [phases::concentration(n, gamma), phases::entropy(n, gamma)];
            [gamma, s, entropy, leading[0], leading[1], endless, falling, 1.0 / n.sqrt()]
        })
    };
    let data = sizes(lab, at).into_iter().flat_map(of).map(|x| x as f32).collect();
    Ok(Frame::new("phase", [4, sweeps::CURVE, 8], data))
}

/// [4, γ, 5]: γ, S measured, the deviation of that mean, entropy and the largest share.
fn dots(lab: &Focus, at: usize) -> Result<Frame, SessionError> {
    let of = |n: usize| {
        let dots = sweeps::dots(lab.settings.seed, n);
        (0..sweeps::DOTS).flat_map(move |k| {
            let [s, deviation, entropy, largest] = dots[k];
            [k as f64 * sweeps::DOT_STEP, s, deviation, entropy, largest]
        })
    };
    let data = sizes(lab, at).into_iter().flat_map(of).map(|x| x as f32).collect();
    Ok(Frame::new("dots", [4, sweeps::DOTS, 5], data))
}

/// [bars, 2]: a score above the mean, and how many keys of the first text have it.
fn scores(lab: &Focus, at: usize) -> Vec<f32> {
    let bench = lab.bench(at);
    let mut counts = [0u32; BARS];
    for e in bench.keys() {
        let bar = (f64::from(*e) + WIDE) / (2.0 * WIDE) * BARS as f64;
        counts[(bar.max(0.0) as usize).min(BARS - 1)] += 1;
    }
    let middle = |bar: usize| ((bar as f64 + 0.5) / BARS as f64 * 2.0 - 1.0) * WIDE;
    (0..BARS).flat_map(|bar| [(lab.settings.gamma * middle(bar)) as f32, counts[bar] as f32]).collect()
}

/// [31, 31]: the share to be expected for a needle, a row for each n, a column for each margin; NaN where no law is known.
fn map(lab: &Focus) -> Frame {
    let reader = lab.settings.reader;
    let counts: Vec<f64> = (0..MAP).map(|k| libm::exp2(1.0 + k as f64 / 2.0)).collect();
    let margins: Vec<f64> = (0..MAP).map(|m| m as f64).collect();
    let data = match reader {
        Reader::Exp | Reader::Relu2 | Reader::Relu | Reader::Identity | Reader::Elu1 | Reader::Softplus => {
            let law = lab.law(reader, 2.0);
            law.map_or_else(Vec::new, |law| law.needles(&counts, &margins))
        }
        // Scores are another kind of number at every length.
        Reader::Logn => counts
            .iter()
            .flat_map(|n| {
                let scale = reader.scale(*n);
                let scaled: Vec<f64> = margins.iter().map(|m| m * scale).collect();
                lab.law(reader, *n).map_or_else(Vec::new, |law| law.needles(&[*n], &scaled))
            })
            .collect(),
        Reader::Decay => {
            counts.iter().flat_map(|n| [decay::share(lab.settings.lambda, n + 1.0, *n); MAP]).collect()
        }
        Reader::Topk | Reader::Entmax => vec![f64::NAN; MAP * MAP],
    };
    Frame::new("map", [MAP, MAP], data.into_iter().map(|x| x as f32).collect())
}

/// [16, 11]: n, and the needle's share with each reader: expected, or measured on the first text where no law is known.
fn reach(lab: &Focus, at: usize) -> Vec<f32> {
    let lengths = sweeps::lengths();
    let measured = |reader: Reader, n: f64| {
        let n = (n as usize).min(lab.settings.keys(at).max(2));
        super::reader::read(&lab.settings, reader, &lab.bench(at).keys()[..n], &mut Vec::new()).needle
    };
    let columns = Reader::ALL.map(|reader| match reader {
        Reader::Exp | Reader::Relu2 | Reader::Relu | Reader::Identity | Reader::Elu1 | Reader::Softplus => {
            lab.law(reader, 2.0).map_or_else(Vec::new, |law| law.needles(&lengths, &[lab.settings.margin]))
        }
        Reader::Logn => lengths.iter().map(|n| needle(lab, reader, *n)).collect(),
        Reader::Decay => lengths.iter().map(|n| decay::share(lab.settings.lambda, n + 1.0, *n)).collect(),
        // As far as the text has been read.
        Reader::Topk | Reader::Entmax => lengths
            .iter()
            .map(|n| if *n as usize <= lab.settings.keys(at) { measured(reader, *n) } else { f64::NAN })
            .collect(),
    });
    let row = |(i, n): (usize, &f64)| std::iter::once(*n).chain(columns.each_ref().map(|column| column[i]));
    lengths.iter().enumerate().flat_map(row).map(|x| x as f32).collect()
}

/// The share to be expected for the needle with a reader whose law is known.
fn needle(lab: &Focus, reader: Reader, n: f64) -> f64 {
    lab.law(reader, n).map_or(f64::NAN, |law| law.needle(n, lab.scaled(reader, n).1))
}

/// [·, 7]: a shape, and S with each feature map.
fn shapes(settings: &Settings) -> Vec<f32> {
    let ratios = Features::ALL.map(Features::ratio);
    (0..PLACES)
        .flat_map(|k| {
            let shape = k as f64 / (PLACES - 1) as f64;
            let norms = features::norm_ratio(settings.d, shape);
            std::iter::once(shape).chain(ratios.map(|ratio| features::concentration(ratio, norms)))
        })
        .map(|x| x as f32)
        .collect()
}

/// [·, 1]: the coordinates of q̃, which sum to one; at most as many as can be told apart.
fn query(settings: &Settings) -> Vec<f32> {
    features::query(settings.d, settings.shape).take(COLUMNS).map(|q| q as f32).collect()
}

/// [11, 4]: d, S with a flat and with a one-hot query, and what S would be if |q̃|₂/|q̃|₁ could be √d.
fn dims(lab: &Focus) -> Vec<f32> {
    let ratio = lab.settings.features.ratio();
    (0..=10)
        .map(|k| 1usize << k)
        .flat_map(|d| {
            let slip = features::concentration(ratio, (d as f64).sqrt());
            [d as f64, lab.linear_formula(d, 0.0), lab.linear_formula(d, 1.0), slip]
        })
        .map(|x| x as f32)
        .collect()
}

/// [·, 2]: how far back, and the share there; as far as anything is to be seen.
fn fall(settings: &Settings, at: usize) -> Vec<f32> {
    let n = settings.keys(at) as f64;
    let far = (4.0 * decay::tokens(settings.lambda, 65_536.0)).ceil().min(n - 1.0).max(1.0);
    (0..PLACES)
        .map(|k| far * k as f64 / (PLACES - 1) as f64)
        .flat_map(|back| [back, decay::share(settings.lambda, n, back)])
        .map(|x| x as f32)
        .collect()
}

/// [16, 5]: n, and the effective tokens of decay, of softmax, of relu² and of the identity.
fn span(lab: &Focus) -> Vec<f32> {
    let lengths = sweeps::lengths();
    let of = |reader: Reader| lab.law(reader, 2.0).map_or_else(Vec::new, |law| law.tokens(&lengths));
    let others = [Reader::Exp, Reader::Relu2, Reader::Identity].map(of);
    let row = |(i, n): (usize, &f64)| {
        let own = decay::tokens(lab.settings.lambda, *n);
        [*n, own, others[0][i], others[1][i], others[2][i]]
    };
    lengths.iter().enumerate().flat_map(row).map(|x| x as f32).collect()
}

/// [31, 3]: a margin, and the needle's share with softmax and with decay.
fn blind(lab: &Focus, at: usize) -> Vec<f32> {
    let n = lab.settings.keys(at) as f64;
    let margins: Vec<f64> = (0..MAP).map(|m| m as f64).collect();
    let softmax = lab.law(Reader::Exp, n).map_or_else(Vec::new, |law| law.needles(&[n], &margins));
    let decayed = decay::share(lab.settings.lambda, n + 1.0, n);
    margins.iter().zip(softmax).flat_map(|(m, share)| [*m, share, decayed]).map(|x| x as f32).collect()
}

/// The γ of a length by each way of scaling: none, by the root of a logarithm, by a logarithm.
fn ways(gamma: f64, n: f64) -> [f64; 3] {
    [gamma, phases::root_law(n, FIRST, gamma), phases::log_law(n, FIRST, gamma)]
}

/// The column of 512 in the table of entropies.
pub const FIRST_COLUMN: usize = 8;

/// [16, 4]: n, the γ that keeps the entropy of 512 keys, and both laws.
fn keep(settings: &Settings) -> Vec<f32> {
    let kept = sweeps::entropy(settings.gamma, FIRST_COLUMN);
    let row = |(column, n): (usize, &f64)| {
        let [_, root, log] = ways(settings.gamma, *n);
        [*n, sweeps::keeps(kept, column), root, log]
    };
    sweeps::lengths().iter().enumerate().flat_map(row).map(|x| x as f32).collect()
}

/// [16, 4]: n, and the entropy without scaling and with either law.
fn drift(settings: &Settings) -> Vec<f32> {
    let row = |(column, n): (usize, &f64)| {
        let [none, root, log] = ways(settings.gamma, *n).map(|gamma| sweeps::entropy(gamma, column));
        [*n, none, root, log]
    };
    sweeps::lengths().iter().enumerate().flat_map(row).map(|x| x as f32).collect()
}

/// [16, 4]: n, and the share of the needle without scaling and with either law, which scale its margin too.
fn found(lab: &Focus) -> Vec<f32> {
    let Settings { gamma, margin, .. } = lab.settings;
    let row = |n: &f64| {
        let share = |sharp: f64| {
            let scale = if gamma > 0.0 { sharp / gamma } else { 1.0 };
            let law = crate::math::concentration::finite::Law::of(Kernel::Exp, 0.0, sharp);
            law.needle(*n, margin * scale)
        };
        let [none, root, log] = ways(gamma, *n).map(share);
        [*n, none, root, log]
    };
    sweeps::lengths().iter().flat_map(row).map(|x| x as f32).collect()
}
