"""Write docs/cli.md, docs/queries.md, ontology/context.jsonld and the outputs in README.md from the program itself: make docs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys

import click

from samgraf import disk, library
from samgraf.cli.app import COMMANDS, app
from samgraf.publish.exports.context import context_text

HERE = os.path.dirname(os.path.abspath(__file__))
NOTE = "<!-- Written by `make docs`. Do not edit by hand. -->\n"
WIDTH = 88


def cli() -> str:
    """The reference of the command line: every command's help as the terminal shows it."""
    parts = [
        "# The command line\n",
        NOTE,
        "Data goes to stdout, all else to stderr. Exit codes: 0 answered or valid, 1 no answer, 2 bad usage, 3 data invalid,",
        "4 store or document not reachable, 70 a bug.\n",
        *(f"- [`samgraf {name}`](#samgraf-{name}): {text}" for name, text in COMMANDS.items()),
        "\n## Settings from the environment\n",
        "| variable | meaning |",
        "| --- | --- |",
        "| `SAMGRAF_WORKSPACE` | the workspace's folder, where `--workspace` names none |",
        "| `SAMGRAF_DOCUMENTS` | the folder of the source documents, where `--documents` names none |",
        "| `SAMGRAF_CACHE` | where snapshots are kept; otherwise `$XDG_CACHE_HOME/samgraf` or `~/.cache/samgraf` |",
        "| `SAMGRAF_DEBUG` | show where a bug is |",
        "| `NO_COLOR` | no colour on a terminal |\n",
    ]
    root = click.Context(app, info_name="samgraf")
    for name in COMMANDS:
        command = app.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root, terminal_width=WIDTH, max_content_width=WIDTH)
        help_text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts += [f"## samgraf {name}\n", f"```text\n{help_text}\n```\n"]
    return "\n".join(parts)


def named_queries() -> str:
    """The named queries, each with what it answers, takes and gives."""
    parts = [
        "# The named queries\n",
        NOTE,
        "Each is a file in `queries/`; run one with `samgraf query NAME -p parameter=value`.\n",
    ]
    for query in sorted(library.queries(None), key=lambda q: q.name):
        parts += [f"## {query.name}\n", f"**{query.title['en']}** ({query.title['da']}). {query.description['en']}\n"]
        if query.parameters:
            parts += ["| parameter | type | | meaning |", "| --- | --- | --- | --- |"]
            parts += [
                f"| `{p.name}` | {p.type} | {'required' if p.required else ''} | {p.meaning} |"
                for p in query.parameters
            ]
            parts.append("")
        parts.append("Gives " + ", ".join(f"`{c.name}` ({c.meaning})" for c in query.columns) + ".\n")
        parts += [f"- *{text}*" for language in ("da", "en") for text in query.examples[language]]
        parts.append("")
    return "\n".join(parts)


_BLOCK = re.compile(r"(<!-- output: (\d+) lines -->\n```console\n\$ samgraf ([^\n]*)\n)(.*?)(```\n)", re.DOTALL)


def readme() -> str:
    """README.md with each command's output as it is now, cut after the number of lines that the block asks for."""
    with open(README, encoding="utf-8") as stream:
        return _BLOCK.sub(_with_output, stream.read())


def _with_output(match: re.Match[str]) -> str:
    words = [sys.executable, "-m", "samgraf", *shlex.split(match[3])]
    plain = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "SAMGRAF_WORKSPACE", "SAMGRAF_DOCUMENTS"}}
    lines = subprocess.run(words, capture_output=True, check=True, env=plain).stdout.decode().rstrip("\n").split("\n")
    kept = [*lines[: int(match[2])], "…"] if len(lines) > int(match[2]) else lines
    return match[1] + "\n".join(kept) + "\n" + match[5]


README = os.path.join(os.path.dirname(HERE), "README.md")
CONTEXT = os.path.join(os.path.dirname(HERE), "ontology", "context.jsonld")
PAGES = {
    os.path.join(HERE, "cli.md"): cli,
    os.path.join(HERE, "queries.md"): named_queries,
    README: readme,
    CONTEXT: context_text,
}

if __name__ == "__main__":
    for page, make in PAGES.items():
        disk.write_whole(page, make())
