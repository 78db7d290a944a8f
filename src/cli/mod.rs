//! tmp
use std::path::PathBuf;
/// tmp
pub fn main() {
    let args: Vec<String> = std::env::args().collect();
    let compiled = crate::rules::load(&[std::env::var("RULES").unwrap_or("diplomacy".to_owned())]);
    eprint!("{}", crate::diagnostic::render(&compiled.diagnostics, false));
    let Some(rules) = compiled.rules else { return };
    let paths: Vec<PathBuf> = args[2..].iter().take_while(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let (sources, _problems) = crate::source::collect(&paths, &mut std::io::stdin(), Default::default());
    if args[1] == "explain" {
        for s in sources {
            print!("{}", explain(s, &rules));
        }
        return;
    }
    let graph = crate::pipeline::run(sources, &rules, &|_| {});
    println!("{}", crate::export::json(&graph));
    std::mem::forget((graph, rules));
}
fn explain(s: crate::source::Source, rules: &crate::rules::RuleSet) -> String {
    let a = crate::extract::analyse(std::sync::Arc::new(s), rules, &mut crate::extract::Scratch::default());
    let mut out = String::new();
    for (i, s) in a.document.sentences.iter().enumerate() {
        out += &format!(
            "\n## {i} [{:?}{}] {}\n",
            a.document.kind(s),
            if s.title_case { " title" } else { "" },
            s.span.slice(a.document.text())
        );
        for m in a.mentions.iter().filter(|m| m.sentence as usize == i) {
            let idx = a.mentions.iter().position(|x| std::ptr::eq(x, m)).unwrap() as u32;
            let who: Vec<_> = a
                .discourse
                .entities_of(idx)
                .iter()
                .map(|e| {
                    let e = &a.discourse.entities[*e as usize];
                    format!("{}:{} {:?}", rules.types.get(e.type_id).name, e.name, e.attributes)
                })
                .collect();
            out += &format!(
                "   m {} [{}] {} -> {:?}\n",
                a.document.span(m.start..m.end).slice(a.document.text()),
                m.rule,
                rules.types.get(m.type_id).name,
                who
            );
        }
        if let Some(sa) = a.sentences.iter().find(|x| x.index as usize == i) {
            for (u, unit) in sa.units.iter().enumerate() {
                let h = sa.heads[u] as usize;
                let hw = if h == 0 {
                    "ROOT".to_owned()
                } else {
                    a.document.span(sa.units[h - 1].start..sa.units[h - 1].end).slice(a.document.text()).to_owned()
                };
                out += &format!(
                    "      {u} {} {} {} <- {}\n",
                    a.document.span(unit.start..unit.end).slice(a.document.text()),
                    unit.morph.upos,
                    sa.rels[u],
                    hw
                );
            }
            for st in &sa.statements {
                let n = |e: u32| a.discourse.entities[a.discourse.root(e) as usize].name.clone();
                out += &format!(
                    "   R {}({}, {}) {:?} {:?} rule {} conf {}\n",
                    rules.relations[st.relation as usize].name,
                    n(st.source.0),
                    n(st.target.0),
                    st.modality,
                    st.polarity,
                    rules.rules[st.rule as usize].id,
                    st.confidence
                );
            }
        }
    }
    out
}
