//! The innermost step of the network, multiplying and adding, for the processors at hand.
//!
//! Whole numbers add up to the same sum in any order, so every kernel gives the same results.

/// Eight sums kept side by side.
pub(crate) type Sums = [i32; LANES];

/// How many sums a kernel works on at once.
pub(crate) const LANES: usize = 8;

/// Multiplies weights with values and adds the products up.
pub(crate) trait Kernel: Copy {
    /// To each sum adds its two weights times the two values.
    fn add_pair(self, sums: &mut Sums, weights: &[i16; 2 * LANES], values: [i16; 2]);
}

/// The kernel of any processor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable;

impl Kernel for Portable {
    #[inline(always)]
    fn add_pair(self, sums: &mut Sums, weights: &[i16; 2 * LANES], [a, b]: [i16; 2]) {
        let (pairs, _) = weights.as_chunks();
        for (sum, &[first, second]) in sums.iter_mut().zip(pairs) {
            let products = (i32::from(first) * i32::from(a)).wrapping_add(i32::from(second) * i32::from(b));
            *sum = sum.wrapping_add(products);
        }
    }
}

#[cfg(target_arch = "x86_64")]
impl Kernel for pulp::x86::V3 {
    #[inline(always)]
    fn add_pair(self, sums: &mut Sums, weights: &[i16; 2 * LANES], values: [i16; 2]) {
        let values = self.avx._mm256_set1_epi32(pulp::cast(values));
        let products = self.avx2._mm256_madd_epi16(pulp::cast(*weights), values);
        *sums = pulp::cast(self.avx2._mm256_add_epi32(pulp::cast(*sums), products));
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;

    #[test]
    fn kernels_agree() {
        let Some(wide) = pulp::x86::V3::try_new() else { return };
        let weights = std::array::from_fn(|index| (index as i16).wrapping_mul(4099).wrapping_sub(30_000));
        for values in [[1, -1], [2047, -2048], [i16::MAX, i16::MIN], [i16::MIN, i16::MIN]] {
            let (mut one, mut other) = ([7; LANES], [7; LANES]);
            Portable.add_pair(&mut one, &weights, values);
            wide.add_pair(&mut other, &weights, values);
            assert_eq!(one, other);
        }
    }
}
