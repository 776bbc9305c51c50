//! Where people live and work: a house, a clock tower, a skyscraper, a factory.

use super::canvas::{Colour, down, mix, scaled};
use super::scene::{Hour, Scene};

const WALLS: [Colour; 7] = [
    [0.95, 0.90, 0.80],
    [0.93, 0.74, 0.55],
    [0.72, 0.82, 0.86],
    [0.90, 0.66, 0.62],
    [0.80, 0.84, 0.68],
    [0.96, 0.85, 0.60],
    [0.88, 0.88, 0.90],
];
const TILES: [Colour; 5] =
    [[0.76, 0.34, 0.26], [0.54, 0.28, 0.26], [0.34, 0.40, 0.52], [0.36, 0.46, 0.40], [0.62, 0.42, 0.30]];
const BRICKS: [Colour; 4] = [[0.74, 0.42, 0.34], [0.80, 0.64, 0.46], [0.62, 0.58, 0.56], [0.66, 0.50, 0.44]];

/// One or two floors under a gabled or a hipped roof.
pub fn house(s: &mut Scene) {
    s.land(None);
    let (g, c) = (s.ground, s.middle);
    let half = s.rng.length(6, 9);
    s.garden(half);
    let floors = s.rng.whole(1, 2);
    let top = g - 5.5 * floors as f32 - 1.0;
    let rise = s.rng.between(5.0, 8.0).round();
    let (wall, tile, trim) = (s.rng.pick(&WALLS), s.rng.pick(&TILES), s.lit([0.97, 0.95, 0.90]));
    let gabled = s.rng.chance(0.55);
    if s.rng.chance(0.6) {
        let x = c + 0.45 * half;
        let height = top - 0.75 * rise - 1.5;
        s.wall([x.round(), height, x.round() + 2.0, top], [0.62, 0.44, 0.38]);
    }
    s.wall([c - half, top, c + half, g], wall);
    let (eave, tile) = (half + 1.5, s.lit(tile));
    let paint = down(top - rise, top + 0.5, scaled(tile, 1.15), scaled(tile, 0.80));
    if gabled {
        let gable = s.lit(scaled(wall, 0.97));
        s.canvas
            .polygon(&[[c - half, top + 0.1], [c, top - rise + 1.5], [c + half, top + 0.1]], |_, _| gable);
        for side in [-1.0, 1.0] {
            let slope = [
                [c, top - rise],
                [c + side * eave, top + 0.6],
                [c + side * (eave - 2.4), top + 0.6],
                [c, top - rise + 2.4],
            ];
            let shade = if side < 0.0 { scaled(tile, 1.1) } else { scaled(tile, 0.82) };
            s.canvas.polygon(&slope, |_, _| shade);
        }
        let y = top - 0.38 * rise;
        s.window([c - 1.0, y.round() - 1.0, c + 1.0, y.round() + 1.0]);
    } else {
        let ridge = 0.45 * half;
        let roof =
            [[c - eave, top + 0.6], [c - ridge, top - rise], [c + ridge, top - rise], [c + eave, top + 0.6]];
        s.canvas.polygon(&roof, paint);
    }
    if floors == 2 {
        s.windows([c - half, top + 0.5, c + half, top + 5.5], 3, 1, [2.0, 3.0]);
    }
    let sides = [[c - half, c - 1.0], [c + 1.0, c + half]];
    for [x0, x1] in sides {
        s.windows([x0, g - 6.0, x1, g - 0.5], 1, 1, [2.0, 3.0]);
    }
    let door = s.rng.pick(&[[0.55, 0.24, 0.20], [0.22, 0.38, 0.44], [0.42, 0.28, 0.18]]);
    let door = s.lit(door);
    s.canvas.rect([c - 1.5, g - 4.5, c + 1.5, g], |_, _| trim);
    s.canvas.rect([c - 1.0, g - 4.0, c + 1.0, g], |_, _| door);
}

/// A slender tower with a clock under a steep roof.
pub fn tower(s: &mut Scene) {
    s.land(None);
    let (g, c) = (s.ground, s.middle);
    let half = s.rng.length(3, 4);
    s.garden(half + 1.0);
    let top = g - s.rng.length(14, 17);
    let (brick, tile) = (s.rng.pick(&BRICKS), s.rng.pick(&TILES));
    let stone = [0.90, 0.86, 0.78];
    s.wall([c - half, top, c + half, g], brick);
    s.wall([c - half - 1.0, g - 3.0, c + half + 1.0, g], scaled(brick, 0.85));
    let head = top + 5.0;
    s.wall([c - half - 1.0, top, c + half + 1.0, head], mix(brick, stone, 0.35));
    s.wall([c - half - 1.5, head, c + half + 1.5, head + 1.0], stone);
    let (tile, peak) = (s.lit(tile), top - s.rng.between(5.0, 8.0));
    let eave = half + 1.8;
    s.canvas.polygon(&[[c - eave, top], [c, peak], [c, top]], |_, _| scaled(tile, 1.12));
    s.canvas.polygon(&[[c, top], [c, peak], [c + eave, top]], |_, _| scaled(tile, 0.80));
    let face = if s.hour == Hour::Day { [0.98, 0.96, 0.90] } else { [1.0, 0.92, 0.66] };
    let dark = [0.24, 0.20, 0.22];
    let y = top + 2.5;
    s.canvas.ellipse([c, y], 2.2, 2.2, |_, _| face);
    s.canvas.line([c, y + 0.2], [c, y - 1.7], 0.8, |_, _| dark);
    s.canvas.line([c - 0.2, y], [c + 1.4, y], 0.8, |_, _| dark);
    let rows = ((g - 4.0 - head) / 4.0).max(1.0) as u32;
    s.windows([c - half, head + 1.0, c + half, g - 3.0], 1, rows, [2.0, 2.0]);
    let door = s.lit([0.36, 0.24, 0.20]);
    s.canvas.rect([c - 1.0, g - 2.5, c + 1.0, g], |_, _| door);
}

/// A high-rise with setbacks, among the low roofs of a city.
pub fn skyscraper(s: &mut Scene) {
    let (g, c) = (s.ground, s.middle);
    city(s);
    s.floor([0.60, 0.61, 0.65]);
    let glass = s.rng.pick(&[
        [0.50, 0.66, 0.78],
        [0.84, 0.80, 0.72],
        [0.62, 0.72, 0.70],
        [0.80, 0.62, 0.52],
        [0.66, 0.64, 0.74],
    ]);
    let half = s.rng.length(4, 6);
    let top = s.rng.length(4, 7);
    let setbacks = s.rng.whole(0, 2);
    let mut from = top;
    for tier in 0..=setbacks {
        let width = half - (setbacks - tier) as f32;
        let to = if tier == setbacks { g } else { from + (g - top) * 0.24 };
        s.wall([c - width, from, c + width, g], glass);
        s.windows(
            [c - width, from, c + width, to + 0.5],
            width as u32 - 1,
            ((to - from) / 2.5) as u32,
            [1.0, 1.0],
        );
        from = to.round();
    }
    let steel = s.lit([0.45, 0.46, 0.50]);
    let mast = s.rng.between(0.0, 3.0);
    s.canvas.rect([c - 0.5, top - mast, c + 0.5, top], |_, _| steel);
    if s.hour != Hour::Day && mast > 1.5 {
        s.canvas.glow([c, top - mast], 2.5, 0.9, [1.0, 0.35, 0.30]);
    }
    let lobby = if s.hour == Hour::Night { [1.0, 0.86, 0.55] } else { s.lit([0.30, 0.36, 0.44]) };
    s.canvas.rect([c - half + 1.0, g - 2.0, c + half - 1.0, g], |_, _| lobby);
}

/// Far roofs in the haze.
fn city(s: &mut Scene) {
    let far = mix(s.lit([0.45, 0.50, 0.60]), s.horizon, 0.5);
    let mut x = -s.rng.between(0.0, 3.0).floor();
    while x < 32.0 {
        let (width, height) = (s.rng.length(3, 6), s.rng.length(4, 12));
        let shade = scaled(far, s.rng.between(0.92, 1.06));
        s.canvas.rect([x, s.ground - height, x + width, s.ground], |_, _| shade);
        x += width;
    }
}

/// A hall under a saw-tooth roof, with one or two smoking chimneys.
pub fn factory(s: &mut Scene) {
    s.land(Some([0.60, 0.62, 0.52]));
    let (g, c) = (s.ground, s.middle);
    let half = s.rng.length(10, 12);
    let top = g - s.rng.length(7, 9);
    let (brick, teeth) = (s.rng.pick(&BRICKS), s.rng.whole(2, 4));
    let chimneys = s.rng.whole(1, 2);
    for i in 0..chimneys {
        let x = (c + half - 3.0 - 5.0 * i as f32).round();
        let height = top - s.rng.length(9, 13);
        smoke(s, x + 1.5, height);
        s.canvas.rect([x, height, x + 3.0, top], s.round(x + 1.5, 1.5, scaled(brick, 0.92)));
        let band = s.round(x + 1.5, 1.5, [0.92, 0.88, 0.84]);
        s.canvas.rect([x, height + 1.0, x + 3.0, height + 2.0], band);
    }
    let (tile, pane) = (s.lit([0.46, 0.48, 0.54]), s.lit([0.66, 0.78, 0.84]));
    let span = 2.0 * half / teeth as f32;
    for i in 0..teeth {
        let x = c - half + i as f32 * span;
        s.canvas.polygon(&[[x, top + 0.1], [x, top - 4.0], [x + span, top + 0.1]], |_, _| tile);
        s.canvas.rect([x, top - 3.2, x + 1.0, top], |_, _| pane);
    }
    s.wall([c - half, top, c + half, g], brick);
    s.windows([c - half, top + 0.5, c + half - 4.0, top + 4.5], 4, 1, [2.0, 2.0]);
    let gate = s.lit([0.34, 0.36, 0.42]);
    s.canvas.rect([c - 2.0, g - 4.0, c + 2.0, g], |_, _| gate);
    let rim = s.lit([0.92, 0.90, 0.84]);
    s.canvas.rect([c - half, top, c + half, top + 0.6], |_, _| rim);
}

/// A plume that drifts and thins.
fn smoke(s: &mut Scene, x: f32, y: f32) {
    let grey = mix(s.lit([0.90, 0.90, 0.92]), s.horizon, 0.2);
    for i in 0..5 {
        let far = i as f32;
        let centre = [x - 1.6 * far, y - 0.8 - 0.9 * far];
        s.canvas.glow(centre, 2.6 + 0.6 * far, 0.95 - 0.13 * far, grey);
    }
}
