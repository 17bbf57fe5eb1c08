"""The language of a text: one small interface, several detectors.

A text comes in, a BCP 47 primary tag ("en", "fa", "ckb") goes out, or None where there is too little to tell.
Three questions are asked, the cheap and certain one first:

1. In which **script** are most of its letters? Greek, Thai or kana belong to one language and settle the matter,
   so that even short texts in them are told.
2. Do **letters and frequent words** settle it? The statistical detectors know no Sorani, South Azerbaijani or
   Tigrinya, and would call them by a neighbour's name; a letter such as ڵ or a word such as û gives them away.
3. Only then the **detector** is asked, and it sees the letters of the prevailing script alone: a Persian
   banner over an English article is no reason to call the article Persian.

The answer depends on the text and the detector's name alone: no call leaves anything behind for the next.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import Any, NamedTuple

__all__ = ["detect_language", "detectors"]

# More text changes no verdict on articles, it only costs time.
SAMPLE = 2000
# Below this many letters a detector's guess has to be a confident one.
FEW_LETTERS = 20
# What a detector has to be sure of itself: with few letters, with enough.
SURE_WITH_FEW, SURE = 0.9, 0.3
# Script, letters and words say nothing with fewer signs than this.
FEWEST_SIGNS = 3

_URL = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_]+")


class Profile(NamedTuple):
    """What gives a language away among those that share its script."""

    letters: str
    words: frozenset[str]
    prefix: str = ""


def _profile(letters: str, words: str, prefix: str = "") -> Profile:
    return Profile(letters, frozenset(words.split()), prefix)


# First and last code point, ISO 15924 name; in ascending order.
_BLOCKS = (
    (0x0041, 0x02AF, "Latn"), (0x0370, 0x03FF, "Grek"), (0x0400, 0x052F, "Cyrl"), (0x0531, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0700, 0x074F, "Syrc"), (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"), (0x07C0, 0x07FF, "Nkoo"), (0x0870, 0x08FF, "Arab"), (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"), (0x0A00, 0x0A7F, "Guru"), (0x0A80, 0x0AFF, "Gujr"), (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"), (0x0C00, 0x0C7F, "Telu"), (0x0C80, 0x0CFF, "Knda"), (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Laoo"), (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"), (0x10A0, 0x10FF, "Geor"), (0x1100, 0x11FF, "Hang"), (0x1200, 0x139F, "Ethi"),
    (0x13A0, 0x13FF, "Cher"), (0x1780, 0x17FF, "Khmr"), (0x1800, 0x18AF, "Mong"), (0x1C50, 0x1C7F, "Olck"),
    (0x1C90, 0x1CBF, "Geor"), (0x1E00, 0x1EFF, "Latn"), (0x1F00, 0x1FFF, "Grek"), (0x2D00, 0x2D2F, "Geor"),
    (0x2D30, 0x2D7F, "Tfng"), (0x2D80, 0x2DDF, "Ethi"), (0x3041, 0x30FF, "Kana"), (0x3130, 0x318F, "Hang"),
    (0x3400, 0x4DBF, "Hani"), (0x4E00, 0x9FFF, "Hani"), (0xA000, 0xA4CF, "Yiii"), (0xAC00, 0xD7FF, "Hang"),
    (0xF900, 0xFAFF, "Hani"), (0x20000, 0x3FFFF, "Hani"),
)  # fmt: skip
_STARTS = [first for first, _, _ in _BLOCKS]

# An ideograph is worth about three letters of an alphabet, a syllable about two.
_WEIGHT = {"Hani": 3, "Kana": 2, "Hang": 2, "Ethi": 2}

# Scripts of one language, or of one that outweighs all others by far.
_ONLY = {
    "Grek": "el", "Armn": "hy", "Hebr": "he", "Syrc": "syr", "Thaa": "dv", "Nkoo": "nqo", "Beng": "bn",
    "Guru": "pa", "Gujr": "gu", "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml",
    "Sinh": "si", "Thai": "th", "Laoo": "lo", "Tibt": "bo", "Mymr": "my", "Geor": "ka", "Ethi": "am",
    "Cher": "chr", "Khmr": "km", "Mong": "mn", "Olck": "sat", "Tfng": "zgh", "Yiii": "ii",
}  # fmt: skip

# Letters and words as they stand after `_fold_arabic`; words that neighbours share (و, de, ne) are left out.
_PROFILES = {
    "Arab": {
        "ar": _profile("ةىأإ", "فی من على إلى أن إن عن مع هذا هذه ذلک التی الذی کان کما لا لم ما بین بعد", "ال"),
        "fa": _profile("پچژگ", "در به از که این را با است آن برای های می شد شده بود کرد تا یک بر نیز خود هم "
                               "ها وی اما هر کرده شود باید کند پس ما اگر"),
        "ckb": _profile("ێۆڵڕڤە", "لە بە بۆ کە ئەو ئەم هەر لەگەڵ دوای پێش نێوان وەک بەڵام هەروەها بوو"),
        "sdh": _profile("ۊێۆڵڕڤە", "وە ئەڕا لە ک"),
        "ug": _profile("ەۆۇۈۋېڭ", "بىلەن ۋە بۇ بىر ئۈچۈن بولغان بولۇپ دەپ ھەم"),
        "kk": _profile("ٴەۇۋڭ", "جانە مەن ٴبىر ۇشىن ەتتى بولدى دەپ"),
        "ur": _profile("ےہںٹڈڑھ", "کے کی میں ہے اور سے کا کو اس پر کہ نے ہیں بھی ایک یہ تھا ہو گیا جو تو"),
        "pnb": _profile("ےہںٹڈڑھݨ", "دے دی دا وچ نوں نیں تے اے اوہ سی نال ایہ"),
        "sd": _profile("ڏڊڌڍڄڃڇڀٻٿٺٽڦڳڱڻڪڙ", "۾ ۽ جی جو جا کی تی آهی مان سان کان اهو هن لاءِ"),
        "ps": _profile("ټډړږښڼځڅېۍ", "د په او چې له سره کې یې ته دی نه دا هغه وو شوی کړی لپاره"),
        "azb": _profile("ؤۆۇەپچگ", "بیر بو ایله اوچون اولان اولاراق داها کیمی ده دا دان قدر سونرا اونون هم "
                                   "چوخ گؤره اولدو ائدیر دیر لار لر ایدی اولونور بؤیوک"),
    },
    "Hebr": {
        "he": _profile("", "של את על לא הוא היא זה עם גם כי אל או כל אבל"),
        "yi": _profile("װױײ", "און די איז פון אין צו מיט דער דאס האט נישט אויף אבער"),
    },
    "Ethi": {"am": _profile("አ", "ነው እና ላይ ውስጥ ግን ነበር"), "ti": _profile("ኣቕኽ", "እዩ ናይ ኣብ ካብ እዚ ድማ ነቲ")},
    "Beng": {"bn": _profile("র", "এবং"), "as": _profile("ৰৱ", "আৰু")},
    "Latn": {"kmr": _profile("êîû", "û ku li ji bi ev ew wê wî jî xwe yên vê vî hat dike bû")},
}  # fmt: skip
# How much of a text the profile has to account for; Latin is high since only one of its languages is profiled.
_CLEAR = {"Latn": 0.18}

# What a detector is not to see: the other scripts of the text.
_OTHERS = {
    "Latn": re.compile("[^\x00-\u036f\u1e00-\u1eff\u2000-\u206f]+"),
    "Cyrl": re.compile("[^\x00-@\\[-`{-¿\u0300-\u036f\u0400-\u052f\u2000-\u206f]+"),
    "Arab": re.compile("[^\x00-@\\[-`{-¿\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\u2000-\u206f]+"),
    "Deva": re.compile("[^\x00-@\\[-`{-¿\u0900-\u097f\u2000-\u206f]+"),
}

# Detectors' names that are no BCP 47 primary tag, or say more than they know: dialects of Arabic and Chinese
# are named for standard texts too often, and "zxx" stands for text without language.
_TAGS = {
    "arz": "ar", "ary": "ar", "zh-cn": "zh", "zh-tw": "zh", "wuu": "zh", "yue": "zh", "ku": "kmr", "uzs": "uz",
    "kik": "ki", "gug": "gn", "zxx": None,
}  # fmt: skip

# Arabic keyboards' forms of the Persian letters, and what ornaments a word.
_FOLD_ARABIC = str.maketrans("يك", "یک", "\u0640\u0670" + "".join(map(chr, range(0x064B, 0x0653))))


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
    script, letters = _prevailing_script(Counter(sample))
    if script == "CJK":
        return _chinese_japanese_korean(letters)
    told = _told_by_profile(sample, script, letters) or _ONLY.get(script)
    return told or (_ask(detector, sample, script, letters.total()) if script in _OTHERS else None)


def _sample(text: str) -> str:
    """The beginning and the middle, in composed letters and without addresses."""
    text = text.strip()
    if len(text) > 2 * SAMPLE:
        middle = len(text) // 2
        text = f"{text[:SAMPLE]} {text[middle : middle + SAMPLE]}"
    return _URL.sub(" ", unicodedata.normalize("NFKC", text))


def _script(char: str) -> str:
    at = bisect_right(_STARTS, ord(char)) - 1
    return _BLOCKS[at][2] if at >= 0 and ord(char) <= _BLOCKS[at][1] else ""


def _prevailing_script(chars: Counter[str]) -> tuple[str, Counter[str]]:
    """The script with the most letters (kana, hangul and ideographs count as one, "CJK"), and its letters."""
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
    """Kana make a text Japanese and hangul Korean, unless they are but a quotation."""
    count: Counter[str] = Counter()
    for char, times in letters.items():
        # の is an ornament on Chinese signs.
        count["Hani" if char == "の" else _script(char)] += times
    if count["Hang"] * 4 >= letters.total():
        return "ko"
    return "ja" if count["Kana"] * 10 >= letters.total() else "zh"


def _told_by_profile(sample: str, script: str, letters: Counter[str]) -> str | None:
    """The language whose letters and words account for most of the text, when that is clear."""
    if script not in _PROFILES:
        return None
    folded = sample.translate(_FOLD_ARABIC) if script == "Arab" else sample.lower()
    words = Counter(_WORD.findall(folded))
    scores = sorted(
        ((*_signs(profile, letters, words), language) for language, profile in _PROFILES[script].items()),
        reverse=True,
    )
    (score, signs, language), runner_up = scores[0], scores[1][0] if len(scores) > 1 else 0.0
    clear = signs >= FEWEST_SIGNS and score >= _CLEAR.get(script, 0.04) and score > 1.1 * runner_up
    return language if clear else None


def _signs(profile: Profile, letters: Counter[str], words: Counter[str]) -> tuple[float, int]:
    """Which share of letters and of words is the profile's, and how many signs that makes."""
    of_letters = sum(letters[letter] for letter in profile.letters)
    of_words = sum(words[word] for word in profile.words)
    if profile.prefix:
        of_words += sum(count for word, count in words.items() if word.startswith(profile.prefix))
    return of_letters / letters.total() + of_words / (words.total() or 1), of_letters + of_words


def _ask(detector: str, sample: str, script: str, letters: int) -> str | None:
    name, confidence = _DETECTORS[detector](_OTHERS[script].sub(" ", sample))
    if confidence < (SURE if letters >= FEW_LETTERS else SURE_WITH_FEW):
        return None
    return _TAGS.get(name, name)


@cache
def _py3langid_model() -> Any:
    """A model of our own, so that nobody's `set_languages` changes our answers."""
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def _py3langid(text: str) -> tuple[str, float]:
    name, confidence = _py3langid_model().classify(text)
    return str(name), float(confidence)


@cache
def _langdetect_factory() -> Any:
    """Seeded, with the profiles in one order: the library takes them as the file system lists them."""
    factory = import_module("langdetect").DetectorFactory()
    profiles = sorted(files("langdetect").joinpath("profiles").iterdir(), key=lambda path: path.name)
    factory.load_json_profile([path.read_text("utf-8") for path in profiles if path.is_file()])
    factory.set_seed(0)
    return factory


def _langdetect(text: str) -> tuple[str, float]:
    detector = _langdetect_factory().create()
    detector.append(text)
    try:
        best = detector.get_probabilities()[:1]
    except import_module("langdetect").LangDetectException:
        return "und", 0.0  # nothing in the text that it knows
    return (str(best[0].lang), float(best[0].prob)) if best else ("und", 0.0)


_DETECTORS: dict[str, Callable[[str], tuple[str, float]]] = {"py3langid": _py3langid, "langdetect": _langdetect}
