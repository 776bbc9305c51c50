//! A hand on the sheet: while something is dragged its place is a choice of the moment, and the link changes when it is let go.

use super::{parameters::FARTHEST, state::Riemann};
use crate::experiment::inputs::{outline, paint};
use crate::runtime::selection::Selection;

/// Takes what `selection` says of places, sizes, corners, heat and formulas; nothing else is known here.
pub fn take(lab: &mut Riemann, selection: &Selection) {
    let settings = &mut lab.settings;
    let number = |key: &str, low: f64, high: f64| {
        selection.get::<f64>(key).filter(|x| x.is_finite()).map(|x| x.clamp(low, high))
    };
    let set = |place: &mut f64, to: Option<f64>| *place = to.unwrap_or(*place);
    let coordinate = |key: &str| number(key, -FARTHEST, FARTHEST);
    set(&mut settings.hole, number("hole", 0.0, 0.9));
    set(&mut settings.ant[0], coordinate("u"));
    set(&mut settings.ant[1], coordinate("v"));
    set(&mut settings.second[0], coordinate("u2"));
    set(&mut settings.second[1], coordinate("v2"));
    set(&mut settings.heading, number("heading", -6.5, 6.5));
    set(&mut settings.length, number("length", 0.01, 40.0));
    set(&mut settings.radius, number("radius", 0.01, 5.0));
    for (i, key) in ["a", "b", "energy"].into_iter().enumerate() {
        set(&mut settings.field.sliders[i], number(key, -5.0, 5.0));
    }
    let sound = |row: &[f64]| row.iter().all(|x| x.is_finite());
    if let Some(corners) = selection.get::<Vec<[f64; 2]>>("loop") {
        settings.corners = corners.into_iter().filter(|c| sound(c)).take(outline::MOST).collect();
    }
    if let Some(dabs) = selection.get::<Vec<[f32; 3]>>("paint") {
        let whole = |dab: &[f32; 3]| dab.iter().all(|x| x.is_finite());
        let dabs: Vec<_> = dabs.into_iter().filter(whole).take(paint::MOST).collect();
        settings.paint(&dabs);
    }
    if let Some(typed) = selection.get::<Vec<String>>("expressions") {
        settings.read(&typed);
    }
    lab.forget();
    if let Some([u, v, share]) = selection.get::<[f64; 3]>("held").filter(|all| sound(all)) {
        lab.carry_to([u, v].map(|x| x.clamp(-FARTHEST, FARTHEST)), share.clamp(0.0, 1.0));
    }
}
