//! What the claims are judged by, as far as it is known of a state.

use super::{
    curves::best_head,
    evidence::{Evidence, Focus, Induction, Surprisal},
    scores::surprisals,
    stages::products,
    state::Shown,
};

pub fn evidence(shown: Shown<'_>) -> Evidence {
    let Shown { lab, sight } = shown;
    let (config, network) = (&lab.settings.config, &lab.network);
    let checked = lab.checks.found(sight);
    let found = checked.cloned().unwrap_or_default();
    let edited = lab.runs.operated.as_ref().and(lab.runs.edited_on_base_text(sight));
    let edited = edited.map(|run| surprisals(shown, run));
    Evidence {
        positions: sight,
        vocabulary: config.vocabulary.len(),
        context: config.context,
        width: config.head_width(),
        edited: lab.runs.operated.is_some(),
        maps: found.maps,
        causality: found.causality,
        cache: found.cache,
        focus: checked.map(|_| focus(shown)),
        surprisal: Surprisal::of(&surprisals(shown, lab.runs.base()), edited.as_deref()),
        induction: network.repeated().map(|_| Induction {
            trained: network.trained(),
            best: best_head(network, config.heads),
            halves: found.halves,
        }),
    }
}

/// Of the head looked at.
fn focus(shown: Shown<'_>) -> Focus {
    let Shown { lab, sight } = shown;
    let (settings, number) = (&lab.settings, lab.settings.number());
    lab.checks.memo.focus(sight, number, || {
        let weights = lab.runs.edited().map(number, settings.heads(), sight);
        let head = (settings.layer, settings.head);
        Focus::of(head, settings.config.head_width(), &products(shown), &weights)
    })
}
