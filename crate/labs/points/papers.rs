//! Where what can be set in the plane is explained.

use crate::experiment::parameter::Reference;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 生成扩散模型漫谈（一）：DDPM = 拆楼 + 建楼",
    href: "https://kexue.fm/archives/9119",
};
pub const HO: Reference =
    Reference { title: "Ho, Jain, Abbeel 2020", href: "https://arxiv.org/abs/2006.11239" };
pub const NICHOL: Reference =
    Reference { title: "Nichol & Dhariwal 2021", href: "https://arxiv.org/abs/2102.09672" };
pub const SONG: Reference =
    Reference { title: "Song, Meng, Ermon 2021", href: "https://arxiv.org/abs/2010.02502" };
pub const SDE: Reference = Reference { title: "Song et al. 2021", href: "https://arxiv.org/abs/2011.13456" };
pub const KARRAS: Reference =
    Reference { title: "Karras et al. 2022", href: "https://arxiv.org/abs/2206.00364" };
pub const LU: Reference = Reference { title: "Lu et al. 2022", href: "https://arxiv.org/abs/2211.01095" };
pub const SALIMANS: Reference =
    Reference { title: "Salimans & Ho 2022", href: "https://arxiv.org/abs/2202.00512" };
pub const KINGMA: Reference =
    Reference { title: "Kingma & Ba 2015", href: "https://arxiv.org/abs/1412.6980" };
pub const KADKHODAIE: Reference =
    Reference { title: "Kadkhodaie et al. 2024", href: "https://arxiv.org/abs/2310.02557" };
pub const PHILOX: Reference =
    Reference { title: "Salmon et al. 2011", href: "https://doi.org/10.1145/2063384.2063405" };
