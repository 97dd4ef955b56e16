"""Placeholder for the index of claim words."""
from __future__ import annotations
def write_words(folder: str, workspace: object, store: object) -> None:
    """Write the words index."""
