"""Phrase lists: what the widgets, labels and notices of real pages say, in many languages.

The lists are the text files beside this module, `<family>.<language>.txt`, one phrase a line; a line that
starts with `#` is a comment. All languages apply to every page, since widgets often speak another language than the
article. Where the ellipsis stands tells how a phrase matches the folded words of a line:

    phrase          the whole line, or a whole segment of it, is the phrase: buttons, headings, menu words
    phrase …        the line begins with it and goes on: labels. If the phrase ends with a colon, so must the label
    … phrase …      it stands anywhere in the line: wording that nothing but this family has
    … phrase        the line ends with it

Any number stands for any other. Matching is by dictionary on the words, so its cost does not grow with the
number of phrases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from ..model import fold_words
from ..model.memory import remember

_SEGMENTS = re.compile(r"[|·•¦►▸»›«/\\>—–\t\n\u3000]+|\s{2,}|\s-\s")
_GLUE = re.compile(r"(?<=[a-zà-öø-ÿа-яёığşçöü?!)])(?=[A-ZÀ-ÖØ-ÞА-ЯЁİĞŞÇÖÜ][a-zà-öø-ÿа-яёığşçöü])")
SEPARATED = re.compile(f"{_SEGMENTS.pattern}|{_GLUE.pattern}")
# Where the two above may match, searched from a character that is rare in running text.
_MAY_PART = re.compile(r"[|·•¦►▸»›«/\\>—–\s](?:(?<=[|·•¦►▸»›«/\\>—–\t\n\u3000])|\s|-\s)")
_MAY_GLUE = re.compile(
    r"[A-ZÀ-ÖØ-ÞА-ЯЁİĞŞÇÖÜ](?<=[a-zà-öø-ÿа-яёığşçöü?!)][A-ZÀ-ÖØ-ÞА-ЯЁİĞŞÇÖÜ])[a-zà-öø-ÿа-яёığşçöü]"
)
_ARABIC = re.compile("[\u0600-\u07ff]")
_TRAIL = re.compile(r"\s(?:[>›»→►▸]|/)\s")
_COLON = re.compile(r"^[^:：\n]{1,60}[:：]")
_NONE: frozenset[str] = frozenset()
_NOTHING: Mapping[str, float] = MappingProxyType({})
TOPICAL = frozenset({"comments", "subscribe", "consent", "legal", "account", "share"})
BRIEF = 4  # words: a segment of a menu, of which no phrase list knows, is not longer than this
LONGEST = 12  # words: a whole phrase is never longer than this


class Hits(NamedTuple):
    """The families whose phrases a line matches, by the way in which they match (a tuple: every line has one).

    `words` are the folded words of the line. `whole`: the line is a phrase. `strip`: the line can be divided
    into two or more whole phrases, all of
    these families (a segment that is no phrase has none). `label`: the line begins with a label. `inside`: it
    holds or ends with a phrase; the number is the share of the line's words that the phrase makes up. `topic` is the
    family that the words speak of (see `Lexicon.topic`).
    """

    words: tuple[str, ...] = ()
    whole: frozenset[str] = _NONE
    strip: tuple[frozenset[str], ...] = ()
    label: frozenset[str] = _NONE
    inside: Mapping[str, float] = _NOTHING
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases, filed by the way in which they match; keys are folded words joined by spaces.

    `squeezed` are whole phrases of Arabic script without their blanks. `topics` are words that are typical of
    one family, `themes` those among them that name it (`comments`).

    `begins` gives for each word with which a whole phrase begins how many words such a phrase has at most,
    `labelled` the same for labels. `tiled` are all words of whole phrases. `inside` is filed by that word of the
    phrase that the fewest others hold.
    """

    whole: dict[str, frozenset[str]]
    labels: dict[str, frozenset[str]]
    colon_labels: dict[str, frozenset[str]]
    inside: dict[str, tuple[tuple[str, str, bool], ...]]
    squeezed: dict[str, str]
    topics: dict[str, str]
    themes: frozenset[str]
    begins: Mapping[str, int]
    tiled: frozenset[str]
    labelled: Mapping[str, int]

    @classmethod
    def read(cls, texts: dict[str, str]) -> Lexicon:
        """The lexicon of phrase lists, given as text by family (a family may have several lists).

        >>> lexicon = Lexicon.read({"share.en": "Tweet\\nShare this …\\n… share this with friends …"})
        >>> sorted(lexicon.whole), sorted(lexicon.labels)
        (['tweet'], ['share this'])
        """
        whole: dict[str, set[str]] = {}
        labels: dict[str, set[str]] = {}
        colons: dict[str, set[str]] = {}
        inside: list[tuple[str, str, bool]] = []
        counts: dict[str, Counter[str]] = {}
        for name, text in texts.items():
            family = name.partition(".")[0]
            for line in text.splitlines():
                phrase = line.strip()
                if not phrase or phrase.startswith("#"):
                    continue
                before, after = phrase.startswith("…"), phrase.endswith("…")
                bare = phrase.strip("… ")
                words = fold_words(bare)
                if all(word.isdigit() for word in words):
                    continue
                if len(words) <= (
                    8 if words[0] > "\u3000" else 3
                ):  # longer phrases have words in them that any text has
                    for word in _terms(words):
                        counts.setdefault(word, Counter())[family] += 1
                key = " ".join(words)
                if before:
                    inside.append((key, family, not after))
                elif after:
                    (colons if bare.endswith((":", "：")) else labels).setdefault(key, set()).add(family)
                else:
                    whole.setdefault(key, set()).add(family)
        return cls(
            {key: frozenset(found) for key, found in whole.items()},
            {key: frozenset(found) for key, found in labels.items()},
            {key: frozenset(found) for key, found in colons.items()},
            _by_rarest_word(inside),
            {key.replace(" ", ""): key for key in whole if "\u0600" <= key[0] <= "\u07ff"},
            _topics(counts, 3),
            frozenset(_topics(counts, 8)),
            _begins(whole),
            frozenset(word for key in whole for word in key.split()) | {"0"},
            _begins([*labels, *colons]),
        )

    def tables(self) -> tuple[dict[str, frozenset[str]], ...]:
        """The phrases that are a line, or with which one begins."""
        return self.whole, self.labels, self.colon_labels

    def topic(self, words: tuple[str, ...]) -> str | None:
        """The family that the words of a line speak of: most of its topic words, and two of them at least.

        >>> share = "Share this\\nShare on X\\nShare it\\nShare by mail\\nTweet this\\nTweet it\\nTweet now"
        >>> Lexicon.read({"share": share}).topic(("please", "share", "or", "tweet"))
        'share'
        """
        topics = self.topics
        if topics.keys().isdisjoint(terms := _terms(words)):
            return None
        said = [topics[word] for word in set(terms) if word in topics]
        if len(said) < 2:
            return None
        votes = Counter(said)
        best = max(votes, key=lambda family: (votes[family], family))
        enough = votes[best] >= max(2, 0.06 * len(words)) and 2 * votes[best] > len(said)
        return best if enough else None

    def names(self, words: tuple[str, ...], family: str) -> bool:
        """True when one of the words names the family.

        >>> words = ("one", "two", "six", "ten", "all", "new", "top", "by")
        >>> comments = "\\n".join(f"Comments {word}" for word in words)
        >>> Lexicon.read({"comments": comments}).names(("comments", "closed"), "comments")
        True
        """
        terms = _terms(words)
        if self.themes.isdisjoint(terms):
            return False
        return any(word in self.themes and self.topics[word] == family for word in terms)

    def hits(self, text: str) -> Hits:
        """What a line matches.

        >>> lexicon = Lexicon.read({"share": "Tweet\\nPrint", "related": "Read also: …"})
        >>> lexicon.hits("Print | Tweet").strip
        (frozenset({'share'}), frozenset({'share'}))
        >>> lexicon.hits("Read also: The long way home").label
        frozenset({'related'})
        >>> lexicon.hits("Read also the long way home").label
        frozenset()
        """
        words = fold_words(text)
        if not words:
            return Hits()
        folded = " ".join(words)
        whole = self.whole.get(folded, _NONE) if len(words) <= 2 * LONGEST else _NONE
        if not whole and "0" in words and len(words) <= LONGEST:  # a count beside a button: "+31 -0 Reply"
            whole = self.whole.get(" ".join([word for word in words if word != "0"]), _NONE)
        strip = self._strip(text, words) if len(text) <= 400 else ()
        label = self._label(text, words) if words[0] in self.labelled else _NONE
        inside = _NOTHING if self.inside.keys().isdisjoint(words) else self._inside(words, folded)
        return Hits(words, whole, strip, label, inside, self.topic(words))

    def _label(self, text: str, words: tuple[str, ...]) -> frozenset[str]:
        found: frozenset[str] = _NONE
        for n in range(1, min(len(words), self.labelled[words[0]] + 1)):
            found |= self.labels.get(" ".join(words[:n]), _NONE)
        colon = _COLON.match(text) if ":" in text or "：" in text else None
        if colon:
            found |= self.colon_labels.get(" ".join(fold_words(colon[0])), _NONE)
        return found

    def _inside(self, words: tuple[str, ...], folded: str) -> dict[str, float]:
        found: dict[str, float] = {}
        padded = f" {folded} "
        for word in sorted(self.inside.keys() & words):
            for key, family, at_end in self.inside[word]:
                if padded.endswith(f" {key} ") if at_end else f" {key} " in padded:
                    found[family] = found.get(family, 0.0) + len(key.split()) / len(words)
        return found

    def _strip(self, text: str, words: tuple[str, ...]) -> tuple[frozenset[str], ...]:
        """The families of the whole phrases into which a line divides; empty if it does not.

        In a row of three or more short segments, a third of which are phrases, the others are so too: a menu has
        names of its own between those that all menus have.
        """
        glued = _MAY_GLUE.search(text) is not None
        arabic = not text.isascii() and _ARABIC.search(text) is not None
        parted = _MAY_PART.search(text) is not None
        parts = _parts(text, glued=glued) if parted or glued else [text]
        if not (glued or arabic or self._may_be_row(text, words, parts)):
            return ()
        rows = self._rows(words, parts, glued=glued, arabic=arabic)
        if len(rows) == 1 and rows[0] != words:
            tiles = self.tile(rows[0])
            return tiles if len(tiles) > 1 else ()
        if len(rows) > 1:
            found = [_sure(row, self.tile(row)) for row in rows]
            known = len(found) - found.count(())
            if len(rows) > 2 and _TRAIL.search(text) and self._starts_trail(parts[0]):
                return (frozenset({"navigation"}),) * len(rows)
            whole = known == len(rows) or (
                len(rows) >= 3 and known >= 2 and 3 * known >= len(rows) and max(map(len, rows)) <= BRIEF
            )
            if whole:
                return tuple([families for tiles in found for families in tiles or (_NONE,)])
        tiles = _sure(words, self.tile(words, len(words) - 1)) if len(words) > 1 else ()
        return tiles if len(tiles) > 1 else ()

    def _may_be_row(self, text: str, words: tuple[str, ...], parts: Sequence[str]) -> bool:
        """False for most lines of running text: one of their words is in no phrase, and they are not parted into
        segments of a few words."""
        if self.tiled.issuperset(words):
            return True
        short = len(words) - words.count("0") <= BRIEF * len(parts)
        return len(parts) > 2 and (short or _TRAIL.search(text) is not None)

    def _rows(
        self, words: tuple[str, ...], parts: Sequence[str], *, glued: bool, arabic: bool
    ) -> list[tuple[str, ...]]:
        """The words of each part of a line, without parts that are numbers; none where no part can be a phrase."""
        if not glued and not arabic and (len(parts) == 1 or self.begins.keys().isdisjoint(words)):
            return []
        if len(parts) == 1:
            return [self._unglued(words)]
        rows = [self._unglued(fold_words(part)) for part in parts]
        return [row for row in rows if row and row.count("0") != len(row)]

    def _unglued(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words of a segment in Arabic script; where phrases are written together without capitals to show it,
        they are parted."""
        word, at, found = "".join(words), 0, list[str]()
        if (
            not 8 <= len(word) <= 80
            or word[0] < "\u0600"
            or word[0] > "\u07ff"
            or " ".join(words) in self.whole
        ):
            return words
        while at < len(word):
            for size in range(min(24, len(word) - at), 2, -1):
                if word[at : at + size] in self.squeezed:
                    found += self.squeezed[word[at : at + size]].split()
                    at += size
                    break
            else:
                return words
        return tuple(found)

    def _starts_trail(self, part: str) -> bool:
        """True for the first part of a breadcrumb trail: `Home`, also behind a label."""
        words = fold_words(part.rpartition(":")[2])
        return any("navigation" in families for families in self.tile(words))

    def tile(self, words: tuple[str, ...], longest: int = LONGEST) -> tuple[frozenset[str], ...]:
        """The families of whole phrases that stand one after the other and make up the words, longest first.

        >>> Lexicon.read({"share": "Share on X\\nPrint"}).tile(("print", "share", "on", "x"))
        (frozenset({'share'}), frozenset({'share'}))
        """
        if not self.tiled.issuperset(words):
            return ()
        tiles: list[frozenset[str]] = []
        at = 0
        while at < len(words):
            word = words[at]
            for size in range(min(self.begins.get(word, 0), longest, len(words) - at), 0, -1):
                families = self.whole.get(" ".join(words[at : at + size]))
                if families:
                    tiles.append(families)
                    at += size
                    break
            else:
                if not word.isdigit():
                    return ()
                at += 1  # a count beside a button: "Share 12"
        return tuple(tiles)


def _parts(text: str, *, glued: bool) -> list[str]:
    pieces = _SEGMENTS.split(text)
    return [part for piece in pieces for part in _GLUE.split(piece)] if glued else pieces


def _by_rarest_word(
    phrases: Iterable[tuple[str, str, bool]],
) -> dict[str, tuple[tuple[str, str, bool], ...]]:
    """Phrases by that word of theirs which the fewest of them hold: few lines hold it, either."""
    counts = Counter(word for key, _, _ in phrases for word in set(key.split()))
    found: dict[str, set[tuple[str, str, bool]]] = {}
    for phrase in phrases:
        found.setdefault(_rarest(phrase[0], counts), set()).add(phrase)
    return {word: tuple(sorted(several)) for word, several in found.items()}


def _rarest(key: str, counts: Mapping[str, int]) -> str:
    return min(key.split(), key=lambda word: (counts[word], -len(word), word))


def _begins(phrases: Iterable[str]) -> dict[str, int]:
    """The first words of phrases, and how many words the longest phrase has that begins so."""
    longest: dict[str, int] = {}
    for key in phrases:
        words = key.split()
        longest[words[0]] = max(longest.get(words[0], 0), min(len(words), LONGEST))
    return longest


def _terms(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words, and for CJK characters the pairs of neighbours, which are its words more often than not."""
    if not words or max(words) <= "\u3000":
        return words
    return words + tuple(a + b for a, b in pairwise(words) if a > "\u3000" and b > "\u3000")


def _sure(words: tuple[str, ...], tiles: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    """The tiles, but none where they prove little: two menu words of CJK side by side are a heading as well."""
    return () if 1 < len(tiles) < 4 and words[0] > "\u3000" else tiles


def _topics(counts: Mapping[str, Counter[str]], least: int) -> dict[str, str]:
    """The words that occur in short phrases of one family above all, so many times; a CJK character says too little."""
    found: dict[str, str] = {}
    for word, families in counts.items():
        family, count = max(families.items(), key=lambda item: (item[1], item[0]))
        if (
            (len(word) > 2 or (len(word) == 2 and word > "\u3000"))
            and family in TOPICAL
            and count >= least
            and count >= 0.7 * families.total()
        ):
            found[word] = family
    return found


@cache
def lexicon() -> Lexicon:
    """The phrase lists of the package, read once."""
    folder = files(__package__)
    return Lexicon.read({
        entry.name.removesuffix(".txt"): entry.read_text("utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".txt")
    })  # fmt: skip


@cache
def telling_words(*families: str) -> frozenset[str]:
    """Words one of which stands in every phrase of some families: a line without any of them holds no such phrase.

    >>> "photo" in telling_words("caption"), "the" in telling_words("caption")
    (True, False)
    """
    known = lexicon()
    phrases = [(key, found) for table in known.tables() for key, found in table.items()]
    counts = Counter([word for key, _ in phrases for word in key.split()])
    return frozenset(_rarest(key, counts) for key, found in phrases if not found.isdisjoint(families))


@remember
def hits(text: str) -> Hits:
    """What a line matches in the phrase lists of the package. Widgets recur, so answers are remembered."""
    return lexicon().hits(text)
