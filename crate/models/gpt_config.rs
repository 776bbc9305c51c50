//! The sizes of a causal transformer, and which sizes can be built.

use super::size::{SizeError, multiple, within};
use serde::{Deserialize, Serialize};

/// Everything that decides the parameters of a [`FusedGpt`](super::fused_gpt::FusedGpt) and what they mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GptConfig {
    /// The characters that the network reads and writes, in the order of their tokens.
    #[serde(with = "letters")]
    pub vocabulary: Vec<char>,
    /// The longest text it was made for, in tokens.
    pub context: usize,
    /// d, numbers of the residual stream at a position.
    pub width: usize,
    pub layers: usize,
    pub heads: usize,
    /// Width of the hidden layer after attention; 0: attention only.
    pub mlp: usize,
    /// Whether the scores of the next character are dot products with the embedding itself (Press & Wolf 2017,
    /// <https://arxiv.org/abs/1608.05859>). A file that does not say has a table of their own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tied: bool,
}

/// The vocabulary of the benchmarks: the 95 printable characters of ASCII and the line feed.
fn ascii() -> Vec<char> {
    (' '..='~').chain(['\n']).collect()
}

impl GptConfig {
    /// Workload W2 of the benchmarks: 817,920 parameters.
    pub fn w2() -> Self {
        Self { vocabulary: ascii(), context: 128, width: 128, layers: 4, heads: 4, mlp: 512, tied: false }
    }

    /// Workload W4 of the benchmarks: 112,384 parameters.
    pub fn w4() -> Self {
        Self { context: 64, width: 64, layers: 2, mlp: 256, ..Self::w2() }
    }

    /// Name and shape of each parameter, in the order in which a row of all weights has them.
    pub fn parameters(&self) -> Vec<(String, Vec<usize>)> {
        let (v, d, mlp) = (self.vocabulary.len(), self.width, self.mlp);
        let linear = |name: String, inputs: usize, outputs: usize| {
            [(format!("{name}.weight"), vec![outputs, inputs]), (format!("{name}.bias"), vec![outputs])]
        };
        let norm = |name: String| ["weight", "bias"].map(|kind| (format!("{name}.{kind}"), vec![d]));
        let mut all = vec![("emb.weight".to_owned(), vec![v, d])];
        for l in 0..self.layers {
            all.extend(norm(format!("l{l}.ln1")));
            all.extend(linear(format!("l{l}.qkv"), d, 3 * d));
            all.extend(linear(format!("l{l}.proj"), d, d));
            if mlp > 0 {
                all.extend(norm(format!("l{l}.ln2")));
                all.extend(linear(format!("l{l}.fc1"), d, mlp));
                all.extend(linear(format!("l{l}.fc2"), mlp, d));
            }
        }
        all.extend(norm("lnf".to_owned()));
        if !self.tied {
            all.push(("head.weight".to_owned(), vec![v, d]));
        }
        all
    }

    /// dh, numbers of a head's query, key and value.
    pub fn head_width(&self) -> usize {
        self.width / self.heads
    }

    /// The token of a character that the network knows.
    pub fn token(&self, letter: char) -> Option<usize> {
        self.vocabulary.iter().position(|&known| known == letter)
    }

    /// Whether a network of these sizes can be built, in reasonable memory.
    pub fn check(&self) -> Result<(), SizeError> {
        within("number of characters", self.vocabulary.len(), 1, 4096)?;
        let mut sorted = self.vocabulary.clone();
        sorted.sort_unstable();
        if let Some(twice) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            let found = format!("one with {:?} twice", twice[0]);
            return Err(SizeError {
                what: "list of characters",
                found,
                wanted: "one without repetition".into(),
            });
        }
        within("context", self.context, 1, 4096)?;
        within("number of layers", self.layers, 1, 32)?;
        within("number of heads", self.heads, 1, 64)?;
        within("width", self.width, 1, 2048)?;
        within("width of the hidden layer", self.mlp, 0, 8192)?;
        // Rotary positions turn pairs of a head's numbers.
        multiple("width", self.width, 2 * self.heads)
    }
}

/// The vocabulary as one string.
mod letters {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(letters: &[char], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&letters.iter().collect::<String>())
    }

    pub fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<Vec<char>, D::Error> {
        Ok(String::deserialize(from)?.chars().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_presets_can_be_built() {
        assert_eq!(GptConfig::w2().check(), Ok(()));
        assert_eq!(GptConfig::w4().check(), Ok(()));
        assert_eq!(GptConfig::w2().vocabulary.len(), 96);
    }

    #[test]
    fn an_impossible_size_is_named() {
        let twice = GptConfig { vocabulary: "abca".chars().collect(), ..GptConfig::w2() };
        assert!(twice.check().unwrap_err().to_string().contains("'a' twice"));
        let odd = GptConfig { width: 20, ..GptConfig::w2() };
        assert_eq!(
            odd.check().unwrap_err().to_string(),
            "the network's width is 20, but must be a multiple of 8"
        );
        assert!(GptConfig { heads: 0, ..GptConfig::w2() }.check().is_err());
        assert!(GptConfig { vocabulary: vec![], ..GptConfig::w2() }.check().is_err());
    }

    #[test]
    fn the_vocabulary_is_one_string_in_json() {
        let json = serde_json::to_string(&GptConfig::w4()).unwrap();
        assert!(json.contains("xyz{|}~"), "{json}");
        assert_eq!(serde_json::from_str::<GptConfig>(&json).unwrap(), GptConfig::w4());
    }
}
