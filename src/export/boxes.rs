//! Boxes that must not cover each other.

use super::layout::Point;

/// A node, a label or a group of them: the centre, the size, how hard it is to push.
pub(super) struct Body {
    pub at: Point,
    pub size: (f64, f64),
    pub weight: f64,
}

/// Moves boxes off each other, each as little as will do, the light ones more: so many rounds at most, or until each has
/// this gap around it.
pub(super) fn part(bodies: &mut [Body], gap: f64, rounds: usize) {
    let mut by_left: Vec<usize> = (0..bodies.len()).collect();
    let mut open: Vec<usize> = Vec::new();
    for _ in 0..rounds {
        by_left.sort_by(|&a, &b| {
            let left = |at: usize| bodies[at].at.x - bodies[at].size.0 / 2.0;
            left(a).total_cmp(&left(b)).then(a.cmp(&b))
        });
        let mut moved = false;
        open.clear();
        for &b in &by_left {
            let left = bodies[b].at.x - bodies[b].size.0 / 2.0 - gap;
            open.retain(|&a| bodies[a].at.x + bodies[a].size.0 / 2.0 > left);
            for &a in &open {
                let (x, y) = (bodies[b].at.x - bodies[a].at.x, bodies[b].at.y - bodies[a].at.y);
                let over_x = (bodies[a].size.0 + bodies[b].size.0) / 2.0 + gap - x.abs();
                let over_y = (bodies[a].size.1 + bodies[b].size.1) / 2.0 + gap - y.abs();
                if over_x <= 0.01 || over_y <= 0.01 {
                    continue;
                }
                moved = true;
                let share = bodies[b].weight / (bodies[a].weight + bodies[b].weight);
                if over_x < over_y {
                    let way = over_x * if x < 0.0 { -1.0 } else { 1.0 };
                    bodies[a].at.x -= way * share;
                    bodies[b].at.x += way * (1.0 - share);
                } else {
                    let way = over_y * if y < 0.0 { -1.0 } else { 1.0 };
                    bodies[a].at.y -= way * share;
                    bodies[b].at.y += way * (1.0 - share);
                }
            }
            open.push(b);
        }
        if !moved {
            return;
        }
    }
}

/// Gives those that still cover another, though they could be pushed, the nearest free place that is found on a spiral
/// around them. Quadratic: meant for what a drawing that is read label by label holds.
pub(super) fn settle(bodies: &mut [Body], light: impl Fn(usize) -> bool) {
    const MOST: usize = 1500;
    const PLACES: usize = 900;
    if bodies.len() > MOST {
        return;
    }
    let covers = |bodies: &[Body], number: usize, at: Point| {
        bodies.iter().enumerate().any(|(other, body)| {
            other != number
                && (at.x - body.at.x).abs() < (bodies[number].size.0 + body.size.0) / 2.0 + 2.0
                && (at.y - body.at.y).abs() < (bodies[number].size.1 + body.size.1) / 2.0 + 2.0
        })
    };
    for number in (0..bodies.len()).filter(|number| light(*number)) {
        let own = bodies[number].at;
        let near = spiral(9.0).take(PLACES).map(|step| Point { x: own.x + 1.5 * step.x, y: own.y + step.y });
        let free = near.into_iter().find(|at| !covers(bodies, number, *at));
        bodies[number].at = free.unwrap_or(own);
    }
}

/// Points on a spiral turned by the golden angle from one to the next: none lines up with another, and those near in
/// number are near each other. The distance of the first ones is about `step`.
pub(super) fn spiral(step: f64) -> impl Iterator<Item = Point> {
    /// Cosine and sine of the golden angle.
    const GOLDEN: (f64, f64) = (-0.737_368_878_078_319_7, 0.675_490_294_261_523_8);
    let (mut cosine, mut sine) = (1.0, 0.0);
    (0u32..).map(move |number| {
        let radius = step * f64::from(number).sqrt();
        let point = Point { x: radius * cosine, y: radius * sine };
        (cosine, sine) = (cosine * GOLDEN.0 - sine * GOLDEN.1, cosine * GOLDEN.1 + sine * GOLDEN.0);
        point
    })
}
