//! A formula and its two slopes at many places at once: one instruction for a whole row of places, so that the arithmetic
//! between two looks at the code is plain loops that the compiler turns into vector instructions.

use super::{
    expression::{Expression, Instruction, apply, power},
    jet::Jet,
};

/// Places of a row.
pub const ABREAST: usize = 64;

/// A number at each of them.
pub type Row = [f64; ABREAST];

/// A value that is the same everywhere, or a row of values with their slopes by u and v.
enum Lanes {
    Same(f64),
    Each(Box<[Row; 3]>),
}

use Lanes::{Each, Same};

impl Lanes {
    /// Value and slopes of lane `i`.
    fn jet(&self, i: usize) -> Jet {
        match self {
            Same(value) => Jet::constant(*value),
            Each(rows) => {
                let mut jet = Jet::constant(rows[0][i]);
                (jet.0[1], jet.0[2]) = (rows[1][i], rows[2][i]);
                jet
            }
        }
    }

    /// As rows, lane by lane.
    fn of(lane: impl Fn(usize) -> Jet) -> Self {
        let mut rows = Box::new([[0.0; ABREAST]; 3]);
        for i in 0..ABREAST {
            let jet = lane(i);
            (rows[0][i], rows[1][i], rows[2][i]) = (jet.0[0], jet.0[1], jet.0[2]);
        }
        Each(rows)
    }

    fn scaled(self, by: f64) -> Self {
        match self {
            Same(value) => Same(by * value),
            Each(mut rows) => {
                rows.iter_mut().flatten().for_each(|x| *x *= by);
                Each(rows)
            }
        }
    }

    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Same(a), Same(b)) => Same(a + b),
            (Each(mut rows), Same(c)) | (Same(c), Each(mut rows)) => {
                rows[0].iter_mut().for_each(|x| *x += c);
                Each(rows)
            }
            (Each(mut a), Each(b)) => {
                a.iter_mut().flatten().zip(b.iter().flatten()).for_each(|(a, b)| *a += b);
                Each(a)
            }
        }
    }

    fn times(self, other: Self) -> Self {
        match (self, other) {
            (Same(c), rest) | (rest, Same(c)) => rest.scaled(c),
            (Each(mut a), Each(b)) => {
                let [f, fu, fv] = &mut *a;
                let [g, gu, gv] = &*b;
                for i in 0..ABREAST {
                    fu[i] = f[i] * gu[i] + fu[i] * g[i];
                    fv[i] = f[i] * gv[i] + fv[i] * g[i];
                    f[i] *= g[i];
                }
                Each(a)
            }
        }
    }

    /// To a small whole power.
    fn raised(mut self, mut left: u32) -> Self {
        let mut product: Option<Self> = None;
        loop {
            if left % 2 == 1 {
                product = Some(match product {
                    Some(product) => product.times(self.copy()),
                    None => self.copy(),
                });
            }
            left /= 2;
            if left == 0 {
                return product.unwrap_or(Same(1.0));
            }
            let same = self.copy();
            self = self.times(same);
        }
    }

    fn copy(&self) -> Self {
        match self {
            Same(value) => Same(*value),
            Each(rows) => Each(rows.clone()),
        }
    }
}

impl Expression {
    /// Value, and slopes by u and v, at up to [`ABREAST`] places; what has no value is not finite. `sliders` as in `near`.
    pub fn abreast(&self, places: &[[f64; 2]], sliders: [f64; 3]) -> [Row; 3] {
        let coordinate = |axis: usize| {
            Lanes::of(|i| Jet::coordinate(axis, places.get(i).map_or(0.0, |place| place[axis])))
        };
        let mut stack: Vec<Lanes> = Vec::with_capacity(8);
        for instruction in self.instructions() {
            let mut pop = || stack.pop().expect("the parser leaves one value for every use");
            let lanes = match *instruction {
                Instruction::Number(value) => Same(value),
                Instruction::Variable(axis @ (0 | 1)) => coordinate(usize::from(axis)),
                Instruction::Variable(other) => Same(sliders[usize::from(other) - 2]),
                Instruction::Negate => pop().scaled(-1.0),
                Instruction::Call(function) => match pop() {
                    Same(value) => Same(apply(function, &Jet::constant(value), 0).value()),
                    each => Lanes::of(|i| apply(function, &each.jet(i), 1)),
                },
                binary => {
                    let right = pop();
                    let left = pop();
                    match (binary, right) {
                        (Instruction::Plus, right) => left.plus(right),
                        (Instruction::Minus, right) => left.plus(right.scaled(-1.0)),
                        (Instruction::Times, right) => left.times(right),
                        (Instruction::Over, Same(c)) => left.scaled(1.0 / c),
                        (Instruction::Over, right) => left.times(Lanes::of(|i| right.jet(i).inverse(1))),
                        (_, Same(c)) if c == c.trunc() && (1.0..=64.0).contains(&c) => left.raised(c as u32),
                        (_, right) => match (left, right) {
                            (Same(a), Same(b)) => {
                                Same(power(&Jet::constant(a), &Jet::constant(b), 0).value())
                            }
                            (left, right) => Lanes::of(|i| power(&left.jet(i), &right.jet(i), 1)),
                        },
                    }
                }
            };
            stack.push(lanes);
        }
        match stack.pop().expect("the parser leaves one value") {
            Same(value) => [[value; ABREAST], [0.0; ABREAST], [0.0; ABREAST]],
            Each(rows) => *rows,
        }
    }
}
