"""The picture that `explain` draws, and the command as a process."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpusclean.cli.drawing import Look, draw
from corpusclean.cli.fates import Explained
from corpusclean.cli.glyphs import cut, visible, width
from corpusclean.model import Cleaned, Copy, RawText, Record, Removal, Repair, Repeat, Source

TEXT = (
    "Log in | Register\r\n"
    "imageThe bridge opens\n"
    "\n"
    "The bridge over\u00a0the river, closed for\n"
    "nine years, opensâ€¦ on Monday.\n"
    "پل قدیمی روی رودخانه دوباره باز می\u200cشود\n"
    "新闻 evil \x1b[31mred\u202e\n"
    "The bridge over the river opens on Monday.\n"
)


def span(quote: str) -> tuple[int, int]:
    start = TEXT.index(quote)
    return start, start + len(quote)


def removal(quote: str, kind: str, **more: object) -> Removal:
    return Removal("a.txt", 1, *span(quote), quote, kind, f"{kind}.demo", f"The reason for {kind}.", **more)


@pytest.fixture
def cleaned() -> Cleaned:
    body = span(TEXT[TEXT.index("The bridge over\u00a0") : TEXT.index("\nپل")])
    persian, last = span("پل قدیمی روی رودخانه دوباره باز می\u200cشود"), span("新闻 evil \x1b[31mred\u202e")
    join = TEXT.index("\nnine")
    first = Copy("id", "a.txt", 1, *body, 0.9)
    record = Record(
        "id", "a.txt", 1, "", (body, persian, last), title="The bridge opens", authors=("Ann", "Ben"), language="en",
        repeats=(Repeat(*persian, first),),
    )  # fmt: skip
    removed = (
        removal("Log in | Register", "account"),
        removal("image", "caption"),
        removal("The bridge opens", "metadata", field="title"),
        removal("The bridge over the river opens on Monday.", "repeat", of=first),
    )
    repaired = (
        Repair("a.txt", *span("\u00a0"), "\u00a0", " ", "blanks.demo"),
        Repair("a.txt", join, join + 1, "\n", " ", "lines.demo"),
        Repair("a.txt", *span("â€¦"), "â€¦", "…", "mojibake.demo"),
    )
    return Cleaned(Source("a.txt", TEXT.encode()), RawText(TEXT, "utf-8"), (record,), removed, repaired)


def picture(cleaned: Cleaned, look: Look = Look()) -> list[str]:  # noqa: B008
    return list(draw(Explained.of(cleaned), look))


def line(lines: list[str], beginning: str) -> str:
    """The line that begins so, without the width of its columns; of a number, the row of that line."""
    squeezed = [" ".join(found.split()) for found in lines]
    signs = ("│", "┃") if beginning.isdigit() else ("",)
    return next(
        found for found in squeezed for sign in signs if found.startswith(f"{beginning} {sign}".strip())
    )


def test_each_line_has_its_number_fate_and_rule(cleaned):
    lines = picture(cleaned)
    assert line(lines, "1") == "1 │ account account.demo Log in | Register"
    assert line(lines, "8") == "8 │ repeat repeat.demo The bridge over the river opens on Monday."
    assert line(lines, "6").startswith("6 ┃ kept ¶ 2 پل")


def test_stretches_of_one_line_stand_below_each_other(cleaned):
    lines = picture(cleaned)
    at = next(n for n, found in enumerate(lines) if found.startswith("2 │"))
    assert lines[at].split() == ["2", "│", "caption", "caption.demo", "image"]
    assert lines[at + 1].split() == "│ metadata metadata.demo → title The bridge opens".split()


def test_repairs_and_mended_line_ends_are_marked(cleaned):
    lines = picture(cleaned)
    assert line(lines, "4") == "4 ┃ kept ¶ 1 The bridge over the river, closed for ↩"
    assert line(lines, "5") == "5 ┃ kept ¶ 1 nine years, opens[-â€¦-]{+…+} on Monday."


def test_the_head_of_a_record_tells_its_fields_once(cleaned):
    lines = picture(cleaned)
    assert line(lines, "title") == "title The bridge opens"
    assert line(lines, "authors") == "authors Ann, Ben"
    assert line(lines, "date") == "date not on the page"
    assert sum("record 1 ─" in found for found in lines) == 1


def test_copies_and_repeats_say_which_lines_they_are_like(cleaned):
    told = [found.strip() for found in picture(cleaned) if "↳" in found]
    assert told == ["↳ also in lines 4–5, record 1, 90 % alike", "↳ as lines 4–5, record 1, 90 % alike"]


def test_reasons_stand_at_the_end(cleaned):
    text = "\n".join(picture(cleaned)).partition("why lines went")[2]
    assert text.count("The reason for account.") == 1
    assert "mojibake.demo 1×" in text


def test_signs_that_would_act_on_the_terminal_are_shown_instead(cleaned):
    text = "\n".join(picture(cleaned))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "evil ␛[31mred<U+202E>" in text


def test_colour_changes_no_word(cleaned):
    import click

    plain = [found for found in picture(cleaned) if "[-" not in found]
    painted = [click.unstyle(found) for found in picture(cleaned, Look(colour=True))]
    assert set(plain) <= set(painted)


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_row_is_wider_than_the_terminal(cleaned, columns, full):
    rows = [
        found for found in picture(cleaned, Look(columns=columns, full=full)) if "┃" in found or "│" in found
    ]
    assert rows
    assert max(map(width, rows)) <= columns
    assert any(found.endswith("…") for found in rows) is (columns == 60 and not full)


def test_full_shows_every_word(cleaned):
    text = "".join("\n".join(picture(cleaned, Look(columns=60, full=True))).split())
    for word in ["closed", "رودخانه", "Register"]:
        assert word in text


def test_a_page_without_article_says_so():
    removed = (Removal("a.txt", None, 0, 6, "Log in", "account", "account.demo", "A button."),)
    told = picture(Cleaned(Source("a.txt", b"Log in"), RawText("Log in", "utf-8"), (), removed, ()))
    assert any("nothing on this page is an article" in found for found in told)


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_every_character_that_is_not_blank_is_in_one_row(text, cuts):
    cuts = sorted({0, len(text), *(n for n in cuts if n <= len(text))})
    removed = tuple(
        Removal("a", None, start, end, text[start:end], "legal", "legal.demo", "")
        for start, end in pairwise(cuts)
    )
    cleaned = Cleaned(Source("a", b""), RawText(text, "utf-8"), (), removed, ())
    rows = list(Explained.of(cleaned).rows())
    covered = [at for row in rows for at in range(row.start, row.end)]
    assert len(covered) == len(set(covered))
    assert {at for at, char in enumerate(text) if not char.isspace()} <= set(covered)
    assert [row.line for row in rows] == sorted(row.line for row in rows)


@given(st.text(), st.integers(0, 40))
def test_a_cut_text_fits(text, columns):
    shown = visible(text)
    assert width(cut(shown, columns)) <= columns
    assert shown.startswith(cut(shown, columns))


def test_the_command_shows_a_page(cli, pages):
    done = cli("explain", pages / "a.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "Share on Facebook" in line(done.stdout.splitlines(), "10")
    assert line(done.stdout.splitlines(), "title").startswith("title The old bridge")


def test_colour_can_be_asked_for_and_refused(cli, pages):
    assert "\x1b[" in cli("explain", "--color", pages / "a.txt").stdout
    assert "\x1b[" not in cli("explain", "--no-color", pages / "a.txt").stdout
    assert "\x1b[" in cli("explain", "--color", pages / "a.txt", NO_COLOR="1").stdout


def test_a_missing_page_is_a_failed_input(cli):
    done = cli("explain", "missing.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert "missing.txt" in done.stderr
