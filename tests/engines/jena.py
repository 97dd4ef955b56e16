"""Apache Jena behind HTTP: python jena.py PORT [union]. Needs Debian's libapache-jena-java and a JRE; Debian has no Fuseki.

The SPARQL 1.1 Protocol at ``/query`` and ``/update``, the Graph Store Protocol at ``/store``. As Jena comes, the default graph
holds what has no graph, and a query may bring its own dataset (Protocol, 2.1.4); with ``union``, it is all the graphs merged.
"""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import jpype

SHELF = Path("/usr/share/java")
JARS = [
    *(f"jena-{part}" for part in ("arq", "core", "base", "iri")),
    *(f"commons-{part}" for part in ("codec", "compress", "csv", "io", "lang3")),
    *(f"jackson-{part}" for part in ("annotations", "core", "databind")),
    *"slf4j-api slf4j-nop dexx.collection gson guava httpclient httpcore jsonld-java protobuf thrift".split(),
    "titanium-json-ld",
]  # fmt: skip
Form = dict[str, list[str]]


def there() -> bool:
    """Tell whether Debian's Jena is installed."""
    return (SHELF / "jena-arq.jar").exists()


def version() -> str:
    """Give the version of Debian's Jena."""
    return next(SHELF.glob("jena-arq-*.jar")).stem.removeprefix("jena-arq-")


def mended(folder: Path) -> Path:
    """Put the texts of Xerces where its classes look: Debian's jar has moved the classes and not the texts."""
    moved = "org/apache/jena/ext/xerces/"
    with ZipFile(SHELF / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(moved) and name.endswith(".properties"):
                place = folder / "xerces" / name.removeprefix(moved)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(jar.read(name))
    return folder


class Jena:
    """A dataset in memory, and the requests that it takes."""

    def __init__(self, texts: Path, *, union: bool) -> None:
        jars = [str(texts), *(str(SHELF / f"{name}.jar") for name in JARS)]
        jpype.startJVM("-Xmx1g", "-XX:+UseSerialGC", "-Xshare:auto", classpath=jars)
        jpype.JClass("org.apache.jena.sys.JenaSystem").init()
        for kind in (
            "query.QueryFactory query.QueryExecutionFactory query.DatasetFactory query.ReadWrite query.ResultSetFormatter"
            " riot.RDFDataMgr riot.Lang sparql.core.DatasetGraphFactory sparql.core.DynamicDatasets"
            " sparql.graph.GraphFactory update.UpdateAction graph.NodeFactory"
        ).split():
            setattr(self, kind.rpartition(".")[2], jpype.JClass(f"org.apache.jena.{kind}"))
        self.input = jpype.JClass("java.io.ByteArrayInputStream")
        self.output = jpype.JClass("java.io.ByteArrayOutputStream")
        self.held = self.DatasetGraphFactory.createTxnMem()
        self.union = union

    def answer(self, method: str, path: str, form: Form, body: bytes) -> tuple[int, bytes]:
        """Do what is asked, in a transaction."""
        writes = path == "/update" or (path == "/store" and method != "GET")
        self.held.begin(self.ReadWrite.WRITE if writes else self.ReadWrite.READ)
        try:
            done = self._done(method, path, form, body)
            self.held.commit()
        except jpype.JException as error:
            self.held.abort()
            name = str(error.getClass().getName())
            return (400 if "QueryParse" in name or name.endswith("QueryException") else 500), str(error).encode()
        finally:
            self.held.end()
        return done

    def _done(self, method: str, path: str, form: Form, body: bytes) -> tuple[int, bytes]:
        if path == "/query":
            return 200, self._query(form)
        if path == "/update":
            self.UpdateAction.parseExecute((form.get("update") or [body.decode()])[0], self.held)
            return 204, b""
        if "graph" not in form:
            self.RDFDataMgr.read(self.held, self.input(body), self.Lang.NQUADS)
            return 204, b""
        name = self.NodeFactory.createURI(form["graph"][0])
        if method == "GET":
            if not self.held.containsGraph(name):
                return 404, b""
            return 200, self._written(self.RDFDataMgr.write, self.held.getGraph(name), self.Lang.NTRIPLES)
        self.held.removeGraph(name)
        if method == "PUT":
            graph = self.GraphFactory.createDefaultGraph()
            self.RDFDataMgr.read(graph, self.input(body), self.Lang.NTRIPLES)
            self.held.addGraph(name, graph)
        return 204, b""

    def _query(self, form: Form) -> bytes:
        query = self.QueryFactory.create(form["query"][0])
        run = self.QueryExecutionFactory.create(query, self.DatasetFactory.wrap(self._shown(form)))
        try:
            if query.isSelectType():
                return self._written(self.ResultSetFormatter.outputAsJSON, run.execSelect())
            if query.isAskType():
                return self._written(self.ResultSetFormatter.outputAsJSON, run.execAsk())
            model = run.execConstruct() if query.isConstructType() else run.execDescribe()
            return self._written(self.RDFDataMgr.write, model, self.Lang.NTRIPLES)
        finally:
            run.close()

    def _shown(self, form: Form) -> Any:
        merged, named = (
            jpype.java.util.ArrayList([self.NodeFactory.createURI(iri) for iri in form.get(f"{kind}-graph-uri", [])])
            for kind in ("default", "named")
        )
        if merged or named:
            return self.DynamicDatasets.dynamicDataset(merged, named, self.held, False)
        if not self.union:
            return self.held
        shown = self.DatasetGraphFactory.create(self.held.getUnionGraph())
        for name in list(self.held.listGraphNodes()):
            shown.addGraph(name, self.held.getGraph(name))
        return shown

    def _written(self, write: Any, *what: Any) -> bytes:
        out = self.output()
        write(out, *what)
        return bytes(out.toByteArray())


class Handler(BaseHTTPRequestHandler):
    """Requests as HTTP brings them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    jena: Jena

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        form = parse_qs(parts.query)
        if (self.headers.get("Content-Type") or "").startswith("application/x-www-form-urlencoded"):
            form |= parse_qs(body.decode())
        status, data = self.jena.answer(self.command, parts.path, form, body)
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_DELETE = do_POST

    def log_message(self, *_: object) -> None: ...


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        Handler.jena = Jena(mended(Path(folder)), union="union" in sys.argv)
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    print("Listening", flush=True)
    server.serve_forever()
