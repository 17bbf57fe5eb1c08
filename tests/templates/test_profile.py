"""Profiles as TOML, which site a page is of, and the sample that bounds memory."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean import ConfigError, Profile, Source, clean, learn
from corpusclean.model import Row
from corpusclean.templates import Sample, Site, learn_site, site_of
from corpusclean.templates.keys import key, shown

from .site import END, STORIES, TITLES, pages, sources

texts = st.text(min_size=1, max_size=30) | st.sampled_from(
    [
        'say "hi"',
        "back\\slash",
        "tab\tline\nfeed",
        "\x00\x1f\x7f\x85",
        "اقرأ أيضا: الجسر",
        "#1 = [x]",
        "é\u0301",
        "\ufeff",
        "a.b",
    ]
)
lines = texts.map(shown).filter(bool)
counts = st.dictionaries(lines, st.integers(2, 9), max_size=5)
made = st.builds(Site, st.just(9), lines=counts, shapes=counts, labels=counts, prose=counts)
names = st.text(min_size=1, max_size=20).map(lambda name: site_of(Source(f"{name}/x", b"")))


@given(st.dictionaries(names, made, max_size=3).map(Profile))
def test_a_profile_comes_back_from_toml(profile: Profile) -> None:
    text = profile.toml()
    assert Profile.read(text) == profile
    assert Profile.read(text).toml() == text
    assert text.encode()


@given(st.lists(st.text(max_size=60), max_size=8), st.lists(st.text(max_size=60), max_size=8))
def test_whatever_is_learned_can_be_written(one: list[str], other: list[str]) -> None:
    site = learn_site(["\n".join([*one, *other]), "\n".join(other)])
    if site:
        profile = Profile({"x": site})
        assert Profile.read(profile.toml()) == profile


@given(st.text())
def test_what_is_shown_of_a_line_is_recognised(text: str) -> None:
    assert key(shown(shown(text))) == key(shown(text))


def test_a_learned_profile_is_sorted_and_commented() -> None:
    text = learn(sources()).toml()
    assert text.startswith("# ")
    tables = tomllib.loads(text)
    assert list(tables["sites"]["lantern.example"]["lines"]) == sorted(
        tables["sites"]["lantern.example"]["lines"]
    )


def test_a_line_can_be_deleted_and_another_be_added() -> None:
    text = learn(sources()).toml()
    edited = Profile.read(text.replace(f'"{END[0]}" = 5\n', "").replace('"0 lamps lit"', '"Mill Wheel Days"'))
    page = Source(
        "https://lantern.example/0", pages()[0].replace(END[-1], f"MILL wheel days\n{END[-1]}").encode()
    )
    cleaned = clean(
        page, profile=Profile.read(edited.toml().replace('"Mill Wheel Days" = 5', '"Mill Wheel Days" = 4'))
    )
    removed = {removal.text: removal.rule for removal in cleaned.removed}
    assert removed.get(END[0]) != "template.line"
    assert END[0] not in edited.sites["lantern.example"].lines


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("format = ", "this is no TOML"),
        ('format = 1\n[sites.a]\npages = 2\n[sites.a.lines]\n"a\\q" = 2', "this is no TOML"),
        ("", "this is no profile"),
        ("format = 2", "another format: 2"),
        ("format = 1\nsites = 3", '"sites" must be a table'),
        ("format = 1\nsits = 3", '"sits" is not known'),
        ("format = 1\n[sites.a]\n", '"pages" must be'),
        ("format = 1\n[sites.a]\npages = true", '"pages" must be'),
        ("format = 1\n[sites.a]\npages = 3\nline = 1", '"line" is not known'),
        ("format = 1\n[sites.a]\npages = 3\n[sites.a.lines]\nHome = 4", 'the number behind "Home"'),
        ("format = 1\n[sites.a]\npages = 3\n[sites.a.shapes]\nHome = 1", 'the number behind "Home"'),
        ('format = 1\n[sites.a]\npages = 3\n[sites.a.prose]\nHome = "2"', 'the number behind "Home"'),
    ],
)
def test_a_broken_profile_is_told_with_what_where_and_what_to_try(text: str, what: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Profile.read(text, "my/profile.toml")
    assert what in caught.value.what
    assert caught.value.where is not None
    assert caught.value.where.startswith("my/profile.toml")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("https://example.org/a/b", "example.org"),
        ("http://www.Example.org:8080/", "example.org"),
        ("http://[broken/a", "http://[broken"),
        ("mirror/www.example.org/2020/a.html", "example.org"),
        ("2020/05/a.txt", "2020/05"),
        ("a.txt", "."),
        ("example.org", "."),
        ("pages.jsonl#7", "."),
        ("v1.2/a.txt", "v1.2"),
    ],
)
def test_the_site_is_the_host_else_the_folder(name: str, site: str) -> None:
    assert site_of(Source(name, b"")) == site


@pytest.mark.parametrize(
    ("row", "site"),
    [
        ({"url": "https://example.org/a", "text": "x"}, "example.org"),
        ({"text": "x", "link": "https://example.org/a"}, "example.org"),
        ({"url": "not one", "text": "x"}, "in"),
        ({"url": 7, "text": "x", "about": "see https://example.org/"}, "in"),
    ],
)
def test_a_row_tells_its_site_in_a_column(row: dict[str, object], site: str) -> None:
    before, after = json.dumps(row).split('"x"')
    assert site_of(Source("in/rows.jsonl#1", b"x", row=Row(before, "utf8", after))) == site


def test_a_row_after_blank_rows_and_in_broken_json_has_a_site() -> None:
    before = '\ufeff\n \n{"url": "https:\\/\\/example.org", "text": '
    assert site_of(Source("in/a#3", b"x", row=Row(before, "utf8", "}\n\n"))) == "example.org"
    assert (
        site_of(Source("in/a#3", b"x", row=Row('{"url": "http://a.example", "text": ', "utf8", "?"))) == "in"
    )


def test_a_profile_of_one_folder_is_for_pages_of_any_folder() -> None:
    profile = learn([Source(f"2020/{n}", text.encode()) for n, text in enumerate(pages())])
    assert profile.site(Source("2021/x", b"")) is profile.sites["2020"]
    assert profile.site(Source("https://lantern.example/x", b"")) is None


@given(st.permutations(range(12)), st.integers(2, 40), st.integers(2, 8))
def test_the_sample_depends_on_the_pages_and_not_on_their_order(
    order: list[int], limit: int, most: int
) -> None:
    def drawn(numbers: list[int]) -> list[tuple[str, list[str]]]:
        sample = Sample(limit=limit, per_site=most)
        for n in [*numbers, *numbers[:3]]:
            for site in "abcdefg"[: 1 + n % 7]:
                sample.add(site, Source(str(n), f"{site}{n}".encode()), lambda source: source.data.decode())
        return list(sample.sites())

    found = drawn(order)
    assert found == drawn(sorted(order))
    assert sum(len(held) for _, held in found) <= limit
    assert all(1 <= len(held) <= most for _, held in found)


def test_only_pages_of_the_sample_are_read() -> None:
    read: list[str] = []
    sample = Sample(per_site=4)

    def text_of(source: Source) -> str:
        read.append(source.name)
        return source.name

    for n in range(1000):
        sample.add("a", Source(str(n), str(n).encode()), text_of)
    assert len(read) < 60


def test_long_pages_and_lines_do_not_make_a_profile_long() -> None:
    long = "A very long line without any end at all " * 6
    other = [f"{long}\n{title}\n" + "\n".join(STORIES[title]) for title in TITLES]
    (line,) = learn_site(other).lines
    assert len(line) <= 200
