"""The process with limits. It runs one function of samgraf's, which gives the handler for the requests that follow.

The parent writes a line of JSON (``length`` of the body, ``seconds``, and what the handler wants to know) and the body to
its input; it answers with a line of JSON and a body likewise. It ends when its input does, when its parent is gone, or,
should that be in the middle of a query, when the alarm clock rings.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from samgraf.sandbox import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    Request: TypeAlias = dict[str, Any]
    Handler: TypeAlias = Callable[[Request, bytes], tuple[Request, bytes]]

_GRACE = 2


def main(arguments: list[str]) -> None:
    """Serve requests from stdin until it ends. The argument is JSON: ``setup``, ``argument``, ``memory``, ``barriers``."""
    given = json.loads(arguments[0])
    barriers = tuple(given["barriers"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C too, and ends this process if it wants to
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no answer
    limits.follow_parent()
    closed = limits.close_network(barriers)
    limits.limit_memory(given["memory"])
    module, _, name = given["setup"].partition(":")
    handler: Handler = getattr(import_module(module), name)(given["argument"])
    if closed is None:
        limits.close_descriptors(barriers)
    for line in sys.stdin.buffer:
        request = json.loads(line)
        body = sys.stdin.buffer.read(request["length"])
        limits.alarm(int(request["seconds"]) + _GRACE)
        head, answer = handler(request, body)
        limits.alarm(0)
        answers.write(json.dumps({**head, "length": len(answer)}).encode() + b"\n" + answer)
        answers.flush()
