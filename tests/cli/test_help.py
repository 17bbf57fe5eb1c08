"""Help, version, and what a wrong call says."""

from __future__ import annotations

import subprocess
import sys

import pytest

import corpusclean

HEAVY = "bs4 chardet datasketch duckdb ftfy langdetect msgspec numpy pyarrow py3langid scipy selectolax tqdm"


def test_help_shows_examples_before_options(cli):
    done = cli("--help")
    assert done.returncode == 0
    assert done.stderr == ""
    assert 0 < done.stdout.index("corpusclean clean pages/ --out cleaned") < done.stdout.index("Options")


def test_help_lists_the_commands_that_exist(cli):
    listed = cli("--help").stdout.partition("Commands:")[2].partition("Options:")[0]
    assert [line.split()[0] for line in listed.strip().splitlines()] == [
        "clean",
        "dedup",
        "explain",
        "restore",
        "rules",
    ]


@pytest.mark.parametrize("command", ["clean", "dedup", "explain", "restore", "rules"])
def test_each_command_has_help_with_examples(cli, command):
    done = cli(command, "-h")
    assert done.returncode == 0
    assert f"  corpusclean {command} " in done.stdout
    assert f"Usage: corpusclean {command} " in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["clean", "--help"], ["dedup", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(environment, arguments):
    code = (
        "import sys, corpusclean.cli as c\n"
        f"sys.argv = ['corpusclean', *{arguments!r}]\n"
        "try: c.main()\n"
        f"except SystemExit: print('loaded', [m for m in {HEAVY!r}.split() if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=True, encoding="utf-8"
    )
    assert "loaded []" in done.stderr


def test_version_is_that_of_the_package(cli):
    assert cli("--version").stdout == f"corpusclean {corpusclean.__version__}\n"


def test_no_command_shows_help_on_standard_error(cli):
    done = cli()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Examples" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (["clean"], "INPUT... is missing", "`corpusclean clean --help`"),
        (["clean", "x", "--ot", "d"], "no such option '--ot'", "did you mean --out?"),
        (["clean", "x", "--jobs", "-1"], "--jobs", "`corpusclean clean --help`"),
        (["clean", "x", "--encoding", "klingon"], "'klingon' is no encoding", "`corpusclean clean --help`"),
        (["dedup", "x", "--keep", "source"], "--keep source needs --prefer", "`corpusclean dedup --help`"),
        (
            ["dedup", "x", "--keep", "first", "--prefer", "a"],
            "exclude each other",
            "`corpusclean dedup --help`",
        ),
        (["explian", "x"], "no such command 'explian'", "did you mean explain?"),
        (["restore", "x"], "--out", "`corpusclean restore --help`"),
        (
            ["rules", "comments.replystrip"],
            'no rule is called "comments.replystrip"',
            "`corpusclean rules` lists",
        ),
    ],
)
def test_a_wrong_call_says_what_and_what_to_try(cli, arguments, what, hint):
    done = cli(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("corpusclean: ")
    assert what in done.stderr.splitlines()[0]
    assert hint in done.stderr
    assert "Traceback" not in done.stderr
