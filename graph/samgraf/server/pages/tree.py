"""What is right above and right below a term, as a small picture: a row for each, the term in the middle. No script draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from samgraf.server.pages.base import Cell, render

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROW, _STEP, _LEFT = 26, 22, 8


def tree(above: Sequence[Cell], label: str, below: Sequence[Cell], said: str, language: str) -> Markup:
    """Give the picture as SVG; ``said`` says what it shows."""
    own = 1 if above else 0
    depths = [*(0 for _ in above), own, *(own + 1 for _ in below)]
    nodes = [
        {"x": _LEFT + depth * _STEP, "y": _ROW // 2 + row * _ROW, "cell": cell, "own": row == len(above)}
        for row, (depth, cell) in enumerate(zip(depths, [*above, Cell(label), *below], strict=True))
    ]
    middle = nodes[len(above)]
    lines = [f"M{node['x']} {node['y']}V{middle['y']}H{middle['x']}" for node in nodes[: len(above)]]
    lines += [f"M{middle['x']} {middle['y']}V{node['y']}H{node['x']}" for node in nodes[len(above) + 1 :]]
    drawn = render("tree.svg", language=language, nodes=nodes, lines=lines, height=len(nodes) * _ROW, said=said)
    return Markup(drawn.decode())  # noqa: S704  (made by a template that escapes)
