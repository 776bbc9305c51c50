//! Numbers as bytes and back, little-endian, for what one session hands to another.

/// Writes one thing after another.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    /// A u32; what a session counts fits.
    pub fn word(&mut self, value: usize) {
        self.0.extend((value as u32).to_le_bytes());
    }

    /// A length and as many bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len());
        self.0.extend(bytes);
    }

    /// A length and as many f32.
    pub fn numbers(&mut self, numbers: &[f32]) {
        self.word(numbers.len());
        self.0.extend(numbers.iter().flat_map(|x| x.to_le_bytes()));
    }

    /// An f64.
    pub fn real(&mut self, value: f64) {
        self.0.extend(value.to_le_bytes());
    }

    /// A length and as many bytes of UTF-8.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }
}

/// Reads what a [`Writer`] wrote; every method gives `None` where the bytes do not hold it.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn word(&mut self) -> Option<usize> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?) as usize)
    }

    pub fn bytes(&mut self) -> Option<&'a [u8]> {
        let count = self.word()?;
        self.take(count)
    }

    /// Finite numbers: what a session computed is.
    pub fn numbers(&mut self) -> Option<Vec<f32>> {
        self.any_numbers().filter(|numbers| numbers.iter().all(|x| x.is_finite()))
    }

    /// Numbers, infinite ones too.
    pub fn any_numbers(&mut self) -> Option<Vec<f32>> {
        let count = self.word()?.checked_mul(4)?;
        let (words, _) = self.take(count)?.as_chunks::<4>();
        Some(words.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// A finite f64.
    pub fn real(&mut self) -> Option<f64> {
        let value = f64::from_le_bytes(self.take(8)?.try_into().ok()?);
        value.is_finite().then_some(value)
    }

    pub fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// `Some` at the end of the bytes.
    pub fn end(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_cut_is_noticed() {
        let mut writer = Writer::default();
        writer.word(7);
        writer.bytes(b"plane");
        writer.numbers(&[0.5, -1.0]);
        writer.real(0.1);
        let read = |bytes: &[u8]| {
            let mut reader = Reader(bytes);
            let all = (reader.word()?, reader.bytes()?.to_vec(), reader.numbers()?, reader.real()?);
            reader.end()?;
            Some(all)
        };
        assert_eq!(read(&writer.0), Some((7, b"plane".to_vec(), vec![0.5, -1.0], 0.1)));
        for end in 0..writer.0.len() {
            assert_eq!(read(&writer.0[..end]), None, "cut at {end}");
        }
        let longer = [writer.0.as_slice(), &[0]].concat();
        assert_eq!(read(&longer), None);
    }
}
