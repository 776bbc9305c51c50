//! The ways back from partial noising, on a device.

use std::rc::Rc;

use burn::tensor::Tensor;

use super::{
    climb::read_all, denoiser::Denoiser, partial_noising::PartialNoising, sampler_config::SamplerConfig,
    settings::Settings,
};
use crate::diffusion::solver::Solver;
use crate::math::{normal::normals, philox::Stream};
use crate::runtime::error::{SessionError, finite};

/// The group under way, on the device: what each sampler remembers, and where its picture stands, [1, C, H, W].
pub type UnderWay = Vec<(Solver<Tensor<4>>, Tensor<4>)>;

impl PartialNoising {
    /// At most `n` units more, with one readback. If it fails, the group under way begins again.
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
                self.step(g, step, &mut moving, denoiser, settings);
            }
            groups.push(g);
            reached.extend(moving.iter().map(|(_, x)| x.clone()));
            unit += count;
        }
        let x = read_all(reached).await?;
        finite("the rebuilt picture", &x, 0)?;
        let size = self.group * settings.picture.len();
        for (g, x) in groups.into_iter().zip(x.chunks_exact(size)) {
            Rc::make_mut(&mut self.x)[g * size..][..size].copy_from_slice(x);
        }
        self.done = unit;
        *under_way = moving;
        Ok(())
    }

    /// Step `step` of all pictures of group `g` that are not finished.
    fn step(&self, g: usize, step: usize, moving: &mut UnderWay, denoiser: &Denoiser, settings: &Settings) {
        let (config, depths): (&SamplerConfig, _) = (&settings.config, self.members(g));
        if step == 0 {
            let begin = |noised: &Vec<f32>| (Solver::new(config.method), denoiser.upload(noised));
            *moving = depths.iter().map(|depth| begin(&depth.noised)).collect();
        }
        let working: Vec<_> = (0..self.group).filter(|&i| step < depths[i].steps()).collect();
        let level = |i: usize| depths[i].levels[depths[i].steps() - step];
        let asked: Vec<_> = working.iter().map(|&i| (moving[i].1.clone(), level(i))).collect();
        let predicted = denoiser.predict_noise_each(config, &asked); // [1, C, H, W] each
        for ((&i, (x, from)), eps) in working.iter().zip(asked).zip(predicted) {
            let to = depths[i].levels[depths[i].steps() - step - 1];
            let z = (config.method.is_random() && to.b > 0.0).then(|| {
                let time = from.address();
                denoiser.upload(&normals(settings.seed, Stream::Rebuild, time, settings.picture.len()))
            });
            let denoise = &mut |x: &Tensor<4>, level| denoiser.predict_noise(config, x.clone(), level);
            let (solver, place) = &mut moving[i];
            *place = solver.advance(&x, &eps, from, to, z.as_ref(), denoise);
        }
    }
}
