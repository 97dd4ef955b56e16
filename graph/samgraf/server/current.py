"""The site of the newest snapshot: one truth at a time. Answers go on from the old one until the new one is there.

At most once a second the workspace is looked at; a new snapshot is built in a process of its own. Who has begun with one
site ends with it; the old one is closed when nobody is left.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from samgraf.errors import SamgrafError
from samgraf.store import snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from samgraf.server.site import Site

_LOOK_SECONDS = 1.0
_BUILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from samgraf.store.opening import snapshot_folder; snapshot_folder(sys.argv[2] or None)"
)
_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Current:
    """Gives the site to answer with. ``make`` makes the site of the workspace as it is now."""

    def __init__(
        self,
        make: Callable[[], Site],
        workspace: str | None,
        *,
        follow: bool = True,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self._make, self._workspace, self._follow, self._log = make, workspace, follow, log
        self._site = make()
        self._users: dict[Site, int] = {self._site: 0}
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._looked = time.monotonic()
        self._build: subprocess.Popen[bytes] | None = None
        self._failed: str | None = None
        self._building: str | None = None

    @contextmanager
    def site(self) -> Iterator[Site]:
        """Give the site, which stays open until the caller is done."""
        if self._follow and time.monotonic() - self._looked > _LOOK_SECONDS and self._looking.acquire(blocking=False):
            try:
                self._look()
            except (SamgrafError, OSError) as error:  # the old snapshot is still good
                self._say(f"the workspace cannot be read now: {error}")
            finally:
                self._looked = time.monotonic()
                self._looking.release()
        with self._lock:
            site = self._site
            self._users[site] += 1
        try:
            yield site
        finally:
            with self._lock:
                self._users[site] -= 1
            self._retire()

    def stop(self) -> None:
        """End what runs, so that those who wait are told."""
        for site in list(self._users):
            site.close()

    def close(self) -> None:
        """End everything."""
        self.stop()
        if self._build is not None:
            self._build.kill()
            self._build.wait()

    def _look(self) -> None:
        folder, ready = snapshot.newest(self._workspace)
        if folder == self._site.graph.folder:
            return
        if ready:
            new = self._make()
            with self._lock:
                self._users[new] = 0
                self._site = new
            self._retire()
        elif self._build is None or self._build.poll() is not None:
            if self._build is not None and self._build.returncode and self._building == folder:
                if self._failed != folder:
                    self._say("the workspace as it is now cannot be built; answers go on from the last good snapshot")
                self._failed = folder
            if self._failed != folder:
                self._building = folder
                self._build = subprocess.Popen(
                    [sys.executable, "-P", "-c", _BUILD, _PACKAGE, self._workspace or ""],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def _retire(self) -> None:
        with self._lock:
            old = [site for site, users in self._users.items() if not users and site is not self._site]
            for site in old:
                del self._users[site]
        for site in old:
            site.close()

    def _say(self, text: str) -> None:
        if self._log:
            self._log(text)
