"""From a passage's offsets back to an ``at`` that people can read, and a file of claims with its anchors changed."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from samgraf.workspace.spans import PassageError, find_passage

_WORD = re.compile(r"\S+")
_LONGEST = 280


def anchor(text: str, start: int, end: int) -> str | None:
    """Give the shortest ``at`` that names exactly these characters; None when there is none (the passage is empty).

    >>> anchor("Første linje\\nBo kom. Ida kom.\\n", 13, 20)
    '2 Bo … kom.'
    """
    first, last = text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 1
    lines = f"{first}" if first == last else f"{first}-{last}"
    words = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    if not words:
        return None
    candidates = [lines]
    for count in range(1, len(words) + 1):
        opening = text[start : words[count - 1][1]]
        if count == len(words):
            candidates.append(f"{lines} {opening}")
            break
        closings = range(1, min(len(words) - count, 6) + 1)
        candidates += [f"{lines} {opening} … {text[words[-back][0] : end]}" for back in closings]
        if count > 8:
            candidates.append(f"{lines} {text[start:end]}")
            break
    for at in candidates:
        if "\n" in at or len(at) > _LONGEST:
            continue
        try:
            found = find_passage("", text, at)
        except PassageError:
            continue
        if (found.start, found.end) == (start, end):
            return at
    return None


def replace_anchors(content: str, moved: dict[str, str]) -> str:
    """Give a file of claims with its anchors changed, all else (order, comments, blanks) as it is."""
    edits: list[tuple[int, int, str]] = []
    stack: list[dict[str, Any]] = []
    for event in yaml.parse(content):
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            inherited = bool(stack) and stack[-1].get("key") == "at"
            stack.append({"map": isinstance(event, yaml.MappingStartEvent), "key": None, "at": inherited})
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            stack.pop()
            _value_done(stack)
        elif isinstance(event, yaml.ScalarEvent) and stack:
            here = stack[-1]
            if here["map"] and here["key"] is None:
                here["key"] = event.value
                continue
            anchored = here["at"] if not here["map"] else here["key"] == "at"
            if anchored and event.value in moved:
                edits.append((_index(event.start_mark), _index(event.end_mark), moved[event.value]))
            _value_done(stack)
    for start, end, at in reversed(edits):
        content = content[:start] + json.dumps(at, ensure_ascii=False) + content[end:]
    return content


def _index(mark: Any) -> int:
    index: int = mark.index
    return index


def _value_done(stack: list[dict[str, Any]]) -> None:
    if stack and stack[-1]["map"]:
        stack[-1]["key"] = None
