"""Which browser the tests drive."""

from __future__ import annotations

import shutil

_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _BROWSERS)), None)
"""The build without a window first: it draws the same, and pages open in it at a fifth of the cost. None where there is none."""
