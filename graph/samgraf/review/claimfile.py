"""A document's file of claims, changed line by line, so that comments, order and hand-written claims stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from samgraf.ingest.draft import flow
from samgraf.model.text import FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INDENT = "      "
_NO_SECTIONS = "sections: []"


def new_file(head: dict[str, Any]) -> str:
    """Give the beginning of a file of claims."""
    label = head["label"]
    told = {**head, "label": {FIRST: label} if isinstance(label, str) else label}
    return f"document: {flow(told)}\n{_NO_SECTIONS}\n"


def add_claims(content: str, heading: str, claims: Sequence[str]) -> str:
    """Put claims at the end of the section of this heading; the last section of the file is a new one when there is none."""
    place = _end_of_section(content, heading)
    if not content.endswith("\n"):
        content += "\n"
    if place is None:
        if content.rstrip().endswith(_NO_SECTIONS):
            content = content.rstrip()[: -len(_NO_SECTIONS)] + "sections:\n"
        place, content = (
            (len(content.splitlines()) + 2, _INDENT),
            f"{content}  - heading: {flow(heading)}\n    claims:\n",
        )
    number, indent = place
    lines = content.splitlines(keepends=True)
    lines[number:number] = [f"{indent}- {claim}\n" for claim in claims]
    return "".join(lines)


def remove_line(content: str, line: str) -> str | None:
    """Take a claim's line away, and its section when that is empty then; None when the line is not there as it was written."""
    lines = content.splitlines(keepends=True)
    for number, one in enumerate(lines):
        if one.strip() == f"- {line}":
            del lines[number]
            return _without_empty_section(lines, number)
    return None


def _without_empty_section(lines: list[str], number: int) -> str:
    after = lines[number].strip() if number < len(lines) else ""
    if lines[number - 1].strip() == "claims:" and not after.startswith("- {"):
        begin = number - 2
        if lines[begin].strip().startswith("- heading:"):
            del lines[begin:number]
    left = "".join(lines)
    return left.rstrip()[: -len("sections:")] + _NO_SECTIONS + "\n" if left.rstrip().endswith("\nsections:") else left


def _end_of_section(content: str, heading: str) -> tuple[int, str] | None:
    """Give the line (from 0) after the last claim of a section, and the indentation of its claims."""
    try:
        root = yaml.compose(content, Loader=_LOADER)
    except yaml.YAMLError:
        return None
    for section in _sequence(_value(root, "sections")):
        title, claims = _value(section, "heading"), _value(section, "claims")
        if title is None or title.value != heading or not isinstance(claims, yaml.SequenceNode) or claims.flow_style:
            continue
        if claims.value:
            last = claims.value[-1]
            column = last.start_mark.column - 2
            end = last.end_mark.line if last.end_mark.column == 0 else last.end_mark.line + 1
            return end, " " * max(column, 0)
    return None


def _value(node: yaml.Node | None, name: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == name), None)
    return None


def _sequence(node: Any) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []
