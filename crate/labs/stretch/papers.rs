//! Where what this lab shows is explained.

use crate::experiment::parameter::Reference;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: Bias项的神奇作用：RoPE + Bias = 更好的长度外推性",
    href: "https://kexue.fm/archives/9577",
};
pub const ROPE: Reference =
    Reference { title: "Su et al. 2021, RoFormer", href: "https://arxiv.org/abs/2104.09864" };
pub const ALIBI: Reference =
    Reference { title: "Press et al. 2021, ALiBi", href: "https://arxiv.org/abs/2108.12409" };
pub const KERPLE: Reference =
    Reference { title: "Chi et al. 2022, KERPLE", href: "https://arxiv.org/abs/2205.09921" };
pub const SANDWICH: Reference =
    Reference { title: "Chi et al. 2022, Sandwich", href: "https://arxiv.org/abs/2212.10356" };
pub const YARN: Reference =
    Reference { title: "Peng et al. 2023, YaRN", href: "https://arxiv.org/abs/2309.00071" };
pub const LOGN: Reference = Reference { title: "Su Jianlin: 8823", href: "https://kexue.fm/archives/8823" };
pub const LONGER: Reference = Reference { title: "Su Jianlin: 9948", href: "https://kexue.fm/archives/9948" };
pub const STUDENT: Reference =
    Reference { title: "Student 1908", href: "https://doi.org/10.1093/biomet/6.1.1" };
pub const ADAM: Reference =
    Reference { title: "Kingma & Ba 2015, Adam", href: "https://arxiv.org/abs/1412.6980" };
pub const INTEGRALS: Reference = Reference { title: "DLMF 6.2", href: "https://dlmf.nist.gov/6.2" };
