//! What the labs call the samplers and their spacings, and how a link's choice becomes a method.

use super::chosen::chosen;
use crate::diffusion::{solver::Method, timegrid::Spacing};
use crate::experiment::{
    Experiment,
    parameter::{Choice, choice},
};

/// The samplers, oldest first; the values are [`Method::IDS`].
pub const SAMPLERS: &[Choice] = &[
    choice("ddpm", "DDPM", "DDPM"),
    choice("ddim", "DDIM", "DDIM"),
    choice("euler", "Euler", "欧拉"),
    choice("heun", "Heun", "Heun"),
    choice("dpmpp2m", "DPM-Solver++ 2M", "DPM-Solver++ 2M"),
    choice("dpmpp2s", "DPM-Solver++ 2S", "DPM-Solver++ 2S"),
    choice("unipc", "UniPC", "UniPC"),
    choice("deis", "DEIS", "DEIS"),
];

/// What σ each DDPM step adds; the values are those of [`Sigma`](crate::diffusion::sampler::Sigma).
pub const SIGMAS: &[Choice] =
    &[choice("beta", "β", "β"), choice("tilde", "β̃", "β̃"), choice("zero", "0 (greedy)", "0（贪心）")];

/// The spacings; the values are ids of [`Spacing`]. "Trailing" of diffusers is our even one but for the rounding
/// of halves.
pub const SPACINGS: &[Choice] = &[
    choice("uniform", "Even", "均匀"),
    choice("trailing", "Trailing", "尾对齐"),
    choice("linspace", "Even, down to t = 1", "均匀至 t = 1"),
    choice("quadratic", "Quadratic", "二次"),
    choice("karras", "Karras", "Karras"),
];

/// What a page calls the sampler `id`.
pub fn title(id: &str) -> &'static Choice {
    SAMPLERS.iter().find(|choice| choice.value == id).expect("every method has a title")
}

/// The sampler `id` with the experiment's `sigma` and `eta`; `None` if there is no such sampler ("none").
pub fn method(experiment: &Experiment, id: &str) -> Option<Method> {
    Method::named(id, chosen(experiment, "sigma"), experiment.number("eta"))
}

/// The experiment's `spacing`.
pub fn spacing(experiment: &Experiment) -> Spacing {
    Spacing::named(experiment.choice("spacing")).expect("the schema lists the spacings")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::sampler::Sigma;
    use crate::labs::chosen::all_are_read;

    #[test]
    fn every_method_every_spacing_and_every_sigma_can_be_chosen() {
        assert!(SAMPLERS.iter().map(|choice| choice.value).eq(Method::IDS));
        assert!(SPACINGS.iter().map(|choice| choice.value).eq(Spacing::ALL.map(Spacing::id)));
        all_are_read::<Sigma>(SIGMAS.iter().map(|choice| choice.value));
    }
}
