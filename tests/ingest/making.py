"""Real files out of a few lines of HTML: PDF printed by Chromium, a skew scan of it, DOCX, HTML, plain text, mail."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from lxml import html as parser

from tests.browsers import CHROMIUM

STYLE = (
    "<meta charset=utf-8><style>@page{size:A4;margin:0}body{font:11pt Arial,sans-serif;margin:1cm}td,th{padding:3px 14px 3px 4px;text-align:left;"
    "vertical-align:top}table[border]{border-collapse:collapse}table[border] td,table[border] th{border:1px solid #000}"
    "h1{font-size:17pt}h2,h3{font-size:13pt}</style>"
)


class Maker:
    """Makes files of each form."""

    def make(self, html: str, form: str, path: Path) -> Path:
        """Write the file; its ending follows the form."""
        path = path.with_suffix({"scan": ".pdf", "text": ".txt"}.get(form, f".{form}"))
        made = getattr(self, form)(html)
        path.write_bytes(made if isinstance(made, bytes) else made.encode())
        return path

    def html(self, html: str) -> str:
        return f"<!doctype html><html><head><title>x</title>{STYLE}</head><body>{html}</body></html>"

    def pdf(self, html: str) -> bytes:
        """Print with the browser's own command, which needs no driver beside that of other tests."""
        with tempfile.TemporaryDirectory() as folder:
            page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
            page.write_text(self.html(html), encoding="utf-8")
            words = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
            subprocess.run(
                [str(CHROMIUM), *words, f"--user-data-dir={folder}/own", page.as_uri()],
                capture_output=True,
                timeout=120,
                check=True,
            )
            return made.read_bytes()

    def scan(self, html: str) -> bytes:
        import pypdfium2

        document = pypdfium2.PdfDocument(self.pdf(html))
        images = [page.render(scale=200 / 72, grayscale=True).to_pil().rotate(0.6, fillcolor=255) for page in document]
        out = io.BytesIO()
        images[0].save(out, format="PDF", resolution=200, save_all=True, append_images=images[1:])
        return out.getvalue()

    def txt(self, html: str) -> str:
        return "\n".join(text for text, _ in blocks(html)) + "\n"

    def eml(self, html: str) -> bytes:
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = (
            "Referat",
            "Freja Lind <fl@odense.example>",
            "følgegruppen@odense.example",
        )
        message["Date"] = "Fri, 05 May 2023 09:12:00 +0200"
        message.set_content(self.txt(html))
        return message.as_bytes()

    def docx(self, html: str) -> bytes:
        import docx

        document = docx.Document()
        for element in parser.fragment_fromstring(html, create_parent="div"):
            if re.fullmatch("h[1-6]", element.tag):
                document.add_heading(element.text_content(), int(element.tag[1]))
            elif element.tag in ("ul", "ol"):
                for item in element:
                    document.add_paragraph(
                        item.text_content(), style="List Bullet" if element.tag == "ul" else "List Number"
                    )
            elif element.tag == "table":
                rows = [[cell.text_content() for cell in row] for row in element.iter("tr")]
                table = document.add_table(len(rows), len(rows[0]))
                for row, cells in enumerate(rows):
                    for column, text in enumerate(cells):
                        table.cell(row, column).text = text
            else:
                for line in _lines(element):
                    document.add_paragraph(line)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def _lines(element: Any) -> list[str]:
    for br in element.iter("br"):
        br.tail = "\n" + (br.tail or "")
    return [line.strip() for line in element.text_content().split("\n") if line.strip()]


def blocks(html: str) -> list[tuple[str, str]]:
    """The text of each block in order, with its tag."""
    found = []
    for element in parser.fragment_fromstring(html, create_parent="div"):
        if element.tag in ("ul", "ol"):
            found += [(item.text_content(), "li") for item in element]
        elif element.tag == "table":
            found += [("\t".join(cell.text_content() for cell in row), "tr") for row in element.iter("tr")]
        else:
            found += [(line, element.tag) for line in _lines(element)]
    return found
