"""Pictures of pages, read by tesseract (Apache-2.0, a program of its own) with its Danish letters, where it is installed."""

from __future__ import annotations

import csv
import functools
import io
import itertools
import subprocess
from typing import Any

from samgraf.ingest.layout import Piece, lines_of
from samgraf.ingest.reading import Box, Line, Reading, UnreadableError

DPI = 200
TALL = 1.5
"""How much taller than the others a line is that is a heading: boxes of read words vary with their letters."""
MOST_PIXELS = 120_000_000
_SECONDS = 120
_LANGUAGE = "dan"
_INSTALL = (
    "install tesseract with Danish (Debian: apt install tesseract-ocr tesseract-ocr-dan), or add a file with text"
)
_RUN, _CLEAR = 80, 5
_DARK, _LIGHT = 150, 235
_SURE = 40
_EDGES = "|[](){}'‘’\"“”;,_—-~"


def read(data: bytes) -> Reading:
    """Read a picture; a TIFF may hold several pages."""
    from PIL import Image, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    lines: list[Line] = []
    pages = 0
    try:
        with Image.open(io.BytesIO(data)) as image:
            for frame in ImageSequence.Iterator(image):
                pages += 1
                scale = 72 / (frame.info.get("dpi", (DPI, DPI))[0] or DPI)
                tables = max([0, *(line.table for line in lines)])
                found = pieces(frame.convert("L"), float(scale), f"page {pages}")
                lines += lines_of(found, pages, tables, tall=TALL)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise UnreadableError("damaged", "is a damaged picture; save it again") from error
    except Image.DecompressionBombError as error:
        raise UnreadableError(
            "too-large", f"has more than {MOST_PIXELS // 1_000_000} million pixels; scan it smaller"
        ) from error
    if not lines:
        raise UnreadableError("empty", "is a picture without any text")
    note = "is a picture, read by tesseract: look at the letters"
    return Reading(tuple(lines), f"tesseract {version()}", pages, (note,))


@functools.cache
def version() -> str:
    """Give tesseract's version. Raises UnreadableError with what to install when it, or its Danish letters, are not there."""
    try:
        languages = subprocess.run(
            ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=True
        )
        said = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableError("no-ocr", f"has no text layer; {_INSTALL}") from error
    if _LANGUAGE not in languages.stdout.split():
        raise UnreadableError("no-ocr", f"has no text layer, and tesseract lacks Danish; {_INSTALL}")
    return (said.stdout or said.stderr).split("\n")[0].split()[-1]


def pieces(image: Any, scale: float, what: str) -> list[Piece]:
    """Read a grey picture of a page. Boxes are in points: pixels times ``scale``."""
    version()
    out = io.BytesIO()
    _without_rules(image).save(out, format="PNG")
    try:
        done = subprocess.run(
            ["tesseract", "-", "-", "-l", _LANGUAGE, "--psm", "3", "tsv"],
            input=out.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("too-slow", f"{what} took tesseract more than {_SECONDS} seconds") from error
    except subprocess.CalledProcessError as error:
        raise UnreadableError("ocr-failed", f"tesseract could not read {what}") from error
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    found: list[Piece] = []
    words: list[tuple[str, Box]] = []
    last: tuple[str, ...] = ()
    for row in rows:
        text = (row["text"] or "").strip()
        if row["level"] != "5" or not text or _is_speck(text, float(row["conf"])):
            continue
        left, top, width, height = (int(row[k]) * scale for k in ("left", "top", "width", "height"))
        box = (left, top, left + width, top + height)
        line = (row["block_num"], row["par_num"], row["line_num"])
        wide = words and left - words[-1][1][2] > 1.1 * max(height, words[-1][1][3] - words[-1][1][1])
        if words and (line != last or wide):
            found.append(_piece(words))
            words = []
        last = line
        words.append((text, box))
    if words:
        found.append(_piece(words))
    return _levelled(found)


def _is_speck(text: str, sure: float) -> bool:
    """Tell the remains of a rule or a speck from a word."""
    return not text.strip(_EDGES) or (sure < _SURE and len(text) < 3)


def _without_rules(image: Any) -> Any:
    """Take the rules of tables out of a grey picture: tesseract reads none of the words between them otherwise (measured).

    A rule is dark for twice ``_RUN`` pixels on end and has light on both sides; blocks that overlap by a half find its ends.
    """
    from PIL import Image, ImageChops, ImageFilter

    width, height = image.size
    found = Image.new("L", image.size, 0)
    for across in (True, False):
        for shift in (0, _RUN // 2):
            left, top = (shift, 0) if across else (0, shift)
            part = image.crop((left, top, width, height))
            size = (max(part.width // _RUN, 1), part.height) if across else (part.width, max(part.height // _RUN, 1))
            small = part.resize(size, Image.Resampling.BOX)
            dark = small.point(lambda v: 255 if v < _DARK else 0)
            light = small.point(lambda v: 255 if v > _LIGHT else 0)
            x, y = (0, _CLEAR) if across else (_CLEAR, 0)
            beside = ImageChops.multiply(ImageChops.offset(light, x, y), ImageChops.offset(light, -x, -y))
            rules = ImageChops.multiply(dark, beside)
            wide = rules.filter(ImageFilter.MaxFilter(3))
            x, y = (2, 0) if across else (0, 2)
            longer = ImageChops.lighter(ImageChops.offset(wide, x, y), ImageChops.offset(wide, -x, -y))
            marked = ImageChops.multiply(rules, longer).resize(part.size, Image.Resampling.NEAREST)
            marked = marked.filter(ImageFilter.MaxFilter(5))
            found.paste(marked, (left, top), marked)
    cleaned = image.copy()
    cleaned.paste(255, mask=found)
    return cleaned


def _levelled(found: list[Piece]) -> list[Piece]:
    """Order the pieces by lines: tesseract reads the columns of a table one after the other, which tears its rows apart.

    Columns of prose stay as they are: there the pieces of neighbouring columns fill their width line by line.
    """
    if not found:
        return found
    height = sorted(p.box[3] - p.box[1] for p in found)[len(found) // 2] or 1.0
    tops = sorted((p.box[1] + p.box[3]) / 2 for p in found)
    together = sum(b - a < 0.3 * height for a, b in itertools.pairwise(tops))
    wide = sum(p.box[2] - p.box[0] > 18 * height for p in found)
    if together < 4 or wide * 2 > len(found):
        return found
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=lambda p: (p.box[1] + p.box[3]) / 2):
        middle = (piece.box[1] + piece.box[3]) / 2
        if rows and abs(middle - (rows[-1][0].box[1] + rows[-1][0].box[3]) / 2) < 0.6 * height:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [p for row in rows for p in sorted(row, key=lambda p: p.box[0])]


def _piece(words: list[tuple[str, Box]]) -> Piece:
    boxes = [box for _, box in words]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Piece(" ".join(text for text, _ in words).lstrip("|[{‘'").rstrip("|]}‘'"), box)
