"""HTML to lines, by both parsers."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from corpusclean.errors import InputError
from corpusclean.html import flat_text, flatten
from corpusclean.model import Source

PAGES = {
    "blocks begin a line": ("<div>One</div><div>Two</div>", "One\nTwo\n"),
    "paragraphs stand apart": ("<h1>One</h1><p>Two</p><p>Three</p>", "One\n\nTwo\n\nThree\n"),
    "inline elements break nothing": (
        "<p>The <b>bri</b>dge <a href='/x'>op<i>ens</i></a>.</p>",
        "The bridge opens.\n",
    ),
    "blanks collapse over elements": ("<p> One \n\t<b> two</b> </p>", "One two\n"),
    "a no-break space stays": ("<p>10\u00a0km&nbsp;away</p>", "10\u00a0km\u00a0away\n"),
    "br begins a line": ("<p>One<br>two<br/>three</p>", "One\ntwo\nthree\n"),
    "two br leave a line empty": ("<div>One<br><br>two</div>", "One\n\ntwo\n"),
    "a no-break space alone is an empty line": (
        "<div>One</div><div>&nbsp;</div><div>two</div>",
        "One\n\ntwo\n",
    ),
    "programs are no text": ("<p>One<script>x()</script><style>p{}</style> two</p>", "One two\n"),
    "templates and frames are no text": (
        "<template><p>x</p></template><iframe>y</iframe><p>One</p>",
        "One\n",
    ),
    "the title is not in the flow": ("<head><title>T</title></head><body><h1>One</h1></body>", "One\n"),
    "the text of a picture is no text": ('<p>One <img alt="x" title="y"> two</p>', "One two\n"),
    "comments are no text": ("<p>One<!-- two --> three</p>", "One three\n"),
    "entities become characters": ("<p>R&amp;D &lt;b&gt; &#233; &euro;</p>", "R&D <b> é €\n"),
    "an entity twice escaped is resolved once": ("<p>&amp;lt;</p>", "&lt;\n"),
    "list items are lines": ("<p>x</p><ul><li>One</li><li>Two</li></ul><p>y</p>", "x\n\nOne\nTwo\n\ny\n"),
    "a list in a list stays close": (
        "<ul><li>One<ul><li>Two</li></ul></li><li>Three</li></ul>",
        "One\nTwo\nThree\n",
    ),
    "a row is a line with tabs": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td></td><td>3</td></tr></table>",
        "A\tB\n1\t\t3\n",
    ),
    "a block in a cell stays in the row": (
        "<table><tr><td><p>A</p></td><td><div>B</div></td></tr></table>",
        "A\tB\n",
    ),
    "a table that lays out a page is its cells": (
        "<table><tr><td>Home<br>Sport</td><td><p>One</p><p>Two</p></td></tr></table>",
        "Home\nSport\nOne\n\nTwo\n",
    ),
    "a table in a table": (
        "<table><tr><td>A<table><tr><td>1</td><td>2</td></tr></table></td><td>B</td></tr></table>",
        "A\n\n1\t2\n\nB\n",
    ),
    "white space counts in pre": (
        "<p>x</p><pre>\nif a:\n    b  c\n\n\nd\n</pre><p>y</p>",
        "x\n\nif a:\n    b  c\n\n\nd\n\ny\n",
    ),
    "markup in pre": ("<pre>a <b>b</b>\n  c</pre>", "a b\n  c\n"),
    "buttons do not touch": ("<div><button>Share</button><button>Tweet</button></div>", "Share Tweet\n"),
    "text outside of blocks": ("One<p>two</p>three", "One\n\ntwo\n\nthree\n"),
    "right to left": ("<p>سلام <b>دنیا</b></p><p>می‌رود</p>", "سلام دنیا\n\nمی‌رود\n"),
    "nothing": ("", ""),
    "only programs": ("<script>x</script>", ""),
}


@pytest.mark.parametrize(("markup", "lines"), PAGES.values(), ids=PAGES)
def test_lines_are_those_of_a_browser(markup, lines):
    assert flatten(markup) == lines


@pytest.mark.parametrize("parser", ["lxml", "html.parser"])
@pytest.mark.parametrize("markup", [page for page, _ in PAGES.values()], ids=PAGES)
def test_a_soup_gives_the_same_lines(markup, parser):
    if parser == "lxml":
        pytest.importorskip("lxml")
    assert flatten(BeautifulSoup(markup, parser)) == flatten(markup)


TAGS = ["div", "p", "b", "a", "ul", "li", "h2", "span", "section", "blockquote", "pre", "td", "em"]


def element(children):
    return st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from([tag for tag in TAGS if tag not in ("p", "li", "h2", "a", "td")]),
        st.lists(children, max_size=4),
    )


@given(
    st.recursive(
        st.sampled_from(["one", " two ", "<br>", "&amp;", "\n", "<i>x</i> ", "é"]), element, max_leaves=20
    )
)
def test_any_tree_gives_the_same_lines_by_both_parsers(markup):
    # only trees that no parser has to repair
    assert flatten(BeautifulSoup(f"<div>{markup}</div>", "html.parser")) == flatten(f"<div>{markup}</div>")


@given(st.binary(max_size=300))
def test_any_bytes_give_lines(data):
    flatten(data).encode()


@given(st.text(max_size=300))
@settings(max_examples=200)
def test_any_text_gives_lines(markup):
    lines = flatten(markup)
    lines.encode()
    assert lines == "" or (lines.endswith("\n") and lines.strip())


def test_a_lone_surrogate_does_not_stop_it():
    assert flatten("<p>a\ud800b</p>") == "a\ufffdb\n"
    assert flatten(BeautifulSoup("<p>a\ud800b</p>", "html.parser")) == "a\ufffdb\n"


def test_a_tag_of_a_soup_is_flattened_too():
    soup = BeautifulSoup("<p>x</p><pre>a\n  b</pre>", "html.parser")
    assert flatten(soup.pre) == "a\n  b\n"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("utf-8", "utf-8"), ("windows-1251", "cp1251"), ("ISO-8859-1", "cp1252"), ("iso-2022-jp", "iso2022_jp")],
)
def test_the_page_tells_its_encoding(charset, codec):
    text = {"cp1251": "Мост открыт", "iso2022_jp": "橋が開通した"}.get(codec, "Le café d’à côté")
    page = f'<meta charset="{charset}"><p>{text}</p>'
    assert flatten(page.encode(codec)) == f"{text}\n"


def test_a_byte_order_mark_is_no_text():
    assert flatten("\ufeff<p>One</p>".encode()) == "One\n"
    assert flatten("<p>One</p>".encode("utf-16")) == "One\n"


def test_what_the_carrier_declares_counts():
    assert flatten("<p>Мост открыт для всех</p>".encode("koi8-r"), "koi8-r") == "Мост открыт для всех\n"


def test_a_page_without_text_is_told():
    with pytest.raises(InputError, match="no text"):
        flat_text(Source("a.html", b"<div id=app></div><script>x</script>", markup=True))


def test_deep_nesting_is_no_danger():
    deep = "<div>" * 50_000 + "x"
    assert flatten(deep) == "x\n"


@pytest.mark.parametrize(
    "piece", ["<", "<p>", "<td>", "&", " ", "<b> ", "<table><tr><td>", "<pre>\n", "<!--"]
)
def test_long_rows_of_one_thing_come_to_an_end(piece):
    assert isinstance(flatten(piece * (200_000 // len(piece))), str)
