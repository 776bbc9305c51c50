//! What past centuries built: a pagoda, a temple, a castle.

use super::canvas::{Colour, across, down, mix, scaled};
use super::scene::{Hour, Scene};

const STONES: [Colour; 4] = [[0.74, 0.72, 0.70], [0.82, 0.74, 0.60], [0.66, 0.66, 0.72], [0.76, 0.66, 0.60]];

/// Three to five tiers under roofs with turned-up eaves.
pub fn pagoda(s: &mut Scene) {
    s.land(None);
    let (g, c) = (s.ground, s.middle);
    let tiers = s.rng.whole(3, 5);
    let widest = s.rng.length(7, 8);
    s.garden(widest + 1.0);
    let wood = s.rng.pick(&[[0.76, 0.26, 0.20], [0.62, 0.34, 0.24], [0.86, 0.72, 0.52], [0.80, 0.40, 0.26]]);
    let tile = s.rng.pick(&[[0.28, 0.34, 0.40], [0.22, 0.44, 0.42], [0.86, 0.62, 0.22], [0.40, 0.30, 0.34]]);
    s.wall([c - widest - 1.0, g - 2.0, c + widest + 1.0, g], [0.80, 0.78, 0.74]);
    let step = match tiers {
        3 => 6.0,
        4 => 5.0,
        _ => 4.0,
    };
    let mut y = g - 2.0;
    for tier in 0..tiers {
        let half = (widest - 1.0 - (widest - 3.5) * tier as f32 / (tiers - 1) as f32).round();
        let top = y - step + 2.0;
        s.wall([c - half + 0.5, top, c + half - 0.5, y], wood);
        s.windows([c - half + 0.5, top, c + half - 0.5, y], half as u32 / 2 + 1, 1, [1.0, step - 3.0]);
        roof(s, [c, top], half + 2.0, tile);
        y -= step;
    }
    let gold = s.lit([0.96, 0.80, 0.36]);
    s.canvas.rect([c - 0.5, y - 2.5, c + 0.5, y + 1.0], |_, _| gold);
    let door = s.lit([0.30, 0.18, 0.16]);
    s.canvas.rect([c - 1.0, g - 4.5, c + 1.0, g - 2.0], |_, _| door);
}

/// A roof whose eaves, `half` away from the middle of its lower edge, turn up.
fn roof(s: &mut Scene, [x, y]: [f32; 2], half: f32, tile: Colour) {
    let tile = s.lit(tile);
    let points = [
        [x - half - 0.6, y - 1.1],
        [x - half + 1.5, y - 0.6],
        [x - 0.55 * half, y - 2.0],
        [x + 0.55 * half, y - 2.0],
        [x + half - 1.5, y - 0.6],
        [x + half + 0.6, y - 1.1],
        [x + half - 1.0, y + 0.7],
        [x - half + 1.0, y + 0.7],
    ];
    s.canvas.polygon(&points, across(x - half, x + half, scaled(tile, 1.2), scaled(tile, 0.78)));
    let shadow = scaled(tile, 0.6);
    s.canvas.rect([x - half + 1.5, y + 0.2, x + half - 1.5, y + 0.8], |_, _| shadow);
}

/// Columns under a pediment, on three steps.
pub fn temple(s: &mut Scene) {
    s.land(None);
    let (g, c) = (s.ground, s.middle);
    let columns = s.rng.whole(4, 6);
    let half = s.rng.length(9, 11);
    let top = g - s.rng.length(11, 13);
    let stone = s.rng.pick(&[[0.95, 0.93, 0.89], [0.90, 0.82, 0.66], [0.86, 0.86, 0.90], [0.92, 0.80, 0.72]]);
    for step in 0..3 {
        let (out, y) = (half + 1.0 + step as f32, g - 3.0 + step as f32);
        s.wall([c - out, y, c + out, y + 1.0], scaled(stone, 1.0 - 0.07 * step as f32));
    }
    let inside = if s.hour == Hour::Night { [0.86, 0.62, 0.32] } else { s.lit([0.42, 0.38, 0.42]) };
    s.canvas.rect([c - half + 1.0, top, c + half - 1.0, g - 3.0], down(top, g, scaled(inside, 0.75), inside));
    let gap = (2.0 * half - 2.0) / (columns - 1) as f32;
    for i in 0..columns {
        let x = c - half + 1.0 + i as f32 * gap;
        s.canvas.rect([x - 0.9, top, x + 0.9, g - 3.0], s.round(x, 0.9, stone));
    }
    s.wall([c - half, g - 4.0, c + half, g - 3.0], scaled(stone, 0.96));
    s.wall([c - half - 1.0, top - 2.0, c + half + 1.0, top], stone);
    let (peak, stone) = (top - s.rng.between(6.0, 7.5), s.lit(stone));
    s.canvas.polygon(&[[c - half - 2.0, top - 2.0], [c, peak], [c + half + 2.0, top - 2.0]], |_, _| stone);
    let field = s.rng.pick(&[[0.72, 0.42, 0.34], [0.36, 0.48, 0.62], [0.78, 0.74, 0.68]]);
    let field = s.lit(field);
    s.canvas
        .polygon(&[[c - half + 2.0, top - 2.6], [c, peak + 1.8], [c + half - 2.0, top - 2.6]], |_, _| field);
    let line = scaled(stone, 0.7);
    s.canvas.rect([c - half - 1.0, top - 2.2, c + half + 1.0, top - 1.6], |_, _| line);
}

/// A curtain wall between two towers, and a keep behind.
pub fn castle(s: &mut Scene) {
    s.land(None);
    let (g, c) = (s.ground, s.middle);
    let stone = s.rng.pick(&STONES);
    let half = s.rng.length(9, 10);
    let flag = s.rng.pick(&[[0.82, 0.24, 0.24], [0.22, 0.40, 0.70], [0.94, 0.74, 0.26]]);
    let keep = g - s.rng.length(14, 17);
    let pale = mix(stone, [0.9, 0.9, 0.92], 0.35);
    s.wall([c - 4.0, keep, c + 4.0, g], pale);
    battlements(s, c - 4.0, c + 4.0, keep, pale);
    s.windows([c - 4.0, keep + 1.0, c + 4.0, keep + 5.0], 2, 1, [1.0, 2.0]);
    pennant(s, c, keep - 2.0, flag);
    let wall = g - 8.0;
    s.wall([c - half, wall, c + half, g], stone);
    battlements(s, c - half, c + half, wall, stone);
    let pointed = s.rng.chance(0.6);
    let tile = s.rng.pick(&[[0.34, 0.42, 0.62], [0.74, 0.34, 0.28], [0.40, 0.44, 0.42]]);
    let top = g - s.rng.length(11, 13);
    for x in [c - half, c + half] {
        s.canvas.rect([x - 2.5, top, x + 2.5, g], s.round(x, 2.5, scaled(stone, 0.95)));
        s.window([x - 0.5, top + 2.0, x + 0.5, top + 4.0]);
        if pointed {
            let tile = s.lit(tile);
            let paint = across(x - 3.2, x + 3.2, scaled(tile, 1.2), scaled(tile, 0.72));
            s.canvas.polygon(&[[x - 3.4, top + 0.3], [x, top - 6.0], [x + 3.4, top + 0.3]], paint);
        } else {
            battlements(s, x - 2.5, x + 2.5, top, scaled(stone, 0.95));
        }
    }
    let gate = s.lit([0.28, 0.20, 0.18]);
    s.canvas.rect([c - 2.0, g - 4.0, c + 2.0, g], |_, _| gate);
    s.canvas.ellipse([c, g - 4.0], 2.0, 1.8, |_, _| gate);
}

/// Merlons, one pixel wide and one apart, from `x0` to `x1` on a wall's top.
fn battlements(s: &mut Scene, x0: f32, x1: f32, top: f32, stone: Colour) {
    let mut x = x0;
    while x < x1 {
        s.wall([x, top - 1.0, x + 1.0, top], stone);
        x += 2.0;
    }
}

fn pennant(s: &mut Scene, x: f32, y: f32, flag: Colour) {
    let (pole, flag) = (s.lit([0.30, 0.26, 0.26]), s.lit(flag));
    s.canvas.rect([x - 0.4, y - 3.0, x + 0.4, y + 1.5], |_, _| pole);
    s.canvas.polygon(&[[x + 0.4, y - 3.2], [x + 4.4, y - 2.0], [x + 0.4, y - 0.6]], |_, _| flag);
}
