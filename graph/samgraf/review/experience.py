"""How often a rule was right in this workspace: its confidence after what people decided."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from samgraf.review.decisions import ACCEPT, REJECT, judge, read_log

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samgraf.ingest.grammar import Grammar

_WEIGHT = 10
"""How many decisions the confidence that a grammar gives counts for."""


def confidences(folder: str, grammars: Iterable[Grammar]) -> dict[str, float]:
    """Give each rule's confidence: what its grammar says, and the share of its claims that were accepted here."""
    accepted: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for document in reviewed_documents(folder):
        for decision in judge(read_log(folder, document)).claims.values():
            rule = str(decision.get("rule", ""))
            if decision.get("verdict") in (ACCEPT, REJECT) and rule:
                judged[rule] += 1
                accepted[rule] += decision["verdict"] == ACCEPT
    return {
        rule.id: (rule.confidence * _WEIGHT + accepted[rule.id]) / (_WEIGHT + judged[rule.id])
        for grammar in grammars
        for rule in grammar.rules
    }


def reviewed_documents(folder: str) -> list[str]:
    """List the documents about which something was decided."""
    place = os.path.join(folder, "drafts")
    ending = ".decisions.jsonl"
    names = sorted(os.listdir(place)) if os.path.isdir(place) else []
    return [name[: -len(ending)] for name in names if name.endswith(ending)]
