//! Pictures of small buildings, 32x32 in colour, drawn on demand: as many as anybody wants, each at its address.
//!
//! The picture of the article is a high-rise that is demolished and built again; these are some for it.
//! A picture is a function of (seed, index) alone; its label is the index modulo the number of classes.

mod canvas;
mod homes;
mod old;
mod scene;
mod water;

use super::rng::Rng;
use crate::math::philox::Stream;
use scene::Scene;

pub use canvas::SIZE;

/// Red, green, blue.
pub const CHANNELS: usize = 3;
/// Numbers a picture.
pub const PIXELS: usize = CHANNELS * SIZE * SIZE;

/// Names of the classes in English; the label is the place in the list.
pub const CLASSES: [&str; 10] = [
    "house",
    "tower",
    "pagoda",
    "factory",
    "bridge",
    "temple",
    "castle",
    "skyscraper",
    "lighthouse",
    "windmill",
];
/// The same in Chinese.
pub const CLASSES_ZH: [&str; 10] =
    ["房屋", "钟楼", "宝塔", "工厂", "桥", "神殿", "城堡", "摩天楼", "灯塔", "风车"];

/// The seed of the pictures that networks are trained on and that the gallery shows.
pub const SEED: u64 = 9119;
/// Pictures below this index are never trained on: the gallery and the measurements have them for themselves.
pub const HELD_OUT: u32 = 1 << 20;

/// How to draw each class.
const KINDS: [fn(&mut Scene); CLASSES.len()] = [
    homes::house,
    homes::tower,
    old::pagoda,
    homes::factory,
    water::bridge,
    old::temple,
    old::castle,
    homes::skyscraper,
    water::lighthouse,
    water::windmill,
];

/// A picture and what it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Building {
    /// [3, 32, 32], from −1 to 1
    pub pixels: Vec<f32>,
    /// A place in [`CLASSES`].
    pub label: u8,
}

/// What picture `index` of any seed shows: a place in [`CLASSES`].
pub fn label(index: u32) -> u8 {
    (index % CLASSES.len() as u32) as u8
}

/// Picture `index` of `seed`.
pub fn picture(seed: u64, index: u32) -> Building {
    of_class(seed, index, label(index))
}

/// What picture `index` of `seed` would be if it showed class `label`, which is below the number of classes.
pub fn of_class(seed: u64, index: u32, label: u8) -> Building {
    let mut scene = Scene::new(Rng::new(Stream::Buildings, seed, index, 0));
    KINDS[usize::from(label)](&mut scene);
    if scene.rng.chance(0.5) {
        scene.canvas.mirror();
    }
    let planes = (0..CHANNELS).flat_map(|channel| scene.canvas.pixels.iter().map(move |c| c[channel]));
    Building { pixels: planes.map(|v| 2.0 * v.clamp(0.0, 1.0) - 1.0).collect(), label }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_function_of_its_address() {
        let there = picture(7, 123);
        picture(7, 4);
        assert_eq!(picture(7, 123), there);
        assert_ne!(picture(8, 123).pixels, there.pixels);
        assert_ne!(picture(7, 133).pixels, there.pixels, "the next of its class");
        assert_eq!(of_class(7, 123, there.label), there);
    }

    #[test]
    fn pixels_are_in_range_and_labels_are_balanced() {
        let mut counts = [0; CLASSES.len()];
        for index in 0..400 {
            let Building { pixels, label } = picture(SEED, index);
            assert_eq!(pixels.len(), PIXELS);
            assert!(pixels.iter().all(|v| (-1.0..=1.0).contains(v)), "picture {index}");
            counts[usize::from(label)] += 1;
        }
        assert_eq!(counts, [40; CLASSES.len()]);
    }

    /// A class must be a class: 600 pictures, as edges in grey (which hide most of the hour), are told by the
    /// nearest of 2,000 others. By chance one in ten would be right.
    #[test]
    fn the_nearest_picture_has_the_same_label() {
        let looks = |index: u32| {
            let Building { pixels, label } = picture(SEED, index);
            let plane = SIZE * SIZE;
            let grey: Vec<f32> =
                (0..plane).map(|i| pixels[i] + pixels[plane + i] + pixels[2 * plane + i]).collect();
            // Differences of neighbours: shapes, whatever the sky.
            let edges: Vec<f32> = (0..plane - SIZE)
                .flat_map(|i| {
                    [grey[i + SIZE] - grey[i], if i % SIZE == 0 { 0.0 } else { grey[i] - grey[i - 1] }]
                })
                .collect();
            let norm = edges.iter().map(|e| e * e).sum::<f32>().sqrt();
            (edges.into_iter().map(|e| e / norm).collect::<Vec<_>>(), label)
        };
        let known: Vec<_> = (0..2000).map(|i| looks(HELD_OUT + i)).collect();
        let right = (0..600).filter(|&index| {
            let (new, label) = looks(index);
            let likeness = |old: &[f32]| new.iter().zip(old).map(|(a, b)| a * b).sum::<f32>();
            let nearest = known.iter().map(|(old, label)| (likeness(old), label));
            *nearest.max_by(|a, b| a.0.total_cmp(&b.0)).expect("known pictures").1 == label
        });
        let right = right.count();
        assert!(right > 540, "{right} of 600");
    }

    #[test]
    fn every_hour_comes() {
        // The upper rows are dark at night, light by day.
        let sky = |index| picture(SEED, index).pixels[..3 * SIZE].iter().sum::<f32>() / (3 * SIZE) as f32;
        let nights = (0..400).filter(|&index| sky(index) < -0.6).count();
        let days = (0..400).filter(|&index| sky(index) > -0.4).count();
        // 30 % and 50 % of 400; five standard deviations are 46 and 50.
        assert!((74..=166).contains(&nights) && (150..=250).contains(&days), "{nights} nights, {days} days");
    }
}
