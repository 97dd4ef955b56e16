"""The explorer: one HTML file to see who collaborates on what, with everything in it.

`read_sources` reads all that it needs, `write_page` makes the file; `pyvis_network` gives its network of actors as a
`pyvis.network.Network`, for those who want to carry on with pyvis' own interface.
"""

from samgraf.publish.explorer.drawing import pyvis_network
from samgraf.publish.explorer.page import render_page, write_page
from samgraf.publish.explorer.sources import Sources, read_sources
from samgraf.publish.explorer.story import Step, read_story

__all__ = ["Sources", "Step", "pyvis_network", "read_sources", "read_story", "render_page", "write_page"]
