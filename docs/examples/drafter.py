"""A drafter for ``samgraf add --drafter``: asks any endpoint that speaks OpenAI's chat format. Nothing of it runs by itself.

    export DRAFTER_URL=http://127.0.0.1:8080/v1/chat/completions DRAFTER_MODEL=name
    samgraf add referat.pdf --drafter "python drafter.py"

DRAFTER_KEY is sent as a bearer token where it is set. The text of the document goes to that address, so mind which it is.
samgraf takes only claims whose quote stands in the text word by word and whose terms there are.
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.error
import urllib.request

LONGEST = 12_000
ASK = """You read Danish administrative documents and list facts. Answer with JSON alone:
{"claims": [{"subject": {"name": "...", "type": "Class"}, "predicate": "relation", "object": {"name": "...", "type": "Class"},
"quote": "the words of the text that state it, copied letter by letter"}]}
A relation whose kind is text, date or string has "value" in place of "object"; dates are YYYY-MM-DD, YYYY-MM or YYYY.
Say only what the text states. "modality" is "proposed" or "expected" for what is not yet so.
Relations (name: label, kind, from, to):
{relations}
Classes: {classes}
"""


def parts(text: str) -> list[str]:
    """The text in pieces that end with a line."""
    found, rest = [], text
    while len(rest) > LONGEST:
        cut = rest.rfind("\n", 0, LONGEST) + 1 or LONGEST
        found.append(rest[:cut])
        rest = rest[cut:]
    return [*found, rest]


def instruction(request: dict) -> str:
    """What the model is told: the terms that there are."""
    relations = "\n".join(
        f"{r['name']}: {r['label']}, {r['kind']}, {'/'.join(r['subjects']) or 'any'}, {'/'.join(r['objects']) or 'any'}"
        for r in request["relations"]
        if r["kind"] != "figure"
    )
    return ASK.replace("{relations}", relations).replace("{classes}", ", ".join(request["classes"]))


def answer(system: str, text: str) -> list[dict]:
    """Ask once; what cannot be read as claims is no claim."""
    body = {
        "model": os.environ.get("DRAFTER_MODEL", "default"),
        "temperature": 0,
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": text}],
    }
    headers = {"Content-Type": "application/json"}
    if os.environ.get("DRAFTER_KEY"):
        headers["Authorization"] = f"Bearer {os.environ['DRAFTER_KEY']}"
    request = urllib.request.Request(os.environ["DRAFTER_URL"], json.dumps(body).encode(), headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=300) as reply:  # noqa: S310  (the address is the user's own)
        content = json.load(reply)["choices"][0]["message"]["content"]
    found = re.search(r"\{.*\}", content, re.DOTALL)
    try:
        claims = json.loads(found[0])["claims"] if found else []
    except (ValueError, KeyError, TypeError):
        return []
    return [claim for claim in claims if isinstance(claim, dict)]


def main() -> int:
    """Read the document from stdin, write the claims to stdout."""
    if "DRAFTER_URL" not in os.environ:
        sys.stderr.write("set DRAFTER_URL to the endpoint that is to be asked\n")
        return 2
    request = json.load(sys.stdin)
    system = instruction(request)
    try:
        claims = [claim for part in parts(request["text"]) for claim in answer(system, part)]
    except (urllib.error.URLError, KeyError, ValueError) as error:
        sys.stderr.write(f"{os.environ['DRAFTER_URL']} gave no answer: {error}\n")
        return 1
    json.dump({"claims": claims}, sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
