//! What "downhill" means: for a point in a landscape, for a cloud of particles, and for a whole density on the line. Plain numbers:
//! no tensor library, no lab and no page.

pub mod bridge;
pub mod chart;
pub mod cloud;
pub mod crowd;
pub mod descent;
pub mod entropic;
pub mod grid;
pub mod landscape;
pub mod lanes;
pub mod laws;
pub mod measured;
pub mod norm;
pub mod plane;
pub mod proximal;
pub mod relief;
pub mod sheet;
pub mod spectrum;
pub mod target;
pub mod unshaken;
