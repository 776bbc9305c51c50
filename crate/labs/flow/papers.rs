//! Where what this lab shows is explained.

use crate::experiment::parameter::Reference;

/// The article of this lab.
pub const ARTICLE: Reference = Reference {
    title: "Su Jianlin: 梯度流：探索通向最小值之路",
    href: "https://kexue.fm/archives/9660",
};
pub const JKO: Reference = Reference {
    title: "Jordan, Kinderlehrer & Otto 1998",
    href: "https://doi.org/10.1137/S0036141096303359",
};
pub const CARRILLO: Reference =
    Reference { title: "Carrillo, McCann & Villani 2003", href: "https://doi.org/10.4171/RMI/376" };
pub const PEYRE: Reference = Reference { title: "Peyré 2015", href: "https://arxiv.org/abs/1502.06216" };
pub const OTTO: Reference =
    Reference { title: "Otto 2001, porous medium", href: "https://doi.org/10.1081/PDE-100002243" };
pub const LANGEVIN: Reference =
    Reference { title: "Roberts & Tweedie 1996", href: "https://doi.org/10.2307/3318418" };
pub const WIBISONO: Reference =
    Reference { title: "Wibisono 2018", href: "https://arxiv.org/abs/1802.08089" };
pub const AMARI: Reference =
    Reference { title: "Amari 1998", href: "https://doi.org/10.1162/089976698300017746" };
pub const STEEPEST: Reference =
    Reference { title: "Boyd & Vandenberghe, 9.4", href: "https://web.stanford.edu/~boyd/cvxbook/" };
pub const PROXIMAL: Reference = Reference {
    title: "Parikh & Boyd, Proximal Algorithms",
    href: "https://web.stanford.edu/~boyd/papers/prox_algs.html",
};
pub const STABILITY: Reference =
    Reference { title: "Cohen et al. 2021", href: "https://arxiv.org/abs/2103.00065" };
pub const MONOFLOW: Reference = Reference { title: "MonoFlow", href: "https://arxiv.org/abs/2302.01075" };
pub const STEIN: Reference = Reference { title: "Liu & Wang 2016", href: "https://arxiv.org/abs/1608.04471" };
pub const HO: Reference = Reference { title: "Ho et al. 2020", href: "https://arxiv.org/abs/2006.11239" };
pub const SONG: Reference =
    Reference { title: "Song et al. 2021, SDE", href: "https://arxiv.org/abs/2011.13456" };
pub const ANNEALED: Reference =
    Reference { title: "Song & Ermon 2019", href: "https://arxiv.org/abs/1907.05600" };
pub const FLUX: Reference =
    Reference { title: "Chang & Cooper 1970", href: "https://doi.org/10.1016/0021-9991(70)90001-X" };
