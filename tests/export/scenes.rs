//! Graphs to look at: a small, a middling and a large one, and one that is hard to draw.
#![allow(dead_code)]

use attache::extract::{Fragment, Modality, Polarity};
use attache::graph::{KnowledgeGraph, build};

use super::sample::{Report, schema};

/// One report: two ministers, their countries, a meeting, a denial, a plan and an accusation.
pub fn small() -> KnowledgeGraph {
    build(&[talks()], &schema())
}

fn talks() -> Fragment {
    let mut r = Report::new("talks.txt", Some("2019-07-02"));
    let hatami = r.person("Minister", "Amir Hatami", "Iran", "defence minister");
    let shammari = r.person("Minister", "Najah Hassan Ali Al-Shammari", "Iraq", "defence minister");
    let bagheri = r.person("Commander", "Mohammad Hossein Baqeri", "Iran", "chief of staff");
    let (iran, iraq, us, israel) = (
        r.known("Country", "Iran"),
        r.known("Country", "Iraq"),
        r.known("Country", "United States"),
        r.known("Country", "Israel"),
    );
    let tehran = r.known("City", "Tehran");
    let unnamed = r.role("Official", "a senior US official", "United States", "");
    let meeting = r.event(
        "Meeting",
        &[("took-part-in", hatami), ("took-part-in", shammari), ("located-in", tehran)],
        Some("2019-07-02"),
    );
    let _ = meeting;
    r.says(hatami, "met-with", shammari, &[("date", "2019-07-02")]);
    r.says(hatami, "pledged-support", iraq, &[]);
    r.says(shammari, "visited", tehran, &[]);
    r.says(bagheri, "met-with", shammari, &[("date", "2019-07-03")]);
    r.says(hatami, "accused", us, &[]);
    r.says(iran, "accused", israel, &[]).modality = Modality::Alleged;
    r.says(iraq, "attacked", iran, &[]).polarity = Polarity::Negative;
    r.says(iran, "signed-agreement", iraq, &[]).modality = Modality::Planned;
    r.says(unnamed, "accused", iran, &[]);
    r.says(us, "sanctioned", iran, &[]);
    r.fragment()
}

/// Several reports about one region, some facts told twice.
pub fn middling() -> KnowledgeGraph {
    build(&region(), &schema())
}

fn region() -> Vec<Fragment> {
    let mut reports = vec![talks()];
    let mut r = Report::new("visit.txt", Some("2021-03"));
    let inad = r.person("Minister", "Juma Inad", "Iraq", "defence minister");
    let hatami = r.person("Minister", "Khatami", "Iran", "defence minister");
    let shamkhani = r.person("Official", "Ali Shamkhani", "Iran", "security council secretary");
    let kadhimi = r.person("Official", "Mustafa al-Kadhimi", "Iraq", "prime minister");
    let (iran, iraq, us) =
        (r.known("Country", "Iran"), r.known("Country", "Iraq"), r.known("Country", "United States"));
    let (tehran, baghdad) = (r.known("City", "Tehran"), r.known("City", "Baghdad"));
    r.event("Meeting", &[("took-part-in", inad), ("took-part-in", hatami), ("located-in", tehran)], Some("2021-03-14"));
    r.event("Meeting", &[("took-part-in", inad), ("took-part-in", shamkhani)], Some("2021-03-15"));
    r.says(inad, "met-with", hatami, &[("date", "2021-03-14")]);
    r.says(inad, "visited", tehran, &[]);
    r.says(shamkhani, "met-with", inad, &[]);
    r.says(shamkhani, "accused", us, &[]);
    r.says(kadhimi, "visited", baghdad, &[]).modality = Modality::Planned;
    r.says(kadhimi, "spoke-with", shamkhani, &[]);
    r.says(iran, "pledged-support", iraq, &[]);
    r.says(us, "sanctioned", iran, &[]);
    reports.push(r.fragment());

    let mut r = Report::new("strikes.txt", Some("2021-06"));
    let (us, iran, iraq, syria, russia, turkey) = (
        r.known("Country", "United States"),
        r.known("Country", "Iran"),
        r.known("Country", "Iraq"),
        r.known("Country", "Syria"),
        r.known("Country", "Russia"),
        r.known("Country", "Turkey"),
    );
    let militia = r.named("Group", "Kataib Hezbollah", &[("country", "Iraq")]);
    let pmf = r.named("Organization", "Popular Mobilization Forces", &[("country", "Iraq")]);
    let un = r.known("Organization", "United Nations");
    let austin = r.person("Minister", "Lloyd Austin", "United States", "defence secretary");
    let putin = r.person("Official", "Vladimir Putin", "Russia", "president");
    let shoigu = r.person("Minister", "Sergei Shoigu", "Russia", "defence minister");
    let assad = r.person("Official", "Bashar al-Assad", "Syria", "president");
    let akar = r.person("Minister", "Hulusi Akar", "Turkey", "defence minister");
    let damascus = r.known("City", "Damascus");
    r.event("Attack", &[("took-part-in", militia), ("located-in", damascus)], Some("2021-06-27"));
    r.says(us, "attacked", militia, &[("date", "2021-06-27")]);
    r.says(austin, "accused", iran, &[]);
    r.says(militia, "attacked", us, &[]).modality = Modality::Alleged;
    r.says(militia, "member-of", pmf, &[]);
    r.says(iraq, "accused", us, &[]);
    r.says(un, "accused", us, &[]).polarity = Polarity::Negative;
    r.says(putin, "met-with", assad, &[]);
    r.says(putin, "pledged-support", syria, &[]);
    r.says(shoigu, "visited", damascus, &[]);
    r.says(shoigu, "spoke-with", akar, &[]);
    r.says(shoigu, "met-with", assad, &[]);
    r.says(akar, "accused", syria, &[]);
    r.says(turkey, "signed-agreement", russia, &[]);
    r.says(us, "sanctioned", russia, &[]);
    r.says(us, "sanctioned", iran, &[]);
    reports.push(r.fragment());
    reports
}

/// More than sixty nodes, with hubs and small parts of their own.
pub fn large() -> KnowledgeGraph {
    let mut reports = region();
    let neighbours = [
        ("Saudi Arabia", "Khalid bin Salman", "Riyadh"),
        ("Egypt", "Abdel Fattah el-Sisi", "Cairo"),
        ("Jordan", "Ayman Safadi", "Amman"),
        ("Qatar", "Mohammed bin Abdulrahman Al Thani", "Doha"),
        ("Kuwait", "Hamad Jaber Al-Ali Al-Sabah", "Kuwait City"),
        ("Oman", "Badr al-Busaidi", "Muscat"),
        ("Lebanon", "Michel Aoun", "Beirut"),
    ];
    for (number, (country, person, city)) in neighbours.iter().enumerate() {
        let mut r = Report::new(&format!("tour-{number}.txt"), Some("2021-09"));
        let host = r.person("Minister", person, country, "foreign minister");
        let land = r.known("Country", country);
        let town = r.known("City", city);
        let guest = r.person("Minister", "Hossein Amir-Abdollahian", "Iran", "foreign minister");
        let iran = r.known("Country", "Iran");
        r.says(guest, "visited", town, &[]);
        r.says(guest, "met-with", host, &[]);
        if number % 2 == 0 {
            r.says(host, "pledged-support", iran, &[]);
            r.event(
                "Meeting",
                &[("took-part-in", guest), ("took-part-in", host), ("located-in", town)],
                Some(&format!("2021-09-{:02}", number + 10)),
            );
        } else {
            r.says(land, "signed-agreement", iran, &[]).modality = Modality::Planned;
        }
        reports.push(r.fragment());
    }
    let mut r = Report::new("elsewhere.txt", Some("2021-10"));
    let (a, b) = (
        r.person("Minister", "Annegret Kramp-Karrenbauer", "Germany", "defence minister"),
        r.person("Minister", "Florence Parly", "France", "armed forces minister"),
    );
    let nato = r.known("Organization", "NATO");
    let (de, fr) = (r.known("Country", "Germany"), r.known("Country", "France"));
    r.says(a, "met-with", b, &[]);
    r.says(de, "member-of", nato, &[]);
    r.says(fr, "member-of", nato, &[]);
    let police = r.role("Group", "police", "Colombia", "");
    let protesters = r.role("Group", "protesters", "Colombia", "");
    r.says(police, "attacked", protesters, &[]);
    let (modi, imran) = (
        r.person("Official", "Narendra Modi", "India", "prime minister"),
        r.person("Official", "Imran Khan", "Pakistan", "prime minister"),
    );
    r.says(modi, "accused", imran, &[]);
    for country in ["Japan", "Brazil", "Kenya", "Norway", "Chile"] {
        r.known("Country", country);
    }
    reports.push(r.fragment());
    build(&reports, &schema())
}

/// One country that everyone speaks of, long names, several statements between the same two.
pub fn hub() -> KnowledgeGraph {
    let mut r = Report::new("hub.txt", None);
    let centre = r.known("Country", "Iran");
    for number in 0..24 {
        let other = r.named(
            "Organization",
            &format!("The {number}th Extraordinary Commission <of> \"Inquiry\" & Reconciliation"),
            &[],
        );
        r.says(other, ["accused", "pledged-support", "sanctioned"][number % 3], centre, &[]);
        if number % 4 == 0 {
            r.says(centre, "met-with", other, &[]);
            r.says(centre, "accused", other, &[]).polarity = Polarity::Negative;
            r.says(other, "signed-agreement", centre, &[]).modality = Modality::Planned;
        }
    }
    build(&[r.fragment()], &schema())
}
