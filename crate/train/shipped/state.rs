//! A training run in files: to go on later (f32, everything), and to ship (f16, averaged weights).

use super::recipe::Recipe;
use super::trainer::Trainer;
use crate::nn::{host::numbers, parameters::shapes};
use crate::train::checkpoint::{CheckpointError, place};
use crate::train::gradients::cut;
use crate::train::read::parameters;
use crate::train::tensors::{HostTensor, Precision, Tensors};
use burn::tensor::{Tensor, TensorData};

const PROGRESS: &str = "progress";
const OPTIONS: &str = "options";

/// The averaged weights as a file for [`load`](crate::train::checkpoint::load).
pub fn shipped<R: Recipe>(trainer: &Trainer<R>, precision: Precision) -> Vec<u8> {
    let mut average = Vec::new();
    for (name, shape) in shapes(&trainer.model) {
        let values = numbers(trainer.ema.average[&name].clone());
        average.push((name, HostTensor { shape, values }));
    }
    R::pack(&trainer.config, average).write(precision)
}

/// The network with its averaged weights, to be asked; there must have been a step.
pub fn averaged<R: Recipe>(trainer: &Trainer<R>) -> R::Network {
    let names = shapes(&trainer.model).into_iter();
    let weights = names.map(|(name, _)| trainer.ema.average[&name].clone()).collect();
    cut(trainer.model.clone(), Tensor::cat(weights, 0))
}

/// All that the next step depends on.
pub fn save<R: Recipe>(trainer: &Trainer<R>) -> Vec<u8> {
    let mut all = R::pack(&trainer.config, Vec::new());
    let options = serde_json::to_string(&trainer.options).expect("options are JSON");
    all.metadata.insert(OPTIONS.to_owned(), options);
    let progress = serde_json::to_string(&(trainer.at, trainer.seconds, trainer.loss)).expect("numbers");
    all.metadata.insert(PROGRESS.to_owned(), progress);
    for (name, tensor) in parameters(&trainer.model) {
        all.by_name.insert(format!("model/{name}"), tensor);
    }
    let average = trainer.ema.average.iter().map(|(name, average)| ("average", name, average));
    let moments = trainer.optimiser.moments.iter();
    let moments = moments.flat_map(|(name, [m, v])| [("m", name, m), ("v", name, v)]);
    for (kind, name, tensor) in average.chain(moments) {
        let host = HostTensor { shape: tensor.dims().to_vec(), values: numbers(tensor.clone()) };
        all.by_name.insert(format!("{kind}/{name}"), host);
    }
    all.write(Precision::Single)
}

/// Puts a fresh trainer where a saved one stood. The options and sizes must be those of the saved run.
pub fn resume<R: Recipe>(trainer: &mut Trainer<R>, bytes: &[u8]) -> Result<(), CheckpointError> {
    let mut all = Tensors::read(bytes)?;
    let ours = serde_json::to_string(&trainer.options).expect("options are JSON");
    if all.metadata.get(OPTIONS) != Some(&ours) {
        let what = "it was saved by a run with other options".to_owned();
        return Err(CheckpointError::Metadata(what));
    }
    let progress = all.metadata.get(PROGRESS).and_then(|json| serde_json::from_str(json).ok());
    let (at, seconds, loss): (usize, f64, f32) =
        progress.ok_or_else(|| CheckpointError::Metadata("no progress in its metadata".to_owned()))?;
    let mut part = |kind: &str| Tensors {
        metadata: Default::default(),
        by_name: all
            .by_name
            .extract_if(.., |name, _| name.starts_with(kind))
            .map(|(name, tensor)| (name[kind.len()..].to_owned(), tensor))
            .collect(),
    };
    let (mut model, mut average, mut m, mut v) = (part("model/"), part("average/"), part("m/"), part("v/"));
    let device = trainer.device();
    for (name, shape) in shapes(&trainer.model) {
        let count = [shape.iter().product()];
        let take = |from: &mut Tensors| {
            let values = from.take(&name, &count)?;
            Ok::<_, CheckpointError>(Tensor::<1>::from_data(TensorData::new(values, count), &device))
        };
        trainer.ema.average.insert(name.clone(), take(&mut average)?);
        trainer.optimiser.moments.insert(name.clone(), [take(&mut m)?, take(&mut v)?]);
    }
    trainer.model = place(trainer.model.clone(), &mut model)?;
    (trainer.at, trainer.optimiser.steps) = (at, at);
    (trainer.seconds, trainer.loss) = (seconds, loss);
    Ok(())
}
