"""The snapshot: fresh when it should be, built once, whole or not there at all, whatever happens to a build."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import COMMAND, Run

import samgraf
from samgraf import disk
from samgraf.store import seal, snapshot
from samgraf.store.embedded import EmbeddedStore
from samgraf.store.opening import open_store, snapshot_folder

if TYPE_CHECKING:
    from collections.abc import Callable

ACTORS = "data/entities/actors.yaml"


class Builder:
    """Stands in for the build and counts how often it is called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, workspace: str | None, folder: str) -> None:
        self.calls += 1
        Path(folder, "store").mkdir()


@pytest.fixture
def builder(cache: Path) -> Builder:
    return Builder()


def current(folder: Path, builder: Builder) -> str:
    return snapshot.current(str(folder), build=builder)


def test_a_snapshot_is_built_once(workspace: Path, builder: Builder) -> None:
    first = current(workspace, builder)
    assert [current(workspace, builder) for _ in range(5)] == [first] * 5
    assert builder.calls == 1


def test_an_edit_makes_a_new_one_and_undoing_it_finds_the_old_one(workspace: Path, builder: Builder) -> None:
    first = current(workspace, builder)
    path = workspace / ACTORS
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "# a comment\n", encoding="utf-8")
    assert current(workspace, builder) != first
    path.write_text(before, encoding="utf-8")
    assert current(workspace, builder) == first
    assert builder.calls == 2


def test_touching_a_file_builds_nothing(workspace: Path, builder: Builder) -> None:
    first = current(workspace, builder)
    os.utime(workspace / ACTORS, (time.time() + 5, time.time() + 5))
    assert current(workspace, builder) == first
    assert builder.calls == 1


def test_an_edit_of_the_same_size_at_the_same_time_is_seen(workspace: Path, builder: Builder) -> None:
    """Within the grain of the file system's clock, size and time prove nothing: the content is read."""
    path = workspace / ACTORS
    first = current(workspace, builder)
    stat = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Ida Strand", b"Eva Strand"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert path.stat().st_size == stat.st_size
    assert path.stat().st_mtime_ns == stat.st_mtime_ns
    assert current(workspace, builder) != first


def test_old_files_are_not_read_again(workspace: Path, builder: Builder, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in workspace.rglob("*"):
        os.utime(path, (time.time() - 1000, time.time() - 1000))
    monkeypatch.setattr(snapshot, "_RACY_NS", -(10**18))  # the built-in ontology may have been edited a second ago
    first = current(workspace, builder)
    monkeypatch.setattr(snapshot, "_hash", lambda *_: pytest.fail("the files were read again"))
    assert current(workspace, builder) == first


@pytest.mark.parametrize("change", ["add", "remove", "rename", "ontology", "rules", "evidence"])
def test_any_change_of_the_inputs_is_seen(workspace: Path, builder: Builder, change: str) -> None:
    first = current(workspace, builder)
    if change == "add":
        (workspace / "data/entities/more.yaml").write_text("x: {type: Person, label: X}\n", encoding="utf-8")
    elif change == "remove":
        (workspace / ACTORS).unlink()
    elif change == "rename":
        (workspace / ACTORS).rename(workspace / "data/entities/others.yaml")
    elif change == "evidence":
        next((workspace / "data/evidence").iterdir()).unlink()
    else:
        (workspace / "ontology/rules").mkdir(parents=True)
        (workspace / "ontology" / ("own.ttl" if change == "ontology" else "rules/own.rq")).write_text(
            "# x\n", encoding="utf-8"
        )
    assert current(workspace, builder) != first


@pytest.mark.parametrize("name", [".hidden.yaml", "notes.txt", "backup.yaml~", "x.yaml.tmp"])
def test_what_is_no_input_changes_nothing(workspace: Path, builder: Builder, name: str) -> None:
    first = current(workspace, builder)
    (workspace / "data/entities" / name).write_text("anything", encoding="utf-8")
    assert current(workspace, builder) == first


def test_another_version_of_the_package_builds_anew(
    workspace: Path, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = current(workspace, builder)
    monkeypatch.setattr(snapshot, "__version__", "99.0")
    assert current(workspace, builder) != first


def test_only_the_newest_few_are_kept(workspace: Path, builder: Builder) -> None:
    for number in range(8):
        (workspace / ACTORS).write_text(f"# {number}\n", encoding="utf-8")
        folder = current(workspace, builder)
    home = Path(folder).parent
    assert 1 <= len([p for p in home.iterdir() if p.is_dir()]) <= snapshot._KEPT + 1
    assert Path(folder).is_dir()


def test_two_workspaces_of_the_same_name_do_not_meet(workspace: Path, builder: Builder, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / workspace.name
    shutil.copytree(workspace, other)
    assert Path(current(workspace, builder)).parent != Path(current(other, builder)).parent


def test_a_failed_build_leaves_nothing_behind(workspace: Path, cache: Path) -> None:
    def failing(_: str | None, folder: str) -> None:
        Path(folder, "half").write_text("x", encoding="utf-8")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        snapshot.current(str(workspace), build=failing)
    assert [p.name for p in next(cache.iterdir()).iterdir()] == ["stat"]


@pytest.mark.parametrize("damage", [b"", b"\x00\xff", b"key\nstate", b"\n" * 1000])
def test_a_damaged_memory_of_the_state_is_passed_over(
    workspace: Path, builder: Builder, cache: Path, damage: bytes
) -> None:
    first = current(workspace, builder)
    (Path(first).parent / "stat").write_bytes(damage)
    assert current(workspace, builder) == first
    assert builder.calls == 1


# --- with real builds ---


def test_two_processes_may_build_at_once(workspace: Path, cache: Path) -> None:
    started = [
        subprocess.Popen(
            [*COMMAND, "build", "--workspace", str(workspace)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/"
        )
        for _ in range(4)
    ]
    done = [p.communicate(timeout=60) for p in started]
    assert [p.returncode for p in started] == [0] * 4, done
    folders = {out.decode().strip() for out, _ in done}
    assert len(folders) == 1
    (folder,) = folders
    store = EmbeddedStore.open(folder)
    assert len(store.store) > 1000
    assert [p.name for p in Path(folder).parent.iterdir() if p.name.startswith(".build-")] == []


@pytest.mark.long
def test_a_build_that_is_killed_at_any_moment_harms_nothing(workspace: Path, cache: Path) -> None:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killing.py")), str(workspace), "24", "20201123"],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 4, "too few builds were killed before their end"
    print(f"killed {done.stdout.strip()} of 24 in {time.monotonic() - began:.0f} s")
    (home,) = (place for place in cache.iterdir() if place.name != "languages")
    left = [p for p in home.iterdir() if p.is_dir()]
    assert len(left) <= snapshot._KEPT + 5, "what killed builds leave is swept"


def test_a_build_killed_from_outside_is_made_good_by_the_next_command(workspace: Path, run: Run, cache: Path) -> None:
    for number in range(4):
        (workspace / "data/entities/more.yaml").write_text(f"x{number}: {{type: Person, label: X}}\n", encoding="utf-8")
        process = subprocess.Popen(
            [*COMMAND, "build", "--workspace", str(workspace)], stdout=subprocess.DEVNULL, cwd="/"
        )
        time.sleep(0.2 + number * 0.15)
        process.kill()
        process.wait()
        done = run("build", "--workspace", str(workspace))
        assert (done.code, done.stderr) == (0, "")
        assert f"x{number}" in str(list(EmbeddedStore.open(done.stdout.strip()).store))


def test_a_build_killed_before_it_held_its_lock_is_swept_by_the_next_one(
    workspace: Path, run: Run, cache: Path
) -> None:
    home = Path(run("build", "--workspace", str(workspace)).stdout.strip()).parent
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = home / f".new-{ended.pid}-1-abcdefgh"
    at_work = home / f".new-{disk.writer()}-abcdefgh"
    for folder in (left, at_work):
        folder.mkdir()
    (workspace / "data/entities/more.yaml").write_text("x: {type: Person, label: X}\n", encoding="utf-8")
    assert run("build", "--workspace", str(workspace)).code == 0
    assert not left.exists()
    assert at_work.exists()


def test_a_cache_that_cannot_be_written_is_told(workspace: Path, run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("x", encoding="utf-8")
    for place in (blocked, blocked / "below", "/proc/samgraf"):
        done = run("build", "--workspace", str(workspace), env={"SAMGRAF_CACHE": str(place)})
        assert done.code == 4, done
        assert "SAMGRAF_CACHE" in done.stderr
        assert "Traceback" not in done.stderr


DAMAGES = {
    "remove store": lambda folder: shutil.rmtree(folder / "store"),
    "empty store": lambda folder: [p.unlink() for p in (folder / "store").iterdir()],
    "cut manifest": lambda folder: _rewrite(next((folder / "store").glob("MANIFEST*")), lambda b: b[:500]),
    "cut table": lambda folder: _rewrite(next((folder / "store").glob("*.sst")), lambda b: b[:100]),
    "flipped bit": lambda folder: _rewrite(
        max((folder / "store").glob("*.sst")), lambda b: b[:99] + bytes([b[99] ^ 1]) + b[100:]
    ),
    "other current": lambda folder: _rewrite(folder / "store" / "CURRENT", lambda _: b"garbage\n"),
    "zeroed index": lambda folder: _rewrite(folder / "index.sqlite", lambda b: b"\0" * len(b)),
    "no index": lambda folder: (folder / "index.sqlite").unlink(),
    "no seal": lambda folder: (folder / "seal").unlink(),
    "no lock": lambda folder: (folder / "lock").unlink(),
    "empty seal": lambda folder: _rewrite(folder / "seal", lambda _: b"x"),
}


def _rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_snapshot_is_built_anew_by_itself(workspace: Path, cache: Path, damage: str) -> None:
    folder = Path(snapshot_folder(str(workspace)))
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    before = open_store(str(workspace)).select(count)
    DAMAGES[damage](folder)
    assert open_store(str(workspace)).select(count) == before
    assert seal.whole(str(folder), read=True)
    assert not [p for p in folder.parent.iterdir() if p.name.startswith(".")]


def test_a_damage_that_no_time_tells_of_is_healed_by_the_next_call(workspace: Path, cache: Path) -> None:
    folder = Path(snapshot_folder(str(workspace)))
    _rewrite(folder / "store" / "CURRENT", lambda b: b"X" * len(b))
    lines = [line.split("\t") for line in (folder / "seal").read_text().splitlines()[1:]]
    for line in lines:
        if line[-1].endswith("CURRENT"):
            stat = (folder / "store" / "CURRENT").stat()
            line[2:4] = [str(stat.st_mtime_ns), str(stat.st_ctime_ns)]
    text = "".join("\t".join(line) + "\n" for line in lines)
    (folder / "seal").write_text(f"{seal._checksum(text)}\n{text}")
    assert open_store(str(workspace)).ask("ASK { ?s ?p ?o }")


def test_a_copied_cache_is_taken_for_what_it_is(workspace: Path, builder: Builder, cache: Path, tmp_path: Path) -> None:
    current(workspace, builder)
    shutil.move(cache, tmp_path / "other")
    shutil.copytree(tmp_path / "other", cache)
    current(workspace, builder)
    assert builder.calls == 1


def test_who_reads_a_snapshot_keeps_it(workspace: Path, cache: Path) -> None:
    graph = samgraf.open(str(workspace))
    before = graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    for number in range(6):
        with (workspace / ACTORS).open("a", encoding="utf-8") as stream:
            stream.write(f"# {number}\n")
        snapshot_folder(str(workspace))
    assert graph.find("Ida Strand")["id"] == "ida-strand"
    assert graph.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") == before
    home = Path(snapshot_folder(str(workspace))).parent  # the cache holds other rooms beside this one
    assert len([p for p in home.iterdir() if p.is_dir()]) == snapshot._KEPT + 2  # the one that is held, and the new one
    del graph
    (workspace / ACTORS).write_text((workspace / ACTORS).read_text(encoding="utf-8") + "# last\n", encoding="utf-8")
    snapshot_folder(str(workspace))
    assert len([p for p in home.iterdir() if p.is_dir()]) == snapshot._KEPT + 1


def test_a_forged_key_leads_nowhere(workspace: Path, builder: Builder, cache: Path) -> None:
    first = current(workspace, builder)
    stat = Path(first).parent / "stat"
    for path in workspace.rglob("*"):
        os.utime(path, (time.time() - 1000, time.time() - 1000))
    current(workspace, builder)
    text = stat.read_text(encoding="utf-8").partition("\n")[2]
    for key in ("../../evil", "x" * 24 + "/..", "/tmp/evil"):
        stat.write_text(f"{key}\n{text}", encoding="utf-8")
        os.utime(stat, (time.time() + 1000, time.time() + 1000))
        assert current(workspace, builder) == first
    assert builder.calls == 1


def test_a_snapshot_is_opened_without_writing_to_it(workspace: Path, cache: Path) -> None:
    folder = Path(snapshot_folder(str(workspace)))

    def state() -> dict[str, tuple[int, int]]:
        return {str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in folder.rglob("*")}

    before = state()
    assert EmbeddedStore.open(str(folder)).ask("ASK { ?s ?p ?o }")
    assert state() == before
