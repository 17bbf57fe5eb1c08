"""The engine changes the time that a run takes, and never what comes out."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from corpusclean.engines import map_ordered
from corpusclean.engines.local import CHUNK_SOURCES, WAITING
from corpusclean.errors import ConfigError, Failure, InputError
from corpusclean.model import Row, Source

WORK = """
    import os, time
    from corpusclean.errors import InputError

    def double(source):
        return source.name + source.name

    def slow_first(source):
        time.sleep(0.05 if source.name.endswith("0") else 0)
        return source.name

    def moody(source):
        if source.name == "dies":
            os._exit(3)
        if source.name == "killed":
            os.kill(os.getpid(), 9)
        if source.name == "refuses":
            raise InputError("this is no page", where=source.name, hint="none")
        if source.name == "breaks":
            return {}["key"]
        if source.name == "cannot be sent":
            return lambda: 0
        return source.name

    def sleeps(source):
        time.sleep(60)
"""


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """Functions in a module that worker processes can import."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "engine_work.py").write_text(textwrap.dedent(WORK))
    sys.path.insert(0, str(folder))
    import engine_work

    yield engine_work
    sys.path.remove(str(folder))


def sources(*names):
    return [Source(name, name.encode()) for name in names]


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_results_have_the_order_of_the_items(work, jobs):
    items = sources(*(str(n) for n in range(300)))
    assert list(map_ordered(work.slow_first, items, jobs)) == [item.name for item in items]


@pytest.mark.parametrize("jobs", [1, 2])
def test_failures_pass_through(work, jobs):
    failure = Failure("x", InputError("the page is empty"))
    assert list(map_ordered(work.double, [*sources("a"), failure, *sources("b")], jobs)) == [
        "aa",
        failure,
        "bb",
    ]
    assert list(map_ordered(work.double, [failure], jobs)) == [failure]
    assert list(map_ordered(work.double, [], jobs)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_become_failures_in_their_place(work, jobs):
    one, refused, broken, two = map_ordered(work.moody, sources("one", "refuses", "breaks", "two"), jobs)
    assert (one, two) == ("one", "two")
    assert (refused.name, refused.error.what, refused.error.hint) == ("refuses", "this is no page", "none")
    assert isinstance(broken.error, InputError)
    assert broken.error.what.startswith("a mistake in the program: KeyError: 'key', at engine_work.py:")
    assert broken.error.where == "breaks"


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_row_that_fails_is_kept(work, jobs):
    source = Source("refuses", b"One", row=Row('{"text": ', "utf8", "}\n"))
    (failure,) = map_ordered(work.moody, [source], jobs)
    assert failure.row == b'{"text": "One"}\n'


def test_a_process_that_dies_costs_one_source(work):
    items = sources(*(f"a{n}" for n in range(70)), "dies", "b", "killed", *(f"c{n}" for n in range(150)))
    results = list(map_ordered(work.moody, items, 2))
    assert [getattr(result, "name", result) for result in results] == [item.name for item in items]
    died, killed = [result for result in results if isinstance(result, Failure)]
    assert died.error.what == "the process that cleaned it ended with code 3"
    assert "SIGKILL" in killed.error.what
    assert killed.error.where == "killed"
    assert killed.error.hint


def test_a_result_that_cannot_be_sent_is_told(work):
    (failure,) = map_ordered(work.moody, sources("cannot be sent"), 2)
    assert "a mistake in the program" in failure.error.what


def test_a_function_that_cannot_be_sent_is_told():
    with pytest.raises(ConfigError, match="no process for jobs"):
        list(map_ordered(lambda source: source, sources("a"), 2))


def test_items_are_read_only_as_far_as_needed(work):
    read = []

    def items():
        for n in range(100_000):
            read.append(n)
            yield Source(str(n), b"")

    results = map_ordered(work.double, items(), 2)
    assert [next(results) for _ in range(10)] == [str(n) * 2 for n in range(10)]
    assert len(read) <= (WAITING * 2 + 1) * CHUNK_SOURCES
    results.close()


def test_stopping_early_ends_the_workers(work):
    results = map_ordered(work.sleeps, sources("a", "b"), 2)

    def interrupted():
        yield Source("a", b"x" * 1_000_000)
        yield Source("b", b"x" * 1_000_000)
        time.sleep(1)
        raise KeyboardInterrupt

    results = map_ordered(work.sleeps, interrupted(), 2)
    with pytest.raises(KeyboardInterrupt):
        list(results)


SCRIPT = """
    import sys, time
    from corpusclean.engines import map_ordered
    from corpusclean.errors import CorpuscleanError
    from corpusclean.model import Source

    def work(source):
        time.sleep({seconds})
        return source.name

    def main():
        for result in map_ordered(work, [Source(str(n), b"x" * 300_000) for n in range(20)], 2):
            print(result, flush=True)

    {guard}
        main()
"""


def script(tmp_path, seconds, guard):
    path = tmp_path / "script.py"
    path.write_text(textwrap.dedent(SCRIPT).format(seconds=seconds, guard=guard))
    return [sys.executable, str(path)]


def test_a_script_that_does_not_guard_its_start_is_told(tmp_path):
    done = subprocess.run(
        script(tmp_path, 0, "if True:"), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert 'if __name__ == "__main__":' in done.stderr.splitlines()[-1]


@pytest.mark.skipif(os.name == "nt", reason="no process groups")
def test_ctrl_c_ends_all_processes_without_noise(tmp_path):
    call = script(tmp_path, 0.3, 'if __name__ == "__main__":')
    process = subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout.readline() == "0\n"
    os.killpg(process.pid, signal.SIGINT)
    # returns when no process has the pipe open any more, workers included
    _, errors = process.communicate(timeout=20)
    assert process.returncode != 0
    assert errors.count("Traceback") == 1
