"""The OpenAPI document tells the truth: schemathesis asks what it describes, and holds every answer against it.

``SAMGRAF_EXAMPLES`` says how many requests an operation gets. A quick run takes some of the named queries, the checks take all.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

if TYPE_CHECKING:
    pass

QUICK = "SAMGRAF_EXAMPLES" not in os.environ
EXAMPLES = int(os.environ.get("SAMGRAF_EXAMPLES", "2"))
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture
def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def test_every_answer_is_as_described(address: str) -> None:
    told = schemathesis.openapi.from_url(f"{address}/openapi.json")
    asked = 0
    for number, found in enumerate(told.get_all_operations()):
        operation = found.ok()
        if QUICK and operation.path.startswith("/queries/") and number % 8:
            continue

        @settings(
            max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy())
        def hold(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(checks=CHECKS)

        hold()
    assert asked >= (30 if QUICK else 60)


def test_what_is_described_is_there(address: str) -> None:
    """Each named query with its parameters, each download, and where the server is."""

    def get(path: str) -> requests.Response:
        return requests.get(address + path, timeout=60)

    told = get("/openapi.json").json()
    assert told["servers"] == [{"url": address}]
    listed = get("/queries?format=json").json()
    assert listed
    for query in listed:
        given = told["paths"][f"/queries/{query['name']}"]["get"]["parameters"]
        assert {p["name"]: p["required"] for p in query["parameters"]}.items() <= {
            p["name"]: p["required"] for p in given
        }.items()
    reply = get("/.well-known/void").text
    assert f"{address}/openapi.json" in reply
    for path in told["paths"]:
        if "{" not in path and not path.startswith(("/queries/", "/ask")):
            assert get(path).status_code == 200, path
