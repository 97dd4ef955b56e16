"""What a new workspace holds: a tiny example that checks clean, and words on how to go on."""

from __future__ import annotations

import os

from samgraf import disk, resources
from samgraf.errors import UnreachableError, UsageError
from samgraf.workspace.layering import FORMAT
from samgraf.workspace.spans import evidence_table, find_passage

_TEXT = """\
Aftale om ungeindsatsen 2025

Ungeindsatsen er et samarbejde mellem Havby Kommune og Bakkeby Kommune.
Den begynder den 1. marts 2025 og er for unge med angst.
"""

_SETTINGS = f"""\
# What this folder is: a samgraf workspace, and what it stands on: 'denmark' knows the municipalities, regions, ministries, roles,
# statuses and units; 'central-denmark' is the corpus that comes with samgraf; the path of another workspace may stand here too.
format: {FORMAT}
extends: denmark
"""

_ENTITIES = """\
# Who and what there is: one entry an entity, keyed by its id (the Danish name in a-z, 0-9 and hyphens).
havby: {type: Municipality, label: {da: Havby Kommune, en: Havby Municipality}, aliases: [Havby]}
bakkeby: {type: Municipality, label: {da: Bakkeby Kommune, en: Bakkeby Municipality}, aliases: [Bakkeby]}
ungeindsatsen: {type: Initiative, label: {da: Ungeindsatsen, en: Youth Effort}}
unge-med-angst: {type: TargetGroup, label: {da: unge med angst, en: young people with anxiety}}
"""

_CLAIMS = """\
# What the document says: a list of claims in sections. 'at' is where it stands in texts/aftale.txt:
# a line, lines, or the first and last words of the passage.
document:
  id: aftale
  label: {da: Aftale om ungeindsatsen 2025, en: Agreement on the youth effort 2025}
  date: "2025"
sections:
  - heading: Aftale om ungeindsatsen 2025
    common: {object: ungeindsatsen}
    claims:
      - {subject: [havby, bakkeby], predicate: participatesIn, from: 2025-03-01, complete: subjects, at: "3"}
  - heading: Begyndelse og målgruppe
    claims:
      - {subject: ungeindsatsen, predicate: startDate, value: 2025-03-01, at: "4 Den … 2025"}
      - {subject: ungeindsatsen, predicate: targets, object: unge-med-angst, at: "4 er for unge med angst"}
"""
_PLACES = ("3", "4 Den … 2025", "4 er for unge med angst")

_QUERY = """\
# title-da: Målgrupper for et initiativ
# title-en: Target groups of an initiative
# description-da: Hvem et initiativ er rettet mod.
# description-en: Whom an initiative is for.
# param: initiative | entity | required | the initiative
# column: group | the target group
# column: label | its name
# example-da: Hvem er Ungeindsatsen for?
# example-en: Whom is the Youth Effort for?
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sam: <https://w3id.org/samgraf/ontology#>

SELECT ?group ?label
WHERE {
  $initiative sam:targets ?group .
  ?group rdfs:label ?label .
  FILTER (LANG(?label) = "da")
}
ORDER BY ?label
"""

_README = """\
# A samgraf workspace

    data/entities/     who and what there is
    data/documents/    what the documents say, one file a document
    data/evidence/     where each passage stands; kept by `samgraf spans`, never by hand
    texts/             the documents as plain text (UTF-8), named as their files of claims
    queries/           SPARQL queries of your own, beside the built-in ones

To add a document: put its text in `texts/`, write its claims in `data/documents/`, new names in `data/entities/`, and run in this
folder

    samgraf spans
    samgraf check
    samgraf initiatives --involving Havby

`samgraf spans aftale "4 Den … 2025"` shows one passage before you write it down.
`samgraf.yaml` says what the workspace stands on: what is known there (all municipalities with their codes, roles, statuses …) is
not typed again.
`samgraf terms` lists the classes, relations, roles and statuses; `ontology/*.ttl` here may add more.
"""


def start_workspace(folder: str) -> list[str]:
    """Write a workspace into ``folder`` and give the paths written, in order.

    Raises UsageError when the folder holds anything, UnreachableError when it cannot be written.
    """
    if not folder.strip() or "\0" in folder:
        msg = f"{folder!r} is no name for a folder"
        raise UsageError(msg)
    try:
        taken = os.path.lexists(folder) and (not os.path.isdir(folder) or not disk.unused(folder))
    except OSError as error:
        msg = f"{folder} cannot be read: {error.strerror}"
        raise UnreachableError(msg) from error
    if taken:
        msg = f"{folder} is there already and not empty; name a new folder"
        raise UsageError(msg)
    passages = [(at, find_passage("aftale", _TEXT, at)) for at in _PLACES]
    contents = {
        "README.md": _README,
        resources.SETTINGS: _SETTINGS,
        "data/entities/entities.yaml": _ENTITIES,
        "data/documents/aftale.yaml": _CLAIMS,
        "data/evidence/aftale.tsv": evidence_table(passages),
        "texts/aftale.txt": _TEXT,
        "texts/earlier/aftale.txt": _TEXT,  # as `samgraf spans` keeps it, so that words that are gone can be shown
        "queries/target-groups-of.rq": _QUERY,
    }
    return disk.write_folder(folder, contents)
