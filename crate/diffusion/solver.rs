//! The samplers, each as one step from a noise level down to the next.
//!
//! A solver is told the noise that the network saw and gives the next x; what a multistep method remembers of
//! earlier steps is plain data ([`Memory`]), so that a trajectory can be handed over or forked.

use serde::{Deserialize, Serialize};

use super::{
    level::Level,
    multistep,
    sampler::{self, Sigma},
};

pub use super::linear::Linear;

/// A sampler. Semantics, where Hugging Face's diffusers has a scheduler of the name, are its defaults'.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    /// Ancestral sampling (Ho et al. 2020, <https://arxiv.org/abs/2006.11239>).
    Ddpm(Sigma),
    /// With η (Song et al. 2021, <https://arxiv.org/abs/2010.02502>).
    Ddim(f64),
    /// dx̃ = ε dσ for x̃ = x/A, σ = B/A, by Euler's rule (Karras et al. 2022, <https://arxiv.org/abs/2206.00364>).
    Euler,
    /// The same equation by Heun's rule, two calls a step (there, algorithm 1).
    Heun,
    /// DPM-Solver++ of order 2, multistep, midpoint (Lu et al. 2022, algorithm 2, <https://arxiv.org/abs/2211.01095>).
    DpmPp2M,
    /// DPM-Solver++ of order 2, single-step: every second step ends a pair (there, algorithm 1).
    DpmPp2S,
    /// UniPC of order 2, B_2(h), data prediction, with corrector (Zhao et al. 2023, <https://arxiv.org/abs/2302.04867>).
    UniPc2,
    /// DEIS of order 2, polynomials in ln σ (Zhang & Chen 2023, <https://arxiv.org/abs/2204.13902>).
    Deis2,
}

impl Method {
    /// Every name that a link may hold, from the oldest method to the newest.
    pub const IDS: [&'static str; 8] =
        ["ddpm", "ddim", "euler", "heun", "dpmpp2m", "dpmpp2s", "unipc", "deis"];

    /// The method called `id`; `sigma` and `eta` matter to DDPM and DDIM alone.
    pub fn named(id: &str, sigma: Sigma, eta: f64) -> Option<Self> {
        Some(match id {
            "ddpm" => Method::Ddpm(sigma),
            "ddim" => Method::Ddim(eta),
            "euler" => Method::Euler,
            "heun" => Method::Heun,
            "dpmpp2m" => Method::DpmPp2M,
            "dpmpp2s" => Method::DpmPp2S,
            "unipc" => Method::UniPc2,
            "deis" => Method::Deis2,
            _ => return None,
        })
    }

    /// The name in a link.
    pub fn id(self) -> &'static str {
        match self {
            Method::Ddpm(_) => "ddpm",
            Method::Ddim(_) => "ddim",
            Method::Euler => "euler",
            Method::Heun => "heun",
            Method::DpmPp2M => "dpmpp2m",
            Method::DpmPp2S => "dpmpp2s",
            Method::UniPc2 => "unipc",
            Method::Deis2 => "deis",
        }
    }

    /// Whether its steps take fresh noise.
    pub fn is_random(self) -> bool {
        match self {
            Method::Ddpm(sigma) => sigma != Sigma::Zero,
            Method::Ddim(eta) => eta != 0.0,
            _ => false,
        }
    }

    /// Network calls of one step down to `to`, the one before the step included.
    pub fn calls(self, to: Level) -> usize {
        if self == Method::Heun && to.b > 0.0 { 2 } else { 1 }
    }

    /// The steps of a whole way down that make at most `calls` network calls, at least one step.
    pub fn steps_for(self, calls: usize) -> usize {
        match self {
            // Two a step but for the last.
            Method::Heun => calls.div_ceil(2).max(1),
            _ => calls.max(1),
        }
    }
}

/// What a method remembers between steps: nothing for the one-step methods.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory<X> {
    /// Levels and the network's outputs there, oldest first, at most two: ε for DEIS, else x̂_0.
    pub outputs: Vec<(Level, X)>,
    /// x at the last of these levels: for UniPC's corrector, and where a pair of 2S began.
    pub last: Option<X>,
}

impl<X> Memory<X> {
    /// The same with every array turned into another by `map`: the outputs in their order, then the last x.
    pub fn map<Y>(&self, mut map: impl FnMut(&X) -> Y) -> Memory<Y> {
        Memory {
            outputs: self.outputs.iter().map(|(level, output)| (*level, map(output))).collect(),
            last: self.last.as_ref().map(map),
        }
    }
}

impl<X> Default for Memory<X> {
    fn default() -> Self {
        Self { outputs: Vec::new(), last: None }
    }
}

/// A method under way.
#[derive(Clone, Debug)]
pub struct Solver<X> {
    pub method: Method,
    pub memory: Memory<X>,
}

impl<X: Linear> Solver<X> {
    pub fn new(method: Method) -> Self {
        Self { method, memory: Memory::default() }
    }

    /// x at `to` from `x` at `from`, `to` below `from`; only Euler goes up as well, which is DDIM's inversion.
    ///
    /// `eps` is the network's ε at (`x`, `from`), asked by the caller so that it can be shown; `z` is fresh
    /// noise, of which a random method takes its share (without it the step is its mean); `denoise` is asked
    /// for further ε inside the step (Heun), which may have to wait for a device. A multistep method expects the steps of one way down in order;
    /// a new way begins with a new solver.
    pub async fn advance<E>(
        &mut self,
        x: &X,
        eps: &X,
        from: Level,
        to: Level,
        z: Option<&X>,
        denoise: &mut impl AsyncFnMut(&X, Level) -> Result<X, E>,
    ) -> Result<X, E> {
        Ok(match self.method {
            Method::Ddpm(sigma) => sampler::ancestral(from, to, sigma).apply(x, eps, z),
            Method::Ddim(eta) => sampler::ddim(from, to, eta).apply(x, eps, z),
            Method::Euler => euler(x, eps, from, to),
            Method::Heun => {
                let ahead = euler(x, eps, from, to);
                if to.b == 0.0 {
                    return Ok(ahead);
                }
                let slope = X::sum(&[(0.5, eps), (0.5, &denoise(&ahead, to).await?)]);
                euler(x, &slope, from, to)
            }
            Method::DpmPp2M => multistep::dpm_2m(&mut self.memory, x, eps, from, to),
            Method::DpmPp2S => multistep::dpm_2s(&mut self.memory, x, eps, from, to),
            Method::UniPc2 => multistep::unipc(&mut self.memory, x, eps, from, to),
            Method::Deis2 => multistep::deis(&mut self.memory, x, eps, from, to),
        })
    }
}

/// x̃' = x̃ + (σ' − σ) ε, written for x = A x̃.
fn euler<X: Linear>(x: &X, eps: &X, from: Level, to: Level) -> X {
    X::sum(&[(to.a / from.a, x), (to.a * (to.sigma() - from.sigma()), eps)])
}

/// The whole way down: x at `levels`[0] from `x` at the last of the rising `levels`.
///
/// `noise` gives the fresh noise of the step that leaves a level; `denoise` is the network: ε at (x, level).
pub async fn descend<X: Linear, E>(
    method: Method,
    levels: &[Level],
    mut x: X,
    noise: &mut dyn FnMut(Level) -> Option<X>,
    denoise: &mut impl AsyncFnMut(&X, Level) -> Result<X, E>,
) -> Result<X, E> {
    let mut solver = Solver::new(method);
    for pair in levels.windows(2).rev() {
        let (to, from) = (pair[0], pair[1]);
        let eps = denoise(&x, from).await?;
        let z = if method.is_random() { noise(from) } else { None };
        x = solver.advance(&x, &eps, from, to, z.as_ref(), denoise).await?;
    }
    Ok(x)
}
