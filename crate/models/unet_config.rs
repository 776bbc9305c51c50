//! The sizes of a U-Net, and which sizes can be built.

pub use super::size::SizeError;
use super::size::{multiple, within};
use serde::{Deserialize, Serialize};

/// Everything that decides the parameters of a [`UNet`](super::unet::UNet) and what they mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UNetConfig {
    /// Height and width of a picture, in pixels.
    pub image_size: usize,
    pub image_channels: usize,
    /// Pixels of a patch in each direction: the network works on patches as on pixels of `patch`² times the
    /// channels. 1 leaves the picture as it is, and is what a file means that does not say.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub patch: usize,
    /// What the last convolution gives; the network's answer is ε all the same. A file that does not say has ε.
    #[serde(default, skip_serializing_if = "Target::is_eps")]
    pub predicts: Target,
    /// Channels of each level, the largest level first (one pixel a patch); each level has half the pixels of the one before.
    pub channels: Vec<usize>,
    /// The level whose down block is followed by attention.
    pub attention_level: usize,
    pub attention_heads: usize,
    /// Groups of every group normalisation.
    pub groups: usize,
    /// The time becomes this many sines and as many cosines.
    pub time_frequencies: usize,
    /// Length of the vector that tells every block the time (and the label).
    pub time_hidden: usize,
    /// Whether that vector scales what it shifts (Dhariwal & Nichol 2021, section 3,
    /// <https://arxiv.org/abs/2105.05233>). A file that does not say only shifts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub scales: bool,
    /// How many labels there are; the table has one row more, for "no label".
    pub classes: Option<usize>,
}

/// Which number the last convolution stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// The noise ε itself (Ho et al. 2020).
    #[default]
    Eps,
    /// v = A_t ε − B_t x_0, from which ε = B_t x_t + A_t v (Salimans & Ho 2022, appendix D,
    /// <https://arxiv.org/abs/2202.00512>). Where hardly anything is left of a picture, an error in ε is
    /// divided by A_t = 1/154 when the picture is asked for, and the larger the picture the more its mean
    /// colour suffers; an error in v is not.
    V,
}

impl Target {
    fn is_eps(&self) -> bool {
        *self == Target::Eps
    }
}

impl Default for UNetConfig {
    fn default() -> Self {
        Self::digits()
    }
}

impl UNetConfig {
    /// Workload W1 of the benchmarks: 32x32 pictures, 1,163,553 parameters.
    pub fn w1() -> Self {
        Self {
            image_size: 32,
            image_channels: 1,
            patch: 1,
            predicts: Target::Eps,
            channels: vec![32, 64, 128],
            attention_level: 2,
            attention_heads: 4,
            groups: 8,
            time_frequencies: 16,
            time_hidden: 128,
            scales: false,
            classes: None,
        }
    }

    /// The model of handwritten digits that ships.
    pub fn digits() -> Self {
        Self {
            image_size: 8,
            channels: vec![24, 48],
            attention_level: 1,
            time_hidden: 64,
            classes: Some(10),
            ..Self::w1()
        }
    }

    /// The model of small buildings that ships: 2x2 patches, so that most work is done on 16x16.
    pub fn buildings() -> Self {
        Self {
            image_size: 32,
            image_channels: 3,
            patch: 2,
            predicts: Target::V,
            channels: vec![48, 64, 80],
            attention_level: 1,
            time_hidden: 88,
            scales: true,
            classes: Some(10),
            ..Self::w1()
        }
    }

    /// The row of the label table that stands for "no label".
    pub fn no_label(&self) -> Option<usize> {
        self.classes
    }

    /// Whether a network of these sizes can be built, in reasonable memory.
    pub fn check(&self) -> Result<(), SizeError> {
        let levels = self.channels.len();
        within("number of levels", levels, 1, 5)?;
        within("picture size", self.image_size, 1, 256)?;
        within("patch size", self.patch, 1, 8)?;
        multiple("picture size", self.image_size, self.patch << (levels - 1))?;
        within("number of picture channels", self.image_channels, 1, 16)?;
        within("attention level", self.attention_level, 0, levels - 1)?;
        within("number of groups", self.groups, 1, 64)?;
        within("number of attention heads", self.attention_heads, 1, 64)?;
        within("number of time frequencies", self.time_frequencies, 1, 256)?;
        within("time vector's length", self.time_hidden, 1, 1024)?;
        within("number of labels", self.classes.unwrap_or(1), 1, 100_000)?;
        for &channels in &self.channels {
            within("number of channels", channels, 1, 512)?;
            multiple("number of channels", channels, self.groups)?;
        }
        multiple("number of channels", self.channels[self.attention_level], self.attention_heads)
    }
}

fn one() -> usize {
    1
}

fn is_one(patch: &usize) -> bool {
    *patch == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_presets_can_be_built() {
        assert_eq!(UNetConfig::w1().check(), Ok(()));
        assert_eq!(UNetConfig::digits().check(), Ok(()));
        assert_eq!(UNetConfig::buildings().check(), Ok(()));
    }

    #[test]
    fn a_file_that_names_no_patch_and_no_target_has_pixels_and_noise() {
        let json = serde_json::to_string(&UNetConfig::digits()).unwrap();
        assert!(!json.contains("patch") && !json.contains("predicts"));
        assert_eq!(serde_json::from_str::<UNetConfig>(&json).unwrap(), UNetConfig::digits());
        let json = serde_json::to_string(&UNetConfig::buildings()).unwrap();
        assert_eq!(serde_json::from_str::<UNetConfig>(&json).unwrap(), UNetConfig::buildings());
    }

    #[test]
    fn an_impossible_size_is_named() {
        let odd = UNetConfig { image_size: 9, ..UNetConfig::digits() };
        let sentence = odd.check().unwrap_err().to_string();
        assert_eq!(sentence, "the network's picture size is 9, but must be a multiple of 2");
        let odd = UNetConfig { image_size: 20, patch: 4, ..UNetConfig::digits() };
        assert!(odd.check().unwrap_err().to_string().contains("a multiple of 8"));
        let groups = UNetConfig { groups: 0, ..UNetConfig::digits() };
        assert!(groups.check().is_err());
        let empty = UNetConfig { channels: vec![], ..UNetConfig::digits() };
        assert!(empty.check().is_err());
    }
}
