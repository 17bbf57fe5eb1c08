"""Rules that know a line by its words: buttons in a row, labels, and wording that only a notice has.

Each family of phrases (package `phrases`) is one rule here. A line that is a single button (`Share`) is not marked on
sight, since an article may have it as a subheading; `company.py` decides about it by its neighbours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection

from ..model import Line
from ..model.memory import remember
from ..phrases import SEPARATED, Hits, hits, lexicon
from ..registry import rule
from ..repair.lines import closed
from ..split.dates import find_dates

LONGEST_NOTICE = 1200  # characters: a longer line with a notice in it is not a notice
LONGEST_LABELLED = 320
SENTENCE = 6  # words: a phrase of so many is no subheading
ORDER = (
    "consent", "comments", "subscribe", "account", "legal", "player", "advert", "share", "related", "counter",
    "navigation", "caption", "furniture",
)  # fmt: skip
SAFE_ALONE = frozenset({"advert", "player", "counter"})
LABELS = frozenset(
    {"related", "caption", "share", "subscribe", "account", "legal", "advert", "comments", "player"}
)


def family(line: Line) -> str | None:
    """The family that a line belongs to on sight, or None.

    >>> from corpusclean.model import Page, Trace
    >>> lines = Page.of(Trace.of("Share Tweet Print\\nShe promised to share and to print.")).lines
    >>> [family(line) for line in lines]
    ['share', None]
    """
    text, found = line.text, hits(line.text)
    if not (found.whole or found.strip or found.label or found.inside):
        return _speaking(text, found)
    notices = [name for name, share in found.inside.items() if share >= 0.3]
    if notices and len(found.words) >= 6 and text[0] not in "\"“„«‘'「『‹":
        return _first(notices)
    if len(found.words) >= SENTENCE and _first(found.whole):
        return _first(found.whole)
    if found.strip and not _one_button(text, found):
        whole = all(found.strip)
        return _unless_dated(text, strip_family(found)) if whole or not _is_dated(text) else None
    safe = found.whole & SAFE_ALONE if "0" not in found.words else found.whole & (SAFE_ALONE | {"furniture"})
    if safe:
        return _first(safe)
    labelled = found.label & LABELS if len(text) <= LONGEST_LABELLED else None
    if labelled and (":" in text[:60] or "：" in text or not closed(text)):
        return _first(labelled)
    return _speaking(text, found)


def _speaking(text: str, found: Hits) -> str | None:
    """The family whose topic words make up most of a short line that is no sentence: a row of names and buttons."""
    topic = found.topic
    if not topic or not 3 <= len(found.words) <= 16:
        return None
    said = [word for word in found.words if word != "0"]
    if not 3 <= len(said) <= 12 or closed(text):
        return None
    topics = lexicon().topics
    votes = sum([topics.get(word) == topic for word in said])
    return topic if votes >= max(3, 0.5 * len(said)) else None


def _one_button(text: str, found: Hits) -> bool:
    """True for a few words without a separator that happen to be two phrases: `Accept all cookies`."""
    return len(found.strip) == 2 and len(found.words) <= 5 and not SEPARATED.search(text)


def _unless_dated(text: str, kind: str | None) -> str | None:
    """The family, but none for a menu word with a full date: that is a byline (`Redaktion | 3.5.2021`)."""
    return None if kind == "navigation" and _is_dated(text) else kind


def _is_dated(text: str) -> bool:
    return bool(find_dates(text))


def _first(families: Collection[str]) -> str | None:
    return next((name for name in ORDER if name in families), None) if families else None


def strip_family(found: Hits) -> str | None:
    """The family that most of the buttons in a row belong to; a row of metadata labels has none."""
    votes = Counter(name for tile in found.strip for name in tile if name in ORDER)
    if not votes or any(tile and not tile & set(ORDER) for tile in found.strip):
        return None
    best = max(votes.values())
    return _first(frozenset(name for name, count in votes.items() if count == best))


def button(line: Line) -> str | None:
    """The family of a line that is one button, heading or short notice and nothing else; a full stop or an
    exclamation mark speaks against it."""
    return _button(line.text)


@remember
def _button(text: str) -> str | None:
    if len(text) > 200 or text.endswith((".", "。", "！", "!")):
        return None
    found = hits(text)
    if found.strip and not found.whole and _one_button(text, found):
        return strip_family(found)
    brief = frozenset(found.inside) if len(found.words) < 6 else frozenset[str]()
    return _unless_dated(text, _first(found.whole)) or _first(brief)


def notice(line: Line) -> str | None:
    """The family of a line that holds the wording of a notice among other words, or begins with it."""
    if len(line.text) > LONGEST_NOTICE:
        return None
    found = hits(line.text)
    if not found.inside and not found.label:
        return None
    dense = frozenset(name for name, share in found.inside.items() if share >= 0.12)
    return _first(dense | found.label & LABELS if len(line.text) <= LONGEST_LABELLED else dense)


def is_widget(text: str) -> bool:
    """True when the phrase lists know a text as a widget or label: no sentence goes on in it.

    >>> is_widget("Log in"), is_widget("General White is")
    (True, False)
    """
    found = hits(text)
    return bool(found.whole or found.strip or found.label - {"legal", "consent", "comments", "subscribe"})


def _widget(
    name: str, kind: str, why: str, removes: tuple[str, ...], keeps: tuple[str, ...]
) -> Callable[[Line], bool]:
    """Register the rule of one family."""

    def check(line: Line) -> bool:
        return family(line) == kind

    check.__doc__ = why
    return rule("line", name, kind, why=why, removes=removes, keeps=keeps, among=family)(check)


_widget(
    "consent.notice", "consent",
    "A consent banner speaks in set phrases about its own cookies that an article about cookies does not use.",
    ("We use cookies to improve your experience on our website.",),
    ("The commission fined the firm because it set cookies without consent.",),
)  # fmt: skip
_widget(
    "comments.widget", "comments",
    "A comment widget repeats its buttons, counts, rules and form labels; an article line never consists of them.",
    ("Reply · Report · Share", "پاسخ | گزارش تخلف", "Your email address will not be published."),
    ("She promised to reply and to report back.", "گزارش تازه منتشر شد"),
)  # fmt: skip
_widget(
    "subscribe.box", "subscribe",
    "Subscription, paywall and newsletter boxes speak to the reader in set phrases.",
    ("Already a subscriber? Log in", "This article is for subscribers only."),
    ("The paper has lost a third of its subscribers since 2010.",),
)  # fmt: skip
_widget(
    "account.widget", "account",
    "A log-in box is a row of field labels and buttons, often glued together.",
    ("Remember meForgot password?", "Log in | Register"),
    ("He could not log in because he had forgotten his password.",),
)  # fmt: skip
_widget(
    "legal.notice", "legal",
    "Copyright lines and disclaimers are set phrases that stand apart from the article.",
    ("© 2021 The Morning Paper. All rights reserved.",),
    ("The court held that all rights of the heirs were reserved for a later trial.",),
)  # fmt: skip
_widget(
    "player.controls", "player",
    "A media player leaves the names of its buttons behind.",
    ("Play video", "Listen to this article"),
    ("They play video games until midnight.",),
)  # fmt: skip
_widget(
    "advert.label", "advert",
    "The label over an advertisement stands on a line of its own.",
    ("Advertisement", "Anzeige", "РЕКЛАМА"),
    ("The advertisement was withdrawn on Monday.",),
)  # fmt: skip
_widget(
    "share.buttons", "share",
    "Share buttons stand in a row, or begin with a label; a sentence has more than their names.",
    ("Facebook Twitter WhatsApp", "SharePrint"),
    ("Facebook and Twitter said they would comply.", "She asked readers to share the story on Facebook."),
)  # fmt: skip
_widget(
    "related.label", "related",
    "A line that begins with the label of a link names another article.",
    ("Read also: The long way home", "Читайте также: Мост открыт"),
    ("Read also the second letter, in which he says the opposite.",),
)  # fmt: skip
_widget(
    "counter.pages", "counter",
    "A gallery counts its pictures, a long page its parts, on a line of its own.",
    ("Image 3 of 12", "1 of 2"),
    ("One of two men was arrested.",),
)  # fmt: skip
_widget(
    "navigation.menu", "navigation",
    "A menu is a row of section names; running text does not consist of them.",
    ("Home | Politics | Sports | Culture",),
    ("Politics and sports do not mix, he said.",),
)  # fmt: skip
_widget(
    "caption.label", "caption",
    "A caption or its credit begins or ends with the label of a picture.",
    ("Photo: Jane Doe", "Foto: Max Muster"),
    ("The photo shows how far the water came.",),
)  # fmt: skip
_widget(
    "furniture.page", "furniture",
    "Printed pages number themselves.",
    ("Continued from page 4",),
    ("Turn to page 3 of the report and you will find the figure.",),
)  # fmt: skip
