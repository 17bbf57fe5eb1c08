"""A trace follows every character through any number of edits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean.model import Edit, Piece, Span, Trace

TEXTS = st.text(alphabet="abcé \n\u200c水", max_size=30)
# An edit as a start, a length and a replacement; what does not fit the text at hand is cut to it.
ROUNDS = st.lists(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 6), st.text(alphabet="XY", max_size=3)), max_size=6
    ),
    max_size=5,
)


def fitted(text: str, wanted: list[tuple[int, int, str]], rule: str) -> list[Edit]:
    """Edits that lie in the text and do not overlap; at most one insertion at a place."""
    edits: list[Edit] = []
    at = 0
    for start, length, after in sorted(wanted):
        low = max(start, at)
        if low > len(text):
            break
        high = min(low + length, len(text))
        edits.append(Edit(Span(low, high), after, rule))
        at = high + (low == high)
    return edits


def replaced(text: str, edits: list[Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.span.start] + edit.after + text[edit.span.end :]
    return text


def edited(raw: str, rounds: list[list[tuple[int, int, str]]]) -> Trace:
    trace = Trace.of(raw)
    for number, wanted in enumerate(rounds):
        trace = trace.apply(fitted(trace.text, wanted, f"r{number}"))
    return trace


@settings(max_examples=500)
@given(TEXTS, ROUNDS)
def test_rounds_of_edits_equal_plain_replacement(raw: str, rounds: list[list[tuple[int, int, str]]]) -> None:
    trace, text = Trace.of(raw), raw
    for wanted in rounds:
        edits = fitted(text, wanted, "r")
        trace, text = trace.apply(reversed(edits)), replaced(text, edits)
        assert trace.text == text
        assert trace.raw == raw


@settings(max_examples=300)
@given(TEXTS, ROUNDS)
def test_pieces_cover_both_texts_and_copies_are_copies(
    raw: str, rounds: list[list[tuple[int, int, str]]]
) -> None:
    trace = edited(raw, rounds)
    assert trace.pieces[0].raw.start == trace.pieces[0].text.start == 0
    assert (trace.pieces[-1].raw.end, trace.pieces[-1].text.end) == (len(raw), len(trace.text))
    for before, after in pairwise(trace.pieces):
        assert (before.raw.end, before.text.end) == (after.raw.start, after.text.start)
        assert before.rules or after.rules, "two copies side by side are one"
    for piece in trace.pieces:
        if not piece.rules:
            assert piece.raw.of(raw) == piece.text.of(trace.text)
    rebuilt = "".join(piece.raw.of(raw) for piece in trace.pieces)
    assert rebuilt == raw


@settings(max_examples=300)
@given(TEXTS, ROUNDS, st.integers(0, 50), st.integers(0, 20))
def test_the_raw_span_holds_the_pieces_behind_a_stretch(
    raw: str, rounds: list[list[tuple[int, int, str]]], start: int, length: int
) -> None:
    trace = edited(raw, rounds)
    low = min(start, len(trace.text))
    high = min(low + length, len(trace.text))
    found = trace.raw_span(Span(low, high))
    assert found.end <= len(raw)
    if low == high:
        assert not len(found)
        return
    behind = [piece for piece in trace.pieces if piece.text.overlaps(Span(low, high))]
    first, last = behind[0], behind[-1]
    assert found.start == first.raw.start + (0 if first.rules else low - first.text.start)
    assert found.end == (last.raw.end if last.rules else last.raw.start + high - last.text.start)


@given(TEXTS, ROUNDS)
def test_stretches_side_by_side_have_raw_spans_in_order(
    raw: str, rounds: list[list[tuple[int, int, str]]]
) -> None:
    trace = edited(raw, rounds)
    spans = [trace.raw_span(Span(at, at + 1)) for at in range(len(trace.text))]
    for before, after in pairwise(spans):
        assert before.start <= after.start
        assert before.end <= after.end


@given(TEXTS, ROUNDS)
def test_each_raw_character_knows_whether_it_was_rewritten(
    raw: str, rounds: list[list[tuple[int, int, str]]]
) -> None:
    trace = edited(raw, rounds)
    rewritten = {at for piece in trace.replaced() for at in range(piece.raw.start, piece.raw.end)}
    assert {at for at in range(len(raw)) if trace.rule_at(at) is not None} == rewritten


@given(TEXTS, ROUNDS, st.integers(0, 30))
def test_all_pieces_that_hold_an_offset_touch_it(
    raw: str, rounds: list[list[tuple[int, int, str]]], offset: int
) -> None:
    trace = edited(raw, rounds)
    at = min(offset, len(raw))
    found = trace.touching(at)
    assert all(piece in found for piece in trace.pieces if piece.raw.start <= at <= piece.raw.end)


def test_a_piece_further_on_does_not_touch() -> None:
    trace = Trace.of("abc").apply([Edit(Span(0, 1), "x", "one"), Edit(Span(1, 2), "y", "two")])
    assert [piece.raw for piece in trace.touching(0)] == [Span(0, 1)]


def test_no_edits_leave_the_trace_as_it_is() -> None:
    trace = Trace.of("abc")
    assert trace.apply([]) is trace


@pytest.mark.parametrize(
    "pieces",
    [
        (),
        (Piece(Span(0, 1), Span(0, 1)),),
        (Piece(Span(0, 1), Span(0, 1)), Piece(Span(2, 3), Span(1, 3))),
        (Piece(Span(0, 2), Span(0, 1), ("r",)), Piece(Span(2, 3), Span(2, 3))),
        (Piece(Span(1, 3), Span(0, 3), ("r",)),),
        (Piece(Span(0, 2), Span(0, 2)), Piece(Span(1, 3), Span(2, 3))),
    ],
)
def test_a_gap_in_the_trace_is_refused(pieces: tuple[Piece, ...]) -> None:
    with pytest.raises(ValueError, match="without a gap"):
        Trace("abc", "abc", pieces)


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(Span(0, 2), "x", "a"), Edit(Span(1, 3), "y", "b")],
        [Edit(Span(1, 3), "y", "b"), Edit(Span(0, 2), "x", "a")],
        [Edit(Span(0, 3), "x", "a"), Edit(Span(1, 1), "y", "b")],
    ],
)
def test_overlapping_edits_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        Trace.of("abc").apply(edits)


def test_an_edit_outside_of_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        Trace.of("abc").apply([Edit(Span(2, 4), "", "a")])


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot go"):
        Span(3, 1)


def test_an_edit_into_a_replacement_takes_the_whole_of_it() -> None:
    once = Trace.of("a&amp;b").apply([Edit(Span(1, 6), "xyz", "one")])
    twice = once.apply([Edit(Span(2, 3), "-", "two")])
    assert twice.text == "ax-zb"
    assert [(piece.raw, piece.rules) for piece in twice.replaced()] == [(Span(1, 6), ("one", "two"))]


def test_an_insertion_has_no_raw_characters() -> None:
    trace = Trace.of("ab").apply([Edit(Span(1, 1), " ", "spacing")])
    assert trace.text == "a b"
    assert not len(trace.raw_span(Span(1, 2)))
