//! A formula in u and v, read once into a few instructions for a stack of jets. It is data: nothing in it is run as code.

use super::{fault::Fault, formula, jet::Jet};

/// Most characters of a formula.
pub const LONGEST: usize = 400;

/// What a formula may name besides functions: u, v, the two sliders, and an energy.
pub const VARIABLES: [&str; 5] = ["u", "v", "a", "b", "energy"];

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Instruction {
    Number(f64),
    /// A place in [`VARIABLES`].
    Variable(u8),
    Negate,
    Plus,
    Minus,
    Times,
    Over,
    Power,
    Call(Function),
}

macro_rules! functions {
    ($($name:ident $word:literal),*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Function { $($name),* }

        impl Function {
            pub const ALL: &[(&'static str, Function)] = &[$(($word, Function::$name)),*];
        }
    };
}

functions! {
    Sin "sin", Cos "cos", Tan "tan", Cot "cot", Sec "sec", Csc "csc",
    Asin "asin", Acos "acos", Atan "atan", Asin2 "arcsin", Acos2 "arccos", Atan2 "arctan",
    Sinh "sinh", Cosh "cosh", Tanh "tanh", Coth "coth", Sech "sech", Csch "csch",
    Asinh "asinh", Acosh "acosh", Atanh "atanh",
    Exp "exp", Ln "ln", Log "log", Sqrt "sqrt", Abs "abs"
}

/// A formula that can be read: as it was typed, and as instructions.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    pub text: String,
    code: Vec<Instruction>,
    /// Most jets that wait at once while it is worked out.
    depth: usize,
}

/// So many fit on the stack.
const SHALLOW: usize = 8;

impl Expression {
    pub fn read(text: &str) -> Result<Self, Fault> {
        let count = text.chars().count();
        if count > LONGEST {
            return Err(Fault::new(
                LONGEST,
                format!("the formula has {count} characters; at most {LONGEST} are read"),
                format!("公式有 {count} 个字符，最多读取 {LONGEST} 个"),
            ));
        }
        let code = formula::parse(text)?;
        let waiting = code.iter().scan(0, |waiting: &mut usize, one| {
            match one {
                Instruction::Number(_) | Instruction::Variable(_) => *waiting += 1,
                Instruction::Negate | Instruction::Call(_) => (),
                Instruction::Plus
                | Instruction::Minus
                | Instruction::Times
                | Instruction::Over
                | Instruction::Power => *waiting -= 1,
            }
            Some(*waiting)
        });
        let depth = waiting.max().unwrap_or(0);
        Ok(Self { text: text.to_owned(), code, depth })
    }

    /// One of the formulas that this program brings along. Panics if it cannot be read: a bug, not input.
    pub fn known(text: &str) -> Self {
        Self::read(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
    }

    /// What it does, in postfix order.
    pub fn instructions(&self) -> &[Instruction] {
        &self.code
    }

    /// Whether it is the same everywhere.
    pub fn names(&self, variable: &str) -> bool {
        let place = VARIABLES.iter().position(|name| *name == variable);
        self.code.iter().any(|one| matches!(one, Instruction::Variable(v) if Some(usize::from(*v)) == place))
    }

    /// The formula near (u, v), up to `degree`; `sliders` are a, b and the energy. What has no value there is not finite.
    pub fn near(&self, place: [f64; 2], sliders: [f64; 3], degree: usize) -> Jet {
        if self.depth <= SHALLOW {
            self.on(&mut [Jet::constant(0.0); SHALLOW], place, sliders, degree)
        } else {
            self.on(&mut vec![Jet::constant(0.0); self.depth], place, sliders, degree)
        }
    }

    /// The same, worked out on `stack`.
    fn on(&self, stack: &mut [Jet], [u, v]: [f64; 2], sliders: [f64; 3], degree: usize) -> Jet {
        let mut height = 0;
        for instruction in &self.code {
            let jet = match *instruction {
                Instruction::Number(value) => Jet::constant(value),
                Instruction::Variable(0) => Jet::coordinate(0, u),
                Instruction::Variable(1) => Jet::coordinate(1, v),
                Instruction::Variable(other) => Jet::constant(sliders[usize::from(other) - 2]),
                Instruction::Negate => {
                    height -= 1;
                    stack[height].scaled(-1.0)
                }
                Instruction::Call(function) => {
                    height -= 1;
                    apply(function, &stack[height], degree)
                }
                binary => {
                    height -= 2;
                    let (left, right) = (&stack[height], &stack[height + 1]);
                    match binary {
                        Instruction::Plus => left.plus(right),
                        Instruction::Minus => left.minus(right),
                        Instruction::Times => left.times(right, degree),
                        Instruction::Over if right.is_constant(degree) => left.scaled(1.0 / right.value()),
                        Instruction::Over => left.times(&right.inverse(degree), degree),
                        _ => power(left, right, degree),
                    }
                }
            };
            stack[height] = jet;
            height += 1;
        }
        stack[0]
    }

    /// Its value alone.
    pub fn at(&self, place: [f64; 2], sliders: [f64; 3]) -> f64 {
        self.near(place, sliders, 0).value()
    }
}

/// A whole power of whatever sign, any power of what is positive.
pub(super) fn power(base: &Jet, exponent: &Jet, degree: usize) -> Jet {
    let c = exponent.value();
    if !exponent.is_constant(degree) {
        return apply(Function::Exp, &exponent.times(&apply(Function::Ln, base, degree), degree), degree);
    }
    if c == c.trunc() && c.abs() <= 1024.0 {
        base.whole_power(c as i32, degree)
    } else {
        base.power(c, degree)
    }
}

pub(super) fn apply(function: Function, x: &Jet, degree: usize) -> Jet {
    use Function as F;
    let value = x.value();
    let through = |taylor| x.through(taylor, degree);
    match function {
        F::Sin | F::Csc | F::Cos | F::Sec => {
            let (s, c) = (libm::sin(value), libm::cos(value));
            let is_sine = matches!(function, F::Sin | F::Csc);
            let wave = if is_sine { [s, c, -s / 2.0, -c / 6.0] } else { [c, -s, -c / 2.0, s / 6.0] };
            let wave = through(wave);
            if matches!(function, F::Csc | F::Sec) { wave.inverse(degree) } else { wave }
        }
        F::Tan | F::Cot => {
            let t = libm::tan(value);
            let d = 1.0 + t * t;
            let tan = through([t, d, t * d, d * (1.0 + 3.0 * t * t) / 3.0]);
            if function == F::Cot { tan.inverse(degree) } else { tan }
        }
        F::Sinh | F::Csch | F::Cosh | F::Sech => {
            let (s, c) = (libm::sinh(value), libm::cosh(value));
            let is_sine = matches!(function, F::Sinh | F::Csch);
            let (s, c) = if is_sine { (s, c) } else { (c, s) };
            let wave = through([s, c, s / 2.0, c / 6.0]);
            if matches!(function, F::Csch | F::Sech) { wave.inverse(degree) } else { wave }
        }
        F::Tanh | F::Coth => {
            let t = libm::tanh(value);
            let d = 1.0 - t * t;
            let tanh = through([t, d, -t * d, -d * (1.0 - 3.0 * t * t) / 3.0]);
            if function == F::Coth { tanh.inverse(degree) } else { tanh }
        }
        F::Asin | F::Asin2 | F::Acos | F::Acos2 => {
            let r = libm::sqrt(1.0 - value * value);
            let (r3, r5) = (r * r * r, r * r * r * r * r);
            let rest = [1.0 / r, value / (2.0 * r3), (1.0 + 2.0 * value * value) / (6.0 * r5)];
            let is_sine = matches!(function, F::Asin | F::Asin2);
            let sign = if is_sine { 1.0 } else { -1.0 };
            let start = if is_sine { libm::asin(value) } else { libm::acos(value) };
            through([start, sign * rest[0], sign * rest[1], sign * rest[2]])
        }
        F::Atan | F::Atan2 => {
            let d = 1.0 / (1.0 + value * value);
            through([libm::atan(value), d, -value * d * d, (3.0 * value * value - 1.0) / 3.0 * d * d * d])
        }
        F::Asinh | F::Acosh => {
            let sign = if function == F::Asinh { 1.0 } else { -1.0 };
            let r = libm::sqrt(value * value + sign);
            let (r3, r5) = (r * r * r, r * r * r * r * r);
            let start = if function == F::Asinh { libm::asinh(value) } else { libm::acosh(value) };
            through([start, 1.0 / r, -value / (2.0 * r3), (2.0 * value * value - sign) / (6.0 * r5)])
        }
        F::Atanh => {
            let d = 1.0 / (1.0 - value * value);
            through([libm::atanh(value), d, value * d * d, (1.0 + 3.0 * value * value) / 3.0 * d * d * d])
        }
        F::Exp => {
            let e = libm::exp(value);
            through([e, e, e / 2.0, e / 6.0])
        }
        F::Ln | F::Log => {
            let r = 1.0 / value;
            through([libm::log(value), r, -r * r / 2.0, r * r * r / 3.0])
        }
        F::Sqrt => x.sqrt(degree),
        F::Abs => {
            let slope = if value == 0.0 && !x.is_constant(degree) { f64::NAN } else { value.signum() };
            through([value.abs(), slope, 0.0, 0.0])
        }
    }
}
