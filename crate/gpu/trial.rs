//! What must hold of plans on any device, tried on the device itself: `./build.sh bench --gpu` asks before it measures.

use std::{future::Future, task::Context};

use super::device::Gpu;
use super::kernel::{Kernel, MOST_SHARED, read, write};
use super::plan::Plan;
use super::recipe::Recipe;

/// y = 2 x + s of 128 numbers, s one of the second input.
fn doubling(body: &str) -> Recipe {
    let mut recipe = Recipe::default();
    let (x, s, y) = (recipe.input(128), recipe.input(1), recipe.own(128));
    let bindings = [read("x", "array<vec4f>"), read("s", "array<f32>"), write("y", "array<vec4f>")];
    recipe.step(Kernel::new("doubling", 32, &bindings, "", body), &[x, s, y], [1, 1, 1]);
    recipe.answer(y.part(0, 64));
    recipe.answer(y.part(64, 64));
    recipe
}

const BODY: &str = "y[thread] = 2.0 * x[thread] + s[0];";

/// Fails with the first law that does not hold.
pub async fn laws(gpu: &Gpu) -> Result<(), String> {
    let numbers: Vec<f32> = (0..128).map(|i| i as f32 - 60.5).collect();
    let expected = |s: f32| -> Vec<f32> { numbers.iter().map(|x| 2.0 * x + s).collect() };
    let law = |holds: bool, what: &str| holds.then_some(()).ok_or_else(|| format!("not so: {what}"));

    let plan = Plan::new(gpu, &doubling(BODY), &[]).await?;
    let before = gpu.counts();
    law(plan.run(&[&numbers, &[3.0]]).await? == expected(3.0), "a plan computes what its kernel says")?;
    let after = gpu.counts();
    let did =
        [after.submits - before.submits, after.dispatches - before.dispatches, after.read - before.read];
    law(did == [1, 1, 512], "a call is one submit")?;

    {
        // Begun and given up.
        let inputs: [&[f32]; 2] = [&numbers, &[4.0]];
        let mut call = Box::pin(plan.run(&inputs));
        let mut nobody = Context::from_waker(std::task::Waker::noop());
        law(call.as_mut().poll(&mut nobody).is_pending(), "a call waits for the device")?;
    }
    law(plan.run(&[&numbers, &[5.0]]).await? == expected(5.0), "a call that was given up harms no other")?;

    let pipelines = gpu.counts().pipelines;
    let again = Plan::new(gpu, &doubling(BODY), &[]).await?;
    law(gpu.counts().pipelines == pipelines, "the same text is compiled once")?;
    law(again.run(&[&numbers, &[0.0]]).await? == expected(0.0), "two plans share a pipeline")?;

    let wrong = Plan::new(gpu, &doubling("y[thread] = nothing;"), &[]).await;
    law(wrong.is_err_and(|error| error.contains("nothing")), "a wrong shader is an error that names it")?;
    law(plan.run(&[&numbers, &[6.0]]).await? == expected(6.0), "a wrong shader harms no other")?;

    let shared = |bytes: usize| {
        let mut recipe = Recipe::default();
        let y = recipe.own(1);
        let outside = format!("var<workgroup> shared_: array<vec4f, {}>;", bytes / 16);
        let body = "shared_[thread] = vec4f(f32(thread)); workgroupBarrier(); y[0] = shared_[0].x;";
        recipe.step(
            Kernel::new("sharing", 256, &[write("y", "array<f32>")], &outside, body),
            &[y],
            [1, 1, 1],
        );
        recipe.answer(y);
        recipe
    };
    law(Plan::new(gpu, &shared(MOST_SHARED), &[]).await.is_ok(), "16 KiB are shared anywhere")?;

    // On a device of its own, because nothing comes after this.
    let doomed = Gpu::open().await?;
    let plan = Plan::new(&doomed, &doubling(BODY), &[]).await?;
    plan.run(&[&numbers, &[7.0]]).await?;
    doomed.lose();
    law(plan.run(&[&numbers, &[7.0]]).await.is_err(), "a lost device is an error")?;
    let error = plan.run(&[&numbers, &[7.0]]).await.err().unwrap_or_default();
    law(error.contains("lost"), "a lost device stays lost")
}
