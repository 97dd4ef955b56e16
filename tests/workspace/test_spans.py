"""From 'at' to a passage: offsets that slice back to the words, and a message for everything that cannot be found."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samgraf.workspace.spans import PassageError, evidence_table, find_passage, read_evidence, read_text

TEXT = "Første linje her\n  Anden linje, med ord.  \n\nFjerde linje\nSidste linje uden linjeskift"

FOUND = [
    ("1", "Første linje her", (1, 1)),
    ("2", "Anden linje, med ord.", (2, 2)),
    ("1-2", "Første linje her\n  Anden linje, med ord.", (1, 2)),
    ("2-4", "Anden linje, med ord.  \n\nFjerde linje", (2, 4)),
    ("5", "Sidste linje uden linjeskift", (5, 5)),
    ("3-5", "Fjerde linje\nSidste linje uden linjeskift", (4, 5)),
    ("1-5 linje", "linje", (1, 1)),
    ("2-5 linje", "linje", (2, 2)),
    ("1-4 her … Fjerde", "her\n  Anden linje, med ord.  \n\nFjerde", (1, 4)),
    ("1 Første…her", "Første linje her", (1, 1)),
    ("1 Første   …   her", "Første linje her", (1, 1)),
    ("1 Første …", "Første", (1, 1)),
    ("2 Anden … linje … med", None, None),
    ("1-2 linje … linje", "linje her\n  Anden linje", (1, 2)),
    ("1-2 her\n  Anden", None, None),
]


@pytest.mark.parametrize(("at", "passage", "lines"), [f for f in FOUND if f[1]], ids=lambda x: str(x)[:24])
def test_a_place_gives_its_passage(at: str, passage: str, lines: tuple[int, int]) -> None:
    found = find_passage("d", TEXT, at)
    assert TEXT[found.start : found.end] == passage
    assert (found.first_line, found.last_line) == lines
    assert found.sha256 == hashlib.sha256(passage.encode()).hexdigest()


LOST = [
    ("", "is no place"), ("x", "'x' is not in the document"), ("1-", "is no place"), ("-1", "is no place"), ("1 ", "is no place"), ("1,2", "is no place"),
    ("0", "not in the document"), ("6", "not in the document, which has 5 lines"), ("2-1", "not in the document"), ("4-9", "not in the document"),
    ("3", "lines 3-3 are empty"), ("1 Anden", "'Anden' is not in these lines"), ("1 første", "'første' is not in these lines"),
    ("1 her … Første", "'Første' does not come after 'her'"), ("1-2 Anden … her", "'her' does not come after 'Anden'"),
    ("2 Anden … linje … med", "does not come after"),
    ("1 …", "are empty"), ("999999999999999999999", "not in the document"),
]  # fmt: skip


@pytest.mark.parametrize(("at", "told"), LOST, ids=lambda x: str(x)[:24])
def test_a_place_that_is_not_there_is_told(at: str, told: str) -> None:
    with pytest.raises(PassageError, match=told.replace("(", r"\(")):
        find_passage("d", TEXT, at)


def test_characters_are_code_points_not_bytes() -> None:
    text = "æøå 𝄞 e\u0301 ord\n"
    found = find_passage("d", text, "1 ord")
    assert (found.start, found.end) == (9, 12)


def test_lines_end_at_newline_alone(tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_bytes("en\r\nto\x0cstadig to\u2028stadig\x85to\rog\ntre\n".encode())
    text = read_text(str(path))
    assert find_passage("d", text, "3 tre").first_line == 3
    assert find_passage("d", text, "1").end == 2  # the carriage return is blank
    with pytest.raises(PassageError, match="which has 3 lines"):
        find_passage("d", text, "4")


def test_an_empty_document_has_one_empty_line() -> None:
    with pytest.raises(PassageError):
        find_passage("d", "", "1")


WORD = st.from_regex(r"\A[a-zæøåA-ZÆØÅ0-9|@.,]{1,8}\Z")
LINE = st.lists(WORD, max_size=6).map(" ".join)


@given(st.data())
def test_the_words_named_are_in_the_passage(data: st.DataObject) -> None:
    lines = data.draw(st.lists(LINE, min_size=1, max_size=8).filter(lambda ls: ls[-1]))
    text = "\n".join(lines)
    first = data.draw(st.sampled_from([n for n, line in enumerate(lines, 1) if line]))
    last = data.draw(st.integers(first, len(lines)))
    opening = data.draw(st.sampled_from(lines[first - 1].split()))
    within = "\n".join(lines[first - 1 : last])
    rest = within[within.index(opening) + len(opening) :].split()
    closing = data.draw(st.sampled_from(rest)) if rest else ""
    at = f"{first}-{last} {opening}" + (f" … {closing}" if closing else "")
    found = find_passage("d", text, at)
    passage = text[found.start : found.end]
    assert passage.startswith(opening)
    assert passage.endswith(closing or opening)
    assert first <= found.first_line <= found.last_line <= last
    assert text.split("\n")[found.first_line - 1].count(opening) > 0
    assert text[: found.start].count("\n") + 1 == found.first_line
    assert text[: found.end].count("\n") + 1 == found.last_line
    assert found.sha256 == hashlib.sha256(passage.encode()).hexdigest()


@given(st.text(max_size=200), st.text(max_size=60) | st.from_regex(r"\A\d{1,3}(-\d{1,3})?( .{1,20})?\Z"))
def test_any_place_in_any_text_is_found_or_refused(text: str, at: str) -> None:
    try:
        found = find_passage("d", text, at)
    except PassageError as error:
        assert str(error)
    except UnicodeEncodeError:
        assert any("\ud800" <= c <= "\udfff" for c in text)
    else:
        assert 0 <= found.start < found.end <= len(text)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    passages = {at: find_passage("d", TEXT, at) for at, passage, _ in FOUND if passage}
    path = tmp_path / "d.tsv"
    path.write_text(evidence_table(passages.items()), encoding="utf-8")
    read, problems = read_evidence("d", str(path), "d.tsv")
    assert read == passages
    assert problems == []
    assert evidence_table(reversed(list(read.items()))) == path.read_text(encoding="utf-8"), (
        "the order of the claims does not matter"
    )


SHA = "a" * 64
BAD_ROWS = ["", "x", "1\t1\t1\t0\t5", f"1\t0\t1\t0\t5\t{SHA}", f"1\t2\t1\t0\t5\t{SHA}", f"1\t1\t1\t5\t5\t{SHA}", f"1\t1\t1\t-1\t5\t{SHA}",
            f"1\t1\t1\t0\tfem\t{SHA}", f"1\t1\t1\t0\t5\t{SHA[:63]}", f"1\t1\t1\t0\t5\t{SHA}\tmore", f"1\t1\t1\t0\t5\t{SHA.upper()}", f"1\t1\t1\t0.5\t5\t{SHA}"]  # fmt: skip


@pytest.mark.parametrize("row", BAD_ROWS, ids=repr)
def test_a_row_that_is_none_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    path = tmp_path / "d.tsv"
    path.write_text(f"at\tfirst_line\tlast_line\tstart\tend\tsha256\n1\t1\t1\t0\t5\t{SHA}\n{row}\n", encoding="utf-8")
    read, problems = read_evidence("d", str(path), "shown")
    assert list(read) == ["1"]
    assert [(p.path, p.line, p.code) for p in problems] == [("shown", 3, "bad-span")]


def test_an_evidence_file_that_is_no_text_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "d.tsv"
    path.write_bytes(b"\xff\xfe\x00" * 50)
    assert [p.code for p in read_evidence("d", str(path), "x")[1]] == ["evidence-file"]
    assert [p.code for p in read_evidence("d", str(tmp_path), "x")[1]] == ["evidence-file"]
    assert read_evidence("d", str(tmp_path / "none"), "x") == ({}, [])


def test_words_without_a_line_are_looked_for_in_the_whole_text() -> None:
    text = "Referat\nTil stede: Ida Strand (Søbyen)\nAfbud: ingen\nIda tog referat\n"
    found = find_passage("d", text, "Ida Strand (Søbyen)")
    assert (found.first_line, text[found.start : found.end]) == (2, "Ida Strand (Søbyen)")
    found = find_passage("d", text, "Afbud … referat")
    assert (found.first_line, found.last_line) == (3, 4)
    with pytest.raises(PassageError, match="'Ida' stands in lines 2, 4; write the line before it: '2 Ida'"):
        find_passage("d", text, "Ida")
    with pytest.raises(PassageError, match="'Ole' is not in the document"):
        find_passage("d", text, "Ole")
    with pytest.raises(PassageError, match="'Referat' does not come after 'Afbud' in the document"):
        find_passage("d", text, "Afbud … Referat")
