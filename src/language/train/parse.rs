//! Trains the parser with exploration: it follows its own choices and the dynamic oracle tells what would be best.

use super::corpus::Example;
use super::perceptron::{Perceptron, rival};
use super::random::Random;
use crate::language::deprel::{DEPRELS, Deprel};
use crate::language::features;
use crate::language::morph::Morph;
use crate::language::oracle;
use crate::language::state::{Action, State};
use crate::language::table::{CLASSES, Row};
use crate::language::tagger::best;

/// How a parser is trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub epochs: usize,
    pub seed: u64,
    /// The chance to follow a wrong choice, after the first epoch.
    pub explore: f64,
    /// The chance to see a second version of a sentence in an epoch.
    pub versions: f64,
    /// The lead a right action shall have over the best wrong one; below it the weights are moved.
    pub margin: i32,
    /// The same for relations.
    pub label_margin: i32,
}

/// The two perceptrons of a parser.
#[derive(Debug)]
pub(crate) struct Learner {
    pub actions: Perceptron,
    pub labels: Perceptron,
}

impl Learner {
    pub(crate) fn new() -> Learner {
        Learner { actions: Perceptron::new(), labels: Perceptron::new() }
    }

    pub(crate) fn limited_to(actions: &[Row], labels: &[Row]) -> Learner {
        Learner { actions: Perceptron::limited_to(actions), labels: Perceptron::limited_to(labels) }
    }

    /// Trains on the groups: in every epoch on the first version of each sentence and, by chance, on one of the others.
    pub(crate) fn run(
        mut self,
        groups: &[Vec<Example<'_>>],
        morphs: &[Morph],
        s: Settings,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Learner {
        let mut random = Random::new(s.seed);
        let mut state = State::default();
        for epoch in 0..s.epochs {
            let mut order: Vec<&Example<'_>> = Vec::with_capacity(groups.len() * 2);
            for group in groups {
                if let Some((first, others)) = group.split_first() {
                    order.push(first);
                    if !others.is_empty() && random.chance(s.versions) {
                        order.push(&others[random.below(others.len())]);
                    }
                }
            }
            random.shuffle(&mut order);
            for example in order {
                let explore = if epoch == 0 { 0.0 } else { s.explore };
                self.learn(example, morphs, &mut state, (explore, s), &mut random);
            }
            progress(epoch + 1);
        }
        self
    }

    fn learn(
        &mut self,
        example: &Example<'_>,
        morphs: &[Morph],
        state: &mut State,
        (explore, s): (f64, Settings),
        random: &mut Random,
    ) {
        state.start(&example.words, &example.tags, morphs);
        while !state.done() {
            let action = self.action(example, state, explore, s.margin, random);
            match state.arc(action) {
                None => state.shift(),
                Some((dependent, head)) => {
                    let rel = self.label(example, state, dependent, head, s.label_margin);
                    state.attach(dependent, head, rel);
                }
            }
        }
    }

    fn action(
        &mut self,
        example: &Example<'_>,
        state: &State,
        explore: f64,
        margin: i32,
        random: &mut Random,
    ) -> Action {
        let costs = oracle::costs(state, &example.heads);
        let allowed: Vec<Action> = Action::ALL.into_iter().filter(|&action| state.allows(action)).collect();
        if let [only] = allowed[..] {
            return only;
        }
        let features = features::action(state);
        let mut scores = [0i32; 3];
        self.actions.tick();
        self.actions.score(&features, &mut scores);
        let least = costs.iter().copied().min().unwrap_or(0);
        let pick = |free_only: bool| {
            let mut chosen = None;
            for &action in &allowed {
                if free_only && costs[action as usize] > least {
                    continue;
                }
                if chosen.is_none_or(|c: Action| scores[action as usize] > scores[c as usize]) {
                    chosen = Some(action);
                }
            }
            chosen.unwrap_or(Action::Shift)
        };
        let (mine, good) = (pick(false), pick(true));
        let wrong = allowed
            .iter()
            .copied()
            .filter(|&action| costs[action as usize] > least)
            .max_by_key(|&action| scores[action as usize]);
        if let Some(wrong) = wrong
            && scores[good as usize] - scores[wrong as usize] <= margin
        {
            self.actions.update(&features, good as u8, wrong as u8);
        }
        if costs[mine as usize] == least || random.chance(explore) { mine } else { good }
    }

    fn label(&mut self, example: &Example<'_>, state: &State, dependent: u16, head: u16, margin: i32) -> u8 {
        let features = features::label(state, dependent, head);
        let mut scores = [0i32; CLASSES];
        self.labels.score(&features, &mut scores);
        scores[Deprel::Root as usize] = i32::MIN;
        let mine = best(&scores[..DEPRELS]);
        let index = usize::from(dependent) - 1;
        if example.heads[index] == head {
            self.labels.tick();
            let gold = example.rels[index] as u8;
            let rival = rival(&scores[..DEPRELS], gold);
            if scores[usize::from(gold)].saturating_sub(scores[usize::from(rival)]) <= margin {
                self.labels.update(&features, gold, rival);
            }
        }
        mine
    }
}
