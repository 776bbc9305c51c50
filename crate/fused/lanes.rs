//! Four floats at once: a register of wasm or SSE, plain numbers elsewhere. Each operation rounds once, everywhere alike.

#[cfg(target_arch = "wasm32")]
mod register {
    use core::arch::wasm32::*;

    pub type Register = v128;

    pub use core::arch::wasm32::{
        f32x4_add as add, f32x4_div as div, f32x4_max as max, f32x4_min as min, f32x4_mul as mul,
        f32x4_splat as splat, f32x4_sqrt as sqrt, f32x4_sub as sub,
    };

    #[inline(always)]
    pub unsafe fn load(from: *const f32) -> Register {
        unsafe { v128_load(from.cast()) }
    }

    #[inline(always)]
    pub unsafe fn store(to: *mut f32, value: Register) {
        unsafe { v128_store(to.cast(), value) }
    }

    /// 2^n, where n is what the low bits count.
    #[inline(always)]
    pub fn exponent(n: Register) -> Register {
        i32x4_shl(i32x4_add(n, i32x4_splat(127)), 23)
    }

    /// `value` where `a` is not below `b`, else 0.
    #[inline(always)]
    pub fn unless_below(a: Register, b: Register, value: Register) -> Register {
        v128_andnot(value, f32x4_lt(a, b))
    }
}

#[cfg(target_arch = "x86_64")]
mod register {
    use core::arch::x86_64::*;

    pub type Register = __m128;

    macro_rules! each {
        ($($name:ident = $of:ident),*) => {
            $(#[inline(always)]
            pub fn $name(a: Register, b: Register) -> Register {
                // SAFETY: SSE belongs to x86-64.
                unsafe { $of(a, b) }
            })*
        };
    }

    each!(
        add = _mm_add_ps,
        sub = _mm_sub_ps,
        mul = _mm_mul_ps,
        div = _mm_div_ps,
        min = _mm_min_ps,
        max = _mm_max_ps
    );

    #[inline(always)]
    pub fn splat(value: f32) -> Register {
        // SAFETY: SSE belongs to x86-64; here and below.
        unsafe { _mm_set1_ps(value) }
    }

    #[inline(always)]
    pub fn sqrt(a: Register) -> Register {
        unsafe { _mm_sqrt_ps(a) }
    }

    #[inline(always)]
    pub unsafe fn load(from: *const f32) -> Register {
        unsafe { _mm_loadu_ps(from) }
    }

    #[inline(always)]
    pub unsafe fn store(to: *mut f32, value: Register) {
        unsafe { _mm_storeu_ps(to, value) }
    }

    #[inline(always)]
    pub fn exponent(n: Register) -> Register {
        unsafe {
            _mm_castsi128_ps(_mm_slli_epi32(_mm_add_epi32(_mm_castps_si128(n), _mm_set1_epi32(127)), 23))
        }
    }

    #[inline(always)]
    pub fn unless_below(a: Register, b: Register, value: Register) -> Register {
        unsafe { _mm_andnot_ps(_mm_cmplt_ps(a, b), value) }
    }
}

#[cfg(not(any(target_arch = "wasm32", target_arch = "x86_64")))]
mod register {
    pub type Register = [f32; 4];

    macro_rules! each {
        ($($name:ident = $of:expr),*) => {
            $(#[inline(always)]
            pub fn $name(a: Register, b: Register) -> Register {
                let of: fn(f32, f32) -> f32 = $of;
                std::array::from_fn(|i| of(a[i], b[i]))
            })*
        };
    }

    // The second operand where one is no number.
    each!(
        add = |a, b| a + b,
        sub = |a, b| a - b,
        mul = |a, b| a * b,
        div = |a, b| a / b,
        min = |a, b| if a < b { a } else { b },
        max = |a, b| if a > b { a } else { b }
    );

    pub fn splat(value: f32) -> Register {
        [value; 4]
    }

    pub fn sqrt(a: Register) -> Register {
        a.map(f32::sqrt)
    }

    pub unsafe fn load(from: *const f32) -> Register {
        unsafe { from.cast::<Register>().read_unaligned() }
    }

    pub unsafe fn store(to: *mut f32, value: Register) {
        unsafe { to.cast::<Register>().write_unaligned(value) }
    }

    pub fn exponent(n: Register) -> Register {
        n.map(|n| f32::from_bits((n.to_bits().wrapping_add(127)) << 23))
    }

    pub fn unless_below(a: Register, b: Register, value: Register) -> Register {
        std::array::from_fn(|i| if a[i] < b[i] { 0.0 } else { value[i] })
    }
}

use register::Register;

/// Four floats.
#[derive(Clone, Copy)]
pub struct F4(Register);

impl F4 {
    #[inline(always)]
    pub fn splat(value: f32) -> Self {
        Self(register::splat(value))
    }

    #[inline(always)]
    pub fn zero() -> Self {
        Self::splat(0.0)
    }

    /// The four numbers at `from`.
    ///
    /// # Safety
    /// They must be there.
    #[inline(always)]
    pub unsafe fn at(from: *const f32) -> Self {
        // SAFETY: the caller's.
        Self(unsafe { register::load(from) })
    }

    /// Writes them to `to`.
    ///
    /// # Safety
    /// There must be room.
    #[inline(always)]
    pub unsafe fn put(self, to: *mut f32) {
        // SAFETY: the caller's.
        unsafe { register::store(to, self.0) }
    }

    /// The first four of `values`.
    #[inline(always)]
    pub fn of(values: &[f32]) -> Self {
        let values: &[f32] = &values[..4];
        // SAFETY: there are four.
        unsafe { Self::at(values.as_ptr()) }
    }

    #[inline(always)]
    pub fn write(self, to: &mut [f32]) {
        let to: &mut [f32] = &mut to[..4];
        // SAFETY: there is room for four.
        unsafe { self.put(to.as_mut_ptr()) }
    }

    #[inline(always)]
    pub fn sqrt(self) -> Self {
        Self(register::sqrt(self.0))
    }

    /// The smaller of each two; where `other` is no number, that.
    #[inline(always)]
    pub fn min(self, other: Self) -> Self {
        Self(register::min(self.0, other.0))
    }

    /// The larger of each two; where `other` is no number, that.
    #[inline(always)]
    pub fn max(self, other: Self) -> Self {
        Self(register::max(self.0, other.0))
    }

    /// The four numbers.
    #[inline(always)]
    pub fn array(self) -> [f32; 4] {
        let mut all = [0.0; 4];
        self.write(&mut all);
        all
    }

    /// (0 + 1) + (2 + 3).
    #[inline(always)]
    pub fn sum(self) -> f32 {
        let [a, b, c, d] = self.array();
        (a + b) + (c + d)
    }

    /// e^x to 1.2e-7 of it; 0 below e^−87.3, where numbers begin to lose digits. Not a number stays none.
    ///
    /// x = n ln 2 + r with |r| ≤ ln 2/2; e^r by a polynomial of degree 6, as in Cephes (S. Moshier, `expf`).
    #[inline(always)]
    pub fn exp(self) -> Self {
        const LOW: f32 = -87.336;
        const HIGH: f32 = 88.02;
        // 1.5 · 2^23: added, it leaves the nearest whole number in the low bits.
        const ROUND: f32 = 12_582_912.0;
        let s = Self::splat;
        let x = s(LOW).max(s(HIGH).min(self));
        let shifted = x * s(std::f32::consts::LOG2_E) + s(ROUND);
        let n = shifted - s(ROUND);
        let r = x - n * s(0.693_359_4) - n * s(-2.121_944_4e-4);
        let mut p = s(1.987_569_1e-4);
        for c in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
            p = p * r + s(c);
        }
        let p = p * (r * r) + r + s(1.0);
        let scaled = p * Self(register::exponent(shifted.0));
        Self(register::unless_below(self.0, s(LOW).0, scaled.0))
    }

    /// x / (1 + e^−x)
    #[inline(always)]
    pub fn silu(self) -> Self {
        self / (Self::splat(1.0) + (Self::zero() - self).exp())
    }

    /// x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2 = x / (1 + e^(−2 √(2/π) (x + 0.044715 x³))): Hendrycks & Gimpel 2016,
    /// <https://arxiv.org/abs/1606.08415>.
    #[inline(always)]
    pub fn gelu(self) -> Self {
        let s = Self::splat;
        let inner = self + s(0.044_715) * self * self * self;
        self / (s(1.0) + (inner * s(-1.595_769_2)).exp())
    }
}

macro_rules! operators {
    ($($name:ident $method:ident),*) => {
        $(impl std::ops::$name for F4 {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                Self(register::$method(self.0, other.0))
            }
        })*
    };
}
operators!(Add add, Sub sub, Mul mul, Div div);

#[cfg(test)]
mod tests {
    use super::*;

    fn each(values: [f32; 4], of: impl Fn(F4) -> F4) -> [f32; 4] {
        of(F4::of(&values)).array()
    }

    #[test]
    fn exponentials_are_near_the_true_ones_and_nothing_hides() {
        let mut worst = 0.0f64;
        for i in 0..40_000 {
            let x = -87.3 + 175.0 * i as f32 / 40_000.0;
            let [e, ..] = each([x, 0.0, 1.0, -1.0], F4::exp);
            worst = worst.max((f64::from(e) / f64::from(x).exp() - 1.0).abs());
        }
        assert!(worst < 1.3e-7, "{worst}");
        let [low, none, high, one] = each([-88.0, f32::NAN, 1e4, 0.0], F4::exp);
        assert!(low == 0.0 && none.is_nan() && high > 1e38 && one == 1.0);
        assert_eq!(each([-1e30, f32::NEG_INFINITY, -87.34, -100.0], F4::exp), [0.0; 4]);
    }

    #[test]
    fn activations_are_what_their_formulas_say() {
        for i in -400..400 {
            let x = i as f32 / 20.0;
            let (exact, t) = (f64::from(x), f64::from(x));
            let silu = exact / (1.0 + (-exact).exp());
            let tanh = (2.0 / std::f64::consts::PI).sqrt() * (t + 0.044_715 * t.powi(3));
            let gelu = 0.5 * exact * (1.0 + tanh.tanh());
            let [s, ..] = each([x; 4], F4::silu);
            let [g, ..] = each([x; 4], F4::gelu);
            assert!((f64::from(s) - silu).abs() <= 4e-7 * silu.abs().max(1e-3), "{x}: {s} for {silu}");
            assert!((f64::from(g) - gelu).abs() <= 6e-7 * gelu.abs().max(1e-1), "{x}: {g} for {gelu}");
        }
    }
}
