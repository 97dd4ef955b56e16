"""Where the command line begins: ``samgraf`` and ``python -m samgraf``.

First of all Ctrl-C is given back to the system, so that it ends a command at once and without a traceback, from its first
moments on and also in the middle of native code. Where a shell has switched it off it stays so.
"""

import _signal  # type: ignore[import-not-found]  # signal itself costs every command its import of enum

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

from samgraf.cli.main import main

if __name__ == "__main__":
    main()
