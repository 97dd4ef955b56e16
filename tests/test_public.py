"""The public surface: what it names, what it raises, and examples that run."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import samgraf
from samgraf import errors
from samgraf.errors import SamgrafError


def test_the_public_surface() -> None:
    assert samgraf.__all__ == ["Graph", "SamgrafError", "__version__", "open"]
    for name in samgraf.__all__:
        assert getattr(samgraf, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        samgraf.nonsense  # noqa: B018


def test_every_error_has_its_exit_code_and_one_base() -> None:
    kinds = [k for _, k in inspect.getmembers(errors, inspect.isclass) if issubclass(k, Exception)]
    assert len(kinds) >= 8
    assert {k.__name__: k.exit_code for k in kinds if k is not SamgrafError} == {
        "UsageError": 2, "UnknownNameError": 2, "QueryError": 2, "UpdateRefusedError": 2, "DataError": 3, "UnreachableError": 4, "StoreError": 4, "LimitError": 4, "OutOfMemoryError": 4,
    }  # fmt: skip
    assert all(issubclass(k, SamgrafError) for k in kinds)
    for kind in kinds:
        assert kind.__name__ in (errors.__doc__ or ""), "the tree at the top of the module shows every class"


CALLS = [
    lambda: samgraf.open("/nowhere"),
    lambda: samgraf.open(store="nonsense"),
    lambda: samgraf.open(store="http://127.0.0.1:9/").entities(),
    lambda: samgraf.open(store="http://127.0.0.1:9/").claims(),
    lambda: samgraf.open(store="http://127.0.0.1:9/").store,
    lambda: samgraf.open(store="http://127.0.0.1:9/").dataset(),
    lambda: samgraf.open(store="http://127.0.0.1:9/").network(),
    lambda: samgraf.open().find("zzzzzzz"),
    lambda: samgraf.open().find(""),
    lambda: samgraf.open().find("\x00"),
    lambda: samgraf.open().find("'\"\\*()"),
    lambda: samgraf.open().query("nonsense"),
    lambda: samgraf.open().query("SELECT WHERE {"),
    lambda: samgraf.open().query("INSERT DATA { <urn:a> <urn:b> <urn:c> }"),
    lambda: samgraf.open().query("initiatives-of-actor"),
    lambda: samgraf.open().query("initiatives-of-actor", actor="zzzzzzz"),
    lambda: samgraf.open().query("initiatives-of-actor", actor="Viborg", asOf="soon"),
    lambda: samgraf.open().query("initiatives-of-actor", actor="Viborg", nonsense="1"),
    lambda: samgraf.open().query("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
    lambda: samgraf.open().query("SELECT * WHERE { SERVICE <file:///etc/passwd> { ?s ?p ?o } }"),
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=range(len(CALLS)))
def test_no_error_of_a_dependency_slips_through(call) -> None:
    with pytest.raises(SamgrafError) as caught:
        call()
    assert str(caught.value)


def modules() -> list[str]:
    found = pkgutil.walk_packages(samgraf.__path__, "samgraf.")
    return [m.name for m in found if not m.name.endswith("__main__") and "_resources" not in m.name]


@pytest.mark.parametrize("name", modules())
def test_every_example_in_a_docstring_is_right(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", modules())
def test_library_code_neither_prints_nor_exits(name: str) -> None:
    if name.startswith("samgraf.cli"):
        return
    module = importlib.import_module(name)
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in {
                "print",
                "sys.exit",
                "exit",
                "quit",
                "os._exit",
                "sys.stdout.write",
                "sys.stderr.write",
            }, f"line {node.lineno}"


@pytest.mark.parametrize("name", modules())
def test_no_artefact_is_stamped_with_the_time(name: str) -> None:
    """The same input gives the same bytes at any hour: no module asks for the time, but for a build's age and the day of a state."""
    module = importlib.import_module(name)
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    asked = [
        c
        for c in (
            "datetime.now",
            "date.today",
            "utcnow",
            "time.time()",
            "uuid",
            "random.random(",
            "random.shuffle(",
            "random.choice(",
        )
        if c in source
    ]
    meant = {"samgraf.store.snapshot": ["time.time()"], "samgraf.views.asking": ["date.today"]}
    assert asked in ([], meant.get(name, []))


def test_one_version_number(root: Path) -> None:
    import tomllib

    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert f"## [{samgraf.__version__}]" in (root / "CHANGELOG.md").read_text(
        encoding="utf-8"
    ) or "## [Unreleased]" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
