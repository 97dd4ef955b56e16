"""What is left out because it has problems, and told with every answer: documents of a snapshot, queries of a workspace."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from samgraf import disk, resources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from samgraf.problems import Problem

_NAME = "left-out"


def write_left_out(folder: str, problems: Iterable[Problem]) -> None:
    """Keep the problems of the documents that were left out, one a line; no file where there are none."""
    lines = ["\t".join((p.path, str(p.line), p.code, p.message.replace("\n", " "))) for p in problems]
    if lines:
        disk.write_whole(os.path.join(folder, _NAME), "\n".join(lines))


def tell(folder: str) -> None:
    """Let the user hear what a snapshot was built without. Raises DataError instead where that is to stop all."""
    try:
        lines = disk.read_text(os.path.join(folder, _NAME)).split("\n")
    except OSError:
        return  # nothing was left out
    from samgraf.problems import Problem

    leave_out(
        [Problem(path, int(line), code, message) for path, line, code, message in (line.split("\t") for line in lines)]
    )


def leave_out(problems: Sequence[Problem]) -> None:
    """Let the user hear that these files are left out. Raises DataError instead where that is to stop all."""
    count: dict[str, int] = {}
    for problem in problems:
        count[problem.path] = count.get(problem.path, 0) + 1
    if not count:
        return
    if resources.strict():
        from samgraf.errors import DataError

        raise DataError(list(problems))
    named = ", ".join(f"{path} ({number} problem{'s' * (number != 1)})" for path, number in count.items())
    resources.say(f"left out of every answer: {named}; samgraf check tells what is wrong")
