//! The exact denoiser on a device: a plan for each pair of counts.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use super::{MOST, padded, recipe};
use crate::gpu::{device::Gpu, plan::Plan};

#[derive(Debug)]
pub struct GpuExact {
    gpu: Gpu,
    /// By numbers of centres and of particles; a session has few of either.
    plans: RefCell<HashMap<(usize, usize), Rc<Plan>>>,
}

impl GpuExact {
    pub fn new(gpu: &Gpu) -> Self {
        Self { gpu: gpu.clone(), plans: RefCell::default() }
    }

    /// See [`offsets`](crate::fused::exact::offsets).
    ///
    /// # Shapes
    /// - centres: A y_i, all first coordinates and all second ones, at least one
    /// - x, output: [N, 2], at least one and at most [`MOST`]
    pub async fn offsets(
        &self,
        centres: [&[f32]; 2],
        variance: f32,
        factor: f32,
        x: &[f32],
    ) -> Result<Vec<f32>, String> {
        let particles = x.len() / 2;
        assert!(!centres[0].is_empty() && centres[0].len() == centres[1].len());
        assert!((1..=MOST).contains(&particles), "{particles} particles");
        let centres = padded(centres);
        let count = centres.len() / 2;
        let call = [-0.5 / variance, factor, count as f32, particles as f32];
        let plan = self.plan(count, particles).await?;
        plan.run(&[&call, &centres, x]).await
    }

    async fn plan(&self, centres: usize, particles: usize) -> Result<Rc<Plan>, String> {
        let known = self.plans.borrow().get(&(centres, particles)).cloned();
        if let Some(plan) = known {
            return Ok(plan);
        }
        let plan = Rc::new(Plan::new(&self.gpu, &recipe(centres, particles), &[]).await?);
        self.plans.borrow_mut().insert((centres, particles), plan.clone());
        Ok(plan)
    }
}
