//! Where a command writes, and in which colours.

use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

use crate::diagnostic::{Diagnostic, render};

/// How a command ended; the number is the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// All is well.
    Done = 0,
    /// Done, with findings: a document that could not be read, a rule example that fails.
    Findings = 1,
    /// It could not run.
    Unable = 2,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl ColorChoice {
    fn on(self, terminal: bool) -> bool {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match self {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => terminal && !refused,
        }
    }
}

/// Standard output and standard error of a command.
pub struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Colours of the output.
    pub paint: Paint,
    err_paint: Paint,
    /// Whether messages go to someone who watches.
    pub watched: bool,
}

impl<'a> Console<'a> {
    /// A console without colours.
    pub fn plain(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Console { out, err, paint: Paint(false), err_paint: Paint(false), watched: false }
    }

    pub(super) fn of_process(out: &'a mut dyn Write, err: &'a mut dyn Write, color: ColorChoice) -> Self {
        let (out_terminal, watched) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        Console { out, err, paint: Paint(color.on(out_terminal)), err_paint: Paint(color.on(watched)), watched }
    }

    /// Where data goes.
    pub fn out(&mut self) -> &mut dyn Write {
        &mut *self.out
    }

    /// Shows findings on standard error.
    pub fn report(&mut self, findings: &[Diagnostic]) {
        self.say(render(findings, self.err_paint.0).trim_end_matches('\n'), findings.is_empty());
    }

    /// Shows one line on standard error that says why the command could not run.
    pub fn fail(&mut self, message: &str) {
        let error = self.err_paint.strong_red("error");
        self.say(&format!("{error}: {message}"), false);
    }

    /// Shows a line on standard error.
    pub fn note(&mut self, message: &str) {
        self.say(message, false);
    }

    /// Standard error that cannot be written to is nobody's loss.
    fn say(&mut self, text: &str, nothing: bool) {
        if !nothing {
            let _ = writeln!(self.err, "{text}");
        }
    }

    pub(super) fn flush(&mut self) -> anyhow::Result<()> {
        Ok(self.out.flush()?)
    }
}

/// Colours, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint(pub bool);

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.0 && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
    /// For headings.
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }
    /// For what is beside the point.
    pub fn faint(self, text: &str) -> String {
        self.with("2", text)
    }
    /// For names.
    pub fn green(self, text: &str) -> String {
        self.with("32", text)
    }
    /// For relations.
    pub fn blue(self, text: &str) -> String {
        self.with("1;34", text)
    }
    /// For what is not told as a fact.
    pub fn yellow(self, text: &str) -> String {
        self.with("33", text)
    }
    /// For what is denied or wrong.
    pub fn red(self, text: &str) -> String {
        self.with("31", text)
    }
    /// For errors.
    pub fn strong_red(self, text: &str) -> String {
        self.with("1;31", text)
    }
}
