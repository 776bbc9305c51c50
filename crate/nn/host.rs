//! Numbers of tensors on the host.

use burn::tensor::{Device, Tensor};

/// The numbers of `tensor`, row by row; waits for them.
#[allow(clippy::disallowed_methods, reason = "tensors are for native programs, which may wait")]
pub fn numbers<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    let data = tensor.into_data();
    data.try_to_vec::<f32>().expect("numbers of 32 bits")
}

/// The processor, or a graphics processor through Vulkan, Metal or DX12 where that was built in.
pub fn device(graphics: bool) -> Result<Device, String> {
    match graphics {
        false => Ok(Device::flex()),
        #[cfg(feature = "graphics")]
        true => Ok(Device::wgpu_options().init()),
        #[cfg(not(feature = "graphics"))]
        true => Err("this build trains on the CPU alone; build it with the feature `graphics`".into()),
    }
}
