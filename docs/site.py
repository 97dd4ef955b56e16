"""What the documentation's site has besides the pages in docs/: the repository's own pages, and the files that they lead to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ROOT = Path(__file__).parent.parent
PAGES = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
_LINK = re.compile(r"(\]\()([^)\s#]+)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages, each link in them as it is from docs/, and each file outside docs/ that they lead to."""
    for source, name in PAGES.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        for path in {target for _, target in _LINK.findall(text)} - PAGES.keys():
            inside = path.startswith("docs/") or files.get_file_from_path(path)
            if not inside and (ROOT / path).is_file():
                files.append(File.generated(config, path, abs_src_path=str(ROOT / path)))
        files.append(File.generated(config, name, content=_LINK.sub(_within, text)))
    return files


def _within(found: re.Match[str]) -> str:
    return found[1] + PAGES.get(found[2], found[2].removeprefix("docs/"))
