//! Where what this lab shows is explained.

use crate::experiment::parameter::Reference;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 注意力机制真的可以“集中注意力”吗？",
    href: "https://kexue.fm/archives/9889",
};
/// Where S comes from.
pub const SPARSITY: Reference =
    Reference { title: "Su Jianlin: 9595", href: "https://kexue.fm/archives/9595" };
pub const LENGTH: Reference = Reference { title: "Su Jianlin: 8823", href: "https://kexue.fm/archives/8823" };
pub const DERRIDA: Reference =
    Reference { title: "Derrida 1981", href: "https://doi.org/10.1103/PhysRevB.24.2613" };
pub const LINEAR: Reference =
    Reference { title: "Katharopoulos et al. 2020", href: "https://arxiv.org/abs/2006.16236" };
pub const ENTMAX: Reference =
    Reference { title: "Peters, Niculae & Martins 2019", href: "https://arxiv.org/abs/1905.05702" };
pub const TOPK: Reference =
    Reference { title: "Gupta et al. 2021", href: "https://arxiv.org/abs/2106.06899" };
pub const RETENTION: Reference =
    Reference { title: "Sun et al. 2023, RetNet", href: "https://arxiv.org/abs/2307.08621" };
pub const RENYI: Reference =
    Reference { title: "Rényi entropy", href: "https://en.wikipedia.org/wiki/R%C3%A9nyi_entropy" };
pub const EXTREMES: Reference = Reference {
    title: "Boucheron, Lugosi & Massart, 2.5",
    href: "https://doi.org/10.1093/acprof:oso/9780199535255.001.0001",
};
pub const RECALL: Reference =
    Reference { title: "Arora et al. 2023, associative recall", href: "https://arxiv.org/abs/2312.04927" };
pub const INDUCTION: Reference =
    Reference { title: "Olsson et al. 2022, induction heads", href: "https://arxiv.org/abs/2209.11895" };
pub const ADAM: Reference =
    Reference { title: "Kingma & Ba 2015, Adam", href: "https://arxiv.org/abs/1412.6980" };
pub const STUDENT: Reference =
    Reference { title: "Student 1908", href: "https://doi.org/10.1093/biomet/6.1.1" };
pub const KARPATHY: Reference = Reference {
    title: "Karpathy: The unreasonable effectiveness of recurrent neural networks",
    href: "https://karpathy.github.io/2015/05/21/rnn-effectiveness/",
};
