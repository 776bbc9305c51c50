//! A small canvas: shapes with soft edges, painted one over another.

/// Height and width.
pub const SIZE: usize = 32;

/// Red, green, blue, from 0 to 1 as a screen shows them.
pub type Colour = [f32; 3];

/// `share` of the way from `a` to `b`.
pub fn mix(a: Colour, b: Colour, share: f32) -> Colour {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * share)
}

/// `colour` brighter (factor above 1) or darker.
pub fn scaled(colour: Colour, factor: f32) -> Colour {
    colour.map(|v| (v * factor).min(1.0))
}

/// A gradient along x from `left` at `x0` to `right` at `x1`.
pub fn across(x0: f32, x1: f32, left: Colour, right: Colour) -> impl Fn(f32, f32) -> Colour {
    move |x, _| mix(left, right, ((x - x0) / (x1 - x0)).clamp(0.0, 1.0))
}

/// A gradient along y from `top` at `y0` to `bottom` at `y1`.
pub fn down(y0: f32, y1: f32, top: Colour, bottom: Colour) -> impl Fn(f32, f32) -> Colour {
    move |_, y| mix(top, bottom, ((y - y0) / (y1 - y0)).clamp(0.0, 1.0))
}

/// Sub-samples of a pixel in each direction.
const FINE: usize = 4;

/// A picture in the making; x goes right and y down, from 0 to [`SIZE`].
pub struct Canvas {
    /// Row by row.
    pub pixels: Vec<Colour>,
}

impl Canvas {
    pub fn new(paint: impl Fn(f32, f32) -> Colour) -> Self {
        let centres = (0..SIZE * SIZE).map(|i| ((i % SIZE) as f32 + 0.5, (i / SIZE) as f32 + 0.5));
        Self { pixels: centres.map(|(x, y)| paint(x, y)).collect() }
    }

    /// Paints each pixel between the corners as opaquely as `cover` says of its corner (0 to 1).
    fn paint(
        &mut self,
        [x0, y0, x1, y1]: [f32; 4],
        cover: impl Fn(f32, f32) -> f32,
        paint: impl Fn(f32, f32) -> Colour,
    ) {
        let first = |v: f32| v.floor().clamp(0.0, SIZE as f32) as usize;
        let last = |v: f32| v.ceil().clamp(0.0, SIZE as f32) as usize;
        for y in first(y0)..last(y1) {
            for x in first(x0)..last(x1) {
                let (left, top) = (x as f32, y as f32);
                let share = cover(left, top);
                if share > 0.0 {
                    let here = &mut self.pixels[y * SIZE + x];
                    *here = mix(*here, paint(left + 0.5, top + 0.5), share);
                }
            }
        }
    }

    /// The rectangle from (x0, y0) to (x1, y1).
    pub fn rect(&mut self, corners: [f32; 4], paint: impl Fn(f32, f32) -> Colour) {
        let [x0, y0, x1, y1] = corners;
        let overlap = |from: f32, a: f32, b: f32| (b.min(from + 1.0) - a.max(from)).clamp(0.0, 1.0);
        self.paint(corners, |x, y| overlap(x, x0, x1) * overlap(y, y0, y1), paint);
    }

    /// The polygon through `points`, where it is wound round an odd number of times.
    pub fn polygon(&mut self, points: &[[f32; 2]], paint: impl Fn(f32, f32) -> Colour) {
        let least = |i: usize| points.iter().map(|p| p[i]).fold(f32::INFINITY, f32::min);
        let most = |i: usize| points.iter().map(|p| p[i]).fold(f32::NEG_INFINITY, f32::max);
        let corners = [least(0), least(1), most(0), most(1)];
        self.paint(corners, share_of(|x, y| encloses(points, x, y)), paint);
    }

    /// The ellipse about (x, y).
    pub fn ellipse(&mut self, [x, y]: [f32; 2], rx: f32, ry: f32, paint: impl Fn(f32, f32) -> Colour) {
        let inside = |u: f32, v: f32| ((u - x) / rx).powi(2) + ((v - y) / ry).powi(2) <= 1.0;
        self.paint([x - rx, y - ry, x + rx, y + ry], share_of(inside), paint);
    }

    /// A straight line of this width.
    pub fn line(&mut self, a: [f32; 2], b: [f32; 2], width: f32, paint: impl Fn(f32, f32) -> Colour) {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let scale = width / 2.0 / (dx * dx + dy * dy).sqrt();
        let (nx, ny) = (-dy * scale, dx * scale);
        let corner = |p: [f32; 2], side: f32| [p[0] + side * nx, p[1] + side * ny];
        self.polygon(&[corner(a, 1.0), corner(b, 1.0), corner(b, -1.0), corner(a, -1.0)], paint);
    }

    /// Light that fades to nothing at distance `reach` from (x, y).
    pub fn glow(&mut self, [x, y]: [f32; 2], reach: f32, strength: f32, light: Colour) {
        let cover = |u: f32, v: f32| {
            let distance = ((u + 0.5 - x).powi(2) + (v + 0.5 - y).powi(2)).sqrt();
            strength * (1.0 - distance / reach).max(0.0).powi(2)
        };
        self.paint([x - reach, y - reach, x + reach, y + reach], cover, |_, _| light);
    }

    /// A veil over the rectangle, `strength` from 0 to 1.
    pub fn veil(&mut self, corners: [f32; 4], strength: f32, colour: Colour) {
        self.paint(corners, |_, _| strength, |_, _| colour);
    }

    /// Left and right change places.
    pub fn mirror(&mut self) {
        self.pixels.chunks_exact_mut(SIZE).for_each(<[Colour]>::reverse);
    }
}

/// The share of a pixel's sub-samples that are inside, by the pixel's corner.
fn share_of(inside: impl Fn(f32, f32) -> bool) -> impl Fn(f32, f32) -> f32 {
    move |x, y| {
        let fine = |i: usize| (i as f32 + 0.5) / FINE as f32;
        let hits = (0..FINE * FINE).filter(|i| inside(x + fine(i % FINE), y + fine(i / FINE))).count();
        hits as f32 / (FINE * FINE) as f32
    }
}

fn encloses(points: &[[f32; 2]], x: f32, y: f32) -> bool {
    let edges = points.iter().zip(points.iter().cycle().skip(1));
    let crossed = edges
        .filter(|([ax, ay], [bx, by])| (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax);
    crossed.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ink(canvas: &Canvas) -> f32 {
        canvas.pixels.iter().map(|c| c[0]).sum()
    }

    #[test]
    fn shapes_cover_their_area() {
        let white = |_, _| [1.0; 3];
        let blank = || Canvas::new(|_, _| [0.0; 3]);
        let mut canvas = blank();
        canvas.rect([3.25, 4.5, 9.75, 7.0], white);
        assert!((ink(&canvas) - 6.5 * 2.5).abs() < 1e-4);
        let mut canvas = blank();
        canvas.polygon(&[[2.0, 2.0], [22.0, 2.0], [12.0, 18.0]], white);
        // Sixteen samples a pixel: an edge pixel is wrong by less than 1/8, and about 52 lie on the edges.
        assert!((ink(&canvas) - 160.0).abs() < 2.0, "{}", ink(&canvas));
        let mut canvas = blank();
        canvas.ellipse([15.0, 16.0], 8.0, 5.0, white);
        assert!((ink(&canvas) - std::f32::consts::PI * 40.0).abs() < 2.0, "{}", ink(&canvas));
        let mut canvas = blank();
        canvas.line([4.0, 5.0], [20.0, 17.0], 2.0, white);
        assert!((ink(&canvas) - 40.0).abs() < 1.5, "{}", ink(&canvas));
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let mut canvas = Canvas::new(|_, _| [0.0; 3]);
        canvas.rect([-5.0, -5.0, 100.0, 100.0], |_, _| [1.0; 3]);
        assert_eq!(ink(&canvas), (SIZE * SIZE) as f32);
    }
}
