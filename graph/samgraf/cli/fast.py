"""The fast path: commands that are called plainly are parsed by a table, without importing click."""

from __future__ import annotations

import gc
from typing import NamedTuple


class FastCommand(NamedTuple):
    """A command's interface: options that take a value, flags, how many words it takes, and allowed values."""

    values: dict[str, str]
    flags: dict[str, str]
    argument: str | None
    required: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]


_SHARED = {"--format": "format_", "--lang": "lang", "--as-of": "as_of", "--workspace": "workspace", "--store": "store"}
_RARELY = 50_000
"""How many objects are made between two searches for circles among them: one answer is over before there is anything to find."""
_CHOICES: dict[str, tuple[str, ...]] = {"format_": ("table", "json", "csv")}

_FLAGS = {"--show-sparql": "show_sparql", "--explain": "explain"}

COMMANDS = {
    "ask": FastCommand(_SHARED, _FLAGS, "question", ("question",), _CHOICES),
    **{
        name: FastCommand({**_SHARED, "--involving": "involving"}, _FLAGS, None, ("involving",), _CHOICES)
        for name in ("initiatives", "meetings")
    },
    "collaborators": FastCommand(_SHARED, _FLAGS, "involving", ("involving",), _CHOICES),
}


def parse(command: FastCommand, arguments: list[str]) -> dict[str, str | bool | None] | None:
    """Read a plain call; None when anything about it is not plain, so that click may explain."""
    found: dict[str, str | bool | None] = dict.fromkeys(command.values.values())
    found.update(dict.fromkeys(command.flags.values(), False))
    found["format_"] = "table"
    waiting = iter(arguments)
    for word in waiting:
        name, equals, value = word.partition("=")
        if word in command.flags:
            found[command.flags[word]] = True
        elif name in command.values:
            given = value if equals else next(waiting, None)
            if given is None or (not equals and given.startswith("-")):
                return None
            found[command.values[name]] = given
        elif word.startswith("-") or command.argument is None or command.argument in found:
            return None
        else:
            found[command.argument] = word
    for name in command.required:
        if not found.get(name):
            return None
    for name, allowed in command.choices.items():
        if found[name] is not None and found[name] not in allowed:
            return None
    if found["lang"] is not None:
        from samgraf.language.messages import languages

        if found["lang"] not in languages():
            return None
    return None if found["as_of"] is not None and not _is_day(str(found["as_of"])) else found


def _is_day(text: str) -> bool:
    """Tell whether the text is a full ISO day; anything less full needs the date parser."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def fast_call(arguments: list[str]) -> int | None:
    """Run a plain call of a fast command and give its exit code; None when click is to have it."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        return None
    found = parse(command, arguments[1:])
    if found is None:
        return None
    gc.set_threshold(_RARELY)
    return run_command(arguments[0], found)


def run_command(name: str, found: dict[str, str | bool | None]) -> int:
    """Run one of these commands with what was read of its call, and give its exit code."""
    if name == "ask":
        from samgraf.cli.answering import answer_command

        return answer_command(found)
    from samgraf.cli.involving import involving_command

    return involving_command(name, found)
