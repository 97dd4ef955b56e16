"""python -m benchmarks.engines contract|peers"""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = ("contract", "peers")

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in PARTS:
        sys.exit(f"usage: python -m benchmarks.engines {'|'.join(PARTS)} [--help]")
    sys.exit(import_module(f"benchmarks.engines.{sys.argv[1]}").main(sys.argv[2:]))
