//! A shader's text together with what is bound to it, so that the two cannot disagree.

use std::fmt::Write;

/// What a kernel does with a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    Read,
    /// Reads and writes.
    Write,
    Uniform,
}

/// A buffer as a kernel sees it.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    name: &'static str,
    access: Access,
    /// Its type, as in `array<vec4f>`.
    of: &'static str,
}

pub const fn read(name: &'static str, of: &'static str) -> Binding {
    Binding { name, access: Access::Read, of }
}

pub const fn write(name: &'static str, of: &'static str) -> Binding {
    Binding { name, access: Access::Write, of }
}

pub const fn uniform(name: &'static str, of: &'static str) -> Binding {
    Binding { name, access: Access::Uniform, of }
}

/// One shader with one entry, `main`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kernel {
    pub label: String,
    /// One a buffer, in their order.
    pub accesses: Vec<Access>,
    pub text: String,
}

/// Storage buffers that every WebGPU lets a kernel have.
pub const MOST_BUFFERS: usize = 8;
/// Threads that every WebGPU lets a workgroup have.
pub const MOST_THREADS: usize = 256;
/// Bytes that every WebGPU lets the threads of a workgroup share.
pub const MOST_SHARED: usize = 16384;

impl Kernel {
    /// A kernel of workgroups of `threads`. Its `body` knows `group: vec3u`, the workgroup, and `thread: u32`, the thread in it;
    /// `outside` stands before it: functions, structures, workgroup variables.
    pub fn new(label: &str, threads: usize, bindings: &[Binding], outside: &str, body: &str) -> Self {
        assert!((1..=MOST_THREADS).contains(&threads), "{label}: {threads} threads");
        let stored = bindings.iter().filter(|binding| binding.access != Access::Uniform).count();
        assert!(stored <= MOST_BUFFERS, "{label}: {stored} buffers");
        let mut text = String::new();
        for (i, Binding { name, access, of }) in bindings.iter().enumerate() {
            let space = match access {
                Access::Read => "storage, read",
                Access::Write => "storage, read_write",
                Access::Uniform => "uniform",
            };
            writeln!(text, "@group(0) @binding({i}) var<{space}> {name}: {of};").expect("room");
        }
        write!(
            text,
            "{outside}\n@compute @workgroup_size({threads})\nfn main(@builtin(workgroup_id) group: vec3u, \
             @builtin(local_invocation_index) thread: u32) {{\n{body}\n}}\n"
        )
        .expect("room");
        Self { label: label.to_owned(), accesses: bindings.iter().map(|b| b.access).collect(), text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_binds_what_the_list_says() {
        let bindings = [uniform("sizes", "vec4u"), read("x", "array<vec4f>"), write("y", "array<vec4f>")];
        let kernel = Kernel::new("copy", 64, &bindings, "const N = 1u;", "y[thread] = x[thread];");
        assert_eq!(kernel.accesses, [Access::Uniform, Access::Read, Access::Write]);
        for line in [
            "@group(0) @binding(0) var<uniform> sizes: vec4u;",
            "@group(0) @binding(1) var<storage, read> x: array<vec4f>;",
            "@group(0) @binding(2) var<storage, read_write> y: array<vec4f>;",
            "@compute @workgroup_size(64)",
        ] {
            assert!(kernel.text.contains(line), "{}", kernel.text);
        }
    }

    #[test]
    #[should_panic(expected = "9 buffers")]
    fn no_kernel_takes_more_buffers_than_every_gpu_has() {
        let _ = Kernel::new("all", 1, &[read("x", "array<f32>"); 9], "", "");
    }
}
