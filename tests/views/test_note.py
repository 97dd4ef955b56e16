"""The briefing note: every sentence cited, honest about silence, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import re
from html.parser import HTMLParser
from zipfile import ZipFile

import pytest
from docx import Document

from samgraf.errors import UnreachableError, UsageError
from samgraf.views.note import briefing
from samgraf.views.render import docx, html, markdown, write_note
from samgraf.views.sections import Note, Reference, Section, Sentence

ACTORS = ("viborg", "region-midtjylland", "dassos", "midtklyngen", "aarhus")
HOSTILE = '<script>alert("x")</script> & *b* [l](javascript:x) `c` \x07'


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ACTORS)
def test_every_sentence_is_cited_by_document_and_lines(real, name: str, language: str) -> None:
    facts = real(name)
    note = briefing(facts, language)
    assert any(section.sentences for section in note.sections)
    for section in note.sections:
        for sentence in section.sentences:
            if sentence.cite or "timeline" not in sentence.text:
                for place in sentence.cite.split("; "):
                    document, _, lines = place.partition(" ")
                    assert document in facts.documents
                    assert document == "background" or re.fullmatch(r"(linje|lines?) \d[\d–, ]*", lines), place
                    assert document in {r.document for r in note.references}


def test_silence_is_said(small) -> None:
    note = briefing(small("aakirke"), "da")
    silent = [s for s in note.sections if not s.sentences]
    assert silent
    assert all("Åkirke Kommune" in s.silence or "Dokumenterne" in s.silence for s in silent)
    assert "tier" in markdown(note)


def test_the_nearest_way_is_told(small) -> None:
    involved = briefing(small("soebyen"), "da").sections[0].sentences
    assert "Søbyen Kommune er med i Fælles front som medlem af Ungeklyngen (1. januar 2022 – 2024)." in [
        s.text for s in involved
    ]
    assert any(s.level and s.text.startswith("Status: i gang") for s in involved)


def test_a_body_that_was_dissolved_is_not_passed_off_as_present(real) -> None:
    assert not [s.text for s in briefing(real("viborg"), "da").sections[1].sentences if "Forretningsudvalg" in s.text]
    then = [s.text for s in briefing(real("viborg"), "da", "2020-11-23").sections[1].sentences]
    member = next(n for n, text in enumerate(then) if "Forretningsudvalg" in text)
    assert "til 2020" in then[member]
    assert "nedlagt" in then[member + 1]


def test_an_expected_end_that_has_passed_is_not_told_as_a_fact(real) -> None:
    texts = [s.text for s in briefing(real("viborg"), "en").sections[0].sentences]
    assert "Was to end spring 2022; whether it did, the documents do not say." in texts


def test_an_old_approval_is_not_told_as_news(real) -> None:
    note = briefing(real("viborg"), "en")
    (status,) = (s.text for s in note.sections[0].sentences if "19 December 2022" in s.text)
    assert status.startswith("Status: in progress (observed 8 April 2025); before that:")
    assert "approved (from 19 December 2022)" in status
    since = [s.text for section in note.sections if "since" in section.heading for s in section.sentences]
    assert any(text.startswith("8 April 2025:") and "(observed)" in text for text in since)
    assert not any("pproved" in text for text in since)


def test_as_of_looks_from_that_day(real) -> None:
    then = briefing(real("dassos"), "da", "2021-01-01")
    meetings = next(s for s in then.sections if s.heading == "Møder og frister")
    assert not meetings.opening
    assert meetings.sentences[0].text.startswith(("11. februar 2021", "22. januar 2021", "19. januar 2021"))


@pytest.mark.parametrize("name", ["a.md", "b.html", "c.docx", "D.HTML"])
def test_the_same_note_gives_the_same_bytes(real, tmp_path, name: str) -> None:
    digests = []
    for _ in range(2):
        write_note(str(tmp_path / name), briefing(real("viborg"), "da"))
        digests.append(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_no_clock_stands_in_the_word_file(real) -> None:
    with ZipFile(io.BytesIO(docx(briefing(real("viborg"), "da")))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_word_reads_what_was_written(real) -> None:
    note = briefing(real("viborg"), "da")
    read = Document(io.BytesIO(docx(note)))
    paragraphs = [p.text for p in read.paragraphs]
    assert paragraphs[0] == note.title
    assert [p.text for p in read.paragraphs if p.style.name == "Heading 1"] == [
        *(s.heading for s in note.sections),
        "Kilder",
    ]
    for section in note.sections:
        for sentence in section.sentences:
            assert f"{sentence.text} [{sentence.cite}]" in paragraphs


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.outside += [v or "" for k, v in attrs if k in ("src", "href")]


def test_hostile_text_stays_text() -> None:
    section = Section(HOSTILE, [Sentence(HOSTILE, HOSTILE)], HOSTILE, HOSTILE)
    note = Note("da", HOSTILE, [HOSTILE], [section], "Kilder", [Reference(HOSTILE, HOSTILE, "2020", HOSTILE)])
    page = _Reader()
    page.feed(html(note))
    assert "script" not in page.tags
    assert page.outside == []
    told = markdown(note)
    assert "<script" not in told.replace("\\<", "")
    assert "](javascript" not in told.replace("\\]", "")
    assert Document(io.BytesIO(docx(note))).paragraphs


def test_a_long_name_makes_a_word_file() -> None:
    note = Note("da", "Å" * 2_000, [], [], "Kilder", [])
    assert Document(io.BytesIO(docx(note))).paragraphs[0].text == note.title


def test_the_page_needs_nothing_else(real) -> None:
    text = html(briefing(real("viborg"), "da"))
    page = _Reader()
    page.feed(text)
    assert page.outside == []
    assert '<html lang="da">' in text
    assert "url(" not in text


def test_another_ending_is_refused_and_nothing_written(small, tmp_path) -> None:
    with pytest.raises(UsageError, match=r"\.docx"):
        write_note(str(tmp_path / "x.pdf"), briefing(small("soebyen"), "da"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnreachableError):
        write_note(str(tmp_path / "file" / "x.md"), briefing(small("soebyen"), "da"))
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
