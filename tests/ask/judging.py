"""Is a reply right? A set of answers is exact when all that is expected is given and nothing else is.

Names are compared without case, 'Kommune' and small words; dates by what they mean; numbers without separators.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Question = dict[str, Any]
QUESTIONS = Path(__file__).parent / "questions.jsonl"
_SMALL = frozenset("kommune kommuner kommunes municipality the i kr af den det de".split())
_MONTHS = "januar februar marts april maj juni juli august september oktober november december".split()
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+( kr\.?)?")
_FIGURE = re.compile(r"[\d.,]+ ?%?( kr\.?)?")
_DAY = re.compile(r"(?:(?P<day>\d{1,2})\. )?(?P<month>[a-z]+) (?P<year>\d{4})")
_VERDICTS = {"yes": "ja", "no": "nej", "true": "ja", "false": "nej"}


def norm(value: object) -> str:
    """Bring an answer to the form in which answers are compared.

    >>> norm("Viborg Kommune"), norm("1.250 kr."), norm("23. november 2020"), norm(True)
    ('viborg', '1250', '2020-11-23', 'ja')
    """
    text = unicodedata.normalize("NFC", str(value)).lower().strip()
    text = _VERDICTS.get(text, text) if isinstance(value, bool) or text in ("yes", "no") else text
    if _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    if _FIGURE.fullmatch(text):
        text = text.replace(",", ".")
    date = _DAY.fullmatch(text)
    if date and date["month"] in _MONTHS:
        text = f"{date['year']}-{_MONTHS.index(date['month']) + 1:02d}"
        text += f"-{int(date['day']):02d}" if date["day"] else ""
    kept = (word for word in re.findall(r"[\w.%-]+", text) if word.strip(".-") not in _SMALL)
    return " ".join(word.strip(".%") for word in kept).strip()


def variants(answer: Mapping[str, Any]) -> set[str]:
    """Give every form in which an answer may be right: label, value, text and aliases."""
    told = [answer[key] for key in ("label", "value", "text") if answer.get(key) is not None]
    told += answer.get("aliases") or []
    labels = answer.get("labels")
    told += labels.values() if isinstance(labels, dict) else []
    return {norm(t) for t in told} - {""}


def hit(given: set[str], accepted: Iterable[object]) -> bool:
    """Tell whether an answer is one of those that are accepted."""
    return not given.isdisjoint(norm(a) for a in accepted)


def judge(question: Question, reply: Mapping[str, Any]) -> tuple[str, str]:
    """Give the verdict on a reply and why: exact, wrong or silent; refused or answered where nothing can be known."""
    answers = [variants(a) for a in reply.get("answers") or []] if reply.get("answered", True) else []
    if question["answer_type"] == "none":
        return ("answered", f"{sorted(map(min, filter(None, answers)))}") if answers else ("refused", "")
    expected = question["accept"] or [[a] for a in question["answers"]]
    missing = [forms[0] for forms in expected if not any(hit(a, forms) for a in answers)]
    allowed = [*expected, question.get("optional") or []]
    extra = [min(a, default="") for a in answers if not any(hit(a, forms) for forms in allowed)]
    if not missing and not extra:
        return "exact", ""
    return "wrong" if answers else "silent", f"missing {missing}, too much {extra}"


@dataclass
class Score:
    """The verdicts on a set of questions."""

    verdicts: dict[str, str] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def count(self, *verdicts: str, **having: str) -> int:
        """Count the questions with one of these verdicts, of a kind or language if named."""
        return sum(
            self.verdicts[q["id"]] in verdicts and all(q[key] == value for key, value in having.items())
            for q in self.questions
        )

    def answerable(self, **having: str) -> int:
        """Count the questions that have an answer."""
        return self.count("exact", "wrong", "silent", **having)

    def share(self, verdict: str, **having: str) -> float:
        """Give the share of a verdict among the questions that have an answer."""
        return self.count(verdict, **having) / max(1, self.answerable(**having))

    def __str__(self) -> str:
        """All figures: overall, by language, by kind."""
        lines = [self._line("all")]
        lines += [self._line(lang, lang=lang) for lang in sorted({q["lang"] for q in self.questions})]
        lines += [self._line(kind, kind=kind) for kind in sorted({q.get("kind", "") for q in self.questions})]
        return "\n".join(lines)

    def _line(self, name: str, **having: str) -> str:
        n, nones = self.answerable(**having), self.count("refused", "answered", **having)
        exact, wrong, silent = (self.count(v, **having) for v in ("exact", "wrong", "silent"))
        text = (
            f"{name:<14}exact {exact:>3}/{n:<3} {exact / n:6.3f}  wrong {wrong:>2}  silent {silent:>2}"
            if n
            else f"{name:<14}"
        )
        return text + (f"  refused {self.count('refused', **having)}/{nones}" if nones else "")


def read(path: str | Path = QUESTIONS) -> list[Question]:
    """Read a file of questions, one JSON object a line."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    return [{"kind": "", **json.loads(line)} for line in lines if line.strip()]


def score(questions: list[Question], ask: Callable[[str], Mapping[str, Any]], into: Score | None = None) -> Score:
    """Ask every question and judge the reply; ``into`` takes the verdicts beside those that it has."""
    found = into or Score(questions=questions)
    for question in questions:
        verdict, why = judge(question, ask(question["question"]))
        found.verdicts[question["id"]] = verdict
        if verdict not in ("exact", "refused"):
            found.misses.append(f"{question['id']} [{question['lang']}] {question['question']}\n    {verdict}: {why}")
    return found
