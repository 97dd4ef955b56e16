"""An older workspace: read as it was meant, and brought up to date with every comment in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Run

from samgraf.errors import UsageError
from samgraf.vocabulary.reading import read_vocabulary
from samgraf.workspace import load
from samgraf.workspace.migrating import migrate

MINUTES = "data/documents/referat-styregruppen-2023-05-04.yaml"
OLD = """\
# Minutes, read in one evening.
document:
  id: referat-styregruppen-2023-05-04   # as the file
  label: {da: 'Referat', en: "Minutes"}
  date: 2023-05-04
sections:
  - heading: Status
    common: {subject: faelles-front, from: 2023-05-04}   # said once
    claims:
      # how it goes
      - {predicate: hasStatus, object: in-progress, at: "8 Feelles front er i gang"}
      - {predicate: decidedBy, object: styregruppen, at: "4"}
      - predicate: figure
        value: 12
        measure: {da: på venteliste, en: on the waiting list}
        unit: persons
        kind: result
        from: 2023-04    # its own
        at: "8 Ventelisten … 2023"

  - heading: Mere
    claims:
      - {subject: aaben-doer, predicate: hasStatus, object: in-progress, from: 2023-05-04, at: "5 Afbud: ingen"}
      - {subject: aaben-doer, predicate: statusText, value: {da: 'går godt'}, from: "2023-05-04", at: "5 Afbud: ingen"}
      - {subject: aabent-hus, predicate: hasStatus, object: in-progress, from: 2023-01, at: "5 Afbud: ingen"}   # since January
      - {subject: soebyen, predicate: memberOf, object: ungeklyngen, from: 2023-05-04, at: "4"}
"""
NEW = OLD.replace(", from: 2023-05-04}   # said", "}                     # said").replace(
    'object: styregruppen, at: "4"}', 'object: styregruppen, at: "4", from: 2023-05-04}'
).replace("in-progress, from: 2023-05-04, at", "in-progress, at").replace(', from: "2023-05-04"', "")  # fmt: skip


@pytest.fixture
def old(workspace: Path) -> Path:
    (workspace / "samgraf.yaml").unlink()
    (workspace / MINUTES).write_text(OLD, encoding="utf-8")
    assert load(str(workspace)).problems == []
    return workspace


def keys(folder: Path) -> list[str]:
    return sorted(c.key for c in load(str(folder)).claims)


def test_only_what_was_told_twice_is_taken_out_and_all_else_stays_letter_for_letter(old: Path) -> None:
    before = {p: p.read_bytes() for p in sorted((old / "data").rglob("*.yaml")) if p != old / MINUTES}
    done = migrate(str(old), read_vocabulary(str(old)))
    assert (old / MINUTES).read_text(encoding="utf-8") == NEW
    assert {p: p.read_bytes() for p in before} == before
    assert [line.partition(":")[0] for line in done] == [MINUTES] * 3 + ["samgraf.yaml"]
    assert done[0] == f"{MINUTES}:11: hasStatus was observed on 2023-05-04: 'from' is taken out"


def test_the_claims_are_the_same_before_and_after(old: Path) -> None:
    before = keys(old)
    migrate(str(old), read_vocabulary(str(old)))
    assert keys(old) == before
    assert [layer.format for layer in load(str(old)).layers] == [2]


def test_an_old_status_is_read_as_observed_and_a_new_one_as_written(old: Path) -> None:
    def starts() -> list[str]:
        return [str(c.entry.start) for c in load(str(old)).claims if c.predicate == "hasStatus"]

    assert starts() == ["None", "None", "2023-01"]
    (old / "samgraf.yaml").write_text("format: 2\n", encoding="utf-8")
    assert starts() == ["2023-05-04", "2023-05-04", "2023-01"]


def test_a_new_workspace_is_not_migrated(workspace: Path, run: Run) -> None:
    with pytest.raises(UsageError, match="format 2 already"):
        migrate(str(workspace), read_vocabulary(str(workspace)))
    done = run("migrate", str(workspace))
    assert (done.code, done.stdout) == (2, "")


def test_the_command_says_what_it_did(old: Path, run: Run) -> None:
    done = run("migrate", str(old))
    assert done.code == 0, done
    assert done.stdout.splitlines()[-1] == "samgraf.yaml: format 2"
    assert "4 changes" in done.stderr
    assert run("check", "--no-shapes", "--workspace", str(old)).code == 0


def test_it_needs_its_library_only_when_called(run: Run, workspace: Path) -> None:
    import subprocess
    import sys

    code = "import sys, samgraf.workspace; samgraf.workspace.load(sys.argv[1]); sys.exit('ruamel' in str(sorted(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code, str(workspace)], check=False).returncode == 0
