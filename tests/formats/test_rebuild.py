"""Records, removals, repairs and blanks are the source again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.model import Cleaned, RawText, Record, Removal, Repair, Row, Source

PIECES = st.sampled_from(
    ["a", "teh ", "&amp;", "  ", "\n", "\n\n", "é", "\u2028", "\r\n", "\t", "\x85", "سلام", "."]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
def test_any_text_comes_back(toy_clean, text):
    data = text.encode("utf-8", "surrogatepass")
    assert toy_clean(Source("a.txt", data)).restore() == data


@given(st.binary())
def test_any_bytes_come_back(toy_clean, data):
    assert toy_clean(Source("a.txt", data)).restore() == data


def page(text, record, repaired, removed=()):
    return Cleaned(Source("a", text.encode()), RawText(text, "utf-8"), (record,), removed, repaired)


def test_what_is_inserted_between_two_paragraphs_is_in_neither():
    record = Record("1", "a", 1, "One.\n\nTwo.", ((0, 4), (4, 8)))
    assert page("One.Two.", record, (Repair("a", 4, 4, "", "\n\n", "break"),)).restore() == b"One.Two."


def test_what_is_inserted_at_the_edge_of_a_paragraph_is_undone():
    record = Record("1", "a", 1, "«One.»", ((0, 4),))
    repaired = (Repair("a", 0, 0, "", "«", "quotes"), Repair("a", 4, 4, "", "»", "quotes"))
    assert page("One.", record, repaired).restore() == b"One."


def test_a_repair_in_a_removal_is_not_undone_twice():
    record = Record("1", "a", 1, "One.", ((6, 10),))
    removal = Removal("a", None, 0, 5, "&amp;", "share", "share.toy", "A test.")
    repaired = (Repair("a", 0, 5, "&amp;", "&", "entities"),)
    assert page("&amp; One.", record, repaired, (removal,)).restore() == b"&amp; One."


def test_a_paragraph_that_was_changed_is_refused():
    record = Record("1", "a", 1, "One, two.", ((0, 4),))
    with pytest.raises(ValueError, match="characters 0 to 4"):
        page("One.", record, ()).restore()


def test_paragraphs_and_spans_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="2 paragraphs, but 1 spans"):
        page("One.", Record("1", "a", 1, "One.\n\nTwo.", ((0, 4),)), ()).restore()


@given(st.text(), st.booleans())
def test_a_row_is_written_as_it_was(text, ascii_only):
    import json

    literal = json.dumps(text, ensure_ascii=ascii_only)
    row = Row('{"text": ', "ascii" if ascii_only else "utf8", "}\n")
    assert row.encode(text.encode()) == f'{{"text": {literal}}}\n'.encode()
