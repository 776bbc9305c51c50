//! Whether the best learning rate of a narrow network is that of a wide one, and how far numbers move in the first steps.

use crate::experiment::parameter::{Text, text};
use crate::labs::init::{
    papers::TRANSFER,
    said::{claim, note, shown},
    sweep::{STEPS, Sweep},
};
use crate::runtime::readout::{Note, Readout};
use crate::train::widths::Parametrisation;

/// Ids by parametrisation: standard, NTK, muP.
const SHIFTS: [&str; 3] = ["rate_shift_standard", "rate_shift_ntk", "rate_shift_mup"];
/// What the change of the second layer goes by: a power of the width.
const POWERS: [f64; 3] = [1.0, 0.5, 0.0];
const GROWTHS: [(&str, Text); 3] = [
    (
        "change_growth_standard",
        text("Standard: a step moves the second layer by the width", "标准：一步使第二层的变化正比于宽度"),
    ),
    ("change_growth_ntk", text("NTK: by the root of the width", "NTK：正比于宽度的平方根")),
    ("change_growth_mup", text("muP: by as much at every width", "muP：各宽度一样多")),
];
/// Octaves from the least width to the greatest.
const OCTAVES: f64 = 3.0;

pub fn all(sweep: &Sweep) -> Vec<Readout> {
    let chosen = Parametrisation::ALL.iter().position(|one| *one == sweep.chosen).unwrap_or(0);
    let mut all = vec![shift(sweep, chosen, "rate_shift")];
    all.extend(SHIFTS.iter().enumerate().map(|(p, id)| shift(sweep, p, id)));
    all.extend(GROWTHS.iter().enumerate().map(|(p, (id, title))| growth(sweep, p, id, *title)));
    all
}

fn shift(sweep: &Sweep, p: usize, id: &'static str) -> Readout {
    let value = sweep.shift(p);
    let alone = -POWERS[p] * OCTAVES;
    let best = [0, 3].map(|width| sweep.best(p, width).map_or("?".to_owned(), shown));
    let says = |en: &str, zh: &str| -> Note {
        note(
            format!(
                "Octaves that the best rate of Adam moves by from width 32 (2^{}) to 256 (2^{}), by a parabola through the least losses of rates an octave apart. {en}",
                best[0], best[1]
            ),
            format!(
                "从宽度 32（2^{}）到 256（2^{}），Adam 的最佳学习率移动了多少个倍频程；由相隔一个倍频程的各学习率的最小损失作抛物线求得。{zh}",
                best[0], best[1]
            ),
        )
    };
    let alone = shown(alone);
    match Parametrisation::ALL[p] {
        Parametrisation::Standard => claim(
            id,
            text("Standard: the best rate falls with the width", "标准参数化：越宽，最佳学习率越小"),
            TRANSFER,
        )
        .below(
            value,
            -1.0,
            says(
                &format!("The second layer alone would ask for {alone}; the first for nothing. Beside it one octave: less would be a rate that could be carried over."),
                &format!("单看第二层应为 {alone}，单看第一层则不动。旁边是一个倍频程：不到它，学习率大致还能照搬。"),
            ),
        ),
        Parametrisation::Ntk => claim(
            id,
            text("NTK: it moves by less than under standard", "NTK：移动比标准参数化少"),
            TRANSFER,
        )
        .below(
            value.map(f64::abs),
            sweep.shift(0).map_or(OCTAVES, f64::abs),
            says(
                &format!("Its size; the second layer alone would ask for {alone}, the first for nothing. Beside it the size of the other."),
                &format!("取绝对值；单看第二层应为 {alone}，单看第一层则不动。旁边是标准参数化的绝对值。"),
            ),
        ),
        Parametrisation::Mup => claim(
            id,
            text("muP: the best rate stays", "muP：最佳学习率不动"),
            TRANSFER,
        )
        .equals(
            value,
            0.0,
            0.5,
            says(
                "Within half an octave, the rate that was found at the least width is the one for the greatest.",
                "相差不到半个倍频程：在最窄的网络上找到的学习率，可直接用于最宽的。",
            ),
        ),
    }
}

fn growth(sweep: &Sweep, p: usize, id: &'static str, title: Text) -> Readout {
    let value = sweep.grows(p, 1, 1);
    let last = sweep.grows(p, 1, STEPS);
    claim(id, title, TRANSFER).equals(
        value.is_finite().then_some(value),
        POWERS[p],
        0.25,
        note(
            format!(
                "The power of the width, 32 to 256, that the change of the second layer goes by after one step at the rate of the settings; after {STEPS} steps it is {}.",
                shown(last)
            ),
            format!(
                "以设定的学习率走一步后，第二层的变化随宽度（32 到 256）的幂次；走 {STEPS} 步后为 {}。",
                shown(last)
            ),
        ),
    )
}
