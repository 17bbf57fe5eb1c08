"""A walk along a whole text at once visits the states that a walk byte by byte visits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.automaton import Automaton
from corpusclean.language import _py3langid_model


@given(st.lists(st.integers(0, 3), min_size=4 * 256, max_size=4 * 256), st.binary(min_size=1, max_size=40))
def test_any_automaton_is_walked_exactly(moves: list[int], text: bytes) -> None:
    """Also one that is in a different state for ever because of its first byte."""
    state, states = 0, []
    for byte in text:
        state = moves[256 * state + byte]
        states.append(state)
    assert Automaton(moves, range(4)).walk(text).tolist() == states


def test_the_languages_are_the_librarys() -> None:
    quick = _py3langid_model()
    library = type(quick).__mro__[1].from_model_file("data/model.npz.xz", norm_probs=True)
    texts = [
        "The council met on Monday to vote on the new bridge over the river.",
        "Le conseil s’est réuni lundi.", "شورا روز دوشنبه تشکیل جلسه داد", "Совет собрался в понедельник", "12", "",
    ]  # fmt: skip
    for text in texts:
        (language, confidence), expected = quick.classify(text), library.classify(text)
        assert (language, confidence) == (expected[0], pytest.approx(expected[1], rel=1e-5))
