//! The graph in `output/` is the one that this program makes of `seeds/`.
//!
//! `BLESS=1 cargo test --test output_up_to_date` writes it anew.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn output_is_what_the_seeds_give() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bless = std::env::var_os("BLESS").is_some();
    let fresh = tempfile::tempdir().unwrap();
    let target = if bless { root.join("output") } else { fresh.path().join("output") };
    let run = Command::new(env!("CARGO_BIN_EXE_attache"))
        .current_dir(root)
        .args(["extract", "seeds", "-q", "-o"])
        .arg(&target)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let names = |folder: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let expected = names(&target);
    assert_eq!(expected, ["graph.dot", "graph.json", "graph.svg"]);
    assert!(root.join("output").is_dir(), "there is no output/; write it with BLESS=1");
    assert_eq!(names(&root.join("output")), expected, "output/ holds other files");
    for name in expected {
        let same = fs::read(target.join(&name)).unwrap() == fs::read(root.join("output").join(&name)).unwrap();
        assert!(same, "output/{} is not up to date; BLESS=1 writes it anew", name.display());
    }
}
