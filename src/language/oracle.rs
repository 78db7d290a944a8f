//! The dynamic oracle: what an action costs in gold arcs that can then no longer be drawn.
//!
//! Y. Goldberg and J. Nivre, "Training deterministic parsers with non-deterministic oracles", TACL 2013, section 3.3 on
//! the arc-hybrid system. It holds for any state, right or wrong, so the parser can be trained on its own mistakes. On a
//! projective tree some action always costs nothing; on another one training takes the cheapest.

use super::state::{Action, State};

/// Cost of each action; `u32::MAX` where it is not allowed. `gold[i]` is the head of word `i + 1`, 0 for the root.
pub(crate) fn costs(state: &State, gold: &[u16]) -> [u32; 3] {
    let mut costs = [u32::MAX; 3];
    let head_of = |node: u16| gold[usize::from(node) - 1];
    let stack = &state.stack[state.stack.len() - state.depth()..];
    let next = state.next;
    if state.allows(Action::Shift) {
        let below = &stack[..stack.len().saturating_sub(1)];
        let mut cost = stack.iter().filter(|&&node| head_of(node) == next).count();
        cost += below.iter().filter(|&&node| head_of(next) == node).count();
        // Only a word at the bottom of the stack can stay to the end and be the root.
        cost += usize::from(head_of(next) == 0 && !stack.is_empty());
        costs[Action::Shift as usize] = cost as u32;
    }
    if let Some(&top) = stack.last() {
        let head = head_of(top);
        let lost = (next..=state.len).filter(|&node| head_of(node) == top).count() as u32;
        let second = stack.len().checked_sub(2).map(|at| stack[at]);
        if state.allows(Action::Left) {
            let root = head == 0 && stack.len() == 1;
            let other = root || head > next || head != 0 && Some(head) == second;
            costs[Action::Left as usize] = lost + u32::from(other);
        }
        if state.allows(Action::Right) {
            let other = head >= next;
            costs[Action::Right as usize] = lost + u32::from(other);
        }
    }
    costs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::morph::Tag;

    fn start(len: usize) -> State {
        let mut state = State::default();
        state.start(&vec![Tag(0); len]);
        state
    }

    fn is_projective(heads: &[u16]) -> bool {
        heads.iter().enumerate().all(|(index, &head)| {
            let node = index as u16 + 1;
            let (low, high) = (node.min(head), node.max(head));
            (low + 1..high).all(|inner| (low..=high).contains(&heads[usize::from(inner) - 1]))
                || head == 0
                    && (1..=heads.len() as u16).all(|n| {
                        let h = heads[usize::from(n) - 1];
                        h == 0 || (n < node) == (h < node) || n == node || h == node
                    })
        })
    }

    /// Every tree over `len` words.
    fn trees(len: u16) -> Vec<Vec<u16>> {
        let mut all = vec![vec![]];
        for _ in 0..len {
            all = all
                .into_iter()
                .flat_map(|heads: Vec<u16>| (0..=len).map(move |h| [heads.clone(), vec![h]].concat()))
                .collect();
        }
        all.retain(|heads| {
            heads.iter().filter(|&&h| h == 0).count() == 1
                && (1..=len).all(|node| {
                    let mut at = node;
                    for _ in 0..len {
                        if at != 0 {
                            at = heads[usize::from(at) - 1];
                        }
                    }
                    at == 0
                })
        });
        all
    }

    #[test]
    fn free_actions_lead_to_every_projective_tree() {
        let mut reached = 0;
        for gold in (1..=5).flat_map(trees).filter(|heads| is_projective(heads)) {
            let mut state = start(gold.len());
            while !state.done() {
                let costs = costs(&state, &gold);
                let free = Action::ALL[costs.iter().position(|&c| c == 0).expect("a free action")];
                match state.arc(free) {
                    None => state.shift(),
                    Some((dependent, head)) => state.attach(dependent, head, 0),
                }
            }
            let heads: Vec<u16> = state.nodes[1..=gold.len()].iter().map(|n| n.head).collect();
            assert_eq!(heads, gold);
            reached += 1;
        }
        // The projective trees with one root over 1 to 5 words: 1, 2, 7, 30, 143.
        assert_eq!(reached, 1 + 2 + 7 + 30 + 143);
    }

    #[test]
    fn cost_is_the_loss_of_the_best_tree_still_reachable() {
        fn best(state: &State, gold: &[u16]) -> usize {
            if state.done() {
                return (0..gold.len()).filter(|&i| state.nodes[i + 1].head == gold[i]).count();
            }
            Action::ALL
                .into_iter()
                .filter(|&action| state.allows(action))
                .map(|action| best(&after(state, action), gold))
                .max()
                .unwrap_or(0)
        }
        fn after(state: &State, action: Action) -> State {
            let mut state = state.clone();
            match state.arc(action) {
                None => state.shift(),
                Some((dependent, head)) => state.attach(dependent, head, 0),
            }
            state
        }
        fn walk(state: &State, gold: &[u16]) {
            if state.done() {
                return;
            }
            let now = best(state, gold);
            let costs = costs(state, gold);
            for action in Action::ALL {
                if state.allows(action) {
                    let next = after(state, action);
                    assert_eq!(now - best(&next, gold), costs[action as usize] as usize, "{action:?} in {gold:?}");
                    walk(&next, gold);
                }
            }
        }
        for gold in (1..=4).flat_map(trees).filter(|heads| is_projective(heads)) {
            walk(&start(gold.len()), &gold);
        }
    }
}
