"""A drafter from outside gets in only what can be proved; the example adapter works against a stand-in on this machine."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

TEXT = "Notat om havnen\n\nSkive Kommune og Struer Kommune er med i Havnesamarbejdet, som\nAnna Bech leder.\n"
GOOD = {
    "subject": {"name": "Skive Kommune", "type": "Municipality"},
    "predicate": "participatesIn",
    "object": {"name": "Havnesamarbejdet", "type": "Initiative"},
    "quote": "Skive Kommune og Struer Kommune er med i Havnesamarbejdet",
    "confidence": 0.8,
}
OVER_LINES = {
    **GOOD,
    "subject": {"name": "Anna Bech", "type": "Person"},
    "quote": "Havnesamarbejdet, som Anna Bech leder",
}
BAD = {
    "a quote that is not in the text": {**GOOD, "quote": "Thisted Kommune er med"},
    "unknown relation": {**GOOD, "predicate": "sings"},
    "unknown class": {**GOOD, "subject": {"name": "Skive", "type": "Town"}},
    "a relation between things that it does not link": {**GOOD, "subject": {"name": "Unge", "type": "TargetGroup"}},
    "not as a claim is written": {"subject": "Skive"},
}


def drafter(folder: Path, claims: object) -> str:
    path = folder / "drafter.py"
    path.write_text(
        f"import json, sys\nassert 'text' in json.load(sys.stdin)\nprint(json.dumps({{'claims': {claims!r}}}))\n",
        encoding="utf-8",
    )
    return f"{sys.executable} {path}"


def test_only_what_can_be_proved_is_drafted(own: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "notat.txt").write_text(TEXT, encoding="utf-8")
    command = drafter(tmp_path, [GOOD, OVER_LINES, *BAD.values()])
    done = run("add", str(tmp_path / "notat.txt"), "--drafter", command, "--workspace", str(own))
    assert done.code == 0, done
    for reason in BAD:
        assert f"1 claims of the drafter dropped: {reason}" in done.stdout
    assert run("review", "notat", "--accept", "all", "--workspace", str(own)).code == 0
    checked = run("check", "--no-shapes", "--workspace", str(own), "--documents", str(own / "texts"))
    assert checked.code == 0, checked
    claims = run("claims", "--document", "notat", "--format", "jsonl", "--workspace", str(own)).stdout.splitlines()
    assert sorted(json.loads(c)["subject"]["label"] for c in claims if not json.loads(c)["derived"]) == [
        "Anna Bech",
        "Skive Kommune",
    ]


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("there-is-no-such-command-here", 2, "there is no command"),
        (f"{sys.executable} -c 'print(1)'", 4, "wrote no JSON"),
        (f"{sys.executable} -c 'raise SystemExit(3)'", 4, "failed on notat (exit 3)"),
    ],
)
def test_a_drafter_that_fails_is_told(own: Path, tmp_path: Path, run: Run, command: str, code: int, said: str) -> None:
    (tmp_path / "notat.txt").write_text(TEXT, encoding="utf-8")
    done = run("add", str(tmp_path / "notat.txt"), "--drafter", command, "--workspace", str(own))
    assert (done.code, said in done.stderr) == (code, True), done


class _StandIn(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert "participatesIn" in body["messages"][0]["content"]
        content = f"Here it is:\n```json\n{json.dumps({'claims': [GOOD]})}\n```"
        reply = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _StandIn)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/chat/completions"
    server.shutdown()
    server.server_close()


def test_the_example_asks_an_endpoint(own: Path, tmp_path: Path, run: Run, endpoint: str) -> None:
    (tmp_path / "notat.txt").write_text(TEXT, encoding="utf-8")
    command = f"{sys.executable} {ROOT / 'docs' / 'examples' / 'drafter.py'}"
    done = run(
        "add", str(tmp_path / "notat.txt"), "--drafter", command, "--workspace", str(own), env={"DRAFTER_URL": endpoint}
    )
    assert done.code == 0, done
    assert "Skive Kommune" in (own / "drafts" / "notat.yaml").read_text(encoding="utf-8")
    without = run("add", str(tmp_path / "notat.txt"), "--id", "to", "--drafter", command, "--workspace", str(own))
    assert without.code in (0, 4)
