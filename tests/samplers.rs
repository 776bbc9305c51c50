//! The samplers against numbers made apart from them, and against the laws that they have to obey.

#[path = "samplers/golden.rs"]
mod golden;
#[path = "samplers/law.rs"]
mod law;
#[path = "samplers/laws.rs"]
mod laws;
#[path = "samplers/orders.rs"]
mod orders;
#[path = "samplers/race.rs"]
mod race;
