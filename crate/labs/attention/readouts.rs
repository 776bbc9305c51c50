//! The claims of the attention lab, judged by evidence alone.

mod maps;
mod text;
mod words;

use super::evidence::Evidence;
use crate::runtime::readout::Readout;

/// Every readout of the lab for what is known so far.
pub fn all(evidence: &Evidence) -> Vec<Readout> {
    let mut all = vec![
        maps::rows(evidence),
        maps::future(evidence),
        maps::causality(evidence),
        maps::cache(evidence),
        maps::determinant(evidence),
        maps::elimination(evidence),
        maps::tokens(evidence),
        text::surprisal(evidence),
    ];
    // A text that is never long against a query says nothing of ranks.
    if evidence.context > 2 * evidence.width {
        all.push(maps::rank(evidence));
    }
    all.extend(evidence.edited.then(|| text::cost(evidence)));
    if evidence.induction.is_some() {
        all.extend([text::prefix(evidence), text::halves(evidence)]);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::attention::evidence::{Focus, Induction, Maps, Surprisal};
    use crate::math::random_head::{RandomHead, uniform_causal};
    use crate::runtime::readout::Verdict::{self, Fails, Holds, Open};

    fn verdict(evidence: &Evidence, id: &str) -> Verdict {
        all(evidence).iter().find(|readout| readout.id == id).unwrap_or_else(|| panic!("no {id}")).verdict
    }

    /// 64 positions, queries of 8 numbers, drawn by splitmix64.
    fn random() -> [Vec<f32>; 2] {
        let head = RandomHead::new(7, 64, 8);
        [head.scores(1.0), head.causal(1.0)].map(|map| map.iter().map(|&x| x as f32).collect())
    }

    fn measured() -> Evidence {
        let [scores, weights] = random();
        let maps = [weights.clone(), uniform_causal(64)].concat();
        Evidence {
            positions: 64,
            vocabulary: 65,
            edited: true,
            context: 256,
            width: 8,
            maps: Some(Maps::of(&maps, 2, 64, 0.0)),
            causality: Some(0.0),
            cache: Some(3e-6),
            focus: Some(Focus::of((0, 1), 8, &scores, &weights)),
            surprisal: Surprisal::of(&[-1.0, 2.0, 1.0], Some(&[-1.0, 3.0, 9.0])),
            induction: Some(Induction { trained: 300, best: Some((1, 2, 0.93)), halves: Some((3.4, 0.2)) }),
        }
    }

    #[test]
    fn everything_is_open_before_it_is_measured() {
        let evidence = Evidence { edited: true, context: 256, width: 32, ..Default::default() };
        let before = all(&evidence);
        assert!(before.iter().all(|r| r.verdict == Open && r.value.is_none()));
        let untrained = Induction { trained: 0, best: Some((0, 0, 0.9)), halves: Some((3.0, 1.0)) };
        let toy = Evidence { induction: Some(untrained), ..evidence };
        assert_eq!((verdict(&toy, "induction"), verdict(&toy, "halves")), (Open, Open));
        assert_eq!(all(&toy).len(), before.len() + 2);
    }

    #[test]
    fn what_is_right_holds() {
        let evidence = measured();
        for readout in all(&evidence) {
            assert_eq!(readout.verdict, Holds, "{}: {:?}", readout.id, readout.value);
            assert!(readout.expected.is_some_and(f64::is_finite));
            assert!(
                readout.note.en.len() > 20
                    && readout.note.zh.len() > 20
                    && readout.reference.href.starts_with("https://")
            );
        }
        assert_eq!(all(&evidence).len(), 12);
        let without = Evidence { edited: false, induction: None, ..evidence };
        assert_eq!(all(&without).len(), 9);
    }

    #[test]
    fn what_is_wrong_fails() {
        let mut broken = uniform_causal(4);
        (broken[3], broken[5]) = (0.25, 0.0);
        let maps = Some(Maps::of(&broken, 1, 4, 0.0));
        let [scores, weights] = random();
        let one = vec![1.0 / 64.0; 64 * 64];
        let evidence = Evidence {
            maps,
            causality: Some(f64::MIN_POSITIVE),
            cache: Some(0.1),
            // A map of rank one after scores of rank eight.
            focus: Some(Focus::of((0, 0), 8, &scores, &one)),
            surprisal: Surprisal::of(&[0.0, 5.0], Some(&[0.0, 4.0])),
            induction: Some(Induction { trained: 9, best: Some((0, 0, 0.1)), halves: Some((3.0, 3.1)) }),
            ..measured()
        };
        for id in [
            "rows",
            "future",
            "causality",
            "cache",
            "determinant",
            "rank",
            "surprisal",
            "cost",
            "induction",
            "halves",
        ] {
            assert_eq!(verdict(&evidence, id), Fails, "{id}");
        }
        // What a row gave to a later position while reading counts, though the map kept has no place for it.
        let peeked = Some(Maps::of(&uniform_causal(4), 1, 4, 1e-3));
        assert_eq!(verdict(&Evidence { maps: peeked, ..measured() }, "future"), Fails);
        // A map that looks ahead is no triangle: its determinant is not the product of its diagonal.
        let ahead = Some(Maps::of(&[0.75, 0.25, 0.5, 0.5], 1, 2, 0.0));
        assert_eq!(verdict(&Evidence { maps: ahead, ..measured() }, "elimination"), Fails);
        // Scores of a rank that q and k cannot have are not what the claim speaks of.
        let impossible = Evidence { focus: Some(Focus::of((0, 0), 8, &weights, &weights)), ..measured() };
        assert_eq!(verdict(&impossible, "rank"), Fails);
    }

    #[test]
    fn the_worst_head_is_named_and_elimination_goes_as_far_as_it_can_tell() {
        // A head that reads the position before, 99 %: its determinant is 10⁻³⁰, far beyond the digits of f64.
        let n = 16;
        let mut before = vec![0.0f32; n * n];
        before[0] = 1.0;
        for i in 1..n {
            (before[i * n + i], before[i * n + i - 1]) = (0.01, 0.99);
        }
        let maps = Maps::of(&[uniform_causal(n), before].concat(), 2, n, 0.0);
        let told: Vec<_> = maps.determinants.iter().map(|d| d.eliminated.unwrap().positions).collect();
        assert!(told[0] == n && told[1] < n && maps.determinants[1].log10 < -28.0, "{told:?}");
        let evidence = Evidence { maps: Some(maps), ..Default::default() };
        let readouts = all(&evidence);
        let by_id = |id: &str| readouts.iter().find(|readout| readout.id == id).unwrap();
        let note = &by_id("determinant").note;
        assert!(note.en.contains("1.0 × 10⁻³⁰, layer 1, head 2"), "{}", note.en);
        assert!(note.zh.contains("第 1 层第 2 头"), "{}", note.zh);
        assert!(by_id("elimination").note.en.contains("over 2 of 2 heads"));
        assert_eq!(by_id("elimination").verdict, Holds);
    }

    #[test]
    fn a_short_text_waits_for_its_rank() {
        let map = uniform_causal(4);
        let focus = Some(Focus::of((0, 0), 8, &map, &map));
        let evidence = Evidence { focus, context: 256, width: 8, ..Default::default() };
        assert_eq!(verdict(&evidence, "rank"), Open);
        assert_eq!(verdict(&evidence, "tokens"), Holds);
        assert!(Surprisal::of(&[-1.0], None).is_none());
        // Of a model that holds fewer characters than two queries have numbers the claim is not made.
        let small = Evidence { context: 16, ..evidence };
        assert!(all(&small).iter().all(|readout| readout.id != "rank"));
    }
}
