//! The workloads that are drawn: what they answer, and how they are checked.

use chailou::device::Device;
use chailou::models::gpt_config::GptConfig;
use chailou::networks::text_network::TextNetwork;
use chailou::workloads::{
    drawn::{ALL, Drawn, files, hash, scaled},
    find, open,
};
use pollster::block_on;

/// All answers to call 0.
fn answers(id: &str, reference: &[f32]) -> (Vec<f32>, Option<f64>) {
    let mut workload = open(id, &files(id, reference).unwrap(), &Device::Cpu).unwrap();
    let (mut all, mut passed) = (Vec::new(), workload.input(0));
    for part in 0..find(id).unwrap().parts {
        passed = block_on(workload.part(part, &passed)).unwrap();
        all.extend_from_slice(&passed);
    }
    let error = workload.error(0, &all);
    (all, error)
}

#[test]
fn what_is_drawn_answers_alike_everywhere_and_is_told_from_what_is_not_it() {
    let mut hashes = Vec::new();
    for Drawn { id, .. } in ALL {
        let (first, unknown) = answers(id, &[]);
        assert_eq!(unknown, None, "{id}: an error without a reference");
        assert!(first.iter().all(|x| x.is_finite()), "{id}");
        hashes.push((*id, hash(&first)));
        assert_eq!(answers(id, &first).1, Some(0.0), "{id}");
        let mut wrong = first.clone();
        wrong[3] += 1.0;
        assert!(answers(id, &wrong).1.unwrap() > find(id).unwrap().tolerance, "{id}");
    }
    assert_eq!(hashes, ALL.iter().map(|one| (one.id, one.hash.to_owned())).collect::<Vec<_>>());
    assert!(files("w9", &[]).err().unwrap().contains("w9"));
}

/// Where two characters were almost equally likely, another order of sums could choose the other.
#[test]
fn no_character_is_a_close_call() {
    let drawn = files("w2kv", &[]).unwrap();
    let network = drawn
        .taken("w2", |weights| {
            TextNetwork::new(&GptConfig::w2(), &Device::Cpu, &mut |name, shape| weights.take(name, shape))
        })
        .unwrap();
    let mut text = drawn.wholes("w2_gen").unwrap();
    text.extend(answers("w2kv", &[]).0.iter().map(|&token| token as usize));
    let scores = block_on(network.glance(&text[..128], &mut network.memory(&[], 0))).unwrap();
    for (row, next) in scores[..128 * 96].chunks_exact(96).zip(&text[1..]) {
        let mut sorted = row.to_vec();
        sorted.sort_by(f32::total_cmp);
        assert_eq!(row[*next], sorted[95]);
        assert!(sorted[95] - sorted[94] > 1e-3, "{}", sorted[95] - sorted[94]);
    }
}

/// What grows, answers with as many numbers as its size asks for.
#[test]
fn what_grows_grows() {
    for (what, size, numbers) in [
        ("batch", 3, 3 * 1024),
        ("context", 40, 40 * 96 + 16 * 1600),
        ("width", 64, 128 * 96 + 16 * 128 * 128),
    ] {
        let mut workload = scaled(what, size, &Device::Cpu).unwrap();
        let input = workload.input(0);
        let answer = block_on(workload.part(0, &input)).unwrap();
        assert_eq!(answer.len(), numbers, "{what}");
        assert!(answer.iter().all(|x| x.is_finite()), "{what}");
        assert_eq!(workload.error(0, &answer), None, "{what}");
    }
    assert!(scaled("depth", 3, &Device::Cpu).err().unwrap().contains("depth"));
}
