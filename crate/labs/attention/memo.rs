//! What was found of single maps, kept while the text in sight is as long.

use std::{cell::RefCell, collections::BTreeMap};

use super::evidence::Focus;
use crate::math::{attention_measures::effective_ranks, spectrum::EffectiveRanks};

/// Up to so many positions the ranks of a map cost less than a millisecond, and nobody has to ask for them.
const SMALL: usize = 96;

#[derive(Default)]
pub struct Memo(RefCell<Found>);

/// Of the first `sight` characters.
#[derive(Default)]
struct Found {
    sight: usize,
    /// By run (0: the untouched) and number of the head.
    ranks: BTreeMap<(usize, usize), EffectiveRanks>,
    focus: BTreeMap<usize, Focus>,
}

/// Whether to compute what costs time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    Any,
    Small,
}

impl Memo {
    /// The ranks of `map`, that of `head`: (run, number); `None` if they cost too much.
    pub fn ranks(
        &self,
        sight: usize,
        head: (usize, usize),
        map: &[f32],
        effort: Effort,
    ) -> Option<EffectiveRanks> {
        let mut found = self.0.borrow_mut();
        found.look_at(sight);
        if !found.ranks.contains_key(&head) && (effort == Effort::Any || sight <= SMALL) {
            found.ranks.insert(head, effective_ranks(map));
        }
        found.ranks.get(&head).copied()
    }

    /// What `of` says of head `number`, asked once.
    pub fn focus(&self, sight: usize, number: usize, of: impl FnOnce() -> Focus) -> Focus {
        let mut found = self.0.borrow_mut();
        found.look_at(sight);
        *found.focus.entry(number).or_insert_with(of)
    }
}

impl Found {
    /// Forgets what was found at another length.
    fn look_at(&mut self, sight: usize) {
        if self.sight != sight {
            *self = Self { sight, ..Self::default() };
        }
    }
}
