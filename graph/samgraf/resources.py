"""The only module that knows where files are: the built-in resources, the workspace, the cache.

It runs before anything else in every command, so it imports nothing but ``os``.
"""

from __future__ import annotations

import os

from samgraf.errors import UnreachableError, UsageError

_HERE = os.path.dirname(os.path.abspath(__file__))


def root() -> str:
    """Give the folder that holds the built-in ``data/``, ``ontology/`` and ``queries/``.

    In an installed package that is ``_resources`` beside this file; in a checkout it is the repository.
    """
    installed = os.path.join(_HERE, "_resources")
    checkout = os.path.dirname(os.path.dirname(_HERE))
    for folder in (installed, checkout):
        if os.path.isdir(os.path.join(folder, "ontology")) and os.path.isdir(os.path.join(folder, "data")):
            return folder
    msg = f"samgraf's own files are missing: looked for ontology/ and data/ in {installed} and in {checkout}"
    raise UnreachableError(msg)


def workspace_folder(workspace: str | None) -> str:
    """Give the absolute folder of a workspace: the one named, else ``SAMGRAF_WORKSPACE``, else the built-in one."""
    named = workspace or os.environ.get("SAMGRAF_WORKSPACE")
    if not named:
        return root()
    folder = os.path.abspath(named)
    if not os.path.isdir(os.path.join(folder, "data")):
        msg = f"{named} is not a workspace: it has no folder data/. Make one with: samgraf init {named}"
        raise UsageError(msg)
    return folder


def layers(workspace: str | None, name: str) -> list[str]:
    """Give the folders called ``name`` (``queries``, ``ontology``) that apply: the built-in one first, then the workspace's."""
    folders = [os.path.join(root(), name)]
    own = os.path.join(workspace_folder(workspace), name)
    if own != folders[0] and os.path.isdir(own):
        folders.append(own)
    return folders


def files(folder: str, *endings: str) -> list[str]:
    """List the files below ``folder`` with one of these endings, sorted by path, hidden ones left out."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [os.path.join(place, n) for n in names if n.endswith(endings) and not n.startswith(".")]
    return sorted(found)


def inputs(workspace: str | None) -> list[str]:
    """List every file that the graph is built from: data, evidence, ontology and rules, sorted by path."""
    folder = workspace_folder(workspace)
    found = files(os.path.join(folder, "data"), ".yaml", ".yml", ".tsv")
    for ontology in layers(workspace, "ontology"):
        found += files(ontology, ".ttl", ".rq", ".yaml", ".jsonld")
    return found


def cache_folder() -> str:
    """Give the folder for snapshots: ``SAMGRAF_CACHE``, else ``XDG_CACHE_HOME/samgraf``, else ``~/.cache/samgraf``."""
    own = os.environ.get("SAMGRAF_CACHE")
    if own:
        return os.path.abspath(own)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "samgraf")


def documents_folder(named: str | None = None) -> str | None:
    """Give the folder of the source documents: the one named, else ``SAMGRAF_DOCUMENTS``, else None."""
    folder = named or os.environ.get("SAMGRAF_DOCUMENTS")
    if not folder:
        return None
    if not os.path.isdir(folder):
        msg = f"the documents' folder {folder} is not there; point --documents or SAMGRAF_DOCUMENTS at the texts"
        raise UnreachableError(msg)
    return os.path.abspath(folder)


def write_whole(path: str, content: str | bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there. UTF-8, line ends as given."""
    data = content.encode() if isinstance(content, str) else content
    folder = os.path.dirname(os.path.abspath(path))
    beside = os.path.join(folder, f".{os.path.basename(path)}.{os.getpid()}.tmp")
    try:
        os.makedirs(folder, exist_ok=True)
        with open(beside, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, path)
    except OSError as error:
        msg = f"cannot write {path}: {error.strerror}"
        raise UnreachableError(msg) from error
    finally:
        if os.path.exists(beside):
            os.unlink(beside)
