//! The ways back from partial noising, with the network.

use std::rc::Rc;

use super::{
    denoiser::Denoiser, partial_noising::PartialNoising, sampler_config::SamplerConfig, settings::Settings,
};
use crate::device::answer;
use crate::diffusion::solver::Solver;
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::{SessionError, finite};

/// The group under way: what each sampler remembers, and where its picture stands, [1, C, H, W].
pub type UnderWay = Vec<(Solver<Vec<f32>>, Vec<f32>)>;

impl PartialNoising {
    /// At most `n` units more, waiting once for the device. If it fails, the group under way begins again.
    pub async fn advance(
        &mut self,
        n: usize,
        under_way: &mut UnderWay,
        denoiser: &Denoiser,
        settings: &Settings,
    ) -> Result<(), SessionError> {
        if under_way.is_empty() {
            self.rewind();
        }
        let (mut unit, end) = (self.done, self.progress().total.min(self.done.saturating_add(n)));
        if unit == end {
            return Ok(());
        }
        // Until the numbers are there, nothing is under way.
        let mut moving = std::mem::take(under_way);
        let (mut groups, mut reached) = (Vec::new(), Vec::new());
        while unit < end {
            let (g, step) = self.place(unit);
            let count = (end - unit).min(self.steps(g) - step);
            for step in step..step + count {
                self.step(g, step, &mut moving, denoiser, settings).await?;
            }
            groups.push(g);
            reached.extend(moving.iter().flat_map(|(_, x)| x).copied());
            unit += count;
        }
        answer().await.map_err(SessionError::Device)?;
        finite("the rebuilt picture", &reached, 0)?;
        let size = self.group * settings.picture.len();
        for (g, x) in groups.into_iter().zip(reached.chunks_exact(size)) {
            Rc::make_mut(&mut self.x)[g * size..][..size].copy_from_slice(x);
        }
        self.done = unit;
        *under_way = moving;
        Ok(())
    }

    /// Step `step` of all pictures of group `g` that are not finished.
    async fn step(
        &self,
        g: usize,
        step: usize,
        moving: &mut UnderWay,
        denoiser: &Denoiser,
        settings: &Settings,
    ) -> Result<(), SessionError> {
        let (config, depths): (&SamplerConfig, _) = (&settings.config, self.members(g));
        if step == 0 {
            let begin = |noised: &Vec<f32>| (Solver::new(config.method), noised.clone());
            *moving = depths.iter().map(|depth| begin(&depth.noised)).collect();
        }
        let working: Vec<_> = (0..self.group).filter(|&i| step < depths[i].steps()).collect();
        let level = |i: usize| depths[i].levels[depths[i].steps() - step];
        let asked: Vec<_> = working.iter().map(|&i| (moving[i].1.clone(), level(i))).collect();
        let predicted = denoiser.predict_noise_each(config, &asked).await?; // [1, C, H, W] each
        for ((&i, (x, from)), eps) in working.iter().zip(asked).zip(predicted) {
            let to = depths[i].levels[depths[i].steps() - step - 1];
            let z = (config.method.is_random() && to.b > 0.0).then(|| {
                let time = from.address();
                normals(settings.seed, Stream::Rebuild, time, settings.picture.len())
            });
            let denoise = &mut async |x: &Vec<f32>, level| denoiser.predict_noise(config, x, level).await;
            let (solver, place) = &mut moving[i];
            *place = solver.advance(&x, &eps, from, to, z.as_ref(), denoise).await?;
        }
        Ok(())
    }
}
