"""Mails (.eml) and pages saved as one file (.mht), by the standard library."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from samgraf.ingest.readers import html, plain
from samgraf.ingest.reading import Line, Reading, UnreadableError, clean

_SHOWN = ("Subject", "From", "To", "Cc", "Date")


def read(data: bytes) -> Reading:
    """Read a mail: its head in a line each, then its text; of a saved page, the page alone. Attachments are named."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise UnreadableError("damaged", "is no mail that can be read; save it again")
    saved_from = str(message.get("Snapshot-Content-Location", ""))
    body = message.get_body(preferencelist=("html",) if saved_from else ("plain", "html"))
    lines: list[Line] = []
    notes = []
    title = clean(str(message.get("Subject", "")))
    if not saved_from:
        lines += [Line(clean(f"{name}: {message[name]}")) for name in _SHOWN if message.get(name)]
        lines.append(Line(""))
    if body is not None:
        try:
            content = body.get_content()
        except (LookupError, ValueError) as error:
            raise UnreadableError("encoding", f"has a text in an encoding that cannot be read ({error})") from error
        reader = html if body.get_content_type() == "text/html" else plain
        lines += reader.read(str(content).encode()).lines
    attached = [clean(str(part.get_filename() or part.get_content_type())) for part in message.iter_attachments()]
    if attached and not saved_from:
        notes.append(f"has attachments that were not read: {', '.join(attached)}; save them and add them on their own")
    if not any(line.text for line in lines):
        raise UnreadableError("empty", "has no text; save its attachment and add that")
    return Reading(tuple(lines), "email", 0, tuple(notes), title, saved_from)
