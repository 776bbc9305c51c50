//! Formulas as algebra: products of powers whose sums are expanded, collected and divided, so that what cancels is gone.
//!
//! Enough to write Γ and K of a typed metric where they are short; whatever takes too much work is given up.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{
    expression::{Expression, Function as F, Instruction, VARIABLES},
    field::Source,
};

/// Products of terms before it is given up.
const WORK: usize = 12_000;
/// Most terms of a sum.
const WIDEST: usize = 120;
/// What is left of a coefficient that has cancelled.
const NOTHING: f64 = 1e-12;

/// What is raised to a power. Sums hold at least two terms, or one that stands under a root.
#[derive(Clone, Debug)]
enum Atom {
    Variable(u8),
    Call(F, Rc<Product>),
    Sum(Rc<Vec<Product>>),
    /// A power whose exponent is no number.
    Power(Rc<Product>, Rc<Product>),
}

/// A number times powers of atoms, which are known by how they are written.
#[derive(Clone, Debug)]
pub struct Product {
    number: f64,
    factors: BTreeMap<String, (Atom, f64)>,
}

/// Does the algebra, and keeps count of it.
struct Algebra {
    left: usize,
}

impl Default for Algebra {
    fn default() -> Self {
        Self { left: WORK }
    }
}

impl Product {
    pub const fn number(number: f64) -> Self {
        Self { number, factors: BTreeMap::new() }
    }

    fn is_zero(&self) -> bool {
        self.number == 0.0
    }

    fn is_number(&self) -> bool {
        self.factors.is_empty()
    }

    fn of(atom: Atom, power: f64) -> Self {
        Self { number: 1.0, factors: BTreeMap::from([(atom.key(), (atom, power))]) }
    }

    pub fn scaled(mut self, by: f64) -> Self {
        self.number *= by;
        self
    }

    fn multiply(&mut self, key: &str, atom: &Atom, power: f64) {
        let entry = self.factors.entry(key.to_owned()).or_insert_with(|| (atom.clone(), 0.0));
        entry.1 += power;
        if entry.1 == 0.0 {
            self.factors.remove(key);
        }
    }

    pub fn times(&self, other: &Self) -> Self {
        let mut product = self.clone();
        product.number *= other.number;
        if product.is_zero() {
            return Self::number(0.0);
        }
        for (key, (atom, power)) in &other.factors {
            product.multiply(key, atom, *power);
        }
        product
    }

    /// `None` for a division by nothing.
    pub fn whole_power(&self, n: f64) -> Option<Self> {
        if self.is_zero() && n <= 0.0 {
            return None;
        }
        let mut power = self.clone();
        power.number = libm::pow(self.number, n);
        power.factors.values_mut().for_each(|(_, exponent)| *exponent *= n);
        Some(if n == 0.0 { Self::number(1.0) } else { power })
    }

    pub fn inverse(&self) -> Option<Self> {
        self.whole_power(-1.0)
    }

    /// The exponent of the atom `key`.
    fn power_of(&self, key: &str) -> f64 {
        self.factors.get(key).map_or(0.0, |(_, power)| *power)
    }

    /// The atoms alone, as written.
    fn name(&self) -> String {
        self.factors.iter().map(|(key, (_, power))| format!("{key}^{power} ")).collect()
    }
}

impl Algebra {
    fn work(&mut self, more: usize) -> Option<()> {
        self.left = self.left.checked_sub(more)?;
        Some(())
    }

    /// What was typed.
    pub fn read(&mut self, expression: &Expression) -> Option<Product> {
        let mut stack: Vec<Product> = Vec::new();
        for instruction in expression.instructions() {
            self.work(1)?;
            let product = match *instruction {
                Instruction::Number(value) => Product::number(value),
                Instruction::Variable(which) => Product::of(Atom::Variable(which), 1.0),
                Instruction::Negate => stack.pop()?.scaled(-1.0),
                Instruction::Call(function) => self.call(function, stack.pop()?)?,
                binary => {
                    let right = stack.pop()?;
                    let left = stack.pop()?;
                    match binary {
                        Instruction::Plus => self.sum(vec![left, right])?,
                        Instruction::Minus => self.sum(vec![left, right.scaled(-1.0)])?,
                        Instruction::Times => left.times(&right),
                        Instruction::Over => left.times(&right.inverse()?),
                        _ => self.power(left, right)?,
                    }
                }
            };
            stack.push(product);
        }
        stack.pop()
    }

    fn power(&mut self, base: Product, exponent: Product) -> Option<Product> {
        let n = exponent.number;
        if !exponent.is_number() {
            let is_e = base.is_number() && (base.number - std::f64::consts::E).abs() < 1e-15;
            return if is_e {
                self.call(F::Exp, exponent)
            } else {
                Some(Product::of(Atom::Power(base.into(), exponent.into()), 1.0))
            };
        }
        if n == n.trunc() {
            return if n.abs() <= 24.0 { base.whole_power(n) } else { None };
        }
        if base.number <= 0.0 {
            return (!base.is_zero()).then(|| Product::of(Atom::Sum(vec![base].into()), n));
        }
        let number = libm::pow(base.number, n);
        let rest = Product { number: 1.0, ..base };
        let alone = rest.factors.len() == 1 && rest.factors.values().all(|(_, power)| *power == 1.0);
        Some(if rest.is_number() {
            Product::number(number)
        } else if alone {
            rest.whole_power(n)?.scaled(number)
        } else {
            Product::of(Atom::Sum(vec![rest].into()), n).scaled(number)
        })
    }

    fn call(&mut self, function: F, x: Product) -> Option<Product> {
        let one = |function, x: &Product| Product::of(Atom::Call(function, x.clone().into()), 1.0);
        let over = |top, below, x: &Product| Some(one(top, x).times(&one(below, x).inverse()?));
        if x.number < 0.0 || (x.is_zero() && !matches!(function, F::Ln | F::Log)) {
            // Odd and even functions, and e^(−x).
            let flipped = x.clone().scaled(-1.0);
            match function {
                _ if x.is_zero() => {}
                F::Sin | F::Tan | F::Sinh | F::Tanh | F::Cot | F::Csc | F::Coth | F::Csch => {
                    return Some(self.call(function, flipped)?.scaled(-1.0));
                }
                F::Cos | F::Sec | F::Cosh | F::Sech | F::Abs => return self.call(function, flipped),
                F::Exp => return self.call(F::Exp, flipped)?.inverse(),
                _ => {}
            }
        }
        Some(match function {
            F::Tan => over(F::Sin, F::Cos, &x)?,
            F::Cot => over(F::Cos, F::Sin, &x)?,
            F::Sec => one(F::Cos, &x).inverse()?,
            F::Csc => one(F::Sin, &x).inverse()?,
            F::Tanh => over(F::Sinh, F::Cosh, &x)?,
            F::Coth => over(F::Cosh, F::Sinh, &x)?,
            F::Sech => one(F::Cosh, &x).inverse()?,
            F::Csch => one(F::Sinh, &x).inverse()?,
            F::Asin2 => one(F::Asin, &x),
            F::Acos2 => one(F::Acos, &x),
            F::Atan2 => one(F::Atan, &x),
            F::Log => one(F::Ln, &x),
            F::Sqrt => self.power(x, Product::number(0.5))?,
            other => one(other, &x),
        })
    }

    /// The derivative by u (0) or v (1).
    pub fn slope(&mut self, of: &Product, axis: u8) -> Option<Product> {
        let mut terms = Vec::new();
        for (key, (atom, power)) in &of.factors {
            self.work(1)?;
            let inner = self.slope_of_atom(atom, axis)?;
            if inner.is_zero() {
                continue;
            }
            let mut rest = of.clone().scaled(*power);
            rest.multiply(key, atom, -1.0);
            terms.push(rest.times(&inner));
        }
        self.sum(terms)
    }

    fn slope_of_atom(&mut self, atom: &Atom, axis: u8) -> Option<Product> {
        let (function, x) = match atom {
            Atom::Variable(which) => {
                return Some(Product::number(if *which == axis { 1.0 } else { 0.0 }));
            }
            Atom::Sum(terms) => {
                let slopes: Option<Vec<_>> = terms.iter().map(|term| self.slope(term, axis)).collect();
                return self.sum(slopes?);
            }
            Atom::Power(base, exponent) => {
                // b^c (c′ ln b + c b′/b).
                let first = self.slope(exponent, axis)?.times(&self.call(F::Ln, (**base).clone())?);
                let second = self.slope(base, axis)?.times(&base.inverse()?).times(exponent);
                return Some(Product::of(atom.clone(), 1.0).times(&self.sum(vec![first, second])?));
            }
            Atom::Call(function, x) => (*function, x),
        };
        let inner = self.slope(x, axis)?;
        if inner.is_zero() {
            return Some(inner);
        }
        let same = |function| Product::of(Atom::Call(function, x.clone()), 1.0);
        let square = x.times(x);
        let mut root = |one: f64, of: f64| {
            let below = self.sum(vec![Product::number(one), square.clone().scaled(of)])?;
            self.power(below, Product::number(-0.5))
        };
        let outer = match function {
            F::Sin => same(F::Cos),
            F::Cos => same(F::Sin).scaled(-1.0),
            F::Sinh => same(F::Cosh),
            F::Cosh => same(F::Sinh),
            F::Exp => same(F::Exp),
            F::Ln => x.inverse()?,
            F::Abs => x.times(&same(F::Abs).inverse()?),
            F::Asin => root(1.0, -1.0)?,
            F::Acos => root(1.0, -1.0)?.scaled(-1.0),
            F::Asinh => root(1.0, 1.0)?,
            F::Acosh => root(-1.0, 1.0)?,
            F::Atan => self.sum(vec![Product::number(1.0), square])?.inverse()?,
            F::Atanh => self.sum(vec![Product::number(1.0), square.scaled(-1.0)])?.inverse()?,
            _ => return None,
        };
        Some(outer.times(&inner))
    }

    /// All terms together: what they share stands before them, the rest is expanded, collected, and divided by what stands below.
    pub fn sum(&mut self, terms: Vec<Product>) -> Option<Product> {
        let terms: Vec<_> = terms.into_iter().filter(|term| !term.is_zero()).collect();
        if terms.len() < 2 {
            return Some(terms.into_iter().next().unwrap_or_else(|| Product::number(0.0)));
        }
        let common = shared(&terms);
        let below = common.inverse()?;
        let mut all = Vec::new();
        for term in &terms {
            all.extend(self.expanded(&term.times(&below))?);
        }
        let all = self.collected(all)?;
        let mut best: Option<Product> = None;
        for variant in self.variants(all)? {
            let found = self.divided(common.clone(), variant)?;
            if best.as_ref().is_none_or(|best| found.written().len() < best.written().len()) {
                best = Some(found);
            }
        }
        best
    }

    /// A product of sums, which may hold products of sums, as a sum of products.
    fn expanded(&mut self, product: &Product) -> Option<Vec<Product>> {
        let (mut open, mut done) = (vec![product.clone()], Vec::new());
        while let Some(mut term) = open.pop() {
            let found = term.factors.iter().find_map(|(key, (atom, power))| match atom {
                Atom::Sum(terms) if *power >= 1.0 && *power == power.trunc() => {
                    Some((key.clone(), atom.clone(), terms.clone()))
                }
                _ => None,
            });
            let Some((key, atom, terms)) = found else {
                done.push(term);
                continue;
            };
            self.work(terms.len())?;
            term.multiply(&key, &atom, -1.0);
            open.extend(terms.iter().map(|one| term.times(one)));
        }
        self.collected(done)
    }

    /// Equal terms as one; in order.
    fn collected(&mut self, terms: Vec<Product>) -> Option<Vec<Product>> {
        self.work(terms.len())?;
        let largest = terms.iter().map(|term| term.number.abs()).fold(0.0, f64::max);
        let mut all: BTreeMap<String, Product> = BTreeMap::new();
        for term in terms {
            match all.entry(term.name()) {
                std::collections::btree_map::Entry::Occupied(mut known) => {
                    known.get_mut().number += term.number;
                }
                std::collections::btree_map::Entry::Vacant(place) => {
                    place.insert(term);
                }
            }
        }
        all.retain(|_, term| term.number.abs() > NOTHING * largest);
        (all.len() <= WIDEST).then(|| all.into_values().collect())
    }

    /// The same sum with sin² + cos² = 1 or cosh² − sinh² = 1 put in, either way.
    fn variants(&mut self, terms: Vec<Product>) -> Option<Vec<Vec<Product>>> {
        let mut all = vec![terms];
        // a² = 1 + sign · b².
        for (a, b, sign) in
            [(F::Cos, F::Sin, -1.0), (F::Sin, F::Cos, -1.0), (F::Cosh, F::Sinh, 1.0), (F::Sinh, F::Cosh, 1.0)]
        {
            let start = if a == F::Sinh { -1.0 } else { 1.0 };
            let mut now = all[0].clone();
            let mut changed = false;
            for _ in 0..8 {
                let mut next = Vec::new();
                let mut again = false;
                for term in &now {
                    let square = term.factors.iter().find_map(|(key, (atom, power))| match atom {
                        Atom::Call(function, x) if *function == a && *power >= 2.0 => Some((key, x.clone())),
                        _ => None,
                    });
                    let Some((key, x)) = square else {
                        next.push(term.clone());
                        continue;
                    };
                    again = true;
                    let mut less = term.clone();
                    less.multiply(key, &term.factors[key].0, -2.0);
                    let other = Product::of(Atom::Call(b, x), 2.0).scaled(sign);
                    next.push(less.times(&other));
                    next.push(less.scaled(start));
                }
                if !again {
                    break;
                }
                changed = true;
                now = self.collected(next)?;
            }
            if changed {
                all.push(now);
            }
        }
        Some(all)
    }

    /// `common` times the sum of `terms`, divided by whatever sum stands below and goes into it.
    fn divided(&mut self, common: Product, terms: Vec<Product>) -> Option<Product> {
        let (mut common, mut terms) = (common, terms);
        if terms.is_empty() {
            return Some(Product::number(0.0));
        }
        let below: Vec<_> =
            common.factors.iter().map(|(key, (atom, _))| (key.clone(), atom.clone())).collect();
        for (key, atom) in below {
            let Atom::Sum(divisor) = &atom else { continue };
            while common.power_of(&key) < 0.0 && divisor.len() > 1 {
                let Some(quotient) = self.quotient(&terms, divisor) else { break };
                terms = quotient;
                common.multiply(&key, &atom, 1.0);
            }
        }
        let content = shared(&terms);
        let below = content.inverse()?;
        let mut rest: Vec<_> = terms.iter().map(|term| term.times(&below)).collect();
        let common = common.times(&content);
        if let [only] = &rest[..] {
            return Some(common.times(only));
        }
        let scale = measure(&rest);
        rest.iter_mut().for_each(|term| term.number /= scale);
        Some(common.times(&Product::of(Atom::Sum(rest.into()), 1.0)).scaled(scale))
    }

    /// Long division, by the order of the letters; `None` if something is left over.
    fn quotient(&mut self, terms: &[Product], divisor: &[Product]) -> Option<Vec<Product>> {
        let highest = |all: &[Product]| all.iter().max_by(|a, b| order(a, b)).cloned();
        let lead = highest(divisor)?;
        let (mut left, mut quotient) = (terms.to_vec(), Vec::new());
        while let Some(top) = highest(&left) {
            let step = top.times(&lead.inverse()?);
            if step.factors.values().any(|(_, power)| *power < 0.0) || quotient.len() >= WIDEST {
                return None;
            }
            self.work(divisor.len())?;
            left.extend(divisor.iter().map(|term| term.times(&step).scaled(-1.0)));
            left = self.collected(left)?;
            quotient.push(step);
        }
        Some(quotient)
    }
}

/// Powers that all terms have in common; those below stand there whole.
fn shared(terms: &[Product]) -> Product {
    let mut all = Product::number(1.0);
    for term in terms {
        for (key, (atom, _)) in &term.factors {
            let least = terms.iter().map(|term| term.power_of(key)).fold(f64::INFINITY, f64::min);
            if least != 0.0 && !all.factors.contains_key(key) {
                all.multiply(key, atom, least);
            }
        }
    }
    all
}

/// The number that a sum is a multiple of: its coefficients become whole and share no divisor; the first is positive.
fn measure(terms: &[Product]) -> f64 {
    let gcd = |mut a: u64, mut b: u64| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let mut below = 1;
    for term in terms {
        let Some((_, q)) = fraction(term.number.abs()) else { return terms[0].number };
        below = below / gcd(below, q) * q;
        if below > 1_000_000 {
            return terms[0].number;
        }
    }
    let whole = terms.iter().map(|term| (term.number.abs() * below as f64).round() as u64);
    terms[0].number.signum() * whole.fold(0, gcd) as f64 / below as f64
}

/// A positive number as p/q with a small q.
fn fraction(number: f64) -> Option<(u64, u64)> {
    let fits = |q: &u64| {
        let p = number * *q as f64;
        p < 1e9 && p.round() >= 1.0 && (p - p.round()).abs() < 1e-11 * p
    };
    let q = (1..=100).chain([125, 128, 200, 250, 256, 400, 500, 512, 625, 1000]).find(fits)?;
    Some(((number * q as f64).round() as u64, q))
}

/// By the power of the first letter, then of the second, …
fn order(a: &Product, b: &Product) -> std::cmp::Ordering {
    let mut keys: Vec<&String> = a.factors.keys().chain(b.factors.keys()).collect();
    keys.sort();
    let gap = keys.into_iter().map(|key| a.power_of(key).total_cmp(&b.power_of(key)));
    gap.into_iter().find(|one| one.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
}

impl Atom {
    /// How it is written, after a digit that puts letters before functions before sums.
    fn key(&self) -> String {
        match self {
            Atom::Variable(which) => format!("{}{}", u8::from(*which < 2), VARIABLES[usize::from(*which)]),
            Atom::Call(..) => format!("2{}", self.written(1.0)),
            Atom::Sum(..) => format!("4{}", self.written(1.0)),
            Atom::Power(..) => format!("3{}", self.written(1.0)),
        }
    }

    /// Raised to a positive power.
    fn written(&self, power: f64) -> String {
        let text = match self {
            Atom::Variable(which) => VARIABLES[usize::from(*which)].to_owned(),
            Atom::Call(F::Exp, x) => return format!("exp({})", (**x).clone().scaled(power).written()),
            Atom::Call(function, x) => {
                let name = F::ALL.iter().find(|(_, known)| known == function).map_or("", |(name, _)| name);
                format!("{name}({})", x.written())
            }
            Atom::Sum(terms) => format!("({})", sum_written(terms)),
            Atom::Power(base, exponent) => format!("(({})^({}))", base.written(), exponent.written()),
        };
        match power {
            1.0 => text,
            0.5 if text.starts_with('(') => format!("sqrt{text}"),
            0.5 => format!("sqrt({text})"),
            _ => format!("{text}^{}", decimal(power)),
        }
    }
}

fn sum_written(terms: &[Product]) -> String {
    let mut text = String::new();
    for (i, term) in terms.iter().enumerate() {
        let shown = term.clone().scaled(term.number.signum()).written_as(false);
        let sign = if term.number < 0.0 { "-" } else { "+" };
        match (i, sign) {
            (0, "+") => text += &shown,
            (0, _) => text += &format!("-{shown}"),
            _ => text += &format!(" {sign} {shown}"),
        }
    }
    text
}

fn decimal(number: f64) -> String {
    let rounded: f64 = format!("{number:.12e}").parse().unwrap_or(number);
    format!("{rounded}")
}

impl Product {
    /// As visitors write formulas: it can be read again.
    pub fn written(&self) -> String {
        self.written_as(true)
    }

    /// `alone`: a sum needs no parentheses.
    fn written_as(&self, alone: bool) -> String {
        if self.is_zero() {
            return "0".to_owned();
        }
        let (top, below) =
            fraction(self.number.abs()).map_or((decimal(self.number.abs()), 1), |(p, q)| (p.to_string(), q));
        let sign = if self.number < 0.0 { "-" } else { "" };
        let side = |up: bool| -> Vec<String> {
            let on = self.factors.values().filter(|(_, power)| (*power > 0.0) == up);
            on.map(|(atom, power)| atom.written(power.abs())).collect()
        };
        let (mut over, mut under) = (side(true), side(false));
        let mut factors = self.factors.values();
        if let (Some((Atom::Sum(terms), 1.0)), None, 1.0, true) =
            (factors.next(), factors.next(), self.number, alone)
        {
            return sum_written(terms);
        }
        if top != "1" || over.is_empty() {
            over.insert(0, top);
        }
        if below > 1 {
            under.insert(0, below.to_string());
        }
        let line = |all: &[String]| all.join(" ");
        match under.len() {
            0 => format!("{sign}{}", line(&over)),
            1 => format!("{sign}{}/{}", line(&over), under[0]),
            _ => format!("{sign}{}/({})", line(&over), line(&under)),
        }
    }
}

/// K and Γ^1_11, Γ^1_12, Γ^1_22, Γ^2_11, Γ^2_12, Γ^2_22 of ds² = E du² + 2F du dv + G dv²; `None` for what takes too long.
pub struct Symbols {
    pub curvature: Option<Product>,
    pub christoffel: [Option<Product>; 6],
}

/// Of a surface x, y, z: the products of its tangents.
fn first_form(algebra: &mut Algebra, space: &[Expression; 3]) -> Option<[Product; 3]> {
    let mut tangents = [const { Vec::new() }; 2];
    for coordinate in space {
        let read = algebra.read(coordinate)?;
        for axis in [0, 1] {
            tangents[axis].push(algebra.slope(&read, axis as u8)?);
        }
    }
    let [u, v] = tangents;
    let mut dot =
        |a: &[Product], b: &[Product]| algebra.sum(a.iter().zip(b).map(|(a, b)| a.times(b)).collect());
    Some([dot(&u, &u)?, dot(&u, &v)?, dot(&v, &v)?])
}

impl Symbols {
    /// Of lengths that come from `source`; `None` where E, F and G themselves take too long.
    pub fn of(source: &Source) -> Option<Self> {
        let mut algebra = Algebra::default();
        let form = match source {
            Source::Metric([e, f, g]) => [algebra.read(e)?, algebra.read(f)?, algebra.read(g)?],
            Source::Conformal(f) => {
                let f = algebra.read(f)?;
                [f.clone(), Product::number(0.0), f]
            }
            Source::Embedding(space) => first_form(&mut algebra, space)?,
        };
        Some(Self::of_form(&form))
    }

    fn of_form([e, f, g]: &[Product; 3]) -> Self {
        let none = || Self { curvature: None, christoffel: [const { None }; 6] };
        let mut algebra = Algebra::default();
        let mut begin = || {
            let mut slopes = [const { Vec::new() }; 2];
            for axis in [0, 1] {
                for one in [e, f, g] {
                    slopes[axis].push(algebra.slope(one, axis as u8)?);
                }
            }
            let area = algebra.sum(vec![e.times(g), f.times(f).scaled(-1.0)])?;
            Some((slopes, area.inverse()?))
        };
        let Some((slopes, below)) = begin() else { return none() };
        let [u, v] = &slopes;
        let half = |one: &Product| one.clone().scaled(0.5);
        let minus = |one: &Product, other: Product, algebra: &mut Algebra| {
            algebra.sum(vec![one.clone(), other.scaled(-1.0)])
        };
        let mut algebra = Algebra::default();
        let first = [Some(half(&u[0])), Some(half(&v[0])), minus(&v[1], half(&u[2]), &mut algebra)];
        let second = [minus(&u[1], half(&v[0]), &mut algebra), Some(half(&u[2])), Some(half(&v[2]))];
        let solve = |i: usize, upper: bool| {
            let (p, q) = (first[i].as_ref()?, second[i].as_ref()?);
            let terms = if upper { [g.times(p), f.times(q)] } else { [e.times(q), f.times(p)] };
            let [one, other] = terms;
            let mut algebra = Algebra::default();
            let sum = algebra.sum(vec![one.times(&below), other.times(&below).scaled(-1.0)])?;
            Some(sum)
        };
        let christoffel = std::array::from_fn(|i| solve(i % 3, i < 3));
        let curvature = (|| {
            let mut algebra = Algebra::default();
            let two = |one: &Product, axis: u8, algebra: &mut Algebra| algebra.slope(one, axis);
            let (vv, uv, uu) =
                (two(&v[0], 1, &mut algebra)?, two(&u[1], 1, &mut algebra)?, two(&u[2], 0, &mut algebra)?);
            let (p, q) = (first[2].as_ref()?, second[0].as_ref()?);
            // Brioschi's two determinants, term by term.
            let mut terms = Vec::new();
            for (top, sign) in [(&vv, -0.5), (&uv, 1.0), (&uu, -0.5)] {
                terms.push(top.times(e).times(g).scaled(sign));
                terms.push(top.times(f).times(f).scaled(-sign));
            }
            let (eu, ev, gu, gv) = (half(&u[0]), half(&v[0]), half(&u[2]), half(&v[2]));
            terms.push(eu.times(p).times(g).scaled(-1.0));
            terms.push(eu.times(f).times(&gv));
            terms.push(q.times(p).times(f));
            terms.push(q.times(e).times(&gv).scaled(-1.0));
            terms.push(ev.times(&ev).times(g));
            terms.push(ev.times(f).times(&gu).scaled(-2.0));
            terms.push(gu.times(e).times(&gu));
            let below = below.times(&below);
            algebra.sum(terms.into_iter().map(|term| term.times(&below)).collect())
        })();
        Self { curvature, christoffel }
    }
}
