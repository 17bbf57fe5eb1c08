#!/usr/bin/env python3
"""Everything a developer does, in an environment that this script keeps in order. Needs only Python 3.11 or later.

    python3 dev.py run ARGS...    corpusclean with these arguments
    python3 dev.py test [ARGS]    all tests (further arguments go to pytest)
    python3 dev.py check          format, lint, types, import layers
    python3 dev.py format         put the code into the agreed format
    python3 dev.py readme         write into README.md what its examples give
    python3 dev.py build          wheel and sdist, each installed into an empty environment and run

The environment is the folder .venv, made when it is missing and renewed when pyproject.toml changes.
With --here before the command, the Python that runs this script is used as it is: python3 dev.py --here test
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
STAMP = HOME / "corpusclean-installed"
OLDEST = (3, 11)
PAGE = "Home | News | Contact\n\nThe bridge opens\n\nThe old bridge over the river opens again on Monday.\n"


def main(arguments: list[str]) -> int:
    here = arguments[:1] == ["--here"]
    name, *rest = arguments[here:] or ["help"]
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in {"help", "-h", "--help"} else 2
    if sys.version_info < OLDEST:
        return complain(
            f"Python {sys.version.split()[0]} is too old", f"use {'.'.join(map(str, OLDEST))} or later"
        )
    python = Path(sys.executable) if here else environment()
    return COMMANDS[name](python, rest)


def run(python: Path, arguments: list[str]) -> int:
    return call(python, "-m", "corpusclean", *arguments)


def test(python: Path, arguments: list[str]) -> int:
    os.chdir(ROOT)
    return call(python, "-m", "pytest", "-n", "auto", *arguments)


def check(python: Path, _arguments: list[str]) -> int:
    """All checks run, also after one that fails: their findings are worth seeing together."""
    os.chdir(ROOT)
    steps = {
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "ruff check": [python, "-m", "ruff", "check", "."],
        "mypy": [python, "-m", "mypy"],
        "import-linter": [tool(python, "lint-imports"), "--no-cache"],
    }
    failed = [name for name, step in steps.items() if call(*step) != 0]
    return complain(f"failed: {', '.join(failed)}", "`python3 dev.py format` mends format") if failed else 0


def tidy(python: Path, _arguments: list[str]) -> int:
    os.chdir(ROOT)
    return call(python, "-m", "ruff", "check", "--fix", ".") | call(python, "-m", "ruff", "format", ".")


def readme(python: Path, _arguments: list[str]) -> int:
    return call(python, ROOT / "tests" / "test_readme.py")


def build(python: Path, _arguments: list[str]) -> int:
    """Build both packages into dist/, and run each from an environment that holds nothing else."""
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    must(python, "-m", "build", "--outdir", dist, ROOT)
    for package in sorted(dist.iterdir()):
        with tempfile.TemporaryDirectory() as folder:
            prove(package, Path(folder))
        print(f"installs and runs: dist/{package.name}", flush=True)
    return 0


def prove(package: Path, folder: Path) -> None:
    """Install a package into an empty environment and take a page there and back."""
    home, page, out, back = folder / "env", folder / "page.txt", folder / "out", folder / "back"
    venv.create(home, with_pip=True)
    must(python_of(home), "-m", "pip", "install", "--quiet", package, cwd=folder)
    page.write_bytes(PAGE.encode())
    command = tool(python_of(home), "corpusclean")
    must(command, "--version", cwd=folder)
    must(command, "clean", page, "--out", out, "--quiet", cwd=folder)
    must(command, "restore", out, "--out", back, "--quiet", cwd=folder)
    if [found.read_bytes() for found in back.rglob("*.txt")] != [page.read_bytes()]:
        raise SystemExit(complain(f"{package.name} does not restore a page", "look at `corpusclean restore`"))


COMMANDS = {"run": run, "test": test, "check": check, "format": tidy, "readme": readme, "build": build}


def environment() -> Path:
    """The Python of .venv, with the project and its development tools installed as pyproject.toml says."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    python = python_of(HOME)
    if STAMP.is_file() and STAMP.read_text() == wanted and python.exists():
        return python
    print("preparing .venv (once; again when pyproject.toml changes) ...", file=sys.stderr, flush=True)
    try:
        venv.create(HOME, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        hint = "on Debian and Ubuntu: apt install python3-venv; or use an environment of your own with --here"
        raise SystemExit(complain("this Python cannot make an environment with pip", hint)) from None
    install(python)
    STAMP.write_text(wanted)
    return python


def install(python: Path) -> None:
    import tomllib  # not there before Python 3.11, which is checked first

    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    must(python, "-m", "pip", "install", "--quiet", "--editable", ROOT, *groups["dev"], out=sys.stderr)


def python_of(home: Path) -> Path:
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def tool(python: Path, name: str) -> Path:
    """A command that stands beside a Python."""
    return python.parent / (f"{name}.exe" if os.name == "nt" else name)


def call(*command: str | Path) -> int:
    try:
        return subprocess.run([str(part) for part in command], check=False).returncode
    except KeyboardInterrupt:
        return 130


def must(*command: str | Path, cwd: Path = ROOT, out: object = None) -> None:
    """Run a command; end when it fails."""
    words = [str(part) for part in command]
    if subprocess.run(words, cwd=cwd, check=False, stdout=out).returncode:  # type: ignore[call-overload]
        raise SystemExit(complain(f"this command failed: {' '.join(words)}", "its own message stands above"))


def complain(what: str, hint: str) -> int:
    print(f"dev.py: {what}\n  {hint}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
