//! Numbers and texts as little-endian bytes: what one session hands over to another.

/// Writes one thing after the other.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    pub fn word(&mut self, value: usize) {
        self.0.extend((value as u32).to_le_bytes());
    }

    pub fn real(&mut self, value: f64) {
        self.0.extend(value.to_le_bytes());
    }

    /// Their count, then the numbers.
    pub fn numbers(&mut self, values: &[f32]) {
        self.word(values.len());
        self.0.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    }

    /// Its length, then the text.
    pub fn text(&mut self, text: &str) {
        self.word(text.len());
        self.0.extend(text.as_bytes());
    }
}

/// Reads what a [`Writer`] wrote. `None` where the bytes end early or hold what no session computed.
pub struct Reader<'a>(pub &'a [u8]);

impl Reader<'_> {
    pub fn word(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.bytes(4)?.try_into().ok()?) as usize)
    }

    pub fn real(&mut self) -> Option<f64> {
        let value = f64::from_le_bytes(self.bytes(8)?.try_into().ok()?);
        value.is_finite().then_some(value)
    }

    /// Finite numbers.
    pub fn numbers(&mut self) -> Option<Vec<f32>> {
        self.any_numbers().filter(|numbers| numbers.iter().all(|x| x.is_finite()))
    }

    /// Numbers, infinite ones too.
    pub fn any_numbers(&mut self) -> Option<Vec<f32>> {
        let count = self.word()?;
        let bytes = self.bytes(count.checked_mul(4)?)?;
        Some(bytes.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().expect("four bytes"))).collect())
    }

    pub fn text(&mut self) -> Option<&str> {
        let length = self.word()?;
        std::str::from_utf8(self.bytes(length)?).ok()
    }

    fn bytes(&mut self, count: usize) -> Option<&[u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }
}
