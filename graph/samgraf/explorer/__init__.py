"""The explorer: one HTML file to see who collaborates on what, with everything in it.

`write_page` makes the file; `pyvis_network` gives the same drawing as a `pyvis.network.Network`, for those who want
to carry on with pyvis' own interface.
"""

from samgraf.explorer.drawing import PageNetwork, pyvis_network
from samgraf.explorer.page import render_page, write_page

__all__ = ["PageNetwork", "pyvis_network", "render_page", "write_page"]
