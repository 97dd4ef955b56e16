"""The files that the description of the data set offers: each made when it is first asked for, and kept while its snapshot is."""

from __future__ import annotations

import os
import tempfile
import threading
from typing import TYPE_CHECKING

from samgraf import disk

if TYPE_CHECKING:
    from samgraf.api import Graph


class Downloads:
    """The files of one graph, in a folder of their own until `close`."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._lock = threading.Lock()

    def get(self, name: str) -> tuple[str, bytes] | None:
        """Give the media type and the bytes of a file; None when none is named so."""
        form, media = self._graph.downloads().get(name, ("", ""))
        if not form:
            return None
        with self._lock:  # who asks meanwhile waits, and finds it made
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="samgraf-")
            path = os.path.join(self._folder.name, name)
            if not os.path.exists(path):
                self._graph.export(path)
            return media, disk.read_bytes(path)

    def close(self) -> None:
        """Remove the files."""
        with self._lock:
            if self._folder is not None:
                self._folder.cleanup()
                self._folder = None
