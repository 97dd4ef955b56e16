"""samgraf: who collaborates on what, with a source for every fact.

The package's one public surface is what ``__all__`` names; everything is loaded when first used, so that
``import samgraf`` costs next to nothing.
"""

from __future__ import annotations

from samgraf.version import __version__

TYPE_CHECKING = False  # what type checkers take for typing.TYPE_CHECKING, without its import before anything else
if TYPE_CHECKING:
    from samgraf.api import Graph as Graph
    from samgraf.api import open as open  # noqa: A004  (the name users expect: samgraf.open())
    from samgraf.errors import SamgrafError as SamgrafError

__all__ = ["Graph", "SamgrafError", "__version__", "open"]

_HOME = {"Graph": "samgraf.api", "open": "samgraf.api", "SamgrafError": "samgraf.errors"}


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it (PEP 562)."""
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)
