"""Odd surroundings: a clear sentence and the right exit code, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.conftest import COMMAND, Run

import samgraf

WORDS = ["initiatives", "--involving", "Viborg"]
PAST_START = 0.05
"""Seconds of the processor after which Python has certainly started and handed over to the command."""


def _shell(script: str, cache: Path, *, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    samgraf = " ".join(f"'{word}'" for word in COMMAND)
    return subprocess.run(
        ["bash", "-c", script.replace("samgraf ", f"{samgraf} ")],
        env={**os.environ, "SAMGRAF_CACHE": str(cache), **(env or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("script", "code", "words"),
    [
        ("samgraf initiatives --involving Viborg >&-", 4, "cannot write the output"),
        ("samgraf show DASSOS >&-", 4, "cannot write the output"),
        ("samgraf show DASSOS <&-", 0, ""),
        ("samgraf show DASSOS >/dev/null 2>&-", 0, ""),
        ("samgraf nonsense 2>&-", 2, ""),
        ("samgraf query - <&-", 2, "SPARQL"),
        ("samgraf show DASSOS > /dev/full", 4, "cannot write the output"),
        ("samgraf show DASSOS | head -1; exit ${PIPESTATUS[0]}", 0, ""),
        ("samgraf show --help | head -1; exit ${PIPESTATUS[0]}", 0, ""),
        ("COLUMNS=x samgraf queries", 0, ""),
        ("COLUMNS=99999999999 samgraf queries", 0, ""),
        ("cd $(mktemp -d) && rmdir $PWD && samgraf initiatives --involving Viborg", 0, ""),
        ("cd $(mktemp -d) && rmdir $PWD && samgraf show DASSOS --workspace .", 4, "working directory"),
        ("cd $(mktemp -d) && rmdir $PWD && samgraf export x.csv", 4, "cannot write"),
        ("samgraf show DASSOS --workspace /nowhere$'\\e'[1m", 2, "is not a workspace"),
    ],
)
def test_odd_surroundings(shared_cache: Path, script: str, code: int, words: str) -> None:
    done = _shell(script, shared_cache)
    assert done.returncode == code, done
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "a bug" not in done.stderr
    assert "\x1b" not in done.stderr


def test_without_a_home_the_cache_is_among_the_temporary_files(run: Run, tmp_path: Path) -> None:
    code = "from samgraf import resources; import os; os.path.expanduser = lambda p: p; print(resources.cache_folder())"
    env = {k: v for k, v in os.environ.items() if k not in ("HOME", "SAMGRAF_CACHE", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**env, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
    )
    assert done.stdout.startswith(str(tmp_path))


@pytest.mark.parametrize("call", ["initiatives --involving Viborg", "show DASSOS", "check", "export trig"])
def test_little_memory_is_told(shared_cache: Path, call: str) -> None:
    done = _shell(f"ulimit -v 300000; samgraf {call} > /dev/null", shared_cache)
    told = done.stderr.splitlines()
    assert done.returncode == 0 or (done.returncode == 4 and told[-1].startswith("samgraf: there is too little memory"))
    assert "memory allocation" not in done.stderr
    assert "terminate" not in done.stderr


def test_with_memory_in_plenty_but_bounded_all_is_as_usual(shared_cache: Path) -> None:
    bound = "ulimit -v 40000000; "
    for call, code in (("samgraf show DASSOS", 0), ("samgraf show nobody-at-all", 2)):
        plain, bounded = _shell(call, shared_cache), _shell(bound + call, shared_cache)
        assert (bounded.returncode, bounded.stdout, bounded.stderr) == (code, plain.stdout, plain.stderr)


def test_ctrl_c_is_the_systems_before_anything_of_the_command_line_is_loaded() -> None:
    code = (
        "import signal, sys; sys.modules['samgraf.cli'] = None\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell may have switched it off for this test
        "try: import samgraf.__main__\n"
        "except ImportError: print(signal.getsignal(signal.SIGINT) == signal.SIG_DFL, 'typing' in sys.modules)"
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(samgraf.__file__).parents[1]),
    }  # without site no package is found
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.split() == ["True", "False"]


def _wait_until_at_work(call: subprocess.Popen[bytes]) -> None:
    """Wait until a command is past Python's own start, on a slow machine too: by how long it has had the processor."""
    stat = Path(f"/proc/{call.pid}/stat")  # proc(5): state, ..., utime and stime in ticks, after the name in brackets
    time.sleep(0.2)
    while stat.exists():
        fields = stat.read_text().rpartition(")")[2].split()
        if fields[0] == "Z" or int(fields[11]) + int(fields[12]) >= PAST_START * os.sysconf("SC_CLK_TCK"):
            break
        time.sleep(0.02)


@pytest.mark.parametrize("words", [["show", "DASSOS"], ["check"], ["export", "trig"], ["queries"]])
def test_ctrl_c_ends_any_command_at_once(shared_cache: Path, words: list[str]) -> None:
    with subprocess.Popen(
        [*COMMAND, *words],
        env={**os.environ, "SAMGRAF_CACHE": str(shared_cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as call:
        _wait_until_at_work(call)
        begin = time.monotonic()
        call.send_signal(signal.SIGINT)
        assert call.wait(20) in (-signal.SIGINT, 0)
        assert time.monotonic() - begin < 1
        assert call.stderr is not None
        assert b"Traceback" not in call.stderr.read()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("a;=1+1", "a;'=1+1"),
        ("a; +1;-x", "a; '+1;'-x"),
        ("@x", "'@x"),
        ("-5", "-5"),
        ("1.5", "1.5"),
        ("a-b=c", "a-b=c"),
        ('a;"=1', "a;\"'=1"),
    ],
)
def test_no_csv_cell_runs_in_a_spreadsheet(run: Run, text: str, cell: str) -> None:
    literal = text.replace('"', '\\"')
    done = run("query", "-", "--format", "csv", stdin=f'SELECT ("{literal}" AS ?x) {{}}')
    import csv
    import io

    assert next(iter(list(csv.reader(io.StringIO(done.stdout)))[1:])) == [cell]
