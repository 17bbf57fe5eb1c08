"""What may be given to `clean` and `clean_all`, and what comes back."""

from __future__ import annotations

import dataclasses
import sys

import pytest
from bs4 import BeautifulSoup

import corpusclean
from corpusclean import Cleaned, Config, Failure, InputError, Source, clean, clean_all

TITLE = "Bridge opens after ten years"
PROSE = "The council met on Monday to vote on the new bridge over the river, and it took until midnight."
MORE = "Nobody had expected the vote to be so close: twelve members were for it, and nine of them against."
PAGE = f"Log in | Register\n\n{TITLE}\n\n{PROSE}\n\n{MORE}\n"
HTML = (
    f"<html><head><title>{TITLE}</title><script>var a = 1;</script></head><body><nav><a>Home</a> <a>News</a></nav>"
    f"<h1>{TITLE}</h1><p>{PROSE}</p><p>{MORE}</p></body></html>"
)
TEXT = f"{PROSE}\n\n{MORE}"


@pytest.mark.parametrize(
    "raw",
    [
        PAGE,
        PAGE.encode(),
        PAGE.encode("utf-16"),
        Source("a.txt", PAGE.encode()),
        Source("a.txt", PAGE.encode("cp1252"), "cp1252"),
        Source("a.html", HTML.encode(), markup=True),
        BeautifulSoup(HTML, "html.parser"),
    ],
    ids=["text", "bytes", "utf-16", "source", "declared", "markup", "soup"],
)
def test_a_page_may_come_in_any_form(raw: str | bytes | Source | BeautifulSoup) -> None:
    cleaned = clean(raw)
    (record,) = cleaned.records
    assert (record.title, record.text, record.language) == (TITLE, TEXT, "en")


def test_the_page_on_the_doc_comes_out_as_it_says() -> None:
    cleaned = clean(PAGE)
    assert [(removal.kind, removal.text) for removal in cleaned.removed] == [
        ("account", "Log in | Register"),
        ("metadata", TITLE),
    ]
    assert cleaned.restore() == PAGE.encode()


def test_a_source_keeps_its_name() -> None:
    cleaned = clean(Source("pages/a.txt", PAGE.encode()))
    assert {item.source for item in (*cleaned.records, *cleaned.removed)} == {"pages/a.txt"}


def test_markup_gives_its_flat_text_back() -> None:
    cleaned = clean(Source("a.html", HTML.encode(), markup=True))
    flat = cleaned.restore().decode()
    assert PROSE in flat
    assert "<p>" not in flat


def test_a_soup_is_not_changed() -> None:
    soup = BeautifulSoup(HTML, "html.parser")
    before = str(soup)
    clean(soup)
    assert str(soup) == before


def test_the_setting_of_an_encoding_is_used() -> None:
    data = "Мост был закрыт почти девять лет, а в понедельник его снова откроют, сообщила мэрия.".encode(
        "koi8-r"
    )
    cleaned = clean(data, Config(encoding="koi8-r"))
    assert cleaned.records[0].text.startswith("Мост был закрыт")
    assert cleaned.restore() == data


def test_results_come_in_the_order_of_the_sources() -> None:
    sources = [Source(f"{n}.txt", f"{TITLE} {n}\n\n{PROSE} {n * 'It is so. '}".encode()) for n in range(5)]
    names = [result.source.name for result in clean_all(sources) if isinstance(result, Cleaned)]
    assert names == [source.name for source in sources]


def test_a_failure_travels_through_in_its_place() -> None:
    failure = Failure("b.txt", InputError("the file is empty"))
    results = list(clean_all([PAGE, failure, MORE]))
    assert results[1] is failure
    assert [isinstance(result, Cleaned) for result in results] == [True, False, True]


def test_sources_without_a_name_are_numbered() -> None:
    results = list(clean_all([PAGE, MORE.encode()]))
    assert [result.source.name for result in results if isinstance(result, Cleaned)] == [
        "source-1",
        "source-2",
    ]


def test_sources_are_taken_one_by_one() -> None:
    """A run over more pages than fit into memory works, for nothing is read ahead without need."""
    taken = []

    def pages() -> object:
        for n in range(50):
            taken.append(n)
            yield PAGE

    results = clean_all(pages())  # type: ignore[arg-type]
    next(results)
    assert len(taken) < 20


def test_no_sources_give_no_results() -> None:
    assert list(clean_all([])) == []


def test_results_are_values() -> None:
    cleaned = clean(PAGE)
    assert cleaned == clean(PAGE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        cleaned.records = ()  # type: ignore[misc]


def test_the_public_names_are_there() -> None:
    assert {"clean", "clean_all", "Config", "Record", "Removal", "Source", "Cleaned", "Failure"} <= set(
        dir(corpusclean)
    )
    for name in corpusclean.__all__:
        assert getattr(corpusclean, name) is not None
    with pytest.raises(AttributeError, match="has no attribute"):
        corpusclean.clear  # noqa: B018


def steps(page: str) -> int:
    """How many function calls and generator steps cleaning a page takes: its work, on any machine."""
    count = 0

    def step(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(step)
    try:
        clean(page)
    finally:
        sys.setprofile(None)
    return count


UNITS = [
    f"{PROSE} ",
    "a ",
    "Share ",
    "1 ",
    "(",
    "&amp;",
    "Ã©",
    "- ",
    "\u200b",
    "\n",
    "x\u00ad",
    "水",
    "2020 ",
    "“",
    "\xa0a",
    f"{PROSE}\n",
]
LINES = ["a\n", "Reply\n", "A b c d e f g h\n", "1 comment\n", "水\n"]


@pytest.mark.parametrize("unit", [*UNITS, *LINES])
def test_a_page_ten_times_as_long_takes_about_ten_times_the_steps(unit: str) -> None:
    times = 200 if unit in LINES else 4_000 // len(unit) + 1
    clean(f"A {unit * times}")  # what is made once is made; the lines of the page itself are not known yet
    small, large = steps(unit * times), steps(unit * times * 10)
    assert large < 20 * max(small, 2_000), f"{small} steps, then {large}"


def test_an_article_that_stands_twice_on_its_page_is_kept_once() -> None:
    told = [
        f"The {who} of the harbour said on Monday that the {what} would not be ready before the winter storms."
        for who, what in (("master", "bridge"), ("pilot", "lock"), ("keeper", "light"), ("warden", "quay"))
    ]
    article = "\n\n".join(("Bridge opens late", "By Ada Long", "12 May 2021", *told))
    ferry = (
        "The old ferry stops on Friday, and nobody in the village knows how the pupils will get to school.",
        "A bus over the mountain takes two hours, said the headmistress, who has asked the county for a boat.",
    )
    other = "\n\n".join(("Ferry stops", "By Bo Short", "13 May 2021", *ferry))
    page = Source("a.txt", f"{article}\n\n{other}\n\n{article}\n".encode())
    cleaned = clean(page)
    assert [record.title for record in cleaned.records] == ["Bridge opens late", "Ferry stops"]
    assert {removal.rule for removal in cleaned.removed if removal.start > 900} == {"duplicate.record"}
    assert [cleaned] == list(clean_all([page]))
    assert cleaned.restore() == page.data
