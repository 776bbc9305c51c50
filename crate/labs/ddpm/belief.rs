//! What the model believes: the noise it sees in x_t, with or without guidance.

use std::cell::Cell;

use burn::tensor::Tensor;

use super::settings::{Order, Settings};
use crate::data::digits::PIXELS;
use crate::device::Device;
use crate::diffusion::{
    guidance::guide,
    schedule::{Schedule, TRAINING},
};
use crate::labs::session::SessionError;
use crate::models::{unet::UNet, unet_config::UNetConfig};
use crate::train::checkpoint;

/// Labels of the model.
const DIGITS: usize = 10;

/// A network on a device, and how to ask it.
pub struct Denoiser {
    network: UNet,
    config: UNetConfig,
    trained: Schedule,
    device: Device,
    /// Network calls made, counted where they are made.
    calls: Cell<usize>,
}

impl Denoiser {
    pub fn load(weights: &[u8], device: &Device) -> Result<Self, SessionError> {
        let (config, network) = checkpoint::load(weights, device)?;
        // Sizes that fit together may still be another model's: a panic later would say it less well.
        let picture = config.image_channels * config.image_size * config.image_size;
        if picture != PIXELS || config.classes != Some(DIGITS) {
            return Err(SessionError::WrongModel("digits"));
        }
        let trained = TRAINING.clone();
        Ok(Self { network, config, trained, device: device.clone(), calls: Cell::new(0) })
    }

    /// [C, H, W] of a picture.
    pub fn picture_shape(&self) -> [usize; 3] {
        [self.config.image_channels, self.config.image_size, self.config.image_size]
    }

    /// Numbers [B·C·H·W] as a tensor [B, C, H, W].
    pub fn upload(&self, values: &[f32]) -> Tensor<4> {
        let [c, h, w] = self.picture_shape();
        Tensor::<1>::from_data(values, &self.device).reshape([values.len() / (c * h * w), c, h, w])
    }

    /// Network calls made so far.
    pub fn calls(&self) -> usize {
        self.calls.get()
    }

    /// Network calls that one prediction takes.
    pub fn calls_a_prediction(settings: &Settings) -> usize {
        match settings.order {
            Order::Digit(_) if settings.guidance != 0.0 && settings.guidance != 1.0 => 2,
            _ => 1,
        }
    }

    /// ε in `x` [B, C, H, W] at time `t` of the settings' schedule.
    ///
    /// Some schedules end with less of the building left than the network ever saw. There its error in ε, small
    /// as it is, would be divided by next to nothing; so it is asked for the finished picture at its own last
    /// level, x̂_0 = (x − B ε)/A, and the ε that leads there at this level is (x − A_t x̂_0)/B_t.
    pub fn predict(&self, settings: &Settings, x: Tensor<4>, t: usize) -> Tensor<4> {
        let last = self.trained.steps();
        let (a, b) = (self.trained.a_bar[last], self.trained.b_bar[last]);
        let (a_t, b_t) = (settings.schedule.a_bar[t], settings.schedule.b_bar[t]);
        let eps = self.guided(settings, x.clone(), t);
        if a_t >= a { eps } else { x * ((1.0 - a_t / a) / b_t) + eps * (a_t * b / (a * b_t)) }
    }

    fn guided(&self, settings: &Settings, x: Tensor<4>, t: usize) -> Tensor<4> {
        let time = self.network_time(&settings.schedule, t);
        match settings.order {
            Order::Digit(digit) if settings.guidance == 1.0 => self.ask(x, time, Some(digit)),
            Order::Digit(digit) if settings.guidance != 0.0 => {
                // Two calls in one batch: a small network's time is the number of its launches.
                let [b, c, h, w] = x.dims();
                let labels = [self.labels(None, b), self.labels(Some(digit), b)].concat();
                self.calls.set(self.calls.get() + 2);
                let both =
                    self.network.forward(Tensor::cat(vec![x.clone(), x], 0), &vec![time; 2 * b], &labels);
                let half = |i: usize| both.clone().slice([i * b..(i + 1) * b, 0..c, 0..h, 0..w]);
                guide(half(0), half(1), settings.guidance)
            }
            Order::Digit(_) | Order::Any => self.ask(x, time, None),
        }
    }

    fn ask(&self, x: Tensor<4>, time: f32, digit: Option<usize>) -> Tensor<4> {
        self.calls.set(self.calls.get() + 1);
        let count = x.dims()[0];
        self.network.forward(x, &vec![time; count], &self.labels(digit, count))
    }

    /// `count` rows of the label table; none if the network knows no labels.
    fn labels(&self, digit: Option<usize>, count: usize) -> Vec<usize> {
        self.config.no_label().map_or(Vec::new(), |none| vec![digit.unwrap_or(none); count])
    }

    /// The time at which the network was trained on the noise level of `t`; whole where the schedule is its own.
    fn network_time(&self, schedule: &Schedule, t: usize) -> f32 {
        if schedule.law == self.trained.law && schedule.steps() == self.trained.steps() {
            return t as f32;
        }
        self.trained.time_of(schedule.a_bar[t], schedule.b_bar[t]) as f32
    }
}
