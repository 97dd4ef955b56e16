"""A drafter from outside: any command that reads a document as JSON and writes claims with verbatim quotes.

Nothing that it says is taken on trust: a quote that is not in the text, a relation or class that the ontology does not have,
a claim without its ends is dropped and counted. What is left is a draft like any other, for a person to judge.

stdin: ``{"document", "language", "text", "classes": {name: label}, "relations": [{name, label, kind, subjects, objects}]}``
stdout: ``{"claims": [{"subject": {"name", "type"}, "predicate", "object": {"name", "type"} | "value", "role"?, "onBehalfOf"?,
"from"?, "until"?, "modality"?, "quote", "confidence"?}]}``
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from samgraf.errors import UnreachableError, UsageError
from samgraf.ingest.draft import DraftClaim, Name, claim_key
from samgraf.language.dates import parse_date
from samgraf.model.text import FIRST
from samgraf.workspace.anchors import anchor

if TYPE_CHECKING:
    from collections.abc import Callable

    from samgraf.ingest.record import Record
    from samgraf.vocabulary.terms import Vocabulary

SECONDS = 600
RULE = "outside"
_LARGEST = 20 << 20
_UNSURE = 0.5
_MODALITIES = ("stated", "proposed", "expected")


class Outside(NamedTuple):
    """What a drafter from outside gave: claims, their names, and how many were dropped, by reason."""

    claims: tuple[DraftClaim, ...]
    names: dict[str, Name]
    dropped: dict[str, int]


def run_drafter(
    command: str, record: Record, vocabulary: Vocabulary, language: str, seconds: int = SECONDS
) -> list[Any]:
    """Run the command on a document and give the claims as it wrote them.

    Raises UsageError when the command is no command, UnreachableError when it fails, takes too long or writes no such JSON.
    """
    try:
        words = shlex.split(command)
    except ValueError as error:
        msg = f"--drafter {command!r} is no command: {error}"
        raise UsageError(msg) from error
    request = {
        "document": record.id,
        "language": language,
        "text": record.text,
        "classes": {name: c.label.within(language) for name, c in vocabulary.classes.items()},
        "relations": [
            {
                "name": p.name,
                "label": p.label.within(language),
                "kind": p.kind,
                "subjects": sorted(p.subject_types),
                "objects": sorted(p.object_types),
            }
            for p in vocabulary.predicates.values()
        ],
    }
    try:
        done = subprocess.run(
            words,
            input=json.dumps(request, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=seconds,
            check=True,
        )
        reply = json.loads(done.stdout[:_LARGEST])
        claims = reply["claims"]
    except FileNotFoundError as error:
        msg = f"--drafter: there is no command {words[0] if words else command!r}"
        raise UsageError(msg) from error
    except subprocess.TimeoutExpired as error:
        msg = f"the drafter took more than {seconds} seconds for {record.id} and was stopped"
        raise UnreachableError(msg) from error
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip().split("\n")[-1][:200]
        msg = f"the drafter failed on {record.id} (exit {error.returncode}): {told}"
        raise UnreachableError(msg) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"the drafter wrote no JSON with 'claims' for {record.id}: {error}"
        raise UnreachableError(msg) from error
    if not isinstance(claims, list):
        msg = f"the drafter's 'claims' for {record.id} is no list"
        raise UnreachableError(msg)
    return claims


def gate(
    given: list[Any],
    record: Record,
    vocabulary: Vocabulary,
    key_of: Callable[[str, str], str],
    names: dict[str, Name],
    heading: str,
) -> Outside:
    """Let through what can be proved: quotes that stand in the text, terms that there are. ``key_of`` names a name."""
    claims: dict[str, DraftClaim] = {}
    dropped: Counter[str] = Counter()
    for number, one in enumerate(given):
        try:
            fields = _fields(one, vocabulary, key_of)
            at = _quoted(record.text, str(one["quote"]))
        except _DroppedError as error:
            dropped[str(error)] += 1
            continue
        except (KeyError, TypeError, ValueError, AttributeError):
            dropped["not as a claim is written"] += 1
            continue
        key = claim_key(fields, names)
        sure = one.get("confidence")
        confidence = float(sure) if isinstance(sure, (int, float)) and 0 < sure <= 1 else _UNSURE
        claims[key] = DraftClaim(key, RULE, round(confidence, 3), RULE, heading, f"o{number}", fields, at)
    return Outside(tuple(claims.values()), names, dict(dropped))


class _DroppedError(Exception):
    """Why a claim is not taken."""


def _fields(one: dict[str, Any], vocabulary: Vocabulary, key_of: Callable[[str, str], str]) -> dict[str, Any]:
    predicate = vocabulary.predicates.get(str(one["predicate"]))
    if predicate is None:
        raise _DroppedError("unknown relation")
    fields: dict[str, Any] = {"subject": _name(one["subject"], vocabulary, predicate.subject_types, key_of)}
    fields["predicate"] = predicate.name
    if predicate.kind == "object":
        fields["object"] = _name(one["object"], vocabulary, predicate.object_types, key_of)
    elif predicate.kind == "text":
        value = one["value"]
        fields["value"] = value if isinstance(value, dict) else {FIRST: str(value)}
    elif predicate.kind == "date":
        fields["value"] = parse_date(str(one["value"])).edtf
    elif predicate.kind == "string":
        fields["value"] = str(one["value"])
    else:
        raise _DroppedError("a figure, which is entered by hand")
    for field in ("role", "onBehalfOf"):
        if one.get(field):
            fields[field] = _name(one[field], vocabulary, frozenset(), key_of)
    for field in ("from", "until"):
        if one.get(field):
            fields[field] = parse_date(str(one[field])).edtf
    if one.get("modality") and one["modality"] != _MODALITIES[0]:
        if one["modality"] not in _MODALITIES:
            raise _DroppedError("unknown modality")
        fields["modality"] = one["modality"]
    return fields


def _name(
    given: dict[str, Any], vocabulary: Vocabulary, wanted: frozenset[str], key_of: Callable[[str, str], str]
) -> str:
    label, kind = str(given["name"]).strip(), str(given["type"])
    if kind not in vocabulary.classes:
        raise _DroppedError("unknown class")
    if not vocabulary.is_a((kind,), wanted):
        raise _DroppedError("a relation between things that it does not link")
    if not label or len(label) > 300 or "\n" in label:
        raise _DroppedError("no name")
    return key_of(label, kind)


def _quoted(text: str, quote: str) -> str:
    """Give the anchor of a quote that stands in the text word by word; blanks and line ends count alike."""
    words = quote.split()
    if not words:
        raise _DroppedError("no quote")
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    at = anchor(text, *found.span()) if found else None
    if at is None:
        raise _DroppedError("a quote that is not in the text")
    return at
