//! The real pictures that can be demolished: of each data set 360 that no network was trained on.

use super::{
    buildings,
    digits::{self, Digits},
};

/// A data set, from the visitor's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gallery {
    Buildings,
    Digits,
}

/// Pictures of every gallery.
pub const COUNT: usize = digits::HELD_OUT;
/// Labels of every gallery.
pub const CLASSES: usize = buildings::CLASSES.len();

impl Gallery {
    pub const ALL: [Gallery; 2] = [Gallery::Buildings, Gallery::Digits];

    /// The name in a link, which is that of the weights too.
    pub fn id(self) -> &'static str {
        match self {
            Gallery::Buildings => "buildings",
            Gallery::Digits => "digits",
        }
    }

    /// The gallery called `id`.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gallery| gallery.id() == id)
    }

    /// What label `label` below [`CLASSES`] stands for, in English and Chinese.
    pub fn name(self, label: usize) -> [&'static str; 2] {
        const DIGITS: [&str; CLASSES] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        match self {
            Gallery::Buildings => [buildings::CLASSES[label], buildings::CLASSES_ZH[label]],
            Gallery::Digits => [DIGITS[label]; 2],
        }
    }

    /// Channels, height, width.
    pub fn shape(self) -> [usize; 3] {
        match self {
            Gallery::Buildings => [buildings::CHANNELS, buildings::SIZE, buildings::SIZE],
            Gallery::Digits => [1, digits::SIZE, digits::SIZE],
        }
    }

    /// Numbers a picture.
    pub fn size(self) -> usize {
        self.shape().iter().product()
    }

    /// Picture `index` below [`COUNT`], [C · H · W] from −1 to 1.
    pub fn picture(self, index: usize) -> Vec<f32> {
        match self {
            Gallery::Buildings => buildings::picture(buildings::SEED, index as u32).pixels,
            Gallery::Digits => Digits::held_out().picture(index),
        }
    }

    /// The label of picture `index` below [`COUNT`].
    pub fn label(self, index: usize) -> usize {
        match self {
            Gallery::Buildings => buildings::label(index as u32).into(),
            Gallery::Digits => Digits::held_out().labels[index].into(),
        }
    }

    /// The labels of all pictures, each below [`CLASSES`].
    pub fn labels(self) -> Vec<u8> {
        match self {
            Gallery::Buildings => (0..COUNT as u32).map(buildings::label).collect(),
            Gallery::Digits => Digits::held_out().labels,
        }
    }

    /// All pictures one after another, [360 · C · H · W].
    pub fn pixels(self) -> Vec<f32> {
        match self {
            Gallery::Buildings => (0..COUNT).flat_map(|i| self.picture(i)).collect(),
            Gallery::Digits => Digits::held_out().pixels(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gallery_is_full_and_knows_its_labels() {
        for gallery in Gallery::ALL {
            assert_eq!(Gallery::named(gallery.id()), Some(gallery));
            assert_eq!(gallery.pixels().len(), COUNT * gallery.size());
            let labels = gallery.labels();
            assert_eq!(labels.len(), COUNT);
            assert!((0..COUNT).step_by(40).all(|i| gallery.label(i) == usize::from(labels[i])));
            assert!((0..CLASSES as u8).all(|label| labels.contains(&label)));
            assert!(labels.iter().all(|label| usize::from(*label) < CLASSES));
            let last = gallery.picture(COUNT - 1);
            assert_eq!(last, gallery.pixels()[(COUNT - 1) * gallery.size()..]);
        }
        // What is shown must not have been learnt.
        assert!(COUNT as u32 <= buildings::HELD_OUT);
    }
}
