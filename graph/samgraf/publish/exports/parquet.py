"""The claims as Parquet, for DuckDB and pandas: the columns of the CSV, days as dates, numbers as numbers, truth as truth."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

from samgraf.errors import UsageError
from samgraf.publish.exports.columns import COLUMNS, DAY, NUMBER, TEXT, TRUTH, Words
from samgraf.rdf.reading import read_claims

if TYPE_CHECKING:
    from samgraf.publish.exports.columns import Cell
    from samgraf.rdf.port import GraphStore


def parquet(store: GraphStore) -> bytes:
    """Give the claims. Raises UsageError where pyarrow (the extra samgraf[parquet]) is not installed.

    A value that is no number (a date, an address) stands in ``text``, beside ``value``.
    """
    pa, pq = _arrow()
    words, claims = Words.of(store), read_claims(store)
    kinds = {TEXT: pa.string(), DAY: pa.date32(), NUMBER: pa.float64(), TRUTH: pa.bool_()}
    arrays, names = [], []
    for column in COLUMNS:
        cells = [column.get(claim, words) for claim in claims]
        if column.type == NUMBER:
            arrays.append(pa.array([c if isinstance(c, str) else None for c in cells], pa.string()))
            names.append("text")
        arrays.append(pa.array([_typed(cell, column.type) for cell in cells], kinds[column.type]))
        names.append(column.name)
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, names=names), out, compression="zstd")
    return out.getvalue()


def packed(rows: list[dict[str, Any]]) -> bytes:
    """Give rows of plain values as Parquet. Raises UsageError where pyarrow is not installed."""
    pa, pq = _arrow()
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out, compression="zstd")
    return out.getvalue()


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        msg = "Parquet needs pyarrow; install it with: pip install 'samgraf[parquet]'"
        raise UsageError(msg) from error
    return pa, pq


def _typed(cell: Cell, kind: str) -> Cell | date:
    if cell is None or kind == TRUTH:
        return cell
    if kind == DAY:
        return date.fromisoformat(str(cell)) if _is_day(str(cell)) else None
    if kind == NUMBER:
        return float(cell) if isinstance(cell, int | float) else None
    return str(cell)


def _is_day(text: str) -> bool:
    """Tell whether a day is one that computers' calendars have: years before 1 are none."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
