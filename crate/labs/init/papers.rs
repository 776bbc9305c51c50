//! Where what this lab shows is explained.

use crate::experiment::parameter::Reference;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 浅谈Transformer的初始化、参数化与标准化",
    href: "https://kexue.fm/archives/8620",
};
/// Why Pre-Norm or Post-Norm, and what warm-up is for.
pub const POST_NORM: Reference =
    Reference { title: "Su Jianlin: 8747", href: "https://kexue.fm/archives/8747" };
pub const PRE_NORM: Reference =
    Reference { title: "Su Jianlin: 9009", href: "https://kexue.fm/archives/9009" };
pub const GLOROT: Reference =
    Reference { title: "Glorot & Bengio 2010", href: "https://proceedings.mlr.press/v9/glorot10a.html" };
pub const HE: Reference = Reference { title: "He et al. 2015", href: "https://arxiv.org/abs/1502.01852" };
pub const LECUN: Reference = Reference {
    title: "LeCun et al. 1998, Efficient BackProp",
    href: "https://doi.org/10.1007/3-540-49430-8_2",
};
pub const MEAN_FIELD: Reference =
    Reference { title: "Poole et al. 2016", href: "https://arxiv.org/abs/1606.05340" };
pub const GRADIENTS: Reference =
    Reference { title: "Schoenholz et al. 2017", href: "https://arxiv.org/abs/1611.01232" };
pub const ORTHOGONAL: Reference =
    Reference { title: "Saxe, McClelland & Ganguli 2013", href: "https://arxiv.org/abs/1312.6120" };
pub const SELU: Reference =
    Reference { title: "Klambauer et al. 2017", href: "https://arxiv.org/abs/1706.02515" };
pub const NTK: Reference =
    Reference { title: "Jacot, Gabriel & Hongler 2018", href: "https://arxiv.org/abs/1806.07572" };
pub const MUP: Reference = Reference { title: "Yang & Hu 2020", href: "https://arxiv.org/abs/2011.14522" };
pub const ATTENTION: Reference =
    Reference { title: "Vaswani et al. 2017", href: "https://arxiv.org/abs/1706.03762" };
pub const T5: Reference =
    Reference { title: "Raffel et al. 2020, T5", href: "https://arxiv.org/abs/1910.10683" };
pub const REZERO: Reference =
    Reference { title: "Bachlechner et al. 2020, ReZero", href: "https://arxiv.org/abs/2003.04887" };
pub const DEEPNORM: Reference =
    Reference { title: "Wang et al. 2022, DeepNet", href: "https://arxiv.org/abs/2203.00555" };
pub const XIONG: Reference =
    Reference { title: "Xiong et al. 2020", href: "https://arxiv.org/abs/2002.04745" };
pub const RMS: Reference =
    Reference { title: "Zhang & Sennrich 2019", href: "https://arxiv.org/abs/1910.07467" };
pub const ADAM: Reference = Reference { title: "Kingma & Ba 2015", href: "https://arxiv.org/abs/1412.6980" };
pub const STUDENT: Reference = Reference {
    title: "Student 1908, The Probable Error of a Mean",
    href: "https://doi.org/10.2307/2331554",
};
pub const TRANSFER: Reference =
    Reference { title: "Yang et al. 2022, Tensor Programs V", href: "https://arxiv.org/abs/2203.03466" };
