//! One head and the tower on it: each thing computed once, when it is asked for; other masks when there is time.

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use nalgebra::DMatrix;

use super::{
    drawn::{self, Drawn},
    read::Read,
    settings::{Held, Settings},
};
use crate::experiment::Experiment;
use crate::maps::{
    kernel::{Head, layer},
    mask::Mask,
    order,
    shape::Shape,
    tower::{self, Floor},
};

/// Up to so many positions the other masks cost nothing to speak of.
const SMALL: usize = 96;
/// Layers that the test of order reads through.
const TWICE: usize = 2;

/// The tower at one state.
#[derive(Clone, Debug)]
pub struct Height {
    /// [n, n]: what is left of each token's own direction.
    pub x: DMatrix<f64>,
    /// ‖X − mean row‖ and ‖X‖.
    pub parts: [f64; 2],
    /// What theory says of the first of them: an expectation or a bound.
    pub predicted: f64,
}

/// One mask's head and tower.
pub struct Masked {
    pub mask: Mask,
    pub map: DMatrix<f64>,
    pub shape: OnceCell<Shape>,
    layers: Vec<Drawn>,
    heights: RefCell<Vec<Height>>,
}

pub struct Towers {
    pub experiment: Experiment,
    /// What a model has read, if the head is one of a model.
    pub read: Option<Rc<Read>>,
    pub settings: Settings,
    masks: [OnceCell<Masked>; 5],
    logits: OnceCell<Vec<f64>>,
    changes: OnceCell<Vec<f64>>,
    bare: OnceCell<Masked>,
    scaled: OnceCell<f64>,
    sharper: OnceCell<f64>,
    drawn: OnceCell<f64>,
    /// Masks that are measured besides the chosen one.
    pub measured: usize,
}

impl Towers {
    /// Of the heads that a network has `read` something with; of drawn ones if none has.
    pub fn open(experiment: &Experiment, read: Option<Read>) -> Self {
        Self::with(experiment, read.map(Rc::new), &Held::new())
    }

    fn with(experiment: &Experiment, read: Option<Rc<Read>>, held: &Held) -> Self {
        let settings = Settings::of(experiment, held, read.as_deref());
        let measured = if settings.n <= SMALL { settings.masks().len() - 1 } else { 0 };
        Self {
            experiment: experiment.clone(),
            read,
            settings,
            masks: Default::default(),
            logits: OnceCell::new(),
            changes: OnceCell::new(),
            bare: OnceCell::new(),
            scaled: OnceCell::new(),
            sharper: OnceCell::new(),
            drawn: OnceCell::new(),
            measured,
        }
    }

    /// Of other heads from now on.
    pub fn read_again(&mut self, read: Read) {
        let (experiment, measured, built) = (self.experiment.clone(), self.measured, self.now().built());
        *self = Self { measured, ..Self::with(&experiment, Some(Rc::new(read)), &Held::new()) };
        self.now().build(&self.settings, built);
    }

    /// A hand holds some of the settings.
    pub fn hold(&mut self, held: &Held) {
        *self = Self::with(&self.experiment, self.read.take(), held);
    }

    /// The chosen mask's head and tower.
    pub fn now(&self) -> &Masked {
        self.masked(self.settings.chosen())
    }

    fn masked(&self, i: usize) -> &Masked {
        self.masks[i]
            .get_or_init(|| Masked::new(&self.settings, self.read.as_deref(), self.settings.masks()[i]))
    }

    /// The settings without layer norm and value mixing.
    pub fn bare_settings(&self) -> Settings {
        let floor = Floor { norm: false, ..self.settings.floor };
        Settings { floor, mixing: false, ..self.settings.clone() }
    }

    /// The chosen mask's tower without layer norm and value mixing.
    pub fn bare(&self) -> &Masked {
        self.bare.get_or_init(|| Masked::new(&self.bare_settings(), self.read.as_deref(), self.settings.mask))
    }

    /// The largest change of a weight, over the largest weight, when all keys of the first layer are `scale` times as large.
    pub fn scaled(&self, scale: f64) -> f64 {
        *self.scaled.get_or_init(|| {
            let Settings { kernel, gain, mask, .. } = self.settings;
            let now = self.now();
            let larger = |head: &Head| Head { queries: head.queries.clone(), keys: &head.keys * scale };
            let heads: Vec<_> = now.layers[0].heads.iter().map(larger).collect();
            (layer(&heads, kernel, gain, mask) - &now.map).amax() / now.map.amax()
        })
    }

    /// Mask `i` of the frames' order, if it is the chosen one or there was time for it.
    pub fn known(&self, i: usize) -> Option<&Masked> {
        let chosen = self.settings.chosen();
        let rank = i + usize::from(i < chosen);
        (i == chosen || rank <= self.measured).then(|| self.masked(i))
    }

    /// The singular values of the raw logits of the first head, by their factors.
    pub fn logits(&self) -> &[f64] {
        self.logits.get_or_init(|| self.now().layers[0].heads[0].spectrum_of_logits())
    }

    /// The entropy rank of the chosen map at twice the gain, once all masks were measured.
    pub fn sharper(&self) -> Option<f64> {
        let of = || {
            let Settings { kernel, gain, mask, .. } = self.settings;
            let map = layer(&self.now().layers[0].heads, kernel, 2.0 * gain, mask);
            Shape::of(&map, mask).ranks.entropy
        };
        (self.measured == self.masks.len() - 1).then(|| *self.sharper.get_or_init(of))
    }

    /// The entropy rank of a map of the same settings whose head is drawn.
    pub fn drawn(&self) -> f64 {
        *self.drawn.get_or_init(|| {
            let Settings { kernel, gain, mask, .. } = self.settings;
            let heads = &drawn::layers(&self.settings, None, mask, 1)[0].heads;
            Shape::of(&layer(heads, kernel, gain, mask), mask).ranks.entropy
        })
    }

    /// Whether all of the towers may be had at once.
    pub fn is_small(&self) -> bool {
        self.settings.n <= SMALL
    }

    /// Measures one mask more.
    pub fn measure(&mut self) {
        let chosen = self.settings.chosen();
        let mut others = (0..self.masks.len()).filter(|i| *i != chosen);
        if let Some(i) = others.nth(self.measured) {
            self.measured += 1;
            let masked = self.masked(i);
            masked.shape();
            masked.build(&self.settings, self.settings.layers);
        }
    }

    /// How the output of every token changes when the prefix is read backwards.
    pub fn changes(&self) -> &[f64] {
        self.changes.get_or_init(|| {
            let Settings { n, prefix, kernel, gain, mask, .. } = self.settings;
            let heads: Vec<_> = self.now().layers[..TWICE].iter().map(|layer| layer.heads.clone()).collect();
            order::changes(&heads, kernel, gain, mask, &order::backwards(n, prefix))
        })
    }
}

impl Masked {
    fn new(settings: &Settings, read: Option<&Read>, mask: Mask) -> Self {
        let layers = drawn::layers(settings, read, mask, settings.layers.max(TWICE));
        let map = layer(&layers[0].heads, settings.kernel, settings.gain, mask);
        Self { mask, map, shape: OnceCell::new(), layers, heights: RefCell::default() }
    }

    pub fn shape(&self) -> &Shape {
        self.shape.get_or_init(|| Shape::of(&self.map, self.mask))
    }

    /// Builds the tower up to layer `k`.
    pub fn build(&self, settings: &Settings, k: usize) {
        let mut heights = self.heights.borrow_mut();
        if heights.is_empty() {
            let x = DMatrix::identity(settings.n, settings.n);
            let parts = tower::parts(&x);
            let predicted =
                tower::keeper(self.mask, settings.n).map_or(parts[0], |_| tower::least_apart(self.mask));
            heights.push(Height { x, parts, predicted });
        }
        while heights.len() <= k {
            let drawn = &self.layers[heights.len() - 1];
            let below = heights.last().expect("the ground is there");
            let a = layer(&drawn.heads, settings.kernel, settings.gain, self.mask);
            let x = tower::layer(&below.x, &a, drawn.values.as_ref(), settings.floor);
            let residual = settings.floor.residual;
            let factor = match tower::keeper(self.mask, settings.n) {
                Some(token) => tower::kept(&a, token, residual).abs(),
                None => tower::shrinks(&a, residual),
            };
            let parts = tower::parts(&x);
            let predicted = below.predicted * factor;
            heights.push(Height { x, parts, predicted });
        }
    }

    /// Layer `k` of the tower.
    pub fn height<T>(&self, settings: &Settings, k: usize, read: impl FnOnce(&Height) -> T) -> T {
        self.build(settings, k);
        read(&self.heights.borrow()[k])
    }

    /// Layers that stand.
    pub fn built(&self) -> usize {
        self.heights.borrow().len().saturating_sub(1)
    }
}

impl Height {
    /// The relative spread of rows.
    pub fn spread(&self) -> f64 {
        self.parts[0] / self.parts[1].max(f64::MIN_POSITIVE)
    }

    /// The spread that theory speaks of: what is common to all rows is measured, what tells them apart is predicted.
    pub fn predicted_spread(&self) -> f64 {
        let common = (self.parts[1].powi(2) - self.parts[0].powi(2)).max(0.0);
        self.predicted / (self.predicted.powi(2) + common).sqrt().max(f64::MIN_POSITIVE)
    }
}
