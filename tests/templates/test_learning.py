"""What is learned from the pages of a site, and above all what is not."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpusclean import Cleaned, Failure, InputError, Profile, Source, clean, clean_all, learn
from corpusclean.config import Config
from corpusclean.templates import learn_site

from .site import AUTHOR, END, NOTICE, STORIES, TITLES, TOP, page, pages, sources

HOST = "lantern.example"
some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def text_of(cleaned: Cleaned | Failure) -> list[str]:
    assert isinstance(cleaned, Cleaned), cleaned
    return [paragraph for record in cleaned.records for paragraph in record.text.split("\n\n")]


def results(given: list[Source], profile: Profile | None = None) -> dict[str, tuple[object, object]]:
    found = {}
    for source in given:
        cleaned = clean(source, profile=profile)
        found[source.name] = (cleaned.records, cleaned.removed)
    return found


def test_what_all_pages_have_is_learned_with_their_number() -> None:
    site = learn(sources()).sites[HOST]
    assert site.pages == 5
    assert {*TOP, *END} <= site.lines.keys()
    assert set(site.lines.values()) == {5}
    assert site.shapes == {"0 lamps lit": 5}


def test_a_known_site_is_cleaned_to_the_stories() -> None:
    for title, cleaned in zip(TITLES, clean_all(sources()), strict=True):
        assert text_of(cleaned) == STORIES[title]
        (record,) = cleaned.records
        assert (record.title, record.authors, record.date) == (title, ("Jane Miller",), "2021-05-03")
        assert cleaned.restore() == cleaned.source.data
        rules = {removal.text: removal.rule for removal in cleaned.removed}
        assert rules[NOTICE] == "template.line"
        assert [rule for text, rule in rules.items() if text.endswith("lamps lit")] == ["template.shape"]


def test_without_templates_nothing_is_learned() -> None:
    for cleaned in clean_all(sources(), config=Config(templates=False)):
        assert NOTICE in text_of(cleaned)


def test_of_an_iterator_nothing_is_learned() -> None:
    assert all(NOTICE in text_of(cleaned) for cleaned in clean_all(iter(sources())))


def test_a_profile_is_used_for_an_iterator() -> None:
    profile = learn(sources())
    assert [text_of(cleaned) for cleaned in clean_all(iter(sources()), profile=profile)] == [
        STORIES[title] for title in TITLES
    ]


def test_one_page_teaches_nothing_nor_does_the_same_page_twice() -> None:
    assert not learn(sources()[:1])
    twice = [Source(f"https://{HOST}/{n}", pages()[0].encode()) for n in range(3)]
    assert not learn(twice)


def test_what_cannot_be_read_is_left_out() -> None:
    broken = [Failure("x", InputError("no page")), Source(f"https://{HOST}/x", b"\xe9", "no-such-encoding")]
    html = Source(f"https://{HOST}/y", b"<html><script>x</script></html>", markup=True)
    assert learn([*broken, html, *sources()]) == learn(sources())


@some
@given(st.permutations(range(len(TITLES))), st.integers(1, 5))
def test_the_order_of_the_pages_changes_nothing(order: list[int], count: int) -> None:
    chosen = sources()[:count]
    shuffled = [chosen[n] for n in order if n < count]
    first, second = learn(chosen), learn(shuffled)
    assert first.toml() == second.toml()
    assert results(chosen, first) == results(shuffled, second)


def test_the_number_of_jobs_changes_nothing() -> None:
    assert list(clean_all(sources(), jobs=2)) == list(clean_all(sources(), jobs=1))


def test_markup_teaches_by_its_lines() -> None:
    html = [
        Source(
            f"https://{HOST}/{n}",
            ("<html><body>" + "".join(f"<p>{line}</p>" for line in text.splitlines())).encode(),
            markup=True,
        )
        for n, text in enumerate(pages())
    ]
    assert learn(html) == learn(sources())


REPRINTS = {
    "print version": lambda title: f"The Arden Lantern, printed\n{title}\n" + "\n".join(STORIES[title]),
    "in another frame": lambda title: "\n".join(
        ["Weir Echo", "Boats", title, AUTHOR, *STORIES[title], "Echo shop", "Moorings"]
    ),
    "in an archive": lambda title: "\n".join(
        line for other in (title, *TITLES[3:]) for line in (other, AUTHOR, *STORIES[other])
    ),
}


@pytest.mark.parametrize("form", REPRINTS)
@pytest.mark.parametrize("title", TITLES[:3])
def test_a_reprint_beside_its_article_loses_nothing(form: str, title: str) -> None:
    given = [Source("a", page(title).encode()), Source("b", REPRINTS[form](title).encode())]
    for cleaned in (clean(source, profile=learn(given)) for source in given):
        assert set(STORIES[title]) <= set(text_of(cleaned))
        assert title in {record.title for record in cleaned.records}


@pytest.mark.parametrize("copies", [2, 3, 4])
def test_several_versions_of_one_article_teach_nothing(copies: int) -> None:
    title = TITLES[0]
    given = [
        Source(
            str(n),
            f"Version {'abcd'[n]} of it\n{title}\n{AUTHOR}\n".encode() + "\n".join(STORIES[title]).encode(),
        )
        for n in range(copies)
    ]
    assert not learn(given)


@some
@given(st.data())
def test_prose_that_two_pages_share_is_never_the_site_s(data: st.DataObject) -> None:
    """Of two stories on a page each, any row of paragraphs also stands on the other page, at any place."""
    one, other = data.draw(st.permutations(TITLES))[:2]
    start = data.draw(st.integers(0, len(STORIES[one]) - 2))
    shared = STORIES[one][start : data.draw(st.integers(start + 2, len(STORIES[one])))]
    place = data.draw(st.integers(0, len(STORIES[other])))
    quoting = [*STORIES[other][:place], *shared, *STORIES[other][place:]]
    given = [
        Source("a", page(one).encode()),
        Source("b", "\n".join([*TOP, other, AUTHOR, *quoting, *END]).encode()),
    ]
    profile = learn(given)
    for source, told in zip(given, (STORIES[one], quoting), strict=True):
        assert set(told) <= set(text_of(clean(source, profile=profile)))


def test_a_paragraph_on_two_pages_is_evidence_and_no_more() -> None:
    single = (
        "Readers of this paper were told in March that the mill would never turn again, whatever it cost."
    )
    given = [
        Source(
            "a", page(TITLES[0], extra=(single,)).replace(f"0 lamps lit\n{END[0]}", "Own end here").encode()
        ),
        Source("b", page(TITLES[1]).replace(AUTHOR, f"{AUTHOR}\n{single}").encode()),
    ]
    profile = learn(given)
    assert profile.sites["."].prose == {single: 2}
    assert all(single in text_of(clean(source, profile=profile)) for source in given)


def test_a_headline_that_other_pages_link_to_stays_the_headline() -> None:
    links = "\n".join(TITLES)
    given = [
        Source(f"https://{HOST}/{n}", text.replace(END[0], f"{links}\n{END[0]}").encode())
        for n, text in enumerate(pages())
    ]
    profile = learn(given)
    assert set(TITLES) <= profile.sites[HOST].lines.keys()
    for title, source in zip(TITLES, given, strict=True):
        cleaned = clean(source, profile=profile)
        assert cleaned.records[0].title == title
        assert text_of(cleaned) == STORIES[title]


@pytest.mark.parametrize("line", ["What it will cost", "* * *", "Anna:", "2.", "He laughs"])
def test_a_subheading_between_paragraphs_stays(line: str) -> None:
    texts = [
        page(title).replace(f"\n{STORIES[title][1]}", f"\n{line}\n{STORIES[title][1]}") for title in TITLES
    ]
    given = [Source(f"https://{HOST}/{n}", text.encode()) for n, text in enumerate(texts)]
    profile = learn(given)
    for title, source in zip(TITLES, given, strict=True):
        assert text_of(clean(source, profile=profile)) == [STORIES[title][0], line, *STORIES[title][1:]]


def test_an_author_whom_the_site_names_everywhere_stays_the_author() -> None:
    texts = [
        text.replace(AUTHOR, "Jane Miller | May 3, 2021").replace(END[0], "Ask Jane Miller")
        for text in pages()
    ]
    given = [Source(f"https://{HOST}/{n}", text.encode()) for n, text in enumerate(texts)]
    profile = learn(given)
    for source in given:
        assert clean(source, profile=profile).records[0].authors == ("Jane Miller",)


def test_a_name_below_its_label_stays_the_author_s_between_lines_that_recur() -> None:
    texts = [
        text.replace(AUTHOR, f"By\nJane Miller\nMay {n}, 2021\nSend to the mill")
        for n, text in enumerate(pages(), 3)
    ]
    given = [Source(f"https://{HOST}/{n}", text.encode()) for n, text in enumerate(texts, 3)]
    profile = learn(given)
    assert profile.sites[HOST].lines["Jane Miller"] == 5
    for title, source in zip(TITLES, given, strict=True):
        (record,) = clean(source, profile=profile).records
        assert (record.title, record.authors) == (title, ("Jane Miller",))


def test_a_label_before_a_varying_rest_is_learned_from_most_pages() -> None:
    wards = ("Ana", "Ben", "Cem", "Dora", "Ewa")
    texts = [
        text.replace(END[0], f"Told to {ward}\n{END[0]}") for text, ward in zip(pages(), wards, strict=True)
    ]
    assert learn_site(texts).labels == {"Told to …": 5}
    assert learn_site(texts[:2]).labels == {}


def test_a_page_of_another_site_is_cleaned_as_if_nothing_was_learned() -> None:
    profile = learn(sources())
    (other,) = sources("echo.example")[:1]
    assert clean(other, profile=profile) == clean(other)


def test_the_evidence_is_the_share_of_the_other_pages() -> None:
    from corpusclean.marking import mark_on_sight
    from corpusclean.model import Page, Trace

    texts = [
        page(title, 7 * n + 2, ("Seen by the keeper",) if n < 3 else ()) for n, title in enumerate(TITLES)
    ]
    given = [Source(f"https://{HOST}/{n}", text.encode()) for n, text in enumerate(texts)]
    paper = Page.of(Trace.of(texts[0]))
    seen = learn(given).site(given[0]).seen(paper)
    sheet = mark_on_sight(paper, seen)
    told = dict(zip([line.text for line in paper.lines], sheet.recurs, strict=True))
    assert told[TOP[0]] == told[END[-1]] == 1.0
    assert told["Seen by the keeper"] == 0.5
    assert told["2 lamps lit"] == 0.5
    assert told[TITLES[0]] == told[STORIES[TITLES[0]][0]] == 0.0
    assert mark_on_sight(paper).recurs is None
