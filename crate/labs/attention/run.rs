//! One reading of a text: what the model did at each position, on the host.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::models::reading::ReadingHost;
use crate::networks::text_network::{TextMemory, TextNetwork};
use crate::runtime::error::SessionError;

/// What happened at one position t (from 0); of heads all of layer 0 first, then of layer 1, ….
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The scores of the next character after the embedding and after each layer. [L + 1, V]
    pub lens: Vec<f32>,
    /// [L · H, dh]
    pub q: Vec<f32>,
    pub k: Vec<f32>,
    pub v: Vec<f32>,
    pub out: Vec<f32>,
    /// q · k / √dh of the positions in sight, −1e30 where hidden. [L · H, t + 1]
    pub masked: Vec<f32>,
    /// [L · H, t + 1]
    pub weights: Vec<f32>,
    /// The largest weight on a later position, of those that were read together with this one; all heads.
    pub ahead: f32,
}

impl Record {
    /// The scores of the next character. [V]
    pub fn logits(&self, vocabulary: usize) -> &[f32] {
        &self.lens[self.lens.len() - vocabulary..]
    }

    /// What head `number` (layer · H + head) of `heads` in all has of `values`.
    pub fn of_head(values: &[f32], number: usize, heads: usize) -> &[f32] {
        let size = values.len() / heads;
        &values[number * size..(number + 1) * size]
    }
}

/// A text and what was seen of its reading.
#[derive(Default)]
pub struct Run {
    /// What was read.
    pub tokens: Vec<usize>,
    /// One a token.
    pub records: Vec<Rc<Record>>,
    /// Keys and values on the device; `None` where they have to be brought there again.
    memory: Option<TextMemory>,
}

impl Run {
    /// A run whose records come from elsewhere.
    pub fn of(tokens: Vec<usize>, records: Vec<Rc<Record>>) -> Self {
        assert_eq!(tokens.len(), records.len(), "a record a token");
        Self { tokens, records, memory: None }
    }

    /// Forgets what stands at `length` and after.
    pub fn truncate(&mut self, length: usize) {
        self.tokens.truncate(length);
        self.records.truncate(length);
    }

    /// Forgets all that follows the common beginning with `text`.
    pub fn keep_common(&mut self, text: &[usize]) {
        let same = self.tokens.iter().zip(text).take_while(|(a, b)| a == b).count();
        self.truncate(same);
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The map of head `number` (layer · H + head) of `heads` in all, of the first `sight` positions. [T, T]
    pub fn map(&self, number: usize, heads: usize, sight: usize) -> Vec<f32> {
        let mut map = vec![0.0; sight * sight];
        for (t, record) in self.records[..sight].iter().enumerate() {
            map[t * sight..=t * sight + t].copy_from_slice(Record::of_head(&record.weights, number, heads));
        }
        map
    }

    /// The model's memory of what was read, to read on with.
    pub fn memory(&mut self, network: &TextNetwork) -> &mut TextMemory {
        let (records, length) = (&self.records, self.tokens.len());
        // A reading that never came back leaves a memory that knows more than the host.
        self.memory.take_if(|memory| memory.len() != length);
        self.memory.get_or_insert_with(|| {
            let of = |layer| keys_and_values(records, layer, network);
            let layers: Vec<_> = (0..network.layers()).map(of).collect();
            network.memory(&layers, length)
        })
    }

    /// Adds what was read of `tokens`, all of it or nothing.
    pub fn add(&mut self, tokens: &[usize], reading: &ReadingHost) -> Result<(), SessionError> {
        let weights = reading.layers.iter().flat_map(|layer| &layer.weights);
        let mut numbers = weights.chain(reading.lens.iter().flatten());
        if let Some(&value) = numbers.find(|x| !x.is_finite()) {
            // The memory holds what is no number, too.
            self.memory = None;
            return Err(SessionError::Unreadable { value, position: self.len() + 1 });
        }
        for (i, token) in tokens.iter().enumerate() {
            self.records.push(Rc::new(record(reading, i)));
            self.tokens.push(*token);
        }
        Ok(())
    }
}

/// What was seen at the `i`-th of the tokens read.
fn record(reading: &ReadingHost, i: usize) -> Record {
    let shape = reading.shape;
    let (n, sight, v) = (shape.tokens, shape.sight, shape.vocabulary);
    let seen = sight - n + i + 1;
    let mut record = Record::default();
    for lens in &reading.lens {
        record.lens.extend(&lens[i * v..(i + 1) * v]);
    }
    for layer in &reading.layers {
        for head in 0..shape.heads {
            let row = head * n + i;
            let width = shape.head_width;
            let small = |values: &[f32]| values[row * width..(row + 1) * width].to_vec();
            let large = |values: &[f32]| values[row * sight..row * sight + seen].to_vec();
            record.q.extend(small(&layer.q));
            record.k.extend(small(&layer.k));
            record.v.extend(small(&layer.v));
            record.out.extend(small(&layer.out));
            record.masked.extend(large(&layer.masked));
            record.weights.extend(large(&layer.weights));
            let later = &layer.weights[row * sight + seen..(row + 1) * sight];
            record.ahead = later.iter().fold(record.ahead, |most, weight| most.max(weight.abs()));
        }
    }
    record
}

/// Keys and values of `layer`, [H, T, dh] each.
fn keys_and_values(records: &[Rc<Record>], layer: usize, network: &TextNetwork) -> [Vec<f32>; 2] {
    let (heads, all) = (network.heads(), network.heads() * network.layers());
    let of = |values: fn(&Record) -> &Vec<f32>| {
        let head =
            |h: usize| records.iter().flat_map(move |r| Record::of_head(values(r), layer * heads + h, all));
        (0..heads).flat_map(head).copied().collect()
    };
    [of(|record| &record.k), of(|record| &record.v)]
}
