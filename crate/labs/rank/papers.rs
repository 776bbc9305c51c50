//! Where what this lab shows is explained.

use crate::experiment::parameter::Reference;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 为什么现在的LLM都是Decoder-only的架构？",
    href: "https://kexue.fm/archives/9529",
};
pub const ANSWERS: Reference = Reference { title: "Su Jianlin: FAQ", href: "https://kexue.fm/archives/9547" };
pub const RANKS: Reference =
    Reference { title: "Su Jianlin: effective rank", href: "https://kexue.fm/archives/10847" };
pub const FOCUS: Reference =
    Reference { title: "Su Jianlin: can attention concentrate?", href: "https://kexue.fm/archives/9889" };
pub const BOTTLENECK: Reference =
    Reference { title: "Bhojanapalli et al. 2020", href: "https://arxiv.org/abs/2002.07028" };
pub const COLLAPSE: Reference =
    Reference { title: "Dong et al. 2021", href: "https://arxiv.org/abs/2103.03404" };
pub const MASKS: Reference =
    Reference { title: "Wu et al. 2024, masks and LayerNorm", href: "https://arxiv.org/abs/2405.18781" };
pub const LINEAR: Reference =
    Reference { title: "Katharopoulos et al. 2020", href: "https://arxiv.org/abs/2006.16236" };
pub const UNILM: Reference =
    Reference { title: "Dong et al. 2019, UniLM", href: "https://arxiv.org/abs/1905.03197" };
pub const T5: Reference =
    Reference { title: "Raffel et al. 2020, T5", href: "https://arxiv.org/abs/1910.10683" };
pub const CESARO: Reference =
    Reference { title: "Hardy's inequality", href: "https://en.wikipedia.org/wiki/Hardy%27s_inequality" };
pub const POSITIVE: Reference =
    Reference { title: "Total positivity", href: "https://en.wikipedia.org/wiki/Totally_positive_matrix" };
pub const SINGULAR: Reference = Reference {
    title: "Singular value decomposition",
    href: "https://en.wikipedia.org/wiki/Singular_value_decomposition",
};
pub const SPLITMIX: Reference =
    Reference { title: "Steele et al. 2014", href: "https://doi.org/10.1145/2660193.2660195" };
pub const RENYI: Reference =
    Reference { title: "Rényi entropy", href: "https://en.wikipedia.org/wiki/R%C3%A9nyi_entropy" };
pub const KARPATHY: Reference = Reference {
    title: "Karpathy: The unreasonable effectiveness of recurrent neural networks",
    href: "https://karpathy.github.io/2015/05/21/rnn-effectiveness/",
};
pub const ROPE: Reference =
    Reference { title: "Su et al. 2021, RoPE", href: "https://arxiv.org/abs/2104.09864" };
pub const NOPE: Reference = Reference { title: "Su Jianlin: NoPE", href: "https://kexue.fm/archives/10347" };
pub const BERT: Reference =
    Reference { title: "Devlin et al. 2018, BERT", href: "https://arxiv.org/abs/1810.04805" };
pub const ADAM: Reference =
    Reference { title: "Kingma & Ba 2015, Adam", href: "https://arxiv.org/abs/1412.6980" };
pub const STUDENT: Reference =
    Reference { title: "Student 1908", href: "https://doi.org/10.1093/biomet/6.1.1" };
