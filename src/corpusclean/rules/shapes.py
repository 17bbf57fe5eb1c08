"""Rules that know a line by its shape: counters, times of a player, credits, contact lines, lines of signs only."""

from __future__ import annotations

import re

from ..model import Line, fold_words
from ..model.fold import size
from ..phrases import hits, lexicon, telling_words
from ..registry import rule
from ..repair.lines import closed
from ..split.names import is_name

_COUNT = re.compile(
    r"[(\[]?\s*(\d{1,3})\s*(?:/|of|von|de|sur|di|van|из|з|من|از|共)\s*(\d{1,3})\s*[)\]]?", re.IGNORECASE
)
_PLAYER = re.compile(r"[▶►⏵]?\s*\d{1,2}:\d{2}(?::\d{2})?\s*(?:[/|–-]\s*\d{1,2}:\d{2}(?::\d{2})?\s*)?")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{3,}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,20}|\b[\w-]{2,40}\.(?:com|org|net|info)\b",
    re.IGNORECASE,
)
_SHOT_BY = re.compile("[\\s\u3000][\u4e00-\u9fff]{2,4}\\s?[摄攝]$")
_SHOUTED = re.compile(
    r"(?:[.!?»)]|\s/)\s(?:[A-ZÀ-ÖØ-ÞА-ЯЁ]{1,20}\.?[ /]){1,5}[A-ZÀ-ÖØ-ÞА-ЯЁ]{2,20}$|\s/\s[A-Z]\.\s?[A-ZÀ-ÖØ-Þ]{2,20}$"
)
_PICTOGRAM = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
_PRICE = re.compile(
    r"[$€£¥₽₺]\s?\d|\d\s?(?:[$€£¥₽₺]|euros?\b|eur\b|руб|tl\b|元|جنيه|ريال|درهم|ليرة|دينار|تومان|دینار)",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\+?\d[\d\s()./-]{6,18}\d")
_CUT = re.compile(r"[(\[|•]|(?<=[.!?…»”\"])\s|(?<=[。！？])|[–—]\s|\s{2,}|\t")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|ⓒ)\s?(?!\s?\d)[^\W\d][^©.!?]{1,60}[)\]]?$", re.IGNORECASE)
LONGEST_CAPTION = 400


@rule(
    "line", "counter.fraction", "counter",
    why="A line with nothing but two numbers, the first not larger than the second, counts pictures or pages.",
    removes=["1 of 2", "(3 / 12)", "2 von 5"],
    keeps=["3-2", "3 : 2", "1994/95 and 1995/96", "12/5", "24/7"],
)  # fmt: skip
def fraction(line: Line) -> bool:
    """True for `n of m` alone."""
    match = _COUNT.fullmatch(line.text) if len(line.text) < 20 else None
    return bool(match) and 1 <= int(match[1]) <= int(match[2])  # type: ignore[index]


@rule(
    "line", "counter.signs", "counter",
    why="Numbers behind pictograms, without a word, count views and comments.",
    removes=["👁 14 382 💬 5", "♥ 12"],
    keeps=["3 : 2", "14 382", "+31 -0"],
)  # fmt: skip
def pictogram_counts(line: Line) -> bool:
    """True for numbers and pictograms only."""
    return len(line.text) <= 40 and set(line.words) == {"0"} and bool(_PICTOGRAM.search(line.text))


@rule(
    "line", "navigation.arrow", "navigation",
    why="A short line that begins or ends with an arrow leads to another page.",
    removes=["← The regatta nobody won", "Older posts →", "نوشته‌های قدیمی‌تر →"],
    keeps=["A → B → C means that B stands between A and C.", "He pointed: ← left, right →, he said."],
)  # fmt: skip
def arrow(line: Line) -> bool:
    """True for an arrow at one end of a short line that is no sentence."""
    text = line.text
    ends = text[0] in "←‹«" or text[-1] in "→›»"
    return (
        ends
        and len(line.words) <= 14
        and sum(text.count(sign) for sign in "←→‹›«»") == 1
        and not closed(text)
    )


@rule(
    "line", "player.time", "player",
    why="A media player shows the time it has played and the time there is, on a line of their own.",
    removes=["0:00 / 2:34", "▶ 1:47"],
    keeps=["14:30", "1:47", "2:1", "Kick-off 14:30"],
)  # fmt: skip
def player_time(line: Line) -> bool:
    """True for a pair of times, or one with the sign of a player."""
    text = line.text
    if len(text) > 24 or not _PLAYER.fullmatch(text):
        return False
    return (text.count(":") >= 2 and bool(re.search("[/|–-]", text))) or text[0] in "▶►⏵"


@rule(
    "line", "caption.credit", "caption",
    why="A short line that ends with the credit of a picture is its caption; an article line does not name a photographer.",
    removes=[
        "The lock before the planks went in. Photo: Keith Dunmore",
        "The minister at the airport [State photo by A. Person/Public Domain]",
        "Le port, le 28 août. © Jean Petit / Le Journal",
        "صيادون في المرفأ (تصوير: ريم عيسى)",
        "老人们在食堂排队取餐。本报记者 王明 摄",
    ],
    keeps=[
        "He said: photo by photo, the album had been emptied.",
        "© 2021 The Paper",
        "这张照片由他拍摄",
        "She wrote (see image 3) that the wall was still there.",
    ],
)  # fmt: skip
def credit(line: Line) -> bool:
    """True when a line is short and one of its ends is the credit of a picture."""
    text = line.text
    if len(text) > LONGEST_CAPTION:
        return False
    if not telling_words("caption").isdisjoint(line.words) and (
        _ends_with_agency(text) or _begins_with_label(text) or _ends_with_credit(text)
    ):
        return True
    spoken = "caption" in hits(text).inside and size(text) <= 300
    return spoken or _has_holder(text) or _points_up(text) or _ends_with_name(text)


def _has_holder(text: str) -> bool:
    """`… © Jean Petit / Le Journal`; with a year it is the copyright line of the site."""
    if text.isascii() and "(" not in text:
        return False
    holder = _COPYRIGHT.search(text, max(0, len(text) - 70))
    if holder is None or re.search(r"\d{4}", holder[0]):
        return False
    return len(text) > len(holder[0]) or "/" in text


def _names_picture(text: str) -> bool:
    """True when a text is a label or an agency of pictures."""
    return "caption" in lexicon().whole.get(" ".join(fold_words(text)), ())


def _ends_with_agency(text: str) -> bool:
    """`… / AFP`."""
    agency = text.rpartition("/")[2].strip(" .)") if "/" in text[-40:] else ""
    return bool(agency) and len(text) > len(agency) + 8 and _names_picture(agency)


def _begins_with_label(text: str) -> bool:
    """`图 | …`."""
    label, bar, rest = text.replace("｜", "|").replace("丨", "|").partition("|")
    return bool(bar and rest) and _names_picture(label)


def _points_up(text: str) -> bool:
    """The triangle that points up to the picture on Chinese pages."""
    return text[0] in "▲△" and text[1:].lstrip()[:1] > "\u3000"


def _ends_with_name(text: str) -> bool:
    """A photographer's name in capitals behind the sentence, or `记者 王明 摄`."""
    shouts = len(text) <= 250 and text[-1].isupper()
    shouted = _SHOUTED.search(text, max(0, len(text) - 60)) if shouts else None
    shot = text[-1] in "摄攝" and _SHOT_BY.search(text, max(0, len(text) - 12))
    return bool((shouted and shouted.start() > 10) or shot)


def _ends_with_credit(text: str) -> bool:
    """The last stretch between separators is a credit."""
    at = max(0, len(text) - 120)
    starts = [0] if not at else []
    starts += [match.end() for match in _CUT.finditer(text, at)]
    return any(_is_credit(text[start:]) for start in starts if 4 <= len(text) - start <= 90)


def _is_credit(text: str) -> bool:
    """True for `Photo: A. Name`, `(Photo by A. Name/Agency)` and the like in any language of the lists."""
    bare = text.strip("()[] .|")
    label, colon, rest = re.sub("[：｜]", ":", bare).partition(":")
    if colon and len(label) <= 40:
        known = lexicon().colon_labels.get(" ".join(fold_words(label)), frozenset())
        return "caption" in known and 0 < len(rest.strip()) <= 70
    maker, slash, owner = bare.partition("/")
    if (
        slash
        and len(bare) <= 60
        and any("caption" in lexicon().whole.get(" ".join(fold_words(part)), ()) for part in (maker, owner))
    ):
        return True
    bracketed = text.rstrip(" .")[-1:] in ")]"
    words = fold_words(bare)
    for n in (1, 2, 3, 4):
        if len(words) > n and "caption" in lexicon().labels.get(" ".join(words[:n]), ()):
            owner = re.sub("^(?:the|der|die|das|la|le|el) ", "", " ".join(bare.split()[n:]).rstrip("."))
            return is_name(owner, 6) or (owner[:1].isupper() and len(owner) <= 40)
    by = any(word in ("by", "von", "par", "por", "di", "de") for word in words[:5])
    return bracketed and by and any("caption" in lexicon().whole.get(word, frozenset()) for word in words[:4])


def is_offer(line: Line) -> bool:
    """True for a short line that is no sentence, with a price and a word that names subscriptions.

    >>> from corpusclean.model import Page, Trace
    >>> text = "Subscribe to The Strand Example from £1 a month\\nReaders who subscribe now pay £4 a month."
    >>> [is_offer(line) for line in Page.of(Trace.of(text)).lines]
    [True, False]
    """
    if len(line.words) > 16 or "0" not in line.words or closed(line.text) or not _PRICE.search(line.text):
        return False
    topics = lexicon().topics
    return any(topics.get(word) == "subscribe" for word in line.words)


@rule(
    "line", "legal.copyright", "legal",
    why="A short line that begins with the copyright sign or the word says who owns the site.",
    removes=["© The Strand Example 2021", "Copyright 2020 Example Media"],
    keeps=["Copyright law is older than the printing press, the historian said.", "© is a sign"],
)  # fmt: skip
def copyright_line(line: Line) -> bool:
    """True for `©` or `Copyright` with a year in a short line."""
    starts = line.text.startswith(("©", "ⓒ", "(c)", "(C)", "Copyright", "COPYRIGHT"))
    return starts and len(line.text) <= 160 and bool(re.search(r"\d{4}", line.text))


def is_contact(line: Line) -> bool:
    """True when web and mail addresses or telephone numbers are most of a line.

    >>> from corpusclean.model import Page, Trace
    >>> text = "www.example.org European Languages desk@example.org\\nThe leak was first reported by example.org, a blog."
    >>> [is_contact(line) for line in Page.of(Trace.of(text)).lines]
    [True, False]
    """
    text = line.text
    if len(text) > 200 or not ("@" in text or "www" in text or "." in text):
        return False
    rest, found = _ADDRESS.subn(" ", text)
    if not found:
        return False
    rest = _PHONE.sub(" ", rest)
    return len(fold_words(rest)) <= 6 and len(rest.replace(" ", "")) < 0.7 * len(text)


@rule(
    "line", "furniture.signs", "furniture",
    why="A line of rules or arrows separates things; it says nothing. Asterisks divide the parts of a text and stay.",
    removes=["________", "- - - - -", "►"],
    keeps=["42", "* * *", "?!?! he wrote"],
)  # fmt: skip
def signs(line: Line) -> bool:
    """True for a line of punctuation and signs only, asterisks excepted."""
    return (
        not line.words and not re.search(r"[^\W_]", line.text) and not line.text.startswith(("*", "⁂", "†"))
    )
