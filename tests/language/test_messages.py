"""The languages' files: they say the same things, a third one is a file, and a broken one is told by file and line."""

from __future__ import annotations

import os
import string
from pathlib import Path

import pytest

from samgraf import resources
from samgraf.errors import DataError, UsageError
from samgraf.language.messages import language_of, languages, messages, read_language

FOLDER = os.path.join(resources.root(), "ontology", "languages")


def flat(tree, name=""):
    if not isinstance(tree, dict):
        return {name: tree}
    return {
        key: value for part, below in tree.items() for key, value in flat(below, f"{name}.{part}".strip(".")).items()
    }


def places(text):
    return sorted(field for _, field, _, _ in string.Formatter().parse(str(text)) if field is not None)


def test_every_language_says_the_same_things_with_the_same_places():
    first = flat(read_language(os.path.join(FOLDER, "da.yaml"))[0]["messages"])
    for code in languages():
        own = flat(read_language(os.path.join(FOLDER, f"{code}.yaml"))[0]["messages"])
        assert set(own) == set(first), code
        assert {k: places(v) for k, v in own.items()} == {k: places(v) for k, v in first.items()}, code


def test_no_name_stands_twice_in_a_file():
    import yaml

    class Strict(yaml.SafeLoader):
        def construct_mapping(self, node, deep=False):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), [k for k in keys if keys.count(k) > 1]
            return super().construct_mapping(node, deep)

    for code in languages():
        yaml.load(Path(FOLDER, f"{code}.yaml").read_text(encoding="utf-8"), Loader=Strict)  # noqa: S506  (a safe loader)


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "ontology" / "languages").mkdir(parents=True)
    return tmp_path


def test_a_third_language_is_a_file(workspace):
    text = "name: Deutsch\nmessages:\n  entity: {also: auch}\n  path:\n    steps: {one: '{n} Schritt', many: '{n} Schritte'}\n"
    (workspace / "ontology" / "languages" / "de.yaml").write_text(text, encoding="utf-8")
    assert languages(str(workspace)) == ("da", "de", "en")
    german = messages("de", str(workspace))
    assert german("entity.also") == "auch"
    assert [german.count("path.steps", n) for n in (1, 2)] == ["1 Schritt", "2 Schritte"]
    assert german("path.same", "A", "B") == messages("da")(
        "path.same", "A", "B"
    )  # what it does not say, the first one says
    assert language_of("de", str(workspace)) == "de"


def test_a_changed_file_is_read_again(workspace):
    own = workspace / "ontology" / "languages" / "en.yaml"
    own.write_text("messages: {entity: {also: 'also known as'}}", encoding="utf-8")
    assert messages("en", str(workspace))("entity.also") == "also known as"
    own.write_text("messages: {entity: {also: aka}}", encoding="utf-8")
    messages.cache_clear()
    assert messages("en", str(workspace))("entity.also") == "aka"


@pytest.mark.parametrize(("text", "line"), [("messages:\n  a: [b\n", 3), ("- a\n", 1), ("[" * 5000, 1)])
def test_a_broken_file_is_told_by_file_and_line(workspace, text, line):
    path = workspace / "ontology" / "languages" / "sv.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        messages("sv", str(workspace))
    problem = error.value.problems[0]
    assert problem.path == str(path)
    assert problem.line == line or text.startswith("[[")


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(UsageError, match="there are da, en"):
        language_of("xx")
