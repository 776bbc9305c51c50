//! Where networks are asked: on this processor, or on a graphics processor through WebGPU.

/// What networks are asked on. What goes in and what comes out lies in this processor's memory.
#[derive(Clone, Debug)]
pub enum Device {
    Cpu,
    #[cfg(feature = "webgpu")]
    Webgpu(crate::gpu::device::Gpu),
}

/// A graphics processor where one is lent, or a sentence that says why it does not start; else this one.
pub async fn open() -> Result<Device, String> {
    #[cfg(feature = "webgpu")]
    if crate::gpu::backend::opener().is_some() {
        return crate::gpu::device::Gpu::open().await.map(Device::Webgpu);
    }
    Ok(Device::Cpu)
}

thread_local! {
    static READBACKS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How often this thread has waited for a device so far.
pub fn readbacks() -> usize {
    READBACKS.get()
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
