//! Whether a password is one that everybody tries: listed as common or breached, or put
//! together from such words and from runs over the keyboard. The lists are made by
//! `data/common_passwords.py`.

use model::PASSWORD_MIN_CHARS;
use sha2::{Digest, Sha256};

/// Passwords that are refused as a whole, and what others are built around.
const PASSWORDS: &[u8] = include_bytes!("../../data/common-passwords.bin");
/// Short passwords and words from which longer ones are built.
const WORDS: &[u8] = include_bytes!("../../data/common-words.bin");
/// The length of a word in characters, as in the script that makes the list.
const WORD_CHARS: std::ops::RangeInclusive<usize> = 4..=11;

/// A run has at least this many characters: two neighbours are found in every other word.
const RUN_MIN: usize = 3;
/// Up to this many digits and signs around common words add nothing: `21.11.2026` has ten.
const DECORATION_MAX: usize = 10;
/// The longest unit whose repetition is looked for.
const UNIT_MAX: usize = 64;

/// What fingers follow, forwards and backwards and over the ends: rows and columns of the
/// English and the German keyboard, plain and with the shift key, and the alphabet.
const TRACKS: &[&str] = &[
    "1234567890",
    "!@#$%^&*()",
    "!\"§$%&/()=",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop[]",
    "qwertzuiopü+",
    "asdfghjkl;'",
    "asdfghjklöä#",
    "zxcvbnm,./",
    "yxcvbnm,.-",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "8ik,",
    "9ol.",
    "1qay",
    "6zhn",
    "!qaz",
    "@wsx",
    "#edc",
    "$rfv",
    "%tgb",
    "!qay",
];

/// Whether the password is common. Upper and lower case are the same, and these are refused:
///
/// 1. every entry of the list;
/// 2. runs: each character belongs to three or more of the same kind or along a keyboard row,
///    a keyboard column or the alphabet (`qwertyuiop123`, `aaaaaaaaaaaa`);
/// 3. what is too short for a password or common itself, over and over (`abc1abc1abc1`);
/// 4. an entry of the list or a common word once or repeated, or two common words, with up to
///    ten digits and signs before, between and after (`Summer-2026!`, `monkeymonkey1`);
///    digits and signs that are a run themselves do not count towards the ten.
///
/// By chance this hits one good password in some twenty thousand. Lengths are judged elsewhere:
/// the work grows with the length of the password.
pub(crate) fn is_common(password: &str) -> bool {
    let text: Vec<char> = password.to_lowercase().chars().collect();
    if is_listed(PASSWORDS, &text) {
        return true;
    }
    // A repetition adds nothing.
    let repeated = unit(&text);
    if repeated.len() < text.len() {
        return repeated.len() < PASSWORD_MIN_CHARS || is_common(&repeated.iter().collect::<String>());
    }
    let in_run = in_runs(&text);
    if in_run.iter().all(|&run| run) {
        return true;
    }
    // What the characters outside runs add.
    let weight = |from: usize, to: usize| in_run[from..to].iter().filter(|&&run| !run).count();
    let (Some(first), Some(last)) =
        (text.iter().position(|c| c.is_alphabetic()), text.iter().rposition(|c| c.is_alphabetic()))
    else {
        return false;
    };
    let bare = (first, last + 1);
    // A common word may begin or end with digits itself, as in "abc123".
    [bare, (0, bare.1), (bare.0, text.len()), (0, text.len())].into_iter().any(|(start, end)| {
        let ends = weight(0, start) + weight(end, text.len());
        if ends > DECORATION_MAX {
            return false;
        }
        let core = &text[start..end];
        is_base(core)
            || is_base(unit(core))
            || splits(core).any(|(head, tail)| {
                ends + weight(start + head, start + tail) <= DECORATION_MAX
                    && is_word(&core[..head])
                    && is_word(&core[tail..])
            })
    })
}

/// Whether a password built around this text alone is common.
fn is_base(text: &[char]) -> bool {
    is_word(text) || is_listed(PASSWORDS, text)
}

fn is_word(text: &[char]) -> bool {
    WORD_CHARS.contains(&text.len()) && is_listed(WORDS, text)
}

/// Where the first of two words may end and the second may begin: directly after it, or after
/// the digits and signs between them.
fn splits(core: &[char]) -> impl Iterator<Item = (usize, usize)> + '_ {
    WORD_CHARS.take_while(|&head| head < core.len()).map(|head| {
        let between = core[head..].iter().take_while(|c| !c.is_alphabetic()).count();
        (head, head + between)
    })
}

/// The shortest beginning whose repetition gives the text; its last repetition may be cut off.
/// The text itself when there is none.
fn unit(text: &[char]) -> &[char] {
    (1..=UNIT_MAX.min(text.len() / 2))
        .find(|&length| text[length..].iter().eq(&text[..text.len() - length]))
        .map_or(text, |length| &text[..length])
}

/// For each character whether it belongs to a run.
fn in_runs(text: &[char]) -> Vec<bool> {
    let mut found = vec![false; text.len()];
    mark(&mut found, text, |a, b| a == b);
    for track in TRACKS {
        let track: Vec<char> = track.chars().collect();
        let places: Vec<Option<usize>> = text.iter().map(|c| track.iter().position(|t| t == c)).collect();
        let next = |a: Option<usize>, b: Option<usize>| a.is_some_and(|a| b == Some((a + 1) % track.len()));
        mark(&mut found, &places, |&a, &b| next(a, b));
        mark(&mut found, &places, |&a, &b| next(b, a));
    }
    found
}

/// Marks the stretches of at least [`RUN_MIN`] in which each item follows the one before it.
fn mark<T>(found: &mut [bool], items: &[T], follows: impl Fn(&T, &T) -> bool) {
    let mut start = 0;
    for stretch in items.chunk_by(follows) {
        let end = start + stretch.len();
        if stretch.len() >= RUN_MIN {
            found[start..end].fill(true);
        }
        start = end;
    }
}

/// Looks the text up among the sorted fingerprints: the first four bytes of the SHA-256.
fn is_listed(list: &[u8], text: &[char]) -> bool {
    let text: String = text.iter().collect();
    let hash = Sha256::digest(text.as_bytes());
    list.as_chunks::<4>().0.binary_search(&[hash[0], hash[1], hash[2], hash[3]]).is_ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::*;

    /// Entries of the source lists, in clear and as they were spelled.
    const SAMPLE: &str = include_str!("../../data/test-common-12.txt");

    #[test]
    fn the_lists_are_sorted_and_large() {
        for (list, least) in [(PASSWORDS, 90_000), (WORDS, 5_000)] {
            let (entries, rest) = list.as_chunks::<4>();
            assert!(entries.is_sorted() && rest.is_empty() && entries.len() > least);
        }
    }

    #[test]
    fn every_entry_of_the_sample_is_refused() {
        assert!(SAMPLE.lines().count() >= 3_000);
        for entry in SAMPLE.lines() {
            assert!((12..=64).contains(&entry.chars().count()), "{entry}");
            assert!(is_common(entry), "{entry}");
            assert!(is_common(&entry.to_uppercase()), "{entry}");
        }
    }

    #[test]
    fn what_is_built_from_common_parts_is_refused() {
        for password in [
            "aaaaaaaaaaaa",
            "!!!!!!!!!!!!!!!",
            "123456789012",
            "987654321098",
            "abcdefghijklmnop",
            "zyxwvutsrqpo",
            "qwertyuiopasdf",
            "QWERTZUIOPü+",
            "1qaz2wsx3edc",
            "!QAZ2wsx#EDC",
            "poiuytrewq123",
            "000000000000000",
            "abc1abc1abc1",
            "121212121212",
            "19841984198419",
            "Password1234",
            "password123456789",
            "P@ssw0rd2026!",
            "2026-Sommer-2026",
            "Willkommen!2026",
            "Frühling2026!",
            "Passwort.1.2.3",
            "monkeymonkey1",
            "sunshinesunshinesunshine",
            "SommerWinter",
            "summer_Winter 84",
            "Firma-Kunde-2026",
            "ChangeMe20261121",
            "abc123monkey!",
            "letmein+letmein",
            "Weihnachtsbaum",
            "Geschwindigkeit!",
            "qwertyuiop!!!!",
            "Christopher-2026",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn own_phrases_and_random_passwords_are_accepted() {
        let phrase = "a green kettle sings 🎶 while seven owls count the winter stars 🌟";
        assert_eq!(phrase.chars().count(), 64);
        for password in [
            phrase,
            "northwind ships bread at dawn",
            "correct horse battery staple 🐎",
            "kV7#mQ2x!tRw",
            "Tr0mb-Velu-88-Kinso",
            "drei Hasen im Lagerregal",
            "summer82617349055",
            "ünïcödé wörds ärê fïnë",
            "8291-4470-1936-5528",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn one_character_makes_a_difference_only_outside_the_decoration() {
        assert!(is_common("dragon21.11.2026"));
        assert!(!is_common("dragon 21.11.2026 8"));
        assert!(!is_common("dragonx21v11q2026"));
        // A run adds nothing however long it is.
        assert!(is_common("dragon12345678901234567890"));
    }

    #[test]
    fn the_longest_password_is_judged_quickly() {
        let worst = "monkey7".repeat(36) + "8261";
        let mixed: String =
            (0..64).map(|i| ['ä', 'q', '7', '-'][(i * i + i / 3) % 4]).collect::<String>() + &worst[..160];
        for password in [&worst[..256], &mixed] {
            let start = Instant::now();
            for _ in 0..20 {
                is_common(password);
            }
            assert!(start.elapsed() < Duration::from_secs(1), "20 took {:?}", start.elapsed());
        }
    }

    #[test]
    fn odd_input_is_judged_without_fail() {
        for password in ["", "x", "7", "🐎🐎", "\u{0}\u{301}\u{202e}", "ẞßſİ", "--------a--------", " \t "]
        {
            is_common(password);
        }
    }
}
