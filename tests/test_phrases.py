"""A word that tells of a family stands in each of its phrases, so that a line without one can be passed over."""

from __future__ import annotations

import pytest

from corpusclean.phrases import lexicon, telling_words


@pytest.mark.parametrize(
    "families", [("caption",), ("bio",), ("tags", "section", "source"), ("byline", "published")]
)
def test_every_phrase_holds_a_telling_word(families: tuple[str, ...]) -> None:
    words = telling_words(*families)
    for table in lexicon().tables():
        for key, found in table.items():
            assert found.isdisjoint(families) or not words.isdisjoint(key.split()), key
