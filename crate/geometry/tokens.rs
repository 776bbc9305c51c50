//! The words of a formula: numbers, names, signs. Reads what people type: 2u, u², −, ·, π.

use super::fault::Fault;

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Number(f64),
    Name(String),
    Plus,
    Minus,
    Times,
    Over,
    Power,
    Open,
    Close,
}

/// Tokens with the place of the first character of each.
pub fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Fault> {
    let letters: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        let letter = letters[at];
        let end = match letter {
            c if c.is_whitespace() => at + 1,
            '0'..='9' | '.' => {
                let end = number_end(&letters, at);
                found.push((at, Token::Number(number(&letters, at, end)?)));
                end
            }
            c if c.is_alphabetic() => {
                let end = at + letters[at..].iter().take_while(|c| c.is_alphabetic()).count();
                found.push((at, Token::Name(letters[at..end].iter().collect())));
                end
            }
            _ => {
                found.extend(sign(letter, at)?);
                // ** is how programs write a power.
                let doubled = letter == '*' && letters.get(at + 1) == Some(&'*');
                if doubled {
                    *found.last_mut().expect("just found") = (at, Token::Power);
                }
                at + 1 + usize::from(doubled)
            }
        };
        at = end;
    }
    Ok(found)
}

fn sign(letter: char, at: usize) -> Result<Vec<(usize, Token)>, Fault> {
    let one = |token| Ok(vec![(at, token)]);
    let power = |n: f64| Ok(vec![(at, Token::Power), (at, Token::Number(n))]);
    match letter {
        '+' => one(Token::Plus),
        '-' | '−' | '–' => one(Token::Minus),
        '*' | '·' | '×' | '⋅' => one(Token::Times),
        '/' | '÷' | '∕' => one(Token::Over),
        '^' => one(Token::Power),
        '(' | '[' | '（' => one(Token::Open),
        ')' | ']' | '）' => one(Token::Close),
        '²' => power(2.0),
        '³' => power(3.0),
        '⁴' => power(4.0),
        other => Err(Fault::new(
            at,
            format!("\"{other}\" means nothing in a formula"),
            format!("公式里没有“{other}”这种写法"),
        )),
    }
}

/// Where the number that begins at `at` ends: 12, 1.5, .5, 1e-3. An e that no digit follows is a name.
fn number_end(letters: &[char], at: usize) -> usize {
    let digits =
        |from: usize| letters[from..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let end = at + digits(at);
    let signed = matches!(letters.get(end + 1), Some('+' | '-' | '−'));
    let first = end + 1 + usize::from(signed);
    let has_exponent =
        matches!(letters.get(end), Some('e' | 'E')) && letters.get(first).is_some_and(char::is_ascii_digit);
    if has_exponent {
        first + letters[first..].iter().take_while(|c| c.is_ascii_digit()).count()
    } else {
        end
    }
}

fn number(letters: &[char], at: usize, end: usize) -> Result<f64, Fault> {
    let text: String = letters[at..end].iter().map(|c| if *c == '−' { '-' } else { *c }).collect();
    let shown: String = text.chars().take(24).collect();
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(Fault::new(at, format!("\"{shown}\" is too large"), format!("“{shown}”太大"))),
        Err(_) => Err(Fault::new(at, format!("\"{shown}\" is no number"), format!("“{shown}”不是数"))),
    }
}
