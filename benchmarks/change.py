"""What a change in one document costs beside a build from nothing: python -m benchmarks.change [--claims 10000] [--workspace DIR]

Makes a workspace (`benchmarks.growth`), or copies DIR, builds it in an empty cache, then changes one thing after the other in one
document and builds again. Prints the seconds of CPU of each build, its part of the first, and its memory; ends with 1 when a change
costs more than the bar.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from benchmarks.growth import make

BAR = 0.2
CHANGES = (
    ("a word of a heading", r"(heading: \"?)", r"\1Også "),
    ("a word of a claim", r"(predicate: goal, value: \{da: \"?)", r"\1også "),
    ("who takes part", r"\{subject: [^,\[\]]+(, predicate: participatesIn)", r"{subject: region-0\1"),
    ("when it began", r"(predicate: startDate, value: \"?'?)\d{4}", r"\g<1>2006"),
    ("a status", r"(predicate: hasStatus, object: )[\w-]+", r"\1approved"),
    ("who is a member", r"\{subject: [^,\[\]]+(, predicate: memberOf)", r"{subject: municipality-97\1"),
)
"""What is changed, where in a document, and by what."""


def build(workspace: str, cache: str) -> tuple[float, int]:
    """Build in a process of its own; give its seconds of CPU and the megabytes that it took at most."""
    call = [sys.executable, "-m", "samgraf", "build", "--workspace", workspace]
    process = subprocess.Popen(call, env={**os.environ, "SAMGRAF_CACHE": cache}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit("the workspace cannot be built")
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def edit(workspace: str, pattern: str, replacement: str) -> bool:
    """Change the first place that fits in the first document that has one."""
    folder = os.path.join(workspace, "data", "documents")
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8") as stream:
            before = stream.read()
        after = re.sub(pattern, replacement, before, count=1)
        if after != before:
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(after)
            return True
    return False


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--workspace", metavar="DIR", help="a workspace to copy in place of one that is made")
    options = parser.parse_args()
    dear = []
    with tempfile.TemporaryDirectory() as scratch:
        workspace, cache = (os.path.join(scratch, name) for name in ("workspace", "cache"))
        if options.workspace:
            shutil.copytree(options.workspace, workspace)
        else:
            make(workspace, options.claims)
        whole, most = build(workspace, cache)
        print(f"{'built':<24}{'CPU s':>8}{'part':>8}{'MB':>8}\n{'from nothing':<24}{whole:8.2f}{1:8.2f}{most:8}")
        for what, pattern, replacement in CHANGES:
            if edit(workspace, pattern, replacement):
                time.sleep(0.1)
                spent, most = build(workspace, cache)
                print(f"{what:<24}{spent:8.2f}{spent / whole:8.2f}{most:8}")
                dear += [what] if spent > BAR * whole else []
    if dear:
        sys.exit(f"above {BAR}: {', '.join(dear)}")


if __name__ == "__main__":
    main()
