//! Where what this lab shows is explained.

use crate::experiment::parameter::Reference;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 伽马函数的傅里叶变换之路",
    href: "https://kexue.fm/archives/3108",
};
pub const DLMF: Reference = Reference { title: "DLMF, chapter 5", href: "https://dlmf.nist.gov/5" };
pub const EULER: Reference = Reference { title: "DLMF 5.2.1", href: "https://dlmf.nist.gov/5.2#E1" };
pub const FUNCTIONAL: Reference = Reference { title: "DLMF 5.5.1", href: "https://dlmf.nist.gov/5.5#E1" };
pub const REFLECTION: Reference = Reference { title: "DLMF 5.5.3", href: "https://dlmf.nist.gov/5.5#E3" };
pub const DUPLICATION: Reference = Reference { title: "DLMF 5.5.5", href: "https://dlmf.nist.gov/5.5#E5" };
pub const STIRLING: Reference = Reference { title: "DLMF 5.11.1", href: "https://dlmf.nist.gov/5.11#E1" };
pub const MELLIN: Reference = Reference {
    title: "Cahen–Mellin integral",
    href: "https://en.wikipedia.org/wiki/Cahen%E2%80%93Mellin_integral",
};
pub const TRAPEZOID: Reference =
    Reference { title: "Trefethen & Weideman 2014", href: "https://doi.org/10.1137/130932132" };
pub const WIELANDT: Reference = Reference {
    title: "Remmert 1996, Wielandt's theorem",
    href: "https://doi.org/10.1080/00029890.1996.12004721",
};
pub const BOHR: Reference = Reference {
    title: "Bohr–Mollerup theorem",
    href: "https://en.wikipedia.org/wiki/Bohr%E2%80%93Mollerup_theorem",
};
pub const GUMBEL: Reference =
    Reference { title: "Gumbel distribution", href: "https://en.wikipedia.org/wiki/Gumbel_distribution" };
pub const BALL: Reference =
    Reference { title: "Volume of an n-ball", href: "https://en.wikipedia.org/wiki/Volume_of_an_n-ball" };
