"""The language of a text: one small interface, several detectors.

A text comes in, a BCP 47 primary tag ("en", "fa", "ckb") goes out, or None where there is too little to tell.
Three questions are asked, the cheap and certain one first:

1. In which **script** are most of its letters? Greek, Thai or kana belong to one language and settle the
   matter, so that even short texts in them are told.
2. Do **letters and frequent words** settle it? The statistical detectors know no Sorani, South Azerbaijani
   or Tigrinya, and would call them by a neighbour's name; a letter such as ڵ or a word such as û tells.
3. Only then the **detector** is asked, and it sees the letters of the prevailing script alone: a Persian
   banner over an English article is no reason to call the article Persian.

The answer depends on the text and the detector's name alone: no call leaves anything behind for the next.
"""

import math
import re
import string
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from .config import SEEDS

__all__ = ["detect_language", "detectors"]

# More text changes no verdict on articles, it only costs time.
SAMPLE = 2000
# Below this many letters a detector's guess has to be a confident one.
FEW_LETTERS = 20
# Script, letters and words say nothing with fewer signs than this.
FEWEST_SIGNS = 3

_URL = re.compile(r"(?:https?://|www\.)\S+")
_ASCII = re.compile("[\x00-\x7f]+")
_ASCII_LETTERS = string.ascii_letters.encode()
_WORD = re.compile(r"[^\W\d_]+")
_compiled = cache(re.compile)  # most runs need few of the patterns below


@dataclass(frozen=True, slots=True)
class Profile:
    """What gives a language away among those that share its script: letters, frequent words, and a pattern where
    there is more to look for than whole words."""

    letters: str
    words: frozenset[str]
    pattern: str | None

    def count(self, folded: str, words: Sequence[str]) -> tuple[int, int]:
        """How often its letters, and its words and shapes, stand in a text, whose words are given as well."""
        of_letters = sum([folded.count(letter) for letter in self.letters])
        if self.pattern:
            return of_letters, len(_compiled(self.pattern).findall(folded))
        return of_letters, sum(map(self.words.__contains__, words))


def _profile(letters: str, words: str, shapes: str | None = None) -> Profile:
    """Letters, frequent words, and what other words begin or end with."""
    listed = words.split()
    pattern = rf"\b(?:(?:{'|'.join(listed)})\b|{shapes or '(?!)'})"
    whole = not shapes and all(re.fullmatch(r"\w+", word) for word in listed)
    return Profile(letters, frozenset(listed), None if whole else pattern)


# First and last code point, and the language that has the script for itself (or outweighs all others by far);
# else the ISO 15924 name of the script, capitalised. In ascending order.
_BLOCKS = (
    (0x0041, 0x02AF, "Latn"), (0x0370, 0x03FF, "el"), (0x0400, 0x052F, "Cyrl"), (0x0531, 0x058F, "hy"),
    (0x0590, 0x05FF, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0700, 0x074F, "syr"), (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "dv"), (0x07C0, 0x07FF, "nqo"), (0x0870, 0x08FF, "Arab"), (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"), (0x0A00, 0x0A7F, "pa"), (0x0A80, 0x0AFF, "gu"), (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"), (0x0C80, 0x0CFF, "kn"), (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"), (0x0E00, 0x0E7F, "th"), (0x0E80, 0x0EFF, "lo"), (0x0F00, 0x0FFF, "bo"),
    (0x1000, 0x109F, "my"), (0x10A0, 0x10FF, "ka"), (0x1100, 0x11FF, "Hang"), (0x1200, 0x139F, "Ethi"),
    (0x13A0, 0x13FF, "chr"), (0x1780, 0x17FF, "km"), (0x1800, 0x18AF, "mn"), (0x1C50, 0x1C7F, "sat"),
    (0x1C90, 0x1CBF, "ka"), (0x1E00, 0x1EFF, "Latn"), (0x1F00, 0x1FFF, "el"), (0x2D00, 0x2D2F, "ka"),
    (0x2D30, 0x2D7F, "zgh"), (0x2D80, 0x2DDF, "Ethi"), (0x3041, 0x30FF, "Kana"), (0x3130, 0x318F, "Hang"),
    (0x3400, 0x4DBF, "Hani"), (0x4E00, 0x9FFF, "Hani"), (0xA000, 0xA4CF, "ii"), (0xAC00, 0xD7FF, "Hang"),
    (0xF900, 0xFAFF, "Hani"), (0x20000, 0x3FFFF, "Hani"),
)  # fmt: skip
_STARTS = [first for first, _, _ in _BLOCKS]

# An ideograph is worth about three letters of an alphabet, a syllable about two.
_WEIGHT = {"Hani": 3, "Kana": 2, "Hang": 2, "Ethi": 2}

# By script, the most common language first. Letters and words as they stand after `_fold`; words that
# neighbours share (و, de, ne) are left out.
_PROFILES = {
    "Arab": {
        "ar": _profile("ةأإ", "فی من على إلى أن إن عن مع هذا هذه ذلک کان کما لا لم ما بین بعد قد", r"ال\w\w"),
        "fa": _profile("پچژگ", "در به از که این را با است آن برای های می شد شده بود کرد تا یک بر نیز خود هم "
                               "ها وی اما هر کرده شود باید کند پس ما اگر"),
        "ckb": _profile("ێۆڵڕڤەئ", "لە بە بۆ کە ئەو ئەم هەر لەگەڵ دوای پێش نێوان وەک بەڵام هەروەها بوو"),
        "ug": _profile("ەۆۇۈۋېڭى", "بىلەن ۋە بۇ بىر ئۈچۈن بولغان بولۇپ دەپ ھەم"),
        "kk": _profile("ٴەۇۋڭ", "جانە مەن ٴبىر ۇشىن ەتتى بولدى دەپ"),
        "ur": _profile("ےہںٹڈڑھ", "کے کی میں ہے اور سے کا کو اس پر کہ نے ہیں بھی ایک یہ تھا ہو گیا جو تو"),
        "pnb": _profile("ےہںٹڈڑھݨ", "دے دی دا وچ نوں نیں تے اے اوہ سی نال ایہ"),
        "sd": _profile("ڏڊڌڍڄڃڇڀٻٿٺٽڦڳڱڻڪڙ", "۾ ۽ جی جو جا کی تی آهی مان سان کان اهو هن لاءِ"),
        "ps": _profile("ټډړږښڼځڅېۍ", "د په او چې له سره کې یې ته دی نه دا هغه وو شوی کړی لپاره"),
        "azb": _profile(
            "ؤۆۇ",
            "بیر بو ایله اوچون اولان اولاراق داها کیمی ده دا دان قدر سونرا اونون هم چوخ دیر ایدی ایندی نین",
            r"(?:دئ|ائد|ائل|ائو|گئ|وئر|کئچ|نئچ|سئچ|یئر|ائت(?!لاف))|\w{0,12}(?:لاری|لری|لارین|لرین|لاردا|لرده|لره|"
            r"لارا|اراق|جاق|جک|یندا|ماق|سیندن|سینیز|لیغی|لیقدا|ماغی)\b",
        ),
    },
    "Hebr": {
        "he": _profile("", "של את על לא הוא היא זה עם גם כי אל או כל אבל"),
        "yi": _profile("װױײ", "און די איז פון אין צו מיט דער דאס האט נישט אויף אבער אז דעם זיך האבן"),
    },
    "Ethi": {"am": _profile("አ", "ነው እና ላይ ውስጥ ግን ነበር"), "ti": _profile("ኣቕኽ", "እዩ ናይ ኣብ ካብ እዚ ድማ ነቲ")},
    "Beng": {"bn": _profile("র", "এবং"), "as": _profile("ৰৱ", "আৰু")},
    "Latn": {
        "kmr": _profile("êîû", "û ku li ji bi ev ew wê wî jî xwe yên vê vî hat dike bû"),
        "zza": _profile("êîû", "û xo zî rê keno beno biyo bîyo yeno kerdo"),
    },
}  # fmt: skip
# How much of a text a profile has to account for; more in Latin, of which only two languages are profiled.
_CLEAR = {"Latn": 0.15}

# What a detector is not to see: the other scripts of the text.
_OTHERS = {
    "Latn": "[^\x00-\u036f\u1e00-\u1eff\u2000-\u206f]+",
    "Cyrl": "[^\x00-@\\[-`{-¿\u0300-\u036f\u0400-\u052f\u2000-\u206f]+",
    "Arab": "[^\x00-@\\[-`{-¿\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\u2000-\u206f]+",
    "Deva": "[^\x00-@\\[-`{-¿\u0900-\u097f\u2000-\u206f]+",
}

# Detectors' names that are no BCP 47 primary tag, or say more than they know: dialects of Arabic and Chinese
# are named for standard texts too often, and "zxx" stands for text without language.
_TAGS = {
    "arz": "ar", "ary": "ar", "sdh": "ckb", "ku": "kmr", "zh-cn": "zh", "zh-tw": "zh", "wuu": "zh",
    "yue": "zh", "uzs": "uz", "kik": "ki", "gug": "gn", "zxx": None,
}  # fmt: skip

# Arabic keyboards' forms of the Persian letters; vowel points and the stroke that stretches a word.
_POINTS = [0x0640, 0x0670, *range(0x064B, 0x0653), *range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2, 0x05C7]
_FOLDED = str.maketrans("يك", "یک", "".join(map(chr, _POINTS)))
_POINTED = re.compile(f"[{''.join(map(chr, _FOLDED))}]")
_SORANI = re.compile("[ێۆڵڕ]")


def detectors() -> tuple[str, ...]:
    """The names that `detect_language` knows, the default first.

    >>> detectors()
    ('py3langid', 'langdetect')
    """
    return tuple(_DETECTORS)


def detect_language(text: str, detector: str = "py3langid") -> str | None:
    """The BCP 47 primary tag of a text's language, or None where there is too little text to tell.

    >>> detect_language("The council met on Tuesday and agreed to mend the old bridge.")
    'en'
    >>> detect_language("ئەنجومەنەکە بڕیاری دا پردە کۆنەکە نۆژەن بکاتەوە", detector="langdetect")
    'ckb'
    >>> detect_language("12:30") is None
    True
    """
    if detector not in _DETECTORS:
        raise ValueError(f"no language detector is called {detector!r}; choose from: {', '.join(_DETECTORS)}")
    sample = _sample(text)
    script, letters = _prevailing_script(_letters(sample))
    if script == "CJK":
        return _chinese_japanese_korean(letters)
    if script in _PROFILES and (told := _told_by_profile(sample, script, letters.total())):
        return told
    if script in _OTHERS:
        return _ask(detector, sample, script, letters.total())
    return next(iter(_PROFILES[script])) if script in _PROFILES else script or None


def _sample(text: str) -> str:
    """The beginning and the middle, in composed letters, without addresses and wide gaps."""
    text = text.strip()
    middle = len(text) // 2 if len(text) > 2 * SAMPLE else len(text)
    pieces = (" ".join(text[at : at + 4 * SAMPLE].split())[:SAMPLE] for at in (0, middle))
    # cut again: one ligature may become eighteen letters
    sample = unicodedata.normalize("NFKC", " ".join(pieces))[: 3 * SAMPLE]
    return _URL.sub(" ", sample) if "://" in sample or "www." in sample else sample


def _script(char: str) -> str:
    at = bisect_right(_STARTS, ord(char)) - 1
    return _BLOCKS[at][2] if at >= 0 and ord(char) <= _BLOCKS[at][1] else ""


def _letters(sample: str) -> Counter[str]:
    """The characters of a text and how often each stands there; the letters of ASCII are counted as one."""
    if not sample.isascii():
        chars = Counter(_ASCII.sub("", sample))
        plain = sample.encode("ascii", "ignore")
    else:
        chars, plain = Counter(), sample.encode()
    chars["a"] = len(plain) - len(plain.translate(None, _ASCII_LETTERS))
    return chars


def _prevailing_script(chars: Counter[str]) -> tuple[str, Counter[str]]:
    """The name in `_BLOCKS` that most letters have, and these; kana, hangul and ideographs are one, "CJK"."""
    letters: dict[str, Counter[str]] = {}
    weights: Counter[str] = Counter()
    for char, count in chars.items():
        if char.isalpha() and (script := _script(char)):
            weight = _WEIGHT.get(script, 1)
            script = "CJK" if script in ("Hani", "Kana", "Hang") else script
            letters.setdefault(script, Counter())[char] = count
            weights[script] += weight * count
    best = max(weights, key=lambda script: (weights[script], script), default="")
    return (best, letters[best]) if weights[best] >= FEWEST_SIGNS else ("", Counter())


def _chinese_japanese_korean(letters: Counter[str]) -> str:
    """Kana make a text Japanese and hangul Korean, unless they are but a quotation in a longer text."""
    count: Counter[str] = Counter()
    for char, times in letters.items():
        # の is an ornament on Chinese signs.
        count["Hani" if char == "の" else _script(char)] += times
    for script, language in (("Hang", "ko"), ("Kana", "ja")):
        if count[script] and (letters.total() < FEW_LETTERS or count[script] * 6 >= letters.total()):
            return language
    return "zh"


def _fold(sample: str) -> str:
    """Small letters without points; ە also where Sorani, as it used to, spells it ه with a non-joiner."""
    folded = sample.lower()
    if folded.isascii():
        return folded
    if _POINTED.search(folded):
        folded = folded.translate(_FOLDED)
    return folded.replace("ه\u200c", "ە") if _SORANI.search(folded) else folded


def _told_by_profile(sample: str, script: str, total: int) -> str | None:
    """The language whose letters and words account for most of the text, when that is enough."""
    folded = _fold(sample)
    words, number = re.findall(r"\w+", folded), 0
    best, language = _CLEAR.get(script, 0.04), None
    for name, profile in _PROFILES[script].items():
        of_letters, of_words = profile.count(folded, words)
        if of_letters + of_words >= FEWEST_SIGNS:
            number = number or len(_WORD.findall(folded)) or 1
            share = of_letters / total + of_words / number
            if share > best:
                best, language = share, name
    return language


def _ask(detector: str, sample: str, script: str, letters: int) -> str | None:
    chosen = _DETECTORS[detector]
    seen = _compiled(_OTHERS[script]).sub(" ", sample)
    # langdetect passes over words in capitals
    name, confidence = chosen.guess(seen.lower() if seen.isupper() else seen)
    sure = chosen.sure if letters >= FEW_LETTERS else chosen.sure_of_few
    return _TAGS.get(name, name) if confidence >= sure else None


@cache
def _py3langid_model() -> Any:
    """A model of our own, so that nobody's `set_languages` changes our answers."""
    import numpy as np

    from .automaton import Automaton

    langid = import_module("py3langid.langid")

    class Identifier(langid.LanguageIdentifier):  # type: ignore[misc,name-defined]
        """The library's, but for the walk along the text, which takes it most of its time."""

        def __init__(self, weights: Any, *args: Any, **more: Any) -> None:
            super().__init__(weights.astype(np.float32), *args, **more)  # as the library makes them each time
            self.automaton = Automaton(self.tk_nextmove, self.tk_row)
            self.features = np.asarray(self.tk_output)

        def _raw_score(self, text: bytes) -> Any:
            found = self.features.take(self.automaton.walk(text))
            # in the order of their numbers, not in that of the text: the sum differs in its last figure at most
            features, counts = np.unique(found[found >= 0], return_counts=True)
            if not len(features):
                return super()._raw_score(text)
            weights = np.log1p(counts.astype(np.float32))
            return weights @ self.nb_ptc.take(features, axis=0) + self.nb_pc

    return Identifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def _py3langid(text: str) -> tuple[str, float]:
    name, confidence = _py3langid_model().classify(text)
    return str(name), float(confidence)


@cache
def _langdetect_factory() -> Any:
    """Seeded, with the profiles in one order: the library takes them as the file system lists them."""
    library = import_module("langdetect.detector_factory")
    factory = library.DetectorFactory()
    profiles = sorted(path for path in Path(library.PROFILES_DIRECTORY).iterdir() if path.is_file())
    factory.load_json_profile([path.read_text("utf-8") for path in profiles])
    factory.set_seed(SEEDS["langdetect"])
    return factory


def _langdetect(text: str) -> tuple[str, float]:
    detector = _langdetect_factory().create()
    detector.append(text)
    try:
        best = detector.get_probabilities()[:1]
    except import_module("langdetect").LangDetectException:
        return "und", 0.0  # nothing in the text that it knows
    return (str(best[0].lang), float(best[0].prob)) if best else ("und", 0.0)


@dataclass(frozen=True, slots=True)
class Detector:
    """A guess with its confidence, and how confident it has to be to be believed.

    Measured on words of news articles: of py3langid's guesses at 12 characters 98% are right where it is sure
    to 0.7; at 20 characters and more 80% where it is sure to 0.2, and 55% where to 0.1. langdetect is sure to
    0.9 of nearly everything, and right in 99% of that at 60 characters, in 84% at 20 and in 66% at 12.
    """

    guess: Callable[[str], tuple[str, float]]
    sure: float
    sure_of_few: float


_DETECTORS = {"py3langid": Detector(_py3langid, 0.2, 0.7), "langdetect": Detector(_langdetect, 0.6, math.inf)}
