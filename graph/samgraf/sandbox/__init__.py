"""A process with limits in which what is not ours runs: no network, so much time, so much memory, and it can be killed.

`Runner` starts the process and speaks with it; ``worker`` is the process; ``limits`` is the one module that knows what
each system can hold back.
"""
