//! What the ant measures with: an arrow carried round, a piece cut out, and three ways to the curvature that agree.

use super::{
    settings::{Carry, Settings},
    state::Riemann,
};
use crate::geometry::{
    Place, TURN,
    circle::with_rays,
    field::{Field, Trouble},
    region::{Region, carried},
    triangle::Triangle,
};

/// An arrow on its way round a loop.
pub struct Carried {
    /// Where, and by how much it has turned against ∂_u there.
    pub way: Vec<(Place, f64)>,
    pub holonomy: f64,
    /// ∬ K dS inside, what the boundary alone says of it (2π − ∮ κ ds − Σ turning), and the area.
    pub inside: Option<[f64; 3]>,
}

/// Places of a drawn edge.
const PER_EDGE: usize = 24;

pub fn carry(lab: &Riemann) -> Option<Carried> {
    let Settings { field, surface, ant, corners, carry, .. } = &lab.settings;
    match carry {
        Carry::Drawn if corners.len() >= 3 => {
            let region = Region::polygon(field, corners)?;
            let per_edge = if corners.len() <= 12 { PER_EDGE } else { 4 };
            Some(Carried {
                way: carried(field, corners, per_edge)?,
                holonomy: region.holonomy(field)?,
                inside: inside(field, &region),
            })
        }
        Carry::Drawn | Carry::Round => {
            let circle = lab.circle().ok()?;
            Some(Carried {
                way: circle.rim.iter().copied().zip(circle.turned.iter().copied()).collect(),
                holonomy: circle.holonomy,
                inside: Some([circle.curvature, TURN - circle.bent, circle.area]),
            })
        }
        Carry::Triangle => {
            let triangle = lab.triangle()?;
            Some(Carried {
                way: triangle.region.way(field)?,
                holonomy: triangle.region.holonomy(field)?,
                inside: inside(field, &triangle.region),
            })
        }
        Carry::Parallel => {
            let region = Region::around(field, ant[0], surface.pole.unwrap_or(ant[0]))?;
            let whole = surface.pole.is_some();
            Some(Carried {
                way: region.way(field)?,
                holonomy: region.holonomy(field)?,
                inside: whole.then(|| inside(field, &region)).flatten(),
            })
        }
    }
}

fn inside(field: &Field, region: &Region) -> Option<[f64; 3]> {
    let inside = region.inside(field)?;
    Some([inside.curvature, TURN - region.bent - region.turning(), inside.area])
}

/// The corners that were drawn, or five around the ant.
pub fn outline(settings: &Settings) -> Result<Vec<Place>, Trouble> {
    if settings.corners.len() >= 3 {
        return Ok(settings.corners.clone());
    }
    let metric = settings.field.metric(settings.ant, 0)?;
    let corner = |i: usize| {
        let way = metric.direction(TURN * i as f64 / 5.0 + 0.3);
        [settings.ant[0] + settings.radius * way[0], settings.ant[1] + settings.radius * way[1]]
    };
    Ok((0..5).map(corner).collect())
}

/// Radii at which the three instruments are compared, as shares of the size.
const SIZES: usize = 9;

/// Rows of (r, K from the circumference, K from the triangle's excess, K from the arrow), small to large; NaN: cannot be had.
pub fn compared(settings: &Settings) -> Vec<[f64; 4]> {
    let Settings { field, ant, heading, radius, .. } = settings;
    let row = |i: usize| {
        let r = radius * libm::pow(2.0, -0.5 * (SIZES - 1 - i) as f64);
        let circle = with_rays(field, *ant, r, 48).ok();
        let triangle = Triangle::equilateral(field, *ant, *heading, r);
        let of_triangle = triangle.and_then(|t| Some(t.excess / t.region.inside(field)?.area));
        [
            r,
            circle.as_ref().map_or(f64::NAN, |c| c.ant_curvature(r)),
            of_triangle.unwrap_or(f64::NAN),
            circle.as_ref().map_or(f64::NAN, |c| c.holonomy / c.area),
        ]
    };
    (0..SIZES).map(row).collect()
}
