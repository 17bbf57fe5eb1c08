"""What does not count when two stretches of text are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.model import fold, fold_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Read ALSO!", "read also"),
        ("12 comments", "3 Comments:"),
        ("۱۲ نظر", "3 نظر"),
        ("كتاب‌های", "کتابهای"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("Ağustos", "AĞUSTOS"),
        ("caf\u00e9", "cafe\u0301"),
        ("sh\u00adare", "share"),
    ],
)
def test_spellings_of_one_thing_are_one(one: str, other: str) -> None:
    assert fold_words(one) == fold_words(other)


@pytest.mark.parametrize(("one", "other"), [("café", "cafe"), ("now here", "nowhere"), ("Ёж", "Еж")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold_words(one) != fold_words(other)


def test_each_cjk_character_is_a_word() -> None:
    assert fold_words("相关阅读 2021年") == ("相", "关", "阅", "读", "0", "年")


_MIXED = st.text(
    st.one_of(st.characters(), st.sampled_from("aB1_ ’—“”…·©«»\u0301²½éİßمê港かᄀ")), max_size=12
)


@given(_MIXED)
def test_the_quick_way_and_the_long_way_say_the_same(text: str) -> None:
    folded = unicodedata.normalize("NFC", text).casefold().translate(fold.SAME_LETTERS)
    words = ["0" if word.isdigit() else word for word in fold._CHARACTER_OR_WORD.findall(folded)]
    assert fold_words(text) == tuple(words)
