"""SPARQL engines of others, started for a test or a benchmark: each as its users would have it, empty, on this machine alone."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.engines import jena

if TYPE_CHECKING:
    from collections.abc import Iterator

WAITED = 90
OXIGRAPH = Path(sys.executable).parent / "oxigraph"
VIRTUOSO = shutil.which("virtuoso-t")
HERE = Path(__file__).parent
ROWS = "application/sparql-results+json"

_VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = .
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 60
"""


@dataclass
class Engine:
    """An engine that runs: the addresses of its queries, its updates and its graphs (None where it has no such thing)."""

    name: str
    version: str
    query: str
    update: str | None = None
    graphs: str | None = None
    sql: int | None = None  # Virtuoso's own port
    folder: Path | None = None

    def load(self, nquads: bytes) -> None:
        """Load what is not to be changed: by the engine's own way, quicker than a push."""
        if self.sql is not None and self.folder is not None:
            (self.folder / "load.nq").write_bytes(nquads)
            self.isql("DB.DBA.TTLP(file_to_string_output('load.nq'), '', 'urn:load', 512);")
            return
        assert self.graphs
        status, said = send("POST", self.graphs, nquads, {"Content-Type": "application/n-quads"})
        assert status == 204, said

    def isql(self, command: str) -> None:
        """Run a command in Virtuoso's shell, as its administrator."""
        words = ["isql-vt", f"127.0.0.1:{self.sql}", "dba", "dba", "ERRORS=STDOUT", f"EXEC={command}"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=WAITED, check=True)
        assert "*** Error" not in done.stdout, done.stdout


def send(method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Give status and body of what a server answers."""
    host, _, path = url.removeprefix("http://").partition("/")
    connection = HTTPConnection(host, timeout=WAITED)
    try:
        connection.request(method, f"/{path}", body, headers or {})
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def missing(kind: str) -> str | None:
    """Tell what has to be installed before an engine can be started, None when nothing has."""
    there = {"oxigraph": OXIGRAPH.exists(), "jena": jena.there() and shutil.which("java"), "virtuoso": VIRTUOSO}
    needed = {
        "oxigraph": "the package oxigraph (PyPI)",
        "jena": "libapache-jena-java and a JRE (Debian)",
        "virtuoso": "virtuoso-opensource-7-bin (Debian)",
    }
    name = kind.partition("-")[0]
    return None if there[name] else needed[name]


KINDS = ("oxigraph", "oxigraph-union", "jena", "jena-union", "virtuoso")
"""As they come, and, with ``-union``, with a default graph that is the union of the named graphs. Virtuoso's always is."""


@contextmanager
def running(kind: str) -> Iterator[Engine]:
    """Run an engine, empty, until the block ends."""
    name, _, union = kind.partition("-")
    start = {"oxigraph": _oxigraph, "jena": _jena, "virtuoso": _virtuoso}[name]
    with TemporaryDirectory() as folder:
        process, engine = start(Path(folder), bool(union))
        engine.name = kind
        try:
            deadline = time.monotonic() + WAITED
            while not _answers(engine.query):
                assert process.poll() is None, f"{kind} has ended"
                assert time.monotonic() < deadline, f"{kind} does not answer"
                time.sleep(0.1)
            yield engine
        finally:
            process.terminate()
            process.wait(WAITED)


def _answers(url: str) -> bool:
    form = urlencode({"query": "ASK { ?s ?p ?o }"}).encode()
    try:
        status, _ = send("POST", url, form, {"Content-Type": "application/x-www-form-urlencoded", "Accept": ROWS})
    except OSError:
        return False
    return status == 200


def _port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def _start(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(words, stdout=log, stderr=log, cwd=folder)


def _oxigraph(folder: Path, union: bool) -> tuple[subprocess.Popen[bytes], Engine]:
    port = _port()
    words = [str(OXIGRAPH), "serve", "--bind", f"127.0.0.1:{port}"]
    version = subprocess.run([str(OXIGRAPH), "--version"], capture_output=True, text=True, check=True).stdout
    url = f"http://127.0.0.1:{port}"
    engine = Engine("", version.split()[-1], f"{url}/query", f"{url}/update", f"{url}/store")
    return _start([*words, "--union-default-graph"] if union else words, folder), engine


def _jena(folder: Path, union: bool) -> tuple[subprocess.Popen[bytes], Engine]:
    port = _port()
    words = [sys.executable, str(HERE / "jena.py"), str(port)]
    url = f"http://127.0.0.1:{port}"
    engine = Engine("", jena.version(), f"{url}/query", f"{url}/update", f"{url}/store")
    return _start([*words, "union"] if union else words, folder), engine


def _virtuoso(folder: Path, union: bool) -> tuple[subprocess.Popen[bytes], Engine]:
    sql, http = _port(), _port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO_INI.format(sql=sql, http=http))
    assert VIRTUOSO
    said = subprocess.run([VIRTUOSO, "-?"], capture_output=True, text=True, check=False).stderr
    version = said.partition("Version ")[2].partition("-")[0]
    process = _start([VIRTUOSO, "-f", "+configfile", "virtuoso.ini"], folder)
    return process, Engine("", version, f"http://127.0.0.1:{http}/sparql", sql=sql, folder=folder)
