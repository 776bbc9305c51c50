//! What surrounds a building: the hour, the sky, the light, the ground, trees.

use super::canvas::{Canvas, Colour, SIZE, across, down, mix, scaled};
use crate::data::rng::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hour {
    Day,
    Dusk,
    Night,
}

/// Skies of an hour: (top, horizon).
const DAY: [[Colour; 2]; 4] = [
    [[0.36, 0.63, 0.92], [0.80, 0.92, 0.98]],
    [[0.45, 0.72, 0.88], [0.90, 0.95, 0.90]],
    [[0.55, 0.68, 0.90], [0.99, 0.91, 0.83]],
    [[0.33, 0.70, 0.80], [0.85, 0.95, 0.93]],
];
const DUSK: [[Colour; 2]; 3] = [
    [[0.31, 0.27, 0.52], [0.99, 0.62, 0.42]],
    [[0.44, 0.33, 0.58], [0.99, 0.74, 0.58]],
    [[0.20, 0.32, 0.52], [0.98, 0.60, 0.48]],
];
const NIGHT: [[Colour; 2]; 3] = [
    [[0.05, 0.07, 0.19], [0.19, 0.23, 0.45]],
    [[0.03, 0.10, 0.20], [0.13, 0.31, 0.43]],
    [[0.10, 0.06, 0.22], [0.32, 0.20, 0.44]],
];

/// A lit window.
const LAMP: Colour = [1.0, 0.84, 0.45];

pub struct Scene {
    pub canvas: Canvas,
    pub rng: Rng,
    pub hour: Hour,
    pub horizon: Colour,
    /// Height of the line on which buildings stand.
    pub ground: f32,
    /// Where the middle of the building is.
    pub middle: f32,
    /// What the hour makes of a colour.
    tint: Colour,
    /// Share of lit windows.
    lit: f64,
}

impl Scene {
    /// The sky, and nothing on the ground yet.
    pub fn new(mut rng: Rng) -> Self {
        let hour = match rng.whole(0, 9) {
            0..5 => Hour::Day,
            5..7 => Hour::Dusk,
            _ => Hour::Night,
        };
        let (skies, tint, lit) = match hour {
            Hour::Day => (&DAY[..], [1.0, 1.0, 1.0], 0.0),
            Hour::Dusk => (&DUSK[..], [0.90, 0.72, 0.74], 0.45),
            Hour::Night => (&NIGHT[..], [0.52, 0.56, 0.80], 0.75),
        };
        let [top, horizon] = rng.pick(skies);
        let ground = rng.length(26, 28);
        let middle = 16.0 + rng.between(-1.5, 1.5).round();
        let canvas = Canvas::new(down(0.0, ground, top, horizon));
        let mut scene = Self { canvas, rng, hour, horizon, ground, middle, tint, lit };
        match hour {
            Hour::Day => scene.day_sky(),
            Hour::Dusk => scene.low_sun(),
            Hour::Night => scene.night_sky(),
        }
        scene
    }

    fn day_sky(&mut self) {
        if self.rng.chance(0.45) {
            let (centre, radius) = ([self.rng.between(3.5, 7.0), self.rng.between(3.5, 6.5)], 2.1);
            self.canvas.glow(centre, 7.0, 0.7, [1.0, 0.97, 0.80]);
            self.canvas.ellipse(centre, radius, radius, |_, _| [1.0, 0.93, 0.55]);
        }
        for _ in 0..self.rng.whole(0, 2) {
            let (x, y) = (self.rng.between(5.0, 29.0), self.rng.between(3.0, 11.0));
            let width = self.rng.between(2.6, 4.2);
            let white = mix([1.0; 3], self.horizon, 0.25);
            self.canvas.ellipse([x, y], width, 1.1, |_, _| white);
            self.canvas.ellipse([x - 0.25 * width, y - 0.8], 0.5 * width, 1.2, |_, _| [0.98; 3]);
        }
    }

    fn low_sun(&mut self) {
        let centre = [self.rng.between(3.0, 8.0), self.ground - self.rng.between(1.5, 7.0)];
        self.canvas.glow(centre, 11.0, 0.8, [1.0, 0.85, 0.55]);
        self.canvas.ellipse(centre, 2.7, 2.7, |_, _| [1.0, 0.90, 0.66]);
    }

    fn night_sky(&mut self) {
        for _ in 0..self.rng.whole(4, 9) {
            let (x, y) = (self.rng.length(0, 31), self.rng.length(0, 17));
            self.canvas.rect([x, y, x + 1.0, y + 1.0], |_, _| [0.80, 0.84, 0.95]);
        }
        let centre = [self.rng.between(3.5, 7.5), self.rng.between(3.5, 7.0)];
        self.canvas.glow(centre, 7.0, 0.45, [0.75, 0.80, 0.95]);
        self.canvas.ellipse(centre, 2.1, 2.1, |_, _| [0.97, 0.95, 0.84]);
        if self.rng.chance(0.5) {
            let sky = self.canvas.pixels[16];
            let bite = [centre[0] + 1.2, centre[1] - 0.7];
            self.canvas.ellipse(bite, 2.0, 2.0, |_, _| mix(sky, [0.3, 0.34, 0.5], 0.3));
        }
    }

    /// `colour` in the light of the hour.
    pub fn lit(&self, colour: Colour) -> Colour {
        std::array::from_fn(|i| colour[i] * self.tint[i])
    }

    /// Land: a far hill or two, then the ground in front in `colour`, or in one of its own.
    pub fn land(&mut self, colour: Option<Colour>) {
        let fields = [
            [0.46, 0.68, 0.36],
            [0.58, 0.72, 0.38],
            [0.38, 0.60, 0.40],
            [0.86, 0.77, 0.56],
            [0.92, 0.94, 0.97],
        ];
        let colour = colour.unwrap_or_else(|| self.rng.pick(&fields));
        for _ in 0..self.rng.whole(0, 2) {
            let far = mix(self.lit(mix(colour, [0.40, 0.55, 0.55], 0.4)), self.horizon, 0.5);
            let centre = [self.rng.between(2.0, 30.0), self.ground + 2.0];
            let (width, height) = (self.rng.between(9.0, 15.0), self.rng.between(5.0, 9.0));
            self.canvas.ellipse(centre, width, height, |_, _| far);
        }
        self.floor(colour);
    }

    /// The ground from the line on which buildings stand to the lower edge.
    pub fn floor(&mut self, colour: Colour) {
        let (size, near) = (SIZE as f32, self.lit(colour));
        let corners = [0.0, self.ground, size, size];
        self.canvas.rect(corners, down(self.ground, size, near, scaled(near, 0.72)));
    }

    /// Water, lighter towards the horizon.
    pub fn water(&mut self, from: f32) {
        let size = SIZE as f32;
        let deep = self.lit([0.16, 0.42, 0.58]);
        let far = mix(self.lit([0.36, 0.66, 0.76]), self.horizon, 0.45);
        self.canvas.rect([0.0, from, size, size], down(from, size, far, deep));
    }

    /// Deep water from `from` down, where piers have to end.
    pub fn water_below(&mut self, from: f32) {
        let size = SIZE as f32;
        let (near, deep) = (self.lit([0.22, 0.50, 0.64]), self.lit([0.14, 0.38, 0.54]));
        self.canvas.rect([0.0, from, size, size], down(from, size, near, deep));
    }

    /// A straight wall, the light coming from the left.
    pub fn wall(&mut self, corners: [f32; 4], colour: Colour) {
        let [x0, y0, x1, y1] = corners;
        let colour = self.lit(colour);
        self.canvas.rect(corners, across(x0, x1, scaled(colour, 1.04), scaled(colour, 0.92)));
        let side = x1 - ((x1 - x0) * 0.22).round();
        self.canvas.rect([side, y0, x1, y1], |_, _| scaled(colour, 0.72));
    }

    /// The colour of something round about `x` of half width `radius`.
    pub fn round(&self, x: f32, radius: f32, colour: Colour) -> impl Fn(f32, f32) -> Colour + use<> {
        let colour = self.lit(colour);
        move |u, _| scaled(colour, 1.06 - 0.26 * (((u - x) / radius + 0.35).abs()).min(1.4))
    }

    /// One window pane from corner to corner; whether it is lit is a matter of chance.
    pub fn window(&mut self, corners: [f32; 4]) {
        let colour = if self.rng.chance(self.lit) {
            LAMP
        } else {
            match self.hour {
                Hour::Day => [0.36, 0.50, 0.64],
                Hour::Dusk => [0.36, 0.31, 0.46],
                Hour::Night => [0.11, 0.14, 0.28],
            }
        };
        self.canvas.rect(corners, |_, _| colour);
    }

    /// `columns` x `rows` windows of `size`, evenly spread between the corners.
    pub fn windows(&mut self, [x0, y0, x1, y1]: [f32; 4], columns: u32, rows: u32, size: [f32; 2]) {
        let place = |from: f32, to: f32, count: u32, length: f32, i: u32| {
            let gap = (to - from - count as f32 * length) / (count as f32 + 1.0);
            (from + gap + i as f32 * (gap + length)).round()
        };
        for row in 0..rows {
            for column in 0..columns {
                let x = place(x0, x1, columns, size[0], column);
                let y = place(y0, y1, rows, size[1], row);
                self.window([x, y, x + size[0], y + size[1]]);
            }
        }
    }

    /// A round tree whose trunk stands at `x`.
    pub fn tree(&mut self, x: f32, height: f32) {
        let leaves = self.rng.pick(&[
            [0.28, 0.52, 0.30],
            [0.36, 0.60, 0.32],
            [0.20, 0.44, 0.34],
            [0.88, 0.55, 0.28],
            [0.93, 0.66, 0.72],
        ]);
        let (base, leaves) = (self.ground, self.lit(leaves));
        let trunk = self.lit([0.42, 0.30, 0.22]);
        self.canvas.rect([x - 0.5, base - 0.5 * height, x + 0.5, base + 0.3], |_, _| trunk);
        let radius = 0.32 * height;
        let top = base - height;
        let paint = down(top, top + 2.4 * radius, scaled(leaves, 1.15), scaled(leaves, 0.75));
        self.canvas.ellipse([x, top + 1.2 * radius], radius, 1.2 * radius, paint);
    }

    /// A fir whose trunk stands at `x`.
    pub fn fir(&mut self, x: f32, height: f32) {
        let (base, needles) = (self.ground, self.lit([0.17, 0.40, 0.33]));
        let half = 0.28 * height;
        let points = [[x - half, base], [x, base - height], [x + half, base]];
        self.canvas.polygon(&points, across(x - half, x + half, scaled(needles, 1.2), scaled(needles, 0.75)));
    }

    /// A tree or a fir at either side, sometimes; `reach` is the building's half width.
    pub fn garden(&mut self, reach: f32) {
        for side in [-1.0, 1.0] {
            if self.rng.chance(0.4) {
                let x = self.middle + side * (reach + self.rng.between(2.0, 4.5));
                let height = self.rng.between(5.0, 9.0);
                if self.rng.chance(0.6) { self.tree(x, height) } else { self.fir(x, height) }
            }
        }
    }
}
