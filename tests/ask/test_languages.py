"""A language is a file: a third one is loaded and asked in, and no word of any stands in the code of ``ask``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOY = """
name: volapykish
asking:
  asks: {who: [zu], which: [zi], when: [zan]}
  nouns: {}
  several: []
  single: []
  opens: [zer]
  agent: [zaf]
  articles: [ze]
  operators: {not: [zon]}
  numerals: {}
  ordinals: {}
  values: {}
  chatter: [zo]
  stop: [ze, zof]
messages:
  asking: {not-understood: "Zon."}
"""
WORDS = """
relations:
  chairs: [zlead]
  startDate: [zbegin]
kinds:
  Municipality: [ztown]
"""


@pytest.fixture
def toy(ports: Path) -> Path:
    """The ports' workspace with a language of its own."""
    (ports / "ontology" / "languages").mkdir()
    (ports / "ontology" / "languages" / "vo.yaml").write_text(TOY, encoding="utf-8")
    lexicon = ports / "ontology" / "lexicon.yaml"
    words = yaml.safe_load(lexicon.read_text(encoding="utf-8"))
    for section, entries in yaml.safe_load(WORDS).items():
        for key, given in entries.items():
            words.setdefault(section, {}).setdefault(key, []).extend(given)
    lexicon.write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    return ports


def test_a_third_language_is_a_file(ask: Callable[..., dict[str, Any]], toy: Path) -> None:
    reply = ask("zu zlead ze Havneudvalget?", workspace=str(toy))
    assert (reply["lang"], [a["label"] for a in reply["answers"]]) == ("vo", ["Rikke Tang"])
    reply = ask("zan zbegin ze Stille Kaj?", workspace=str(toy))
    assert [a["value"] for a in reply["answers"]] == ["2023-05-01"]
    reply = ask("zu zlead ze Blaplaf?", workspace=str(toy))
    assert reply["message"].startswith("Zon.")


def test_no_word_of_a_language_stands_in_the_code(root: Path) -> None:
    file = root / "ontology" / "languages" / "da.yaml"  # English words are also names of things in the code
    asking = yaml.safe_load(file.read_text(encoding="utf-8"))["asking"]
    words = {w for w in asking["stop"] + asking["opens"] if isinstance(w, str)}
    found = []
    for path in sorted((root / "graph" / "samgraf" / "ask").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = {id(n.body[0].value) for n in ast.walk(tree) if _has_docstring(n)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
                text = node.value.strip().lower()
                if len(text) > 2 and text in words - TECHNICAL and path.stem not in LISTED:
                    found.append((path.stem, node.lineno, text))
    assert not found, found


TECHNICAL = {"end", "for", "har", "via", "like"}
"""What is also a name in the code."""
LISTED = {"initiatives"}


def _has_docstring(node: ast.AST) -> bool:
    body = getattr(node, "body", None)
    return (
        isinstance(body, list)
        and bool(body)
        and isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
    )
