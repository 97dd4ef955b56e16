"""The YAML files below ``ontology/grammars/``, layer by layer: the built-in one first, then the workspace's own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from samgraf import disk, resources
from samgraf.errors import DataError
from samgraf.problems import Problem
from samgraf.workspace.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "grammars"


def paths(workspace: str | None) -> list[str]:
    """List the files of all layers in their order."""
    return [
        path
        for layer in resources.layers(workspace, "ontology")
        for path in disk.files(os.path.join(layer, FOLDER), ".yaml", ".yml")
    ]


def content_of(path: str) -> dict[str, Any]:
    """Read one file. Raises DataError with what is wrong with it."""
    file = read_yaml(path, path)
    if file.problems:
        raise DataError(file.problems)
    if not isinstance(file.content, dict):
        raise DataError([Problem(path, 1, "bad-file", "is to be a mapping")])
    return file.content


def tables(workspace: str | None, name: str) -> Iterator[dict[str, Any]]:
    """Yield the content of the file of this name in each layer that has one. Raises DataError."""
    for path in paths(workspace):
        if os.path.basename(path) == name:
            yield content_of(path)
