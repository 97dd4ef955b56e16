"""The only module that knows where things are: the built-in resources, the workspace and its layers, the cache, the settings.

It runs before anything else in every command, so it imports next to nothing.
"""

from __future__ import annotations

import os
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING

from samgraf.disk import files, read_text
from samgraf.errors import UnreachableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_SECONDS = 86_400
SETTINGS = "samgraf.yaml"
BUILT_IN = {"denmark": ("layers", "denmark"), "central-denmark": ()}
"""The layers that come with samgraf, and where they are below its root."""
_HERE = os.path.dirname(os.path.abspath(__file__))
OWN: ContextVar[bool] = ContextVar("own", default=False)
"""Whether only the workspace's own documents are asked for, here and now."""
_said: set[str] = set()
_listener: list[Callable[[str], None]] = []


def listen(listener: Callable[[str], None]) -> None:
    """Let ``listener`` hear, once each, what a user is to be told of the files that were taken. Without one nothing is said."""
    _listener[:] = [listener]


def say(text: str) -> None:
    """Tell the listener something, once."""
    if _listener and text not in _said:
        _said.add(text)
        _listener[0](text)


def root() -> str:
    """Give the folder that holds the built-in ``data/``, ``ontology/`` and ``queries/``.

    In an installed package that is ``_resources`` beside this file; in a checkout it is the repository. Raises UnreachableError
    when neither is there.
    """
    installed = os.path.join(_HERE, "_resources")
    checkout = os.path.dirname(os.path.dirname(_HERE))
    for folder in (installed, checkout):
        if os.path.isdir(os.path.join(folder, "ontology")) and os.path.isdir(os.path.join(folder, "data")):
            return folder
    msg = f"samgraf's own files are missing: looked for ontology/ and data/ in {installed} and in {checkout}"
    raise UnreachableError(msg)


def workspace_folder(workspace: str | None) -> str:
    """Give the absolute folder of a workspace: the one named, else ``SAMGRAF_WORKSPACE``, else the one that we stand in.

    That is the nearest folder with ``samgraf.yaml`` at or above the current one, else the built-in workspace. A layer that
    comes with samgraf may be named too (``denmark``, ``central-denmark``). Raises UsageError for a folder that is no workspace,
    UnreachableError when the current folder is gone.
    """
    named = workspace or os.environ.get("SAMGRAF_WORKSPACE")
    if not named:
        return _around() or root()
    try:
        folder = os.path.abspath(named)
    except FileNotFoundError as error:
        msg = "the working directory is gone; go to a folder that is there"
        raise UnreachableError(msg) from error
    if not any(os.path.exists(os.path.join(folder, name)) for name in (SETTINGS, "data")):
        if named in BUILT_IN:
            return os.path.join(root(), *BUILT_IN[named])
        msg = (
            f"{named} is not a workspace: it has no {SETTINGS} and no folder data/. Make one with: samgraf init {named}"
        )
        raise UsageError(msg)
    return folder


def taken(workspace: str | None) -> str:
    """Give a workspace's folder for reading its data: the user hears which it is, and its format. Raises as `workspace_folder`."""
    folder = workspace_folder(workspace)
    if not (workspace or os.environ.get("SAMGRAF_WORKSPACE")) and folder != root():
        say(f"the workspace is {folder}")
    if not os.path.isfile(os.path.join(folder, SETTINGS)):
        say(f"{folder} has no {SETTINGS} and is read as format 1; to bring it up to date: samgraf migrate {folder}")
    return folder


def _around() -> str | None:
    """Give the nearest folder with settings, from the current one upwards."""
    try:
        folder = os.getcwd()
    except OSError:
        return None
    while not os.path.isfile(os.path.join(folder, SETTINGS)):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder


def settings(folder: str) -> dict[str, tuple[int, list[str]]]:
    """Read a workspace's ``samgraf.yaml``: for each of its keys the line and the value, one or a list of words.

    It is read on every call of every command, so it is read as what it is, ``key: words``, ``key: [word, word]`` or a list
    with hyphens, and nothing else of YAML. `samgraf check` says so when there is more in it. As long as the file is the same,
    it is read once.
    """
    path = os.path.join(folder, SETTINGS)
    try:
        found = os.stat(path)
        return _settings(path, found.st_mtime_ns, found.st_size, found.st_ino)
    except OSError:
        return {}


@lru_cache(maxsize=64)
def _settings(path: str, *_state: int) -> dict[str, tuple[int, list[str]]]:
    found: dict[str, tuple[int, list[str]]] = {}
    lines = read_text(path).split("\n")
    key = ""
    for number, line in enumerate(lines, 1):
        text = line.partition(" #")[0].rstrip()
        name, colon, value = text.partition(":")
        if text.lstrip().startswith("- ") and key:
            found[key][1].append(_word(text.lstrip()[2:]))
        elif colon and name and not name.startswith((" ", "#")):
            key = name
            listed = value.strip().startswith("[")
            words = value.strip().removeprefix("[").removesuffix("]").split(",") if listed else [value.strip()]
            found[key] = number, [_word(w) for w in words if w.strip()]
    return found


def _word(text: str) -> str:
    return text.strip().strip("\"'")


def chain(workspace: str | None) -> list[str]:
    """Give the folders of the layers that a workspace stands on, the lowest first, and last the workspace itself.

    Raises DataError, at the line of ``extends``, for a layer that is not there or stands on itself; else as `workspace_folder`.
    """
    found: list[str] = []
    _stack(workspace_folder(workspace), found, ())
    return found


def _stack(folder: str, found: list[str], above: tuple[str, ...]) -> None:
    line, names = settings(folder).get("extends", (0, []))
    for name in names:
        below = os.path.join(root(), *BUILT_IN[name]) if name in BUILT_IN else os.path.join(folder, name)
        below = os.path.normpath(below)
        if below in (*above, folder) or not any(os.path.exists(os.path.join(below, x)) for x in (SETTINGS, "data")):
            from samgraf.errors import DataError
            from samgraf.problems import Problem

            why = "stands on this workspace itself" if below in (*above, folder) else "is no workspace"
            known = ", ".join(BUILT_IN)
            message = f"{name!r} {why}; write one of {known}, or the path of a workspace's folder"
            shown = os.path.relpath(os.path.join(folder, SETTINGS), (*above, folder)[0])
            raise DataError([Problem(shown, line, "extends", message)])
        _stack(below, found, (*above, folder))
    if folder not in found:
        found.append(folder)


def layer_name(folder: str) -> str:
    """Give the name of a layer: what its settings say, else that of its folder."""
    for name, parts in BUILT_IN.items():
        if folder == os.path.join(root(), *parts):
            return name
    _, given = settings(folder).get("name", (0, []))
    return given[0] if given else os.path.basename(folder)


def layers(workspace: str | None, name: str) -> list[str]:
    """Give the folders called ``name`` (``queries``, ``ontology``) that apply, the workspace's last. Raises as `chain`."""
    built_in = os.path.join(root(), name)
    own = (os.path.join(folder, name) for folder in chain(workspace))
    return [built_in, *(folder for folder in own if folder != built_in and os.path.isdir(folder))]


def inputs(workspace: str | None) -> list[str]:
    """List every file that the graph is built from, layer by layer: settings, data, evidence; then ontology and rules.

    Raises as `chain`, and UnreachableError when a folder cannot be listed.
    """
    found = []
    taken(workspace)
    for folder in chain(workspace):
        path = os.path.join(folder, SETTINGS)
        found += [path] if os.path.isfile(path) else []
        found += files(os.path.join(folder, "data"), ".yaml", ".yml", ".tsv")
    for ontology in layers(workspace, "ontology"):
        found += files(ontology, ".ttl", ".rq", ".yaml", ".jsonld")
    return found


def cache_folder() -> str:
    """Give the folder for snapshots: ``SAMGRAF_CACHE``, else ``XDG_CACHE_HOME/samgraf``, else ``~/.cache/samgraf``.

    Where there is no home, it is a folder of this user's among the temporary ones.
    """
    own = os.environ.get("SAMGRAF_CACHE")
    if own:
        return os.path.abspath(own)
    home = os.path.expanduser("~")
    base = os.environ.get("XDG_CACHE_HOME") or (os.path.join(home, ".cache") if os.path.isabs(home) else "")
    if not base:  # a container may have no HOME, and nobody of this number in its list of users
        return os.path.join(_temporary(), f"samgraf-{os.getuid() if hasattr(os, 'getuid') else 0}")
    return os.path.join(base, "samgraf")


def _temporary() -> str:
    """Give the folder for what need not stay."""
    import tempfile

    return tempfile.gettempdir()


def documents_folder(named: str | None = None, workspace: str | None = None) -> str | None:
    """Give the folder of the texts: the one named, else ``SAMGRAF_DOCUMENTS``, else the workspace's own ``texts/``, or None.

    Raises UnreachableError when the one named is not there.
    """
    folder = named or os.environ.get("SAMGRAF_DOCUMENTS")
    if not folder:
        own = os.path.join(workspace_folder(workspace), "texts")
        return own if os.path.isdir(own) else None
    if not os.path.isdir(folder):
        msg = f"the documents' folder {folder} is not there; point --documents or SAMGRAF_DOCUMENTS at the texts"
        raise UnreachableError(msg)
    return os.path.abspath(folder)


def own_only() -> bool:
    """Tell whether only the workspace's own documents are asked for: ``SAMGRAF_OWN`` (or ``--own``), or `OWN`."""
    return OWN.get() or bool(os.environ.get("SAMGRAF_OWN"))


def strict() -> bool:
    """Tell whether a document with problems is to stop all: ``SAMGRAF_STRICT`` (or ``--strict``)."""
    return bool(os.environ.get("SAMGRAF_STRICT"))


def timeout() -> float:
    """Give the seconds that a query which is not ours may take: ``SAMGRAF_TIMEOUT`` (or ``--timeout``), else 60.

    Raises UsageError for what is no number of seconds up to a day.
    """
    given = os.environ.get("SAMGRAF_TIMEOUT")
    if not given:
        return 60.0
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_SECONDS:
        msg = f"SAMGRAF_TIMEOUT is {given!r}; write seconds, more than 0 and at most {_LONGEST_SECONDS}"
        raise UsageError(msg)
    return seconds
