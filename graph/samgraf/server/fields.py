"""The fields of a request's address, as a page takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from samgraf.language.messages import languages
from samgraf.model.text import FIRST

if TYPE_CHECKING:
    from collections.abc import Sequence

Fields = dict[str, list[str]]
T = TypeVar("T")


def one(fields: Fields, name: str) -> str | None:
    """Give the first value of a field; None when it is not there or empty."""
    given = fields.get(name, [])
    return given[0] if given and given[0] else None


def language(fields: Fields) -> str:
    """Give the language that is asked for, the first one when none or an unknown one is."""
    named = one(fields, "lang")
    return named if named in languages() else FIRST


def number(fields: Fields, name: str) -> int:
    """Give a field as a number from 1 up; 1 when it is not there or is none."""
    given = one(fields, name) or ""
    return max(1, int(given)) if given.isascii() and given.isdigit() and len(given) < 7 else 1


def part(every: Sequence[T], page: int, most: int) -> tuple[int, int, Sequence[T]]:
    """Give which page it is of how many, the last one when there are fewer, and what is on it."""
    pages = max(1, -(-len(every) // most))
    page = min(page, pages)
    return page, pages, every[(page - 1) * most : page * most]
