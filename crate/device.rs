//! WebGPU or CPU, chosen at run time among what was built in.

pub use burn::tensor::Device;

use burn::tensor::Tensor;
use serde::Serialize;

/// The kinds of device that an engine may run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    Cpu,
    Webgpu,
}

impl DeviceKind {
    pub fn name(self) -> &'static str {
        match self {
            DeviceKind::Cpu => "cpu",
            DeviceKind::Webgpu => "webgpu",
        }
    }

    /// The kinds that this build can run.
    pub fn built_in() -> &'static [DeviceKind] {
        if cfg!(all(feature = "cpu", feature = "webgpu")) {
            &[DeviceKind::Cpu, DeviceKind::Webgpu]
        } else if cfg!(feature = "webgpu") {
            &[DeviceKind::Webgpu]
        } else {
            &[DeviceKind::Cpu]
        }
    }
}

/// The device of `kind`, or a sentence that says why there is none.
pub async fn open(kind: DeviceKind) -> Result<Device, String> {
    match kind {
        #[cfg(feature = "cpu")]
        DeviceKind::Cpu => Ok(Device::flex()),
        #[cfg(feature = "webgpu")]
        DeviceKind::Webgpu => Device::wgpu_options()
            .init_async()
            .await
            .map_err(|error| format!("WebGPU does not start: {error}")),
        #[allow(unreachable_patterns, reason = "depends on the features")]
        _ => Err(format!(
            "this build has no {} engine; build it with the feature `{}`",
            kind.name(),
            kind.name()
        )),
    }
}

/// Whether `device` is this processor, whose tensors lie in this memory.
pub fn is_here(device: &Device) -> bool {
    #[cfg(feature = "cpu")]
    return *device == Device::flex();
    #[cfg(not(feature = "cpu"))]
    {
        let _ = device;
        false
    }
}

/// The numbers of a tensor on this processor: nothing is waited for. Panics on another device, where [`read`] waits.
#[allow(clippy::disallowed_methods, reason = "the one place where nothing has to be waited for")]
pub fn at_hand<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    assert!(is_here(&tensor.device()), "a tensor of another device");
    tensor.into_data().try_to_vec::<f32>().expect("numbers of 32 bits")
}

thread_local! {
    static READBACKS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How often this thread has read a device so far.
pub fn readbacks() -> usize {
    READBACKS.get()
}

/// The numbers of `tensor`, row by row. The only way numbers leave a device: waiting is asynchronous,
/// because a browser cannot block.
pub async fn read<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, String> {
    answer().await?;
    let data = tensor.into_data_async().await.map_err(|error| format!("{error:?}"))?;
    data.try_to_vec::<f32>().map_err(|error| format!("{error:?}"))
}

/// Passes when a device has answered; where the numbers lie here anyway it is all there is to wait for.
pub async fn answer() -> Result<(), String> {
    READBACKS.set(READBACKS.get() + 1);
    #[cfg(test)]
    loss::come().await?;
    Ok(())
}

/// For tests of what a lost device leaves.
#[cfg(test)]
pub mod loss {
    use std::cell::Cell;

    /// What a device does once it is lost.
    #[derive(Clone, Copy)]
    pub enum Loss {
        /// It says so.
        Told,
        /// It never answers.
        Silent,
    }

    thread_local! {
        static NEXT: Cell<Option<(usize, Loss)>> = const { Cell::new(None) };
    }

    /// Loses this thread's device after `answers` more readbacks.
    pub fn after(answers: usize, loss: Loss) {
        NEXT.set(Some((answers, loss)));
    }

    /// There is a device again.
    pub fn over() {
        NEXT.set(None);
    }

    pub(super) async fn come() -> Result<(), String> {
        match NEXT.get() {
            None => Ok(()),
            Some((0, Loss::Told)) => Err("the device is lost".into()),
            Some((0, Loss::Silent)) => std::future::pending().await,
            Some((answers, loss)) => {
                NEXT.set(Some((answers - 1, loss)));
                Ok(())
            }
        }
    }
}
