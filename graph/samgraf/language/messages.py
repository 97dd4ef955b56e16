"""The texts that people read: one file a language, ``ontology/languages/da.yaml``, and a workspace's own beside it.

This is the only place that tells one language from another. A third language is a third file; what it does not say is said in
the first one (`samgraf.model.text.FIRST`). The files are YAML for those who write them and are kept as JSON in the cache, because
every command reads them.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from samgraf import disk, resources
from samgraf.errors import DataError, UsageError
from samgraf.model.text import FIRST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samgraf.problems import Problem

_ENDING = ".yaml"
_FORMAT = "1"
Tree = dict[str, Any]


class Messages:
    """What is said to people in one language. Texts have names with dots: ``note.title`` is ``title`` under ``note``."""

    def __init__(self, code: str, content: Tree) -> None:
        self.code = code
        self.content = content

    def __call__(self, name: str, /, *values: object, **named: object) -> str:
        """Give a text, its places filled (``str.format``). Raises KeyError when no language has it."""
        text = self._found(name)
        if not isinstance(text, str):
            raise KeyError(name)
        return text.format(*values, **named) if values or named else text

    def count(self, name: str, number: int, /, *values: object, **named: object) -> str:
        """Give the form of a text for a number: ``one`` or ``many`` under its name, with ``n`` for the number."""
        return self(f"{name}.{'one' if number == 1 else 'many'}", *values, n=number, **named)

    def get(self, name: str, other: str = "") -> str:
        """Give a text as it is written, or ``other`` where there is none: for names that come from data."""
        try:
            text = self._found(name)
        except KeyError:
            return other
        return text if isinstance(text, str) else other

    def table(self, name: str) -> Mapping[str, str]:
        """Give all texts under a name, by the last part of theirs."""
        found = self._found(name)
        if not isinstance(found, dict):
            raise KeyError(name)
        return found

    def section(self, name: str) -> Any:
        """Give a whole section of the language's file (``months``, ``periods``, ``ask`` …) as it is written."""
        return self.content[name]

    def _found(self, name: str) -> object:
        here: object = self.content["messages"]
        for part in name.split("."):
            if not isinstance(here, dict) or part not in here:
                raise KeyError(name)
            here = here[part]
        return here


def languages(workspace: str | None = None) -> tuple[str, ...]:
    """Give the codes of the languages there are, the documents' own first."""
    found = {os.path.basename(path).removesuffix(_ENDING) for path in _files(workspace)}
    return tuple(sorted(found, key=lambda code: (code != FIRST, code)))


def language_of(code: str | None, workspace: str | None = None) -> str:
    """Give the language to speak: the one named, the first where none is. Raises UsageError when there is no such file."""
    if code is None or code == FIRST:
        return FIRST
    known = languages(workspace)
    if code not in known:
        msg = f"there is no language {code!r}; there are {', '.join(known)} (ontology/languages/)"
        raise UsageError(msg)
    return code


@lru_cache(maxsize=16)
def messages(code: str, workspace: str | None = None) -> Messages:
    """Give the texts of a language; a language that is not there speaks the first one.

    Raises DataError when a language's file cannot be read as such.
    """
    paths = [path for path in _files(workspace) if os.path.basename(path) == code + _ENDING]
    if code != FIRST:
        paths = [path for path in _files(workspace) if os.path.basename(path) == FIRST + _ENDING] + paths
    return Messages(code, _compiled(code, paths))


def read_language(path: str) -> tuple[Tree, list[Problem]]:
    """Read one language's file. Gives what it says, texts only, and what is wrong with it."""
    import yaml

    from samgraf.problems import Problem

    try:
        text = disk.read_text(path)
        content = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  (base: texts only)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or str(error)
        return {}, [Problem(path, mark.line + 1 if mark else 1, "yaml", said)]
    except OSError as error:
        return {}, [Problem(path, 0, "yaml", error.strerror or str(error))]
    if not isinstance(content, dict):
        return {}, [Problem(path, 1, "language", "is to be a mapping of sections: messages, months …")]
    return content, []


def _files(workspace: str | None) -> list[str]:
    """List the languages' files, the built-in ones first."""
    found = []
    for layer in resources.layers(workspace, "ontology"):
        folder = os.path.join(layer, "languages")
        if os.path.isdir(folder):
            found += [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(_ENDING)]
    return found


def _compiled(code: str, paths: list[str]) -> Tree:
    """Give the files as one tree, later ones over earlier ones, from the cache when they have not changed."""
    from binascii import crc32

    from samgraf.keeping import kept, written

    def tree() -> Tree:
        found: Tree = {}
        problems: list[Problem] = []
        for path in paths:
            content, wrong = read_language(path)
            problems += wrong
            _over(found, content)
        if problems:
            raise DataError(problems)
        return found

    name = f"{code}-{crc32(chr(10).join(paths).encode('utf-8', 'surrogateescape')):08x}"
    return dict(kept(name, [_FORMAT, *map(written, paths)], tree))


def _over(tree: Tree, content: Tree) -> None:
    """Put one file's texts over another's, name by name."""
    for name, value in content.items():
        if isinstance(value, dict):
            below = tree.setdefault(name, {})
            if isinstance(below, dict):
                _over(below, value)
                continue
        tree[name] = value
