//! What water and wind ask for: a bridge, a lighthouse, a windmill.

use super::canvas::{Colour, across, mix, scaled};
use super::scene::{Hour, Scene};

/// A stone bridge of arches or a suspension bridge, over water.
pub fn bridge(s: &mut Scene) {
    let surface = s.ground - 4.0;
    s.ground = surface;
    s.land(None);
    s.water(surface);
    if s.rng.chance(0.5) {
        arches(s, surface)
    } else {
        suspended(s, surface)
    }
    s.canvas.veil([0.0, surface + 6.5, 32.0, surface + 7.0], 0.25, s.horizon);
}

fn arches(s: &mut Scene, surface: f32) {
    let stone = s.rng.pick(&[[0.78, 0.72, 0.64], [0.70, 0.50, 0.42], [0.72, 0.74, 0.78]]);
    let count = s.rng.whole(2, 3);
    let deck = surface - s.rng.length(6, 8);
    let lit = s.lit(stone);
    let foot = surface + 2.0;
    let span = 32.0 / count as f32;
    let before = s.canvas.pixels.clone();
    s.canvas.rect([0.0, deck, 32.0, foot], across(0.0, 32.0, scaled(lit, 1.05), scaled(lit, 0.85)));
    for i in 0..count {
        let x = span * (i as f32 + 0.5);
        let (rx, ry) = (0.5 * span - 1.6, foot - deck - 2.0);
        let under = |u: f32, v: f32| before[v as usize * 32 + u as usize];
        let shade = scaled(lit, 0.62);
        s.canvas.ellipse([x, foot], rx + 0.8, ry + 0.8, |_, _| shade);
        s.canvas.ellipse([x, foot], rx, ry, under);
    }
    s.water_below(foot);
    let rail = scaled(lit, 1.15);
    s.canvas.rect([0.0, deck - 1.0, 32.0, deck], |_, _| rail);
    lamps(s, deck - 1.0, span);
}

/// Street lamps along the deck.
fn lamps(s: &mut Scene, y: f32, span: f32) {
    let pole = s.lit([0.25, 0.26, 0.30]);
    let mut x = 0.25 * span;
    while x < 32.0 {
        let at = x.round();
        s.canvas.rect([at, y - 3.0, at + 1.0, y], |_, _| pole);
        let light = if s.hour == Hour::Day { [0.96, 0.94, 0.86] } else { [1.0, 0.86, 0.50] };
        if s.hour != Hour::Day {
            s.canvas.glow([at + 0.5, y - 3.5], 3.0, 0.7, light);
        }
        s.canvas.rect([at, y - 4.0, at + 1.0, y - 3.0], |_, _| light);
        x += 0.5 * span.max(11.0);
    }
}

fn suspended(s: &mut Scene, surface: f32) {
    let paint = s.rng.pick(&[[0.80, 0.30, 0.22], [0.66, 0.70, 0.74], [0.36, 0.52, 0.56]]);
    let steel = s.lit(paint);
    let (deck, top) = (surface - s.rng.length(3, 5), s.rng.length(5, 8));
    let towers = [7.0, 25.0];
    let sag = deck - 2.0;
    let cable = |x: f32| {
        let inner = ((x - 16.0) / 9.0).powi(2);
        if (7.0..=25.0).contains(&x) {
            sag + (top - sag) * inner
        } else {
            let out = if x < 7.0 { 7.0 - x } else { x - 25.0 };
            top + (sag - top) * (out / 8.0)
        }
    };
    for i in 0..16 {
        let x = 2.0 * i as f32;
        if i % 2 == 1 {
            let (y, thin) = (cable(x + 0.5), scaled(steel, 1.0));
            s.canvas.rect([x + 0.2, y, x + 0.8, deck], |_, _| thin);
        }
        s.canvas.line([x, cable(x)], [x + 2.0, cable(x + 2.0)], 1.0, |_, _| steel);
    }
    for x in towers {
        s.wall([x - 1.5, top - 1.0, x + 1.5, surface + 2.0], paint);
        s.canvas.veil([x - 0.5, top + 2.0, x + 0.5, deck - 1.0], 0.45, s.horizon);
        if s.hour != Hour::Day {
            s.canvas.glow([x, top - 1.5], 2.5, 0.9, [1.0, 0.40, 0.30]);
        }
    }
    s.canvas.rect([0.0, deck, 32.0, deck + 1.5], |_, _| scaled(steel, 0.75));
    s.water_below(surface + 2.0);
}

/// A striped tower on a rock by the sea; at night it shines.
pub fn lighthouse(s: &mut Scene) {
    let sea = s.ground - 3.0;
    s.water(sea);
    let (g, c) = (s.ground, s.middle);
    let rock = s.lit([0.46, 0.42, 0.42]);
    let shore = [[c - 12.0, g + 2.0], [c - 7.0, g - 1.5], [c + 7.0, g - 1.5], [c + 13.0, g + 2.0]];
    let top = g - s.rng.length(15, 17);
    if s.hour != Hour::Day {
        for side in [-1.0, 1.0] {
            beam(s, [c, top - 2.5], side);
        }
    }
    s.canvas.polygon(&shore, |_, y| scaled(rock, 1.15 - 0.08 * (y - g)));
    s.canvas.rect([c - 12.0, g + 2.0, c + 13.0, g + 3.0], |_, _| scaled(rock, 0.8));
    if s.rng.chance(0.5) {
        cottage(s, c + 6.0, g - 1.0);
    }
    let (low, high) = (3.6, 2.2);
    let stripe =
        s.rng.pick(&[[0.82, 0.22, 0.20], [0.20, 0.36, 0.62], [0.24, 0.24, 0.28], [0.84, 0.46, 0.20]]);
    let bands = s.rng.whole(3, 5);
    let foot = g - 1.0;
    let height = (foot - top) / (2 * bands) as f32;
    let half = |y: f32| high + (low - high) * (y - top) / (foot - top);
    for band in 0..2 * bands {
        let (y0, y1) = (top + band as f32 * height, top + (band + 1) as f32 * height);
        let colour = if band % 2 == 0 { stripe } else { [0.97, 0.95, 0.92] };
        let (a, b) = (half(y0), half(y1));
        let points = [[c - a, y0], [c + a, y0], [c + b, y1], [c - b, y1]];
        s.canvas.polygon(&points, s.round(c, b, colour));
    }
    let dark = s.lit([0.26, 0.26, 0.30]);
    let lamp = if s.hour == Hour::Day { [0.80, 0.90, 0.94] } else { [1.0, 0.94, 0.62] };
    s.canvas.rect([c - 2.0, top - 4.0, c + 2.0, top - 1.0], |_, _| lamp);
    s.canvas.rect([c - 3.0, top - 1.0, c + 3.0, top], |_, _| dark);
    let cap = s.lit(stripe);
    s.canvas.polygon(&[[c - 2.5, top - 4.0], [c, top - 7.0], [c + 2.5, top - 4.0]], |_, _| cap);
    if s.hour != Hour::Day {
        s.canvas.glow([c, top - 2.5], 5.0, 0.8, [1.0, 0.95, 0.70]);
    }
    s.window([c - 0.5, foot - 8.0, c + 0.5, foot - 6.0]);
}

fn beam(s: &mut Scene, [x, y]: [f32; 2], side: f32) {
    let sky = s.canvas.pixels.clone();
    let reach = [[x, y - 0.6], [x + side * 24.0, y - 4.5], [x + side * 24.0, y + 3.0], [x, y + 0.6]];
    s.canvas.polygon(&reach, |u, v| {
        let fade = 1.0 - (u - x).abs() / 24.0;
        mix(sky[v as usize * 32 + u as usize], [1.0, 0.93, 0.66], 0.55 * fade.max(0.0))
    });
}

fn cottage(s: &mut Scene, x: f32, y: f32) {
    s.wall([x - 3.0, y - 4.0, x + 4.0, y], [0.94, 0.92, 0.86]);
    let tile = s.lit([0.66, 0.32, 0.26]);
    s.canvas.polygon(
        &[[x - 4.0, y - 3.6], [x - 1.5, y - 6.5], [x + 2.5, y - 6.5], [x + 5.0, y - 3.6]],
        |_, _| tile,
    );
    s.window([x + 1.0, y - 3.0, x + 3.0, y - 1.0]);
}

/// A tapered tower with four sails, in a field.
pub fn windmill(s: &mut Scene) {
    s.land(None);
    rows_of_flowers(s);
    let (g, c) = (s.ground, s.middle);
    let wall = s.rng.pick(&[[0.93, 0.90, 0.84], [0.70, 0.48, 0.38], [0.82, 0.72, 0.58], [0.60, 0.66, 0.70]]);
    let top = g - s.rng.length(12, 14);
    let (low, high) = (s.rng.between(4.6, 5.6), 3.0);
    let body = [[c - high, top], [c + high, top], [c + low, g], [c - low, g]];
    s.canvas.polygon(&body, s.round(c, low, wall));
    let cap = s.rng.pick(&[[0.46, 0.30, 0.26], [0.34, 0.36, 0.44], [0.70, 0.32, 0.26]]);
    let paint = s.round(c, 3.6, cap);
    s.canvas.ellipse([c, top + 0.4], 3.7, 3.4, &paint);
    s.canvas.rect([c - 3.2, top + 0.4, c + 3.2, top + 1.4], &paint);
    s.canvas.polygon(
        &[[c - high - 0.2, top + 1.4], [c + high + 0.2, top + 1.4], [c + low, g], [c - low, g]],
        s.round(c, low, wall),
    );
    s.window([c - 1.0, top + 5.0, c + 1.0, top + 7.0]);
    let door = s.lit([0.34, 0.24, 0.20]);
    s.canvas.rect([c - 1.0, g - 3.5, c + 1.0, g], |_, _| door);
    sails(s, [c, top], cap);
}

fn sails(s: &mut Scene, [x, y]: [f32; 2], cap: Colour) {
    let turn = s.rng.between(0.0, std::f32::consts::FRAC_PI_2);
    let length = s.rng.between(9.0, 10.5);
    let (cloth, spar) = (s.lit([0.97, 0.94, 0.86]), s.lit([0.36, 0.26, 0.22]));
    for quarter in 0..4 {
        let angle = turn + quarter as f32 * std::f32::consts::FRAC_PI_2;
        let (dx, dy) = (libm::cosf(angle), libm::sinf(angle));
        let at = |along: f32, aside: f32| [x + along * dx - aside * dy, y + along * dy + aside * dx];
        s.canvas.polygon(&[at(2.4, 0.2), at(length, 0.2), at(length, 2.4), at(2.4, 2.4)], |_, _| cloth);
        s.canvas.line(at(0.0, 0.0), at(length, 0.0), 0.9, |_, _| spar);
    }
    let hub = s.lit(scaled(cap, 0.7));
    s.canvas.ellipse([x, y], 1.1, 1.1, |_, _| hub);
}

/// Stripes of tulips in the foreground, sometimes.
fn rows_of_flowers(s: &mut Scene) {
    if s.rng.chance(0.5) {
        let blooms = [[0.90, 0.34, 0.36], [0.96, 0.78, 0.30], [0.88, 0.56, 0.74], [0.94, 0.92, 0.88]];
        let mut y = s.ground + 1.0;
        while y < 32.0 {
            let bloom = s.rng.pick(&blooms);
            let bloom = s.lit(bloom);
            s.canvas.rect([0.0, y, 32.0, y + 1.0], |_, _| bloom);
            y += 2.0;
        }
    }
}
