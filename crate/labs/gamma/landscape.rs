//! The landscape: ln |f| and arg f over a window of the plane, asked for by the window.

use super::{function, settings::Settings};
use crate::math::complex::complex;
use crate::runtime::frame::Frame;

/// Points of one picture at most: a screen's.
const MOST: usize = 4_000_000;

/// `landscape:cx,cy,span,width,height[,from,rows]`: the middle and the width of the window, the size of the picture in points, and
/// which of its rows are wanted.
pub struct Window {
    centre: [f64; 2],
    span: f64,
    width: usize,
    height: usize,
    rows: std::ops::Range<usize>,
}

impl Window {
    /// What is written behind the colon; `None` where that is no window.
    pub fn read(text: &str) -> Option<Self> {
        let numbers = text.split(',').map(|part| part.parse::<f64>().ok());
        let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
        let &[cx, cy, span, width, height, ref rows @ ..] = &numbers[..] else { return None };
        let whole = |value: f64| (value >= 0.0 && value <= MOST as f64).then_some(value as usize);
        let (width, height) = (whole(width)?, whole(height)?);
        let rows = match *rows {
            [] => 0..height,
            [from, count] => whole(from)?..(whole(from)? + whole(count)?).min(height),
            _ => return None,
        };
        let fits = width > 0 && rows.start < rows.end && width * rows.len() <= MOST;
        let real = cx.is_finite() && cy.is_finite() && span > 0.0 && span.is_finite();
        (fits && real).then_some(Self { centre: [cx, cy], span, width, height, rows })
    }
}

/// [rows, width, 2]: ln |f| and arg f, or the decimal logarithm of what f misses and 0. The first row is the highest.
pub fn frame(settings: &Settings, window: &Window) -> Frame {
    let Window { centre: [cx, cy], span, width, height, ref rows } = *window;
    let cell = span / width as f64;
    let mut data = Vec::with_capacity(2 * width * rows.len());
    for row in rows.clone() {
        let y = cy + (height as f64 / 2.0 - row as f64 - 0.5) * cell;
        for column in 0..width {
            let z = complex(cx + (column as f64 + 0.5 - width as f64 / 2.0) * cell, y);
            let shown = if settings.residual {
                complex(function::residual(settings, z).map_or(f64::NAN, |off| libm::log10(off + 1e-17)), 0.0)
            } else {
                function::quickly(settings, z)
            };
            data.extend([shown.re as f32, shown.im as f32]);
        }
    }
    Frame::new("landscape", [rows.len(), width, 2], data)
}
