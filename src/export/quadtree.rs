//! A quadtree over points with weights: the push of all of them on one, those far away taken together.
//!
//! Barnes and Hut, *A hierarchical O(N log N) force-calculation algorithm*, Nature 324 (1986).

use super::layout::Point;

/// A square is taken as one point where it looks smaller than this, in its width by its distance.
const COARSE: f64 = 0.9;
/// Squares within squares; points closer than this many halvings lie together.
const DEEPEST: u32 = 40;

const NONE: u32 = u32::MAX;

struct Square {
    /// Sum of the weights, and the weighted sums of the places until the tree is done, then their mean.
    weight: f64,
    mean: Point,
    /// First of four; none for a leaf.
    children: u32,
    /// The point of a leaf.
    only: u32,
}

/// The tree.
pub(super) struct Tree {
    squares: Vec<Square>,
    points: Vec<(Point, f64)>,
    low: Point,
    width: f64,
}

impl Tree {
    pub(super) fn of(points: impl Iterator<Item = (Point, f64)>) -> Tree {
        let points: Vec<(Point, f64)> = points.collect();
        let low = points
            .iter()
            .fold(Point { x: f64::MAX, y: f64::MAX }, |low, (at, _)| Point { x: low.x.min(at.x), y: low.y.min(at.y) });
        let width = points.iter().fold(1.0f64, |width, (at, _)| width.max(at.x - low.x).max(at.y - low.y)) * 1.0001;
        let mut tree = Tree { squares: vec![empty()], points, low, width };
        for number in 0..tree.points.len() {
            tree.insert(number);
        }
        for square in &mut tree.squares {
            if square.weight > 0.0 {
                square.mean = Point { x: square.mean.x / square.weight, y: square.mean.y / square.weight };
            }
        }
        tree
    }

    fn insert(&mut self, number: usize) {
        let (at, weight) = self.points[number];
        let (mut square, mut low, mut half) = (0usize, self.low, self.width / 2.0);
        for depth in 0.. {
            let here = &mut self.squares[square];
            let is_empty = here.weight == 0.0;
            here.weight += weight;
            here.mean.x += at.x * weight;
            here.mean.y += at.y * weight;
            if here.children == NONE {
                if is_empty {
                    here.only = number as u32;
                    return;
                }
                if depth == DEEPEST {
                    return;
                }
                self.split(square, low, half);
            }
            let (child, corner) = quarter(at, low, half);
            square = self.squares[square].children as usize + child;
            low = corner;
            half /= 2.0;
        }
    }

    /// Gives a leaf four squares and moves its point into one of them.
    fn split(&mut self, square: usize, low: Point, half: f64) {
        let first = self.squares.len();
        self.squares.extend([empty(), empty(), empty(), empty()]);
        let only = self.squares[square].only;
        self.squares[square].children = first as u32;
        self.squares[square].only = NONE;
        let (at, weight) = self.points[only as usize];
        let (child, _) = quarter(at, low, half);
        self.squares[first + child] =
            Square { weight, mean: Point { x: at.x * weight, y: at.y * weight }, children: NONE, only };
    }

    /// The push on point `number`, which stands there: the sum of weight over distance, away from each other point.
    pub(super) fn push(&self, at: Point, number: usize) -> Point {
        let mut sum = Point { x: 0.0, y: 0.0 };
        let mut open: Vec<(usize, f64)> = vec![(0, self.width)];
        while let Some((square, width)) = open.pop() {
            let here = &self.squares[square];
            if here.weight == 0.0 || here.only == number as u32 {
                continue;
            }
            let (x, y) = (at.x - here.mean.x, at.y - here.mean.y);
            let distance = x * x + y * y;
            if here.children != NONE && width * width > COARSE * COARSE * distance {
                let first = here.children as usize;
                open.extend((first..first + 4).map(|child| (child, width / 2.0)));
                continue;
            }
            let share = here.weight / (distance + 1.0);
            sum.x += x * share;
            sum.y += y * share;
        }
        sum
    }
}

fn empty() -> Square {
    Square { weight: 0.0, mean: Point { x: 0.0, y: 0.0 }, children: NONE, only: NONE }
}

/// Which quarter of a square a point is in, and that quarter's corner.
fn quarter(at: Point, low: Point, half: f64) -> (usize, Point) {
    let (right, down) = (at.x >= low.x + half, at.y >= low.y + half);
    let corner = Point { x: if right { low.x + half } else { low.x }, y: if down { low.y + half } else { low.y } };
    (usize::from(right) + 2 * usize::from(down), corner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_push_is_near_to_the_exact_one() {
        let points: Vec<(Point, f64)> = (0..500u32)
            .map(|n| (Point { x: f64::from(n * 7919 % 1009), y: f64::from(n * 104_729 % 997) }, 1.0))
            .collect();
        let tree = Tree::of(points.iter().copied());
        for (number, (at, _)) in points.iter().enumerate().step_by(50) {
            let mut exact = Point { x: 0.0, y: 0.0 };
            for (other, _) in &points {
                let (x, y) = (at.x - other.x, at.y - other.y);
                exact.x += x / (x * x + y * y + 1.0);
                exact.y += y / (x * x + y * y + 1.0);
            }
            let push = tree.push(*at, number);
            let size = (exact.x * exact.x + exact.y * exact.y).sqrt();
            assert!((push.x - exact.x).abs() + (push.y - exact.y).abs() < 0.1 * size + 0.02, "{push:?} {exact:?}");
        }
    }

    #[test]
    fn points_in_one_place_are_no_endless_tree() {
        let same = [(Point { x: 1.0, y: 1.0 }, 1.0); 9];
        let tree = Tree::of(same.into_iter());
        let push = tree.push(Point { x: 1.0, y: 1.0 }, 0);
        assert_eq!((push.x, push.y), (0.0, 0.0));
        assert!(Tree::of(std::iter::empty()).push(Point { x: 0.0, y: 0.0 }, 0).x == 0.0);
    }
}
