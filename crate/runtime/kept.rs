//! What the last pull left, outside the session: a device that is lost in the middle of a pull takes at most that pull along.

use std::{any::Any, cell::RefCell};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::lab::Key;

/// Holds what a session computed, whatever the session is doing.
pub trait Keeper {
    /// All of it as bytes.
    fn snapshot(&self) -> Vec<u8>;
    fn as_any(&self) -> &dyn Any;
}

/// The state shown and all parts, each under the key of what it depends on.
#[derive(Clone, Serialize, Deserialize)]
pub struct Kept<P> {
    pub at: usize,
    pub parts: Vec<(Key, P)>,
}

impl<P: Serialize> Kept<P> {
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("numbers and texts have bytes")
    }
}

/// The one place where they stand.
pub struct Shelf<P>(RefCell<Kept<P>>);

impl<P: Clone> Shelf<P> {
    pub fn new(kept: Kept<P>) -> Self {
        Self(RefCell::new(kept))
    }

    pub fn put(&self, kept: Kept<P>) {
        self.0.replace(kept);
    }

    pub fn get(&self) -> Kept<P> {
        self.0.borrow().clone()
    }
}

impl<P: Clone + Serialize + 'static> Keeper for Shelf<P> {
    fn snapshot(&self) -> Vec<u8> {
        self.0.borrow().to_bytes()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The content of a snapshot; `None` if it is cut off, too long or of another kind.
pub fn read<P: DeserializeOwned>(snapshot: &[u8]) -> Option<Kept<P>> {
    let (kept, rest) = postcard::take_from_bytes(snapshot).ok()?;
    rest.is_empty().then_some(kept)
}
