//! A head of a model: that it is the model's own, and whether what it has learned made its rank more or less.

use crate::experiment::parameter::text;
use crate::labs::rank::{
    papers::{ARTICLE, ROPE},
    read::Read,
    said::{claim, note, shown},
    state::Towers,
};
use crate::maps::kernel::Kernel;
use crate::runtime::readout::Readout;

pub fn all(towers: &Towers) -> Vec<Readout> {
    let Some(read) = &towers.read else { return Vec::new() };
    let mut all = vec![own(towers, read)];
    all.extend(learned(towers));
    all
}

/// The map of these queries and keys behind the mask that they learnt behind against the one that the model made when it read.
fn own(towers: &Towers, read: &Read) -> Readout {
    let number = towers.settings.number;
    // Row by row, as the model's own.
    let ours = read.head(number).map(Kernel::Softmax, 1.0, read.mask(number)).transpose();
    let gap = ours.iter().zip(read.map(number)).map(|(ours, own)| (ours - f64::from(*own)).abs());
    let title = text("This is the model’s own head", "这就是模型自己的头");
    claim("model_gap", title, ROPE).equals(
        Some(gap.fold(0.0, f64::max)),
        0.0,
        1e-5,
        note(
            "The largest difference between the softmax of these queries and keys behind the mask that they were trained behind, in double precision, and the weights that the model read the text by, in single precision. The other masks, kernels and gains ask what the same numbers would do; the model was not trained under them.",
            "用这些查询与键、在训练时的掩码之下以双精度算出的 softmax，与模型读文字时所用的（单精度）权重，两者的最大差别。其他掩码、核与增益问的是：同样的数会怎样；模型并非在那些条件下训练。",
        ),
    )
}

/// The entropy rank of a head drawn in the same sizes.
fn learned(towers: &Towers) -> Option<Readout> {
    let settings = &towers.settings;
    if settings.kernel == Kernel::Uniform {
        return None;
    }
    let value = towers.now().shape().ranks.entropy;
    let drawn = towers.drawn();
    let title = text(
        "Learning left this head less entropy rank than chance gives",
        "学习之后，这个头的熵秩低于随机的头",
    );
    Some(claim("erank_drawn", title, ARTICLE).below(
        Some(value),
        drawn,
        note(
            format!(
                "A head drawn at random, {} tokens and {} numbers wide under the same mask, kernel and gain, has {}. Which way it goes depends on the head: one that looks at the token before is nearly a shift and has a high rank, one that looks at the same few tokens from everywhere a low one.",
                settings.n, settings.d, shown(drawn)
            ),
            format!(
                "同样 {} 个字、宽 {}、同一掩码、核与增益下随机抽取的头，熵秩为 {}。高还是低要看是哪个头：总看前一个字的近乎平移，秩高；从各处都看同几个字的，秩低。",
                settings.n, settings.d, shown(drawn)
            ),
        ),
    ))
}
