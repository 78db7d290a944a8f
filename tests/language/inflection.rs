//! The English tables of the pack, word by word.

use attache::language::Inflector;

const RULES: &str = include_str!("../../rules/english/inflection.toml");
const IRREGULAR: &str = include_str!("../../rules/english/irregular.csv");
const SPELLING: &str = include_str!("../../rules/english/spelling.csv");

fn english() -> Inflector {
    Inflector::new(RULES, IRREGULAR)
        .and_then(|inflector| inflector.with_spellings(SPELLING))
        .expect("the English tables can be read")
}

/// Lemma, third person, past, participle, gerund; several forms are separated by spaces.
const VERBS: &[[&str; 5]] = &[
    ["accuse", "accuses", "accused", "accused", "accusing"],
    ["deny", "denies", "denied", "denied", "denying"],
    ["deploy", "deploys", "deployed", "deployed", "deploying"],
    ["press", "presses", "pressed", "pressed", "pressing"],
    ["clash", "clashes", "clashed", "clashed", "clashing"],
    ["launch", "launches", "launched", "launched", "launching"],
    ["fix", "fixes", "fixed", "fixed", "fixing"],
    ["ban", "bans", "banned", "banned", "banning"],
    ["stop", "stops", "stopped", "stopped", "stopping"],
    ["plan", "plans", "planned", "planned", "planning"],
    ["quiz", "quizzes", "quizzed", "quizzed", "quizzing"],
    ["admit", "admits", "admitted", "admitted", "admitting"],
    ["commit", "commits", "committed", "committed", "committing"],
    ["confer", "confers", "conferred", "conferred", "conferring"],
    ["offer", "offers", "offered", "offered", "offering"],
    ["differ", "differs", "differed", "differed", "differing"],
    ["expel", "expels", "expelled", "expelled", "expelling"],
    ["control", "controls", "controlled", "controlled", "controlling"],
    ["deter", "deters", "deterred", "deterred", "deterring"],
    ["enter", "enters", "entered", "entered", "entering"],
    ["register", "registers", "registered", "registered", "registering"],
    ["consider", "considers", "considered", "considered", "considering"],
    ["bolster", "bolsters", "bolstered", "bolstered", "bolstering"],
    ["visit", "visits", "visited", "visited", "visiting"],
    ["travel", "travels", "travelled traveled", "travelled traveled", "travelling traveling"],
    ["cancel", "cancels", "cancelled canceled", "cancelled canceled", "cancelling canceling"],
    ["signal", "signals", "signalled signaled", "signalled signaled", "signalling signaling"],
    ["reveal", "reveals", "revealed", "revealed", "revealing"],
    ["fail", "fails", "failed", "failed", "failing"],
    ["kidnap", "kidnaps", "kidnapped kidnaped", "kidnapped kidnaped", "kidnapping kidnaping"],
    ["target", "targets", "targeted", "targeted", "targeting"],
    ["develop", "develops", "developed", "developed", "developing"],
    ["stay", "stays", "stayed", "stayed", "staying"],
    ["show", "shows", "showed", "shown showed", "showing"],
    ["draw", "draws", "drew", "drawn", "drawing"],
    ["tax", "taxes", "taxed", "taxed", "taxing"],
    ["agree", "agrees", "agreed", "agreed", "agreeing"],
    ["free", "frees", "freed", "freed", "freeing"],
    ["flee", "flees", "fled", "fled", "fleeing"],
    ["die", "dies", "died", "died", "dying"],
    ["argue", "argues", "argued", "argued", "arguing"],
    ["veto", "vetoes", "vetoed", "vetoed", "vetoing"],
    ["go", "goes", "went", "gone", "going"],
    ["panic", "panics", "panicked", "panicked", "panicking"],
    ["meet", "meets", "met", "met", "meeting"],
    ["begin", "begins", "began", "begun", "beginning"],
    ["run", "runs", "ran", "run", "running"],
    ["put", "puts", "put", "put", "putting"],
    ["sit", "sits", "sat", "sat", "sitting"],
    ["set", "sets", "set", "set", "setting"],
    ["forget", "forgets", "forgot", "forgotten", "forgetting"],
    ["forbid", "forbids", "forbade forbad", "forbidden", "forbidding"],
    ["learn", "learns", "learned learnt", "learned learnt", "learning"],
    ["be", "is", "was were", "been", "being"],
    ["have", "has", "had", "had", "having"],
    ["say", "says", "said", "said", "saying"],
    ["withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"],
    ["overthrow", "overthrows", "overthrew", "overthrown", "overthrowing"],
    ["infringe", "infringes", "infringed", "infringed", "infringing"],
    ["change", "changes", "changed", "changed", "changing"],
    ["boycott", "boycotts", "boycotted", "boycotted", "boycotting"],
    ["attack", "attacks", "attacked", "attacked", "attacking"],
    ["equip", "equips", "equipped", "equipped", "equipping"],
    ["tweet", "tweets", "tweeted", "tweeted", "tweeting"],
    ["arrest", "arrests", "arrested", "arrested", "arresting"],
    ["greet", "greets", "greeted", "greeted", "greeting"],
    ["rocket", "rockets", "rocketed", "rocketed", "rocketing"],
    ["question", "questions", "questioned", "questioned", "questioning"],
    ["protest", "protests", "protested", "protested", "protesting"],
    ["strip", "strips", "stripped", "stripped", "stripping"],
    ["trap", "traps", "trapped", "trapped", "trapping"],
    ["step", "steps", "stepped", "stepped", "stepping"],
    ["ship", "ships", "shipped", "shipped", "shipping"],
    ["equal", "equals", "equalled equaled", "equalled equaled", "equalling equaling"],
    ["counter-attack", "counter-attacks", "counter-attacked", "counter-attacked", "counter-attacking"],
];

#[test]
fn verbs() {
    let english = english();
    let mut wrong = Vec::new();
    for row in VERBS {
        let forms = english.verb_forms(row[0]);
        let got = [&forms.third, &forms.past, &forms.participle, &forms.gerund].map(|list| list.join(" "));
        if got != row[1..] {
            wrong.push(format!("{}: {got:?}", row[0]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(english.verb_forms("be").base, ["be", "am", "are"]);
    assert_eq!(english.verb_forms("cut").all(), ["cut", "cuts", "cutting"]);
}

#[test]
fn nouns() {
    let english = english();
    for (lemma, plurals) in [
        ("visit", "visits"),
        ("country", "countries"),
        ("ally", "allies"),
        ("attorney", "attorneys"),
        ("crisis", "crises"),
        ("analysis", "analyses"),
        ("loss", "losses"),
        ("tax", "taxes"),
        ("speech", "speeches"),
        ("spokesman", "spokesmen"),
        ("policewoman", "policewomen"),
        ("german", "germans"),
        ("human", "humans"),
        ("person", "people persons"),
        ("wife", "wives"),
        ("chief", "chiefs"),
        ("hero", "heroes"),
        ("aircraft", "aircraft"),
        ("referendum", "referendums referenda"),
        ("passer-by", "passers-by"),
        ("foreign-minister", "foreign-ministers"),
    ] {
        assert_eq!(english.noun_plural(lemma).join(" "), plurals, "{lemma}");
    }
}

#[test]
fn spellings() {
    let english = english();
    for (word, others) in [
        ("organise", "organize"),
        ("organization", "organisation"),
        ("honour", "honor"),
        ("labor", "labour"),
        ("analyse", "analyze"),
        ("centre", "center"),
        ("defence", "defense"),
        ("dialogue", "dialog"),
        ("programme", "program"),
        ("adviser", "advisor"),
        ("ceasefire", "cease-fire"),
        ("minister", ""),
        ("meet", ""),
        ("four", ""),
        ("letter", ""),
    ] {
        assert_eq!(english.variants(word).join(" "), others, "{word}");
    }
}

#[test]
fn forms_lead_back_to_their_lemmas() {
    let english = english();
    for [lemma, third, past, participle, gerund] in VERBS {
        for form in [third, past, participle, gerund].into_iter().flat_map(|cell| cell.split(' ')) {
            let found = english.verbs_of(form);
            assert!(found.iter().any(|f| f == lemma), "{form}: {found:?}");
        }
    }
    assert_eq!(english.verbs_of("met"), ["meet", "met"]);
    assert_eq!(english.verbs_of("mediated")[0], "mediate");
    assert_eq!(english.nouns_of("countries")[0], "country");
    assert_eq!(english.nouns_of("men")[0], "man");
}

#[test]
fn mistakes_are_pointed_at() {
    let error = |rules: &str, irregular: &str| Inflector::new(rules, irregular).expect_err("a mistake").to_string();
    let head = "lemma,pos,past\n";
    assert!(
        error("[[verb.past]]\nadd = 'ed'\nends = '(e'\n", head).starts_with("inflection.toml:3: invalid expression")
    );
    assert!(error("[[verb.past]]\nad = 'ed'\n", head).starts_with("inflection.toml:2: "));
    assert!(error("", "word,pos\n").starts_with("irregular.csv:1: "));
    assert!(error("", "lemma,pos,past\nmeet,vreb,met\n").starts_with("irregular.csv:2: `vreb`"));
    assert!(error("", "lemma,pos,past\nmeet,verb,met\nmeet,verb,met\n").starts_with("irregular.csv:3: "));
    assert!(error("", "lemma,pos,plural\nmeet,verb,met\n").starts_with("irregular.csv:2: "));
    let spelling = Inflector::new("", head).and_then(|i| i.with_spellings("a,b\ngrey\n")).expect_err("no pair");
    assert!(spelling.to_string().starts_with("spelling.csv:2: "));
}
