"""The lock file: what the tests install is what pyproject.toml allows, and names all of it."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKED = {
    canonicalize_name(name): version
    for name, _, version in (line.partition("==") for line in (ROOT / "requirements-dev.lock").read_text().splitlines())
    if not name.startswith("#")
}


@pytest.mark.parametrize("wanted", [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]])
def test_the_lock_file_names_a_release_that_is_allowed(wanted: str):
    requirement = Requirement(wanted)
    version = LOCKED.get(canonicalize_name(requirement.name))
    assert version, f"run 'make lock': {requirement.name} is not in requirements-dev.lock"
    assert requirement.specifier.contains(version), f"run 'make lock': {requirement.name} is locked at {version}"


@pytest.mark.parametrize("wanted", PROJECT["project"]["dependencies"])
def test_each_dependency_has_a_lowest_release(wanted: str):
    assert [s.operator for s in Requirement(wanted).specifier] == [">="]
