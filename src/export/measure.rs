//! How wide a text will be, without a font at hand.
//!
//! A drawing is laid out on one machine and shown on another. The widths are those of DejaVu Sans, one of the widest of
//! the usual sans-serif faces, so that a text fits its box in whichever of them it is shown.

/// Advance widths of the characters from space to tilde, in thousandths of the font size.
#[rustfmt::skip]
const REGULAR: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The same for the bold face.
#[rustfmt::skip]
const BOLD: [u16; 95] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
    696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683,
    683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771,
    724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665,
    343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];

/// A face in which text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// Width of a text at a font size, in the same unit as the size.
pub(super) fn width(text: &str, size: f64, face: Face) -> f64 {
    let table = match face {
        Face::Regular => &REGULAR,
        Face::Bold => &BOLD,
    };
    let thousandths: u32 = text.chars().map(|character| u32::from(advance(character, table))).sum();
    f64::from(thousandths) * size / 1000.0
}

fn advance(character: char, table: &[u16; 95]) -> u16 {
    let known = |character: char| {
        usize::try_from(u32::from(character)).ok().and_then(|code| table.get(code.checked_sub(32)?)).copied()
    };
    if let Some(width) = known(character) {
        return width;
    }
    match u32::from(character) {
        // Marks that sit on the letter before them.
        0x300..=0x36f | 0x64b..=0x65f => 0,
        // Latin letters with marks are as wide as without.
        0xc0..=0x24f => {
            deunicode::deunicode_char(character).and_then(|plain| plain.chars().next()).and_then(known).unwrap_or(700)
        }
        // Greek, Cyrillic, Hebrew, Arabic and the like.
        0x370..=0x10ff => 700,
        // Everything further on is taken as wide as an ideograph.
        _ => 1000,
    }
}

/// Breaks a text at spaces into at most so many lines of at most so many characters, the last one cut with an ellipsis.
pub(super) fn wrap(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    let cut = lines.len() > most;
    lines.truncate(most);
    let count = lines.len();
    for (number, line) in lines.iter_mut().enumerate() {
        let too_long = line.chars().count() > columns + columns / 2;
        if too_long || (cut && number + 1 == count) {
            let end = if too_long { columns } else { line.chars().count() };
            *line = line.chars().take(end).collect::<String>().trim_end_matches([',', ' ']).to_string();
            line.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_letters_and_bold_are_wider() {
        assert!(width("WWW", 10.0, Face::Regular) > width("iii", 10.0, Face::Regular));
        assert!(width("name", 10.0, Face::Bold) > width("name", 10.0, Face::Regular));
        assert_eq!(width("é", 10.0, Face::Regular), width("e", 10.0, Face::Regular));
    }

    #[test]
    fn long_texts_break_and_are_cut_visibly() {
        assert_eq!(wrap("Thabet Muhammad Saeed Al Abbasi", 18, 2), ["Thabet Muhammad", "Saeed Al Abbasi"]);
        assert_eq!(wrap("one two three four five", 8, 2), ["one two", "three…"]);
        assert_eq!(wrap(&"x".repeat(60), 10, 2), [format!("{}…", "x".repeat(10))]);
        assert!(wrap("", 10, 2).is_empty());
    }
}
