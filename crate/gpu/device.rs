//! The GPU: its buffers, its pipelines, made once each, and what goes wrong on it, which is never lost.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
    sync::{Arc, Mutex, PoisonError},
};

use super::kernel::{Access, Kernel};
pub use wgpu::Buffer;
use wgpu::{
    BindGroupLayout, BindGroupLayoutDescriptor, BindGroupLayoutEntry, BindingType, BufferBindingType,
    BufferDescriptor, BufferUsages, ComputePipeline, ComputePipelineDescriptor, Device, DeviceDescriptor,
    ErrorFilter, Instance, InstanceDescriptor, Limits, PipelineLayoutDescriptor, PowerPreference, Queue,
    RequestAdapterOptions, ShaderModuleDescriptor, ShaderSource, ShaderStages,
};

/// A device that is ready; copies of it are the same one.
#[derive(Clone, Debug)]
pub struct Gpu(Rc<Inside>);

#[derive(Debug)]
struct Inside {
    device: Device,
    queue: Queue,
    adapter: String,
    faults: Arc<Mutex<Faults>>,
    pipelines: RefCell<HashMap<String, Pipeline>>,
    counts: Cell<Counts>,
}

/// What the device said without being asked.
#[derive(Debug, Default)]
struct Faults {
    lost: Option<String>,
    /// The first error that no call has told yet.
    error: Option<String>,
}

/// A kernel ready to run, and the form of its bindings.
#[derive(Clone, Debug)]
pub(super) struct Pipeline {
    pub pipeline: ComputePipeline,
    pub layout: BindGroupLayout,
}

/// What was done so far, for those who measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub dispatches: u64,
    pub submits: u64,
    /// To the device and back.
    pub written: u64,
    pub read: u64,
    pub pipelines: u64,
}

impl Gpu {
    /// The faster GPU of this machine, or a sentence that says why there is none.
    pub async fn open() -> Result<Self, String> {
        let instance = Instance::new(InstanceDescriptor::new_without_display_handle());
        let wanted = RequestAdapterOptions {
            power_preference: PowerPreference::HighPerformance,
            ..Default::default()
        };
        let adapter = instance
            .request_adapter(&wanted)
            .await
            .map_err(|error| format!("WebGPU does not start: {error}"))?;
        let most = adapter.limits();
        // What plans need fits the defaults; larger models need more memory, never more of anything else.
        let required_limits = Limits {
            max_buffer_size: most.max_buffer_size,
            max_storage_buffer_binding_size: most.max_storage_buffer_binding_size,
            max_compute_workgroup_storage_size: most.max_compute_workgroup_storage_size,
            ..Limits::default()
        };
        let wanted = DeviceDescriptor { required_limits, ..Default::default() };
        let (device, queue) = adapter
            .request_device(&wanted)
            .await
            .map_err(|error| format!("the WebGPU device does not start: {error}"))?;
        let faults = Arc::new(Mutex::new(Faults::default()));
        let told = faults.clone();
        device.on_uncaptured_error(Arc::new(move |error| {
            locked(&told).error.get_or_insert_with(|| error.to_string());
        }));
        let told = faults.clone();
        device.set_device_lost_callback(move |reason, message| {
            let message = if message.is_empty() { format!("{reason:?}") } else { message };
            locked(&told).lost.get_or_insert(message);
        });
        let info = adapter.get_info();
        let adapter = [info.name, info.driver, info.driver_info].join(" ").trim().to_owned();
        let (pipelines, counts) = Default::default();
        Ok(Self(Rc::new(Inside { device, queue, adapter, faults, pipelines, counts })))
    }

    /// What the device calls itself, if the browser tells.
    pub fn adapter(&self) -> &str {
        &self.0.adapter
    }

    pub fn counts(&self) -> Counts {
        self.0.counts.get()
    }

    /// A buffer with these numbers, for the plans that are given it.
    pub fn buffer(&self, numbers: &[f32]) -> Buffer {
        let buffer = self.room(numbers.len(), BufferUsages::STORAGE);
        self.write(&buffer, &bytes(numbers));
        buffer
    }

    /// A buffer with what kernels are told: whole numbers that they read as uniform or stored.
    pub(super) fn told(&self, numbers: &[u32]) -> Buffer {
        let buffer = self.room(numbers.len(), BufferUsages::STORAGE | BufferUsages::UNIFORM);
        self.write(&buffer, &numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>());
        buffer
    }

    /// A buffer of so many zeros.
    pub fn zeros(&self, count: usize) -> Buffer {
        self.room(count, BufferUsages::STORAGE)
    }

    pub(super) fn device(&self) -> &Device {
        &self.0.device
    }

    pub(super) fn queue(&self) -> &Queue {
        &self.0.queue
    }

    pub(super) fn room(&self, count: usize, usage: BufferUsages) -> Buffer {
        let usage = if usage.contains(BufferUsages::MAP_READ) {
            usage | BufferUsages::COPY_DST
        } else {
            usage | BufferUsages::COPY_SRC | BufferUsages::COPY_DST
        };
        let size = 4 * count.max(1) as u64;
        self.device().create_buffer(&BufferDescriptor { label: None, size, usage, mapped_at_creation: false })
    }

    pub(super) fn write(&self, buffer: &Buffer, bytes: &[u8]) {
        self.queue().write_buffer(buffer, 0, bytes);
        self.count(|counts| counts.written += bytes.len() as u64);
    }

    pub(super) fn count(&self, add: impl FnOnce(&mut Counts)) {
        let mut counts = self.0.counts.get();
        add(&mut counts);
        self.0.counts.set(counts);
    }

    pub(super) fn has(&self, kernel: &Kernel) -> bool {
        self.0.pipelines.borrow().contains_key(&kernel.text)
    }

    /// The pipeline of `kernel`; the same text is compiled once.
    pub(super) fn pipeline(&self, kernel: &Kernel) -> Pipeline {
        if let Some(made) = self.0.pipelines.borrow().get(&kernel.text) {
            return made.clone();
        }
        let Kernel { label, accesses, text } = kernel;
        let label = Some(label.as_str());
        let device = self.device();
        let entries: Vec<_> = accesses
            .iter()
            .zip(0..)
            .map(|(access, binding)| BindGroupLayoutEntry {
                binding,
                visibility: ShaderStages::COMPUTE,
                ty: BindingType::Buffer {
                    ty: match access {
                        Access::Read => BufferBindingType::Storage { read_only: true },
                        Access::Write => BufferBindingType::Storage { read_only: false },
                        Access::Uniform => BufferBindingType::Uniform,
                    },
                    has_dynamic_offset: false,
                    min_binding_size: None,
                },
                count: None,
            })
            .collect();
        let layout = device.create_bind_group_layout(&BindGroupLayoutDescriptor { label, entries: &entries });
        let pipeline_layout = device.create_pipeline_layout(&PipelineLayoutDescriptor {
            label,
            bind_group_layouts: &[Some(&layout)],
            ..Default::default()
        });
        let source = ShaderSource::Wgsl(text.as_str().into());
        let module = device.create_shader_module(ShaderModuleDescriptor { label, source });
        let pipeline = device.create_compute_pipeline(&ComputePipelineDescriptor {
            label,
            layout: Some(&pipeline_layout),
            module: &module,
            entry_point: Some("main"),
            compilation_options: Default::default(),
            cache: None,
        });
        let made = Pipeline { pipeline, layout };
        self.count(|counts| counts.pipelines += 1);
        self.0.pipelines.borrow_mut().insert(text.clone(), made.clone());
        made
    }

    /// Does what only asks for things to be made, and says whether they were.
    pub(super) async fn scoped<R>(&self, make: impl FnOnce() -> R) -> Result<R, String> {
        let memory = self.device().push_error_scope(ErrorFilter::OutOfMemory);
        let rules = self.device().push_error_scope(ErrorFilter::Validation);
        let made = make();
        let (rules, memory) = (rules.pop(), memory.pop());
        let wrong = match rules.await {
            Some(error) => Some(error),
            None => memory.await,
        };
        match wrong {
            Some(error) => {
                // What did not compile is not kept as if it had.
                self.0.pipelines.borrow_mut().clear();
                Err(format!("WebGPU refuses: {error}"))
            }
            None => self.fault().map(|()| made),
        }
    }

    /// What went wrong since this was asked last; a lost device stays lost.
    pub(super) fn fault(&self) -> Result<(), String> {
        let mut faults = locked(&self.0.faults);
        if let Some(reason) = &faults.lost {
            return Err(format!("the WebGPU device is lost: {reason}"));
        }
        faults.error.take().map_or(Ok(()), |error| Err(format!("WebGPU reports an error: {error}")))
    }

    /// Gives the device up; everything made on it says so from then on.
    pub fn lose(&self) {
        self.device().destroy();
    }
}

fn locked(faults: &Mutex<Faults>) -> std::sync::MutexGuard<'_, Faults> {
    faults.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Numbers as the device has them.
pub(super) fn bytes(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}
