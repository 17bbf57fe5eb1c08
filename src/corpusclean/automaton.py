"""Walking a finite automaton along a whole text at once, instead of byte by byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Automaton:
    """An automaton over bytes that starts in state 0; `rows[state]` is the number of the state's row of 256 moves.

    A guess of all states is made and each is followed one byte further until none changes: then every state
    follows from the one before it, and the walk is exact. In an automaton that looks for short strings a state
    depends on the last few bytes alone, so that a few rounds are enough, however long the text is.

    >>> Automaton([*[0] * 97, 1, *[0] * 158, *[0] * 98, 2, *[0] * 157], [0, 1, 0]).walk(b"abca").tolist()
    [1, 2, 0, 1]
    """

    def __init__(self, moves: Sequence[int], rows: Sequence[int]) -> None:
        table = np.asarray(moves)
        self._moves = table.view(np.int32) if table.dtype == np.uint32 else table  # no copy: it is large
        self._rows = np.asarray(rows, dtype=np.intp) << 8

    def walk(self, data: bytes) -> NDArray[np.integer]:
        """The state after each byte."""
        letters = np.frombuffer(data, np.uint8).astype(np.intp)
        first: NDArray[np.integer] = self._moves.take(self._rows[0] + letters)
        guess = first
        while True:
            states = first.copy()
            states[1:] = self._moves.take(self._rows.take(guess[:-1]) + letters[1:])
            if np.array_equal(states, guess):
                return guess
            guess = states
