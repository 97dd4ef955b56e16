"""Operators."""
from __future__ import annotations
from samgraf.ask.reply import Reply
def special(asked: object) -> Reply | None:
    return None
