//! Precision, recall and F1 of counts, and how sure they are.
//!
//! Precision and recall are proportions, for which the Wilson score interval (E. B. Wilson 1927) holds at small counts and
//! near 0 and 1, where the textbook interval does not. F1 is no proportion: its interval is the percentile bootstrap
//! (B. Efron 1979) over documents, because what stands in one document goes wrong together. The draws are seeded, so that
//! the same counts give the same interval.

use serde::Serialize;

/// The 97.5 % point of the normal distribution: intervals hold 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// Times that documents are drawn.
const DRAWS: usize = 2_000;
const SEED: u64 = 20_150_518;

/// Counts of what was found and what was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Right, and found.
    pub found: usize,
    /// Right, and not found.
    pub missed: usize,
    /// Found, and not right.
    pub wrong: usize,
}

/// A figure with the interval that holds it at 95 %, all between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// From and to; none where there is too little to tell.
    pub interval: Option<[f64; 2]>,
}

impl Counts {
    /// Adds the counts of another part.
    pub fn add(&mut self, other: Counts) {
        self.found += other.found;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }

    /// Of what was found, the part that is right; none where nothing was found.
    pub fn precision(&self) -> Option<Figure> {
        wilson(self.found, self.found + self.wrong)
    }

    /// Of what is right, the part that was found; none where nothing is right.
    pub fn recall(&self) -> Option<Figure> {
        wilson(self.found, self.found + self.missed)
    }

    /// The harmonic mean of the two; none where there is nothing to count.
    pub fn f1(&self) -> Option<f64> {
        let all = 2 * self.found + self.missed + self.wrong;
        (all > 0).then(|| (2 * self.found) as f64 / all as f64)
    }
}

/// The Wilson score interval of a proportion.
fn wilson(hits: usize, all: usize) -> Option<Figure> {
    if all == 0 {
        return None;
    }
    let (n, value) = (all as f64, hits as f64 / all as f64);
    let middle = value + Z * Z / (2.0 * n);
    let spread = Z * (value * (1.0 - value) / n + Z * Z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + Z * Z / n;
    let (low, high) = ((middle - spread) / whole, (middle + spread) / whole);
    Some(Figure { value: rounded(value), interval: Some([rounded(low.max(0.0)), rounded(high.min(1.0))]) })
}

/// F1 of all documents together, with the interval that drawing as many documents again and again gives. A single document
/// can only be drawn as it is, and has no interval.
pub fn f1(documents: &[Counts]) -> Option<Figure> {
    let total = |draw: &mut dyn Iterator<Item = Counts>| {
        let mut sum = Counts::default();
        draw.for_each(|counts| sum.add(counts));
        sum.f1()
    };
    let value = total(&mut documents.iter().copied())?;
    if documents.len() < 2 {
        return Some(Figure { value: rounded(value), interval: None });
    }
    let mut random = SEED;
    let mut drawn: Vec<f64> = (0..DRAWS)
        .filter_map(|_| total(&mut (0..documents.len()).map(|_| documents[below(&mut random, documents.len())])))
        .collect();
    drawn.sort_by(f64::total_cmp);
    let at = |part: f64| drawn[((drawn.len() - 1) as f64 * part).round() as usize];
    Some(Figure { value: rounded(value), interval: Some([rounded(at(0.025)), rounded(at(0.975))]) })
}

/// A number below `limit`, which is not 0 (SplitMix64: G. Steele, D. Lea, C. Flood 2014).
fn below(state: &mut u64, limit: usize) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    ((u128::from(mixed) * limit as u128) >> 64) as usize
}

/// To four decimals: as much as is shown anywhere, and the same on every machine.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_agrees_with_the_literature() {
        // Newcombe (1998), table I: 81 of 263 and 0 of 20.
        let figure = wilson(81, 263).unwrap();
        assert_eq!(figure.interval, Some([0.2553, 0.3662]));
        let none = wilson(0, 20).unwrap();
        assert_eq!((none.value, none.interval), (0.0, Some([0.0, 0.1611])));
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn the_bootstrap_holds_its_figure_and_repeats_itself() {
        let documents: Vec<Counts> =
            (0..10).map(|n| Counts { found: 5 + n % 4, missed: n % 3, wrong: usize::from(n % 2 == 0) }).collect();
        let figure = f1(&documents).unwrap();
        let [low, high] = figure.interval.unwrap();
        assert!(low < figure.value && figure.value < high, "{figure:?}");
        assert_eq!(f1(&documents), Some(figure));
        assert_eq!(f1(&[Counts::default()]), None);
        let only = f1(&[Counts { found: 3, missed: 1, wrong: 0 }]).unwrap();
        assert_eq!((only.value, only.interval), (0.8571, None));
    }
}
