"""The review without a browser: what is to be judged as YAML, to be filled in and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.errors import DataError, UsageError
from samgraf.ingest.draft import flow, name_data
from samgraf.problems import Problem
from samgraf.review.state import passage
from samgraf.review.wording import sentence
from samgraf.workspace.yamlfile import read_yaml

if TYPE_CHECKING:
    from samgraf.ingest.knowing import Known
    from samgraf.review.state import State

_HEAD = """\
# Write yes or no after each verdict, with a reason where you like; leave what you do not know. Then:
#   samgraf review {document} --decide THIS-FILE
# A name that is known has 'is'; write {{is: ID}} for the same as one that is there, {{new: NAME, type: CLASS}} for somebody new.
"""
VERDICTS = {"yes": "accept", "ja": "accept", "no": "reject", "nej": "reject"}


def form(state: State, known: Known) -> str:
    """Give what is open as YAML: the names, then each row's claims with their passage."""
    out = [_HEAD.format(document=state.draft.id), f"document: {flow(state.draft.id)}", "names:"]
    open_rows = [row for row in state.rows if row.open]
    used = {
        str(v) for row in open_rows for shown in row.claims for v in shown.claim.fields.values() if isinstance(v, str)
    }
    out += [f"  {key}: {flow(name_data(name))}" for key, name in state.names.items() if key in used] or ["  {}"]
    out.append("rows:")
    for row in open_rows:
        place = passage(state, row.claims[0].claim.at)
        words = " ".join(state.record.text[place.start : place.end].split()) if place else row.claims[0].claim.at
        out += [f"  - row: {row.id}", "    verdict:", f"    passage: {flow(words)}", "    claims:"]
        for shown in row.claims:
            if not shown.verdict:
                claim = shown.claim
                told = {"claim": claim.key, "confidence": claim.confidence, "says": sentence(claim, state, known)}
                out.append(f"      - {flow(told)}")
    if not open_rows:
        out.append("  []")
    return "\n".join(out) + "\n"


def read_form(path: str, state: State) -> list[dict[str, Any]]:
    """Read a filled-in form: the decisions that it holds, those on names first.

    Raises DataError with every verdict that is none, UsageError when it is of another document.
    """
    file = read_yaml(path, path)
    if file.problems or not isinstance(file.content, dict):
        raise DataError(file.problems or [Problem(path, 1, "bad-file", "is no review")])
    content = file.content
    if content.get("document") != state.draft.id:
        msg = f"{path} is of {content.get('document')}, not of {state.draft.id}"
        raise UsageError(msg)
    taken: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for key, data in (content.get("names") or {}).items():
        if key in state.names and isinstance(data, dict) and dict(data) != name_data(state.names[key]):
            taken.append({"name": key, **{k: data[k] for k in ("is", "new", "type") if k in data}})
    for row in content.get("rows") or []:
        for claim in row.get("claims") or []:
            given = claim.get("verdict", row.get("verdict"))
            if given in (None, ""):
                continue
            word, _, reason = str(given).partition(" ")
            verdict = VERDICTS.get(word.lower().strip(",;:"))
            if verdict is None:
                problems.append(
                    Problem(path, row.lines.get("verdict", row.line), "bad-verdict", f"{given!r} is neither yes nor no")
                )
                continue
            why = str(row.get("reason") or reason).strip()
            taken.append({"claim": str(claim["claim"]), "verdict": verdict, **({"reason": why} if why else {})})
    if problems:
        raise DataError(problems)
    return taken
