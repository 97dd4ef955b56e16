"""What a person decided about drafted claims: a log that only grows, one line of JSON a decision, on disk before it counts.

    {"id": …, "claim": key, "verdict": "accept" | "reject" | "undo", "reason"?, "fields"?, "names"?, "at"?, "by"?}
    {"id": …, "name": key, "is": id} | {"id": …, "name": key, "new": label, "type": class}
    {"id": …, "withdraw": key, "reason": …}

A decision on a claim carries the whole claim as it was judged, so that the log alone tells what was accepted. The last
decision on a claim or name counts; the same line twice is one.
"""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf import disk
from samgraf.errors import DataError, UnreachableError
from samgraf.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

ACCEPT, REJECT, UNDO, WITHDRAW = "accept", "reject", "undo", "withdraw"
VERDICTS = (ACCEPT, REJECT, UNDO, WITHDRAW)


class Judged(NamedTuple):
    """Where claims and names stand after all decisions: the last decision on each, by key."""

    claims: dict[str, dict[str, Any]]
    names: dict[str, dict[str, Any]]

    def verdict(self, key: str) -> str:
        """Give the verdict on a claim: accept, reject, withdraw, or nothing."""
        found = str(self.claims.get(key, {}).get("verdict", ""))
        return "" if found == UNDO else found


def log_path(folder: str, document: str) -> str:
    """Give the path of a document's log."""
    return os.path.join(folder, "drafts", f"{document}.decisions.jsonl")


def append(folder: str, document: str, decisions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Append decisions and sync them to the disk; give them with their ids. Raises UnreachableError when that fails."""
    written = [{"id": secrets.token_hex(8), **decision} for decision in decisions]
    disk.append_lines(log_path(folder, document), (json.dumps(d, ensure_ascii=False) for d in written))
    return written


def read_log(folder: str, document: str) -> list[dict[str, Any]]:
    """Read a document's decisions in order, each once. A line that was cut short is passed over.

    Raises DataError when another line is no decision.
    """
    path = log_path(folder, document)
    if not os.path.isfile(path):
        return []
    try:
        raw = disk.read_bytes(path).split(b"\n")
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}"
        raise UnreachableError(msg) from error
    found: dict[str, dict[str, Any]] = {}
    problems = []
    for number, line in enumerate(raw, 1):
        if not line.strip():
            continue
        try:
            decision = json.loads(line)
        except ValueError:
            continue  # cut short: it was never told to be saved
        if not isinstance(decision, dict) or not ({"claim", "name"} & decision.keys()):
            problems.append(
                Problem(os.path.relpath(path, folder), number, "bad-decision", "is no decision; take it out")
            )
            continue
        found.setdefault(str(decision.get("id", f"line-{number}")), decision)
    if problems:
        raise DataError(problems)
    return list(found.values())


def judge(log: Iterable[dict[str, Any]]) -> Judged:
    """Fold a log: the last decision on each claim and each name."""
    judged = Judged({}, {})
    for decision in log:
        if "claim" in decision:
            judged.claims[str(decision["claim"])] = decision
        else:
            judged.names[str(decision["name"])] = decision
    return judged


def merge(folder: str, document: str, other: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Take in another person's decisions: a union. Gives the pairs of two verdicts on one claim, which are left as they were."""
    own = read_log(folder, document)
    ids = {d.get("id") for d in own}
    mine = judge(own).claims
    new, clashes = [], []
    for decision in other:
        if decision.get("id") in ids:
            continue
        held = mine.get(str(decision.get("claim", "")))
        if (
            held
            and held.get("verdict") != decision.get("verdict")
            and UNDO not in (held["verdict"], decision["verdict"])
        ):
            clashes.append((held, decision))
            continue
        new.append(decision)
    if new:
        append(folder, document, new)
    return clashes
