"""Records, removals and repairs give the source again."""

from __future__ import annotations

import pytest

from corpusclean.model import Cleaned, RawText, Record, Removal, Repair, Source, Span


def cleaned(
    text: str, records: tuple[Record, ...], removed: tuple[Removal, ...], repaired: tuple[Repair, ...]
) -> Cleaned:
    raw = RawText(text, "utf-8")
    return Cleaned(Source("a.txt", raw.encode()), raw, records, removed, repaired)


def removal(text: str, start: int, end: int) -> Removal:
    return Removal("a.txt", None, start, end, text[start:end], "share", "share.buttons", "A button.")


def test_a_joined_paragraph_becomes_its_two_lines_again() -> None:
    text = "Share\n\nHe is\nhere &amp; now.\n"
    record = Record("1", "a.txt", 1, "He is here & now.", ((7, 28),))
    repairs = (
        Repair("a.txt", 12, 13, "\n", " ", "lines.broken-by-link"),
        Repair("a.txt", 18, 23, "&amp;", "&", "entities.unescaped"),
    )
    assert cleaned(text, (record,), (removal(text, 0, 5),), repairs).restore() == text.encode()


def test_blanks_are_what_lies_in_no_paragraph_and_no_removal() -> None:
    text = " Share \n\nHello.\n"
    record = Record("1", "a.txt", 1, "Hello.", ((9, 15),))
    found = cleaned(text, (record,), (removal(text, 1, 6),), ()).blanks()
    assert found == [Span(0, 1), Span(6, 9), Span(15, 16)]


def test_repairs_that_do_not_lead_back_are_noticed() -> None:
    text = "He is here."
    record = Record("1", "a.txt", 1, "He was here.", ((0, 11),))
    with pytest.raises(ValueError, match="do not lead back"):
        cleaned(text, (record,), (), ()).restore()


def test_a_record_with_more_paragraphs_than_spans_is_noticed() -> None:
    record = Record("1", "a.txt", 1, "He is\n\nhere.", ((0, 11),))
    with pytest.raises(ValueError, match="2 paragraphs, but 1 spans"):
        cleaned("He is here.", (record,), (), ()).restore()


@pytest.mark.parametrize(
    ("text", "encoding", "strays", "data"),
    [
        ("café", "utf-8", ((3, 0xE9),), b"caf\xe9"),
        ("\xff水", "utf-8", ((0, 0xFF),), b"\xff\xe6\xb0\xb4"),
        ("день", "cp1251", (), "день".encode("cp1251")),
        ("a\ud800", "utf-8", (), b"a\xed\xa0\x80"),
    ],
)
def test_raw_text_gives_its_bytes_back(
    text: str, encoding: str, strays: tuple[tuple[int, int], ...], data: bytes
) -> None:
    assert RawText(text, encoding, strays).encode() == data
