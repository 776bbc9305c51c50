//! Numbers within sentences, as the page writes them: 0.0078, 2.0 × 10⁻²⁴².

/// `value`, not negative, with two significant digits.
pub fn written(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-3..1e6).contains(&value) || !value.is_finite() {
        let digits = (1.0 - libm::log10(value).floor()).clamp(0.0, 4.0) as usize;
        return format!("{value:.digits$}");
    }
    let scientific = format!("{value:.1e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("scientific notation has an exponent");
    raised(mantissa, exponent)
}

/// 10 to the power of `log10`, which may be far below the smallest f64.
pub fn power_of_ten(log10: f64) -> String {
    if log10 == f64::NEG_INFINITY {
        return "0".to_owned();
    }
    // Rounding the mantissa up may fill a whole power.
    let full = libm::log10(9.95);
    let exponent = log10.floor() + if log10 - log10.floor() >= full { 1.0 } else { 0.0 };
    raised(&format!("{:.1}", libm::pow(10.0, log10 - exponent)), &exponent.to_string())
}

fn raised(mantissa: &str, exponent: &str) -> String {
    let raise = |sign: char| match sign {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        digit => char::from_u32('⁰' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
    };
    format!("{mantissa} × 10{}", exponent.chars().map(raise).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_on_paper() {
        let cases = [
            (0.0, "0"),
            (2.0 / 255.0, "0.0078"),
            (0.5, "0.50"),
            (12.34, "12"),
            (1e-3, "0.0010"),
            (1.16e-8, "1.2 × 10⁻⁸"),
            (9.96e-5, "1.0 × 10⁻⁴"),
            (4.5e17, "4.5 × 10¹⁷"),
        ];
        for (value, words) in cases {
            assert_eq!(written(value), words, "{value}");
        }
    }

    #[test]
    fn powers_of_ten_have_whole_exponents() {
        let cases = [
            (-241.7, "2.0 × 10⁻²⁴²"),
            (-30.0, "1.0 × 10⁻³⁰"),
            (-29.001, "1.0 × 10⁻²⁹"),
            (-0.5, "3.2 × 10⁻¹"),
            (3.25, "1.8 × 10³"),
            (f64::NEG_INFINITY, "0"),
        ];
        for (log10, words) in cases {
            assert_eq!(power_of_ten(log10), words, "{log10}");
        }
    }
}
