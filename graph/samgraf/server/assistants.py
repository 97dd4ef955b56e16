"""The graph as tools for assistants: the Model Context Protocol (https://modelcontextprotocol.io), by its Python SDK.

Each tool is a method of `samgraf.api.Graph` told as lines of text. Whatever a line says, it says with its modality and its
sources, so that who quotes the line quotes them too. Nothing here writes.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from samgraf import disk
from samgraf.errors import SamgrafError
from samgraf.language.fold import fold, tokens
from samgraf.language.messages import language_of, messages
from samgraf.language.phrases import places
from samgraf.model import passage_of
from samgraf.model.claim import STATED
from samgraf.namespaces import CLAIM
from samgraf.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from samgraf.api import Graph

Json = dict[str, Any]

MOST = 60
"""The lines of one result; what is left out is counted."""
_PASSAGE_LINES = 40
_READING = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_INSTRUCTIONS = (
    "A knowledge graph of who collaborates on what, made from documents. Every line ends with its modality (stated, proposed "
    "or expected), how it stands, and the document and lines that say it: keep them when you quote a line. An answer that "
    "there is no such claim means that the documents are silent, not that the answer is no. Names may be given in Danish "
    "or English, as abbreviations or ids; days as YYYY-MM-DD."
)


def assistant_server(graph: Graph, documents: str | None = None) -> MCPServer:
    """Make the server of the eight tools over a graph; ``documents`` is the folder of the texts, where they are at hand."""
    server = MCPServer("samgraf", version=__version__, instructions=_INSTRUCTIONS, log_level="WARNING")
    tools = Tools(graph, documents)
    for tool in (
        tools.search,
        tools.ask,
        tools.show,
        tools.collaborators,
        tools.path,
        tools.timeline,
        tools.query,
        tools.passage,
    ):
        server.add_tool(_refusing(tool), annotations=_READING, structured_output=False)
    return server


def _refusing(tool: Callable[..., str]) -> Callable[..., str]:
    """Let what we refuse on purpose reach the assistant as a sentence, not as a failure of the server."""
    from functools import wraps

    @wraps(tool)
    def told(*args: Any, **named: Any) -> str:
        try:
            return tool(*args, **named)
        except SamgrafError as error:
            raise ToolError(str(error)) from error

    return told


class Tools:
    """The tools; their docstrings are what an assistant reads of them."""

    def __init__(self, graph: Graph, documents: str | None) -> None:
        self.graph = graph
        self.documents = documents
        self._claims: dict[str, list[Json]] = {}

    def search(self, words: str, lang: str | None = None) -> str:
        """Find entities by name, and claims by the words of their sentences. Begin here when you do not know a name.

        Gives the entities that bear all the words, with how many claims there are of each, then the claims that say them.
        """
        language = language_of(lang)
        wanted = {fold(word) for word in words.split()}
        claims = self._every(language)
        lines = []
        for entity in self.graph.entities():
            names = [*entity["label"].values(), *entity["aliases"], *entity["abbreviations"]]
            if wanted and any(all(word in fold(name) for word in wanted) for name in names):
                own = [c for c in claims if entity["iri"] in (c["subject"]["iri"], c["object"].get("iri"))]
                label = entity["label"].get(language) or entity["id"]
                sources = (e for claim in own[:1] for e in claim["evidence"])
                lines.append(_line(f"{label} ({entity['type']}, {entity['id']}): {len(own)}", {}, sources, language))
        stems = set(tokens(words))
        lines += [_of_claim(c, language) for c in claims if stems and stems <= set(tokens(c["sentence"]))]
        return _told(lines, language)

    def ask(self, question: str, lang: str | None = None, as_of: str | None = None) -> str:
        """Answer a question in Danish or English from the claims, with the passages that say so, or tell that they are silent."""
        return self._reply(self.graph.ask(question, lang=lang, as_of=as_of))

    def show(self, name: str, lang: str | None = None, as_of: str | None = None) -> str:
        """Tell everything that the documents say of one entity, and what follows from it by the rules."""
        told = self.graph.show(name, lang=lang, as_of=as_of)
        language = told["lang"]
        also = "; ".join(told["names"])
        head = f"{told['label']} ({told['kind']}, {told['id']})" + (f": {also}" if also else "")
        own = (claim for group in told["facts"] for fact in group["facts"] for claim in fact["claims"])
        derived = (claim for fact in told["derived"] for claim in fact.get("claims", ()))
        return _told(_once(_of_claim(claim, language) for claim in (*own, *derived)), language, head)

    def collaborators(self, name: str, lang: str | None = None, as_of: str | None = None) -> str:
        """Tell whom an actor collaborates with: on what, how often and since when, those with most in common first."""
        return self._reply(self.graph.collaborators(name, lang=lang, as_of=as_of))

    def path(self, a: str, b: str, lang: str | None = None, as_of: str | None = None) -> str:
        """Tell how two entities are linked, step by step, each step with the claim that it rests on."""
        told = self.graph.path(a, b, lang=lang, as_of=as_of)
        language = told["lang"]
        lines = []
        for number, way in enumerate(told["paths"], 1):
            lines.append(f"{number}.")
            lines += [_of_claim(step["claim"], language) for step in way["steps"]]
        head = "" if lines else messages(language)("path.none", told["from"]["label"], told["to"]["label"])
        return _told(lines, language, head)

    def timeline(self, name: str, lang: str | None = None, as_of: str | None = None) -> str:
        """Tell what happened to an entity, and when, in order."""
        told = self.graph.timeline(name, lang=lang, as_of=as_of)
        language = told["lang"]
        lines = [_line(f"{m['when']}: {m['text']}", m, m["sources"], language) for m in told["moments"]]
        return _told(lines, language, told["entity"]["label"])

    def query(self, query: str, parameters: dict[str, str] | None = None, lang: str | None = None) -> str:
        """Run a named query (leave `query` empty for the list of them) or SPARQL that only reads.

        The rows come as JSON, one a line; then each claim that a row names, with its modality and sources. Select claims
        (?claim rdf:subject … ; rdf:predicate … ; rdf:object …) to get them. Prefixes such as sam:, id: and rdf: are known.
        """
        language = language_of(lang)
        if not query.strip():
            return "\n".join(
                f"{q['name']}: {q['title'][language]} {json.dumps(q['parameters'])}" for q in self._named()
            )
        rows = self.graph.query(query, **(parameters or {}))
        named = {
            part for row in rows for value in row.values() for part in str(value).split() if part.startswith(CLAIM)
        }
        known = [c for c in self._every(language) if CLAIM + c["id"] in named]
        lines = [json.dumps(row, ensure_ascii=False) for row in rows[:MOST]]
        return _told([*lines, *(_of_claim(c, language) for c in known)], language, more=max(0, len(rows) - MOST))

    def passage(self, document: str, first_line: int, last_line: int | None = None, lang: str | None = None) -> str:
        """Read lines of a document where its text is at hand, and tell the claims that rest on them."""
        language = language_of(lang)
        last = min(last_line or first_line, first_line + _PASSAGE_LINES - 1)
        resting = [
            claim
            for claim in self.graph.claims(document=document, derived=False, lang=language)
            if any(e["lines"] and e["lines"][0] <= last and first_line <= e["lines"][1] for e in claim["evidence"])
        ]
        name = next((c["document"] for c in resting), document)
        text = self._text(name)
        head = (
            messages(language)("assistants.no text", name) if text is None else "\n".join(text[first_line - 1 : last])
        )
        return _told([_of_claim(claim, language) for claim in resting], language, head)

    def _text(self, document: str) -> list[str] | None:
        if self.documents is None:
            return None
        try:
            return disk.read_text(os.path.join(self.documents, f"{document}.txt")).splitlines()
        except OSError:
            return None

    def _named(self) -> list[Json]:
        return self.graph.queries()

    def _every(self, language: str) -> list[Json]:
        """Give all claims in a language; the graph is read-only, so once is enough."""
        if language not in self._claims:
            self._claims[language] = self.graph.claims(lang=language)
        return self._claims[language]

    def _reply(self, told: Mapping[str, Any]) -> str:
        """Tell a reply in the form of `ask`: its message, then an answer a line."""
        language = told["lang"]
        lines = []
        for answer in told["answers"]:
            shared = "; ".join(thing["label"] for thing in answer.get("shared", ()))
            text = ": ".join(part for part in (answer["label"], shared) if part)
            lines.append(_line(text, answer, answer["evidence"], language))
        lines += [_of_claim(near, language) for near in told.get("nearest") or () if "sentence" in near]
        return _told(lines, language, told.get("message") or "")


def _of_claim(claim: Mapping[str, Any], language: str) -> str:
    evidence = claim.get("evidence") or [{"document": claim["document"], "lines": []}]
    return _line(claim["sentence"], claim, evidence, language)


def _line(text: str, told: Mapping[str, Any], evidence: Iterable[Mapping[str, Any]], language: str) -> str:
    """Write one line: what is said, then its modality, how it stands, its period, and where it stands."""
    say = messages(language)
    modality = told.get("modality") or STATED
    said = [say.get(f"assistants.{modality}", modality) if told else "", say.get(f"assistants.{told.get('state')}")]
    said += [say("assistants.attested", told["attested"])] if told.get("attested") else []
    said += ["; ".join(p for p in places(map(passage_of, evidence), language) if p)]
    return f"- {text} [{' · '.join(part for part in said if part)}]"


def _once(lines: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _told(lines: list[str], language: str, head: str = "", more: int = 0) -> str:
    say = messages(language)
    hidden = max(0, len(lines) - 2 * MOST) + more
    end = [say("assistants.more", hidden)] if hidden else []
    return "\n".join([*([head] if head else []), *lines[: 2 * MOST], *end]) or say("assistants.nothing")
