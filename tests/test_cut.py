"""The knife: what marks and articles become, with offsets into the source."""

from __future__ import annotations

import pytest

from corpusclean import Cleaned, Config, clean, clean_all
from corpusclean.cut import record_id
from corpusclean.model import Record, Removal

PROSE = [
    "The council met on Monday to vote on the new bridge over the river, and it took until midnight.",
    "Nobody had expected the vote to be so close: twelve members were for it, and nine of them against.",
    "Her brother keeps the ferry; he says that he has carried more people in a month than live in the valley.",
]
PAGE = "\n\n".join(["Log in | Register", "Bridge opens after ten years", *PROSE]) + "\n"


def removal_of(cleaned: Cleaned, text: str) -> Removal:
    (found,) = [removal for removal in cleaned.removed if removal.text == text]
    return found


def record_of(cleaned: Cleaned) -> Record:
    (record,) = cleaned.records
    return record


def test_spans_and_removals_count_in_the_source() -> None:
    cleaned = clean(PAGE)
    record = record_of(cleaned)
    assert [PAGE[start:end] for start, end in record.spans] == PROSE
    title = removal_of(cleaned, "Bridge opens after ten years")
    assert PAGE[title.start : title.end] == title.text
    assert (title.kind, title.field, title.part) == ("metadata", "title", 1)


def test_spans_count_in_the_source_where_repairs_moved_the_text() -> None:
    page = (
        PAGE.replace("council", "coun\u00adcil")
        .replace("Nobody", "&#78;obody")
        .replace("the river", "the  \u00a0river")
    )
    record = record_of(clean(page))
    assert record.text.split("\n\n") == PROSE
    first, second, _ = (page[start:end] for start, end in record.spans)
    assert (first[:13], second[:10]) == ("The coun\u00adcil ", "&#78;obody")


def test_a_paragraph_that_was_joined_has_one_span() -> None:
    page = PAGE.replace("on the new bridge", "on\n the new bridge")
    cleaned = clean(page)
    record = record_of(cleaned)
    assert record.text.split("\n\n") == PROSE
    start, end = record.spans[0]
    assert "on\n the new" in page[start:end]
    assert any(repair.rule.startswith("lines.") and start < repair.start < end for repair in cleaned.repaired)


@pytest.mark.parametrize("dropped", ["\u200b", "\ufeff", "\u00ad", "\u200b\u00ad", "&shy;"])
@pytest.mark.parametrize("place", ["before", "after", "alone", "at the start", "at the end"])
def test_what_repairs_drop_outside_of_words_is_told(dropped: str, place: str) -> None:
    page = {
        "before": PAGE.replace("Nobody", f"{dropped}Nobody"),
        "after": PAGE.replace("against.", f"against.{dropped}"),
        "alone": PAGE.replace("\n\nNobody", f"\n\n{dropped}\n\nNobody"),
        "at the start": dropped + PAGE,
        "at the end": PAGE + dropped,
    }[place]
    cleaned = clean(page)
    assert record_of(cleaned).text.split("\n\n") == PROSE
    assert cleaned.restore() == page.encode()
    told = [repair.before for repair in cleaned.repaired] + [removal.text for removal in cleaned.removed]
    at_start_of_the_file = place == "at the start" and dropped == "\ufeff"
    assert at_start_of_the_file or any(dropped[0] in text for text in told)


def test_a_word_glued_to_the_headline_is_cut_off() -> None:
    cleaned = clean(PAGE.replace("Bridge opens", "imageBridge opens"))
    assert record_of(cleaned).title == "Bridge opens after ten years"
    assert removal_of(cleaned, "image").kind == "caption"
    assert removal_of(cleaned, "Bridge opens after ten years").field == "title"


def test_a_repeat_names_the_copy_that_stays() -> None:
    page = "\n\n".join([*PROSE, *PROSE]) + "\n"
    cleaned = clean(page)
    record = record_of(cleaned)
    assert record.text.split("\n\n") == PROSE
    for removal in cleaned.removed:
        assert removal.kind == "repeat"
        assert removal.of
        assert (removal.of.id, removal.of.part) == (record.id, 1)
        assert page[removal.of.start : removal.of.end] == removal.text


def test_a_page_without_an_article_gives_no_record() -> None:
    cleaned = clean(
        "Log in | Register\nHome | Politics | Sports\nOur harbour\n© 2021 The Courier. All rights reserved.\n"
    )
    assert cleaned.records == ()
    assert {removal.part for removal in cleaned.removed} == {None}


@pytest.mark.parametrize("page", ["", " ", "\n\n\n", "\t\r\n", "\ufeff"])
def test_a_blank_page_gives_nothing(page: str) -> None:
    cleaned = clean(page)
    assert cleaned.records == ()
    assert cleaned.restore() == page.encode()


def test_each_part_of_an_archive_has_its_own_paragraphs() -> None:
    page = "\n".join(
        line
        for n, month in enumerate(["May", "June", "July"])
        for line in (
            f"Bridge number {'one two three'.split()[n]} opens after ten years",
            f"By Anna Keller | The Courier | {month} 5, 2020",
            *(paragraph.replace("council", f"council of {month}") for paragraph in PROSE),
        )
    )
    cleaned = clean(page, Config(duplicates="mark"))
    assert [record.part for record in cleaned.records] == [1, 2, 3]
    assert [record.date for record in cleaned.records] == ["2020-05-05", "2020-06-05", "2020-07-05"]
    assert len({record.id for record in cleaned.records}) == 3
    for record in cleaned.records:
        assert removal_of(cleaned, record.title or "").part == record.part


def test_an_id_depends_on_name_bytes_and_part_only() -> None:
    assert record_id("a.txt", "00", 1) == record_id("a.txt", "00", 1)
    others = [record_id("b.txt", "00", 1), record_id("a.txt", "01", 1), record_id("a.txt", "00", 2)]
    assert len({record_id("a.txt", "00", 1), *others}) == 4


def run(pages: list[str], config: Config) -> list[Cleaned]:
    results = list(clean_all(pages, config=config))
    assert all(isinstance(result, Cleaned) for result in results)
    return results  # type: ignore[return-value]


def test_a_record_that_stands_twice_in_a_run_is_dropped() -> None:
    first, second = run([PAGE, PAGE.replace("Log in", "Log out")], Config())
    assert second.records == ()
    dropped = [removal for removal in second.removed if removal.kind == "duplicate"]
    assert [removal.text for removal in dropped] == PROSE
    assert {removal.of.id for removal in dropped if removal.of} == {record_of(first).id}


def test_a_record_that_stands_twice_in_a_run_is_marked_on_request() -> None:
    first, second = run([PAGE, PAGE], Config(duplicates="mark"))
    assert record_of(second).duplicate_of == record_of(first).id
    assert record_of(second).text == record_of(first).text


LONG = (
    "An engineer from the capital, who had drawn the first plans in 1998 when the old ferry sank at its "
    "moorings, came by train and took no part in the vote, though everybody in the hall turned round to look "
    "at her when the numbers were read out, and though she was asked three times by the chair to say what it "
    "would cost and how long it would stand."
)
OTHER = [
    "Below the weir the water is still brown from the rain of the last week, which tore away two jetties and a boat.",
    "What it will cost, the treasurer would not say, but he looked as though he knew it to the last coin in the box.",
    "The school on the other bank has closed its upper floor, since the roof lets in more light than the windows do.",
]


def test_a_shared_passage_is_marked_and_stays() -> None:
    first, second = run(["\n\n".join([*PROSE, LONG]), "\n\n".join([*OTHER, LONG])], Config())
    (repeat,) = record_of(second).repeats
    assert second.raw.text[repeat.start : repeat.end] == LONG
    assert first.raw.text[repeat.of.start : repeat.of.end] == LONG
    assert record_of(second).text.endswith(LONG)


def test_a_shared_passage_is_dropped_on_request() -> None:
    first, second = run(["\n\n".join([*PROSE, LONG]), "\n\n".join([*OTHER, LONG])], Config(shared="drop"))
    assert record_of(second).text.split("\n\n") == OTHER
    assert record_of(second).repeats == ()
    gone = removal_of(second, LONG)
    assert gone.of
    assert (gone.kind, gone.of.id) == ("repeat", record_of(first).id)
