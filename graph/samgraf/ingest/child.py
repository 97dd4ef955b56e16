"""The process in which files are read: it can be killed, and takes no more memory and time than it is given.

It reads one request a line from its input, a path or a path and a page, and answers with one line of JSON each: a reading,
a picture of the page, or a code and a message.
"""

from __future__ import annotations

import base64
import json
import sys
from errno import EFBIG
from typing import Any

from samgraf import disk
from samgraf.ingest.formats import LARGEST, kind_of
from samgraf.ingest.reading import Reading, UnreadableError, as_data
from samgraf.sandbox import limits

MEMORY = 3 << 30


def main() -> None:
    """Answer until the input ends."""
    limits.limit_memory(MEMORY)
    limits.give_way()
    for line in sys.stdin:
        try:
            request = json.loads(line)
            reply = picture(*request) if isinstance(request, list) else answer(str(request))
        except MemoryError:
            reply = {"code": "too-large", "message": "needs more memory than a document should; split it"}
        _say(reply)


def _say(reply: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
    sys.stdout.buffer.flush()


def answer(path: str) -> dict[str, Any]:
    """Read one file; an error is an answer too."""
    try:
        data = disk.read_bytes(path, LARGEST)
    except OSError as error:
        if error.errno == EFBIG:
            return {"code": "too-large", "message": f"is larger than {LARGEST >> 20} MB; split it"}
        return {"code": "unreadable", "message": f"cannot be read: {error.strerror}"}
    try:
        kind, note = kind_of(path, data)
        reading = read(kind, data)
    except UnreadableError as error:
        return {"code": error.code, "message": str(error)}
    except RecursionError:
        return {"code": "too-deep", "message": "is nested too deep; print it to PDF and add that"}
    except ImportError as error:
        return {"code": "not-installed", "message": f"needs {error.name}; run: pip install 'samgraf[documents]'"}
    except Exception as error:  # noqa: BLE001  (whatever a library makes of a broken file is this file's problem alone)
        return {
            "code": "damaged",
            "message": f"cannot be read ({type(error).__name__}: {str(error)[:120]}); save it again",
        }
    notes = (*((note,) if note else ()), *reading.notes)
    return {"kind": kind, "reading": as_data(reading._replace(notes=notes))}


def picture(path: str, page: int) -> dict[str, Any]:
    """Give a page of a PDF as PNG, in base 64."""
    from samgraf.ingest.readers import pdf

    try:
        data = disk.read_bytes(path, LARGEST)
        return {"picture": base64.b64encode(pdf.render(data, page)).decode("ascii")}
    except (OSError, IndexError, ValueError, RuntimeError) as error:
        return {"code": "no-page", "message": f"page {page} cannot be shown: {error}"}


def read(kind: str, data: bytes) -> Reading:
    """Read the bytes of a file of this kind."""
    if kind == "pdf":
        from samgraf.ingest.readers import pdf

        return pdf.read(data, lambda page, pages: _say({"page": page, "pages": pages}))
    if kind == "docx":
        from samgraf.ingest.readers import word

        return word.read(data)
    if kind == "odt":
        from samgraf.ingest.readers import odt

        return odt.read(data)
    if kind == "html":
        from samgraf.ingest.readers import html

        return html.read(data)
    if kind == "mail":
        from samgraf.ingest.readers import mail

        return mail.read(data)
    if kind == "image":
        from samgraf.ingest.readers import scan

        return scan.read(data)
    if kind == "xlsx":
        from samgraf.ingest.readers import sheet

        return sheet.read(data)
    from samgraf.ingest.readers import plain

    return plain.read(data)


if __name__ == "__main__":
    main()
