"""The YAML reader: whatever a file holds, it gives data with lines, or problems with lines, and never fails."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samgraf.workspace.yamlfile import MAX_BYTES, Mapping, YamlFile, read_yaml


@pytest.fixture
def read(tmp_path: Path):
    def call(content: str | bytes) -> YamlFile:
        path = tmp_path / "f.yaml"
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return read_yaml(str(path), "f.yaml")

    return call


# what a reader of YAML might take for a number, a truth value, a date, a time, or nothing
WRITTEN = [
    "no", "yes", "on", "off", "true", "false", "True", "null", "Null", "~", "3", "-7", "0", "0791", "1.10", "2.50", "1e3", "1_000", "0x1F",
    "0o17", "0b1", ".5", ".inf", ".nan", "12:30", "12:30:00", "2020-11-23", "2020-11-23T10:00:00Z", "=", "<<", "9" * 19, "9" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN, ids=lambda t: t[:30])
@pytest.mark.parametrize("style", ["a: {}\n", "a: '{}'\n", 'a: "{}"\n', "{{a: {}}}\n", "{}: a\n"])
def test_a_scalar_is_the_text_that_was_written(read, text: str, style: str) -> None:
    if style.startswith("{}:") and len(text) > 1000:
        return  # YAML's own bound for keys
    found = read(style.format(text)).content
    assert found in ({"a": text}, {text: "a"})


def test_only_nothing_is_nothing(read) -> None:
    assert read("a:\nb: ''\nc: {d: }\n").content == {"a": None, "b": "", "c": {"d": None}}


def test_every_key_knows_its_line(read) -> None:
    content = read("one: 1\ntwo:\n  three: 3\n\n  four: [a,\n    b]\nfive: {six: 6,\n  seven: 7}\n").content
    assert isinstance(content, Mapping)
    assert content.lines == {"one": 1, "two": 2, "five": 7}
    assert content["two"].lines == {"three": 3, "four": 5}
    assert content["five"].lines == {"six": 7, "seven": 8}


def test_a_byte_order_mark_is_passed_over(read) -> None:
    assert read(b"\xef\xbb\xbfa: 1\n").content == {"a": "1"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=repr)
def test_all_line_ends_are_taken(read, end: str) -> None:
    found = read(f"a: 1{end}b: æøå{end}")
    assert found.content == {"a": "1", "b": "æøå"}
    assert found.problems == []


# content, code of the first problem, its line, a part of its message
BROKEN = [
    ("a:\n\tb: 1\n", "yaml", 2, "never tabs"),
    ("a: 1\n\tb: 2\n", "yaml", 2, "tab"),
    ("a: 1\na: 2\n", "duplicate-key", 2, "'a' stands here and in line 1"),
    ("x:\n  a: 1\n  b: 1\n  a: 2\n", "duplicate-key", 4, "line 2"),
    ("1: a\n'1': b\n", "duplicate-key", 2, "'1'"),
    ("a: &x 1\nb: *x\n", "yaml", 1, "anchor or alias"),
    ("a: &x [*x]\n", "yaml", 1, "anchor or alias"),
    ("a: *x\n", "yaml", 1, "anchor or alias"),
    ("? [a, b]\n: 1\n", "yaml", 1, "a key is a word"),
    ("{a: 1}: 2\n", "yaml", 1, "a key is a word"),
    ("a: 1\n---\nb: 2\n", "yaml", 2, "more than one"),
    ("--- 1\n--- 2\n", "yaml", 2, "more than one"),
    ("a: [1, 2\n", "yaml", 2, ""),
    ("a: {b: 1\n", "yaml", 2, ""),
    ("a: 'x\n", "yaml", 2, ""),
    ('a: "\\q"\n', "yaml", 1, "escape"),
    ("a: b: c\n", "yaml", 1, "mapping values"),
    ("- a\nb: 1\n", "yaml", 2, ""),
    ("a: 1\n b: 2\n", "yaml", 2, ""),
    ("a: @b\n", "yaml", 1, "cannot start any token"),
    ("a: `b`\n", "yaml", 1, "cannot start any token"),
    ("a: %b\n", "yaml", 1, "cannot start any token"),
    ("%YAML 9.9\n---\na: 1\n", "yaml", 1, ""),
    ("]", "yaml", 1, ""),
    ("}", "yaml", 1, ""),
    ("a: ]\n", "yaml", 1, ""),
    ("a\x00b: 1\n", "yaml", 1, ""),
    ("a: \x07\n", "yaml", 1, ""),
    ('a: "\\x1b[31mred"\n', "control-character", 1, "U+001B"),
    ('a: "\\0"\n', "control-character", 1, "U+0000"),
    ('ok: 1\na: "\\x85"\n', "control-character", 2, "U+0085"),
    ("a: æ\n".encode("latin-1"), "encoding", 1, "UTF-8"),
    ("a: 1\nb: ø\n".encode("cp1252"), "encoding", 2, "UTF-8"),
    ("a: 1\n".encode("utf-16"), "encoding", 1, "UTF-8"),
    (b"a: \xed\xa0\x80\n", "encoding", 1, "UTF-8"),
    (b"\xff" * 100, "encoding", 1, "UTF-8"),
    (b"\x80", "encoding", 1, "UTF-8"),
    (b"PK\x03\x04" + bytes(range(256)), "encoding", 2, "UTF-8"),
    ("[" * 100_000, "yaml", 1, "deeper than 40"),
    ("{a: " * 100_000, "yaml", 1, "deeper than 40"),
    ("- " * 100_000, "yaml", 1, "deeper than 40"),
    ("".join(" " * i + "a:\n" for i in range(200)), "yaml", 41, "deeper than 40"),
    ("a: !!python/object/apply:os.system ['true']\nb: [", "yaml", 2, ""),
]  # fmt: skip


@pytest.mark.parametrize(("content", "code", "line", "told"), BROKEN, ids=lambda x: repr(x)[:24])
def test_broken_files_tell_where_and_why(read, content: str | bytes, code: str, line: int, told: str) -> None:
    began = time.monotonic()
    found = read(content)
    assert time.monotonic() - began < 2
    first = found.problems[0]
    assert (first.path, first.code) == ("f.yaml", code)
    assert told in first.message
    assert first.line in (line, line - 1, line + 1) if code == "yaml" and not told else first.line == line


def test_tags_do_nothing(read, tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    found = read(f"a: !!python/object/apply:os.system ['touch {mark}']\nb: !!binary aGVq\nc: !x y\nd: !!int 'abc'\n")
    assert not mark.exists()
    assert found.content["b"] == "aGVq"


@pytest.mark.parametrize(
    "content", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", b"\xef\xbb\xbf"], ids=repr
)
def test_an_empty_file_is_none(read, content: str) -> None:
    found = read(content)
    assert found.content is None
    assert found.problems == []


def test_a_file_of_fifty_megabytes_is_refused_at_once(read) -> None:
    content = b"a: " + b"x" * 50_000_000
    began = time.monotonic()
    found = read(content)
    assert [p.code for p in found.problems] == ["too-large"]
    assert time.monotonic() - began < 2


def test_the_largest_file_that_is_taken_is_read(read) -> None:
    found = read(b"a: " + b"x" * (MAX_BYTES - 3))
    assert len(found.content["a"]) == MAX_BYTES - 3


def test_a_million_laughs_are_not_laughed(read) -> None:
    bomb = "a: &a [lol]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
    )
    assert read(bomb).problems[0].message.startswith("uses an anchor")


def test_a_folder_or_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in read_yaml(str(tmp_path), "x").problems] == ["unreadable"]
    assert [p.code for p in read_yaml(str(tmp_path / "none"), "x").problems] == ["unreadable"]


def test_ten_thousand_duplicates_are_ten_thousand_problems(read) -> None:
    assert len(read("a: 1\n" * 10_001).problems) == 10_000


SNIPPETS = ["a: 1", "- b", "[", "]", "{", "}", "'", '"', "\t", " ", "\n", ":", "? ", "#", "&a", "*a", "!!x", "|", ">", "%", "@", "---", "...", "æ", "\x85", "\u2028", "<<: *a", ",", "\r", "0", "~", "\ufeff"]  # fmt: skip


@given(st.lists(st.sampled_from(SNIPPETS), max_size=30).map("".join))
def test_any_mixture_of_yaml_gives_data_or_problems(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_text(content, encoding="utf-8", newline="")
    found = read_yaml(str(path), "any.yaml")
    lines = content.count("\n") + content.count("\r") + content.count("\x85") + content.count("\u2028") + 1
    assert all(0 <= p.line <= lines + 1 and p.message for p in found.problems)


@given(st.binary(max_size=200))
def test_any_bytes_give_data_or_problems(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.yaml"
    path.write_bytes(content)
    read_yaml(str(path), "bytes.yaml")


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"\A[a-z]{1,8}\Z"), inner, max_size=4),
    max_leaves=15,
)


def as_written(value: object) -> object:
    if isinstance(value, dict):
        return {key: as_written(x) for key, x in value.items()}
    if isinstance(value, list):
        return [as_written(x) for x in value]
    return value if isinstance(value, str) else json.dumps(value)


@given(st.dictionaries(st.from_regex(r"\A[a-z]{1,8}\Z"), VALUES, min_size=1, max_size=5))
def test_what_another_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    path = tmp_path_factory.getbasetemp() / "json.yaml"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")  # every JSON text is a YAML text
    found = read_yaml(str(path), "json.yaml")
    assert found.problems == []
    assert found.content == as_written(data)
