"""The labeller: what it measures, that its network is what it says, and what the dial promises."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean import Config, clean
from corpusclean.api import marked
from corpusclean.config import DEFAULT
from corpusclean.decode import decode
from corpusclean.labels.deciding import (
    NO_KIND,
    SETTINGS,
    WHY,
    Verdicts,
    judge_lines,
    label_lines,
    threshold,
    verdicts,
)
from corpusclean.labels.features import measure
from corpusclean.labels.letters import CLASSES, classes
from corpusclean.labels.network import WEIGHTS, network
from corpusclean.registry import KINDS, RULES
from corpusclean.sheet import Sheet
from corpusclean.split import Layout, finish

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted((ROOT / "fixtures").glob("*/source.txt"))
DIALS = ("strict", "default", "careful")
PARAGRAPH = (
    "The council of the harbour town voted on Monday to rebuild the old swing bridge, and to keep its keeper's house "
    "as a small museum, after two years in which nobody could agree on who was to pay for the paint."
)
MENU = [
    "Boats",
    "Tides",
    "Small ads",
    "Weather at sea",
    "Our yard",
    "Lost and found",
    "Print shop",
    "Harbour cam",
]
WIDGETS = ["Log in", "Share on Facebook", "Subscribe to our newsletter", "Privacy policy", "Contact us"]


def sheet_of(text: str) -> tuple[Sheet, Layout]:
    return marked(decode(text.encode("utf-8", "surrogatepass"), None), DEFAULT)


def kept_lines(text: str, dial: str) -> set[int]:
    sheet, layout = sheet_of(text)
    label_lines(sheet, layout, dial)  # type: ignore[arg-type]
    return set(sheet.free_lines())


@pytest.mark.parametrize("page", PAGES, ids=[page.parent.name for page in PAGES])
def test_each_position_of_the_dial_keeps_what_the_stricter_one_keeps(page: Path) -> None:
    text = page.read_bytes().decode("utf-8", "replace")
    for stricter, laxer in pairwise(kept_lines(text, dial) for dial in DIALS):
        assert stricter <= laxer


@pytest.mark.parametrize("page", PAGES, ids=[page.parent.name for page in PAGES])
def test_careful_keeps_all_running_text_that_no_rule_has_marked(page: Path) -> None:
    text = page.read_bytes().decode("utf-8", "replace")
    sheet, _ = sheet_of(text)
    assert set(sheet.prose_lines()) <= kept_lines(text, "careful")


STORY = [
    PARAGRAPH,
    (
        "The vote was close. Seven members were for the bridge and six against it, and the chairwoman, "
        "Edda Holm, had to ask twice before the last hand went up, because old Jansen had fallen asleep "
        "by the stove."
    ),
    (
        "“We have talked about rust for long enough,” she said when the meeting was over. “My "
        "grandmother crossed it on her wedding day, and I should like my own daughter to have the "
        "choice.”"
    ),
    (
        "The yard in Westerhaven is to begin in the spring with the two bearings, which weigh four "
        "tonnes each and have to be cast anew; nobody has made their like since the foundry closed."
    ),
    (
        "Until then a ferry goes every half hour from the fish market to the northern quay, from six in "
        "the morning to ten at night, and bicycles travel free of charge."
    ),
]
TEASERS = [
    "Storm keeps the mail boat in port", "Lighthouse to be painted again", "Eel smokers ask for longer season",
    "School choir wins in Norden", "Dredger sold to a Danish firm", "Fish prices fall for the third week",
]  # fmt: skip


def test_links_around_an_article_go_though_no_rule_knows_their_words() -> None:
    cleaned = clean(
        "\n".join([*MENU, *WIDGETS, "Bridge to be rebuilt", *STORY, *WIDGETS[1:3], *TEASERS, *MENU, *WIDGETS])
    )
    (record,) = cleaned.records
    kept = record.text.split("\n\n")
    assert set(STORY) <= set(kept)
    assert not (set(TEASERS) | set(MENU)) & set(kept)


def test_a_labelled_line_has_a_kind_a_reason_and_a_confidence() -> None:
    cleaned = clean("\n".join([*MENU, *WIDGETS, "Bridge to be rebuilt", *STORY, *TEASERS, *MENU, *WIDGETS]))
    found = [removal for removal in cleaned.removed if removal.rule.startswith("label.")]
    assert found
    for removal in found:
        assert removal.kind in KINDS
        assert removal.kind not in NO_KIND
        assert removal.reason == RULES.find(removal.rule).why
        assert removal.confidence is not None
        assert 0 < removal.confidence <= 1
    assert all(removal.confidence is None for removal in cleaned.removed if removal not in found)


def settled(text: str, **said: object) -> Sheet:
    """A page whose lines are judged by what is said of each: (likely text, kind, how sure, likely the headline)."""
    sheet, layout = sheet_of(text)
    asked = dict.fromkeys(range(len(sheet.lines)), (0.9, "navigation", 0.1, 0.0))
    asked |= {line.index: said[key] for key in said for line in sheet.lines if line.text.startswith(key)}
    likely, kinds, sure, headline = zip(*(asked[i] for i in sorted(asked)), strict=True)
    found = Verdicts(
        np.array(likely, np.float32), kinds, np.array(sure), np.array(headline), ("shape",) * len(kinds)
    )
    judge_lines(sheet, layout, found, SETTINGS["default"])
    finish(sheet, layout)
    return sheet


HEAD = "\n".join(
    [
        *MENU,
        *WIDGETS,
        "Bridge to be rebuilt after all",
        "By Ada Long | 12 May 2021",
        *STORY,
        "Most read",
        *TEASERS[:2],
        *MENU,
    ]
)


def test_a_kind_that_company_gave_goes_to_the_kind_of_the_line_itself() -> None:
    teaser = TEASERS[0].split()[0]
    sheet = settled(HEAD, **{teaser: (0.0, "advert", 0.5, 0.0)})
    (changed,) = [fate for fate in sheet.fates if fate and fate.rule == "label.kind"]
    assert (changed.kind, changed.confidence) == ("advert", 0.5)
    sheet = settled(HEAD, **{teaser: (0.0, "advert", 0.2, 0.0)})
    assert not [fate for fate in sheet.fates if fate and fate.rule == "label.kind"]


@pytest.mark.parametrize(("likely", "title"), [(0.9, "Our yard"), (0.3, "Bridge")])
def test_a_headline_that_is_sure_takes_the_place_of_one_that_is_not(likely: float, title: str) -> None:
    text = HEAD.replace("Our yard", "Our yard builds a bridge")
    sheet = settled(text, Our=(0.0, "navigation", 0.1, likely))
    (found,) = [fate for fate in sheet.fates if fate and fate.rule == "title.line"]
    assert sheet.lines[sheet.fates.index(found)].text.startswith(title)


@pytest.mark.parametrize(
    "lines",
    [[*WIDGETS, PARAGRAPH], [*STORY, *TEASERS, "A", "B", "C", *STORY]],
    ids=["few lines", "few widgets"],
)
def test_a_page_that_says_too_little_about_itself_is_left_to_the_rules(lines: list[str]) -> None:
    text = "\n".join(lines)
    sheet, layout = sheet_of(text)
    before = list(sheet.fates)
    label_lines(sheet, layout, "strict")
    assert sheet.fates == before


def test_what_a_rule_is_certain_of_stays_marked() -> None:
    for page in PAGES[:6]:
        sheet, layout = sheet_of(page.read_bytes().decode("utf-8", "replace"))
        certain = {
            i: fate for i, fate in enumerate(sheet.fates) if fate and RULES.find(fate.rule).stage == "line"
        }
        label_lines(sheet, layout, "careful")
        assert all(sheet.fates[i] == fate for i, fate in certain.items())


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=30))
def test_any_lines_can_be_measured(lines: list[str]) -> None:
    sheet, layout = sheet_of("\n".join(lines))
    if sheet.lines:
        rows = measure(sheet, layout).rows()
        assert rows.shape == (len(sheet.lines), len(network().weights["mean"]))
        assert np.isfinite(rows).all()
        likely = verdicts(sheet, layout).likely
        assert ((likely >= 0) & (likely <= 1)).all()


def test_the_same_page_is_judged_the_same_again_and_in_company() -> None:
    sheet, layout = sheet_of(PAGES[0].read_bytes().decode("utf-8", "replace"))
    once, again = verdicts(sheet, layout), verdicts(sheet, layout)
    assert (once.likely == again.likely).all()
    assert once.kinds == again.kinds
    net, rows = network(), measure(sheet, layout).rows()
    weight = np.expm1(4 * rows[:, 0])
    nothing = np.zeros(rows.shape[1], bool)
    single, _ = net.logits(net.normal(rows), weight)
    pair, _ = net.logits(net.normal(rows), weight, [nothing])
    assert np.allclose(single[0], pair[0], atol=1e-4)
    assert np.allclose(pair[0], pair[1], atol=1e-4)


def test_a_block_looks_at_three_lines_that_lie_apart() -> None:
    net = network()
    width = len(net.weights["inp.bias"])
    for dilation in (1, 4, 16):
        dark, bright = np.zeros((2, 3, 40, width), np.float32)
        bright[0, 20] = 1
        for room in (dark, bright):
            net._look_around(room, (1, 40, width), "convs.2", dilation)
        changed = np.flatnonzero((dark[0] != bright[0]).any(-1))
        assert set(changed) <= {20 - dilation, 20, 20 + dilation}


def test_features_left_out_are_as_good_as_average() -> None:
    sheet, layout = sheet_of(PAGES[0].read_bytes().decode("utf-8", "replace"))
    net, table = network(), measure(sheet, layout)
    rows, mask = table.rows(), np.array(table.groups) == "wording"
    weight = np.expm1(4 * rows[:, 0])
    without = net.normal(rows)
    without[:, mask] = 0
    expected, _ = net.logits(without, weight)
    found, _ = net.logits(net.normal(rows), weight, [mask])
    assert np.allclose(found[1], expected[0], atol=1e-3)


def test_the_weights_are_small() -> None:
    assert len((files("corpusclean.labels") / WEIGHTS).read_bytes()) < 300_000


def test_the_threshold_gives_the_greatest_expected_f_score() -> None:
    likely = np.array([0.95, 0.9, 0.6, 0.45, 0.3, 0.05], np.float32)
    sizes = np.array([300, 200, 80, 120, 60, 500], np.float32)

    def score(kept: np.ndarray) -> float:
        return float(2 * (likely * sizes)[kept].sum() / (sizes[kept].sum() + (likely * sizes).sum()))

    best = max((score(likely >= level) for level in likely), default=0.0)
    assert score(likely >= threshold(likely, sizes, 1.0)) == pytest.approx(best)


def test_the_dial_goes_one_way() -> None:
    careful, default, strict = (SETTINGS[dial] for dial in ("careful", "default", "strict"))
    assert careful.most < default.most < strict.most
    assert careful.back < default.back < strict.back
    assert careful.prose == 0 < default.prose <= strict.prose


def test_each_group_of_properties_has_its_columns() -> None:
    sheet, layout = sheet_of("\n".join([*MENU, PARAGRAPH]))
    assert set(measure(sheet, layout).groups) == set(WHY)


def test_every_character_has_a_class() -> None:
    assert classes().max() < len(CLASSES)
    assert [CLASSES[classes()[ord(char)]] for char in "aA1.,港 "] == [
        "small", "capital", "digit", "stop", "comma", "wide", "blank",
    ]  # fmt: skip


def test_strict_drops_no_less_than_careful() -> None:
    text = PAGES[0].read_bytes()
    lengths = [sum(len(r.text) for r in clean(text, replace(Config(), dial=dial)).records) for dial in DIALS]  # type: ignore[arg-type]
    assert lengths == sorted(lengths)


def test_an_article_that_was_taken_for_a_log_in_page_comes_back() -> None:
    account = [
        "Log in",
        "Register",
        "Forgot your password?",
        "Username",
        "Password",
        "Remember me",
        "Sign up",
    ]
    page = [*MENU, *account, "Bridge to be rebuilt", *STORY, *WIDGETS]
    sheet, layout = sheet_of("\n".join(page))
    for i, fate in enumerate(sheet.fates):
        if fate is None or fate.field == "title":
            sheet.fates[i] = None
            sheet.mark(i, "account", "navigation.nothing-else")
    layout.articles.clear()
    label_lines(sheet, layout, "default")
    kept = {sheet.lines[i].text for i in sheet.free_lines()}
    assert len(layout.articles) == 1
    assert kept >= set(STORY[1:4])
