"""Strangers on the wire: requests that cannot be told apart, pages of other sites, clients that leave, edits, signals."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from samgraf.errors import UsageError
from samgraf.server import Server, make_server
from samgraf.server.protocol import Protocol
from tests.conftest import COMMAND, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ASK = "/sparql?query=" + quote("ASK {}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("trouble") / "søby"
    shutil.copytree(SMALL, place)
    return place


@pytest.fixture(scope="module")
def server(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    patch = pytest.MonkeyPatch()
    patch.setenv("SAMGRAF_CACHE", str(tmp_path_factory.mktemp("trouble-cache")))
    patch.setattr(Protocol, "seconds", 2.0)
    found = make_server(port=0, workspace=str(folder), seconds=20, origins=("https://friend.example",))
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found
    found.shutdown()
    found.server_close()
    patch.undo()


def raw(server: Server, data: bytes, *, half: bool = False, seconds: float = 20) -> bytes:
    """Send bytes and give all that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=seconds) as connection:
        connection.sendall(data)
        if half:
            connection.shutdown(socket.SHUT_WR)
        found = b""
        while piece := connection.recv(65_536):
            found += piece
        return found


def get(server: Server, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
    method = headers.pop("method", "GET")
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, reply.headers, body


HEAD = b"Host: localhost\r\nContent-Type: application/sparql-query\r\n"


@pytest.mark.parametrize(
    "data",
    [
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 6\r\nContent-Length: 7\r\n\r\nASK {}",
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 6\r\nContent-Length: 6\r\n\r\nASK {}",
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 6, 6\r\n\r\nASK {}",
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 6\r\n , 6\r\n\r\nASK {}",
        b"POST /sparql HTTP/1.1\n" + HEAD + b"Content-Length: 6\nContent-Length: 6\n\nASK {}",
        b"POST /sparql HTTP/1.0\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: -6\r\n\r\nASK {}",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Site: none\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX : y\r\n\r\n",
    ],
)
def test_a_request_that_cannot_be_told_apart_is_refused_and_the_connection_closed(server: Server, data: bytes) -> None:
    reply = raw(server, data)
    assert reply.startswith(b"HTTP/1.1 400 ")
    assert reply.count(b"HTTP/1.1") == 1


def test_a_second_request_is_held_to_the_same(server: Server) -> None:
    good = b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 6\r\n\r\nASK {}"
    bad = good.replace(b"Content-Length: 6\r\n", b"Content-Length: 6\r\n" * 2)
    reply = raw(server, good + bad + good)
    assert [reply.count(b"HTTP/1.1 200 "), reply.count(b"HTTP/1.1 400 "), reply.count(b"HTTP/1.1")] == [1, 1, 2]


def test_a_body_that_breaks_off_is_no_query(server: Server) -> None:
    data = b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 60\r\n\r\nASK {}"
    assert raw(server, data, half=True).startswith(b"HTTP/1.1 400 ")


def test_the_body_of_a_get_is_not_the_next_request(server: Server) -> None:
    hidden = b"GET /id/ida-strand HTTP/1.1\r\nHost: localhost\r\n\r\n"
    data = b"GET /queries HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s" % (len(hidden), hidden)
    last = b"GET /style.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert raw(server, data + last).count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize(
    "data", [b"", b"GET / HT", b"POST /sparql HTTP/1.1\r\n" + HEAD + b"Content-Length: 60\r\n\r\nASK"]
)
def test_a_request_has_a_deadline(server: Server, data: bytes) -> None:
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=20) as connection:
        connection.sendall(data)
        while time.monotonic() - begin < 15:
            try:
                connection.settimeout(0.5)
                if not connection.recv(100):
                    break
            except TimeoutError:
                if data:
                    try:
                        connection.sendall(b"x")  # a byte now and then does not put it off
                    except OSError:
                        break
            except OSError:
                break
    assert time.monotonic() - begin < 8


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://friend.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 200),
    ],
)
def test_pages_of_other_sites_are_refused(server: Server, headers: dict[str, str], status: int) -> None:
    found, told, _ = get(server, ASK, **headers)
    assert found == status
    friend = headers.get("Origin") == "https://friend.example"
    assert told.get("Access-Control-Allow-Origin") == ("https://friend.example" if friend else None)


def test_a_friend_may_ask_first(server: Server) -> None:
    asked = {"Origin": "https://friend.example", "Access-Control-Request-Method": "POST"}
    status, told, _ = get(server, "/sparql", method="OPTIONS", **asked)
    assert status == 204
    assert "POST" in told["Access-Control-Allow-Methods"]


def test_a_client_that_leaves_takes_its_query_with_it(server: Server) -> None:
    workers = server._current._site.workers
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
    connection.request("GET", "/sparql?query=" + quote(ENDLESS + "# leaves"))
    deadline = time.monotonic() + 20
    while workers._heavy._value == 2:
        assert time.monotonic() < deadline, "it has not become heavy"
        time.sleep(0.1)
    connection.close()
    deadline = time.monotonic() + 5
    while workers._heavy._value < 2:
        assert time.monotonic() < deadline, "its place is still taken"
        time.sleep(0.1)


def test_small_queries_are_answered_beside_heavy_ones(server: Server) -> None:
    hostile = []
    for number in range(8):
        connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=60)
        connection.request("GET", "/sparql?query=" + quote(f"{ENDLESS} #{number}"))
        hostile.append(connection)
    time.sleep(2)
    for _ in range(20):
        begin = time.monotonic()
        assert get(server, ASK)[0] == 200
        assert time.monotonic() - begin < 30  # the heavy ones take longer than any test
    for connection in hostile:
        connection.close()


def test_answers_name_their_snapshot_and_follow_an_edit(server: Server, folder: Path) -> None:
    path = folder / "data/entities/actors.yaml"
    query = "/sparql?query=" + quote("SELECT ?l { id:ida-strand rdfs:label ?l FILTER(LANG(?l) = 'da') }")
    _, told, body = get(server, query)
    before = told["ETag"]
    assert b"Ida Strand" in body
    assert get(server, query, If_None_Match=before)[0] == 304
    path.write_text(path.read_text(encoding="utf-8").replace("label: Ida Strand", "label: Ida Bakke"), encoding="utf-8")
    deadline = time.monotonic() + 60
    while (found := get(server, query))[1]["ETag"] == before:
        assert b"Ida Strand" in found[2]
        assert time.monotonic() < deadline
        time.sleep(0.3)
    assert b"Ida Bakke" in found[2]
    for page in ("/id/ida-strand.html", "/id/ida-strand.ttl", "/ask?q=" + quote("Hvem er Ida Bakke?")):
        _, told, body = get(server, page)
        assert told["ETag"].split("-")[0] == found[1]["ETag"].split("-")[0]
        assert b"Ida Bakke" in body
    good = path.read_text(encoding="utf-8")
    path.write_text("x: [", encoding="utf-8")
    for _ in range(4):
        time.sleep(1.1)
        assert b"Ida Bakke" in get(server, query)[2]
    path.write_text(good, encoding="utf-8")
    assert b"Ida Bakke" in get(server, query)[2]


@pytest.mark.parametrize("host", ["", " "])
def test_an_address_must_be_named(host: str) -> None:
    with pytest.raises(UsageError, match="name the address"):
        make_server(host=host, port=0)


def test_the_sixth_protocol_too(folder: Path, cache: Path) -> None:
    server = make_server(host="::1", port=0, workspace=str(folder))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    assert server.url.startswith("http://[::1]:")
    connection = http.client.HTTPConnection("::1", server.server_address[1], timeout=30)
    connection.request("GET", ASK)
    assert json.loads(connection.getresponse().read())["boolean"] is True
    connection.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it(folder: Path, shared_cache: Path, number: int) -> None:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--host", "127.0.0.1", "--workspace", str(folder), "--timeout", "3"],
        env={**os.environ, "SAMGRAF_CACHE": str(shared_cache)},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        port = re.search(r":(\d+)/", process.stderr.readline())
        assert port
        connection = http.client.HTTPConnection("127.0.0.1", int(port[1]), timeout=30)
        connection.request("GET", "/sparql?query=" + quote(ENDLESS))
        time.sleep(1)
        begin = time.monotonic()
        process.send_signal(number)
        assert connection.getresponse().status == 503  # one who waits is told, by the end of the time or at once
        connection.close()
        assert process.wait(10) == 0
        assert number != signal.SIGINT or time.monotonic() - begin < 2
        assert "Traceback" not in process.stderr.read()
