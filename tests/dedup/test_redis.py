"""Our signatures in datasketch's own index, kept by a real Redis server."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpusclean.dedup.signatures import Signer

redis = pytest.importorskip("redis")
datasketch = pytest.importorskip("datasketch")
FOLDER = Path(__file__).parent / "bodies"
BODIES = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
COPIES = {f"{name} again": text.replace("e", "é", 3).upper() for name, text in BODIES.items()}
SIGNER = Signer(128)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Redis server that lives as long as these tests."""
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("redis-server is not installed (Debian: apt install redis-server)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    words = [server, "--port", str(number), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(number, process)
            yield number
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    with redis.Redis(port=port) as client:
        for _ in range(200):
            assert process.poll() is None, "redis-server ended"
            try:
                client.ping()
            except redis.ConnectionError:
                time.sleep(0.05)
            else:
                return
    pytest.fail("redis-server does not answer")


def opened(port: int, name: str) -> datasketch.MinHashLSH:
    where = {"type": "redis", "basename": name.encode(), "redis": {"host": "127.0.0.1", "port": port}}
    return datasketch.MinHashLSH(threshold=0.5, num_perm=128, storage_config=where)


@pytest.mark.parametrize("kind", ["lean", "minhash"])
def test_signatures_go_into_redis_and_come_back(port: int, kind: str) -> None:
    sketch = getattr(SIGNER, kind)
    rows = SIGNER.sign(list(BODIES.values()))
    index, here = opened(port, kind), datasketch.MinHashLSH(threshold=0.5, num_perm=128)
    for name, row in zip(BODIES, rows, strict=True):
        index.insert(name, sketch(row))
        here.insert(name, sketch(row))
    again = opened(port, kind)  # as tomorrow's process opens it
    asked = dict(zip(COPIES, SIGNER.sign(list(COPIES.values())), strict=True))
    asked |= dict(zip(BODIES, rows, strict=True))
    for name, row in asked.items():
        found = again.query(sketch(row))
        assert sorted(found) == sorted(here.query(sketch(row)))
        assert name.removesuffix(" again") in found
    assert not again.query(sketch(SIGNER.sign(["Nothing of all that."])[0]))


def test_a_sketch_of_datasketch_and_ours_are_one_in_redis(port: int) -> None:
    text = BODIES["english"]
    theirs = datasketch.MinHash(num_perm=128, seed=1, hashfunc=int)
    theirs.update_batch(SIGNER.hashes([text])[0].tolist())
    assert np.array_equal(SIGNER.row(theirs), SIGNER.sign([text])[0])
    index = opened(port, "both")
    index.insert("theirs", theirs)
    assert index.query(SIGNER.lean(SIGNER.sign([text])[0])) == ["theirs"]


def test_a_lean_sketch_is_the_same_after_bytes_in_redis(port: int) -> None:
    lean = SIGNER.lean(SIGNER.sign([BODIES["german"]])[0])
    data = bytearray(lean.bytesize())
    lean.serialize(data)
    with redis.Redis(port=port) as client:
        client.set("sketch", bytes(data))
        back = datasketch.LeanMinHash.deserialize(client.get("sketch"))
    assert np.array_equal(SIGNER.row(back), SIGNER.row(lean))


def test_the_example_of_the_readme_runs(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    example = readme.partition("<!-- redis -->\n```python\n")[2].partition("```")[0]
    text = BODIES["english"]
    exec(example, {"port": port, "records": [{"id": "a", "text": text}, {"id": "b", "text": text.upper()}]})
    assert capsys.readouterr().out == "a []\nb ['a']\n"
