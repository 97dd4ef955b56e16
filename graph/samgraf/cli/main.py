"""Where every command begins and ends: the fast path, the click application, and errors turned into exit codes.

``samgraf initiatives`` and ``samgraf ask`` are asked often and from other programs, so a plain call of them is read by a
small table-driven parser that needs no import; whatever it does not understand (``--help``, a mistake) goes to click.
"""

from __future__ import annotations

import io
import os
import sys

from samgraf.errors import BUG, DataError, OutOfMemoryError, SamgrafError, UnreachableError


def main() -> None:
    """Run the command line and exit with its code."""
    _open_streams()
    if _bounded():
        from samgraf.sandbox.confined import guarded

        sys.exit(guarded(lambda: run(sys.argv[1:])))
    sys.exit(run(sys.argv[1:]))


def _bounded() -> bool:
    """Tell whether somebody bounds what this process may map (``ulimit -v``): then native code may end it."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit
    except ImportError:
        return False
    return getrlimit(RLIMIT_AS)[0] != RLIM_INFINITY


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code. No traceback reaches the user unless SAMGRAF_DEBUG is set."""
    from samgraf import resources
    from samgraf.cli.output import note

    resources.listen(lambda text: note(f"samgraf: {text}"))
    try:
        from samgraf.cli.fast import fast_call

        arguments = [_in_utf8(a) for a in arguments]
        code = fast_call(arguments)
        if code is None:
            code = _click(arguments)
        sys.stdout.flush()
    except SamgrafError as error:
        return _told(error)
    except MemoryError:
        return _told(OutOfMemoryError())
    except BrokenPipeError:
        _forget_output()
        return 0
    except OSError as error:  # a full disk, a folder that is gone, no more memory for a process
        if os.environ.get("SAMGRAF_DEBUG"):
            raise
        place = f": {error.filename}" if error.filename else ""
        note(f"samgraf: the system refuses: {error.strerror or error}{place}")
        return UnreachableError.exit_code
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SAMGRAF_DEBUG"):
            raise
        note(
            f"samgraf: a bug: {type(error).__name__}: {error}. Set SAMGRAF_DEBUG=1 to see where, and please report it."
        )
        return BUG
    return code


def _told(error: SamgrafError) -> int:
    """Tell what is wrong, every problem of it, and give the exit code."""
    from samgraf.cli.output import note

    if isinstance(error, DataError):
        for problem in error.problems:
            note(str(problem))
    note(f"samgraf: {error}")
    if isinstance(error.__cause__, OSError):
        _forget_output()
    return error.exit_code


def _open_streams() -> None:
    """Give closed streams something to stand on, in order, so that no file that is opened later takes their place.

    From a closed input nothing comes; what is written to a closed output is an error; what would be told is lost.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _in_utf8(argument: str) -> str:
    """Read an argument as UTF-8 where a locale without Danish letters has read it as something else."""
    if argument.isascii() or not any("\udc80" <= c <= "\udcff" for c in argument):
        return argument
    return os.fsencode(argument).decode("utf-8", "surrogateescape")


def _forget_output() -> None:
    """Let what could not be written be forgotten, so that the interpreter does not complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _click(arguments: list[str]) -> int:
    import click

    from samgraf.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # click prints through these
    try:
        result = app.main(args=arguments, prog_name="samgraf", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except SystemExit as error:  # click ends with 1 when whoever reads its output has read enough
        raise BrokenPipeError from error
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return result if isinstance(result, int) else 0
