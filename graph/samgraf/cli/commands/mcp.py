"""``samgraf mcp``: the graph for clients of the Model Context Protocol, over stdin and stdout."""

from __future__ import annotations

import click

from samgraf.cli.options import documents_option, store_option, workspace_option


@click.command("mcp")
@documents_option
@workspace_option
@store_option
def command(documents: str | None, workspace: str | None, store: str | None) -> int:
    """Serve the graph to clients of the Model Context Protocol, over stdin and stdout. It only reads.

    They get search, ask, show, collaborators, path, timeline, query and passage; every line ends with its modality and its
    sources. A client starts the command itself; what it is to be told:

    \b
      {"mcpServers": {"samgraf": {"command": "samgraf", "args": ["mcp"]}}}

    It needs the extra: pip install 'samgraf[mcp]'
    """
    from importlib.util import find_spec

    from samgraf import api, resources
    from samgraf.errors import UsageError

    if find_spec("mcp") is None:
        msg = "samgraf mcp needs the MCP SDK; install it with: pip install 'samgraf[mcp]'"
        raise UsageError(msg)
    from samgraf.server.assistants import assistant_server

    texts = resources.documents_folder(documents, workspace)
    assistant_server(api.open(workspace, store), texts).run("stdio")
    return 0
