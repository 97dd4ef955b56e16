"""From format 1 to format 2: a workspace says its format, and ``from`` says since when something holds.

In format 1 ``from`` of a status could also be just the day on which the document spoke. That day is the document's own ``date``
and says itself; what is told of it twice is taken out. A workspace of format 1 is read as if it had been migrated.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf import disk, resources
from samgraf.errors import UnreachableError, UsageError
from samgraf.workspace.layering import FORMAT
from samgraf.workspace.yamlfile import Mapping, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping as Fields

    from samgraf.vocabulary.terms import Vocabulary
    from samgraf.workspace.entries import DocumentHead

PRESENT = "present"
_SETTINGS = f"""\
# What this folder is: a samgraf workspace (docs/data-format.md).
format: {FORMAT}
"""


def observed(vocabulary: Vocabulary, head: DocumentHead, fields: Fields[str, object]) -> bool:
    """Tell whether a claim's ``from`` is only the day of its document: a status as it stood then, with no end of its own."""
    return head.date is not None and _observed(vocabulary, head.date.edtf, fields)


def _observed(vocabulary: Vocabulary, date: str, fields: Fields[str, object]) -> bool:
    predicate = vocabulary.predicates.get(str(fields.get("predicate")))
    moment = vocabulary.moments.get(predicate.moment) if predicate else None
    return bool(moment and moment.tense == PRESENT and str(fields.get("from")) == date and fields.get("until") is None)


def migrate(folder: str, vocabulary: Vocabulary) -> list[str]:
    """Bring a workspace's files to the present format; comments, order and quotes stay. Gives what was changed, a line each.

    Raises UsageError when it has the present format already, UnreachableError when a file cannot be written.
    """
    settings = os.path.join(folder, resources.SETTINGS)
    if os.path.exists(settings):
        msg = f"{settings} is there: the workspace has format {FORMAT} already"
        raise UsageError(msg)
    done: list[str] = []
    for path in disk.files(os.path.join(folder, "data", "documents"), ".yaml", ".yml"):
        done += _migrate_document(path, os.path.relpath(path, folder), vocabulary)
    disk.write_whole(settings, _SETTINGS)
    return [*done, f"{resources.SETTINGS}: format {FORMAT}"]


def _migrate_document(path: str, shown: str, vocabulary: Vocabulary) -> list[str]:
    read = read_yaml(path, shown)
    head = read.content.get("document") if isinstance(read.content, Mapping) else None
    date = head.get("date") if isinstance(head, Mapping) else None
    if read.problems or date is None:
        return []
    from io import StringIO

    from ruamel.yaml import YAML  # it alone writes YAML back as it was, comments and all
    from ruamel.yaml.error import YAMLError

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        content = yaml.load(disk.read_text(path))
    except (OSError, YAMLError) as error:
        msg = f"{shown} cannot be read: {error}"
        raise UnreachableError(msg) from error
    done = [
        line for section in content.get("sections") or () for line in _migrate_section(section, str(date), vocabulary)
    ]
    if done:
        out = StringIO()
        yaml.dump(content, out)
        disk.write_whole(path, out.getvalue())
    return [f"{shown}:{line}" for line in done]


def _migrate_section(section: dict[str, object], date: str, vocabulary: Vocabulary) -> list[str]:
    common, claims = section.get("common") or {}, section.get("claims") or []
    if not isinstance(common, dict) or not isinstance(claims, list):
        return []
    done: list[str] = []
    shared = "from" in common
    freed = []
    for claim in (c for c in claims if isinstance(c, dict)):
        fields = {**common, **claim}
        if not _observed(vocabulary, date, {**fields, "from": _plain(fields.get("from"))}):
            continue
        place = claim.lc.line + 1  # type: ignore[attr-defined]  # ruamel's mappings know their lines
        done.append(f"{place}: {fields['predicate']} was observed on {date}: 'from' is taken out")
        if "from" in claim:
            del claim["from"]
        else:
            freed.append(claim)
    if shared and freed:
        for claim in (c for c in claims if isinstance(c, dict) and "from" not in c and c not in freed):
            claim["from"] = common["from"]
        del common["from"]
    return done


def _plain(value: object) -> str:
    return "" if value is None else str(value)
