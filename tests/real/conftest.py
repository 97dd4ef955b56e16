"""Tests against the source documents. Who does not have them does not see these tests at all."""

import os

collect_ignore_glob = [] if os.environ.get("SAMGRAF_DOCUMENTS") else ["test_*.py"]
