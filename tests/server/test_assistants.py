"""The tools for assistants, called by the SDK's own client: what is said is said with its modality and its source."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.types import TextContent

import samgraf
from samgraf.cli.commands import mcp as mcp_command
from samgraf.errors import UsageError
from samgraf.server.assistants import assistant_server

if TYPE_CHECKING:
    from pathlib import Path

TOOLS = ["ask", "collaborators", "passage", "path", "query", "search", "show", "timeline"]
SOURCE = "status-rammeaftale-2021-22"


def finished(work: Coroutine[Any, Any, Any]) -> Any:
    """Run in a thread of its own: the browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture(scope="module")
def graph(shared_cache: Path) -> samgraf.Graph:
    before = os.environ.get("SAMGRAF_CACHE")
    os.environ["SAMGRAF_CACHE"] = str(shared_cache)
    try:
        return samgraf.open()
    finally:
        if before is None:
            del os.environ["SAMGRAF_CACHE"]
        else:
            os.environ["SAMGRAF_CACHE"] = before


def call(graph: samgraf.Graph, tool: str, /, documents: str | None = None, **arguments: Any) -> tuple[str, bool]:
    """Call a tool in process; give its text, and whether it was refused."""

    async def called() -> tuple[str, bool]:
        async with Client(assistant_server(graph, documents)) as client:
            result = await client.call_tool(tool, arguments)
            assert all(isinstance(part, TextContent) for part in result.content)
            return "\n".join(part.text for part in result.content if isinstance(part, TextContent)), bool(
                result.is_error
            )

    return finished(called())


def test_the_tools_are_there_and_only_read(graph: samgraf.Graph) -> None:
    async def listed() -> dict[str, Any]:
        async with Client(assistant_server(graph)) as client:
            return {tool.name: tool for tool in (await client.list_tools()).tools}

    tools = finished(listed())
    assert sorted(tools) == TOOLS
    assert all(tool.annotations.read_only_hint and tool.description for tool in tools.values())


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("search", {"words": "Midtklyngen", "lang": "en"}, "midtklyngen"),
        ("ask", {"question": "Hvilke kommuner er med i Midtklyngen?"}, "Viborg Kommune"),
        ("show", {"name": "Midtklyngen", "lang": "en"}, "Viborg Municipality"),
        ("collaborators", {"name": "Viborg", "lang": "en"}, "Skanderborg Municipality"),
        ("path", {"a": "Skanderborg", "b": "Socialstyrelsen"}, "Skanderborg Kommune"),
        ("timeline", {"name": "DASSOS"}, "2018"),
        ("query", {"query": "initiatives-of-actor", "parameters": {"actor": "Viborg"}}, "claim/"),
        ("query", {"query": "SELECT ?claim { ?claim rdf:object id:midtklyngen }"}, "Midtklyngen"),
        ("passage", {"document": SOURCE, "first_line": 106}, "Midtklyngen"),
    ],
)
def test_each_tool_says_where_it_stands(graph: samgraf.Graph, tool: str, arguments: dict[str, Any], said: str) -> None:
    """Every line that says something of the world ends with its modality and the place where it stands."""
    text, refused = call(graph, tool, **arguments)
    assert not refused, text
    assert said in text
    lines = [line for line in text.split("\n") if line.startswith("- ")]
    assert lines
    modalities = ("oplyst", "foreslået", "forventet", "stated", "proposed", "expected")
    for line in lines:
        inside = line.rpartition(" [")[2]
        assert line.endswith("]"), line
        assert tool == "search" or any(modality in inside for modality in modalities), line
    assert sum("-20" in line.rpartition(" [")[2] for line in lines) > len(lines) / 2, text  # ids of documents


def test_what_is_proposed_is_said_so(graph: samgraf.Graph) -> None:
    """No tool tells a proposal as a fact."""
    proposed = next(c for c in graph.claims(derived=False, lang="en") if c["modality"] == "proposed" and c["evidence"])
    name, place = proposed["subject"]["label"], proposed["evidence"][0]
    for tool, arguments in (
        ("show", {"name": name}),
        ("passage", {"document": place["document"], "first_line": place["lines"][0]}),
    ):
        text, _ = call(graph, tool, lang="en", **arguments)
        line = next(line for line in text.split("\n") if line.startswith(f"- {proposed['sentence']}"))
        assert "[proposed" in line


def test_a_passage_gives_the_text_where_it_is_at_hand(graph: samgraf.Graph, tmp_path: Path) -> None:
    (tmp_path / f"{SOURCE}.txt").write_text("\n".join(f"line {n}" for n in range(1, 200)), encoding="utf-8")
    text, _ = call(graph, "passage", str(tmp_path), document=SOURCE, first_line=106, last_line=107)
    assert text.startswith("line 106\nline 107\n- ")


@pytest.mark.parametrize(
    ("tool", "arguments", "why"),
    [
        ("show", {"name": "Viborgg"}, "Viborg"),
        ("query", {"query": "no-such-query"}, "no-such-query"),
        ("query", {"query": "DELETE WHERE { ?s ?p ?o }"}, ""),
        ("passage", {"document": "no-such-document", "first_line": 1}, "no-such-document"),
        ("show", {"name": "Viborg", "lang": "xx"}, "xx"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    graph: samgraf.Graph, tool: str, arguments: dict[str, Any], why: str
) -> None:
    text, refused = call(graph, tool, **arguments)
    assert refused
    assert why in text
    assert "Traceback" not in text


def test_the_command_speaks_over_stdio(shared_cache: Path) -> None:
    """The program itself, started by the client as an assistant starts it."""
    environment = {**os.environ, "SAMGRAF_CACHE": str(shared_cache)}
    started = StdioServerParameters(command=sys.executable, args=["-m", "samgraf", "mcp"], env=environment)

    async def called() -> tuple[list[str], str]:
        from mcp import stdio_client

        async with Client(stdio_client(started)) as client:
            names = sorted(tool.name for tool in (await client.list_tools()).tools)
            result = await client.call_tool("show", {"name": "Midtklyngen"})
            return names, "".join(part.text for part in result.content if isinstance(part, TextContent))

    names, text = finished(asyncio.wait_for(called(), 90))
    assert names == TOOLS
    assert "Viborg Kommune" in text


def test_without_the_extra_a_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    callback = mcp_command.command.callback
    assert callback is not None
    with pytest.raises(UsageError, match=r"pip install 'samgraf\[mcp\]'"):
        callback(documents=None, workspace=None, store=None)
