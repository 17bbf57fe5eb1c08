"""Every rule does what its examples say, and says for a person why it is safe. Phrase lists are well formed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

import corpusclean.api  # noqa: F401  (registers all rules)
from corpusclean import Cleaned, Failure, clean, clean_all
from corpusclean.errors import ConfigError
from corpusclean.model import Line, Page, Trace, fold_words
from corpusclean.phrases.lexicon import LONGEST, lexicon
from corpusclean.registry import KINDS, RULES, Registry, Rule

AnyRule = Rule[Callable[..., Any]]
PAGE_STAGES = ("section", "zone", "read", "repeat", "cut")
# Rules that have no examples yet, by what they lack. These sets only shrink.
# These have no page of their own: what they take depends on a run or on all that other rules left.
NO_REMOVES = {"page.left-over", "duplicate.record", "repeat.shared", "caption.glued"}
# The labeller decides by whole pages: tests/labels holds it to them.
NO_REMOVES |= {"label.shape", "label.wording", "label.place", "label.company", "label.kind"}
NO_KEEPS = NO_REMOVES


def examples(kind: str, *stages: str) -> list[Any]:
    """One parameter for each example of the rules of some stages, named after rule and place."""
    return [
        pytest.param(rule, example, id=f"{rule.name}-{number}")
        for rule in RULES.of_stage(*stages)
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


def line_of(text: str) -> Line:
    (line,) = Page.of(Trace.of(text)).lines
    return line


@cache
def cleaned_page(page: str) -> Cleaned:
    return clean(page)


def fold(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("rule", "text"), examples("removes", "line"))
def test_a_line_rule_knows_the_lines_it_removes(rule: AnyRule, text: str) -> None:
    assert rule.check(line_of(text))


@pytest.mark.parametrize(("rule", "text"), examples("keeps", "line"))
def test_a_line_rule_leaves_tempting_lines_alone(rule: AnyRule, text: str) -> None:
    assert not rule.check(line_of(text))


@pytest.mark.parametrize(
    ("rule", "text"), [example for example in examples("keeps", "line") if len(str(example.values[1])) >= 30]
)
def test_no_other_line_rule_takes_an_innocent_line_for_it(rule: AnyRule, text: str) -> None:
    """A line that one rule keeps and another takes would be no gain. Short ones may be something else."""
    assert [other.name for other in RULES.of_stage("line") if other.check(line_of(text))] == []


@pytest.mark.parametrize(("rule", "example"), examples("removes", *PAGE_STAGES))
def test_a_page_rule_removes_its_line(rule: AnyRule, example: tuple[str, str]) -> None:
    page, line = example
    found = {
        removal.rule: removal.kind
        for removal in cleaned_page(page).removed
        if fold(line) == fold(removal.text)
    }
    assert rule.name in found, f"removed by {sorted(found)}" if found else "not removed"


@pytest.mark.parametrize(("rule", "example"), examples("keeps", *PAGE_STAGES))
def test_a_page_rule_keeps_a_tempting_line(rule: AnyRule, example: tuple[str, str]) -> None:
    page, line = example
    cleaned = cleaned_page(page)
    if rule.name == "navigation.head":  # what it must leave alone is a title, which is a field and not text
        assert line in {record.title for record in cleaned.records}
        return
    text = "\n".join(fold(record.text) for record in cleaned.records)
    assert fold(line) in text, [(removal.text, removal.rule) for removal in cleaned.removed]


@pytest.mark.parametrize(
    ("rule", "example"), [*examples("removes", *PAGE_STAGES), *examples("keeps", *PAGE_STAGES)]
)
def test_the_example_of_a_page_rule_names_a_line_of_its_page(rule: AnyRule, example: tuple[str, str]) -> None:
    page, line = example
    assert line in page.split("\n")


@cache
def cleaned_site(pages: tuple[str, ...]) -> list[Cleaned | Failure]:
    return list(clean_all(pages))


@pytest.mark.parametrize(("rule", "example"), examples("removes", "template"))
def test_a_rule_about_templates_removes_its_line(rule: AnyRule, example: tuple[tuple[str, ...], str]) -> None:
    pages, line = example
    assert line in "\n".join(pages).split("\n")
    found = [
        removal.rule for cleaned in cleaned_site(pages) for removal in cleaned.removed if removal.text == line
    ]
    assert rule.name in found
    alone = [removal.rule for page in pages for removal in clean(page).removed]
    assert rule.name not in alone, "it needs the other pages"


@pytest.mark.parametrize(("rule", "example"), examples("keeps", "template"))
def test_a_rule_about_templates_keeps_a_tempting_line(
    rule: AnyRule, example: tuple[tuple[str, ...], str]
) -> None:
    pages, line = example
    assert line in "\n".join(pages).split("\n")
    for page, cleaned in zip(pages, cleaned_site(pages), strict=True):
        if line in page.split("\n"):
            assert line in "\n".join(record.text for record in cleaned.records)


@pytest.mark.parametrize(("rule", "example"), examples("removes", "repair"))
def test_a_repair_makes_of_a_text_what_it_says(rule: AnyRule, example: tuple[str, str]) -> None:
    before, after = example
    trace = Trace.of(before)
    assert trace.apply(rule.check(before)).text == after


@pytest.mark.parametrize(("rule", "text"), examples("keeps", "repair"))
def test_a_repair_leaves_sound_text_alone(rule: AnyRule, text: str) -> None:
    assert Trace.of(text).apply(rule.check(text)).text == text


@pytest.mark.parametrize(("rule", "example"), examples("removes", "repair"))
def test_a_repair_has_nothing_left_to_do_on_what_it_made(rule: AnyRule, example: tuple[str, str]) -> None:
    after = example[1]
    assert Trace.of(after).apply(rule.check(after)).text == after


@pytest.mark.parametrize("rule", list(RULES), ids=[rule.name for rule in RULES])
def test_a_rule_has_a_lasting_name_and_a_reason(rule: AnyRule) -> None:
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*", rule.name)
    assert re.fullmatch(r"[A-Z`][^\n]{20,300}\.", rule.why), rule.why
    assert not re.search(r"[.!?]\s+[A-Z]", rule.why) or rule.stage == "line", "a reason is one sentence"
    assert rule.stage == "repair" or rule.kind in KINDS


def test_rules_have_both_kinds_of_examples() -> None:
    assert {rule.name for rule in RULES if not rule.removes} == NO_REMOVES
    assert {rule.name for rule in RULES if not rule.keeps} == NO_KEEPS


def test_each_kind_of_the_contract_has_a_rule() -> None:
    assert {rule.kind for rule in RULES if rule.stage != "repair"} == set(KINDS)


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r'did you mean "comments\.widget"'):
        RULES.find("comment.widget")


def test_two_rules_of_one_name_are_refused() -> None:
    registry = Registry()
    registry.add(RULES.find("comments.widget"))
    with pytest.raises(ValueError, match="two rules"):
        registry.add(RULES.find("comments.widget"))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        Registry().add(Rule("a.b", "line", "clutter", "Why.", lambda line: True))


FAMILIES = {
    "account", "advert", "bio", "byline", "caption", "comments", "consent", "counter", "furniture",
    "legal", "navigation",
    "player", "published", "related", "section", "share", "source", "subscribe", "tags",
}  # fmt: skip
LISTS = {
    entry.name: entry.read_text("utf-8")
    for entry in files("corpusclean.phrases").iterdir()
    if entry.name.endswith(".txt")
}
CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


LANGUAGES = sorted({name.split(".")[1] for name in LISTS})
each_language = pytest.mark.parametrize("language", LANGUAGES)


def phrases(language: str) -> Iterator[tuple[str, str]]:
    """The phrases of a language, each after the place where it stands."""
    for name in sorted(LISTS):
        if name.split(".")[1] == language:
            for number, line in enumerate(LISTS[name].split("\n"), 1):
                if line and not line.startswith("#"):
                    yield f"{name}:{number}", line


def form(phrase: str) -> str:
    """How a phrase matches: whole, label, inside or end."""
    if phrase.startswith("…"):
        return "inside" if phrase.endswith("…") else "end"
    return "label" if phrase.endswith("…") else "whole"


@each_language
def test_phrase_lists_are_well_formed(language: str) -> None:
    assert re.fullmatch("[a-z]{2,3}(?:-[A-Z][a-z]{3})?", language)
    for name in (name for name in LISTS if name.split(".")[1] == language):
        lines = LISTS[name].split("\n")
        assert name.split(".")[0] in FAMILIES
        assert lines[0].startswith("# "), f"{name}: the first line tells where the phrases were seen"
        assert lines[-1] == "", f"{name}: the last line has no end"
        assert [line for line in lines if line != line.strip() or "\r" in line] == [], name


@each_language
def test_no_phrase_stands_twice_in_a_list(language: str) -> None:
    seen: set[object] = set()
    twice = []
    for place, phrase in phrases(language):
        bare = phrase.strip("… ")
        colon = form(phrase) == "label" and bare[-1] in ":："
        key = (place.partition(".")[0], form(phrase), fold_words(bare), colon)
        if key in seen:
            twice.append((place, phrase))
        seen.add(key)
    assert twice == []


@each_language
def test_an_ellipsis_stands_at_an_end_of_a_phrase_with_a_blank(language: str) -> None:
    wrong = [
        (place, phrase)
        for place, phrase in phrases(language)
        if not re.fullmatch(r"(?:… )?[^…]+(?: …)?", phrase)
    ]
    assert wrong == []


@each_language
def test_a_phrase_that_may_stand_anywhere_is_long(language: str) -> None:
    short = []
    for place, phrase in phrases(language):
        wide = len(CJK.findall(phrase))
        if form(phrase) == "inside" and (wide < 4 if wide else len(fold_words(phrase)) < 3):
            short.append((place, phrase))
    assert short == []


@each_language
def test_each_phrase_can_match(language: str) -> None:
    """Numbers alone are no phrase, and what is longer than the matcher looks is never found."""
    dead = []
    for place, phrase in phrases(language):
        bare = phrase.strip("… ")
        words = fold_words(bare)
        limits = {"whole": 2 * LONGEST, "label": 99 if bare[-1] in ":：" else LONGEST}
        if all(word.isdigit() for word in words) or len(words) > limits.get(form(phrase), 99):
            dead.append((place, phrase))
    assert dead == []


@each_language
def test_each_phrase_is_found_where_it_stands(language: str) -> None:
    """A line made from a phrase belongs to the family of its list."""
    missed = []
    for place, phrase in phrases(language):
        kind, bare = form(phrase), phrase.strip("… ")
        before, after = "Xyz " * (kind in ("inside", "end")), " Xyz" * (kind in ("inside", "label"))
        found = lexicon().hits(before + bare + after)
        families = {"whole": found.whole, "label": found.label}.get(kind, frozenset(found.inside))
        if place.partition(".")[0] not in families and not all(word.isdigit() for word in fold_words(bare)):
            missed.append((place, phrase))
    assert missed == []


def test_every_language_has_every_family() -> None:
    assert {f"{family}.{language}.txt" for family in FAMILIES for language in LANGUAGES} == LISTS.keys()


@pytest.mark.parametrize(
    "line",
    [
        "She promised to reply and to share the report.",
        "On Monday the comments of the minister were read out again.",
        "He follows the news and the sports, and subscribes to nothing.",
        "Er teilte den Kommentar, weil er ihn für wichtig hielt.",
        "Elle a partagé la page et laissé un commentaire.",
        "Ella compartió la noticia y dejó un comentario.",
        "Она поделилась новостью и оставила комментарий.",
        "Haberi paylaştı ve yorum yaptı.",
        "شارك الخبر مع أصدقائه وترك تعليقا طويلا.",
        "او خبر را به اشتراک گذاشت و نظر داد.",
        "她分享了这条新闻，并写下一条评论。",
        "Kontakte zur Redaktion gab es keine, sagte er.",
        "The archive of the town keeps the photos of the flood.",
        "Login and logout times are kept for ninety days, the court heard.",
    ],
)
def test_sentences_about_widgets_are_not_widgets(line: str) -> None:
    assert [rule.name for rule in RULES.of_stage("line") if rule.check(line_of(line))] == []


def test_the_lexicon_is_read_once() -> None:
    assert lexicon() is lexicon()
