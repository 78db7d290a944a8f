//! `attache watch` as somebody uses it who saves files while it runs.
#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

const RULES: &str = "[relation.outdid]\nbetween = [\"Actor\", \"Actor\"]\n\n[[rule]]\nid = \"outdid.verb\"\n\
                     gives = \"outdid\"\nmatch = [\"{a:Actor} outpace {b:Actor}\"]\n";

struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_attache"))
            .current_dir(folder)
            .args(["watch", "docs", "--rules", "mine.toml"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        for stream in [
            Box::new(child.stdout.take().unwrap()) as Box<dyn std::io::Read + Send>,
            Box::new(child.stderr.take().unwrap()),
        ] {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        Watching { child, lines }
    }

    /// Reads until a line holds `wanted`; the lines until then.
    fn until(&self, wanted: &str) -> String {
        let end = Instant::now() + Duration::from_secs(60);
        let mut seen = String::new();
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            seen.push_str(&line);
            seen.push('\n');
            if line.contains(wanted) {
                return seen;
            }
        }
        panic!("`{wanted}` did not come; came:\n{seen}");
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_save_shows_what_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("docs")).unwrap();
    fs::write(at("docs/a.txt"), "Peru outpaced Chile. Norway praised Kenya.").unwrap();
    fs::write(at("mine.toml"), RULES).unwrap();
    let watching = Watching::start(folder.path());
    assert!(watching.until("waiting").contains("1 document"));

    // A rule more: an edge more.
    fs::write(at("mine.toml"), RULES.replace("outpace {b", "(outpace | praise) {b")).unwrap();
    let seen = watching.until("waiting");
    assert!(seen.contains("saved") && seen.contains("mine.toml"), "{seen}");
    assert!(seen.contains("+ Norway [Country] --outdid--> Kenya [Country]"), "{seen}");

    // Broken rules are shown, and those before stay.
    fs::write(at("mine.toml"), RULES.replace("{a:Actor}", "{a:Actr}")).unwrap();
    let seen = watching.until("waiting");
    assert!(seen.contains("those before stay") && seen.contains("no difference"), "{seen}");

    // Put in the place of the old file, as editors do; and a document less.
    fs::write(at("new"), RULES).unwrap();
    fs::rename(at("new"), at("mine.toml")).unwrap();
    let seen = watching.until("waiting");
    assert!(seen.contains("- Norway [Country] --outdid--> Kenya [Country]"), "{seen}");
    fs::write(at("docs/b.txt"), "Norway condemned Peru.").unwrap();
    let seen = watching.until("waiting");
    assert!(seen.contains("+ Norway [Country] --condemned--> Peru [Country]"), "{seen}");
    assert!(seen.contains("read 1 document; 1 as before"), "{seen}");
}
