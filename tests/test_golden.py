"""Golden pages come out as a careful reader expects, and as they came out before. See `golden.py`."""

from __future__ import annotations

from collections import Counter

import pytest

from .gold import expand, held_against
from .golden import KINDS, OUTPUTS, Case, cases, digest, fallen, floor_lines, measure, outputs, read_floors

CASES = cases()
AGAIN = "`python -m tests.golden --update` writes what the program does now; look at the difference before it is kept"
each_case = pytest.mark.parametrize("case", CASES, ids=[case.slug for case in CASES])
UNSOLVED = pytest.mark.xfail(strict=True, reason="the page is not solved yet")


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case.slug, marks=UNSOLVED if case.about["kind"] == "unsolved" else ())
        for case in CASES
    ],
)
def test_a_page_comes_out_as_a_careful_reader_expects(case: Case) -> None:
    assert [f"{check.kind}: {check.what}" for check in case.checks() if not check.good] == []


@each_case
@pytest.mark.parametrize("name", OUTPUTS)
def test_a_page_comes_out_as_it_did_before(case: Case, name: str) -> None:
    assert outputs(case)[name].decode().splitlines() == case.stored()[name].decode().splitlines(), AGAIN
    assert outputs(case)[name] == case.stored()[name], AGAIN


def test_no_quality_falls_below_its_floor() -> None:
    floors = read_floors()
    assert floors["digest"] == digest(), f"pages were changed or added; {AGAIN}"
    passed, _ = measure()
    assert fallen(floors["passed"], passed) == {}, (
        "quality fell; a floor is lowered with --update --lower only"
    )


def test_a_floor_is_never_lowered_unasked() -> None:
    passed, of = Counter(title=3, date=9), Counter(title=10, date=9)
    assert floor_lines({"title": 5, "date": 2}, passed, of, lower=False) == [
        "date = 9  # of 9",
        "title = 5  # of 10",
    ]
    assert floor_lines({"title": 5, "date": 2}, passed, of, lower=True) == [
        "date = 9  # of 9",
        "title = 3  # of 10",
    ]


@each_case
def test_a_case_says_what_it_is(case: Case) -> None:
    about = case.about
    assert about.keys() == {"title", "origin", "licence", "kind", "languages", "shows"}
    assert all(about.values())
    assert about["kind"] in KINDS
    assert about["kind"] != "innocent" or not case.gold["removed"], "an innocent page has nothing to remove"
    assert about["licence"] == "Apache-2.0"


@each_case
def test_the_gold_has_one_place_for_each_line(case: Case) -> None:
    gold = case.gold
    entries = [*gold["metadata"], *(entry for removed in gold["removed"].values() for entry in removed)]
    entries += [entry for record in gold["records"] for entry in record["body"]]
    places = Counter(number for lines in expand(entries) for number in lines)
    lines = case.source.decode("utf-8").split("\n")
    assert places == {number: 1 for number, line in enumerate(lines, 1) if line.strip()}


PAGE = "Home\n\nThe lock\n\nThe lock was drained.\nIt leaks."
GOLD = {
    "records": [{"title": 3, "authors": [], "date": None, "publisher": None, "body": [5, 6]}],
    "metadata": [3],
    "removed": {"navigation": [1]},
}
RECORD = {
    "title": "The lock", "authors": [], "date": None, "publisher": None, "repeats": [],
    "text": "The lock was drained.\n\nIt leaks.", "spans": [[16, 37], [38, 47]],
}  # fmt: skip
REMOVED = [
    {
        "start": 0,
        "end": 4,
        "text": "Home",
        "kind": "navigation",
        "rule": "navigation.menu",
        "reason": "A menu.",
    },
    {
        "start": 6,
        "end": 14,
        "text": "The lock",
        "kind": "metadata",
        "rule": "title.line",
        "reason": "A title.",
    },
]


def failures(record: dict[str, object], removed: list[dict[str, object]]) -> set[str]:
    return {check.kind for check in held_against(PAGE, GOLD, [record], removed) if not check.good}


def test_the_checker_is_content_with_what_the_gold_says() -> None:
    assert failures(RECORD, REMOVED) == set()


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ({"title": "Home"}, {"title"}),
        ({"authors": ["Anna"]}, {"authors"}),
        ({"date": "2021-05-03"}, {"date"}),
        ({"text": "The lock was drained. It leaks.", "spans": [[16, 47]]}, {"text", "paragraphs"}),
        ({"text": "The lock was drained.", "spans": [[16, 37]]}, {"text", "paragraphs", "promises"}),
        ({"spans": [[16, 38], [37, 47]]}, set()),
        ({"spans": [[16, 37], [36, 47]]}, {"promises"}),
    ],
)
def test_the_checker_notices_a_wrong_record(change: dict[str, object], failed: set[str]) -> None:
    assert failures({**RECORD, **change}, REMOVED) == failed


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        ({"kind": "share"}, {"removed"}),
        ({"text": "home"}, {"promises"}),
        ({"reason": ""}, {"promises"}),
        ({"start": 1, "text": "ome"}, {"promises"}),
    ],
)
def test_the_checker_notices_a_wrong_removal(change: dict[str, object], failed: set[str]) -> None:
    assert failures(RECORD, [{**REMOVED[0], **change}, REMOVED[1]]) == failed


def test_the_checker_notices_a_line_that_was_not_removed() -> None:
    assert failures(RECORD, REMOVED[1:]) == {"removed", "promises"}
