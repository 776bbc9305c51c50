//! Reads a formula by recursive descent, with bounds on its depth; what cannot be read is named with its place.
//!
//! sum = product (± product)… · product = factor ([* /] factor)…, where nothing between two factors multiplies, too ·
//! factor = − factor | power · power = atom [^ factor] · atom = number | name | (sum) | function[^n] argument.

use super::{
    expression::{Function, Instruction, VARIABLES},
    fault::Fault,
    tokens::{Token, tokens},
};

/// Deepest nesting of parentheses, signs, powers and functions.
const DEEPEST: usize = 48;

pub fn parse(text: &str) -> Result<Vec<Instruction>, Fault> {
    let length = text.chars().count();
    let mut parser = Parser { tokens: tokens(text)?, next: 0, length, depth: 0, code: Vec::new() };
    if parser.tokens.is_empty() {
        return Err(Fault::new(0, "there is no formula yet", "还没有公式"));
    }
    parser.sum()?;
    match parser.tokens.get(parser.next) {
        None => Ok(parser.code),
        Some((at, Token::Close)) => {
            Err(Fault::new(*at, "this parenthesis closes none that was opened", "这个括号没有对应的左括号"))
        }
        Some((at, _)) => Err(Fault::new(*at, "this cannot stand here", "这里不能这样写")),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    length: usize,
    depth: usize,
    code: Vec<Instruction>,
}

/// What a name can mean.
enum Meaning {
    Function(Function),
    /// Variables and constants, one after another: `uv` is u times v.
    Factors(Vec<Instruction>),
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    /// Where the next token stands, or where the text ends.
    fn place(&self) -> usize {
        self.tokens.get(self.next).map_or(self.length, |(at, _)| *at)
    }

    fn takes(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.next += usize::from(found);
        found
    }

    /// One level down, within bounds.
    fn deeper(&mut self, what: fn(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        if self.depth == DEEPEST {
            return Err(Fault::new(
                self.place(),
                format!("this is nested more than {DEEPEST} deep"),
                format!("嵌套超过 {DEEPEST} 层"),
            ));
        }
        self.depth += 1;
        let outcome = what(self);
        self.depth -= 1;
        outcome
    }

    fn sum(&mut self) -> Result<(), Fault> {
        self.product()?;
        loop {
            let sign = match self.peek() {
                Some(Token::Plus) => Instruction::Plus,
                Some(Token::Minus) => Instruction::Minus,
                _ => return Ok(()),
            };
            self.next += 1;
            self.product()?;
            self.code.push(sign);
        }
    }

    fn product(&mut self) -> Result<(), Fault> {
        self.factor()?;
        loop {
            let sign = match self.peek() {
                Some(Token::Times) => Instruction::Times,
                Some(Token::Over) => Instruction::Over,
                Some(Token::Number(_) | Token::Name(_) | Token::Open) => {
                    self.power()?;
                    self.code.push(Instruction::Times);
                    continue;
                }
                _ => return Ok(()),
            };
            self.next += 1;
            self.factor()?;
            self.code.push(sign);
        }
    }

    fn factor(&mut self) -> Result<(), Fault> {
        if self.takes(&Token::Plus) {
            return self.deeper(Self::factor);
        }
        if self.takes(&Token::Minus) {
            self.deeper(Self::factor)?;
            self.code.push(Instruction::Negate);
            return Ok(());
        }
        self.power()
    }

    fn power(&mut self) -> Result<(), Fault> {
        let place = self.place();
        match self.tokens.get(self.next).map(|(_, token)| token.clone()) {
            Some(Token::Number(value)) => {
                self.next += 1;
                self.code.push(Instruction::Number(value));
            }
            Some(Token::Open) => self.parenthesis()?,
            Some(Token::Name(name)) => {
                self.next += 1;
                match meaning(&name, place)? {
                    Meaning::Function(function) => self.call(function)?,
                    Meaning::Factors(factors) => return self.factors(&factors),
                }
            }
            Some(_) => return Err(Fault::new(place, "a value is missing before this", "这里之前缺一个值")),
            None => return Err(Fault::new(place, "a value is missing at the end", "末尾缺一个值")),
        }
        self.raised()
    }

    /// A power, if one follows; powers of powers belong to the right.
    fn raised(&mut self) -> Result<(), Fault> {
        if !self.takes(&Token::Power) {
            return Ok(());
        }
        self.deeper(Self::factor)?;
        self.code.push(Instruction::Power);
        Ok(())
    }

    /// `uv²` is u times v².
    fn factors(&mut self, factors: &[Instruction]) -> Result<(), Fault> {
        for (i, factor) in factors.iter().enumerate() {
            self.code.push(*factor);
            if i + 1 == factors.len() {
                self.raised()?;
            }
            if i > 0 {
                self.code.push(Instruction::Times);
            }
        }
        Ok(())
    }

    fn parenthesis(&mut self) -> Result<(), Fault> {
        let opened = self.place();
        self.next += 1;
        self.deeper(Self::sum)?;
        if self.takes(&Token::Close) {
            return Ok(());
        }
        if self.next < self.tokens.len() {
            return Err(Fault::new(self.place(), "this cannot stand here", "这里不能这样写"));
        }
        Err(Fault::new(opened, "this parenthesis is never closed", "这个括号没有闭合"))
    }

    /// sin(u), sin u, sin 2u, sin²u.
    fn call(&mut self, function: Function) -> Result<(), Fault> {
        let power = match self.tokens.get(self.next..self.next + 2) {
            Some([(_, Token::Power), (_, Token::Number(n))]) => Some(*n),
            _ => None,
        };
        if power.is_some() {
            self.next += 2;
        }
        if self.peek() == Some(&Token::Open) {
            self.parenthesis()?;
        } else {
            self.deeper(Self::argument)?;
        }
        self.code.push(Instruction::Call(function));
        if let Some(n) = power {
            self.code.extend([Instruction::Number(n), Instruction::Power]);
        }
        Ok(())
    }

    /// What a function takes without parentheses: numbers, then one factor.
    fn argument(&mut self) -> Result<(), Fault> {
        if self.takes(&Token::Minus) {
            self.deeper(Self::argument)?;
            self.code.push(Instruction::Negate);
            return Ok(());
        }
        let number = matches!(self.peek(), Some(Token::Number(_)));
        self.power()?;
        if number && matches!(self.peek(), Some(Token::Number(_) | Token::Name(_) | Token::Open)) {
            self.deeper(Self::argument)?;
            self.code.push(Instruction::Times);
        }
        Ok(())
    }
}

fn meaning(name: &str, at: usize) -> Result<Meaning, Fault> {
    if let Some((_, function)) = Function::ALL.iter().find(|(word, _)| *word == name) {
        return Ok(Meaning::Function(*function));
    }
    let one = |word: &str| -> Option<Instruction> {
        let word = match word {
            "x" => "u",
            "y" => "v",
            "pi" | "π" => return Some(Instruction::Number(std::f64::consts::PI)),
            "e" => return Some(Instruction::Number(std::f64::consts::E)),
            other => other,
        };
        VARIABLES.iter().position(|v| *v == word).map(|v| Instruction::Variable(v as u8))
    };
    if let Some(whole) = one(name) {
        return Ok(Meaning::Factors(vec![whole]));
    }
    let letters: Option<Vec<_>> = name.chars().map(|c| one(c.encode_utf8(&mut [0; 4]))).collect();
    letters.map(Meaning::Factors).ok_or_else(|| {
        let shown: String = name.chars().take(24).collect();
        Fault::new(
            at,
            format!("there is no \"{shown}\" here; write u, v, a, b, pi, e, or a function such as sin"),
            format!("这里没有“{shown}”；可以写 u、v、a、b、pi、e，或 sin 等函数"),
        )
    })
}
