"""What the Python API gives, as a notebook shows it: dictionaries, notes and pages that write themselves as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samgraf.disk import write_whole
from samgraf.namespaces import ENTITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samgraf.rdf.port import GraphStore
    from samgraf.views.sections import Note

_MOST, _SHOWN = 200, 3


class Shown(dict[str, Any]):
    """A plain dictionary, as the command of the same name prints it, that a notebook shows as a page."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__(content)

    def _repr_html_(self) -> str:
        return "".join(_told(self))


class Noted(Shown):
    """A briefing note, as a dictionary and in the forms that it is written in."""

    def __init__(self, note: Note) -> None:
        self.note = note
        super().__init__(note.data())

    def markdown(self) -> str:
        """Give the note as Markdown."""
        from samgraf.views.render import markdown

        return markdown(self.note)

    def write(self, path: str) -> None:
        """Write the note as .md, .html or .docx. Raises UsageError for another ending, UnreachableError for the file."""
        from samgraf.views.render import write_note

        write_note(path, self.note)

    def _repr_html_(self) -> str:
        from samgraf.views.render import html

        return _framed(html(self.note))


class Explored:
    """The interactive page; ``path`` is where it was written, if it was."""

    def __init__(self, html: str, path: str | None, focus: str | None) -> None:
        self.html, self.path, self.focus = html, path, focus
        if path is not None:
            write_whole(path, html)

    def __repr__(self) -> str:
        """Tell what the page is."""
        return f"<the samgraf page{f' around {self.focus}' if self.focus else ''}{f' in {self.path}' if self.path else ''}>"

    def _repr_html_(self) -> str:
        return _framed(self.html)


def _escaped(text: str) -> str:
    from html import escape  # here, as each command's answer is Shown, and few are written as HTML

    return escape(text)


def graph_html(name: str, store: GraphStore) -> str:
    """Give what a notebook shows of a graph: where it comes from, and how much is in it."""
    from samgraf.rdf.reading import read_documents

    counts = store.select(
        "SELECT (COUNT(DISTINCT ?entity) AS ?entities) (COUNT(DISTINCT ?claim) AS ?claims) WHERE "
        "{ { ?entity sam:primaryType ?type } UNION { ?claim a sam:Claim } }"
    ).rows[0]
    entities, claims = (getattr(count, "value", "0") for count in counts)
    rows = [(d.id, next(iter(d.label.values()), ""), d.date.edtf if d.date else "") for d in read_documents(store)]
    return f"<p><b>{_escaped(name)}</b>: {entities} entities, {claims} claims</p>" + _table(rows)


def _framed(page: str) -> str:
    """Put a whole page into a frame of its own, so that neither its scripts nor its styles touch the notebook."""
    return (
        f'<iframe sandbox="allow-scripts" style="width:100%;height:640px;border:0" srcdoc="{_escaped(page)}"></iframe>'
    )


def _told(content: Mapping[str, Any]) -> Iterable[str]:
    """Give a dictionary as a heading, a sentence, and its rows."""
    entity = content.get("entity") or content
    title = content.get("title") or (entity.get("label") if isinstance(entity, dict) else None)
    if title:
        yield f"<h3>{_escaped(str(title))}</h3>"
    if content.get("message"):
        yield f"<p>{_escaped(str(content['message']))}</p>"
    for group in content.get("facts", ()):
        yield f"<h4>{_escaped(group['heading'])}</h4>"
        yield _table((fact["text"], _sources(fact["sources"])) for fact in group["facts"])
    if content.get("moments"):
        yield _table((m["when"], m["text"], _sources(m["sources"])) for m in content["moments"])
    for way in content.get("paths", ()):
        yield _table((s["text"], _sources(s["evidence"])) for s in way["steps"])
    if content.get("answers"):
        yield _table((_linked(a), a.get("how", ""), _sources(a["evidence"])) for a in content["answers"])


def _linked(answer: Mapping[str, Any]) -> str:
    iri = str(answer.get("iri", ""))
    return f"{answer['label']} ({iri.removeprefix(ENTITY)})" if iri else str(answer["label"])


def _sources(evidence: Iterable[Mapping[str, Any]]) -> str:
    found = [_source(one) for one in evidence]
    more = f" +{len(found) - _SHOWN}" if len(found) > _SHOWN else ""
    return "; ".join(found[:_SHOWN]) + more


def _source(one: Mapping[str, Any]) -> str:
    """Give a document and its lines, and the layer below that it is of, unless that is called as the document is."""
    lines = "-".join(str(n) for n in dict.fromkeys(one["lines"]))
    layer = one.get("layer", "")
    return " ".join(filter(None, (one["document"], lines, f"({layer})" if layer not in ("", one["document"]) else "")))


def _table(rows: Iterable[Iterable[object]]) -> str:
    told = list(rows)
    body = "".join(f"<tr>{''.join(f'<td>{_escaped(str(cell))}</td>' for cell in row)}</tr>" for row in told[:_MOST])
    more = f"<p>showing {_MOST} of {len(told)}</p>" if len(told) > _MOST else ""
    return f"<table>{body}</table>{more}"
