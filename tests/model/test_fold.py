"""What does not count when two stretches of text are compared."""

from __future__ import annotations

import pytest

from corpusclean.model import fold_words


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
