//! What a [`Backend`](super::backend::Backend) is asked for, done through wgpu: the whole of the engine `webgpu`.

use std::{
    cell::RefCell,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Waker},
};

use super::backend::{COPY, WORDS};
pub use wgpu::BufferView;
use wgpu::{
    BindGroup, BindGroupDescriptor, BindGroupEntry, BindGroupLayout, BindGroupLayoutDescriptor,
    BindGroupLayoutEntry, BindingResource, BindingType, Buffer, BufferBinding, BufferBindingType,
    BufferDescriptor, BufferUsages, CommandEncoder, ComputePassDescriptor, ComputePipeline,
    ComputePipelineDescriptor, Device, DeviceDescriptor, ErrorFilter, ErrorScopeGuard, Instance,
    InstanceDescriptor, Limits, MapMode, PipelineLayoutDescriptor, PowerPreference, Queue,
    RequestAdapterOptions, ShaderModuleDescriptor, ShaderSource, ShaderStages,
};

/// A device that is ready, and all that was made on it, by number.
#[derive(Debug)]
pub struct Executor {
    device: Device,
    queue: Queue,
    adapter: String,
    faults: Arc<Mutex<Faults>>,
    buffers: RefCell<Shelf<Buffer>>,
    pipelines: RefCell<Vec<(ComputePipeline, BindGroupLayout)>>,
    groups: RefCell<Shelf<BindGroup>>,
    /// For memory, then for rules.
    scopes: RefCell<Option<[ErrorScopeGuard; 2]>>,
}

/// What the device said without being asked.
#[derive(Debug, Default)]
struct Faults {
    lost: Option<String>,
    /// The first error that no call has told yet.
    error: Option<String>,
}

/// Things by number; the number of one that left is given again.
#[derive(Debug)]
struct Shelf<T> {
    places: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { places: Vec::new(), free: Vec::new() }
    }
}

impl<T> Shelf<T> {
    fn put(&mut self, thing: T) -> u32 {
        if let Some(number) = self.free.pop() {
            self.places[number as usize] = Some(thing);
            return number;
        }
        self.places.push(Some(thing));
        (self.places.len() - 1) as u32
    }

    fn get(&self, number: u32) -> &T {
        self.places[number as usize].as_ref().expect("it is there")
    }

    fn take(&mut self, number: u32) -> T {
        self.free.push(number);
        self.places[number as usize].take().expect("it is there")
    }
}

/// What a buffer holds four of, in bytes.
fn bytes(numbers: u32) -> u64 {
    4 * u64::from(numbers)
}

impl Executor {
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
        let (buffers, pipelines, groups, scopes) = Default::default();
        Ok(Self { device, queue, adapter, faults, buffers, pipelines, groups, scopes })
    }

    pub fn adapter(&self) -> &str {
        &self.adapter
    }

    /// A buffer of `count` numbers: of storage, of what kernels are told (also uniform), or to be read back.
    pub fn room(&self, count: u32, told: bool, answer: bool) -> u32 {
        let usage = match (told, answer) {
            (_, true) => BufferUsages::MAP_READ | BufferUsages::COPY_DST,
            (true, _) => {
                BufferUsages::STORAGE
                    | BufferUsages::UNIFORM
                    | BufferUsages::COPY_SRC
                    | BufferUsages::COPY_DST
            }
            _ => BufferUsages::STORAGE | BufferUsages::COPY_SRC | BufferUsages::COPY_DST,
        };
        let wanted = BufferDescriptor { label: None, size: bytes(count), usage, mapped_at_creation: false };
        self.buffers.borrow_mut().put(self.device.create_buffer(&wanted))
    }

    pub fn write(&self, buffer: u32, from: u32, data: &[u8]) {
        self.queue.write_buffer(self.buffers.borrow().get(buffer), bytes(from), data);
    }

    pub fn destroy(&self, buffer: u32) {
        self.buffers.borrow_mut().take(buffer).destroy();
    }

    /// A kernel of the entry `main`; `types` has a letter a binding: r(ead), w(ritten) or u(niform).
    pub fn pipeline(&self, text: &str, types: &str) -> u32 {
        let entry = |(binding, letter)| BindGroupLayoutEntry {
            binding,
            visibility: ShaderStages::COMPUTE,
            ty: BindingType::Buffer {
                ty: match letter {
                    'u' => BufferBindingType::Uniform,
                    letter => BufferBindingType::Storage { read_only: letter == 'r' },
                },
                has_dynamic_offset: false,
                min_binding_size: None,
            },
            count: None,
        };
        let entries: Vec<_> = (0..).zip(types.chars()).map(entry).collect();
        let layout = self
            .device
            .create_bind_group_layout(&BindGroupLayoutDescriptor { label: None, entries: &entries });
        let pipeline_layout = self.device.create_pipeline_layout(&PipelineLayoutDescriptor {
            bind_group_layouts: &[Some(&layout)],
            ..Default::default()
        });
        let source = ShaderSource::Wgsl(text.into());
        let module = self.device.create_shader_module(ShaderModuleDescriptor { label: None, source });
        let pipeline = self.device.create_compute_pipeline(&ComputePipelineDescriptor {
            label: None,
            layout: Some(&pipeline_layout),
            module: &module,
            entry_point: Some("main"),
            compilation_options: Default::default(),
            cache: None,
        });
        let mut pipelines = self.pipelines.borrow_mut();
        pipelines.push((pipeline, layout));
        (pipelines.len() - 1) as u32
    }

    /// Binds parts of buffers, three words each: the buffer, where the part begins, how many numbers it has.
    pub fn group(&self, pipeline: u32, parts: &[u32]) -> u32 {
        let (buffers, pipelines) = (self.buffers.borrow(), self.pipelines.borrow());
        let (parts, _) = parts.as_chunks::<3>();
        let entry = |(binding, &[buffer, from, count]): (u32, &[u32; 3])| BindGroupEntry {
            binding,
            resource: BindingResource::Buffer(BufferBinding {
                buffer: buffers.get(buffer),
                offset: bytes(from),
                size: bytes(count).try_into().ok(),
            }),
        };
        let entries: Vec<_> = (0..).zip(parts).map(entry).collect();
        let layout = &pipelines[pipeline as usize].1;
        let wanted = BindGroupDescriptor { label: None, layout, entries: &entries };
        self.groups.borrow_mut().put(self.device.create_bind_group(&wanted))
    }

    pub fn forget_group(&self, group: u32) {
        self.groups.borrow_mut().take(group);
    }

    /// Does commands in their order, with one submit; dispatches that follow each other are one pass.
    pub fn submit(&self, words: &[u32]) {
        let mut encoder = self.device.create_command_encoder(&Default::default());
        let (commands, _) = words.as_chunks::<WORDS>();
        commands.chunk_by(|a, b| (a[0] == COPY) == (b[0] == COPY)).for_each(|run| match run[0][0] {
            COPY => self.copies(&mut encoder, run),
            _ => self.pass(&mut encoder, run),
        });
        self.queue.submit([encoder.finish()]);
    }

    fn copies(&self, encoder: &mut CommandEncoder, run: &[[u32; WORDS]]) {
        let buffers = self.buffers.borrow();
        for &[_, from, at, to, place, count] in run {
            let (from, to) = (buffers.get(from), buffers.get(to));
            encoder.copy_buffer_to_buffer(from, bytes(at), to, bytes(place), bytes(count));
        }
    }

    fn pass(&self, encoder: &mut CommandEncoder, run: &[[u32; WORDS]]) {
        let (pipelines, groups) = (self.pipelines.borrow(), self.groups.borrow());
        let mut pass = encoder.begin_compute_pass(&ComputePassDescriptor::default());
        let [mut pipeline_set, mut group_set] = [None; 2];
        for &[_, pipeline, group, x, y, z] in run {
            if pipeline_set.replace(pipeline) != Some(pipeline) {
                pass.set_pipeline(&pipelines[pipeline as usize].0);
            }
            if group_set.replace(group) != Some(group) {
                pass.set_bind_group(0, groups.get(group), &[]);
            }
            pass.dispatch_workgroups(x, y, z);
        }
    }

    /// What `read` makes of the first `count` numbers of a buffer, once the device is through with all that it was given so far; the
    /// buffer may be gone before.
    pub fn fetch<R>(
        &self,
        buffer: u32,
        count: u32,
        read: impl FnOnce(&BufferView) -> R + 'static,
    ) -> impl Future<Output = Result<R, String>> + 'static {
        let staging = self.buffers.borrow().get(buffer).clone();
        let range = 0..bytes(count);
        let mapped = Mapped::default();
        let told = mapped.clone();
        staging.map_async(MapMode::Read, range.clone(), move |result| told.tell(result.is_ok()));
        async move {
            if !mapped.await {
                return Err("WebGPU does not give its answer back".into());
            }
            let view =
                staging.get_mapped_range(range).map_err(|error| format!("WebGPU's answer: {error}"))?;
            let answer = read(&view);
            drop(view);
            staging.unmap();
            Ok(answer)
        }
    }

    pub fn begin_scope(&self) {
        let scope = |filter| self.device.push_error_scope(filter);
        *self.scopes.borrow_mut() = Some([scope(ErrorFilter::OutOfMemory), scope(ErrorFilter::Validation)]);
    }

    /// What was refused since then, the first of it.
    pub fn end_scope(&self) -> impl Future<Output = Option<String>> + 'static {
        let popped = self.scopes.borrow_mut().take().map(|[memory, rules]| (rules.pop(), memory.pop()));
        async move {
            let (rules, memory) = popped?;
            let wrong = match rules.await {
                Some(error) => Some(error),
                None => memory.await,
            };
            wrong.map(|error| error.to_string())
        }
    }

    /// What went wrong since this was asked last; a lost device stays lost.
    pub fn fault(&self) -> Option<String> {
        let mut faults = locked(&self.faults);
        if let Some(reason) = &faults.lost {
            return Some(format!("the WebGPU device is lost: {reason}"));
        }
        faults.error.take().map(|error| format!("WebGPU reports an error: {error}"))
    }

    /// Gives the device up; everything made on it says so from then on.
    pub fn lose(&self) {
        self.device.destroy();
    }
}

fn locked(faults: &Mutex<Faults>) -> std::sync::MutexGuard<'_, Faults> {
    faults.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a buffer could be mapped, once that is known.
#[derive(Clone, Default)]
struct Mapped(Arc<Mutex<(Option<bool>, Option<Waker>)>>);

impl Mapped {
    fn tell(&self, there: bool) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = Some(there);
        if let Some(waker) = state.1.take() {
            waker.wake();
        }
    }
}

impl Future for Mapped {
    type Output = bool;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<bool> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match state.0 {
            Some(there) => Poll::Ready(there),
            None => {
                state.1 = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}
