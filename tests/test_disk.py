"""The one door for files: nothing is waited for, nothing is lost, nothing that is no plain file is replaced."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from samgraf import disk
from samgraf.errors import UnreachableError
from tests.conftest import COMMAND, Run

PLACES = ["data/entities/x.yaml", "data/documents/x.yaml", "data/evidence/x.tsv", "queries/x.rq", "ontology/rules/x.rq"]
PLACES += ["ontology/x.ttl", "ontology/shapes.ttl"]
ROOT = hasattr(os, "getuid") and os.getuid() == 0


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _latin(path: Path) -> None:
    path.write_bytes(b"# s\xf8\n")


@pytest.mark.parametrize(
    ("make", "place"),
    [(_fifo, p) for p in PLACES]
    + [(_zeros, PLACES[0]), (_loop, PLACES[1])]
    + [(m, p) for m in (_nowhere, _latin) for p in PLACES[3:]],
)
def test_what_is_no_plain_file_is_told(run: Run, workspace: Path, cache: Path, place: str, make: object) -> None:
    path = workspace / place
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)  # type: ignore[operator]
    done = run("check", "--workspace", str(workspace), env={"SAMGRAF_CACHE": str(cache)})
    assert done.code in (0, 3, 4), done
    if make is _latin and place.endswith((".tsv", ".ttl")):
        return  # evidence of no document is not read; a comment in Turtle is passed over
    if not place.endswith(".tsv"):
        assert done.code in (3, 4), done
        assert path.name in done.stdout + done.stderr
    if make is _fifo and not place.startswith("queries"):
        done = run("build", "--workspace", str(workspace), env={"SAMGRAF_CACHE": str(cache)})
        assert done.code in (0, 3, 4), done


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_a_folder_that_cannot_be_listed_is_told(workspace: Path, cache: Path) -> None:
    folder = workspace / "data" / "documents"
    folder.chmod(0)
    words = [*COMMAND, "check", "--workspace", str(workspace)]
    try:
        done = subprocess.run(
            _without_privilege(words), capture_output=True, text=True, timeout=60, check=False, cwd="/"
        )
    finally:
        folder.chmod(0o755)
    assert done.returncode == 4, done
    assert "cannot be listed" in done.stderr


def _without_privilege(words: list[str]) -> list[str]:
    """Give the call as one who may not read everything makes it: root gives that up (capabilities(7): DAC_OVERRIDE)."""
    if not ROOT:
        return words
    code = (
        f"import ctypes, os; c = ctypes.CDLL(None); c.prctl(24, 1); c.prctl(24, 2); os.execv({words[0]!r}, {words!r})"
    )
    return [sys.executable, "-c", code]


def test_a_name_that_would_drive_the_terminal_is_escaped(run: Run, workspace: Path, cache: Path) -> None:
    (workspace / "data/entities/a\x1b]0;x\x07\nb.yaml").write_text("x: [", encoding="utf-8")
    done = run("check", "--workspace", str(workspace), env={"SAMGRAF_CACHE": str(cache)})
    assert done.code == 3
    assert "\\x1b]0;x\\x07\\nb.yaml:2:" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize("size", [0, 10, 11])
def test_a_file_is_not_read_when_it_is_too_large(tmp_path: Path, size: int) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"x" * size)
    if size > 10:
        with pytest.raises(OSError, match="larger"):
            disk.read_bytes(str(path), 10)
    else:
        assert len(disk.read_bytes(str(path), 10)) == size


def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        disk.write_whole(str(tmp_path / "new"), "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
    (tmp_path / "old").write_text("y")
    (tmp_path / "old").chmod(0o600)
    disk.write_whole(str(tmp_path / "old"), "x")
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o600
    assert (tmp_path / "old").read_text() == "x"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new", "old"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to("there/file")
    disk.write_whole(str(tmp_path / "link"), "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "file").read_text() == "x"
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UnreachableError):
        disk.write_whole(str(tmp_path / "loop"), "x")


def test_a_device_or_a_pipe_is_written_to_and_stays(tmp_path: Path, run: Run) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    disk.write_whole(str(pipe), "x")
    assert reader.communicate(timeout=10)[0] == b"x"
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    null = tmp_path / "null"
    null.symlink_to("/dev/null")
    disk.write_whole(str(null), "x")
    assert null.is_symlink()
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


def test_without_nameless_files_the_same_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_nameless", lambda _: None)
    test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path)


def test_what_a_killed_writer_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    )
    (tmp_path / f".f.{gone.stdout.strip()}-1.tmp").write_text("half")
    (tmp_path / ".f.notes.tmp").write_text("somebody's")
    disk.write_whole(str(tmp_path / "f"), "x")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".f.notes.tmp", "f"]


@pytest.mark.parametrize("there", [False, True])
def test_init_is_whole_or_goes_on_after_a_kill(run: Run, tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "mine"
    if there:
        folder.mkdir()
    code = (
        "import os, sys, signal; from samgraf.workspace.init import start_workspace\n"
        "real, count = os.replace, [0]\n"
        "def replace(*a):\n    count[0] += 1\n    real(*a)\n    if count[0] == 3: os.kill(os.getpid(), signal.SIGKILL)\n"
        "os.replace = replace; start_workspace(sys.argv[1])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (folder / "data").exists()
    assert run("init", str(folder)).code == 0
    assert run("check", "--workspace", str(folder)).code == 0
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []
    assert not (folder / disk._UNFINISHED).exists()


def test_init_keeps_the_folder_that_it_was_called_in(run: Run, tmp_path: Path) -> None:
    node = tmp_path.stat().st_ino
    assert run("init", ".", cwd=tmp_path).code == 0
    assert tmp_path.stat().st_ino == node
    assert (tmp_path / "README.md").is_file()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only there a process tells when it began")
def test_what_a_killed_writer_left_is_removed_though_its_number_is_in_use_again(tmp_path: Path) -> None:
    left, owned = tmp_path / f".f.{os.getpid()}-1.tmp", tmp_path / f".f.{os.getppid()}-{disk._begun(os.getppid())}.tmp"
    left.touch()
    owned.touch()
    disk.write_whole(str(tmp_path / "f"), "x")
    assert not left.exists()
    assert owned.exists()
