//! The arc-hybrid transition system: a stack, a buffer, and what each word has been given so far.
//!
//! M. Kuhlmann, C. Gómez-Rodríguez and G. Satta, "Dynamic programming algorithms for transition-based dependency
//! parsers", ACL 2011. *Shift* moves the first word of the buffer to the stack; *left* makes that first word the head of
//! the stack's top; *right* makes the word below the top its head; both take the top off. When the buffer is empty and
//! one word is left, that word is the root: so every sentence gets one tree with one root, in `2n - 1` steps.

use super::morph::Tag;

/// The three actions, numbered as the weights are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Action {
    Shift = 0,
    Left = 1,
    Right = 2,
}

impl Action {
    pub(crate) const ALL: [Action; 3] = [Action::Shift, Action::Left, Action::Right];
}

/// A word in a parse under way. Links are node numbers; 0 is no node.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node {
    /// Number of the tag.
    pub tag: u8,
    /// Relation to the head plus one, once there is a head.
    pub rel: u8,
    /// Counts of left and right dependents, up to 3.
    pub left_count: u8,
    pub right_count: u8,
    pub head: u16,
    /// The outermost and the next left dependents, then right ones.
    pub left: [u16; 2],
    pub right: [u16; 2],
    /// The relations of the left and right dependents, as sets.
    pub left_set: u64,
    pub right_set: u64,
}

/// A parse under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// Node 0 stands for "none"; the words follow, and two more for what lies behind the end.
    pub nodes: Vec<Node>,
    /// Node numbers, bottom first, above three zeros so that looking down needs no test.
    pub stack: Vec<u16>,
    /// The first word of the buffer.
    pub next: u16,
    /// The number of words.
    pub len: u16,
}

/// How many zeros lie under the stack.
const FLOOR: usize = 3;

impl State {
    /// Starts on a sentence. Words past what 16 bits can number are left out; the caller handles such sentences.
    pub(crate) fn start(&mut self, tags: &[Tag]) {
        self.nodes.clear();
        self.stack.clear();
        self.nodes.push(Node::default());
        self.nodes.extend(tags.iter().map(|tag| Node { tag: tag.0, ..Node::default() }));
        self.len = (self.nodes.len() - 1) as u16;
        self.stack.extend([0; FLOOR]);
        self.next = 1;
    }

    /// The node `depth` places below the top of the stack.
    #[inline]
    pub(crate) fn below(&self, depth: usize) -> u16 {
        self.stack[self.stack.len() - 1 - depth]
    }

    /// How many words are on the stack.
    #[inline]
    pub(crate) fn depth(&self) -> usize {
        self.stack.len() - FLOOR
    }

    /// Whether the buffer still holds a word.
    #[inline]
    pub(crate) fn more(&self) -> bool {
        self.next <= self.len
    }

    /// One word left and nothing to come.
    #[inline]
    pub(crate) fn done(&self) -> bool {
        !self.more() && self.depth() <= 1
    }

    /// Whether an action can be done here.
    #[inline]
    pub(crate) fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => self.more(),
            Action::Left => self.more() && self.depth() >= 1,
            Action::Right => self.depth() >= 2,
        }
    }

    /// Dependent and head of the arc an action draws.
    #[inline]
    pub(crate) fn arc(&self, action: Action) -> Option<(u16, u16)> {
        match action {
            Action::Shift => None,
            Action::Left => Some((self.below(0), self.next)),
            Action::Right => Some((self.below(0), self.below(1))),
        }
    }

    #[inline]
    pub(crate) fn shift(&mut self) {
        self.stack.push(self.next);
        self.next += 1;
    }

    /// Takes the top off the stack and hangs it under `head`.
    #[inline]
    pub(crate) fn attach(&mut self, dependent: u16, head: u16, rel: u8) {
        self.stack.pop();
        let node = &mut self.nodes[usize::from(dependent)];
        node.head = head;
        node.rel = rel + 1;
        let node = &mut self.nodes[usize::from(head)];
        if dependent < head {
            node.left = [dependent, node.left[0]];
            node.left_count = (node.left_count + 1).min(3);
            node.left_set |= 1 << (rel & 63);
        } else {
            node.right = [dependent, node.right[0]];
            node.right_count = (node.right_count + 1).min(3);
            node.right_set |= 1 << (rel & 63);
        }
    }

    #[inline]
    pub(crate) fn node(&self, number: u16) -> &Node {
        &self.nodes[usize::from(number)]
    }
}
